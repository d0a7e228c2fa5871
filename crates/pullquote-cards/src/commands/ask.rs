//! `/ask`: the sentences that answer a question, with their source and how likely they are right.

use super::helpers::point_to_helpers;
use super::parts::{
    address_of, corrections, language_note, passage_menu, sections_note, source, source_with_page,
};
use super::{
    ARTICLE, Command, ComponentData, MAX_QUESTION, PRIVATE, article, article_named, article_of,
    articles, continued, help, is_too_long, read, refuse, summary, unasked, usual_visibility,
    visibility,
};
use crate::component_id::{Scope, Target};
use crate::limits::cut_plain;
use crate::locale::FluentValue;
use crate::places::{heading, location_with_page, place, title};
use crate::{
    Access, Addressed, Arguments, ArticleKey, Block, Button, ButtonStyle, Card, ChannelKind,
    CommandKind, ComponentId, Definition, Effect, Form, FormField, FormInput, FormValues, Locale,
    OptionDefinition, OptionKind, PassageKey, Rating, Refusal, Reply, Request, RequestOutcome,
    Response, Run, Tone, UNASKED_AT, Visibility, suggest,
};
use pullquote_core::answer::{About, Answer, Certainty, Options, Outcome, Quote, Topic};
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_core::query::{asks_about_now, reads_like_a_question};
use pullquote_core::text::Span;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "ask",
        id: "command-ask",
        kind: CommandKind::Slash,
        access: Access::Everyone,
        options: &[
            OptionDefinition {
                name: "question",
                // More than MAX_QUESTION, because the bot explains why it refuses a long question and Discord
                // does not.
                kind: OptionKind::Autocomplete(6_000, |engine, typed, arguments| {
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

/// Field of the form with a further question.
const QUESTION: &str = "text";
/// Number of suggestions.
const SUGGESTIONS: usize = 3;
/// Other articles with the same passage that are named.
const ALSO_IN: usize = 3;
/// Characters of a suggestion: about three lines on a phone.
const SUGGESTION: usize = 160;
/// Characters of the button that shows a suggestion: a line on a phone.
const SUGGESTION_LABEL: usize = 40;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    let Some(question) = arguments.text("question") else {
        return help::response(engine, request, Visibility::Ephemeral);
    };
    let article = match article_named(engine, request, arguments, "article") {
        Ok(article) => article,
        Err(response) => return response,
    };
    answer(
        engine,
        request,
        question,
        article,
        visibility(request, arguments),
    )
}

/// Answers a message.
pub(crate) fn question(
    engine: &Engine,
    request: &Request,
    text: &str,
    addressed: Addressed,
) -> Response {
    let before = request.context.question_before.as_deref();
    let text = &continued::resolved(engine, text.trim(), before);
    match addressed {
        Addressed::Bot if text.is_empty() => help::response(engine, request, Visibility::Public),
        Addressed::Bot => answer(engine, request, text, None, Visibility::Public),
        Addressed::Anyone if !reads_like_a_question(text) || asks_about_now(text) => {
            Response::silence()
        }
        Addressed::Anyone | Addressed::Post => {
            let sure_enough = f32::from(request.context.unasked_at.unwrap_or(UNASKED_AT)) / 100.0;
            let sure = ways(text, addressed).find_map(|question| {
                let response = answer(engine, request, question, None, Visibility::Public);
                match response.outcome {
                    RequestOutcome::Quoted(confidence) if confidence >= sure_enough => {
                        Some(response)
                    }
                    _ => None,
                }
            });
            sure.map_or_else(Response::silence, |response| {
                unasked::with_buttons(response, request, addressed)
            })
        }
    }
}

/// What is asked, one after the other, until there is a sure answer. Of a post, the title alone comes second if it is a
/// question: what its author tells besides may lead away from it.
fn ways(text: &str, addressed: Addressed) -> impl Iterator<Item = &str> {
    let title = text.lines().next().filter(|title| *title != text);
    let title = title.filter(|title| addressed == Addressed::Post && reads_like_a_question(title));
    [text].into_iter().chain(title)
}

/// Answers a question.
pub(super) fn answer(
    engine: &Engine,
    request: &Request,
    question: &str,
    article: Option<ArticleId>,
    visibility: Visibility,
) -> Response {
    if is_too_long(question) {
        return refuse(request, Refusal::TooLong);
    }
    let options = Options {
        article,
        limit: 1 + SUGGESTIONS,
        always: true,
        explain: false,
    };
    let answer = engine.ask(question, &options);
    let request = &request.seen_by(visibility);
    let cards = AnswerCards {
        engine,
        request,
        question,
        article,
        visibility,
    };
    if let Some(about) = &answer.about {
        return cards.about(&answer, about);
    }
    match (answer.outcome, answer.quotes.first()) {
        (Outcome::Quoted, Some(best)) => cards.quote(&answer, best),
        (Outcome::Suggested, _) => cards.suggestions(&answer),
        (Outcome::Greeting, _) => help::purpose(engine, request, visibility),
        (Outcome::Help, _) => help::response(engine, request, visibility),
        (Outcome::Quoted | Outcome::About | Outcome::Unknown, _) => cards.no_answer(&answer),
    }
}

/// Builds the card of an answer.
struct AnswerCards<'a> {
    engine: &'a Engine,
    request: &'a Request,
    question: &'a str,
    /// The article that the question is restricted to.
    article: Option<ArticleId>,
    visibility: Visibility,
}

impl AnswerCards<'_> {
    fn quote(&self, answer: &Answer, best: &Quote) -> Response {
        let locale = self.request.locale;
        let mut notes = vec![locale.text(match Certainty::of(answer.confidence) {
            _ if answer.is_pinned => "answer-chosen-here",
            Certainty::VeryLikely => "certainty-very-likely",
            Certainty::Likely => "certainty-likely",
            Certainty::Possible => "certainty-possibly",
        })];
        notes.extend(language_note(locale, best));
        if !best.also_in.is_empty() {
            let titles = best.also_in.iter().take(ALSO_IN);
            let titles = titles.map(|id| title(self.engine.corpus().article(*id)));
            let args = [(
                "titles",
                FluentValue::from(titles.collect::<Vec<_>>().join(", ")),
            )];
            notes.push(locale.text_with("also-in", &args));
        }
        let article = self.engine.corpus().article(best.article);
        notes.push(place(locale, article, best.answer_lines));
        notes.extend(corrections(locale, &answer.corrections));
        let card = Card::new(Tone::Sure)
            .with_question(self.question)
            .with_all(self.quoted(best, source))
            .with_all(self.second(answer))
            .with_all(self.further(answer))
            .small(&notes.join(" · "))
            .buttons(self.quote_buttons(answer, best));
        let outcome = RequestOutcome::Quoted(answer.confidence);
        let quoted = self.engine.corpus().reference(best.article);
        Response::message(card, self.visibility, outcome).quoting(quoted)
    }

    /// A quote, the headings that its end announces, and its source, as the function writes that.
    fn quoted(
        &self,
        quote: &Quote,
        source: impl FnOnce(&Article, u32, Span) -> Block,
    ) -> Vec<Block> {
        let article = self.engine.corpus().article(quote.article);
        let sections = sections_note(self.request.locale, article, quote);
        let sections = sections.map(|note| Block::Small(Run::new(&note)));
        let source = source(article, quote.paragraph, quote.best);
        [Block::Quote(Run::of_quote(article, quote))]
            .into_iter()
            .chain(sections)
            .chain([self.with_read_on(source, article, quote)])
            .collect()
    }

    /// The source of a quote, with a link to what follows the quote on the source's page.
    fn with_read_on(&self, source: Block, article: &Article, quote: &Quote) -> Block {
        let rest = rest_of_section(article, quote);
        let address = rest.and_then(|rest| address_of(article, quote.paragraph, rest));
        let label = self.request.locale.text("read-on");
        match address {
            Some(address) => {
                let run = source.run().clone().and(" · ");
                Block::Source(run.link(&label, Some(&address)))
            }
            None => source,
        }
    }

    /// A quote and its source, for which the small print has no room.
    fn also_quoted(&self, quote: &Quote) -> Vec<Block> {
        self.quoted(quote, |article, paragraph, quoted| {
            source_with_page(self.request.locale, article, paragraph, quoted)
        })
    }

    /// A second answer, about as likely.
    fn second(&self, answer: &Answer) -> Vec<Block> {
        let Some(second) = answer.second() else {
            return Vec::new();
        };
        let or = Run::new(&self.request.locale.text("or-this"));
        let quoted = self.also_quoted(second);
        [vec![Block::Paragraph(or)], quoted].concat()
    }

    /// The answers to further questions of the same message.
    fn further(&self, answer: &Answer) -> Vec<Block> {
        let first =
            |(_, also): &(String, Answer)| also.quotes.first().map(|quote| self.also_quoted(quote));
        answer.also.iter().filter_map(first).flatten().collect()
    }

    /// The buttons of an answer: at most four, so that one to delete it fits into the same row.
    fn quote_buttons(&self, answer: &Answer, best: &Quote) -> Vec<Button> {
        let locale = self.request.locale;
        let mut buttons = Vec::new();
        let around = self.around(best);
        let others = (answer.quotes.len() > 1).then(|| {
            let id = ComponentId::OtherPassages {
                article: self.key(),
                page: 0,
                target: Target::NewMessage,
            };
            self.button("other-passages", ButtonStyle::Secondary, id)
        });
        match self.follow_up_button() {
            // What stands around an answer has a button to other passages, too.
            Some(follow_up) => {
                let leads_on = around
                    .as_ref()
                    .is_some_and(|it| matches!(it.id(), Some(ComponentId::Context { .. })));
                let (first, second) = (around, others);
                buttons.extend(if leads_on { first } else { second.or(first) });
                buttons.push(follow_up);
            }
            None => buttons.extend([around, others].into_iter().flatten()),
        }
        if self.visibility == Visibility::Ephemeral
            && self.request.channel != ChannelKind::DirectMessage
        {
            let article = self.key();
            let id = ComponentId::Share { article };
            buttons.push(self.button("share", ButtonStyle::Primary, id));
        }
        let passage = PassageKey::of(self.engine.corpus(), best.passage);
        buttons.extend(feedback_buttons(locale, passage));
        buttons
    }

    /// The button that shows the rest of the section. If there is none, or the source has a link to it, the button that shows
    /// the place in the article, unless the quote is all of it.
    fn around(&self, best: &Quote) -> Option<Button> {
        let corpus = self.engine.corpus();
        let of = corpus.article(best.article);
        let rest = rest_of_section(of, best);
        if rest.is_some_and(|rest| address_of(of, best.paragraph, rest).is_none()) {
            let id = self.context(best);
            return Some(self.button("read-on", ButtonStyle::Secondary, id));
        }
        let id = ComponentId::Read {
            article: ArticleKey::of(corpus, best.article),
            page: read::page_of(corpus, best.passage),
            target: Target::NewMessage,
        };
        (best.span.len() < of.text.len())
            .then(|| self.button("read-in-article", ButtonStyle::Secondary, id))
    }

    fn button(&self, label: &str, style: ButtonStyle, id: ComponentId) -> Button {
        Button::new(&self.request.locale.text(label), style, id)
    }

    /// The article that the question is restricted to.
    fn key(&self) -> Option<ArticleKey> {
        self.article
            .map(|id| ArticleKey::of(self.engine.corpus(), id))
    }

    /// The button to ask a further question, where Discord may withhold replies to the card.
    fn follow_up_button(&self) -> Option<Button> {
        let can_reply = self.request.channel == ChannelKind::DirectMessage;
        let is_shown = self.visibility == Visibility::Public && !can_reply;
        is_shown.then(|| follow_up_button(self.request, self.key()))
    }

    /// A fact about an article with the line that states it, its summary, or the list of articles.
    fn about(&self, answer: &Answer, about: &About) -> Response {
        let (engine, request) = (self.engine, self.request);
        if about.topic == Topic::Help {
            return help::response(engine, request, self.visibility);
        }
        let Some(id) = about.article else {
            let card = articles::page(engine, request, 0);
            return Response::message(card, self.visibility, RequestOutcome::Shown);
        };
        let card = match about.topic {
            Topic::Gist => summary::short(engine, request, id),
            _ => self.fact(answer, about, id),
        };
        Response::message(card, self.visibility, RequestOutcome::Shown)
    }

    fn fact(&self, answer: &Answer, about: &About, id: ArticleId) -> Card {
        let locale = self.request.locale;
        let article = self.engine.corpus().article(id);
        let card = Card::new(Tone::Plain).with_question(self.question);
        let card = match (&about.fact, about.topic) {
            (_, Topic::Length) => card.paragraph(&article::length_line(locale, article)),
            (Some(fact), Topic::Source) => {
                let run = Run::default().link(&locale.text("original"), Some(fact));
                card.with(Block::Paragraph(run))
            }
            (Some(fact), _) => card.paragraph(fact),
            (None, _) => {
                let args = [("title", FluentValue::from(title(article)))];
                card.paragraph(&locale.text_with("article-does-not-say", &args))
            }
        };
        let card = answer.quotes.iter().fold(card, |card, quote| {
            card.with(Block::Quote(Run::new(quote.span.of(&article.text))))
        });
        card.with(Block::Source(
            Run::default().link(&title(article), article.meta.source.as_deref()),
        ))
        .buttons(article::buttons(self.engine, locale, id))
    }

    fn suggestions(&self, answer: &Answer) -> Response {
        let locale = self.request.locale;
        let suggestions = || (1..).zip(answer.quotes.iter().take(SUGGESTIONS));
        let mut card = Card::new(Tone::Unsure)
            .with_question(self.question)
            .paragraph(&locale.text("did-you-mean"))
            .with_all(suggestions().map(|(number, quote)| self.suggestion(number, quote)))
            .buttons(
                suggestions()
                    .map(|(number, quote)| self.suggestion_button(number, quote))
                    .chain(self.follow_up_button()),
            );
        let language = answer
            .quotes
            .first()
            .and_then(|first| language_note(locale, first));
        let notes: Vec<String> = language
            .into_iter()
            .chain(corrections(locale, &answer.corrections))
            .collect();
        if !notes.is_empty() {
            card = card.small(&notes.join(" · "));
        }
        let outcome = RequestOutcome::Suggested(answer.confidence);
        Response::message(card, self.visibility, outcome)
    }

    /// A suggestion with its place: `1 Title › Heading: text`. The words of the question are bold in it.
    fn suggestion(&self, number: usize, quote: &Quote) -> Block {
        let article = self.engine.corpus().article(quote.article);
        let (marks, words) = (&article.marks, &quote.highlights);
        let text = Run::default().marked(&article.text, marks, quote.best, words);
        let place = location_with_page(self.request.locale, article, quote.best);
        let run = Run::default().bold(&format!("{number} {place}"));
        Block::Item(run.and(": ").followed_by(text.in_one_line(SUGGESTION)))
    }

    /// The button that shows the whole of a suggestion.
    fn suggestion_button(&self, number: usize, quote: &Quote) -> Button {
        let article = self.engine.corpus().article(quote.article);
        let name = heading(article, quote.best).unwrap_or_else(|| title(article));
        let label = format!("{number} {}", cut_plain(&name, SUGGESTION_LABEL));
        Button::new(&label, ButtonStyle::Secondary, self.context(quote))
    }

    /// The id of a button that shows what stands around a quote.
    fn context(&self, quote: &Quote) -> ComponentId {
        let corpus = self.engine.corpus();
        let passage = corpus.span(corpus.passage(quote.passage));
        let start = quote.best.start.saturating_sub(passage.start);
        ComponentId::Context {
            passage: PassageKey::of(corpus, quote.passage),
            quote: (start, start + quote.best.len() as u32),
            scope: self.article.map_or(Scope::All, |_| Scope::Article),
        }
    }

    fn no_answer(&self, answer: &Answer) -> Response {
        let locale = self.request.locale;
        let corpus = self.engine.corpus();
        let id = match (self.article, corpus.is_empty()) {
            (_, true) => "no-articles",
            (Some(_), false) => "no-answer-in-article",
            (None, false) => "no-answer",
        };
        let title = self
            .article
            .map_or(String::new(), |id| title(corpus.article(id)));
        let args = [
            ("articles", FluentValue::from(corpus.article_count())),
            ("title", FluentValue::from(title)),
        ];
        let mut card = Card::new(Tone::Unsure)
            .with_question(self.question)
            .paragraph(&locale.text_with(id, &args));
        if !corpus.is_empty() {
            card = card.paragraph(&locale.text("rephrase"));
        }
        if let Some(line) = corrections(locale, &answer.corrections) {
            card = card.small(&line);
        }
        // A passage without a word of the question is near only by chance.
        let nearest = answer
            .quotes
            .iter()
            .filter(|quote| !quote.highlights.is_empty())
            .take(SUGGESTIONS);
        let menu = passage_menu(self.engine, locale, "nearest-passages", nearest);
        let card = card.select(menu);
        let card = point_to_helpers(self.request, card);
        Response::message(card, self.visibility, RequestOutcome::NoAnswer)
    }
}

/// What follows a quote in the section that it ends in; `None` if it ends with that.
fn rest_of_section(article: &Article, quote: &Quote) -> Option<Span> {
    let last = article.paragraphs_in(quote.span).last()?;
    let section = article.span_of(article.section(last));
    let rest = Span {
        start: quote.span.end,
        end: section.end.max(quote.span.end),
    };
    Some(rest.trimmed(&article.text)).filter(|rest| !rest.is_empty())
}

fn feedback_buttons(locale: Locale, passage: PassageKey) -> [Button; 2] {
    let button = |text: &str, helpful: bool| {
        let passage = Some(passage);
        let id = ComponentId::Feedback { helpful, passage };
        Button::new(&locale.text(text), ButtonStyle::Secondary, id)
    };
    [button("helpful", true), button("not-helpful", false)]
}

/// Posts an ephemeral answer in the channel, with the name of the member who shared it.
pub(super) fn share(
    engine: &Engine,
    request: &Request,
    data: &ComponentData<'_>,
    article: Option<ArticleKey>,
) -> Response {
    if data.question.is_empty() {
        return refuse(request, Refusal::QuestionGone);
    }
    let article = match article_of(engine, request, article) {
        Ok(article) => article,
        Err(response) => return response,
    };
    let response = answer(engine, request, data.question, article, Visibility::Public);
    match response.reply {
        Reply::Message { card, visibility } if visibility == Visibility::Public => {
            let locale = request.seen_by(Visibility::Public).locale;
            let shared_by = Run::new(&locale.text("shared-by"))
                .and(" ")
                .member(request.member);
            let card = card.with(Block::Small(shared_by));
            Response::message(card, visibility, response.outcome)
        }
        _ => response,
    }
}

fn follow_up_button(request: &Request, article: Option<ArticleKey>) -> Button {
    let label = request.locale.text("follow-up");
    Button::new(
        &label,
        ButtonStyle::Secondary,
        ComponentId::FollowUp { article },
    )
}

/// Opens a form to ask a further question. It contains the last one, to be changed.
pub(super) fn follow_up_form(
    request: &Request,
    data: &ComponentData<'_>,
    article: Option<ArticleKey>,
) -> Response {
    let locale = request.locale;
    let title = locale.text("follow-up");
    let label = locale.text("command-ask.question-description");
    let id = ComponentId::FollowUp { article };
    let input = FormInput::paragraph(data.question, MAX_QUESTION);
    Response::form(Form::new(id, &title).field(FormField::new(QUESTION, &label, input)))
}

/// Answers the question in that form.
pub(crate) fn follow_up(
    engine: &Engine,
    request: &Request,
    values: &FormValues,
    article: Option<ArticleKey>,
) -> Response {
    let Some(question) = values.text(QUESTION) else {
        return help::response(engine, request, Visibility::Ephemeral);
    };
    match article_of(engine, request, article) {
        Ok(article) => answer(
            engine,
            request,
            question,
            article,
            usual_visibility(request),
        ),
        Err(response) => response,
    }
}

/// Says that Discord withholds a reply to a card, and offers to ask in another way. The card keeps the question, which the
/// form will contain.
pub(crate) fn withheld(request: &Request, question: &str) -> Response {
    let card = Card::new(Tone::Plain)
        .with_question(question)
        .paragraph(&request.locale.text("reply-withheld"))
        .buttons([follow_up_button(request, None)]);
    Response::message(card, Visibility::Public, RequestOutcome::Shown)
}

/// Counts a rating of an answer.
pub(super) fn rate(
    request: &Request,
    data: &ComponentData<'_>,
    helpful: bool,
    passage: Option<PassageKey>,
) -> Response {
    Response::perform(Effect::Rate(Rating {
        question: data.question.to_owned(),
        passage,
        helpful,
        member: request.member,
    }))
}

/// Thanks for a rating.
pub(crate) fn rated(request: &Request, helpful: bool) -> Response {
    let id = if helpful {
        "feedback-helpful"
    } else {
        "feedback-not-helpful"
    };
    let card = Card::new(Tone::Plain).paragraph(&request.locale.text(id));
    Response::ephemeral(card, RequestOutcome::Feedback { helpful })
}
