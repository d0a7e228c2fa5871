//! Gateway sessions over a restart. What the bot needs to resume them is written to a file when it is told to stop, and taken by
//! its next start: Discord then sends what was missed, and no new session is spent.
//!
//! The file is beside the database, not in it: a bot that keeps nothing else gets no database for it, and one whose database is
//! away resumes all the same. A resumed session does not describe the servers again, so what the bot knows of them is kept, too.

use crate::bot::bot::Bot;
use crate::bot::error::error_chain;
use crate::bot::gateway::Session;
use crate::bot::requests::channels::KnownChannels;
use crate::bot::requests::moderators::KnownModerators;
use crate::bot::requests::servers::KeptServer;
use crate::config::{Config, ShardId};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};
use tracing::{debug, warn};

/// How long Discord is expected to keep a session without a connection.
const VALID: Duration = Duration::from_mins(2);

/// The sessions of a process that has stopped, and what it knew.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct KeptSessions {
    /// Whose they are: see [`fingerprint`].
    of: u64,
    at: SystemTime,
    /// The bot's ids as a user and as an application.
    user: u64,
    application: u64,
    sessions: Vec<(ShardId, Session)>,
    servers: BTreeMap<u64, KeptServer>,
    channels: BTreeMap<u64, KnownChannels>,
    moderators: BTreeMap<u64, KnownModerators>,
}

impl KeptSessions {
    /// What a bot that stops has to keep; `None` if it was never connected.
    pub(crate) fn new(bot: &Bot, sessions: Vec<(ShardId, Session)>) -> Option<Self> {
        let kept = Self::of_servers(bot, |_| true)?;
        let at = bot.network.now();
        Some(Self {
            at,
            sessions,
            ..kept
        })
    }

    /// What another process needs to go on with a shard: always the same bytes, as long as nothing changes. Its session is noted
    /// apart, and more often.
    pub(crate) fn of_shard(bot: &Bot, shard: ShardId) -> Option<Vec<u8>> {
        let serves = |server| shard.serves(Some(server));
        serde_json::to_vec(&Self::of_servers(bot, serves)?).ok()
    }

    fn of_servers(bot: &Bot, of: impl Fn(u64) -> bool) -> Option<Self> {
        let (user, application) = bot.identity.ids()?;
        Some(Self {
            of: fingerprint(&bot.config),
            at: SystemTime::UNIX_EPOCH,
            user,
            application,
            sessions: Vec::new(),
            servers: bot.servers.kept(&of),
            channels: bot.servers.channels.known(&of),
            moderators: bot.servers.moderators.known(&of),
        })
    }

    /// Gives the bot what another process knew of a shard's servers. `false` if that was a bot with other settings, whose session
    /// must not be resumed.
    pub(crate) fn restore_shard(bot: &Bot, known: &[u8]) -> bool {
        let kept = serde_json::from_slice::<Self>(known).ok();
        let Some(kept) = kept.filter(|kept| kept.of == fingerprint(&bot.config)) else {
            return false;
        };
        kept.restore(bot);
        true
    }

    /// Writes them where the next start finds them.
    pub(crate) fn write(&self, config: &Config) {
        let Some(path) = &config.sessions else {
            return;
        };
        if self.sessions.is_empty() {
            return;
        }
        if let Err(error) = write(path, self) {
            let path = path.display();
            warn!(
                "cannot keep the gateway sessions in {path}: {}",
                error_chain(&error)
            );
        }
    }

    /// Takes those of the process before, if Discord still has them. Of two processes, one gets them.
    pub(crate) fn take(config: &Config, now: SystemTime) -> Option<Self> {
        let path = config.sessions.as_ref()?;
        let text = fs::read(path).ok()?;
        fs::remove_file(path).ok()?;
        let kept: Self = serde_json::from_slice(&text)
            .inspect_err(|error| debug!("unreadable gateway sessions: {error}"))
            .ok()?;
        let age = now.duration_since(kept.at).ok()?;
        (age <= VALID && kept.of == fingerprint(config)).then_some(kept)
    }

    /// Gives the bot what it knew, and returns the sessions.
    pub(crate) fn restore(self, bot: &Bot) -> HashMap<ShardId, Session> {
        bot.identity.learn(self.user, self.application);
        bot.servers.restore(self.servers);
        bot.servers.channels.restore(self.channels);
        bot.servers.moderators.restore(self.moderators);
        self.sessions.into_iter().collect()
    }
}

/// The bot, and the settings that decide what it has to know of servers. Neither can be read from it. The next version of the program
/// must find the same.
fn fingerprint(config: &Config) -> u64 {
    let Config {
        token,
        api_base,
        auto_answer,
        reads_messages,
        helpers,
        allowed_servers,
        ..
    } = config;
    let of = (token.expose(), api_base, allowed_servers);
    let settings = (auto_answer, reads_messages, helpers.channel, helpers.role);
    let text = json!([of, settings]).to_string();
    let hash = digest(&SHA256, text.as_bytes());
    let start = hash.as_ref().iter().take(size_of::<u64>());
    start.fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// For the bot alone.
fn write(path: &Path, kept: &KeptSessions) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(&serde_json::to_vec(kept)?)
}

#[cfg(test)]
mod tests {
    use super::{KeptSessions, VALID, fingerprint};
    use crate::bot::gateway::Session;
    use crate::config::{Config, ShardId};
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    fn config(folder: &Path, more: &[(&str, &str)]) -> Config {
        let variable = |name: &str| match name {
            "DISCORD_TOKEN" => {
                Some("MTIwMDAwMDAwMDAwMDAwMDAwMQ.for.tests-only-000000000000000000000".to_owned())
            }
            "DATA_DIR" => Some(folder.display().to_string()),
            _ => more
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned()),
        };
        Config::read(&variable, None).unwrap()
    }

    fn kept(config: &Config, at: SystemTime) -> KeptSessions {
        let session = Session {
            id: "session".to_owned(),
            sequence: 7,
            url: Some("wss://gateway".to_owned()),
        };
        let shard = ShardId {
            number: 0,
            total: 1,
        };
        KeptSessions {
            of: fingerprint(config),
            at,
            user: 1,
            application: 2,
            sessions: vec![(shard, session)],
            servers: BTreeMap::new(),
            channels: BTreeMap::new(),
            moderators: BTreeMap::new(),
        }
    }

    #[test]
    fn sessions_are_taken_once_in_time_by_the_same_bot() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let config = config(&data, &[]);
        let now = SystemTime::now();
        assert!(KeptSessions::take(&config, now).is_none());
        kept(&config, now).write(&config);
        let taken = KeptSessions::take(&config, now + VALID).unwrap();
        assert_eq!(taken.sessions[0].1.sequence, 7);
        assert!(KeptSessions::take(&config, now).is_none(), "taken once");

        let late = now + VALID + Duration::from_secs(1);
        let early = now - Duration::from_secs(1);
        for other in [late, early] {
            kept(&config, now).write(&config);
            assert!(KeptSessions::take(&config, other).is_none());
            assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "it is deleted");
        }
    }

    #[test]
    fn other_settings_need_another_session() {
        let folder = tempfile::tempdir().unwrap();
        let before = config(folder.path(), &[]);
        let now = SystemTime::now();
        for (name, value) in [
            ("AUTO_ANSWER_CHANNELS", "7"),
            ("ALLOWED_SERVERS", "7"),
            ("HELPERS_CHANNEL", "7"),
            ("DISCORD_API_BASE", "http://127.0.0.1:1"),
        ] {
            kept(&before, now).write(&before);
            let after = config(folder.path(), &[(name, value)]);
            assert!(KeptSessions::take(&after, now).is_none(), "{name}");
        }
        kept(&before, now).write(&before);
        let after = config(folder.path(), &[("LOG_LEVEL", "debug")]);
        assert!(KeptSessions::take(&after, now).is_some());
    }

    #[test]
    fn every_version_of_the_program_knows_the_sessions_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let more = [("HELPERS_CHANNEL", "7"), ("ALLOWED_SERVERS", "8,9")];
        let of = fingerprint(&config(folder.path(), &more));
        assert_eq!(of, 7_268_179_671_866_829_707);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path(), &[]);
        let now = SystemTime::now();
        kept(&config, now).write(&config);
        let path = config.sessions.clone().unwrap();
        let text = fs::read(&path).unwrap();
        for end in 0..text.len() {
            fs::write(&path, &text[..end]).unwrap();
            assert!(KeptSessions::take(&config, now).is_none());
        }
    }
}
