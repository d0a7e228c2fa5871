//! Counters and gauges, and their text for Prometheus.

use crate::config::ShardId;
use crate::lock::lock;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use pullquote_cards::RatingCounts;
use pullquote_core::engine::Engine;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// Names and values of a metric's labels. None contains text from members.
type Labels<const N: usize> = [(&'static str, String); N];

/// Upper bounds of the buckets of `request_seconds`, in seconds. Discord drops an interaction after 3 s.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0];
/// The bot counts as alive for this long without a connection; after that, waiting is unlikely to help.
const MAX_DISCONNECTED: Duration = Duration::from_mins(5);

/// Requests whose times are remembered one by one.
const LAST: usize = 1_000;

/// Metrics since the program started.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels<3>, Counter>,
    seconds: Histogram,
    connections: Family<Labels<1>, Counter>,
    refusals: Family<Labels<1>, Counter>,
    http_interactions: Family<Labels<1>, Counter>,
    ratings: Family<Labels<1>, Gauge>,
    not_counted: Counter,
    connected: Gauge,
    shard_connected: Family<Labels<1>, Gauge>,
    shard_latency: Family<Labels<1>, Gauge<f64, AtomicU64>>,
    processes: Gauge,
    connections_open: Mutex<Connections>,
    /// How long the last [`LAST`] requests took.
    last: Mutex<VecDeque<Duration>>,
    articles: Gauge,
    passages: Gauge,
    memory: Gauge,
    start: Instant,
    /// Seconds from `start` to when [`Metrics::is_alive`] last found every connection open.
    last_connected: AtomicU64,
}

/// Which gateway connections should be open, and which are.
#[derive(Default)]
struct Connections {
    /// `None` before it is known.
    expected: Option<BTreeSet<ShardId>>,
    open: BTreeSet<ShardId>,
    /// When each was last opened or lost.
    since: BTreeMap<ShardId, Instant>,
}

/// A gateway connection, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShardState {
    /// Which one.
    pub shard: ShardId,
    /// Whether it is open.
    pub is_open: bool,
    /// How long it has been so; `None` if it never was open.
    pub since: Option<Duration>,
    /// How long Discord took to acknowledge its last heartbeat.
    pub latency: Option<Duration>,
}

/// Counts a gateway connection as open until it is dropped.
#[derive(Debug)]
pub struct ConnectionGuard {
    metrics: Arc<Metrics>,
    shard: ShardId,
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.metrics.set_open(self.shard, false);
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
            http_interactions: Family::default(),
            ratings: Family::default(),
            not_counted: Counter::default(),
            connected: Gauge::default(),
            shard_connected: Family::default(),
            shard_latency: Family::default(),
            processes: Gauge::default(),
            connections_open: Mutex::default(),
            last: Mutex::default(),
            articles: Gauge::default(),
            passages: Gauge::default(),
            memory: Gauge::default(),
            start: Instant::now(),
            last_connected: AtomicU64::new(0),
        };
        new.register();
        new.register_connections();
        new
    }
}

impl Metrics {
    fn register(&mut self) {
        let all = &mut self.registry;
        all.register(
            "requests",
            "Requests from members, by outcome",
            self.requests.clone(),
        );
        all.register(
            "request_seconds",
            "Seconds from an event to the end of its answer",
            self.seconds.clone(),
        );
        all.register(
            "discord_refusals",
            "Requests that Discord rejected, by status; 429 is a rate limit",
            self.refusals.clone(),
        );
        all.register(
            "http_interactions",
            "Requests to the interactions endpoint, by result; refused ones were not signed by Discord",
            self.http_interactions.clone(),
        );
        all.register(
            "ratings",
            "Answers that members rated, a member and passage once",
            self.ratings.clone(),
        );
        all.register(
            "questions_not_counted",
            "Questions without an answer that were not counted, because there were too many",
            self.not_counted.clone(),
        );
        all.register("articles", "Articles loaded", self.articles.clone());
        all.register(
            "passages",
            "Passages of the articles",
            self.passages.clone(),
        );
        all.register(
            "resident_memory_bytes",
            "Resident memory of the process, on Linux",
            self.memory.clone(),
        );
    }

    fn register_connections(&mut self) {
        let all = &mut self.registry;
        all.register(
            "connections",
            "Gateway sessions begun and resumed",
            self.connections.clone(),
        );
        all.register(
            "gateway_connected",
            "Whether every gateway connection is open",
            self.connected.clone(),
        );
        all.register(
            "shard_connected",
            "Whether the gateway connection of a shard is open",
            self.shard_connected.clone(),
        );
        all.register(
            "shard_latency_seconds",
            "Seconds until Discord acknowledged the last heartbeat of a shard",
            self.shard_latency.clone(),
        );
        all.register(
            "processes",
            "Processes that share the shards; 0 where one has them all",
            self.processes.clone(),
        );
    }

    /// Counts a finished request: its kind and name (such as `command`, `ask`), its outcome, and how long it took.
    pub fn request(&self, kind: &str, name: &str, outcome: &str, time: Duration) {
        let labels = [("kind", kind), ("name", name), ("outcome", outcome)];
        let labels = labels.map(|(label, value)| (label, value.to_owned()));
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(time.as_secs_f64());
        let mut last = lock(&self.last);
        if last.len() == LAST {
            last.pop_front();
        }
        last.push_back(time);
    }

    /// How long the last requests took, shortest first.
    pub fn last_times(&self) -> Vec<Duration> {
        let mut times: Vec<Duration> = lock(&self.last).iter().copied().collect();
        times.sort_unstable();
        times
    }

    /// Gateway sessions begun and resumed.
    pub fn sessions(&self) -> [u64; 2] {
        ["begun", "resumed"].map(|how| {
            let counter = self.connections.get_or_create(&[("how", how.to_owned())]);
            counter.get()
        })
    }

    /// The connections that should be open.
    pub fn shards(&self) -> Vec<ShardState> {
        let connections = self.connections_open();
        let state = |shard: &ShardId| {
            let latency = self.shard_latency.get(&shard_label(*shard));
            ShardState {
                shard: *shard,
                is_open: connections.open.contains(shard),
                since: connections.since.get(shard).map(Instant::elapsed),
                latency: latency.map(|latency| Duration::from_secs_f64(latency.get().max(0.0))),
            }
        };
        connections.expected.iter().flatten().map(state).collect()
    }

    /// How long the program has been running.
    pub fn uptime(&self) -> Duration {
        self.start.elapsed()
    }

    /// Resident memory of this process in bytes; `None` on systems without `/proc`.
    pub fn memory(&self) -> Option<u64> {
        resident()?.try_into().ok()
    }

    /// Counts a gateway session; `how` is `begun` or `resumed`.
    pub fn connection(&self, how: &str) {
        self.connections
            .get_or_create(&[("how", how.to_owned())])
            .inc();
    }

    /// Counts a request that Discord rejected, by HTTP status.
    pub fn refusal(&self, status: u16) {
        self.refusals
            .get_or_create(&[("status", status.to_string())])
            .inc();
    }

    /// Counts a request to the interactions endpoint, by its result.
    pub fn http_interaction(&self, result: &'static str) {
        self.http_interactions
            .get_or_create(&[("result", result.to_owned())])
            .inc();
    }

    /// Sets the ratings of all answers.
    pub fn ratings(&self, counts: RatingCounts) {
        for (rating, number) in [
            ("helpful", counts.helpful),
            ("not helpful", counts.not_helpful),
        ] {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            self.ratings
                .get_or_create(&[("rating", rating.to_owned())])
                .set(number);
        }
    }

    /// Counts questions without an answer that could not be counted.
    pub fn not_counted(&self, number: u64) {
        self.not_counted.inc_by(number);
    }

    /// Sets which gateway connections should be open.
    pub fn expect_connections(&self, shards: &[ShardId]) {
        for shard in shards {
            // A metric exists before its first value.
            let _ = self.shard_connected.get_or_create(&shard_label(*shard));
        }
        self.connections_open().expected = Some(shards.iter().copied().collect());
    }

    /// Counts a gateway connection as open until the guard is dropped.
    pub fn connected(self: &Arc<Self>, shard: ShardId) -> ConnectionGuard {
        self.set_open(shard, true);
        let metrics = Arc::clone(self);
        ConnectionGuard { metrics, shard }
    }

    fn set_open(&self, shard: ShardId, is_open: bool) {
        let mut connections = self.connections_open();
        if is_open {
            connections.open.insert(shard);
        } else {
            connections.open.remove(&shard);
        }
        connections.since.insert(shard, Instant::now());
        self.shard_connected
            .get_or_create(&shard_label(shard))
            .set(is_open.into());
    }

    /// Sets how long Discord took to acknowledge the last heartbeat of a shard.
    pub fn latency(&self, shard: ShardId, latency: Duration) {
        self.shard_latency
            .get_or_create(&shard_label(shard))
            .set(latency.as_secs_f64());
    }

    /// Sets how many processes share the shards.
    pub fn processes(&self, number: usize) {
        self.processes.set(count(number));
    }

    /// Drops the metrics of a shard that will not be opened again.
    pub fn forget_connection(&self, shard: ShardId) {
        self.connections_open().since.remove(&shard);
        self.shard_connected.remove(&shard_label(shard));
        self.shard_latency.remove(&shard_label(shard));
    }

    /// Whether every gateway connection is open. A process that waits for its part of the shards has none.
    pub fn is_connected(&self) -> bool {
        let Connections { expected, open, .. } = &*self.connections_open();
        expected
            .as_ref()
            .is_some_and(|expected| expected.is_subset(open))
    }

    fn connections_open(&self) -> MutexGuard<'_, Connections> {
        lock(&self.connections_open)
    }

    /// Whether a call within the last 5 minutes found every gateway connection open.
    pub fn is_alive(&self) -> bool {
        let now = self.start.elapsed().as_secs();
        if self.is_connected() {
            self.last_connected.store(now, Ordering::Relaxed);
        }
        now.saturating_sub(self.last_connected.load(Ordering::Relaxed)) < MAX_DISCONNECTED.as_secs()
    }

    /// All metrics in the `OpenMetrics` text format.
    pub fn text(&self, engine: &Engine) -> String {
        let corpus = engine.corpus();
        self.connected.set(i64::from(self.is_connected()));
        self.articles.set(count(corpus.article_count()));
        self.passages.set(count(corpus.passage_count()));
        self.memory.set(resident().unwrap_or(0));
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn shard_label(shard: ShardId) -> Labels<1> {
    [("shard", shard.to_string())]
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Resident memory of this process in bytes; `None` on systems without `/proc`.
fn resident() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}
