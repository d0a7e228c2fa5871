//! Semantic similarity: word embeddings from a built-in table, and sentence embeddings from an optional model.
//!
//! The table contains English words only. Words of similar meaning have similar vectors (`kidnapped`, `abducted`), however
//! they are spelled. A sentence model embeds whole sentences, in all languages that it knows.
//!
//! This module knows words and sentences, not articles. `query` decides which words of a question matter, `index` finds
//! the passages, and `answer` weighs similarity against matching words.

mod dense_index;
mod directions;
mod dot;
mod embedder;
mod embedding;
mod keys;
mod language_probe;
mod near_words;
mod passage_embeddings;
mod table;
mod vector;
mod word_pieces;

pub use dense_index::{DenseIndex, Languages};
pub(crate) use dense_index::{DenseMatch, Together};
pub(crate) use directions::{Directions, Lanes, WordDirections};
pub use dot::DIMENSIONS;
pub use embedder::{Embedder, QuestionEmbedding};
pub use embedding::{Embedding, Embeddings};
pub use keys::LONGEST;
pub use near_words::NearWords;
pub(crate) use passage_embeddings::Similarities;
pub use passage_embeddings::{PassageEmbedding, PassageEmbeddings, PassageText};
pub(crate) use table::RowId;
pub use table::{MAGIC, Table, WordVector};
pub(crate) use vector::VectorSum;
pub use vector::{Vector, mean};
pub use word_pieces::{PiecePosition, word_pieces};
