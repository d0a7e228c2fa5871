//! Sentence models: a model out of the operator's folder embeds the sentences of the articles.

mod embed;
#[cfg(feature = "runtime")]
mod model;
#[cfg(not(feature = "runtime"))]
#[path = "without_runtime.rs"]
mod model;
#[cfg(feature = "runtime")]
mod network;
#[cfg(feature = "runtime")]
mod tokenizer;
#[cfg(feature = "runtime")]
mod vectors;

pub use embed::{EmbeddingModel, Seen, embed};
pub use model::{ModelFolderError, SentenceModel};
#[cfg(feature = "runtime")]
pub use network::{Hidden, MOST_TOKENS, Model, ModelError};
#[cfg(feature = "runtime")]
pub use tokenizer::{Tokenizer, TokenizerError};
