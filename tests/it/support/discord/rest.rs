//! The door of the REST API: every request is read, struck by faults, counted, answered and kept here; what it
//! asks for is decided in [`routes`](super::routes).

use super::call::Request;
use super::faults::{Fault, Room};
use super::options::Outage;
use super::reply::Reply;
use super::world::{Shared, World};
use super::{routes, schema, socket};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request as Incoming, State, WebSocketUpgrade};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::any;
use serde_json::Value;
use std::sync::Arc;

/// Refused requests (401, 403, 429) after which a bot is on its way to a ban; Discord allows 10,000 in 10 minutes.
const REFUSED: usize = 50;

/// REST below `/api/v10`, the gateway at the root, and where a test wants it.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", any(gateway))
        .route("/gateway", any(gateway))
        // Where a connection is cut, the bot's library may knock here before the bot can lead it: nobody is in.
        .route("/gateway/", any(StatusCode::NOT_FOUND))
        .fallback(rest)
        .with_state(shared)
}

async fn gateway(
    State(shared): State<Arc<Shared>>,
    upgrade: WebSocketUpgrade,
    incoming: Incoming,
) -> Response {
    shared.change(|world| world.gateway.knocks += 1);
    match shared.look(|world| world.outage) {
        Some(Outage::Down) => return down(),
        Some(Outage::NoAnswer) => std::future::pending().await,
        _ => {}
    }
    let query = incoming.uri().query().unwrap_or_default().to_owned();
    upgrade.on_upgrade(move |socket| socket::serve(shared, socket, query))
}

async fn rest(State(shared): State<Arc<Shared>>, incoming: Incoming) -> Response {
    let request = Request::read(incoming).await;
    if shared.look(|world| world.outage) == Some(Outage::Down) {
        return down();
    }
    let fault = shared.change(|world| world.strike(&request));
    if let Some(fault) = &fault {
        tokio::time::sleep(fault.delay).await;
    }
    let breaches = schema::breaches(&request);
    let (reply, room) = shared.change(|world| world.serve(request, fault.as_ref(), &breaches));
    response(reply, &room)
}

fn down() -> Response {
    let mut response = Response::new(Body::from("upstream connect error"));
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

impl World {
    /// `breaches`: what Discord's schema says against the request.
    fn serve(
        &mut self,
        mut request: Request,
        fault: Option<&Fault>,
        breaches: &[String],
    ) -> (Reply, Room) {
        let (room, crowded) = self.count(&request);
        let spoiled = fault.and_then(|fault| self.spoil(&request, fault));
        let reply = spoiled.or(crowded).unwrap_or_else(|| self.decide(&request));
        let line = request.line();
        for flaw in reply.violations.iter().chain(&request.flaws) {
            self.violations.push(format!("{line}: {flaw}"));
        }
        if reply.status < 300 {
            for breach in breaches {
                self.violations
                    .push(format!("{line}: Discord's schema: {breach}"));
            }
        }
        request.status = reply.status;
        request.answer = reply.body.clone();
        self.requests.push(request);
        self.watch_for_ban(reply.status);
        (reply, room)
    }

    /// What the route answers.
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
                "{REFUSED} requests were refused with 401, 403 or 429: that way lies a ban"
            ));
        }
    }
}

fn response(reply: Reply, room: &Room) -> Response {
    let body = match reply.body {
        Value::Null => Body::empty(),
        body => Body::from(body.to_string()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_default();
    let reset_after = room.reset_after.as_secs_f64();
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("x-ratelimit-limit", room.limit.to_string()),
        ("x-ratelimit-remaining", room.left.to_string()),
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
            room.name.replace(['/', ' ', '*'], "-"),
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
