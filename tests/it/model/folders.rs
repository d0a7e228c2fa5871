//! Folders with a sentence model: errors for invalid ones, and answers with a real one.
//!
//! Tests with a real model run only if `EMBEDDING_MODEL` is its folder.

use pullquote_core::answer::Options;
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::text::Language;
use pullquote_model::SentenceEncoder;
use pullquote_readers as readers;
use std::error::Error;
use std::fs;
use std::path::Path;

/// The error for a folder with these files, with its cause chain.
fn wrong(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in files {
        fs::write(folder.path().join(name), contents).unwrap();
    }
    let vectors = folder.path().join("vectors");
    let error = SentenceEncoder::load(folder.path(), &vectors).expect_err("an error");
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

#[test]
fn a_real_model_recognizes_paraphrases() {
    let Some(folder) = std::env::var_os("EMBEDDING_MODEL") else {
        return;
    };
    let vectors = tempfile::tempdir().unwrap();
    let path = vectors.path().join("vectors");
    let seen_by = SentenceEncoder::load(Path::new(&folder), &path).unwrap();
    let model = seen_by.model();
    // It may find others too, but not one about another topic.
    let languages = ["en", "fi"].map(|code| Language::from_code(code).unwrap());
    let known: Vec<_> = seen_by.supported(&languages).iter().collect();
    assert_eq!(known, [Language::ENGLISH]);
    let near = |a: &str, b: &str| -> f32 {
        let (a, b) = (model.encode(a).unwrap(), model.encode(b).unwrap());
        a.iter().zip(&b).map(|(a, b)| a * b).sum()
    };
    let question = "Who was kidnapped?";
    let right = near(
        question,
        "Japanese citizens were abducted by agents in the 1970s.",
    );
    let wrong = near(question, "The tram runs every seven minutes.");
    assert!(right > wrong + 0.2, "{right} {wrong}");

    let text = "The guide is free.\n\nAgents abducted citizens. A tram runs to the harbour.\n";
    let read = readers::read("seen.md", text.as_bytes());
    let engine = Engine::build(Article::new("seen.md", read).into_iter().collect());
    let seen = seen_by.embed(&engine, None, |_, _| true).unwrap();
    assert!(seen.cache_error.is_none(), "{:?}", seen.cache_error);
    assert_eq!((seen.embedded.texts().len(), seen.computed), (5, 5));
    let helped = engine.with_model(seen.embedded);
    let answer = helped.ask(
        "Who was kidnapped?",
        &Options {
            always: true,
            ..Options::default()
        },
    );
    let quote = answer
        .quotes
        .first()
        .map(|quote| quote.span.of(&helped.corpus().article(quote.article).text));
    assert!(
        quote.is_some_and(|quote| quote.contains("Agents abducted citizens.")),
        "{quote:?}"
    );
    // Another process reads the stored embeddings.
    assert_eq!(
        seen_by.embed(&engine, None, |_, _| true).unwrap().computed,
        0
    );
    fs::write(&path, "half a file").unwrap();
    assert_eq!(
        seen_by
            .embed(&engine, Some(&helped), |_, _| true)
            .unwrap()
            .computed,
        0
    );
}
