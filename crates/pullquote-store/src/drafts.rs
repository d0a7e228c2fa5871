//! What a member has filled in and not yet confirmed. A button carries the draft's token, so that any process can confirm it.

use crate::database::{Store, with_pool};
use crate::error::StoreError;

const PUT: &str =
    "insert into draft (token, server, author, until, content) values ($1, $2, $3, $4, $5)";
const TAKE: &str = "delete from draft where token = $1 and server = $2 and author = $3 and until > $4 returning content";

impl Store {
    /// Keeps a draft until a time, in milliseconds since 1970.
    ///
    /// # Errors
    ///
    /// If the database cannot be used, or there is a draft of this token.
    pub async fn put_draft(
        &self,
        token: &str,
        (server, author): (u64, u64),
        until: i64,
        content: &str,
    ) -> Result<(), StoreError> {
        let database = self.database().await?;
        with_pool!(database, pool => {
            sqlx::query(PUT)
                .bind(token)
                .bind(server.cast_signed())
                .bind(author.cast_signed())
                .bind(until)
                .bind(content)
                .execute(pool)
                .await
                .map(|_| ())
        })
        .map_err(|error| self.unavailable(error))
    }

    /// Takes a draft out of the store: of two who confirm, one gets it. `None` if there is none of this token by this member
    /// in this server, or its time is over.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn take_draft(
        &self,
        token: &str,
        (server, author): (u64, u64),
        now: i64,
    ) -> Result<Option<String>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        with_pool!(database, pool => {
            sqlx::query_scalar(TAKE)
                .bind(token)
                .bind(server.cast_signed())
                .bind(author.cast_signed())
                .bind(now)
                .fetch_optional(pool)
                .await
        })
        .map_err(|error| self.unavailable(error))
    }
}
