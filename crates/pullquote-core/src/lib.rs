//! The pure core of Pullquote: articles in, quotes out. No I/O, no clock, no threads.
//!
//! ```text
//! parsed document ──▶ Article ──▶ passages ──▶ Index
//! question ──▶ Query ──▶ expanded terms ──▶ candidates ──▶ ranked passages ──▶ Answer
//! article (and a focus) ──▶ sentences that can stand alone ──▶ those that cover most ──▶ Summary
//! ```

pub mod answer;
pub mod article;
pub mod engine;
pub mod eval;
pub mod index;
pub mod query;
pub mod semantic;
pub mod summary;
pub mod text;
