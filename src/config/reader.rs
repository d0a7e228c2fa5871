//! Reads settings one after the other and collects what is wrong with them.

use super::{
    ConfigError, HttpServer, InvalidSetting, Limits, PublicKey, Secret, Shards, StoreSettings,
    secret,
};
use pullquote_cards::Helpers;
use pullquote_model::{EmbeddingModel, ModelStore};
use pullquote_store::Location;
use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tracing_subscriber::filter::Targets;
use zeroize::Zeroizing;

/// How to get a token and where to put it.
const GET_TOKEN: &str = "run `pullquote init`, or copy the token from https://discord.com/developers/applications > \
     your application > Bot > Reset Token and put it into `.env` as DISCORD_TOKEN=...";

/// How to get a key.
const GET_KEY: &str = "make one with `openssl rand -hex 32`";

/// The key of Discord's signatures, and where it is.
const PUBLIC_KEY: &str = "DISCORD_PUBLIC_KEY";
const GET_PUBLIC_KEY: &str = "copy it from https://discord.com/developers/applications > your application > General \
     Information > Public Key";

/// Default seconds before the bot answers a question that was not meant for it: a member who knows the answer has begun to
/// write by then, and one who asked still looks at the channel.
const AUTO_ANSWER_DELAY: u32 = 5;
/// The longest: an hour later, nobody waits for the answer.
const MAX_ANSWER_DELAY: u32 = 3_600;
/// The value of `AUTO_ANSWER_CHANNELS` for channels that servers choose.
const SERVERS: &str = "servers";
/// Default requests per member and minute: one per second, faster than anyone reads answers.
const MEMBER_REQUESTS: u32 = 60;
/// Default requests per server and minute: a hundred per second.
const SERVER_REQUESTS: u32 = 6_000;
/// Default requests at the same time. Each one mostly waits for the network.
const CONCURRENT_REQUESTS: u32 = 256;

/// Default megabytes of servers' indexes: those of some five hundred servers of 20 articles.
const INDEX_MEMORY_MB: u32 = 256;
/// Days that questions without an answer are kept.
const KEEP_QUESTIONS_DAYS: u32 = 90;
/// The most of them: ten years.
const MAX_QUESTIONS_DAYS: u32 = 3_650;

/// Reads settings from `variable` and collects problems.
pub(super) struct Reader<'a> {
    variable: &'a dyn Fn(&str) -> Option<String>,
    problems: Vec<InvalidSetting>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(variable: &'a dyn Fn(&str) -> Option<String>) -> Self {
        let problems = Vec::new();
        Self { variable, problems }
    }

    /// `value` if every setting read so far is valid.
    pub(super) fn finish<T>(self, value: T) -> Result<T, ConfigError> {
        if self.problems.is_empty() {
            Ok(value)
        } else {
            Err(ConfigError(self.problems))
        }
    }

    /// The trimmed value of a variable; `None` if it is not set or blank.
    fn get(&self, name: &str) -> Option<String> {
        let value = (self.variable)(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    fn problem(&mut self, variable: &'static str, message: impl Into<String>) {
        let message = message.into();
        self.problems.push(InvalidSetting { variable, message });
    }

    pub(super) fn token(&mut self) -> Option<Secret> {
        const NAMES: [&str; 2] = ["DISCORD_TOKEN", "DISCORD_TOKEN_FILE"];
        if NAMES.iter().all(|name| self.get(name).is_none()) {
            self.problem(NAMES[0], format!("is not set: {GET_TOKEN}"));
        }
        self.secret(NAMES, Secret::token, GET_TOKEN)
    }

    /// A secret that is in a variable, or in the file that another one names. `help` says how to get it.
    fn secret(
        &mut self,
        [variable, file]: [&'static str; 2],
        parse: fn(&str) -> Result<Secret, &'static str>,
        help: &str,
    ) -> Option<Secret> {
        let (name, text) = match (self.get(variable), self.get(file)) {
            (Some(_), Some(_)) => {
                let both = format!("and {file} are both set: remove one of them");
                self.problem(variable, both);
                return None;
            }
            (None, None) => return None,
            (Some(text), None) => (variable, Zeroizing::new(text)),
            (None, Some(path)) => match secret::read_file(Path::new(&path)) {
                Ok(text) => (file, text),
                Err(error) => {
                    let message = format!("names `{path}`, which cannot be read: {error}");
                    self.problem(file, message);
                    return None;
                }
            },
        };
        match parse(&text) {
            Ok(secret) => Some(secret),
            Err(wrong) => {
                self.problem(name, format!("{wrong}: {help}"));
                None
            }
        }
    }

    /// The base URL of the API: `argument` if there is one, or else the setting.
    pub(super) fn api_base(&mut self, argument: Option<&str>) -> Option<String> {
        const NAME: &str = "DISCORD_API_BASE";
        let base = argument.map(str::to_owned).or_else(|| self.get(NAME))?;
        let base = base.trim_end_matches('/');
        if let Err(wrong) = check_base(base) {
            self.problem(NAME, format!("(or --api-base) is `{base}`, {wrong}"));
        }
        Some(base.to_owned())
    }

    /// The address of a feed of releases.
    pub(super) fn releases_feed(&mut self) -> Option<String> {
        const NAME: &str = "RELEASES_FEED";
        let feed = self.get(NAME)?;
        if !feed.starts_with("https://") && !feed.starts_with("http://") {
            self.problem(NAME, format!("is `{feed}`, which is no address: https://…"));
        }
        Some(feed)
    }

    /// Channels; none if servers alone choose some.
    pub(super) fn auto_answer(&mut self) -> BTreeSet<u64> {
        const NAME: &str = "AUTO_ANSWER_CHANNELS";
        if self.get(NAME).as_deref() == Some(SERVERS) {
            return BTreeSet::new();
        }
        self.ids(NAME, "channel", "Channel")
    }

    /// Whether the bot reads messages that are not meant for it.
    pub(super) fn reads_messages(&self) -> bool {
        self.get("AUTO_ANSWER_CHANNELS").is_some()
    }

    pub(super) fn auto_answer_delay(&mut self) -> u32 {
        self.number("AUTO_ANSWER_DELAY", AUTO_ANSWER_DELAY, 0..=MAX_ANSWER_DELAY)
    }

    pub(super) fn allowed_servers(&mut self) -> BTreeSet<u64> {
        self.ids("ALLOWED_SERVERS", "server", "Server")
    }

    pub(super) fn helpers(&mut self) -> Helpers {
        let helpers = Helpers {
            channel: self.single_id("HELPERS_CHANNEL", "channel", "Channel"),
            role: self.single_id("HELPERS_ROLE", "role", "Role"),
            ping: self.switch("HELPERS_PING"),
        };
        if helpers.ping && (helpers.channel.is_none() || helpers.role.is_none()) {
            let message =
                "is on, which needs HELPERS_CHANNEL and HELPERS_ROLE: set both, or remove it";
            self.problem("HELPERS_PING", message);
        }
        helpers
    }

    /// The id of one thing.
    fn single_id(&mut self, name: &'static str, kind: &str, title: &str) -> Option<u64> {
        let ids = self.listed_ids(name, kind, title, "");
        if ids.len() > 1 {
            self.problem(name, format!("contains several ids: keep one {kind}"));
        }
        ids.first().copied()
    }

    /// Ids of a kind of thing, separated by commas. `title` is the kind as Discord's menu writes it.
    fn ids(&mut self, name: &'static str, kind: &str, title: &str) -> BTreeSet<u64> {
        self.listed_ids(name, kind, title, "; separate ids by commas")
    }

    /// [`ids`](Self::ids), with the end of the message about one that is invalid.
    fn listed_ids(
        &mut self,
        name: &'static str,
        kind: &str,
        title: &str,
        end: &str,
    ) -> BTreeSet<u64> {
        let mut ids = BTreeSet::new();
        let list = self.get(name).unwrap_or_default();
        for part in list.split(is_separator).filter(|part| !part.is_empty()) {
            match part.parse() {
                Ok(id) if id > 0 => {
                    ids.insert(id);
                }
                _ => self.problem(
                    name,
                    format!(
                        "contains `{part}`, which is not a {kind} id: in Discord, turn on User Settings > Advanced > \
                         Developer Mode, right-click the {kind} and choose Copy {title} ID{end}"
                    ),
                ),
            }
        }
        ids
    }

    pub(super) fn shards(&mut self) -> Shards {
        let Some(text) = self.get("SHARDS") else {
            return Shards::Auto;
        };
        if text == "shared" && self.get("DATABASE_URL").is_none() {
            let message = "is `shared`, which needs a PostgreSQL database that all processes use: set DATABASE_URL, or use auto \
                           for one process";
            self.problem("SHARDS", message);
        }
        Shards::parse(&text).unwrap_or_else(|| {
            let message = format!(
                "is `{text}`: use auto, shared, a number of shards such as 16, or a part of them such as 0-3/16, at most 200 in \
                 one process"
            );
            self.problem("SHARDS", message);
            Shards::Auto
        })
    }

    pub(super) fn limits(&mut self) -> Limits {
        Limits {
            member: self.number("MEMBER_REQUESTS_PER_MINUTE", MEMBER_REQUESTS, 0..=u32::MAX),
            server: self.number("SERVER_REQUESTS_PER_MINUTE", SERVER_REQUESTS, 0..=u32::MAX),
            concurrent: self.number("CONCURRENT_REQUESTS", CONCURRENT_REQUESTS, 1..=u32::MAX),
        }
    }

    fn number(&mut self, name: &'static str, default: u32, valid: RangeInclusive<u32>) -> u32 {
        let Some(text) = self.get(name) else {
            return default;
        };
        match u32::from_str(&text) {
            Ok(number) if valid.contains(&number) => number,
            _ => {
                let (min, max) = valid.into_inner();
                let message = format!(
                    "is `{text}`: use a whole number from {min} to {max} (default {default})"
                );
                self.problem(name, message);
                default
            }
        }
    }

    pub(super) fn http_address(&mut self) -> Option<SocketAddr> {
        self.address("HTTP_ADDRESS", "127.0.0.1:9090")
    }

    /// Where interactions arrive over HTTP. Without a key, none could be believed.
    pub(super) fn interactions(&mut self) -> Option<SocketAddr> {
        const NAME: &str = "INTERACTIONS_ADDRESS";
        let address = self.address(NAME, "127.0.0.1:8080")?;
        if self.get(PUBLIC_KEY).is_none() {
            self.problem(NAME, format!("needs {PUBLIC_KEY}: {GET_PUBLIC_KEY}"));
        }
        let http = self.get("HTTP_ADDRESS").and_then(|text| text.parse().ok());
        if http.is_some_and(|http| are_same(address, http)) {
            let message = format!("is `{address}`, which HTTP_ADDRESS uses: choose another port");
            self.problem(NAME, message);
        }
        Some(address)
    }

    pub(super) fn public_key(&mut self) -> Option<PublicKey> {
        let text = self.get(PUBLIC_KEY)?;
        let key = PublicKey::parse(&text);
        if key.is_none() {
            let message = format!("is not a key of 64 hexadecimal digits: {GET_PUBLIC_KEY}");
            self.problem(PUBLIC_KEY, message);
        }
        key
    }

    fn address(&mut self, name: &'static str, example: &str) -> Option<SocketAddr> {
        let text = self.get(name)?;
        let address = text.parse().ok();
        if address.is_none() {
            let message =
                format!("is `{text}`: use a numeric address with a port, such as {example}");
            self.problem(name, message);
        }
        address
    }

    pub(super) fn http(&mut self) -> Option<HttpServer> {
        const NAME: &str = "HTTP_HOSTS";
        let list = self.get(NAME).unwrap_or_default();
        let mut hosts = BTreeSet::new();
        for part in list.split(is_separator).filter(|part| !part.is_empty()) {
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-._".contains(letter);
            if part.chars().all(is_name) {
                hosts.insert(part.to_lowercase());
            } else {
                let message = format!(
                    "contains `{part}`, which is not a host name: use names without scheme and port, such as \
                     bot.example.org; separate them by commas"
                );
                self.problem(NAME, message);
            }
        }
        let key = self.secret(["HTTP_KEY", "HTTP_KEY_FILE"], Secret::key, GET_KEY);
        let address = self.http_address()?;
        Some(HttpServer {
            address,
            hosts,
            key,
        })
    }

    /// The setting that names a sentence model, or switches it off. It was once called `EMBEDDING_MODEL`.
    pub(super) fn model(&self) -> Option<String> {
        self.get("MODEL").or_else(|| self.get("EMBEDDING_MODEL"))
    }

    /// The installed models.
    pub(super) fn model_store(&self) -> ModelStore {
        ModelStore::new(self.data_folder())
    }

    /// Where servers' own articles are kept: in `PostgreSQL`, if it is named, or in the data folder.
    pub(super) fn store(&mut self) -> StoreSettings {
        const ADDRESS: &str = "DATABASE_URL";
        let location = match self.get(ADDRESS) {
            None => Location::Folder(self.data_folder()),
            Some(address) => {
                let schemes = ["postgres://", "postgresql://"];
                if !schemes.iter().any(|scheme| address.starts_with(scheme)) {
                    // It may contain a password, so it is not repeated.
                    let message = "is not the address of a PostgreSQL database: use postgres://USER:PASSWORD@HOST/NAME, or \
                                   leave it out to use a file in DATA_DIR";
                    self.problem(ADDRESS, message);
                }
                Location::Postgres(address)
            }
        };
        let megabytes = self.number("INDEX_MEMORY_MB", INDEX_MEMORY_MB, 1..=u32::MAX);
        StoreSettings {
            location,
            index_memory: u64::from(megabytes) << 20,
            keep_questions: self.number(
                "KEEP_QUESTIONS_DAYS",
                KEEP_QUESTIONS_DAYS,
                0..=MAX_QUESTIONS_DAYS,
            ),
        }
    }

    pub(super) fn data_folder(&self) -> PathBuf {
        let data = self.get("DATA_DIR").map(PathBuf::from);
        data.unwrap_or_else(|| self.user_data())
    }

    /// The user's folder for data; `data` in the current folder if the environment names none, as for services.
    fn user_data(&self) -> PathBuf {
        let set = |name: &str| self.get(name).map(PathBuf::from);
        let shared = set("XDG_DATA_HOME").or_else(|| Some(set("HOME")?.join(".local/share")));
        let shared = shared.or_else(|| set("LOCALAPPDATA"));
        shared.map_or_else(|| PathBuf::from("data"), |shared| shared.join("pullquote"))
    }

    /// The sentence model to use; `None` if it is switched off.
    pub(super) fn embedding(&self) -> Option<EmbeddingModel> {
        let setting = self.model();
        if setting.as_deref().is_some_and(is_off) {
            return None;
        }
        let mut model = self.model_store().find(setting.as_deref());
        // Before there was a data folder, the cache had a setting of its own.
        if let Some(vectors) = self.get("EMBEDDING_VECTORS") {
            model.vectors = PathBuf::from(vectors);
        }
        Some(model)
    }

    /// Whether something is on; off if the setting is not set.
    pub(super) fn switch(&mut self, name: &'static str) -> bool {
        self.choice(
            name,
            &[
                ("no", false),
                ("yes", true),
                ("false", false),
                ("true", true),
            ],
        )
    }

    /// One of several words; the first one if the setting is not set.
    pub(super) fn choice<T: Copy, const N: usize>(
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
            let message = format!("is `{text}`: use {}", words.join(" or "));
            self.problem(name, message);
        }
        known.unwrap_or(&choices[0]).1
    }

    pub(super) fn log_filter(&mut self) -> String {
        let level = self.get("LOG_LEVEL").unwrap_or("info".to_owned());
        let level = level.to_lowercase();
        if !["off", "error", "warn", "info", "debug", "trace"].contains(&level.as_str()) {
            let message =
                format!("is `{level}`: use `off`, `error`, `warn`, `info`, `debug` or `trace`");
            self.problem("LOG_LEVEL", message);
        }
        let Some(filter) = self.get("RUST_LOG") else {
            // Libraries log only what fails.
            let others = if level == "off" { "off" } else { "error" };
            return format!("{others},pullquote={level}");
        };
        if let Err(error) = filter.parse::<Targets>() {
            self.problem("RUST_LOG", format!("is `{filter}`: {error}"));
        }
        filter
    }
}

/// Whether two servers could not listen at both addresses. Port 0 stands for any that is free.
fn are_same(one: SocketAddr, other: SocketAddr) -> bool {
    let is_everywhere = one.ip().is_unspecified() || other.ip().is_unspecified();
    one.port() != 0 && one.port() == other.port() && (is_everywhere || one.ip() == other.ip())
}

/// Whether a value of `MODEL` means that no model is used.
fn is_off(setting: &str) -> bool {
    setting.eq_ignore_ascii_case("off")
}

/// Whether a character separates the items of a list.
fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || letter == ','
}

/// Whether the host of a URL is this machine: `localhost` or a loopback address.
pub fn is_this_machine(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Whether a URL may replace Discord's. It must stay on this machine, because plain HTTP does not encrypt the token.
fn check_base(base: &str) -> Result<(), &'static str> {
    let Ok(url) = reqwest::Url::parse(base) else {
        return Err("which is not a URL: use one like http://127.0.0.1:8080");
    };
    if !is_this_machine(base) {
        return Err(
            "which is not on this machine: only URLs like http://127.0.0.1:8080 are allowed, because the token would \
             be sent unencrypted. Unset it to use Discord",
        );
    }
    let plain = url.path() == "/" && url.query().is_none() && url.username().is_empty();
    if url.scheme() != "http" || !plain || url.password().is_some() {
        return Err("which is not of the form http://127.0.0.1:8080");
    }
    Ok(())
}
