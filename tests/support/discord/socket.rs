//! The gateway's web socket: HELLO, what goes out, what comes in, and the two clocks over it (120 payloads a
//! minute, a heartbeat in time). What is said on it is decided in [`gateway`](super::gateway).

use super::gateway::{Frame, Heard};
use super::world::Shared;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

/// Payloads that a bot may send in a minute.
const PER_MINUTE: usize = 120;

/// How a connection ended.
enum End {
    /// The bot closed it, with a code or without a word.
    ByBot(Option<u16>),
    /// The stand-in closed it.
    ByUs,
}

/// Talks to one connection until its end.
pub async fn serve(shared: Arc<Shared>, mut socket: WebSocket, query: String) {
    let (sender, mut frames) = mpsc::unbounded_channel();
    let (line, heartbeat) =
        shared.change(|world| (world.gateway.open(sender), world.options.heartbeat));
    let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": heartbeat.as_millis() as u64}});
    let mut end = match socket.send(text(hello.to_string())).await {
        Ok(()) => None,
        Err(_) => Some(End::ByBot(None)),
    };
    shared.change(|world| world.check_query(line, &query));
    let mut heard = Heard::default();
    let mut received = VecDeque::new();
    let mut last_beat = Instant::now();
    while end.is_none() {
        tokio::select! {
            frame = frames.recv() => end = send(&mut socket, frame).await,
            () = sleep_until(last_beat + heartbeat * 2) => {
                last_beat = Instant::now();
                shared.change(|world| world.refuse(line, 4009, "no heartbeat for two intervals"));
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Text(said))) => {
                    shared.change(|world| match too_many(&mut received) {
                        true => world.refuse(line, 4008, "over 120 payloads in a minute"),
                        false => world.hear(line, &mut heard, &said),
                    });
                    if std::mem::take(&mut heard.beat) {
                        last_beat = Instant::now();
                    }
                }
                Some(Ok(Message::Binary(_))) => {
                    shared.change(|world| world.refuse(line, 4002, "a binary payload, though JSON was agreed"));
                }
                Some(Ok(Message::Close(frame))) => end = Some(End::ByBot(frame.map(|frame| frame.code))),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Err(_)) | None => end = Some(End::ByBot(None)),
            },
        }
    }
    let by_bot = match end {
        Some(End::ByBot(code)) => Some(code),
        _ => None,
    };
    shared.change(|world| world.gateway.ended(line, by_bot));
}

async fn send(socket: &mut WebSocket, frame: Option<Frame>) -> Option<End> {
    match frame {
        Some(Frame::Text(payload)) => socket
            .send(text(payload))
            .await
            .err()
            .map(|_| End::ByBot(None)),
        Some(Frame::Close(code, reason)) => {
            let close = CloseFrame {
                code,
                reason: reason.into(),
            };
            let sent = socket.send(Message::Close(Some(close))).await;
            // The bot closes its side as well; who never does is left behind.
            let _ = timeout(Duration::from_secs(2), async {
                while sent.is_ok() && matches!(socket.recv().await, Some(Ok(_))) {}
            })
            .await;
            Some(End::ByUs)
        }
        Some(Frame::Cut) | None => Some(End::ByUs),
    }
}

fn text(payload: String) -> Message {
    Message::Text(payload.into())
}

/// Whether this payload is one more than the minute allows.
fn too_many(received: &mut VecDeque<Instant>) -> bool {
    let now = Instant::now();
    received.retain(|then| now - *then < Duration::from_secs(60));
    received.push_back(now);
    received.len() > PER_MINUTE
}
