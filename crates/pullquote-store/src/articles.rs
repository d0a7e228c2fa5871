//! Articles of servers.

use crate::database::{Store, with_pool};
use crate::error::StoreError;
use crate::news::Change;
use crate::packed;
use std::io;

/// An article to keep. Replaces the server's article of the same path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewArticle<'a> {
    /// The server's id.
    pub server: u64,
    /// Name and format, like that of a file: `rules.md`.
    pub path: &'a str,
    /// The content of the file.
    pub content: &'a [u8],
    /// Where it comes from.
    pub link: Option<&'a str>,
    /// Id of the member who added it.
    pub by: u64,
    /// Now, in milliseconds since 1970.
    pub at: i64,
}

/// An article that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArticle {
    /// Name and format, like that of a file.
    pub path: String,
    /// The content of the file.
    pub content: Vec<u8>,
    /// What a reader made of it, if that was kept.
    pub document: Option<Vec<u8>>,
    /// Who may see it, in the caller's words; empty for everyone.
    pub gate: String,
    /// Where it comes from.
    pub link: Option<String>,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedArticle {
    /// Name and format, like that of a file.
    pub path: String,
    /// Bytes of its file.
    pub size: u64,
    /// Where it comes from.
    pub link: Option<String>,
    /// Id of the member who added it.
    pub by: u64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who may see it, in the caller's words; empty for everyone.
    pub gate: String,
    /// The source that it belongs to.
    pub source: Option<u64>,
}

/// How much a server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Articles.
    pub articles: u64,
    /// Bytes of their files.
    pub bytes: u64,
}

const KEEP_FILE: &str =
    "insert into source (hash, content, size) values ($1, $2, $3) on conflict (hash) do nothing";
const KEEP_DOCUMENT: &str = "update source set document = $2 where hash = $1";
/// An article that is replaced keeps its gate, unless it was removed.
const KEEP_ARTICLE: &str =
    "insert into article (server, path, hash, link, added_by, added_at, removed_at)
    values ($1, $2, $3, $4, $5, $6, null)
    on conflict (server, path) do update set hash = excluded.hash, link = excluded.link,
        added_by = excluded.added_by, added_at = excluded.added_at, removed_at = null,
        source_id = excluded.source_id,
        gate = case when article.removed_at is null then article.gate else excluded.gate end";
pub(crate) const REMOVE: &str =
    "update article set removed_at = $3 where server = $1 and path = $2 and removed_at is null";
const RESTORE: &str = "update article set removed_at = null where server = $1 and path = $2 and removed_at is not null";
const VERSION: &str = "select version from server where id = $1";
const CONTENTS: &str =
    "select path, content, size, document, link, gate from article join source using (hash)
    where server = $1 and removed_at is null order by path";
const LIST: &str =
    "select path, size, link, added_by, added_at, gate, source_id from article join source using (hash)
    where server = $1 and removed_at is null order by path";
const USAGE: &str =
    "select count(*), cast(coalesce(sum(size), 0) as bigint) from article join source using (hash)
    where server = $1 and removed_at is null";

const GATES: &str = "select distinct gate from article
    where server = $1 and removed_at is null and gate <> '' order by gate";
const SET_GATE: &str =
    "update article set gate = $3 where server = $1 and path = $2 and removed_at is null";

/// A row of a file: path, content, its size, document, link and gate.
pub(crate) type Content = (
    String,
    Vec<u8>,
    i64,
    Option<Vec<u8>>,
    Option<String>,
    String,
);
/// A row of a list: path, size, link, who added it, when, gate, and source.
type Listed = (String, i64, Option<String>, i64, i64, String, Option<i64>);

/// What a row is changed to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    None,
    Time(i64),
    Text(&'a str),
}

impl Store {
    /// Keeps an article. Returns the new version of the server's articles. With `seen`, the version that the member has seen:
    /// nothing is kept if it is no longer that.
    ///
    /// ```
    /// use pullquote_store::{Location, NewArticle, Store, StoreError};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let folder = tempfile::tempdir()?;
    /// let store = Store::new(Location::Folder(folder.path().to_owned()));
    /// let article = NewArticle {
    ///     server: 7,
    ///     path: "ferry.md",
    ///     content: b"The ferry leaves at seven.",
    ///     link: None,
    ///     by: 42,
    ///     at: 1_700_000_000_000,
    /// };
    /// let version = store.put(&article, Some(0)).await?;
    /// // Somebody else has not seen it yet.
    /// let refused = store.put(&article, Some(0)).await;
    /// assert!(matches!(refused, Err(StoreError::Changed)));
    /// assert_eq!(store.version(7).await?, version);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the articles have changed since, or the database cannot be used.
    pub async fn put(
        &self,
        article: &NewArticle<'_>,
        seen: Option<u64>,
    ) -> Result<u64, StoreError> {
        let packed =
            packed::pack(article.content).map_err(|error| self.unavailable(error.into()))?;
        let (server, hash) = (
            article.server.cast_signed(),
            packed::hash(article.path, article.content),
        );
        let size = i64::try_from(article.content.len()).unwrap_or(i64::MAX);
        let database = self.database().await?;
        let version = with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            let version = change.next_version(article.server).await?;
            sqlx::query(KEEP_FILE).bind(&hash).bind(&packed).bind(size).execute(&mut *change).await?;
            sqlx::query(KEEP_ARTICLE)
                .bind(server)
                .bind(article.path)
                .bind(&hash)
                .bind(article.link)
                .bind(article.by.cast_signed())
                .bind(article.at)
                .execute(&mut *change)
                .await?;
            if seen.is_some_and(|seen| seen + 1 != version) {
                change.rollback().await?;
                return Ok(None);
            }
            change.publish(article.server, version).await?;
            Ok(Some(version))
        }
        .await)
        .map_err(|error| self.unavailable(error))?;
        version.ok_or(StoreError::Changed)
    }

    /// Removes an article; for a while, [`Store::restore`] brings it back. Returns the new version of the server's articles;
    /// `None` if there is no such article.
    ///
    /// ```
    /// use pullquote_store::{Location, NewArticle, Store};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let folder = tempfile::tempdir()?;
    /// let store = Store::new(Location::Folder(folder.path().to_owned()));
    /// let article = NewArticle {
    ///     server: 7,
    ///     path: "ferry.md",
    ///     content: b"The ferry leaves at seven.",
    ///     link: None,
    ///     by: 42,
    ///     at: 1_700_000_000_000,
    /// };
    /// store.put(&article, None).await?;
    /// store.remove(7, "ferry.md", article.at).await?;
    /// assert!(store.articles(7).await?.1.is_empty());
    /// let always = |_: &[_]| Ok::<(), ()>(());
    /// assert!(matches!(store.restore(7, "ferry.md", always).await?, Ok(Some(_))));
    /// assert_eq!(store.articles(7).await?.1.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn remove(
        &self,
        server: u64,
        path: &str,
        at: i64,
    ) -> Result<Option<u64>, StoreError> {
        self.change(server, path, REMOVE, Value::Time(at)).await
    }

    /// Brings back a removed article if `check` allows the server's articles with it. Otherwise it stays removed, and the inner
    /// error is that of `check`. `None` if there is no removed article of this path.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn restore<E>(
        &self,
        server: u64,
        path: &str,
        check: impl FnOnce(&[ListedArticle]) -> Result<(), E>,
    ) -> Result<Result<Option<u64>, E>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Ok(None));
        };
        let id = server.cast_signed();
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            // First, so that another change of the server waits for this one, or this one sees it.
            let version = change.next_version(server).await?;
            let restored = sqlx::query(RESTORE).bind(id).bind(path).execute(&mut *change).await?;
            if restored.rows_affected() == 0 {
                change.rollback().await?;
                return Ok(Ok(None));
            }
            let rows: Vec<Listed> = sqlx::query_as(LIST).bind(id).fetch_all(&mut *change).await?;
            let articles: Vec<ListedArticle> = rows.into_iter().map(listed).collect();
            if let Err(refused) = check(&articles) {
                change.rollback().await?;
                return Ok(Err(refused));
            }
            change.publish(server, version).await?;
            Ok(Ok(Some(version)))
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// Runs a statement about one row of a server. `value` is its third parameter. `None` if there is no such row.
    pub(crate) async fn change(
        &self,
        server: u64,
        row: &str,
        statement: &'static str,
        value: Value<'_>,
    ) -> Result<Option<u64>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let id = server.cast_signed();
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            let statement = sqlx::query(statement).bind(id).bind(row);
            let statement = match value {
                Value::None => statement,
                Value::Time(at) => statement.bind(at),
                Value::Text(text) => statement.bind(text),
            };
            if statement.execute(&mut *change).await?.rows_affected() == 0 {
                return Ok(None);
            }
            let version = change.next_version(server).await?;
            change.publish(server, version).await?;
            Ok(Some(version))
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// Keeps what a reader has made of a file since it was kept. The version of the articles stays: they say the same.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn keep_document(&self, article: &StoredArticle) -> Result<(), StoreError> {
        let document = article.document.as_deref().map(packed::pack).transpose();
        let document = document.map_err(|error| self.unavailable(error.into()))?;
        let hash = packed::hash(&article.path, &article.content);
        let database = self.database().await?;
        with_pool!(database, pool => {
            sqlx::query(KEEP_DOCUMENT).bind(hash).bind(document).execute(pool).await.map(drop)
        })
        .map_err(|error| self.unavailable(error))
    }

    /// Says who may see an article. Returns the new version of the server's articles; `None` if there is no such article.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn set_gate(
        &self,
        server: u64,
        path: &str,
        gate: &str,
    ) -> Result<Option<u64>, StoreError> {
        self.change(server, path, SET_GATE, Value::Text(gate)).await
    }

    /// The different gates of a server's articles, except that for everyone, and the version of those articles.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn gates(&self, server: u64) -> Result<(u64, Vec<String>), StoreError> {
        // The version first: if a change comes between, the gates are newer than it says, and are read again.
        let version = self.version(server).await?;
        let Some(database) = self.existing().await? else {
            return Ok((version, Vec::new()));
        };
        let gates = with_pool!(database, pool => {
            sqlx::query_scalar(GATES).bind(server.cast_signed()).fetch_all(pool).await
        });
        Ok((version, gates.map_err(|error| self.unavailable(error))?))
    }

    /// The version of a server's articles: it rises with every change, from 0.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn version(&self, server: u64) -> Result<u64, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(0);
        };
        let version: Option<i64> = with_pool!(database, pool => {
            sqlx::query_scalar(VERSION).bind(server.cast_signed()).fetch_optional(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(version.unwrap_or_default().cast_unsigned())
    }

    /// A server's articles by path, and their version.
    ///
    /// # Errors
    ///
    /// If the database cannot be used, or a file is not as it was kept.
    pub async fn articles(&self, server: u64) -> Result<(u64, Vec<StoredArticle>), StoreError> {
        // The version first: if a change comes between, the articles are newer than it says, and are read again.
        let version = self.version(server).await?;
        let Some(database) = self.existing().await? else {
            return Ok((version, Vec::new()));
        };
        let rows: Vec<Content> = with_pool!(database, pool => {
            sqlx::query_as(CONTENTS).bind(server.cast_signed()).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        let articles: io::Result<Vec<StoredArticle>> = rows.into_iter().map(unpacked).collect();
        let articles = articles.map_err(|error| self.unavailable(error.into()))?;
        Ok((version, articles))
    }

    /// A server's articles by path, without their contents.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn list(&self, server: u64) -> Result<Vec<ListedArticle>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<Listed> = with_pool!(database, pool => {
            sqlx::query_as(LIST).bind(server.cast_signed()).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(rows.into_iter().map(listed).collect())
    }

    /// How much a server has.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn usage(&self, server: u64) -> Result<Usage, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Usage::default());
        };
        let (articles, bytes): (i64, i64) = with_pool!(database, pool => {
            sqlx::query_as(USAGE).bind(server.cast_signed()).fetch_one(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(Usage {
            articles: articles.cast_unsigned(),
            bytes: bytes.cast_unsigned(),
        })
    }
}

fn listed((path, size, link, by, at, gate, source): Listed) -> ListedArticle {
    ListedArticle {
        path,
        size: size.cast_unsigned(),
        link,
        by: by.cast_unsigned(),
        at,
        gate,
        source: source.map(i64::cast_unsigned),
    }
}

/// An article as it was kept.
pub(crate) fn unpacked(row: Content) -> io::Result<StoredArticle> {
    let (path, content, size, document, link, gate) = row;
    let size = usize::try_from(size).map_err(io::Error::other)?;
    Ok(StoredArticle {
        path,
        content: packed::unpack(&content, size)?,
        document: document.and_then(|packed| packed::unpack_document(&packed)),
        link,
        gate,
    })
}
