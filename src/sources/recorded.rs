//! What is known of the pages of a source after a look.

use super::look::{Look, NewPage, Renewed, Seen};
use pullquote_sources::{Copied, Record, State, Validators};
use std::collections::{BTreeMap, BTreeSet};

/// The pages, from those that were known before and those that were seen.
pub(super) fn pages(old: &Record, look: &Look) -> BTreeMap<String, Copied> {
    let known: BTreeMap<&String, &Copied> = old
        .pages
        .iter()
        .filter(|(_, page)| page.file.is_some())
        .collect();
    let gone = gone(&known, look);
    let ids: BTreeSet<&String> = known.keys().copied().chain(look.pages.keys()).collect();
    let pages = ids.into_iter().filter_map(|id| {
        let page = if gone.contains(id) {
            without_copy(State::Gone)
        } else {
            page(known.get(id).copied(), look.pages.get(id), look.is_newest)?
        };
        Some((id.clone(), page))
    });
    pages.collect()
}

/// The pages, if only those that were seen were looked at.
pub(super) fn pages_after_part(old: &Record, look: &Look) -> BTreeMap<String, Copied> {
    let others = old.pages.iter().filter_map(|(id, page)| {
        let page = match page.state {
            _ if look.pages.contains_key(id) => return None,
            State::Gone => return None,
            State::Taken => same(page, &Renewed::default()),
            State::Unchanged | State::Skipped(_) => page.clone(),
        };
        Some((id.clone(), page))
    });
    let seen = look.pages.iter().filter_map(|(id, seen)| {
        let known = old.pages.get(id).filter(|page| page.file.is_some());
        let page = match (seen, known) {
            (Seen::Gone, Some(_)) => without_copy(State::Gone),
            // Nothing was known of it.
            (Seen::Gone, None) => return None,
            _ => page(known, Some(seen), false)?,
        };
        Some((id.clone(), page))
    });
    others.chain(seen).collect()
}

/// The pages that are gone: those of which the site says so, and those that its list lacks, if it is complete: a list that was
/// cut off says nothing of the rest.
fn gone<'a>(known: &BTreeMap<&'a String, &Copied>, look: &Look) -> BTreeSet<&'a String> {
    let is_gone = |id: &&String| {
        let seen = look.pages.get(*id);
        seen.map_or(look.complete, |seen| matches!(seen, Seen::Gone))
    };
    known.keys().copied().filter(is_gone).collect()
}

/// A page that is not gone.
fn page(known: Option<&Copied>, seen: Option<&Seen>, is_newest: bool) -> Option<Copied> {
    match (seen, known) {
        (Some(Seen::New(new)), _) => Some(taken(new)),
        (Some(Seen::Same(renewed)), Some(known)) => Some(same(known, renewed)),
        (Some(Seen::Skipped(reason)), _) => Some(skipped(known, reason)),
        (Some(Seen::Unusable(reason)), _) => Some(skipped(None, reason)),
        (Some(Seen::Gone), None) => Some(skipped(None, "it is not there")),
        (None, Some(known)) if is_newest => Some(same(known, &Renewed::default())),
        (None, Some(_)) => Some(skipped(known, "not listed this time")),
        _ => None,
    }
}

fn taken(new: &NewPage) -> Copied {
    Copied {
        state: State::Taken,
        file: Some(new.file.clone()),
        address: new.address.clone(),
        version: Some(new.version),
        validators: new.validators.clone(),
    }
}

fn same(known: &Copied, renewed: &Renewed) -> Copied {
    let known = known.clone();
    Copied {
        state: State::Unchanged,
        address: renewed.address.clone().or(known.address),
        validators: renewed.validators.clone().unwrap_or(known.validators),
        ..known
    }
}

fn skipped(known: Option<&Copied>, reason: &str) -> Copied {
    let state = State::Skipped(reason.to_owned());
    match known {
        Some(known) => Copied {
            state,
            ..known.clone()
        },
        None => without_copy(state),
    }
}

fn without_copy(state: State) -> Copied {
    Copied {
        state,
        file: None,
        address: None,
        version: None,
        validators: Validators::default(),
    }
}
