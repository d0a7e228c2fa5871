//! What the bot counts, and how that is written for Prometheus.

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use pullquote_core::engine::Engine;
use std::fmt;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Names with their values. None holds what a member wrote.
type Labels<const N: usize> = [(&'static str, String); N];

/// Upper bounds of the buckets for the time from an event to the end of its answer, in seconds. Discord waits
/// for 3 s.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0];
/// Without a connection for so long, something is wrong that time does not heal.
const DEAF: Duration = Duration::from_mins(5);

/// Counters since the start.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels<3>, Counter>,
    seconds: Histogram,
    connections: Family<Labels<1>, Counter>,
    refusals: Family<Labels<1>, Counter>,
    connected: Gauge,
    /// Gateway connections that there should be, and that are open.
    expected: AtomicU32,
    open: AtomicU32,
    articles: Gauge,
    passages: Gauge,
    memory: Gauge,
    start: Instant,
    /// Seconds from the start to when the gateway was last seen connected.
    seen: AtomicU64,
}

/// A gateway connection that is open.
#[derive(Debug)]
pub struct Connected(Arc<Metrics>);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut new = Self {
            registry: Registry::with_prefix("pullquote"),
            requests: Family::default(),
            seconds: Histogram::new(BUCKETS),
            connections: Family::default(),
            refusals: Family::default(),
            connected: Gauge::default(),
            expected: AtomicU32::new(1),
            open: AtomicU32::new(0),
            articles: Gauge::default(),
            passages: Gauge::default(),
            memory: Gauge::default(),
            start: Instant::now(),
            seen: AtomicU64::new(0),
        };
        let all = &mut new.registry;
        all.register(
            "requests",
            "What members asked, by outcome",
            new.requests.clone(),
        );
        all.register(
            "request_seconds",
            "From an event to the end of its answer",
            new.seconds.clone(),
        );
        all.register(
            "connections",
            "Gateway sessions begun and taken up again",
            new.connections.clone(),
        );
        all.register(
            "discord_refusals",
            "Requests that Discord refused, by status; 429 is a rate limit",
            new.refusals.clone(),
        );
        all.register(
            "gateway_connected",
            "Whether every gateway connection is open",
            new.connected.clone(),
        );
        all.register(
            "articles",
            "Articles that can be asked",
            new.articles.clone(),
        );
        all.register("passages", "Passages of them", new.passages.clone());
        all.register(
            "resident_memory_bytes",
            "Memory of the process, where the system tells",
            new.memory.clone(),
        );
        new
    }
}

impl Metrics {
    /// Counts a request that has been answered, or not.
    pub fn request(&self, kind: &str, name: &str, outcome: &str, time: Duration) {
        let labels = [("kind", kind), ("name", name), ("outcome", outcome)];
        let labels = labels.map(|(label, value)| (label, value.to_owned()));
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(time.as_secs_f64());
    }

    /// Counts a session: `begun` or `resumed`.
    pub fn connection(&self, how: &str) {
        self.connections
            .get_or_create(&[("how", how.to_owned())])
            .inc();
    }

    /// Counts a refusal of Discord's.
    pub fn refusal(&self, status: u16) {
        self.refusals
            .get_or_create(&[("status", status.to_string())])
            .inc();
    }

    /// So many gateway connections make a whole.
    pub fn expect_connections(&self, number: u32) {
        self.expected.store(number, Ordering::Relaxed);
    }

    /// A gateway connection is open for as long as this is held.
    pub fn connected(self: &Arc<Self>) -> Connected {
        self.open.fetch_add(1, Ordering::Relaxed);
        Connected(Arc::clone(self))
    }

    /// Whether every gateway connection is open.
    pub fn is_connected(&self) -> bool {
        self.open.load(Ordering::Relaxed) >= self.expected.load(Ordering::Relaxed)
    }

    /// Whether they have all been open within the last minutes, as far as anyone has asked.
    pub fn is_alive(&self) -> bool {
        let now = self.start.elapsed().as_secs();
        if self.is_connected() {
            self.seen.store(now, Ordering::Relaxed);
        }
        now.saturating_sub(self.seen.load(Ordering::Relaxed)) < DEAF.as_secs()
    }

    /// Everything, in the text format of Open Metrics.
    pub fn text(&self, engine: &Engine) -> String {
        let corpus = engine.corpus();
        self.connected.set(i64::from(self.is_connected()));
        self.articles.set(count(corpus.articles().len()));
        self.passages.set(count(corpus.passages().len()));
        self.memory.set(resident().unwrap_or(0));
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Memory of this process in bytes, where the system tells.
fn resident() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}
