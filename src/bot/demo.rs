//! The host's page without a connection to Discord, to try the bot before there is an application.

use super::bot::Bot;
use super::error::RunError;
use super::network::Internet;
use super::runtime::{runtime, stop_signal};
use super::serve_page;
use crate::config::Config;
use crate::telemetry::Metrics;
use pullquote_library::{self as library, EngineHandle};
use std::net::SocketAddr;
use std::sync::Arc;

/// Serves the page until SIGINT or SIGTERM. `setting` names where the port was chosen; `started` gets the address.
///
/// # Errors
///
/// When this machine cannot start threads, or when the port is taken.
pub fn demo(
    handle: Arc<EngineHandle>,
    config: &Config,
    setting: &'static str,
    started: impl FnOnce(SocketAddr),
) -> Result<(), RunError> {
    let runtime = runtime().map_err(RunError::Threads)?;
    library::watch(Arc::clone(&handle), config.watch).map_err(RunError::Threads)?;
    let ended = runtime.block_on(async {
        let stop = stop_signal();
        let metrics = Arc::new(Metrics::default());
        let bot = Arc::new(Bot::new(handle, metrics, config, Arc::new(Internet))?);
        if let Some(address) = serve_page(&bot, config, (setting, true)).await? {
            started(address);
        }
        stop.await;
        Ok(())
    });
    runtime.shutdown_background();
    ended
}
