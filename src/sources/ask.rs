//! Requests that are tried again while a server is out of order, for as long as it says.

use crate::fetch::{FetchError, Fetched, Fetcher, Found, Wanted};
use pullquote_sources::Validators;
use std::time::Duration;

/// How often a request is sent.
const ATTEMPTS: u32 = 3;
/// A server that wants to be left alone for longer is left alone until the next look.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a page may take.
pub(super) const PAGE_TIME: Duration = Duration::from_secs(10);

/// Fetches something, if it has changed.
pub(super) async fn ask(fetcher: &Fetcher, wanted: &Wanted<'_>) -> Result<Fetched, FetchError> {
    let mut attempt = 0;
    loop {
        let error = match fetcher.get(wanted).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        attempt += 1;
        let pause = error
            .wait()
            .map(|wait| wait.max(Duration::from_secs(1 << attempt)));
        match pause {
            Some(pause) if attempt < ATTEMPTS && pause <= PATIENCE => fetcher.wait(pause).await,
            _ => return Err(error),
        }
    }
}

/// Fetches something of which nothing is known.
pub(super) async fn found(
    fetcher: &Fetcher,
    address: &str,
    limit: u64,
) -> Result<Found, FetchError> {
    let wanted = Wanted {
        address,
        limit,
        time: PAGE_TIME,
        known: Validators::default(),
    };
    match ask(fetcher, &wanted).await? {
        Fetched::Found(found) => Ok(found),
        Fetched::Same => Err(FetchError::Address("it was not sent")),
    }
}

/// Why a page cannot be used, in words for a list.
pub(super) fn reason(error: &FetchError) -> String {
    let mut reason = error.to_string();
    if let FetchError::Unreachable(error) = error
        && error.is_timeout()
    {
        reason.push_str(" in time");
    }
    reason
}
