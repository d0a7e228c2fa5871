//! Settings as typed -> [`Config`]. Every problem is found before anything is said, each named by its
//! variable and with the way out.
//!
//! There is one way in: environment variables, among which the program's start has put those of a file
//! `.env` that are not there already. `--knowledge` and `KNOWLEDGE_DIR` are told by the command line itself.

pub mod env_file;
mod secret;

pub use secret::Secret;

use pullquote_core::text::closest;
use pullquote_library::Watch;
use pullquote_model::EmbeddingModel;
use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tracing_subscriber::filter::Targets;

/// What the bot needs to know to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its key to Discord.
    pub token: Secret,
    /// Where Discord is, if not where it always is: an address of this machine, without a slash at its end.
    pub api_base: Option<String>,
    /// Channels where it answers without being asked, when it is sure.
    pub auto_answer: BTreeSet<u64>,
    /// How much it takes on.
    pub limits: Limits,
    /// How changes in the knowledge folder are noticed.
    pub watch: Watch,
    /// Where health and metrics are told, if anywhere.
    pub http_address: Option<SocketAddr>,
    /// A sentence model that helps to answer, if any.
    pub embedding: Option<EmbeddingModel>,
    /// How the log looks.
    pub log_format: LogFormat,
    /// What the log tells, as `RUST_LOG` puts it.
    pub log_filter: String,
}

/// How much the bot takes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests of one member in a minute; 0 for no limit.
    pub member: u32,
    /// Requests from one server in a minute; 0 for no limit.
    pub server: u32,
    /// Requests that are worked on at the same time.
    pub concurrent: u32,
}

/// How the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// An object a line, for programs.
    Json,
}

/// What is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable.
    pub variable: &'static str,
    /// What is wrong with it, and the way out.
    pub message: String,
}

/// Why there is no [`Config`]: everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(out, "a setting needs mending (see .env.example):")?,
            many => write!(out, "{many} settings need mending (see .env.example):")?,
        }
        for Problem { variable, message } in &self.0 {
            write!(out, "\n  {variable} {message}")?;
        }
        Ok(())
    }
}

/// Where to get a token.
const GET_TOKEN: &str = "on https://discord.com/developers/applications choose the application, then Bot > Reset Token, \
     and put the token into `.env` as DISCORD_TOKEN=...";

/// Where vectors are kept in the model's folder, unless `EMBEDDING_VECTORS` says otherwise.
const VECTORS: &str = "pullquote.vectors";

/// Requests of one member in a minute: one a second, more than anybody can read.
const MEMBER: u32 = 60;
/// Requests from one server in a minute: a hundred a second.
const SERVER: u32 = 6_000;
/// Requests at the same time; each waits for the network most of its time.
const CONCURRENT: u32 = 256;

/// Whether a token is set at all, sound or not.
pub fn has_token(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    ["DISCORD_TOKEN", "DISCORD_TOKEN_FILE"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.trim().is_empty()))
}

/// Variables that are no setting but nearly have the name of one, with that name.
pub fn misspelt(names: impl Iterator<Item = String>) -> Vec<(String, &'static str)> {
    let lines = include_str!("../.env.example").lines();
    let settings = lines.filter_map(|line| line.strip_prefix('#')?.split_once('='));
    let settings: Vec<&str> = settings.map(|(name, _)| name).collect();
    names
        .filter_map(|name| closest(&name, settings.iter().copied()).map(|setting| (name, setting)))
        .collect()
}

/// Where a bot with these settings tells how it is.
///
/// # Errors
///
/// When that is no address.
pub fn http_address(
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<SocketAddr>, Problems> {
    let mut reader = Reader::new(variable);
    let address = reader.http_address();
    reader.end(address)
}

/// The sentence model that is to help, if any.
pub fn embedding(variable: &dyn Fn(&str) -> Option<String>) -> Option<EmbeddingModel> {
    Reader::new(variable).embedding()
}

impl Config {
    /// Reads the settings. `variable` gives the value of an environment variable; `api_base` is what the
    /// command line says of it, which wins.
    ///
    /// # Errors
    ///
    /// With all that is wrong.
    pub fn read(
        variable: &dyn Fn(&str) -> Option<String>,
        api_base: Option<&str>,
    ) -> Result<Self, Problems> {
        let mut reader = Reader::new(variable);
        let token = reader.token();
        let api_base = api_base.map(str::to_owned);
        let config = Self {
            api_base: reader.api_base(api_base),
            auto_answer: reader.auto_answer(),
            limits: Limits {
                member: reader.number("MEMBER_REQUESTS_PER_MINUTE", MEMBER, 0),
                server: reader.number("SERVER_REQUESTS_PER_MINUTE", SERVER, 0),
                concurrent: reader.number("CONCURRENT_REQUESTS", CONCURRENT, 1),
            },
            watch: reader.choice(
                "KNOWLEDGE_WATCH",
                &[
                    ("auto", Watch::Auto),
                    ("poll", Watch::Poll),
                    ("off", Watch::Off),
                ],
            ),
            http_address: reader.http_address(),
            embedding: reader.embedding(),
            log_format: reader.choice(
                "LOG_FORMAT",
                &[("text", LogFormat::Text), ("json", LogFormat::Json)],
            ),
            log_filter: reader.log_filter(),
            token: token.unwrap_or_default(),
        };
        reader.end(config)
    }
}

/// Reads one setting after the other and keeps what is wrong.
struct Reader<'a> {
    variable: &'a dyn Fn(&str) -> Option<String>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn new(variable: &'a dyn Fn(&str) -> Option<String>) -> Self {
        let problems = Vec::new();
        Self { variable, problems }
    }

    /// What was read, unless something is wrong.
    fn end<T>(self, read: T) -> Result<T, Problems> {
        if self.problems.is_empty() {
            Ok(read)
        } else {
            Err(Problems(self.problems))
        }
    }

    /// What a variable says; blank is nothing.
    fn get(&self, name: &str) -> Option<String> {
        let value = (self.variable)(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    fn problem(&mut self, variable: &'static str, message: impl Into<String>) {
        let message = message.into();
        self.problems.push(Problem { variable, message });
    }

    fn token(&mut self) -> Option<Secret> {
        let (name, text) = match (self.get("DISCORD_TOKEN"), self.get("DISCORD_TOKEN_FILE")) {
            (Some(_), Some(_)) => {
                let both = "and DISCORD_TOKEN_FILE are both set: remove one of them";
                self.problem("DISCORD_TOKEN", both);
                return None;
            }
            (None, None) => {
                self.problem("DISCORD_TOKEN", format!("is not set: {GET_TOKEN}"));
                return None;
            }
            (Some(token), None) => ("DISCORD_TOKEN", token),
            (None, Some(path)) => match secret::read_file(Path::new(&path)) {
                Ok(token) => ("DISCORD_TOKEN_FILE", token),
                Err(error) => {
                    let message = format!("names `{path}`, which cannot be read: {error}");
                    self.problem("DISCORD_TOKEN_FILE", message);
                    return None;
                }
            },
        };
        match Secret::token(&text) {
            Ok(token) => Some(token),
            Err(wrong) => {
                self.problem(name, format!("{wrong}: {GET_TOKEN}"));
                None
            }
        }
    }

    fn api_base(&mut self, told: Option<String>) -> Option<String> {
        const NAME: &str = "DISCORD_API_BASE";
        let base = told.or_else(|| self.get(NAME))?;
        let base = base.trim_end_matches('/');
        if let Err(wrong) = check_base(base) {
            self.problem(NAME, format!("(or --api-base) is `{base}`, {wrong}"));
        }
        Some(base.to_owned())
    }

    fn auto_answer(&mut self) -> BTreeSet<u64> {
        const NAME: &str = "AUTO_ANSWER_CHANNELS";
        let mut ids = BTreeSet::new();
        let list = self.get(NAME).unwrap_or_default();
        let odd = |letter: char| letter.is_whitespace() || letter == ',';
        for part in list.split(odd).filter(|part| !part.is_empty()) {
            match part.parse() {
                Ok(id) if id > 0 => {
                    ids.insert(id);
                }
                _ => self.problem(
                    NAME,
                    format!(
                        "holds `{part}`, which is no channel id: switch on Discord's Developer Mode \
                         (Settings > Advanced), then right-click a channel > Copy Channel ID; separate ids by commas"
                    ),
                ),
            }
        }
        ids
    }

    fn number(&mut self, name: &'static str, default: u32, least: u32) -> u32 {
        let Some(text) = self.get(name) else {
            return default;
        };
        match u32::from_str(&text) {
            Ok(number) if number >= least => number,
            _ => {
                let message = format!(
                    "is `{text}`: it takes a whole number from {least} on (default {default})"
                );
                self.problem(name, message);
                default
            }
        }
    }

    fn http_address(&mut self) -> Option<SocketAddr> {
        let text = self.get("HTTP_ADDRESS")?;
        let address = text.parse().ok();
        if address.is_none() {
            let message =
                format!("is `{text}`: it takes a numeric address with a port, like 127.0.0.1:9090");
            self.problem("HTTP_ADDRESS", message);
        }
        address
    }

    fn embedding(&self) -> Option<EmbeddingModel> {
        let folder = PathBuf::from(self.get("EMBEDDING_MODEL")?);
        let vectors = self.get("EMBEDDING_VECTORS").map(PathBuf::from);
        Some(EmbeddingModel {
            vectors: vectors.unwrap_or_else(|| folder.join(VECTORS)),
            folder,
        })
    }

    /// One of some words; the first where nothing is said.
    fn choice<T: Copy, const N: usize>(
        &mut self,
        name: &'static str,
        choices: &[(&str, T); N],
    ) -> T {
        const { assert!(N > 0) }
        let text = self.get(name).unwrap_or_default().to_lowercase();
        let known = choices.iter().find(|(word, _)| *word == text);
        if known.is_none() && !text.is_empty() {
            let words: Vec<_> = choices
                .iter()
                .map(|(word, _)| format!("`{word}`"))
                .collect();
            let message = format!("is `{text}`: it takes {}", words.join(" or "));
            self.problem(name, message);
        }
        known.unwrap_or(&choices[0]).1
    }

    fn log_filter(&mut self) -> String {
        let level = self.get("LOG_LEVEL").unwrap_or("info".to_owned());
        let level = level.to_lowercase();
        if !["off", "error", "warn", "info", "debug", "trace"].contains(&level.as_str()) {
            let message =
                format!("is `{level}`: it takes `error`, `warn`, `info`, `debug` or `trace`");
            self.problem("LOG_LEVEL", message);
        }
        let Some(filter) = self.get("RUST_LOG") else {
            // Others have a say only where something goes wrong.
            let others = if level == "off" { "off" } else { "error" };
            return format!("{others},pullquote={level}");
        };
        if let Err(error) = filter.parse::<Targets>() {
            self.problem("RUST_LOG", format!("is `{filter}`: {error}"));
        }
        filter
    }
}

/// Whether an address leads to the machine that the program runs on.
pub fn is_this_machine(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Whether an address may stand in Discord's place: over http, the token travels in clear.
fn check_base(base: &str) -> Result<(), &'static str> {
    let Ok(url) = reqwest::Url::parse(base) else {
        return Err("which is no address: it looks like http://127.0.0.1:8080");
    };
    if !is_this_machine(base) {
        return Err(
            "which is not this machine: only http://127.0.0.1:PORT and the like are taken, since the token would \
             travel there in clear; without the setting the bot talks to Discord",
        );
    }
    let plain = url.path() == "/" && url.query().is_none() && url.username().is_empty();
    if url.scheme() != "http" || !plain || url.password().is_some() {
        return Err("which is not of the form http://127.0.0.1:8080");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
