//! `/summary`: the gist of an article in its own sentences, or of all articles.

use super::{
    ARTICLE, Command, PRIVATE, Pressed, TITLE_SHOWN, article_named, article_of, ask, audience,
    pager, place, refusal, source,
};
use crate::component_id::{ArticleKey, ComponentId, Door, Extent, PassageKey};
use crate::definition::{Definition, Kind, OptionDefinition, ShownTo, Takes};
use crate::limits::cut_plain;
use crate::locale::Value;
use crate::{
    Arguments, Audience, Block, Button, Card, Refusal, Report, Request, Response, Run, Select,
    SelectOption, Style, Tone, suggest,
};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options, Sentence, Summary};

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "summary",
        id: "command-summary",
        kind: Kind::Slash,
        shown_to: ShownTo::Everyone,
        options: &[
            ARTICLE,
            OptionDefinition {
                name: "length",
                takes: Takes::OneOf(&["short", "medium", "long"]),
                required: false,
            },
            OptionDefinition {
                name: "focus",
                takes: Takes::Text(200),
                required: false,
            },
            PRIVATE,
        ],
    },
    run,
};

/// Articles on a page of the overview.
const PAGE: usize = 5;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    let article = match article_named(engine, request, arguments, "article") {
        Ok(article) => article.or_else(|| only(engine)),
        Err(response) => return response,
    };
    let audience = audience(arguments);
    let extent = match arguments.text("length") {
        Some("medium") => Extent::Medium,
        Some("long") => Extent::Long,
        _ => Extent::Short,
    };
    let focus = arguments.text("focus");
    let card = match (article, focus) {
        (None, None) => overview(engine, request, 0),
        _ => gist(engine, request, article, focus, extent),
    };
    Response::message(card, audience, Report::Shown)
}

/// The article of a knowledge base that has one.
fn only(engine: &Engine) -> Option<ArticleId> {
    (engine.corpus().articles().len() == 1).then_some(ArticleId(0))
}

/// A summary of another length, or the first one of an article that is shown.
pub(super) fn turn(
    engine: &Engine,
    request: &Request,
    pressed: &Pressed<'_>,
    article: Option<ArticleKey>,
    extent: Extent,
    door: Door,
) -> Response {
    let article = match article_of(engine, request, article) {
        Ok(article) => article,
        Err(response) => return response,
    };
    let focus = Some(pressed.asked).filter(|focus| !focus.is_empty() && door == Door::Turns);
    if article.is_none() && focus.is_none() {
        return refusal(request, Refusal::QuestionLost);
    }
    let card = gist(engine, request, article, focus, extent);
    match door {
        Door::Opens => Response::message(card, Audience::Member, Report::Shown),
        Door::Turns => Response::update(card),
    }
}

/// Another page of the overview.
pub(super) fn turn_overview(engine: &Engine, request: &Request, page: u16) -> Response {
    Response::update(overview(engine, request, usize::from(page)))
}

/// A summary of one article, or of what all say on the focus.
fn gist(
    engine: &Engine,
    request: &Request,
    article: Option<ArticleId>,
    focus: Option<&str>,
    extent: Extent,
) -> Card {
    let length = match extent {
        Extent::Short => Length::Short,
        Extent::Medium => Length::Medium,
        Extent::Long => Length::Long,
    };
    let summary = match (article, focus) {
        (Some(id), _) => engine.summarise(id, &Options { length, focus }),
        (None, focus) => engine.digest(focus.unwrap_or_default(), length),
    };
    let locale = request.locale;
    let corpus = engine.corpus();
    let title = article.map(|id| corpus.article(id).meta.title.as_str());
    let filled_in = [
        ("articles", Value::from(corpus.articles().len())),
        (
            "title",
            Value::from(cut_plain(title.unwrap_or_default(), TITLE_SHOWN)),
        ),
    ];
    let mut card = Card::new(Tone::Plain);
    if let Some(focus) = focus {
        card = card.asked(focus);
    }
    if summary.sentences.is_empty() {
        let said = match (title, focus) {
            (Some(_), None) => "summary-none",
            (Some(_), Some(_)) => "summary-nothing",
            (None, _) => "digest-nothing",
        };
        let card = card.paragraph(&locale.text_with(said, &filled_in));
        return match focus {
            Some(_) => card.paragraph(&locale.text("rephrase")),
            None => card,
        };
    }
    if let Some(title) = title {
        card = card.titled(title);
    }
    card = card.with_all(blocks(engine, title.is_none(), &summary.sentences));
    card = card.small(&locale.text(if summary.whole {
        "summary-whole"
    } else {
        "summary-how"
    }));
    let key = article.map(|id| ArticleKey::of(corpus, id));
    card.select(jumps(engine, request, &summary))
        .buttons(around(request, key, extent, &summary))
}

/// Sentences, below what must be read before them; in a digest each with whose it is.
fn blocks(engine: &Engine, digest: bool, sentences: &[Sentence]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut before = None;
    for sentence in sentences {
        let article = engine.corpus().article(sentence.article);
        let text = sentence.span.of(&article.text);
        let set = digest || text.contains('\n');
        let above = sentence.above.map(|above| (sentence.article, above));
        let run = match above.filter(|_| above != before) {
            Some((_, span)) => {
                Run::default()
                    .bold(span.of(&article.text))
                    .and(if set { "\n" } else { " " })
            }
            None => Run::default(),
        };
        before = above;
        let run = run.and(text);
        blocks.push(if set {
            Block::Quote(run)
        } else {
            Block::Item(run)
        });
        if digest {
            blocks.push(source(article, sentence.paragraph));
        }
    }
    blocks
}

/// A menu that leads from each sentence to the passage around it.
fn jumps(engine: &Engine, request: &Request, summary: &Summary) -> Option<Select> {
    let corpus = engine.corpus();
    let option = |sentence: &Sentence| {
        let article = corpus.article(sentence.article);
        let key = PassageKey::of(corpus, sentence.passage).to_string();
        let words = sentence.span.of(&article.text);
        SelectOption::new(words, &place(article, sentence.paragraph), &key)
    };
    let options = summary.sentences.iter().filter_map(option).collect();
    Select::new(
        ComponentId::Passages,
        &request.locale.text("show-passage"),
        options,
    )
}

fn around(
    request: &Request,
    article: Option<ArticleKey>,
    extent: Extent,
    summary: &Summary,
) -> Vec<Button> {
    let locale = request.locale;
    let turn = |text: &str, extent: Extent| {
        let id = ComponentId::Summary {
            article,
            extent,
            door: Door::Turns,
        };
        Button::new(&locale.text(text), Style::Secondary, id)
    };
    let (shorter, longer) = match extent {
        Extent::Short => (None, Some(Extent::Medium)),
        Extent::Medium => (Some(Extent::Short), Some(Extent::Long)),
        Extent::Long => (Some(Extent::Medium), None),
    };
    let longer = longer.filter(|_| summary.more);
    let about = article.map(|article| {
        let id = ComponentId::AskAbout { article };
        Button::new(&locale.text("ask-about"), Style::Primary, id)
    });
    let buttons = [
        longer.map(|extent| turn("longer", extent)),
        shorter.map(|extent| turn("shorter", extent)),
        about,
    ];
    buttons.into_iter().flatten().collect()
}

/// The most telling sentence of each article, a few a page.
fn overview(engine: &Engine, request: &Request, page: usize) -> Card {
    let locale = request.locale;
    let corpus = engine.corpus();
    let count = corpus.articles().len();
    let filled_in = [("articles", Value::from(count))];
    let card = Card::new(Tone::Plain).titled(&locale.text("overview-title"));
    if count == 0 {
        return card.paragraph(&locale.text_with("no-articles", &filled_in));
    }
    let pages = count.div_ceil(PAGE);
    let page = page.min(pages - 1);
    let shown = (page * PAGE..count.min((page + 1) * PAGE)).map(|at| ArticleId(at as u32));
    let options = Options {
        length: Length::Sentences(1),
        focus: None,
    };
    let sentences: Vec<Sentence> = shown
        .flat_map(|id| engine.summarise(id, &options).sentences)
        .collect();
    let mut card = card.with_all(blocks(engine, true, &sentences));
    let (buttons, line) = pager(locale, page, pages, |page| ComponentId::Overview { page });
    if let Some(line) = line {
        card = card.small(&line);
    }
    let option = |sentence: &Sentence| {
        let key = ArticleKey::of(corpus, sentence.article).to_string();
        SelectOption::new(&corpus.article(sentence.article).meta.title, "", &key)
    };
    let options = sentences.iter().filter_map(option).collect();
    let menu = Select::new(ComponentId::Open, &locale.text("open-article"), options);
    card.select(menu).buttons(buttons)
}

/// Questions that an article answers, to choose from.
pub(super) fn ask_about(engine: &Engine, request: &Request, key: ArticleKey) -> Response {
    let locale = request.locale;
    let Some(id) = key.find(engine.corpus()) else {
        return refusal(request, Refusal::Changed);
    };
    let title = cut_plain(&engine.corpus().article(id).meta.title, TITLE_SHOWN);
    let filled_in = [("title", Value::from(title))];
    let options = suggest::about(engine, id)
        .into_iter()
        .filter_map(|choice| SelectOption::new(choice.name(), "", choice.value()));
    let menu = Select::new(
        ComponentId::Asked { article: key },
        &locale.text("pick-question"),
        options.collect(),
    );
    let card = Card::new(Tone::Plain)
        .paragraph(&locale.text_with("ask-about-how", &filled_in))
        .select(menu);
    Response::private(card, Report::Shown)
}

/// A question that was chosen.
pub(super) fn asked(
    engine: &Engine,
    request: &Request,
    pressed: &Pressed<'_>,
    key: ArticleKey,
) -> Response {
    match (key.find(engine.corpus()), pressed.value) {
        (Some(id), Some(question)) => {
            ask::answer(engine, request, question, Some(id), Audience::Member)
        }
        _ => refusal(request, Refusal::Changed),
    }
}
