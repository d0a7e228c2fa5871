//! What a question is about, and whether it is worth counting.

use pullquote_core::query::{Intent, Query, Role};
use pullquote_core::text::Language;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The languages that a question may be in: those that the bot speaks. English comes first, and wins where function words
/// leave a doubt.
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let codes = [
        "en", "de", "fr", "es", "it", "pt", "pl", "ru", "tr", "ja", "ko", "zh",
    ];
    codes
        .iter()
        .copied()
        .filter_map(Language::from_code)
        .collect()
});

/// Names a question: equal for two whose content words have the same stems, in whatever order.
pub type Key = u64;

/// A content word of a question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// Its stem.
    pub stem: String,
    /// The word, folded.
    pub folded: String,
}

/// The content words of a question, sorted by stem, each stem once.
///
/// ```
/// use pullquote_insights::{key, terms};
///
/// let stems = |question| terms(question).into_iter().map(|term| term.stem).collect::<Vec<_>>();
/// assert_eq!(stems("When do the ferries leave?"), ["ferri", "leav"]);
/// assert_eq!(key("When do the ferries leave?"), key("leaving ferry?"));
/// ```
pub fn terms(question: &str) -> Vec<Term> {
    of(&parse(question))
}

/// A question as it was read.
pub(crate) fn parse(question: &str) -> Query {
    Query::parse(question, &LANGUAGES)
}

pub(crate) fn of(query: &Query) -> Vec<Term> {
    let content = query.words.iter().filter(|word| word.role == Role::Content);
    let terms: BTreeSet<Term> = content
        .map(|word| Term {
            stem: query.language.stem(&word.folded).into_owned(),
            folded: word.folded.clone(),
        })
        .collect();
    let mut terms: Vec<Term> = terms.into_iter().collect();
    terms.dedup_by(|next, kept| next.stem == kept.stem);
    terms
}

/// The key of a question.
pub fn key(question: &str) -> Key {
    // FNV-1a (Fowler, Noll and Vo), because the store keeps it: it is the same in every version and process.
    let stems = terms(question);
    let bytes = stems
        .iter()
        .flat_map(|term| term.stem.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Whether a question that got no answer is a wish for an article: not small talk, no search with excluded words, not one
/// everyday word.
///
/// ```
/// use pullquote_insights::is_wish;
///
/// assert!(is_wish("When does the ferry leave?"));
/// for other in ["hello there", "ferry -island", "water?", "???", ""] {
///     assert!(!is_wish(other), "{other}");
/// }
/// ```
pub fn is_wish(question: &str) -> bool {
    let query = parse(question);
    let terms = of(&query);
    let is_everyday = match terms.as_slice() {
        [] => true,
        [only] => query.language.is_common_word(&only.folded),
        _ => false,
    };
    !is_everyday && query.excluded.is_empty() && Intent::of(question, &query) == Intent::Answer
}
