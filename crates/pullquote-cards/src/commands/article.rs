//! `/article`: what an article is about, with buttons to read it.

use super::{Command, ComponentData, article_named, refuse};
use crate::component_id::{SummaryLength, Target};
use crate::limits::{self, cut_plain};
use crate::locale::FluentValue;
use crate::places::{TITLE_LENGTH, title};
use crate::{
    Access, Arguments, ArticleKey, Block, Button, ButtonStyle, Card, CommandKind, ComponentId,
    Definition, Locale, OptionDefinition, OptionKind, Refusal, Request, RequestOutcome, Response,
    Run, SelectMenu, SelectOption, Tone, suggest,
};
use pullquote_core::article::{Article, ArticleId, ParagraphKind};
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options};

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "article",
        id: "command-article",
        kind: CommandKind::Slash,
        access: Access::Everyone,
        options: &[OptionDefinition {
            name: "name",
            kind: OptionKind::Autocomplete(100, |engine, typed, _| {
                suggest::articles(engine, typed)
            }),
            required: true,
        }],
    },
    run,
};

/// Characters of the summary.
pub(super) const SUMMARY: usize = 400;
/// Number of key phrases.
const PHRASES: usize = 6;
/// Characters of a key phrase.
const PHRASE: usize = 40;
/// Number of headings.
const HEADINGS: usize = 12;
/// Adults read 238 words of English prose a minute (Brysbaert 2019, "How many words do we read per minute?",
/// Journal of Memory and Language 109).
const WORDS_PER_MINUTE: usize = 238;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    match article_named(engine, request, arguments, "name") {
        Ok(Some(id)) => Response::ephemeral(card(engine, request, id), RequestOutcome::Shown),
        Ok(None) => not_found(engine, request, ""),
        Err(response) => response,
    }
}

/// Shows the article picked from a menu.
pub(super) fn picked(engine: &Engine, request: &Request, data: &ComponentData<'_>) -> Response {
    let key = data.value().and_then(ArticleKey::parse);
    match key.and_then(|key| key.find(engine.corpus())) {
        Some(id) => Response::ephemeral(card(engine, request, id), RequestOutcome::Shown),
        None => refuse(request, Refusal::ArticleChanged),
    }
}

/// Offers the articles with names that are close.
pub(super) fn not_found(engine: &Engine, request: &Request, name: &str) -> Response {
    let locale = request.locale;
    let corpus = engine.corpus();
    let args = [("name", FluentValue::from(cut_plain(name, TITLE_LENGTH)))];
    let nearest = corpus.nearest(name).take(limits::OPTIONS).filter_map(|id| {
        let key = ArticleKey::of(corpus, id).to_string();
        let article = corpus.article(id);
        SelectOption::new(&article.meta.title, &description(engine, id), &key)
    });
    let nearest: Vec<SelectOption> = nearest.collect();
    let card = Card::new(Tone::Unsure);
    let card = if nearest.is_empty() {
        card.paragraph(&locale.text_with("no-article-called", &args))
    } else {
        let open = locale.text("open-article");
        card.paragraph(&locale.text_with("no-such-article", &args))
            .select(SelectMenu::new(ComponentId::PickArticle, &open, nearest))
    };
    Response::ephemeral(card, RequestOutcome::NoSuchArticle)
}

fn card(engine: &Engine, request: &Request, id: ArticleId) -> Card {
    let locale = request.locale;
    let article = engine.corpus().article(id);
    let meta = &article.meta;
    let credits = [&meta.author, &meta.publisher, &meta.date];
    let credits: Vec<String> = credits
        .into_iter()
        .flatten()
        .map(|part| cut_plain(part, TITLE_LENGTH))
        .collect();
    Card::new(Tone::Plain)
        .titled(&meta.title)
        .paragraph(&cut_plain(&summary(engine, id), SUMMARY))
        .small(&credits.join(" · "))
        .small(&topics(engine, locale, id))
        .with_all(contents(locale, article))
        .small(&length_line(locale, article))
        .buttons(buttons(engine, locale, id))
}

/// Buttons to summarise, read and download an article.
pub(super) fn buttons(
    engine: &Engine,
    locale: Locale,
    id: ArticleId,
) -> impl Iterator<Item = Button> {
    let corpus = engine.corpus();
    let article = ArticleKey::of(corpus, id);
    let summary = ComponentId::Summary {
        article: Some(article),
        length: SummaryLength::Short,
        target: Target::NewMessage,
    };
    let read = ComponentId::Read {
        article,
        page: 0,
        target: Target::NewMessage,
    };
    let file = ComponentId::File { article };
    let button = |text: &str, style, id| Some(Button::new(&locale.text(text), style, id));
    let source = corpus.article(id).meta.source.as_deref();
    let buttons = [
        button("summary", ButtonStyle::Primary, summary),
        button("read", ButtonStyle::Primary, read),
        button("download", ButtonStyle::Secondary, file),
        source.and_then(|url| Button::link(&locale.text("original"), url)),
    ];
    buttons.into_iter().flatten()
}

/// How many words an article has, and how long it takes to read.
pub(super) fn length_line(locale: Locale, article: &Article) -> String {
    locale.text_with("article-length", &length(article))
}

/// A line with the key phrases; empty without any.
fn topics(engine: &Engine, locale: Locale, id: ArticleId) -> String {
    let phrases = phrases(engine, id);
    if phrases.is_empty() {
        return String::new();
    }
    locale.text_with("key-phrases", &[("phrases", FluentValue::from(phrases))])
}

fn phrases(engine: &Engine, id: ArticleId) -> String {
    let phrases = engine.keywords(id, PHRASES).into_iter();
    let phrases: Vec<String> = phrases
        .map(|phrase| cut_plain(&phrase.text, PHRASE))
        .collect();
    phrases.join(" · ")
}

/// Describes an article in a select menu: the summary from its front matter, otherwise its key phrases.
pub(super) fn description(engine: &Engine, id: ArticleId) -> String {
    let summary = engine.corpus().article(id).meta.summary.clone();
    summary.unwrap_or_else(|| phrases(engine, id))
}

/// The summary from the front matter, otherwise the standfirst, otherwise the sentence that summarises best.
fn summary(engine: &Engine, id: ArticleId) -> String {
    let article = engine.corpus().article(id);
    if let Some(summary) = &article.meta.summary {
        return summary.clone();
    }
    let mut paragraphs = article.paragraphs.iter();
    if let Some(standfirst) = paragraphs.find(|it| it.kind == ParagraphKind::Standfirst) {
        return standfirst.span.of(&article.text).to_owned();
    }
    let options = Options {
        length: Length::Sentences(1),
        focus: None,
    };
    let best = engine.summarise(id, &options).sentences;
    let best = best.first().map(|sentence| sentence.span);
    let span = best.or_else(|| article.sentences.first().copied());
    span.map_or(String::new(), |span| span.of(&article.text).to_owned())
}

/// The headings. If there are too many, only those of the top level.
fn contents(locale: Locale, article: &Article) -> Vec<Block> {
    let all = &article.headings;
    let top = all.iter().map(|heading| heading.level).min().unwrap_or(1);
    let top_only = all.len() > HEADINGS;
    let shown = || {
        all.iter()
            .filter(|heading| !top_only || heading.level <= top)
    };
    let mut items: Vec<Block> = shown()
        .take(HEADINGS)
        .map(|heading| cut_plain(heading.span.of(&article.text), TITLE_LENGTH))
        .map(|heading| Block::Item(Run::new(&heading)))
        .collect();
    let more = shown().count().saturating_sub(HEADINGS);
    if more > 0 {
        let line = locale.text_with("more-headings", &[("more", FluentValue::from(more))]);
        items.push(Block::Small(Run::new(&line)));
    }
    items
}

fn length(article: &Article) -> [(&'static str, FluentValue<'static>); 2] {
    let words = article.words();
    let minutes = words.div_ceil(WORDS_PER_MINUTE).max(1);
    [
        ("words", FluentValue::from(words)),
        ("minutes", FluentValue::from(minutes)),
    ]
}

/// The argument `title` of a text.
pub(super) fn title_argument(article: &Article) -> (&'static str, FluentValue<'static>) {
    ("title", FluentValue::from(title(article)))
}
