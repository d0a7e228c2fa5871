//! A sentence model from a folder: `model.onnx` (or `onnx/model.onnx`, where exports put it), `tokenizer.json`, and
//! `model.json` if it is to be used in another way than most.

use crate::cache::KeyHasher;
use crate::sentence_model::SentenceModel;
use crate::{Description, OnnxError, OnnxModel, Tokenizer, TokenizerError};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a folder's sentence model cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelFolderError {
    /// A file does not exist.
    #[error("no {name} in `{}`", folder.display())]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// The file's name, in backticks.
        name: &'static str,
    },
    /// A file cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// The description is malformed.
    #[error("cannot use `model.json` in `{}`: {source}", folder.display())]
    Description {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        source: io::Error,
    },
    /// The tokenizer is not supported.
    #[error("cannot use `{}`: {source}", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: TokenizerError,
    },
    /// The model is not supported.
    #[error("cannot use `{}`: {source}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: OnnxError,
    },
}

/// Loads the model in `folder`, and runs it once. Also returns what makes the keys of its embeddings.
pub(crate) fn load(folder: &Path) -> Result<(Arc<dyn SentenceModel>, KeyHasher), ModelFolderError> {
    let onnx = find(folder, &["model.onnx", "onnx/model.onnx"], "`model.onnx`")?;
    let json = find(folder, &["tokenizer.json"], "`tokenizer.json`")?;
    let description =
        Description::read(folder).map_err(|source| ModelFolderError::Description {
            folder: folder.to_owned(),
            source,
        })?;
    let tokenizer_bytes = read(&json)?;
    let tokenizer = Tokenizer::new(&tokenizer_bytes, description.max_tokens)
        .map_err(|source| ModelFolderError::Tokenizer { path: json, source })?;
    let model_bytes = read(&onnx)?;
    let fingerprint = description.fingerprint();
    let mut files = vec![&model_bytes[..], &tokenizer_bytes];
    files.extend((!fingerprint.is_empty()).then_some(&fingerprint[..]));
    let keys = KeyHasher::new(&files);
    let model = OnnxModel::new(model_bytes, tokenizer)
        .map_err(|source| ModelFolderError::Model { path: onnx, source })?;
    Ok((Arc::new(model.described(&description)), keys))
}

fn find(
    folder: &Path,
    candidates: &[&str],
    name: &'static str,
) -> Result<PathBuf, ModelFolderError> {
    let mut paths = candidates.iter().map(|name| folder.join(name));
    paths
        .find(|path| path.is_file())
        .ok_or_else(|| ModelFolderError::Missing {
            folder: folder.to_owned(),
            name,
        })
}

fn read(path: &Path) -> Result<Vec<u8>, ModelFolderError> {
    fs::read(path).map_err(|source| ModelFolderError::Read {
        path: path.to_owned(),
        source,
    })
}
