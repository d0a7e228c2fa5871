//! Text and languages, without articles: spans, words, stems, stop words, sentence boundaries.
//!
//! ```
//! use pullquote_core::text::{Language, Span, closest, fold, folded_words, is_spaceless, lines, safe, sentences, words};
//!
//! let text = "The Détente of 1972 ended. Why?";
//! let german = Language::from_code("de-AT").unwrap();
//! assert_eq!((german.code(), german), ("de", Language::detect("Der Leuchtturm wurde gebaut und ist seitdem nicht geschlossen worden.").unwrap()));
//!
//! // Words are compared by their stems.
//! let found: Vec<String> = folded_words(text);
//! assert_eq!(found[1], fold("Détente"));
//! assert_eq!(found, ["the", "detente", "of", "1972", "ended", "why"]);
//! assert_eq!(Language::ENGLISH.stem("ended"), "end");
//! assert!(Language::ENGLISH.is_stop_word("the"));
//! assert!(is_spaceless('東') && !is_spaceless('é'));
//!
//! // A span is a place in a text. Spans are trimmed, moved and compared without copying the text.
//! let (all, word) = (Span::whole(text), words(text).nth(1).unwrap());
//! assert!(all.overlaps(word) && !word.is_empty());
//! assert_eq!(Span::new(3, 13).trimmed(text), word);
//! assert_eq!(word.shifted(1).start, word.start + 1);
//!
//! assert_eq!(closest("tilte", ["title", "tags"]), Some("title"));
//! assert_eq!(safe("\u{1b}[31mred"), "[31mred");
//! ```

mod closest;
mod fold;
mod lang;
mod language;
mod pointer;
mod question_label;
mod real_word;
mod safe;
mod sentence;
mod span;
mod token;

pub use closest::closest;
pub use fold::{fold, folded_words};
pub(crate) use lang::{
    ANY_LANGUAGE, AboutLists, Padding, PresentLists, languages_with_about, languages_with_present,
    phrases,
};
pub use language::Language;
pub(crate) use pointer::{points_back, points_forward};
pub use question_label::{QUESTION_LETTERS, label_length};
pub use safe::safe;
pub use sentence::{lines, sentences};
pub use span::Span;
pub use token::{is_spaceless, words};
