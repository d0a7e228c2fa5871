//! `pullquote eval`: measures how well question sets are answered.

use super::{knowledge, show};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use pullquote_core::answer::FEATURES;
use pullquote_core::engine::Engine;
use pullquote_core::eval::{Judged, Question, Scores, ask_all, candidates};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Questions of a set that are reported one by one.
const MAX_WARNINGS: usize = 10;

#[derive(Debug, Args)]
#[command(after_help = "\
A question set contains one JSON object per line, with these keys:
  question
  article, paragraph  the article and paragraph (from 0) that answer it
  alt_paragraphs      other paragraphs that answer it too
  answer_sentence     the sentence that answers it
  accept              instead of all these: texts, any of which the answer must contain
  unanswerable        true if nothing answers it
  kind                any word; scores are also given per kind

Example:
  pullquote eval tests/questions/north-korea-detente.jsonl")]
pub(super) struct Eval {
    /// Question sets to ask
    #[arg(required = true, value_name = "QUESTIONS.jsonl")]
    sets: Vec<PathBuf>,
    /// Print one JSON object per set
    #[arg(long)]
    json: bool,
    /// Write the ranking features of every candidate passage to a file
    #[arg(long, value_name = "FILE.tsv")]
    features: Option<PathBuf>,
}

impl Eval {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let start = Instant::now();
        let engine = knowledge::engine_with_set_model(dir)?;
        let build = start.elapsed();
        let mut out = anstream::stdout().lock();
        for set in &self.sets {
            let questions = read_questions(set)?;
            warn_missing(&engine, set, &questions);
            warn_impossible(&engine, set, &questions);
            let judged = ask_all(&engine, &questions, || start.elapsed());
            let all: Vec<&Judged> = judged.iter().map(|(_, one)| one).collect();
            let scores = Scores::of(&all);
            let kinds = Scores::by_kind(&judged);
            let articles = engine.corpus().article_count();
            let passages = engine.corpus().passage_count();
            let build_millis = build.as_secs_f64() * 1000.0;
            if self.json {
                let mut object = serde_json::to_value(&scores)?;
                object["set"] = set.display().to_string().into();
                object["articles"] = articles.into();
                object["passages"] = passages.into();
                object["build_millis"] = build_millis.into();
                if !kinds.is_empty() {
                    object["kinds"] = serde_json::to_value(&kinds)?;
                }
                writeln!(out, "{object}")?;
            } else {
                writeln!(out, "{}", set.display())?;
                print(&scores, &mut out)?;
                for (kind, scores) in &kinds {
                    writeln!(out, "{}", row(&format!("  {kind}"), scores))?;
                }
                writeln!(
                    out,
                    "  {}, {}, read and indexed in {build_millis:.1} ms\n",
                    show::counted(articles, "article"),
                    show::counted(passages, "passage"),
                )?;
            }
        }
        if let Some(file) = &self.features {
            write_features(&engine, &self.sets, file)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads a question set.
///
/// # Errors
///
/// If the file cannot be read, a line is not a question, or there are no lines.
pub fn read_questions(set: &Path) -> Result<Vec<Question>> {
    let text =
        fs::read_to_string(set).with_context(|| format!("cannot read `{}`", set.display()))?;
    let questions = Question::parse_set(text.trim_start_matches('\u{feff}'))
        .map_err(|(line, error)| anyhow!("`{}` line {line}: {error}", set.display()))?;
    if questions.is_empty() {
        bail!("`{}` contains no questions", set.display());
    }
    Ok(questions)
}

/// Prints how many questions have an article that is not in the folder.
fn warn_missing(engine: &Engine, set: &Path, questions: &[Question]) {
    let is_missing = |question: &&Question| {
        let article = question.article.as_deref();
        !question.unanswerable
            && question.accept.is_empty()
            && article.is_some_and(|name| engine.corpus().find(name).is_none())
    };
    let missing: Vec<&Question> = questions.iter().filter(is_missing).collect();
    if let Some(name) = missing.first().and_then(|one| one.article.as_deref()) {
        anstream::eprintln!(
            "pullquote: `{}`: {} of {} questions count as unanswerable, because their article is not in the knowledge folder (first: `{name}`)",
            set.display(),
            missing.len(),
            questions.len()
        );
    }
}

/// Prints which questions count as answered wrong whatever the answer.
fn warn_impossible(engine: &Engine, set: &Path, questions: &[Question]) {
    let reasons = questions.iter().filter_map(|question| {
        let reason = question.impossible(engine.corpus())?;
        Some((question.line, reason))
    });
    let reasons: Vec<_> = reasons.collect();
    let name = set.display();
    for (line, reason) in reasons.iter().take(MAX_WARNINGS) {
        anstream::eprintln!("pullquote: `{name}` line {line}: {reason}");
    }
    if let Some(more @ 1..) = reasons.len().checked_sub(MAX_WARNINGS) {
        anstream::eprintln!("pullquote: `{name}`: {more} more questions like these");
    }
}

/// A percentage, or `-` if there is none.
fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{share:.2}"))
}

/// The scores of one kind, in one line.
fn row(name: &str, scores: &Scores) -> String {
    let seen = scores.seen;
    format!(
        "{name:<14} {:>5} answerable: hit@1 {} hit@5 {} sentence {} answered {} right {}; {:>5} unanswerable: refused {}; seen: right {} section {} wrong {} suggested {}+{} refused {}",
        scores.answerable,
        percent(scores.hit_at_1),
        percent(scores.hit_at_5),
        percent(scores.sentence_hit_at_1),
        percent(scores.answered),
        percent(scores.answered_right),
        scores.unanswerable,
        percent(scores.refused),
        seen.right,
        seen.right_section,
        seen.wrong,
        seen.suggested_right,
        seen.suggested,
        seen.refused,
    )
}

fn print(scores: &Scores, out: &mut impl Write) -> Result<()> {
    writeln!(out, "  answerable          {:>8}", scores.answerable)?;
    writeln!(out, "  unanswerable        {:>8}", scores.unanswerable)?;
    let shares = [
        ("paragraph hit@1 %", scores.hit_at_1),
        ("paragraph hit@5 %", scores.hit_at_5),
        ("MRR@10 %", scores.mrr_at_10),
        ("sentence hit@1 %", scores.sentence_hit_at_1),
        ("answered %", scores.answered),
        ("  of these right %", scores.answered_right),
        ("refused %", scores.refused),
        ("false \"no answer\" %", scores.false_no),
        ("right \"no answer\" %", scores.true_no),
        ("quoted wrong %", scores.quoted_wrong),
        ("sure and right %", scores.sure_right),
    ];
    for (name, share) in shares {
        writeln!(out, "  {name:<20}{:>7}", percent(share))?;
    }
    let seen = scores.seen;
    let counts = [
        ("seen: right", seen.right),
        ("  right section", seen.right_section),
        ("  wrong", seen.wrong),
        ("  suggested, right", seen.suggested_right),
        ("  suggested, wrong", seen.suggested),
        ("  refused", seen.refused),
    ];
    for (name, count) in counts {
        writeln!(out, "  {name:<20}{count:>7}")?;
    }
    let ratios = [
        ("AUROC", scores.auroc),
        ("AUROC of right ones", scores.auroc_right),
        ("calibration error", scores.calibration_error),
    ];
    for (name, value) in ratios {
        let value = value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"));
        writeln!(out, "  {name:<20}{value:>7}")?;
    }
    print_calibration(scores, out)?;
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

fn print_calibration(scores: &Scores, out: &mut impl Write) -> Result<()> {
    for bin in &scores.calibration {
        writeln!(
            out,
            "    from {:.1}: {:>5} {}, confidence {:.2}, right {:.2}",
            bin.from,
            bin.answers,
            if bin.answers == 1 {
                "answer"
            } else {
                "answers"
            },
            bin.confidence,
            bin.right
        )?;
    }
    Ok(())
}

/// Writes one line for each candidate: number of the question, whether its paragraph is right, the features.
fn write_features(engine: &Engine, sets: &[PathBuf], file: &Path) -> Result<()> {
    let cannot = || format!("cannot write `{}`", file.display());
    let mut out = BufWriter::new(File::create(file).with_context(cannot)?);
    let names: Vec<&str> = FEATURES.iter().map(|feature| feature.name).collect();
    writeln!(out, "question\tright\t{}", names.join("\t")).with_context(cannot)?;
    let mut number = 0;
    for set in sets {
        for question in read_questions(set)? {
            for candidate in candidates(engine, &question) {
                let right = u8::from(candidate.right);
                let values: Vec<String> = candidate.features.iter().map(f64::to_string).collect();
                writeln!(out, "{number}\t{right}\t{}", values.join("\t")).with_context(cannot)?;
            }
            number += 1;
        }
    }
    Ok(())
}
