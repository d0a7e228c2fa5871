//! The pages in an archive: that of a branch of a repository, or an export on this machine.

use super::ask::{ask, reason};
use super::copies::Copies;
use super::look::{Look, NewPage, Renewed, Seen};
use super::sync::SyncError;
use super::{PAGE_BYTES, SOURCE_BYTES};
use crate::fetch::{Answer, Fetcher, Wanted};
use pullquote_library::{Archive, LeftOut};
use pullquote_sources::export::{Export, ExportedPage};
use pullquote_sources::{Repository, Source, Validators, Version};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// Bytes of an archive.
const ARCHIVE_BYTES: u64 = 100 << 20;
/// How many times its size an archive may unpack to.
const MAX_RATIO: u64 = 100;
/// How long an archive may take.
const ARCHIVE_TIME: Duration = Duration::from_mins(5);

/// Looks at a repository.
pub(super) async fn repository(
    source: &Source,
    fetcher: &Fetcher,
    copies: &Copies,
) -> Result<Look, SyncError> {
    let repository = Repository::at(&source.place);
    let repository = repository.ok_or(SyncError::Place("it is not the address of a repository"))?;
    let mut source = source.clone();
    source.folder = source.folder.or_else(|| repository.folder.clone());
    let branches = repository.branches(source.branch.as_deref());
    let mut last = None;
    for branch in branches {
        let known = copies.are_whole().then(|| copies.record.archive.clone());
        let wanted = Wanted {
            address: &repository.archive(branch),
            limit: ARCHIVE_BYTES,
            time: ARCHIVE_TIME,
            known: known.unwrap_or_default(),
        };
        match ask(fetcher, &wanted).await {
            Ok(Answer::Same) => return Ok(unchanged(copies)),
            Ok(Answer::Found(found)) => {
                let page_of = |path: &str| Some(repository.file(branch, path));
                let mut look = pages(&source, &found.bytes, copies, page_of)?;
                look.archive = found.validators;
                return Ok(look);
            }
            Err(error) if error.is_gone() => last = Some(error),
            Err(error) => return Err(SyncError::Fetch(reason(&error), error.wait())),
        }
    }
    let reason = last.map(|error| reason(&error)).unwrap_or_default();
    Err(SyncError::Fetch(
        format!("{reason}: check address and branch"),
        None,
    ))
}

/// Looks at an export. Its path is relative to `folder`.
pub(super) fn export(source: &Source, folder: &Path, copies: &Copies) -> Result<Look, SyncError> {
    let path = folder.join(&source.place);
    let mut bytes = Vec::new();
    let read =
        File::open(&path).and_then(|file| file.take(ARCHIVE_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| SyncError::File(path.clone(), error))?;
    if bytes.len() as u64 > ARCHIVE_BYTES {
        return Err(SyncError::Place("it is larger than 100 MB"));
    }
    pages(source, &bytes, copies, |_| None)
}

/// All pages are as they were.
fn unchanged(copies: &Copies) -> Look {
    let known = copies.record.pages.iter();
    let known = known.filter(|(_, page)| page.file.is_some());
    let same = known.map(|(id, _)| (id.clone(), Seen::Same(Renewed::default())));
    Look {
        pages: same.collect(),
        complete: true,
        archive: copies.record.archive.clone(),
        ..Look::default()
    }
}

/// The pages in an archive.
fn pages(
    source: &Source,
    archive: &[u8],
    copies: &Copies,
    page_of: impl Fn(&str) -> Option<String>,
) -> Result<Look, SyncError> {
    let bound = SOURCE_BYTES.min(MAX_RATIO * archive.len() as u64);
    let archive = Archive::open(archive, PAGE_BYTES, bound);
    let mut archive = archive.ok_or(SyncError::Place("it is not a zip archive, or is damaged"))?;
    let others: Vec<String> = archive
        .left_out
        .iter()
        .map(|(path, _)| path.clone())
        .collect();
    let paths = archive.paths().map(str::to_owned).collect();
    let mut export = Export::new(source, paths, &others);
    let mut look = Look {
        complete: true,
        ..Look::default()
    };
    for (path, left_out) in std::mem::take(&mut archive.left_out) {
        look.leave_out(path, left_out);
    }
    while let Some((path, content)) = archive.next_file() {
        match content {
            Ok(bytes) => {
                if let Some(page) = export.page(path.clone(), bytes, &page_of) {
                    let seen = seen(page, copies).map_err(SyncError::Copies)?;
                    look.pages.insert(path, seen);
                }
            }
            Err(left_out) if export.wants(&path) => look.leave_out(path, left_out),
            Err(_) => {}
        }
    }
    Ok(look)
}

impl Look {
    fn leave_out(&mut self, path: String, left_out: LeftOut) {
        let reason = match left_out {
            // Pictures and the like.
            LeftOut::Format => return,
            LeftOut::TooLarge => "it is larger than 20 MB",
            LeftOut::Damaged => "it is damaged, or protected by a password",
            LeftOut::TooMuch => {
                "the archive contains too much: it unpacks to 200 MB and to 100 times its size at most"
            }
        };
        self.complete &= left_out != LeftOut::TooMuch;
        self.pages.insert(path, Seen::Skipped(reason.to_owned()));
    }
}

fn seen(page: ExportedPage, copies: &Copies) -> std::io::Result<Seen> {
    let version = Version::of(&page.bytes);
    let known = copies.known(&page.id);
    let is_same = |known: &&pullquote_sources::Copied| {
        known.version == Some(version) && known.file.as_ref() == Some(&page.file)
    };
    if known.as_ref().is_some_and(is_same) {
        return Ok(Seen::Same(Renewed {
            address: page.address,
            validators: None,
        }));
    }
    copies.add(&page.file, &page.bytes)?;
    Ok(Seen::New(NewPage {
        file: page.file,
        address: page.address,
        version,
        validators: Validators::default(),
    }))
}
