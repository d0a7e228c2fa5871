//! Articles on top of others ([`Engine::with`]) answer as if all were in one folder, and those of one server stay with it.

use crate::support::passage_embeddings;
use pullquote_core::answer::{Answer, Options, Outcome};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::{DenseIndex, Embedder, Languages};
use pullquote_core::text::Language;
use pullquote_library::{Limits, load};
use pullquote_readers as readers;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every how many questions of a set are asked in a test without optimisations. `cargo test --release --test it layers`
/// asks all.
const STEP: usize = if cfg!(debug_assertions) { 17 } else { 1 };

fn article(name: &str, text: &str) -> Article {
    let path = format!("{name}.md");
    Article::new(&path, readers::read(&path, text.as_bytes())).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders of articles, each with files of questions: those of the repository, and those of `../shared/eval`, if present.
fn sets() -> Vec<(PathBuf, Vec<PathBuf>)> {
    let questions = root().join("tests/questions");
    let mut ours: Vec<PathBuf> = fs::read_dir(questions.join("ours"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    ours.sort();
    let mut sets = vec![(questions.join("articles"), ours)];
    let shared = root().join("../shared/eval");
    let names = [
        ("xquad-en", "questions.jsonl"),
        ("xquad-en", "questions.noisy30.jsonl"),
        ("xquad-en-offtopic", "questions.jsonl"),
        ("stackfaq-even", "questions.jsonl"),
        ("xquad-de", "questions.jsonl"),
        ("xquad-zh", "questions.jsonl"),
    ];
    let shared = names.map(|(set, file)| {
        (
            shared.join(set).join("articles"),
            vec![shared.join(set).join(file)],
        )
    });
    sets.extend(shared.into_iter().filter(|(dir, _)| dir.is_dir()));
    sets
}

fn questions(files: &[PathBuf]) -> Vec<String> {
    let lines = files.iter().flat_map(|file| {
        let text = fs::read_to_string(file).unwrap();
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.collect::<Vec<_>>()
    });
    let all = lines.filter_map(|line| Some(line["question"].as_str()?.to_owned()));
    all.step_by(STEP).collect()
}

/// Engines of the same articles: in one folder, and split in two, of which every `every`th article is on top.
fn split(articles: &[Article], every: usize) -> (Engine, Engine) {
    let one = Engine::build(articles.to_vec());
    let numbered = articles.iter().cloned().enumerate();
    let (top, below): (Vec<_>, Vec<_>) = numbered.partition(|(at, _)| at % every == every - 1);
    let articles =
        |part: Vec<(usize, Article)>| part.into_iter().map(|(_, article)| article).collect();
    let below = Arc::new(Engine::build(articles(below)));
    (one, below.with(articles(top)))
}

/// What a member sees of an answer: the outcome, the first quote and the words that were read otherwise.
fn seen(engine: &Engine, answer: &Answer) -> (String, Option<(String, String)>, Vec<String>) {
    let quote = answer.quotes.first().map(|quote| {
        let article = engine.corpus().article(quote.article);
        (
            article.path.clone(),
            quote.span.of(&article.text).to_owned(),
        )
    });
    let read = answer.corrections.iter().map(|one| one.read.clone());
    (format!("{:?}", answer.outcome), quote, read.collect())
}

#[test]
fn two_layers_answer_as_one_folder() {
    for (dir, files) in sets() {
        let articles = load(&dir, &Limits::default()).unwrap().articles;
        let questions = questions(&files);
        for every in [2, 5, articles.len()] {
            let (one, two) = split(&articles, every);
            let (mut other, mut uncertain) = (0, 0);
            for question in &questions {
                let ask = |engine: &Engine| engine.ask(question, &Options::default());
                let (a, b) = (ask(&one), ask(&two));
                other += usize::from(seen(&one, &a) != seen(&two, &b));
                uncertain += usize::from((a.confidence - b.confidence).abs() > 1e-3);
            }
            println!(
                "{} 1/{every}: of {} answers {other} differ, {uncertain} in confidence",
                dir.display(),
                questions.len()
            );
            assert_eq!((other, uncertain), (0, 0), "{}", dir.display());
        }
    }
}

/// Pairs of paraphrases, which the program tests a model with.
const PAIRS: &str = include_str!("../../crates/pullquote-core/src/semantic/language_probe.txt");

/// A model for which texts with the same words are alike, and the paraphrases of the test.
#[derive(Debug)]
struct Words;

impl Embedder for Words {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        let text = PAIRS
            .lines()
            .find(|line| line.contains(text))
            .unwrap_or(text);
        let mut vector = vec![0.01_f32; 64];
        for word in text.split(|letter: char| !letter.is_alphanumeric()) {
            let hash = word
                .bytes()
                .fold(7_usize, |hash, byte| hash * 31 % 8_191 + usize::from(byte));
            vector[hash % 64] += word.len() as f32;
        }
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        Some(vector.into_iter().map(|value| value / length).collect())
    }
}

fn with_words(engine: &Engine) -> Engine {
    let model = Arc::new(Words);
    let languages = Languages::of(&*model, engine.index().languages());
    assert!(languages.contains(Language::ENGLISH));
    let embeddings = passage_embeddings(engine, &*model);
    engine.with_model(DenseIndex::new(model, languages, embeddings))
}

#[test]
fn two_layers_with_a_sentence_model_answer_as_one_folder() {
    let (dir, files) = sets().swap_remove(0);
    let articles = load(&dir, &Limits::default()).unwrap().articles;
    let (top, below) = articles.split_at(2);
    let one = with_words(&Engine::build(articles.clone()));
    let below = Engine::build(below.to_vec());
    let plain = Arc::new(below.clone());
    let two = with_words(&Arc::new(with_words(&below)).with(top.to_vec()));
    assert!(one.dense_index().is_some() && two.dense_index().is_some());
    for question in questions(&files) {
        let ask = |engine: &Engine| engine.ask(&question, &Options::default());
        let (a, b) = (ask(&one), ask(&two));
        assert_eq!(seen(&one, &a), seen(&two, &b), "{question}");
        assert!((a.confidence - b.confidence).abs() < 1e-3, "{question}");
    }
    // Similarities to only a part of the articles would favour it.
    let half = with_words(&plain.with(top.to_vec()));
    assert!(half.dense_index().is_none() && !half.can_use_model());
    // Of nothing, there is nothing to embed.
    let nothing = Arc::new(Engine::build(Vec::new()));
    let own = with_words(&nothing.with(articles));
    for question in questions(&files).into_iter().take(50) {
        let ask = |engine: &Engine| engine.ask(&question, &Options::default());
        assert_eq!(seen(&one, &ask(&one)), seen(&own, &ask(&own)), "{question}");
    }
}

/// Words of their own that no other server's members can know of.
const NONCES: [&str; 4] = ["quixnar", "brolvend", "tamzipple", "wurglash"];

#[test]
fn a_server_never_sees_the_articles_of_another() {
    let shared = vec![article("house", "# The house\n\nThe house opens at seven.")];
    let shared = Arc::new(Engine::build(shared));
    let servers = NONCES.map(|nonce| {
        let text =
            format!("# The {nonce}\n\nThe {nonce} opens at nine. A {nonce} costs two pounds.");
        shared.with(vec![article(nonce, &text)])
    });
    for (at, server) in servers.iter().enumerate() {
        for (of, nonce) in NONCES.iter().enumerate() {
            // A typo, too: a correction must not name a word of others.
            let typo = nonce.replace('r', "rr");
            for question in [
                format!("When does the {nonce} open?"),
                format!("What costs a {typo}?"),
            ] {
                let answer = format!("{:?}", server.ask(&question, &Options::default()));
                let found = server.search(nonce, &Options::default());
                assert_eq!(answer.contains("Quoted"), at == of, "{question}: {answer}");
                assert_eq!(found.passages.is_empty(), at != of, "{nonce}");
            }
            let completed: Vec<_> = server.corpus().completions(nonce).collect();
            assert_eq!(completed.is_empty(), at != of, "{nonce}");
        }
        assert_eq!(server.corpus().article_count(), 2);
    }
    let answer = shared.ask("When does the house open?", &Options::default());
    assert_eq!(answer.outcome, Outcome::Quoted);
}

#[test]
fn no_articles_on_top_change_nothing() {
    let shared = Arc::new(Engine::build(vec![article(
        "house",
        "# The house\n\nThe house opens at seven.",
    )]));
    let same = shared.with(Vec::new());
    let ask = |engine: &Engine| {
        format!(
            "{:?}",
            engine.ask("When does the house open?", &Options::default())
        )
    };
    assert_eq!(ask(&shared), ask(&same));
    assert_eq!(shared.overview().sentences, same.overview().sentences);
}
