//! The copies of the pages of a source: a folder that can be looked at and deleted by hand.
//!
//! New copies wait in a hidden folder until a look is over, so that a look that fails changes nothing.

use pullquote_sources::{Copied, Record, Validators};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where new copies wait.
const WAITING: &str = ".waiting";

/// The copies of a source.
#[derive(Debug)]
pub(super) struct Copies {
    folder: PathBuf,
    /// What is known of them.
    pub(super) record: Record,
}

/// What is known of a source with a folder of copies; empty if it was never looked at.
pub fn record(folder: &Path) -> Record {
    let text = fs::read_to_string(folder.join(Record::FILE));
    text.map(|text| Record::read(&text)).unwrap_or_default()
}

impl Copies {
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

    /// What is known of a page whose copy is there.
    pub(super) fn known(&self, id: &str) -> Option<&Copied> {
        let page = self.record.pages.get(id)?;
        let file = page.file.as_ref()?;
        self.folder.join(file).is_file().then_some(page)
    }

    /// Whether all copies are there.
    pub(super) fn are_whole(&self) -> bool {
        let mut pages = self.record.pages.iter();
        pages.all(|(id, page)| page.file.is_none() || self.known(id).is_some())
    }

    /// Lets a new copy wait.
    pub(super) fn add(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        write(&self.folder.join(WAITING).join(file), bytes)
    }

    /// Puts the new copies into their places, and deletes those that no page has any more. The record is written last: if
    /// this is interrupted, the pages are taken again.
    pub(super) fn finish(self, record: &Record) -> io::Result<()> {
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
    pub(super) fn give_up(self, record: &Record) -> io::Result<()> {
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
