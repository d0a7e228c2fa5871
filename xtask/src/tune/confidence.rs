//! Weights of the confidence: those that separate right answers from wrong ones.

use super::regression::{Example, logistic};
use super::{Set, is_held_back};
use anyhow::{Result, bail};
use pullquote::cli::knowledge;
use pullquote_core::answer::{BY_WORDS, Options, Outcome};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::eval::{Judged, Question, Scores, ask_all};
use pullquote_model::SentenceEncoder;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// Every n-th article of a set is also a knowledge base of its own.
const ALONE: usize = 4;
/// Questions about other subjects for each question about the knowledge base's own.
const FOREIGN: usize = 1;
/// Own questions for each line of small talk.
const CHAT_PER: usize = 2;

/// A question asked of one knowledge base.
pub(super) struct Point {
    held_back: bool,
    /// Set and size of the knowledge base.
    group: String,
    /// Name and value of each feature; `None` where nothing was found.
    evidence: Option<Vec<(&'static str, f64)>>,
    judged: Judged,
}

/// Asks every set of its knowledge bases.
pub(super) fn points(
    sets: &[Set],
    model: Option<&SentenceEncoder>,
    chat: &[Question],
) -> Vec<Point> {
    let mut points = Vec::new();
    for set in sets {
        let others: Vec<&Question> = sets
            .iter()
            .filter(|other| other.name != set.name)
            .flat_map(|other| &other.questions)
            .filter(|question| !set.covers(question))
            .collect();
        for (turn, (size, articles)) in knowledge_bases(set).into_iter().enumerate() {
            let engine = knowledge::with_model(Arc::new(Engine::build(articles)), model);
            let asked = questions_for(set, &engine, size == "all", turn, &others, chat);
            let judged = ask_all(&engine, &asked, || Duration::ZERO);
            for (question, (_, judged)) in asked.iter().zip(judged) {
                points.push(Point {
                    held_back: is_held_back(question),
                    group: format!("{} {size}", set.name),
                    evidence: evidence(&engine, question),
                    judged,
                });
            }
        }
    }
    points
}

/// The knowledge bases of a set, with a name for their size.
fn knowledge_bases(set: &Set) -> Vec<(&'static str, Vec<Article>)> {
    let articles = &set.articles;
    let half = articles.iter().step_by(2).cloned().collect();
    let alone = articles.iter().step_by(ALONE);
    let alone = alone.map(|article| ("one", vec![article.clone()]));
    [("all", articles.clone()), ("half", half)]
        .into_iter()
        .chain(alone)
        .collect()
}

/// The questions for one knowledge base: those that it answers, and about as many that it does not.
fn questions_for(
    set: &Set,
    engine: &Engine,
    is_whole: bool,
    turn: usize,
    others: &[&Question],
    chat: &[Question],
) -> Vec<Question> {
    let is_known = |question: &&Question| {
        let name = question.article.as_deref();
        let article = name.and_then(|name| engine.corpus().find(name));
        article.is_some() && !question.unanswerable
    };
    let questions = set.questions.iter();
    let mut asked: Vec<Question> = questions
        .filter(|question| is_whole || is_known(question))
        .cloned()
        .collect();
    let own = asked.len();
    let left_out = set
        .questions
        .iter()
        .filter(|question| !is_whole && !is_known(question));
    let foreign: Vec<&Question> = left_out.chain(others.iter().copied()).collect();
    asked.extend(sample(&foreign, own * FOREIGN, turn));
    let chat: Vec<&Question> = chat.iter().collect();
    asked.extend(sample(&chat, own.div_ceil(CHAT_PER), turn));
    asked
}

/// Up to `count` questions spread over `questions`, others for each `turn`, marked as unanswerable.
fn sample(questions: &[&Question], count: usize, turn: usize) -> Vec<Question> {
    let step = (questions.len() / count.max(1)).max(1);
    let chosen = questions.iter().skip(turn % step).step_by(step).take(count);
    let unanswerable = |question: &&Question| Question {
        unanswerable: true,
        ..(*question).clone()
    };
    chosen.map(unanswerable).collect()
}

/// What the confidence of an answer is computed from.
fn evidence(engine: &Engine, question: &Question) -> Option<Vec<(&'static str, f64)>> {
    let options = Options {
        explain: true,
        ..Options::default()
    };
    let explanation = engine.ask(&question.question, &options).explanation?;
    let parts = explanation.evidence.iter();
    let parts: Vec<_> = parts
        .map(|part| (part.name, f64::from(part.value)))
        .collect();
    Some(parts).filter(|parts| !parts.is_empty())
}

/// Finds the weights, and reports scores on held-back articles with them. The intercept comes last.
pub(super) fn tune(points: &[Point], out: &mut impl Write) -> Result<Vec<(&'static str, f64)>> {
    let names = names(points)?;
    let mut groups: Vec<&str> = points.iter().map(|point| point.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    let examples: Vec<Example> = groups
        .iter()
        .flat_map(|group| examples(points, group))
        .collect();
    let (weights, intercept) = logistic(&examples);
    let found: Vec<(&str, f64)> = names
        .into_iter()
        .zip(weights.iter().copied())
        .chain([("intercept", intercept)])
        .collect();
    writeln!(
        out,
        "confidence: weights from the articles that are not held back"
    )?;
    for (name, weight) in &found {
        writeln!(out, "  {name:<10}{weight:.2}")?;
    }
    writeln!(
        out,
        "held-back articles with these weights, quoted from {}",
        BY_WORDS.quote_at
    )?;
    for group in groups {
        let held_back = points
            .iter()
            .filter(|point| point.group == group && point.held_back);
        let judged: Vec<Judged> = held_back
            .map(|point| rejudged(point, &weights, intercept))
            .collect();
        write_scores(group, &Scores::of(&judged.iter().collect::<Vec<_>>()), out)?;
    }
    Ok(found)
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
            "the sentence model does not know the language of every set: leave the others out (`pullquote check` lists the languages)"
        );
    }
    Ok(first)
}

/// The examples of one knowledge base size. Each group counts the same, whatever the number of its questions.
fn examples(points: &[Point], group: &str) -> Vec<Example> {
    let of_group: Vec<&Point> = points
        .iter()
        .filter(|point| point.group == group && !point.held_back && point.evidence.is_some())
        .collect();
    let weight = 1.0 / of_group.len() as f64;
    let example = |point: &&Point| Example {
        values: point
            .evidence
            .iter()
            .flatten()
            .map(|(_, value)| *value)
            .collect(),
        right: point.judged.right(),
        weight,
    };
    of_group.iter().map(example).collect()
}

/// The answer as it would be judged with other weights.
fn rejudged(point: &Point, weights: &[f64], intercept: f64) -> Judged {
    let confidence = point.evidence.as_ref().map_or(0.0, |values| {
        let parts = values.iter().zip(weights);
        let sum = intercept
            + parts
                .map(|((_, value), weight)| value * weight)
                .sum::<f64>();
        1.0 / (1.0 + (-sum).exp())
    }) as f32;
    Judged {
        confidence,
        outcome: if confidence >= BY_WORDS.quote_at {
            Outcome::Quoted
        } else {
            Outcome::Unknown
        },
        ..point.judged.clone()
    }
}

fn write_scores(group: &str, scores: &Scores, out: &mut impl Write) -> Result<()> {
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
    Ok(())
}
