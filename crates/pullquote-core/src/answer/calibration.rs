//! How sure an answer is: the chance, from 0 to 1, that its first quote answers the question.
//!
//! A logistic regression over a few pieces of [`CalibrationFeatures`]; `pullquote fit` finds constants for it and
//! tells how well they hold on questions that were not used for fitting. Whether the article that is
//! asked about is in the knowledge base at all shows in them; whether a passage on the very topic
//! tells the one thing that is asked, words alone can hardly say.

use super::Outcome;
use super::ranking::Ranked;
use crate::index::{self, Index, QueryTerm};
use crate::query::Role;

/// At and above, the answer is given: where `pullquote fit` refuses about 95 in 100 questions on
/// other matters and still answers 93 in 100 of the rest.
pub const QUOTE_AT: f32 = 0.25;
/// At and above, passages are shown as near misses; below, the articles do not tell.
pub const SUGGEST_AT: f32 = 0.1;

/// What an unknown word counts if it is a common one: that no passage says "happened" tells little, that none
/// says "Zurich" tells much. Matters most where there is one article: 81 of 100 answerable questions were
/// answered with 1.0, 86 with 0.3.
const UNKNOWN_COMMON: f32 = 0.5;

/// How much a common word counts among [`CalibrationFeatures::words`]: "what time is it" must not be answered with whatever
/// holds the word "time", nor "new here" with what is new. Of small talk, 84 in 100 lines were refused with 1.0
/// and one article, 99 with 0.3, and the tables of `pullquote fit` told answers from others as well or better.
const COMMON_SAYS: f32 = 0.3;

/// So much of what the title is worth says which article is meant, and not that it answers: with 0.0, more questions on the
/// subject that the article does not tell were quoted, with 0.5 fewer whose title asks the very question.
const TITLE_ONLY: f32 = 0.3;

/// What the confidence is computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationFeatures {
    /// Square root of the best passage's score by words (the title's counting for less) as a share of what the
    /// question's words are worth together (the sum of their inverse document frequencies, unknown words included).
    pub strength: f32,
    /// How far the second passage falls behind, from 0 (level) to 1 (there is none).
    pub margin: f32,
    /// Logarithm of the number of content words, a common one counting for less unless it stands in the heading
    /// of the best passage: more of them agree less by chance.
    pub words: f32,
    /// Logarithm of the number of passages: where there are many, some agree by chance.
    pub size: f32,
    /// Whether the heading above the best passage, with the title, says all that is asked about, from 0 to 1: who asks for
    /// a section is answered by it.
    pub heading: f32,
    /// How much more of the question the best passage comes near to in meaning than its words account for, as a
    /// share of what they are worth; 0.1, neither for nor against, where meaning is not known.
    pub near: f32,
    /// How much of the question the best passage comes near to in meaning, with what its words account for; 0 where
    /// meaning is not known.
    pub aligned: f32,
    /// How near the nearest sentence of the best passage is by a sentence model, where one helps, from 0 (as near as
    /// any) to 1.
    pub likeness: Option<f32>,
    /// How much of the question the words of one sentence of the best passage account for, from 0 to 1. This and the next
    /// count in [`CalibrationFeatures::comes_near`] alone.
    pub covered: f32,
    /// How many passages hold the rarest word of the question.
    pub holding: usize,
}

/// The power of the share that a heading says of a question: of a half, nearly nothing is left.
const NEARLY_ALL: i32 = 4;

/// [`CalibrationFeatures::near`] of questions in other languages than that of the table: what it tells on average is
/// neither for nor against them.
const NEAR_UNKNOWN: f32 = 0.1;

/// How much the parts of the evidence count, in the order of [`CalibrationFeatures::parts`].
#[derive(Debug, Clone, Copy)]
struct LogisticModel {
    weights: &'static [f32],
    intercept: f32,
}

/// Between what `pullquote fit` finds with [`CalibrationFeatures::near`] and without it: with all that it would give to `near`
/// (4.1), questions in quite other words are quoted more often, but small talk and badly typed questions on other
/// matters as well. The weight of `heading` is chosen so that a section is given without a doubt to who names it: few question
/// sets have headings to fit it with.
const BY_WORDS: LogisticModel = LogisticModel {
    weights: &[4.6, 0.6, 1.45, -0.35, 1.5, 1.5],
    intercept: -7.7,
};

/// With a sentence model: what `pullquote fit` finds where `EMBEDDING_MODEL` is set (on sets in a language that the model
/// knows), but that the agreement of words counts nothing where it would count against the answer (-0.7), with the intercept
/// at which questions on other matters are refused as often as without.
const BY_MODEL: LogisticModel = LogisticModel {
    weights: &[0.0, 1.9, 0.4, -0.3, 1.5, 3.1, 8.4],
    intercept: -5.4,
};

/// Where the words of a passage account for, or come near in meaning to, so much of what is asked, it is shown as a
/// near miss however unsure the answer is: half of it. Of questions without a word in common with their sentence,
/// two to four times as many were shown something as by [`SUGGEST_AT`] alone.
const COMES_NEAR: f32 = 0.5;

/// Words that everybody uses all day (`when are you open`, `can I bring my dog`) are worth a look only where no more passages hold
/// them: so many can be looked at all.
const FEW: usize = 3;

impl CalibrationFeatures {
    /// The evidence for the first of the ranked passages; `None` where there is none.
    pub(super) fn new(index: &Index, groups: &[QueryTerm], ranked: &[Ranked]) -> Option<Self> {
        let passage = ranked.first()?.features.candidate.passage;
        let best = ranked.first()?;
        let first = best.score;
        let second = ranked.get(1).map_or(0.0, |second| second.score);
        let content = || groups.iter().filter(|group| group.role == Role::Content);
        let worth: f32 = content()
            .map(|group| {
                if group.common && group.variants.is_empty() {
                    UNKNOWN_COMMON * group.idf
                } else {
                    group.idf
                }
            })
            .sum();
        let says = |group: &QueryTerm| {
            let heads = group.any(|term| index.is_in_heading(passage, term));
            if group.common && !heads {
                COMMON_SAYS
            } else {
                1.0
            }
        };
        let aligned = best.features.aligned / worth;
        let covered = best.features.covered * index::worth(groups) / worth;
        let read_as = content().filter_map(|group| group.variants.first());
        let holding = read_as.map(|read| index.passages_with(read.term)).min();
        (first > 0.0 && worth > 0.0).then(|| Self {
            strength: ((best.by_words - TITLE_ONLY * best.by_title) / worth).sqrt(),
            margin: 1.0 - second / first,
            words: content().map(says).sum::<f32>().ln(),
            size: (index.passage_count() as f32).ln(),
            heading: best.features.headed.powi(NEARLY_ALL),
            near: match aligned {
                0.0 => NEAR_UNKNOWN,
                aligned => (aligned - covered).max(0.0),
            },
            aligned,
            likeness: best.features.likeness,
            covered,
            holding: holding.unwrap_or(0),
        })
    }

    /// How an answer on this evidence is meant.
    pub fn outcome(self) -> Outcome {
        match self.confidence() {
            sure if sure >= QUOTE_AT => Outcome::Quoted,
            sure if sure >= SUGGEST_AT || self.comes_near() => Outcome::Suggested,
            _ => Outcome::Unknown,
        }
    }

    /// Whether it is worth a look, though the confidence is low: something comes near to most of what is asked; or, where words
    /// that everybody uses all day are all there is to go by, says most of it and is nearly alone in that. A sentence model
    /// knows better.
    pub fn comes_near(self) -> bool {
        let says_it = self.covered >= COMES_NEAR && self.holding <= FEW;
        let comes_near = self.aligned >= COMES_NEAR && self.words >= 0.0;
        self.likeness.is_none() && (comes_near || says_it)
    }

    /// Name, value and weight of each part. Where a sentence model tells small talk from questions, it says more how much of
    /// the question is met at all than how much is met in other words only; without one, small talk would be answered.
    pub fn parts(self) -> impl Iterator<Item = (&'static str, f32, f32)> {
        let by_words = [
            ("strength", self.strength),
            ("margin", self.margin),
            ("words", self.words),
            ("size", self.size),
            ("heading", self.heading),
        ];
        let by_meaning = match self.likeness {
            None => [Some(("near", self.near)), None],
            Some(likeness) => [
                Some(("aligned", self.aligned)),
                Some(("likeness", likeness)),
            ],
        };
        let parts = by_words
            .into_iter()
            .chain(by_meaning.into_iter().flatten())
            .zip(self.regression().weights);
        parts.map(|((name, value), weight)| (name, value, *weight))
    }

    fn regression(self) -> LogisticModel {
        if self.likeness.is_some() {
            BY_MODEL
        } else {
            BY_WORDS
        }
    }

    /// The chance that the first quote answers.
    pub fn confidence(self) -> f32 {
        let parts = self.parts().map(|(_, value, weight)| value * weight);
        let sum = parts.sum::<f32>() + self.regression().intercept;
        1.0 / (1.0 + (-sum).exp())
    }
}
