//! What a model says about itself: where it comes from, and how its texts are to be embedded.

use serde::{Deserialize, Serialize};
use std::path::Path;
use std::{fs, io};

/// File name of the description in a model's folder.
pub(crate) const FILE: &str = "model.json";

/// The name of the built-in model.
pub const BUILT_IN: &str = "built-in";

/// The default for [`Description::max_tokens`]. Sentence models are trained on 128 to 512, and time grows with the number.
pub const MAX_TOKENS: usize = 256;

/// The contents of `model.json`. A folder without this file has the default: no prefixes, the mean of all tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Description {
    /// The name that `pullquote model` knows it by; empty in a folder of the operator's.
    pub name: String,
    /// What the model is, in a few words.
    pub title: String,
    /// The SPDX identifier of its licence.
    pub licence: String,
    /// The page that describes it.
    pub page: String,
    /// Codes of the languages that it was trained on.
    pub languages: Vec<String>,
    /// Text before every question, such as `query: `.
    pub query_prefix: String,
    /// Text before every sentence of an article, such as `passage: `.
    pub passage_prefix: String,
    /// How one vector is made of those of the tokens.
    pub pooling: Pooling,
    /// Longer texts are truncated to this many tokens.
    pub max_tokens: usize,
}

/// How one vector is made of those of the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pooling {
    /// The mean of all tokens.
    #[default]
    Mean,
    /// The first token, which is called `[CLS]`.
    Cls,
}

impl Default for Description {
    fn default() -> Self {
        Self {
            name: String::new(),
            title: String::new(),
            licence: String::new(),
            page: String::new(),
            languages: Vec::new(),
            query_prefix: String::new(),
            passage_prefix: String::new(),
            pooling: Pooling::default(),
            max_tokens: MAX_TOKENS,
        }
    }
}

impl Description {
    /// Of the model that is a part of the program.
    pub fn built_in() -> Self {
        Self {
            name: BUILT_IN.to_owned(),
            title: "all-MiniLM-L6-v2 in four bits".to_owned(),
            licence: "Apache-2.0".to_owned(),
            page: "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2".to_owned(),
            languages: vec!["en".to_owned()],
            ..Self::default()
        }
    }

    /// Reads the description in a model's folder; the default if there is none.
    ///
    /// # Errors
    ///
    /// If the file exists, but cannot be read or is not a description.
    pub fn read(folder: &Path) -> io::Result<Self> {
        match fs::read(folder.join(FILE)) {
            Ok(json) => Ok(serde_json::from_slice(&json)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Everything that changes the embedding of a text, as bytes; empty for the default.
    #[cfg(feature = "runtime")]
    pub(crate) fn fingerprint(&self) -> Vec<u8> {
        let Self {
            query_prefix,
            passage_prefix,
            pooling,
            max_tokens,
            ..
        } = self;
        let own = (query_prefix, passage_prefix, pooling, max_tokens);
        let default = Self::default();
        let is_default = own
            == (
                &default.query_prefix,
                &default.passage_prefix,
                &default.pooling,
                &default.max_tokens,
            );
        if is_default {
            Vec::new()
        } else {
            format!("{own:?}").into_bytes()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_description_has_the_default() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            Description::read(folder.path()).unwrap(),
            Description::default()
        );
        let json = r#"{"query_prefix": "query: ", "pooling": "cls"}"#;
        fs::write(folder.path().join(FILE), json).unwrap();
        let read = Description::read(folder.path()).unwrap();
        assert_eq!(
            (read.query_prefix.as_str(), read.pooling, read.max_tokens),
            ("query: ", Pooling::Cls, MAX_TOKENS)
        );
    }

    #[test]
    fn a_misspelt_description_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for json in [r#"{"queryprefix": "query: "}"#, r#"{"pooling": "max"}"#, ""] {
            fs::write(folder.path().join(FILE), json).unwrap();
            assert!(Description::read(folder.path()).is_err(), "{json}");
        }
    }
}
