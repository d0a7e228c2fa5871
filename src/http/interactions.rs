//! `POST /interactions`: what Discord sends over HTTP. Nothing is parsed before its signature is verified, and the port answers
//! nothing else. A proxy in front of it adds TLS; none of its headers are believed.

use super::server::{ListenError, accept, bind};
use super::signature::Signed;
use crate::config::PublicKey;
use crate::telemetry::Metrics;
use hyper::body::{Body, Incoming};
use hyper::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// Where Discord sends interactions.
const PATH: &str = "/interactions";
/// The name under which metrics count a request that Discord did not sign.
const REFUSED: &str = "refused";
/// Open connections. Further ones wait until one of them ends.
const MAX_CONNECTIONS: usize = 512;
/// How long a request's line and headers may take to arrive, counted from the end of the request before; and its body after
/// them.
const SENDING_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a connection is used for further requests.
const CONNECTION_LIFE: Duration = Duration::from_mins(10);
/// How long the last request of a connection may take: it is sent, and answered within Discord's 3 s.
const LAST_REQUEST: Duration = Duration::from_secs(15);
/// Bytes of a request's line and headers together.
const MAX_HEAD_BYTES: usize = 16_384;
/// Headers of a request: some proxies add many.
const MAX_HEADERS: usize = 100;
/// Bytes of a body. Discord's are a few kilobytes.
const MAX_BODY_BYTES: usize = 256 << 10;

/// What becomes of a request that Discord has signed.
#[derive(Debug)]
pub enum EndpointResponse {
    /// The response, as JSON.
    Json(String),
    /// The body makes no sense.
    Unreadable,
    /// There is no answer within Discord's time.
    Busy,
}

/// The port, bound but not served yet.
#[derive(Debug)]
pub struct Endpoint {
    listener: TcpListener,
    key: PublicKey,
    metrics: Arc<Metrics>,
}

/// Serves requests.
struct Service<A> {
    key: PublicKey,
    metrics: Arc<Metrics>,
    answer: A,
}

impl Endpoint {
    /// Binds the address for requests that are signed for `key`.
    ///
    /// # Errors
    ///
    /// When the address cannot be bound.
    pub async fn bind(
        address: SocketAddr,
        key: PublicKey,
        metrics: Arc<Metrics>,
    ) -> Result<Self, ListenError> {
        let (listener, at) = bind(address, "INTERACTIONS_ADDRESS").await?;
        info!("interactions on http://{at}{PATH}");
        Ok(Self {
            listener,
            key,
            metrics,
        })
    }

    /// Serves requests until `stop` changes, and returns when those that have begun are answered. `now` is the time since
    /// 1970; `answer` gets each body that Discord has signed.
    pub async fn serve<A, F>(
        self,
        now: fn() -> Duration,
        answer: A,
        mut stop: watch::Receiver<bool>,
    ) where
        A: Fn(Vec<u8>) -> F + Send + Sync + 'static,
        F: Future<Output = EndpointResponse> + Send + 'static,
    {
        let service = Arc::new(Service {
            key: self.key,
            metrics: self.metrics,
            answer,
        });
        // Each connection holds a receiver: when all are gone, all have ended.
        let (stopping, stopped) = watch::channel(false);
        let accepting = accept(self.listener, MAX_CONNECTIONS, move |stream, _| {
            serve_connection(stream, Arc::clone(&service), now, stopped.clone())
        });
        tokio::select! {
            () = accepting => {}
            _ = stop.changed() => {}
        }
        stopping.send_replace(true);
        stopping.closed().await;
    }
}

/// Serves a connection: until it ends, has lived long enough, or the bot stops. What has begun is answered.
async fn serve_connection<A, F>(
    stream: TcpStream,
    service: Arc<Service<A>>,
    now: fn() -> Duration,
    mut stop: watch::Receiver<bool>,
) where
    A: Fn(Vec<u8>) -> F + Send + Sync + 'static,
    F: Future<Output = EndpointResponse> + Send + 'static,
{
    // Answers are small, and whoever sends the next request has read the one before.
    let _ = stream.set_nodelay(true);
    let respond = service_fn(|request: Request<Incoming>| {
        let service = Arc::clone(&service);
        async move { Ok::<_, Infallible>(service.respond(request, now()).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SENDING_TIMEOUT)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), respond);
    let mut connection = pin!(connection);
    tokio::select! {
        // However it ends is the client's affair.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => {}
        () = sleep(CONNECTION_LIFE) => {}
    }
    connection.as_mut().graceful_shutdown();
    if timeout(LAST_REQUEST, connection).await.is_err() {
        warn!("a connection for interactions was closed before its last answer was read");
    }
}

impl<A, F> Service<A>
where
    A: Fn(Vec<u8>) -> F,
    F: Future<Output = EndpointResponse>,
{
    async fn respond(&self, request: Request<Incoming>, now: Duration) -> Response<String> {
        if request.uri().path() != PATH {
            return status(StatusCode::NOT_FOUND);
        }
        if request.method() != Method::POST {
            let mut response = status(StatusCode::METHOD_NOT_ALLOWED);
            let allowed = HeaderValue::from_static("POST");
            response.headers_mut().insert(ALLOW, allowed);
            return response;
        }
        let Some(signed) = Signed::read(request.headers(), now) else {
            return self.refuse();
        };
        let body = match timeout(SENDING_TIMEOUT, read(request)).await {
            Ok(Ok(body)) => body,
            Ok(Err(why)) => return status(why),
            Err(_) => return status(StatusCode::REQUEST_TIMEOUT),
        };
        if !signed.is_of(&body, &self.key) {
            return self.refuse();
        }
        match (self.answer)(body).await {
            EndpointResponse::Json(json) => {
                let mut response = Response::new(json);
                let kind = HeaderValue::from_static("application/json");
                response.headers_mut().insert(CONTENT_TYPE, kind);
                response
            }
            EndpointResponse::Unreadable => status(StatusCode::BAD_REQUEST),
            EndpointResponse::Busy => status(StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    fn refuse(&self) -> Response<String> {
        self.metrics.http_interaction(REFUSED);
        status(StatusCode::UNAUTHORIZED)
    }
}

/// Reads the body.
///
/// # Errors
///
/// The status for one that is too long or breaks off.
async fn read(request: Request<Incoming>) -> Result<Vec<u8>, StatusCode> {
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > MAX_BODY_BYTES) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let mut incoming = request.into_body();
    let mut body = Vec::with_capacity(length.unwrap_or_default());
    while let Some(frame) = poll_fn(|context| Pin::new(&mut incoming).poll_frame(context)).await {
        let frame = frame.map_err(|_| StatusCode::BAD_REQUEST)?;
        let data = frame.into_data().unwrap_or_default();
        if body.len() + data.len() > MAX_BODY_BYTES {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        body.extend_from_slice(&data);
    }
    Ok(body)
}

fn status(status: StatusCode) -> Response<String> {
    let mut response = Response::new(String::new());
    *response.status_mut() = status;
    response
}
