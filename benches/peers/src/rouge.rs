//! ROUGE-N (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries"): the n-grams of words that a summary and a
//! reference have in common. Words are lower-cased and not stemmed.

use pullquote_core::text::words;
use std::collections::HashMap;

/// Shares from 0 to 1.
#[derive(Clone, Copy, Default)]
pub struct Rouge {
    /// Share of the reference's n-grams that the summary contains.
    pub recall: f64,
    /// Harmonic mean of recall and precision.
    pub f1: f64,
}

/// Compares the n-grams of `summary` with those of `reference`.
pub fn rouge(summary: &str, reference: &str, n: usize) -> Rouge {
    let (summary, reference) = (ngrams(summary, n), ngrams(reference, n));
    let shared = reference
        .iter()
        .map(|(gram, count)| count.min(summary.get(gram).unwrap_or(&0)))
        .sum::<usize>() as f64;
    let share_of = |all: &HashMap<Vec<String>, usize>| {
        let all = all.values().sum::<usize>();
        shared / all.max(1) as f64
    };
    let (recall, precision) = (share_of(&reference), share_of(&summary));
    let f1 = if shared > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    };
    Rouge { recall, f1 }
}

fn ngrams(text: &str, n: usize) -> HashMap<Vec<String>, usize> {
    let words: Vec<String> = words(text)
        .map(|word| word.of(text).to_lowercase())
        .collect();
    let mut counts = HashMap::new();
    for gram in words.windows(n) {
        *counts.entry(gram.to_vec()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_both_contain() {
        let check = |summary, n, recall: f64, f1: f64| {
            let found = rouge(summary, "the cat sat on the mat", n);
            assert!((found.recall - recall).abs() < 1e-9, "{summary}");
            assert!((found.f1 - f1).abs() < 1e-9, "{summary}");
        };
        check("The cat sat on the mat.", 1, 1.0, 1.0);
        check("The cat sat on the mat.", 2, 1.0, 1.0);
        // A repeated word counts as often as the reference has it.
        check("the the the", 1, 2.0 / 6.0, 4.0 / 9.0);
        check("the dog sat", 2, 0.0, 0.0);
        check("", 1, 0.0, 0.0);
    }
}
