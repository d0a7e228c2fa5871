//! Articles that a server's managers add inside Discord.

use crate::discord::{QUESTION, QUOTE, start_with};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, GENERAL, Member, OTHER_SERVER, Options, PATIENCE, SERVER, StandIn,
    permission,
};
use pullquote_store::{Location, NewArticle, Store};
use serde_json::{Value, json};
use std::iter;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

pub(super) const TITLE: &str = "When does the skating rink open?";
pub(super) const TEXT: &str =
    "The skating rink opens at nine.\n\n- On Sundays, the skating rink opens at noon.";
pub(super) const SENTENCE: &str = "opens at nine";

/// A bot that keeps its data in `data`.
fn start(data: &Path) -> (StandIn, Bot) {
    start_with(Options::default(), |command| {
        command.env("DATA_DIR", data);
    })
}

fn again(discord: &StandIn, data: &Path) -> Bot {
    discord.pass(Duration::from_secs(10));
    let bot = Bot::run(discord, |command| {
        command.env("DATA_DIR", data);
    });
    discord.wait_readies(2);
    bot
}

/// A member who manages the server.
pub(super) fn manager(discord: &StandIn) -> Member<'_> {
    discord.member(ALICE).with(permission::MANAGE_SERVER)
}

/// Writes an article with the form, and returns what the bot has understood.
pub(super) fn draft(manager: &Member<'_>, title: &str, text: &str) -> Message {
    let form = manager.slash("knowledge write", json!({}));
    let sent = manager.submit_all(&form, &json!({"title": title, "content": text}));
    sent.answer().message().clone()
}

/// Writes an article, and adds it.
pub(super) fn write(manager: &Member<'_>, title: &str, text: &str) {
    confirm(manager, &draft(manager, title, text));
}

/// Adds what the bot has understood, or replaces what is there.
pub(super) fn confirm(manager: &Member<'_>, draft: &Message) {
    let button = draft.buttons()[0];
    assert!(["Add", "Replace"].contains(&button), "{}", draft.text());
    let added = manager.click(draft, button).answer();
    let text = added.message().text();
    assert!(text.contains("Added. I now quote it"), "{text}");
    assert_eq!((added.kind, added.message().id), (7, draft.id));
}

/// What a member gets who asks.
pub(super) fn ask(member: &Member<'_>, question: &str) -> String {
    let asked = member.slash("ask", json!({"question": question, "private": true}));
    asked.answer().message().text()
}

/// Opens the article of a title from the list.
pub(super) fn open(manager: &Member<'_>, title: &str) -> Message {
    let list = manager.slash("knowledge list", json!({}));
    let list = list.answer().message().clone();
    let opened = manager.select(&list, "Open an article", &[title]);
    opened.answer().message().clone()
}

/// The values that a form has at first, by the ids of its fields.
pub(super) fn prefilled(form: &Value) -> Value {
    let fields = form["components"].as_array().unwrap().iter();
    let value = |label: &Value| {
        let field = &label["component"];
        let id = field["custom_id"].as_str().unwrap().to_owned();
        (id, field["value"].clone())
    };
    fields.map(value).collect()
}

/// Puts articles into the store of a bot that does not run.
pub(super) fn put(data: &Path, articles: impl IntoIterator<Item = (String, Vec<u8>)>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::new(Location::Folder(data.to_owned()));
        for (path, content) in articles {
            let article = NewArticle {
                server: SERVER,
                path: &path,
                content: &content,
                link: None,
                by: 1,
                at: 1,
            };
            store.put(&article, None).await.unwrap();
        }
    });
}

#[test]
fn what_a_manager_writes_is_quoted_in_that_server_only() {
    let data = tempfile::tempdir().unwrap();
    let (discord, bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    assert!(!ask(&bob, TITLE).contains(SENTENCE));
    let said = draft(&manager, TITLE, TEXT);
    let text = said.text();
    assert!(said.ephemeral, "{text}");
    assert!(
        text.contains("Add to the articles") && text.contains(TITLE),
        "{text}"
    );
    assert!(
        text.contains("Passages: 2") && text.contains(SENTENCE),
        "{text}"
    );
    // Nothing changes before it is confirmed.
    assert!(!ask(&bob, TITLE).contains(SENTENCE));
    confirm(&manager, &said);
    assert!(ask(&bob, TITLE).contains(SENTENCE));
    // The shared articles still answer, and nobody else knows the new one.
    assert!(ask(&bob, QUESTION).contains(QUOTE));
    let elsewhere = bob.clone().in_server(OTHER_SERVER);
    assert!(!ask(&elsewhere, TITLE).contains(SENTENCE));
    assert!(!ask(&discord.member(ALICE).at(ALICE_DM), TITLE).contains(SENTENCE));
    let other = manager.clone().in_server(OTHER_SERVER);
    let list = other.slash("knowledge list", json!({})).answer();
    assert!(list.message().text().contains("no articles of its own"));
    bot.wait_line("outcome=\"taught\"");

    // It is there after a restart.
    drop(bot);
    let _bot = again(&discord, data.path());
    assert!(ask(&bob, TITLE).contains(SENTENCE));
}

#[test]
fn lines_that_a_manager_writes_stay_lines() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let lines = "1️⃣ Be nice to others\n2️⃣ No spam in the sauna";
    write(&manager, "Sauna rules", lines);
    let answer = ask(&bob, "What are the sauna rules?").replace("**", "");
    let quote = lines.replace('\n', "\n> ");
    assert!(answer.contains(&quote), "{answer}");
    // They are edited as they were written.
    let form = manager.click(&open(&manager, "Sauna rules"), "Edit");
    assert_eq!(prefilled(&form.answer().form)["content"], lines);
}

#[test]
fn what_a_server_has_is_found_in_other_words_once_it_is_embedded_and_at_once_after_a_restart() {
    const PUPPY: &str = "May I take my puppy into the building?";
    let data = tempfile::tempdir().unwrap();
    let with_model = |command: &mut Command| {
        command.env("DATA_DIR", data.path()).env_remove("MODEL");
    };
    let (discord, bot) = start_with(Options::default(), with_model);
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    bot.wait_line("the sentence model is ready");
    write(&manager, "Pets", "Dogs must stay outside.");
    write(&manager, "Food", "Bring your own lunch.");
    ask(&bob, PUPPY);
    bot.wait_line("articles of a server: 2 passages embedded");
    let answer = ask(&bob, PUPPY);
    assert!(answer.contains("Dogs must stay outside."), "{answer}");
    let elsewhere = ask(&bob.clone().in_server(OTHER_SERVER), PUPPY);
    assert!(!elsewhere.contains("Dogs"), "{elsewhere}");

    drop(bot);
    discord.pass(Duration::from_secs(10));
    let bot = Bot::run(&discord, with_model);
    discord.wait_readies(2);
    bot.wait_line("the sentence model is ready");
    let answer = ask(&bob, PUPPY);
    assert!(answer.contains("Dogs must stay outside."), "{answer}");
    let embedded_again = |line: &String| line.contains("articles of a server");
    assert!(!bot.lines().iter().any(embedded_again));
}

#[test]
fn an_article_is_replaced_edited_removed_and_brought_back() {
    let data = tempfile::tempdir().unwrap();
    let (discord, bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    let replacing = draft(&manager, TITLE, &TEXT.replace("nine", "ten"));
    let text = replacing.text();
    assert!(
        text.contains("Replaces the article that was added 0 min"),
        "{text}"
    );
    assert!(text.contains("new: 1, gone: 1"), "{text}");
    confirm(&manager, &replacing);
    assert!(ask(&bob, TITLE).contains("opens at ten"));

    let card = open(&manager, TITLE);
    assert!(card.text().contains("opens at ten") && card.ephemeral);
    assert_eq!(
        card.buttons(),
        [
            "Edit",
            "Who may see it",
            "Remove",
            "Articles of this server"
        ]
    );
    let form = manager.click(&card, "Edit");
    let mut values = prefilled(&form.answer().form);
    let expect = json!({"title": TITLE, "content": TEXT.replace("nine", "ten")});
    assert_eq!(values, expect);
    // Under another title, it is still one article.
    values["title"] = json!("When does the ice rink open?");
    values["content"] = json!("The ice rink opens at eleven.");
    let said = manager.submit_all(&form, &values).answer();
    confirm(&manager, said.message());
    let list = manager.slash("knowledge list", json!({})).answer();
    let text = list.message().text();
    assert!(
        text.contains("1 of at most 200") && text.contains("ice rink"),
        "{text}"
    );
    let quoted = ask(&bob, "When does the ice rink open?");
    assert!(quoted.contains("at eleven"), "{quoted}");

    let card = open(&manager, "When does the ice rink open?");
    let removed = manager.click(&card, "Remove").answer();
    assert_eq!((removed.kind, removed.message().id), (7, card.id));
    assert!(!ask(&bob, "When does the ice rink open?").contains("at eleven"));
    // Buttons of the time when it was there.
    let gone = manager.click(&card, "Edit").answer();
    assert!(gone.message().text().contains("not there any more"));
    let gone = manager.click(&card, "Remove").answer();
    assert!(gone.message().text().contains("not there any more"));

    // Also after a restart.
    let removed = removed.message().clone();
    drop(bot);
    let _bot = again(&discord, data.path());
    let back = manager.click(&removed, "Undo").answer();
    assert!(back.message().text().contains("It's back"));
    assert!(ask(&bob, "When does the ice rink open?").contains("at eleven"));
    let twice = manager.click(&removed, "Undo").answer();
    assert!(twice.message().text().contains("too late"));
}

/// Whether the store knows that the bot has left the server; `None` if nothing of the server is kept.
fn has_left(data: &Path) -> Option<bool> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let place = Location::Folder(data.to_owned());
    let store = runtime.block_on(Store::beside(place)).unwrap().unwrap();
    let export = runtime.block_on(store.export(SERVER)).unwrap()?;
    let mut columns = export.tables[0].1[0].iter();
    let left = columns.find(|(column, _)| column == "left_at").unwrap();
    Some(left.1 != pullquote_store::Value::Null)
}

/// Waits until the store knows whether the bot has left.
pub(super) fn wait_left(data: &Path, expect: Option<bool>) {
    let end = Instant::now() + PATIENCE;
    while has_left(data) != expect {
        assert!(Instant::now() < end, "{:?}", has_left(data));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_server_that_the_bot_comes_back_to_has_everything_for_two_weeks() {
    let data = tempfile::tempdir().unwrap();
    let (discord, bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    let panel = manager.slash("settings", json!({})).answer();
    manager.click(panel.message(), "Answer privately").answer();
    let public = || {
        let asked = bob.slash("ask", json!({"question": TITLE})).answer();
        asked.message().clone()
    };
    discord.remove_bot(SERVER);
    wait_left(data.path(), Some(true));
    discord.invite_bot();
    wait_left(data.path(), Some(false));
    let answer = public();
    assert!(answer.text().contains(SENTENCE) && answer.ephemeral);
    // An outage is no leaving.
    discord.lose_server(SERVER);
    assert!(public().text().contains(SENTENCE));
    assert_eq!(has_left(data.path()), Some(false));

    discord.remove_bot(SERVER);
    wait_left(data.path(), Some(true));
    drop(bot);
    // Two weeks and a day later.
    let days = |days: u64| Duration::from_secs(days * 86_400);
    let at = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let at = at.checked_sub(days(15)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Store::new(Location::Folder(data.path().to_owned()));
    let at = i64::try_from(at.as_millis()).unwrap();
    runtime.block_on(store.set_left(SERVER, Some(at))).unwrap();
    drop(store);
    let elsewhere = StandIn::start(Options {
        invited: false,
        ..Options::default()
    });
    let _bot = Bot::run(&elsewhere, |command| {
        command.env("DATA_DIR", data.path());
    });
    wait_left(data.path(), None);
}

#[test]
fn a_form_that_comes_after_its_article_was_removed_keeps_what_was_typed() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let manager = manager(&discord);
    write(&manager, TITLE, TEXT);
    let card = open(&manager, TITLE);
    let form = manager.click(&card, "Edit");
    form.answer();
    manager.click(&card, "Remove").answer();
    let values = json!({"title": TITLE, "content": TEXT.replace("nine", "six")});
    let sent = manager.submit_all(&form, &values).answer();
    confirm(&manager, sent.message());
    assert!(ask(&manager, TITLE).contains("opens at six"));
}

#[test]
fn a_message_becomes_an_article_with_a_link_to_it_and_without_its_author() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let message =
        bob.say("**Where do I park my bicycle?**\nPark your bicycle behind the old mill.");
    let form = manager.message_command("Add to articles", message);
    let values = prefilled(&form.answer().form);
    assert_eq!(values["title"], "Where do I park my bicycle?");
    assert!(
        values["content"]
            .as_str()
            .unwrap()
            .ends_with("\nPark your bicycle behind the old mill.")
    );
    let said = manager.submit_all(&form, &values).answer();
    assert!(said.message().text().contains("behind the old mill"));
    confirm(&manager, said.message());
    let card = open(&manager, "Where do I park my bicycle?");
    let link = format!("https://discord.com/channels/{SERVER}/{GENERAL}/{message}");
    assert_eq!(card.part("Original")["url"], link);
    assert!(!card.text().contains("bob"));
    let asked = bob.slash("ask", json!({"question": "Where do I park my bicycle?"}));
    let quoted = asked.answer().message().text();
    assert!(
        quoted.contains("behind the old mill") && quoted.contains(&link),
        "{quoted}"
    );

    // A message without text, here with an attachment only.
    let empty = bob.say("");
    let refused = manager.message_command("Add to articles", empty).answer();
    assert!(refused.message().text().contains("no text"));
}

#[test]
fn only_managers_get_through_any_door() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    let card = open(&manager, TITLE);
    let list = manager.slash("knowledge list", json!({})).answer();
    let list = list.message().clone();
    let form = manager.slash("knowledge write", json!({"title": "Mine"}));
    assert_eq!(
        form.answer().form["components"][0]["component"]["value"],
        "Mine"
    );
    let edit = manager.click(&card, "Edit");
    edit.answer();
    let gate = manager.click(&card, "Who may see it");
    gate.answer();
    let message = bob.say("Some text.");
    let values = json!({"title": "Mine", "content": "The skating rink is closed."});
    let waiting = draft(&manager, "Yours", "The skating rink is flooded.");
    let upload = manager.slash("knowledge add", json!({}));
    upload.answer();
    // Managing messages is not enough.
    for member in [bob.clone(), bob.clone().moderator()] {
        let doors = [
            member.slash("knowledge write", json!({})),
            member.slash("knowledge list", json!({})),
            member.message_command("Add to articles", message),
            member.submit_all(&form, &values),
            member.submit_all(&edit, &values),
            member.slash("knowledge add", json!({})),
            member.submit_all(
                &upload,
                &json!({"files": [], "address": "https://example.org"}),
            ),
            member.click(&waiting, "Add"),
            member.click(&card, "Who may see it"),
            member.submit_all(&gate, &json!({"roles": [], "channels": []})),
            member.click(&waiting, "Cancel"),
            member.click(&card, "Edit"),
            member.click(&card, "Remove"),
            member.select(&list, "Open an article", &[TITLE]),
            member.click_id(card.id, "own:0"),
            member.click_id(card.id, "restore:1"),
        ];
        for door in doors {
            let said = door.answer();
            let text = said.message().text();
            assert!(
                said.message().ephemeral && text.contains("Manage Server"),
                "{text}"
            );
        }
    }
    assert!(ask(&bob, TITLE).contains(SENTENCE));
    let administrator = bob.with(permission::ADMINISTRATOR);
    let list = administrator.slash("knowledge list", json!({})).answer();
    assert!(list.message().text().contains("skating rink"));
}

#[test]
fn limits_are_told_with_their_number() {
    let data = tempfile::tempdir().unwrap();
    let small = |n: usize| {
        (
            format!("a{n:03}.md"),
            format!("# A{n:03}\n\nText.").into_bytes(),
        )
    };
    put(data.path(), (0..200).map(small));
    let (discord, _bot) = start(data.path());
    let manager = manager(&discord);
    let refused = draft(&manager, TITLE, TEXT).text();
    assert!(refused.contains("200 articles"), "{refused}");
    // One that is there can still be replaced, and the list leads to all.
    write(&manager, "A007", "More.");
    // On a busy machine, the articles may still be read: until then, the list has their paths.
    let end = Instant::now() + PATIENCE;
    let next = loop {
        let list = manager.slash("knowledge list", json!({})).answer();
        let next = manager.click(list.message(), "Next").answer();
        assert_eq!(next.kind, 7);
        let text = next.message().text();
        assert!(text.contains("Page 2 of 20"), "{text}");
        if text.contains("A010") {
            break next;
        }
        assert!(Instant::now() < end, "{text}");
    };
    let opened = manager.select(next.message(), "Open an article", &["A010"]);
    let removed = manager.click(opened.answer().message(), "Remove").answer();
    write(&manager, TITLE, TEXT);
    // Its place is taken.
    let back = manager.click(removed.message(), "Undo").answer();
    let text = back.message().text();
    assert!(text.contains("200 articles"), "{text}");
}

#[test]
fn a_file_that_is_no_text_is_shown_as_it_is_read() {
    let data = tempfile::tempdir().unwrap();
    let text = "The café\n\nIt opens at nine.";
    let units = iter::once(0xfeff).chain(text.encode_utf16());
    let bytes = units.flat_map(u16::to_le_bytes).collect();
    put(data.path(), [("cafe.txt".to_owned(), bytes)]);
    let (discord, _bot) = start(data.path());
    let opened = open(&manager(&discord), "The café");
    assert!(
        opened.text().contains("It opens at nine."),
        "{}",
        opened.text()
    );
}

#[test]
fn what_does_not_fit_into_the_form_cannot_be_edited_in_it() {
    let data = tempfile::tempdir().unwrap();
    let long = format!("# Long\n\n{}", "The rink is open. ".repeat(300));
    put(data.path(), [("long.md".to_owned(), long.into_bytes())]);
    let (discord, _bot) = start(data.path());
    let manager = manager(&discord);
    let opened = open(&manager, "Long");
    assert_eq!(
        opened.buttons(),
        ["Who may see it", "Remove", "Articles of this server"]
    );
    manager.click(&opened, "Remove").answer();
    write(&manager, TITLE, TEXT);
}

#[test]
fn where_nothing_can_be_kept_answers_go_on() {
    // The data folder is a file.
    let data = tempfile::NamedTempFile::new().unwrap();
    let (discord, bot) = start(data.path());
    let manager = manager(&discord);
    assert!(ask(&manager, QUESTION).contains(QUOTE));
    let said = draft(&manager, TITLE, TEXT);
    assert!(
        said.ephemeral && said.text().contains("nothing has changed"),
        "{}",
        said.text()
    );
    assert!(ask(&manager, QUESTION).contains(QUOTE));
    bot.wait_line("cannot use");
}
