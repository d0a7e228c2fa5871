//! Sentence models: embed the articles' sentences with an ONNX model from a folder of the operator's.
//!
//! - [`SentenceEncoder`] loads a model and embeds all sentences of an engine, with a cache on disk.
//! - [`embed_in_background`] does so for the current engine of a handle, and for each one that replaces it.
//!
//! Without the feature `runtime`, [`SentenceEncoder::load`] always fails with an error that says so.

mod background;
mod embedded_sentences;

#[cfg(feature = "runtime")]
mod cache;
#[cfg(feature = "runtime")]
mod encoder;
#[cfg(feature = "runtime")]
mod onnx;
#[cfg(feature = "runtime")]
mod tokenizer;

#[cfg(not(feature = "runtime"))]
mod disabled;

pub use background::{EmbeddingModel, embed_in_background};
pub use embedded_sentences::EmbeddedSentences;

#[cfg(feature = "runtime")]
pub use encoder::{ModelFolderError, SentenceEncoder};
#[cfg(feature = "runtime")]
pub use onnx::{MAX_TOKENS, OnnxError, OnnxModel, TokenEmbeddings};
#[cfg(feature = "runtime")]
pub use tokenizer::{Tokenizer, TokenizerError};

#[cfg(not(feature = "runtime"))]
pub use disabled::{ModelFolderError, SentenceEncoder};
