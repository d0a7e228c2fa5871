//! The bot at work: one request at a time, from what a member did to what they see.

use super::answered::{Answered, EDITABLE, Slot};
use super::edge;
use super::heard::Heard;
use super::limits::{Limits, Source};
use super::rest::{Rest, told};
use super::send::{Sent, Trouble};
use crate::config::Config;
use crate::telemetry::Metrics;
use pullquote_cards::commands::reads_like_a_question;
use pullquote_cards::{
    Action, Addressed, ChannelKind, Locale, Reply, Request, RequestOutcome, Response, Status,
    failed, rate_limited, respond,
};
use pullquote_library::EngineHandle;
use serenity::all::Interaction;
use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::SetOnce;
use tracing::{debug, error, info, warn};

/// How long an interaction may take to be answered. Discord gives 3 s from when it sent the event.
const INTERACTION: Duration = Duration::from_millis(2_900);
/// How long a message may take to be answered; later, nobody waits any more.
const MESSAGE: Duration = Duration::from_secs(15);

/// Everything that answering takes.
#[derive(Debug)]
pub(super) struct Bot {
    pub(super) handle: Arc<EngineHandle>,
    auto_answer: BTreeSet<u64>,
    pub(super) rest: Rest,
    pub(super) limits: Limits,
    answered: Answered,
    pub(super) metrics: Arc<Metrics>,
    /// The bot's own id, once Discord told it.
    pub(super) me: SetOnce<u64>,
    /// Whether commands have been registered by this process.
    pub(super) registered: AtomicBool,
    /// Languages of servers that do not speak English.
    locales: Mutex<HashMap<u64, Locale>>,
    start: Instant,
    /// Milliseconds of the last heartbeat; 0 before the first.
    pub(super) latency: AtomicU32,
}

/// A request on its way.
pub(super) struct Job {
    pub(super) request: Request,
    source: Source,
    /// What the log has it under: from Discord's id of the interaction or message.
    pub(super) id: String,
    start: Instant,
    pub(super) deadline: tokio::time::Instant,
}

impl Bot {
    pub(super) fn new(
        handle: Arc<EngineHandle>,
        metrics: Arc<Metrics>,
        config: &Config,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            handle,
            auto_answer: config.auto_answer.clone(),
            rest: Rest::new(config.token.clone(), config.api_base.clone())?
                .counting(Arc::clone(&metrics)),
            metrics,
            limits: Limits::new(config.limits),
            answered: Answered::default(),
            me: SetOnce::new(),
            registered: AtomicBool::new(false),
            locales: Mutex::default(),
            start: Instant::now(),
            latency: AtomicU32::new(0),
        })
    }

    /// Answers an interaction.
    pub(super) async fn interaction(&self, interaction: &Interaction) {
        let Some((request, source)) = edge::interaction(interaction, self.status()) else {
            return;
        };
        let job = Job::new(request, source, interaction.id().get(), INTERACTION);
        let Some(_permit) = self.limits.work().await else {
            self.count(&job, "busy");
            return job.busy();
        };
        let (response, micros) = match self.limits.count(source) {
            Ok(()) => self.respond(&job).await,
            Err(seconds) => (rate_limited(&job.request, seconds), 0),
        };
        let trouble = self.call_back(&job, interaction, &response).await.err();
        let outcome = job.report(response.outcome, micros, trouble.as_ref());
        self.count(&job, outcome);
    }

    /// Answers a message that asks the bot something.
    pub(super) async fn message(&self, heard: &Heard) {
        let me = *self.me.wait().await;
        let Some((question, addressed)) = heard.question(me, &self.auto_answer) else {
            return;
        };
        let idle = addressed == Addressed::Anyone && !reads_like_a_question(&question);
        if idle || self.limits.is_closed(heard.channel) {
            return;
        }
        let Some(_permit) = self.limits.work().await else {
            return;
        };
        let mut slot = self.answered.slot(heard.id).await;
        let edit = heard.edited_after;
        let same = slot.question.as_ref() == Some(&question);
        let too_late = edit.is_some_and(|after| after > EDITABLE);
        if same || too_late || slot.question.is_some() && edit.is_none() {
            return;
        }
        let job = self.job(heard, question.clone(), addressed);
        slot.question = Some(question);
        let (response, micros) = match self.limits.count(job.source) {
            Ok(()) => self.respond(&job).await,
            Err(_) if addressed == Addressed::Anyone => return,
            Err(_) if !self.limits.may_tell(heard.author) => return,
            Err(seconds) => (rate_limited(&job.request, seconds), 0),
        };
        let trouble = self.speak(&job, heard, &mut slot, &response).await.err();
        let outcome = job.report(response.outcome, micros, trouble.as_ref());
        self.count(&job, outcome);
    }

    /// Sends the response to a message, or puts it in the place of the one before.
    async fn speak(
        &self,
        job: &Job,
        heard: &Heard,
        slot: &mut Slot,
        response: &Response,
    ) -> Result<(), Trouble> {
        let (Reply::Message { card, .. } | Reply::Update(card)) = &response.reply else {
            return Ok(());
        };
        if let Some(answer) = slot.answer {
            return self.edit(job, heard, answer, card).await;
        }
        let Sent(answer) = self.reply(job, heard, card).await?;
        slot.answer = answer;
        Ok(())
    }

    fn job(&self, heard: &Heard, text: String, addressed: Addressed) -> Job {
        let source = Source {
            member: heard.author,
            server: heard.server,
            typing: false,
        };
        let request = Request {
            action: Action::Question { text, addressed },
            locale: self.locale_of(heard.server),
            channel: match heard.server {
                Some(_) => ChannelKind::Server,
                None => ChannelKind::DirectMessage,
            },
            member: heard.author,
            status: self.status(),
        };
        Job::new(request, source, heard.id, MESSAGE)
    }

    /// The response, and how many microseconds it took. A fault in the pure part costs one answer, not the bot.
    pub(super) fn answer(&self, job: &Job) -> (Response, u64) {
        let start = Instant::now();
        let engine = self.handle.engine();
        let work = AssertUnwindSafe(|| respond(&engine, &job.request));
        // A sentence model takes its time, and so may a large knowledge base: others go on meanwhile.
        let worked = tokio::task::block_in_place(|| catch_unwind(work));
        let response = worked.unwrap_or_else(|_| {
            error!(id = %job.id, "the answer could not be worked out: this is a fault of the program, please report it");
            failed(&job.request, &job.id)
        });
        (response, start.elapsed().as_micros() as u64)
    }

    fn count(&self, job: &Job, outcome: &str) {
        let (kind, name) = edge::log_name(&job.request.action);
        self.metrics
            .request(kind, name, outcome, job.start.elapsed());
    }

    fn status(&self) -> Status {
        let latency = self.latency.load(Ordering::Relaxed);
        Status {
            uptime: self.start.elapsed().as_secs(),
            latency: (latency > 0).then_some(latency),
        }
    }

    /// Remembers the language of a server.
    pub(super) fn learn_locale(&self, server: u64, code: &str) {
        let mut locales = self.locales.lock().unwrap_or_else(PoisonError::into_inner);
        match Locale::from_code(code) {
            Locale::English => locales.remove(&server),
            locale => locales.insert(server, locale),
        };
    }

    fn locale_of(&self, server: Option<u64>) -> Locale {
        let locales = self.locales.lock().unwrap_or_else(PoisonError::into_inner);
        let known = server.and_then(|server| locales.get(&server).copied());
        known.unwrap_or_default()
    }
}

impl Job {
    fn new(request: Request, source: Source, id: u64, time: Duration) -> Self {
        Self {
            request,
            source,
            // The low bits count within a millisecond, those above are the time.
            id: format!("{:06x}", (id >> 12) & 0xff_ffff),
            start: Instant::now(),
            deadline: tokio::time::Instant::now() + time,
        }
    }

    fn busy(&self) {
        let (kind, name) = edge::log_name(&self.request.action);
        warn!(kind, name, "not answered: there is no room for more work");
    }

    /// The one line of the log on a request; its outcome in a word.
    fn report(
        &self,
        report: RequestOutcome,
        micros: u64,
        trouble: Option<&Trouble>,
    ) -> &'static str {
        let (kind, name) = edge::log_name(&self.request.action);
        let total = self.start.elapsed().as_millis() as u64;
        let (mut outcome, confidence) = match report {
            RequestOutcome::Quoted(sure) => ("quoted", Some(sure)),
            RequestOutcome::Suggested(sure) => ("suggested", Some(sure)),
            RequestOutcome::NoAnswer => ("unknown", None),
            RequestOutcome::Shown => ("shown", None),
            RequestOutcome::Silent => ("silent", None),
            RequestOutcome::Feedback { helpful: true } => ("helped", None),
            RequestOutcome::Feedback { helpful: false } => ("helped not", None),
            RequestOutcome::NoSuchArticle | RequestOutcome::Refused(_) => ("refused", None),
            RequestOutcome::RateLimited => ("too fast", None),
            RequestOutcome::Failed => ("failed", None),
            RequestOutcome::Pending => ("pending", None),
        };
        if let Some(trouble) = trouble {
            outcome = "not delivered";
            warn!(id = %self.id, kind, name, "{}", told(trouble));
        }
        // Two digits say enough.
        let confidence = confidence.map(|sure| f64::from((sure * 100.0).round()) / 100.0);
        let id = self.id.as_str();
        if self.source.typing {
            debug!(kind, name, outcome, micros, total_ms = total);
        } else {
            info!(
                kind,
                name,
                outcome,
                confidence,
                micros,
                total_ms = total,
                id
            );
        }
        debug!(id, words = edge::log_words(&self.request.action), "asked");
        outcome
    }
}
