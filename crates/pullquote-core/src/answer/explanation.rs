//! How an answer came about, for `--explain`.

use super::calibration::SUGGEST_SIMILARITY;
use super::contribution::Contribution;
use super::retrieval::Retrieval;
use super::{CalibrationFeatures, Outcome, SUGGEST_AT};
use crate::index::{ExpansionKind, QueryContext};
use crate::query::Role;

/// How a question was understood and its answer judged.
///
/// ```
/// use pullquote_core::answer::{
///     Certainty, Contribution, Correction, ExpansionExplained, Explanation, FEATURES, Feature, NearestWord,
///     Options, Quote, WordExplained,
/// };
/// use pullquote_core::engine::Engine;
/// use pullquote_core::index::ExpansionKind;
/// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
/// # let article = |name: &str, text: &str| {
/// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
/// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
/// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
/// #     Article::new(name, document).expect("the document has a paragraph")
/// # };
/// let text = "The harbour opens at seven. The ferry to the island leaves at noon.";
/// let engine = Engine::build(vec![article("harbour.md", text)]);
/// let options = Options { explain: true, ..Options::default() };
/// let answer = engine.ask("When does the fery leave?", &options);
///
/// // The typo was corrected.
/// let corrected = Correction { typed: "fery".to_owned(), read: "ferry".to_owned() };
/// assert_eq!(answer.corrections, [corrected]);
/// let explanation: &Explanation = answer.explanation.as_ref().unwrap();
/// let of_ferry = |word: &&WordExplained| word.typed == "fery";
/// let word = explanation.words.iter().find(of_ferry).unwrap();
/// let term: &ExpansionExplained = &word.expansions[0];
/// assert_eq!((term.term.as_str(), term.via), ("ferri", ExpansionKind::Typo(1)));
///
/// // Each row of the table of features adds its value times its weight to a quote's score.
/// let quote: &Quote = &answer.quotes[0];
/// let known = |part: &Contribution| FEATURES.iter().any(|row: &Feature| row.name == part.name);
/// assert!(quote.features.iter().all(known));
/// let nearest: &NearestWord = &quote.nearest_words[0];
/// assert!((0.0..=1.0).contains(&nearest.similarity));
///
/// // So do the features of the confidence, which has a name in words.
/// assert!(!explanation.evidence.is_empty());
/// assert!(Certainty::of(answer.confidence) >= Certainty::Likely);
/// // There is no second quote. In bold are the words of the question, because one sentence is most of the quote.
/// assert_eq!(answer.second(), None);
/// let bold: Vec<&str> = quote.emphasis().iter().map(|span| span.of(text)).collect();
/// assert_eq!(bold, ["ferry", "leaves"]);
/// ```
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
    let quote_at = evidence.map_or(0.0, |evidence| evidence.fit().quote_at);
    match (outcome, evidence) {
        _ if !retrieval.context.has_content() => "the question has no searchable words".to_owned(),
        (_, None) => "no passage contains a word of the question".to_owned(),
        (Outcome::Quoted, _) => format!("the confidence is at least {quote_at}"),
        (Outcome::Suggested, Some(evidence)) if !evidence.is_near() && evidence.names_section => {
            format!("the confidence is below {quote_at}, but the question names the section")
        }
        (Outcome::Suggested, Some(evidence)) if !evidence.is_near() => format!(
            "the confidence is below {quote_at}, but the passage's words are similar to {:.0} % of the question",
            100.0 * evidence.aligned
        ),
        (Outcome::Suggested, Some(evidence)) if evidence.uses_similarity() => format!(
            "the confidence is below {quote_at}, but a sentence is similar to the question ({:.2}, at least {SUGGEST_SIMILARITY})",
            evidence.standing.similarity
        ),
        (Outcome::Suggested, _) => {
            format!("the confidence is below {quote_at} but at least {SUGGEST_AT}")
        }
        (Outcome::Unknown, Some(evidence)) if evidence.uses_similarity() => format!(
            "the confidence is below {quote_at}, and no sentence is similar to the question ({:.2}, below {SUGGEST_SIMILARITY})",
            evidence.standing.similarity
        ),
        (Outcome::Unknown, _) => format!("the confidence is below {SUGGEST_AT}"),
        (Outcome::Greeting, _) => "the message asks nothing".to_owned(),
        (Outcome::About, _) => "the question is about the articles themselves".to_owned(),
        (Outcome::Help, _) => "the message asks for help".to_owned(),
    }
}
