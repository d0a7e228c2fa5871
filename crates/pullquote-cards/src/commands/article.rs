//! `/article`: what an article is about, and its text to read.

use super::{Command, Pressed, TITLE_SHOWN, pager, refusal};
use crate::component_id::{ArticleKey, ComponentId, Door, Extent};
use crate::definition::{Definition, Kind, OptionDefinition, ShownTo, Takes};
use crate::limits::{self, cut_plain};
use crate::locale::Value;
use crate::{
    Arguments, Audience, Block, Button, Card, Locale, Refusal, Report, Request, Response, Run,
    Select, SelectOption, Style, Tone, suggest,
};
use pullquote_core::article::{Article, ArticleId, Corpus, ParagraphKind, PassageId};
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options};
use std::ops::Range;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "article",
        id: "command-article",
        kind: Kind::Slash,
        shown_to: ShownTo::Everyone,
        options: &[OptionDefinition {
            name: "name",
            takes: Takes::Suggested(100, |engine, typed, _| suggest::articles(engine, typed)),
            required: true,
        }],
    },
    run,
};

/// Letters of a summary that are shown.
const SUMMARY: usize = 400;
/// Key phrases that are shown, and letters of one.
const PHRASES: usize = 6;
const PHRASE: usize = 40;
/// Headings that are shown.
const HEADINGS: usize = 12;
/// Words that are read in a minute: adults read 238 words of English prose (Brysbaert 2019).
const WORDS_A_MINUTE: usize = 238;
/// Bytes of text from which on a page is full: about two screens of a phone.
const PAGE: usize = 1_500;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    match super::article_named(engine, request, arguments, "name") {
        Ok(Some(id)) => Response::private(card(engine, request, id), Report::Shown),
        Ok(None) => not_found(engine, request, ""),
        Err(response) => response,
    }
}

/// An article that was chosen from a menu.
pub(super) fn open(engine: &Engine, request: &Request, pressed: &Pressed<'_>) -> Response {
    let key = pressed.value.and_then(ArticleKey::parse);
    match key.and_then(|key| key.find(engine.corpus())) {
        Some(id) => Response::private(card(engine, request, id), Report::Shown),
        None => refusal(request, Refusal::Changed),
    }
}

/// The nearest articles, where there is none of this name.
pub(super) fn not_found(engine: &Engine, request: &Request, name: &str) -> Response {
    let locale = request.locale;
    let corpus = engine.corpus();
    let filled_in = [("name", Value::from(cut_plain(name, TITLE_SHOWN)))];
    let nearest = corpus.nearest(name).take(limits::OPTIONS);
    let near = nearest.filter_map(|id| {
        let key = ArticleKey::of(corpus, id).to_string();
        let article = corpus.article(id);
        SelectOption::new(&article.meta.title, &description(engine, id), &key)
    });
    let menu = Select::new(
        ComponentId::Open,
        &locale.text("open-article"),
        near.collect(),
    );
    let card = Card::new(Tone::Unsure)
        .paragraph(&locale.text_with("no-such-article", &filled_in))
        .select(menu);
    Response::private(card, Report::NoSuchArticle)
}

fn card(engine: &Engine, request: &Request, id: ArticleId) -> Card {
    let locale = request.locale;
    let article = engine.corpus().article(id);
    let meta = &article.meta;
    let key = ArticleKey::of(engine.corpus(), id);
    let said_by = [&meta.author, &meta.publisher, &meta.date];
    let said_by: Vec<String> = said_by
        .into_iter()
        .flatten()
        .map(|part| cut_plain(part, TITLE_SHOWN))
        .collect();
    let card = Card::new(Tone::Plain)
        .titled(&meta.title)
        .paragraph(&cut_plain(&summary(engine, id), SUMMARY))
        .small(&said_by.join(" · "))
        .small(&about(engine, locale, id))
        .with_all(contents(locale, article))
        .small(&locale.text_with("article-length", &length(article)));
    let read = ComponentId::Read {
        article: key,
        page: 0,
        door: Door::Opens,
    };
    let file = ComponentId::File { article: key };
    let source = meta.source.as_deref();
    let gist = ComponentId::Summary {
        article: Some(key),
        extent: Extent::Short,
        door: Door::Opens,
    };
    let buttons = [
        Some(Button::new(&locale.text("summary"), Style::Primary, gist)),
        Some(Button::new(&locale.text("read"), Style::Primary, read)),
        Some(Button::new(&locale.text("as-file"), Style::Secondary, file)),
        source.and_then(|url| Button::link(&locale.text("original"), url)),
    ];
    card.buttons(buttons.into_iter().flatten())
}

/// Its key phrases on a line.
fn about(engine: &Engine, locale: Locale, id: ArticleId) -> String {
    let phrases = phrases(engine, id);
    if phrases.is_empty() {
        return String::new();
    }
    locale.text_with("key-phrases", &[("phrases", Value::from(phrases))])
}

fn phrases(engine: &Engine, id: ArticleId) -> String {
    let phrases = engine.keywords(id, PHRASES).into_iter();
    let phrases: Vec<String> = phrases
        .map(|phrase| cut_plain(&phrase.text, PHRASE))
        .collect();
    phrases.join(" · ")
}

/// What a menu says of an article: its own words on itself, or what it is about.
pub(super) fn description(engine: &Engine, id: ArticleId) -> String {
    let said = engine.corpus().article(id).meta.summary.clone();
    said.unwrap_or_else(|| phrases(engine, id))
}

/// What the article says of itself, its standfirst, or its most telling sentence.
fn summary(engine: &Engine, id: ArticleId) -> String {
    let article = engine.corpus().article(id);
    if let Some(summary) = &article.meta.summary {
        return summary.clone();
    }
    let mut paragraphs = article.paragraphs.iter();
    if let Some(standfirst) = paragraphs.find(|one| one.kind == ParagraphKind::Standfirst) {
        return standfirst.span.of(&article.text).to_owned();
    }
    let one = Options {
        length: Length::Sentences(1),
        focus: None,
    };
    let told = engine.summarise(id, &one).sentences;
    let span = told.first().map(|sentence| sentence.span);
    let span = span.or_else(|| article.sentences.first().copied());
    span.map_or(String::new(), |span| span.of(&article.text).to_owned())
}

/// Its headings, as many as a screen holds.
fn contents(locale: Locale, article: &Article) -> Vec<Block> {
    let all = &article.headings;
    let top = all.iter().map(|heading| heading.level).min().unwrap_or(1);
    // Of many headings, the higher ones give the better view.
    let crowded = all.len() > HEADINGS;
    let shown = || {
        all.iter()
            .filter(|heading| !crowded || heading.level <= top)
    };
    let mut items: Vec<Block> = shown()
        .take(HEADINGS)
        .map(|heading| cut_plain(heading.span.of(&article.text), TITLE_SHOWN))
        .map(|heading| Block::Item(Run::new(&heading)))
        .collect();
    let more = shown().count().saturating_sub(HEADINGS);
    if more > 0 {
        let filled_in = [("more", Value::from(more))];
        items.push(Block::Small(Run::new(
            &locale.text_with("more-headings", &filled_in),
        )));
    }
    items
}

fn length(article: &Article) -> [(&'static str, Value<'static>); 2] {
    let words = article.words();
    [
        ("words", Value::from(words)),
        (
            "minutes",
            Value::from(words.div_ceil(WORDS_A_MINUTE).max(1)),
        ),
    ]
}

/// A page of an article's text.
pub(super) fn read(
    engine: &Engine,
    request: &Request,
    key: ArticleKey,
    page: u16,
    door: Door,
) -> Response {
    let corpus = engine.corpus();
    let Some(id) = key.find(corpus) else {
        return refusal(request, Refusal::Changed);
    };
    let article = corpus.article(id);
    let pages = pages(corpus, id);
    let page = usize::from(page).min(pages.len().saturating_sub(1));
    let mut card = Card::new(Tone::Plain).titled(&article.meta.title);
    let mut heading = None;
    for at in pages.get(page).cloned().unwrap_or_default() {
        let Some(passage) = corpus.passages().get(at) else {
            continue;
        };
        let paragraph = &article.paragraphs[passage.paragraph as usize];
        if paragraph.heading != heading
            && let Some(words) = article.heading_of(paragraph)
        {
            card = card.with(Block::Paragraph(Run::default().bold(words)));
        }
        heading = paragraph.heading;
        card = card.paragraph(corpus.span(passage).of(&article.text));
    }
    let turn = |page| ComponentId::Read {
        article: key,
        page,
        door: Door::Turns,
    };
    let (mut buttons, line) = pager(request.locale, page, pages.len(), turn);
    if let Some(line) = line {
        card = card.small(&line);
    }
    let file = ComponentId::File { article: key };
    buttons.push(Button::new(
        &request.locale.text("as-file"),
        Style::Secondary,
        file,
    ));
    let card = card.buttons(buttons);
    match door {
        Door::Opens => Response::message(card, Audience::Member, Report::Shown),
        Door::Turns => Response::update(card),
    }
}

/// The pages of an article, as ranges of passages.
fn pages(corpus: &Corpus, id: ArticleId) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut bytes = 0;
    for at in corpus.passages_of(id) {
        let length = corpus
            .passages()
            .get(at)
            .map_or(0, |passage| corpus.span(passage).len());
        match pages.last_mut() {
            Some(page) if bytes + length <= PAGE => page.end = at + 1,
            _ => {
                pages.push(at..at + 1);
                bytes = 0;
            }
        }
        bytes += length;
    }
    pages
}

/// The page that a passage stands on.
pub(super) fn page_of(corpus: &Corpus, id: PassageId) -> u16 {
    let pages = pages(corpus, corpus.passage(id).article);
    let page = pages
        .iter()
        .position(|page| page.contains(&(id.0 as usize)));
    page.and_then(|page| u16::try_from(page).ok())
        .unwrap_or_default()
}

/// An article's text as a file, byte for byte.
pub(super) fn file(engine: &Engine, request: &Request, key: ArticleKey) -> Response {
    let Some(id) = key.find(engine.corpus()) else {
        return refusal(request, Refusal::Changed);
    };
    let article = engine.corpus().article(id);
    let card = Card::new(Tone::Plain).file(&article.name, &article.text);
    let said = if card.attachment().is_some() {
        "file"
    } else {
        "file-too-large"
    };
    let filled_in = [(
        "title",
        Value::from(cut_plain(&article.meta.title, TITLE_SHOWN)),
    )];
    let card = card.paragraph(&request.locale.text_with(said, &filled_in));
    Response::private(card, Report::Shown)
}
