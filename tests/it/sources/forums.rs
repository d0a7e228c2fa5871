//! The answers in a forum of a server.

use super::contains;
use super::servers::{ask, confirm, manager, open, sync};
use crate::discord::{start_with, stranger};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, Arrival, BOB, FORUM, Fault, HELPERS_ROLE, MENTION, Member, Options, PATIENCE, SERVER,
    StandIn, intent, permission,
};
use serde_json::json;
use std::process::Command;
use std::time::Instant;
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
            "so I quote its answers to everyone",
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
    let line = sync(&manager, &bot, "0 taken, 3 unchanged");
    contains(&line, &["parsed=0"]);
}

#[test]
fn what_happens_in_a_forum_is_followed_without_a_look_at_all_of_it() {
    let (_data, discord, bot) = start(intent::MESSAGE_CONTENT);
    let manager = manager(&discord);
    let (bob, helper) = (
        discord.member(BOB),
        discord.member(ALICE).with_role(HELPERS_ROLE),
    );
    let post = |title: &str, answer: &str| {
        let forum = bob.clone().at(FORUM);
        let post = forum.post_thread(title, "Please help.", Arrival::InOrder);
        (post, helper.clone().at(post).say(answer))
    };
    let (_, edited) = post("How do I book a boat?", "A boat is booked at the kiosk.");
    let (deleted, _) = post(
        "Is there a night ferry?",
        "The night ferry sails on Fridays.",
    );
    let (_, taken_back) = post("Who sells rope?", "Rope is sold by the chandler.");
    let (unpinned, _) = post("When is the regatta?", "It was announced on the board.");
    let pinned = bob.clone().at(unpinned).say("The regatta is in August.");
    bob.clone().at(unpinned).pin(pinned);
    let solved = bob.clone().at(FORUM).post_thread(
        "Where is the lost property office?",
        "My hat is gone.",
        Arrival::InOrder,
    );
    discord
        .member(stranger())
        .at(solved)
        .say("The lost property office is behind the pier.");
    confirm(&manager, &add(&manager));
    contains(&ask(&bob, "When is the regatta?"), &["in August"]);
    assert!(!ask(&bob, "Where is the lost property office?").contains("pier"));
    // In one go: an edit, a deleted post, a deleted answer, one that is pinned no more, a post that is solved now, and a new post.
    helper.edit(edited, "A boat is booked at the harbour office.");
    discord.delete_channel(deleted);
    helper.delete(taken_back);
    bob.clone().at(unpinned).unpin(pinned);
    discord.tag(solved, &[2]);
    discord.archive(solved);
    post("Are dogs allowed?", "Dogs are allowed on deck.");
    // A message elsewhere is no reason to read anything.
    bob.say("Nice weather.");
    let answers = [
        ("How do I book a boat?", "at the harbour office", true),
        ("Is there a night ferry?", "Fridays", false),
        ("Who sells rope?", "chandler", false),
        ("When is the regatta?", "August", false),
        (
            "Where is the lost property office?",
            "behind the pier",
            true,
        ),
        ("Are dogs allowed?", "on deck", true),
    ];
    let begun = Instant::now();
    for (question, part, expected) in answers {
        while ask(&bob, question).contains(part) != expected {
            assert!(begun.elapsed() < PATIENCE, "{question}");
        }
    }
    bot.wait_line("posts of a forum were read again");
    // The whole forum is looked at again when it would have been, and has nothing new.
    let card = open(&manager).text();
    contains(&card, &["again in", "4 new or changed", "1 gone"]);
    let line = sync(&manager, &bot, "0 taken, 4 unchanged");
    contains(&line, &["parsed=0"]);
}

#[test]
fn a_long_post_is_read_to_its_first_answer_and_the_question_is_no_answer() {
    let (_data, discord, _bot) = start(intent::MESSAGE_CONTENT);
    let manager = manager(&discord);
    let (bob, helper) = (
        discord.member(BOB),
        discord.member(ALICE).with_role(HELPERS_ROLE),
    );
    let question = "The lighthouse lamp flickers whenever the generator starts.";
    let post = bob
        .clone()
        .at(FORUM)
        .post_thread("Strange light", question, Arrival::InOrder);
    let answer = format!("> {question}\nReplace the capacitor beside the fuse box.");
    let id = helper.clone().at(post).say(&answer);
    for number in 0..250 {
        bob.clone()
            .at(post)
            .say(&format!("Thanks, number {number}!"));
    }
    confirm(&manager, &add(&manager));
    let asked = ask(&bob, "Why does the lighthouse lamp flicker?");
    let address = format!("https://discord.com/channels/{SERVER}/{post}/{id}");
    contains(&asked, &["Replace the capacitor", &address]);
    // What was asked is shown as a heading, and never as the answer.
    let quoted = asked.lines().filter(|line| line.starts_with('>'));
    assert!(quoted.clone().count() > 0, "{asked}");
    for line in quoted {
        assert!(!line.contains("generator"), "{asked}");
    }
}

const KEY_QUESTION: &str = "Where is the spare key?";

/// A bot with a forum as a source, in which a helper has said where the key is.
fn start_with_key(data: &TempDir, options: Options) -> (StandIn, Bot) {
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..options
    };
    let (discord, bot) = start_with(options, |command| run_in(command, data));
    let helper = helper(&discord).at(FORUM);
    let post = helper.post_thread(KEY_QUESTION, "For the boat.", Arrival::InOrder);
    helper
        .at(post)
        .say("The spare key is under the third plank.");
    (discord, bot)
}

fn run_in(command: &mut Command, data: &TempDir) {
    command.env("DATA_DIR", data.path());
    command.env("AUTO_ANSWER_CHANNELS", "1");
}

fn helper(discord: &StandIn) -> Member<'_> {
    discord.member(ALICE).with_role(HELPERS_ROLE)
}

fn knows(member: &Member<'_>) -> bool {
    ask(member, KEY_QUESTION).contains("third plank")
}

/// Waits until a member is told where the key is, or no longer is.
fn wait_until(member: &Member<'_>, knowing: bool) {
    let begun = Instant::now();
    while knows(member) != knowing {
        assert!(begun.elapsed() < PATIENCE, "still not {knowing}");
    }
}

/// Chooses who may see the answers of the forum.
fn choose(manager: &Member<'_>, roles: &[u64]) -> String {
    let form = manager.click(&open(manager), "Who may see it");
    let roles: Vec<String> = roles.iter().map(u64::to_string).collect();
    let sent = manager.submit_all(&form, &json!({"roles": roles, "channels": []}));
    sent.answer().message().text()
}

#[test]
fn the_answers_of_a_private_forum_are_for_those_who_can_see_it() {
    let data = tempfile::tempdir().unwrap();
    let private = Options::default().only_for(FORUM, HELPERS_ROLE);
    let (discord, _bot) = start_with_key(&data, private);
    let manager = manager(&discord);
    let card = add(&manager);
    let role = format!("<@&{HELPERS_ROLE}>");
    contains(&card.text(), &["Not everyone can see this forum", &role]);
    confirm(&manager, &card);
    assert!(knows(&helper(&discord)));
    assert!(!knows(&discord.member(BOB)));
    contains(&open(&manager).text(), &[&role, "As in the forum"]);
}

#[test]
fn a_forum_that_is_hidden_or_shown_takes_its_answers_along() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start_with_key(&data, Options::default());
    let (manager, bob, helper) = (manager(&discord), discord.member(BOB), helper(&discord));
    let card = add(&manager);
    // Between the card and the confirmation.
    discord.hide(FORUM, Some(HELPERS_ROLE));
    confirm(&manager, &card);
    wait_until(&bob, false);
    assert!(knows(&helper));
    discord.hide(FORUM, None);
    wait_until(&bob, true);
    discord.hide(FORUM, Some(HELPERS_ROLE));
    wait_until(&bob, false);
    let role = format!("<@&{HELPERS_ROLE}>");
    contains(&open(&manager).text(), &[&role, "As in the forum"]);
}

#[test]
fn a_forum_that_was_made_private_and_is_added_again_is_not_quoted_to_everyone() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start_with_key(&data, Options::default());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    confirm(&manager, &add(&manager));
    assert!(knows(&bob));
    let removed = manager.click(&open(&manager), "Remove").answer();
    let removed = removed.message().clone();
    discord.hide(FORUM, Some(HELPERS_ROLE));
    confirm(&manager, &add(&manager));
    assert!(!knows(&bob));
    assert!(knows(&helper(&discord)));
    // What was removed does not come back beside it.
    let undone = manager.click(&removed, "Undo").answer();
    contains(
        &undone.message().text(),
        &["a source of this server already"],
    );
    assert!(!knows(&bob));
}

#[test]
fn who_may_see_a_forum_can_be_chosen_and_then_follows_it_again() {
    let data = tempfile::tempdir().unwrap();
    let private = Options::default().only_for(FORUM, HELPERS_ROLE);
    let (discord, bot) = start_with_key(&data, private);
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    confirm(&manager, &add(&manager));
    contains(
        &choose(&manager, &[SERVER]),
        &["Everyone in this server may see it", "Chosen here"],
    );
    assert!(knows(&bob));
    // What is chosen stays, whatever becomes of the forum.
    discord.hide(FORUM, None);
    discord.hide(FORUM, Some(HELPERS_ROLE));
    sync(&manager, &bot, "0 taken, 1 unchanged");
    assert!(knows(&bob));
    contains(&choose(&manager, &[]), &["As in the forum"]);
    assert!(!knows(&bob));
}

#[test]
fn a_forum_that_the_bot_cannot_see_any_more_is_quoted_nowhere_else() {
    let data = tempfile::tempdir().unwrap();
    let (discord, mut bot) = start_with_key(&data, Options::default());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    confirm(&manager, &add(&manager));
    assert!(knows(&bob));
    bot.signal("TERM");
    bot.wait_exit();
    // While the bot is away, so that it hears of it from nobody.
    discord.permit(FORUM, permission::USUAL & !permission::VIEW);
    let _bot = Bot::run(&discord, |command| run_in(command, &data));
    wait_until(&bob, false);
    // Discord fails, and is there again.
    discord.permit(FORUM, permission::USUAL);
    let pattern = format!("GET /channels/{FORUM}");
    discord.fault(Fault::on(&pattern).status(500).times(1));
    discord.hide(FORUM, None);
    wait_until(&bob, true);
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
