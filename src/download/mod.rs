//! Downloads a file, or a part of one, and continues where an earlier try stopped.

use crate::config::is_this_machine;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_RANGE, RANGE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use std::fs::File;
use std::io::{self, Write};
use std::time::Duration;

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long nothing may arrive.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// How many tries in a row may fail without a byte received.
const MAX_TRIES: u32 = 4;
/// The delay after the first failure; it doubles with each.
const FIRST_DELAY: Duration = Duration::from_millis(250);
/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// What to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The address of the file. Only this machine may be named without encryption.
    pub url: String,
    /// Where the wanted part begins in the file.
    pub offset: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Why a download failed.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// The address is malformed.
    #[error("`{0}` is not an address")]
    Address(String),
    /// The address is not encrypted.
    #[error("`{0}` is not encrypted: use an address that begins with https://")]
    Unencrypted(Url),
    /// The server cannot be reached, or the connection was lost.
    #[error(transparent)]
    Connection(#[from] reqwest::Error),
    /// The server refused.
    #[error("`{0}` answered {1}")]
    Status(Url, StatusCode),
    /// The server sent another part of the file.
    #[error("`{0}` sent another part of the file than was asked for")]
    Range(Url),
    /// The response was too short.
    #[error("`{0}` sent too little: {1} bytes are missing")]
    Short(Url, u64),
    /// The part that was received cannot be saved.
    #[error("cannot save the download")]
    Save(#[from] io::Error),
}

impl DownloadError {
    /// Whether another try may succeed.
    fn may_pass(&self) -> bool {
        match self {
            Self::Connection(error) => !error.is_redirect() && !error.is_builder(),
            Self::Status(_, status) => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            Self::Short(..) => true,
            Self::Address(_) | Self::Unencrypted(_) | Self::Range(_) | Self::Save(_) => false,
        }
    }
}

/// Appends to `part` what it does not contain yet. `progress` gets the number of bytes that are there.
///
/// # Errors
///
/// If the address is not safe, the server refuses, the connection fails repeatedly, or `part` cannot be written.
pub fn fetch(
    download: &Download,
    part: &mut File,
    mut progress: impl FnMut(u64),
) -> Result<(), DownloadError> {
    let url = Url::parse(&download.url);
    let url = url.map_err(|_| DownloadError::Address(download.url.clone()))?;
    if !is_safe(&url) {
        return Err(DownloadError::Unencrypted(url));
    }
    let redirects = Policy::custom(|attempt| {
        if attempt.previous().len() > MAX_REDIRECTS {
            attempt.error("too many redirects")
        } else if !is_as_safe(attempt.previous(), attempt.url()) {
            attempt.error("redirected to an address that is not encrypted")
        } else {
            attempt.follow()
        }
    });
    let client = Client::builder()
        .use_rustls_tls()
        .user_agent(concat!("pullquote/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .redirect(redirects)
        .build()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(fetch_all(&client, &url, download, part, &mut progress))
}

/// Whether nobody on the way can read or change what an address sends.
fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(url.as_str()))
}

/// Whether a redirect to `url` keeps what the addresses before it promise: after an encrypted one, all are encrypted.
fn is_as_safe(previous: &[Url], url: &Url) -> bool {
    let was_encrypted = previous.iter().any(|url| url.scheme() == "https");
    is_safe(url) && (!was_encrypted || url.scheme() == "https")
}

async fn fetch_all(
    client: &Client,
    url: &Url,
    download: &Download,
    part: &mut File,
    progress: &mut impl FnMut(u64),
) -> Result<(), DownloadError> {
    if part.metadata()?.len() > download.bytes {
        part.set_len(0)?;
    }
    let mut failures = 0;
    loop {
        let before = part.metadata()?.len();
        let error = match fetch_rest(client, url, download, part, progress).await {
            Err(error) if error.may_pass() => error,
            done => return done,
        };
        let is_longer = part.metadata()?.len() > before;
        failures = if is_longer { 0 } else { failures + 1 };
        if failures == MAX_TRIES {
            return Err(error);
        }
        tokio::time::sleep(FIRST_DELAY * 2_u32.pow(failures)).await;
    }
}

/// Requests what is missing, and appends it as it arrives.
async fn fetch_rest(
    client: &Client,
    url: &Url,
    download: &Download,
    part: &mut File,
    progress: &mut impl FnMut(u64),
) -> Result<(), DownloadError> {
    let have = part.metadata()?.len();
    let mut missing = download.bytes.saturating_sub(have);
    if missing == 0 {
        return Ok(());
    }
    let first = download.offset + have;
    let last = download.offset + download.bytes - 1;
    // Compressed again, the bytes would not be those of the range.
    let request = client.get(url.clone()).header(ACCEPT_ENCODING, "identity");
    let request = request.header(RANGE, format!("bytes={first}-{last}"));
    let mut response = request.send().await?;
    if !response.status().is_success() {
        return Err(DownloadError::Status(url.clone(), response.status()));
    }
    let mut before = bytes_before(&response, first);
    let before = before
        .as_mut()
        .ok_or_else(|| DownloadError::Range(url.clone()))?;
    while let Some(chunk) = response.chunk().await? {
        let skipped = chunk.len().min(*before as usize);
        *before -= skipped as u64;
        let rest = chunk.get(skipped..).unwrap_or_default();
        let wanted = rest.get(..missing as usize).unwrap_or(rest);
        part.write_all(wanted)?;
        missing -= wanted.len() as u64;
        progress(download.bytes - missing);
        if missing == 0 {
            return Ok(());
        }
    }
    Err(DownloadError::Short(url.clone(), missing))
}

/// How many bytes of the response come before the byte `first` of the file: a server may send a file from its beginning.
/// `None` if that byte is not in the response.
fn bytes_before(response: &Response, first: u64) -> Option<u64> {
    if response.status() != StatusCode::PARTIAL_CONTENT {
        return Some(first);
    }
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    let (start, _) = range.strip_prefix("bytes ")?.split_once('-')?;
    first.checked_sub(start.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_stay_encrypted() {
        let url = |text: &str| Url::parse(text).unwrap();
        let check = |from: &str, to: &str, expected| {
            assert_eq!(is_as_safe(&[url(from)], &url(to)), expected, "{from} {to}");
        };
        check("https://example.org/a", "https://example.net/b", true);
        check("https://example.org/a", "http://example.org/a", false);
        check("https://example.org/a", "http://127.0.0.1/a", false);
        check("http://127.0.0.1/a", "http://127.0.0.1/b", true);
        check("http://127.0.0.1/a", "https://example.org/b", true);
        check("http://127.0.0.1/a", "http://example.org/b", false);
        check("http://127.0.0.1/a", "ftp://127.0.0.1/b", false);
    }
}
