//! Connections, and limits on their number, size and time. Each serves one request.

use super::routes::Routes;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use pullquote_page::Lock;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// Open connections. Further ones wait until one of them ends.
const MAX_CONNECTIONS: usize = 64;
/// How long a request's line and headers may take to arrive.
const HEADER_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a connection may last ...
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(6);
/// ... and how much longer, if its request is for the host's page and was let in.
const PAGE_TIMEOUT: Duration = Duration::from_secs(54);
/// Size of a request's line and headers together. hyper's minimum.
const MAX_HEAD_BYTES: usize = 8_192;
/// Headers of a request.
const MAX_HEADERS: usize = 64;
/// Delay after a connection could not be accepted.
const ACCEPT_RETRY: Duration = Duration::from_secs(1);

/// The address is not available.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {}", reason(source, setting))]
pub struct ListenError {
    address: SocketAddr,
    /// Where it comes from.
    setting: &'static str,
    source: io::Error,
}

/// Why an address cannot be bound, and what to do about it.
fn reason(error: &io::Error, setting: &str) -> String {
    let why = match error.kind() {
        ErrorKind::AddrInUse => "another program is using that port. Choose another one in",
        ErrorKind::AddrNotAvailable => {
            "this machine does not have that address. Choose another one in"
        }
        ErrorKind::PermissionDenied => {
            "the bot's user may not use that port. Choose one above 1023 in"
        }
        _ => return "the system refuses it".to_owned(),
    };
    format!("{why} {setting}, or leave it out")
}

/// Binds the address that a setting names. Also returns the one that it got.
pub(super) async fn bind(
    address: SocketAddr,
    setting: &'static str,
) -> Result<(TcpListener, SocketAddr), ListenError> {
    let bind = async {
        let listener = TcpListener::bind(address).await?;
        let at = listener.local_addr()?;
        Ok((listener, at))
    };
    bind.await.map_err(|source| ListenError {
        address,
        setting,
        source,
    })
}

/// Binds the address that a setting names, and serves in the background. Returns the address that it got.
pub(super) async fn serve(
    address: SocketAddr,
    setting: &'static str,
    routes: Arc<Routes>,
) -> Result<SocketAddr, ListenError> {
    let (listener, at) = bind(address, setting).await?;
    info!("health and metrics on http://{at}");
    match &routes.guard().lock {
        Lock::Open => info!("the host's page is on http://{at}, for everyone on this machine"),
        Lock::Key(_) => info!("the host's page is on http://{at}; it asks for HTTP_KEY"),
        Lock::Closed => warn!(
            "other machines may be able to read http://{at}: the host's page stays closed without HTTP_KEY"
        ),
    }
    tokio::spawn(accept(listener, MAX_CONNECTIONS, move |stream, from| {
        let routes = Arc::clone(&routes);
        async move {
            let is_page = AtomicBool::new(false);
            let connection = connection(stream, from.ip(), &routes, &is_page);
            tokio::pin!(connection);
            // All kinds of end are the client's affair.
            let ended = timeout(CONNECTION_TIMEOUT, &mut connection).await;
            if ended.is_err() && is_page.load(Ordering::Relaxed) {
                let _ = timeout(PAGE_TIMEOUT, connection).await;
            }
        }
    }));
    Ok(at)
}

/// Accepts connections, so many at a time, and serves each in a task of its own.
pub(super) async fn accept<F: Future<Output = ()> + Send + 'static>(
    listener: TcpListener,
    most: usize,
    serve: impl Fn(TcpStream, SocketAddr) -> F,
) {
    let slots = Arc::new(Semaphore::new(most));
    let mut failing = false;
    while let Ok(slot) = Arc::clone(&slots).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, from)) => {
                failing = false;
                let served = serve(stream, from);
                tokio::spawn(async move {
                    served.await;
                    drop(slot);
                });
            }
            Err(error) => {
                if !failing {
                    let port = listener.local_addr().map_or(0, |at| at.port());
                    warn!("cannot accept connections to port {port}: {error}");
                }
                failing = true;
                sleep(ACCEPT_RETRY).await;
            }
        }
    }
}

/// Serves a connection to its end. `is_page` becomes true once its request is let in to the host's page.
async fn connection(
    stream: TcpStream,
    from: IpAddr,
    routes: &Routes,
    is_page: &AtomicBool,
) -> hyper::Result<()> {
    let answer = service_fn(|request: Request<Incoming>| async move {
        Ok::<_, Infallible>(routes.respond(request, from, is_page).await)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), answer)
        .await
}
