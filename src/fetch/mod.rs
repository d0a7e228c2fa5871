//! Fetches the pages that members and sources name: the only room that fetches from addresses which are not the operator's.
//!
//! Whoever may add articles must not reach what only this machine can reach. So every host, named or literal, at the first
//! request and at each redirect, has to be public (`public.rs`); the connection uses the very addresses that were checked.
//! There are no cookies, no referrer, no proxy, and no other scheme than HTTPS. The one exception is a host of the operator's own network, which
//! they name for a source of theirs ([`Fetcher::at_home`]). No host gets more than one request a second
//! (`pace.rs`), whoever asks for it.

mod pace;
mod public;

pub use pace::SharedPace;

use pace::Pace;
use public::is_public;
use pullquote_readers::Format;
use pullquote_sources::Validators;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use std::error::Error;
use std::iter::successors;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;
/// Longest validator that is kept.
const MAX_VALIDATOR: usize = 1_000;

/// Fetches pages. Its clones keep one pace.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: Client,
    rule: Rule,
    /// The site that may be private.
    home: Option<Home>,
    pace: Arc<Pace>,
}

/// A site of the operator's own network: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Home {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Home {
    fn of(url: &Url) -> Self {
        Self {
            scheme: url.scheme().to_owned(),
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port_or_known_default(),
        }
    }

    /// Whether an address is there. A site may have become encrypted since it was named.
    fn has(&self, url: &Url) -> bool {
        let other = Self::of(url);
        let at = |home: &Self, scheme: &str, port| home.scheme == scheme && home.port == Some(port);
        let is_upgraded = at(self, "http", 80) && at(&other, "https", 443);
        *self == other || is_upgraded && self.host == other.host
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Its address.
    pub address: &'a str,
    /// Bytes that it may have.
    pub limit: u64,
    /// How long the server may take, redirects included. Waiting for a turn at its host does not count.
    pub time: Duration,
    /// By which the server can tell that it has not changed.
    pub known: Validators,
}

/// What a server answers.
#[derive(Debug)]
pub enum Fetched {
    /// It is as it was.
    Same,
    /// It.
    Found(Found),
}

/// What was found at an address.
#[derive(Debug)]
pub struct Found {
    /// Where it was in the end.
    pub url: String,
    /// What its file would be called: host and path, with the extension of its type. What no reader reads has none.
    name: Result<String, String>,
    /// Its content, as it arrived: a server may have packed it all the same.
    pub bytes: Vec<u8>,
    /// By which the server can tell the next time that it has not changed.
    pub validators: Validators,
}

/// A page as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it was in the end.
    pub url: String,
    /// What its file would be called: host and path, with the extension of its type.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a page cannot be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is malformed, not encrypted, or leads to a host that is not public.
    #[error("the address is not that of a public page: {0}")]
    Address(&'static str),
    /// The page is larger than it may be.
    #[error("the page is larger than {0} bytes")]
    TooLarge(u64),
    /// The page is nothing that a reader reads.
    #[error("no reader reads `{0}`")]
    Format(String),
    /// There is no such page, or not for everyone.
    #[error("the server answered {0}")]
    Status(StatusCode),
    /// The server is overloaded or out of order, and may have said how long.
    #[error("the server answered {0}")]
    Later(StatusCode, Option<Duration>),
    /// The server cannot be reached, or took too long.
    #[error("the server cannot be reached")]
    Unreachable(reqwest::Error),
}

/// Why a name is not resolved.
#[derive(Debug, thiserror::Error)]
#[error("its host is not public")]
struct NotPublic;

impl FetchError {
    /// Whether there is nothing at the address.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status(status) if matches!(status.as_u16(), 404 | 410))
    }

    /// Whether the server refuses, as opposed to being out of order or out of reach.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Status(_))
    }

    /// How long the server wants to be left alone, if it is worth trying again.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::Later(_, wait) => Some(wait.unwrap_or_default()),
            Self::Unreachable(_) => Some(Duration::ZERO),
            _ => None,
        }
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        let causes = || successors(error.source(), |&cause| cause.source());
        match causes().find_map(<dyn Error>::downcast_ref) {
            Some(NotPublic) => Self::Address("its host is not public"),
            None => Self::Unreachable(error),
        }
    }
}

/// What may be fetched from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Public hosts, over HTTPS at its usual port.
    Public,
    /// In tests, 127.0.0.2 plays a public host, over HTTP at any port, and waiting takes no time. All other addresses are
    /// refused, public ones, too.
    Played,
}

impl Rule {
    fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Public => is_public(address),
            Self::Played => address == IpAddr::from([127, 0, 0, 2]),
        }
    }

    /// Whether a site of the operator's own network may have this address: any, but when played.
    fn allows_at_home(self, address: IpAddr) -> bool {
        self == Self::Public || address.is_loopback()
    }

    /// Why an address of the operator's own network may not be fetched from.
    fn check_at_home(self, url: &Url) -> Result<(), &'static str> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it names a user");
        }
        let host = url.host_str().unwrap_or_default();
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) if !self.allows_at_home(address) => Err("its host is not played"),
            _ => Ok(()),
        }
    }

    /// Why an address may not be fetched from; `Ok` if its host has yet to be resolved.
    fn check(self, url: &Url) -> Result<(), &'static str> {
        let (scheme, any_port) = match self {
            Self::Public => ("https", false),
            Self::Played => ("http", true),
        };
        if url.scheme() != scheme {
            return Err("it is not encrypted");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it names a user");
        }
        if !any_port && url.port().is_some() {
            return Err("it names a port");
        }
        // Literal addresses are never resolved. Other ways to write them, as `0x7f.1`, are normalized in a `Url`.
        let host = url.host_str().unwrap_or_default();
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) if !self.allows(address) => Err("its host is not public"),
            _ => Ok(()),
        }
    }
}

/// Resolves names to addresses that a rule allows. One that leads to others as well is refused.
struct Resolver {
    rule: Rule,
    /// The host that may be private.
    home: Option<String>,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let rule = self.rule;
        let is_home = self.home.as_deref() == Some(name.as_str());
        let allows =
            move |address: IpAddr| rule.allows(address) || is_home && rule.allows_at_home(address);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            if found.is_empty() || !found.iter().all(|address| allows(address.ip())) {
                return Err(NotPublic.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

impl Fetcher {
    /// A fetcher that obeys a rule.
    ///
    /// # Errors
    ///
    /// If there are no encrypted connections on this machine.
    pub fn new(rule: Rule) -> reqwest::Result<Self> {
        Self::with(rule, None, Arc::new(Pace::new(rule)))
    }

    fn with(rule: Rule, home: Option<Home>, pace: Arc<Pace>) -> reqwest::Result<Self> {
        let resolver = Resolver {
            rule,
            home: home.as_ref().map(|home| home.host.clone()),
        };
        let client = Client::builder()
            .use_rustls_tls()
            .user_agent(concat!("pullquote/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(resolver))
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT_TIMEOUT)
            .build()?;
        Ok(Self {
            client,
            rule,
            home,
            pace,
        })
    }

    /// A fetcher that also reaches the site of an address if that is in a private network, without encryption and at any port. It keeps the
    /// same pace. This is for what the operator has named, and for nothing that members or sites say.
    ///
    /// # Errors
    ///
    /// Like [`Self::new`].
    pub fn at_home(&self, address: &str) -> reqwest::Result<Self> {
        let home = Url::parse(address).ok().map(|url| Home::of(&url));
        Self::with(self.rule, home, Arc::clone(&self.pace))
    }

    /// With a pace that other processes keep as well.
    #[must_use]
    pub fn sharing(self, shared: Arc<dyn SharedPace>) -> Self {
        let pace = Arc::new(Pace::new(self.rule).sharing(shared));
        Self { pace, ..self }
    }

    /// A fetcher for another runtime: connections belong to one. Both keep one pace.
    ///
    /// # Errors
    ///
    /// Like [`Self::new`].
    pub fn for_another_runtime(&self) -> reqwest::Result<Self> {
        Self::with(self.rule, self.home.clone(), Arc::clone(&self.pace))
    }

    /// Leaves a server alone for some time.
    pub async fn wait(&self, time: Duration) {
        self.pace.wait(time).await;
    }

    /// Fetches something, if it has changed.
    ///
    /// # Errors
    ///
    /// If the address may not be fetched from, or the server does not deliver it in time.
    pub async fn get(&self, wanted: &Wanted<'_>) -> Result<Fetched, FetchError> {
        let parsed = Url::parse(wanted.address);
        let mut url = parsed.map_err(|_| FetchError::Address("it is malformed"))?;
        let mut left = wanted.time;
        for _ in 0..=MAX_REDIRECTS {
            self.check(&url).map_err(FetchError::Address)?;
            self.pace.turn(&url).await;
            let begun = Instant::now();
            let response = self.request(&url, &wanted.known, left).send().await?;
            left = left.saturating_sub(begun.elapsed());
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Fetched::Same);
            }
            if status.is_redirection() {
                let target = text(&response, LOCATION).and_then(|target| url.join(target).ok());
                url = target.ok_or(FetchError::Status(status))?;
                continue;
            }
            if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
                return Err(FetchError::Later(status, retry_after(&response)));
            }
            if !status.is_success() {
                return Err(FetchError::Status(status));
            }
            return Ok(Fetched::Found(found(response, wanted.limit).await?));
        }
        Err(FetchError::Address("it is redirected too often"))
    }

    /// Why an address may not be fetched from.
    fn check(&self, url: &Url) -> Result<(), &'static str> {
        match &self.home {
            Some(home) if home.has(url) => self.rule.check_at_home(url),
            // Its name may lead to a private address, whatever the port.
            Some(home) if Some(&*home.host) == url.host_str() => Err("it is another site there"),
            _ => self.rule.check(url),
        }
    }

    fn request(&self, url: &Url, known: &Validators, time: Duration) -> reqwest::RequestBuilder {
        // An unpacked page may be a thousand times larger than what arrives.
        let mut request = self.client.get(url.clone()).timeout(time);
        request = request.header(ACCEPT_ENCODING, "identity");
        // A server that has the first must not look at the second.
        match known {
            Validators {
                etag: Some(etag), ..
            } => request.header(IF_NONE_MATCH, etag),
            Validators {
                modified: Some(modified),
                ..
            } => request.header(IF_MODIFIED_SINCE, modified),
            _ => request,
        }
    }
}

/// Does work on what was fetched that takes a while, beside all else. `None` if it panicked.
pub async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

impl Found {
    /// It as a page.
    ///
    /// # Errors
    ///
    /// If no reader reads it.
    pub fn page(self) -> Result<Page, FetchError> {
        let (url, bytes) = (self.url, self.bytes);
        let name = self.name.map_err(FetchError::Format)?;
        Ok(Page { url, name, bytes })
    }
}

/// What a response contains.
async fn found(response: Response, limit: u64) -> Result<Found, FetchError> {
    let name = name(&response);
    let kept = |name| {
        let value = text(&response, name).filter(|value| value.len() <= MAX_VALIDATOR);
        value.map(str::to_owned)
    };
    let validators = Validators {
        etag: kept(ETAG),
        modified: kept(LAST_MODIFIED),
    };
    let url = response.url().to_string();
    let bytes = read(response, limit).await?;
    Ok(Found {
        url,
        name,
        bytes,
        validators,
    })
}

fn text(response: &Response, name: HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

/// How long a server wants to be left alone: seconds, or a time.
fn retry_after(response: &Response) -> Option<Duration> {
    let value = text(response, RETRY_AFTER)?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    Some(until.duration_since(SystemTime::now()).unwrap_or_default())
}

/// Reads a body of at most `limit` bytes.
async fn read(mut response: Response, limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if (bytes.len() + chunk.len()) as u64 > limit {
            return Err(FetchError::TooLarge(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The name of a page's file; what it is instead if no reader reads it.
fn name(response: &Response) -> Result<String, String> {
    let header = |name| {
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(value.split(';').next()?.trim().to_ascii_lowercase())
    };
    if let Some(encoding) = header(CONTENT_ENCODING)
        && encoding != "identity"
    {
        return Err(encoding);
    }
    let url = response.url();
    let path = url.path().trim_end_matches('/');
    let (stem, own) = match path.rsplit_once('.') {
        Some((stem, own)) if Format::of_path(path).is_some() && !own.contains('/') => {
            (stem, Some(own))
        }
        _ => (path, None),
    };
    let kind = header(CONTENT_TYPE).unwrap_or_default();
    let extension = match (kind.as_str(), own) {
        ("text/html" | "application/xhtml+xml", _) => "html",
        ("text/markdown", _) => "md",
        ("application/pdf", _) => "pdf",
        // Servers do not know every format.
        ("text/plain" | "application/octet-stream" | "", Some(own)) => own,
        ("text/plain", None) => "txt",
        _ => return Err(kind),
    };
    let host = url.host_str().unwrap_or_default();
    Ok(format!("{host}{stem}.{extension}"))
}

#[cfg(test)]
mod tests;
