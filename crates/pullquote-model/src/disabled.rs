//! Takes the place of `encoder.rs` in a program built without the feature `runtime`: loading a model fails with an
//! error that says how to build one that can.

use crate::EmbeddedTexts;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::Languages;
use pullquote_core::text::Language;
use std::path::Path;

/// Why a sentence model cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[error("{}", crate::UNSUPPORTED)]
pub struct ModelFolderError;

/// A sentence model; it cannot exist without the feature `runtime`.
#[derive(Debug)]
pub enum SentenceEncoder {}

impl SentenceEncoder {
    /// Fails.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn load(_folder: &Path, _cache: &Path) -> Result<Self, ModelFolderError> {
        Err(ModelFolderError)
    }

    /// Those of `languages` that the model supports.
    pub fn supported(&self, _languages: &[Language]) -> Languages {
        match *self {}
    }

    /// Embeds the sentences of an engine.
    pub fn embed(
        &self,
        _engine: &Engine,
        _previous: Option<&Engine>,
        _keep_going: impl FnMut(usize, usize) -> bool,
    ) -> Option<EmbeddedTexts> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_says_how_to_build_with_support() {
        let error = SentenceEncoder::load(Path::new("model"), Path::new("cache")).unwrap_err();
        assert!(error.to_string().contains("--features model"));
    }
}
