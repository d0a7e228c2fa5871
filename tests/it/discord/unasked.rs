//! Answers that nobody asked for are polite.

use crate::discord::{
    QUESTION, QUOTE, page, start_unasked, start_unasked_with, stranger, wait_address,
};
use crate::support::bot::Bot;
use crate::support::discord::{
    ALICE, BELOW, BOB, GENERAL, MENTION, OTHER, Options, StandIn, THREAD,
};

/// A bot that leaves others a second to answer in these channels.
fn start_slow(named: &[u64]) -> (StandIn, Bot) {
    start_unasked_with(Options::default(), named, |command| {
        command.env("AUTO_ANSWER_DELAY", "1");
    })
}

/// Waits until the bot has handled all earlier messages.
fn settle(discord: &StandIn) {
    let last = discord.member(BOB).say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(last);
}

#[test]
fn a_helper_may_be_faster() {
    let (discord, _bot) = start_slow(&[OTHER, BELOW]);
    let alice = discord.member(ALICE).at(OTHER);
    let helped = alice.say(QUESTION);
    discord.member(BOB).at(OTHER).say("Self-reliance, I think.");
    // In another channel nobody helps, and more words of the same member are no help.
    let carol = discord.member(stranger()).at(BELOW);
    let alone = carol.say(QUESTION);
    carol.say("Please!");
    assert!(discord.reply_to(alone).text().contains(QUOTE));
    assert!(discord.replies_to(helped).is_empty());
    // A mention never waits.
    let mention = alice.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(mention).text().contains(QUOTE));
}

#[test]
fn a_question_that_is_deleted_in_the_meantime_is_not_answered() {
    let (discord, _bot) = start_slow(&[OTHER]);
    let asker = discord.member(stranger()).at(OTHER);
    let gone = asker.say(QUESTION);
    asker.delete(gone);
    let other = discord.member(stranger()).at(OTHER).say(QUESTION);
    discord.reply_to(other);
    assert!(discord.replies_to(gone).is_empty());
}

#[test]
fn where_a_moderator_has_written_the_bot_stays_out() {
    let (discord, _bot) = start_unasked(Options::default(), &[GENERAL, OTHER]);
    let moderator = discord.member(BOB).moderator();
    for channel in [OTHER, THREAD] {
        moderator
            .clone()
            .at(channel)
            .say("I'm here if you need help.");
        let asked = discord.member(stranger()).at(channel).say(QUESTION);
        settle(&discord);
        assert!(discord.replies_to(asked).is_empty());
        let mention = format!("{MENTION} {QUESTION}");
        let asked = discord.member(stranger()).at(channel).say(&mention);
        assert!(discord.reply_to(asked).text().contains(QUOTE));
    }
    // A moderator's own question is answered.
    let own = moderator.at(OTHER).say(QUESTION);
    assert!(discord.reply_to(own).text().contains(QUOTE));
}

/// An answer follows the edit of its question, whoever has written in the meantime.
#[test]
fn an_edited_question_that_was_answered_needs_no_second_permission() {
    let (discord, _bot) = start_unasked(Options::default(), &[OTHER]);
    let asker = discord.member(stranger()).at(OTHER);
    let question = asker.say("When was the unipolar moment?");
    let answer = discord.reply_to(question);
    assert!(!answer.text().contains(QUOTE));
    discord
        .member(BOB)
        .moderator()
        .at(OTHER)
        .say("Anything else?");
    asker.edit(question, QUESTION);
    let edited = discord.wait_message(answer.id, |message| message.edits == 1);
    assert!(edited.text().contains(QUOTE));
    assert_eq!(discord.replies_to(question).len(), 1);
    // A message that was no question, and is one now, is new.
    let chat = discord.member(stranger()).at(OTHER);
    let chatter = chat.say("nice day");
    chat.edit(chatter, QUESTION);
    settle(&discord);
    assert!(discord.replies_to(chatter).is_empty());
}

#[test]
fn a_member_is_answered_once_a_minute() {
    let (discord, bot) = start_unasked_with(Options::default(), &[OTHER], |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
        command.env("RUST_LOG", "info,pullquote::bot=debug");
    });
    let asker = discord.member(stranger()).at(OTHER);
    discord.reply_to(asker.say(QUESTION));
    let second = asker.say(QUESTION);
    bot.wait_line("an answer within the last minute");
    assert!(discord.replies_to(second).is_empty());
    discord.reply_to(discord.member(stranger()).at(OTHER).say(QUESTION));
    let metrics = page(&wait_address(&bot), "/metrics");
    assert!(metrics.contains(r#"outcome="withheld""#), "{metrics}");
}

#[test]
fn questions_about_the_present_are_left_to_people() {
    let (discord, _bot) = start_unasked(Options::default(), &[OTHER]);
    let member = discord.member(stranger()).at(OTHER);
    let silent = [
        member.say("Is juche down?"),
        member.say("What is juche about today?"),
        member.say("¿Está caído juche?"),
    ];
    settle(&discord);
    for message in silent {
        assert!(discord.replies_to(message).is_empty());
    }
    // The bot that is asked answers as well as it can.
    let mention = member.say(&format!("{MENTION} What is juche about today?"));
    discord.reply_to(mention);
}

#[test]
fn a_wrong_answer_is_removed_by_the_asker_or_a_moderator() {
    let (discord, bot) = start_unasked_with(Options::default(), &[OTHER], |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let asker = discord.member(stranger()).at(OTHER);
    let answer = discord.reply_to(asker.say(QUESTION));
    assert!(answer.buttons().contains(&"👎 Wrong") && !answer.buttons().contains(&"Delete"));
    assert_eq!(answer.components.len(), 1, "one row of buttons");
    let bob = discord.member(BOB).at(OTHER);
    let refused = bob.click(&answer, "👎 Wrong").answer();
    assert!(refused.message().ephemeral && refused.message().text().contains("Only the person"));
    let _ = asker.click(&answer, "👎 Wrong");
    discord.wait_message(answer.id, |message| message.deleted);
    let other = discord.reply_to(discord.member(stranger()).at(OTHER).say(QUESTION));
    let _ = bob.moderator().click(&other, "👎 Wrong");
    discord.wait_message(other.id, |message| message.deleted);
    bot.wait_line("outcome=\"wrong\"");
    let metrics = page(&wait_address(&bot), "/metrics");
    assert!(metrics.contains(r#"outcome="wrong""#), "{metrics}");
}
