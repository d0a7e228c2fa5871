//! Language tools that know no article: spans, tokens, stems, stop words, sentence bounds.

mod closest;
mod english;
mod fold;
mod language;
mod pointer;
mod real_word;
mod safe;
mod sentence;
mod span;
mod token;

pub use closest::closest;
pub use fold::{fold, fold_into};
pub use language::Language;
pub use pointer::points_back;
pub use safe::safe;
pub use sentence::{lines, sentences};
pub use span::Span;
pub use token::{is_spaceless, words};
