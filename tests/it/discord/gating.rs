//! Articles that only some members of a server see.

use crate::discord::start_with;
use crate::discord::teaching::{SENTENCE, TEXT, TITLE, ask, manager, open, write};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    Arrival, BOB, FORUM, FORUM_POST, Fault, GENERAL, HELPERS_ROLE, MENTION, Member, OTHER,
    OTHER_SERVER, Options, StandIn, THREAD,
};
use serde_json::json;
use tempfile::TempDir;

fn start() -> (TempDir, StandIn, Bot) {
    let data = tempfile::tempdir().unwrap();
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", data.path());
    });
    (data, discord, bot)
}

/// Chooses who may see the article of a title.
fn gate(manager: &Member<'_>, title: &str, roles: &[u64], channels: &[u64]) -> Message {
    let card = open(manager, title);
    let form = manager.click(&card, "Who may see it");
    let ids = |ids: &[u64]| -> Vec<String> { ids.iter().map(u64::to_string).collect() };
    let values = json!({"roles": ids(roles), "channels": ids(channels)});
    let sent = manager.submit_all(&form, &values).answer();
    sent.message().clone()
}

#[test]
fn members_without_the_role_see_nothing_of_an_article() {
    let (_data, discord, _bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let helper = bob.clone().with_role(HELPERS_ROLE);
    write(&manager, TITLE, TEXT);
    let before = ask(&bob, "When does the rink open?");
    assert!(before.contains(SENTENCE));
    let card = gate(&manager, TITLE, &[HELPERS_ROLE], &[]);
    assert!(
        card.text().contains(&format!("<@&{HELPERS_ROLE}>")),
        "{}",
        card.text()
    );
    assert!(!ask(&bob, TITLE).contains(SENTENCE));
    assert!(ask(&helper, TITLE).contains(SENTENCE));
    // The list of articles, and what is completed.
    let list = |member: &Member<'_>| {
        member
            .slash("articles", json!({}))
            .answer()
            .message()
            .text()
    };
    assert!(!list(&bob).contains("skating"));
    let completed = |member: &Member<'_>| {
        let typing = member.typing("ask", "article", "skating").answer();
        typing.names().iter().any(|name| name.contains("skating"))
    };
    assert!(!completed(&bob) && completed(&helper));

    // An answer that everyone sees does not quote it, whoever has asked.
    let public = helper.slash("ask", json!({"question": TITLE})).answer();
    assert!(!public.message().ephemeral && !public.message().text().contains(SENTENCE));
    let private = helper.slash("ask", json!({"question": TITLE, "private": true}));
    let private = private.answer().message().clone();
    assert!(private.text().contains(SENTENCE));
    let shared = helper.click(&private, "Share in channel").answer();
    assert!(
        !shared.message().text().contains(SENTENCE),
        "{}",
        shared.message().text()
    );
    // Its buttons, used by somebody else.
    for button in private.buttons() {
        let pressed = bob.click(&private, button).answer();
        let is_form = pressed.kind == 9;
        assert!(
            is_form || !pressed.message().text().contains(SENTENCE),
            "{button}"
        );
    }

    // Edited under another name, it stays hidden, and open to all, everyone sees it.
    let card = open(&manager, TITLE);
    let form = manager.click(&card, "Edit");
    let values = json!({"title": "When is the rink open?", "content": TEXT});
    let draft = manager
        .submit_all(&form, &values)
        .answer()
        .message()
        .clone();
    manager.click(&draft, "Add").answer();
    assert!(!ask(&bob, "When is the rink open?").contains(SENTENCE));
    let card = gate(&manager, "When is the rink open?", &[], &[]);
    assert!(card.text().contains("Everyone in this server"));
    assert!(ask(&bob, "When is the rink open?").contains(SENTENCE));
}

#[test]
fn an_article_of_a_channel_is_quoted_there_and_in_its_threads() {
    let (_data, discord, _bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    gate(&manager, TITLE, &[], &[OTHER, FORUM]);
    let asked_at = |channel: u64| {
        let asked = bob
            .clone()
            .at(channel)
            .slash("ask", json!({"question": TITLE}));
        asked.answer().message().text()
    };
    assert!(!asked_at(GENERAL).contains(SENTENCE));
    for channel in [OTHER, FORUM_POST] {
        assert!(asked_at(channel).contains(SENTENCE));
    }
}

#[test]
fn a_mention_in_a_thread_is_answered_as_in_its_channel() {
    let (_data, discord, _bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    let mentioned = |channel: u64| {
        let question = bob.clone().at(channel).say(&format!("{MENTION} {TITLE}"));
        discord.reply_to(question).text()
    };
    let lookups = || {
        let all = discord.requests();
        let lookups = all.iter().filter(|it| it.matches("GET /channels/*"));
        lookups.count()
    };
    assert!(mentioned(FORUM_POST).contains(SENTENCE));
    assert_eq!(lookups(), 0, "it does not matter there");
    gate(&manager, TITLE, &[], &[FORUM]);
    for _ in 0..2 {
        assert!(mentioned(FORUM_POST).contains(SENTENCE));
        assert!(!mentioned(GENERAL).contains(SENTENCE));
        assert!(!mentioned(THREAD).contains(SENTENCE));
    }
    assert_eq!(lookups(), 3, "each channel once");
    // If Discord does not say it, the thread counts as a channel of its own, and it is asked again.
    let thread = bob
        .clone()
        .at(FORUM)
        .post_thread("A post", "Hello.", Arrival::InOrder);
    discord.fault(Fault::on("GET /channels/*").status(404).times(1));
    assert!(!mentioned(thread).contains(SENTENCE));
    assert!(mentioned(thread).contains(SENTENCE));
}

#[test]
fn a_server_has_four_kinds_of_gates_at_most() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    for number in 0..5 {
        write(&manager, &format!("What is rule {number}?"), "A rule.");
    }
    for number in 0..4 {
        let card = gate(
            &manager,
            &format!("What is rule {number}?"),
            &[100 + number],
            &[],
        );
        assert!(card.text().contains(&format!("<@&{}>", 100 + number)));
    }
    let refused = gate(&manager, "What is rule 4?", &[200], &[]).text();
    assert!(refused.contains("4 different answers"), "{refused}");
    let same = gate(&manager, "What is rule 4?", &[103], &[]).text();
    assert!(same.contains("<@&103>"), "{same}");
}

#[test]
fn a_manager_tries_what_members_get() {
    let (_data, discord, _bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    gate(&manager, TITLE, &[HELPERS_ROLE], &[OTHER]);
    let tried = |role: Option<u64>, channel: Option<u64>| {
        let mut options = json!({"question": TITLE});
        for (name, id) in [("role", role), ("channel", channel)] {
            if let Some(id) = id {
                options[name] = json!(id.to_string());
            }
        }
        let tried = manager.slash("knowledge try", options).answer();
        assert!(tried.message().ephemeral && tried.message().buttons().is_empty());
        tried.message().text()
    };
    let both = tried(Some(HELPERS_ROLE), Some(OTHER));
    assert!(both.contains(SENTENCE), "{both}");
    let who = format!("Role: <@&{HELPERS_ROLE}> · Channel: <#{OTHER}>");
    assert!(both.contains(&who), "{both}");
    // The reason and the words, as `ask --explain` says them.
    assert!(
        both.contains("the confidence is at least") && both.contains("rink: "),
        "{both}"
    );
    for (role, channel) in [
        (None, Some(OTHER)),
        (Some(HELPERS_ROLE), Some(GENERAL)),
        (Some(HELPERS_ROLE), None),
        (None, None),
    ] {
        let text = tried(role, channel);
        assert!(!text.contains(SENTENCE) && text.contains("Why"), "{text}");
    }
    let elsewhere = manager.clone().in_server(OTHER_SERVER);
    let options =
        json!({"question": TITLE, "role": HELPERS_ROLE.to_string(), "channel": OTHER.to_string()});
    let other = elsewhere.slash("knowledge try", options.clone()).answer();
    assert!(!other.message().text().contains(SENTENCE));
    let refused = bob.slash("knowledge try", options).answer();
    assert!(refused.message().text().contains("Manage Server"));
}
