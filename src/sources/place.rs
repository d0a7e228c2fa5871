//! Recognizes what is at an address.

use super::ask::{found, reason};
use crate::fetch::{FetchError, Fetcher, Found, beside};
use pullquote_sources::{Feed, Kind, Repository, Sitemap};

/// Bytes of a page that is looked at.
const MAX_BYTES: u64 = 20 << 20;

/// What is at an address, or why it cannot be read.
///
/// # Errors
///
/// If it cannot be fetched.
pub async fn recognize(address: &str, fetcher: &Fetcher) -> Result<Kind, String> {
    let recognized = kind_of(address, fetcher).await;
    let kind = recognized.map(|(kind, _)| kind);
    kind.map_err(|error| reason(&error))
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
