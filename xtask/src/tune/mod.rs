//! `tune`: finds the weights of ranking and confidence from question sets.
//!
//! Every set is asked of knowledge bases of three sizes, made of its own articles: all of them, every second one, and
//! single ones. Questions about articles that are left out, and questions of other sets, are unanswerable there. The
//! questions about every second article (by a hash of its name) are held back: they show how well the weights do on
//! articles they were not tuned on.
//!
//! The weights in `pullquote_core::answer` were chosen by hand starting from these. `xtask/weights.tsv` has the tuner's
//! figures for the development sets, `tests/questions/tuning/weights.tsv` those for the small set in the repository,
//! which a test reproduces.

mod confidence;
mod ranking;
mod regression;

use anyhow::{Context, Result, bail};
use clap::Args;
use pullquote::cli::eval::read_questions;
use pullquote::cli::knowledge;
use pullquote_core::article::Article;
use pullquote_core::eval::Question;
use pullquote_library::Limits;
use pullquote_model::SentenceEncoder;
use std::fmt::Write as _;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(crate) struct Tune {
    /// Folders with question sets (`*.jsonl`), and with `articles/` inside or beside them
    #[arg(required = true, value_name = "DIR")]
    sets: Vec<PathBuf>,
    /// Question set that no article answers (greetings, small talk), asked of every knowledge base
    #[arg(long, value_name = "FILE")]
    chat: Option<PathBuf>,
    /// Write the weights to a file
    #[arg(long, value_name = "FILE.tsv")]
    write: Option<PathBuf>,
}

/// A folder of articles with its questions.
struct Set {
    name: String,
    articles: Vec<Article>,
    questions: Vec<Question>,
}

impl Set {
    /// Whether the set has the article that a question of another set is about: then the set may answer it.
    fn covers(&self, question: &Question) -> bool {
        let name = question.article.as_deref();
        self.articles
            .iter()
            .any(|article| Some(article.name.as_str()) == name)
    }
}

/// The weights that were found, by feature.
struct Weights {
    /// Names of the sets, and the number of questions.
    source: String,
    ranking: Vec<(&'static str, f64)>,
    /// The intercept last.
    confidence: Vec<(&'static str, f64)>,
}

impl Weights {
    /// One line a weight: table, feature, weight.
    fn to_tsv(&self) -> String {
        let mut out = format!(
            "# Written by `cargo run -p xtask -- tune --write`, from {}.\n",
            self.source
        );
        for (table, weights) in [("ranking", &self.ranking), ("confidence", &self.confidence)] {
            for (name, weight) in weights {
                // Adding 0 turns -0.00 into 0.00.
                let rounded = (weight * 100.0).round() / 100.0 + 0.0;
                let _ = writeln!(out, "{table}\t{name}\t{rounded:.2}");
            }
        }
        out
    }
}

impl Tune {
    pub(crate) fn run(&self) -> Result<()> {
        let model = knowledge::sentence_model();
        let mut out = std::io::stdout().lock();
        let weights = self.find(model.as_ref(), &mut out)?;
        if let Some(file) = &self.write {
            fs::write(file, weights.to_tsv())
                .with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        Ok(())
    }

    /// Finds the weights, and reports on `out` how well they do on held-back articles.
    fn find(&self, model: Option<&SentenceEncoder>, out: &mut impl Write) -> Result<Weights> {
        let sets: Vec<Set> = self
            .sets
            .iter()
            .map(|dir| read_set(dir))
            .collect::<Result<_>>()?;
        let chat = self.chat.as_deref().map(read_questions).transpose()?;
        let names: Vec<&str> = sets.iter().map(|set| set.name.as_str()).collect();
        let questions: usize = sets.iter().map(|set| set.questions.len()).sum();
        let source = format!("{questions} questions of {}", names.join(", "));
        writeln!(out, "{source}")?;
        let ranking = ranking::tune(&sets, model, out)?;
        let points = confidence::points(&sets, model, &chat.unwrap_or_default());
        Ok(Weights {
            source,
            ranking,
            confidence: confidence::tune(&points, out)?,
        })
    }
}

fn read_set(dir: &Path) -> Result<Set> {
    let inside = dir.join("articles");
    let articles = if inside.is_dir() {
        inside
    } else {
        dir.with_file_name("articles")
    };
    let articles = pullquote_library::load(&articles, &Limits::default())?.articles;
    let mut files: Vec<PathBuf> = fs::read_dir(dir)
        .with_context(|| format!("cannot read `{}`", dir.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    let mut questions = Vec::new();
    for file in files {
        match read_questions(&file) {
            Ok(read) => questions.extend(read),
            // Folders of question sets may contain other JSON lines.
            Err(error) => anstream::eprintln!("xtask: skipped: {error:#}"),
        }
    }
    if questions.is_empty() {
        bail!("`{}` contains no question sets", dir.display());
    }
    let name = dir
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Set {
        name,
        articles,
        questions,
    })
}

/// Whether a question only measures how well the weights do.
fn is_held_back(question: &Question) -> bool {
    let mut hasher = rustc_hash::FxHasher::default();
    question
        .article
        .as_deref()
        .unwrap_or(&question.question)
        .hash(&mut hasher);
    (hasher.finish() >> 32) % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::answer::{CALIBRATION, FEATURES};

    fn root() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
    }

    /// The tuner still works, and is deterministic: on the small set it writes what is committed. After a change to
    /// features, ranking or the tuner, write the file again and commit it:
    ///
    /// ```sh
    /// MODEL=off cargo run -p xtask -- tune tests/questions/tuning --chat tests/questions/chat.jsonl --write tests/questions/tuning/weights.tsv
    /// ```
    #[test]
    fn the_committed_weights_are_what_the_tuner_writes() {
        let questions = root().join("tests/questions");
        let tune = Tune {
            sets: vec![questions.join("tuning")],
            chat: Some(questions.join("chat.jsonl")),
            write: None,
        };
        let weights = tune.find(None, &mut std::io::sink()).unwrap();
        let committed = fs::read_to_string(questions.join("tuning/weights.tsv")).unwrap();
        assert_eq!(weights.to_tsv(), committed);
    }

    /// The `tuned` column of both tables is what the tuner wrote for the development sets.
    #[test]
    fn the_tables_record_the_figures_of_the_development_sets() {
        let file = fs::read_to_string(root().join("xtask/weights.tsv")).unwrap();
        let written: Vec<&str> = file
            .lines()
            .filter(|line| !line.starts_with('#') && !line.contains("intercept"))
            .collect();
        let ranking = FEATURES
            .iter()
            .filter_map(|row| Some(("ranking", row.name, row.tuned?)));
        let confidence = CALIBRATION
            .iter()
            .filter_map(|row| Some(("confidence", row.name, row.tuned?)));
        let recorded: Vec<String> = ranking
            .chain(confidence)
            .map(|(table, name, weight)| format!("{table}\t{name}\t{weight:.2}"))
            .collect();
        assert_eq!(recorded, written);
    }
}
