//! How often articles were quoted in a server, by day. Counts of an article that a server has added go with it.

use crate::database::{Store, with_pool};
use crate::error::StoreError;

/// How often an article was quoted in a server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuoteCount {
    /// Path of its file.
    pub path: String,
    /// Whether all servers share it. Otherwise, it is one that the server has added.
    pub is_shared: bool,
    /// How often.
    pub number: u64,
}

/// How often the articles of a server were quoted in some days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quotes {
    /// The first day that anything was counted on, of all that are kept; `None` if nothing was.
    pub first_day: Option<i64>,
    /// Those that were quoted, the most quoted first.
    pub articles: Vec<QuoteCount>,
}

/// How often an article that all servers share was quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedQuotes {
    /// Path of its file.
    pub path: String,
    /// How often, in all servers.
    pub number: u64,
    /// The last day that it was. Days are counted from 1970.
    pub last_day: i64,
}

/// Counts nothing for an article that was deleted meanwhile.
pub(crate) const ADD_OWN: &str = "insert into quoted (server, path, day, number)
    select server, path, $3, $4 from article where server = $1 and path = $2
    on conflict (server, path, day) do update set number = quoted.number + excluded.number";
pub(crate) const ADD_SHARED: &str =
    "insert into quoted_shared (server, path, day, number) values ($1, $2, $3, $4)
    on conflict (server, path, day) do update set number = quoted_shared.number + excluded.number";
const QUOTES: &str =
    "select path, cast(0 as bigint) as is_shared, cast(sum(number) as bigint) as number
        from quoted where server = $1 and day >= $2 group by path
    union all select path, cast(1 as bigint), cast(sum(number) as bigint)
        from quoted_shared where server = $1 and day >= $2 group by path
    order by number desc, path, is_shared";
const FIRST_DAY: &str = "select min(day) from (select day from quoted where server = $1
    union all select day from quoted_shared where server = $1) as days";
const SHARED: &str = "select path, cast(sum(number) as bigint), max(day) from quoted_shared
    group by path order by path";

impl Store {
    /// How often the articles that all servers share were quoted, by path, as far as servers keep that.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn shared_quotes(&self) -> Result<Vec<SharedQuotes>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<(String, i64, i64)> = with_pool!(database, pool => {
            sqlx::query_as(SHARED).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        let counted = rows
            .into_iter()
            .map(|(path, number, last_day)| SharedQuotes {
                path,
                number: number.cast_unsigned(),
                last_day,
            });
        Ok(counted.collect())
    }

    /// How often the articles of a server, and those that it shares with others, were quoted from a day on. Days are counted from
    /// 1970.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn quotes(&self, server: u64, since: i64) -> Result<Quotes, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Quotes::default());
        };
        let server = server.cast_signed();
        let (first_day, rows): (Option<i64>, Vec<(String, i64, i64)>) =
            with_pool!(database, pool => async {
                let first = sqlx::query_scalar(FIRST_DAY).bind(server).fetch_one(pool).await?;
                let rows = sqlx::query_as(QUOTES).bind(server).bind(since).fetch_all(pool).await?;
                Ok((first, rows))
            }
            .await)
            .map_err(|error| self.unavailable(error))?;
        let count = |(path, is_shared, number): (String, i64, i64)| QuoteCount {
            path,
            is_shared: is_shared != 0,
            number: number.cast_unsigned(),
        };
        Ok(Quotes {
            first_day,
            articles: rows.into_iter().map(count).collect(),
        })
    }
}
