//! The data folder: which models are installed, which of them is used, and the articles' vectors.
//!
//! ```text
//! models/NAME/      model.onnx, tokenizer.json, model.json
//! models/in-use     the name of the model that is used
//! models/.NAME/     an unfinished download
//! vectors           the embedding cache of all models
//! ```

use crate::{Description, EmbeddingModel, Origin};
use std::path::{Path, PathBuf};
use std::{fs, io};

const MODELS: &str = "models";
const IN_USE: &str = "in-use";
const VECTORS: &str = "vectors";

/// The data folder. It need not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelStore {
    data: PathBuf,
    /// The model that came with the program.
    bundled: Option<PathBuf>,
}

impl ModelStore {
    /// The data folder at `data`, and the model that came with the program at `program`: in the folder `model` beside
    /// it, or in `../share/pullquote/model`.
    pub fn new(data: PathBuf, program: Option<&Path>) -> Self {
        let beside = program.and_then(Path::parent).map(|folder| {
            let shared = folder.parent().unwrap_or(folder);
            [
                folder.join("model"),
                shared.join("share/pullquote").join("model"),
            ]
        });
        let mut folders = beside.into_iter().flatten();
        Self {
            data,
            bundled: folders.find(|folder| folder.join("tokenizer.json").is_file()),
        }
    }

    /// The model to use. `setting` is the name of a model or a folder; without one, it is the model that was chosen
    /// with [`choose`](Self::choose), or else the one that came with the program.
    pub fn find(&self, setting: Option<&str>) -> Option<EmbeddingModel> {
        let (folder, origin) = match setting {
            Some(name) => {
                let named = self.folder(name).or_else(|| self.bundled_as(name));
                (named.unwrap_or(PathBuf::from(name)), Origin::Setting)
            }
            None => match self.chosen().and_then(|name| self.folder(&name)) {
                Some(folder) => (folder, Origin::Chosen),
                None => (self.bundled.clone()?, Origin::Bundled),
            },
        };
        Some(EmbeddingModel {
            folder,
            vectors: self.data.join(VECTORS),
            origin,
        })
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

    /// The folder of the model that came with the program.
    pub fn bundled(&self) -> Option<&Path> {
        self.bundled.as_deref()
    }

    /// The folder of the model that came with the program, if this is its name.
    fn bundled_as(&self, name: &str) -> Option<PathBuf> {
        let folder = self.bundled.clone()?;
        let description = Description::read(&folder).ok()?;
        (description.name == name).then_some(folder)
    }

    /// Uses a model from now on: an installed one, or the one that came with the program. Returns `false` if there is
    /// none of this name.
    ///
    /// # Errors
    ///
    /// If the choice cannot be written.
    pub fn choose(&self, name: &str) -> io::Result<bool> {
        let file = self.models().join(IN_USE);
        if self.folder(name).is_some() {
            fs::write(file, format!("{name}\n"))?;
        } else if self.bundled_as(name).is_some() {
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

    fn bundle(program: &Path, place: &str, name: &str) {
        let folder = program.join(place);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("tokenizer.json"), "{}").unwrap();
        fs::write(folder.join("model.json"), format!(r#"{{"name":"{name}"}}"#)).unwrap();
    }

    #[test]
    fn the_chosen_model_is_used_until_it_is_removed() {
        let folder = with_models(&["a", "b", ".c"]);
        let store = ModelStore::new(folder.path().to_owned(), None);
        assert_eq!(store.installed(), ["a", "b"]);
        assert_eq!(store.find(None), None);
        assert!(store.choose("b").unwrap());
        let found = store.find(None).unwrap();
        assert_eq!(found.folder, folder.path().join("models/b"));
        assert_eq!(found.vectors, folder.path().join("vectors"));
        assert_eq!(found.origin, Origin::Chosen);
        for other in ["c", ".c", "../models/a", ""] {
            assert!(!store.choose(other).unwrap(), "{other}");
            assert!(!store.remove(other).unwrap(), "{other}");
        }
        assert!(store.remove("b").unwrap());
        assert_eq!((store.chosen(), store.find(None)), (None, None));
        assert_eq!(store.installed(), ["a"]);
    }

    #[test]
    fn the_setting_comes_first_and_the_programs_own_model_last() {
        let folder = with_models(&["a"]);
        for place in ["bin/model", "share/pullquote/model"] {
            let program = tempfile::tempdir().unwrap();
            bundle(program.path(), place, "own");
            let binary = program.path().join("bin/pullquote");
            let store = ModelStore::new(folder.path().to_owned(), Some(&binary));
            let found = |setting| store.find(setting).unwrap();
            let own = program.path().join(place);
            assert_eq!(found(None).folder, own);
            assert_eq!(found(None).origin, Origin::Bundled);
            assert_eq!(found(Some("own")).folder, own);
            assert!(store.choose("a").unwrap());
            assert_eq!(found(None).origin, Origin::Chosen);
            assert_eq!(found(Some("own")).folder, own);
            assert_eq!(found(Some("/srv/x")).folder, Path::new("/srv/x"));
            // Chosen by name, the program's own model takes the place of the installed one.
            assert!(store.choose("own").unwrap());
            assert_eq!(found(None).folder, own);
        }
    }
}
