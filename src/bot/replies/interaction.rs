//! Responds to interactions: at once or deferred, by a request or in the response to Discord's own. Where Discord refuses one form,
//! another is tried.

use crate::bot::decode::{IncomingInteraction, id};
use crate::bot::replies::delivery::Delivery;
use crate::bot::replies::first_response::Body;
use crate::bot::replies::refusals::{
    DeliveryError, code, is_deleted, is_malformed, is_refused_here,
};
use crate::bot::rest::{Call, CallError, Route};
use pullquote_cards::{Card, Format, Payload, Reply, Response, Visibility, failed};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::warn;

/// Discord accepts follow-ups once it has read the response that they follow. This is the delay between tries.
const FOLLOW_UP_DELAY: Duration = Duration::from_millis(100);
/// How often to wait for that.
const FOLLOW_UP_WAITS: u32 = 20;
/// How long follow-ups may take at least, where the response said that they come.
const FOLLOW_UP_TIMEOUT: Duration = Duration::from_secs(15);

impl Delivery<'_> {
    /// Responds to an interaction. Falls back to plain text without `Embed Links`, and to an apology where Discord
    /// rejects the response itself.
    pub(crate) async fn call_back(
        &self,
        to: &IncomingInteraction,
        response: &Response,
    ) -> Result<(), DeliveryError> {
        if let Some(body) = self.first.as_body() {
            return self.respond_in(body, to, response).await;
        }
        let sent = self.try_call_back(to, &response.reply, Format::Embed).await;
        let error = match sent {
            Ok(()) if response.reply == Reply::Delete => return self.delete(to).await,
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        match error.code() {
            code::UNKNOWN_INTERACTION => return Err(DeliveryError::Expired),
            code::ALREADY_ACKNOWLEDGED => {
                return match error {
                    // An earlier try succeeded, but its response was lost.
                    CallError::Rejected { tries: 2.., .. } => Ok(()),
                    _ => Err(DeliveryError::AlreadyAnswered),
                };
            }
            _ if !(400..500).contains(&error.status()) || error.status() == 429 => {
                return Err(error.into());
            }
            _ if is_refused_here(&error) && !is_private(&response.reply) => {
                return self.answer_alone(to, &response.reply, error).await;
            }
            code::MISSING_PERMISSIONS => {
                let missing = DeliveryError::Permission {
                    permission: needed(&response.reply),
                    channel: to.channel,
                };
                warn!(id = %self.job.id, "{missing}: answering in plain text");
                let plain = self.plain_reply(&response.reply);
                return Ok(self.try_call_back(to, &plain, Format::PlainText).await?);
            }
            _ => {}
        }
        self.log_rejected(error);
        let apology = failed(&self.job.request, &self.job.id).reply;
        Ok(self.try_call_back(to, &apology, Format::Embed).await?)
    }

    /// Responds to an interaction whose public response was refused: only the member sees it.
    async fn answer_alone(
        &self,
        to: &IncomingInteraction,
        reply: &Reply,
        error: CallError,
    ) -> Result<(), DeliveryError> {
        let reason = DeliveryError::refused(error, to.channel);
        let (Reply::Message { card, .. } | Reply::Update(card)) = reply else {
            return Err(reason);
        };
        let reply = Reply::Message {
            card: card.clone(),
            visibility: Visibility::Ephemeral,
        };
        if matches!(reason, DeliveryError::MessageDeleted) {
            self.log_deleted();
        } else {
            warn!(id = %self.job.id, "{reason}. Until then, only the member sees the answer");
        }
        let sent = self.try_call_back(to, &reply, Format::Embed).await;
        sent.map_err(|error| DeliveryError::refused(error, to.channel))
    }

    /// Responds to an interaction that came over HTTP. A file cannot be part of that response, so it follows.
    async fn respond_in(
        &self,
        body: &Body,
        to: &IncomingInteraction,
        response: &Response,
    ) -> Result<(), DeliveryError> {
        if body.is_deferred() {
            return self.fill_in(to, response).await;
        }
        let Some(payload) = Payload::callback(&response.reply, Format::Embed) else {
            return Ok(());
        };
        let announcement =
            Payload::announcement(&response.reply).filter(|_| payload.file.is_some());
        if !body.send(announcement.as_ref().unwrap_or(&payload)) {
            // It may have been deferred this moment.
            if body.is_deferred() {
                return self.fill_in(to, response).await;
            }
            return Err(DeliveryError::Expired);
        }
        if response.reply == Reply::Delete {
            return self.delete(to).await;
        }
        match announcement {
            Some(_) => self.fill_in(to, response).await,
            None => Ok(()),
        }
    }

    /// Tells Discord that the response will take longer than it waits. Only the member sees it.
    pub(crate) async fn defer(&self, to: &IncomingInteraction) -> Result<(), DeliveryError> {
        if let Some(body) = self.first.as_body() {
            return body.defer().then_some(()).ok_or(DeliveryError::Expired);
        }
        let deferred = self
            .call(&Call::post(callback(to), &Payload::deferral()))
            .await;
        match deferred {
            Err(error) if error.code() == code::UNKNOWN_INTERACTION => Err(DeliveryError::Expired),
            deferred => Ok(deferred.map(drop)?),
        }
    }

    /// Shows the response that was deferred. Where Discord rejects it, an apology.
    pub(crate) async fn fill_in(
        &self,
        to: &IncomingInteraction,
        response: &Response,
    ) -> Result<(), DeliveryError> {
        let (application, token) = (to.application, to.token.as_str());
        let original = Route::OriginalResponse { application, token };
        let Some(card) = response.card() else {
            return Ok(());
        };
        let payload = Payload::edit(card, Format::Embed);
        let Err(error) = self.follow_up(&Call::patch(original, &payload)).await else {
            return Ok(());
        };
        if is_deleted(&error) {
            self.log_deleted();
            return Ok(());
        }
        if !is_malformed(&error) {
            return Err(DeliveryError::refused(error, to.channel));
        }
        self.log_rejected(error);
        let apology = failed(&self.job.request, &self.job.id);
        let apology = apology.card().unwrap_or(card);
        let payload = Payload::edit(apology, Format::Embed);
        self.follow_up(&Call::patch(original, &payload)).await?;
        Ok(())
    }

    /// Deletes the message whose component was used, after Discord was told that something will happen to it. If that
    /// fails, the member gets an apology. This way needs no permission and works in channels that the bot is not in.
    async fn delete(&self, to: &IncomingInteraction) -> Result<(), DeliveryError> {
        let (application, token) = (to.application, to.token.as_str());
        let original = Route::OriginalResponse { application, token };
        let Err(error) = self.follow_up(&Call::delete(original)).await else {
            return Ok(());
        };
        if is_deleted(&error) {
            self.log_deleted();
            return Ok(());
        }
        let apology = failed(&self.job.request, &self.job.id);
        if let Some(card) = apology.card() {
            let payload = Payload::message(card, Format::Embed).ephemeral();
            let follow_ups = Route::FollowUps { application, token };
            self.follow_up(&Call::post(follow_ups, &payload)).await?;
        }
        Err(error.into())
    }

    async fn try_call_back(
        &self,
        to: &IncomingInteraction,
        reply: &Reply,
        look: Format,
    ) -> Result<(), CallError> {
        let Some(payload) = Payload::callback(reply, look) else {
            return Ok(());
        };
        self.call(&Call::post(callback(to), &payload))
            .await
            .map(drop)
    }

    /// Opens a thread on the response to a command.
    pub(crate) async fn open_thread_on_response(
        &self,
        to: &IncomingInteraction,
        name: &str,
    ) -> Option<u64> {
        let (application, token) = (to.application, to.token.as_str());
        let original = Route::OriginalResponse { application, token };
        let message = self.follow_up(&Call::get(original)).await.ok()?;
        self.open_thread(to.channel, id(&message["id"])?, name)
            .await
    }

    /// A request after the first response. Over HTTP, Discord may not have read that yet.
    async fn follow_up(&self, call: &Call<'_>) -> Result<serde_json::Value, CallError> {
        if self.first.as_body().is_none() {
            return self.call(call).await;
        }
        let deadline = self.job.deadline.max(Instant::now() + FOLLOW_UP_TIMEOUT);
        let mut waits = 0;
        loop {
            match self.rest.call(call, deadline).await {
                Err(error) if error.code() == code::UNKNOWN_WEBHOOK && waits < FOLLOW_UP_WAITS => {
                    waits += 1;
                    sleep(FOLLOW_UP_DELAY).await;
                }
                result => return result,
            }
        }
    }

    fn plain_reply(&self, reply: &Reply) -> Reply {
        let shown = |card: &Card| Box::new(self.shown(card, Format::PlainText));
        match reply {
            Reply::Message { card, visibility } => Reply::Message {
                card: shown(card),
                visibility: *visibility,
            },
            Reply::Update(card) => Reply::Message {
                card: shown(card),
                visibility: Visibility::Ephemeral,
            },
            other => other.clone(),
        }
    }
}

/// What an embed needs, of which at least one is missing where Discord refuses it. It does not say which.
fn needed(reply: &Reply) -> &'static str {
    match reply {
        Reply::Message { card, .. } | Reply::Update(card) if card.attachment().is_some() => {
            "Embed Links` or `Attach Files"
        }
        _ => "Embed Links",
    }
}

/// Whether only the member sees it anyway.
fn is_private(reply: &Reply) -> bool {
    let private = Visibility::Ephemeral;
    matches!(reply, Reply::Message { visibility, .. } if *visibility == private)
}

/// Where the first response to an interaction goes.
fn callback(to: &IncomingInteraction) -> Route<'_> {
    Route::InteractionCallback {
        interaction: to.id,
        token: &to.token,
    }
}
