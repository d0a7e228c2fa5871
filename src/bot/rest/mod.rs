//! Discord's REST API: one request, tried again where that helps.
//!
//! Not serenity's client: it does not report how long to wait after a refusal, keeps an entry for every interaction
//! forever, and does not wait at all when it talks to another address. It would also link a second TLS library.

pub(crate) mod ratelimit;
pub(crate) mod route;

use crate::bot::backoff::Backoff;
use crate::bot::rest::ratelimit::{Bucket, Queues};
use crate::bot::rest::route::{API, Route};
use crate::config::Secret;
use crate::telemetry::Metrics;
use pullquote_cards::Payload;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use serenity::constants::USER_AGENT;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;

/// How long one try may take.
const TRY: Duration = Duration::from_secs(10);
/// Where Discord is.
pub(crate) const DISCORD: &str = "https://discord.com";
/// Waits between two tries.
const AGAIN: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(5));

/// Discord's REST API.
#[derive(Debug)]
pub(crate) struct Rest {
    client: reqwest::Client,
    token: Secret,
    /// Scheme and host, without a slash at the end.
    base: String,
    pub(crate) queues: Queues,
    /// Where refusals are counted.
    metrics: Arc<Metrics>,
}

/// What is asked of Discord.
#[derive(Debug, Clone)]
pub(crate) struct Call<'a> {
    method: Method,
    route: Route<'a>,
    query: &'static str,
    payload: Option<&'a Payload>,
}

/// Why nothing came of a request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    /// Discord says no.
    #[error(
        "Discord refuses: {message} (status {status}, code {code}){}",
        Fields(fields)
    )]
    Refused {
        status: u16,
        code: u64,
        message: String,
        /// What is wrong with which field; null where Discord does not say.
        fields: Value,
        /// How many tries it took. After the first one, a refusal may be the echo of a try whose answer was lost.
        tries: u32,
    },
    /// Discord is not there, or does not answer in time.
    #[error("Discord cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The time was up.
    #[error("Discord did not answer in time")]
    Late,
    /// The request could not be written.
    #[error("the request cannot be written")]
    Unwritable(#[source] reqwest::Error),
}

impl<'a> Call<'a> {
    pub(crate) fn get(route: Route<'a>) -> Self {
        Self {
            method: Method::GET,
            route,
            query: "",
            payload: None,
        }
    }

    pub(crate) fn post(route: Route<'a>, payload: &'a Payload) -> Self {
        Self::with_payload(Method::POST, route, payload)
    }

    pub(crate) fn put(route: Route<'a>, payload: &'a Payload) -> Self {
        Self::with_payload(Method::PUT, route, payload)
    }

    pub(crate) fn patch(route: Route<'a>, payload: &'a Payload) -> Self {
        Self::with_payload(Method::PATCH, route, payload)
    }

    fn with_payload(method: Method, route: Route<'a>, payload: &'a Payload) -> Self {
        Self {
            method,
            route,
            query: "",
            payload: Some(payload),
        }
    }

    /// Adds a query string, which starts with `?`.
    pub(crate) fn query(mut self, query: &'static str) -> Self {
        self.query = query;
        self
    }
}

/// An error and its causes on a line.
pub(crate) fn told(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line
}

impl CallError {
    /// Discord's number for why it refuses; 0 for anything else.
    pub(crate) fn code(&self) -> u64 {
        match self {
            Self::Refused { code, .. } => *code,
            _ => 0,
        }
    }

    /// The HTTP status of a refusal; 0 for anything else.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Refused { status, .. } => *status,
            _ => 0,
        }
    }
}

/// What is wrong with which field, as Discord puts it.
struct Fields<'a>(&'a Value);

impl fmt::Display for Fields<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => Ok(()),
            fields => write!(out, ": {fields}"),
        }
    }
}

/// What one try came to.
enum Tried {
    Done(Value),
    /// Another try may help, after a wait if Discord names one.
    Again(CallError, Option<Duration>),
    Failed(CallError),
}

impl Rest {
    pub(crate) fn new(token: Secret, base: Option<String>) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .use_rustls_tls()
            .user_agent(USER_AGENT)
            .connect_timeout(TRY)
            .pool_idle_timeout(Duration::from_secs(90))
            .build()?;
        Ok(Self {
            client,
            token,
            base: base.map_or_else(
                || DISCORD.to_owned(),
                |base| base.trim_end_matches('/').to_owned(),
            ),
            queues: Queues::default(),
            metrics: Arc::default(),
        })
    }

    /// Counts refusals there.
    pub(crate) fn counting(mut self, metrics: Arc<Metrics>) -> Self {
        self.metrics = metrics;
        self
    }

    /// Asks until there is an answer, a refusal for good, or the time is up.
    pub(crate) async fn call(
        &self,
        call: &Call<'_>,
        deadline: Instant,
    ) -> Result<Value, CallError> {
        let bucket = Bucket::of(&call.route);
        let mut turn = timeout_at(deadline, self.queues.turn(bucket))
            .await
            .map_err(|_| CallError::Late)?;
        let mut backoff = AGAIN;
        let mut tries = 0;
        loop {
            turn.wait(deadline).await.map_err(|()| CallError::Late)?;
            tries += 1;
            let limit = deadline.min(Instant::now() + TRY);
            let (error, named) = match timeout_at(limit, self.once(call, &mut turn, tries)).await {
                Ok(Tried::Done(body)) => return Ok(body),
                Ok(Tried::Failed(error)) => return Err(error),
                Ok(Tried::Again(error, named)) => (error, named),
                Err(_) => (CallError::Late, None),
            };
            let again = Instant::now() + named.unwrap_or_else(|| backoff.wait());
            if again >= deadline {
                return Err(error);
            }
            debug!(error = %error, tries, "trying again");
            sleep_until(again).await;
        }
    }

    async fn once(
        &self,
        call: &Call<'_>,
        turn: &mut crate::bot::rest::ratelimit::Turn<'_>,
        tries: u32,
    ) -> Tried {
        let request = match self.request(call) {
            Ok(request) => request,
            Err(error) => return Tried::Failed(CallError::Unwritable(error)),
        };
        let response = match self.client.execute(request).await {
            Ok(response) => response,
            // The address may hold an interaction's token.
            Err(error) => {
                return Tried::Again(CallError::Unreachable(error.without_url()), None);
            }
        };
        let status = response.status().as_u16();
        let header = |name: &str| {
            let value = response.headers().get(name)?.to_str().ok()?;
            value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0)
        };
        let seconds = |value: f64| Duration::from_secs_f64(value.min(3_600.0));
        if header("x-ratelimit-remaining") == Some(0.0)
            && let Some(reset) = header("x-ratelimit-reset-after")
        {
            turn.pause(seconds(reset));
        }
        let retry_after = header("retry-after").map(seconds);
        let global = response.headers().contains_key("x-ratelimit-global");
        let body = match response.bytes().await {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            Err(error) => {
                return Tried::Again(CallError::Unreachable(error.without_url()), None);
            }
        };
        if status < 300 {
            return Tried::Done(body);
        }
        self.metrics.refusal(status);
        let wait = retry_after.or_else(|| body["retry_after"].as_f64().map(seconds));
        let refused = CallError::Refused {
            status,
            code: body["code"].as_u64().unwrap_or_default(),
            message: body["message"].as_str().unwrap_or("no reason").to_owned(),
            fields: body["errors"].clone(),
            tries,
        };
        match status {
            429 => {
                let wait = wait.unwrap_or(Duration::from_secs(1));
                if global {
                    self.queues.pause_all(wait);
                } else {
                    turn.pause(wait);
                }
                Tried::Again(refused, Some(wait))
            }
            500.. => Tried::Again(refused, wait),
            _ => Tried::Failed(refused),
        }
    }

    fn request(&self, call: &Call<'_>) -> reqwest::Result<reqwest::Request> {
        let url = format!("{}{API}{}{}", self.base, call.route, call.query);
        let mut request = self.client.request(call.method.clone(), url);
        if let Some(payload) = call.payload {
            let json = payload.body.to_string();
            request = match &payload.file {
                None => request.header(CONTENT_TYPE, "application/json").body(json),
                Some(file) => {
                    let part = Part::bytes(file.bytes().to_vec())
                        .file_name(file.name().to_owned())
                        .mime_str("text/plain")?;
                    request.multipart(
                        Form::new()
                            .part("files[0]", part)
                            .text("payload_json", json),
                    )
                }
            };
        }
        let mut request = request
            .header(AUTHORIZATION, format!("Bot {}", self.token.expose()))
            .build()?;
        let token = request.headers_mut().get_mut(AUTHORIZATION);
        token
            .into_iter()
            .for_each(|value: &mut HeaderValue| value.set_sensitive(true));
        Ok(request)
    }
}
