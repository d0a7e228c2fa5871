//! Questions that were asked and not answered: their words and numbers, without who asked.

use crate::backup;
use crate::database::{Location, Store, with_pool};
use crate::error::StoreError;
use crate::quotes::{ADD_OWN, ADD_SHARED, QuoteCount};
use std::collections::BTreeSet;

/// Questions that are kept of a server. Beyond that, the least asked ones are forgotten.
pub const MAX_QUESTIONS: u32 = 2_000;

/// Numbers to add. Days are counted from 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Questions without an answer.
    pub questions: Vec<NewQuestion>,
    /// How many questions were asked: the server, what and how many.
    pub asked: Vec<(u64, DayCount)>,
    /// How often articles were quoted: the server, the day, and what.
    pub quotes: Vec<(u64, i64, QuoteCount)>,
    /// How passages were rated: the server, the passage, and the day.
    pub votes: Vec<(u64, PassageVotes, i64)>,
}

/// A question without an answer, to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// The server.
    pub server: u64,
    /// Names it: one of the same key is the same question.
    pub key: u64,
    /// Its newest wording.
    pub wording: String,
    /// How often it was asked.
    pub count: u64,
    /// When.
    pub day: i64,
    /// Whether two members have asked it on that day.
    pub by_several: bool,
}

/// A question without an answer, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredQuestion {
    /// Names it.
    pub key: u64,
    /// Its newest wording.
    pub wording: String,
    /// How often it was asked since it is without an answer.
    pub count: u64,
    /// The first day of that.
    pub first_day: i64,
    /// The last day.
    pub last_day: i64,
    /// Whether two members have asked it on one day since then.
    pub by_several: bool,
    /// What the server's people did about it.
    pub state: QuestionState,
}

/// What a server's people did about a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionState {
    /// Nothing yet, or it was asked again after it was answered.
    Open,
    /// They have written the answer.
    Answered,
    /// It is not a question for them, and is not counted any more.
    Dismissed,
}

/// How many questions of a day had an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayCount {
    /// The day.
    pub day: i64,
    /// 0 for answered, 1 for suggestions, 2 for no answer.
    pub outcome: u8,
    /// How many.
    pub number: u64,
}

/// How a passage was rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageVotes {
    /// Names it.
    pub passage: String,
    /// Ratings as helpful.
    pub helpful: u64,
    /// Ratings as not helpful.
    pub not_helpful: u64,
}

/// What is counted belongs to a server, and is deleted with it. It has no articles by that: its version stays 0.
const SERVER: &str =
    "insert into server (id, version, settings) values ($1, 0, '{}') on conflict (id) do nothing";
const ADD_QUESTION: &str = "insert into question
        (server, question_key, wording, asked, first_day, last_day, state, several)
        values ($1, $2, $3, $4, $5, $5, 0, $6)
    on conflict (server, question_key) do update set
        wording = case when question.state <> 2 and excluded.last_day >= question.last_day
            then excluded.wording else question.wording end,
        asked = case question.state when 0 then question.asked + excluded.asked
            when 1 then excluded.asked else question.asked end,
        first_day = case question.state when 1 then excluded.first_day else question.first_day end,
        last_day = case when excluded.last_day > question.last_day then excluded.last_day else question.last_day end,
        several = case when excluded.several = 1 or question.state = 1 then excluded.several else question.several end,
        state = case question.state when 2 then 2 else 0 end";
const ADD_ASKED: &str = "insert into asked (server, day, outcome, number) values ($1, $2, $3, $4)
    on conflict (server, day, outcome) do update set number = asked.number + excluded.number";
const ADD_VOTES: &str = "insert into vote (server, passage, helpful, not_helpful, last_day) values ($1, $2, $3, $4, $5)
    on conflict (server, passage) do update set helpful = vote.helpful + excluded.helpful,
        not_helpful = vote.not_helpful + excluded.not_helpful,
        last_day = case when excluded.last_day > vote.last_day then excluded.last_day else vote.last_day end";
/// Forgets the least asked questions beyond [`MAX_QUESTIONS`]; of equals, the oldest.
const FORGET: &str = "delete from question where server = $1 and question_key in (
    select question_key from question where server = $1
    order by asked desc, last_day desc, question_key limit 1000000 offset $2)";
const QUESTIONS: &str =
    "select question_key, wording, asked, first_day, last_day, several, state from question
    where server = $1 order by asked desc, last_day desc, question_key";
const SET_STATE: &str = "update question set state = $3 where server = $1 and question_key = $2";
const ASKED: &str =
    "select day, outcome, number from asked where server = $1 and day >= $2 order by day, outcome";
const ASKED_EVERYWHERE: &str =
    "select day, outcome, cast(sum(number) as bigint) from asked where day >= $1
    group by day, outcome order by day, outcome";
const VOTES: &str = "select passage, helpful, not_helpful from vote where server = $1
    order by not_helpful - helpful desc, not_helpful desc, passage";
const SETTINGS: &str = "select id, settings from server where id = $1 or $1 = 0 order by id";
const SWEEP: [&str; 5] = [
    "delete from question where last_day < $1 and server = $2",
    "delete from asked where day < $1 and server = $2",
    "delete from quoted where day < $1 and server = $2",
    "delete from quoted_shared where day < $1 and server = $2",
    "delete from vote where last_day < $1 and server = $2",
];

/// A row of [`ASKED`].
type CountRow = (i64, i64, i64);

fn day_count((day, outcome, number): CountRow) -> DayCount {
    DayCount {
        day,
        outcome: u8::try_from(outcome).unwrap_or_default(),
        number: number.cast_unsigned(),
    }
}

/// A row of [`QUESTIONS`].
pub(crate) type QuestionRow = (i64, String, i64, i64, i64, i64, i64);

pub(crate) fn stored(row: QuestionRow) -> StoredQuestion {
    let (key, wording, count, first_day, last_day, several, state) = row;
    StoredQuestion {
        key: key.cast_unsigned(),
        wording,
        count: count.cast_unsigned(),
        first_day,
        last_day,
        by_several: several != 0,
        state: match state {
            0 => QuestionState::Open,
            1 => QuestionState::Answered,
            _ => QuestionState::Dismissed,
        },
    }
}

impl Counts {
    /// The same in one order, so that two processes that write do not wait for each other.
    fn sorted(&self) -> Self {
        let mut counts = self.clone();
        counts.questions.sort_by_key(|it| (it.server, it.key));
        counts.asked.sort_unstable();
        counts
            .quotes
            .sort_by(|(one, day, a), (other, of, b)| (one, a, day).cmp(&(other, b, of)));
        counts
            .votes
            .sort_by(|(one, a, _), (other, b, _)| (one, &a.passage).cmp(&(other, &b.passage)));
        counts
    }

    /// The servers that anything was counted in.
    fn servers(&self) -> BTreeSet<u64> {
        let asked = self.asked.iter().map(|(server, _)| *server);
        let quoting = self.quotes.iter().map(|(server, ..)| *server);
        let voting = self.votes.iter().map(|(server, ..)| *server);
        let all = self.asking().into_iter().chain(asked);
        all.chain(quoting).chain(voting).collect()
    }

    /// The servers with questions.
    fn asking(&self) -> BTreeSet<u64> {
        self.questions.iter().map(|it| it.server).collect()
    }
}

impl Store {
    /// A store to read from while a bot may be using it. `None` if nothing is kept yet, or only by an earlier version of the program.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn beside(location: Location) -> Result<Option<Self>, StoreError> {
        let store = Self::new(location);
        if matches!(store.location(), Location::Postgres(_)) {
            return Ok(Some(store));
        }
        let Some(file) = store.file() else {
            return Ok(None);
        };
        let pool = backup::open(&file).await?;
        // The newest of the tables that are read: an earlier version has no such counts.
        let table = "select count(*) from sqlite_master where type = 'table' and name = 'quoted'";
        let found: Result<i64, sqlx::Error> = sqlx::query_scalar(table).fetch_one(&pool).await;
        let found = found.map_err(|error| store.unavailable(error))?;
        Ok((found > 0).then(|| store.with_file(pool)))
    }

    /// Adds to the counts, all or nothing.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn count(&self, counts: &Counts) -> Result<(), StoreError> {
        let counts = counts.sorted();
        let servers = counts.servers();
        if servers.is_empty() {
            return Ok(());
        }
        let database = self.database().await?;
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            for server in servers {
                sqlx::query(SERVER).bind(server.cast_signed()).execute(&mut *change).await?;
            }
            for question in &counts.questions {
                sqlx::query(ADD_QUESTION)
                    .bind(question.server.cast_signed())
                    .bind(question.key.cast_signed())
                    .bind(&question.wording)
                    .bind(question.count.cast_signed())
                    .bind(question.day)
                    .bind(i64::from(question.by_several))
                    .execute(&mut *change)
                    .await?;
            }
            for server in counts.asking() {
                let forget = sqlx::query(FORGET).bind(server.cast_signed());
                forget.bind(i64::from(MAX_QUESTIONS)).execute(&mut *change).await?;
            }
            for (server, asked) in &counts.asked {
                sqlx::query(ADD_ASKED)
                    .bind(server.cast_signed())
                    .bind(asked.day)
                    .bind(i64::from(asked.outcome))
                    .bind(asked.number.cast_signed())
                    .execute(&mut *change)
                    .await?;
            }
            for (server, day, quotes) in &counts.quotes {
                sqlx::query(if quotes.is_shared { ADD_SHARED } else { ADD_OWN })
                    .bind(server.cast_signed())
                    .bind(&quotes.path)
                    .bind(day)
                    .bind(quotes.number.cast_signed())
                    .execute(&mut *change)
                    .await?;
            }
            for (server, votes, day) in &counts.votes {
                sqlx::query(ADD_VOTES)
                    .bind(server.cast_signed())
                    .bind(&votes.passage)
                    .bind(votes.helpful.cast_signed())
                    .bind(votes.not_helpful.cast_signed())
                    .bind(day)
                    .execute(&mut *change)
                    .await?;
            }
            change.commit().await
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// A server's questions without an answer, and what was done about them: the most asked first.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn questions(&self, server: u64) -> Result<Vec<StoredQuestion>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<QuestionRow> = with_pool!(database, pool => {
            sqlx::query_as(QUESTIONS).bind(server.cast_signed()).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(rows.into_iter().map(stored).collect())
    }

    /// Notes what a server's people did about questions.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn set_question_state(
        &self,
        server: u64,
        keys: &[u64],
        state: QuestionState,
    ) -> Result<(), StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(());
        };
        let state: i64 = match state {
            QuestionState::Open => 0,
            QuestionState::Answered => 1,
            QuestionState::Dismissed => 2,
        };
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            for key in keys {
                sqlx::query(SET_STATE)
                    .bind(server.cast_signed())
                    .bind(key.cast_signed())
                    .bind(state)
                    .execute(&mut *change)
                    .await?;
            }
            change.commit().await
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// How many questions were asked in a server, by day from `since` on and outcome.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn asked(&self, server: u64, since: i64) -> Result<Vec<DayCount>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<CountRow> = with_pool!(database, pool => {
            sqlx::query_as(ASKED).bind(server.cast_signed()).bind(since).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(rows.into_iter().map(day_count).collect())
    }

    /// How many questions were asked in all servers, by day from `since` on and outcome.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn asked_everywhere(&self, since: i64) -> Result<Vec<DayCount>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<CountRow> = with_pool!(database, pool => {
            sqlx::query_as(ASKED_EVERYWHERE).bind(since).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        Ok(rows.into_iter().map(day_count).collect())
    }

    /// How the passages that a server quoted were rated: first those with most votes against them.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn votes(&self, server: u64) -> Result<Vec<PassageVotes>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<(String, i64, i64)> = with_pool!(database, pool => {
            sqlx::query_as(VOTES).bind(server.cast_signed()).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        let votes = rows
            .into_iter()
            .map(|(passage, helpful, not_helpful)| PassageVotes {
                passage,
                helpful: helpful.cast_unsigned(),
                not_helpful: not_helpful.cast_unsigned(),
            });
        Ok(votes.collect())
    }

    /// Deletes what was last counted before a day, which depends on the settings of a server: of one, or of all.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn sweep_counts(
        &self,
        server: Option<u64>,
        before: impl Fn(&str) -> i64,
    ) -> Result<(), StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(());
        };
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            let servers = sqlx::query_as(SETTINGS).bind(server.unwrap_or_default().cast_signed());
            let servers: Vec<(i64, String)> = servers.fetch_all(&mut *change).await?;
            for (server, settings) in servers {
                let before = before(&settings);
                for statement in SWEEP {
                    sqlx::query(statement).bind(before).bind(server).execute(&mut *change).await?;
                }
            }
            change.commit().await
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }
}
