//! The bot at work: from what a member did to the answer that they see.

use crate::bot::decode::{Asked, Guild, IncomingInteraction, IncomingMessage, Me};
use crate::bot::error::RunError;
use crate::bot::knowledge::attachments::Attachments;
use crate::bot::knowledge::server_articles::ServerArticles;
use crate::bot::network::Network;
use crate::bot::records::recorder::Recorder;
use crate::bot::replies::delivery::{Delivery, DeliveryError};
use crate::bot::replies::first_response::FirstResponse;
use crate::bot::requests::answered::{Answer, Answered, EDITABLE, REMEMBERED, Slot};
use crate::bot::requests::channels::{Channels, Parent};
use crate::bot::requests::conversations::Conversations;
use crate::bot::requests::job::Job;
use crate::bot::requests::last_questions::{Asker, LastQuestions};
use crate::bot::requests::moderators::Moderators;
use crate::bot::requests::pending::{Pending, PendingRequest};
use crate::bot::requests::seen::Seen;
use crate::bot::requests::servers::AllowedServers;
use crate::bot::requests::throttle::{Requester, Throttle};
use crate::bot::rest::{Call, Rest, Route};
use crate::bot::sharding::kept_server::KeptServer;
use crate::bot::sharding::latencies::Latencies;
use crate::bot::sharding::tenure::Tenure;
use crate::bot::sources::due_sources::DueSources;
use crate::bot::sources::forum_events::ForumEvents;
use crate::bot::sources::gate_events::GateEvents;
use crate::bot::sources::pace;
use crate::bot::workers::Workers;
use crate::config::Config;
use crate::fetch::{Fetcher, Rule};
use crate::lock::lock;
use crate::telemetry::Metrics;
use pullquote_cards::{
    Action, Addressed, Card, ChannelKind, CommandIds, Context, Feedback, Helpers, Locale, Reader,
    Reply, Request, Response, Settings, Status, failed, rate_limited, respond,
};
use pullquote_core::engine::Engine;
use pullquote_library::EngineHandle;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::iter;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::sync::{OwnedSemaphorePermit, SetOnce};
use tokio::time::Instant;
use tracing::{error, info, warn};

/// How long an interaction may take. Discord gives up 3 s after it sent the event.
const INTERACTION_TIMEOUT: Duration = Duration::from_millis(2_900);
/// How long an interaction may take if its member was told to wait.
const SLOW_TIMEOUT: Duration = Duration::from_secs(90);
/// How long it may take to show what came of that. The interaction's token is good for 15 minutes.
const SHOW_TIMEOUT: Duration = Duration::from_secs(15);
/// How long the answer to a message may take; later, nobody expects it any more.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(15);

/// What the bot knows of a server.
#[derive(Debug, Clone, Copy, Default)]
struct KnownServer {
    locale: Locale,
    /// The role that Discord made for the bot when it was invited.
    role: Option<u64>,
    /// Those of the settings that belong to it.
    helpers: Helpers,
}

/// What all shards share.
#[derive(Debug)]
pub(super) struct Bot {
    /// What the host has set.
    pub(super) config: Config,
    pub(super) handle: Arc<EngineHandle>,
    /// Where the bot answers without being mentioned.
    pub(super) channels: Channels,
    pub(super) conversations: Conversations,
    pub(super) moderators: Moderators,
    last_questions: LastQuestions,
    pub(super) servers: AllowedServers,
    pub(super) network: Arc<dyn Network>,
    pub(super) rest: Rest,
    pub(super) throttle: Throttle,
    pub(super) answered: Answered,
    seen: Seen,
    pub(super) feedback: Mutex<Feedback>,
    pub(super) workers: Workers,
    /// The articles that servers have of their own.
    pub(super) articles: ServerArticles,
    pub(super) sources: DueSources,
    pub(super) forum_events: ForumEvents,
    pub(super) gate_events: GateEvents,
    pub(super) attachments: Attachments,
    pub(super) fetcher: Fetcher,
    /// What was asked and not answered.
    pub(super) recorder: Recorder,
    pub(super) metrics: Arc<Metrics>,
    /// The bot's user id, set by the first READY.
    pub(super) me: SetOnce<u64>,
    /// Its application id, likewise.
    pub(super) application: SetOnce<u64>,
    /// Requests that have arrived.
    pub(super) pending: Pending,
    /// Whether this process has started to register the commands.
    pub(super) registered: AtomicBool,
    known_servers: Mutex<HashMap<u64, KnownServer>>,
    /// Ids of the registered commands; empty before the registration.
    command_ids: Mutex<CommandIds>,
    start: Instant,
    /// When it started, by the network's clock.
    started: SystemTime,
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
        let articles = ServerArticles::new(Arc::clone(&handle), &config.store);
        let fetcher = Fetcher::new(match config.api_base {
            Some(_) => Rule::Played,
            None => Rule::Public,
        })?;
        Ok(Self {
            config: config.clone(),
            channels: Channels::new(config.auto_answer.clone()),
            conversations: Conversations::default(),
            moderators: Moderators::default(),
            last_questions: LastQuestions::default(),
            servers: AllowedServers::new(config.allowed_servers.clone()),
            rest: Rest::new(config.token.clone(), config.api_base.clone())?
                .counting(Arc::clone(&metrics))
                .over(Arc::clone(&network))
                .during(Arc::clone(&tenure)),
            started: network.now(),
            recorder: Recorder::new(config.store.keep_questions, Arc::clone(&metrics)),
            metrics,
            throttle: Throttle::new(config.limits),
            answered: Answered::default(),
            seen: Seen::default(),
            feedback: Mutex::default(),
            workers: Workers::new(),
            sources: DueSources::new(),
            forum_events: ForumEvents::default(),
            gate_events: GateEvents::default(),
            attachments: Attachments::new(Arc::clone(&network), config.api_base.clone())?,
            fetcher: pace::with_shared_pace(fetcher, articles.store()),
            articles,
            handle,
            me: SetOnce::new(),
            application: SetOnce::new(),
            pending: Pending::default(),
            registered: AtomicBool::new(false),
            known_servers: Mutex::default(),
            command_ids: Mutex::default(),
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

    /// Answers an interaction.
    pub(super) async fn interaction(
        &self,
        interaction: &IncomingInteraction,
        first: &FirstResponse,
    ) {
        let arrived = Instant::now();
        if !self.servers.allow(interaction.server) || !self.seen.is_first(interaction.id) {
            return;
        }
        let requester = Requester {
            member: interaction.member,
            server: interaction.server,
            channel: interaction.channel,
            autocomplete: matches!(interaction.action, Action::Autocomplete { .. }),
        };
        let helpers = self.known(interaction.server).helpers;
        let request =
            interaction.request(self.status(interaction.server), self.command_ids(), helpers);
        let who = (requester, interaction.reader());
        let settings = self.articles.settings(interaction.server).await;
        let mut job = Job::new(
            request,
            settings,
            who,
            interaction.id,
            (arrived, INTERACTION_TIMEOUT),
        );
        let Some(_slot) = self.slot(interaction, first, &mut job).await else {
            return job.busy(&self.metrics);
        };
        let (response, micros) = match self.throttle.check(requester) {
            Ok(()) => self.consider(&job).await,
            Err(seconds) => (rate_limited(&job.request, seconds), 0),
        };
        if let Reply::Perform(effect) = &response.reply
            && !effect.only_shows()
            && !self.articles.take_once(interaction.id).await
        {
            return info!(id = %job.id, "an interaction arrived again, and had its effect before");
        }
        if matches!(&response.reply, Reply::Perform(effect) if effect.is_slow()) {
            let way = (interaction, first);
            return self.slow(way, &mut job, response, micros).await;
        }
        let response = self.performed(response, &job).await;
        let delivery = Delivery::new(&self.rest, &job).first(first);
        let delivered = delivery.call_back(interaction, &response).await;
        if delivered.is_ok()
            && interaction.in_text_channel
            && self.opens_threads(&job)
            && matches!(interaction.action, Action::Command { .. })
            && let Some(question) = response.shown_question()
            && let Some(thread) = delivery
                .open_thread_on_response(interaction, question)
                .await
        {
            self.last_questions.set_in_thread(thread, question);
        }
        self.finish(&job, &response, micros, &delivered);
    }

    /// A slot for an interaction. A member who was told to wait gets one later, or an apology.
    async fn slot(
        &self,
        interaction: &IncomingInteraction,
        first: &FirstResponse,
        job: &mut Job,
    ) -> Option<OwnedSemaphorePermit> {
        let can_be_deferred = first.as_body().is_some() && !job.requester.autocomplete;
        let slot = if can_be_deferred {
            self.throttle.acquire_within(SLOW_TIMEOUT).await
        } else {
            self.throttle.acquire().await
        };
        if first.is_deferred() {
            job.extend(SLOW_TIMEOUT);
            if slot.is_none() {
                let apology = failed(&job.request, &job.id);
                let delivery = Delivery::new(&self.rest, job).first(first);
                // It is logged that there was no slot.
                let _ = delivery.fill_in(interaction, &apology).await;
            }
        }
        slot
    }

    /// Performs an effect that takes longer than Discord waits for a response. The member sees that the bot is thinking.
    async fn slow(
        &self,
        (interaction, first): (&IncomingInteraction, &FirstResponse),
        job: &mut Job,
        response: Response,
        micros: u64,
    ) {
        let delivery = Delivery::new(&self.rest, job).first(first);
        let deferred = delivery.defer(interaction).await;
        if deferred.is_err() {
            return self.finish(job, &response, micros, &deferred);
        }
        job.extend(SLOW_TIMEOUT);
        let response = self.performed(response, job).await;
        job.extend(SHOW_TIMEOUT);
        let delivery = Delivery::new(&self.rest, job).first(first);
        let delivered = delivery.fill_in(interaction, &response).await;
        self.finish(job, &response, micros, &delivered);
    }

    /// Answers a message, if it contains a question for the bot.
    pub(super) async fn message(&self, message: &IncomingMessage, pending: PendingRequest) {
        if !self.servers.allow(message.server) {
            return;
        }
        let me = Me {
            user: *self.me.wait().await,
            role: self.known(message.server).role,
        };
        let asked = match message.addressed(me) {
            Some(Addressed::Bot) => Some(message.asked(me, Addressed::Bot)),
            Some(Addressed::Anyone | Addressed::Post) => {
                // Nobody waits for the answer.
                drop(pending);
                self.unasked(message, me).await
            }
            None => None,
        };
        let Some(asked) = asked else {
            return;
        };
        if self.throttle.is_forbidden(message.channel) {
            return;
        }
        let question = asked.question().unwrap_or_default().to_owned();
        let is_unasked = asked.is_unasked();
        let arrived = Instant::now();
        let settings = self.articles.settings(message.server).await;
        let reader = self.readers(message).await;
        let job = self.job(message, me, asked, (settings, reader, arrived));
        let Some(_slot) = self.throttle.acquire().await else {
            return job.busy(&self.metrics);
        };
        let Some(mut answered) = self.answered.lock(message.id).await else {
            return;
        };
        if !self.is_due(message, &question, &answered) {
            return;
        }
        answered.question = Some(question);
        let (response, micros) = match self.throttle.check(job.requester) {
            Ok(()) => self.respond(&job).await,
            Err(_) if is_unasked => return,
            Err(_) if !self.throttle.may_warn(message.author) => return,
            Err(seconds) => (rate_limited(&job.request, seconds), 0),
        };
        let answers = response.card().is_some() && answered.answer.is_none();
        if is_unasked && answers && !self.throttle.may_answer_unasked(message.author) {
            return job.withheld(&self.metrics);
        }
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
            return delivery.edit(answer, card).await;
        }
        let thread = self.thread_for(job, &delivery, message, card).await;
        let answer = delivery
            .reply(message, thread, card)
            .await
            .inspect_err(|error| {
                if error.is_forbidden() {
                    self.throttle.forbid(message.channel);
                }
            })?;
        answered.answer = answer;
        if let Some(answer) = answer
            && message.edit.is_some()
        {
            // If another process answered the message before it was edited, or the response to that answer was lost,
            // Discord has returned that answer: a message is answered once.
            return delivery.edit(answer, card).await;
        }
        Ok(())
    }

    /// Opens a thread for the answer to a message, where answers get one.
    async fn thread_for(
        &self,
        job: &Job,
        delivery: &Delivery<'_>,
        message: &IncomingMessage,
        card: &Card,
    ) -> Option<u64> {
        let question = card.question()?;
        if job.is_unasked() || !self.opens_threads(job) {
            return None;
        }
        let opened = delivery.open_thread(message.channel, message.id, question);
        let thread = opened.await?;
        self.last_questions.set_in_thread(thread, question);
        Some(thread)
    }

    /// Whether an answer in a channel gets a thread of its own. Discord refuses one in a thread that the bot does not know.
    fn opens_threads(&self, job: &Job) -> bool {
        let Requester {
            server, channel, ..
        } = job.requester;
        job.settings
            .threads
            .unwrap_or(self.config.answer_in_threads)
            && server.is_some_and(|server| !self.channels.is_thread(server, channel))
    }

    /// Logs and counts a request after its answer was sent, or could not be.
    fn finish(
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

    fn job(
        &self,
        message: &IncomingMessage,
        me: Me,
        asked: Asked,
        (settings, reader, arrived): (Arc<Settings>, Reader, Instant),
    ) -> Job {
        let question_before = self.question_before(message, me);
        let requester = Requester {
            member: message.author,
            server: message.server,
            channel: message.channel,
            autocomplete: false,
        };
        let request = Request {
            action: match asked {
                Asked::Question { text, addressed } => Action::Question { text, addressed },
                Asked::Withheld { question } => Action::WithheldReply { question },
            },
            locale: self.known(message.server).locale,
            channel: match message.server {
                Some(_) => ChannelKind::Server,
                None => ChannelKind::DirectMessage,
            },
            member: message.author,
            status: self.status(message.server),
            context: Context {
                server_locale: None,
                command_ids: self.command_ids(),
                is_moderator: false,
                helpers: self.known(message.server).helpers,
                manages_threads: false,
                question_before,
                manages_server: false,
                ..Context::default()
            },
        };
        let who = (requester, reader);
        Job::new(
            request,
            settings,
            who,
            message.id,
            (arrived, MESSAGE_TIMEOUT),
        )
    }

    /// Who reads the answer to a message: everyone in the channel.
    async fn readers(&self, message: &IncomingMessage) -> Reader {
        let parent = self.parent(message).await;
        Reader {
            roles: Vec::new(),
            channels: iter::once(message.channel).chain(parent).collect(),
        }
    }

    /// What the channel of a message is in. Discord does not say it with a message, and it matters only where some articles
    /// are for certain channels: there, Discord is asked once.
    async fn parent(&self, message: &IncomingMessage) -> Option<u64> {
        let (server, channel) = (message.server?, message.channel);
        if let Some(Parent(parent)) = self.channels.parent(server, channel) {
            return parent;
        }
        if !self.articles.gates_channels(server).await {
            return None;
        }
        self.parent_of(server, channel).await
    }

    /// What a channel is in. Discord is asked once.
    pub(super) async fn parent_of(&self, server: u64, channel: u64) -> Option<u64> {
        if let Some(Parent(parent)) = self.channels.parent(server, channel) {
            return parent;
        }
        let _one_at_a_time = self.channels.lookup(channel).await;
        if let Some(Parent(parent)) = self.channels.parent(server, channel) {
            return parent;
        }
        let found = self.look_up(channel).await?;
        self.channels.set_parent(channel, found.parent);
        found.parent
    }

    /// The question that a message may refer to.
    fn question_before(&self, message: &IncomingMessage, me: Me) -> Option<String> {
        let replied_to = message.card_question(me).map(str::to_owned);
        replied_to.or_else(|| {
            let asker = Asker {
                channel: message.channel,
                member: message.author,
            };
            let is_thread = message
                .server
                .is_none_or(|server| self.channels.is_thread(server, message.channel));
            self.last_questions.get(asker, is_thread)
        })
    }

    /// The response, and the microseconds that it took. A panic in the core costs this one answer only.
    pub(super) async fn answer(&self, job: &Job) -> (Response, u64) {
        let server = job.requester.server;
        let engine = self.articles.engine(server, &job.reader, &self.workers);
        let engine = engine.await;
        let answered = self.answer_from(&engine, job).await;
        if job.reader.roles.is_empty() || !job.is_read_by_everyone(&answered.0) {
            return answered;
        }
        // What everyone reads must not contain what only some may see.
        let everyone = job.reader.everyone();
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

    fn status(&self, server: Option<u64>) -> Status {
        Status {
            uptime: self.start.elapsed().as_secs(),
            latency: self.latencies.of(server),
        }
    }

    /// Remembers what a server's event says.
    pub(super) async fn guild(&self, guild: &Guild) {
        if !self.servers.allow(Some(guild.id)) {
            return;
        }
        let me = *self.me.wait().await;
        self.remember(guild, me);
        self.articles.set_present(guild.id, true).await;
    }

    /// The channel of the helpers, whose server is known from its events.
    pub(super) fn helpers_channel(&self) -> Option<u64> {
        self.config.helpers.channel
    }

    pub(super) fn remember(&self, guild: &Guild, me: u64) {
        let mut roles = guild.bot_roles.iter();
        let mut servers = lock(&self.known_servers);
        let earlier = servers.get(&guild.id).copied().unwrap_or_default();
        let known = KnownServer {
            locale: Locale::from_code(&guild.preferred_locale),
            role: roles.find(|(_, bot)| *bot == me).map(|(role, _)| *role),
            helpers: self.helpers_of(guild, earlier.helpers),
        };
        servers.insert(guild.id, known);
    }

    /// The helpers that belong to a server. An event that lists no channels leaves `earlier` in place.
    fn helpers_of(&self, guild: &Guild, earlier: Helpers) -> Helpers {
        let Helpers {
            channel,
            role,
            ping,
        } = self.config.helpers;
        Helpers {
            channel: match &guild.channels {
                Some(known) => channel.filter(|id| known.iter().any(|it| it.id == *id)),
                None => earlier.channel,
            },
            role: role.filter(|id| guild.roles.contains(id)),
            ping,
        }
    }

    /// The helpers of a server, as the host has set them.
    pub(super) fn host_helpers(&self, server: u64) -> Helpers {
        self.known(Some(server)).helpers
    }

    /// What is known of a server; the default in direct messages.
    fn known(&self, server: Option<u64>) -> KnownServer {
        let known = lock(&self.known_servers);
        server
            .and_then(|server| known.get(&server).copied())
            .unwrap_or_default()
    }

    /// What is known of some servers, for the next start or another process.
    pub(super) fn kept_servers(&self, of: impl Fn(u64) -> bool) -> BTreeMap<u64, KeptServer> {
        let known = lock(&self.known_servers);
        let known = known.iter().filter(|(id, _)| of(**id));
        let kept = known.map(|(id, server)| {
            let server = KeptServer {
                locale: server.locale.code().to_owned(),
                role: server.role,
                helpers: (server.helpers.channel, server.helpers.role),
            };
            (*id, server)
        });
        kept.collect()
    }

    /// Remembers what an earlier process knew of servers.
    pub(super) fn restore_servers(&self, kept: BTreeMap<u64, KeptServer>) {
        let known = kept.into_iter().map(|(id, server)| {
            let (channel, role) = server.helpers;
            let known = KnownServer {
                locale: Locale::from_code(&server.locale),
                role: server.role,
                helpers: Helpers {
                    channel,
                    role,
                    ping: self.config.helpers.ping,
                },
            };
            (id, known)
        });
        lock(&self.known_servers).extend(known);
    }

    pub(super) fn set_command_ids(&self, ids: CommandIds) {
        *lock(&self.command_ids) = ids;
    }

    fn command_ids(&self) -> CommandIds {
        lock(&self.command_ids).clone()
    }

    /// Deletes the answer to a message that was deleted: it would show the question on.
    pub(super) async fn deleted(&self, message: u64) {
        let Some(answer) = self.answered.take_answer(message).await else {
            return;
        };
        let Answer { channel, message } = answer;
        let route = Route::ChannelMessage { channel, message };
        let deadline = Instant::now() + MESSAGE_TIMEOUT;
        match self.rest.call(&Call::delete(route), deadline).await {
            Ok(_) => info!("an answer was deleted with its question"),
            // It has been deleted, too.
            Err(error) if error.status() == 404 => {}
            Err(error) => warn!("cannot delete the answer to a deleted question: {error}"),
        }
    }

    /// Whether a message still needs an answer. A new message does unless it was answered. An edited one does if its
    /// question has changed and it was edited in time.
    fn is_due(&self, message: &IncomingMessage, question: &str, answered: &Slot) -> bool {
        match (&answered.question, message.edit) {
            (known, None) => known.is_none(),
            (_, Some(edit)) if edit.after > EDITABLE => false,
            (Some(known), Some(_)) => known != question,
            (None, Some(edit)) => self.is_recent(edit.at),
        }
    }

    /// Whether an edit of a message that is not remembered may be new. Discord sends an edited message again, however
    /// old it is, when somebody pins it or opens a thread on it.
    fn is_recent(&self, edit: SystemTime) -> bool {
        // What this process has answered since then, it remembers. What was edited before it started, another process
        // may have answered.
        let remembered = self.network.now().checked_sub(REMEMBERED);
        let mine = self.started.checked_sub(EDITABLE);
        edit >= remembered.max(mine).unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

fn asker(job: &Job) -> Asker {
    Asker {
        channel: job.requester.channel,
        member: job.requester.member,
    }
}
