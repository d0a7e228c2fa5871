//! Answers in threads of their own.

use crate::discord::{QUESTION, QUOTE, start_with};
use crate::support::bot::Bot;
use crate::support::discord::{
    ALICE, BOB, FORUM_POST, Fault, GENERAL, MENTION, OTHER, Options, StandIn, THREAD, permission,
};
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

/// Statuses of the messages that the bot has tried to write in a channel, after it has handled all earlier ones.
fn tries(discord: &StandIn, channel: u64) -> Vec<u16> {
    let last = discord.member(BOB).at(OTHER).say(&mention(QUESTION));
    discord.reply_to(last);
    let all = discord.requests().into_iter();
    all.filter(|it| it.line() == format!("POST /channels/{channel}/messages"))
        .map(|it| it.status)
        .collect()
}

#[test]
fn in_a_thread_that_is_locked_a_mention_is_tried_once_and_a_command_is_answered_to_the_member_alone()
 {
    let (discord, bot) = start(permission::USUAL);
    discord.lock(THREAD);
    let moderator = discord.member(ALICE).moderator().at(THREAD);
    moderator.say(&mention(QUESTION));
    let line = bot.wait_line(&format!("thread {THREAD} is archived or locked"));
    let advice = "reopen it, or give the bot the permission `Manage Threads`";
    assert!(line.contains(advice), "{line}");
    // No apology, and no other question for a while.
    moderator.say(&mention("What does songun mean?"));
    assert_eq!(tries(&discord, THREAD), [403]);
    let asked = moderator.slash("ask", json!({"question": QUESTION}));
    let answer = asked.answer();
    assert!(answer.message().ephemeral && answer.message().text().contains(QUOTE));
    bot.wait_line("only the member sees the answer");
    // The documentation has another code for the same.
    let locked = Fault::on("POST /channels/*/messages")
        .status(400)
        .code(160_005);
    discord.fault(locked);
    discord.member(BOB).at(FORUM_POST).say(&mention(QUESTION));
    bot.wait_line(&format!("thread {FORUM_POST} is archived or locked"));
    assert_eq!(tries(&discord, FORUM_POST), [400]);
}

#[test]
fn a_bot_that_manages_threads_answers_in_one_that_is_locked() {
    let (discord, _bot) = start(permission::USUAL);
    discord.permit(THREAD, permission::USUAL | permission::MANAGE_THREADS);
    discord.lock(THREAD);
    let asked = discord
        .member(ALICE)
        .moderator()
        .at(THREAD)
        .say(&mention(QUESTION));
    assert!(discord.reply_to(asked).text().contains(QUOTE));
}

#[test]
fn an_answer_in_an_archived_thread_stays_as_it_is() {
    let (discord, bot) = start(permission::USUAL | permission::CREATE_THREADS);
    let alice = discord.member(ALICE);
    let asked = alice.say(&mention(QUESTION));
    let answer = answer_in(&discord, asked);
    discord.archive(asked);
    alice.edit(asked, &mention("Which football club plays in Lisbon?"));
    bot.wait_line(&format!("thread {asked} is archived or locked"));
    let tried = |it: &&crate::support::discord::request::Request| it.method == "PATCH";
    tries(&discord, asked);
    assert_eq!(discord.requests().iter().filter(tried).count(), 1);
    assert!(discord.message(answer.id).unwrap().text().contains(QUOTE));
    // Who writes there opens it again.
    let on = discord.member(BOB).at(asked).say(&mention("and songun?"));
    assert!(discord.reply_to(on).text().contains("songun") && !discord.is_archived(asked));
}

#[test]
fn where_no_more_threads_can_be_opened_the_answer_stays_in_place() {
    let options = Options {
        most_threads: 0,
        ..Options::default()
    };
    let options = options.permit(GENERAL, permission::USUAL | permission::CREATE_THREADS);
    let (discord, bot) = start_with(options, |command| {
        command.env("ANSWER_IN_THREADS", "true");
    });
    let alice = discord.member(ALICE);
    let asked = alice.say(&mention(QUESTION));
    assert!(discord.reply_to(asked).text().contains(QUOTE));
    let line = bot.wait_line("answering without a thread");
    let reason = "too many active threads: close some of them";
    assert!(line.contains(reason), "{line}");
    let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
    assert!(answer.message().text().contains(QUOTE));
    assert_eq!(tries(&discord, GENERAL), [200]);
}
