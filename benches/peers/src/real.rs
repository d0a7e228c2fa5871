//! Real articles and questions.

use crate::corpus::{Corpus, with_typos};
use crate::quality::{paragraphs, sets};
use fastrand::Rng;
use pullquote_core::article::Article;
use pullquote_core::eval::Question;
use pullquote_library::{Limits, load};
use std::fs;
use std::path::Path;

/// Questions that are asked at most.
const QUESTIONS: usize = 2_000;

/// The articles of several folders together, with questions of their sets in a random order. A folder contains `articles`
/// and question sets, or articles only.
pub fn corpus(folders: &[String]) -> (Corpus, Vec<Article>) {
    let mut rng = Rng::with_seed(1);
    let (mut articles, mut asked) = (Vec::new(), Vec::new());
    for folder in folders.iter().map(Path::new) {
        let dir = Some(folder.join("articles")).filter(|dir| dir.is_dir());
        let dir = dir.unwrap_or_else(|| folder.to_owned());
        let library = load(&dir, &Limits::default()).expect("a folder of articles");
        articles.extend(library.articles);
        for set in sets(folder) {
            let text = fs::read_to_string(set).expect("a question set");
            let set = Question::parse_set(&text).expect("questions");
            asked.extend(set.into_iter().map(|question| question.question));
        }
    }
    rng.shuffle(&mut asked);
    asked.truncate(QUESTIONS);
    let questions = asked.into_iter().map(|question| {
        let typed = with_typos(&mut rng, &question);
        (question, typed)
    });
    let corpus = Corpus {
        questions: questions.collect(),
        articles: articles
            .iter()
            .map(|one| paragraphs(one).collect())
            .collect(),
    };
    (corpus, articles)
}
