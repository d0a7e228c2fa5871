//! What a connection delivers: payloads, and finally the reason why it ended.

use crate::bot::close_codes::Fatal;
use crate::bot::error::{RunError, root_cause};
use std::time::Duration;
use tracing::{debug, info, warn};
use twilight_gateway::Message;
use twilight_gateway::error::{ReceiveMessageError, ReceiveMessageErrorType};

/// The result of polling a connection.
pub(crate) enum Received {
    /// The JSON of a payload.
    Payload(String),
    End(Disconnect),
    /// Something that cannot be read and does no harm.
    Nothing,
}

/// Why a connection ended.
pub(crate) enum Disconnect {
    /// It was closed, with this close code if there was one.
    Closed(Option<u16>),
    /// It opened, but HELLO, READY or RESUMED did not arrive in time.
    Silent,
    /// It could not be opened, for this reason.
    Unreachable(String),
}

impl Received {
    /// `None` is the end of the stream.
    ///
    /// # Errors
    ///
    /// When Discord closed the connection with a code that no reconnect can fix.
    pub(crate) fn from_message(
        message: Option<Result<Message, ReceiveMessageError>>,
    ) -> Result<Self, RunError> {
        Ok(match message {
            Some(Ok(Message::Text(text))) => Self::Payload(text),
            Some(Ok(Message::Close(frame))) => {
                let code = frame.map(|frame| frame.code);
                if let Some(fatal) = code.and_then(Fatal::from_code) {
                    return Err(fatal.into());
                }
                Self::End(Disconnect::Closed(code))
            }
            Some(Err(error)) if matches!(error.kind(), ReceiveMessageErrorType::Reconnect) => {
                Self::End(Disconnect::Unreachable(root_cause(&error)))
            }
            Some(Err(error)) => {
                debug!("unreadable payload: {error}");
                Self::Nothing
            }
            None => Self::End(Disconnect::Closed(None)),
        })
    }
}

impl Disconnect {
    /// Logs it, with the delay before the next connection.
    pub(crate) fn log(&self, delay: Duration) {
        let seconds = delay.as_secs_f32().ceil();
        match self {
            Self::Closed(Some(code)) => info!(code, "gateway connection lost"),
            Self::Closed(None) => info!("gateway connection lost"),
            Self::Silent => {
                warn!("the gateway accepts connections but sends nothing: retrying in {seconds} s");
            }
            Self::Unreachable(error) => {
                warn!("cannot connect to the gateway, retrying in {seconds} s: {error}");
            }
        }
    }
}
