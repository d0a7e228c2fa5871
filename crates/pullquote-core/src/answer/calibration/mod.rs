//! The confidence of an answer: the probability, from 0 to 1, that its first quote answers the question.
//!
//! A logistic regression over a few features of the best passage: one table, one row a feature ([`CALIBRATION`]). To
//! add one, write a function over [`CalibrationFeatures`] and a row that names it.
//!
//! There are three sets of weights: by words and term vectors alone, with a sentence model, and with one for a question in
//! another language than the articles, where words say little. Those by words, and their intercept, were chosen by hand, starting
//! from what `cargo run -p xtask -- tune` found; [`CalibrationFeature::tuned`] records its figures for the development sets
//! (`xtask/weights.tsv`). The others were fitted outside the repository, on questions about pages that may not be in it. The
//! features show whether the articles cover the subject of a question at all. Whether a passage on the right subject contains the
//! one fact that is asked for, they show only in part.

mod table;
#[cfg(test)]
mod tests;

use table::{ACROSS_LANGUAGES, WITH_MODEL};
pub use table::{BY_WORDS, CALIBRATION, CalibrationFeature, Fit};

use super::Outcome;
use super::contribution::Contribution;
use super::ranking::RankedPassage;
use super::standing::Standing;
use crate::index::bm25::Statistics;
use crate::index::{ExpansionKind, QueryContext, QueryTerm, TermId};

/// From this confidence on, passages are suggested; below it, there is no answer.
pub(crate) const SUGGEST_AT: f32 = 0.1;
/// With a sentence model, passages are suggested from this [`Standing::similarity`] on: it tells better than the confidence
/// what is about the same subject. Of questions on subjects that no article is about (`xquad-en-offtopic`), 22 in 100 are told that
/// there is no answer, and of `ours/paraphrases-seen`, which have one, 4; by the confidence, these were 8 and 6.
pub(crate) const SUGGEST_SIMILARITY: f32 = 0.18;

/// How much of its idf an unknown word counts if it is a common one: that no passage contains "happened" says little,
/// that none contains "Zurich" says much. Matters most where there is one article: 81 of 100 answerable questions were
/// answered with 1.0, 86 with 0.3.
const UNKNOWN_COMMON: f32 = 0.5;

/// How much a common word counts in [`CalibrationFeatures::words`]: "what time is it" must not be answered with any
/// passage that contains "time". Of small talk, with one article, 84 in 100 lines were refused with 1.0 and 99 with
/// 0.3, and right answers were separated from wrong ones as well or better.
const COMMON_WORD: f32 = 0.3;

/// More words than these say no more: in scripts without spaces, every character and every pair of them is one.
const MANY_WORDS: f32 = 8.0;

/// How much a word counts in [`CalibrationFeatures::words`] where it is a syllable: many Vietnamese words have two. Of the
/// Vietnamese questions of `XQuAD`, with twelve articles taken away, 93 in 100 are answered and 88 refused; typed without
/// accents, 92 and 80.
const SYLLABLE: f32 = 0.6;

/// Most words with which a section is named: `server rules`.
const MOST_NAMED: usize = 2;

/// The part of the title's score that does not count in [`CalibrationFeatures::strength`]. With 0.0, more unanswerable
/// questions on the subject were quoted; with 0.5, fewer FAQ questions whose title is the very question.
const TITLE_DISCOUNT: f32 = 0.3;

/// [`CalibrationFeatures::near`] where the question has no vectors: the average, which is evidence neither way.
const NEAR_UNKNOWN: f32 = 0.15;

/// A passage that contains, or is similar in meaning to, this share of the question is suggested however low the
/// confidence. Of 97 questions that share no word with the right sentence, 37 were told that there is no answer with 0.5,
/// and 18 with 0.4; of 226 on eight communities' pages, 24 and 17.
const SUGGEST_COVERAGE: f32 = 0.4;

/// Questions of common words (`when are you open`, `can I bring my dog`) get suggestions only where no more passages
/// than this contain the rarest word: a member can look at that many.
const FEW_PASSAGES: usize = 3;

/// What the confidence is computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CalibrationFeatures {
    /// Square root of the best passage's score by terms, the title discounted, as a share of the question's idf sum, in
    /// which unknown words count too.
    pub strength: f32,
    /// How far the best passage of another section falls behind, or the second best where there is one section only, from
    /// 0 (equal) to 1 (there is none).
    pub margin: f32,
    /// Logarithm of the number of content words. A common word counts for less unless it is in the best passage's heading.
    pub words: f32,
    /// Share of the question that the best passage is similar to but does not contain, from 0 to 1; 0.15 where the question
    /// has no vectors.
    pub near: f32,
    /// Share of the question that the best passage contains or is similar to, from 0 to 1; 0 where the question has no
    /// vectors.
    pub aligned: f32,
    /// Similarity of the best passage, part by part, by a sentence model, from 0 to 1, where there is a model.
    pub dense_similarity: Option<f32>,
    /// How the answer stands against the others; all 0 where there is no sentence model.
    pub standing: Standing,
    /// Logarithm of the number of words of the question, without greetings and the like.
    pub length: f32,
    /// Whether the question is in another language than the articles.
    pub foreign: bool,
    /// How nearly the question is the heading above the best passage, from 0 to 1; above 1 if it is it word for word.
    pub asked: f32,
    /// Share of the question's uncommon words that the section of the best passage contains, with title and headings,
    /// from 0 to 1; 1 where all its words are common.
    pub uncommon: f32,
    /// Share of the question that one sentence of the best passage contains, from 0 to 1.
    pub covered: f32,
    /// Whether the question is one or two words, function words aside, and the title and headings above the best passage contain
    /// them: `rules`. Used in `is_worth_suggesting` only.
    pub names_section: bool,
    /// Number of passages that contain the question's rarest known word. Used in `is_worth_suggesting` only.
    pub rarest: usize,
}

/// The best passage of another section than the first one's; the second best where there is one section only. The same
/// passage in another article is no rival.
fn rival<'a>(context: &QueryContext<'_>, ranked: &'a [RankedPassage]) -> Option<&'a RankedPassage> {
    let (best, others) = ranked.split_first()?;
    let view = |ranked: &RankedPassage| context.passage(ranked.features.candidate.passage);
    let best = view(best);
    let mut others = others
        .iter()
        .filter(|other| !view(other).says_the_same_as(best));
    let elsewhere = others
        .clone()
        .find(|other| view(other).section() != best.section());
    elsewhere.or_else(|| others.next())
}

impl CalibrationFeatures {
    /// The features of the first of the ranked passages; `None` where there is none.
    pub(super) fn new(
        context: &QueryContext<'_>,
        ranked: &[RankedPassage],
        standing: Option<Standing>,
    ) -> Option<Self> {
        let best = ranked.first()?;
        let view = context.passage(best.features.candidate.passage);
        let idf_sum: f32 = context.content_terms().map(discounted_idf).sum();
        let word_weight = |term: &QueryTerm| {
            if term.common && !term.any(|term| view.is_in_heading(term)) {
                COMMON_WORD
            } else {
                1.0
            }
        };
        let words: f32 = context.content_terms().map(word_weight).sum();
        let are_syllables = context.query().language.lang().spaces_between_syllables;
        let words = words * if are_syllables { SYLLABLE } else { 1.0 };
        let aligned = best.features.aligned / idf_sum;
        let covered = best.features.covered * context.idf_sum() / idf_sum;
        let is_in_label = |term: TermId| view.is_in_heading(term) || view.is_in_title(term);
        let is_here = |term: TermId| view.is_in_section(term) || is_in_label(term);
        let weight_here = |term: &QueryTerm| {
            let here = term.expansions.iter().filter(|one| is_here(one.term));
            here.map(|one| one.weight).fold(0.0, f32::max)
        };
        let uncommon = || context.content_terms().filter(|term| !term.common);
        let all: f32 = uncommon().map(|term| term.idf).sum();
        let found: f32 = uncommon().map(|term| term.idf * weight_here(term)).sum();
        let statistics = context.statistics();
        let is_named = |term: &QueryTerm| {
            let first = term.expansions.first();
            first.is_some_and(|one| one.via == ExpansionKind::Word && is_in_label(one.term))
        };
        let names_section = (1..=MOST_NAMED).contains(&context.content_terms().count())
            && context.content_terms().all(is_named);
        let known = context
            .content_terms()
            .filter_map(|term| term.expansions.first());
        let rarest = known
            .map(|first| statistics.passages_with(first.term))
            .min();
        (best.score > 0.0 && idf_sum > 0.0).then(|| Self {
            strength: ((best.by_terms - TITLE_DISCOUNT * best.by_title) / idf_sum).sqrt(),
            margin: 1.0 - rival(context, ranked).map_or(0.0, |rival| rival.score) / best.score,
            words: words.min(MANY_WORDS).ln(),
            near: match aligned {
                0.0 => NEAR_UNKNOWN,
                aligned => (aligned - covered).max(0.0),
            },
            aligned,
            dense_similarity: best.features.dense_similarity,
            standing: standing.unwrap_or_default(),
            length: (context.query().words.len().max(1) as f32).ln(),
            foreign: context.is_foreign(),
            asked: best.features.heading_match,
            uncommon: if all > 0.0 { found / all } else { 1.0 },
            covered,
            names_section,
            rarest: rarest.unwrap_or(0),
        })
    }

    /// The outcome of an answer with these features.
    pub(crate) fn outcome(self) -> Outcome {
        if self.confidence() >= self.fit().quote_at {
            Outcome::Quoted
        } else if self.is_near() || self.is_worth_suggesting() {
            Outcome::Suggested
        } else {
            Outcome::Unknown
        }
    }

    /// Whether the passage is about what was asked, as far as its confidence or a sentence model tells.
    pub(crate) fn is_near(self) -> bool {
        if self.uses_similarity() {
            self.standing.similarity >= SUGGEST_SIMILARITY
        } else {
            self.confidence() >= SUGGEST_AT
        }
    }

    /// Whether [`CalibrationFeatures::is_near`] goes by the sentence model: there is one, and the question is in a language of the
    /// articles.
    pub(crate) fn uses_similarity(self) -> bool {
        self.dense_similarity.is_some() && !self.foreign
    }

    /// Whether to suggest a passage however low the confidence: it is similar to most of the question; or the question
    /// has only common words, and the passage contains most of them and few others do; or it names the section.
    pub(crate) fn is_worth_suggesting(self) -> bool {
        let contains = self.covered >= SUGGEST_COVERAGE && self.rarest <= FEW_PASSAGES;
        let is_similar = self.aligned >= SUGGEST_COVERAGE && self.words >= 0.0;
        is_similar || contains || self.names_section
    }

    /// The fit for this kind of evidence.
    pub(crate) fn fit(self) -> &'static Fit {
        match self.dense_similarity {
            None => &BY_WORDS,
            Some(_) if self.foreign => &ACROSS_LANGUAGES,
            Some(_) => &WITH_MODEL,
        }
    }

    /// The features in use, with values and weights.
    pub(crate) fn contributions(self) -> impl Iterator<Item = Contribution> {
        let fit = self.fit();
        CALIBRATION.iter().filter_map(move |row| {
            Some(Contribution {
                name: row.name,
                value: (row.value)(&self),
                weight: (fit.weight)(row)?,
            })
        })
    }

    /// The probability that the first quote answers, from 0 to 1.
    pub(crate) fn confidence(self) -> f32 {
        let parts = self.contributions().map(|part| part.value * part.weight);
        let sum = parts.sum::<f32>() + self.fit().intercept;
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The idf of a term, reduced for a common word that is unknown.
fn discounted_idf(term: &QueryTerm) -> f32 {
    if term.common && term.expansions.is_empty() {
        UNKNOWN_COMMON * term.idf
    } else {
        term.idf
    }
}
