//! Reads the bot's settings into a [`Config`], and reports all invalid ones at once.
//!
//! Settings are environment variables; at startup, [`environment::load`] adds those of the file `.env` that are not set yet.
//! Only `KNOWLEDGE_DIR`, also `--knowledge`, is read by the command line itself.
//!
//! - `reader.rs`: one method per kind of setting
//! - `environment.rs`: the environment and `.env`; `env_file.rs`: changes one setting in `.env`
//! - `shards.rs`: which shards a process runs
//! - `secret.rs`: the token and the key of the host's page, which are never printed
//! - `public_key.rs`: the key of Discord's signatures

pub mod env_file;
pub mod environment;
mod public_key;
mod reader;
mod secret;
mod shards;

pub use public_key::{PublicKey, hex};
pub use reader::is_this_machine;
pub use secret::Secret;
pub use shards::{MAX_SHARDS, ShardId, Shards};

use pullquote_cards::Helpers;
use pullquote_core::text::closest;
use pullquote_library::Watch;
use pullquote_model::{EmbeddingModel, ModelStore};
use pullquote_store::Location;
use reader::Reader;
use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The settings that the bot runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The bot's token.
    pub token: Secret,
    /// Base URL that replaces Discord's: on this machine, without a trailing slash. `None` for Discord itself.
    pub api_base: Option<String>,
    /// Ids of the channels, forums, categories and threads where the bot answers without being asked, if it is certain
    /// enough.
    pub auto_answer: BTreeSet<u64>,
    /// Whether the bot reads messages that are not meant for it: to answer some there, or where servers choose.
    pub reads_messages: bool,
    /// Who helps where the articles have no answer.
    pub helpers: Helpers,
    /// Seconds that others have to answer a question before the bot does, which was not asked.
    pub auto_answer_delay: u32,
    /// Whether answers in text channels get a thread of their own.
    pub answer_in_threads: bool,
    /// Ids of the servers where the bot answers; empty for every server.
    pub allowed_servers: BTreeSet<u64>,
    /// The shards that this process runs.
    pub shards: Shards,
    /// Rate and concurrency limits.
    pub limits: Limits,
    /// How changes in the knowledge folder are noticed.
    pub watch: Watch,
    /// How health, metrics and the host's page are served; `None` to serve none of them.
    pub http: Option<HttpServer>,
    /// Where Discord's interactions arrive over HTTP; `None` where they come over the gateway.
    pub interactions: Option<SocketAddr>,
    /// The key with which Discord signs them.
    pub public_key: Option<PublicKey>,
    /// The sentence model, if there is one.
    pub embedding: Option<EmbeddingModel>,
    /// The address of a feed of releases, if the host wants to hear of newer versions.
    pub releases_feed: Option<String>,
    /// Where servers' own articles are kept.
    pub store: StoreSettings,
    /// The file that keeps the gateway sessions over a restart; `None` to begin new ones.
    pub sessions: Option<PathBuf>,
    /// The format of the log.
    pub log_format: LogFormat,
    /// Which events are logged, in the syntax of `RUST_LOG`.
    pub log_filter: String,
}

/// Where servers' own articles are kept, and how much memory their indexes get.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// The place.
    pub location: Location,
    /// Bytes of the indexes that are kept in memory.
    pub index_memory: u64,
    /// Days that questions without an answer are kept; 0 to keep none.
    pub keep_questions: u32,
}

/// How health, metrics and the host's page are served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpServer {
    /// Address and port.
    pub address: SocketAddr,
    /// Names of this machine by which clients reach it, in lower case, besides addresses and `localhost`.
    pub hosts: BTreeSet<String>,
    /// What visitors of the host's page must know. Without it, only those on this machine may see the page.
    pub key: Option<Secret>,
}

/// How many requests the bot accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests per member and minute; 0 for no limit.
    pub member: u32,
    /// Requests per server and minute; 0 for no limit.
    pub server: u32,
    /// Requests processed at the same time, at least 1.
    pub concurrent: u32,
}

/// The format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}

/// An invalid setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSetting {
    /// The variable.
    pub variable: &'static str,
    /// The rest of a sentence that starts with the variable: what is wrong, and how to fix it.
    pub message: String,
}

/// All invalid settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError(pub Vec<InvalidSetting>);

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(out, "1 invalid setting (.env.example describes each):")?,
            many => write!(
                out,
                "{many} invalid settings (.env.example describes each):"
            )?,
        }
        for InvalidSetting { variable, message } in &self.0 {
            write!(out, "\n  {variable} {message}")?;
        }
        Ok(())
    }
}

/// Whether a token is set, valid or not.
pub fn has_token(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    ["DISCORD_TOKEN", "DISCORD_TOKEN_FILE"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.trim().is_empty()))
}

/// Variables whose names are close to a setting's, each with that setting: probably typos.
pub fn misspelt(names: impl Iterator<Item = String>) -> Vec<(String, &'static str)> {
    let lines = include_str!("../../.env.example").lines();
    let settings = lines.filter_map(|line| line.strip_prefix('#')?.split_once('='));
    let settings: Vec<&str> = settings.map(|(name, _)| name).collect();
    names
        .filter_map(|name| closest(&name, settings.iter().copied()).map(|setting| (name, setting)))
        .collect()
}

/// Settings that do nothing, each with the one that they need.
pub fn unused(variable: &dyn Fn(&str) -> Option<String>) -> Vec<(&'static str, &'static str)> {
    const ADDRESS: &str = "HTTP_ADDRESS";
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.trim().is_empty());
    if is_set(ADDRESS) {
        return Vec::new();
    }
    let names = ["HTTP_HOSTS", "HTTP_KEY", "HTTP_KEY_FILE"].into_iter();
    let unused = names.filter(|name| is_set(name));
    unused.map(|name| (name, ADDRESS)).collect()
}

/// The address where health and metrics are served. `None` if it is not set.
///
/// # Errors
///
/// When the setting is not an address with a port.
pub fn http_address(
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<SocketAddr>, ConfigError> {
    let mut reader = Reader::new(variable);
    let address = reader.http_address();
    reader.finish(address)
}

/// The sentence model to use, if there is one.
pub fn embedding(variable: &dyn Fn(&str) -> Option<String>) -> Option<EmbeddingModel> {
    Reader::new(variable).embedding()
}

/// The setting that names a sentence model or switches it off.
pub fn model_setting(variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    Reader::new(variable).model()
}

/// The settings of the store alone.
///
/// # Errors
///
/// If one of them is invalid.
pub fn store(variable: &dyn Fn(&str) -> Option<String>) -> Result<StoreSettings, ConfigError> {
    let mut reader = Reader::new(variable);
    let settings = reader.store();
    reader.finish(settings)
}

/// The folder with what the program keeps.
pub fn data_folder(variable: &dyn Fn(&str) -> Option<String>) -> PathBuf {
    Reader::new(variable).data_folder()
}

/// The address that replaces Discord's, if there is one.
///
/// # Errors
///
/// If it is not an address of this machine.
pub fn api_base(variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<String>, ConfigError> {
    let mut reader = Reader::new(variable);
    let base = reader.api_base(None);
    reader.finish(base)
}

/// The folder of installed models.
pub fn model_store(variable: &dyn Fn(&str) -> Option<String>) -> ModelStore {
    Reader::new(variable).model_store()
}

impl Config {
    /// Reads all settings. `variable` returns the value of an environment variable; `api_base` is the value of
    /// `--api-base`, which takes precedence over `DISCORD_API_BASE`.
    ///
    /// # Errors
    ///
    /// With every invalid setting.
    pub fn read(
        variable: &dyn Fn(&str) -> Option<String>,
        api_base: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(variable);
        let token = reader.token().unwrap_or_default();
        Self::read_with(reader, token, api_base)
    }

    /// Reads all settings but the token, for what does not connect to Discord.
    ///
    /// # Errors
    ///
    /// With every invalid setting.
    pub fn without_token(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        Self::read_with(Reader::new(variable), Secret::default(), None)
    }

    fn read_with(
        mut reader: Reader<'_>,
        token: Secret,
        api_base: Option<&str>,
    ) -> Result<Self, ConfigError> {
        // The order of these calls is the order of the messages.
        let config = Self {
            api_base: reader.api_base(api_base),
            auto_answer: reader.auto_answer(),
            reads_messages: reader.reads_messages(),
            helpers: reader.helpers(),
            auto_answer_delay: reader.auto_answer_delay(),
            store: reader.store(),
            sessions: Some(reader.data_folder().join("sessions.json")),
            answer_in_threads: reader.switch("ANSWER_IN_THREADS"),
            allowed_servers: reader.allowed_servers(),
            shards: reader.shards(),
            limits: reader.limits(),
            watch: reader.choice(
                "KNOWLEDGE_WATCH",
                &[
                    ("auto", Watch::Auto),
                    ("poll", Watch::Poll),
                    ("off", Watch::Off),
                ],
            ),
            http: reader.http(),
            public_key: reader.public_key(),
            interactions: reader.interactions(),
            embedding: reader.embedding(),
            releases_feed: reader.releases_feed(),
            log_format: reader.choice(
                "LOG_FORMAT",
                &[("text", LogFormat::Text), ("json", LogFormat::Json)],
            ),
            log_filter: reader.log_filter(),
            token,
        };
        reader.finish(config)
    }
}

#[cfg(test)]
mod tests;
