//! Sources of servers: recognized and shown to a manager first, then looked at again when they are due.
//!
//! Each process looks for due sources. The store sees to it that one process looks at a source, and that of a server one source is
//! looked at at a time.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::error::error_chain;
use crate::bot::knowledge::additions::{ReadFile, read_all};
use crate::bot::knowledge::gathered::GatheredFile;
use crate::bot::knowledge::teaching::{check_gates, seconds, server, unavailable};
use crate::bot::requests::job::Job;
use crate::bot::sources::kept_sources::{introduced, kept_record, own, read};
use crate::sources::{
    Bounds, Changes, Copies, Look, Seen, StoredCopies, SyncError, after, after_part, look,
};
use pullquote_cards::{
    CONFIRM_SECONDS, DraftKey, FileProblem, Gate, MAX_ARTICLE_BYTES, MAX_SERVER_BYTES,
    MAX_SOURCE_PAGES, MAX_SOURCES, OwnSource, Prepared, SourceEffect, SourceKey, SourceOutcome,
    TeachingError, UNDO_SECONDS,
};
use pullquote_sources::{Kind, Record, Source, State, settings};
use pullquote_store::{
    DraftArticle, Finished, GatedBy, HeldSource, Holder, ListedArticle, ListedSource, NewDraft,
    NewSource, StoreError, Synced,
};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// How often it is looked whether a source is due.
const CHECK: Duration = Duration::from_mins(1);
/// Sources that a process looks at at once.
const LOOKS: usize = 4;
/// How long a look may take; a site of 500 pages takes half of that.
const LOOK_TIME: Duration = Duration::from_mins(20);
/// For how many milliseconds a process holds a source: if it has died, another one looks after that.
const HOLD: i64 = Duration::from_mins(30).as_millis() as i64;
/// Pages that are read before a source is confirmed, at one a second.
const FIRST_PAGES: usize = 30;
/// How long a member waits for them, at most.
const FIRST_TIME: Duration = Duration::from_secs(75);
/// Files that are read at once.
const BATCH: usize = 20;

/// Looks at sources when they are due.
pub(crate) async fn keep_looking(bot: Arc<Bot>) {
    let mut looks = JoinSet::new();
    let mut last_failure = String::new();
    loop {
        while looks.len() < LOOKS {
            let held = bot.articles.hold_source(bot.sources.process, HOLD).await;
            let failure = match held {
                Ok(Some(held)) => {
                    let bot = Arc::clone(&bot);
                    looks.spawn(async move { bot.look_again(held).await });
                    continue;
                }
                Ok(None) => String::new(),
                Err(error) => error_chain(&error),
            };
            // The same failure is logged once.
            if !failure.is_empty() && failure != last_failure {
                warn!("cannot look for sources of servers: {failure}");
            }
            last_failure = failure;
            break;
        }
        tokio::select! {
            Some(_) = looks.join_next() => {}
            () = bot.sources.due.notified() => {}
            () = sleep(CHECK) => {}
        }
    }
}

impl Bot {
    /// Lets other processes look at what this one was looking at.
    pub(crate) async fn let_go_of_sources(&self) {
        let let_go = self
            .articles
            .store()
            .let_go_of_sources(self.sources.process);
        if let Err(error) = let_go.await {
            warn!(
                "cannot let go of sources of servers: {}",
                error_chain(&error)
            );
        }
    }

    /// Reads the first pages of a source, and keeps them until a member confirms it.
    pub(crate) async fn prepare_source(
        &self,
        mut source: Source,
        job: &Job,
    ) -> Result<Prepared, TeachingError> {
        let server = server(job)?;
        source.name = self.new_name(server, &source).await?;
        let listed = self.articles.list_version(server).await;
        let (version, listed) = listed.map_err(unavailable)?;
        let gate = self.first_gate(server, &source).await?;
        check_gates(listed.iter(), &gate)?;
        let bounds = Bounds {
            asked: FIRST_PAGES,
            ..bounds(&listed, None)
        };
        let copies = Arc::new(StoredCopies::new(Record::default(), []));
        let first = self.look_at(&source, server, &copies, &bounds);
        let first = timeout(FIRST_TIME, first).await;
        let Ok((look, files)) = first else {
            let problem = FileProblem::Unreachable;
            return Ok(nothing(vec![(source.place, problem)]));
        };
        if let Err(error) = &look {
            let problem = FileProblem::Unreadable(error_chain(error));
            return Ok(nothing(vec![(source.place, problem)]));
        }
        let record = Record {
            place: source.place.clone(),
            ..after(copies.record(), &look)
        };
        let kept_record = record.to_text();
        let draft = DraftKey(fastrand::u64(..));
        let kept_gate = gate.to_string();
        let (introduced, left_out) = introduced(&source, &record, gate);
        let due = match introduced.later {
            0 => milliseconds(record.due(&source)),
            _ => now(),
        };
        let text = settings::with("", &source).map_err(|_| TeachingError::Unavailable)?;
        let articles: Vec<DraftArticle<'_>> = files.iter().map(ReadFile::kept).collect();
        let kept = NewDraft {
            token: &draft.to_string(),
            owner: (server, job.request.member),
            until: now() + CONFIRM_SECONDS.cast_signed() * 1_000,
            seen: version,
            edited: None,
            source: Some(NewSource {
                id: fastrand::u64(..),
                settings: &text,
                record: kept_record.as_bytes(),
                due,
                gate: &kept_gate,
            }),
            articles: &articles,
        };
        self.articles.keep_draft(&kept).await.map_err(unavailable)?;
        let before = self.before(server, &files).await?;
        let mut prepared = self.described(draft, files, &before).await;
        prepared.left_out = left_out;
        prepared.source = Some(introduced);
        Ok(prepared)
    }

    /// Who may see a source unless managers have chosen that: of a forum, those who can see the forum.
    async fn first_gate(&self, server: u64, source: &Source) -> Result<Gate, TeachingError> {
        if source.kind != Kind::Forum {
            return Ok(Gate::default());
        }
        let forum = source.place.parse().unwrap_or_default();
        let gate = self.gate_of_forum(server, forum).await;
        gate.map_err(|error| match error.status() {
            403 | 404 => TeachingError::ForumHidden,
            _ => TeachingError::Unavailable,
        })
    }

    /// A name for a new source of a server.
    async fn new_name(&self, server: u64, source: &Source) -> Result<String, TeachingError> {
        let known = self.sources_of(server).await?;
        if known.len() >= MAX_SOURCES {
            return Err(TeachingError::TooManySources);
        }
        if known.iter().any(|(_, it)| it.place == source.place) {
            return Err(TeachingError::SourceIsThere);
        }
        let taken = known.iter().map(|(_, it)| it.name.as_str());
        Ok(free_name(source, taken))
    }

    /// Shows or changes a source.
    pub(crate) async fn source(
        &self,
        effect: &SourceEffect,
        job: &Job,
    ) -> Result<SourceOutcome, TeachingError> {
        let server = server(job)?;
        Ok(match effect {
            SourceEffect::Open(source) => SourceOutcome::Shown(self.own(server, *source).await?),
            SourceEffect::Sync(source) => {
                let too_fast = |seconds| TeachingError::TooFast(seconds);
                self.throttle.check_addition(server).map_err(too_fast)?;
                self.look_soon(server, source.0)
                    .await
                    .map_err(unavailable)?;
                SourceOutcome::Shown(self.own(server, *source).await?)
            }
            SourceEffect::Gate { source, gate } => {
                self.gate_source(server, *source, gate).await?;
                info!(id = %job.id, "a server has chosen who may see a source");
                SourceOutcome::Gated(self.own(server, *source).await?)
            }
            SourceEffect::Remove(source) => {
                let at = now();
                let removed = self.articles.remove_source(server, source.0, at).await;
                let removed = removed.map_err(unavailable)?;
                info!(id = %job.id, removed, "a server has removed a source");
                SourceOutcome::Removed(*source, removed.then(|| seconds(at)))
            }
            SourceEffect::Restore { source, removed_at } => {
                if seconds(now()).saturating_sub(*removed_at) > UNDO_SECONDS {
                    return Ok(SourceOutcome::Restored(false));
                }
                if self.sources_of(server).await?.len() >= MAX_SOURCES {
                    return Err(TeachingError::TooManySources);
                }
                let restored = self.articles.restore_source(server, source.0).await;
                self.sources.gates.check(server);
                SourceOutcome::Restored(restored.map_err(unavailable)?)
            }
        })
    }

    /// The server's sources, as its managers see them.
    pub(crate) async fn own_sources(
        &self,
        server: u64,
        listed: &[ListedArticle],
    ) -> Result<Vec<OwnSource>, TeachingError> {
        let sources = self.sources_of(server).await?.into_iter();
        Ok(sources
            .map(|(kept, source)| own(&kept, &source, listed))
            .collect())
    }

    async fn own(
        &self,
        server: u64,
        source: SourceKey,
    ) -> Result<Option<Box<OwnSource>>, TeachingError> {
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let sources = self.own_sources(server, &listed).await?;
        let found = sources.into_iter().find(|it| it.key == source);
        Ok(found.map(Box::new))
    }

    async fn sources_of(&self, server: u64) -> Result<Vec<(ListedSource, Source)>, TeachingError> {
        let kept = self.articles.store().sources(server).await;
        let kept = kept.map_err(unavailable)?.into_iter();
        let read = kept.filter_map(|kept| {
            let source = read(&kept.settings)?;
            Some((kept, source))
        });
        Ok(read.collect())
    }

    async fn gate_source(
        &self,
        server: u64,
        source: SourceKey,
        gate: &Gate,
    ) -> Result<(), TeachingError> {
        let sources = self.sources_of(server).await?;
        let Some((_, known)) = sources.iter().find(|(kept, _)| kept.id == source.0) else {
            return Ok(());
        };
        // Nobody chosen for a forum: those who can see it.
        let (gate, by) = if known.kind == Kind::Forum && gate.is_open() {
            (self.first_gate(server, known).await?, GatedBy::Forum)
        } else {
            (gate.clone().with_everyone(server), GatedBy::Managers)
        };
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let others = listed.iter().filter(|it| it.source != Some(source.0));
        check_gates(others, &gate)?;
        let set = self.articles.set_source_gate(server, source.0, (&gate, by));
        set.await.map(|_| ()).map_err(unavailable)
    }

    /// Looks at a source that is due, and lets what has changed answer.
    async fn look_again(&self, held: HeldSource) {
        let (server, id) = (held.holder.server, SourceKey(held.holder.source));
        let looked = timeout(LOOK_TIME + CHECK, self.try_look_again(&held)).await;
        match looked {
            Ok(Ok(Some((changes, parsed)))) => {
                info!(server, source = %id, parsed, "a source of a server: {changes}");
            }
            // It was removed meanwhile, or another process has taken it.
            Ok(Ok(None)) => {}
            Ok(Err(error)) => {
                warn!(server, source = %id, "cannot keep what a source of a server has: {}", error_chain(&error));
            }
            Err(_) => warn!(server, source = %id, "a look at a source of a server took too long"),
        }
    }

    /// What has changed, and how many pages were read; `None` if it is no longer this process's turn.
    async fn try_look_again(
        &self,
        held: &HeldSource,
    ) -> Result<Option<(Changes, usize)>, StoreError> {
        let (server, id) = (held.holder.server, held.holder.source);
        let Some(source) = read(&held.settings) else {
            warn!(
                server,
                "a source of a server cannot be read: a newer version has written it"
            );
            return Ok(None);
        };
        let listed = self.articles.list(server).await?;
        let copies = stored_copies(held, &source, &listed);
        let bounds = bounds(&listed, Some(id));
        let (look, files) = self.look_at(&source, server, &copies, &bounds).await;
        if let Err(error) = &look {
            warn!(server, source = %SourceKey(id), "a source of a server was not read: {:?}", error_chain(error));
        }
        let record = after(copies.record(), &look);
        let found = Found {
            source: &source,
            before: copies.record(),
            record,
            files,
        };
        let due = milliseconds(found.record.due(&source));
        let finished = self.keep_found(held.holder, &found, Some(due)).await?;
        let is_kept = finished != Finished::NotHeld;
        Ok(is_kept.then(|| (Changes::of(&found.record), found.files.len())))
    }

    /// Keeps what a look has found.
    async fn keep_found(
        &self,
        holder: Holder,
        found: &Found<'_>,
        due: Option<i64>,
    ) -> Result<Finished, StoreError> {
        let (record, files) = (&found.record, &found.files);
        let articles: Vec<DraftArticle<'_>> = files.iter().map(ReadFile::kept).collect();
        let difference = Difference::between(found.source, found.before, record);
        let moved: Vec<(&str, &str)> = difference.moved.iter().map(|(a, b)| (&**a, &**b)).collect();
        let gone: Vec<&str> = difference.gone.iter().map(String::as_str).collect();
        let kept_record = record.to_text();
        let synced = Synced {
            record: kept_record.as_bytes(),
            due,
            articles: &articles,
            moved: &moved,
            gone: &gone,
        };
        self.articles.finish_source(holder, &synced).await
    }

    /// Lets a source be looked at as soon as it is its turn.
    pub(crate) async fn look_soon(&self, server: u64, source: u64) -> Result<(), StoreError> {
        let due = self.articles.store().sync_source(server, source, now());
        due.await?;
        self.sources.wake();
        Ok(())
    }

    /// Looks at some posts of a forum. `false` while a source of the server is being looked at.
    pub(crate) async fn look_at_touched(
        &self,
        server: u64,
        source: u64,
        posts: &BTreeSet<u64>,
    ) -> Result<bool, StoreError> {
        let holder = Holder {
            process: self.sources.process,
            server,
            source,
        };
        let Some(held) = self.articles.hold_this_source(holder, HOLD).await? else {
            return Ok(false);
        };
        let Some(source) = read(&held.settings) else {
            return Ok(true);
        };
        let listed = self.articles.list(server).await?;
        let copies = stored_copies(&held, &source, &listed);
        let bounds = bounds(&listed, Some(held.holder.source));
        let looked = self.look_at_posts(&source, server, &*copies, (&bounds, posts));
        let mut look = looked.await.unwrap_or_else(|error| {
            warn!(
                server,
                "posts of a forum were not read: {:?}",
                error_chain(&error)
            );
            Look::default()
        });
        let files = self.read_new(&source, &mut look, &copies).await;
        let found = Found {
            source: &source,
            before: copies.record(),
            record: after_part(copies.record(), &look),
            files,
        };
        // When the whole forum is looked at again stays as it is.
        let finished = self.keep_found(held.holder, &found, None).await?;
        if let Finished::Changed(_) = finished {
            let (posts, parsed) = (look.pages.len(), found.files.len());
            info!(server, posts, parsed, "posts of a forum were read again");
        }
        // Another one may have become due meanwhile.
        self.sources.wake();
        Ok(true)
    }

    /// What a look has found, and its new articles.
    async fn look_at(
        &self,
        source: &Source,
        server: u64,
        copies: &Arc<StoredCopies>,
        bounds: &Bounds,
    ) -> (Result<Look, SyncError>, Vec<ReadFile>) {
        let looked = if source.kind == Kind::Forum {
            self.look_at_forum(source, server, &**copies, bounds).await
        } else {
            let copies: Arc<dyn Copies> = Arc::clone(copies) as _;
            look(source, &self.fetcher, &copies, bounds).await
        };
        let mut look = match looked {
            Ok(look) => look,
            Err(error) => return (Err(error), Vec::new()),
        };
        let files = self.read_new(source, &mut look, copies).await;
        (look.checked(), files)
    }

    /// The articles in the new copies. A copy that cannot be one is left out of the look.
    async fn read_new(
        &self,
        source: &Source,
        look: &mut Look,
        copies: &StoredCopies,
    ) -> Vec<ReadFile> {
        let addresses: BTreeMap<String, Option<String>> = look
            .pages
            .values()
            .filter_map(|seen| match seen {
                Seen::New(page) => Some((page.file.clone(), page.address.clone())),
                _ => None,
            })
            .collect();
        let new = copies.take_new().into_iter().filter_map(|(file, bytes)| {
            Some(GatheredFile {
                path: path(source, &file),
                link: addresses.get(&file)?.clone(),
                name: file,
                bytes,
            })
        });
        let mut new: Vec<GatheredFile> = new.collect();
        let mut all = Vec::new();
        while !new.is_empty() {
            let rest = new.split_off(new.len().min(BATCH));
            let batch = std::mem::replace(&mut new, rest);
            let names: Vec<String> = batch.iter().map(|file| file.name.clone()).collect();
            let handle = Arc::clone(&self.handle);
            let read = self.workers.read(move || read_all(batch, &handle)).await;
            let problem = FileProblem::Unreadable("it cannot be read".to_owned());
            let (read, unreadable) = read.unwrap_or_else(|| {
                let all = names.into_iter().map(|name| (name, problem.clone()));
                (Vec::new(), all.collect())
            });
            for (file, problem) in unreadable {
                let reason = match problem {
                    FileProblem::Unreadable(reason) => reason,
                    _ => "it cannot be read".to_owned(),
                };
                look.leave_out(&file, &reason);
            }
            all.extend(read);
        }
        all
    }
}

/// What a look has found.
struct Found<'a> {
    source: &'a Source,
    /// What was known before.
    before: &'a Record,
    record: Record,
    /// The new articles.
    files: Vec<ReadFile>,
}

/// What has changed between two looks, besides new content.
#[derive(Debug, Default)]
struct Difference {
    /// Paths of articles, and their new addresses.
    moved: Vec<(String, String)>,
    /// Paths of articles that are gone.
    gone: Vec<String>,
}

impl Difference {
    fn between(source: &Source, old: &Record, new: &Record) -> Self {
        let kept: BTreeSet<&String> = new
            .pages
            .values()
            .filter_map(|it| it.file.as_ref())
            .collect();
        let files = old.pages.values().filter_map(|it| it.file.as_ref());
        let gone = files.filter(|file| !kept.contains(file));
        let moved = new.pages.iter().filter_map(|(id, page)| {
            let before = old.pages.get(id)?;
            let is_other = page.state == State::Unchanged && before.address != page.address;
            let address = page.address.clone().filter(|_| is_other)?;
            Some((path(source, page.file.as_ref()?), address))
        });
        Self {
            moved: moved.collect(),
            gone: gone.map(|file| path(source, file)).collect(),
        }
    }
}

/// The copies of a source, as the store has them.
fn stored_copies(
    held: &HeldSource,
    source: &Source,
    listed: &[ListedArticle],
) -> Arc<StoredCopies> {
    let own = listed
        .iter()
        .filter(|it| it.source == Some(held.holder.source));
    let files = own.filter_map(|it| file(source, &it.path).map(str::to_owned));
    let record = kept_record(&held.record);
    Arc::new(StoredCopies::new(record, files))
}

/// An addition of which nothing can be an article.
fn nothing(left_out: Vec<(String, FileProblem)>) -> Prepared {
    Prepared {
        draft: None,
        articles: Vec::new(),
        left_out,
        sample: None,
        source: None,
    }
}

/// How much a look at a source may read, beside the other articles of the server.
fn bounds(listed: &[ListedArticle], source: Option<u64>) -> Bounds {
    let others = || {
        listed
            .iter()
            .filter(|it| it.source.is_none() || it.source != source)
    };
    let pages = others().filter(|it| it.source.is_some()).count();
    let bytes: u64 = others().map(|it| it.size).sum();
    Bounds {
        pages: MAX_SOURCE_PAGES.saturating_sub(pages),
        asked: usize::MAX,
        page_bytes: MAX_ARTICLE_BYTES,
        bytes: MAX_SERVER_BYTES.saturating_sub(bytes),
        archive_bytes: MAX_SERVER_BYTES,
        time: LOOK_TIME,
    }
}

/// A name that no other source of the server has: its place in letters, digits and hyphens.
fn free_name<'a>(source: &Source, taken: impl Iterator<Item = &'a str>) -> String {
    let (_, place) = source
        .place
        .split_once("://")
        .unwrap_or(("", &source.place));
    let words = place.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name: String = words.join("-").chars().take(30).collect();
    let name = match name.trim_end_matches('-') {
        "" => "source",
        name => name,
    };
    let taken: HashSet<&str> = taken.collect();
    let mut all = (1..).map(|number| match number {
        1 => name.to_owned(),
        _ => format!("{name}-{number}"),
    });
    all.find(|name| !taken.contains(name.as_str()))
        .unwrap_or_default()
}

/// The path of an article of a source. No article that a member adds begins so.
fn path(source: &Source, file: &str) -> String {
    format!("_{}/{file}", source.name)
}

/// The opposite of [`path`].
fn file<'a>(source: &Source, path: &'a str) -> Option<&'a str> {
    path.strip_prefix('_')?
        .strip_prefix(&*source.name)?
        .strip_prefix('/')
}

fn milliseconds(seconds: u64) -> i64 {
    i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{file, free_name, path};
    use pullquote_cards::upload_path;
    use pullquote_sources::{Kind, Source, settings};

    #[test]
    fn articles_of_a_source_have_paths_of_their_own() {
        let mut source = Source::new(
            "",
            Kind::Sitemap,
            "https://Docs.example.org/Guide/sitemap.xml",
        );
        source.name = free_name(&source, [].into_iter());
        assert_eq!(source.name, "docs-example-org-guide-sitemap");
        assert!(settings::is_name(&source.name));
        let whole = path(&source, "a/b.html");
        assert_eq!(file(&source, &whole), Some("a/b.html"));
        assert_ne!(upload_path(&whole), whole);
        let taken = source.name.clone();
        let second = free_name(&source, [taken.as_str()].into_iter());
        assert_eq!(second, "docs-example-org-guide-sitemap-2");
        assert!(settings::is_name(&second));
        let signs = Source::new("", Kind::Page, "https://例え.テスト/");
        assert_eq!(free_name(&signs, [].into_iter()), "source");
    }
}
