//! The result of embedding the sentences and passages of an engine.

use pullquote_core::semantic::DenseIndex;

/// The embedded sentences and passages of an engine.
#[derive(Debug)]
pub struct EmbeddedTexts {
    /// The model and the embeddings, for [`Engine::with_model`](pullquote_core::engine::Engine::with_model).
    pub embedded: DenseIndex,
    /// Number of sentences and passages in a language that the model supports.
    pub total: usize,
    /// Number of those that were not in the cache, so that the model had to compute their embeddings.
    pub computed: usize,
    /// Why the cache cannot be read or written. The embeddings are complete nevertheless.
    pub cache_error: Option<String>,
}
