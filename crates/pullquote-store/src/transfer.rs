//! Data that leaves the database: all of it for another one, or that of a server for its people.

use crate::database::Store;
use crate::error::StoreError;
use crate::packed;
use crate::rows::{Row, Work};
use crate::schema::TABLES;

/// How much was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// Servers.
    pub servers: u64,
    /// Articles, with those that can still be restored.
    pub articles: u64,
}

/// Everything of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The articles' files, by path, with those that can still be restored.
    pub files: Vec<(String, Vec<u8>)>,
    /// The server's rows of each table that has some.
    pub tables: Vec<(&'static str, Vec<Row>)>,
}

impl Store {
    /// Copies everything to another, empty store, which is left empty if that fails. `None` if there is nothing to copy.
    ///
    /// # Errors
    ///
    /// If the other store has data, or one of them cannot be used.
    pub async fn copy_to(&self, other: &Self) -> Result<Option<Moved>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let here = |error| self.unavailable(error);
        let there = |error| other.unavailable(error);
        let mut from = Work::begin(database).await.map_err(here)?;
        let mut into = Work::begin(other.database().await?).await.map_err(there)?;
        for table in TABLES {
            if into.count(table).await.map_err(there)? > 0 {
                return Err(StoreError::NotEmpty {
                    database: other.name(),
                });
            }
        }
        let (mut moved, mut rows) = (Moved::default(), 0);
        for table in TABLES {
            let mut read = 0;
            loop {
                let batch = from.batch(table, read).await.map_err(here)?;
                if batch.is_empty() {
                    break;
                }
                read += batch.len();
                for row in &batch {
                    into.insert(table, row).await.map_err(there)?;
                }
            }
            let expected = from.count(table).await.map_err(here)?;
            let copied = into.count(table).await.map_err(there)?;
            if copied != expected {
                return Err(StoreError::Incomplete {
                    database: other.name(),
                    table: table.name,
                    copied,
                    expected,
                });
            }
            rows += copied;
            match table.name {
                "server" => moved.servers = copied,
                "article" => moved.articles = copied,
                _ => {}
            }
        }
        into.commit().await.map_err(there)?;
        Ok((rows > 0).then_some(moved))
    }

    /// Everything that is kept of a server; `None` if nothing is.
    ///
    /// # Errors
    ///
    /// If the database cannot be used, or a file is not as it was kept.
    pub async fn export(&self, server: u64) -> Result<Option<Export>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let failed = |error| self.unavailable(error);
        let mut work = Work::begin(database).await.map_err(failed)?;
        let mut tables = Vec::new();
        for table in TABLES {
            let rows = work.of_server(table, server).await.map_err(failed)?;
            if !rows.is_empty() {
                tables.push((table.name, rows));
            }
        }
        let files = work.files(server).await.map_err(failed)?;
        let unpacked = files.into_iter().map(|(path, content, size)| {
            let size = usize::try_from(size).unwrap_or_default();
            Ok((path, packed::unpack(&content, size)?))
        });
        let files: std::io::Result<Vec<_>> = unpacked.collect();
        let files = files.map_err(|error| self.unavailable(error.into()))?;
        Ok((!tables.is_empty()).then_some(Export { files, tables }))
    }

    /// Every row of every table: what [`Store::copy_to`] must not change.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn rows(&self) -> Result<Vec<(&'static str, Vec<Row>)>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let failed = |error| self.unavailable(error);
        let mut work = Work::begin(database).await.map_err(failed)?;
        let mut tables = Vec::new();
        for table in TABLES {
            let mut rows: Vec<Row> = Vec::new();
            loop {
                let batch = work.batch(table, rows.len()).await.map_err(failed)?;
                if batch.is_empty() {
                    break;
                }
                rows.extend(batch);
            }
            tables.push((table.name, rows));
        }
        Ok(tables)
    }
}
