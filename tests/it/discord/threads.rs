//! Answers in threads of their own.

use crate::discord::{QUESTION, QUOTE, start_with};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, BOB, GENERAL, MENTION, Options, StandIn, THREAD, permission};
use serde_json::json;

/// A bot that answers in threads, where its channel lets it open some.
fn start(permissions: u64) -> (StandIn, Bot) {
    let options = Options::default().permit(GENERAL, permissions);
    start_with(options, |command| {
        command.env("ANSWER_IN_THREADS", "true");
    })
}

fn mention(question: &str) -> String {
    format!("{MENTION} {question}")
}

/// Waits for the bot's answer in a thread.
fn answer_in(discord: &StandIn, thread: u64) -> crate::support::discord::message::Message {
    let posted = format!("POST /channels/{thread}/messages");
    discord.wait_request(|it| it.line() == posted && it.status == 200);
    discord.messages(thread).pop().unwrap()
}

#[test]
fn a_mention_is_answered_in_a_thread() {
    let (discord, _bot) = start(permission::USUAL | permission::CREATE_THREADS);
    let alice = discord.member(ALICE);
    let asked = alice.say(&mention(QUESTION));
    // The thread has the id of the message.
    let answer = answer_in(&discord, asked);
    assert!(answer.text().contains(QUOTE) && discord.replies_to(asked).is_empty());
    // There, anybody goes on.
    let on = discord.member(BOB).at(asked).say(&mention("and songun?"));
    let next = discord.reply_to(on);
    assert!(
        next.text().contains("What does songun mean?"),
        "{}",
        next.text()
    );
    // An edit of the question edits the answer, and its deletion deletes it.
    alice.edit(asked, &mention("Which football club plays in Lisbon?"));
    discord.wait_message(answer.id, |message| message.edits == 1);
    alice.delete(asked);
    discord.wait_message(answer.id, |message| message.deleted);
}

#[test]
fn the_answer_of_a_command_gets_a_thread() {
    let (discord, _bot) = start(permission::USUAL | permission::CREATE_THREADS);
    let alice = discord.member(ALICE);
    let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
    let id = answer.message().id;
    let opened = format!("POST /channels/{GENERAL}/messages/{id}/threads");
    let request = discord.wait_request(|it| it.line() == opened);
    assert_eq!(
        (request.status, &request.body["name"]),
        (201, &json!(QUESTION))
    );
    // Nothing is opened for what only the member can see.
    alice
        .slash("ask", json!({"question": QUESTION, "private": true}))
        .answer();
    let threads = discord.requests();
    let threads = threads
        .iter()
        .filter(|it| it.matches("POST /channels/*/messages/*/threads"));
    assert_eq!(threads.count(), 1);
}

#[test]
fn without_the_permission_or_in_a_thread_the_answer_stays_in_place() {
    let (discord, _bot) = start(permission::USUAL);
    for channel in [GENERAL, THREAD] {
        let asked = discord.member(ALICE).at(channel).say(&mention(QUESTION));
        assert!(discord.reply_to(asked).text().contains(QUOTE));
    }
}
