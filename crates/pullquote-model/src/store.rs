//! The data folder: which models are installed, which of them is used, and the articles' vectors.
//!
//! ```text
//! models/NAME/      model.onnx, tokenizer.json, model.json
//! models/in-use     the name of the model that is used
//! models/.NAME/     an unfinished download
//! vectors           the embedding cache of all models
//! ```

use crate::{BUILT_IN, EmbeddingModel};
use std::path::{Path, PathBuf};
use std::{fs, io};

const MODELS: &str = "models";
const IN_USE: &str = "in-use";
const VECTORS: &str = "vectors";

/// The data folder. It need not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelStore {
    data: PathBuf,
}

impl ModelStore {
    /// The data folder at `data`.
    pub fn new(data: PathBuf) -> Self {
        Self { data }
    }

    /// The model to use. `setting` is [`BUILT_IN`], or the name of a model or a folder; without one, it is the model that was
    /// chosen with [`choose`](Self::choose) if this program can run it, or else the built-in one.
    pub fn find(&self, setting: Option<&str>) -> EmbeddingModel {
        let folder = match setting {
            Some(BUILT_IN) => None,
            Some(name) => Some(self.folder(name).unwrap_or(PathBuf::from(name))),
            None if crate::SUPPORTED => self.chosen().and_then(|name| self.folder(&name)),
            None => None,
        };
        EmbeddingModel {
            folder,
            vectors: self.data.join(VECTORS),
        }
    }

    /// The folder of the models.
    pub fn models(&self) -> PathBuf {
        self.data.join(MODELS)
    }

    /// The folder of an installed model.
    pub fn folder(&self, name: &str) -> Option<PathBuf> {
        let folder = is_name(name).then(|| self.models().join(name))?;
        folder.is_dir().then_some(folder)
    }

    /// The names of the installed models, sorted.
    pub fn installed(&self) -> Vec<String> {
        let entries = fs::read_dir(self.models()).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| self.folder(name).is_some()).collect();
        names.sort();
        names
    }

    /// The name of the model that was chosen, if it is installed.
    pub fn chosen(&self) -> Option<String> {
        let name = fs::read_to_string(self.models().join(IN_USE)).ok()?;
        let name = name.trim().to_owned();
        self.folder(&name).map(|_| name)
    }

    /// Uses a model from now on: an installed one, or [`BUILT_IN`]. Returns `false` if there is none of this name.
    ///
    /// # Errors
    ///
    /// If the choice cannot be written.
    pub fn choose(&self, name: &str) -> io::Result<bool> {
        let file = self.models().join(IN_USE);
        if self.folder(name).is_some() {
            fs::write(file, format!("{name}\n"))?;
        } else if name == BUILT_IN {
            remove_if_there(&file)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Removes an installed model. Returns `false` if there is none of this name.
    ///
    /// # Errors
    ///
    /// If its files cannot be removed.
    pub fn remove(&self, name: &str) -> io::Result<bool> {
        let Some(folder) = self.folder(name) else {
            return Ok(false);
        };
        if self.chosen().as_deref() == Some(name) {
            remove_if_there(&self.models().join(IN_USE))?;
        }
        fs::remove_dir_all(folder)?;
        Ok(true)
    }
}

fn remove_if_there(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a text can be the name of a model or of its file: a plain file name on every system.
pub(crate) fn is_name(text: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    !text.is_empty() && !text.starts_with('.') && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with an installed model for each of these names.
    fn with_models(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            fs::create_dir_all(folder.path().join(MODELS).join(name)).unwrap();
        }
        folder
    }

    #[test]
    fn the_chosen_model_is_used_until_it_is_removed() {
        let folder = with_models(&["a", "b", ".c"]);
        let store = ModelStore::new(folder.path().to_owned());
        assert_eq!(store.installed(), ["a", "b"]);
        assert_eq!(store.find(None).folder, None);
        assert!(store.choose("b").unwrap());
        let found = store.find(None);
        assert_eq!(found.vectors, folder.path().join("vectors"));
        // A program that runs the built-in model only does not miss the other one.
        let expected = crate::SUPPORTED.then(|| folder.path().join("models/b"));
        assert_eq!(found.folder, expected);
        for other in ["c", ".c", "../models/a", ""] {
            assert!(!store.choose(other).unwrap(), "{other}");
            assert!(!store.remove(other).unwrap(), "{other}");
        }
        assert!(store.remove("b").unwrap());
        assert_eq!((store.chosen(), store.find(None).folder), (None, None));
        assert_eq!(store.installed(), ["a"]);
        assert!(store.choose("a").unwrap());
        assert!(store.choose(BUILT_IN).unwrap());
        assert_eq!((store.chosen(), store.find(None).folder), (None, None));
    }

    #[test]
    fn a_setting_comes_first() {
        let folder = with_models(&["a", "b"]);
        let store = ModelStore::new(folder.path().to_owned());
        assert!(store.choose("a").unwrap());
        let check = |setting, folder: Option<PathBuf>| {
            assert_eq!(store.find(Some(setting)).folder, folder, "{setting}");
        };
        let installed = folder.path().join("models/b");
        check("b", Some(installed));
        check("/srv/x", Some(PathBuf::from("/srv/x")));
        check(BUILT_IN, None);
    }
}
