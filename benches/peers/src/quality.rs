//! `quality DIR...`: hit rates for the questions of DIR/*.jsonl about DIR/articles. For the other engines, each paragraph
//! begins with the title of its article.

use crate::engines::{Fts5, Ours, Peer, Tantivy};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::eval::Question;
use pullquote_library::{Limits, load};
use std::fs;
use std::path::{Path, PathBuf};

/// A question with the paragraphs that answer it.
type Asked = (String, Vec<u64>);

/// Prints hit@1 and hit@5 of each engine for each question set, in percent.
pub fn compare(dirs: &[String]) {
    println!(
        "{:<36}{:>16}{:>16}{:>16}",
        "hit@1 hit@5, %", "pullquote", "tantivy", "fts5"
    );
    for dir in dirs.iter().map(Path::new) {
        let articles = load(&dir.join("articles"), &Limits::default())
            .expect("a folder of articles")
            .articles;
        let engine = Engine::build(articles);
        let articles = engine.corpus().articles();
        let paragraphs: Vec<String> = articles.clone().flat_map(paragraphs).collect();
        let first: Vec<u64> = articles
            .clone()
            .scan(0, |at, article| {
                let first = *at;
                *at += article.paragraphs.len() as u64;
                Some(first)
            })
            .collect();
        let wanted = |question: &Question| {
            let name = question.article.as_deref()?;
            let article = articles.clone().position(|article| article.name == name)?;
            let number = |paragraph| first[article] + u64::from(paragraph);
            let wanted: Vec<u64> = question
                .right_paragraphs()
                .into_iter()
                .map(number)
                .collect();
            let asked = !question.unanswerable && !wanted.is_empty();
            asked.then(|| (question.question.clone(), wanted))
        };
        let sets = sets(dir).into_iter().map(|file| {
            let text = fs::read_to_string(&file).expect("a question set");
            let questions = Question::parse_set(&text).expect("questions");
            let questions = questions.iter().filter_map(wanted).collect();
            (file, questions)
        });
        let sets: Vec<(PathBuf, Vec<Asked>)> = sets.collect();
        let peers: [Box<dyn Peer>; 3] = [
            Box::new(Ours(engine.clone())),
            Box::new(Tantivy::build(paragraphs.iter())),
            Box::new(Fts5::build(paragraphs.iter())),
        ];
        for (file, questions) in sets.iter().filter(|(_, questions)| !questions.is_empty()) {
            let name = file
                .strip_prefix(dir.parent().unwrap_or(dir))
                .unwrap_or(file);
            print!(
                "{:<36}",
                name.display()
                    .to_string()
                    .replace("questions.", "")
                    .replace("jsonl", "")
            );
            for peer in &peers {
                let rank = |(question, wanted): &Asked| {
                    peer.best(question)
                        .iter()
                        .position(|paragraph| wanted.contains(paragraph))
                };
                let ranks: Vec<usize> = questions.iter().filter_map(rank).collect();
                let share = |below: usize| {
                    let hits = ranks.iter().filter(|rank| **rank < below).count();
                    100.0 * hits as f64 / questions.len() as f64
                };
                print!("{:>8.1}{:>8.1}", share(1), share(5));
            }
            println!();
        }
    }
}

/// The texts of an article's paragraphs, each after the title.
pub fn paragraphs(article: &Article) -> impl Iterator<Item = String> {
    let spans = article.paragraphs.iter().map(|paragraph| paragraph.span);
    spans.map(|span| format!("{}\n{}", article.meta.title, span.of(&article.text)))
}

/// The question sets of a folder.
pub fn sets(dir: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(dir)
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()));
    let named = |path: &PathBuf| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        name.starts_with("questions") && name.ends_with(".jsonl")
    };
    let mut files: Vec<PathBuf> = files.filter(named).collect();
    files.sort();
    files
}
