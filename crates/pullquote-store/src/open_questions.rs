//! The questions without an answer of all servers, for their host.

use crate::database::{Store, with_pool};
use crate::error::StoreError;
use crate::questions::{QuestionRow, StoredQuestion, stored};
use sqlx::AssertSqlSafe;

/// How many questions without an answer a server has, and what decides who sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestions {
    /// The server.
    pub server: u64,
    /// Its settings: JSON.
    pub settings: String,
    /// Whether it has articles of its own.
    pub has_articles: bool,
    /// How many questions there are.
    pub questions: u64,
    /// How many of them two members have asked on one day.
    pub by_several: u64,
}

/// The servers whose questions are read together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AskedIn {
    /// Of these, all questions.
    pub all: Vec<u64>,
    /// Of these, what two members have asked on one day.
    pub by_several: Vec<u64>,
}

const OPEN: &str = "select server, settings,
        exists (select 1 from article where article.server = question.server and removed_at is null),
        count(*), cast(sum(several) as bigint)
    from question join server on server.id = question.server
    where state = 0 and (server = $1 or $1 = 0) group by server, settings order by server";

/// A row of [`OPEN`].
type OpenRow = (i64, String, bool, i64, i64);

/// The text of a query for [`Store::most_asked`]. It contains the ids, because there may be more than a query can have parameters.
fn most_asked(servers: &AskedIn) -> String {
    // Of a list that begins with nothing, none may be given.
    let list = |ids: &[u64]| {
        let ids = ids.iter().map(|id| format!(",{}", id.cast_signed()));
        format!("(null{})", ids.collect::<String>())
    };
    format!(
        "select question_key, min(wording), cast(sum(asked) as bigint), min(first_day), max(last_day), max(several), min(state)
        from question
        where state = 0 and (server in {} or several = 1 and server in {})
        group by question_key order by sum(asked) desc, max(last_day) desc, question_key limit $1",
        list(&servers.all),
        list(&servers.by_several)
    )
}

impl Store {
    /// The servers with questions without an answer: all, or one of them.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn open_questions(
        &self,
        server: Option<u64>,
    ) -> Result<Vec<OpenQuestions>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let server = server.unwrap_or_default().cast_signed();
        let rows: Vec<OpenRow> = with_pool!(database, pool => {
            sqlx::query_as(OPEN).bind(server).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        let open =
            |(server, settings, has_articles, questions, by_several): OpenRow| OpenQuestions {
                server: server.cast_unsigned(),
                settings,
                has_articles,
                questions: questions.cast_unsigned(),
                by_several: by_several.cast_unsigned(),
            };
        Ok(rows.into_iter().map(open).collect())
    }

    /// The questions without an answer that were asked most in these servers, at most so many. What was asked in several of them
    /// is one question, with the counts of all.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn most_asked(
        &self,
        servers: &AskedIn,
        most: u32,
    ) -> Result<Vec<StoredQuestion>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let query = AssertSqlSafe(most_asked(servers));
        let rows: Vec<QuestionRow> = with_pool!(database, pool => {
            // Another list of servers is another text: none is worth remembering.
            let query = sqlx::query_as(query).persistent(false).bind(i64::from(most));
            query.fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(rows.into_iter().map(stored).collect())
    }
}
