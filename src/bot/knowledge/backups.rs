//! Copies of the articles of servers, one a day, beside the database.

use pullquote_store::{Location, Store, StoreError};
use serenity::all::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use tracing::info;

/// How many are kept.
const KEPT: usize = 7;

/// Makes the copy of today, unless there is one, and deletes old ones. Nothing is copied where nothing is kept, nor from
/// `PostgreSQL`, which has its own tools.
pub(crate) async fn daily(store: &Store) -> Result<(), StoreError> {
    let Location::Folder(data) = store.location() else {
        return Ok(());
    };
    let folder = data.join("backups");
    let now = Timestamp::now().to_string();
    let today = folder.join(name(now.get(..10).unwrap_or(&now)));
    if today.exists() || store.check().await?.is_none() {
        return Ok(());
    }
    let failed = |error| StoreError::Io {
        path: folder.clone(),
        error,
    };
    fs::create_dir_all(&folder).map_err(failed)?;
    store.back_up(&today).await?;
    info!("backed up the articles of servers to {}", today.display());
    for old in copies(&folder).into_iter().rev().skip(KEPT) {
        fs::remove_file(old).map_err(failed)?;
    }
    Ok(())
}

/// The name of the copy of a day, `2026-01-31`.
fn name(day: &str) -> String {
    format!("pullquote-{day}.db")
}

/// All copies, oldest first.
fn copies(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_copy = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("pullquote-") && name.ends_with(".db")
    };
    let mut copies: Vec<PathBuf> = paths.filter(is_copy).collect();
    copies.sort();
    copies
}

#[cfg(test)]
mod tests {
    use super::{KEPT, copies, daily, name};
    use pullquote_store::{Location, NewArticle, Store};
    use std::fs;

    #[tokio::test]
    async fn there_is_one_a_day_and_a_week_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Location::Folder(folder.path().to_owned()));
        let backups = folder.path().join("backups");
        daily(&store).await.unwrap();
        assert!(!backups.exists(), "nothing is kept yet");
        let article = NewArticle {
            server: 1,
            path: "ferry.md",
            content: b"It leaves at seven.",
            link: None,
            by: 2,
            at: 3,
        };
        store.put(&article, None).await.unwrap();
        fs::create_dir(&backups).unwrap();
        for day in 1..=9 {
            fs::write(backups.join(name(&format!("2020-01-0{day}"))), "old").unwrap();
        }
        fs::write(backups.join("notes.txt"), "mine").unwrap();
        daily(&store).await.unwrap();
        daily(&store).await.unwrap();
        let kept = copies(&backups);
        assert_eq!(kept.len(), KEPT);
        assert!(
            fs::read(kept.last().unwrap())
                .unwrap()
                .starts_with(b"SQLite")
        );
        assert!(kept[0].ends_with("pullquote-2020-01-04.db"));
        assert!(backups.join("notes.txt").exists());
    }
}
