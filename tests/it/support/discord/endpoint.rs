//! Interactions over HTTP, as Discord sends them to the Interactions Endpoint URL: each signed, and now and then a bad signature
//! on purpose. The response to the request is the callback.

use super::StandIn;
use super::clock::since_1970;
use super::interaction::token_of;
use super::request::Request;
use super::world::{Shared, World};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use std::fmt::Write;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long Discord waits for a response.
const DEADLINE: Duration = Duration::from_secs(3);

/// Discord's half of an application's key.
#[derive(Debug)]
pub struct Key(Ed25519KeyPair);

impl Default for Key {
    fn default() -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a seed of 32 bytes"))
    }
}

impl Key {
    /// The other half, as the developer portal shows it.
    pub fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// The signature of a body that is sent at a time.
    pub fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        let signed = [timestamp.as_bytes(), body].concat();
        hex(self.0.sign(&signed).as_ref())
    }

    /// A request that Discord has signed now, whole.
    pub fn request(&self, body: &[u8]) -> Vec<u8> {
        let timestamp = since_1970().as_secs().to_string();
        request(&timestamp, &self.sign(&timestamp, body), body)
    }
}

/// A request with these headers, whole.
pub fn request(timestamp: &str, signature: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /interactions HTTP/1.1\r\nHost: bot.example\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         X-Signature-Timestamp: {timestamp}\r\nX-Signature-Ed25519: {signature}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A connection to an endpoint.
#[derive(Debug)]
pub struct Line {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Line {
    /// Connects to an address.
    pub async fn open(address: &str) -> io::Result<Self> {
        let socket = TcpStream::connect(address).await?;
        socket.set_nodelay(true)?;
        let buffer = Vec::new();
        Ok(Self { socket, buffer })
    }

    /// Sends a request, and reads status and body of the response.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<(u16, Vec<u8>)> {
        self.socket.write_all(request).await?;
        self.response().await
    }

    async fn response(&mut self) -> io::Result<(u16, Vec<u8>)> {
        loop {
            if let Some((status, head, length)) = head(&self.buffer)
                && self.buffer.len() >= head + length
            {
                let body = self.buffer[head..head + length].to_vec();
                self.buffer.drain(..head + length);
                return Ok((status, body));
            }
            if self.socket.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// Status, length and length of the body of a response whose head is complete.
fn head(buffer: &[u8]) -> Option<(u16, usize, usize)> {
    let end = buffer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
    let status = text.split(' ').nth(1)?.parse().ok()?;
    let length = text.split("content-length:").nth(1)?.lines().next()?;
    Some((status, end, length.trim().parse().ok()?))
}

impl StandIn {
    /// Saves `http://ADDRESS/interactions` as the Interactions Endpoint URL: from now on, interactions are sent there, after
    /// Discord has tried it.
    ///
    /// # Panics
    /// If Discord would refuse the URL.
    pub fn deliver_to(&self, address: &str) {
        let runtime = self.runtime.as_ref().expect("threads");
        let tried = runtime.block_on(try_out(address));
        assert_eq!(tried.expect("an answer"), [401, 200], "{address}");
        self.shared.change(|world| {
            let url = format!("http://{address}/interactions");
            world.options.application["interactions_endpoint_url"] = json!(url);
            world.endpoint = Some(address.to_owned());
        });
    }

    /// Sends an interaction to the endpoint.
    pub(super) fn post(&self, address: String, id: u64, body: String) {
        let runtime = self.runtime.as_ref().expect("threads");
        let shared = Arc::clone(&self.shared);
        runtime.spawn(async move {
            let sent = timeout(DEADLINE, send(&address, body.as_bytes())).await;
            shared.change(|world| world.posted(id, sent.ok().and_then(Result::ok)));
        });
    }

    /// The last interaction that was sent over HTTP.
    pub fn last_posted(&self) -> String {
        self.shared.read(|world| world.posted.clone())
    }

    /// Sends it again; see [`Self::post_to`].
    pub fn repeat_to(&self, address: &str) -> u16 {
        self.post_to(address, &self.last_posted())
    }

    /// Sends an interaction to an address, as whoever has a copy of the request can, and returns the status. Nobody sees what comes
    /// back.
    ///
    /// # Panics
    /// If there is no response.
    pub fn post_to(&self, address: &str, body: &str) -> u16 {
        let runtime = self.runtime.as_ref().expect("threads");
        let request = Key::default().request(body.as_bytes());
        let sent = async { Line::open(address).await?.send(&request).await };
        runtime.block_on(sent).expect("a response").0
    }

    /// The status of each response to an interaction over HTTP; 0 where there was none in time.
    pub fn wait_statuses(&self, count: usize) -> Vec<u16> {
        let shared: &Shared = &self.shared;
        let enough =
            |world: &World| (world.statuses.len() >= count).then(|| world.statuses.clone());
        shared.wait(super::PATIENCE, enough).expect("responses")
    }
}

/// What Discord sends before it saves a URL: a ping with a bad signature, and one with a good one.
async fn try_out(address: &str) -> io::Result<[u16; 2]> {
    let body = br#"{"type":1}"#;
    let mut line = Line::open(address).await?;
    let now = since_1970().as_secs().to_string();
    let (bad, _) = line.send(&request(&now, &"0".repeat(128), body)).await?;
    let mut line = Line::open(address).await?;
    let (good, pong) = line.send(&Key::default().request(body)).await?;
    assert_eq!(pong, body);
    Ok([bad, good])
}

/// Sends a body, after a copy of it with a bad signature, and returns the responses to it.
async fn send(address: &str, body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    let now = since_1970().as_secs().to_string();
    let bad = request(&now, &Key::default().sign(&now, b"{}"), body);
    let (status, _) = Line::open(address).await?.send(&bad).await?;
    if status != 401 {
        return Ok((status, b"a bad signature was not refused".to_vec()));
    }
    let request = Key::default().request(body);
    Line::open(address).await?.send(&request).await
}

impl World {
    /// Takes the response to an interaction that was sent over HTTP as its callback.
    fn posted(&mut self, id: u64, response: Option<(u16, Vec<u8>)>) {
        let status = response.as_ref().map_or(0, |(status, _)| *status);
        self.statuses.push(status);
        let Some((200, body)) = response else {
            return;
        };
        let request = Request {
            method: "POST".to_owned(),
            path: format!("/interactions/{id}/{}/callback", token_of(id)),
            query: String::new(),
            body: serde_json::from_slice(&body).unwrap_or_default(),
            files: Vec::new(),
            status: 0,
            answer: Value::Null,
            flaws: Vec::new(),
            authorized: false,
        };
        self.serve(request, None);
    }
}
