//! The features that rank passages: one table, one row a feature, one function a row.
//!
//! To add a feature, write a function that computes it from a [`PassageReading`] and a row in [`FEATURES`] that names
//! it. Nothing else depends on the number or the order of the rows, except that scores are summed in that order.
//!
//! Where the numbers come from: every [`Feature::weight`] was chosen by hand. `cargo run -p xtask -- tune` finds weights
//! that maximise the likelihood of right passages; [`Feature::tuned`] records its figures for two public development sets
//! and four communities' pages (`xtask/weights.tsv`). Only ratios matter. On held-back articles, hit@1 with the chosen
//! weights is 93.87 (`xquad-en`) and 87.42 (`stackfaq-even`), with the tuner's 93.79 and 86.13. The choices also weigh
//! what these sets have little of: small knowledge bases, questions in quite different words.
//! [`Feature::why`] says what a feature is for, or what was measured when its weight was chosen.

#[cfg(test)]
mod tests;

use super::passage_reading::PassageReading;

/// A row of the ranking: one feature of a passage and how much it counts.
#[derive(Debug)]
pub struct Feature {
    /// Name in explanations.
    pub name: &'static str,
    /// Weight in the sum that ranks passages.
    pub weight: f32,
    /// Weight in the first pass, for features that the index computes for every matching passage.
    pub first_pass: Option<f32>,
    /// Weight that the tuner found on the development sets; `None` for a feature that needs a sentence model, which the
    /// tuner ran without.
    pub tuned: Option<f32>,
    /// Unit of the value.
    pub unit: Unit,
    /// What kind of evidence it is.
    pub signal: Signal,
    /// What it is for, or why it has its weight.
    pub why: &'static str,
    /// Computes the value.
    pub(super) value: fn(&PassageReading<'_>) -> f32,
}

/// Unit of a feature's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sum of idf times BM25's term frequency: 0 to `K1 + 1` times the question's idf sum.
    Bm25,
    /// A similarity or share from 0 to 1, times the question's idf sum.
    IdfShare,
}

/// What kind of evidence a feature is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Signal {
    /// Terms that the question and the passage share.
    Terms,
    /// The same for the title. The confidence counts it for less: a title says which article is meant, not that it answers.
    Title,
    /// How nearly the question is the heading itself. The confidence has a feature of its own for it.
    Heading,
    /// Similarity by the built-in term vectors. The weight rises to `1 + boost` times as much the less the terms
    /// account for.
    TermVectors {
        /// See above.
        boost: f32,
    },
    /// Similarity by a sentence model, with a boost likewise.
    SentenceModel {
        /// See above.
        boost: f32,
    },
}

impl Signal {
    /// Whether it is about shared terms, and not about meaning.
    pub(super) fn is_terms(self) -> bool {
        matches!(self, Self::Terms | Self::Title)
    }
}

/// All features.
pub static FEATURES: [Feature; 16] = [
    Feature {
        name: "body",
        weight: 0.5,
        first_pass: Some(1.0),
        tuned: Some(0.0),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "the best sentence says it better; the first pass has no sentences and relies on it",
        value: |passage| passage.candidate.body,
    },
    Feature {
        name: "section",
        weight: 2.0,
        first_pass: Some(0.5),
        tuned: Some(0.21),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "what a question asks is often said over several paragraphs under one heading; of 110 questions on four communities' pages, 54 are answered by the first passage with 2.0, 48 with 0.0 and `article` at 1.3",
        value: |passage| passage.candidate.section,
    },
    Feature {
        name: "article",
        weight: 0.3,
        first_pass: Some(0.3),
        tuned: Some(0.25),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "chooses between articles that each have one passage with the words",
        value: |passage| passage.candidate.article,
    },
    Feature {
        name: "title",
        weight: 5.0,
        first_pass: Some(1.0),
        tuned: Some(0.59),
        unit: Unit::Bm25,
        signal: Signal::Title,
        why: "counts in full here because words of the title count for little in the passages below it",
        value: |passage| passage.candidate.title,
    },
    Feature {
        name: "heading",
        weight: 2.5,
        first_pass: Some(1.0),
        tuned: Some(0.01),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "with 2.5, a FAQ page is answered as well as the same questions with a page each; with 0.8, worse",
        value: heading,
    },
    Feature {
        name: "asked heading",
        weight: 10.0,
        first_pass: None,
        tuned: Some(1.78),
        unit: Unit::IdfShare,
        signal: Signal::Heading,
        why: "a heading that is the question answers it, whatever words other passages share with it",
        value: |passage| passage.idf_sum * passage.heading_match.powi(2),
    },
    Feature {
        name: "surface",
        weight: 0.3,
        first_pass: None,
        tuned: Some(0.0),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "prefers the words exactly as typed to other forms of them",
        value: |passage| passage.bm25(&passage.counts.exact),
    },
    Feature {
        name: "pair",
        weight: 0.4,
        first_pass: None,
        tuned: Some(0.0),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "prefers words that follow each other in the question and in the passage",
        value: |passage| passage.bm25(&passage.counts.pairs),
    },
    Feature {
        name: "gram",
        weight: 0.3,
        first_pass: None,
        tuned: Some(0.07),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "character 4-grams match words with typos that were not corrected",
        value: |passage| passage.gram_bm25(),
    },
    Feature {
        name: "sentence",
        weight: 0.3,
        first_pass: None,
        tuned: Some(0.02),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "content words in one sentence, among passages; `local` says most of it",
        value: |passage| passage.best.content,
    },
    Feature {
        name: "local",
        weight: 1.0,
        first_pass: None,
        tuned: Some(0.27),
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "all words in one sentence, among the sentences of the article: which of its passages answers",
        value: |passage| passage.best.local,
    },
    Feature {
        name: "meaning",
        weight: 1.0,
        first_pass: None,
        tuned: Some(0.06),
        unit: Unit::IdfShare,
        signal: Signal::TermVectors { boost: 20.0 },
        why: "the most similar sentence; boosts from 16 to 30 scored within two points on every set",
        value: meaning,
    },
    Feature {
        name: "label",
        weight: 1.0,
        first_pass: None,
        tuned: Some(0.1),
        unit: Unit::IdfShare,
        signal: Signal::TermVectors { boost: 5.0 },
        why: "the title or heading, whichever is more similar; boosts from 0 to 10 scored within two points on every set",
        value: label,
    },
    Feature {
        name: "alignment",
        weight: 3.0,
        first_pass: None,
        tuned: Some(0.32),
        unit: Unit::IdfShare,
        signal: Signal::TermVectors { boost: 5.0 },
        why: "word by word (recall of BERTScore, Zhang et al. 2020); boosts from 6 to 10 scored within two points on every set",
        value: |passage| passage.best.aligned,
    },
    Feature {
        name: "dense",
        weight: 10.0,
        first_pass: None,
        tuned: None,
        unit: Unit::IdfShare,
        signal: Signal::SentenceModel { boost: 0.0 },
        why: "each part of the question where the passage is most similar to it (late interaction); of 240 questions on ten communities' pages, 144 are answered by the first passage with 10, 138 with 5, 142 with 20; a boost found fewer paraphrases",
        value: dense_similarity,
    },
    Feature {
        name: "dense passage",
        weight: 5.0,
        first_pass: None,
        tuned: None,
        unit: Unit::IdfShare,
        signal: Signal::SentenceModel { boost: 8.0 },
        why: "the whole passage with its title and heading, and its most similar sentence, half and half; of 97 paraphrases (`ours/paraphrases-seen`), the first passage answers 45 in 100 with a boost of 3 here and for `dense`, 53 with 8 and none; boosts of 8 to 14 did alike",
        value: dense_passage,
    },
];

/// Only as far as the heading adds to the title.
fn heading(passage: &PassageReading<'_>) -> f32 {
    passage.candidate.heading * passage.heading_share
}

fn meaning(passage: &PassageReading<'_>) -> f32 {
    let direction = passage.direction();
    let similarity = direction.map(|direction| passage.view.sentence_similarity(direction));
    passage.idf_sum * similarity.unwrap_or(0.0)
}

fn label(passage: &PassageReading<'_>) -> f32 {
    let direction = passage.direction();
    let similarity = direction.map(|direction| passage.view.label_similarity(direction));
    passage.idf_sum * similarity.unwrap_or(0.0)
}

fn dense_similarity(passage: &PassageReading<'_>) -> f32 {
    passage.idf_sum * passage.dense_similarity.unwrap_or(0.0)
}

fn dense_passage(passage: &PassageReading<'_>) -> f32 {
    passage.idf_sum * passage.dense_passage.unwrap_or(0.0)
}

/// The weight of a feature in the first pass: 0 if it has none. Fails to compile where no feature has the name.
pub(super) const fn first_pass_weight(name: &str) -> f32 {
    let mut at = 0;
    while !is_same(FEATURES[at].name, name) {
        at += 1;
    }
    match FEATURES[at].first_pass {
        Some(weight) => weight,
        None => 0.0,
    }
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}
