//! Cards through the public API, without Discord. For any articles and any request:
//!
//! 1. Nothing panics, and every response is within Discord's limits.
//! 2. Every control of every card works, also in another process that has read the same articles in another order.
//! 3. If the text has changed since, the control says so.
//! 4. Every quote is a slice of an article, and every file is its text byte for byte.

mod articles;
mod asking;
mod properties;
mod teaching;

use proptest::prelude::*;
use pullquote_cards::commands::TABLE;
use pullquote_cards::{
    Action, ActionRow, Activity, Addition, Addressed, Argument, Arguments, Block, ButtonKind, Card,
    ChannelKind, ComponentId, Confirmed, Context, DraftKey, Effect, EffectOutcome, ExportFormat,
    FileProblem, FormField, FormInput, FormValue, FormValues, Gate, HostSettings, INSIGHTS_PAGE,
    Inline, InsightsOutcome, Kept, Locale, MESSAGE, Nearest, OpenQuestion, OptionKind, Origin,
    OwnArticle, OwnArticles, OwnSource, OwnText, PassageKey, PinnedQuestion, Prepared,
    PreparedArticle, PreparedSource, QuestionKey, QuestionPage, QuotedArticle, QuotesList,
    QuotesPage, QuotesView, RatedPassage, Refusal, Removed, Replaced, Reply, Request,
    RequestOutcome, Response, Run, SUBCOMMAND, SettingChange, Settings, ShownSettings, Source,
    SourceKey, SourceKind, SourceOutcome, Status, TeachingError, Visibility, after, respond,
};
use pullquote_core::article::{Article, Numbering};
use pullquote_core::engine::Engine;
use pullquote_core::query::reads_like_a_question;
use pullquote_readers as readers;
use std::collections::HashSet;

fn parse(path: &str, text: &str) -> Option<Article> {
    Article::new(path, readers::read(path, text.as_bytes()))
}

const COAST: &str = "---\ntitle: The lighthouse of Norrby\nsource: https://example.org/norrby_(light)\n\
    author: Ada Berg\naliases: [Norrby light]\ntags: [lighthouses]\n---\n\n\
    The lighthouse of Norrby was built in 1874 by Karl Wessel. It stands on a skerry of red granite.\n\n\
    ## How is the lamp lit?\n\n\
    The lamp burned rapeseed oil until 1902. Then the keeper Signe Dahl had it changed to paraffin. Her \
    diary tells that the first night was *bright as day*, and that nobody slept.\n\n\
    ## The keepers\n\n\
    Signe Dahl kept the lighthouse for thirty-one years. She wrote a diary on the weather every evening.\n\n\
    After her, two brothers kept the lighthouse. They quarrelled over the fog horn until the county sent \
    a letter.\n";
const BREAD: &str = "# Sourdough\n\nA sourdough starter needs flour, water and patience. Feed the starter \
    twice a day.\n\nBake the loaf at 230 degrees. A lighthouse keeper's loaf is flat.\n";

fn engine() -> Engine {
    let articles = [parse("coast.md", COAST), parse("bread.md", BREAD)];
    Engine::build(articles.into_iter().flatten().collect())
}

/// The line of [`COAST`] that names the page it comes from.
const SOURCE: &str = "source: https://example.org/norrby_(light)\n";

/// The coast with a section that is too long to be quoted whole.
fn long_coast() -> String {
    let more = "The keepers wrote down how much oil the lamp burned on every night of the year. "
        .repeat(16);
    COAST.replace("slept.\n\n", &format!("slept.\n\n{more}\n\n"))
}

fn request(action: Action) -> Request {
    Request {
        action,
        locale: Locale::English,
        channel: ChannelKind::Server,
        member: 42,
        status: Status {
            uptime: 90_061,
            latency: Some(37),
        },
        context: Context::default(),
    }
}

fn command(name: &str, arguments: Arguments) -> Action {
    Action::Command {
        name: name.to_owned(),
        arguments,
    }
}

fn text(name: &str, text: &str) -> Arguments {
    Arguments::default().with_text(name, text)
}

fn ask(question: &str) -> Action {
    command("ask", text("question", question))
}

fn written(text: &str) -> Action {
    Action::Question {
        text: text.to_owned(),
        addressed: Addressed::Bot,
    }
}

/// Every way to use a control of a card: its label and the action.
fn controls(card: &Card) -> Vec<(String, Action)> {
    let asked = card.footer().or(card.author()).map(str::to_owned);
    let press = |custom_id: String, values: Vec<String>| Action::Component {
        custom_id,
        values,
        source: Source {
            question: asked.clone(),
            owner: Some(42),
            ..Source::default()
        },
    };
    let mut found = Vec::new();
    for row in card.rows() {
        match row {
            ActionRow::Buttons(buttons) => {
                for button in buttons {
                    if let ButtonKind::Interactive { id, .. } = button.kind() {
                        found.push((button.label().to_owned(), press(id.to_string(), Vec::new())));
                    }
                }
            }
            ActionRow::Select(select) => {
                for option in select.options() {
                    let values = vec![option.value().to_owned()];
                    found.push((
                        option.label().to_owned(),
                        press(select.id().to_string(), values),
                    ));
                }
            }
            ActionRow::Channels(menu) => {
                for values in [vec![], vec!["7".to_owned()], vec!["x".to_owned()]] {
                    let label = menu.placeholder().to_owned();
                    found.push((label, press(menu.id().to_string(), values)));
                }
            }
        }
    }
    found
}

#[track_caller]
fn press(engine: &Engine, response: &Response, label: &str) -> Response {
    let card = response.card().expect("a card");
    let all = controls(card);
    let found = all.iter().find(|(known, _)| known == label);
    let (_, action) = found.unwrap_or_else(|| panic!("no {label:?} among {all:?}"));
    respond(engine, &request(action.clone()))
}

fn has(response: &Response, label: &str) -> bool {
    controls(response.card().expect("a card"))
        .iter()
        .any(|(known, _)| known == label)
}

fn labels(response: &Response) -> Vec<String> {
    let controls = controls(response.card().expect("a card")).into_iter();
    controls.map(|(label, _)| label).collect()
}

fn body(response: &Response) -> String {
    response.card().expect("a card").body().to_owned()
}

fn quotes(card: &Card) -> Vec<String> {
    let quoted = card.blocks().iter().filter_map(|block| match block {
        Block::Quote(run) => Some(run.text()),
        _ => None,
    });
    quoted.collect()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn between(what: &str, text: &str, least: usize, most: usize) {
    let length = units(text);
    assert!(
        (least..=most).contains(&length),
        "{what} of {length}: {text:?}"
    );
}

/// Checks Discord's limits, independently of the code under test.
fn check(response: &Response) {
    if let Reply::Choices(choices) = &response.reply {
        assert!(choices.len() <= 25);
        for choice in choices {
            between("choice", choice.name(), 1, 100);
            between("value", choice.value(), 1, 100);
        }
    }
    if let Reply::Form(form) = &response.reply {
        between("title", form.title(), 1, 45);
        assert!((1..=5).contains(&form.fields().len()));
        for field in form.fields() {
            between("label", field.label(), 1, 45);
            if let FormInput::Text {
                value, max_length, ..
            } = field.input()
            {
                between("value", value, 0, *max_length);
            }
        }
    }
    let Some(card) = response.card() else {
        return;
    };
    check_texts(card);
    check_rows(card);
    if let Some(file) = card.attachment() {
        assert!(file.bytes().len() <= 10 * 1024 * 1024);
        let endings = [".txt", ".md", ".csv", ".png"];
        let is_known = endings.iter().any(|ending| file.name().ends_with(ending));
        assert!(file.name().is_ascii() && is_known, "{}", file.name());
    }
}

fn check_texts(card: &Card) {
    let title = card.title().unwrap_or_default();
    let (author, footer) = (
        card.author().unwrap_or_default(),
        card.footer().unwrap_or_default(),
    );
    between("title", &title, 0, 256);
    between("author", author, 0, 256);
    between("footer", footer, 0, 2_048);
    between("body", card.body(), 0, 4_096);
    let content = card.content();
    between("content", &content, 0, 2_000);
    let asked = Card::question_in(&content);
    let known = card.question().is_none_or(|question| {
        let asked = asked.as_deref().unwrap_or_default();
        question == asked || question.starts_with(asked.trim_end_matches('…').trim_end())
    });
    assert!(
        known && asked.is_some() == card.question().is_some(),
        "{content}"
    );
    assert!(card.fields().len() <= 25);
    let mut all = units(&title) + units(author) + units(footer) + units(card.body());
    for field in card.fields() {
        between("field", &field.name(), 1, 256);
        between("field", &field.value(), 1, 1_024);
        all += units(&field.name()) + units(&field.value());
    }
    assert!(all <= 6_000, "{all} in all");
    assert!(
        !(title.is_empty() && card.body().trim().is_empty()),
        "an empty embed"
    );
}

fn check_rows(card: &Card) {
    assert!(card.rows().len() <= 5);
    let mut ids = HashSet::new();
    for row in card.rows() {
        match row {
            ActionRow::Buttons(buttons) => {
                assert!((1..=5).contains(&buttons.len()));
                for button in buttons {
                    between("label", button.label(), 1, 80);
                    match button.kind() {
                        ButtonKind::Interactive { id, .. } => {
                            between("custom_id", &id.to_string(), 1, 100);
                            assert!(ids.insert(id.to_string()), "{id} twice");
                            assert_eq!(ComponentId::parse(&id.to_string()), Some(*id));
                        }
                        ButtonKind::Link(url) => {
                            between("address", url, 1, 512);
                            assert!(url.starts_with("https://") || url.starts_with("http://"));
                        }
                    }
                }
            }
            ActionRow::Channels(menu) => {
                between("custom_id", &menu.id().to_string(), 1, 100);
                assert!(ids.insert(menu.id().to_string()));
                between("placeholder", menu.placeholder(), 1, 150);
                assert!(menu.channels().len() <= menu.most().into() && menu.most() <= 25);
            }
            ActionRow::Select(select) => {
                between("custom_id", &select.id().to_string(), 1, 100);
                assert!(ids.insert(select.id().to_string()));
                between("placeholder", select.placeholder(), 1, 150);
                assert!((1..=25).contains(&select.options().len()));
                let mut values = HashSet::new();
                for option in select.options() {
                    between("option", option.label(), 1, 100);
                    between("option", option.description().unwrap_or("-"), 1, 100);
                    between("option", option.value(), 1, 100);
                    assert!(values.insert(option.value()), "an option twice");
                }
            }
        }
    }
}
