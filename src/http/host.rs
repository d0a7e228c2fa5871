//! What is known of the running bot, for the host's page.

use super::Site;
use super::edits::{Edits, MAX_TEXT};
use super::repeated::{Repetitions, repeated};
use super::servers::{MadeUp, Servers};
use crate::config::{StoreSettings, environment};
use crate::doctor;
use crate::lock::lock;
use crate::machine;
use crate::questions::host_questions;
use crate::telemetry::{Metrics, ShardState};
use pullquote_cards::nearest;
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_insights::{Recorded, Wish, day, first_day, last_days, wishes};
use pullquote_library::{EngineHandle, FileReport, LoadStatus, version_of};
use pullquote_page::{
    Actions, ArticleRow, Backup, Edited, Facts, GROUPS, Group, Hidden, Notice, Questions, Quoted,
    Quotes, Reading, Reload, Shard, Timing, View, article, articles, editor, unanswered,
};
use pullquote_store::{Location, SharedQuotes, Store, StoreError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, SystemTime};
use tokio::sync::OnceCell;

/// Questions without an answer that are compared with each other: the most asked ones.
const MERGED: u32 = 1_000;

/// Today, counted from 1970.
pub(super) fn today() -> i64 {
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    day(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The running bot.
#[derive(Debug)]
pub(super) struct Host {
    metrics: Arc<Metrics>,
    handle: Arc<EngineHandle>,
    settings: StoreSettings,
    servers: Arc<dyn Servers>,
    demo: Option<MadeUp>,
    /// A connection of its own, so that no page keeps the bot waiting. Opened once there is something to read.
    store: OnceCell<Store>,
    rows: Mutex<KnownRows>,
    /// The last list of questions, and their groups.
    wishes: Mutex<(Vec<Recorded>, Arc<Vec<Wish>>)>,
    edits: Edits,
}

/// The rows of the list, and of which articles and reports they are.
#[derive(Debug, Default)]
struct KnownRows {
    engine: Weak<Engine>,
    reports: Weak<Vec<FileReport>>,
    rows: Arc<Vec<ArticleRow>>,
    /// Texts that are in other articles as well, by path.
    repeated: Arc<Repetitions>,
}

impl Host {
    pub(super) fn new(site: Site) -> Self {
        Self {
            metrics: site.metrics,
            handle: site.handle,
            settings: site.store,
            servers: site.servers,
            demo: site.demo,
            store: OnceCell::new(),
            rows: Mutex::default(),
            wishes: Mutex::default(),
            edits: Edits::default(),
        }
    }

    /// The server of the demo, if this is the demo.
    pub(super) fn demo(&self) -> Option<MadeUp> {
        self.demo
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    pub(super) fn handle(&self) -> &EngineHandle {
        &self.handle
    }

    pub(super) fn edits(&self) -> &Edits {
        &self.edits
    }

    /// The editor: with a file, or empty, or with a question as the heading of a new article. `None` if there is no such file, or it
    /// is no text.
    pub(super) fn edit(&self, path: &str, question: &str) -> Option<String> {
        if path.is_empty() {
            let text = match question {
                "" => String::new(),
                question => format!("# {question}\n\n"),
            };
            let edited = Edited {
                text: &text,
                ..Edited::default()
            };
            return Some(editor(&edited, None));
        }
        let content = self.handle.read_file(path).ok().flatten()?;
        let version = Some(version_of(&content));
        let text = String::from_utf8(content)
            .ok()
            .filter(|text| is_editable(path, text.as_bytes()))?;
        let edited = Edited {
            path: Some(path),
            text: &text,
            version,
            ..Edited::default()
        };
        Some(editor(&edited, None))
    }

    /// The store, to read from; `None` if nothing is kept yet.
    async fn store(&self) -> Result<Option<&Store>, StoreError> {
        if let Some(store) = self.store.get() {
            return Ok(Some(store));
        }
        let Some(store) = Store::beside(self.settings.location.clone()).await? else {
            return Ok(None);
        };
        Ok(Some(self.store.get_or_init(|| async { store }).await))
    }

    /// The last days, with what was asked in all servers.
    pub(super) async fn questions(&self) -> Questions {
        if self.settings.keep_questions == 0 {
            return Questions::NotCounted;
        }
        let today = today();
        let asked = match self.store().await {
            Ok(Some(store)) => store.asked_everywhere(first_day(today)).await,
            Ok(None) => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        let asked = match asked {
            Ok(asked) => asked,
            Err(error) => return Questions::Unavailable(error.to_string()),
        };
        let counts = asked.iter().map(|it| (it.day, it.outcome, it.number));
        Questions::Days(last_days(today, counts))
    }

    /// How often the articles were quoted in all servers.
    pub(super) async fn quotes(&self) -> Quotes {
        let days = self.settings.keep_questions;
        if days == 0 {
            return Quotes::NotCounted;
        }
        let counted = match self.store().await {
            Ok(Some(store)) => store.shared_quotes().await,
            Ok(None) => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        let counted = match counted {
            Ok(counted) => counted,
            Err(error) => return Quotes::Unavailable(error.to_string()),
        };
        let today = today();
        let quoted = |it: SharedQuotes| {
            let last = u64::try_from(today - it.last_day).unwrap_or_default();
            let quoted = Quoted {
                times: it.number,
                last: Some(last),
            };
            (it.path, quoted)
        };
        let by_path = counted.into_iter().map(quoted).collect();
        Quotes::Counted { days, by_path }
    }

    /// What the doctor says of the store.
    pub(super) async fn store_findings(&self) -> Vec<doctor::Finding> {
        match self.store().await {
            Ok(Some(store)) => machine::open_store(store).await,
            // What keeps it from being opened is found once more, with what to do.
            Ok(None) | Err(_) => machine::store(&Store::new(self.settings.location.clone())).await,
        }
    }

    /// How the bot is.
    pub(super) fn facts(&self, questions: Questions, store: Vec<doctor::Finding>) -> Facts {
        let engine = self.handle.engine();
        let corpus = engine.corpus();
        let status = self.handle.status();
        let mut findings = self.findings(&engine, &status);
        findings.extend(store);
        Facts {
            version: env!("CARGO_PKG_VERSION"),
            uptime_seconds: self.metrics.uptime().as_secs(),
            is_demo: self.demo.is_some(),
            is_connected: self.metrics.is_connected(),
            shards: self.metrics.shards().iter().map(shard).collect(),
            sessions: self.metrics.sessions(),
            timing: timing(&self.metrics.last_times()),
            memory_bytes: self.metrics.memory(),
            articles: corpus.article_count(),
            passages: corpus.passage_count(),
            reload: reload(status),
            questions,
            backup: self.backup(),
            findings,
        }
    }

    /// What the doctor says of this machine.
    fn findings(&self, engine: &Engine, status: &LoadStatus) -> Vec<doctor::Finding> {
        let dir = self.handle.dir();
        let is_connected = self.metrics.is_connected();
        let connection = self
            .demo
            .is_none()
            .then(|| doctor::connection(is_connected));
        let mut findings: Vec<doctor::Finding> = connection.into_iter().collect();
        findings.extend(status.failure.as_deref().map(doctor::reload));
        if self.demo.is_none()
            && let Ok(metadata) = Path::new(environment::ENV_FILE).metadata()
        {
            let mode = machine::mode(&metadata);
            findings.push(doctor::env_file(environment::ENV_FILE, mode));
        }
        let articles = engine.corpus().article_count();
        let folder = dir.display().to_string();
        findings.extend(doctor::knowledge(&status.reports, articles, &folder));
        findings.push(doctor::question(engine));
        findings.extend(machine::free_bytes(dir).map(doctor::disk));
        findings
    }

    fn backup(&self) -> Backup {
        let Location::Folder(folder) = &self.settings.location else {
            return Backup::Elsewhere;
        };
        match machine::file_details(folder).backup {
            Some(age) => Backup::Seconds(age.as_secs()),
            None if self.store.initialized() => Backup::None,
            None => Backup::Nothing,
        }
    }

    /// The list of articles, after a change was undone, or after the deletion with this number.
    pub(super) fn articles(
        &self,
        view: View,
        quotes: &Quotes,
        (is_undone, deleted): (bool, Option<u64>),
    ) -> String {
        let deleted = deleted.and_then(|number| Some((self.edits.path(number)?, number)));
        let (text, undo) = match deleted {
            _ if is_undone => ("The change was undone.".to_owned(), None),
            Some((path, number)) => (format!("`{path}` was deleted."), Some(number)),
            None => return articles(&self.rows(), quotes, view, None),
        };
        let notice = Notice { text: &text, undo };
        articles(&self.rows(), quotes, view, Some(notice))
    }

    /// All files of the knowledge folder.
    pub(super) fn rows(&self) -> Arc<Vec<ArticleRow>> {
        let (engine, status) = (self.handle.engine(), self.handle.status());
        let (rows, _) = self.known_rows(&engine, &status.reports);
        rows
    }

    /// Makes the rows after each load, before anybody asks for them, until the program ends.
    pub(super) fn keep_rows(&self) {
        let mut engine = self.handle.engine();
        loop {
            self.known_rows(&engine, &self.handle.status().reports);
            engine = self.handle.wait_for_change(&engine);
        }
    }

    /// To count the words of many articles takes a while, so it is done once for each load.
    fn known_rows(
        &self,
        engine: &Arc<Engine>,
        reports: &Arc<Vec<FileReport>>,
    ) -> (Arc<Vec<ArticleRow>>, Arc<Repetitions>) {
        let mut known = lock(&self.rows);
        let is_known = known.engine.as_ptr() == Arc::as_ptr(engine)
            && known.reports.as_ptr() == Arc::as_ptr(reports);
        if !is_known {
            let repeated = repeated(engine);
            *known = KnownRows {
                engine: Arc::downgrade(engine),
                reports: Arc::downgrade(reports),
                rows: Arc::new(rows_of(engine, reports, &repeated)),
                repeated: Arc::new(repeated),
            };
        }
        (Arc::clone(&known.rows), Arc::clone(&known.repeated))
    }

    /// The page of an article, after a change of it; `None` if there is no such file.
    pub(super) fn article(&self, path: &str, quotes: &Quotes, done: Option<u64>) -> Option<String> {
        let (engine, status) = (self.handle.engine(), self.handle.status());
        let (rows, repeated) = self.known_rows(&engine, &status.reports);
        let row = rows.iter().find(|row| row.path == path)?;
        let report = status.reports.iter().find(|report| report.path == path)?;
        let of_path = |article: &&Article| article.path == path;
        let reading = Reading {
            article: engine.corpus().articles().find(of_path),
            problems: &report.problems,
            left_out: &report.dropped,
            numbering: report.numbering,
            unused_keys: &report.unused_keys,
            repeated: repeated.get(path).map_or(&[], Vec::as_slice),
            quoted: quotes.of(path),
        };
        let content = self.handle.read_file(path).ok().flatten();
        let undo = done.filter(|number| self.edits.path(*number).as_deref() == Some(path));
        let text = if row.is_used() {
            "Saved. It answers questions now."
        } else {
            "Saved, but it cannot be used: see below."
        };
        let actions = Actions {
            version: content.as_deref().map(version_of),
            is_text: content.is_some_and(|content| is_editable(path, &content)),
            notice: undo.map(|_| Notice { text, undo }),
        };
        Some(article(row, &reading, &actions))
    }

    /// What members of servers get.
    pub(super) fn servers(&self) -> &dyn Servers {
        &*self.servers
    }

    /// The ids of servers of which something is kept, ascending. None while the store cannot be used.
    pub(super) async fn known_servers(&self) -> Vec<u64> {
        let Ok(Some(store)) = self.store().await else {
            return Vec::new();
        };
        let versions = store.versions().await.unwrap_or_default();
        let mut servers: Vec<u64> = versions.into_keys().collect();
        servers.sort_unstable();
        servers
    }

    /// The questions without an answer that the host sees, each once, and how many others there are in how many servers.
    pub(super) async fn unanswered(&self) -> Result<(Vec<Recorded>, Hidden), StoreError> {
        let Some(store) = self.store().await? else {
            return Ok((Vec::new(), Hidden::default()));
        };
        let servers = store.open_questions(None).await?;
        let questions = host_questions(store, &servers, MERGED).await?;
        let hidden = Hidden {
            questions: questions.hidden,
            servers: questions.hidden_in,
        };
        Ok((questions.shown, hidden))
    }

    /// A page of them.
    pub(super) fn unanswered_page(
        &self,
        recorded: Vec<Recorded>,
        hidden: Hidden,
        page: usize,
    ) -> String {
        let engine = self.handle.engine();
        let wishes = self.wishes(recorded);
        let pages = wishes.len().div_ceil(GROUPS).max(1);
        let page = page.min(pages - 1);
        let shown = wishes.iter().skip(page * GROUPS).take(GROUPS);
        let groups: Vec<Group> = shown
            .map(|wish| Group {
                wish: wish.clone(),
                nearest: nearest(&engine, wish.wording(), 1)
                    .into_iter()
                    .next()
                    .map(|near| (near.place, near.text, near.answers)),
            })
            .collect();
        unanswered(&groups, (page, pages), wishes.len(), hidden)
    }

    /// Groups of questions that ask the same. To find them takes a while, so it is done once for each list.
    fn wishes(&self, recorded: Vec<Recorded>) -> Arc<Vec<Wish>> {
        let mut known = lock(&self.wishes);
        if known.0 != recorded {
            known.1 = Arc::new(wishes(&recorded));
            known.0 = recorded;
        }
        Arc::clone(&known.1)
    }
}

/// Whether the editor takes a file: a text that is not too long.
fn is_editable(path: &str, content: &[u8]) -> bool {
    const TEXTS: [&str; 4] = ["md", "markdown", "txt", "rst"];
    let ending = path.rsplit('.').next().unwrap_or_default();
    let is_text = TEXTS.iter().any(|known| known.eq_ignore_ascii_case(ending));
    is_text
        && content.len() <= MAX_TEXT
        && std::str::from_utf8(content).is_ok()
        && !content.contains(&0)
}

/// One row for each file: an article, or a file that cannot be used.
fn rows_of(engine: &Engine, reports: &[FileReport], repeated: &Repetitions) -> Vec<ArticleRow> {
    let corpus = engine.corpus();
    let mut rows: BTreeMap<&str, ArticleRow> = BTreeMap::new();
    for report in reports {
        let row = rows.entry(&report.path).or_default();
        row.path.clone_from(&report.path);
        row.left_out += report.dropped.len();
        let errors = report
            .problems
            .iter()
            .filter(|problem| problem.is_error())
            .count();
        row.errors += errors;
        row.warnings += report.problems.len() - errors;
    }
    for (at, article) in corpus.articles().enumerate() {
        let row = rows.entry(&article.path).or_default();
        row.path.clone_from(&article.path);
        row.title.clone_from(&article.meta.title);
        row.words = article.words();
        row.repeated = repeated.get(&article.path).map_or(0, Vec::len);
        row.passages = corpus.passages_of(ArticleId(at as u32)).len();
        article.written_in().code().clone_into(&mut row.language);
    }
    rows.into_values().collect()
}

fn shard(state: &ShardState) -> Shard {
    Shard {
        id: state.shard.to_string(),
        is_open: state.is_open,
        since_seconds: state.since.map(|since| since.as_secs()),
        latency_ms: state.latency.map(|latency| latency.as_millis() as u64),
    }
}

/// `None` without times, which are sorted.
fn timing(times: &[Duration]) -> Option<Timing> {
    let last = times.len().checked_sub(1)?;
    let at = |share: usize| {
        times
            .get(last * share / 100)
            .map(|time| time.as_secs_f64() * 1_000.0)
    };
    Some(Timing {
        requests: times.len(),
        p50_ms: at(50)?,
        p99_ms: at(99)?,
    })
}

fn reload(status: LoadStatus) -> Reload {
    Reload {
        seconds: status.changed.elapsed().as_secs(),
        changes: match status.changes {
            Some(changes) => changes.to_string(),
            None => "loaded at the start".to_owned(),
        },
        failure: status.failure,
    }
}
