//! Looks at a source of a server: what has changed there, and the articles in it.

use crate::bot::bot::Bot;
use crate::bot::knowledge::additions::{ReadFile, read_all};
use crate::bot::knowledge::gathered::GatheredFile;
use crate::bot::sources::kept_sources::kept_record;
use crate::sources::{Bounds, Copies, Look, Seen, StoredCopies, SyncError, look};
use pullquote_cards::{FileProblem, MAX_ARTICLE_BYTES, MAX_SERVER_BYTES, MAX_SOURCE_PAGES};
use pullquote_sources::{Kind, Source};
use pullquote_store::{HeldSource, ListedArticle};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How long a look may take; a site of 500 pages takes half of that.
pub(super) const LOOK_TIME: Duration = Duration::from_mins(20);
/// Files that are read at once.
const BATCH: usize = 20;

impl Bot {
    /// What a look has found, and its new articles.
    pub(super) async fn look_at(
        &self,
        source: &Source,
        server: u64,
        copies: &Arc<StoredCopies>,
        bounds: &Bounds,
    ) -> (Result<Look, SyncError>, Vec<ReadFile>) {
        let looked = if source.kind == Kind::Forum {
            self.look_at_forum(source, server, &**copies, bounds).await
        } else {
            let copies: Arc<dyn Copies> = Arc::clone(copies) as _;
            look(source, &self.fetcher, &copies, bounds).await
        };
        let mut look = match looked {
            Ok(look) => look,
            Err(error) => return (Err(error), Vec::new()),
        };
        let files = self.read_new(source, &mut look, copies).await;
        (look.checked(), files)
    }

    /// The articles in the new copies. A copy that cannot be one is left out of the look.
    pub(super) async fn read_new(
        &self,
        source: &Source,
        look: &mut Look,
        copies: &StoredCopies,
    ) -> Vec<ReadFile> {
        let addresses: BTreeMap<String, Option<String>> = look
            .pages
            .values()
            .filter_map(|seen| match seen {
                Seen::New(page) => Some((page.file.clone(), page.address.clone())),
                _ => None,
            })
            .collect();
        let new = copies.take_new().into_iter().filter_map(|(file, bytes)| {
            Some(GatheredFile {
                path: path(source, &file),
                link: addresses.get(&file)?.clone(),
                name: file,
                bytes,
            })
        });
        let mut new: Vec<GatheredFile> = new.collect();
        let mut all = Vec::new();
        while !new.is_empty() {
            let rest = new.split_off(new.len().min(BATCH));
            let batch = std::mem::replace(&mut new, rest);
            let names: Vec<String> = batch.iter().map(|file| file.name.clone()).collect();
            let handle = Arc::clone(&self.handle);
            let read = self.workers.read(move || read_all(batch, &handle)).await;
            let problem = FileProblem::Unreadable("it cannot be read".to_owned());
            let (read, unreadable) = read.unwrap_or_else(|| {
                let all = names.into_iter().map(|name| (name, problem.clone()));
                (Vec::new(), all.collect())
            });
            for (file, problem) in unreadable {
                let reason = match problem {
                    FileProblem::Unreadable(reason) => reason,
                    _ => "it cannot be read".to_owned(),
                };
                look.leave_out(&file, &reason);
            }
            all.extend(read);
        }
        all
    }
}

/// The copies of a source, as the store has them.
pub(super) fn stored_copies(
    held: &HeldSource,
    source: &Source,
    listed: &[ListedArticle],
) -> Arc<StoredCopies> {
    let own = listed
        .iter()
        .filter(|it| it.source == Some(held.holder.source));
    let files = own.filter_map(|it| file(source, &it.path).map(str::to_owned));
    let record = kept_record(&held.record);
    Arc::new(StoredCopies::new(record, files))
}

/// How much a look at a source may read, beside the other articles of the server.
pub(super) fn bounds(listed: &[ListedArticle], source: Option<u64>) -> Bounds {
    let others = || {
        listed
            .iter()
            .filter(|it| it.source.is_none() || it.source != source)
    };
    let pages = others().filter(|it| it.source.is_some()).count();
    let bytes: u64 = others().map(|it| it.size).sum();
    Bounds {
        pages: MAX_SOURCE_PAGES.saturating_sub(pages),
        asked: usize::MAX,
        page_bytes: MAX_ARTICLE_BYTES,
        bytes: MAX_SERVER_BYTES.saturating_sub(bytes),
        archive_bytes: MAX_SERVER_BYTES,
        time: LOOK_TIME,
    }
}

/// The path of an article of a source. No article that a member adds begins so.
pub(super) fn path(source: &Source, file: &str) -> String {
    format!("_{}/{file}", source.name)
}

/// The opposite of [`path`].
pub(super) fn file<'a>(source: &Source, path: &'a str) -> Option<&'a str> {
    path.strip_prefix('_')?
        .strip_prefix(&*source.name)?
        .strip_prefix('/')
}

/// Seconds as milliseconds.
pub(super) fn milliseconds(seconds: u64) -> i64 {
    i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX)
}
