//! How an answer came about, for `--explain`.

use super::contribution::Contribution;
use super::retrieval::Retrieval;
use super::{CalibrationFeatures, Outcome, QUOTE_AT, SUGGEST_AT};
use crate::index::{ExpansionKind, QueryContext};
use crate::query::Role;

/// How a question was understood and its answer judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Every distinct word of the question.
    pub words: Vec<WordExplained>,
    /// What the confidence was computed from. Empty where nothing was found.
    pub evidence: Vec<Contribution>,
    /// The reason for the outcome, in a sentence.
    pub reason: String,
}

/// How a word was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct WordExplained {
    /// Folded, as typed.
    pub typed: String,
    /// Whether it was searched for.
    pub role: Role,
    /// Inverse document frequency.
    pub idf: f32,
    /// The terms that it matches; empty where no article contains any.
    pub expansions: Vec<ExpansionExplained>,
}

/// One term that a word matches.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpansionExplained {
    /// The term.
    pub term: String,
    /// 1 for the word itself, less for a guess.
    pub weight: f32,
    /// How it was found.
    pub via: ExpansionKind,
}

impl Explanation {
    pub(super) fn new(
        retrieval: &Retrieval<'_>,
        evidence: Option<CalibrationFeatures>,
        outcome: Outcome,
    ) -> Self {
        let contributions = |evidence: CalibrationFeatures| evidence.contributions().collect();
        Self {
            words: words(&retrieval.context),
            evidence: evidence.map(contributions).unwrap_or_default(),
            reason: reason(retrieval, evidence, outcome),
        }
    }
}

fn words(context: &QueryContext<'_>) -> Vec<WordExplained> {
    let words = context.terms().iter().map(|term| WordExplained {
        typed: context.query().words[term.word].folded.clone(),
        role: term.role,
        idf: term.idf,
        expansions: term
            .expansions
            .iter()
            .map(|expansion| ExpansionExplained {
                term: context.stem(expansion.term).to_owned(),
                weight: expansion.weight,
                via: expansion.via,
            })
            .collect(),
    });
    words.collect()
}

fn reason(
    retrieval: &Retrieval<'_>,
    evidence: Option<CalibrationFeatures>,
    outcome: Outcome,
) -> String {
    match (outcome, evidence) {
        _ if !retrieval.context.has_content() => "the question has no searchable words".to_owned(),
        _ if retrieval.phrase_missing => "no passage contains every quoted phrase".to_owned(),
        (_, None) => "no passage contains a word of the question".to_owned(),
        (Outcome::Quoted, _) => format!("the confidence is at least {QUOTE_AT}"),
        (Outcome::Suggested, Some(evidence)) if evidence.confidence() < SUGGEST_AT => format!(
            "the confidence is below {SUGGEST_AT}, but the passage's words are similar to {:.0} % of the question",
            100.0 * evidence.aligned
        ),
        (Outcome::Suggested, _) => {
            format!("the confidence is below {QUOTE_AT} but at least {SUGGEST_AT}")
        }
        (Outcome::Unknown, _) => format!("the confidence is below {SUGGEST_AT}"),
        (Outcome::Greeting, _) => "the message asks nothing".to_owned(),
        (Outcome::About, _) => "the question is about the articles themselves".to_owned(),
        (Outcome::Help, _) => "the message asks for help".to_owned(),
    }
}
