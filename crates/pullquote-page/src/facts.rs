//! What the page is about.

use crate::finding::Finding;
use pullquote_insights::Day;
use serde::Serialize;

/// How the bot is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    /// The program's version.
    pub version: &'static str,
    /// Seconds since it started.
    pub uptime_seconds: u64,
    /// Whether this is the demo, which has no connection to Discord.
    pub is_demo: bool,
    /// Whether every connection to Discord is open.
    pub is_connected: bool,
    /// Its connections to Discord.
    pub shards: Vec<Shard>,
    /// Sessions begun and resumed since the start.
    pub sessions: [u64; 2],
    /// How long the last requests took; `None` before the first.
    pub timing: Option<Timing>,
    /// Resident memory; `None` where the system does not say.
    pub memory_bytes: Option<u64>,
    /// Number of articles.
    pub articles: usize,
    /// Number of their passages.
    pub passages: usize,
    /// When the articles last changed.
    pub reload: Reload,
    /// What was asked.
    pub questions: Questions,
    /// The backups of what servers have added.
    pub backup: Backup,
    /// What the doctor says of this machine.
    pub findings: Vec<Finding>,
}

/// A connection to Discord.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shard {
    /// Its number and how many there are: `0/1`.
    pub id: String,
    /// Whether it is open.
    pub is_open: bool,
    /// Seconds since it was opened or lost; `None` if it never was open.
    pub since_seconds: Option<u64>,
    /// Milliseconds until Discord acknowledged its last heartbeat.
    pub latency_ms: Option<u64>,
}

/// How long requests took, from the event to the end of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timing {
    /// How many of the last requests this is about.
    pub requests: usize,
    /// Half of them took no longer, in milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 took no longer, in milliseconds.
    pub p99_ms: f64,
}

/// When the articles last changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reload {
    /// Seconds since then.
    pub seconds: u64,
    /// What changed, in a sentence.
    pub changes: String,
    /// Why the last attempt to read them failed; `None` if it did not.
    pub failure: Option<String>,
}

/// What was asked in all servers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Questions {
    /// A setting says that nothing is counted.
    NotCounted,
    /// The store cannot be used, for a reason.
    Unavailable(String),
    /// The last days, oldest first. The last one is today.
    Days(Vec<Day>),
}

/// The backups of what servers have added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Backup {
    /// There is nothing to back up.
    Nothing,
    /// `PostgreSQL` has its own.
    Elsewhere,
    /// None yet.
    None,
    /// Seconds since the last one.
    Seconds(u64),
}
