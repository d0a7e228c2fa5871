//! What happens once, however often it arrives: Discord may deliver an interaction to two processes, and whoever has a copy of a
//! signed request may send it again.
//!
//! An interaction that has had its effect is a row among the drafts until it is over. It belongs to no server and no member is
//! its author, so nobody can confirm it.

use crate::database::{Store, with_pool};
use crate::error::StoreError;

const CLAIM: &str =
    "insert into draft (token, server, author, until, content) values ($1, 0, 0, $2, '')
    on conflict (token) do nothing";

impl Store {
    /// Takes an interaction for its effect, and remembers it until `until`, in milliseconds since 1970. Of all processes that take
    /// it, one gets `true`; every call does while there is no file.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn take_once(&self, interaction: u64, until: i64) -> Result<bool, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(true);
        };
        with_pool!(database, pool => {
            sqlx::query(CLAIM)
                .bind(format!("interaction {interaction}"))
                .bind(until)
                .execute(pool)
                .await
                .map(|done| done.rows_affected() > 0)
        })
        .map_err(|error| self.unavailable(error))
    }
}
