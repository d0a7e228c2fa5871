//! Discord's REST API: requests, retried where that is safe, within Discord's rate limits.
//!
//! The bot does not use serenity's client. It does not report how long to wait after a 429, keeps an entry for every
//! interaction forever, ignores rate limits when it talks to another address, and links a second TLS library.
//!
//! - `route.rs`: the endpoints; `ratelimit.rs`: when a request may be sent; `error.rs`: why it failed

mod error;
mod ratelimit;
mod route;

pub(crate) use error::CallError;
pub(crate) use route::{API, Route};

use crate::bot::backoff::Backoff;
use crate::bot::network::{Internet, Network};
use crate::bot::sharding::tenure::Tenure;
use crate::config::Secret;
use crate::telemetry::Metrics;
use pullquote_cards::Payload;
use ratelimit::{Bucket, BucketGuard, RateLimits};
use reqwest::Method;
use reqwest::header::{self, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use serenity::constants::USER_AGENT;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;

/// Where Discord is.
pub(crate) const DISCORD: &str = "https://discord.com";
/// How long one try may take.
const TRY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long one try of a response to an interaction may take: its deadline of 3 s leaves time for another.
const CALLBACK_TRY_TIMEOUT: Duration = Duration::from_secs(1);
/// Delays between tries.
const RETRY: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(5));
/// The longest body that is read. The channels of the largest servers take about a megabyte.
const MAX_BODY: usize = 8 << 20;
/// The longest wait that a response may impose, in seconds.
const MAX_WAIT: f64 = 3_600.0;

/// A client of the REST API.
#[derive(Debug)]
pub(crate) struct Rest {
    client: reqwest::Client,
    network: Arc<dyn Network>,
    token: Secret,
    /// Scheme and host, without a slash at the end.
    base: String,
    limits: RateLimits,
    /// Counts rejected requests.
    metrics: Arc<Metrics>,
    /// While it lasts, requests are sent.
    tenure: Arc<Tenure>,
}

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Call<'a> {
    method: Method,
    route: Route<'a>,
    query: &'a str,
    payload: Option<&'a Payload>,
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

    pub(crate) fn delete(route: Route<'a>) -> Self {
        Self {
            method: Method::DELETE,
            ..Self::get(route)
        }
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
    pub(crate) fn query(mut self, query: &'a str) -> Self {
        self.query = query;
        self
    }
}

/// The result of sending a request once.
enum Try {
    Done(Value),
    /// A retry may help, after the wait if Discord names one.
    Retry(CallError, Option<Duration>),
    Failed(CallError),
}

impl Rest {
    /// `base` replaces [`DISCORD`].
    pub(crate) fn new(token: Secret, base: Option<String>) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .use_rustls_tls()
            .connect_timeout(TRY_TIMEOUT)
            .pool_idle_timeout(Duration::from_secs(90))
            .build()?;
        Ok(Self {
            client,
            network: Arc::new(Internet),
            token,
            base: base.map_or_else(
                || DISCORD.to_owned(),
                |base| base.trim_end_matches('/').to_owned(),
            ),
            limits: RateLimits::default(),
            metrics: Arc::default(),
            tenure: Arc::default(),
        })
    }

    /// Reaches Discord over another network.
    pub(crate) fn over(mut self, network: Arc<dyn Network>) -> Self {
        self.network = network;
        self
    }

    /// Counts rejected requests in `metrics`.
    pub(crate) fn counting(mut self, metrics: Arc<Metrics>) -> Self {
        self.metrics = metrics;
        self
    }

    /// Sends requests only while `tenure` lasts.
    pub(crate) fn during(mut self, tenure: Arc<Tenure>) -> Self {
        self.tenure = tenure;
        self
    }

    /// Frees the memory of rate limits that no longer apply.
    pub(crate) fn prune(&self) {
        self.limits.prune();
    }

    /// Sends a request, and retries it until the deadline while that may help. Returns the body of the response; null
    /// if it is not JSON.
    pub(crate) async fn call(
        &self,
        call: &Call<'_>,
        deadline: Instant,
    ) -> Result<Value, CallError> {
        let bucket = Bucket::of(&call.route);
        let mut bucket = timeout_at(deadline, self.limits.acquire(bucket))
            .await
            .map_err(|_| CallError::Timeout)?;
        let mut backoff = RETRY;
        let mut tries = 0;
        loop {
            let ready = bucket.ready(deadline).await;
            ready.map_err(|()| CallError::Timeout)?;
            tries += 1;
            let limit = deadline.min(Instant::now() + try_timeout(&call.route));
            let sent = timeout_at(limit, self.send(call, &mut bucket, tries)).await;
            let (error, wait) = match sent {
                Ok(Try::Done(body)) => return Ok(body),
                Ok(Try::Failed(error)) => return Err(error),
                Ok(Try::Retry(error, wait)) => (error, wait),
                Err(_) => (CallError::Timeout, None),
            };
            // At least the usual delay, even if the response says 0 or less.
            let wait = wait.unwrap_or_default().max(backoff.next_delay());
            let retry_at = Instant::now() + wait;
            if retry_at >= deadline {
                return Err(error);
            }
            debug!(error = %error, tries, "retrying a request");
            sleep_until(retry_at).await;
        }
    }

    /// Sends a request once, and applies the limits that the response announces.
    async fn send(&self, call: &Call<'_>, bucket: &mut BucketGuard<'_>, tries: u32) -> Try {
        let request = match self.request(call) {
            Ok(request) => request,
            Err(error) => return Try::Failed(CallError::Invalid(error)),
        };
        let unreachable = |error| Try::Retry(CallError::Unreachable(error), None);
        self.tenure.lasts().await;
        let response = match self.network.execute(&self.client, request).await {
            Ok(response) => response,
            Err(error) => return unreachable(error),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        if number(&headers, "x-ratelimit-remaining") == Some(0.0)
            && let Some(reset) = number(&headers, "x-ratelimit-reset-after")
        {
            bucket.pause(seconds(reset));
        }
        let body = match read(response).await {
            Ok(Some(bytes)) => serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            Ok(None) if status < 300 => return Try::Failed(CallError::TooLong),
            Ok(None) => Value::Null,
            Err(error) => return unreachable(error.without_url().into()),
        };
        if status < 300 {
            return Try::Done(body);
        }
        self.metrics.refusal(status);
        let wait = number(&headers, "retry-after").or_else(|| body["retry_after"].as_f64());
        let wait = wait.map(seconds);
        let rejected = rejected(status, &body, tries);
        match status {
            429 => {
                let wait = wait.unwrap_or(Duration::from_secs(1));
                if headers.contains_key("x-ratelimit-global") {
                    self.limits.pause_all(wait);
                } else {
                    bucket.pause(wait);
                }
                Try::Retry(rejected, Some(wait))
            }
            500.. => Try::Retry(rejected, wait),
            _ => Try::Failed(rejected),
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
                        .mime_str(file.media_type())?;
                    let form = Form::new().part("files[0]", part);
                    request.multipart(form.text("payload_json", json))
                }
            };
        }
        let mut request = request
            .header(header::USER_AGENT, USER_AGENT)
            .header(AUTHORIZATION, format!("Bot {}", self.token.expose()))
            .build()?;
        if let Some(token) = request.headers_mut().get_mut(AUTHORIZATION) {
            token.set_sensitive(true);
        }
        Ok(request)
    }
}

fn try_timeout(route: &Route<'_>) -> Duration {
    match route {
        Route::InteractionCallback { .. } => CALLBACK_TRY_TIMEOUT,
        _ => TRY_TIMEOUT,
    }
}

/// The body of a response; `None` if it is over [`MAX_BODY`].
async fn read(mut response: reqwest::Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MAX_BODY {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

/// A header's number, unless it is negative.
fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    let value = headers.get(name)?.to_str().ok()?;
    value.parse::<f64>().ok().filter(|number| *number >= 0.0)
}

/// A wait that a response names, within bounds.
fn seconds(number: f64) -> Duration {
    if number.is_nan() {
        return Duration::ZERO;
    }
    Duration::from_secs_f64(number.clamp(0.0, MAX_WAIT))
}

fn rejected(status: u16, body: &Value, tries: u32) -> CallError {
    CallError::Rejected {
        status,
        code: body["code"].as_u64().unwrap_or_default(),
        message: body["message"].as_str().unwrap_or("no reason").to_owned(),
        fields: body["errors"].clone(),
        tries,
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_WAIT, seconds};
    use std::time::Duration;

    #[test]
    fn waits_stay_within_bounds() {
        assert_eq!(seconds(0.5), Duration::from_millis(500));
        assert_eq!(seconds(-1.0), Duration::ZERO);
        assert_eq!(seconds(f64::NAN), Duration::ZERO);
        assert_eq!(seconds(f64::INFINITY), Duration::from_secs_f64(MAX_WAIT));
        assert_eq!(seconds(1e300), Duration::from_secs_f64(MAX_WAIT));
    }
}
