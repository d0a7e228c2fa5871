//! How the first response to an interaction reaches Discord: by a request, or as the response to the request that brought the
//! interaction.

use crate::lock::lock;
use pullquote_cards::Payload;
use std::sync::Mutex;
use tokio::sync::oneshot;

/// The way of the first response to one interaction.
#[derive(Debug)]
pub(crate) enum FirstResponse {
    /// The interaction came over the gateway.
    Request,
    /// It came over HTTP.
    Body(Body),
}

/// The body of the response that Discord waits for.
#[derive(Debug)]
pub(crate) struct Body(Mutex<State>);

#[derive(Debug)]
enum State {
    /// Discord waits for it.
    Waits(oneshot::Sender<String>),
    /// It has said that an answer follows.
    Deferred,
    /// It has been sent, or Discord does not wait for it any more.
    Over,
}

impl FirstResponse {
    /// A body, and what it becomes as soon as it is known.
    pub(crate) fn body() -> (Self, oneshot::Receiver<String>) {
        let (sender, receiver) = oneshot::channel();
        (Self::Body(Body(Mutex::new(State::Waits(sender)))), receiver)
    }

    /// The body, if the interaction came over HTTP.
    pub(crate) fn as_body(&self) -> Option<&Body> {
        match self {
            Self::Request => None,
            Self::Body(body) => Some(body),
        }
    }

    /// Whether Discord was told that the response follows.
    pub(crate) fn is_deferred(&self) -> bool {
        self.as_body().is_some_and(Body::is_deferred)
    }
}

impl Body {
    /// Sends the response. Whether Discord still waits for it.
    pub(crate) fn send(&self, payload: &Payload) -> bool {
        self.end(payload, State::Over)
    }

    /// Says that an answer follows, unless it has been said before. Whether Discord knows it.
    pub(crate) fn defer(&self) -> bool {
        self.is_deferred() || self.end(&Payload::deferral(), State::Deferred)
    }

    pub(crate) fn is_deferred(&self) -> bool {
        matches!(*lock(&self.0), State::Deferred)
    }

    fn end(&self, payload: &Payload, next: State) -> bool {
        let state = &mut *lock(&self.0);
        match std::mem::replace(state, State::Over) {
            State::Waits(sender) => {
                let is_sent = sender.send(payload.body.to_string()).is_ok();
                if is_sent {
                    *state = next;
                }
                is_sent
            }
            other => {
                *state = other;
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FirstResponse;
    use pullquote_cards::Payload;

    #[test]
    fn discord_gets_one_response() {
        let (first, mut response) = FirstResponse::body();
        let body = first.as_body().unwrap();
        assert!(body.send(&Payload::deferral()));
        assert!(!body.send(&Payload::deferral()) && !body.defer() && !first.is_deferred());
        assert!(response.try_recv().unwrap().contains("\"type\":5"));
    }

    #[test]
    fn what_was_deferred_stays_so() {
        let (first, _response) = FirstResponse::body();
        let body = first.as_body().unwrap();
        assert!(body.defer() && body.defer() && first.is_deferred());
        assert!(!body.send(&Payload::deferral()));
        assert!(!FirstResponse::Request.is_deferred());
    }

    #[test]
    fn nothing_is_sent_to_who_has_hung_up() {
        let (first, response) = FirstResponse::body();
        drop(response);
        let body = first.as_body().unwrap();
        assert!(!body.defer() && !first.is_deferred() && !body.send(&Payload::deferral()));
    }
}
