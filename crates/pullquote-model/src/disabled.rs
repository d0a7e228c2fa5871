//! Takes the place of `folder.rs` in a program built without the feature `runtime`: loading a model fails with an error that
//! says how to build one that can.

use crate::cache::KeyHasher;
use crate::sentence_model::SentenceModel;
use std::path::Path;
use std::sync::Arc;

/// Why a folder's sentence model cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[error("{} (or unset MODEL for the built-in one)", crate::UNSUPPORTED)]
pub struct ModelFolderError;

/// Fails.
pub(crate) fn load(_: &Path) -> Result<(Arc<dyn SentenceModel>, KeyHasher), ModelFolderError> {
    Err(ModelFolderError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_says_how_to_build_with_support() {
        let error = load(Path::new("model")).err().unwrap();
        assert!(error.to_string().contains("--features model"));
    }
}
