//! This machine: settings, articles, room on the disk.

use super::Finding;
use crate::config::Problem;
use pullquote_core::answer::{Options, Outcome};
use pullquote_core::engine::Engine;
use pullquote_core::semantic::Languages;
use pullquote_core::text::Language;
use pullquote_library::Library;

/// Files that are named one by one; `pullquote check` names all.
const NAMED: usize = 5;
/// Less room than this on a disk is worth a word: 100 MB.
const ROOM: u64 = 100 << 20;

/// The settings, from what is wrong with them.
pub fn settings(problems: &[Problem]) -> Vec<Finding> {
    if problems.is_empty() {
        return vec![Finding::ok("settings", "all can be read")];
    }
    let finding = |problem: &Problem| {
        let message = format!("{} {}", problem.variable, problem.message);
        Finding::error(
            "settings",
            message,
            "`.env.example` tells of every setting; `pullquote init` asks for the token",
        )
    };
    problems.iter().map(finding).collect()
}

/// Variables that nearly have the name of a setting, with that name.
pub fn misspelt(names: &[(String, &'static str)]) -> Vec<Finding> {
    let finding = |(name, setting): &(String, &'static str)| {
        let remedy = format!("did you mean {setting}?");
        Finding::warning("settings", format!("{name} is no setting"), remedy)
    };
    names.iter().map(finding).collect()
}

/// A file `.env`, from its mode on a system that has one.
pub fn env_file(path: &str, mode: Option<u32>) -> Finding {
    match mode {
        Some(mode) if mode & 0o077 != 0 => Finding::warning(
            "settings",
            format!(
                "`{path}` can be read by others on this machine (mode {:o})",
                mode & 0o777
            ),
            format!("chmod 600 {path}"),
        ),
        _ => Finding::ok("settings", format!("`{path}` is read")),
    }
}

/// The articles of a folder.
pub fn knowledge(library: &Library, folder: &str) -> Vec<Finding> {
    const SUBJECT: &str = "knowledge";
    let mut findings = Vec::new();
    let broken: Vec<_> = library
        .reports
        .iter()
        .filter_map(|report| {
            let error = report.error()?;
            Some(format!(
                "`{}` cannot be used: {}",
                report.path, error.message
            ))
        })
        .collect();
    let more = broken.len().saturating_sub(NAMED);
    for message in broken.into_iter().take(NAMED) {
        findings.push(Finding::warning(
            SUBJECT,
            message,
            "mend the file; `pullquote check` tells more",
        ));
    }
    if more > 0 {
        findings.push(Finding::warning(
            SUBJECT,
            format!("{more} more files cannot be used"),
            "`pullquote check` names them all",
        ));
    }
    findings.push(match library.articles.len() {
        0 => Finding::error(
            SUBJECT,
            format!("there are no articles in `{folder}`"),
            format!(
                "put {} files there",
                pullquote_readers::suggested_extensions()
            ),
        ),
        1 => Finding::ok(SUBJECT, format!("1 article in `{folder}`")),
        many => Finding::ok(SUBJECT, format!("{many} articles in `{folder}`")),
    });
    findings
}

/// A question that the articles should answer, as members are offered it.
pub fn question(engine: &Engine) -> Finding {
    const SUBJECT: &str = "answers";
    let Some(question) = pullquote_cards::example(engine) else {
        return Finding::ok(SUBJECT, "no article suggests a question to try");
    };
    let answer = engine.ask(&question, &Options::default());
    match answer.outcome {
        Outcome::Quoted => Finding::ok(SUBJECT, format!("“{question}” is answered")),
        Outcome::Suggested => Finding::ok(SUBJECT, format!("“{question}” finds something")),
        Outcome::Unknown | Outcome::Greeting | Outcome::Help => Finding::warning(
            SUBJECT,
            format!("“{question}” finds nothing"),
            "`pullquote ask --explain` shows why",
        ),
    }
}

/// The host's sentence model: which of the articles' languages it knows, or why it cannot be used.
pub fn model(articles: &[Language], tried: Result<Languages, String>) -> Finding {
    const SUBJECT: &str = "model";
    let known = match tried {
        Ok(known) => known,
        Err(error) => {
            return Finding::warning(
                SUBJECT,
                format!("{error}; answering without the sentence model"),
                "EMBEDDING_MODEL names a folder with `model.onnx` and `tokenizer.json`; without it answers go by words",
            );
        }
    };
    let codes = |is_known: bool| -> String {
        let such = articles
            .iter()
            .filter(|language| known.contains(**language) == is_known);
        let codes: Vec<_> = such.map(|language| language.code()).collect();
        codes.join(", ")
    };
    let works = "the sentence model works".to_owned();
    match (codes(true), codes(false)) {
        (known, unknown) if known.is_empty() && !unknown.is_empty() => Finding::warning(
            SUBJECT,
            format!(
                "the sentence model does not know what means the same in the articles' language ({unknown}); answering without it"
            ),
            "choose a model for sentences in this language; without it answers go by words",
        ),
        (known, _) if known.is_empty() => Finding::ok(SUBJECT, works),
        (known, unknown) if unknown.is_empty() => {
            Finding::ok(SUBJECT, format!("{works}: it knows {known}"))
        }
        (known, unknown) => {
            let but = format!("articles in {unknown} are answered without it");
            Finding::ok(SUBJECT, format!("{works}: it knows {known}; {but}"))
        }
    }
}

/// The disk that holds the articles, from its free bytes.
pub fn disk(free: u64) -> Finding {
    let free_mb = free >> 20;
    if free < ROOM {
        return Finding::warning(
            "disk",
            format!("{free_mb} MB are free where the articles are"),
            "make room: the bot writes nothing there, but new articles and the system's log need some",
        );
    }
    Finding::ok("disk", format!("{free_mb} MB are free"))
}
