//! The health and metrics pages among hostile clients.

use crate::discord::{page, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{Options, PATIENCE, StandIn};
use std::io::{Read, Write};
use std::net::TcpStream;

/// Connections that the bot keeps open at once.
const LIMIT: usize = 64;

/// A bot that serves the pages, and their address.
fn start(hosts: &str) -> (StandIn, Bot, String) {
    let discord = StandIn::start(Options::default());
    let bot = Bot::run(&discord, |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
        command.env("HTTP_HOSTS", hosts);
    });
    let address = wait_address(&bot);
    (discord, bot, address)
}

/// The response to raw bytes. Empty if the connection ends without one.
fn send(address: &str, bytes: &[u8]) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    // The server may have closed the connection before it read everything.
    let _ = socket.write_all(bytes);
    let mut response = Vec::new();
    let _ = socket.read_to_end(&mut response);
    String::from_utf8(response).unwrap()
}

fn status_for(address: &str, host: &str) -> String {
    let request = format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let response = send(address, request.as_bytes());
    response.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn pages_are_not_served_under_foreign_names() {
    let (_discord, _bot, address) = start("Bot.example");
    let port = address.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "[::1]", "bot.example"] {
        assert_eq!(
            status_for(&address, &format!("{host}:{port}")),
            "200",
            "{host}"
        );
        assert_eq!(status_for(&address, host), "200", "{host}");
    }
    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example#localhost",
        "",
    ] {
        let status = status_for(&address, &format!("{host}:{port}"));
        assert_eq!(status, "421", "{host}");
    }
    let request = b"GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    let refusal = send(&address, request);
    assert!(refusal.ends_with("unknown host name: add it to HTTP_HOSTS"));
    let posted = b"POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    assert!(send(&address, posted).starts_with("HTTP/1.1 405"));
    assert!(page(&address, "/secret").starts_with("HTTP/1.1 404"));
}

#[test]
fn stalled_connections_do_not_block_the_health_page() {
    let (_discord, _bot, address) = start("");
    // All slots are taken by clients that begin a request and never finish it.
    let stalled: Vec<TcpStream> = (0..LIMIT * 2)
        .map(|_| {
            let mut socket = TcpStream::connect(&address).unwrap();
            socket.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
            socket
        })
        .collect();
    let healthy = page(&address, "/healthz");
    assert!(healthy.starts_with("HTTP/1.1 200"), "{healthy}");
    for mut socket in stalled {
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut rest = Vec::new();
        // Closed by the server, with or without a response.
        let _ = socket.read_to_end(&mut rest);
        assert!(!rest.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn a_connection_serves_one_request() {
    let (_discord, _bot, address) = start("");
    let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3);
    let responses = send(&address, request.as_bytes());
    assert_eq!(responses.matches("HTTP/1.1 200").count(), 1, "{responses}");
}

#[test]
fn endless_headers_are_refused() {
    let (_discord, _bot, address) = start("");
    for endless in [
        format!("GET /{} HTTP/1.1\r\n", "a".repeat(100_000)),
        format!("GET /healthz HTTP/1.1\r\nX: {}", "a".repeat(100_000)),
        format!("GET /healthz HTTP/1.1\r\n{}\r\n", "X: a\r\n".repeat(1_000)),
    ] {
        let response = send(&address, endless.as_bytes());
        assert!(!response.contains("200 OK"), "{response}");
    }
    assert!(page(&address, "/healthz").starts_with("HTTP/1.1 200"));
}
