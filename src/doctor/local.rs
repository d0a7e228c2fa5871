//! Checks of this machine: settings, articles, sentence model, disk.

use super::{Finding, FindingStatus};
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
    let is_token = |setting: &InvalidSetting| setting.variable.starts_with("DISCORD_TOKEN");
    // Once, behind the last of them: it is the same for all.
    let last = invalid.iter().rposition(|setting| !is_token(setting));
    let finding = |(at, setting): (usize, &InvalidSetting)| {
        let remedy = if is_token(setting) {
            Some("`pullquote init` asks for the token and checks it")
        } else {
            let everywhere = "correct it in `.env`; `.env.example` describes every setting";
            (Some(at) == last).then_some(everywhere)
        };
        Finding {
            subject: "settings",
            status: FindingStatus::Error,
            message: format!("{} {}", setting.variable, setting.message),
            remedy: remedy.map(str::to_owned),
        }
    };
    invalid.iter().enumerate().map(finding).collect()
}

/// Says that the file `.env` cannot be used, so that its settings are missing.
pub fn broken_env_file(error: &str) -> Finding {
    let remedy = "correct the file: until then, no other command runs, and the settings below may be missing for that reason";
    Finding::error("settings", error, remedy)
}

/// Says that there is a folder where the file `.env` is expected.
pub fn env_folder(path: &str) -> Finding {
    Finding::warning(
        "settings",
        format!("`{path}` is a folder, so no settings are read from it"),
        format!("remove it if it is empty, and write the settings into a file `{path}`"),
    )
}

/// Warns about settings that do nothing, each given with the one that they need.
pub fn unused(names: &[(&str, &str)]) -> Vec<Finding> {
    let finding = |(name, needed): &(&str, &str)| {
        let message = format!("{name} does nothing without {needed}");
        Finding::warning(
            "settings",
            message,
            format!("set {needed}, or remove {name}"),
        )
    };
    names.iter().map(finding).collect()
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

/// Judges a data folder that cannot be written: `place` is the part of its path where that fails. It is a folder if
/// only rights are missing.
pub fn unwritable_data(folder: &str, place: &str, error: &str, is_folder: bool) -> Finding {
    let remedy = if is_folder {
        // Not on `place`, which may be the root of the disk.
        format!(
            "as the user that runs the bot: `sudo mkdir -p {folder} && sudo chown -R $USER {folder} && chmod u+rwx {folder}`; or set \
             DATA_DIR to another folder"
        )
    } else {
        "set DATA_DIR to a folder that the bot can write to".to_owned()
    };
    let message = format!("cannot write to the data folder `{folder}`: `{place}`: {error}");
    Finding::error("data", message, remedy)
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
