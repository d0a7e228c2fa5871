//! The forms in which members add articles of the server: a text, from nothing or from a message ("Add to articles"), or files.

use super::{Command, rate_limited, refuse};
use crate::limits::{cut_plain, length};
use crate::locale::FluentValue;
use crate::teaching::TITLE;
use crate::{
    Access, Addition, Arguments, ArticleDraft, ArticleKey, Card, CommandKind, ComponentId,
    Definition, Effect, Form, FormField, FormInput, FormValues, MAX_ARTICLE_BYTES, MAX_ARTICLES,
    MAX_FILES, MAX_GATES, MAX_PINNED, MAX_SERVER_BYTES, MAX_SOURCES, MESSAGE, Origin, Refusal,
    Request, RequestOutcome, Response, TeachingError, Tone,
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
/// The files, in the form to add articles.
pub const FILES_FIELD: &str = "files";
/// The address of a page, in that form.
pub const ADDRESS_FIELD: &str = "address";
/// Characters of an address.
const ADDRESS: usize = 1_000;

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

/// Opens the form to upload files, or to name the address of a page.
pub(super) fn upload_form(request: &Request) -> Response {
    let label = |id: &str| request.locale.text(id);
    let files = FormInput::File { most: MAX_FILES };
    let address = FormInput::line("", ADDRESS);
    let form = Form::new(ComponentId::AddArticles, &label("add-articles"))
        .field(
            FormField::new(FILES_FIELD, &label("add-files"), files)
                .described(&label("add-files-hint"))
                .optional(),
        )
        .field(
            FormField::new(ADDRESS_FIELD, &label("add-address"), address)
                .described(&label("add-address-hint"))
                .optional(),
        );
    Response::form(form)
}

/// Takes the files that were uploaded, or the address.
pub(crate) fn add(request: &Request, values: &FormValues) -> Response {
    if !request.context.manages_server {
        return refuse(request, Refusal::NotManager);
    }
    let addition = match (values.files(FILES_FIELD), values.text(ADDRESS_FIELD)) {
        ([], Some(address)) => Addition::Page(address.to_owned()),
        (files @ [_, ..], None) => Addition::Files(files.to_vec()),
        _ => return refuse(request, Refusal::FilesOrAddress),
    };
    Response::perform(Effect::Prepare(addition))
}

/// Takes the text that was entered.
pub(crate) fn write(
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
    Response::perform(Effect::Prepare(Addition::Written(ArticleDraft {
        origin,
        edited,
        ..ArticleDraft::new(title, text)
    })))
}

/// Says why nothing has changed.
pub(super) fn not_done(request: &Request, error: TeachingError) -> Response {
    let megabytes = |bytes: u64| FluentValue::from(bytes >> 20);
    let (id, number) = match error {
        TeachingError::TooMany => ("teaching-too-many", FluentValue::from(MAX_ARTICLES)),
        TeachingError::ArticleTooLarge => ("teaching-too-large", megabytes(MAX_ARTICLE_BYTES)),
        TeachingError::ServerFull => ("teaching-server-full", megabytes(MAX_SERVER_BYTES)),
        TeachingError::TooManyGates => ("teaching-too-many-gates", FluentValue::from(MAX_GATES)),
        TeachingError::TooManyPinned => ("too-many-chosen", FluentValue::from(MAX_PINNED)),
        TeachingError::TooManySources => ("too-many-sources", FluentValue::from(MAX_SOURCES)),
        TeachingError::SourceIsThere => ("source-is-there", FluentValue::None),
        TeachingError::NoMessageContent => ("forum-no-content", FluentValue::None),
        TeachingError::ForumHidden => ("forum-hidden", FluentValue::None),
        TeachingError::TooFast(seconds) => return rate_limited(request, seconds),
        TeachingError::DiskFull => ("teaching-disk-full", FluentValue::None),
        TeachingError::Unavailable => ("teaching-unavailable", FluentValue::None),
    };
    let text = request.locale.text_with(id, &[("limit", number)]);
    let outcome = match error {
        TeachingError::DiskFull | TeachingError::Unavailable => RequestOutcome::Failed,
        _ => RequestOutcome::Shown,
    };
    Response::ephemeral(Card::new(Tone::Unsure).paragraph(&text), outcome)
}
