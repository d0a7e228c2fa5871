//! The bot in a terminal, without a connection to Discord: whoever sits there acts as a manager of a server.

use crate::bot::bot::Bot;
use crate::bot::error::{RunError, error_chain};
use crate::bot::network::Internet;
use crate::bot::requests::job::Job;
use crate::bot::requests::throttle::Requester;
use crate::bot::system::runtime::runtime;
use crate::config::Config;
use crate::telemetry::Metrics;
use pullquote_cards::{Effect, EffectOutcome, Request, Response, Viewer};
use pullquote_core::engine::Engine;
use pullquote_library::EngineHandle;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// How long a request may take. Nobody but the user waits.
const TIMEOUT: Duration = Duration::from_mins(5);

/// A server, and the bot that its manager uses.
#[derive(Debug)]
pub struct Terminal {
    bot: Arc<Bot>,
    runtime: Runtime,
    server: u64,
}

impl Terminal {
    /// Opens what the bot keeps of a server.
    ///
    /// # Errors
    ///
    /// When this machine cannot start threads or set up HTTPS.
    pub fn open(handle: Arc<EngineHandle>, config: &Config, server: u64) -> Result<Self, RunError> {
        let network = Arc::new(Internet);
        let runtime = runtime().map_err(RunError::Threads)?;
        let inside = runtime.enter();
        let mut bot = Bot::new(handle, Arc::new(Metrics::default()), config, network)?;
        drop(inside);
        bot.embed_articles()?;
        bot.attachments.read_local_files();
        Ok(Self {
            bot: Arc::new(bot),
            runtime,
            server,
        })
    }

    /// Why what is kept cannot be used; `None` if it can.
    pub fn problem(&self) -> Option<String> {
        let settings = self.bot.articles.store().settings(self.server);
        let settings = self.runtime.block_on(settings);
        settings.err().map(|error| error_chain(&error))
    }

    /// All articles of the server.
    pub fn engine(&self) -> Arc<Engine> {
        let engine = self
            .bot
            .articles
            .whole_engine(Some(self.server), &self.bot.workers);
        self.runtime.block_on(engine)
    }

    /// The response to a request, before its effect is performed.
    pub fn respond(&self, request: &Request) -> Response {
        self.runtime.block_on(async {
            let job = self.job(request).await;
            self.bot.answer(&job).await.0
        })
    }

    /// Performs an effect that concerns the server.
    pub fn perform(&self, effect: &Effect, request: &Request) -> EffectOutcome {
        self.runtime.block_on(async {
            let job = self.job(request).await;
            self.bot.perform(effect, &job).await
        })
    }

    async fn job(&self, request: &Request) -> Job {
        let server = Some(self.server);
        let requester = Requester {
            member: request.member,
            server,
            channel: 0,
            autocomplete: false,
        };
        let settings = self.bot.articles.settings(server).await;
        let who = (requester, Viewer::default());
        Job::new(request.clone(), settings, who, 0, (Instant::now(), TIMEOUT))
    }
}
