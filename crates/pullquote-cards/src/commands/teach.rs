//! Adding an article of the server: its form, from nothing or from a message ("Add to articles"), and what was understood.

use super::{Command, refuse};
use crate::limits::{cut_plain, length};
use crate::locale::FluentValue;
use crate::teaching::TITLE;
use crate::{
    Access, Arguments, ArticleDraft, ArticleKey, Block, Card, CommandKind, ComponentId, Definition,
    Effect, Form, FormField, FormInput, FormValues, MAX_ARTICLE_BYTES, MAX_ARTICLES,
    MAX_SERVER_BYTES, MESSAGE, Origin, Refusal, Request, RequestOutcome, Response, Run,
    TeachingError, Tone, Understood,
};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "Add to articles",
        id: "command-teach",
        kind: CommandKind::Message,
        access: Access::Manager,
        options: &[],
    },
    run,
};

/// Characters of a text that a form takes.
pub(super) const TEXT: usize = 4_000;
/// Ids of the form's fields.
const TITLE_FIELD: &str = "title";
const TEXT_FIELD: &str = "content";

fn run(_: &Engine, request: &Request, arguments: &Arguments) -> Response {
    if !request.context.manages_server {
        return refuse(request, Refusal::NotManager);
    }
    let Some(text) = arguments.text(MESSAGE) else {
        return refuse(request, Refusal::NoText);
    };
    let title = text.lines().next().unwrap_or_default();
    let title = title.trim_start_matches(['#', '*', '_', '>', '-', ' ']);
    let title = title.trim_end_matches(['*', '_', ' ']);
    let origin = request.context.target;
    form(request, ComponentId::WriteArticle { origin }, title, text)
}

/// Opens the form.
pub(super) fn form(request: &Request, id: ComponentId, title: &str, text: &str) -> Response {
    let locale = request.locale;
    let name = match id {
        ComponentId::EditArticle { .. } => "edit-article",
        _ => "write-article",
    };
    let label = |id: &str| locale.text(id);
    let title = FormInput::line(&cut_plain(title, TITLE), TITLE);
    let text = FormInput::paragraph(text, TEXT);
    let form = Form::new(id, &label(name))
        .field(
            FormField::new(TITLE_FIELD, &label("article-title"), title)
                .described(&label("article-title-hint")),
        )
        .field(
            FormField::new(TEXT_FIELD, &label("article-text"), text)
                .described(&label("article-text-hint")),
        );
    Response::form(form)
}

/// Takes what was entered in the form.
pub(crate) fn keep(
    request: &Request,
    values: &FormValues,
    origin: Option<Origin>,
    edited: Option<ArticleKey>,
) -> Response {
    if !request.context.manages_server {
        return refuse(request, Refusal::NotManager);
    }
    let (Some(title), Some(text)) = (values.text(TITLE_FIELD), values.text(TEXT_FIELD)) else {
        return refuse(request, Refusal::NothingEntered);
    };
    if length(title) > TITLE || length(text) > TEXT {
        return refuse(request, Refusal::NothingEntered);
    }
    Response::perform(Effect::Keep(ArticleDraft {
        origin,
        edited,
        ..ArticleDraft::new(title, text)
    }))
}

/// Shows how the article was understood, or why it is not kept.
pub(crate) fn kept(request: &Request, outcome: &Result<Understood, TeachingError>) -> Response {
    let understood = match outcome {
        Ok(understood) => understood,
        Err(error) => return not_done(request, *error),
    };
    let locale = request.locale;
    let id = if understood.replaced {
        "article-replaced"
    } else {
        "article-added"
    };
    let title = || FluentValue::from(understood.title.as_str());
    let said = locale.text_with(
        id,
        &[
            ("title", title()),
            ("passages", FluentValue::from(understood.passages)),
        ],
    );
    let card = Card::new(Tone::Sure).paragraph(&said);
    let card = match &understood.sample {
        Some(sample) => card
            .paragraph(&locale.text_with("article-sample", &[("title", title())]))
            .with(Block::Quote(Run::new(sample))),
        None => card.paragraph(&locale.text_with("article-no-sample", &[("title", title())])),
    };
    Response::ephemeral(card, RequestOutcome::Taught)
}

/// Says why nothing has changed.
pub(super) fn not_done(request: &Request, error: TeachingError) -> Response {
    let megabytes = |bytes: u64| FluentValue::from(bytes >> 20);
    let (id, number) = match error {
        TeachingError::TooMany => ("teaching-too-many", FluentValue::from(MAX_ARTICLES)),
        TeachingError::ArticleTooLarge => ("teaching-too-large", megabytes(MAX_ARTICLE_BYTES)),
        TeachingError::ServerFull => ("teaching-server-full", megabytes(MAX_SERVER_BYTES)),
        TeachingError::Unavailable => ("teaching-unavailable", FluentValue::None),
    };
    let text = request.locale.text_with(id, &[("limit", number)]);
    let outcome = match error {
        TeachingError::Unavailable => RequestOutcome::Failed,
        _ => RequestOutcome::Shown,
    };
    Response::ephemeral(Card::new(Tone::Unsure).paragraph(&text), outcome)
}
