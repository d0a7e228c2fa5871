//! The list of models that `pullquote model add` knows, with the address and the SHA-256 of every file.

use crate::Description;
use crate::store::is_name;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The list that comes with the program.
const BUILT_IN: &str = include_str!("catalogue.json");

/// A model that can be installed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CatalogueModel {
    /// What is written beside the model's files.
    #[serde(flatten)]
    pub description: Description,
    /// Its files.
    pub files: Vec<CatalogueFile>,
}

/// A file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueFile {
    /// Its name in the model's folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Where it can be downloaded.
    pub url: String,
    /// If it is a member of the zip archive at that address: which part of the archive.
    pub packed: Option<Packed>,
}

/// The compressed bytes (`deflate`) of a member of a zip archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packed {
    /// Where they begin in the archive.
    pub offset: u64,
    /// How many there are.
    pub bytes: u64,
}

/// Why a list of models cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// It is not JSON of the right shape.
    #[error("not a list of models: {0}")]
    Json(#[from] serde_json::Error),
    /// A name could not be the name of a file or folder.
    #[error("`{0}` cannot be the name of a model or of its file")]
    Name(String),
    /// A model has no files, or two of one name.
    #[error("`{0}` does not name each of its files once")]
    Files(String),
}

/// The models that come with the program.
///
/// # Errors
///
/// Never; a test reads the list.
pub fn built_in() -> Result<Vec<CatalogueModel>, CatalogueError> {
    parse(BUILT_IN)
}

/// Reads a list of models.
///
/// # Errors
///
/// If it is not one, or a name is not a plain file name.
pub fn parse(json: &str) -> Result<Vec<CatalogueModel>, CatalogueError> {
    let models: Vec<CatalogueModel> = serde_json::from_str(json)?;
    for model in &models {
        let name = &model.description.name;
        let files = model.files.iter().map(|file| &file.name);
        if let Some(wrong) = files.clone().chain([name]).find(|name| !is_name(name)) {
            return Err(CatalogueError::Name(wrong.clone()));
        }
        let distinct: BTreeSet<&String> = files.collect();
        if distinct.is_empty() || distinct.len() != model.files.len() {
            return Err(CatalogueError::Files(name.clone()));
        }
    }
    Ok(models)
}

impl CatalogueModel {
    /// Size of its files, in megabytes of a million bytes.
    pub fn megabytes(&self) -> u64 {
        let bytes: u64 = self.files.iter().map(|file| file.bytes).sum();
        (bytes + 500_000) / 1_000_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_pins_every_file() {
        let models = built_in().unwrap();
        assert!(!models.is_empty());
        for model in models {
            let name = &model.description.name;
            assert!(!model.description.licence.is_empty(), "{name}");
            assert!(!model.description.languages.is_empty(), "{name}");
            let names: Vec<_> = model.files.iter().map(|file| file.name.as_str()).collect();
            assert_eq!(names, ["model.onnx", "tokenizer.json"], "{name}");
            for file in model.files {
                assert!(file.url.starts_with("https://"), "{}", file.url);
                assert!(file.bytes > 0 && file.sha256.len() == 64, "{file:?}");
                let is_digit = |digit: char| matches!(digit, '0'..='9' | 'a'..='f');
                assert!(file.sha256.chars().all(is_digit), "{}", file.sha256);
            }
        }
    }

    #[test]
    fn a_list_cannot_name_files_elsewhere() {
        let list = |model: &str, file: &str| {
            let file = format!(r#"{{"name":"{file}","bytes":1,"sha256":"","url":""}}"#);
            parse(&format!(r#"[{{"name":"{model}","files":[{file}]}}]"#))
        };
        assert!(list("tiny", "model.onnx").is_ok());
        for name in ["../x", "/etc/x", "", ".", "..", ".hidden", "a\\\\b", "C:x"] {
            assert!(list("tiny", name).is_err(), "{name}");
            assert!(list(name, "model.onnx").is_err(), "{name}");
        }
        assert!(parse(r#"[{"name":"tiny","files":[]}]"#).is_err());
        assert!(parse("<html>").is_err());
    }
}
