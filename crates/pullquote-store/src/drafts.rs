//! Files that a member wants to add, read but not confirmed yet. A button carries the draft's token, so that any process can
//! confirm it.

use crate::articles::{self, Content, REMOVE, StoredArticle};
use crate::database::{Store, with_pool};
use crate::error::StoreError;
use crate::files::{DraftArticle, KEEP_FILE, Packed};
use crate::news::Change;
use crate::packed;
use crate::sources::NewSource;
use std::io;

/// Files to keep until they are confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDraft<'a> {
    /// Names the draft.
    pub token: &'a str,
    /// The server's id, and the member's: only that member can confirm it, and only there.
    pub owner: (u64, u64),
    /// When it is over, in milliseconds since 1970.
    pub until: i64,
    /// The version of the server's articles that the member has seen.
    pub seen: u64,
    /// Path of the article that was edited: it is removed if no file has that path.
    pub edited: Option<&'a str>,
    /// The source that the files come from.
    pub source: Option<NewSource<'a>>,
    /// The files.
    pub articles: &'a [DraftArticle<'a>],
}

/// A draft that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Path of the article that was edited.
    pub edited: Option<String>,
    /// The source that the files come from.
    pub source: Option<DraftSource>,
    /// The files, by path.
    pub articles: Vec<StoredArticle>,
}

/// A source of a draft that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSource {
    /// What is where, in the caller's words.
    pub settings: String,
    /// What is known of its pages.
    pub record: Vec<u8>,
    /// Who may see its articles, in the caller's words; empty for everyone.
    pub gate: String,
}

const PUT: &str = "insert into draft (token, server, author, until, content, seen) values ($1, $2, $3, $4, $5, $6)";
const PUT_SOURCE: &str = "update draft
    set source_id = $3, source_settings = $4, source_record = $5, source_due = $6
    where token = $1 and server = $2";
const PUT_ARTICLE: &str =
    "insert into draft_article (token, server, path, hash, link) values ($1, $2, $3, $4, $5)";
const GET: &str = "select content, source_settings, source_record from draft
    where token = $1 and server = $2 and author = $3 and until > $4";
const CONTENTS: &str = "select path, content, size, document, link, '' from draft_article
    join source using (hash) where token = $1 and server = $2 order by path";
const SEE: &str = "update draft set seen = $4 where token = $1 and server = $2 and author = $3";
/// Of two who confirm, the second waits for the first, and then finds nothing.
const CLAIM: &str = "update draft set until = 0
    where token = $1 and server = $2 and author = $3 and until > $4 returning content, seen, source_id";
const CONFIRM_SOURCE: &str =
    "insert into article_source (id, server, settings, record, added_by, added_at, due, gate)
    select source_id, server, source_settings, source_record, author, $3, source_due, content from draft
    where token = $1 and server = $2 and source_id is not null";
/// An article that is replaced keeps its gate, unless it was removed or is replaced by a source, which has one of its own.
const CONFIRM: &str =
    "insert into article (server, path, hash, link, added_by, added_at, source_id, gate)
    select $1, path, hash, link, $2, $3, $5, $6 from draft_article where token = $4 and server = $1
    on conflict (server, path) do update set hash = excluded.hash, link = excluded.link,
        added_by = excluded.added_by, added_at = excluded.added_at, removed_at = null,
        source_id = excluded.source_id,
        gate = case when article.removed_at is null and excluded.source_id is null then article.gate else excluded.gate end";
/// An article that is edited under another name keeps its gate.
const KEEP_GATE: &str = "update article set gate = coalesce((select gate from article where server = $1 and path = $3), '')
    where server = $1 and path in (select path from draft_article where token = $2 and server = $1)";
const HAS_PATH: &str =
    "select count(*) from draft_article where token = $1 and server = $2 and path = $3";
const DELETE: &str = "delete from draft where token = $1 and server = $2 and author = $3";

impl Store {
    /// Keeps a draft.
    ///
    /// # Errors
    ///
    /// If the database cannot be used, or there is a draft of this token.
    pub async fn put_draft(&self, draft: &NewDraft<'_>) -> Result<(), StoreError> {
        let database = self.database().await?;
        let packed: io::Result<Vec<Packed>> = draft.articles.iter().map(Packed::new).collect();
        let packed = packed.map_err(|error| self.unavailable(error.into()))?;
        let source = draft.source.map(|source| {
            let record = packed::pack(source.record)?;
            Ok((source, record))
        });
        let source: io::Result<Option<(NewSource<'_>, Vec<u8>)>> = source.transpose();
        let source = source.map_err(|error| self.unavailable(error.into()))?;
        let (server, author) = draft.owner;
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            sqlx::query(PUT)
                .bind(draft.token)
                .bind(server.cast_signed())
                .bind(author.cast_signed())
                .bind(draft.until)
                .bind(draft.source.map_or(draft.edited.unwrap_or_default(), |source| source.gate))
                .bind(draft.seen.cast_signed())
                .execute(&mut *change)
                .await?;
            if let Some((source, record)) = &source {
                sqlx::query(PUT_SOURCE)
                    .bind(draft.token)
                    .bind(server.cast_signed())
                    .bind(source.id.cast_signed())
                    .bind(source.settings)
                    .bind(record)
                    .bind(source.due)
                    .execute(&mut *change)
                    .await?;
            }
            for (article, packed) in draft.articles.iter().zip(&packed) {
                sqlx::query(KEEP_FILE)
                    .bind(&packed.hash)
                    .bind(&packed.content)
                    .bind(packed.size)
                    .bind(&packed.document)
                    .execute(&mut *change)
                    .await?;
                sqlx::query(PUT_ARTICLE)
                    .bind(draft.token)
                    .bind(server.cast_signed())
                    .bind(article.path)
                    .bind(&packed.hash)
                    .bind(article.link)
                    .execute(&mut *change)
                    .await?;
            }
            change.commit().await
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// A draft of this member in this server; `None` if there is none, or its time is over.
    ///
    /// # Errors
    ///
    /// If the database cannot be used, or a file is not as it was kept.
    pub async fn draft(
        &self,
        token: &str,
        (server, author): (u64, u64),
        now: i64,
    ) -> Result<Option<Draft>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let found: Option<(Found, Vec<Content>)> = with_pool!(database, pool => async {
            let found = sqlx::query_as(GET)
                .bind(token)
                .bind(server.cast_signed())
                .bind(author.cast_signed())
                .bind(now)
                .fetch_optional(pool)
                .await?;
            let Some(found) = found else {
                return Ok(None);
            };
            let rows = sqlx::query_as(CONTENTS).bind(token).bind(server.cast_signed()).fetch_all(pool).await?;
            Ok(Some((found, rows)))
        }
        .await)
        .map_err(|error| self.unavailable(error))?;
        let Some(((content, settings, record), rows)) = found else {
            return Ok(None);
        };
        let record = record.and_then(|packed| packed::unpack_document(&packed));
        let of_source = settings.zip(record);
        let (edited, gate) = edited_and_gate(content, of_source.is_some());
        let source = of_source.map(|(settings, record)| DraftSource {
            settings,
            record,
            gate,
        });
        let articles: io::Result<_> = rows.into_iter().map(articles::unpacked).collect();
        Ok(Some(Draft {
            edited: (!edited.is_empty()).then_some(edited),
            source,
            articles: articles.map_err(|error| self.unavailable(error.into()))?,
        }))
    }

    /// Notes which version of the server's articles the member has seen by now.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn see_draft(
        &self,
        token: &str,
        (server, author): (u64, u64),
        seen: u64,
    ) -> Result<(), StoreError> {
        let database = self.database().await?;
        with_pool!(database, pool => {
            sqlx::query(SEE)
                .bind(token)
                .bind(server.cast_signed())
                .bind(author.cast_signed())
                .bind(seen.cast_signed())
                .execute(pool)
                .await
                .map(|_| ())
        })
        .map_err(|error| self.unavailable(error))
    }

    /// Makes the files of a draft articles of the server, all or none, and returns the new version of those. `None` if there is
    /// no such draft any more.
    ///
    /// # Errors
    ///
    /// [`StoreError::Changed`] if the articles have changed since the member saw them, or if the database cannot be used. The
    /// draft stays in both cases.
    pub async fn confirm_draft(
        &self,
        token: &str,
        (server, author): (u64, u64),
        now: i64,
    ) -> Result<Option<u64>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let (server, author) = (server.cast_signed(), author.cast_signed());
        let version = with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            let claimed: Option<(String, i64, Option<i64>)> = sqlx::query_as(CLAIM)
                .bind(token)
                .bind(server)
                .bind(author)
                .bind(now)
                .fetch_optional(&mut *change)
                .await?;
            let Some((content, seen, source)) = claimed else {
                return Ok(None);
            };
            let (edited, gate) = edited_and_gate(content, source.is_some());
            let version = change.next_version(server.cast_unsigned()).await?;
            if version != seen.cast_unsigned() + 1 {
                change.rollback().await?;
                return Ok(Some(0));
            }
            sqlx::query(CONFIRM_SOURCE).bind(token).bind(server).bind(now).execute(&mut *change).await?;
            sqlx::query(CONFIRM)
                .bind(server)
                .bind(author)
                .bind(now)
                .bind(token)
                .bind(source)
                .bind(&gate)
                .execute(&mut *change)
                .await?;
            let kept: i64 = sqlx::query_scalar(HAS_PATH)
                .bind(token)
                .bind(server)
                .bind(&edited)
                .fetch_one(&mut *change)
                .await?;
            if kept == 0 && !edited.is_empty() {
                sqlx::query(KEEP_GATE).bind(server).bind(token).bind(&edited).execute(&mut *change).await?;
                sqlx::query(REMOVE).bind(server).bind(&edited).bind(now).execute(&mut *change).await?;
            }
            sqlx::query(DELETE).bind(token).bind(server).bind(author).execute(&mut *change).await?;
            change.publish(server.cast_unsigned(), version).await?;
            Ok(Some(version))
        }
        .await)
        .map_err(|error| self.unavailable(error))?;
        match version {
            Some(0) => Err(StoreError::Changed),
            version => Ok(version),
        }
    }

    /// Deletes a draft. `false` if there is none.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn delete_draft(
        &self,
        token: &str,
        (server, author): (u64, u64),
    ) -> Result<bool, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(false);
        };
        with_pool!(database, pool => {
            sqlx::query(DELETE)
                .bind(token)
                .bind(server.cast_signed())
                .bind(author.cast_signed())
                .execute(pool)
                .await
                .map(|done| done.rows_affected() > 0)
        })
        .map_err(|error| self.unavailable(error))
    }
}

/// What the column `content` has: the path of the article that was edited, or for the files of a source, which replace none, who may see
/// them. The other is empty.
fn edited_and_gate(content: String, is_source: bool) -> (String, String) {
    if is_source {
        (String::new(), content)
    } else {
        (content, String::new())
    }
}

/// A row of a draft: its content, and settings and record of its source.
type Found = (String, Option<String>, Option<Vec<u8>>);
