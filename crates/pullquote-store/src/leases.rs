//! Which process runs which shard, where several share them. In `PostgreSQL` alone: a `SQLite` file has one process.
//!
//! A process holds its shards for as long as it renews its row. Whoever sees that it no longer does deletes the row; that frees its
//! shards, and the process learns it from its next renewal. Clocks of different machines are never compared.

use crate::database::{Pool, Store};
use crate::error::StoreError;
use crate::packed::{pack, unpack_document};
use sqlx::PgPool;

/// The time of the database, in milliseconds.
macro_rules! now {
    () => {
        "(extract(epoch from clock_timestamp()) * 1000)::bigint"
    };
}

const JOIN: &str = concat!(
    "insert into process (id, build, seen) values ($1, $2, ",
    now!(),
    ") on conflict do nothing"
);
/// A new value each time, however the clock is set.
const RENEW: &str = concat!(
    "update process set seen = greatest(seen + 1, ",
    now!(),
    ") where id = $1"
);
/// Those that it was beginning may have reached Discord.
const LEAVE_TURNS: &str = concat!(
    "update identify_turn set owner = null, free_at = ",
    now!(),
    " + $2 where owner = $1"
);
const LEAVE: &str = "delete from process where id = $1";
const BURY: &str = "delete from process where id = $1 and seen = $2";
const PROCESSES: &str = "select id, seen from process order by id";
const LEASES: &str = "select shard, shards, owner, is_ready > 0 from shard_lease
    order by shards, shard";
const OFFER: &str = "insert into shard_lease (shard, shards)
    select number, $1 from generate_series(0, $1 - 1) as number on conflict do nothing";
const OFFER_FIRST: &str = "insert into shard_lease (shard, shards)
    select number, $1 from generate_series(0, $1 - 1) as number
    where not exists (select 1 from shard_lease) on conflict do nothing";
const RETIRE: &str = "delete from shard_lease where shards < $1";
const CLAIM: &str = "update shard_lease set owner = $1, is_ready = 0 where (shard, shards) in (
        select shard, shards from shard_lease
        where (owner is null or owner = $1)
            and (shard, shards) in (select * from unnest($2::bigint[], $3::bigint[]))
        for update skip locked)
    returning shard, shards, session, known";
const NOTE: &str = "update shard_lease set session = noted.session, is_ready = noted.is_ready
    from unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[]) as noted (shard, shards, session, is_ready)
    where shard_lease.shard = noted.shard and shard_lease.shards = noted.shards and owner = $1";
const NOTE_KNOWN: &str = "update shard_lease set known = $4
    where shard = $2 and shards = $3 and owner = $1";
const RELEASE: &str =
    "update shard_lease set owner = null, is_ready = 0, session = $4, known = coalesce($5, known)
    where shard = $2 and shards = $3 and owner = $1";
/// Of each bucket, one process at a time may begin a session, and the next one 5 s later.
const TURNS: &str =
    "insert into identify_turn (bucket, free_at) values ($1, 0) on conflict do nothing";
const TURN: &str = concat!(
    "select bucket from identify_turn
     where bucket = $1 and owner is null and free_at <= ",
    now!(),
    " for update skip locked"
);
const TAKE_TURN: &str = "update identify_turn set owner = $2 where bucket = $1";
const END_TURN: &str = concat!(
    "update identify_turn set owner = null, free_at = case when $3 then ",
    now!(),
    " + $4 else free_at end where bucket = $1 and owner = $2"
);
const BUDGETS: &str =
    "insert into session_budget (id, remaining, asked_at, granted) values (0, 0, 0, 0)
    on conflict do nothing";
const BUDGET: &str = concat!(
    "select remaining, ",
    now!(),
    " - asked_at, granted from session_budget where id = 0 for update"
);
const SPEND: &str =
    "update session_budget set remaining = remaining - 1, granted = granted + 1 where id = 0";
/// Discord may not have counted the sessions that are beginning, nor those that were granted while it was asked.
const SET_BUDGET: &str = concat!(
    "update session_budget set asked_at = ",
    now!(),
    ", remaining = $1 - (granted - $2) - (select count(*) from identify_turn where owner is not null)
    where id = 0"
);

/// A shard, and who runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Its number.
    pub shard: u32,
    /// Of how many it is one.
    pub shards: u32,
    /// The process; `None` where it is free.
    pub owner: Option<i64>,
    /// Whether its session is ready.
    pub is_ready: bool,
}

/// Processes and shards at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The processes, each with a number that changes when it renews.
    pub processes: Vec<(i64, i64)>,
    /// The shards; of two numbers at once while the bot grows.
    pub leases: Vec<Lease>,
}

/// A shard that was claimed, with what its last owner has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Its number.
    pub shard: u32,
    /// Of how many it is one.
    pub shards: u32,
    /// The session.
    pub session: Option<String>,
    /// What was known of its servers.
    pub known: Option<Vec<u8>>,
}

/// What a process notes of a shard that it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its number.
    pub shard: u32,
    /// Of how many it is one.
    pub shards: u32,
    /// The session as it is now.
    pub session: Option<String>,
    /// Whether it is ready.
    pub is_ready: bool,
}

/// Whether a process may begin a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It may.
    Granted,
    /// Another one has just begun, or is beginning.
    Wait,
    /// Discord must be asked first how many sessions are left. So many have been granted until now.
    AskDiscord {
        /// For [`Store::set_budget`].
        granted: i64,
    },
}

/// How long what Discord said about the sessions that are left is used, in milliseconds.
const FRESH: i64 = 5_000;

/// Number, total, session and what was known of a shard.
type ClaimedRow = (i64, i64, Option<String>, Option<Vec<u8>>);

impl Store {
    /// Adds a process. Once more if it is not known whether that succeeded.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn join(&self, process: i64, build: &str) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let join = sqlx::query(JOIN).bind(process).bind(build);
        self.done(join.execute(pool).await).map(|_| ())
    }

    /// Shows that a process is alive, and notes its shards. `false` if it was given up: its shards are no longer its own.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn renew(&self, process: i64, noted: &[Noted]) -> Result<bool, StoreError> {
        let pool = self.shared().await?;
        let renew = async {
            let mut change = pool.begin().await?;
            let renew = sqlx::query(RENEW).bind(process);
            let is_known = renew.execute(&mut *change).await?.rows_affected() > 0;
            let numbers = |of: fn(&Noted) -> i64| noted.iter().map(of).collect::<Vec<i64>>();
            let sessions: Vec<_> = noted.iter().map(|noted| noted.session.clone()).collect();
            if is_known && !noted.is_empty() {
                let note = sqlx::query(NOTE)
                    .bind(process)
                    .bind(numbers(|noted| noted.shard.into()))
                    .bind(numbers(|noted| noted.shards.into()))
                    .bind(sessions)
                    .bind(numbers(|noted| noted.is_ready.into()));
                note.execute(&mut *change).await?;
            }
            change.commit().await?;
            Ok(is_known)
        };
        self.done(renew.await)
    }

    /// Removes a process that ends. Its shards are free, and where it was beginning a session, the next one waits for so many
    /// milliseconds.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn leave(&self, process: i64, interval: i64) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let leave = async {
            let mut change = pool.begin().await?;
            let turns = sqlx::query(LEAVE_TURNS).bind(process).bind(interval);
            turns.execute(&mut *change).await?;
            sqlx::query(LEAVE)
                .bind(process)
                .execute(&mut *change)
                .await?;
            change.commit().await
        };
        self.done(leave.await)
    }

    /// Gives up a process that has not renewed since `seen`. `false` if it has, or somebody else was first.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn give_up(&self, process: i64, seen: i64) -> Result<bool, StoreError> {
        let pool = self.shared().await?;
        let bury = sqlx::query(BURY).bind(process).bind(seen).execute(pool);
        Ok(self.done(bury.await)?.rows_affected() > 0)
    }

    /// All processes and shards.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn roster(&self) -> Result<Roster, StoreError> {
        let pool = self.shared().await?;
        let read = async {
            let processes = sqlx::query_as(PROCESSES).fetch_all(pool).await?;
            let leases: Vec<(i64, i64, Option<i64>, bool)> =
                sqlx::query_as(LEASES).fetch_all(pool).await?;
            let leases = leases
                .into_iter()
                .map(|(shard, shards, owner, is_ready)| Lease {
                    shard: number(shard),
                    shards: number(shards),
                    owner,
                    is_ready: is_ready && owner.is_some(),
                });
            let leases = leases.collect();
            Ok(Roster { processes, leases })
        };
        self.done(read.await)
    }

    /// Adds shards of a number; if `first`, only where there are none.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn offer(&self, shards: u32, first: bool) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let offer = sqlx::query(if first { OFFER_FIRST } else { OFFER });
        let offered = offer.bind(i64::from(shards)).execute(pool).await;
        self.done(offered).map(|_| ())
    }

    /// Removes the shards of smaller numbers.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn retire_below(&self, shards: u32) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let retire = sqlx::query(RETIRE).bind(i64::from(shards)).execute(pool);
        self.done(retire.await).map(|_| ())
    }

    /// Claims shards, each a number and of how many it is one. Returns those that were free.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn claim(
        &self,
        process: i64,
        wanted: &[(u32, u32)],
    ) -> Result<Vec<Claimed>, StoreError> {
        let pool = self.shared().await?;
        let (shards, totals): (Vec<i64>, Vec<i64>) = wanted
            .iter()
            .map(|(shard, shards)| (i64::from(*shard), i64::from(*shards)))
            .unzip();
        let claim = sqlx::query_as(CLAIM)
            .bind(process)
            .bind(shards)
            .bind(totals);
        let claimed: Vec<ClaimedRow> = self.done(claim.fetch_all(pool).await)?;
        let claimed = claimed
            .into_iter()
            .map(|(shard, shards, session, known)| Claimed {
                shard: number(shard),
                shards: number(shards),
                session,
                known: known.as_deref().and_then(unpack_document),
            });
        Ok(claimed.collect())
    }

    /// Notes what is known of a shard's servers.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn note_known(
        &self,
        process: i64,
        (shard, shards): (u32, u32),
        known: &[u8],
    ) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let note = sqlx::query(NOTE_KNOWN)
            .bind(process)
            .bind(i64::from(shard))
            .bind(i64::from(shards));
        let noted = note.bind(pack(known).ok()).execute(pool).await;
        self.done(noted).map(|_| ())
    }

    /// Frees a shard, and leaves its session and what is known of its servers to the next owner.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn release(&self, process: i64, left: &Claimed) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let known = left.known.as_deref().and_then(|known| pack(known).ok());
        let release = sqlx::query(RELEASE)
            .bind(process)
            .bind(i64::from(left.shard))
            .bind(i64::from(left.shards))
            .bind(left.session.as_deref())
            .bind(known);
        self.done(release.execute(pool).await).map(|_| ())
    }

    /// Asks whether a process may begin a session in a bucket. If so, no other begins one there until [`Store::end_turn`].
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn take_turn(&self, process: i64, bucket: u32) -> Result<Turn, StoreError> {
        let pool = self.shared().await?;
        let bucket = i64::from(bucket);
        let take = async {
            let mut change = pool.begin().await?;
            sqlx::query(TURNS)
                .bind(bucket)
                .execute(&mut *change)
                .await?;
            let turn = sqlx::query(TURN).bind(bucket);
            if turn.fetch_optional(&mut *change).await?.is_none() {
                change.commit().await?;
                return Ok(Turn::Wait);
            }
            sqlx::query(BUDGETS).execute(&mut *change).await?;
            let (remaining, age, granted): (i64, i64, i64) =
                sqlx::query_as(BUDGET).fetch_one(&mut *change).await?;
            let turn = if remaining <= 0 || !(0..FRESH).contains(&age) {
                Turn::AskDiscord { granted }
            } else {
                let take = sqlx::query(TAKE_TURN).bind(bucket).bind(process);
                take.execute(&mut *change).await?;
                sqlx::query(SPEND).execute(&mut *change).await?;
                Turn::Granted
            };
            change.commit().await?;
            Ok(turn)
        };
        self.done(take.await)
    }

    /// Ends a turn. If it was `used`, the next one in the bucket waits for so many milliseconds.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn end_turn(
        &self,
        process: i64,
        bucket: u32,
        (used, interval): (bool, i64),
    ) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let end = sqlx::query(END_TURN)
            .bind(i64::from(bucket))
            .bind(process)
            .bind(used)
            .bind(interval);
        self.done(end.execute(pool).await).map(|_| ())
    }

    /// Sets how many sessions Discord has left, which it was asked when so many had been granted.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn set_budget(&self, remaining: u32, granted: i64) -> Result<(), StoreError> {
        let pool = self.shared().await?;
        let set = sqlx::query(SET_BUDGET)
            .bind(i64::from(remaining))
            .bind(granted);
        self.done(set.execute(pool).await).map(|_| ())
    }

    /// The database that processes share.
    async fn shared(&self) -> Result<&PgPool, StoreError> {
        match &self.database().await?.pool {
            Pool::Postgres(pool) => Ok(pool),
            Pool::Sqlite(_) => Err(StoreError::OneProcess {
                database: self.name(),
            }),
        }
    }

    fn done<T>(&self, result: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        result.map_err(|error| self.unavailable(error))
    }
}

fn number(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
