//! Which servers the bot is in, as Discord lists them. No event says that a server has removed a bot that has no gateway connection, or
//! was not running. What is kept of such a server is deleted two weeks after it was noticed.

use crate::bot::backoff::Backoff;
use crate::bot::bot::Bot;
use crate::bot::decode::{id, list};
use crate::bot::error::error_chain;
use crate::bot::rest::{Call, CallError, Rest, Route};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::{info, warn};

/// How often the list is compared with the store.
const COMPARE: Duration = Duration::from_hours(12);
const RETRY: Backoff = Backoff::new(Duration::from_mins(1), Duration::from_hours(1));
/// How long a page may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Between two pages, so that the list keeps no other request waiting.
const PAUSE: Duration = Duration::from_secs(1);
/// Servers of a page, at most; Discord lists no more.
const PAGE: usize = 200;

/// Compares them now, and from time to time.
pub(crate) async fn keep_comparing(bot: Arc<Bot>) {
    let mut retry = RETRY;
    loop {
        let delay = match compare(&bot).await {
            Ok(()) => {
                retry = RETRY;
                COMPARE
            }
            Err(error) => {
                let delay = retry.next_delay();
                let seconds = delay.as_secs();
                warn!("cannot compare the servers, retrying in {seconds} s: {error}");
                delay
            }
        };
        sleep(delay).await;
    }
}

/// Notes where the bot is and where it is not, of the servers of which something is kept. Asks Discord only if there are any.
async fn compare(bot: &Bot) -> Result<(), String> {
    // Before the list: what is kept afterwards is of a server that the bot is in.
    let kept = bot.articles.presence().await;
    let kept = kept.map_err(|error| error_chain(&error))?;
    if kept.is_empty() {
        return Ok(());
    }
    let listed = listed(&bot.rest).await;
    let listed = listed.map_err(|error| error_chain(&error))?;
    for (server, was_present) in kept {
        let is_present = listed.contains(&server);
        if is_present == was_present {
            continue;
        }
        if is_present {
            info!("the bot is in server {server} again: its data stays");
        } else {
            info!("the bot is not in server {server} any more: its data is deleted in 14 days");
        }
        bot.articles.set_present(server, is_present).await;
    }
    Ok(())
}

/// All servers that the bot is in.
async fn listed(rest: &Rest) -> Result<BTreeSet<u64>, CallError> {
    let mut all = BTreeSet::new();
    loop {
        let after = all.last().copied().unwrap_or_default();
        let query = format!("?limit={PAGE}&after={after}");
        let page = Call::get(Route::CurrentUserGuilds).query(&query);
        let page = rest.call(&page, Instant::now() + TIMEOUT).await?;
        let page = list(&page);
        let before = all.len();
        all.extend(page.iter().filter_map(|server| id(&server["id"])));
        // A page without anything new would be asked for again and again.
        if page.len() < PAGE || all.len() == before {
            return Ok(all);
        }
        sleep(PAUSE).await;
    }
}
