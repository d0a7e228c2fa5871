//! The gateway's WebSocket. Enforces 120 payloads per minute and the heartbeat interval. What is payload on it is judged in [`handshake`](super::handshake).

use super::gateway::{End, Frame};
use super::handshake::ConnectionState;
use super::world::Shared;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

/// Payloads that a bot may send per minute.
const PER_MINUTE: usize = 120;

/// Serves one connection until its end; `query` is the query string of its URL.
pub async fn serve(shared: Arc<Shared>, mut socket: WebSocket, query: String) {
    let (sender, mut frames) = mpsc::unbounded_channel();
    let (connection, heartbeat) = shared.change(|world| {
        let connection = world.say_hello(sender, &query);
        (connection, world.options.heartbeat)
    });
    let mut state = ConnectionState::default();
    let mut received = VecDeque::new();
    let mut last_beat = Instant::now();
    let end = loop {
        tokio::select! {
            biased;
            frame = frames.recv() => if let Some(end) = send(&mut socket, frame).await {
                break end;
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(_))) if too_many(&mut received) => {
                    shared.change(|world| world.refuse(connection, 4008, "over 120 payloads in a minute"));
                }
                Some(Ok(Message::Text(payload))) => {
                    shared.change(|world| world.receive(connection, &mut state, &payload));
                    if std::mem::take(&mut state.beat) {
                        last_beat = Instant::now();
                    }
                }
                Some(Ok(Message::Binary(_))) => {
                    shared.change(|world| world.refuse(connection, 4002, "a binary payload although the encoding is JSON"));
                }
                Some(Ok(Message::Close(frame))) => break End::ByBot(frame.map(|frame| frame.code)),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Err(_)) | None => break End::ByBot(None),
            },
            () = sleep_until(last_beat + heartbeat * 2) => {
                last_beat = Instant::now();
                shared.change(|world| world.miss_heartbeat(connection));
            }
        }
    };
    shared.change(|world| {
        let now = world.clock.now();
        world.gateway.ended(connection, end, now);
    });
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
            // Wait for the bot to close its side too, but not forever.
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

/// Records a payload. Whether it exceeds the limit per minute.
fn too_many(received: &mut VecDeque<Instant>) -> bool {
    let now = Instant::now();
    received.retain(|then| now - *then < Duration::from_mins(1));
    received.push_back(now);
    received.len() > PER_MINUTE
}
