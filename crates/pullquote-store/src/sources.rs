//! Sources of servers: where articles come from that are looked at again. Their articles are rows like others, replaced in one
//! transaction.
//!
//! A process holds a source while it looks at it, and for a time at most: if it dies, another one looks. Of a server, one source is
//! looked at at a time.

use crate::articles::Value;
use crate::database::{Database, Pool, Store, with_pool};
use crate::error::StoreError;
use crate::files::{DraftArticle, KEEP_FILE, Packed};
use crate::news::Change;
use crate::packed;
use std::collections::BTreeSet;
use std::io;
use std::time::SystemTime;

/// A source to keep once its draft is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSource<'a> {
    /// A random number, which names it.
    pub id: u64,
    /// What is where, in the caller's words.
    pub settings: &'a str,
    /// What is known of its pages.
    pub record: &'a [u8],
    /// When to look at it again, in milliseconds since 1970.
    pub due: i64,
    /// Who may see its articles, in the caller's words; empty for everyone.
    pub gate: &'a str,
}

/// A source in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSource {
    /// Its id.
    pub id: u64,
    /// What is where, in the caller's words.
    pub settings: String,
    /// What is known of its pages; empty if that is damaged.
    pub record: Vec<u8>,
    /// Who may see its articles, in the caller's words; empty for everyone.
    pub gate: String,
    /// Whether managers have chosen that.
    pub is_gate_chosen: bool,
    /// When it was added, in milliseconds since 1970.
    pub at: i64,
    /// When to look at it again.
    pub due: i64,
    /// Whether a process is looking at it.
    pub is_held: bool,
}

/// Who says who may see the articles of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatedBy {
    /// The forum that it is: those who can see that.
    Forum,
    /// The managers of the server.
    Managers,
}

/// Who looks at a source, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// A random number, which names the process.
    pub process: u64,
    /// The server of the source.
    pub server: u64,
    /// Its id.
    pub source: u64,
}

/// A source that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSource {
    /// Who looks at it.
    pub holder: Holder,
    /// What is where, in the caller's words.
    pub settings: String,
    /// What is known of its pages; empty if that is damaged.
    pub record: Vec<u8>,
}

/// What a look at a source has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Synced<'a> {
    /// What is known of its pages now.
    pub record: &'a [u8],
    /// When to look at it again, in milliseconds since 1970; `None` if that stays as it is.
    pub due: Option<i64>,
    /// The articles that are new or have changed.
    pub articles: &'a [DraftArticle<'a>],
    /// Paths of articles that have moved, and where they are now.
    pub moved: &'a [(&'a str, &'a str)],
    /// Paths of articles that are gone.
    pub gone: &'a [&'a str],
}

impl Synced<'_> {
    fn is_any(&self) -> bool {
        !(self.articles.is_empty() && self.moved.is_empty() && self.gone.is_empty())
    }
}

/// What came of keeping what a look has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// Nothing is kept: the source is gone, or another process has taken it.
    NotHeld,
    /// The articles are as they were.
    Unchanged,
    /// The server's articles have this version now.
    Changed(u64),
}

const SERVERS: &str = "select distinct server from article_source where removed_at is null";
const LIST: &str =
    "select id, settings, record, gate, gate_chosen, added_at, due, held_until > $2 from article_source
    where server = $1 and removed_at is null order by added_at, id";
/// The server whose turn it is: none of whose sources is looked at, and where the bot still is.
const NEXT: &str = "select server from article_source as next
    where due <= $1 and removed_at is null
        and not exists (select 1 from article_source as held where held.server = next.server and held.held_until > $1)
        and not exists (select 1 from server where server.id = next.server and left_at is not null)
    order by due limit 1";
/// Of two processes that take a source of one server, the second waits for the first, and then finds that one is held.
const LOCK: &str = "update server set left_at = left_at where id = $1";
const HOLD: &str = "update article_source set holder = $3, held_until = $4
    where server = $1 and id = (select id from article_source where server = $1
        and due <= $2 and removed_at is null
        and not exists (select 1 from article_source as held where held.server = $1 and held.held_until > $2)
        order by due limit 1)
    returning id, settings, record";
/// Whether it is due or not.
const HOLD_THIS: &str = "update article_source set holder = $3, held_until = $4
    where server = $1 and id = $5 and removed_at is null
        and not exists (select 1 from article_source as held where held.server = $1 and held.held_until > $2)
    returning id, settings, record";
const FINISH: &str =
    "update article_source set record = $4, due = coalesce($5, due), holder = null, held_until = 0
    where server = $1 and id = $2 and holder = $3 and removed_at is null returning gate, added_by";
const LET_GO: &str = "update article_source set holder = null, held_until = 0 where holder = $1";
/// Replaces an article that was removed with an earlier source of the same name.
const KEEP: &str =
    "insert into article (server, path, hash, link, added_by, added_at, gate, source_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (server, path) do update set hash = excluded.hash, link = excluded.link,
        added_at = excluded.added_at, removed_at = null, gate = excluded.gate, source_id = excluded.source_id";
const MOVE: &str =
    "update article set link = $4 where server = $1 and source_id = $2 and path = $3";
const GONE: &str = "delete from article where server = $1 and source_id = $2 and path = $3";
const SYNC: &str =
    "update article_source set due = $3 where server = $1 and id = $2 and removed_at is null";
/// A statement about a source, and the same about its articles.
type Both = (&'static str, &'static str);
const REMOVE: Both = (
    "update article_source set removed_at = $3 where server = $1 and id = $2 and removed_at is null",
    "update article set removed_at = $3 where server = $1 and source_id = $2",
);
const RESTORE: Both = (
    "update article_source set removed_at = null where server = $1 and id = $2 and removed_at is not null",
    "update article set removed_at = null where server = $1 and source_id = $2",
);
const GATE_ARTICLES: &str = "update article set gate = $3 where server = $1 and source_id = $2";
const CHOOSE_GATE: Both = (
    "update article_source set gate = $3, gate_chosen = 1
        where server = $1 and id = $2 and removed_at is null",
    GATE_ARTICLES,
);
const FOLLOW_FORUM: Both = (
    "update article_source set gate = $3, gate_chosen = 0
        where server = $1 and id = $2 and removed_at is null",
    GATE_ARTICLES,
);
/// Nothing where managers have chosen the gate, or where another process was faster.
const RENEW_GATE: Both = (
    "update article_source set gate = $3
        where server = $1 and id = $2 and gate = $4 and gate_chosen = 0 and removed_at is null",
    GATE_ARTICLES,
);

/// A row of a list.
type Listed = (i64, String, Vec<u8>, String, i64, i64, i64, bool);

impl Store {
    /// The servers that have a source.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn servers_with_sources(&self) -> Result<BTreeSet<u64>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(BTreeSet::new());
        };
        let servers: Vec<i64> = with_pool!(database, pool => {
            sqlx::query_scalar(SERVERS).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(servers.into_iter().map(i64::cast_unsigned).collect())
    }

    /// A server's sources, the oldest first.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn sources(&self, server: u64) -> Result<Vec<ListedSource>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows = async {
            let now = clock(database).await?;
            with_pool!(database, pool => {
                let rows = sqlx::query_as(LIST).bind(server.cast_signed()).bind(now);
                rows.fetch_all(pool).await
            })
        };
        let rows: Result<Vec<Listed>, sqlx::Error> = rows.await;
        let rows = rows.map_err(|error| self.unavailable(error))?;
        Ok(rows.into_iter().map(listed).collect())
    }

    /// Takes a source that is due, for `time` milliseconds at most. `None` if none is.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn hold_source(
        &self,
        process: u64,
        time: i64,
    ) -> Result<Option<HeldSource>, StoreError> {
        self.hold(process, time, None).await
    }

    /// Takes this source of a server, whether it is due or not, for `time` milliseconds at most. `None` if it is gone, or while
    /// one of the server's is taken.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn hold_this_source(
        &self,
        holder: Holder,
        time: i64,
    ) -> Result<Option<HeldSource>, StoreError> {
        let this = (holder.server.cast_signed(), holder.source.cast_signed());
        self.hold(holder.process, time, Some(this)).await
    }

    /// Takes `this` source, by server and id, or one that is due.
    async fn hold(
        &self,
        process: u64,
        time: i64,
        this: Option<(i64, i64)>,
    ) -> Result<Option<HeldSource>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let hold = async {
            let now = clock(database).await?;
            with_pool!(database, pool => async {
                let mut change = pool.begin().await?;
                let server: Option<i64> = match this {
                    Some((server, _)) => Some(server),
                    None => sqlx::query_scalar(NEXT).bind(now).fetch_optional(&mut *change).await?,
                };
                let Some(server) = server else {
                    return Ok(None);
                };
                sqlx::query(LOCK).bind(server).execute(&mut *change).await?;
                let query = sqlx::query_as(if this.is_some() { HOLD_THIS } else { HOLD })
                    .bind(server)
                    .bind(now)
                    .bind(process.cast_signed())
                    .bind(now + time);
                let query = match this {
                    Some((_, source)) => query.bind(source),
                    None => query,
                };
                let held: Option<(i64, String, Vec<u8>)> = query.fetch_optional(&mut *change).await?;
                change.commit().await?;
                Ok(held.map(|(source, settings, record)| HeldSource {
                    holder: Holder {
                        process,
                        server: server.cast_unsigned(),
                        source: source.cast_unsigned(),
                    },
                    settings,
                    record: unpacked(&record),
                }))
            }
            .await)
        };
        let taken: Result<Option<HeldSource>, sqlx::Error> = hold.await;
        taken.map_err(|error| self.unavailable(error))
    }

    /// Keeps what a look has changed, all or nothing, and lets go of the source.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn finish_source(
        &self,
        holder: Holder,
        synced: &Synced<'_>,
        at: i64,
    ) -> Result<Finished, StoreError> {
        let database = self.database().await?;
        let io = |error: io::Error| self.unavailable(error.into());
        let packed: io::Result<Vec<Packed>> = synced.articles.iter().map(Packed::new).collect();
        let packed = packed.map_err(io)?;
        let record = packed::pack(synced.record).map_err(io)?;
        let (server, source) = (holder.server.cast_signed(), holder.source.cast_signed());
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            let held: Option<(String, i64)> = sqlx::query_as(FINISH)
                .bind(server)
                .bind(source)
                .bind(holder.process.cast_signed())
                .bind(&record)
                .bind(synced.due)
                .fetch_optional(&mut *change)
                .await?;
            let Some((gate, by)) = held else {
                return Ok(Finished::NotHeld);
            };
            for (article, packed) in synced.articles.iter().zip(&packed) {
                sqlx::query(KEEP_FILE)
                    .bind(&packed.hash)
                    .bind(&packed.content)
                    .bind(packed.size)
                    .bind(&packed.document)
                    .execute(&mut *change)
                    .await?;
                sqlx::query(KEEP)
                    .bind(server)
                    .bind(article.path)
                    .bind(&packed.hash)
                    .bind(article.link)
                    .bind(by)
                    .bind(at)
                    .bind(&gate)
                    .bind(source)
                    .execute(&mut *change)
                    .await?;
            }
            for (path, link) in synced.moved {
                sqlx::query(MOVE).bind(server).bind(source).bind(path).bind(link).execute(&mut *change).await?;
            }
            for path in synced.gone {
                sqlx::query(GONE).bind(server).bind(source).bind(path).execute(&mut *change).await?;
            }
            if !synced.is_any() {
                change.commit().await?;
                return Ok(Finished::Unchanged);
            }
            let version = change.next_version(holder.server).await?;
            change.publish(holder.server, version).await?;
            Ok(Finished::Changed(version))
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// Lets go of all sources that a process holds: others may look at them.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn let_go_of_sources(&self, process: u64) -> Result<(), StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(());
        };
        with_pool!(database, pool => {
            sqlx::query(LET_GO).bind(process.cast_signed()).execute(pool).await.map(|_| ())
        })
        .map_err(|error| self.unavailable(error))
    }

    /// Lets a source be looked at from then on. `false` if there is none.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn sync_source(
        &self,
        server: u64,
        source: u64,
        due: i64,
    ) -> Result<bool, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(false);
        };
        with_pool!(database, pool => {
            let sync = sqlx::query(SYNC).bind(server.cast_signed()).bind(source.cast_signed()).bind(due);
            sync.execute(pool).await.map(|done| done.rows_affected() > 0)
        })
        .map_err(|error| self.unavailable(error))
    }

    /// Removes a source with its articles; for a while, [`Store::restore_source`] brings both back. Returns the new version of the
    /// server's articles; `None` if there is no such source.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn remove_source(
        &self,
        server: u64,
        source: u64,
        at: i64,
    ) -> Result<Option<u64>, StoreError> {
        self.change_source(server, source, REMOVE, (Value::Time(at), None))
            .await
    }

    /// Brings back a removed source with its articles if `check` allows the server's sources with it. Otherwise it stays removed, and
    /// the inner error is that of `check`. `None` if there is no removed source of this id.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn restore_source<E>(
        &self,
        server: u64,
        source: u64,
        check: impl FnOnce(&[ListedSource]) -> Result<(), E>,
    ) -> Result<Result<Option<u64>, E>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Ok(None));
        };
        let (id, source) = (server.cast_signed(), source.cast_signed());
        let now = clock(database).await;
        let now = now.map_err(|error| self.unavailable(error))?;
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            // First, so that another change of the server waits for this one, or this one sees it.
            let version = change.next_version(server).await?;
            let restored = sqlx::query(RESTORE.0).bind(id).bind(source).execute(&mut *change).await?;
            if restored.rows_affected() == 0 {
                change.rollback().await?;
                return Ok(Ok(None));
            }
            sqlx::query(RESTORE.1).bind(id).bind(source).execute(&mut *change).await?;
            let rows: Vec<Listed> = sqlx::query_as(LIST).bind(id).bind(now).fetch_all(&mut *change).await?;
            let sources: Vec<ListedSource> = rows.into_iter().map(listed).collect();
            if let Err(refused) = check(&sources) {
                change.rollback().await?;
                return Ok(Err(refused));
            }
            change.publish(server, version).await?;
            Ok(Ok(Some(version)))
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// Says who may see the articles of a source, in the caller's words; empty for everyone. `None` if there is no such source.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn set_source_gate(
        &self,
        server: u64,
        source: u64,
        (gate, by): (&str, GatedBy),
    ) -> Result<Option<u64>, StoreError> {
        let change = match by {
            GatedBy::Forum => FOLLOW_FORUM,
            GatedBy::Managers => CHOOSE_GATE,
        };
        self.change_source(server, source, change, (Value::Text(gate), None))
            .await
    }

    /// Changes the gate of a forum from one to another. `None` if it is no longer the first, if managers have chosen it, or if there
    /// is no such source.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn renew_source_gate(
        &self,
        server: u64,
        source: u64,
        [before, gate]: [&str; 2],
    ) -> Result<Option<u64>, StoreError> {
        self.change_source(
            server,
            source,
            RENEW_GATE,
            (Value::Text(gate), Some(before)),
        )
        .await
    }

    /// Changes a source and its articles alike. `value` is the third parameter of both statements, and `before` the fourth one of the first,
    /// if it has one.
    async fn change_source(
        &self,
        server: u64,
        source: u64,
        (of_source, of_articles): Both,
        (value, before): (Value<'_>, Option<&str>),
    ) -> Result<Option<u64>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let (id, source) = (server.cast_signed(), source.cast_signed());
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            for (statement, is_first) in [(of_source, true), (of_articles, false)] {
                let statement = sqlx::query(statement).bind(id).bind(source);
                let statement = match value {
                    Value::None => statement,
                    Value::Time(at) => statement.bind(at),
                    Value::Text(text) => statement.bind(text),
                };
                let statement = match before.filter(|_| is_first) {
                    Some(before) => statement.bind(before),
                    None => statement,
                };
                let rows = statement.execute(&mut *change).await?.rows_affected();
                if is_first && rows == 0 {
                    return Ok(None);
                }
            }
            let version = change.next_version(server).await?;
            change.publish(server, version).await?;
            Ok(Some(version))
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }
}

fn listed((id, settings, record, gate, gate_chosen, at, due, is_held): Listed) -> ListedSource {
    ListedSource {
        id: id.cast_unsigned(),
        settings,
        record: unpacked(&record),
        gate,
        is_gate_chosen: gate_chosen != 0,
        at,
        due,
        is_held,
    }
}

/// The time that processes compare leases with, in milliseconds since 1970: that of the database, for their machines' may differ.
async fn clock(database: &Database) -> Result<i64, sqlx::Error> {
    match &database.pool {
        Pool::Sqlite(_) => {
            let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
            Ok(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
        }
        Pool::Postgres(pool) => {
            let now = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";
            sqlx::query_scalar(now).fetch_one(pool).await
        }
    }
}

/// What is known of the pages of a source; empty if it is damaged.
fn unpacked(record: &[u8]) -> Vec<u8> {
    packed::unpack_document(record).unwrap_or_default()
}
