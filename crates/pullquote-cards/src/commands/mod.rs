//! The table of commands: what is registered is what is handled.

mod about;
mod article;
mod articles;
mod ask;
mod find;
mod help;
mod passages;
mod reload;
mod search;
mod summary;

use super::component_id::{ArticleKey, PassageKey};
use super::definition::{Definition, OptionDefinition, Suggest, Takes};
use super::limits::cut_plain;
use super::locale::Value;
use super::{
    Action, Arguments, Audience, Block, Button, Card, ComponentId, Locale, Refusal, Report,
    Request, Response, Run, Select, SelectOption, Style, Tone, suggest,
};
use pullquote_core::answer::Quote;
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_core::text::Span;

pub(super) use ask::question;
pub use reload::NAME as RELOAD;
pub(super) use reload::reloaded;

/// A command and what is done for it.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// What it is called and takes.
    pub definition: Definition,
    /// What is done.
    pub run: fn(&Engine, &Request, &Arguments) -> Response,
}

/// All commands.
pub const TABLE: &[Command] = &[
    ask::COMMAND,
    search::COMMAND,
    summary::COMMAND,
    articles::COMMAND,
    article::COMMAND,
    help::COMMAND,
    about::COMMAND,
    reload::COMMAND,
    find::COMMAND,
];

/// The command of this registered name.
pub fn find(name: &str) -> Option<&'static Command> {
    TABLE.iter().find(|command| command.definition.name == name)
}

impl Command {
    /// What offers choices for an option.
    pub(super) fn suggest(&self, option: &str) -> Option<Suggest> {
        let mut options = self.definition.options.iter();
        let option = options.find(|known| known.name == option)?;
        match option.takes {
            Takes::Suggested(_, suggest) => Some(suggest),
            Takes::Text(_) | Takes::OneOf(_) | Takes::Flag => None,
        }
    }
}

/// Narrows a command to one article.
const ARTICLE: OptionDefinition = OptionDefinition {
    name: "article",
    takes: Takes::Suggested(100, |engine, typed, _| suggest::articles(engine, typed)),
    required: false,
};

/// Shows what comes of a command to the member alone.
const PRIVATE: OptionDefinition = OptionDefinition {
    name: "private",
    takes: Takes::Flag,
    required: false,
};

/// Who sees the response to a command that has the option [`PRIVATE`].
fn audience(arguments: &Arguments) -> Audience {
    if arguments.flag(PRIVATE.name) {
        Audience::Member
    } else {
        Audience::Channel
    }
}

/// A control that was used.
pub(super) struct Pressed<'a> {
    /// What was chosen, for a menu.
    pub(super) value: Option<&'a str>,
    /// The question or keywords that the message shows; may be empty.
    pub(super) asked: &'a str,
}

/// What is done for a control.
pub(super) fn press(
    engine: &Engine,
    request: &Request,
    id: ComponentId,
    pressed: &Pressed<'_>,
) -> Response {
    match id {
        ComponentId::More { passage, quote } => passages::more(engine, request, passage, quote),
        ComponentId::Passages => passages::chosen(engine, request, pressed),
        ComponentId::Others {
            article,
            page,
            door,
        } => passages::others(engine, request, pressed, article, page, door),
        ComponentId::Share { article } => ask::share(engine, request, pressed, article),
        ComponentId::Feedback { helpful } => ask::feedback(request, helpful),
        ComponentId::Search { article, page } => {
            search::turn(engine, request, pressed, article, page)
        }
        ComponentId::Articles { page } => articles::turn(engine, request, page),
        ComponentId::Open => article::open(engine, request, pressed),
        ComponentId::Read {
            article,
            page,
            door,
        } => article::read(engine, request, article, page, door),
        ComponentId::File { article } => article::file(engine, request, article),
        ComponentId::Summary {
            article,
            extent,
            door,
        } => summary::turn(engine, request, pressed, article, extent, door),
        ComponentId::Overview { page } => summary::turn_overview(engine, request, page),
        ComponentId::AskAbout { article } => summary::ask_about(engine, request, article),
        ComponentId::Asked { article } => summary::asked(engine, request, pressed, article),
    }
}

/// The article of a key; a response that says it is gone otherwise.
fn article_of(
    engine: &Engine,
    request: &Request,
    key: Option<ArticleKey>,
) -> Result<Option<ArticleId>, Response> {
    match key {
        None => Ok(None),
        Some(key) => match key.find(engine.corpus()) {
            Some(id) => Ok(Some(id)),
            None => Err(refusal(request, Refusal::Changed)),
        },
    }
}

/// The article that a member named in an option, if any; a response that names the nearest where there is
/// none of that name.
fn article_named(
    engine: &Engine,
    request: &Request,
    arguments: &Arguments,
    option: &str,
) -> Result<Option<ArticleId>, Response> {
    let Some(name) = arguments.text(option) else {
        return Ok(None);
    };
    match engine.corpus().named(name) {
        Some(id) => Ok(Some(id)),
        None => Err(article::not_found(engine, request, name)),
    }
}

/// A kind sentence for what cannot be done, for the member alone.
pub(super) fn refusal(request: &Request, refusal: Refusal) -> Response {
    let id = match refusal {
        Refusal::TooLong => "refused-too-long",
        Refusal::Changed => "refused-changed",
        Refusal::QuestionLost => "refused-question-lost",
        Refusal::NoText => "refused-no-text",
        Refusal::UnknownControl => "refused-control",
        Refusal::UnknownCommand => "refused-command",
        Refusal::NotOwner => "refused-not-owner",
    };
    sentence(request, &request.locale.text(id), Report::Refused(refusal))
}

/// Asks for patience.
pub(super) fn too_fast(request: &Request, seconds: u64) -> Response {
    let filled_in = [("seconds", Value::from(seconds))];
    let said = request.locale.text_with("too-fast", &filled_in);
    sentence(request, &said, Report::TooFast)
}

/// Says that something went wrong, with the id that the log has it under.
pub(super) fn failed(request: &Request, id: &str) -> Response {
    let filled_in = [("id", Value::from(id))];
    let said = request.locale.text_with("failed", &filled_in);
    sentence(request, &said, Report::Failed)
}

/// A sentence for the member alone. No choices in the place of choices: a sentence there could be chosen.
fn sentence(request: &Request, said: &str, report: Report) -> Response {
    if matches!(request.action, Action::Autocomplete { .. }) {
        let response = Response::choices(Vec::new());
        return Response { report, ..response };
    }
    let card = Card::new(Tone::Unsure).paragraph(said);
    Response::private(card, report)
}

/// `Title › Heading`, leading to where the article was published.
fn source(article: &Article, paragraph: u32) -> Block {
    let run = Run::default().link(
        &cut_plain(&article.meta.title, TITLE_SHOWN),
        article.meta.source.as_deref(),
    );
    Block::Source(match heading(article, paragraph) {
        Some(heading) => run.and(" › ").and(&heading),
        None => run,
    })
}

/// `Title › Heading` on one line of plain text.
fn place(article: &Article, paragraph: u32) -> String {
    let title = cut_plain(&article.meta.title, TITLE_SHOWN);
    match heading(article, paragraph) {
        Some(heading) => format!("{title} › {heading}"),
        None => title,
    }
}

fn heading(article: &Article, paragraph: u32) -> Option<String> {
    let paragraph = article.paragraphs.get(paragraph as usize)?;
    let heading = article.heading_of(paragraph)?;
    Some(cut_plain(heading, TITLE_SHOWN)).filter(|heading| !heading.is_empty())
}

/// A line of a phone holds about 40 characters: titles and headings longer than three lines are cut.
const TITLE_SHOWN: usize = 120;

/// Buttons to the pages before and after, where there are such; and which page this is.
fn pager(
    locale: Locale,
    page: usize,
    pages: usize,
    id: impl Fn(u16) -> ComponentId,
) -> (Vec<Button>, Option<String>) {
    let mut buttons = Vec::new();
    let mut button = |text: &str, page: usize| {
        if let Ok(page) = u16::try_from(page) {
            buttons.push(Button::new(&locale.text(text), Style::Secondary, id(page)));
        }
    };
    if let Some(before) = page.checked_sub(1) {
        button("page-before", before);
    }
    if page + 1 < pages {
        button("page-after", page + 1);
    }
    let filled_in = [
        ("page", Value::from(page + 1)),
        ("pages", Value::from(pages)),
    ];
    let line = (pages > 1).then(|| locale.text_with("page-number", &filled_in));
    (buttons, line)
}

/// A menu of passages: the words of each, and where they stand.
fn passage_menu<'a>(
    engine: &Engine,
    placeholder: &str,
    quotes: impl Iterator<Item = &'a Quote>,
) -> Option<Select> {
    let corpus = engine.corpus();
    let option = |quote: &Quote| {
        let article = corpus.article(quote.article);
        let key = PassageKey::of(corpus, quote.passage).to_string();
        let words = excerpt(article, quote).of(&article.text);
        SelectOption::new(words, &place(article, quote.paragraph), &key)
    };
    let options = quotes.filter_map(option).collect();
    Select::new(ComponentId::Passages, placeholder, options)
}

/// Bytes of an excerpt that further sentences are taken up to.
const EXCERPT: usize = 350;

/// Of a long quote, the sentences from the first one on that holds a word of the question.
fn excerpt(article: &Article, quote: &Quote) -> Span {
    let Some(paragraph) = article.paragraphs.get(quote.paragraph as usize) else {
        return quote.span;
    };
    let first_light = quote
        .highlights
        .first()
        .map_or(quote.span.start, |light| light.start);
    let sentences = article
        .sentences
        .get(paragraph.sentences())
        .unwrap_or_default();
    let mut inside = sentences
        .iter()
        .filter(|sentence| sentence.start >= quote.span.start && sentence.end <= quote.span.end)
        .skip_while(|sentence| sentence.end <= first_light);
    let Some(first) = inside.next() else {
        return quote.span;
    };
    let whole = |end: &Span| first.to(*end);
    let last = inside
        .map(whole)
        .take_while(|span| span.len() <= EXCERPT)
        .last();
    last.unwrap_or(*first)
}
