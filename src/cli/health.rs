//! `pullquote health`: requests `/healthz` from the bot on this machine. Containers use it as their health check,
//! because the image contains no other HTTP client.

use crate::config::{self, environment};
use anyhow::{Context, Result};
use clap::Args;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

/// Timeout of connecting and of each read.
const TIMEOUT: Duration = Duration::from_secs(3);
/// Bytes read of the response.
const MAX_RESPONSE: u64 = 4_096;

#[derive(Debug, Args)]
#[command(
    after_help = "Uses the address in HTTP_ADDRESS. Exits with 1 if the bot is unhealthy or cannot be reached."
)]
pub(super) struct Health {}

impl Health {
    #[allow(clippy::unused_self, reason = "the other commands have options")]
    pub(super) fn run(&self) -> Result<ExitCode> {
        let address = config::http_address(&environment::variable)?.context(
            "HTTP_ADDRESS is not set, so the bot has no health endpoint: set it, for example to 127.0.0.1:9090",
        )?;
        let response = request(local(address))
            .with_context(|| format!("cannot reach the bot at {address} (is it running?)"))?;
        let (head, body) = response.split_once("\r\n\r\n").unwrap_or_default();
        writeln!(io::stdout(), "{}", pullquote_core::text::safe(body))?;
        Ok(if head.starts_with("HTTP/1.1 200 ") {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Replaces an unspecified address, such as 0.0.0.0, with the loopback address.
fn local(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

fn request(address: SocketAddr) -> io::Result<String> {
    let mut socket = TcpStream::connect_timeout(&address, TIMEOUT)?;
    socket.set_read_timeout(Some(TIMEOUT))?;
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes())?;
    let mut response = String::new();
    socket.take(MAX_RESPONSE).read_to_string(&mut response)?;
    Ok(response)
}
