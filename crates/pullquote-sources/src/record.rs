//! What is known of a source after a look at it: kept as `.source.json` beside the copies of its pages.

use crate::source::Source;
use crate::version::Version;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// What is known of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The place that was looked at: what is known of another one is of no use.
    pub place: String,
    /// When it was looked at last, in seconds since 1970.
    pub looked_at: u64,
    /// When all was well last.
    pub read_at: u64,
    /// How often in a row it could not be read.
    pub failures: u32,
    /// Why not.
    pub failure: Option<String>,
    /// Seconds that the site has asked to wait for.
    pub wait: u64,
    /// By which the archive is recognized as unchanged.
    pub archive: Validators,
    /// The pages, by address; those of an archive by path.
    pub pages: BTreeMap<String, Copied>,
}

/// What a server said by which a page is recognized as unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// Its `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// A page of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// What happened to it at the last look.
    pub state: State,
    /// Its copy, relative to the folder of the source; `None` if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The address that quotes link to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The version of its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// By which it is recognized as unchanged.
    #[serde(flatten)]
    pub validators: Validators,
}

/// What happened to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is new or has changed, and was copied.
    Taken,
    /// It is as it was.
    Unchanged,
    /// It is not used, or stays as it was, for this reason.
    Skipped(String),
    /// It is no longer there.
    Gone,
}

impl Record {
    /// The name of the file.
    pub const FILE: &str = ".source.json";

    /// Reads a record; an empty one if it is damaged, so that all pages are asked for again.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The record as text.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The addresses of the copies, by the path of the file.
    pub fn addresses(self) -> BTreeMap<String, String> {
        let pages = self.pages.into_values();
        pages
            .filter_map(|page| Some((page.file?, page.address?)))
            .collect()
    }

    /// When to look again, in seconds since 1970: each time up to a tenth later, so that bots that were started together do
    /// not all come at once; after a failure after an hour, and after each further one twice as long, but not before the
    /// site has said.
    ///
    /// ```
    /// use pullquote_sources::{Kind, Record, Source};
    ///
    /// let source = Source::new("a", Kind::Page, "https://a.example/");
    /// let (hour, day) = (3_600, 86_400);
    /// let fine = Record { looked_at: day, ..Record::default() };
    /// assert!((2 * day..=2 * day + day / 10).contains(&fine.due(&source)));
    /// let failed = Record { failures: 2, ..fine };
    /// assert!((day + 2 * hour..=day + 3 * hour).contains(&failed.due(&source)));
    /// ```
    pub fn due(&self, source: &Source) -> u64 {
        let hour = Source::HOURLY.as_secs();
        let every = source.every.max(Source::HOURLY).as_secs();
        let pause = match self.failures.checked_sub(1) {
            None => every,
            Some(more) => every.min(hour << more.min(10)).max(self.wait),
        };
        // Of the source and the time, so that it can be told in advance.
        let seed = Version::of(format!("{} {}", source.name, self.looked_at).as_bytes());
        self.looked_at + pause + u64::from(seed.checksum) % (pause / 10 + 1)
    }

    /// Whether a site should be waited for so long.
    pub fn wait_for(&mut self, wait: Option<Duration>) {
        let longest = Source::DAILY.as_secs();
        self.wait = wait.map_or(0, |wait| wait.as_secs().min(longest));
    }
}

#[cfg(test)]
mod tests {
    use super::{Copied, Record, State, Validators};
    use crate::{Kind, Source, Version};

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let mut record = Record {
            place: "https://a.example/".to_owned(),
            ..Record::default()
        };
        let copied = Copied {
            state: State::Skipped("too large".to_owned()),
            file: Some("a.html".to_owned()),
            address: Some("https://a.example/a".to_owned()),
            version: Some(Version::of(b"a")),
            validators: Validators {
                etag: Some("\"1\"".to_owned()),
                modified: None,
            },
        };
        record
            .pages
            .insert("https://a.example/a".to_owned(), copied);
        assert_eq!(Record::read(&record.to_text()), record);
        assert_eq!(record.addresses()["a.html"], "https://a.example/a");
        assert_eq!(Record::read("{ damaged"), Record::default());
    }

    #[test]
    fn sources_are_not_all_looked_at_at_once() {
        let record = Record::default();
        let due = |number: u32| record.due(&Source::new(&format!("s{number}"), Kind::Page, ""));
        let times: std::collections::BTreeSet<u64> = (0..20).map(due).collect();
        assert!(times.len() > 15, "{times:?}");
    }

    #[test]
    fn a_site_may_ask_to_wait_for_a_day_at_most() {
        let source = Source::new("a", Kind::Page, "");
        let mut record = Record {
            failures: 1,
            ..Record::default()
        };
        record.wait_for(Some(std::time::Duration::from_hours(10)));
        assert!(record.due(&source) >= 36_000);
        record.wait_for(Some(std::time::Duration::MAX));
        assert!(record.due(&source) <= 2 * 86_400);
    }
}
