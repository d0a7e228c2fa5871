//! Who may see the host's page, and which requests may change something. Every decision is made here.
//!
//! A request passes three doors: its `Host` must be one that the program knows (421), it needs the key where one is needed
//! (403), and a form must come from the page itself (403).

mod hosts;
mod key;

pub use hosts::Hosts;
pub(crate) use key::COOKIE;
pub use key::Key;

use http::header::{COOKIE as COOKIES, ORIGIN};
use http::{HeaderMap, Method, StatusCode, Uri};

/// The paths that need no key: what monitoring asks for, and files that are the same for everyone.
const OPEN: &[&str] = &["/healthz", "/readyz", "/metrics", "/style.css", "/page.js"];
/// Where the form with the key leads.
pub(crate) const SIGN_IN: &str = "/sign-in";

/// What protects the page.
#[derive(Debug)]
pub struct Guard {
    /// The names under which it is served.
    pub hosts: Hosts,
    /// What visitors must know.
    pub lock: Lock,
}

/// What visitors of the page must know.
#[derive(Debug)]
pub enum Lock {
    /// Nothing: the page is bound to a loopback address.
    Open,
    /// The key.
    Key(Key),
    /// Nobody may see it: others could reach it, and there is no key.
    Closed,
}

/// The part of a request that decides.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// Its method.
    pub method: &'a Method,
    /// Its path and query.
    pub uri: &'a Uri,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Today, counted from 1970.
    pub day: i64,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is served. The cookie of yesterday is replaced by this one.
    Pass {
        /// The value of `Set-Cookie`.
        cookie: Option<String>,
    },
    /// It brings a key: [`Guard::sign_in`] says whether it is the right one.
    Key(String),
    /// It is the form with the key, which has to be read: [`Guard::sign_in`] says whether it is the right one.
    Form,
    /// It is refused.
    Refuse(Refusal),
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is addressed to an unknown name.
    UnknownHost,
    /// The page has no such method.
    Method,
    /// The page is closed until a key is set.
    NoKeySet,
    /// It brings no key.
    KeyNeeded,
    /// It brings a wrong one.
    WrongKey,
    /// There were too many wrong ones in the last minute.
    TooManyTries,
    /// A form of another page.
    ForeignForm,
}

impl Refusal {
    /// The status of the response.
    pub fn status(self) -> StatusCode {
        match self {
            Self::UnknownHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NoKeySet | Self::KeyNeeded | Self::WrongKey | Self::ForeignForm => {
                StatusCode::FORBIDDEN
            }
            Self::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl Guard {
    /// Decides about a request.
    pub fn judge(&self, visit: Visit<'_>) -> Verdict {
        if !self.hosts.allow(visit.headers) {
            return Verdict::Refuse(Refusal::UnknownHost);
        }
        let path = visit.uri.path();
        let is_reading = [Method::GET, Method::HEAD].contains(visit.method);
        if OPEN.contains(&path) {
            return if is_reading {
                Verdict::Pass { cookie: None }
            } else {
                Verdict::Refuse(Refusal::Method)
            };
        }
        if !is_reading && visit.method != Method::POST {
            return Verdict::Refuse(Refusal::Method);
        }
        if !is_reading && !is_own_form(visit.headers) {
            return Verdict::Refuse(Refusal::ForeignForm);
        }
        match &self.lock {
            Lock::Open => Verdict::Pass { cookie: None },
            Lock::Closed => Verdict::Refuse(Refusal::NoKeySet),
            Lock::Key(_) if path == SIGN_IN && !is_reading => Verdict::Form,
            Lock::Key(key) => {
                match cookies(visit.headers).find_map(|value| key.reads(value, visit.day)) {
                    Some(is_todays) => Verdict::Pass {
                        cookie: (!is_todays).then(|| key.cookie(visit.day)),
                    },
                    None => match offered(visit.uri) {
                        Some(offered) if path == "/" && is_reading => Verdict::Key(offered),
                        _ => Verdict::Refuse(Refusal::KeyNeeded),
                    },
                }
            }
        }
    }

    /// Looks at an offered key: the cookie to set if it is right. `may_try` takes one of the visitor's tries of this minute,
    /// and says whether there was one left; it is asked before the key is looked at, so that a right one does not stand out.
    ///
    /// # Errors
    ///
    /// If the key is wrong, there is none, or too many were tried.
    pub fn sign_in(
        &self,
        offered: &str,
        day: i64,
        may_try: impl FnOnce() -> bool,
    ) -> Result<String, Refusal> {
        let Lock::Key(key) = &self.lock else {
            return Err(Refusal::NoKeySet);
        };
        if !may_try() {
            return Err(Refusal::TooManyTries);
        }
        if key.is(offered) {
            Ok(key.cookie(day))
        } else {
            Err(Refusal::WrongKey)
        }
    }
}

/// The values of the page's cookie.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(COOKIES).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// The key in an address.
fn offered(uri: &Uri) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    let (_, value) = pairs.find(|(name, _)| name == "key")?;
    Some(value.into_owned())
}

/// Whether a form was sent from the page itself: browsers say so in `Sec-Fetch-Site`, and old ones name the page in `Origin`.
fn is_own_form(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let host = headers
        .get(http::header::HOST)
        .and_then(|host| host.to_str().ok());
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let (Some(host), Some(origin)) = (host, origin) else {
        return false;
    };
    let named = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    named.is_some_and(|named| named.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests;
