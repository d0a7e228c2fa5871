//! The host's page without a connection to Discord, to try the bot before there is an application.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::error::{RunError, error_chain};
use crate::bot::network::Internet;
use crate::bot::serve_page;
use crate::bot::system::runtime::{runtime, stop_signal};
use crate::config::Config;
use crate::http::MadeUp;
use crate::telemetry::Metrics;
use pullquote_cards::Gate;
use pullquote_library::{self as library, EngineHandle};
use pullquote_store::{NewArticle, StoreError};
use std::net::SocketAddr;
use std::sync::Arc;
use tracing::warn;

/// The server of the demo.
pub const MADE_UP: MadeUp = MadeUp {
    server: 1,
    role: 2,
    question: "Who has the key of the boathouse?",
};

/// Its articles, each with the question that it answers: the first is for everyone there, the second for members with the role.
const ARTICLES: [(&str, &str, &str); 2] = [
    (
        "club-evenings.md",
        "When are club evenings?",
        "Club evenings are on Thursdays at seven, in the hall by the pier.",
    ),
    (
        "boathouse-key.md",
        MADE_UP.question,
        "The harbour master has the key of the boathouse, and the spare one hangs in the office.",
    ),
];

/// Gives the demo a server with a role, so that what only some may see can be tried.
async fn make_up_a_server(bot: &Bot) -> Result<(), StoreError> {
    let server = MADE_UP.server;
    for (path, question, text) in ARTICLES {
        let content = format!("# {question}\n\n{text}\n");
        let article = NewArticle {
            server,
            path,
            content: content.as_bytes(),
            link: None,
            by: 0,
            at: now(),
        };
        bot.articles.store().put(&article, None).await?;
    }
    let gate = Gate::new(&[MADE_UP.role], &[]);
    let [_, (path, ..)] = ARTICLES;
    bot.articles.set_gate(server, path, &gate).await.map(drop)
}

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
        if let Err(error) = make_up_a_server(&bot).await {
            warn!("the demo has no server: {}", error_chain(&error));
        }
        bot.embed_articles()?;
        if let Some(address) = serve_page(&bot, setting, Some(MADE_UP)).await? {
            started(address);
        }
        stop.await;
        Ok(())
    });
    runtime.shutdown_background();
    ended
}
