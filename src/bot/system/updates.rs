//! Tells the host when there is a newer version, if they have asked for that with `RELEASES_FEED`: one request a day, which says
//! nothing of the bot but its name.

use crate::bot::error::error_chain;
use crate::fetch::{Fetched, Fetcher, Wanted};
use pullquote_sources::{Feed, Validators};
use semver::Version;
use std::time::Duration;
use tokio::time::sleep;
use tracing::{info, warn};

/// How often the feed is looked at.
const DAY: Duration = Duration::from_hours(24);
/// Bytes that a feed may have.
const LIMIT: u64 = 5 << 20;
const TIMEOUT: Duration = Duration::from_secs(30);

/// Looks at a feed of releases as long as the bot runs.
pub(crate) async fn watch(fetcher: Fetcher, address: String) {
    let mut known = Validators::default();
    let mut told = current();
    loop {
        let wanted = Wanted {
            address: &address,
            limit: LIMIT,
            time: TIMEOUT,
            known: known.clone(),
        };
        match fetcher.get(&wanted).await {
            Ok(Fetched::Same) => {}
            Ok(Fetched::Found(found)) => {
                known = found.validators;
                match newest(&found.bytes, &found.url) {
                    Ok(Some((version, page))) if version > told => {
                        info!("version {version} is available: {page}");
                        told = version;
                    }
                    Ok(_) => {}
                    Err(()) => warn!("RELEASES_FEED: there is no feed at {address}"),
                }
            }
            Err(error) => warn!("cannot look for a newer version: {}", error_chain(&error)),
        }
        sleep(DAY).await;
    }
}

/// The version of this program.
fn current() -> Version {
    let parse = |text| Version::parse(text).ok();
    parse(env!("CARGO_PKG_VERSION")).unwrap_or(Version::new(0, 0, 0))
}

/// The newest version in a feed of releases, without previews, and the page about it. `Ok(None)` if no title names one.
fn newest(bytes: &[u8], address: &str) -> Result<Option<(Version, String)>, ()> {
    let feed = Feed::read(bytes, address).ok_or(())?;
    let releases = feed.entries.into_iter().filter_map(|entry| {
        let version = version(&entry.title)?;
        version.pre.is_empty().then_some((version, entry.address))
    });
    Ok(releases.max_by(|(one, _), (other, _)| one.cmp(other)))
}

/// The version that a title names: `Pullquote v1.2.3`.
fn version(title: &str) -> Option<Version> {
    let words = title.split(|letter: char| letter.is_whitespace() || ",:()".contains(letter));
    let mut versions = words.filter_map(|word| Version::parse(word.trim_start_matches('v')).ok());
    versions.next()
}

#[cfg(test)]
mod tests {
    use super::{newest, version};
    use semver::Version;

    #[test]
    fn titles_name_versions() {
        for (title, expected) in [
            ("v1.2.3", Some((1, 2, 3))),
            ("Pullquote 0.10.0: sources", Some((0, 10, 0))),
            ("Release (v2.0.0)", Some((2, 0, 0))),
            ("Summer of 2026", None),
        ] {
            let expected = expected.map(|(major, minor, patch)| Version::new(major, minor, patch));
            assert_eq!(version(title), expected, "{title}");
        }
    }

    #[test]
    fn the_newest_version_counts_not_the_newest_entry() {
        let entry =
            |title: &str| format!("<entry><title>{title}</title><link href=\"/{title}\"/></entry>");
        let entries = ["v0.9.1", "v1.0.0-rc.1", "v0.10.0", "news"]
            .map(entry)
            .concat();
        let feed = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{entries}</feed>");
        let found = newest(feed.as_bytes(), "https://a.example/releases.atom");
        let expected = (
            Version::new(0, 10, 0),
            "https://a.example/v0.10.0".to_owned(),
        );
        assert_eq!(found, Ok(Some(expected)));
        assert_eq!(newest(b"<html></html>", "https://a.example/"), Err(()));
    }
}
