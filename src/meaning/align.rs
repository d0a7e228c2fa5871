//! How well a sentence answers to a question word by word: each word of the question with the word of the sentence that
//! comes nearest to it (`BERTScore`'s recall, Zhang et al. 2020, with vectors that do not know their sentence).

use super::Vector;

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

/// Two words that met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Place of the question's word among those given.
    pub question: usize,
    /// Place of the sentence's word among those given.
    pub sentence: usize,
    /// 0 to 1.
    pub similarity: f32,
}

/// How two lists of words met.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// Mean similarity of the question's words to their nearest, by weight, 0 to 1.
    pub score: f32,
    /// The nearest word of the sentence for each word of the question that has one at all, in order.
    pub pairs: Vec<Pair>,
}

/// Holds the words of a question against those of a sentence.
pub fn align(question: &[Word<'_>], sentence: &[Word<'_>]) -> Alignment {
    let mut met = Alignment::default();
    let mut total = 0.0;
    for (at, word) in question.iter().enumerate() {
        total += word.weight;
        let near = sentence
            .iter()
            .enumerate()
            .map(|(at, other)| (at, similarity(word, other)));
        let nearest = near.fold(
            (0, 0.0),
            |best, next| if next.1 > best.1 { next } else { best },
        );
        if nearest.1 > 0.0 {
            met.score += word.weight * nearest.1;
            met.pairs.push(Pair {
                question: at,
                sentence: nearest.0,
                similarity: nearest.1,
            });
        }
    }
    if total > 0.0 {
        met.score /= total;
    }
    met
}

/// How near two words are, 0 to 1. A word without a vector is near to itself only.
pub fn similarity(word: &Word<'_>, other: &Word<'_>) -> f32 {
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
    use crate::meaning::{DIMENSIONS, mean};

    /// Words by number: those of one ten point the same way, more or less.
    fn vector(word: u32) -> Vector {
        let mut sum = [0.0; DIMENSIONS];
        sum[word as usize / 10] = 1.0;
        sum[40 + word as usize] = 0.3;
        let vector = Vector::pointing(&sum).unwrap();
        mean([(&vector, 2.0)]).unwrap()
    }

    fn check(question: &[(u32, f32)], sentence: &[u32], pairs: &[(usize, usize)], score: f32) {
        let vectors: Vec<Vector> = (0..40).map(vector).collect();
        let word = |key: u32, weight| Word {
            key,
            // Words from 30 are not in the table.
            vector: vectors.get(key as usize).filter(|_| key < 30),
            weight,
        };
        let question: Vec<_> = question
            .iter()
            .map(|(key, weight)| word(*key, *weight))
            .collect();
        let sentence: Vec<_> = sentence.iter().map(|key| word(*key, 1.0)).collect();
        let met = align(&question, &sentence);
        let places: Vec<_> = met
            .pairs
            .iter()
            .map(|pair| (pair.question, pair.sentence))
            .collect();
        assert_eq!(places, pairs);
        assert!(
            (met.score - score).abs() < 0.01,
            "{} for {score}",
            met.score
        );
    }

    #[test]
    fn each_word_meets_its_nearest() {
        // 1 / (1 + 0.3 ^ 2): the shared axis of two words of one ten.
        let near = 1.0 / 1.09;
        check(&[(1, 1.0)], &[11, 2, 21], &[(0, 1)], near);
        check(&[(1, 1.0)], &[2, 1], &[(0, 1)], 1.0);
        check(&[(1, 3.0), (11, 1.0)], &[2], &[(0, 0)], 0.75 * near);
        check(
            &[(1, 1.0), (11, 1.0)],
            &[12, 1],
            &[(0, 1), (1, 0)],
            f32::midpoint(1.0, near),
        );
    }

    #[test]
    fn a_word_that_no_table_knows_meets_itself_only() {
        check(&[(31, 1.0)], &[32, 1], &[], 0.0);
        check(&[(31, 1.0)], &[32, 31], &[(0, 1)], 1.0);
    }

    #[test]
    fn nothing_meets_nothing() {
        check(&[], &[1], &[], 0.0);
        check(&[(1, 1.0)], &[], &[], 0.0);
        check(&[(1, 0.0)], &[1], &[(0, 0)], 0.0);
    }
}
