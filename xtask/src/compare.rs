//! `compare`: asks two builds of the program every question of every question set, and reports answers that differ.
//!
//! A change that must not change answers is checked with it: build the program before and after, and compare. Everything in
//! `ask --json` is compared but `micros`, the times it took.

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use pullquote::cli::eval::read_questions;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The program before the change
    #[arg(value_name = "OLD_PROGRAM")]
    old: PathBuf,
    /// The program after the change
    #[arg(value_name = "NEW_PROGRAM")]
    new: PathBuf,
    /// Folders with question sets (`*.jsonl`), and with `articles/` inside or beside them [default: all of
    /// `tests/questions` and of `../shared/eval`]
    #[arg(long, value_name = "DIR", num_args = 1..)]
    sets: Vec<PathBuf>,
}

/// Flags to ask with: as a member asks, and with the whole ranking.
const WAYS: [&[&str]; 2] = [&[], &["--always", "--limit", "10"]];
/// The key of a time in an answer, and in each of its further quotes.
const TIME: &str = "micros";
/// Examples shown for each kind of difference.
const EXAMPLES: usize = 3;

/// A question set with the folder of its articles.
#[derive(Debug, Clone, PartialEq)]
struct Set {
    questions: PathBuf,
    articles: PathBuf,
}

impl Compare {
    pub(crate) fn run(&self, knowledge: &Path) -> Result<ExitCode> {
        let sets = if self.sets.is_empty() {
            all_sets(Path::new("."), knowledge)?
        } else {
            let sets = self.sets.iter().map(|dir| sets_in(dir, knowledge));
            sets.collect::<Result<Vec<_>>>()?.concat()
        };
        ensure!(!sets.is_empty(), "no question sets found");
        let mut report = Report::default();
        for set in &sets {
            let questions: Vec<String> = read_questions(&set.questions)?
                .into_iter()
                .map(|question| question.question.replace('\n', " "))
                .collect();
            for flags in WAYS {
                let old = ask(&self.old, set, flags, &questions)?;
                let new = ask(&self.new, set, flags, &questions)?;
                for (question, (old, new)) in questions.iter().zip(old.iter().zip(&new)) {
                    report.add(&set.questions, question, old, new);
                }
            }
        }
        let mut out = std::io::stdout().lock();
        report.write(&mut out)?;
        Ok(if report.differences.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// The question sets of the repository, and those beside it where they are there.
fn all_sets(root: &Path, knowledge: &Path) -> Result<Vec<Set>> {
    let questions = root.join("tests/questions");
    let development = root.join("../shared/eval");
    let mut sets = sets_in(&questions, knowledge)?;
    sets.extend(sets_in(&questions.join("ours"), knowledge)?);
    sets.extend(sets_in(&questions.join("tuning"), knowledge)?);
    let mut folders: Vec<PathBuf> = fs::read_dir(&development)
        .map(|entries| {
            entries
                .filter_map(|entry| Some(entry.ok()?.path()))
                .collect()
        })
        .unwrap_or_default();
    folders.sort();
    for folder in folders
        .iter()
        .filter(|folder| folder.join("articles").is_dir())
    {
        sets.extend(sets_in(folder, knowledge)?);
    }
    let xquad = development.join("xquad-en/articles");
    if xquad.is_dir() {
        let paraphrases = sets_in(&questions.join("xquad"), knowledge)?;
        sets.extend(paraphrases.into_iter().map(|set| Set {
            articles: xquad.clone(),
            ..set
        }));
    }
    Ok(sets)
}

/// The question sets in a folder. Their articles are in `articles/` inside it if it is there, or beside it; for the
/// folder that contains the repository's own articles beside other sets, in the knowledge folder.
fn sets_in(dir: &Path, knowledge: &Path) -> Result<Vec<Set>> {
    let (inside, beside) = (dir.join("articles"), dir.join("../articles"));
    let articles = if dir.ends_with("tests/questions") {
        knowledge.to_owned()
    } else if inside.is_dir() {
        inside
    } else {
        beside
    };
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read `{}`", dir.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        // Folders of question sets may contain other JSON lines.
        .filter(|path| read_questions(path).is_ok())
        .collect();
    files.sort();
    let set = |questions| Set {
        questions,
        articles: articles.clone(),
    };
    Ok(files.into_iter().map(set).collect())
}

/// The answers of a program, one JSON object a question.
fn ask(program: &Path, set: &Set, flags: &[&str], questions: &[String]) -> Result<Vec<Value>> {
    let mut child = Command::new(program)
        .arg("--knowledge")
        .arg(&set.articles)
        .args(["ask", "--json"])
        .args(flags)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run `{}`", program.display()))?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let lines = questions.join("\n") + "\n";
    // Written beside reading: the program answers before it has read all questions.
    let writer = thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output()?;
    if writer.join().is_err() || output.stdout.is_empty() {
        bail!("`{}` answered nothing", program.display());
    }
    let answers: Vec<Value> = String::from_utf8(output.stdout)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    ensure!(
        answers.len() == questions.len(),
        "`{}` gave {} answers to {} questions of `{}`",
        program.display(),
        answers.len(),
        questions.len(),
        set.questions.display()
    );
    Ok(answers)
}

/// What was compared, and what differs.
#[derive(Debug, Default)]
struct Report {
    compared: usize,
    /// By kind, the path of the value that differs: how often, and examples.
    differences: BTreeMap<String, (usize, Vec<String>)>,
}

impl Report {
    fn add(&mut self, set: &Path, question: &str, old: &Value, new: &Value) {
        self.compared += 1;
        let mut kinds = BTreeMap::new();
        differences(old, new, "", &mut kinds);
        for (kind, (old, new)) in kinds {
            let (count, examples) = self.differences.entry(kind).or_default();
            *count += 1;
            if examples.len() < EXAMPLES {
                examples.push(format!(
                    "{}: {question}\n      old {old}\n      new {new}",
                    set.display()
                ));
            }
        }
    }

    fn write(&self, out: &mut impl Write) -> Result<()> {
        writeln!(out, "{} answers compared", self.compared)?;
        if self.differences.is_empty() {
            writeln!(out, "no differences")?;
        }
        for (kind, (count, examples)) in &self.differences {
            writeln!(out, "{kind}: {count} answers differ")?;
            for example in examples {
                writeln!(out, "    {example}")?;
            }
        }
        Ok(())
    }
}

/// Notes the first difference of each kind, except in times. A kind is the path of a value, without positions in lists:
/// `quotes.text`.
fn differences(
    old: &Value,
    new: &Value,
    path: &str,
    kinds: &mut BTreeMap<String, (String, String)>,
) {
    match (old, new) {
        _ if old == new => {}
        (Value::Object(old), Value::Object(new)) => {
            let keys = old
                .keys()
                .chain(new.keys().filter(|key| !old.contains_key(*key)));
            for key in keys.filter(|key| *key != TIME) {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                let value = |object: &serde_json::Map<String, Value>| {
                    object.get(key).cloned().unwrap_or_default()
                };
                differences(&value(old), &value(new), &path, kinds);
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (old, new) in old.iter().zip(new) {
                differences(old, new, path, kinds);
            }
        }
        _ => {
            let values = || (old.to_string(), new.to_string());
            kinds.entry(path.to_owned()).or_insert_with(values);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn differences_are_named_by_their_path() {
        let check = |old: Value, new: Value, expected: &[&str]| {
            let mut kinds = BTreeMap::new();
            differences(&old, &new, "", &mut kinds);
            assert_eq!(kinds.keys().collect::<Vec<_>>(), expected);
        };
        check(json!({"a": 1}), json!({"a": 1}), &[]);
        check(json!({"a": 1, "b": 2}), json!({"a": 2, "b": 2}), &["a"]);
        check(json!({"a": 1}), json!({"b": 1}), &["a", "b"]);
        let (old, new) = (
            json!({"q": [{"t": 1}, {"t": 2}]}),
            json!({"q": [{"t": 1}, {"t": 3}]}),
        );
        check(old.clone(), new, &["q.t"]);
        check(old, json!({"q": []}), &["q"]);
        let took = |micros| json!({"micros": micros, "also": [{"micros": 2 * micros}]});
        check(took(3), took(4), &[]);
    }

    #[test]
    fn a_report_counts_and_shows_examples() {
        let mut report = Report::default();
        for at in 0..5 {
            report.add(
                Path::new("set.jsonl"),
                "who?",
                &json!({"a": 0}),
                &json!({"a": at}),
            );
        }
        let mut out = Vec::new();
        report.write(&mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(
            out.starts_with("5 answers compared\na: 4 answers differ\n"),
            "{out}"
        );
        assert_eq!(out.matches("set.jsonl: who?").count(), EXAMPLES);
    }

    #[test]
    fn the_repositorys_sets_are_found_with_their_articles() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let sets = all_sets(root, &root.join("knowledge")).unwrap();
        let articles = |name: &str| {
            let set = sets.iter().find(|set| set.questions.ends_with(name));
            set.map(|set| set.articles.canonicalize().unwrap())
        };
        let expected = |folder: &str| Some(root.join(folder).canonicalize().unwrap());
        assert_eq!(articles("questions/chat.jsonl"), expected("knowledge"));
        assert_eq!(
            articles("ours/near-seen.jsonl"),
            expected("tests/questions/articles")
        );
    }
}
