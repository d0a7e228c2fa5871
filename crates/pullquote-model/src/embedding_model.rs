//! Which sentence model is used.

use std::path::PathBuf;

/// The sentence model that is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddingModel {
    /// The folder with the model's files; `None` for the built-in model.
    pub folder: Option<PathBuf>,
    /// The file of the embedding cache. It is created if it does not exist.
    pub vectors: PathBuf,
}
