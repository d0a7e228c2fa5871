//! `/knowledge`: for members who manage the server, the articles that the server has added.

use super::about::duration;
use super::managing::{GATED_CHANNELS, back, gate_of, managed, taught, who};
use super::parts::pager;
use super::teach::{TEXT, form, not_done, upload_form};
use super::{Command, refuse, sources, tried};
use crate::limits::length;
use crate::locale::FluentValue;
use crate::{
    Access, Action, Arguments, ArticleKey, Block, Button, ButtonStyle, Card, CommandKind,
    ComponentId, Definition, Effect, FormValues, Locale, MAX_ARTICLES, OptionDefinition,
    OptionKind, OwnArticle, OwnArticles, OwnText, Refusal, Removed, Request, RequestOutcome,
    Response, Run, SUBCOMMAND, SelectMenu, SelectOption, TeachingError, Tone,
};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "knowledge",
        id: "command-knowledge",
        kind: CommandKind::Slash,
        access: Access::Manager,
        options: &[
            OptionDefinition {
                name: "add",
                kind: OptionKind::Subcommand(&[]),
                required: false,
            },
            OptionDefinition {
                name: "write",
                kind: OptionKind::Subcommand(&[OptionDefinition {
                    name: "title",
                    kind: OptionKind::Text(100),
                    required: false,
                }]),
                required: false,
            },
            OptionDefinition {
                name: "forum",
                kind: OptionKind::Subcommand(&[
                    OptionDefinition {
                        name: "channel",
                        kind: OptionKind::Channel(FORUMS),
                        required: true,
                    },
                    OptionDefinition {
                        name: "role",
                        kind: OptionKind::Role,
                        required: false,
                    },
                ]),
                required: false,
            },
            OptionDefinition {
                name: "list",
                kind: OptionKind::Subcommand(&[]),
                required: false,
            },
            OptionDefinition {
                name: "try",
                kind: OptionKind::Subcommand(TRY),
                required: false,
            },
        ],
    },
    run,
};

/// Options of `/knowledge try`.
const TRY: &[OptionDefinition] = &[
    OptionDefinition {
        name: tried::QUESTION,
        kind: OptionKind::Text(1_000),
        required: true,
    },
    OptionDefinition {
        name: tried::ROLE,
        kind: OptionKind::Role,
        required: false,
    },
    OptionDefinition {
        name: tried::CHANNEL,
        kind: OptionKind::Channel(GATED_CHANNELS),
        required: false,
    },
];
/// Articles on a page: one screen of a phone.
const PAGE: usize = 10;
/// Discord's number of forums.
const FORUMS: &[u8] = &[15];
/// Bytes of an article's text that its card shows.
const BEGINNING: usize = 1_500;

fn run(_: &Engine, request: &Request, arguments: &Arguments) -> Response {
    if !request.context.manages_server {
        return refuse(request, Refusal::NotManager);
    }
    match arguments.text(SUBCOMMAND) {
        Some("add") => upload_form(request),
        Some("forum") => sources::forum(request, arguments.id("channel"), arguments.id("role")),
        Some("list") => list(request),
        Some("try") => tried::run(request, arguments),
        Some("write") => {
            let title = arguments.text("title").unwrap_or_default();
            form(
                request,
                ComponentId::WriteArticle { origin: None },
                title,
                "",
            )
        }
        _ => refuse(request, Refusal::UnknownCommand),
    }
}

/// Asks for the server's articles.
pub(super) fn list(request: &Request) -> Response {
    managed(request, Effect::ListArticles)
}

/// Asks for an article, to show it or to edit it.
pub(super) fn open(request: &Request, article: Option<ArticleKey>) -> Response {
    match article {
        Some(article) => managed(request, Effect::ReadArticle { article }),
        None => refuse(request, Refusal::UnknownComponent),
    }
}

/// Takes who may see an article.
pub(crate) fn gate(request: &Request, values: &FormValues, article: ArticleKey) -> Response {
    let gate = gate_of(values);
    managed(request, Effect::Gate { article, gate })
}

/// Shows the article again, with who may see it.
pub(crate) fn gated(
    request: &Request,
    outcome: &Result<Option<OwnText>, TeachingError>,
) -> Response {
    let response = read(request, outcome);
    match outcome {
        Ok(Some(_)) => Response {
            outcome: RequestOutcome::Taught,
            ..response
        },
        _ => response,
    }
}

/// Asks to remove an article.
pub(super) fn remove(request: &Request, article: ArticleKey) -> Response {
    managed(request, Effect::RemoveArticle { article })
}

/// Asks to bring back the article whose path the message shows.
pub(super) fn restore(request: &Request, path: &str, removed_at: u64) -> Response {
    if path.is_empty() && request.context.manages_server {
        return refuse(request, Refusal::OwnArticleGone);
    }
    let path = path.to_owned();
    managed(request, Effect::RestoreArticle { path, removed_at })
}

/// The component that made the request; `None` for a command.
fn pressed(request: &Request) -> Option<ComponentId> {
    match &request.action {
        Action::Component { custom_id, .. } => ComponentId::parse(custom_id),
        _ => None,
    }
}

/// Shows a page of the list: a new message for the command, otherwise in place of what was there.
pub(crate) fn listed(request: &Request, outcome: &Result<OwnArticles, TeachingError>) -> Response {
    let own = match outcome {
        Ok(own) => own,
        Err(error) => return not_done(request, *error),
    };
    match pressed(request) {
        Some(ComponentId::OwnArticles { page }) => {
            Response::update(page_of(request.locale, own, page.into()))
        }
        _ => Response::ephemeral(page_of(request.locale, own, 0), RequestOutcome::Shown),
    }
}

fn page_of(locale: Locale, OwnArticles { articles, sources }: &OwnArticles, page: usize) -> Card {
    let card = Card::new(Tone::Plain).titled(&locale.text("own-articles"));
    if articles.is_empty() && sources.is_empty() {
        return card.paragraph(&locale.text("no-own-articles"));
    }
    let card = match page {
        0 => sources::listed(locale, card, sources),
        _ => card,
    };
    let mut by_title: Vec<&OwnArticle> = articles.iter().collect();
    by_title.sort_by_cached_key(|article| (article.title.to_lowercase(), article.path.clone()));
    let pages = by_title.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let shown = || by_title.iter().skip(page * PAGE).take(PAGE);
    let details = |article: &OwnArticle| {
        let age = duration(locale, article.age);
        let mark = if article.is_gated { " · 🔒" } else { "" };
        format!("{} · {age}{mark}", size(article.bytes))
    };
    let count = [
        ("articles", FluentValue::from(articles.len())),
        ("limit", FluentValue::from(MAX_ARTICLES)),
    ];
    let items = shown().map(|article| {
        let run = Run::default().bold(&article.title).and(" · ");
        Block::Item(run.and(&details(article)))
    });
    let mut card = card
        .paragraph(&locale.text_with("own-articles-count", &count))
        .with_all(items);
    let id = |page| ComponentId::OwnArticles { page };
    let (buttons, line) = pager(locale, page, pages, id);
    if let Some(line) = line {
        card = card.small(&line);
    }
    let options = shown().filter_map(|article| {
        let key = ArticleKey::named(&article.path).to_string();
        SelectOption::new(&article.title, &details(article), &key)
    });
    let menu = SelectMenu::new(
        ComponentId::PickOwnArticle,
        &locale.text("open-article"),
        options.collect(),
    );
    let sources = sources::menu(locale, sources).filter(|_| page == 0);
    card.select(menu).select(sources).buttons(buttons)
}

/// Bytes in a unit that fits, in which the limits are, too.
fn size(bytes: u64) -> String {
    const KILOBYTE: u64 = 1 << 10;
    const MEGABYTE: u64 = 1 << 20;
    match bytes {
        0..KILOBYTE => format!("{bytes} B"),
        KILOBYTE..MEGABYTE => format!("{} kB", bytes.div_ceil(KILOBYTE)),
        _ => format!("{} MB", bytes.div_ceil(MEGABYTE)),
    }
}

/// Shows an article, or opens the form to edit it.
pub(crate) fn read(
    request: &Request,
    outcome: &Result<Option<OwnText>, TeachingError>,
) -> Response {
    let article = match outcome {
        Ok(Some(article)) => article,
        Ok(None) => return refuse(request, Refusal::OwnArticleGone),
        Err(error) => return not_done(request, *error),
    };
    let key = ArticleKey::named(&article.path);
    let parts = article.parts();
    let editable = parts.as_ref().filter(|(_, text)| length(text) <= TEXT);
    let edit = ComponentId::EditArticle { article: key };
    if pressed(request) == Some(edit) {
        return match editable {
            Some((title, text)) => form(request, edit, title, text),
            None => refuse(request, Refusal::OwnArticleGone),
        };
    }
    let locale = request.locale;
    let button = |id: &str, style, component| Button::new(&locale.text(id), style, component);
    let text = parts.as_ref().map_or(&article.content, |(_, text)| text);
    let beginning = crate::limits::cut_lines(text, BEGINNING);
    // An article of a source is as the source has it.
    let is_own = article.source.is_none();
    let edit = editable.map(|_| button("edit", ButtonStyle::Primary, edit));
    let gate = ComponentId::GateArticle { article: key };
    let gate = button("gate", ButtonStyle::Secondary, gate);
    let remove = ComponentId::RemoveArticle { article: key };
    let remove = button("remove", ButtonStyle::Secondary, remove);
    let link = article.link.as_deref();
    let link = link.and_then(|url| Button::link(&locale.text("original"), url));
    let all = [
        edit.filter(|_| is_own),
        Some(gate).filter(|_| is_own),
        Some(remove).filter(|_| is_own),
        Some(back(locale)),
        link,
    ];
    let card = Card::new(Tone::Plain)
        .titled(article.title())
        .with(Block::Paragraph(Run::new(&beginning)))
        .with(Block::Small(who(locale, &article.gate)))
        .buttons(all.into_iter().flatten());
    Response::update(card)
}

/// Says that an article is removed, with a button to bring it back. The card shows its path, by which that finds it.
pub(crate) fn removed(
    request: &Request,
    outcome: &Result<Option<Removed>, TeachingError>,
) -> Response {
    let Removed { path, at } = match outcome {
        Ok(Some(removed)) => removed,
        Ok(None) => return refuse(request, Refusal::OwnArticleGone),
        Err(error) => return not_done(request, *error),
    };
    let locale = request.locale;
    let undo = ComponentId::RestoreArticle { removed_at: *at };
    let undo = Button::new(&locale.text("undo"), ButtonStyle::Primary, undo);
    let card = Card::new(Tone::Plain)
        .with_question(path)
        .paragraph(&locale.text("article-removed"))
        .buttons([undo, back(locale)]);
    taught(card)
}

/// Says whether an article is back.
pub(crate) fn restored(request: &Request, outcome: Result<bool, TeachingError>) -> Response {
    match outcome {
        Ok(true) => {
            let path = match &request.action {
                Action::Component { source, .. } => source.question.as_deref(),
                _ => None,
            };
            let card = Card::new(Tone::Plain)
                .with_question(path.unwrap_or_default())
                .paragraph(&request.locale.text("article-restored"))
                .buttons([back(request.locale)]);
            taught(card)
        }
        Ok(false) => refuse(request, Refusal::TooLateToUndo),
        Err(error) => not_done(request, error),
    }
}
