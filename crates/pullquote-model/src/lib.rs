//! Sentence models: find, install and run ONNX models that embed the articles' sentences.
//!
//! - [`ModelStore`] is the data folder: installed models, and which one is used. [`Description`] is what a model says
//!   about itself.
//! - `catalogue` lists the models that can be installed, and `install` does so. Nothing here opens the network.
//! - [`SentenceEncoder`] loads a model and embeds all sentences of an engine, with a cache on disk.
//! - [`embed_in_background`] does so for the current engine of a handle, and for each one that replaces it.
//!
//! Without the feature `runtime`, [`SentenceEncoder::load`] always fails with an error that says so, and nothing can be
//! installed.

mod background;
mod description;
mod embedded_texts;
mod store;

#[cfg(feature = "runtime")]
mod cache;
#[cfg(feature = "runtime")]
pub mod catalogue;
#[cfg(feature = "runtime")]
mod encoder;
#[cfg(feature = "runtime")]
pub mod install;
#[cfg(feature = "runtime")]
mod onnx;
#[cfg(all(test, feature = "runtime"))]
mod tiny_onnx;
#[cfg(feature = "runtime")]
mod tokenizer;

#[cfg(not(feature = "runtime"))]
mod disabled;

/// Whether this program can run sentence models.
pub const SUPPORTED: bool = cfg!(feature = "runtime");
/// Why it cannot if it cannot, and what helps.
pub const UNSUPPORTED: &str = "this program was built without support for sentence models: use a released program, or \
     build one with `cargo build --profile dist --features model`";

pub use background::{EmbeddingModel, Origin, embed_in_background};
pub use description::{Description, MAX_TOKENS, Pooling};
pub use embedded_texts::EmbeddedTexts;
pub use store::ModelStore;

#[cfg(feature = "runtime")]
pub use encoder::{ModelFolderError, SentenceEncoder};
#[cfg(feature = "runtime")]
pub use onnx::{OnnxError, OnnxModel, TokenEmbeddings};
#[cfg(feature = "runtime")]
pub use tokenizer::{Tokenizer, TokenizerError};

#[cfg(not(feature = "runtime"))]
pub use disabled::{ModelFolderError, SentenceEncoder};
