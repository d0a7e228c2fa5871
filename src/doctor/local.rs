//! Checks of this machine: settings, articles, sentence model, disk.

use super::Finding;
use crate::config::InvalidSetting;
use pullquote_core::answer::{Options, Outcome};
use pullquote_core::engine::Engine;
use pullquote_core::semantic::Languages;
use pullquote_core::text::Language;
use pullquote_library::FileReport;
use pullquote_sources::Source;

/// Broken files listed one by one; `pullquote check` lists all.
const MAX_LISTED: usize = 5;
/// Free bytes below which the disk gets a warning: 100 MB.
const LOW_DISK: u64 = 100 << 20;

/// Judges the settings by what is invalid.
pub fn settings(invalid: &[InvalidSetting]) -> Vec<Finding> {
    if invalid.is_empty() {
        return vec![Finding::ok("settings", "valid")];
    }
    let finding = |setting: &InvalidSetting| {
        let message = format!("{} {}", setting.variable, setting.message);
        let remedy = match setting.variable {
            "DISCORD_TOKEN" | "DISCORD_TOKEN_FILE" => {
                "`pullquote init` asks for the token and checks it"
            }
            _ => "correct it in `.env`; `.env.example` describes every setting",
        };
        Finding::error("settings", message, remedy)
    };
    invalid.iter().map(finding).collect()
}

/// Warns about variables whose names are close to a setting's, each given with that setting.
pub fn misspelt(names: &[(String, &'static str)]) -> Vec<Finding> {
    let finding = |(name, setting): &(String, &'static str)| {
        let remedy = format!("did you mean {setting}?");
        Finding::warning("settings", format!("unknown setting {name}"), remedy)
    };
    names.iter().map(finding).collect()
}

/// Judges who can read the file `.env`. `mode` is `None` on systems without Unix permissions.
pub fn env_file(path: &str, mode: Option<u32>) -> Finding {
    match mode {
        Some(mode) if mode & 0o077 != 0 => Finding::warning(
            "settings",
            format!(
                "other users of this machine can access `{path}` (mode {:o})",
                mode & 0o777
            ),
            format!("run `chmod 600 {path}`"),
        ),
        _ => Finding::ok("settings", format!("loaded from `{path}`")),
    }
}

/// Judges the articles of a folder by the reports on its files.
pub fn knowledge(reports: &[FileReport], articles: usize, folder: &str) -> Vec<Finding> {
    const SUBJECT: &str = "knowledge";
    let broken = reports.iter().filter_map(|report| {
        let error = report.error()?;
        Some(format!("cannot use `{}`: {}", report.path, error.message))
    });
    let broken: Vec<_> = broken.collect();
    let more = broken.len().saturating_sub(MAX_LISTED);
    let listed = broken.into_iter().take(MAX_LISTED).map(|message| {
        Finding::warning(
            SUBJECT,
            message,
            "fix the file; `pullquote check` shows details",
        )
    });
    let mut findings: Vec<Finding> = listed.collect();
    if more > 0 {
        findings.push(Finding::warning(
            SUBJECT,
            format!("cannot use {more} more files"),
            "`pullquote check` lists them all",
        ));
    }
    findings.push(match articles {
        0 => Finding::error(
            SUBJECT,
            format!("no articles in `{folder}`"),
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

/// Judges `sources.toml`: what is wrong with it, and which sources may be in a private network.
pub fn sources(file: &str, read: Result<Vec<Source>, String>) -> Vec<Finding> {
    const SUBJECT: &str = "sources";
    let sources = match read {
        Ok(sources) => sources,
        Err(error) => {
            let message = format!("cannot use `{file}`: {error}");
            let remedy = "correct it; until then, the copies of all sources stay as they are";
            return vec![Finding::warning(SUBJECT, message, remedy)];
        }
    };
    if sources.is_empty() {
        return Vec::new();
    }
    let private = sources.iter().filter(|source| source.private);
    let private = private.map(|source| {
        let (name, place) = (&source.name, &source.place);
        let message = format!(
            "`{name}` may be in a private network, without encryption (`private = true`): {place}"
        );
        Finding::ok(SUBJECT, message)
    });
    let message = format!("{} in `{file}`", sources.len());
    let all = std::iter::once(Finding::ok(SUBJECT, message));
    all.chain(private).collect()
}

/// Judges the last reload of a running bot by why it failed.
pub fn reload(failure: &str) -> Finding {
    Finding::warning(
        "knowledge",
        format!("the last reload failed, and the previous articles stay in use: {failure}"),
        "correct that; the bot notices it by itself, unless KNOWLEDGE_WATCH is off",
    )
}

/// Asks the question that the bot suggests to members.
pub fn question(engine: &Engine) -> Finding {
    const SUBJECT: &str = "answers";
    let Some(question) = pullquote_cards::example(engine) else {
        return Finding::ok(SUBJECT, "the articles suggest no question to try");
    };
    let answer = engine.ask(&question, &Options::default());
    match answer.outcome {
        Outcome::Quoted => Finding::ok(SUBJECT, format!("found an answer to “{question}”")),
        Outcome::Suggested => {
            Finding::ok(SUBJECT, format!("found possible answers to “{question}”"))
        }
        Outcome::Unknown | Outcome::About | Outcome::Greeting | Outcome::Help => Finding::warning(
            SUBJECT,
            format!("found no answer to “{question}”"),
            "`pullquote ask --explain` shows why",
        ),
    }
}

/// Judges the sentence model: which of the articles' languages it supports, or why it cannot be loaded.
pub fn model(articles: &[Language], loaded: Result<Languages, String>) -> Finding {
    const SUBJECT: &str = "model";
    let supported = match loaded {
        Ok(supported) => supported,
        Err(error) => {
            return Finding::warning(
                SUBJECT,
                format!("{error}; answering without the sentence model"),
                "`pullquote model list` shows the models; MODEL=off switches this one off",
            );
        }
    };
    let codes = |is_supported: bool| -> String {
        let such = articles
            .iter()
            .filter(|language| supported.contains(**language) == is_supported);
        let codes: Vec<_> = such.map(|language| language.code()).collect();
        codes.join(", ")
    };
    let works = "the sentence model works";
    match (codes(true), codes(false)) {
        (yes, no) if yes.is_empty() && !no.is_empty() => Finding::ok(
            SUBJECT,
            format!(
                "the sentence model does not support the articles' language ({no}); answering without it. `pullquote model list` \
                 shows other models"
            ),
        ),
        (yes, _) if yes.is_empty() => Finding::ok(SUBJECT, works),
        (yes, no) if no.is_empty() => Finding::ok(SUBJECT, format!("{works} for {yes}")),
        (yes, no) => {
            let message = format!("{works} for {yes}; articles in {no} are searched without it");
            Finding::ok(SUBJECT, message)
        }
    }
}

/// Says that the sentence model is switched off.
pub fn no_model() -> Finding {
    Finding::ok("model", "switched off (MODEL=off)".to_owned())
}

/// Judges the free bytes of the disk that the articles are on.
pub fn disk(free: u64) -> Finding {
    let message = format!("{} MB free", free >> 20);
    if free < LOW_DISK {
        return Finding::warning(
            "disk",
            message,
            "free some space for new articles and the system's log; the bot writes nothing there",
        );
    }
    Finding::ok("disk", message)
}
