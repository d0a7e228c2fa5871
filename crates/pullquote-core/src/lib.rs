//! The core of Pullquote: finds the passage that answers a question and quotes it. No I/O, no clock, no threads.
//!
//! ```text
//! parsed document ──▶ Article ──▶ passages ──▶ Index
//! question ──▶ Query ──▶ expanded terms ──▶ candidates ──▶ ranked passages ──▶ Answer
//! article (and a focus) ──▶ candidate sentences ──▶ selected sentences ──▶ Summary
//! ```
//!
//! An [`Engine`](engine::Engine) answers questions about articles. Articles come from a
//! [`ParsedDocument`](article::ParsedDocument), which the readers in `pullquote-readers` make from files:
//!
//! ```
//! use pullquote_core::answer::{Options, Outcome};
//! use pullquote_core::article::{
//!     Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument,
//! };
//! use pullquote_core::engine::Engine;
//!
//! let text = "The harbour opens at seven. The ferry to the island leaves at noon.";
//! let document = ParsedDocument {
//!     blocks: vec![Block::new(
//!         BlockKind::Paragraph(ParagraphKind::Body),
//!         text.to_owned(),
//!         LineRange { first: 1, last: 1 },
//!     )],
//!     ..ParsedDocument::default()
//! };
//! let article = Article::new("harbour.md", document).expect("the document has a paragraph");
//! let engine = Engine::build(vec![article]);
//!
//! // Typos are corrected.
//! let answer = engine.ask("When does the fery leave?", &Options::default());
//! assert_eq!(answer.outcome, Outcome::Quoted);
//! let quote = &answer.quotes[0];
//! let article = engine.corpus().article(quote.article);
//! assert_eq!(quote.best.of(&article.text), "The ferry to the island leaves at noon.");
//!
//! // Questions that the articles do not answer get no quote.
//! let answer = engine.ask("Who invented the telephone?", &Options::default());
//! assert_eq!(answer.outcome, Outcome::Unknown);
//! ```
//!
//! # Invariants
//!
//! - A quote is a byte-for-byte slice of the article's text, and names the lines of the source file that it comes from.
//!   Folding, stemming and spelling correction change the term of a token, never its span.
//! - The same articles and the same question give the same answer, whatever order the articles are passed in.
//! - No input makes the core fail or panic. Readers report errors as [`Problem`](article::Problem)s beside what they parsed.
//! - An engine is immutable. A reload builds another one and swaps the two.
//! - An engine answers from its own articles only. Engines share nothing.

mod about;
pub mod answer;
pub mod article;
pub mod engine;
pub mod eval;
pub mod index;
pub mod query;
pub mod semantic;
pub mod summary;
pub mod text;
