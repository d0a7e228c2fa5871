//! Recognizes what is at an address, or in a file.

use super::ask::{found, reason};
use crate::fetch::Fetcher;
use pullquote_sources::{Feed, Kind, Repository, Sitemap};
use std::path::Path;

/// Bytes of a page that is looked at.
const MAX_BYTES: u64 = 20 << 20;

/// Why a place is no source.
#[derive(Debug, thiserror::Error)]
pub enum NotRecognized {
    /// It is an address that cannot be read.
    #[error("{0}")]
    Address(String),
    /// It is neither an address nor a zip archive.
    #[error(
        "it is neither an address nor a zip archive on this machine: folders and other files belong into the knowledge folder"
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
        let is_archive = Path::new(place)
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("zip"));
        return if is_archive {
            Ok(Kind::Export)
        } else {
            Err(NotRecognized::Nothing)
        };
    }
    if Repository::at(place).is_some_and(|repository| repository.is_certain()) {
        return Ok(Kind::Repository);
    }
    let found = found(fetcher, place, MAX_BYTES).await;
    let found = found.map_err(|error| NotRecognized::Address(reason(&error)))?;
    Ok(if Sitemap::read(&found.bytes).is_some() {
        Kind::Sitemap
    } else if Feed::read(&found.bytes, place).is_some() {
        Kind::Feed
    } else {
        Kind::Page
    })
}
