//! The copies of the pages of a source. New copies wait until a look is over, so that a look that fails changes nothing.
//!
//! Those of the operator's sources are in a folder that can be looked at and deleted by hand, and the new ones in a hidden folder
//! below it. Those of a server's are in the store, and the new ones in memory.

use crate::lock::lock;
use pullquote_sources::{Copied, Record, Validators};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Where new copies wait.
const WAITING: &str = ".waiting";

/// The copies of a source.
pub trait Copies: Send + Sync {
    /// What is known of them.
    fn record(&self) -> &Record;

    /// Whether a copy is there.
    fn has(&self, file: &str) -> bool;

    /// Lets a new copy wait.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn add(&self, file: &str, bytes: &[u8]) -> io::Result<()>;

    /// What is known of a page whose copy is there.
    fn known(&self, id: &str) -> Option<&Copied> {
        let page = self.record().pages.get(id)?;
        self.has(page.file.as_ref()?).then_some(page)
    }

    /// Whether all copies are there.
    fn are_whole(&self) -> bool {
        let mut pages = self.record().pages.iter();
        pages.all(|(id, page)| page.file.is_none() || self.known(id).is_some())
    }
}

/// Copies in a folder.
#[derive(Debug)]
pub(super) struct FolderCopies {
    folder: PathBuf,
    record: Record,
}

/// Copies in a store.
#[derive(Debug)]
pub struct StoredCopies {
    record: Record,
    /// Those that are there.
    files: BTreeSet<String>,
    /// New ones, in their order.
    new: Mutex<Vec<(String, Vec<u8>)>>,
}

/// What is known of a source with a folder of copies; empty if it was never looked at.
pub fn record(folder: &Path) -> Record {
    let text = fs::read_to_string(folder.join(Record::FILE));
    text.map(|text| Record::read(&text)).unwrap_or_default()
}

impl StoredCopies {
    /// Those of a source of which this is known, and whose copies are these.
    pub fn new(record: Record, files: impl IntoIterator<Item = String>) -> Self {
        Self {
            record,
            files: files.into_iter().collect(),
            new: Mutex::default(),
        }
    }

    /// The new copies.
    pub fn take_new(&self) -> Vec<(String, Vec<u8>)> {
        mem::take(&mut lock(&self.new))
    }
}

impl Copies for StoredCopies {
    fn record(&self) -> &Record {
        &self.record
    }

    fn has(&self, file: &str) -> bool {
        self.files.contains(file)
    }

    fn add(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let mut new = lock(&self.new);
        new.push((file.to_owned(), bytes.to_vec()));
        Ok(())
    }
}

impl Copies for FolderCopies {
    fn record(&self) -> &Record {
        &self.record
    }

    fn has(&self, file: &str) -> bool {
        self.folder.join(file).is_file()
    }

    fn add(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        write(&self.folder.join(WAITING).join(file), bytes)
    }
}

impl FolderCopies {
    /// The copies in a folder of what is at a place.
    pub(super) fn open(folder: PathBuf, place: &str) -> io::Result<Self> {
        let mut record = record(&folder);
        if record.place != place {
            // Copies of another place stay until there are those of this one.
            for page in record.pages.values_mut() {
                page.version = None;
                page.validators = Validators::default();
            }
            record.archive = Validators::default();
            place.clone_into(&mut record.place);
        }
        let waiting = folder.join(WAITING);
        if waiting.exists() {
            fs::remove_dir_all(&waiting)?;
        }
        fs::create_dir_all(waiting)?;
        Ok(Self { folder, record })
    }

    /// Puts the new copies into their places, and deletes those that no page has any more. The record is written last: if
    /// this is interrupted, the pages are taken again.
    pub(super) fn finish(&self, record: &Record) -> io::Result<()> {
        let files = |record: &Record| -> BTreeSet<String> {
            let pages = record.pages.values();
            pages.filter_map(|page| page.file.clone()).collect()
        };
        let now = files(record);
        let waiting = self.folder.join(WAITING);
        for file in &now {
            let new = waiting.join(file);
            if new.exists() {
                let place = self.folder.join(file);
                fs::create_dir_all(place.parent().unwrap_or(&self.folder))?;
                fs::rename(new, place)?;
            }
        }
        for file in files(&self.record).difference(&now) {
            self.delete(file);
        }
        self.write_record(record)?;
        fs::remove_dir_all(waiting)
    }

    /// Leaves the copies as they are, and writes down what went wrong.
    pub(super) fn give_up(&self, record: &Record) -> io::Result<()> {
        self.write_record(record)?;
        fs::remove_dir_all(self.folder.join(WAITING))
    }

    fn write_record(&self, record: &Record) -> io::Result<()> {
        let new = self.folder.join(WAITING).join(Record::FILE);
        write(&new, record.to_text().as_bytes())?;
        fs::rename(new, self.folder.join(Record::FILE))
    }

    /// Deletes a copy, and folders that are empty without it.
    fn delete(&self, file: &str) {
        let path = self.folder.join(file);
        // It may have been deleted by hand.
        let _ = fs::remove_file(&path);
        let inner = path.ancestors().skip(1);
        for folder in inner.take_while(|folder| *folder != self.folder) {
            if fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
