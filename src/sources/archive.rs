//! The pages in an archive: that of a branch of a repository, or an export on this machine, which may be that of a wiki.

use super::ask::{ask, reason};
use super::copies::Copies;
use super::error::SyncError;
use super::look::{Bounds, Look, NewPage, Renewed, Seen, too_large};
use crate::fetch::{Fetched, Fetcher, Wanted, beside};
use pullquote_library::{Archive, LeftOut};
use pullquote_sources::export::{Export, ExportedPage};
use pullquote_sources::{Repository, Source, Validators, Version, WikiExport};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How many times its size an archive may unpack to.
const MAX_RATIO: u64 = 100;
/// How long an archive may take.
const ARCHIVE_TIME: Duration = Duration::from_mins(5);

/// Looks at a repository.
pub(super) async fn repository(
    source: &Source,
    fetcher: &Fetcher,
    copies: &Arc<dyn Copies>,
    bounds: &Bounds,
) -> Result<Look, SyncError> {
    let repository = Repository::at(&source.place);
    let repository = repository.ok_or(SyncError::Place("it is not the address of a repository"))?;
    let mut source = source.clone();
    source.folder = source.folder.or_else(|| repository.folder.clone());
    let branches = repository.branches(source.branch.as_deref());
    let mut last = None;
    for branch in branches {
        let known = copies.are_whole().then(|| copies.record().archive.clone());
        let wanted = Wanted {
            address: &repository.archive(branch),
            limit: bounds.archive_bytes,
            time: ARCHIVE_TIME,
            known: known.unwrap_or_default(),
        };
        match ask(fetcher, &wanted).await {
            Ok(Fetched::Same) => return Ok(unchanged(&**copies)),
            Ok(Fetched::Found(found)) => {
                let (copies, bounds, branch) = (Arc::clone(copies), *bounds, branch.to_owned());
                // To unpack it takes a while.
                let unpacked = beside(move || {
                    let page_of = |path: &str| Some(repository.file(&branch, path));
                    let mut look = pages(&source, &found.bytes, &*copies, &bounds, page_of)?;
                    look.archive = found.validators;
                    Ok(look)
                });
                let unpacked = unpacked.await;
                return unpacked.unwrap_or(Err(SyncError::Place("it cannot be unpacked")));
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
pub(super) fn export(
    source: &Source,
    folder: &Path,
    copies: &dyn Copies,
    bounds: &Bounds,
) -> Result<Look, SyncError> {
    let path = folder.join(&source.place);
    let mut bytes = Vec::new();
    let read = File::open(&path)
        .and_then(|file| file.take(bounds.archive_bytes + 1).read_to_end(&mut bytes));
    read.map_err(|error| SyncError::File(path.clone(), error))?;
    if bytes.len() as u64 > bounds.archive_bytes {
        return Err(SyncError::TooLarge(bounds.archive_bytes));
    }
    match WikiExport::read(&bytes) {
        Some(wiki) => pages_of_wiki(wiki, copies, bounds),
        None if path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("xml")) =>
        {
            Err(SyncError::Place("it is not an export of MediaWiki"))
        }
        None => pages(source, &bytes, copies, bounds, |_| None),
    }
}

/// The pages in an export of a wiki.
fn pages_of_wiki(
    wiki: WikiExport,
    copies: &dyn Copies,
    bounds: &Bounds,
) -> Result<Look, SyncError> {
    let mut look = Look {
        complete: wiki.is_whole,
        ..Look::default()
    };
    for (at, page) in wiki.pages.into_iter().enumerate() {
        let id = page.id.clone();
        let seen = if at >= bounds.pages {
            Seen::Skipped(bounds.too_many())
        } else if page.bytes.len() as u64 > bounds.page_bytes {
            Seen::Skipped(too_large(bounds.page_bytes))
        } else {
            seen(page, copies).map_err(SyncError::Copies)?
        };
        look.pages.insert(id, seen);
    }
    Ok(look)
}

/// All pages are as they were.
fn unchanged(copies: &dyn Copies) -> Look {
    let known = copies.record().pages.iter();
    let known = known.filter(|(_, page)| page.file.is_some());
    let same = known.map(|(id, _)| (id.clone(), Seen::Same(Renewed::default())));
    Look {
        pages: same.collect(),
        complete: true,
        archive: copies.record().archive.clone(),
        ..Look::default()
    }
}

/// The pages in an archive.
fn pages(
    source: &Source,
    archive: &[u8],
    copies: &dyn Copies,
    bounds: &Bounds,
    page_of: impl Fn(&str) -> Option<String>,
) -> Result<Look, SyncError> {
    let bound = bounds.bytes.min(MAX_RATIO * archive.len() as u64);
    let archive = Archive::open(archive, bounds.page_bytes, bound);
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
        look.leave_out_of_archive(path, left_out, bounds);
    }
    let mut taken = 0;
    while let Some((path, content)) = archive.next_file() {
        match content {
            Ok(bytes) => {
                let Some(page) = export.page(path.clone(), bytes, &page_of) else {
                    continue;
                };
                let seen = if taken < bounds.pages {
                    taken += 1;
                    seen(page, copies).map_err(SyncError::Copies)?
                } else {
                    Seen::Skipped(bounds.too_many())
                };
                look.pages.insert(path, seen);
            }
            Err(left_out) if export.wants(&path) => {
                look.leave_out_of_archive(path, left_out, bounds);
            }
            Err(_) => {}
        }
    }
    Ok(look)
}

impl Look {
    fn leave_out_of_archive(&mut self, path: String, left_out: LeftOut, bounds: &Bounds) {
        let reason = match left_out {
            // Pictures and the like.
            LeftOut::Format => return,
            LeftOut::TooLarge => too_large(bounds.page_bytes),
            LeftOut::Damaged => "it is damaged, or protected by a password".to_owned(),
            LeftOut::TooMuch => format!(
                "the archive contains too much: it unpacks to {} MB and to {MAX_RATIO} times its size at most",
                bounds.bytes >> 20
            ),
        };
        self.complete &= left_out != LeftOut::TooMuch;
        self.pages.insert(path, Seen::Skipped(reason));
    }
}

fn seen(page: ExportedPage, copies: &dyn Copies) -> std::io::Result<Seen> {
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
