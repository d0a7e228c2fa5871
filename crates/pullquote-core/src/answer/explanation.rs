//! How an answer came about, for `--explain`.

use super::retrieval::Retrieval;
use super::{CalibrationFeatures, Outcome, QUOTE_AT, SUGGEST_AT};
use crate::article::PassageId;
use crate::index::{ExpansionKind, QueryContext, SurfaceId};
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

/// One feature's part in a weighted sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Name of the feature.
    pub name: &'static str,
    /// Its value.
    pub value: f32,
    /// What the value is multiplied by.
    pub weight: f32,
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

/// A content word of the question, with the most similar word of a quote or of the title or heading above it.
#[derive(Debug, Clone, PartialEq)]
pub struct NearestWord {
    /// The question's word, folded, as typed.
    pub asked: String,
    /// The article's word, folded.
    pub found: String,
    /// From 0 to 1, which is the same word.
    pub similarity: f32,
}

impl NearestWord {
    /// One for each content word of the question that is similar to any of `tokens`, which are of a passage.
    pub(super) fn all(
        context: &QueryContext<'_>,
        passage: PassageId,
        tokens: impl Iterator<Item = SurfaceId>,
    ) -> Vec<Self> {
        let terms = context.terms();
        let mut nearest: Vec<(f32, Option<SurfaceId>)> = vec![(0.0, None); terms.len()];
        let has_vectors = context.passage(passage).has_vectors();
        for surface in tokens {
            let mut raise = |at: usize, similarity: f32| {
                if similarity > nearest[at].0 {
                    nearest[at] = (similarity, Some(surface));
                }
            };
            let token_term = context.term_of(surface);
            for (at, term) in terms.iter().enumerate() {
                let mut expansions = term.expansions.iter();
                let matched = expansions.find(|expansion| expansion.term == token_term);
                raise(at, matched.map_or(0.0, |expansion| expansion.weight));
            }
            if has_vectors {
                let mut at = 0;
                context.term_similarities(surface, |similarity| {
                    raise(at, similarity);
                    at += 1;
                });
            }
        }
        let found = terms.iter().zip(nearest).filter_map(|(term, nearest)| {
            let (similarity, surface) = nearest;
            let found = context.spelling(surface?).to_owned();
            (term.role == Role::Content).then(|| Self {
                asked: context.query().words[term.word].folded.clone(),
                found,
                similarity,
            })
        });
        found.collect()
    }
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
        (Outcome::Help, _) => "the message asks for help".to_owned(),
    }
}
