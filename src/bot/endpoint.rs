//! Interactions that arrive over HTTP. Discord sends them there instead of over the gateway if the developer portal names an
//! Interactions Endpoint URL. Any number of processes may serve it: what must outlive one request is in the store.

use crate::bot::application::registration::application_json;
use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::decode::{IncomingInteraction, Posted, guild, id};
use crate::bot::error::{RunError, error_chain};
use crate::bot::handler::register;
use crate::bot::replies::first_response::FirstResponse;
use crate::bot::rest::{Call, CallError, Route};
use crate::bot::until_answered::until_answered;
use crate::config::PublicKey;
use crate::http::{Endpoint, EndpointResponse};
use crate::lock::lock;
use pullquote_cards::Action;
use serde_json::Value;
use std::collections::HashSet;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tracing::{debug, error, info, warn};

/// How long Discord waits before it is told that the answer follows. It gives up after 3 s, and the way to it takes time.
const DEFER_AFTER: Duration = Duration::from_secs(2);
/// For each request that may be processed at the same time, so many may wait. Further ones are refused at once.
const WAITING: usize = 16;
/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The port that takes interactions.
#[derive(Debug)]
pub(super) struct OpenEndpoint {
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

/// What the requests share.
#[derive(Debug)]
struct Received {
    bot: Arc<Bot>,
    places: Arc<Semaphore>,
    /// Servers that something has arrived from: the bot is in them.
    met: Mutex<HashSet<u64>>,
}

impl OpenEndpoint {
    /// Opens the port, if the settings name one.
    ///
    /// # Errors
    ///
    /// When its address cannot be bound.
    pub(super) async fn start(bot: &Arc<Bot>) -> Result<Option<Self>, RunError> {
        let config = &bot.config;
        let (Some(address), Some(key)) = (config.interactions, config.public_key) else {
            return Ok(None);
        };
        let endpoint = Endpoint::bind(address, key, Arc::clone(&bot.metrics)).await?;
        let received = Arc::new(Received {
            bot: Arc::clone(bot),
            places: Arc::new(Semaphore::new(config.limits.concurrent as usize * WAITING)),
            met: Mutex::default(),
        });
        let answer = move |body: Vec<u8>| {
            let received = Arc::clone(&received);
            async move { received.answer(&body).await }
        };
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(endpoint.serve(since_1970, answer, stopped));
        Ok(Some(Self { stop, serving }))
    }

    /// Closes it, after the requests that have begun are answered.
    pub(super) async fn close(self) {
        self.stop.send_replace(true);
        let _ = self.serving.await;
    }
}

impl Received {
    /// The answer to a body that Discord has signed.
    async fn answer(self: &Arc<Self>, body: &[u8]) -> EndpointResponse {
        let (answer, result) = match Posted::read(body) {
            Ok(Posted::Ping) => (EndpointResponse::Json(r#"{"type":1}"#.to_owned()), "pong"),
            Ok(Posted::Interaction(interaction)) => match self.interaction(*interaction).await {
                Some(json) => (EndpointResponse::Json(json), "answered"),
                None => (EndpointResponse::Busy, "busy"),
            },
            Ok(Posted::Other) => (EndpointResponse::Unreadable, "unreadable"),
            Err(error) => {
                debug!("unreadable payload: {error}");
                (EndpointResponse::Unreadable, "unreadable")
            }
        };
        self.bot.metrics.http_interaction(result);
        answer
    }

    /// The response to an interaction, or that it follows. `None` if there is neither in time.
    async fn interaction(self: &Arc<Self>, interaction: IncomingInteraction) -> Option<String> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let can_be_deferred = !matches!(interaction.action, Action::Autocomplete { .. });
        let (first, mut response) = FirstResponse::body();
        let first = Arc::new(first);
        // The task alone keeps it: when it ends without a response, so does the wait for one.
        let waiting = Arc::downgrade(&first);
        let pending = self.bot.pending.begin();
        let received = Arc::clone(self);
        // What follows the response goes on without this request.
        tokio::spawn(async move {
            received.bot.interaction(&interaction, &first).await;
            drop((first, pending, place));
            received.meet(interaction.server).await;
        });
        if let Ok(response) = timeout(DEFER_AFTER, &mut response).await {
            return response.ok();
        }
        if can_be_deferred
            && let Some(first) = waiting.upgrade()
            && let Some(body) = first.as_body()
        {
            body.defer();
        }
        // Only what was sent by now is in time.
        response.try_recv().ok()
    }

    /// Takes note that the bot is in a server, so that its articles are kept: no event of the gateway says so.
    async fn meet(&self, server: Option<u64>) {
        if let Some(server) = server
            && self.bot.servers.allow(Some(server))
            && lock(&self.met).insert(server)
        {
            self.bot.articles.set_present(server, true).await;
        }
    }
}

fn since_1970() -> Duration {
    Duration::from_millis(u64::try_from(now()).unwrap_or_default())
}

/// Learns from Discord what the gateway would tell, and registers the commands. Completes only if the token is wrong.
pub(super) async fn introduce(bot: &Bot) -> RunError {
    let ask = || application_json(&bot.rest, Instant::now() + TIMEOUT);
    let application = match until_answered(ask).await {
        Ok(application) => application,
        Err(error) => return error,
    };
    check_portal(&application, bot.config.public_key);
    if let Some(application) = id(&application["id"]) {
        if let Err(error) = learn_helpers(bot, application).await {
            warn!("cannot find the helpers' server: {}", error_chain(&error));
        }
        register(bot, application).await;
    }
    pending().await
}

/// Says what in the developer portal keeps interactions from this process.
fn check_portal(application: &Value, key: Option<PublicKey>) {
    let theirs = application["verify_key"]
        .as_str()
        .and_then(PublicKey::parse);
    if theirs.is_some() && theirs != key {
        error!(
            "DISCORD_PUBLIC_KEY is not the key of this application: everything that Discord sends will be refused"
        );
    }
    if let Some(url) = application["interactions_endpoint_url"].as_str() {
        info!("Discord sends interactions to {url}");
    } else {
        warn!(
            "the application has no Interactions Endpoint URL, so Discord sends nothing here: set it in the developer portal"
        );
    }
}

/// Finds out which server the helpers belong to.
async fn learn_helpers(bot: &Bot, me: u64) -> Result<(), CallError> {
    let get = async |route| {
        bot.rest
            .call(&Call::get(route), Instant::now() + TIMEOUT)
            .await
    };
    let Some(channel) = bot.config.helpers.channel else {
        return Ok(());
    };
    let channel = get(Route::Channel { channel }).await?;
    let server = id(&channel["guild_id"]);
    if let Some(server) = server {
        let mut server = get(Route::Guild { guild: server }).await?;
        server["channels"] = Value::Array(vec![channel]);
        if let Some(server) = guild(&server) {
            bot.servers.remember(&server, me);
        }
    }
    Ok(())
}
