//! What a connection delivers: payloads, and finally the reason why it ended.

use crate::bot::close_codes::Fatal;
use crate::bot::decode::GatewayPayload;
use std::time::Duration;
use tracing::{info, warn};

/// What a connection delivers next.
pub(crate) enum Received {
    Payload(GatewayPayload),
    End(Disconnect),
}

/// Why a connection ended.
pub(crate) enum Disconnect {
    /// It was closed, with this close code if there was one.
    Closed(Option<u16>),
    /// A message was too long.
    TooLong,
    /// It opened, but HELLO, READY or RESUMED did not arrive in time.
    Silent,
    /// It could not be opened, for this reason.
    Unreachable(String),
}

impl Disconnect {
    /// Why no reconnect can help, if that is so.
    pub(crate) fn fatal(&self) -> Option<Fatal> {
        match self {
            Self::Closed(Some(code)) => Fatal::from_code(*code),
            _ => None,
        }
    }

    /// Logs it, with the delay before the next connection.
    pub(crate) fn log(&self, delay: Duration) {
        let seconds = delay.as_secs_f32().ceil();
        match self {
            Self::Closed(Some(code)) => info!(code, "gateway connection lost"),
            Self::Closed(None) => info!("gateway connection lost"),
            Self::TooLong => {
                warn!("the gateway sent a message that is too long: retrying in {seconds} s");
            }
            Self::Silent => {
                warn!("the gateway accepts connections but sends nothing: retrying in {seconds} s");
            }
            Self::Unreachable(error) => {
                warn!("cannot connect to the gateway, retrying in {seconds} s: {error}");
            }
        }
    }
}
