//! BM25: how much a term that occurs in a text counts, given how rare the term and how long the text is.
//!
//! Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", section 3. A text is a passage, an
//! article, a sentence, or a title or heading: each is scored among its own kind. The collection's statistics sit behind
//! `Statistics`, so that an index made of several parts can be scored with the sums over all of them.

use super::dictionary::TermId;

/// How soon repeating a term stops counting (`k1`, section 3.5). Values from 0.9 to 1.5 scored the same within noise.
pub(crate) const K1: f32 = 1.2;
/// How much longer texts are held back, from 0 to 1 (`b`, section 3.5). Values from 0.4 to 0.8 scored the same within
/// noise.
pub const B: f32 = 0.7;

/// What BM25 needs to know about the collection.
pub(crate) trait Statistics {
    /// Passages in the collection.
    fn passage_count(&self) -> usize;

    /// Articles in the collection.
    fn article_count(&self) -> usize;

    /// Passages that contain `term`.
    fn passages_with(&self, term: TermId) -> usize;

    /// Articles that contain `term`.
    fn articles_with(&self, term: TermId) -> usize;

    /// [`idf`] among passages of a term that `matching` of them contain.
    fn passage_idf(&self, matching: usize) -> f32 {
        idf(matching, self.passage_count())
    }

    /// [`idf`] of a term among articles.
    fn article_idf(&self, term: TermId) -> f32 {
        idf(self.articles_with(term), self.article_count())
    }
}

/// Inverse document frequency of a term that `matching` of `all` texts contain.
///
/// In Lucene's form, `ln(1 + (N - n + 0.5) / (n + 0.5))`, which stays positive for a term that every text contains: in a
/// knowledge base of one article, most terms do.
pub fn idf(matching: usize, all: usize) -> f32 {
    let (n, all) = (matching.min(all) as f32, all as f32);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

/// Weight of a term that occurs `frequency` times, without its [`idf`]; `norm` is the text's ([`Norm::of`]).
///
/// Rises from 0 towards `K1 + 1`.
pub fn tf(frequency: f32, norm: f32) -> f32 {
    frequency * (K1 + 1.0) / (frequency + norm)
}

/// Length normalisation among texts of one kind: `k1 * (1 - b + b * length / average)`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Norm {
    per_token: f32,
}

impl Norm {
    /// For texts of which an average one has this many tokens.
    pub fn among(average: f32) -> Self {
        Self {
            per_token: K1 * B / average.max(1.0),
        }
    }

    /// The norm of a text of `length` tokens.
    #[inline]
    pub fn of(self, length: usize) -> f32 {
        K1 * (1.0 - B) + self.per_token * length as f32
    }
}

/// Mean length of `texts` texts that have `tokens` tokens together; 0 for no texts.
pub(super) fn average(tokens: usize, texts: usize) -> f32 {
    tokens as f32 / texts.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: f32, expected: f32) {
        assert!((value - expected).abs() < 1e-4, "{value}, not {expected}");
    }

    #[test]
    fn idf_falls_with_frequency_and_stays_positive() {
        check(idf(0, 10), (1.0 + 10.5 / 0.5_f32).ln());
        check(idf(5, 10), 2.0_f32.ln());
        check(idf(10, 10), (1.0 + 0.5 / 10.5_f32).ln());
        assert!(idf(1, 1) > 0.0);
        // More matches than texts are counted as all of them.
        check(idf(20, 10), idf(10, 10));
    }

    #[test]
    fn repeating_a_term_counts_less_each_time() {
        let average = Norm::among(100.0).of(100);
        check(average, K1);
        check(tf(1.0, average), 1.0);
        assert!(tf(2.0, average) - tf(1.0, average) > tf(3.0, average) - tf(2.0, average));
        assert!(tf(1e6, average) <= K1 + 1.0);
    }

    #[test]
    fn a_longer_text_scores_lower() {
        let norm = Norm::among(100.0);
        assert!(tf(1.0, norm.of(200)) < tf(1.0, norm.of(100)));
        check(norm.of(0), K1 * (1.0 - B));
    }
}
