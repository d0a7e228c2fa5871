//! Folders with a sentence model: errors for invalid ones.

use pullquote_model::{EmbeddingModel, SentenceEncoder};
use std::error::Error;
use std::fs;
use std::path::Path;

/// The model in a folder, with its vectors.
fn model(folder: &Path) -> EmbeddingModel {
    EmbeddingModel {
        folder: Some(folder.to_owned()),
        vectors: folder.join("vectors"),
    }
}

/// The error for a folder with these files, with its cause chain.
fn wrong(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in files {
        fs::write(folder.path().join(name), contents).unwrap();
    }
    let error = SentenceEncoder::load(&model(folder.path())).expect_err("an error");
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}

const TOKENIZER: (&str, &str) = (
    "tokenizer.json",
    r#"{"model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "word": 1}}}"#,
);

#[test]
fn a_folder_without_a_model_is_reported() {
    let missing = wrong(&[TOKENIZER]);
    assert!(missing.contains("no `model.onnx` in"), "{missing}");
    let missing = wrong(&[("model.onnx", "")]);
    assert!(missing.contains("no `tokenizer.json` in"), "{missing}");
    let other = wrong(&[("model.onnx", "<html>404</html>"), TOKENIZER]);
    assert!(
        other.contains("model.onnx`: the model is not readable"),
        "{other}"
    );
    let other = wrong(&[("model.onnx", ""), ("tokenizer.json", "<html>404</html>")]);
    assert!(
        other.contains("tokenizer.json`: the tokenizer is not readable"),
        "{other}"
    );
}
