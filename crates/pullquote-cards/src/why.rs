//! How an answer was found, in words: lines for `ask --explain`, and for those who manage a server.

use pullquote_core::answer::{NearestWord, WordExplained};
use pullquote_core::query::Role;
use pullquote_core::text::safe;

/// A word of the question and the terms that were searched for it.
pub fn word_explained(word: &WordExplained) -> String {
    let expansions = word.expansions.iter().map(|found| {
        let kind = found.via.name();
        format!("{} ×{:.2} ({kind})", safe(&found.term), found.weight)
    });
    let expansions: Vec<String> = expansions.collect();
    let searched = match word.role {
        Role::Function => "function word, not searched".to_owned(),
        Role::Content if expansions.is_empty() => format!("in no article (idf {:.2})", word.idf),
        Role::Content => format!("{} (idf {:.2})", expansions.join(", "), word.idf),
    };
    format!("{}: {searched}", safe(&word.typed))
}

/// A word of the question, the most similar word of the quote, and their similarity.
pub fn nearest_word(word: &NearestWord) -> String {
    format!(
        "{} ~ {} {:.2}",
        safe(&word.asked),
        safe(&word.found),
        word.similarity
    )
}
