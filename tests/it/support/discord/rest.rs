//! The entry point of the REST API: reads each request, applies faults and rate limits, and records the request with its
//! response. [`routes`](super::routes) decides the response.

use super::faults::{BucketState, Fault, Wait};
use super::options::Outage;
use super::reply::Reply;
use super::request::Request;
use super::world::{Shared, Unjudged, World};
use super::{attachments, routes, socket};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Request as Incoming, State, WebSocketUpgrade};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{any, get};
use futures_util::stream;
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Arc;

/// Requests answered with 401, 403 or 429 that count as a violation. Discord bans an address after 10,000 in 10 minutes.
const REFUSED: usize = 50;

/// REST below `/api/v10`; the gateway at the root and at `/gateway`.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", any(gateway))
        .route("/gateway", any(gateway))
        // After a cut connection, the client library may try this path before the bot can set the URL.
        .route("/gateway/", any(StatusCode::NOT_FOUND))
        .route(attachments::PATH, get(attachments::serve))
        .fallback(rest)
        // Only the size of each file is limited, by the rules.
        .layer(DefaultBodyLimit::disable())
        .with_state(shared)
}

async fn gateway(
    State(shared): State<Arc<Shared>>,
    upgrade: WebSocketUpgrade,
    incoming: Incoming,
) -> Response {
    shared.change(|world| world.gateway.connection_attempts += 1);
    match shared.read(|world| world.outage) {
        Some(Outage::Down) => return down(),
        Some(Outage::NoAnswer) => std::future::pending().await,
        _ => {}
    }
    let query = incoming.uri().query().unwrap_or_default().to_owned();
    upgrade.on_upgrade(move |socket| socket::serve(shared, socket, query))
}

async fn rest(State(shared): State<Arc<Shared>>, incoming: Incoming) -> Response {
    let request = Request::read(incoming).await;
    if shared.read(|world| world.outage) == Some(Outage::Down) {
        return down();
    }
    let fault = shared.change(|world| world.take_fault(&request));
    if let Some(fault) = &fault {
        shared.change(|world| world.note_fault(&request));
        match fault.wait {
            Wait::For(delay) => tokio::time::sleep(delay).await,
            Wait::Healed => {
                let mut healed = shared.change(World::hold);
                let _ = healed.changed().await;
            }
            Wait::Forever => {
                if fault.applied {
                    shared.change(|world| world.serve(request, None));
                }
                return std::future::pending().await;
            }
        }
    }
    let (reply, bucket) = shared.change(|world| world.serve(request, fault.as_ref()));
    let mut response = response(reply, &bucket);
    if fault.is_some_and(|fault| fault.endless) {
        let chunk = Ok::<_, Infallible>(Bytes::from(vec![b' '; 65_536]));
        *response.body_mut() = Body::from_stream(stream::repeat(chunk));
    }
    response
}

fn down() -> Response {
    let mut response = Response::new(Body::from("upstream connect error"));
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

impl World {
    /// Answers a request and records it.
    pub fn serve(&mut self, mut request: Request, fault: Option<&Fault>) -> (Reply, BucketState) {
        let (bucket, limited) = self.count(&request);
        let faulty = fault.and_then(|fault| self.faulty_reply(&request, fault));
        let is_faulty = faulty.is_some();
        let reply = faulty.or(limited).unwrap_or_else(|| self.decide(&request));
        let line = request.line();
        for flaw in reply.violations.iter().chain(&request.flaws) {
            self.violations.push(format!("{line}: {flaw}"));
        }
        request.status = reply.status;
        request.answer = reply.body.clone();
        if !is_faulty {
            self.unjudged.push(Unjudged::Exchange(self.requests.len()));
        }
        self.requests.push(request);
        self.watch_for_ban(reply.status);
        (reply, bucket)
    }

    /// The response of the route.
    pub fn decide(&mut self, request: &Request) -> Reply {
        if !request.flaws.is_empty() {
            return Reply::failure(400, 0, "400: Bad Request");
        }
        routes::answer(self, request).unwrap_or_else(|refusal| refusal)
    }

    fn watch_for_ban(&mut self, status: u16) {
        let refused = matches!(status, 401 | 403 | 429);
        self.refused += usize::from(refused);
        if refused && self.refused == REFUSED {
            self.violation(format!(
                "{REFUSED} requests got 401, 403 or 429: Discord would soon ban this address"
            ));
        }
    }
}

fn response(reply: Reply, bucket: &BucketState) -> Response {
    let body = match reply.body {
        Value::Null => Body::empty(),
        body => Body::from(body.to_string()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_default();
    let reset_after = bucket.reset_after.as_secs_f64();
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("x-ratelimit-limit", bucket.limit.to_string()),
        ("x-ratelimit-remaining", bucket.left.to_string()),
        ("x-ratelimit-reset-after", format!("{reset_after:.3}")),
        (
            "x-ratelimit-reset",
            format!(
                "{:.3}",
                super::clock::since_1970().as_secs_f64() + reset_after
            ),
        ),
        (
            "x-ratelimit-bucket",
            bucket.name.replace(['/', ' ', '*'], "-"),
        ),
    ];
    headers.extend(reply.headers);
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }
    response
}
