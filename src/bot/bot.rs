//! The bot: what all shards share, and how it answers.

use crate::bot::application::identity::Identity;
use crate::bot::error::RunError;
use crate::bot::knowledge::attachments::Attachments;
use crate::bot::knowledge::server_articles::ServerArticles;
use crate::bot::network::Network;
use crate::bot::records::recorder::Recorder;
use crate::bot::replies::refusals::DeliveryError;
use crate::bot::requests::answered::Answered;
use crate::bot::requests::job::Job;
use crate::bot::requests::last_questions::{Asker, LastQuestions};
use crate::bot::requests::pending::Pending;
use crate::bot::requests::seen::SeenInteractions;
use crate::bot::requests::servers::Servers;
use crate::bot::requests::throttle::{Requester, Throttle};
use crate::bot::rest::Rest;
use crate::bot::sharding::latencies::Latencies;
use crate::bot::sharding::tenure::Tenure;
use crate::bot::sources::pace;
use crate::bot::sources::signals::Signals;
use crate::bot::workers::Workers;
use crate::config::Config;
use crate::fetch::{Fetcher, Rule};
use crate::telemetry::Metrics;
use pullquote_cards::{Feedback, Response, Status, failed, respond};
use pullquote_core::engine::Engine;
use pullquote_library::EngineHandle;
use std::error::Error;
use std::sync::{Arc, Mutex};
use tokio::time::Instant;
use tracing::error;

/// What all shards share.
#[derive(Debug)]
pub(super) struct Bot {
    /// What the host has set.
    pub(super) config: Config,
    pub(super) handle: Arc<EngineHandle>,
    pub(super) identity: Identity,
    /// What it knows of its servers.
    pub(super) servers: Servers,
    pub(super) last_questions: LastQuestions,
    pub(super) network: Arc<dyn Network>,
    pub(super) rest: Rest,
    pub(super) throttle: Throttle,
    pub(super) answered: Answered,
    pub(super) seen: SeenInteractions,
    pub(super) feedback: Mutex<Feedback>,
    pub(super) workers: Arc<Workers>,
    /// The articles that servers have of their own.
    pub(super) articles: Arc<ServerArticles>,
    pub(super) sources: Signals,
    pub(super) attachments: Attachments,
    pub(super) fetcher: Fetcher,
    /// What was asked and not answered.
    pub(super) recorder: Recorder,
    pub(super) metrics: Arc<Metrics>,
    /// Requests that have arrived.
    pub(super) pending: Pending,
    start: Instant,
    pub(super) latencies: Latencies,
    /// How long this process may speak.
    pub(super) tenure: Arc<Tenure>,
}

impl Bot {
    pub(super) fn new(
        handle: Arc<EngineHandle>,
        metrics: Arc<Metrics>,
        config: &Config,
        network: Arc<dyn Network>,
    ) -> Result<Self, reqwest::Error> {
        let tenure = Arc::<Tenure>::default();
        let articles = Arc::new(ServerArticles::new(Arc::clone(&handle), &config.store));
        let fetcher = Fetcher::new(match config.api_base {
            Some(_) => Rule::Played,
            None => Rule::Public,
        })?;
        Ok(Self {
            config: config.clone(),
            identity: Identity::default(),
            servers: Servers::new(config),
            last_questions: LastQuestions::default(),
            rest: Rest::new(config.token.clone(), config.api_base.clone())?
                .counting(Arc::clone(&metrics))
                .over(Arc::clone(&network))
                .during(Arc::clone(&tenure)),
            recorder: Recorder::new(config.store.keep_questions, Arc::clone(&metrics)),
            metrics,
            throttle: Throttle::new(config.limits),
            answered: Answered::new(Arc::clone(&network)),
            seen: SeenInteractions::default(),
            feedback: Mutex::default(),
            workers: Arc::new(Workers::new()),
            sources: Signals::new(config.reads_messages),
            attachments: Attachments::new(Arc::clone(&network), config.api_base.clone())?,
            fetcher: pace::with_shared_pace(fetcher, articles.store()),
            articles,
            handle,
            pending: Pending::default(),
            start: Instant::now(),
            latencies: Latencies::default(),
            tenure,
            network,
        })
    }

    /// Starts to embed the articles with the sentence model, if there is one.
    pub(super) fn embed_articles(&self) -> Result<(), RunError> {
        let Some(model) = self.config.embedding.clone() else {
            return Ok(());
        };
        let engines = Arc::clone(self.articles.engines());
        pullquote_model::embed_in_background(engines, model).map_err(RunError::Threads)
    }

    /// Whether an answer in a channel gets a thread of its own. Discord refuses one in a thread that the bot does not know.
    pub(super) fn opens_threads(&self, job: &Job) -> bool {
        let Requester {
            server, channel, ..
        } = job.requester;
        job.settings
            .threads
            .unwrap_or(self.config.answer_in_threads)
            && server.is_some_and(|server| !self.servers.channels.is_thread(server, channel))
    }

    /// Logs and counts a request after its answer was sent, or could not be.
    pub(super) fn finish(
        &self,
        job: &Job,
        response: &Response,
        micros: u64,
        delivered: &Result<(), DeliveryError>,
    ) {
        if delivered.is_ok()
            && let Some(question) = response.shown_question()
        {
            self.last_questions.set(asker(job), question);
        }
        if delivered.is_ok() {
            let server = (job.requester.server, &*job.settings);
            self.recorder.note(server, &job.request, response);
        }
        let error = delivered.as_ref().err().map(|error| error as &dyn Error);
        let outcome = job.log(response.outcome, micros, error);
        job.count(&self.metrics, outcome);
    }

    /// The response, and the microseconds that it took. A panic in the core costs this one answer only.
    pub(super) async fn answer(&self, job: &Job) -> (Response, u64) {
        let server = job.requester.server;
        let engine = self.articles.engine(server, &job.viewer, &self.workers);
        let engine = engine.await;
        let answered = self.answer_from(&engine, job).await;
        if job.viewer.roles.is_empty() || !job.is_read_by_everyone(&answered.0) {
            return answered;
        }
        // What everyone reads must not contain what only some may see.
        let everyone = job.viewer.everyone();
        let public = self.articles.engine(server, &everyone, &self.workers);
        let public = public.await;
        if Arc::ptr_eq(&engine, &public) {
            return answered;
        }
        self.answer_from(&public, job).await
    }

    async fn answer_from(&self, engine: &Arc<Engine>, job: &Job) -> (Response, u64) {
        let (engine, request) = (Arc::clone(engine), job.request.clone());
        let work = move || respond(&engine, &request);
        let Some((response, took)) = self.workers.answer(work).await else {
            error!(id = %job.id, "internal error while answering: please report this");
            return (failed(&job.request, &job.id), 0);
        };
        (response, took.as_micros() as u64)
    }

    /// How the bot is, as `/status` shows it.
    pub(super) fn status(&self, server: Option<u64>) -> Status {
        Status {
            uptime: self.start.elapsed().as_secs(),
            latency: self.latencies.of(server),
        }
    }
}

fn asker(job: &Job) -> Asker {
    Asker {
        channel: job.requester.channel,
        member: job.requester.member,
    }
}
