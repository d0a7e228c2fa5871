//! Sentence models: the built-in one, and others in ONNX format to find, install and run.
//!
//! - [`ModelStore`] is the data folder: installed models, and which one is used. [`Description`] is what a model says
//!   about itself.
//! - `catalogue` lists the models that can be installed, and `install` does so. Nothing here opens the network.
//! - [`SentenceEncoder`] loads a model and embeds all passages of an engine, with a cache on disk.
//! - [`embed_in_background`] does so for the current engine of a handle, and for each one that replaces it.
//!
//! Without the feature `runtime`, [`SentenceEncoder::load`] fails with an error that says so for all but the built-in model,
//! and nothing can be installed.

mod background;
mod cache;
mod description;
mod embedded_passages;
mod embedding_model;
mod encoder;
mod questions;
mod sentence_model;
mod store;

#[cfg(feature = "runtime")]
pub mod catalogue;
#[cfg(feature = "runtime")]
mod folder;
#[cfg(feature = "runtime")]
pub mod install;
#[cfg(feature = "runtime")]
mod onnx;
#[cfg(all(test, feature = "runtime"))]
mod tiny_onnx;
#[cfg(feature = "runtime")]
mod tokenizer;

#[cfg(not(feature = "runtime"))]
#[path = "disabled.rs"]
mod folder;

/// Whether this program can run other sentence models than the built-in one.
pub const SUPPORTED: bool = cfg!(feature = "runtime");
/// Why it cannot if it cannot, and what helps.
pub const UNSUPPORTED: &str = "this program was built without support for other sentence models than its own: use a released program, or \
     build one with `cargo build --profile dist --features model`";

pub use background::embed_in_background;
pub use description::{BUILT_IN, Description, MAX_TOKENS, Pooling};
pub use embedded_passages::EmbeddedPassages;
pub use embedding_model::EmbeddingModel;
pub use encoder::SentenceEncoder;
pub use folder::ModelFolderError;
pub use store::ModelStore;

#[cfg(feature = "runtime")]
pub use onnx::{OnnxError, OnnxModel, TokenEmbeddings};
#[cfg(feature = "runtime")]
pub use tokenizer::{Tokenizer, TokenizerError};
