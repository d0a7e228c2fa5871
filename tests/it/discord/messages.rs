//! Questions in messages: which are answered, where, and how often.

use crate::discord::{QUESTION, QUOTE, start, start_with};
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, BOT, FORUM_POST, Fault, GENERAL, MENTION, OTHER, OTHER_BOT, Options,
    StandIn, THREAD, WEBHOOK, intent,
};
use std::time::Duration;

fn mention(question: &str) -> String {
    format!("{MENTION} {question}")
}

/// Waits until the bot has dealt with everything that was said before.
fn settle(discord: &StandIn) {
    let last = discord.member(BOB).say(&mention(QUESTION));
    discord.reply_to(last);
}

#[test]
fn a_mention_is_answered_where_it_stands() {
    let (discord, _bot) = start();
    for place in [GENERAL, THREAD, FORUM_POST, ALICE_DM] {
        let question = discord.member(ALICE).at(place).say(&mention(QUESTION));
        let reply = discord.reply_to(question);
        assert_eq!(reply.channel, place);
        assert!(reply.text().contains(QUOTE) && reply.pings.is_empty());
        assert!(reply.text().contains(QUESTION) && !reply.text().contains(MENTION));
    }
}

#[test]
fn a_direct_message_needs_no_mention() {
    let (discord, _bot) = start();
    let question = discord
        .member(ALICE)
        .at(ALICE_DM)
        .say("wat does jusche mean");
    assert!(discord.reply_to(question).text().contains(QUOTE));
}

#[test]
fn a_reply_with_a_ping_asks_on() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(&mention(QUESTION));
    let answer = discord.reply_to(question);
    let on = alice.reply_with_ping(answer.id, "and what does juche mean?");
    assert!(discord.reply_to(on).text().contains(QUOTE));
    let aside = alice.reply(answer.id, "what does juche mean, I wonder");
    settle(&discord);
    assert!(
        discord.replies_to(aside).is_empty(),
        "without a ping it is no question"
    );
}

#[test]
fn an_empty_mention_gets_help_and_below_a_question_an_answer() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let empty = alice.say(MENTION);
    assert!(
        discord
            .reply_to(empty)
            .text()
            .contains("Ask me about the articles")
    );
    let asked = discord.member(BOB).say(QUESTION);
    let pointed = alice.reply(asked, MENTION);
    let reply = discord.reply_to(pointed);
    // Without the intent Discord does not say what Bob wrote.
    assert!(reply.text().contains("Ask me about the articles") || reply.text().contains(QUOTE));
}

#[test]
fn nothing_is_said_where_nobody_asked() {
    let (discord, _bot) = start();
    let silent = [
        discord.member(ALICE).say(QUESTION),
        discord.member(ALICE).say(&format!("@everyone {QUESTION}")),
        discord.member(ALICE).say(&format!("<@&{BOT}> {QUESTION}")),
        discord.member(OTHER_BOT).say(&mention(QUESTION)),
        discord.member(WEBHOOK).say(&mention(QUESTION)),
    ];
    settle(&discord);
    for message in silent {
        assert!(discord.replies_to(message).is_empty());
    }
}

#[test]
fn an_edit_edits_the_answer() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(&mention("Which football club won the cup in Lisbon?"));
    let answer = discord.reply_to(question);
    assert!(answer.text().contains("found no answer"));
    alice.edit(question, &mention(QUESTION));
    let edited = discord.wait_message(answer.id, |message| message.edits == 1);
    assert!(edited.text().contains(QUOTE) && edited.pings.is_empty());
    // Looked-at links and the same words again change nothing.
    discord.unfurl(question);
    alice.edit(question, &mention(QUESTION));
    alice.edit(question, "never mind");
    settle(&discord);
    assert_eq!(discord.message(answer.id).unwrap().edits, 1);
    assert_eq!(discord.replies_to(question).len(), 1);
}

#[test]
fn a_late_edit_changes_nothing() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(&mention("football in Lisbon?"));
    let answer = discord.reply_to(question);
    discord.pass(Duration::from_secs(90));
    alice.edit(question, &mention(QUESTION));
    settle(&discord);
    assert_eq!(discord.message(answer.id).unwrap().edits, 0);
}

#[test]
fn a_question_that_becomes_one_by_an_edit_is_answered() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(QUESTION);
    alice.edit(question, &mention(QUESTION));
    assert!(discord.reply_to(question).text().contains(QUOTE));
}

#[test]
fn an_answer_that_was_deleted_stays_so() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(&mention("football in Lisbon?"));
    let answer = discord.reply_to(question);
    alice.delete(answer.id);
    alice.edit(question, &mention(QUESTION));
    bot.wait_line("has been deleted");
    settle(&discord);
    assert!(discord.replies_to(question).is_empty());
}

#[test]
fn a_question_that_was_deleted_is_not_answered() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    let held = Fault::on("POST /channels/*/messages").delay(Duration::from_millis(300));
    discord.fault(held);
    let question = alice.say(&mention(QUESTION));
    alice.delete(question);
    bot.wait_line("has been deleted");
    assert!(discord.messages(GENERAL).is_empty());
}

#[test]
fn the_answer_to_a_deleted_question_is_left() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(&mention(QUESTION));
    let answer = discord.reply_to(question);
    alice.delete(question);
    settle(&discord);
    assert!(!discord.message(answer.id).unwrap().deleted);
}

#[test]
fn in_its_own_channels_it_answers_what_it_is_sure_of() {
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |command| {
        command.env("AUTO_ANSWER_CHANNELS", OTHER.to_string());
    });
    let alice = discord.member(ALICE).at(OTHER);
    let question = alice.say(QUESTION);
    assert!(discord.reply_to(question).text().contains(QUOTE));
    let silent = [
        alice.say("I read about juche today."),
        alice.say("Which football club won the cup in Lisbon?"),
        discord.member(ALICE).say(QUESTION),
    ];
    settle(&discord);
    for message in silent {
        assert!(discord.replies_to(message).is_empty());
    }
    // With the intent, a mention below a question answers that.
    let asked = discord.member(BOB).say(QUESTION);
    let pointed = discord.member(ALICE).reply(asked, MENTION);
    assert!(discord.reply_to(pointed).text().contains(QUOTE));
}

#[test]
fn others_are_named_in_the_question() {
    let (discord, _bot) = start();
    let question = discord
        .member(ALICE)
        .say(&format!("{MENTION} does <@{}> know juche?", BOB.id));
    assert!(
        discord
            .reply_to(question)
            .text()
            .contains("does @bob know juche?")
    );
}
