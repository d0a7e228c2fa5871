//! Interactions, from what a member did to the answer that they see.

use crate::bot::bot::Bot;
use crate::bot::decode::IncomingInteraction;
use crate::bot::replies::delivery::Delivery;
use crate::bot::replies::first_response::FirstResponse;
use crate::bot::requests::job::Job;
use crate::bot::requests::throttle::Requester;
use pullquote_cards::{Action, Reply, Response, failed, rate_limited};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;
use tracing::info;

/// How long an interaction may take. Discord gives up 3 s after it sent the event.
const TIMEOUT: Duration = Duration::from_millis(2_900);
/// How long an interaction may take if its member was told to wait.
const SLOW_TIMEOUT: Duration = Duration::from_secs(90);
/// How long it may take to show what came of that. The interaction's token is good for 15 minutes.
const SHOW_TIMEOUT: Duration = Duration::from_secs(15);

impl Bot {
    /// Answers an interaction.
    pub(super) async fn interaction(
        self: &Arc<Self>,
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
        let helpers = self.servers.known(interaction.server).helpers;
        let request = interaction.request(
            self.status(interaction.server),
            self.identity.command_ids(),
            helpers,
        );
        let who = (requester, interaction.viewer());
        let settings = self.articles.settings(interaction.server).await;
        let mut job = Job::new(request, settings, who, interaction.id, (arrived, TIMEOUT));
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
        self: &Arc<Self>,
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
}
