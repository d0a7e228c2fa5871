//! A sentence model in a folder: what is told of a wrong one, and what a real one knows.
//!
//! The real one is tried where `EMBEDDING_MODEL` names its folder; everything else needs none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

use pullquote::library::load_model;
use std::error::Error;
use std::fs;
use std::path::Path;

/// The error for a folder with these files, with its causes.
fn wrong(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in files {
        fs::write(folder.path().join(name), contents).unwrap();
    }
    let error = load_model(folder.path()).err().expect("an error");
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

const VOCABULARY: (&str, &str) = ("vocab.txt", "[CLS]\n[SEP]\n[UNK]\nword\n");

#[test]
fn a_folder_that_gives_no_model_tells_why() {
    let missing = wrong(&[VOCABULARY]);
    assert!(missing.contains("no `model.onnx` in"), "{missing}");
    let missing = wrong(&[("model.onnx", "")]);
    assert!(
        missing.contains("no `tokenizer.json` or `vocab.txt` in"),
        "{missing}"
    );
    let other = wrong(&[("model.onnx", "<html>404</html>"), VOCABULARY]);
    assert!(
        other.contains("model.onnx`: the model is not readable"),
        "{other}"
    );
    let empty = wrong(&[("model.onnx", ""), VOCABULARY]);
    assert!(empty.contains("model.onnx`"), "{empty}");
    let other = wrong(&[
        ("model.onnx", ""),
        ("tokenizer.json", r#"{"model": {"type": "BPE"}}"#),
    ]);
    assert!(
        other.contains("tokenizer.json`: the tokenizer is of the kind `BPE`"),
        "{other}"
    );
    let nowhere = load_model(Path::new("no/such/folder"))
        .err()
        .expect("an error");
    assert!(nowhere.to_string().contains("no/such/folder"));
}

#[test]
fn a_real_model_knows_what_means_the_same() {
    let Some(folder) = std::env::var_os("EMBEDDING_MODEL") else {
        return;
    };
    let model = load_model(Path::new(&folder)).unwrap();
    let near = |a: &str, b: &str| -> f32 {
        let (a, b) = (model.embed(a).unwrap(), model.embed(b).unwrap());
        a.iter().zip(&b).map(|(a, b)| a * b).sum()
    };
    let question = "Who was kidnapped?";
    let right = near(
        question,
        "Japanese citizens were abducted by agents in the 1970s.",
    );
    let wrong = near(question, "The tram runs every seven minutes.");
    assert!(right > wrong + 0.2, "{right} {wrong}");
}
