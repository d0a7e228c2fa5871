//! Alignment of a question with a sentence: each word of the question is matched with the most similar word of the sentence
//! (recall of `BERTScore`, Zhang et al. 2020, with static instead of contextual vectors).

use pullquote_core::semantic::Vector;

/// A word of a question or of a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// Number of its term. Words with the same key have similarity 1.
    pub key: u32,
    /// Its vector; `None` if the table has none.
    pub vector: Option<&'a Vector>,
    /// Its weight, 0 or more. Used for words of the question only.
    pub weight: f32,
}

/// Weighted mean, over the question's words, of the similarity to the most similar word of the sentence. From 0 to 1.
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

/// Similarity of two words, from 0 to 1. A word without a vector is similar to itself only.
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

    /// Checks the score of words with weights; each word is its own key.
    fn check(question: &[(&str, f32)], sentence: &[&str], score: f32) {
        let all = ["kidnapped", "abducted", "missile", "qqxqq"];
        let meanings = all.map(|word| Table::builtin().word(word));
        let word = |word: &str, weight| {
            let key = all.iter().position(|other| *other == word).unwrap();
            Word {
                key: key as u32,
                // The last word is not in the table.
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
        let sentence: Vec<_> = sentence.iter().map(|other| word(other, 1.0)).collect();
        let met = align(&question, &sentence);
        assert!((met - score).abs() < 0.02, "{met} for {score}");
    }

    #[test]
    fn each_word_matches_its_most_similar_one() {
        let near = 0.7; // similarity of `kidnapped` and `abducted` in the table
        check(&[("kidnapped", 1.0)], &["missile", "abducted"], near);
        check(&[("kidnapped", 1.0)], &["abducted", "kidnapped"], 1.0);
        let two = [("kidnapped", 1.0), ("missile", 3.0)];
        check(&two, &["missile", "abducted"], (near + 3.0) / 4.0);
    }

    #[test]
    fn an_unknown_word_matches_itself_only() {
        check(&[("qqxqq", 1.0)], &["missile", "abducted"], 0.0);
        check(&[("qqxqq", 1.0)], &["missile", "qqxqq"], 1.0);
    }

    #[test]
    fn empty_texts_score_zero() {
        check(&[], &["missile"], 0.0);
        check(&[("missile", 1.0)], &[], 0.0);
        check(&[("missile", 0.0)], &["missile"], 0.0);
    }
}
