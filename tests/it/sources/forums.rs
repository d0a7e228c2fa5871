//! The answers in a forum of a server.

use super::contains;
use super::servers::{ask, confirm, manager, open, sync};
use crate::discord::{start_with, stranger};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, Arrival, BOB, FORUM, HELPERS_ROLE, MENTION, Member, Options, SERVER, StandIn, intent,
    permission,
};
use serde_json::json;
use tempfile::TempDir;

fn start(privileged: u64) -> (TempDir, StandIn, Bot) {
    let data = tempfile::tempdir().unwrap();
    let options = Options {
        privileged,
        ..Options::default().tags(FORUM, &["Bug", "Solved"])
    };
    let (discord, bot) = start_with(options, |command| {
        command.env("DATA_DIR", data.path());
        if privileged != 0 {
            // This makes the bot ask for the intent.
            command.env("AUTO_ANSWER_CHANNELS", "1");
        }
    });
    (data, discord, bot)
}

/// What the bot has understood of the forum.
fn add(manager: &Member<'_>) -> Message {
    let options = json!({"channel": FORUM.to_string(), "role": HELPERS_ROLE.to_string()});
    let added = manager.slash("knowledge forum", options);
    added.answer().message().clone()
}

#[test]
fn answers_of_a_forum_are_quoted_with_a_link_and_without_names() {
    let (_data, discord, bot) = start(intent::MESSAGE_CONTENT);
    let manager = manager(&discord);
    let (bob, helper) = (
        discord.member(BOB),
        discord.member(ALICE).with_role(HELPERS_ROLE),
    );
    let post = |title: &str, text: &str| {
        let forum = bob.clone().at(FORUM);
        forum.post_thread(title, text, Arrival::InOrder)
    };
    // By the role, pinned, solved, and without an answer. One is archived.
    let staff = post("How do I book a boat?", "I looked everywhere.");
    let answer = helper
        .clone()
        .at(staff)
        .say(&format!("{MENTION} A boat is booked at the kiosk."));
    let pinned = post("Is there a night ferry?", "Asking for a friend.");
    let said = bob
        .clone()
        .at(pinned)
        .say("The night ferry sails on Fridays.");
    bob.clone().at(pinned).pin(said);
    let solved = post("Who sells rope?", "I need ten metres.");
    discord
        .member(stranger())
        .at(solved)
        .say("Rope is sold by the chandler.");
    bob.clone().at(solved).say("Thanks!");
    discord.tag(solved, &[2]);
    discord.archive(solved);
    let open_post = post("Where is the lost property office?", "My hat is gone.");
    bob.clone().at(open_post).say("The office is on the moon.");
    let card = add(&manager);
    contains(
        &card.text(),
        &[
            "Forum",
            &format!("<#{FORUM}>"),
            "even where they can't see the forum",
            "How do I book a boat?",
            "Where is the lost property office?: no answer is pinned, solved or by the role",
        ],
    );
    confirm(&manager, &card);
    let booked = ask(&bob, "How do I book a boat?");
    let address = format!("https://discord.com/channels/{SERVER}/{staff}/{answer}");
    contains(&booked, &["at the kiosk.", &address]);
    assert!(!booked.contains("alice"), "{booked}");
    contains(&ask(&bob, "Is there a night ferry?"), &["on Fridays"]);
    contains(&ask(&bob, "Who sells rope?"), &["by the chandler"]);
    assert!(!ask(&bob, "Where is the lost property office?").contains("moon"));
    // An edit and a deleted post are seen at the next look.
    helper.edit(answer, "A boat is booked at the harbour office.");
    discord.delete_channel(pinned);
    let line = sync(&manager, &bot, "1 taken, 1 unchanged");
    contains(&line, &["1 gone", "parsed=1"]);
    contains(
        &ask(&bob, "How do I book a boat?"),
        &["at the harbour office"],
    );
    assert!(!ask(&bob, "Is there a night ferry?").contains("Fridays"));
    // An answer that is deleted is quoted no more.
    helper.delete(answer);
    sync(&manager, &bot, "0 taken, 1 unchanged");
    assert!(!ask(&bob, "How do I book a boat?").contains("harbour office"));
    contains(&open(&manager).text(), &["Skipped:"]);
}

#[test]
fn a_forum_is_refused_without_message_content() {
    let (_data, discord, _bot) = start(0);
    contains(&add(&manager(&discord)).text(), &["Message Content Intent"]);
}

#[test]
fn a_forum_that_the_bot_cannot_read_is_refused() {
    let (_data, discord, _bot) = start(intent::MESSAGE_CONTENT);
    discord.permit(FORUM, permission::USUAL & !permission::VIEW);
    contains(
        &add(&manager(&discord)).text(),
        &["I can't read that forum"],
    );
    let bob = discord.member(BOB);
    contains(&add(&bob).text(), &["Manage Server"]);
}
