//! Questions in messages.

use crate::discord::{QUESTION, QUOTE, knowledge, start, start_with};
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, BOT, BOT_ROLE, FORUM_POST, Fault, GENERAL, MENTION, OTHER, OTHER_BOT,
    Options, StandIn, THREAD, WEBHOOK, intent,
};
use std::time::Duration;

fn mention(question: &str) -> String {
    format!("{MENTION} {question}")
}

/// Waits until the bot has handled all earlier messages.
fn settle(discord: &StandIn) {
    let last = discord.member(BOB).say(&mention(QUESTION));
    discord.reply_to(last);
}

#[test]
fn a_mention_is_answered_in_its_channel() {
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
fn a_reply_with_a_ping_is_a_question() {
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
        "a reply without a ping is not a question"
    );
}

#[test]
fn a_follow_up_is_asked_with_the_question_before() {
    let text = "# Client\n\nTo install the client on Windows, run the wizard.\n\nTo install the client on Linux, unpack the archive.\n";
    let articles = knowledge("client.md", text);
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", articles.path());
    });
    let alice = discord.member(ALICE);
    let answer = discord.reply_to(alice.say(&mention("How do I install the client on Windows?")));
    assert!(
        answer.text().contains("run the wizard"),
        "{}",
        answer.text()
    );
    // In a reply, anybody may go on.
    let on = discord
        .member(BOB)
        .reply_with_ping(answer.id, "and on linux?");
    let next = discord.reply_to(on).text();
    assert!(next.contains("unpack the archive"), "{next}");
    assert!(
        next.contains("How do I install the client on linux?"),
        "{next}"
    );
    // Without a reply, the member who asked last.
    let again = discord.member(BOB).say(&mention("and on windows?"));
    assert!(discord.reply_to(again).text().contains("run the wizard"));
    let other = discord
        .reply_to(alice.say(&mention("and on linux?")))
        .text();
    assert!(!other.contains("How do I install"), "{other}");
}

#[test]
fn a_reply_to_the_answer_of_a_command_may_be_withheld() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let answer = alice
        .slash("ask", serde_json::json!({"question": QUESTION}))
        .answer();
    let id = answer.message().id;
    // Discord sends such a reply without its text, whether it pings or not.
    let withheld = alice.reply_with_ping(id, "and what is songun?");
    let card = discord.reply_to(withheld);
    assert!(
        card.text().contains("can't read this reply"),
        "{}",
        card.text()
    );
    assert!(card.text().contains(QUESTION));
    let pressed = alice.click(&card, "Ask a follow-up");
    let asked = alice.submit(&pressed, QUESTION).answer();
    assert!(asked.message().text().contains(QUOTE));
    let quiet = alice.reply(id, "interesting");
    let on = alice.reply(id, &mention("and what does juche mean?"));
    assert!(discord.reply_to(on).text().contains(QUOTE));
    assert!(discord.replies_to(quiet).is_empty());
}

#[test]
fn a_mention_of_the_bots_role_is_a_question() {
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |command| {
        command.env("AUTO_ANSWER_CHANNELS", OTHER.to_string());
    });
    let role = format!("<@&{BOT_ROLE}> {QUESTION}");
    let reply = discord.reply_to(discord.member(ALICE).say(&role));
    assert!(reply.text().contains(QUOTE) && !reply.text().contains("<@&"));
}

#[test]
fn a_role_mention_without_its_text_gets_help() {
    let (discord, _bot) = start();
    let role = format!("<@&{BOT_ROLE}> {QUESTION}");
    let reply = discord.reply_to(discord.member(ALICE).say(&role));
    assert!(reply.text().contains("Mention me with a question"));
}

#[test]
fn an_empty_mention_gets_help_or_answers_the_message_above() {
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
    // Without the intent, Discord does not send the content of Bob's message.
    assert!(reply.text().contains("Ask me about the articles") || reply.text().contains(QUOTE));
}

#[test]
fn messages_not_meant_for_the_bot_are_ignored() {
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
fn editing_a_question_edits_its_answer() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(&mention("Which football club plays in Lisbon?"));
    let answer = discord.reply_to(question);
    assert!(answer.text().contains("found no answer"));
    alice.edit(question, &mention(QUESTION));
    let edited = discord.wait_message(answer.id, |message| message.edits == 1);
    assert!(edited.text().contains(QUOTE) && edited.pings.is_empty());
    // A link preview or an edit to the same text changes nothing.
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
fn an_old_message_that_is_sent_again_is_not_answered() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let year = alice.wrote(Duration::from_hours(400 * 24), &mention(QUESTION));
    // Answered by another process, before this one was started.
    let recent = alice.wrote(Duration::from_mins(5), &mention(QUESTION));
    // Answered by this process.
    let asked = alice.say(&mention("football in Lisbon?"));
    let answer = discord.reply_to(asked);
    alice.edit(asked, &mention(QUESTION));
    discord.wait_message(answer.id, |message| message.edits == 1);
    for message in [year, recent, asked] {
        discord.member(BOB).pin(message);
        discord.open_thread(message);
        discord.unfurl(message);
    }
    settle(&discord);
    for message in [year, recent] {
        assert!(discord.replies_to(message).is_empty());
    }
    assert_eq!(discord.message(answer.id).unwrap().edits, 1);
    assert_eq!(discord.replies_to(asked).len(), 1);
}

#[test]
fn a_message_edited_into_a_question_is_answered() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(QUESTION);
    alice.edit(question, &mention(QUESTION));
    assert!(discord.reply_to(question).text().contains(QUOTE));
}

#[test]
fn a_deleted_answer_stays_deleted() {
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
fn a_deleted_question_is_not_answered() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    let delay = Fault::on("POST /channels/*/messages").delay(Duration::from_millis(300));
    discord.fault(delay);
    let question = alice.say(&mention(QUESTION));
    alice.delete(question);
    bot.wait_line("has been deleted");
    assert!(discord.messages(GENERAL).is_empty());
}

#[test]
fn a_deleted_question_takes_its_answer_with_it() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let question = alice.say(&mention(QUESTION));
    let answer = discord.reply_to(question);
    let other = alice.say(&mention(QUESTION));
    let stays = discord.reply_to(other);
    alice.delete(question);
    discord.wait_message(answer.id, |message| message.deleted);
    // An answer that is gone already is no problem.
    discord.member(BOB).delete(stays.id);
    alice.delete(other);
    settle(&discord);
}

#[test]
fn auto_answer_channels_get_sure_answers_only() {
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |command| {
        command.env("AUTO_ANSWER_CHANNELS", OTHER.to_string());
        command.env("AUTO_ANSWER_DELAY", "0");
    });
    let alice = discord.member(ALICE).at(OTHER);
    let bob = discord.member(BOB).at(OTHER).say("I'm back.");
    let silent = [
        alice.say("I read about juche today."),
        // Meant for somebody else.
        alice.say(&format!("<@{}> {QUESTION}", BOB.id)),
        alice.reply(bob, QUESTION),
        alice.say("Which football club plays in Lisbon?"),
        discord.member(ALICE).say(QUESTION),
    ];
    settle(&discord);
    for message in silent {
        assert!(discord.replies_to(message).is_empty());
    }
    let question = alice.say(QUESTION);
    assert!(discord.reply_to(question).text().contains(QUOTE));
    // With the intent, a mention in a reply to a question answers that question.
    let asked = discord.member(BOB).say(QUESTION);
    let pointed = discord.member(ALICE).reply(asked, MENTION);
    assert!(discord.reply_to(pointed).text().contains(QUOTE));
}

#[test]
fn mentioned_members_appear_by_name() {
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
