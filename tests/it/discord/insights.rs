//! What was asked and not answered, for those who manage the server.

use crate::discord::adding::{upload, zip};
use crate::discord::teaching::confirm;
use crate::discord::{QUESTION, QUOTE, knowledge, start_with};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, Member, OTHER_SERVER, Options, PATIENCE, SERVER, StandIn, permission,
};
use pullquote_store::{Location, QuestionState, Store, StoredQuestion};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

const WISH: &str = "When does the skating rink open?";
const ANSWER: &str = "The skating rink opens at nine.";
const SENTENCE: &str = "at nine";

fn settings(data: &Path) -> impl FnOnce(&mut Command) {
    move |command| {
        command
            .env("DATA_DIR", data)
            .env_remove("KEEP_QUESTIONS_DAYS");
    }
}

/// A bot that keeps its data in `data`, and questions for as long as usual.
fn start(data: &Path) -> (StandIn, Bot) {
    start_with(Options::default(), settings(data))
}

fn manager(discord: &StandIn) -> Member<'_> {
    discord.member(ALICE).with(permission::MANAGE_SERVER)
}

/// What a member gets who asks for everyone to see.
fn ask(member: &Member<'_>, question: &str) -> Message {
    let asked = member.slash("ask", json!({"question": question}));
    asked.answer().message().clone()
}

/// The questions without an answer.
fn insights(manager: &Member<'_>) -> Message {
    let list = manager.slash("insights", json!({})).answer();
    assert!(list.message().ephemeral);
    list.message().clone()
}

/// The questions without an answer, when they contain a text: an answer is counted after it was sent.
fn insights_with(manager: &Member<'_>, part: &str) -> Message {
    let end = Instant::now() + PATIENCE;
    loop {
        let list = insights(manager);
        let text = list.text();
        if text.contains(part) {
            return list;
        }
        assert!(Instant::now() < end, "no {part}: {text}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Opens a question from the list.
fn open(manager: &Member<'_>, question: &str) -> Message {
    let list = insights_with(manager, question);
    let opened = manager.select(&list, "Open a question", &[question]);
    opened.answer().message().clone()
}

/// What the store has of a server.
fn stored(data: &Path, server: u64) -> Vec<StoredQuestion> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::beside(Location::Folder(data.to_owned()))
            .await
            .unwrap();
        store.expect("a database").questions(server).await.unwrap()
    })
}

#[test]
fn a_question_without_an_answer_is_written_and_answered() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    assert!(insights(&manager).text().contains("Nothing here"));
    ask(&bob, WISH);
    ask(&manager, WISH);
    ask(
        &bob,
        "<@80351110224678912> when will the icy skating rink open",
    );
    ask(&bob, QUESTION);
    let list = insights_with(&manager, "Answered: 1");
    let text = list.text();
    assert!(text.contains(WISH) && text.contains("Asked 3×"), "{text}");
    assert!(text.contains("Questions in the last 30 days: 4"), "{text}");
    assert!(
        !text.contains(QUESTION) && !text.contains("8035111022"),
        "{text}"
    );

    let card = open(&manager, WISH);
    assert!(card.text().contains("Also asked as:"), "{}", card.text());
    let buttons = [
        "Write the answer",
        "Not a question for us",
        "Questions without an answer",
    ];
    assert_eq!(card.buttons(), buttons);
    let form = manager.click(&card, "Write the answer");
    let fields = &form.answer().form["components"];
    assert_eq!(fields[0]["component"]["value"], WISH);
    let values = json!({"title": WISH, "content": ANSWER});
    let draft = manager
        .submit_all(&form, &values)
        .answer()
        .message()
        .clone();
    assert!(insights(&manager).text().contains(WISH));
    confirm(&manager, &draft);
    let quoted = ask(&bob, WISH).text();
    assert!(quoted.contains(SENTENCE), "{quoted}");
    insights_with(&manager, "Nothing here");
    let gone = manager.select(&list, "Open a question", &[WISH]).answer();
    assert!(gone.message().text().contains("not in the list any more"));

    // The article goes, the question is asked again and comes back.
    let own = manager.slash("knowledge list", json!({})).answer();
    let opened = manager.select(own.message(), "Open an article", &[WISH]);
    manager.click(opened.answer().message(), "Remove").answer();
    ask(&bob, WISH);
    insights_with(&manager, "Asked 1×");
}

#[test]
fn an_upload_answers_all_questions_that_are_its_titles() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let other = "Who repairs the carousel horses?";
    for question in [WISH, other, "Which lighthouse keeper paints seagulls?"] {
        ask(&bob, question);
        insights_with(&manager, question);
    }
    let rink = format!("# {WISH}\n\n{ANSWER}\n");
    let carousel = format!("# {other}\n\nThe carpenter repairs the carousel horses.\n");
    let files = [
        ("rink.md", rink.as_bytes()),
        ("carousel.md", carousel.as_bytes()),
    ];
    discord.has_file("answers.zip", zip(&files));
    confirm(&manager, &upload(&manager, &["answers.zip"]));
    let left = || stored(data.path(), SERVER).into_iter();
    let end = Instant::now() + PATIENCE;
    while left().filter(|it| it.state == QuestionState::Open).count() > 1 {
        assert!(Instant::now() < end, "they are open still");
        thread::sleep(Duration::from_millis(20));
    }
    let list = insights(&manager).text();
    assert!(
        list.contains("lighthouse") && !list.contains("carousel"),
        "{list}"
    );
}

#[test]
fn questions_by_day_are_a_picture_with_a_description() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let list = insights(&manager);
    assert!(list.files.is_empty() && !list.text().contains("days"));
    ask(&bob, QUESTION);
    ask(&bob, WISH);
    let list = insights_with(&manager, "Answered: 1 · 🟨 Not answered: 1");
    let picture = list.file("questions.png");
    let size = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!((size(16), size(20)), (1_200, 360));
    let said = list.description("questions.png");
    assert!(
        said.contains("2 asked, 1 of them answered. The most on one day: 2."),
        "{said}"
    );
    // It belongs to the list only.
    let card = manager.select(&list, "Open a question", &[WISH]).answer();
    assert!(card.message().files.is_empty());
    let back = manager.click(card.message(), "Questions without an answer");
    assert_eq!(back.answer().message().file("questions.png"), picture);
    let german = manager
        .clone()
        .locale("de")
        .slash("insights", json!({}))
        .answer();
    let said = german.message().description("questions.png");
    assert!(said.contains("2 gestellt, 1 davon beantwortet"), "{said}");
}

#[test]
fn nothing_that_others_could_not_see_is_counted() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let private = json!({"question": WISH, "private": true});
    bob.slash("ask", private).answer();
    discord
        .member(ALICE)
        .at(ALICE_DM)
        .slash("ask", json!({"question": WISH}))
        .answer();
    ask(&bob, "hello there");
    ask(&bob, "rink -skating");
    bob.slash("search", json!({"keywords": "skating rink"}))
        .answer();
    assert!(insights(&manager).text().contains("Nothing here"));
    assert!(
        !data.path().join("pullquote.db").exists(),
        "nothing to keep"
    );
    // What is counted in a server is not seen in another.
    ask(&bob, WISH);
    let text = insights_with(&manager, WISH).text();
    assert!(
        text.contains("Questions in the last 30 days: 1") && text.contains("Asked 1×"),
        "{text}"
    );
    let elsewhere = manager.clone().in_server(OTHER_SERVER);
    assert!(insights(&elsewhere).text().contains("Nothing here"));
    let key = format!("{:016x}", stored(data.path(), SERVER)[0].key);
    let list = insights(&elsewhere);
    let dismissed = elsewhere.click_id(list.id, &format!("dismiss:{key}"));
    dismissed.answer();
    let gone = elsewhere.click_id(list.id, "export:csv").answer();
    let file = gone.message().file("questions.csv");
    assert!(!String::from_utf8_lossy(file).contains("rink"));
    assert!(insights(&manager).text().contains(WISH));
    assert!(stored(data.path(), OTHER_SERVER).is_empty());
}

#[test]
fn bad_answers_are_wishes_and_point_to_their_passage() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let answer = ask(&bob, QUESTION);
    assert!(answer.text().contains(QUOTE));
    bob.click(&answer, "👎 Not helpful").answer();
    bob.click(&answer, "👎 Not helpful").answer();
    let list = insights_with(&manager, QUESTION);
    let text = list.text();
    assert!(
        text.contains(QUESTION) && text.contains("Asked 1×"),
        "{text}"
    );
    let misleading = manager.click(&list, "Misleading passages").answer();
    let text = misleading.message().text();
    assert!(
        text.contains("👎 1 · 👍 0") && text.contains(QUOTE),
        "{text}"
    );
    // A vote that nobody else could see is not counted.
    let private = bob.slash("ask", json!({"question": QUESTION, "private": true}));
    discord
        .member(ALICE)
        .click(private.answer().message(), "👎 Not helpful")
        .answer();
    let misleading = manager.click(&list, "Misleading passages").answer();
    assert!(misleading.message().text().contains("👎 1 · "));
    let back = manager.click(misleading.message(), "Questions without an answer");
    assert!(back.answer().message().text().contains(QUESTION));
}

/// Other passages than the one that answers.
fn others(member: &Member<'_>, answer: &Message) -> Message {
    let others = member.click(answer, "Other passages");
    others.answer().message().clone()
}

/// The first passage of the menu below other passages or an unanswered question.
fn first_choice(message: &Message) -> String {
    let menu = message.part("Always answer with…");
    menu["options"][0]["label"].as_str().unwrap().to_owned()
}

#[test]
fn a_manager_chooses_the_answer_to_a_question() {
    const ASKED: &str = "When does the ferry leave?";
    // Answers next to each other would be one.
    let fares = "A ticket costs two crowns, and half of it for a child. ".repeat(6);
    let text = format!(
        "# Ferry\n\n## Summer\n\nThe ferry leaves at seven.\n\n## Fares\n\n{fares}\n\n## Winter\n\nIn winter, the ferry leaves at \
        nine.\n\n## Children\n\n{fares}\n\n## Holidays\n\nOn holidays, no ferry leaves.\n"
    );
    let (data, articles) = (tempfile::tempdir().unwrap(), knowledge("ferry.md", &text));
    let (discord, _bot) = start_with(Options::default(), |command| {
        settings(data.path())(command);
        command.env("KNOWLEDGE_DIR", articles.path());
    });
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let answer = ask(&bob, ASKED);
    let seen = others(&bob, &answer);
    let parts = seen.parts();
    assert!(
        parts.iter().all(|part| part["custom_id"] != "choose"),
        "{parts:?}"
    );

    let seen = others(&manager, &answer);
    let choice = first_choice(&seen);
    let forged = bob.select(&seen, "Always answer with…", &[&choice]);
    let text = forged.answer().message().text();
    assert!(text.contains("Manage Server"), "{text}");
    let chosen = manager.select(&seen, "Always answer with…", &[&choice]);
    let text = chosen.answer().message().text();
    assert!(text.contains("I answer this question with:"), "{text}");

    for question in [ASKED, "hi! when does the ferrry leaves??"] {
        let text = ask(&bob, question).text().replace("**", "");
        assert!(text.contains("Chosen by this server's team"), "{text}");
        assert!(text.contains(&choice), "{choice}: {text}");
        assert_eq!(text.matches("ferry leaves").count(), 1, "{text}");
    }
    let elsewhere = discord.member(BOB).in_server(OTHER_SERVER);
    let before = ask(&elsewhere, ASKED).text();
    assert!(!before.contains("Chosen by"), "{before}");

    let list = manager.click(&insights(&manager), "Chosen answers");
    let list = list.answer().message().clone();
    assert!(list.text().contains(ASKED));
    let open = manager.select(&list, "Open a question", &[ASKED]);
    let open = open.answer().message().clone();
    manager.click(&open, "Don't answer with this").answer();
    assert_eq!(ask(&bob, ASKED).text(), before);
    let list = manager.click(&insights(&manager), "Chosen answers");
    let text = list.answer().message().text();
    assert!(text.contains("Nobody has chosen"), "{text}");
}

#[test]
fn the_answer_to_a_question_without_one_is_chosen_from_what_is_near() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let answer = ask(&bob, QUESTION);
    bob.click(&answer, "👎 Not helpful").answer();
    let card = open(&manager, QUESTION);
    let choice = first_choice(&card);
    let chosen = manager.select(&card, "Always answer with…", &[&choice]);
    chosen.answer();
    assert!(!insights(&manager).text().contains(QUESTION));
    let text = ask(&bob, QUESTION).text();
    assert!(text.contains("Chosen by this server's team"), "{text}");
}

#[test]
fn a_question_is_hidden_brought_back_and_exported() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    ask(&bob, WISH);
    ask(&bob, "=1+1 Where can I park my bicycle?");
    insights_with(&manager, WISH);
    let list = insights_with(&manager, "bicycle");
    let exported = manager.click(&list, "Export (CSV)").answer();
    let table = String::from_utf8_lossy(exported.message().file("questions.csv")).into_owned();
    assert!(
        table.contains("\"'=1+1 Where") && table.contains(WISH),
        "{table}"
    );
    let exported = manager.click(&list, "Export (Markdown)").answer();
    let draft = String::from_utf8_lossy(exported.message().file("questions.md")).into_owned();
    assert!(
        draft.contains(&format!("# {WISH}\n\n<!-- Asked once")),
        "{draft}"
    );

    let hidden = manager
        .click(&open(&manager, WISH), "Not a question for us")
        .answer();
    assert!(hidden.message().text().contains("won't count"));
    assert!(!insights(&manager).text().contains(WISH));
    ask(&discord.member(ALICE), WISH);
    assert!(!insights(&manager).text().contains(WISH));
    let back = manager.click(hidden.message(), "Undo").answer();
    assert!(back.message().text().contains("back in the list"));
    assert!(insights(&manager).text().contains(WISH));
}

#[test]
fn only_managers_see_what_was_asked() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    ask(&bob, WISH);
    let list = insights_with(&manager, WISH);
    let card = open(&manager, WISH);
    let form = manager.click(&card, "Write the answer");
    form.answer();
    let values = json!({"title": WISH, "content": ANSWER});
    for member in [bob.clone(), bob.clone().moderator()] {
        for door in [
            member.slash("insights", json!({})),
            member.select(&list, "Open a question", &[WISH]),
            member.click(&list, "Misleading passages"),
            member.click(&list, "Export (CSV)"),
            member.click(&list, "Export (Markdown)"),
            member.click(&card, "Write the answer"),
            member.click(&card, "Not a question for us"),
            member.click(&card, "Questions without an answer"),
            member.click_id(card.id, "reopen:0000000000000001"),
            member.submit_all(&form, &values),
        ] {
            let said = door.answer();
            let text = said.message().text();
            assert!(
                said.message().ephemeral && text.contains("Manage Server"),
                "{text}"
            );
        }
    }
    assert!(!ask(&bob, WISH).text().contains(SENTENCE));
    assert!(insights(&manager).text().contains(WISH));
}

#[test]
fn a_server_can_show_only_what_two_members_asked() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let page = |button: &str| {
        let panel = manager.slash("settings", json!({})).answer();
        let page = manager.click(panel.message(), "Helpers and questions");
        let set = manager.click(page.answer().message(), button).answer();
        set.message().text()
    };
    let text = page("Only show what two people asked");
    assert!(text.contains("those that two people asked"), "{text}");
    for _ in 0..2 {
        ask(&bob, WISH);
    }
    let list = insights_with(&manager, "on one day: 1");
    assert!(!list.text().contains(WISH), "{}", list.text());
    let file = |list: &Message| {
        let exported = manager.click(list, "Export (CSV)").answer();
        String::from_utf8_lossy(exported.message().file("questions.csv")).into_owned()
    };
    ask(&bob, "Where can I park my bicycle?");
    ask(&manager, "where can I park my bicycle");
    let list = insights_with(&manager, "bicycle");
    let text = list.text();
    assert!(
        text.contains("Asked 2×") && text.contains("on one day: 1"),
        "{text}"
    );
    assert!(
        !text.contains(WISH) && !file(&list).contains("skating"),
        "{text}"
    );
    let text = page("Show all questions");
    assert!(text.contains("that I show**: all"), "{text}");
    insights_with(&manager, WISH);
}

#[test]
fn what_was_asked_is_kept_when_the_bot_stops() {
    let data = tempfile::tempdir().unwrap();
    let (discord, mut bot) = start(data.path());
    ask(&discord.member(BOB), WISH);
    bot.wait_line("outcome=\"unknown\"");
    bot.signal("TERM");
    assert!(bot.wait_exit().success());
    assert_eq!(stored(data.path(), SERVER)[0].wording, WISH);
    // Its session is over by then.
    discord.pass(Duration::from_mins(10));
    let again = Bot::run(&discord, settings(data.path()));
    discord.wait_readies(2);
    assert!(insights(&manager(&discord)).text().contains(WISH));
    // Without the setting, what there is goes, and nothing is added.
    drop(again);
    discord.pass(Duration::from_secs(10));
    let _none = Bot::run(&discord, |command| {
        command.env("DATA_DIR", data.path());
    });
    discord.wait_readies(3);
    ask(&discord.member(BOB), "Where can I park my bicycle?");
    assert!(insights(&manager(&discord)).text().contains("Nothing here"));
}

#[test]
fn where_nothing_can_be_kept_answers_go_on() {
    // The data folder is a file.
    let data = tempfile::NamedTempFile::new().unwrap();
    let (discord, bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    ask(&bob, WISH);
    bot.wait_line("outcome=\"unknown\"");
    let refused = manager.slash("insights", json!({})).answer();
    assert!(refused.message().text().contains("nothing has changed"));
    bot.wait_line("cannot count questions without an answer");
    assert!(ask(&bob, QUESTION).text().contains(QUOTE));
}
