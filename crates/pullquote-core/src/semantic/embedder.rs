//! What embeds texts.

use std::fmt;

/// A sentence model.
pub trait Embedder: fmt::Debug + Send + Sync {
    /// The embedding of `text` as a unit vector; `None` if the model fails.
    fn embed(&self, text: &str) -> Option<Vec<f32>>;
}
