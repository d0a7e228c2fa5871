//! `pullquote eval`: question sets put to the knowledge folder.

use super::{knowledge, show};
use anyhow::{Context, Result, bail};
use clap::Args;
use pullquote_core::answer::{FEATURES, Options};
use pullquote_core::engine::Engine;
use pullquote_core::eval::{Judged, Question, Scores};
use pullquote_core::text::closest;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(Debug, Args)]
#[command(after_help = "\
A question set has one JSON object a line: question, article, paragraph (from 0), answer_sentence,
unanswerable; and where there are several right paragraphs alt_paragraphs, and for scores by sort kind.

Example:
  pullquote eval tests/questions/north-korea-detente.jsonl")]
pub(super) struct Eval {
    /// Question sets
    #[arg(required = true, value_name = "QUESTIONS.jsonl")]
    sets: Vec<PathBuf>,
    /// One JSON object a set
    #[arg(long)]
    json: bool,
    /// Write the features of every candidate to a file
    #[arg(long, value_name = "FILE.tsv")]
    features: Option<PathBuf>,
}

impl Eval {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let start = Instant::now();
        let engine = knowledge::asked(dir)?;
        let build = start.elapsed();
        let mut out = anstream::stdout().lock();
        for set in &self.sets {
            let questions = read_questions(set)?;
            tell_missing(&engine, set, &questions);
            let judged = ask_all(&engine, &questions);
            let all: Vec<&Judged> = judged.iter().map(|(_, one)| one).collect();
            let scores = Scores::of(&all);
            let kinds = Scores::by_kind(&judged);
            if self.json {
                let mut object = serde_json::to_value(&scores)?;
                object["set"] = set.display().to_string().into();
                object["articles"] = engine.corpus().articles().len().into();
                object["passages"] = engine.corpus().passages().len().into();
                object["build_millis"] = (build.as_secs_f64() * 1000.0).into();
                if !kinds.is_empty() {
                    object["kinds"] = serde_json::to_value(&kinds)?;
                }
                writeln!(out, "{object}")?;
            } else {
                writeln!(out, "{}", set.display())?;
                tell(&scores, &mut out)?;
                for (kind, scores) in &kinds {
                    writeln!(out, "{}", row(&format!("  {kind}"), scores))?;
                }
                let (articles, passages) = (
                    engine.corpus().articles().len(),
                    engine.corpus().passages().len(),
                );
                writeln!(
                    out,
                    "  {}, {}, read and indexed in {:.1} ms\n",
                    show::counted(articles, "article"),
                    show::counted(passages, "passage"),
                    build.as_secs_f64() * 1000.0
                )?;
            }
        }
        if let Some(file) = &self.features {
            write_features(&engine, &self.sets, file)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The questions of a set.
pub fn read_questions(set: &Path) -> Result<Vec<Question>> {
    let text =
        fs::read_to_string(set).with_context(|| format!("cannot read `{}`", set.display()))?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let questions: Vec<Question> = lines
        .map(|(at, line)| {
            question(line).with_context(|| format!("`{}` line {}", set.display(), at + 1))
        })
        .collect::<Result<_>>()?;
    if questions.is_empty() {
        bail!("`{}` holds no questions", set.display());
    }
    Ok(questions)
}

/// The question in a line, if it says what answers it.
fn question(line: &str) -> Result<Question> {
    let expected =
        "not a question: expected {\"question\": \"...\", \"article\": \"...\", \"paragraph\": 0}";
    let told: BTreeMap<String, Value> = serde_json::from_str(line).ok().context(expected)?;
    for key in told.keys() {
        if let Some(known) = closest(key, Question::KEYS) {
            bail!("does not know `{key}`; is it `{known}`?");
        }
    }
    let question: Question = serde_json::from_str(line).ok().context(expected)?;
    let has_paragraph = question.paragraph.is_some() || question.alt_paragraphs.is_some();
    match question.article {
        _ if question.unanswerable => {}
        None => bail!("names no `article`; if none answers, say \"unanswerable\": true"),
        Some(_) if !has_paragraph => bail!("does not say which `paragraph` answers, from 0"),
        Some(_) => {}
    }
    Ok(question)
}

/// Tells of questions whose article is not here: nothing can answer them.
fn tell_missing(engine: &Engine, set: &Path, questions: &[Question]) {
    let is_missing = |question: &&Question| {
        let article = question.article.as_deref();
        !question.unanswerable && article.is_some_and(|name| engine.corpus().find(name).is_none())
    };
    let missing: Vec<&Question> = questions.iter().filter(is_missing).collect();
    if let Some(name) = missing.first().and_then(|one| one.article.as_deref()) {
        anstream::eprintln!(
            "pullquote: `{}`: {} of {} questions count as unanswerable, since their article is not here (the first is `{name}`)",
            set.display(),
            missing.len(),
            questions.len()
        );
    }
}

/// Ten places are judged, whatever the outcome.
const ASKED: Options = Options {
    article: None,
    limit: 10,
    always: true,
    explain: false,
};

/// Asks every question and holds the answers against what is expected.
pub fn ask_all(engine: &Engine, questions: &[Question]) -> Vec<(Option<String>, Judged)> {
    let ask = |question: &Question| {
        let start = Instant::now();
        let answer = engine.ask(&question.question, &ASKED);
        let micros = start.elapsed().as_secs_f64() * 1e6;
        let judged = Judged::new(question, &answer, engine.corpus(), micros);
        (question.kind.clone(), judged)
    };
    questions.iter().map(ask).collect()
}

fn shown(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{share:.2}"))
}

fn row(name: &str, scores: &Scores) -> String {
    format!(
        "{name:<14} {:>5} answerable: hit@1 {} hit@5 {} sentence {} answered {} right {}; {:>5} not: refused {}",
        scores.answerable,
        shown(scores.hit_at_1),
        shown(scores.hit_at_5),
        shown(scores.sentence_hit_at_1),
        shown(scores.answered),
        shown(scores.answered_right),
        scores.unanswerable,
        shown(scores.refused),
    )
}

fn tell(scores: &Scores, out: &mut impl Write) -> Result<()> {
    writeln!(out, "  answerable          {:>8}", scores.answerable)?;
    writeln!(out, "  unanswerable        {:>8}", scores.unanswerable)?;
    let shares = [
        ("paragraph hit@1 %", scores.hit_at_1),
        ("paragraph hit@5 %", scores.hit_at_5),
        ("MRR@10 %", scores.mrr_at_10),
        ("sentence hit@1 %", scores.sentence_hit_at_1),
        ("answered %", scores.answered),
        ("  of them right %", scores.answered_right),
        ("refused %", scores.refused),
    ];
    for (name, share) in shares {
        writeln!(out, "  {name:<20}{:>7}", shown(share))?;
    }
    let fine =
        |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"));
    writeln!(out, "  AUROC               {:>7}", fine(scores.auroc))?;
    writeln!(
        out,
        "  calibration error   {:>7}",
        fine(scores.calibration_error)
    )?;
    for bin in &scores.calibration {
        writeln!(
            out,
            "    from {:.1}: {:>5} answers, confidence {:.2}, right {:.2}",
            bin.from, bin.answers, bin.confidence, bin.right
        )?;
    }
    writeln!(
        out,
        "  latency p50 µs      {:>7.0}",
        scores.latency_p50_micros
    )?;
    writeln!(
        out,
        "  latency p99 µs      {:>7.0}",
        scores.latency_p99_micros
    )?;
    Ok(())
}

/// One line a candidate: number of the question, whether its paragraph is right, the features.
fn write_features(engine: &Engine, sets: &[PathBuf], file: &Path) -> Result<()> {
    let cannot = || format!("cannot write `{}`", file.display());
    let mut out = BufWriter::new(File::create(file).with_context(cannot)?);
    let names: Vec<&str> = FEATURES.iter().map(|feature| feature.name()).collect();
    writeln!(out, "question\tright\t{}", names.join("\t")).with_context(cannot)?;
    let options = Options {
        limit: usize::MAX,
        explain: true,
        ..ASKED
    };
    let mut number = 0;
    for set in sets {
        for question in read_questions(set)? {
            for (values, right) in candidates(engine, &question, &options) {
                let values: Vec<String> = values.iter().map(f64::to_string).collect();
                writeln!(out, "{number}\t{}\t{}", u8::from(right), values.join("\t"))
                    .with_context(cannot)?;
            }
            number += 1;
        }
    }
    Ok(())
}

/// The features of each candidate for a question, and whether its paragraph is right.
pub fn candidates(
    engine: &Engine,
    question: &Question,
    options: &Options,
) -> Vec<(Vec<f64>, bool)> {
    let answer = engine.ask(&question.question, options);
    let quotes = answer.quotes.iter();
    quotes
        .map(|quote| {
            let mut alone = answer.clone();
            alone.quotes = vec![quote.clone()];
            let right = Judged::new(question, &alone, engine.corpus(), 0.0).rank == Some(0);
            let values = quote.features.iter().map(|(_, value, _)| f64::from(*value));
            (values.collect(), right)
        })
        .collect()
}
