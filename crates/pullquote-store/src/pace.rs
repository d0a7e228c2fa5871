//! How often a host on the web is asked, where several processes share a database.
//!
//! When a host may be asked again is a row among the drafts: it is over at that time, and then deleted like any other. It belongs
//! to no server and no member is its author, so nobody can confirm it.

use crate::database::{Pool, Store};
use crate::error::StoreError;

/// Of two processes at once, the second waits for the first, and gets the turn after it. The time is that of the database, for
/// their machines' may differ.
const BOOK: &str = "insert into draft (token, server, author, until, content)
        values ($1, 0, 0, (extract(epoch from clock_timestamp()) * 1000)::bigint + $2, '')
    on conflict (token) do update
        set until = greatest(draft.until, (extract(epoch from clock_timestamp()) * 1000)::bigint) + $2
    returning greatest(until - $2 - (extract(epoch from clock_timestamp()) * 1000)::bigint, 0)";

impl Store {
    /// Books the next turn to ask a host, `gap` milliseconds after the turn before it. Returns how many milliseconds it is until then: 0
    /// with a file, which has one process.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn book_turn(&self, host: &str, gap: i64) -> Result<i64, StoreError> {
        if matches!(self.location(), crate::Location::Folder(_)) {
            return Ok(0);
        }
        let Pool::Postgres(pool) = &self.database().await?.pool else {
            return Ok(0);
        };
        let book = sqlx::query_scalar(BOOK)
            .bind(format!("host {host}"))
            .bind(gap);
        let pause = book.fetch_one(pool).await;
        pause.map_err(|error| self.unavailable(error))
    }
}
