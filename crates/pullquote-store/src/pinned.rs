//! Questions whose answers a server's people have chosen.

use crate::articles::Value;
use crate::database::{Store, with_pool};
use crate::error::StoreError;
use crate::news::Change;

/// A question with the passage that was chosen to answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedAnswer {
    /// The question.
    pub question: String,
    /// Names the passage.
    pub passage: String,
}

const PIN: &str = "insert into pinned (server, question, passage, pinned_at) values ($1, $2, $3, $4)
    on conflict (server, question) do update set passage = excluded.passage, pinned_at = excluded.pinned_at";
const UNPIN: &str = "delete from pinned where server = $1 and question = $2";
const PINNED: &str =
    "select question, passage from pinned where server = $1 order by pinned_at desc, question";

impl Store {
    /// Chooses a passage as the answer to questions, in place of an earlier one. Returns the new version of what the server's
    /// members see.
    ///
    /// ```
    /// use pullquote_store::{Location, Store};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let folder = tempfile::tempdir()?;
    /// let store = Store::new(Location::Folder(folder.path().to_owned()));
    /// let asked = ["When does it leave?".to_owned()];
    /// store.pin(7, &asked, "ferry.md#1", 1_700_000_000_000).await?;
    /// assert_eq!(store.pinned(7).await?[0].passage, "ferry.md#1");
    /// store.unpin(7, &asked[0]).await?;
    /// assert!(store.pinned(7).await?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn pin(
        &self,
        server: u64,
        questions: &[String],
        passage: &str,
        at: i64,
    ) -> Result<u64, StoreError> {
        let database = self.database().await?;
        let id = server.cast_signed();
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            let version = change.next_version(server).await?;
            for question in questions {
                let pin = sqlx::query(PIN).bind(id).bind(question).bind(passage).bind(at);
                pin.execute(&mut *change).await?;
            }
            change.publish(server, version).await?;
            Ok(version)
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// Leaves the answer to a question to ranking again. Returns the new version; `None` if no answer was chosen for it.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn unpin(&self, server: u64, question: &str) -> Result<Option<u64>, StoreError> {
        self.change(server, question, UNPIN, Value::None).await
    }

    /// The questions of a server whose answers were chosen, the last chosen first.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn pinned(&self, server: u64) -> Result<Vec<PinnedAnswer>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<(String, String)> = with_pool!(database, pool => {
            sqlx::query_as(PINNED).bind(server.cast_signed()).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        let answer = |(question, passage)| PinnedAnswer { question, passage };
        Ok(rows.into_iter().map(answer).collect())
    }
}
