//! A misbehaving bot: requests and gateway payloads that no library sends.

use crate::support::discord::{BOT, StandIn, TOKEN};
use futures_util::{SinkExt, StreamExt};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A client of REST and gateway that sends anything.
pub struct BadBot {
    pub base: String,
    runtime: Runtime,
    client: Client,
    /// Session id of the last READY.
    pub session: String,
    socket: Option<WebSocketStream<MaybeTlsStream<TcpStream>>>,
}

/// What arrived on the gateway.
#[derive(Debug, PartialEq)]
pub enum Received {
    Payload(Value),
    Closed(u16),
    Gone,
}

impl Received {
    pub fn payload(self) -> Value {
        match self {
            Self::Payload(payload) => payload,
            other => panic!("not a payload: {other:?}"),
        }
    }
}

impl BadBot {
    pub fn new(discord: &StandIn) -> Self {
        Self {
            base: discord.api_base(),
            runtime: Runtime::new().unwrap(),
            client: Client::new(),
            session: String::new(),
            socket: None,
        }
    }

    /// A bot that has received READY and `GUILD_CREATE`.
    pub fn connected(discord: &StandIn, intents: u64) -> Self {
        let mut bot = Self::new(discord);
        bot.connect();
        bot.send(&identify(intents));
        assert_eq!(bot.event("READY")["user"]["id"], BOT.to_string());
        bot
    }

    /// Connects to the gateway and expects HELLO.
    pub fn connect(&mut self) {
        self.connect_with("v=10&encoding=json");
    }

    /// Like [`Self::connect`], with another query string.
    pub fn connect_with(&mut self, query: &str) {
        let url = self.base.replace("http://", "ws://") + "/?" + query;
        let (socket, _) = self.runtime.block_on(connect_async(url)).unwrap();
        self.socket = Some(socket);
        assert_eq!(self.receive().payload()["op"], 10);
    }

    pub fn send(&mut self, payload: &Value) {
        self.send_text(&payload.to_string());
    }

    pub fn send_text(&mut self, text: &str) {
        let socket = self.socket.as_mut().unwrap();
        self.runtime
            .block_on(socket.send(Message::text(text)))
            .unwrap();
    }

    /// The next payload, or the end of the connection.
    pub fn receive(&mut self) -> Received {
        let socket = self.socket.as_mut().unwrap();
        match self.runtime.block_on(socket.next()) {
            Some(Ok(Message::Text(text))) => {
                Received::Payload(serde_json::from_str(&text).unwrap())
            }
            Some(Ok(Message::Close(Some(frame)))) => Received::Closed(frame.code.into()),
            _ => Received::Gone,
        }
    }

    /// The end of the connection. Skips payloads.
    pub fn receive_close(&mut self) -> Received {
        loop {
            match self.receive() {
                Received::Payload(_) => {}
                end => return end,
            }
        }
    }

    /// The data of the next event of a type. Skips others.
    pub fn event(&mut self, name: &str) -> Value {
        loop {
            let payload = self.receive().payload();
            if payload["t"] == "READY" {
                let session = payload["d"]["session_id"].as_str();
                session.unwrap().clone_into(&mut self.session);
            }
            if payload["t"] == name {
                return payload["d"].clone();
            }
        }
    }

    /// Closes the connection with a close code.
    pub fn close(&mut self, code: u16) {
        use tokio_tungstenite::tungstenite::protocol::CloseFrame;
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        let socket = self.socket.as_mut().unwrap();
        self.runtime.block_on(socket.close(Some(frame))).unwrap();
        while self.receive() != Received::Gone {}
    }

    /// A well-formed request; `line` is like `POST /channels/1/messages`.
    pub fn request(&self, line: &str) -> RequestBuilder {
        let (method, path) = line.split_once(' ').unwrap();
        let url = format!("{}/api/v10{path}", self.base);
        let request = self.client.request(method.parse().unwrap(), url);
        request
            .header("authorization", format!("Bot {TOKEN}"))
            .header("user-agent", "DiscordBot (https://bot.invalid, 1.0)")
    }

    /// Sends a request. Status and body of the response.
    pub fn ask(&self, request: RequestBuilder) -> (u16, Value) {
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            (status, answer.json().await.unwrap_or_default())
        })
    }

    /// Sends a JSON body.
    pub fn post(&self, line: &str, body: &Value) -> (u16, Value) {
        self.ask(self.request(line).json(body))
    }

    /// Sends a request. Headers of the response.
    pub fn headers(&self, request: RequestBuilder) -> reqwest::header::HeaderMap {
        self.runtime
            .block_on(request.send())
            .unwrap()
            .headers()
            .clone()
    }

    /// Sends the initial response to an interaction event.
    pub fn callback(&self, event: &Value, body: &Value) -> (u16, Value) {
        let (id, token) = (
            event["id"].as_str().unwrap(),
            event["token"].as_str().unwrap(),
        );
        self.post(&format!("POST /interactions/{id}/{token}/callback"), body)
    }

    /// Registers `/ask question [private]`, whose question has autocomplete, and the message command `Find`.
    pub fn register(&self) {
        let (status, _) = self.post(&format!("PUT /applications/{BOT}/commands"), &commands());
        assert_eq!(status, 200);
    }
}

pub fn identify(intents: u64) -> Value {
    json!({"op": 2, "d": {
        "token": TOKEN, "intents": intents, "properties": {"os": "linux", "browser": "bad", "device": "bad"}, "shard": [0, 1],
    }})
}

pub fn commands() -> Value {
    json!([
        {"name": "ask", "description": "Ask", "options": [
            {"type": 3, "name": "question", "description": "What?", "required": true, "autocomplete": true},
            {"type": 5, "name": "private", "description": "Only for you"},
        ]},
        {"name": "Find", "type": 3},
    ])
}

/// A message body that cannot ping.
pub fn message(content: &str) -> Value {
    json!({"content": content, "allowed_mentions": {"parse": []}})
}

/// Expects exactly one violation, which contains `part`.
pub fn assert_only_violation(discord: &StandIn, part: &str) {
    let violations = discord.take_violations();
    let this = violations.len() == 1 && violations[0].contains(part);
    assert!(
        this,
        "expected one violation with {part:?}: {violations:#?}"
    );
}
