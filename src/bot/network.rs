//! How the bot's two clients reach Discord: over the internet or, in a simulation, through memory and on its clock.

use futures_util::future::BoxFuture;
use futures_util::{Sink, Stream};
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::time::SystemTime;
use tokio_websockets::client::Builder;
use tokio_websockets::{Error, Message};

/// A connection to the gateway.
pub type GatewaySocket = Pin<Box<dyn MessageStream>>;

/// Messages in both directions.
pub trait MessageStream:
    Stream<Item = Result<Message, Error>> + Sink<Message, Error = Error> + Send
{
}

impl<T> MessageStream for T where
    T: Stream<Item = Result<Message, Error>> + Sink<Message, Error = Error> + Send
{
}

/// Carries what the clients send.
pub trait Network: fmt::Debug + Send + Sync {
    /// Connects to the gateway.
    fn connect<'a>(&'a self, builder: Builder<'a>) -> BoxFuture<'a, Result<GatewaySocket, Error>>;

    /// Sends a request of the REST client, and returns the response.
    fn execute<'a>(
        &'a self,
        client: &'a reqwest::Client,
        request: reqwest::Request,
    ) -> BoxFuture<'a, Result<reqwest::Response, Box<dyn StdError + Send + Sync>>>;

    /// The time, to compare with times that Discord names.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// TCP and, except to this machine, TLS.
#[derive(Debug)]
pub(super) struct Internet;

impl Network for Internet {
    fn connect<'a>(&'a self, builder: Builder<'a>) -> BoxFuture<'a, Result<GatewaySocket, Error>> {
        Box::pin(async move {
            let (socket, _) = builder.connect().await?;
            Ok(Box::pin(socket) as GatewaySocket)
        })
    }

    fn execute<'a>(
        &'a self,
        client: &'a reqwest::Client,
        request: reqwest::Request,
    ) -> BoxFuture<'a, Result<reqwest::Response, Box<dyn StdError + Send + Sync>>> {
        Box::pin(async move {
            // The URL may contain the token of an interaction, so errors are reported without it.
            let response = client.execute(request).await;
            response.map_err(|error| error.without_url().into())
        })
    }
}
