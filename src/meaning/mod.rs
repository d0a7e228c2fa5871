//! What words mean, where spelling does not tell: a table built into the program says where an English word points, and
//! words that point the same way mean much the same (`kidnapped`, `abducted`).
//!
//! Knows words, not articles: which words carry a question is `query`'s to say, which passages hold them the
//! index's, and how much nearness of meaning counts beside spelling is weighed in `answer`.

mod alike;
mod embedding;
#[cfg(feature = "model")]
mod model;
mod pieces;
mod table;
#[cfg(feature = "model")]
mod tokenizer;
mod vector;

pub use embedding::{Embedded, Embedder, Embedding, Embeddings, Languages};
#[cfg(feature = "model")]
pub use model::{Hidden, MOST_TOKENS, Model, ModelError};
pub use pieces::{Place, pieces};
pub use table::{DIMENSIONS, LONGEST, MAGIC, Meaning, Row, Table};
#[cfg(feature = "model")]
pub use tokenizer::{Tokenizer, TokenizerError};
pub use vector::{Sum, Vector, mean};
