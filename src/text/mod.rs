//! Language tools that know no article: spans, tokens, stems, stop words, sentence bounds.

mod fold;
mod language;
mod sentence;
mod span;

pub use fold::fold;
pub use language::Language;
pub use sentence::sentences;
pub use span::Span;
