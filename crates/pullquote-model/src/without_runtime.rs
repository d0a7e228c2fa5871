//! In the place of `model.rs` in a program that was built without the feature `model`: there is no sentence model, and
//! whoever sets one is told.

use super::Seen;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::Languages;
use pullquote_core::text::Language;
use std::path::Path;

/// Why a folder gives no model.
#[derive(Debug, thiserror::Error)]
#[error(
    "this program was built without the feature `model` (`cargo build --release --features model` builds one with it)"
)]
pub struct ModelFolderError;

/// There is none.
#[derive(Debug)]
pub enum SentenceModel {}

impl SentenceModel {
    /// There is none.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn load(_folder: &Path, _vectors: &Path) -> Result<Self, ModelFolderError> {
        Err(ModelFolderError)
    }

    /// The languages that it knows.
    pub fn known(&self, _languages: &[Language]) -> Languages {
        match *self {}
    }

    /// What it sees.
    pub fn see(
        &self,
        _engine: &Engine,
        _before: Option<&Engine>,
        _go_on: impl FnMut(usize, usize) -> bool,
    ) -> Option<Seen> {
        match *self {}
    }
}
