//! Recognizes what is at an address, or in a file.

use super::ask::{found, reason};
use crate::fetch::{FetchError, Fetcher, Found, beside};
use pullquote_sources::{Feed, Kind, Repository, Sitemap};
use std::ffi::OsStr;
use std::path::Path;

/// Bytes of a page that is looked at.
const MAX_BYTES: u64 = 20 << 20;

/// Why a place is no source.
#[derive(Debug, thiserror::Error)]
pub enum NotRecognized {
    /// It is an address that cannot be read.
    #[error("{0}")]
    Address(String),
    /// It is neither an address nor an export.
    #[error(
        "it is neither an address, nor a zip archive (.zip) or an export of MediaWiki (.xml) on this machine: folders and other files belong into the knowledge folder"
    )]
    Nothing,
}

/// What is at a place.
///
/// # Errors
///
/// If it is nothing that can be a source.
pub async fn recognize(place: &str, fetcher: &Fetcher) -> Result<Kind, NotRecognized> {
    if !place.contains("://") {
        let is_export = |end: &OsStr| {
            let mut known = ["zip", "xml"].iter();
            known.any(|known| end.eq_ignore_ascii_case(known))
        };
        return if Path::new(place).extension().is_some_and(is_export) {
            Ok(Kind::Export)
        } else {
            Err(NotRecognized::Nothing)
        };
    }
    match kind_of(place, fetcher).await {
        Ok((kind, _)) => Ok(kind),
        Err(error) => Err(NotRecognized::Address(reason(&error))),
    }
}

/// What is at an address, and its content if it was looked at.
///
/// # Errors
///
/// If it cannot be fetched.
pub async fn kind_of(
    address: &str,
    fetcher: &Fetcher,
) -> Result<(Kind, Option<Found>), FetchError> {
    let repository = Repository::at(address);
    if repository.as_ref().is_some_and(Repository::is_certain) {
        return Ok((Kind::Repository, None));
    }
    let found = found(fetcher, address, MAX_BYTES).await?;
    let recognized = beside(move || (kind_in(&found, repository.as_ref()), Some(found)));
    recognized
        .await
        .ok_or(FetchError::Address("it cannot be read"))
}

fn kind_in(found: &Found, repository: Option<&Repository>) -> Kind {
    if Sitemap::read(&found.bytes).is_some() {
        Kind::Sitemap
    } else if Feed::read(&found.bytes, &found.url).is_some() {
        Kind::Feed
    } else if repository.is_some_and(|it| it.is_shown_by(&found.bytes)) {
        Kind::Repository
    } else {
        Kind::Page
    }
}
