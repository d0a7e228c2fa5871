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
use std::net::SocketAddr;
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
#[error("cannot listen on {address}: {}", reason(source))]
pub struct ListenError {
    address: SocketAddr,
    source: io::Error,
}

/// Why an address cannot be bound, and what to do about it.
fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::AddrInUse => {
            "another program is using that port. Choose another one in HTTP_ADDRESS, or unset it"
        }
        ErrorKind::AddrNotAvailable => {
            "this machine does not have that address. Choose another one in HTTP_ADDRESS, or unset it"
        }
        ErrorKind::PermissionDenied => {
            "the bot's user may not use that port. Choose one above 1023 in HTTP_ADDRESS, or unset it"
        }
        _ => "the system refuses it",
    }
}

/// Binds the address, and serves in the background.
pub(super) async fn serve(address: SocketAddr, routes: Arc<Routes>) -> Result<(), ListenError> {
    let bind = async {
        let listener = TcpListener::bind(address).await?;
        Ok((listener.local_addr()?, listener))
    };
    let (at, listener) = bind
        .await
        .map_err(|source| ListenError { address, source })?;
    info!("health and metrics on http://{at}");
    match &routes.guard().lock {
        Lock::Open => info!("the host's page is on http://{at}, for everyone on this machine"),
        Lock::Key(_) => info!("the host's page is on http://{at}; it asks for HTTP_KEY"),
        Lock::Closed => warn!(
            "other machines may be able to read http://{at}: the host's page stays closed without HTTP_KEY"
        ),
    }
    tokio::spawn(accept(listener, routes));
    Ok(())
}

async fn accept(listener: TcpListener, routes: Arc<Routes>) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut failing = false;
    while let Ok(slot) = Arc::clone(&slots).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                failing = false;
                let routes = Arc::clone(&routes);
                tokio::spawn(async move {
                    let is_page = AtomicBool::new(false);
                    let connection = connection(stream, &routes, &is_page);
                    tokio::pin!(connection);
                    // All kinds of end are the client's affair.
                    let ended = timeout(CONNECTION_TIMEOUT, &mut connection).await;
                    if ended.is_err() && is_page.load(Ordering::Relaxed) {
                        let _ = timeout(PAGE_TIMEOUT, connection).await;
                    }
                    drop(slot);
                });
            }
            Err(error) => {
                if !failing {
                    warn!("cannot accept connections to the health page: {error}");
                }
                failing = true;
                sleep(ACCEPT_RETRY).await;
            }
        }
    }
}

/// Serves a connection to its end. `is_page` becomes true once its request is let in to the host's page.
async fn connection(stream: TcpStream, routes: &Routes, is_page: &AtomicBool) -> hyper::Result<()> {
    let answer = service_fn(|request: Request<Incoming>| async move {
        Ok::<_, Infallible>(routes.respond(request, is_page).await)
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
