//! The result of embedding the passages of an engine.

use pullquote_core::semantic::DenseIndex;

/// The embedded passages of an engine.
#[derive(Debug)]
pub struct EmbeddedPassages {
    /// The model and the embeddings, for [`Engine::with_model`](pullquote_core::engine::Engine::with_model).
    pub embedded: DenseIndex,
    /// Number of passages in a language that the model supports.
    pub total: usize,
    /// Number of those that were not in the cache, so that the model had to compute their embeddings.
    pub computed: usize,
    /// Why the cache cannot be read or written. The embeddings are complete nevertheless.
    pub cache_error: Option<String>,
}
