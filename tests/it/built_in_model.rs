//! The sentence model that is a part of the program: answers to questions in other words than the articles'.

use crate::support::program;
use pullquote_core::answer::Options;
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::text::Language;
use pullquote_model::{EmbeddingModel, SentenceEncoder};
use pullquote_readers as readers;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn encoder(data: &Path) -> SentenceEncoder {
    let model = EmbeddingModel {
        folder: None,
        vectors: data.join("vectors"),
    };
    SentenceEncoder::load(&model).unwrap()
}

fn engine(text: &str) -> Engine {
    let read = readers::read("seen.md", text.as_bytes());
    Engine::build(Article::new("seen.md", read).into_iter().collect())
}

const TEXT: &str = "The guide is free.\n\nAgents abducted citizens. A tram runs to the harbour.\n";

#[test]
fn paraphrases_are_found_and_embeddings_are_kept() {
    let data = TempDir::new().unwrap();
    let encoder = encoder(data.path());
    let languages = ["en", "fi", "ja"].map(|code| Language::from_code(code).unwrap());
    let known: Vec<_> = encoder.supported(&languages).iter().collect();
    assert_eq!(known, [Language::ENGLISH]);

    let engine = engine(TEXT);
    let seen = encoder.embed(&engine, None, |_, _| true).unwrap();
    assert!(seen.cache_error.is_none(), "{:?}", seen.cache_error);
    assert_eq!((seen.embedded.passages().len(), seen.computed), (2, 2));
    let helped = engine.with_model(seen.embedded);
    let options = Options {
        always: true,
        ..Options::default()
    };
    let answer = helped.ask("Who was kidnapped?", &options);
    let best = answer.quotes[0].best.of(TEXT);
    assert!(best.starts_with("Agents abducted citizens."), "{best}");

    // Another process reads the stored embeddings.
    let computed = |previous| {
        encoder
            .embed(&engine, previous, |_, _| true)
            .unwrap()
            .computed
    };
    assert_eq!(computed(None), 0);
    fs::write(data.path().join("vectors"), "half a file").unwrap();
    assert_eq!(computed(Some(&helped)), 0);
}

/// The confidence of an answer, and the parts of it that compare the answer with others.
fn confidence(encoder: &SentenceEncoder, text: &str, question: &str) -> (f32, [f32; 2]) {
    let engine = engine(text);
    let embedded = encoder.embed(&engine, None, |_, _| true).unwrap().embedded;
    let options = Options {
        always: true,
        explain: true,
        ..Options::default()
    };
    let answer = engine.with_model(embedded).ask(question, &options);
    let evidence = answer.explanation.unwrap().evidence;
    let margins = ["margin by parts", "margin by sentences"].map(|name| {
        let part = evidence.iter().find(|part| part.name == name);
        part.unwrap().value
    });
    (answer.confidence, margins)
}

#[test]
fn an_answer_is_surer_if_no_other_is_as_similar() {
    let data = TempDir::new().unwrap();
    let encoder = encoder(data.path());
    let filler = "The tram runs along the river every ten minutes. ".repeat(22);
    let page = |other: &str| {
        format!(
            "# Guide\n\n## Pets\n\nDogs must stay outside.\n\n## Trams\n\n{filler}\n\n## More\n\n{other}\n"
        )
    };
    let ask = |other| {
        confidence(
            &encoder,
            &page(other),
            "May I take my puppy into the building?",
        )
    };
    let (alone, alone_margins) = ask("Lunch is served at noon.");
    let (rivalled, rivalled_margins) = ask("Cats and birds may come into the hall.");
    assert!(alone > rivalled, "{alone} {rivalled}");
    for (alone, rivalled) in alone_margins.into_iter().zip(rivalled_margins) {
        assert!(alone > rivalled, "{alone} {rivalled}");
    }
    // What stands beside it in the same quote is no rival.
    let together =
        page("Lunch is served at noon.").replace("outside.", "outside.\n\nPuppies, too.");
    let (_, margins) = confidence(
        &encoder,
        &together,
        "May I take my puppy into the building?",
    );
    assert!(margins[1] > 0.0, "{margins:?}");
}

#[test]
fn for_one_question_only_what_it_needs_is_embedded() {
    let data = TempDir::new().unwrap();
    let encoder = encoder(data.path());
    let many: String = (0..400)
        .map(|at| format!("## Stop {at}\n\nTram number {at} halts at a market of its own.\n\n"))
        .collect();
    let engine = engine(&format!("# Trams\n\n{many}"));
    let passages = engine.embedding_inputs().count();
    let seen = encoder
        .embed_for(&engine, "Which tram halts at stop 77?", None)
        .unwrap();
    assert_eq!(seen.embedded.passages().len(), passages);
    assert!(
        seen.computed > 10 && seen.computed < passages / 4,
        "{} of {passages}",
        seen.computed
    );
    // What is there is used, and the rest is embedded when it is needed.
    let rest = encoder.embed(&engine, None, |_, _| true).unwrap();
    assert_eq!(rest.computed, passages - seen.computed);
}

/// Asks the program with the data folder `data`.
fn ask(data: &Path, model: Option<&str>) -> Output {
    let knowledge = data.join("knowledge");
    fs::create_dir_all(&knowledge).unwrap();
    let rules =
        "# Rules\n\n## Pets\n\nDogs must stay outside.\n\n## Food\n\nBring your own lunch.\n";
    fs::write(knowledge.join("rules.md"), rules).unwrap();
    let mut command = program();
    command.args(["ask", "--json", "May I take my puppy into the building?"]);
    command
        .env("KNOWLEDGE_DIR", knowledge)
        .env("DATA_DIR", data);
    match model {
        Some(model) => command.env("MODEL", model),
        None => command.env_remove("MODEL"),
    };
    command.output().unwrap()
}

#[test]
fn the_program_uses_it_unless_it_is_switched_off() {
    let data = TempDir::new().unwrap();
    let first_best = |output: &Output| {
        assert!(output.stderr.is_empty(), "{output:?}");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let best = answer["quotes"][0]["best"].as_str().map(str::to_owned);
        (best, answer["confidence"].as_f64().unwrap())
    };
    let off = first_best(&ask(data.path(), Some("off")));
    assert!(!data.path().join("vectors").exists());
    let on = first_best(&ask(data.path(), None));
    assert_eq!(on.0.as_deref(), Some("Dogs must stay outside."));
    assert_ne!(on, off);
    assert!(data.path().join("vectors").exists());
    assert_eq!(first_best(&ask(data.path(), Some("built-in"))), on);
}
