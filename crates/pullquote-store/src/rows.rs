//! Rows of any table, whatever its columns: to move them to another database, or to export them.

use crate::database::{Database, Pool};
use crate::news::Change;
use crate::schema::Table;
use sqlx::{
    AssertSqlSafe, Column, ColumnIndex, Decode, Postgres, Sqlite, Transaction, Type, TypeInfo,
    ValueRef,
};

/// Rows that are read at once. A file is a few megabytes at most.
const BATCH: usize = 50;

/// Deletes the files that no article has.
pub(crate) const SWEEP_FILES: &str =
    "delete from source where not exists (select 1 from article where article.hash = source.hash)
    and not exists (select 1 from draft_article where draft_article.hash = source.hash)";

/// A value in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// None.
    Null,
    /// An id, a time, a number or a flag.
    Number(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row: the names of its columns, and their values.
pub type Row = Vec<(String, Value)>;

/// A transaction in either database.
pub(crate) enum Work<'a> {
    Sqlite(Transaction<'a, Sqlite>),
    Postgres(Transaction<'a, Postgres>),
}

/// Runs the same code with the transaction of either database.
macro_rules! with_work {
    ($work:expr, $transaction:ident => $body:expr) => {
        match $work {
            Work::Sqlite($transaction) => $body,
            Work::Postgres($transaction) => $body,
        }
    };
}

impl Work<'_> {
    /// A transaction that sees one state of the database.
    pub(crate) async fn begin(database: &Database) -> Result<Work<'static>, sqlx::Error> {
        Ok(match &database.pool {
            Pool::Sqlite(pool) => Work::Sqlite(pool.begin().await?),
            Pool::Postgres(pool) => {
                let begin = "begin isolation level repeatable read";
                Work::Postgres(pool.begin_with(begin).await?)
            }
        })
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        with_work!(self, transaction => transaction.commit().await)
    }

    /// How many rows a table has.
    pub(crate) async fn count(&mut self, table: &Table) -> Result<u64, sqlx::Error> {
        let count = AssertSqlSafe(format!("select count(*) from {}", table.name));
        let count: i64 = with_work!(self, transaction => {
            sqlx::query_scalar(count).fetch_one(&mut **transaction).await?
        });
        Ok(count.cast_unsigned())
    }

    /// Some rows of a table, from an index on, in the order of their keys; none after the last.
    pub(crate) async fn batch(
        &mut self,
        table: &Table,
        from: usize,
    ) -> Result<Vec<Row>, sqlx::Error> {
        let Table { name, key, .. } = table;
        let select = format!("select * from {name} order by {key} limit {BATCH} offset {from}");
        with_work!(self, transaction => {
            let rows = sqlx::query(AssertSqlSafe(select)).fetch_all(&mut **transaction).await?;
            rows.iter().map(read).collect()
        })
    }

    /// The rows of a server, in the order of their keys. None in a table that belongs to no server.
    pub(crate) async fn of_server(
        &mut self,
        table: &Table,
        server: u64,
    ) -> Result<Vec<Row>, sqlx::Error> {
        let Some(column) = table.server else {
            return Ok(Vec::new());
        };
        let Table { name, key, .. } = table;
        let select = format!("select * from {name} where {column} = $1 order by {key}");
        with_work!(self, transaction => {
            let select = sqlx::query(AssertSqlSafe(select)).bind(server.cast_signed());
            select.fetch_all(&mut **transaction).await?.iter().map(read).collect()
        })
    }

    /// Path, compressed content and size of a server's articles, with those that can still be restored.
    pub(crate) async fn files(
        &mut self,
        server: u64,
    ) -> Result<Vec<(String, Vec<u8>, i64)>, sqlx::Error> {
        const FILES: &str = "select path, content, size from article join source using (hash)
            where server = $1 order by path";
        with_work!(self, transaction => {
            sqlx::query_as(FILES).bind(server.cast_signed()).fetch_all(&mut **transaction).await
        })
    }

    /// Deletes what is kept of a server. Returns how many rows those were.
    pub(crate) async fn delete(&mut self, table: &Table, server: u64) -> Result<u64, sqlx::Error> {
        let Some(column) = table.server else {
            return Ok(0);
        };
        let delete = AssertSqlSafe(format!("delete from {} where {column} = $1", table.name));
        with_work!(self, transaction => {
            let delete = sqlx::query(delete).bind(server.cast_signed());
            Ok(delete.execute(&mut **transaction).await?.rows_affected())
        })
    }

    /// Deletes the files that no article has.
    pub(crate) async fn delete_unused_files(&mut self) -> Result<(), sqlx::Error> {
        with_work!(self, transaction => {
            sqlx::query(SWEEP_FILES).execute(&mut **transaction).await.map(|_| ())
        })
    }

    /// Tells the other processes, when the transaction is committed, that a server's articles have this version.
    pub(crate) async fn announce(&mut self, server: u64, version: u64) -> Result<(), sqlx::Error> {
        with_work!(self, transaction => transaction.announce(server, version).await)
    }

    pub(crate) async fn insert(&mut self, table: &Table, row: &Row) -> Result<(), sqlx::Error> {
        let insert = insert(table, row);
        with_work!(self, transaction => {
            let mut insert = sqlx::query(AssertSqlSafe(insert));
            for (_, value) in row {
                insert = match value {
                    Value::Null => insert,
                    Value::Number(number) => insert.bind(*number),
                    Value::Text(text) => insert.bind(text.as_str()),
                    Value::Bytes(bytes) => insert.bind(bytes.as_slice()),
                };
            }
            insert.execute(&mut **transaction).await?;
        });
        Ok(())
    }
}

/// The statement that inserts a row. `PostgreSQL` wants to know the type of a NULL that is bound, so it is written out.
fn insert(table: &Table, row: &Row) -> String {
    let mut bound = 0;
    let places = row.iter().map(|(_, value)| {
        if *value == Value::Null {
            return "null".to_owned();
        }
        bound += 1;
        format!("${bound}")
    });
    let places: Vec<String> = places.collect();
    let columns: Vec<&str> = row.iter().map(|(column, _)| column.as_str()).collect();
    let (columns, places) = (columns.join(", "), places.join(", "));
    format!("insert into {} ({columns}) values ({places})", table.name)
}

/// Reads a row of either database. Its types are those of the schema: whole numbers, texts and bytes.
fn read<R: sqlx::Row>(row: &R) -> Result<Row, sqlx::Error>
where
    for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
    usize: ColumnIndex<R>,
{
    let columns = row.columns().iter().enumerate();
    let read = columns.map(|(index, column)| {
        let raw = row.try_get_raw(index)?;
        let value = if raw.is_null() {
            Value::Null
        } else {
            match raw.type_info().name() {
                "INTEGER" | "INT8" => Value::Number(row.try_get(index)?),
                "TEXT" => Value::Text(row.try_get(index)?),
                _ => Value::Bytes(row.try_get(index)?),
            }
        };
        Ok((column.name().to_owned(), value))
    });
    read.collect()
}
