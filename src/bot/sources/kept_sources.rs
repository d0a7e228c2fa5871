//! Sources of servers as they are kept, and as members see them.

use crate::bot::clock::now;
use crate::bot::knowledge::teaching::seconds;
use crate::sources::{Changes, NOT_ASKED};
use pullquote_cards::{FileProblem, Gate, OwnSource, PreparedSource, SourceKey, SourceKind};
use pullquote_sources::{Copied, Kind, Record, Source, State, settings};
use pullquote_store::{ListedArticle, ListedSource};

/// What a member sees of a source before they confirm it, and the pages that are left out.
pub(crate) fn introduced(
    source: &Source,
    record: &Record,
    gate: Gate,
) -> (PreparedSource, Vec<(String, FileProblem)>) {
    let left_out = skipped(record);
    let left_out = left_out.map(|(page, reason)| (page, FileProblem::Unreadable(reason)));
    let introduced = PreparedSource {
        kind: kind(source.kind),
        place: source.place.clone(),
        later: still_to_read(record),
        gate,
    };
    (introduced, left_out.collect())
}

/// What is known of the pages of a source, as it was kept.
pub(crate) fn kept_record(record: &[u8]) -> Record {
    Record::read(&String::from_utf8_lossy(record))
}

/// How many pages of a source are still to be read.
pub(crate) fn still_to_read(record: &Record) -> usize {
    record
        .pages
        .values()
        .filter(|page| is_to_be_read(page))
        .count()
}

fn is_to_be_read(page: &Copied) -> bool {
    page.file.is_none() && matches!(&page.state, State::Skipped(reason) if reason == NOT_ASKED)
}

/// A source as it was kept.
pub(crate) fn read(text: &str) -> Option<Source> {
    settings::read(text).ok()?.pop()
}

pub(crate) fn own(kept: &ListedSource, source: &Source, listed: &[ListedArticle]) -> OwnSource {
    let record = kept_record(&kept.record);
    let Changes {
        taken,
        unchanged,
        skipped: left_out,
        gone,
    } = Changes::of(&record);
    let later = still_to_read(&record);
    let now = now();
    let age = |at: u64| seconds(now).saturating_sub(at);
    OwnSource {
        key: SourceKey(kept.id),
        kind: kind(source.kind),
        place: source.place.clone(),
        articles: listed
            .iter()
            .filter(|it| it.source == Some(kept.id))
            .count(),
        later,
        changes: [taken, unchanged, left_out - later, gone],
        skipped: skipped(&record).collect(),
        looked: Some(record.looked_at).filter(|at| *at > 0).map(age),
        next: seconds(kept.due.saturating_sub(now)),
        failure: record.failure.clone(),
        is_syncing: kept.is_held || kept.due <= now,
        gate: Gate::parse(&kept.gate).unwrap_or_default(),
        is_gate_chosen: kept.is_gate_chosen,
    }
}

fn skipped(record: &Record) -> impl Iterator<Item = (String, String)> {
    record
        .pages
        .iter()
        .filter(|(_, page)| !is_to_be_read(page))
        .filter_map(|(id, page)| match &page.state {
            State::Skipped(reason) => Some((id.clone(), reason.clone())),
            _ => None,
        })
}

fn kind(kind: Kind) -> SourceKind {
    match kind {
        Kind::Sitemap => SourceKind::Sitemap,
        Kind::Feed => SourceKind::Feed,
        Kind::Repository => SourceKind::Repository,
        Kind::Forum => SourceKind::Forum,
        Kind::Page | Kind::Export => SourceKind::Page,
    }
}
