//! Fetches the pages that members name: the only room that fetches from addresses which are not the operator's.
//!
//! Whoever may add articles must not reach what only this machine can reach. So every host, named or literal, at the first
//! request and at each redirect, has to be public (`public.rs`); the connection uses the very addresses that were checked.
//! There are no cookies, no referrer, no proxy, and no other scheme than HTTPS.

mod public;

use public::is_public;
use pullquote_readers::Format;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use std::error::Error;
use std::iter::successors;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a page may take, redirects included.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// Fetches pages.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: Client,
    rule: Rule,
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
    /// The server cannot be reached, or took too long.
    #[error("the server cannot be reached")]
    Unreachable(reqwest::Error),
}

/// Why a name is not resolved.
#[derive(Debug, thiserror::Error)]
#[error("its host is not public")]
struct NotPublic;

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
    /// In tests, 127.0.0.2 plays a public host, over HTTP at any port. All other addresses are refused, public ones, too.
    Played,
}

impl Rule {
    fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Public => is_public(address),
            Self::Played => address == IpAddr::from([127, 0, 0, 2]),
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
struct Resolver(Rule);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let rule = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            if found.is_empty() || !found.iter().all(|address| rule.allows(address.ip())) {
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
        let redirects = Policy::custom(move |attempt| {
            if attempt.previous().len() > MAX_REDIRECTS {
                return attempt.error("too many redirects");
            }
            match rule.check(attempt.url()) {
                Ok(()) => attempt.follow(),
                Err(reason) => attempt.error(reason),
            }
        });
        let client = Client::builder()
            .use_rustls_tls()
            .user_agent(concat!("pullquote/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(Resolver(rule)))
            .redirect(redirects)
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self { client, rule })
    }

    /// Fetches a page of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// If the address may not be fetched from, or the server does not deliver such a page in time.
    pub async fn page(&self, address: &str, limit: u64) -> Result<Page, FetchError> {
        let url = Url::parse(address).map_err(|_| FetchError::Address("it is malformed"))?;
        self.rule.check(&url).map_err(FetchError::Address)?;
        // An unpacked page may be a thousand times larger than what arrives.
        let request = self.client.get(url).header(ACCEPT_ENCODING, "identity");
        let response = request.send().await?;
        if !response.status().is_success() {
            return Err(FetchError::Status(response.status()));
        }
        let name = name(&response)?;
        let url = response.url().to_string();
        let bytes = read(response, limit).await?;
        Ok(Page { url, name, bytes })
    }
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

/// The name of a page's file.
fn name(response: &Response) -> Result<String, FetchError> {
    let header = |name| {
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(value.split(';').next()?.trim().to_ascii_lowercase())
    };
    let unreadable = |kind: String| Err(FetchError::Format(kind));
    if let Some(encoding) = header(CONTENT_ENCODING)
        && encoding != "identity"
    {
        return unreadable(encoding);
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
        _ => return unreadable(kind),
    };
    let host = url.host_str().unwrap_or_default();
    Ok(format!("{host}{stem}.{extension}"))
}

#[cfg(test)]
mod tests;
