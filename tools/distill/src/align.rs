//! How well a sentence answers to a question word by word: each word of the question with the word of the sentence that
//! comes nearest to it (`BERTScore`'s recall, Zhang et al. 2020, with vectors that do not know their sentence).

use pullquote_core::semantic::Vector;

/// A word of a question or of a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// What the word is matched by elsewhere (its term); words with the same key are as near as can be.
    pub key: u32,
    /// Where it points; none if the table does not know it.
    pub vector: Option<&'a Vector>,
    /// How much it counts, 0 or more; asked of the question's words only.
    pub weight: f32,
}

/// Mean nearness of the question's words to their nearest in the sentence, by weight, 0 to 1.
pub fn align(question: &[Word<'_>], sentence: &[Word<'_>]) -> f32 {
    let nearest = |word: &Word<'_>| {
        let near = sentence.iter().map(|other| similarity(word, other));
        near.fold(0.0, f32::max)
    };
    let total: f32 = question.iter().map(|word| word.weight).sum();
    let met: f32 = question
        .iter()
        .map(|word| word.weight * nearest(word))
        .sum();
    if total > 0.0 { met / total } else { 0.0 }
}

/// How near two words are, 0 to 1. A word without a vector is near to itself only.
fn similarity(word: &Word<'_>, other: &Word<'_>) -> f32 {
    if word.key == other.key {
        return 1.0;
    }
    match (word.vector, other.vector) {
        (Some(vector), Some(other)) => vector.similarity(other).clamp(0.0, 1.0),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::semantic::{Table, WordVector};

    /// Words with their weights; each is its own key.
    fn check(question: &[(&str, f32)], sentence: &[&str], score: f32) {
        let all = ["kidnapped", "abducted", "missile", "qqxqq"];
        let meanings = all.map(|word| Table::builtin().word(word));
        let word = |word: &str, weight| {
            let key = all.iter().position(|other| *other == word).unwrap();
            Word {
                key: key as u32,
                // The last one is in no table.
                vector: meanings[key]
                    .as_ref()
                    .map(|meaning: &WordVector| &meaning.vector)
                    .filter(|_| key < 3),
                weight,
            }
        };
        let question: Vec<_> = question
            .iter()
            .map(|(asked, weight)| word(asked, *weight))
            .collect();
        let sentence: Vec<_> = sentence.iter().map(|told| word(told, 1.0)).collect();
        let met = align(&question, &sentence);
        assert!((met - score).abs() < 0.02, "{met} for {score}");
    }

    #[test]
    fn each_word_meets_its_nearest() {
        let near = 0.7; // of `kidnapped` to `abducted`, by the table
        check(&[("kidnapped", 1.0)], &["missile", "abducted"], near);
        check(&[("kidnapped", 1.0)], &["abducted", "kidnapped"], 1.0);
        let two = [("kidnapped", 1.0), ("missile", 3.0)];
        check(&two, &["missile", "abducted"], (near + 3.0) / 4.0);
    }

    #[test]
    fn a_word_that_no_table_knows_meets_itself_only() {
        check(&[("qqxqq", 1.0)], &["missile", "abducted"], 0.0);
        check(&[("qqxqq", 1.0)], &["missile", "qqxqq"], 1.0);
    }

    #[test]
    fn nothing_meets_nothing() {
        check(&[], &["missile"], 0.0);
        check(&[("missile", 1.0)], &[], 0.0);
        check(&[("missile", 0.0)], &["missile"], 0.0);
    }
}
