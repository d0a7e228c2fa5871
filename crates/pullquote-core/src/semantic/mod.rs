//! What words mean, where spelling does not tell: a table built into the program says where an English word points, and
//! words that point the same way mean much the same (`kidnapped`, `abducted`).
//!
//! Knows words, not articles: which words carry a question is `query`'s to say, which passages hold them the
//! index's, and how much nearness of meaning counts beside spelling is weighed in `answer`.

mod embedding;
mod language_probe;
mod pieces;
mod table;
mod vector;

pub use embedding::{Embedded, Embedder, Embedding, Embeddings, Languages};
pub use pieces::{Place, pieces};
pub use table::{DIMENSIONS, LONGEST, MAGIC, Meaning, Row, Table};
pub use vector::{Sum, Vector, mean};
