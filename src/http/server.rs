//! Connections, and limits on their number, size and time. Each serves one request.

use super::pages::Pages;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// Open connections. Further ones wait until one of them ends.
const MAX_CONNECTIONS: usize = 64;
/// How long a request's line and headers may take to arrive.
const HEADER_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a connection may last.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(6);
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

/// Binds the address, and serves `pages` in the background.
pub(super) async fn serve(address: SocketAddr, pages: Arc<Pages>) -> Result<(), ListenError> {
    let bind = async {
        let listener = TcpListener::bind(address).await?;
        Ok((listener.local_addr()?, listener))
    };
    let (at, listener) = bind
        .await
        .map_err(|source| ListenError { address, source })?;
    info!("health and metrics on http://{at}");
    if !at.ip().is_loopback() {
        warn!("other machines may be able to read http://{at}: it needs no password");
    }
    tokio::spawn(accept(listener, pages));
    Ok(())
}

async fn accept(listener: TcpListener, pages: Arc<Pages>) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut failing = false;
    while let Ok(slot) = Arc::clone(&slots).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                failing = false;
                let pages = Arc::clone(&pages);
                tokio::spawn(async move {
                    // Both kinds of end are the client's affair.
                    let _ = timeout(CONNECTION_TIMEOUT, connection(stream, &pages)).await;
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

/// Serves a connection to its end.
async fn connection(stream: TcpStream, pages: &Pages) -> hyper::Result<()> {
    let answer = service_fn(|request: Request<Incoming>| async move {
        Ok::<_, Infallible>(pages.respond(&request))
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
