//! Messages, from a question to the answer that the channel sees.

use crate::bot::bot::Bot;
use crate::bot::decode::{Asked, IncomingMessage, Me};
use crate::bot::replies::delivery::Delivery;
use crate::bot::replies::refusals::DeliveryError;
use crate::bot::requests::answered::Slot;
use crate::bot::requests::channels::Parent;
use crate::bot::requests::job::Job;
use crate::bot::requests::last_questions::Asker;
use crate::bot::requests::lookup;
use crate::bot::requests::pending::PendingRequest;
use crate::bot::requests::throttle::Requester;
use pullquote_cards::{
    Action, Addressed, Card, ChannelKind, Context, Reply, Request, Response, Settings, Viewer,
    rate_limited,
};
use std::iter;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long the answer to a message may take; later, nobody expects it any more.
const TIMEOUT: Duration = Duration::from_secs(15);

impl Bot {
    /// Answers a message, if it contains a question for the bot.
    pub(super) async fn message(
        self: &Arc<Self>,
        message: &IncomingMessage,
        pending: PendingRequest,
    ) {
        if !self.servers.allow(message.server) {
            return;
        }
        let me = Me {
            user: self.identity.user().await,
            role: self.servers.known(message.server).role,
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
        let viewer = self.viewer(message).await;
        let job = self.job(message, me, asked, (settings, viewer, arrived));
        let Some(_slot) = self.throttle.acquire().await else {
            return job.busy(&self.metrics);
        };
        let Some(mut answered) = self.answered.lock(message.id).await else {
            return;
        };
        if !self.answered.is_due(message, &question, &answered) {
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

    fn job(
        &self,
        message: &IncomingMessage,
        me: Me,
        asked: Asked,
        (settings, viewer, arrived): (Arc<Settings>, Viewer, Instant),
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
            locale: self.servers.known(message.server).locale,
            channel: match message.server {
                Some(_) => ChannelKind::Server,
                None => ChannelKind::DirectMessage,
            },
            member: message.author,
            status: self.status(message.server),
            context: Context {
                server_locale: None,
                command_ids: self.identity.command_ids(),
                is_moderator: false,
                helpers: self.servers.known(message.server).helpers,
                manages_threads: false,
                question_before,
                manages_server: false,
                ..Context::default()
            },
        };
        let who = (requester, viewer);
        Job::new(request, settings, who, message.id, (arrived, TIMEOUT))
    }

    /// Who reads the answer to a message: everyone in the channel.
    async fn viewer(&self, message: &IncomingMessage) -> Viewer {
        let parent = self.parent(message).await;
        Viewer {
            roles: Vec::new(),
            channels: iter::once(message.channel).chain(parent).collect(),
        }
    }

    /// What the channel of a message is in. Discord does not say it with a message, and it matters only where some articles
    /// are for certain channels: there, Discord is asked once.
    async fn parent(&self, message: &IncomingMessage) -> Option<u64> {
        let (server, channel) = (message.server?, message.channel);
        let channels = &self.servers.channels;
        if let Some(Parent(parent)) = channels.parent(server, channel) {
            return parent;
        }
        if !self.articles.gates_channels(server).await {
            return None;
        }
        lookup::parent(&self.rest, channels, server, channel).await
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
                .is_none_or(|server| self.servers.channels.is_thread(server, message.channel));
            self.last_questions.get(asker, is_thread)
        })
    }
}
