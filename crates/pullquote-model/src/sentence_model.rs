//! What every sentence model does.

use pullquote_core::semantic::Embedder;
use pullquote_minilm::MiniLm;

/// A sentence model: embeds questions as an [`Embedder`], and texts of the articles.
pub(crate) trait SentenceModel: Embedder {
    /// Length of the embeddings.
    fn dimensions(&self) -> usize;

    /// The embedding of a sentence or passage of an article; `None` if the model fails.
    fn embed_passage(&self, text: &str) -> Option<Vec<f32>>;
}

impl SentenceModel for MiniLm {
    fn dimensions(&self) -> usize {
        pullquote_minilm::DIMENSIONS
    }

    fn embed_passage(&self, text: &str) -> Option<Vec<f32>> {
        self.embed(text)
    }
}
