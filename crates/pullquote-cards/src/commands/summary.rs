//! `/summary`: an article in a few of its own sentences, or what all articles say about a topic.

use super::article::{SUMMARY, title_argument};
use super::sentences::blocks;
use super::{
    ARTICLE, Command, ComponentData, PRIVATE, article_named, article_of, overview, refuse,
    visibility,
};
use crate::component_id::{SummaryLength, Target};
use crate::limits::cut_plain;
use crate::locale::FluentValue;
use crate::places::location_with_page;
use crate::{
    Access, Arguments, ArticleKey, Button, ButtonStyle, Card, CommandKind, ComponentId, Definition,
    OptionDefinition, OptionKind, PassageKey, Refusal, Request, RequestOutcome, Response,
    SelectMenu, SelectOption, Tone, Visibility,
};
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options, Sentence, Summary};

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "summary",
        id: "command-summary",
        kind: CommandKind::Slash,
        access: Access::Everyone,
        options: &[
            ARTICLE,
            OptionDefinition {
                name: "length",
                kind: OptionKind::Choices(&["short", "medium", "long"]),
                required: false,
            },
            OptionDefinition {
                name: "focus",
                kind: OptionKind::Text(200),
                required: false,
            },
            PRIVATE,
        ],
    },
    run,
};

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    let article = match article_named(engine, request, arguments, "article") {
        Ok(article) => article.or_else(|| only_article(engine)),
        Err(response) => return response,
    };
    let length = match arguments.text("length") {
        Some("medium") => SummaryLength::Medium,
        Some("long") => SummaryLength::Long,
        _ => SummaryLength::Short,
    };
    let focus = arguments.text("focus");
    let visibility = visibility(request, arguments);
    let request = &request.seen_by(visibility);
    let card = match (article, focus) {
        (None, None) => overview::card(engine, request, 0),
        _ => card(engine, request, article, focus, length),
    };
    Response::message(card, visibility, RequestOutcome::Shown)
}

fn only_article(engine: &Engine) -> Option<ArticleId> {
    (engine.corpus().article_count() == 1).then_some(ArticleId(0))
}

/// Shows a summary of another length, or an article's first summary.
pub(super) fn resized(
    engine: &Engine,
    request: &Request,
    data: &ComponentData<'_>,
    article: Option<ArticleKey>,
    length: SummaryLength,
    target: Target,
) -> Response {
    let article = match article_of(engine, request, article) {
        Ok(article) => article,
        Err(response) => return response,
    };
    // A new message comes from the card of an article, which shows no focus.
    let shown = Some(data.question).filter(|focus| !focus.is_empty());
    let focus = shown.filter(|_| target == Target::Update);
    if article.is_none() && focus.is_none() {
        return refuse(request, Refusal::QuestionGone);
    }
    let card = card(engine, request, article, focus, length);
    match target {
        Target::NewMessage => Response::message(card, Visibility::Ephemeral, RequestOutcome::Shown),
        Target::Update => Response::update(card),
    }
}

/// A short summary of an article.
pub(super) fn short(engine: &Engine, request: &Request, article: ArticleId) -> Card {
    card(engine, request, Some(article), None, SummaryLength::Short)
}

/// A summary of one article, or of all articles on a focus.
fn card(
    engine: &Engine,
    request: &Request,
    article: Option<ArticleId>,
    focus: Option<&str>,
    size: SummaryLength,
) -> Card {
    let length = match size {
        SummaryLength::Short => Length::Short,
        SummaryLength::Medium => Length::Medium,
        SummaryLength::Long => Length::Long,
    };
    let summary = match (article, focus) {
        (Some(id), _) => engine.summarise(id, &Options { length, focus }),
        (None, focus) => engine.digest(focus.unwrap_or_default(), length),
    };
    let locale = request.locale;
    let mut card = Card::new(Tone::Plain);
    if let Some(focus) = focus {
        card = card.with_question(focus);
    }
    let of = article.map(|id| engine.corpus().article(id));
    if summary.sentences.is_empty() {
        return nothing(engine, request, card, of, focus);
    }
    if let Some(article) = of {
        card = card.titled(&article.meta.title);
    }
    if let Some(opening) = &summary.opening {
        card = card.paragraph(&cut_plain(opening, SUMMARY));
    }
    let note = if summary.whole {
        "summary-complete"
    } else {
        "summary-verbatim"
    };
    let key = article.map(|id| ArticleKey::of(engine.corpus(), id));
    let sources = of.is_none().then_some(request.locale);
    card.with_all(blocks(engine, sources, &summary.sentences))
        .small(&locale.text(note))
        .select(passages(engine, request, &summary))
        .buttons(buttons(request, key, size, &summary))
}

/// Says that there is nothing to summarise.
fn nothing(
    engine: &Engine,
    request: &Request,
    card: Card,
    article: Option<&Article>,
    focus: Option<&str>,
) -> Card {
    let locale = request.locale;
    let text = match (article, focus) {
        (Some(article), None) => {
            return card
                .paragraph(&locale.text_with("summary-impossible", &[title_argument(article)]));
        }
        (Some(article), Some(_)) => {
            locale.text_with("summary-off-topic", &[title_argument(article)])
        }
        (None, _) => {
            let count = FluentValue::from(engine.corpus().article_count());
            locale.text_with("digest-off-topic", &[("articles", count)])
        }
    };
    card.paragraph(&text).paragraph(&locale.text("rephrase"))
}

/// A select menu that shows the passage around a sentence.
fn passages(engine: &Engine, request: &Request, summary: &Summary) -> Option<SelectMenu> {
    let corpus = engine.corpus();
    let option = |sentence: &Sentence| {
        let article = corpus.article(sentence.article);
        let key = PassageKey::of(corpus, sentence.passage).to_string();
        let text = sentence.span.of(&article.text);
        let place = location_with_page(request.locale, article, sentence.span);
        SelectOption::new(text, &place, &key)
    };
    let options = summary.sentences.iter().filter_map(option).collect();
    let placeholder = request.locale.text("show-passage");
    SelectMenu::new(ComponentId::PickPassage, &placeholder, options)
}

fn buttons(
    request: &Request,
    article: Option<ArticleKey>,
    length: SummaryLength,
    summary: &Summary,
) -> Vec<Button> {
    let locale = request.locale;
    let resize = |text: &str, length: SummaryLength| {
        let id = ComponentId::Summary {
            article,
            length,
            target: Target::Update,
        };
        Button::new(&locale.text(text), ButtonStyle::Secondary, id)
    };
    let (shorter, longer) = match length {
        SummaryLength::Short => (None, Some(SummaryLength::Medium)),
        SummaryLength::Medium => (Some(SummaryLength::Short), Some(SummaryLength::Long)),
        SummaryLength::Long => (Some(SummaryLength::Medium), None),
    };
    let longer = longer.filter(|_| summary.more);
    let ask = article.map(|article| {
        let id = ComponentId::SuggestQuestions { article };
        Button::new(&locale.text("ask-about-this"), ButtonStyle::Primary, id)
    });
    let buttons = [
        longer.map(|length| resize("longer", length)),
        shorter.map(|length| resize("shorter", length)),
        ask,
    ];
    buttons.into_iter().flatten().collect()
}
