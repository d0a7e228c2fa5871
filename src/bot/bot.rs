//! The bot at work: from what a member did to the answer that they see.

use super::answered::{Answered, EDITABLE, Slot};
use super::decode::{IncomingInteraction, IncomingMessage};
use super::delivery::{Delivery, DeliveryError};
use super::job::Job;
use super::network::Network;
use super::rest::Rest;
use super::servers::AllowedServers;
use super::throttle::{Requester, Throttle};
use super::workers::Workers;
use crate::config::Config;
use crate::telemetry::Metrics;
use pullquote_cards::{
    Action, Addressed, ChannelKind, Locale, Reply, Request, Response, Status, failed, rate_limited,
    respond,
};
use pullquote_core::query::reads_like_a_question;
use pullquote_library::EngineHandle;
use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::SetOnce;
use tracing::error;

/// How long an interaction may take. Discord gives up 3 s after it sent the event.
const INTERACTION_TIMEOUT: Duration = Duration::from_millis(2_900);
/// How long the answer to a message may take; later, nobody expects it any more.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(15);

/// What all shards share.
#[derive(Debug)]
pub(super) struct Bot {
    pub(super) handle: Arc<EngineHandle>,
    /// Channels where the bot answers without being mentioned.
    auto_answer: BTreeSet<u64>,
    pub(super) servers: AllowedServers,
    pub(super) network: Arc<dyn Network>,
    pub(super) rest: Rest,
    pub(super) throttle: Throttle,
    answered: Answered,
    workers: Workers,
    pub(super) metrics: Arc<Metrics>,
    /// The bot's user id, set by the first READY.
    pub(super) me: SetOnce<u64>,
    /// Whether this process has started to register the commands.
    pub(super) registered: AtomicBool,
    /// Languages of servers, except English.
    locales: Mutex<HashMap<u64, Locale>>,
    start: Instant,
    /// Round-trip time of the last heartbeat in milliseconds; 0 before the first.
    pub(super) latency: AtomicU32,
}

impl Bot {
    pub(super) fn new(
        handle: Arc<EngineHandle>,
        metrics: Arc<Metrics>,
        config: &Config,
        network: Arc<dyn Network>,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            handle,
            auto_answer: config.auto_answer.clone(),
            servers: AllowedServers::new(config.allowed_servers.clone()),
            rest: Rest::new(config.token.clone(), config.api_base.clone())?
                .counting(Arc::clone(&metrics))
                .over(Arc::clone(&network)),
            network,
            metrics,
            throttle: Throttle::new(config.limits),
            answered: Answered::default(),
            workers: Workers::new(),
            me: SetOnce::new(),
            registered: AtomicBool::new(false),
            locales: Mutex::default(),
            start: Instant::now(),
            latency: AtomicU32::new(0),
        })
    }

    /// Answers an interaction.
    pub(super) async fn interaction(&self, interaction: &IncomingInteraction) {
        if !self.servers.allow(interaction.server) {
            return;
        }
        let requester = Requester {
            member: interaction.member,
            server: interaction.server,
            autocomplete: matches!(interaction.action, Action::Autocomplete { .. }),
        };
        let request = interaction.request(self.status());
        let job = Job::new(request, requester, interaction.id, INTERACTION_TIMEOUT);
        let Some(_slot) = self.throttle.acquire().await else {
            return job.busy(&self.metrics);
        };
        let (response, micros) = match self.throttle.check(requester) {
            Ok(()) => self.respond(&job).await,
            Err(seconds) => (rate_limited(&job.request, seconds), 0),
        };
        let delivery = Delivery::new(&self.rest, &job);
        let delivered = delivery.call_back(interaction, &response).await;
        self.finish(&job, &response, micros, &delivered);
    }

    /// Answers a message, if it contains a question for the bot.
    pub(super) async fn message(&self, message: &IncomingMessage) {
        if !self.servers.allow(message.server) {
            return;
        }
        let me = *self.me.wait().await;
        let Some((question, addressed)) = message.question(me, &self.auto_answer) else {
            return;
        };
        let chatter = addressed == Addressed::Anyone && !reads_like_a_question(&question);
        if chatter || self.throttle.is_forbidden(message.channel) {
            return;
        }
        let job = self.job(message, question.clone(), addressed);
        let Some(_slot) = self.throttle.acquire().await else {
            return job.busy(&self.metrics);
        };
        let Some(mut answered) = self.answered.lock(message.id).await else {
            return;
        };
        if !is_due(message, &question, &answered) {
            return;
        }
        answered.question = Some(question);
        let (response, micros) = match self.throttle.check(job.requester) {
            Ok(()) => self.respond(&job).await,
            Err(_) if addressed == Addressed::Anyone => return,
            Err(_) if !self.throttle.may_warn(message.author) => return,
            Err(seconds) => (rate_limited(&job.request, seconds), 0),
        };
        let delivered = self.deliver(&job, message, &mut answered, &response).await;
        self.finish(&job, &response, micros, &delivered);
    }

    /// Replies to a message, or edits the reply that it already has.
    async fn deliver(
        &self,
        job: &Job,
        message: &IncomingMessage,
        answered: &mut Slot,
        response: &Response,
    ) -> Result<(), DeliveryError> {
        let (Reply::Message { card, .. } | Reply::Update(card)) = &response.reply else {
            return Ok(());
        };
        let delivery = Delivery::new(&self.rest, job);
        if let Some(answer) = answered.answer {
            return delivery.edit(message.channel, answer, card).await;
        }
        let answer = delivery.reply(message, card).await.inspect_err(|error| {
            if error.is_forbidden() {
                self.throttle.forbid(message.channel);
            }
        })?;
        answered.answer = answer;
        if let Some(answer) = answer
            && message.edited_after.is_some()
        {
            // If another process answered the message before it was edited, or the response to that answer was lost,
            // Discord has returned that answer: a message is answered once.
            return delivery.edit(message.channel, answer, card).await;
        }
        Ok(())
    }

    /// Logs and counts a request after its answer was sent, or could not be.
    fn finish(
        &self,
        job: &Job,
        response: &Response,
        micros: u64,
        delivered: &Result<(), DeliveryError>,
    ) {
        let error = delivered.as_ref().err().map(|error| error as &dyn Error);
        let outcome = job.log(response.outcome, micros, error);
        job.count(&self.metrics, outcome);
    }

    fn job(&self, message: &IncomingMessage, text: String, addressed: Addressed) -> Job {
        let requester = Requester {
            member: message.author,
            server: message.server,
            autocomplete: false,
        };
        let request = Request {
            action: Action::Question { text, addressed },
            locale: self.locale(message.server),
            channel: match message.server {
                Some(_) => ChannelKind::Server,
                None => ChannelKind::DirectMessage,
            },
            member: message.author,
            status: self.status(),
        };
        Job::new(request, requester, message.id, MESSAGE_TIMEOUT)
    }

    /// The response, and the microseconds that it took. A panic in the core costs this one answer only.
    pub(super) async fn answer(&self, job: &Job) -> (Response, u64) {
        let (engine, request) = (self.handle.engine(), job.request.clone());
        let work = move || {
            let start = Instant::now();
            (respond(&engine, &request), start.elapsed().as_micros())
        };
        let Some((response, micros)) = self.workers.run(work).await else {
            error!(id = %job.id, "internal error while answering: please report this");
            return (failed(&job.request, &job.id), 0);
        };
        (response, micros as u64)
    }

    fn status(&self) -> Status {
        let latency = self.latency.load(Ordering::Relaxed);
        Status {
            uptime: self.start.elapsed().as_secs(),
            latency: (latency > 0).then_some(latency),
        }
    }

    /// Remembers the language of a server.
    pub(super) fn set_locale(&self, server: u64, code: &str) {
        let mut locales = self.locales();
        match Locale::from_code(code) {
            Locale::English => locales.remove(&server),
            locale => locales.insert(server, locale),
        };
    }

    fn locale(&self, server: Option<u64>) -> Locale {
        let locales = self.locales();
        let known = server.and_then(|server| locales.get(&server).copied());
        known.unwrap_or_default()
    }

    fn locales(&self) -> MutexGuard<'_, HashMap<u64, Locale>> {
        self.locales.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a message still needs an answer. A new message does unless it was answered; an edited one does if its
/// question has changed and it was edited in time.
fn is_due(message: &IncomingMessage, question: &str, answered: &Slot) -> bool {
    match (&answered.question, message.edited_after) {
        (known, Some(after)) => after <= EDITABLE && known.as_deref() != Some(question),
        (known, None) => known.is_none(),
    }
}
