//! Delivers the response to one request: to an interaction (`interaction.rs`), or as messages (`message.rs`).

use crate::bot::error::error_chain;
use crate::bot::replies::first_response::FirstResponse;
use crate::bot::replies::refusals::DeliveryError;
use crate::bot::requests::job::Job;
use crate::bot::rest::{Call, CallError, Rest};
use pullquote_cards::{Card, Format, Locale};
use tracing::{error, info};

/// Delivers the response to one request.
#[derive(Debug)]
pub(crate) struct Delivery<'a> {
    pub(super) rest: &'a Rest,
    pub(super) job: &'a Job,
    pub(super) first: &'a FirstResponse,
}

impl<'a> Delivery<'a> {
    pub(crate) fn new(rest: &'a Rest, job: &'a Job) -> Self {
        Self {
            rest,
            job,
            first: &FirstResponse::Request,
        }
    }

    /// Delivers the response to an interaction in another way.
    pub(crate) fn first(self, first: &'a FirstResponse) -> Self {
        Self { first, ..self }
    }

    pub(super) async fn call(&self, call: &Call<'_>) -> Result<serde_json::Value, CallError> {
        self.rest.call(call, self.job.deadline).await
    }

    pub(super) fn shown(&self, card: &Card, look: Format) -> Card {
        shown(card, look, self.job.request.locale)
    }

    pub(super) fn log_rejected(&self, error: CallError) {
        error!(id = %self.job.id, "{}", error_chain(&DeliveryError::from(error)));
    }

    pub(super) fn log_deleted(&self) {
        info!(id = %self.job.id, "not sent: the message has been deleted");
    }
}

/// The card. Plain text also says which permission is missing.
pub(super) fn shown(card: &Card, look: Format, locale: Locale) -> Card {
    match look {
        Format::Embed => card.clone(),
        Format::PlainText => card.clone().without_embed_permission(locale),
    }
}
