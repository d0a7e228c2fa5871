//! `pullquote fit`: the constants of ranking and confidence from question sets.
//!
//! Every set is put to knowledge bases of three sizes made of its own articles: all of them, every
//! second one, and one alone; questions on articles that are left out, and those of the other sets,
//! have no answer there. Every second article's questions (by a hash of its name) are held back: they
//! tell how well constants found on the others hold.

use crate::regression::{Example, Listing, listwise, logistic};
use anyhow::{Context, Result, bail};
use clap::Args;
use pullquote::cli::eval::{ask_all, candidates, read_questions};
use pullquote::cli::knowledge;
use pullquote_core::answer::{FEATURES, Options, QUOTE_AT, WEIGHTS};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::eval::{Judged, Question, Scores};
use pullquote_library::Limits;
use pullquote_model::SentenceEncoder;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(crate) struct Tune {
    /// Folders with `articles/` and question sets (`*.jsonl` with a `question` in each line)
    #[arg(required = true, value_name = "DIR")]
    sets: Vec<PathBuf>,
    /// Questions that no article answers: greetings and small talk, put to every knowledge base
    #[arg(long, value_name = "FILE")]
    chat: Option<PathBuf>,
}

/// Of the articles of a set, each so-many-th is a knowledge base by itself.
const ALONE: usize = 4;
/// Questions of other matters that are put to one knowledge base, for each of its own.
const FOREIGN: usize = 1;
/// One line of small talk for so many of its own.
const CHAT_PER: usize = 2;

/// A folder of articles with its questions.
struct Set {
    name: String,
    articles: Vec<Article>,
    questions: Vec<Question>,
}

impl Set {
    /// Whether an article of the set has the name of the one that a question is about: then it is no
    /// question on other matters, though it comes from another set.
    fn tells_of(&self, question: &Question) -> bool {
        let name = question.article.as_deref();
        self.articles
            .iter()
            .any(|article| Some(article.name.as_str()) == name)
    }
}

/// A question's evidence in one knowledge base.
struct Point {
    held_back: bool,
    group: String,
    /// Name and value of each part.
    evidence: Option<Vec<(&'static str, f64)>>,
    judged: Judged,
}

impl Tune {
    pub(crate) fn run(&self) -> Result<()> {
        let sets: Vec<Set> = self.sets.iter().map(read_set).collect::<Result<_>>()?;
        let mut out = std::io::stdout().lock();
        let model = knowledge::sentence_model();
        ranking(&sets, model.as_ref(), &mut out)?;
        let chat = self.chat.as_deref().map(read_questions).transpose()?;
        let points = points(&sets, model.as_ref(), &chat.unwrap_or_default());
        confidence(&points, &mut out)?;
        Ok(())
    }
}

fn read_set(dir: &PathBuf) -> Result<Set> {
    let articles = pullquote_library::load(&dir.join("articles"), &Limits::default())?.articles;
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
            // Other files may lie beside the sets.
            Err(error) => eprintln!("pullquote: passed over: {error:#}"),
        }
    }
    if questions.is_empty() {
        bail!("`{}` holds no question sets", dir.display());
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

/// Whether questions on an article are used only to tell how well the constants hold.
fn held_back(question: &Question) -> bool {
    let mut hasher = rustc_hash::FxHasher::default();
    question
        .article
        .as_deref()
        .unwrap_or(&question.question)
        .hash(&mut hasher);
    (hasher.finish() >> 32) % 2 == 1
}

fn ranking(sets: &[Set], model: Option<&SentenceEncoder>, out: &mut impl Write) -> Result<()> {
    let options = Options {
        article: None,
        limit: usize::MAX,
        always: true,
        explain: true,
    };
    let mut listings: Vec<(bool, &str, Listing)> = Vec::new();
    for set in sets {
        let engine = knowledge::seen(Arc::new(Engine::build(set.articles.clone())), model);
        let weight = 1.0 / set.questions.len() as f64;
        for question in set
            .questions
            .iter()
            .filter(|question| !question.unanswerable)
        {
            let candidates = candidates(&engine, question, &options);
            listings.push((
                held_back(question),
                &set.name,
                Listing { candidates, weight },
            ));
        }
    }
    let usable = |listing: &Listing| listing.candidates.iter().any(|(_, right)| *right);
    let fitted: Vec<Listing> = listings
        .iter()
        .filter(|(held, _, listing)| !held && usable(listing))
        .map(|(_, _, listing)| listing.clone())
        .collect();
    let weights = listwise(&fitted, &vec![0.5; FEATURES.len()]);
    writeln!(out, "ranking: weights, from the half that is not held back")?;
    for (feature, weight) in FEATURES.iter().zip(&weights) {
        writeln!(out, "  {:<9}{weight:.2}", feature.name())?;
    }
    writeln!(
        out,
        "hit@1 of questions on held-back articles, with these weights and with those in use"
    )?;
    for set in sets {
        let held: Vec<&Listing> = listings
            .iter()
            .filter(|(held, name, _)| *held && *name == set.name)
            .map(|(_, _, listing)| listing)
            .collect();
        let hits = |weights: &[f64]| {
            let hit = |listing: &&&Listing| {
                let score = |values: &[f64]| -> f64 {
                    values
                        .iter()
                        .zip(weights)
                        .map(|(value, weight)| value * weight)
                        .sum()
                };
                // The first of the best, as ranking has it.
                let best = listing
                    .candidates
                    .iter()
                    .rev()
                    .max_by(|a, b| score(&a.0).total_cmp(&score(&b.0)));
                best.is_some_and(|(_, right)| *right)
            };
            100.0 * held.iter().filter(hit).count() as f64 / held.len().max(1) as f64
        };
        writeln!(
            out,
            "  {:<20}{:.2} {:.2} of {}",
            set.name,
            hits(&weights),
            hits(&WEIGHTS.map(f64::from)),
            held.len()
        )?;
    }
    Ok(())
}

/// Puts every set to its knowledge bases.
fn points(sets: &[Set], model: Option<&SentenceEncoder>, chat: &[Question]) -> Vec<Point> {
    let mut points = Vec::new();
    for set in sets {
        let others: Vec<&Question> = sets
            .iter()
            .filter(|other| other.name != set.name)
            .flat_map(|other| &other.questions)
            .filter(|question| !set.tells_of(question))
            .collect();
        let half: Vec<Article> = set.articles.iter().step_by(2).cloned().collect();
        let mut bases = vec![("all", set.articles.clone()), ("half", half)];
        bases.extend(
            set.articles
                .iter()
                .step_by(ALONE)
                .map(|article| ("one", vec![article.clone()])),
        );
        for (number, (size, articles)) in bases.into_iter().enumerate() {
            let engine = knowledge::seen(Arc::new(Engine::build(articles)), model);
            let known = |question: &&Question| {
                let article = question
                    .article
                    .as_deref()
                    .and_then(|name| engine.corpus().find(name));
                article.is_some() && !question.unanswerable
            };
            let mut asked: Vec<Question> = if size == "all" {
                set.questions.clone()
            } else {
                set.questions.iter().filter(known).cloned().collect()
            };
            let own = asked.len();
            let left_out = set
                .questions
                .iter()
                .filter(|question| size != "all" && !known(question));
            let strangers: Vec<&Question> = left_out.chain(others.iter().copied()).collect();
            asked.extend(some_of(&strangers, own * FOREIGN, number));
            let chat: Vec<&Question> = chat.iter().collect();
            asked.extend(some_of(&chat, own.div_ceil(CHAT_PER), number));
            let judged = ask_all(&engine, &asked);
            for (question, (_, judged)) in asked.iter().zip(judged) {
                let explain = Options {
                    explain: true,
                    ..Options::default()
                };
                let why = engine.ask(&question.question, &explain).explanation;
                let parts = why
                    .map(|why| why.evidence)
                    .filter(|parts| !parts.is_empty());
                points.push(Point {
                    held_back: held_back(question),
                    group: format!("{} {size}", set.name),
                    evidence: parts.map(|parts| {
                        parts
                            .iter()
                            .map(|(name, value, _)| (*name, f64::from(*value)))
                            .collect()
                    }),
                    judged,
                });
            }
        }
    }
    points
}

/// Up to `count` questions from all over `questions`, others for each `turn`, as ones that have no answer.
fn some_of(questions: &[&Question], count: usize, turn: usize) -> Vec<Question> {
    let step = (questions.len() / count.max(1)).max(1);
    let chosen = questions.iter().skip(turn % step).step_by(step).take(count);
    let unanswerable = |question: &&Question| Question {
        unanswerable: true,
        ..(*question).clone()
    };
    chosen.map(unanswerable).collect()
}

/// The names of the evidence, which must be the same for all questions.
fn names(points: &[Point]) -> Result<Vec<&'static str>> {
    let mut all = points
        .iter()
        .filter_map(|point| point.evidence.as_ref())
        .map(|parts| parts.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let first = all.next().unwrap_or_default();
    if all.any(|other| other != first) {
        bail!(
            "the sentence model helps with some of the questions only: leave out the sets in languages that it does not know (`pullquote check` tells them)"
        );
    }
    Ok(first)
}

fn confidence(points: &[Point], out: &mut impl Write) -> Result<()> {
    let names = names(points)?;
    let mut groups: Vec<&str> = points.iter().map(|point| point.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    let mut examples = Vec::new();
    for group in &groups {
        let of_group: Vec<&Point> = points
            .iter()
            .filter(|point| point.group == *group && !point.held_back && point.evidence.is_some())
            .collect();
        for point in &of_group {
            let evidence = point.evidence.iter().flatten();
            let values = evidence.map(|(_, value)| *value).collect();
            // Every knowledge base counts the same, whatever the number of its questions.
            let weight = 1.0 / of_group.len() as f64;
            examples.push(Example {
                values,
                right: point.judged.right(),
                weight,
            });
        }
    }
    let (weights, intercept) = logistic(&examples);
    writeln!(
        out,
        "confidence: weights, from the half that is not held back"
    )?;
    for (name, weight) in names.iter().zip(&weights) {
        writeln!(out, "  {name:<10}{weight:.2}")?;
    }
    writeln!(out, "  {:<10}{intercept:.2}", "intercept")?;
    writeln!(
        out,
        "questions on held-back articles, with these weights, quoted from {QUOTE_AT}"
    )?;
    for group in groups {
        let held: Vec<Judged> = points
            .iter()
            .filter(|point| point.group == group && point.held_back)
            .map(|point| {
                let sum = |values: &Vec<(&str, f64)>| {
                    intercept
                        + values
                            .iter()
                            .zip(&weights)
                            .map(|((_, value), weight)| value * weight)
                            .sum::<f64>()
                };
                let confidence = point
                    .evidence
                    .as_ref()
                    .map_or(0.0, |values| 1.0 / (1.0 + (-sum(values)).exp()))
                    as f32;
                Judged {
                    confidence,
                    quoted: confidence >= QUOTE_AT,
                    ..point.judged.clone()
                }
            })
            .collect();
        let scores = Scores::of(&held.iter().collect::<Vec<_>>());
        let shown = |value: Option<f64>, digits: usize| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
        };
        writeln!(
            out,
            "  {group:<24} answered {:>6} right {:>6} of {:>5}; refused {:>6} of {:>5}; AUROC {}; calibration error {}",
            shown(scores.answered, 2),
            shown(scores.answered_right, 2),
            scores.answerable,
            shown(scores.refused, 2),
            scores.unanswerable,
            shown(scores.auroc, 4),
            shown(scores.calibration_error, 3),
        )?;
    }
    Ok(())
}
