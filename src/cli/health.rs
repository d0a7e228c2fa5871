//! `pullquote health`: how the bot that runs here is. A container's health check has nothing else to ask with.

use super::run::variable;
use crate::config;
use anyhow::{Context, Result};
use clap::Args;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// Bytes that an answer may have.
const MOST: u64 = 4_096;

/// Ask the bot that runs here how it is (`HTTP_ADDRESS`)
#[derive(Debug, Args)]
pub(super) struct Health {}

impl Health {
    #[allow(clippy::unused_self, reason = "as the other commands")]
    pub(super) fn run(&self) -> Result<ExitCode> {
        let address = config::http_address(&variable)?
            .context("HTTP_ADDRESS is not set, so the bot tells nobody how it is")?;
        let page = ask(reachable(address))
            .with_context(|| format!("no answer from {address}: does the bot run?"))?;
        let (head, said) = page.split_once("\r\n\r\n").unwrap_or_default();
        writeln!(io::stdout(), "{}", pullquote_core::text::safe(said))?;
        Ok(if head.starts_with("HTTP/1.1 200 ") {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Who listens on every address is asked on this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

fn ask(address: SocketAddr) -> io::Result<String> {
    let mut socket = TcpStream::connect_timeout(&address, PATIENCE)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let question = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(question.as_bytes())?;
    let mut page = String::new();
    socket.take(MOST).read_to_string(&mut page)?;
    Ok(page)
}
