//! Sentences for requests that the bot cannot answer.

use crate::locale::FluentValue;
use crate::{Action, Card, Refusal, Request, RequestOutcome, Response, Tone};

/// Says why a request is refused, only visible to the member.
pub(crate) fn refuse(request: &Request, refusal: Refusal) -> Response {
    let id = match refusal {
        Refusal::TooLong => "refused-too-long",
        Refusal::ArticleChanged => "refused-article-changed",
        Refusal::QuestionGone => "refused-question-gone",
        Refusal::NoText => "refused-no-text",
        Refusal::UnknownComponent => "refused-unknown-component",
        Refusal::UnknownCommand => "refused-unknown-command",
        Refusal::NotOperator => "refused-not-operator",
        Refusal::NotAsker => "refused-not-asker",
        Refusal::NotAuthor => "refused-not-author",
        Refusal::NotManager => "refused-not-manager",
        Refusal::NothingEntered => "refused-nothing-entered",
        Refusal::FilesOrAddress => "refused-files-or-address",
        Refusal::DraftGone => "refused-draft-gone",
        Refusal::OwnArticleGone => "refused-own-article-gone",
        Refusal::TooLateToUndo => "refused-too-late-to-undo",
        Refusal::UnansweredGone => "refused-unanswered-gone",
    };
    let outcome = RequestOutcome::Refused(refusal);
    sentence(request, &request.locale.text(id), outcome)
}

/// Says that the member is over the limit of requests.
pub(crate) fn rate_limited(request: &Request, seconds: u64) -> Response {
    let args = [("seconds", FluentValue::from(seconds))];
    let text = request.locale.text_with("rate-limited", &args);
    sentence(request, &text, RequestOutcome::RateLimited)
}

/// Says that something went wrong, with the id to look for in the log.
pub(crate) fn failed(request: &Request, id: &str) -> Response {
    let args = [("id", FluentValue::from(id))];
    let text = request.locale.text_with("failed", &args);
    sentence(request, &text, RequestOutcome::Failed)
}

/// A sentence that only the member can see. Autocomplete gets no choices instead, because a sentence among
/// them could be picked.
fn sentence(request: &Request, text: &str, outcome: RequestOutcome) -> Response {
    if matches!(request.action, Action::Autocomplete { .. }) {
        let response = Response::choices(Vec::new());
        return Response {
            outcome,
            ..response
        };
    }
    let card = Card::new(Tone::Unsure).paragraph(text);
    Response::ephemeral(card, outcome)
}
