//! Why an answer came out as it did, for `--explain`.

use super::{CalibrationFeatures, Found, Outcome, QUOTE_AT, SUGGEST_AT};
use crate::article::PassageId;
use crate::index::{ExpansionKind, Index, SurfaceId};
use crate::query::Role;

/// How a question was read and judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Every distinct word of the question.
    pub words: Vec<WordExplained>,
    /// What the confidence was computed from: name, value, weight. Empty where nothing was found.
    pub evidence: Vec<(&'static str, f32, f32)>,
    /// The outcome's reason in a sentence.
    pub reason: String,
}

/// How a word was read.
#[derive(Debug, Clone, PartialEq)]
pub struct WordExplained {
    /// Folded, as typed.
    pub typed: String,
    /// Whether it was searched for.
    pub role: Role,
    /// Inverse document frequency.
    pub idf: f32,
    /// What it was taken for; empty where no article holds it.
    pub variants: Vec<ExpansionExplained>,
}

/// One thing that a word was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpansionExplained {
    /// The term.
    pub term: String,
    /// 1 for the word itself.
    pub weight: f32,
    /// How it was found.
    pub via: ExpansionKind,
}

/// A word of the question with the word of a quote, or of the title or heading above it, that comes nearest to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Met {
    /// Folded, as typed.
    pub asked: String,
    /// Folded.
    pub here: String,
    /// From 0 to 1, which is the same word.
    pub nearness: f32,
}

impl Met {
    /// One for each content word of the question that anything comes near to.
    pub(super) fn all(
        index: &Index,
        found: &Found,
        passage: PassageId,
        told: impl Iterator<Item = SurfaceId>,
    ) -> Vec<Self> {
        let groups = &found.groups;
        let mut nearest: Vec<(f32, Option<SurfaceId>)> = vec![(0.0, None); groups.len()];
        let has_senses = index.has_senses(passage);
        for surface in told {
            let mut meet = |at: usize, nearness: f32| {
                if nearness > nearest[at].0 {
                    nearest[at] = (nearness, Some(surface));
                }
            };
            let term = index.term_of(surface);
            for (at, group) in groups.iter().enumerate() {
                let variant = group.variants.iter().find(|variant| variant.term == term);
                meet(at, variant.map_or(0.0, |variant| variant.weight));
            }
            if has_senses {
                let mut at = 0;
                index.near(surface, &found.meant, |near| {
                    meet(at, near);
                    at += 1;
                });
            }
        }
        let met = groups.iter().zip(nearest).filter_map(|(group, nearest)| {
            let (nearness, surface) = nearest;
            let asked = found.query.words[group.word].folded.clone();
            let here = index.spelling(surface?).to_owned();
            (group.role == Role::Content).then_some(Self {
                asked,
                here,
                nearness,
            })
        });
        met.collect()
    }
}

impl Explanation {
    pub(super) fn new(
        index: &Index,
        found: &Found,
        evidence: Option<CalibrationFeatures>,
        outcome: Outcome,
    ) -> Self {
        let Found { query, groups, .. } = found;
        let words = groups
            .iter()
            .map(|group| WordExplained {
                typed: query.words[group.word].folded.clone(),
                role: group.role,
                idf: group.idf,
                variants: group
                    .variants
                    .iter()
                    .map(|variant| ExpansionExplained {
                        term: index.term(variant.term).to_owned(),
                        weight: variant.weight,
                        via: variant.via,
                    })
                    .collect(),
            })
            .collect();
        let reason = match (outcome, evidence) {
            _ if !found.is_about_something() => {
                "no word of the question says what it is about".to_owned()
            }
            _ if found.phrase_missing => {
                "no passage holds the words in quotation marks together".to_owned()
            }
            (_, None) => "no passage holds any word of the question".to_owned(),
            (Outcome::Quoted, _) => format!("the confidence is at least {QUOTE_AT}"),
            (Outcome::Suggested, Some(evidence)) if evidence.confidence() < SUGGEST_AT => format!(
                "the confidence is below {SUGGEST_AT}, but words here come near to {:.0} % of what is asked",
                100.0 * evidence.aligned
            ),
            (Outcome::Suggested, _) => {
                format!("the confidence is below {QUOTE_AT} but at least {SUGGEST_AT}")
            }
            (Outcome::Unknown, _) => format!("the confidence is below {SUGGEST_AT}"),
            (Outcome::Greeting, _) => "nothing is asked".to_owned(),
            (Outcome::Help, _) => "the help is asked for".to_owned(),
        };
        Self {
            words,
            evidence: evidence
                .into_iter()
                .flat_map(CalibrationFeatures::parts)
                .collect(),
            reason,
        }
    }
}
