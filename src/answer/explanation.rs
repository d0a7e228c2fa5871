//! Why an answer came out as it did, for `--explain`.

use super::{Evidence, Outcome, QUOTE_AT, SUGGEST_AT};
use crate::index::{Group, Index, Via};
use crate::query::{Query, Role};

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
    pub variants: Vec<VariantExplained>,
}

/// One thing that a word was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantExplained {
    /// The term.
    pub term: String,
    /// 1 for the word itself.
    pub weight: f32,
    /// How it was found.
    pub via: Via,
}

impl Explanation {
    pub(super) fn new(
        index: &Index,
        query: &Query,
        groups: &[Group],
        evidence: Option<Evidence>,
        outcome: Outcome,
        phrase_missing: bool,
    ) -> Self {
        let words = groups
            .iter()
            .map(|group| WordExplained {
                typed: query.words[group.word].folded.clone(),
                role: group.role,
                idf: group.idf,
                variants: group
                    .variants
                    .iter()
                    .map(|variant| VariantExplained {
                        term: index.term(variant.term).to_owned(),
                        weight: variant.weight,
                        via: variant.via,
                    })
                    .collect(),
            })
            .collect();
        let reason = match (outcome, evidence) {
            _ if query.is_empty() => "no word of the question says what it is about".to_owned(),
            _ if phrase_missing => {
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
        };
        Self {
            words,
            evidence: evidence.into_iter().flat_map(Evidence::parts).collect(),
            reason,
        }
    }
}
