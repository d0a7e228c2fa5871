//! A sentence model out of the host's folder: `model.onnx` (or `onnx/model.onnx`, where exports put it) with
//! `tokenizer.json` or, for older models, `vocab.txt`. What is done with it is `meaning`'s matter.

use crate::meaning::{Model, ModelError, Tokenizer, TokenizerError};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a folder gives no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelFolderError {
    /// A file is not there, under any of its names.
    #[error("no {names} in `{}`", folder.display())]
    Missing {
        /// Where it was looked for.
        folder: PathBuf,
        /// What it may be called.
        names: &'static str,
    },
    /// A file is there and cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The tokenizer is not one that is known.
    #[error("cannot use `{}`", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: TokenizerError,
    },
    /// The model is not one that is known.
    #[error("cannot use `{}`", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: ModelError,
    },
}

/// Loads the model in `folder` and tries it.
///
/// # Errors
///
/// When a file is missing, unreadable, or no sentence model's.
pub fn load_model(folder: &Path) -> Result<Model, ModelFolderError> {
    let model = find(folder, &["model.onnx", "onnx/model.onnx"], "`model.onnx`")?;
    let path = find(
        folder,
        &["tokenizer.json", "vocab.txt"],
        "`tokenizer.json` or `vocab.txt`",
    )?;
    let text = String::from_utf8_lossy(&read(&path)?).into_owned();
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    let tokenizer = if is_json {
        Tokenizer::from_json(&text)
    } else {
        Tokenizer::from_vocabulary(&text)
    };
    let tokenizer = tokenizer.map_err(|source| ModelFolderError::Tokenizer { path, source })?;
    let bytes = read(&model)?;
    Model::new(bytes, tokenizer).map_err(|source| ModelFolderError::Model {
        path: model,
        source,
    })
}

fn find(
    folder: &Path,
    candidates: &[&str],
    names: &'static str,
) -> Result<PathBuf, ModelFolderError> {
    let mut paths = candidates.iter().map(|name| folder.join(name));
    paths
        .find(|path| path.is_file())
        .ok_or_else(|| ModelFolderError::Missing {
            folder: folder.to_owned(),
            names,
        })
}

fn read(path: &Path) -> Result<Vec<u8>, ModelFolderError> {
    fs::read(path).map_err(|source| ModelFolderError::Read {
        path: path.to_owned(),
        source,
    })
}
