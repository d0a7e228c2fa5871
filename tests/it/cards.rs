//! Cards through the public API, without Discord. For any articles and any request:
//!
//! 1. Nothing panics, and every response is within Discord's limits.
//! 2. Every control of every card works, also in another process that has read the same articles in another order.
//! 3. If the text has changed since, the control says so.
//! 4. Every quote is a slice of an article, and every file is its text byte for byte.

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

/// The coast with a section that is too long to be quoted whole.
/// The line of [`COAST`] that names the page it comes from.
const SOURCE: &str = "source: https://example.org/norrby_(light)\n";

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

#[test]
fn a_question_is_answered_with_a_quote() {
    let response = respond(
        &engine(),
        &request(ask("Who built the lighthouse of Norrby?")),
    );
    assert!(
        matches!(response.outcome, RequestOutcome::Quoted(_)),
        "{response:?}"
    );
    let body = body(&response);
    assert!(body.starts_with("> "), "{body}");
    assert!(body.contains("**built**"), "{body}");
    assert!(
        body.contains(
            "— [The lighthouse of Norrby](https://example.org/norrby_%28light%29\
             #:~:text=The%20lighthouse%20of%20Norrby%20was%20built"
        ),
        "{body}"
    );
    let card = response.card().unwrap();
    assert_eq!(card.author(), Some("Who built the lighthouse of Norrby?"));
    assert!(has(&response, "👍 Helpful") && has(&response, "👎 Not helpful"));
    assert!(
        !has(&response, "Share in channel"),
        "a public answer has nothing to share"
    );
    assert!(matches!(
        response.reply,
        Reply::Message {
            visibility: Visibility::Public,
            ..
        }
    ));
}

/// A browser scrolls to the quoted words; one that does not find them, to the section.
#[test]
fn the_source_leads_to_the_quoted_words_in_their_section() {
    let source = "---\nsource: https://example.org/kiln\n---\n\n";
    let page = format!(
        "{source}# Kiln\n\n## How hot is it?\n\nThe kiln reaches 1,280\u{a0}°C (cone 9-10) at the top.\n\n## Firing plan\n\n\
         | Cone | Use |\n|---|---|\n| 04 | Bisque firing |\n| 6 | Stoneware glaze |\n"
    );
    let engine = Engine::build(parse("kiln.md", &page).into_iter().collect());
    for (question, link) in [
        (
            "How hot is the kiln?",
            "https://example.org/kiln#how-hot-is-it:~:text=The%20kiln%20reaches%201%2C280%20%C2%B0C%20%28cone%209%2D10%29%20at",
        ),
        (
            "which cone for a stoneware glaze",
            "https://example.org/kiln#firing-plan:~:text=",
        ),
    ] {
        let body = body(&respond(&engine, &request(ask(question))));
        assert!(body.contains(link), "{question}: {body}");
        assert!(!body.contains("%7C"), "a cell, not a row: {body}");
    }
}

#[test]
fn two_answers_that_are_about_as_likely_are_both_shown() {
    let garden = "# Allotments\n\n## North garden\n\nThe gate of the north garden opens at eight. Bring your own tools.\n\n\
        ## South garden\n\nThe gate of the south garden opens at ten. Tools hang in the shed.\n";
    let engine = Engine::build(parse("garden.md", garden).into_iter().collect());
    let shown = |question: &str| {
        let response = respond(&engine, &request(ask(question)));
        let both = body(&response).contains("Or this:");
        (both, quotes(response.card().unwrap()))
    };
    let (both, shown_for_either) = shown("when does the gate of the garden open");
    let [first, second] = shown_for_either.as_slice() else {
        panic!("{shown_for_either:?}");
    };
    assert!(both && first.contains("at eight") && second.contains("at ten"));
    let (both, shown_for_one) = shown("when does the gate of the south garden open");
    assert!(!both, "{shown_for_one:?}");
    assert!(
        shown_for_one.concat().contains("at ten"),
        "{shown_for_one:?}"
    );
}

#[test]
fn a_corrected_typo_is_shown() {
    let body = body(&respond(
        &engine(),
        &request(written("who biult the lighthuose of Norrby")),
    ));
    assert!(body.contains("Read “lighthuose” as “lighthouse”"), "{body}");
}

#[test]
fn a_private_answer_can_be_shared() {
    let engine = engine();
    let arguments = text("question", "Who built the lighthouse of Norrby?")
        .with("private", Argument::Boolean(true));
    let private = respond(&engine, &request(command("ask", arguments.clone())));
    assert!(matches!(
        private.reply,
        Reply::Message {
            visibility: Visibility::Ephemeral,
            ..
        }
    ));
    let shared = press(&engine, &private, "Share in channel");
    assert!(matches!(
        shared.reply,
        Reply::Message {
            visibility: Visibility::Public,
            ..
        }
    ));
    assert_eq!(
        quotes(shared.card().unwrap()),
        quotes(private.card().unwrap())
    );
    assert!(body(&shared).contains("<@42>"), "says who shared it");
    let direct = Request {
        channel: ChannelKind::DirectMessage,
        ..request(command("ask", arguments))
    };
    assert!(
        !has(&respond(&engine, &direct), "Share in channel"),
        "direct messages have nobody to share with"
    );
}

#[test]
fn read_on_shows_the_rest_with_the_quote_in_bold() {
    let coast = long_coast().replace(SOURCE, "");
    let engine = Engine::build(parse("coast.md", &coast).into_iter().collect());
    let response = respond(
        &engine,
        &request(ask("When was the lamp changed to paraffin?")),
    );
    let quoted = quotes(response.card().unwrap()).concat();
    assert!(quoted.ends_with("nobody slept."), "{quoted}");
    let more = press(&engine, &response, "Read on");
    assert!(matches!(
        more.reply,
        Reply::Message {
            visibility: Visibility::Ephemeral,
            ..
        }
    ));
    let [Block::Quote(run), ..] = more.card().unwrap().blocks() else {
        panic!("{more:?}");
    };
    let best = "Then the keeper Signe Dahl had it changed to paraffin.";
    assert!(
        run.parts().contains(&Inline::Bold(best.to_owned())),
        "{run:?}"
    );
    assert!(run.text().starts_with(&quoted) && run.text().len() > quoted.len());
    let read = press(&engine, &more, "Read in article");
    assert!(body(&read).contains("The lamp burned"));
}

#[test]
fn read_on_leads_to_the_page_of_the_source() {
    let engine = Engine::build(parse("coast.md", &long_coast()).into_iter().collect());
    let question = "When was the lamp changed to paraffin?";
    let response = respond(&engine, &request(ask(question)));
    assert!(!has(&response, "Read on"), "a link needs no button");
    let blocks = response.card().unwrap().blocks();
    let links: Vec<(&str, &str)> = blocks
        .iter()
        .filter(|block| matches!(block, Block::Source(_)))
        .flat_map(|block| block.run().parts())
        .filter_map(|part| match part {
            Inline::Link { label, url, .. } => Some((label.as_str(), url.as_str())),
            _ => None,
        })
        .collect();
    let page = "https://example.org/norrby_%28light%29";
    let [(title, _), ("Read on", address)] = links[..] else {
        panic!("{links:?}");
    };
    assert_eq!(title, "The lighthouse of Norrby");
    // Where the quote ends.
    assert!(
        address.starts_with(page) && address.contains(":~:text=The%20keepers%20wrote"),
        "{address}"
    );
    // A quote that is the whole section has nothing to read on.
    let short = Engine::build(parse("coast.md", COAST).into_iter().collect());
    let response = respond(&short, &request(ask(question)));
    assert!(!body(&response).contains("Read on"), "{response:?}");
}

#[test]
fn other_passages_exclude_the_answer() {
    let engine = engine();
    let question = "Who kept the lighthouse for thirty-one years?";
    let response = respond(&engine, &request(ask(question)));
    let first = quotes(response.card().unwrap());
    let others = press(&engine, &response, "Other passages");
    let card = others.card().unwrap();
    assert!(!quotes(card).is_empty() && !quotes(card).contains(&first[0]));
    assert_eq!(card.author(), Some(question));
}

#[test]
fn a_passage_that_is_all_quote_is_not_all_bold() {
    let text = "# Tea\n\nGreen tea is steeped for two minutes in hot water.\n\n# Bread\n\n\
        Bread rises for two hours in a warm kitchen.\n";
    let engine = Engine::build(parse("food.md", text).into_iter().collect());
    let unsure = respond(&engine, &request(ask("what colour is the warm kitchen")));
    let more = press(&engine, &unsure, "1 Bread");
    let [Block::Quote(run), ..] = more.card().unwrap().blocks() else {
        panic!("{more:?}");
    };
    assert_eq!(run.text(), "Bread rises for two hours in a warm kitchen.");
    assert!(run.parts().iter().all(|part| !part.is_bold()), "{run:?}");
}

/// A public answer has no room for this button beside one to delete it: it is in the context.
#[test]
fn context_leads_to_other_passages() {
    let engine = Engine::build(
        [
            parse("coast.md", &long_coast().replace(SOURCE, "")),
            parse("bread.md", BREAD),
        ]
        .into_iter()
        .flatten()
        .collect(),
    );
    let question = "When was the lamp changed to paraffin?";
    let everywhere = text("question", question);
    let here = everywhere.clone().with_text("article", "coast");
    for (arguments, same_article) in [(everywhere, false), (here, true)] {
        let response = respond(&engine, &request(command("ask", arguments)));
        assert_eq!(
            labels(&response),
            [
                "Read on",
                "Ask a follow-up",
                "👍 Helpful",
                "👎 Not helpful",
                "Delete"
            ]
        );
        assert_eq!(response.card().unwrap().rows().len(), 1);
        let more = press(&engine, &response, "Read on");
        assert_eq!(more.card().unwrap().author(), Some(question));
        let others = press(&engine, &more, "Other passages");
        assert!(!quotes(others.card().unwrap()).is_empty());
        let is_here = !body(&others).contains("Sourdough");
        assert!(is_here || !same_article, "{others:?}");
    }
}

#[test]
fn feedback_is_thanked_for_and_reported() {
    let engine = engine();
    let response = respond(
        &engine,
        &request(ask("Who built the lighthouse of Norrby?")),
    );
    for (label, expect) in [("👍 Helpful", true), ("👎 Not helpful", false)] {
        let pressed = press(&engine, &response, label);
        let Reply::Perform(Effect::Rate(rating)) = pressed.reply else {
            panic!("{pressed:?}");
        };
        assert_eq!((rating.helpful, rating.member), (expect, 42));
        assert_eq!(rating.question, "Who built the lighthouse of Norrby?");
        let passage = rating.passage.and_then(|key| key.find(engine.corpus()));
        let passage = engine
            .corpus()
            .passage(passage.expect("the quoted passage"));
        let article = engine.corpus().article(passage.article);
        assert!(
            engine
                .corpus()
                .span(passage)
                .of(&article.text)
                .contains("Karl Wessel")
        );
        let thanks = after(&request(ask("")), &EffectOutcome::Rated { helpful: expect });
        assert!(
            matches!(thanks.outcome, RequestOutcome::Feedback { helpful } if helpful == expect)
        );
        assert!(matches!(
            thanks.reply,
            Reply::Message {
                visibility: Visibility::Ephemeral,
                ..
            }
        ));
    }
}

#[test]
fn a_question_without_an_answer_gets_advice() {
    let response = respond(
        &engine(),
        &request(ask("Which football club won in Madrid yesterday?")),
    );
    assert_eq!(response.outcome, RequestOutcome::NoAnswer);
    assert!(body(&response).contains("2 articles"));
    assert!(quotes(response.card().unwrap()).is_empty());
    let nothing = respond(&Engine::build(Vec::new()), &request(ask("Who built it?")));
    assert!(body(&nothing).contains("no articles"));
}

#[test]
fn suggestions_can_be_opened() {
    let engine = engine();
    let response = respond(
        &engine,
        &request(ask("What did the county council think of the weather?")),
    );
    assert!(
        matches!(response.outcome, RequestOutcome::Suggested(_)),
        "{response:?}"
    );
    let card = response.card().unwrap();
    let (_, first) = &controls(card)[0];
    let opened = respond(&engine, &request(first.clone()));
    assert_eq!(quotes(opened.card().unwrap()).len(), 1);
}

#[test]
fn an_empty_question_gets_help() {
    for text in ["", "  ", "help", "/help", "Hilfe!"] {
        let response = respond(&engine(), &request(written(text)));
        let body = body(&response);
        assert!(
            body.contains("How is the lamp lit?"),
            "an example question from the articles: {body}"
        );
        for command in [
            "/ask",
            "/search",
            "/articles",
            "/article",
            "/help",
            "/about",
        ] {
            assert!(body.contains(&format!("**{command}**")), "{body}");
        }
    }
}

#[test]
fn a_quote_that_ends_with_its_section_leads_into_the_article() {
    let ask_about = |page: &str| {
        let engine = Engine::build(parse("wiki.md", page).into_iter().collect());
        let answer = respond(&engine, &request(ask("What do I need for a workbench?")));
        assert!(body(&answer).contains("4 stone"), "{answer:?}");
        (engine, answer)
    };
    let alone = "# Wiki\n\nFor a workbench you need:\n\n- 10 wood\n- 4 stone\n";
    let (_, answer) = ask_about(alone);
    assert!(!has(&answer, "Read on"), "the quote is all of it");
    let below = alone.replace(
        "For",
        &format!("{}\n\nFor", "Craft by the fire. ".repeat(60)),
    );
    let (engine, answer) = ask_about(&below);
    assert!(!has(&answer, "Read on"), "nothing follows");
    let read = press(&engine, &answer, "Read in article");
    let shown = body(&read);
    assert!(
        shown.contains("Craft by the fire") && shown.contains("4 stone"),
        "{shown}"
    );
}

#[test]
fn empty_results_say_what_to_do_next() {
    let submarines = text("focus", "submarines");
    for action in [
        command("search", text("keywords", "submarines")),
        command("summary", submarines.clone()),
        command("summary", submarines.with_text("article", "coast")),
        ask("Which submarines dive?"),
    ] {
        let body = body(&respond(&engine(), &request(action)));
        assert!(body.contains("Try rephrasing"), "{body}");
    }
    let none = Engine::build(Vec::new());
    for action in [written("help"), written("hello"), ask("why?")] {
        let body = body(&respond(&none, &request(action)));
        assert!(body.contains("There are no articles yet."), "{body}");
    }
    let one = Engine::build(parse("a.txt", "The door is red.").into_iter().collect());
    let listed = respond(&one, &request(command("articles", Arguments::default())));
    assert!(
        body(&listed).contains("One article with one passage."),
        "{listed:?}"
    );
}

#[test]
fn small_talk_gets_an_introduction() {
    for text in [
        "what is it?",
        "thanks!",
        "good morning",
        "guten Morgen",
        "Merci !",
        "you are so funny",
    ] {
        let response = respond(&engine(), &request(written(text)));
        let body = body(&response);
        assert_eq!(
            body,
            "Ask me a question about the articles. /help shows how."
        );
        assert_eq!(labels(&response), ["Delete"], "{text}");
    }
    // Weak matches are not shown.
    for text in ["tell me a joke", "which zebra is a robot?"] {
        let response = respond(&engine(), &request(written(text)));
        assert_eq!(response.outcome, RequestOutcome::NoAnswer, "{text}");
        assert_eq!(labels(&response), ["Delete"], "{text}: {response:?}");
    }
}

#[test]
fn overlong_questions_are_refused() {
    let long = "why ".repeat(260);
    for action in [
        ask(&long),
        written(&long),
        command("search", text("keywords", &long)),
    ] {
        let response = respond(&engine(), &request(action));
        assert_eq!(response.outcome, RequestOutcome::Refused(Refusal::TooLong));
        check(&response);
    }
    let fits = format!(
        "Who built the lighthouse of Norrby {}",
        "really ".repeat(120)
    );
    let response = respond(&engine(), &request(ask(&fits)));
    let card = response.card().unwrap();
    assert_eq!((card.author(), card.footer()), (None, Some(fits.trim())));
}

#[test]
fn unasked_it_answers_only_when_sure() {
    let engine = engine();
    let overheard = |text: &str| {
        let action = Action::Question {
            text: text.to_owned(),
            addressed: Addressed::Anyone,
        };
        respond(&engine, &request(action)).reply
    };
    let answered = overheard("Who built the lighthouse of Norrby?");
    assert!(matches!(answered, Reply::Message { .. }), "{answered:?}");
    for text in [
        "The lighthouse of Norrby was built by Karl Wessel.",
        "Who won in Madrid yesterday?",
        "really?",
        "",
    ] {
        assert_eq!(overheard(text), Reply::Silence, "{text}");
    }
}

#[test]
fn questions_are_distinguished_from_remarks() {
    for text in [
        "Who built it, then?",
        "how do I feed the starter",
        "¿Quién construyó el faro?",
        "Wer hat den Turm gebaut",
        "in which year was it built?",
        "灯塔是谁建造的，什么时候？",
    ] {
        assert!(reads_like_a_question(text), "{text}");
    }
    for text in [
        "",
        "?",
        "what",
        "really?",
        "I built it.",
        "What a day!",
        "> who built it?",
        "how nice that you came.",
    ] {
        assert!(!reads_like_a_question(text), "{text}");
    }
}

#[test]
fn search_is_paged() {
    let many: String = (1..=8)
        .map(|n| format!("Harbour number {n} has a crane. It is tall.\n\n"))
        .collect();
    let engine = Engine::build(parse("harbours.md", &many).into_iter().collect());
    let mut response = respond(
        &engine,
        &request(command("search", text("keywords", "harbour crane"))),
    );
    let mut seen = Vec::new();
    for page in 1..=3 {
        check(&response);
        assert!(
            body(&response).contains(&format!("Page {page} of 3")),
            "{}",
            body(&response)
        );
        seen.extend(quotes(response.card().unwrap()));
        if page < 3 {
            response = press(&engine, &response, "Next");
            assert!(matches!(response.reply, Reply::Update(_)));
        }
    }
    assert!(!has(&response, "Next"));
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 8, "{seen:?}");
    let back = press(&engine, &response, "Back");
    assert!(body(&back).contains("Page 2 of 3"));
}

#[test]
fn articles_are_listed_and_opened() {
    let engine = engine();
    let list = respond(&engine, &request(command("articles", Arguments::default())));
    let (norrby, bread) = (body(&list).find("Norrby"), body(&list).find("Sourdough"));
    assert!(bread < norrby && bread.is_some(), "by title");
    let card = press(&engine, &list, "The lighthouse of Norrby");
    assert_eq!(
        card.card().unwrap().title().as_deref(),
        Some("The lighthouse of Norrby")
    );
    let text = body(&card);
    for part in [
        "Signe Dahl",
        "Ada Berg",
        "Topics: ",
        "- How is the lamp lit?",
        "- The keepers",
        "1 min read",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let file = press(&engine, &card, "Download text");
    let file = file.card().unwrap().attachment().unwrap();
    let article = engine
        .corpus()
        .article(pullquote_core::article::ArticleId(1));
    assert_eq!(
        (file.name(), file.bytes()),
        ("coast.txt", article.text.as_bytes())
    );
}

/// The items of a summary, without their questions.
fn items(response: &Response) -> Vec<String> {
    let blocks = response.card().unwrap().blocks();
    let items = blocks.iter().filter_map(|block| match block {
        Block::Item(run) => Some(run),
        _ => None,
    });
    let plain = |run: &Run| match run.parts() {
        [Inline::Bold(_), Inline::Text(text)] => text.trim_start().to_owned(),
        _ => run.text(),
    };
    items.map(plain).collect()
}

#[test]
fn a_summary_grows_and_shrinks() {
    let engine = engine();
    let coast = text("article", "lighthouse of norrby");
    let short = respond(&engine, &request(command("summary", coast.clone())));
    assert_eq!(items(&short).len(), 3);
    let article = engine
        .corpus()
        .article(pullquote_core::article::ArticleId(1));
    let places: Vec<_> = items(&short)
        .iter()
        .map(|item| article.text.find(item.as_str()).unwrap())
        .collect();
    assert!(places.is_sorted(), "sentences of the article, in its order");
    assert!(
        body(&short).contains("**How is the lamp lit?** The lamp burned"),
        "{}",
        body(&short)
    );
    assert!(!has(&short, "Shorter"));
    let medium = press(&engine, &short, "Longer");
    assert!(matches!(medium.reply, Reply::Update(_)) && items(&medium).len() > 3);
    let again = press(&engine, &medium, "Shorter");
    assert_eq!(items(&again), items(&short));
    let private = coast.with("private", Argument::Boolean(true));
    let private = respond(&engine, &request(command("summary", private)));
    let Reply::Message { visibility, .. } = private.reply else {
        panic!("{private:?}");
    };
    assert_eq!(visibility, Visibility::Ephemeral);
    // Each sentence has a control that opens its passage.
    let passage = press(&engine, &short, &items(&short)[0]);
    assert!(quotes(passage.card().unwrap())[0].contains(&items(&short)[0]));
}

#[test]
fn a_summary_keeps_to_its_focus() {
    let engine = engine();
    let focus = |focus: &str| text("article", "coast").with_text("focus", focus);
    let diary = respond(&engine, &request(command("summary", focus("diery"))));
    assert!(
        items(&diary).iter().all(|item| item.contains("diary")),
        "{diary:?}"
    );
    assert!(!has(&diary, "Longer"), "there is no more to show");
    let keepers = respond(
        &engine,
        &request(command("summary", focus("lighthouse lamp diary"))),
    );
    let longer = press(&engine, &keepers, "Longer");
    assert!(items(&longer).len() > items(&keepers).len());
    let nothing = respond(&engine, &request(command("summary", focus("submarines"))));
    assert!(
        body(&nothing).contains("says nothing about this topic"),
        "{nothing:?}"
    );
    // A summary of all articles.
    let all = text("focus", "lighthouse loaf");
    let digest = respond(&engine, &request(command("summary", all)));
    assert!(body(&digest).contains("Sourdough") && body(&digest).contains("Norrby"));
    let overview = respond(&engine, &request(command("summary", Arguments::default())));
    assert_eq!(quotes(overview.card().unwrap()).len(), 2);
}

#[test]
fn a_summary_suggests_questions() {
    let engine = engine();
    let card = press(
        &engine,
        &respond(&engine, &request(command("articles", Arguments::default()))),
        "The lighthouse of Norrby",
    );
    let gist = press(&engine, &card, "Summary");
    let questions = press(&engine, &gist, "Ask about this");
    let answer = press(&engine, &questions, "How is the lamp lit?");
    assert!(
        matches!(answer.outcome, RequestOutcome::Quoted(_)),
        "{answer:?}"
    );
}

#[test]
fn suggested_questions_use_the_words_of_the_article() {
    let engine = Engine::build(parse("bread.md", BREAD).into_iter().collect());
    let french = |action: Action| {
        let locale = Locale::French;
        respond(
            &engine,
            &Request {
                locale,
                ..request(action)
            },
        )
    };
    let help = body(&french(written("aide")));
    assert!(help.contains("What is known about Sourdough?"), "{help}");
    let gist = french(command("summary", Arguments::default()));
    let (_, press) = controls(gist.card().unwrap())
        .into_iter()
        .find(|(label, _)| label == "Poser une question")
        .unwrap();
    let offered = controls(french(press).card().unwrap());
    let (_, subject) = offered
        .iter()
        .find(|(label, _)| label == "loaf")
        .expect("a key phrase");
    let answer = french(subject.clone());
    assert!(body(&answer).contains("**Bake the loaf"), "{answer:?}");
}

#[test]
fn reading_shows_every_passage_once() {
    let long: String = (1..=12)
        .map(|n| {
            format!(
                "## Part {n}\n\n{}\n\n",
                format!("Line {n} goes on and on. ").repeat(20)
            )
        })
        .collect();
    let engine = Engine::build(parse("long.md", &long).into_iter().collect());
    let card = respond(&engine, &request(command("article", text("name", "long"))));
    let mut page = press(&engine, &card, "Read");
    let mut read = body(&page);
    while has(&page, "Next") {
        page = press(&engine, &page, "Next");
        check(&page);
        read.push_str(&body(&page));
    }
    for n in 1..=12 {
        assert_eq!(
            read.matches(&format!("**Part {n}**")).count(),
            1,
            "part {n}"
        );
        assert_eq!(
            read.matches(&format!("Line {n} goes on")).count(),
            20,
            "part {n}"
        );
    }
}

#[test]
fn an_article_is_found_by_part_of_its_name() {
    let engine = engine();
    for name in [
        "coast",
        "COAST",
        "The lighthouse of Norrby",
        "norrby light",
        "lighth",
        "norby lighthouse",
        "norrby",
    ] {
        let response = respond(&engine, &request(command("article", text("name", name))));
        let title = response.card().unwrap().title();
        assert_eq!(title.as_deref(), Some("The lighthouse of Norrby"), "{name}");
    }
    let response = respond(
        &engine,
        &request(command("article", text("name", "zeppelin"))),
    );
    assert_eq!(response.outcome, RequestOutcome::NoSuchArticle);
    assert_eq!(
        controls(response.card().unwrap()).len(),
        2,
        "the nearest names are suggested"
    );
}

#[test]
fn find_in_articles_searches_for_the_message() {
    let action = command(
        "Find in articles",
        text(MESSAGE, "hey, who built the lighthouse of Norrby?"),
    );
    let response = respond(&engine(), &request(action));
    assert!(matches!(response.outcome, RequestOutcome::Quoted(_)));
    assert!(matches!(
        response.reply,
        Reply::Message {
            visibility: Visibility::Ephemeral,
            ..
        }
    ));
    let empty = command("Find in articles", text(MESSAGE, " "));
    let response = respond(&engine(), &request(empty));
    assert_eq!(response.outcome, RequestOutcome::Refused(Refusal::NoText));
}

#[test]
fn about_shows_the_status() {
    let response = respond(&engine(), &request(command("about", Arguments::default())));
    let card = response.card().unwrap();
    let values: Vec<String> = card
        .fields()
        .iter()
        .map(|field| field.plain().1.to_owned())
        .collect();
    assert_eq!(
        values,
        [env!("CARGO_PKG_VERSION"), "2", "6", "1 d 1 h", "37 ms"]
    );
    let plain = card.content();
    assert!(plain.contains("- **Uptime** 1 d 1 h"), "{plain}");
}

fn choices(option: (&str, &str), typed: &str) -> Vec<String> {
    let action = Action::Autocomplete {
        command: option.0.to_owned(),
        option: option.1.to_owned(),
        typed: typed.to_owned(),
        arguments: Arguments::default(),
    };
    let response = respond(&engine(), &request(action));
    check(&response);
    match response.reply {
        Reply::Choices(choices) => choices
            .iter()
            .map(|choice| choice.value().to_owned())
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn autocomplete_offers_article_names() {
    let check = |typed: &str, expect: &[&str]| {
        assert_eq!(choices(("ask", "article"), typed), expect, "{typed}");
    };
    check("", &["bread", "coast"]);
    check("sour", &["bread"]);
    check("norr", &["coast"]);
    check("soudough", &["bread"]);
    check("xyz", &[]);
}

#[test]
fn autocomplete_offers_questions() {
    let question = ("ask", "question");
    assert_eq!(
        choices(question, "how la"),
        ["How is the lamp lit?", "how lamp"]
    );
    assert_eq!(choices(question, "who was sig"), ["who was Signe Dahl"]);
    assert!(choices(question, "").contains(&"The keepers".to_owned()));
    assert_eq!(choices(("ask", "private"), "x"), [""; 0]);
    assert_eq!(choices(("nothing", "question"), "x"), [""; 0]);
}

#[test]
fn controls_survive_a_restart_and_detect_changed_text() {
    let coast = long_coast().replace(SOURCE, "");
    let articles = [parse("coast.md", &coast), parse("bread.md", BREAD)];
    let before = Engine::build(articles.into_iter().flatten().collect());
    let answer = respond(
        &before,
        &request(ask("When was the lamp changed to paraffin?")),
    );
    let more = press(&before, &answer, "Read on");

    let new_file = parse(
        "a-new-file.md",
        "A file that sorts before the others. It moves every number.",
    );
    let articles = [
        parse("coast.md", &coast),
        new_file,
        parse("bread.md", BREAD),
    ];
    let grown = Engine::build(articles.into_iter().flatten().collect());
    assert_eq!(press(&grown, &answer, "Read on"), more);

    let edited = coast.replace("rapeseed", "whale");
    let edited = Engine::build(parse("coast.md", &edited).into_iter().collect());
    let response = press(&edited, &answer, "Read on");
    assert_eq!(
        response.outcome,
        RequestOutcome::Refused(Refusal::ArticleChanged)
    );
    let gone = Engine::build(parse("bread.md", BREAD).into_iter().collect());
    let response = press(&gone, &answer, "Read on");
    assert_eq!(
        response.outcome,
        RequestOutcome::Refused(Refusal::ArticleChanged)
    );
}

#[test]
fn cards_use_the_language_of_the_member() {
    let engine = engine();
    let codes = [
        ("de", "Sehr wahrscheinlich"),
        ("fr", "Très probable"),
        ("es-419", "Muy probable"),
        ("pl", "Bardzo prawdopodobne"),
        ("sv", "Very likely"),
    ];
    for (code, expect) in codes {
        let request = Request {
            locale: Locale::from_code(code),
            ..request(ask("Who built the lighthouse of Norrby?"))
        };
        let body = body(&respond(&engine, &request));
        assert!(body.contains(expect), "{code}: {body}");
        assert!(body.contains("by Karl Wessel"), "the quote stays as it is");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let text = "The *password* of Norrby is ||secret|| @everyone <@1> [click](https://evil.example) discord.gg/x.";
    let engine = Engine::build(
        parse("evil.txt", &format!("{text}\n"))
            .into_iter()
            .collect(),
    );
    let response = respond(
        &engine,
        &request(ask("what is the password of Norrby? @everyone <@1>")),
    );
    let content = response.card().unwrap().content();
    for live in ["||s", " @everyone", " <@1>", " [click", "discord.gg"] {
        assert!(!content.contains(live), "{live} in {content}");
    }
}

/// Few words, so that questions find something, and Discord's markup.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(vec![
            "river", "bridge", "Brücke", "the", "of", "who", "Kim", "3.5", "мост", "他来了", "ไทย", "Don't", "is",
            "*", "||", "```", "<@1>", "@everyone", "[x](y)", "# ", "👩‍👩‍👧", "\n\n", "\n", ". ", "? ", "# river\n\n",
        ]).prop_map(str::to_owned),
        1 => ".{0,8}",
        1 => (0..3_usize, "[a-z*_]{1,3}").prop_map(|(n, part)| part.repeat(900 * n)),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

fn articles() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((".{0,20}", words()), 0..4)
}

fn built(articles: &[(String, String)]) -> Vec<Article> {
    let mut found = Vec::new();
    for (at, (name, text)) in articles.iter().enumerate() {
        let front =
            format!("---\ntitle: {name:?}\nsource: https://a.example/{name}\n---\n\n{text}");
        found.extend(parse(&format!("{at}{}.md", name.replace('/', "_")), &front));
    }
    found
}

fn argument() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => words(),
        1 => "\\PC{0,120}",
        1 => Just(String::new()),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let slash = (
        0..TABLE.len(),
        prop::collection::vec(argument(), 4),
        any::<bool>(),
    );
    let slash = slash.prop_map(|(at, texts, private)| {
        let definition = &TABLE[at].definition;
        let mut arguments = text(MESSAGE, &texts[3]).with("private", Argument::Boolean(private));
        if let Some(OptionKind::Subcommand(inner)) = definition.options.first().map(|it| it.kind) {
            let names = definition.options.iter().map(|option| option.name);
            let name = names.cycle().nth(usize::from(private)).unwrap_or_default();
            arguments = arguments.with_text(SUBCOMMAND, name);
            for (option, text) in inner.iter().zip(&texts) {
                arguments = arguments.with_text(option.name, text);
            }
        }
        for (option, text) in definition.options.iter().zip(&texts) {
            if !(option.name == "article" && private) {
                arguments = arguments.with_text(option.name, text);
            }
        }
        command(definition.name, arguments)
    });
    let question = (argument(), any::<bool>()).prop_map(|(text, bot)| Action::Question {
        text,
        addressed: if bot {
            Addressed::Bot
        } else {
            Addressed::Anyone
        },
    });
    let typing = (0..TABLE.len(), 0..3_usize, argument()).prop_map(|(at, option, typed)| {
        let definition = &TABLE[at].definition;
        Action::Autocomplete {
            command: definition.name.to_owned(),
            option: definition
                .options
                .get(option)
                .map_or("", |option| option.name)
                .to_owned(),
            typed,
            arguments: Arguments::default(),
        }
    });
    prop_oneof![4 => slash, 2 => question, 1 => typing]
}

fn custom_id() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => prop::sample::select(vec![
            "more", "others", "share", "yes", "no", "passages", "search", "articles", "open", "read", "file", "summary",
            "overview", "about", "asked", "write", "edit", "remove", "restore", "own", "manage", "choose", "unpin", "chosen", "pinned", "-", "s", "m", "l",
            "o", "t", "0", "1", "65535", "65536", "4294967295", "00000000000000ff", "00000000000000ff.00000000000000ff",
        ]).prop_map(str::to_owned),
        1 => ".{0,10}",
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.join(":"))
}

fn locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(Locale::ALL.to_vec())
}

/// Everything that the shell may say about what was asked and not answered.
fn insights_outcomes(texts: &[String]) -> Vec<EffectOutcome> {
    let [title, path, content, link] = texts else {
        panic!("four texts");
    };
    let passage = PassageKey::parse("00000000000000ff.00000000000000ff").unwrap();
    let near = |answers| Nearest {
        passage,
        place: title.clone(),
        text: content.clone(),
        answers,
    };
    let question = |key: u64| OpenQuestion {
        key: QuestionKey(key),
        wordings: vec![format!("{key} {path}"), link.clone(), title.clone()],
        count: key,
        last: "2026-01-31".to_owned(),
        nearest: vec![near(key == 1); 5],
    };
    let page = |page, questions: Vec<OpenQuestion>| {
        InsightsOutcome::Listed(QuestionPage {
            page,
            pages: page + 2,
            questions,
            hidden: page as u64,
            activity: Some(Activity {
                days: 30,
                first: "2026-01-02".to_owned(),
                last: "2026-01-31".to_owned(),
                asked: u64::MAX,
                answered: 1,
                most: u64::MAX,
                picture: vec![0; 100],
            }),
        })
    };
    let rated = RatedPassage {
        place: title.clone(),
        text: content.clone(),
        helpful: 0,
        not_helpful: u64::MAX,
    };
    let pinned = |n: usize| PinnedQuestion {
        question: format!("{n} {content}"),
        passage: (n > 0).then(|| (title.clone(), content.clone())),
    };
    let pinned_page = |page, pages, questions| InsightsOutcome::PinnedListed {
        page,
        pages,
        questions,
    };
    let quotes = |list, count| {
        let article = QuotedArticle {
            title: title.clone(),
            count,
            is_shared: count % 2 == 0,
        };
        InsightsOutcome::Quotes(Some(QuotesPage {
            view: QuotesView {
                list,
                days: 90,
                page: 1,
            },
            pages: 3,
            quoted: (1, 2),
            articles: vec![article; 15],
            since: Some("2026-01-31".to_owned()),
        }))
    };
    let all_pinned = || (0..INSIGHTS_PAGE).map(pinned).collect();
    let outcomes = [
        InsightsOutcome::Pinned(Some(pinned(1))),
        InsightsOutcome::Pinned(None),
        InsightsOutcome::Quotes(None),
        quotes(QuotesList::Most, u64::MAX),
        quotes(QuotesList::Not, 0),
        InsightsOutcome::Unpinned(content.clone()),
        pinned_page(0, 0, Vec::new()),
        pinned_page(1, 3, all_pinned()),
        InsightsOutcome::PinnedOpened(Some(pinned(0))),
        InsightsOutcome::PinnedOpened(None),
        page(0, Vec::new()),
        page(1, (0..INSIGHTS_PAGE as u64).map(question).collect()),
        InsightsOutcome::Opened(Some(question(1))),
        InsightsOutcome::Opened(Some(question(u64::MAX))),
        InsightsOutcome::Opened(None),
        InsightsOutcome::Dismissed(QuestionKey(u64::MAX)),
        InsightsOutcome::Reopened,
        InsightsOutcome::Misleading(Vec::new()),
        InsightsOutcome::Misleading(vec![rated; 40]),
        InsightsOutcome::Exported(ExportFormat::Csv, content.clone()),
        InsightsOutcome::Exported(ExportFormat::Markdown, content.clone()),
    ];
    let outcomes = outcomes
        .into_iter()
        .map(|it| EffectOutcome::Insights(Ok(it)));
    let failed = EffectOutcome::Insights(Err(TeachingError::Unavailable));
    outcomes.chain([failed]).collect()
}

/// Everything that the shell may say about a server's articles.
fn teaching_outcomes(texts: &[String]) -> Vec<EffectOutcome> {
    let [title, path, content, link] = texts else {
        panic!("four texts");
    };
    let article = |n: u64| OwnArticle {
        title: title.clone(),
        path: format!("{n}.md"),
        bytes: n.pow(7),
        age: n.pow(5),
        is_gated: n.is_multiple_of(3),
    };
    let read = OwnText {
        path: format!("{path}.md"),
        content: content.clone(),
        link: Some(link.clone()),
        gate: Gate::new(&(0..25).collect::<Vec<_>>(), &[u64::MAX]),
        source: None,
    };
    let source = |n: u64| OwnSource {
        key: SourceKey(n),
        kind: [SourceKind::Sitemap, SourceKind::Forum][(n % 2) as usize],
        place: [link.clone(), n.to_string()][(n % 2) as usize].clone(),
        articles: 500,
        later: n as usize,
        changes: [usize::MAX; 4],
        skipped: vec![(link.clone(), content.clone()); 30],
        looked: (n > 3).then_some(u64::MAX),
        next: u64::MAX,
        failure: (n > 5).then(|| content.clone()),
        is_syncing: n == 7,
        gate: Gate::new(&(0..25).collect::<Vec<_>>(), &[u64::MAX]),
        is_gate_chosen: n > 3,
    };
    let own = |articles: u64, sources: u64| OwnArticles {
        articles: (0..articles).map(article).collect(),
        sources: (0..sources).map(source).collect(),
    };
    let prepared_article = |n: usize| PreparedArticle {
        title: title.clone(),
        path: format!("{path}-{n}.md"),
        passages: n.pow(5),
        dropped: n,
        warnings: vec![content.clone(); n.min(4)],
        replaces: (n % 2 == 1).then_some(Replaced {
            age: u64::MAX,
            new: n,
            gone: usize::MAX,
        }),
    };
    let problems = [
        FileProblem::TooLarge(2 << 20),
        FileProblem::Format,
        FileProblem::Damaged,
        FileProblem::TooMuch,
        FileProblem::Gone,
        FileProblem::Unreachable,
        FileProblem::Address,
        FileProblem::Unreadable(content.clone()),
    ];
    let problems = problems.into_iter().cycle().take(30);
    let prepared = |count: usize| Prepared {
        draft: (count > 0).then_some(DraftKey(u64::MAX)),
        articles: (0..count).map(prepared_article).collect(),
        left_out: problems
            .clone()
            .map(|problem| (path.clone(), problem))
            .collect(),
        sample: (count % 2 == 1).then(|| content.clone()),
        source: (count > 1).then(|| PreparedSource {
            kind: SourceKind::Feed,
            place: link.clone(),
            later: count,
            gate: Gate::new(&(0..count as u64).collect::<Vec<_>>(), &[]),
        }),
    };
    let removed = Removed {
        path: "rules.md".to_owned(),
        at: u64::MAX,
    };
    let mut outcomes = vec![
        EffectOutcome::Confirmed(Ok(Confirmed::Added { later: 470 })),
        EffectOutcome::Confirmed(Ok(Confirmed::Changed(prepared(1)))),
        EffectOutcome::Confirmed(Ok(Confirmed::Gone)),
        EffectOutcome::Discarded(Ok(true)),
        EffectOutcome::Discarded(Ok(false)),
        EffectOutcome::Removed(Ok(Some(removed))),
        EffectOutcome::Removed(Ok(None)),
        EffectOutcome::Restored(Ok(true)),
        EffectOutcome::Restored(Ok(false)),
        EffectOutcome::Listed(Ok(own(0, 0))),
        EffectOutcome::Listed(Ok(own(25, 10))),
        EffectOutcome::Listed(Ok(own(0, 1))),
        EffectOutcome::Source(Ok(SourceOutcome::Shown(Some(Box::new(source(1)))))),
        EffectOutcome::Source(Ok(SourceOutcome::Shown(None))),
        EffectOutcome::Source(Ok(SourceOutcome::Gated(Some(Box::new(source(6)))))),
        EffectOutcome::Source(Ok(SourceOutcome::Removed(
            SourceKey(u64::MAX),
            Some(u64::MAX),
        ))),
        EffectOutcome::Source(Ok(SourceOutcome::Restored(true))),
        EffectOutcome::Source(Ok(SourceOutcome::Restored(false))),
        EffectOutcome::Gated(Ok(Some(read.clone()))),
        EffectOutcome::Read(Ok(Some(read))),
        EffectOutcome::Read(Ok(None)),
    ];
    outcomes.extend([0, 1, 2, 25].map(|count| EffectOutcome::Prepared(Ok(prepared(count)))));
    for error in [
        TeachingError::TooMany,
        TeachingError::ArticleTooLarge,
        TeachingError::ServerFull,
        TeachingError::TooManyGates,
        TeachingError::TooManySources,
        TeachingError::SourceIsThere,
        TeachingError::NoMessageContent,
        TeachingError::ForumHidden,
        TeachingError::TooFast(60),
        TeachingError::Unavailable,
    ] {
        outcomes.extend([
            EffectOutcome::Prepared(Err(error)),
            EffectOutcome::Confirmed(Err(error)),
            EffectOutcome::Discarded(Err(error)),
            EffectOutcome::Removed(Err(error)),
            EffectOutcome::Restored(Err(error)),
            EffectOutcome::Listed(Err(error)),
            EffectOutcome::Read(Err(error)),
            EffectOutcome::Gated(Err(error)),
        ]);
    }
    outcomes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn cards_about_a_servers_articles_obey_the_limits(
        texts in prop::collection::vec(argument(), 4), page in 0..4_u16, locale in locale(),
    ) {
        let source = Source { question: Some("rules.md".to_owned()), ..Source::default() };
        let custom_id = format!("own:{page}");
        let pressed = Action::Component { custom_id, values: Vec::new(), source };
        let empty = Engine::build(Vec::new());
        for action in [command("knowledge", text(SUBCOMMAND, "list")), pressed] {
            let request = Request { locale, ..request(action) };
            for outcome in teaching_outcomes(&texts).into_iter().chain(insights_outcomes(&texts)) {
                let response = after(&request, &outcome);
                check(&response);
                let text = response.card().map(Card::body).unwrap_or_default();
                prop_assert!(!text.contains("{ $") && !text.contains("teaching-"), "{}", text);
                // Nobody without the permission gets on from there.
                for (label, action) in response.card().map(controls).unwrap_or_default() {
                    let refused = respond(&empty, &Request { action, ..request.clone() });
                    let expect = RequestOutcome::Refused(Refusal::NotManager);
                    prop_assert_eq!(refused.outcome, expect, "{}", label);
                }
            }
        }
    }

    #[test]
    fn panels_of_settings_obey_the_limits(
        channels in prop::collection::btree_set(any::<u64>(), 0..40), number in any::<u8>(), on in any::<bool>(),
        locale in locale(),
    ) {
        let changes = [
            SettingChange::Private(on),
            SettingChange::Shared(!on),
            SettingChange::Unasked(channels.clone()),
            SettingChange::UnaskedAt(number),
            SettingChange::Language(Some(locale)),
            SettingChange::Helpers(Some(u64::MAX)),
            SettingChange::Kept(Kept::ALL[usize::from(number) % 3].1),
            SettingChange::KeepDays(u32::from(number)),
        ];
        let own = changes.iter().take(usize::from(number) % 9).fold(Settings::default(), |own, it| own.with(it));
        let unasked = channels.into_iter().collect();
        let host = HostSettings { reads_messages: on, unasked, ..HostSettings::default() };
        let outcome = EffectOutcome::Settings(Ok(Box::new(ShownSettings { own, host })));
        let empty = Engine::build(Vec::new());
        for id in ["", "settings:answers", "settings:questions", "set:kept"] {
            let action = match id {
                "" => command("settings", Arguments::default()),
                id => Action::Component { custom_id: id.to_owned(), values: Vec::new(), source: Source::default() },
            };
            let request = Request { locale, ..request(action) };
            let response = after(&request, &outcome);
            check(&response);
            let card = response.card().unwrap();
            prop_assert!(!card.body().contains("{ $") && !card.body().contains("setting-"), "{}", card.body());
            for (label, action) in controls(card) {
                let refused = respond(&empty, &Request { action, ..request.clone() });
                prop_assert_eq!(refused.outcome, RequestOutcome::Refused(Refusal::NotManager), "{}", label);
            }
        }
    }

    #[test]
    fn every_response_and_every_control_obeys_the_limits(
        articles in articles(), action in action(), locale in locale(),
    ) {
        let engine = Engine::build(built(&articles));
        let turned = Engine::build(built(&articles).into_iter().rev().collect());
        let context = Context { manages_server: true, ..Context::default() };
        let request = |action| Request { locale, context: context.clone(), ..request(action) };
        let response = respond(&engine, &request(action.clone()));
        check(&response);
        prop_assert_eq!(&respond(&turned, &request(action)), &response);
        for (label, action) in response.card().map(controls).unwrap_or_default() {
            let pressed = respond(&engine, &request(action.clone()));
            check(&pressed);
            let refused = matches!(pressed.outcome, RequestOutcome::Refused(_));
            prop_assert!(!refused, "{} leads to {:?}", label, pressed);
            prop_assert_eq!(&respond(&turned, &request(action)), &pressed);
            for (_, action) in pressed.card().map(controls).unwrap_or_default() {
                check(&respond(&engine, &request(action)));
            }
        }
    }

    #[test]
    fn any_custom_id_is_answered(
        articles in articles(), custom_id in custom_id(), asked in argument(), values in prop::collection::vec(custom_id(), 0..2),
    ) {
        let engine = Engine::build(built(&articles));
        let source = Source { question: Some(asked), ..Source::default() };
        let action = Action::Component { custom_id: custom_id.clone(), values, source };
        check(&respond(&engine, &request(action)));
        if let Some(id) = ComponentId::parse(&custom_id) {
            prop_assert_eq!(ComponentId::parse(&id.to_string()), Some(id));
            prop_assert!(id.to_string().len() <= 100);
        }
    }

    #[test]
    fn quotes_are_slices_of_articles(articles in articles(), question in words()) {
        let engine = Engine::build(built(&articles));
        let response = respond(&engine, &request(written(&question)));
        for quote in response.card().map(quotes).unwrap_or_default() {
            let kept = quote.trim_end_matches('…').trim_end();
            let found = engine.corpus().articles().any(|article| article.text.contains(kept));
            prop_assert!(found, "{:?}", quote);
        }
    }
}

#[test]
fn questions_about_an_article_show_what_it_says_of_itself() {
    let engine = engine();
    let author = respond(
        &engine,
        &request(ask("Who wrote The lighthouse of Norrby?")),
    );
    assert!(body(&author).contains("Ada Berg"), "{author:?}");
    assert!(has(&author, "Read"), "{author:?}");
    let source = respond(&engine, &request(ask("where can I read Norrby light")));
    assert!(
        body(&source).contains("https://example.org/norrby_"),
        "{source:?}"
    );
    let gist = respond(&engine, &request(ask("what is Sourdough about")));
    assert!(body(&gist).contains("Feed the starter"), "{gist:?}");
    let which = respond(&engine, &request(written("who wrote this?")));
    assert!(
        has(&which, "Sourdough"),
        "a menu of the articles: {which:?}"
    );
    let unsaid = respond(&engine, &request(ask("who is the author of Sourdough")));
    assert!(body(&unsaid).contains("does not say"), "{unsaid:?}");
}

#[test]
fn a_quote_names_its_paragraph_where_a_file_has_no_lines() {
    let mut document = readers::read("coast.md", COAST.as_bytes());
    document.numbering = Numbering::Paragraphs;
    let article = Article::new("coast.docx", document);
    let engine = Engine::build(article.into_iter().collect());
    for (locale, place) in [
        (Locale::English, "coast.docx, paragraph "),
        (Locale::German, "coast.docx, Absatz "),
    ] {
        let request = Request {
            locale,
            ..request(ask("Who built the lighthouse of Norrby?"))
        };
        let shown = body(&respond(&engine, &request));
        assert!(shown.contains(place), "{shown}");
    }
}

fn managed(action: Action) -> Request {
    Request {
        context: Context {
            manages_server: true,
            target: Some(Origin {
                channel: 7,
                message: 8,
            }),
            ..Context::default()
        },
        ..request(action)
    }
}

fn entered(title: &str, content: &str) -> FormValues {
    FormValues::default()
        .with("title", FormValue::Text(title.to_owned()))
        .with("content", FormValue::Text(content.to_owned()))
}

#[test]
fn a_form_of_a_message_keeps_where_the_message_is() {
    let engine = engine();
    let action = command(
        "Add to articles",
        text(MESSAGE, "# Rink\nOpens at nine.\n\n- daily"),
    );
    let Reply::Form(form) = respond(&engine, &managed(action)).reply else {
        panic!("a form");
    };
    let inputs: Vec<&FormInput> = form.fields().iter().map(FormField::input).collect();
    let [
        FormInput::Text { value: title, .. },
        FormInput::Text { value: content, .. },
    ] = inputs[..]
    else {
        panic!("{inputs:?}");
    };
    assert_eq!(title, "Rink");
    assert_eq!(content, "# Rink\nOpens at nine.\n\n- daily");
    let sent = Action::Form {
        custom_id: form.id().to_string(),
        values: entered("The  rink", " Opens at nine.\r\n\r\n- daily "),
    };
    let reply = respond(&engine, &managed(sent.clone())).reply;
    let Reply::Perform(Effect::Prepare(Addition::Written(draft))) = reply else {
        panic!("an article to add");
    };
    assert_eq!(draft.path, "the-rink.md");
    assert_eq!(draft.content, "# The rink\n\nOpens at nine.\n\n- daily\n");
    assert_eq!(draft.origin, managed(sent.clone()).context.target);
    let refused = respond(&engine, &request(sent)).outcome;
    assert_eq!(refused, RequestOutcome::Refused(Refusal::NotManager));
    for values in [
        entered(" ", "x"),
        entered("x", "\n"),
        entered(&"x".repeat(101), "x"),
    ] {
        let custom_id = "write:-".to_owned();
        let action = Action::Form { custom_id, values };
        let outcome = respond(&engine, &managed(action)).outcome;
        assert_eq!(outcome, RequestOutcome::Refused(Refusal::NothingEntered));
    }
}

#[test]
fn an_article_is_edited_only_if_it_fits_into_the_form() {
    let card = |content: &str| {
        let custom_id = "manage".to_owned();
        let values = vec!["00000000000000ff".to_owned()];
        let source = Source::default();
        let action = Action::Component {
            custom_id,
            values,
            source,
        };
        let request = managed(action);
        let asked = respond(&engine(), &request).reply;
        assert!(
            matches!(asked, Reply::Perform(Effect::ReadArticle { .. })),
            "{asked:?}"
        );
        let read = OwnText {
            path: "rink.md".to_owned(),
            content: content.to_owned(),
            link: None,
            gate: Gate::default(),
            source: None,
        };
        labels(&after(&request, &EffectOutcome::Read(Ok(Some(read)))))
    };
    let all = [
        "Edit",
        "Who may see it",
        "Remove",
        "Articles of this server",
    ];
    assert_eq!(card(&format!("# Rink\n\n{}\n", "x".repeat(4_000))), all);
    assert_eq!(
        card(&format!("# Rink\n\n{}\n", "x".repeat(4_001))),
        all[1..]
    );
    assert_eq!(card("# Another file\n\nText"), all[1..]);
}
