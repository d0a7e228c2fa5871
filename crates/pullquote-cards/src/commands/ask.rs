//! `/ask`: the sentences that answer, with who is quoted and how sure that is.

use super::{
    ARTICLE, Command, PRIVATE, Pressed, article_named, article_of, audience, help, passage_menu,
    refusal, source,
};
use crate::component_id::{ArticleKey, Door, PassageKey};
use crate::definition::{Definition, Kind, OptionDefinition, ShownTo, Takes};
use crate::limits::cut_plain;
use crate::locale::Value;
use crate::{
    Addressed, Arguments, Audience, Block, Button, Card, ComponentId, Locale, Place, Refusal,
    Reply, Report, Request, Response, Run, Style, Tone, suggest,
};
use pullquote_core::answer::{Answer, Certainty, Options, Outcome, Quote};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;
use pullquote_core::query::reads_like_a_question;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "ask",
        id: "command-ask",
        kind: Kind::Slash,
        shown_to: ShownTo::Everyone,
        options: &[
            OptionDefinition {
                name: "question",
                // Longer ones are refused in a sentence that says why; Discord's own refusal does not.
                takes: Takes::Suggested(6_000, |engine, typed, arguments| {
                    suggest::questions(engine, typed, arguments)
                }),
                required: true,
            },
            ARTICLE,
            PRIVATE,
        ],
    },
    run,
};

/// Characters of a question that are taken.
pub(super) const MAX_QUESTION: usize = 1_000;
/// Near misses that are shown.
const NEAR_MISSES: usize = 4;
/// Letters of a near miss that are shown: about three lines on a phone.
const NEAR_MISS: usize = 160;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    let Some(asked) = arguments.text("question") else {
        return help::response(engine, request, Audience::Member);
    };
    let article = match article_named(engine, request, arguments, "article") {
        Ok(article) => article,
        Err(response) => return response,
    };
    let audience = audience(arguments);
    answer(engine, request, asked, article, audience)
}

/// A question in a message.
pub(crate) fn question(
    engine: &Engine,
    request: &Request,
    text: &str,
    addressed: Addressed,
) -> Response {
    let text = text.trim();
    match addressed {
        Addressed::Bot if text.is_empty() => help::response(engine, request, Audience::Channel),
        Addressed::Bot => answer(engine, request, text, None, Audience::Channel),
        Addressed::Anyone if !reads_like_a_question(text) => Response::silence(),
        Addressed::Anyone => {
            let response = answer(engine, request, text, None, Audience::Channel);
            match response.report {
                Report::Quoted(sure) if Certainty::of(sure) == Certainty::VeryLikely => response,
                _ => Response::silence(),
            }
        }
    }
}

/// The answer to a question.
pub(super) fn answer(
    engine: &Engine,
    request: &Request,
    asked: &str,
    article: Option<ArticleId>,
    audience: Audience,
) -> Response {
    if asked.chars().count() > MAX_QUESTION {
        return refusal(request, Refusal::TooLong);
    }
    let options = Options {
        article,
        limit: 1 + NEAR_MISSES,
        always: true,
        explain: false,
    };
    let answer = engine.ask(asked, &options);
    let inquiry = Asker {
        engine,
        request,
        asked,
        article,
        audience,
    };
    match (answer.outcome, answer.quotes.first()) {
        (Outcome::Quoted, Some(first)) => inquiry.quoted(&answer, first),
        (Outcome::Suggested, _) => inquiry.suggested(&answer),
        (Outcome::Greeting, _) => help::purpose(engine, request, audience),
        (Outcome::Help, _) => help::response(engine, request, audience),
        (Outcome::Quoted | Outcome::Unknown, _) => inquiry.unknown(&answer),
    }
}

/// A question and who asked it.
struct Asker<'a> {
    engine: &'a Engine,
    request: &'a Request,
    asked: &'a str,
    article: Option<ArticleId>,
    audience: Audience,
}

impl Asker<'_> {
    fn quoted(&self, answer: &Answer, first: &Quote) -> Response {
        let locale = self.request.locale;
        let article = self.engine.corpus().article(first.article);
        let heads = first.column_heads.map(|row| row.of(&article.text));
        let quote = heads
            .map_or_else(Run::default, |row| Run::new(row).and("\n"))
            .marked(&article.text, first.span, &first.highlights);
        let mut quiet = vec![locale.text(match Certainty::of(answer.confidence) {
            Certainty::VeryLikely => "very-likely",
            Certainty::Likely => "likely",
            Certainty::Possible => "possibly",
        })];
        quiet.extend(corrections(locale, answer));
        let card = Card::new(Tone::Sure)
            .asked(self.asked)
            .with(Block::Quote(quote))
            .with(source(article, first.paragraph))
            .small(&quiet.join(" · "))
            .buttons(self.around(answer, first))
            .buttons(feedback_buttons(locale));
        Response::message(card, self.audience, Report::Quoted(answer.confidence))
    }

    /// Buttons that lead on from a quote.
    fn around(&self, answer: &Answer, first: &Quote) -> Vec<Button> {
        let locale = self.request.locale;
        let corpus = self.engine.corpus();
        let article = self.article.map(|id| ArticleKey::of(corpus, id));
        let mut buttons = Vec::new();
        let whole = corpus.span(corpus.passage(first.passage));
        if whole.start < first.span.start || first.span.end < whole.end {
            let start = first.span.start.saturating_sub(whole.start);
            let id = ComponentId::More {
                passage: PassageKey::of(corpus, first.passage),
                quote: (start, start + first.span.len() as u32),
            };
            buttons.push(Button::new(
                &locale.text("more-context"),
                Style::Secondary,
                id,
            ));
        }
        if answer.quotes.len() > 1 {
            let id = ComponentId::Others {
                article,
                page: 0,
                door: Door::Opens,
            };
            buttons.push(Button::new(
                &locale.text("other-passages"),
                Style::Secondary,
                id,
            ));
        }
        if self.audience == Audience::Member && self.request.place != Place::DirectMessage {
            let id = ComponentId::Share { article };
            buttons.push(Button::new(&locale.text("share"), Style::Primary, id));
        }
        buttons
    }

    fn suggested(&self, answer: &Answer) -> Response {
        let locale = self.request.locale;
        let near = || answer.quotes.iter().take(NEAR_MISSES);
        let mut card = Card::new(Tone::Unsure)
            .asked(self.asked)
            .paragraph(&locale.text("did-you-mean"))
            .with_all(near().map(|quote| self.near_miss(quote)));
        if let Some(line) = corrections(locale, answer) {
            card = card.small(&line);
        }
        let card = card.select(passage_menu(
            self.engine,
            &locale.text("show-passage"),
            near(),
        ));
        Response::message(card, self.audience, Report::Suggested(answer.confidence))
    }

    fn near_miss(&self, quote: &Quote) -> Block {
        let article = self.engine.corpus().article(quote.article);
        let words = cut_plain(quote.span.of(&article.text), NEAR_MISS);
        Block::Item(Run::new(&words))
    }

    fn unknown(&self, answer: &Answer) -> Response {
        let locale = self.request.locale;
        let corpus = self.engine.corpus();
        let id = match (self.article, corpus.articles().is_empty()) {
            (_, true) => "no-articles",
            (Some(_), false) => "unknown-in-article",
            (None, false) => "unknown",
        };
        let title = self.article.map_or("", |id| &corpus.article(id).meta.title);
        let filled_in = [
            ("articles", Value::from(corpus.articles().len())),
            ("title", Value::from(cut_plain(title, super::TITLE_SHOWN))),
        ];
        let mut card = Card::new(Tone::Unsure)
            .asked(self.asked)
            .paragraph(&locale.text_with(id, &filled_in));
        if !corpus.articles().is_empty() {
            card = card.paragraph(&locale.text("rephrase"));
        }
        if let Some(line) = corrections(locale, answer) {
            card = card.small(&line);
        }
        // Without a word in common it is near by chance.
        let near = answer
            .quotes
            .iter()
            .filter(|quote| !quote.highlights.is_empty());
        let near = near.take(NEAR_MISSES);
        let card = card.select(passage_menu(self.engine, &locale.text("nearest"), near));
        Response::message(card, self.audience, Report::Unknown)
    }
}

/// How slips were read.
fn corrections(locale: Locale, answer: &Answer) -> Option<String> {
    let read = answer.corrections.iter().take(5).map(|correction| {
        let filled_in = [
            ("typed", Value::from(cut_plain(&correction.typed, 40))),
            ("read", Value::from(cut_plain(&correction.read, 40))),
        ];
        locale.text_with("read-as", &filled_in)
    });
    let lines: Vec<String> = read.collect();
    (!lines.is_empty()).then(|| lines.join(" · "))
}

fn feedback_buttons(locale: Locale) -> Vec<Button> {
    let button = |text: &str, helpful: bool| {
        let id = ComponentId::Feedback { helpful };
        Button::new(&locale.text(text), Style::Secondary, id)
    };
    vec![button("helps", true), button("helps-not", false)]
}

/// The private answer once more, where everyone sees it.
pub(super) fn share(
    engine: &Engine,
    request: &Request,
    pressed: &Pressed<'_>,
    article: Option<ArticleKey>,
) -> Response {
    if pressed.asked.is_empty() {
        return refusal(request, Refusal::QuestionLost);
    }
    let article = match article_of(engine, request, article) {
        Ok(article) => article,
        Err(response) => return response,
    };
    let response = answer(engine, request, pressed.asked, article, Audience::Channel);
    match response.reply {
        Reply::Message { card, audience } if audience == Audience::Channel => {
            let by = Run::new(&request.locale.text("shared-by"))
                .and(" ")
                .member(request.member);
            Response::message(card.with(Block::Small(by)), audience, response.report)
        }
        _ => response,
    }
}

/// Thanks for a word on an answer.
pub(super) fn feedback(request: &Request, helpful: bool) -> Response {
    let id = if helpful { "thanks" } else { "sorry" };
    let card = Card::new(Tone::Plain).paragraph(&request.locale.text(id));
    Response::private(card, Report::Feedback { helpful })
}
