//! The pages of a site: those of a sitemap or a feed, or a single one.

use super::ask::{PAGE_TIME, ask, found, reason};
use super::copies::Copies;
use super::error::SyncError;
use super::look::{Bounds, Look, NewPage, Renewed, Seen};
use super::look::{NOT_ASKED, too_large};
use super::robots::RobotsOfSites;
use crate::fetch::{FetchError, Fetched, Fetcher, Found, Wanted, beside};
use pullquote_sources::{
    Feed, FeedEntry, Kind, Sitemap, SitemapPage, Source, Validators, Version, file_path, free_path,
};
use std::collections::{HashSet, VecDeque};
use std::io;
use std::time::{Duration, Instant};
use url::Url;

/// Bytes of a sitemap or a feed, as it arrives.
const LIST_BYTES: u64 = 20 << 20;
/// Sitemaps that an index may list.
const MAX_MAPS: usize = 100;
/// With so many failures in a row, the site is left alone until the next look.
const MAX_FAILURES: u32 = 5;

/// A page that a site lists.
#[derive(Debug)]
struct Listed {
    url: Url,
    /// The entry of a feed that contains it.
    entry: Option<FeedEntry>,
}

/// The pages that a site lists, in the order in which they are asked for.
#[derive(Debug, Default)]
struct List {
    pages: Vec<Listed>,
    /// Those that are left out, each with the reason.
    left_out: Vec<(String, String)>,
    complete: bool,
    /// Whether it has the newest pages only.
    is_newest: bool,
}

/// Looks at a site.
pub(super) async fn look(
    source: &Source,
    fetcher: &Fetcher,
    copies: &dyn Copies,
    bounds: &Bounds,
) -> Result<Look, SyncError> {
    let begun = Instant::now();
    let listing = Listing {
        source,
        fetcher,
        bounds,
        begun,
    };
    let list = listing.list().await?;
    let mut look = Look {
        complete: list.complete,
        is_newest: list.is_newest,
        ..Look::default()
    };
    for (address, reason) in list.left_out {
        look.pages.insert(address, Seen::Skipped(reason));
    }
    let mut reading = Reading::new(&listing, copies);
    let mut rest = VecDeque::from(list.pages);
    for _ in 0..bounds.asked {
        let Some(page) = rest.pop_front() else {
            break;
        };
        let id = page.url.to_string();
        let seen = reading.page(page).await.map_err(SyncError::Copies)?;
        look.pages.insert(id, seen);
        if let Some(ended) = reading.ended() {
            look.complete = false;
            look.ended = Some(ended);
            break;
        }
    }
    if !rest.is_empty() && look.ended.is_none() {
        look.complete = false;
    }
    for page in rest {
        let reason = NOT_ASKED.to_owned();
        look.pages
            .insert(page.url.to_string(), Seen::Skipped(reason));
    }
    Ok(look)
}

/// A look that has begun.
struct Listing<'a> {
    source: &'a Source,
    fetcher: &'a Fetcher,
    bounds: &'a Bounds,
    begun: Instant,
}

impl Listing<'_> {
    async fn list(&self) -> Result<List, SyncError> {
        let place = Url::parse(&self.source.place);
        let place = place.map_err(|_| SyncError::Place("it is not an address"))?;
        match self.source.kind {
            Kind::Sitemap => self.sitemap(&place).await,
            Kind::Feed => self.feed(&place).await,
            _ => {
                let url = place;
                let pages = vec![Listed { url, entry: None }];
                Ok(List {
                    pages,
                    complete: true,
                    ..List::default()
                })
            }
        }
    }

    async fn feed(&self, place: &Url) -> Result<List, SyncError> {
        let found = self.list_at(place.as_str()).await?;
        let feed = beside(move || Feed::read(&found.bytes, &found.url)).await;
        let feed = feed.flatten().ok_or(SyncError::Place("it is not a feed"))?;
        let mut list = List {
            is_newest: true,
            ..List::default()
        };
        let mut seen = HashSet::new();
        for entry in feed.entries {
            let page = SitemapPage {
                address: entry.address.clone(),
                modified: None,
            };
            list.add(&page, Some(entry), self, place, &mut seen);
        }
        Ok(list)
    }

    async fn sitemap(&self, place: &Url) -> Result<List, SyncError> {
        let found = self.list_at(place.as_str()).await?;
        let map = read_sitemap(found)
            .await
            .ok_or(SyncError::Place("it is not a sitemap"))?;
        let mut list = List {
            complete: map.complete && map.maps.len() <= MAX_MAPS,
            ..List::default()
        };
        let mut pages = map.pages;
        for address in map.maps.iter().take(MAX_MAPS) {
            let inner = match place.join(address) {
                _ if self.is_over() => Err(SyncError::Place(NOT_ASKED)),
                Ok(url) if url.origin() == place.origin() => self.list_at(url.as_str()).await,
                _ => Err(SyncError::Place("it is on another host")),
            };
            match inner {
                Ok(found) => match read_sitemap(found).await {
                    Some(inner) => {
                        list.complete &= inner.complete && inner.maps.is_empty();
                        pages.extend(inner.pages);
                    }
                    None => list.leave_out(address, "it is not a sitemap"),
                },
                Err(error) => list.leave_out(address, &error.to_string()),
            }
        }
        // What is said to have changed last is asked for first.
        pages.sort_by(|a, b| b.modified.cmp(&a.modified));
        let mut seen = HashSet::new();
        for page in pages {
            list.add(&page, None, self, place, &mut seen);
        }
        Ok(list)
    }

    async fn list_at(&self, address: &str) -> Result<Found, SyncError> {
        let list = found(self.fetcher, address, LIST_BYTES).await;
        list.map_err(|error| SyncError::Fetch(reason(&error), error.wait()))
    }

    fn is_over(&self) -> bool {
        self.begun.elapsed() > self.bounds.time
    }
}

async fn read_sitemap(found: Found) -> Option<Sitemap> {
    beside(move || Sitemap::read(&found.bytes)).await.flatten()
}

impl List {
    /// Leaves out a list of pages, so that this one is not complete.
    fn leave_out(&mut self, address: &str, reason: &str) {
        self.complete = false;
        self.left_out.push((address.to_owned(), reason.to_owned()));
    }

    fn add(
        &mut self,
        page: &SitemapPage,
        entry: Option<FeedEntry>,
        listing: &Listing<'_>,
        place: &Url,
        seen: &mut HashSet<Url>,
    ) {
        let Ok(mut url) = place.join(&page.address) else {
            let reason = "it is not an address".to_owned();
            return self.left_out.push((page.address.clone(), reason));
        };
        url.set_fragment(None);
        let within = listing.source.within.as_deref().unwrap_or_default();
        if !url.as_str().starts_with(within) || !seen.insert(url.clone()) {
            return;
        }
        let is_own = url.origin() == place.origin();
        if !is_own {
            let reason = "it is on another host".to_owned();
            self.left_out.push((url.into(), reason));
        } else if self.pages.len() >= listing.bounds.pages {
            self.left_out.push((url.into(), listing.bounds.too_many()));
        } else {
            self.pages.push(Listed { url, entry });
        }
    }
}

/// Reads pages one after the other.
struct Reading<'a> {
    listing: &'a Listing<'a>,
    copies: &'a dyn Copies,
    robots: RobotsOfSites,
    /// Paths of copies, in lower case.
    files: HashSet<String>,
    /// Where pages were in the end.
    ends: HashSet<String>,
    /// Bytes of all pages, those that may be gone among them.
    bytes: u64,
    /// How often in a row the site was out of order.
    failures: u32,
    /// What it said the last time.
    last: Option<(String, Option<Duration>)>,
}

impl<'a> Reading<'a> {
    fn new(listing: &'a Listing<'a>, copies: &'a dyn Copies) -> Self {
        let pages = || copies.record().pages.values();
        let files = pages().filter_map(|page| Some(page.file.as_ref()?.to_lowercase()));
        let lengths = pages().filter(|page| page.file.is_some());
        Self {
            listing,
            copies,
            robots: RobotsOfSites::default(),
            files: files.collect(),
            ends: HashSet::new(),
            bytes: lengths
                .filter_map(|page| Some(page.version?.length()))
                .sum(),
            failures: 0,
            last: None,
        }
    }

    /// Why the site is to be left alone, and for how long: it fails again and again, says so, or is too slow.
    fn ended(&self) -> Option<(String, Option<Duration>)> {
        if self.listing.is_over() {
            let minutes = self.listing.bounds.time.as_secs() / 60;
            return Some((format!("it took more than {minutes} minutes"), None));
        }
        let last = self.last.as_ref()?;
        let says_so = last.1.is_some_and(|wait| wait > Duration::from_mins(1));
        (self.failures >= MAX_FAILURES || says_so).then(|| last.clone())
    }

    async fn page(&mut self, page: Listed) -> io::Result<Seen> {
        let (fetcher, bounds) = (self.listing.fetcher, self.listing.bounds);
        if let Err(reason) = self.robots.check(fetcher, &page.url).await {
            return Ok(Seen::Skipped(reason));
        }
        let id = page.url.to_string();
        if let Some(html) = page.entry.as_ref().and_then(FeedEntry::page) {
            let name = "page.html";
            return self.content(&id, &id, name, html.as_bytes(), Validators::default());
        }
        let known = self.copies.known(&id);
        let wanted = Wanted {
            address: &id,
            limit: bounds.page_bytes,
            time: PAGE_TIME,
            known: known
                .map(|page| page.validators.clone())
                .unwrap_or_default(),
        };
        match ask(fetcher, &wanted).await {
            Ok(Fetched::Same) => {
                self.failures = 0;
                Ok(Seen::Same(Renewed::default()))
            }
            Ok(Fetched::Found(found)) => {
                self.failures = 0;
                self.found(&page.url, found)
            }
            Err(error) => Ok(self.failed(&error)),
        }
    }

    fn failed(&mut self, error: &FetchError) -> Seen {
        if error.is_gone() {
            self.failures = 0;
            return Seen::Gone;
        }
        if let Some(wait) = error.wait() {
            self.failures += 1;
            self.last = Some((reason(error), Some(wait)));
        }
        Seen::Skipped(reason(error))
    }

    fn found(&mut self, asked: &Url, found: Found) -> io::Result<Seen> {
        let url = Url::parse(&found.url).ok();
        if url.is_none_or(|url| url.origin() != asked.origin()) {
            return Ok(Seen::Skipped("it leads to another host".to_owned()));
        }
        let validators = found.validators.clone();
        match found.page() {
            Ok(page) => self.content(
                asked.as_str(),
                &page.url,
                &page.name,
                &page.bytes,
                validators,
            ),
            Err(error) => Ok(Seen::Skipped(reason(&error))),
        }
    }

    fn content(
        &mut self,
        id: &str,
        address: &str,
        name: &str,
        bytes: &[u8],
        validators: Validators,
    ) -> io::Result<Seen> {
        if !self.ends.insert(address.to_owned()) {
            return Ok(Seen::Skipped(format!(
                "it leads to {address}, as another page does"
            )));
        }
        let version = Version::of(bytes);
        let known = self.copies.known(id);
        if known.is_some_and(|known| known.version == Some(version)) {
            return Ok(Seen::Same(Renewed {
                address: Some(address.to_owned()),
                validators: Some(validators),
            }));
        }
        let bounds = self.listing.bounds;
        let before = known.and_then(|known| Some(known.version?.length()));
        let after = self.bytes.saturating_sub(before.unwrap_or_default()) + version.length();
        if version.length() > bounds.page_bytes {
            return Ok(Seen::Skipped(too_large(bounds.page_bytes)));
        }
        if after > bounds.bytes {
            return Ok(Seen::Skipped(bounds.too_much()));
        }
        self.bytes = after;
        let new = file_path(id, name);
        let kept = self.copies.record().pages.get(id);
        let kept = kept.and_then(|page| page.file.clone());
        let kept = kept.filter(|kept| extension(kept) == extension(&new));
        let file = kept.unwrap_or_else(|| free_path(new, &mut self.files));
        self.copies.add(&file, bytes)?;
        Ok(Seen::New(NewPage {
            file,
            address: Some(address.to_owned()),
            version,
            validators,
        }))
    }
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(_, extension)| extension)
}
