//! Text and languages, without articles: spans, words, stems, stop words, sentence boundaries.

mod closest;
mod fold;
mod lang;
mod language;
mod pointer;
mod real_word;
mod safe;
mod sentence;
mod span;
mod token;

pub use closest::closest;
pub use fold::{fold, fold_into};
pub(crate) use lang::{ANY_LANGUAGE, AboutLists, Padding, languages_with_about, phrases};
pub use language::Language;
pub use pointer::points_back;
pub use safe::safe;
pub use sentence::{lines, sentences};
pub use span::Span;
pub use token::{is_spaceless, words};
