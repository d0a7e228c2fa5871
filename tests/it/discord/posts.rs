//! Forum posts: each is one question.

use crate::discord::{QUESTION, QUOTE, start_unasked, stranger};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, Arrival, BOB, FORUM, MENTION, Member, Options, StandIn, User, permission,
};

/// A bot that answers posts, in a forum with these tags.
fn start(tags: &[&str]) -> (StandIn, Bot) {
    let may = permission::USUAL | permission::MANAGE_THREADS;
    let options = Options::default().permit(FORUM, may).tags(FORUM, tags);
    start_unasked(options, &[FORUM])
}

fn author(discord: &StandIn, user: User) -> Member<'_> {
    discord.member(user).at(FORUM)
}

/// A post with its answer.
fn answered(discord: &StandIn, user: User) -> (Member<'_>, Message) {
    let post = author(discord, user).post_thread(QUESTION, "Thanks!", Arrival::InOrder);
    (discord.member(user).at(post), discord.reply_to(post))
}

/// Waits until the bot has handled all earlier messages.
fn settle(discord: &StandIn) {
    let last = discord.member(BOB).say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(last);
}

#[test]
fn a_post_is_answered_from_its_title_and_first_message() {
    let (discord, _bot) = start(&[]);
    for arrival in [
        Arrival::InOrder,
        Arrival::MessageFirst,
        Arrival::Unannounced,
    ] {
        for (title, text) in [("Juche", QUESTION), (QUESTION, "I read this word today.")] {
            let post = author(&discord, stranger()).post_thread(title, text, arrival);
            let reply = discord.reply_to(post);
            assert_eq!(reply.channel, post, "{arrival:?}");
            assert!(reply.text().contains(QUOTE), "{}", reply.text());
            assert!(reply.text().contains(QUESTION));
        }
    }
    let lookups = discord.requests();
    let lookups = lookups.iter().filter(|it| it.matches("GET /channels/*"));
    // Two posts were never announced; two others perhaps in time.
    assert!((2..=4).contains(&lookups.count()));
}

#[test]
fn a_post_without_a_sure_answer_or_about_the_present_gets_none() {
    let (discord, _bot) = start(&[]);
    let posts = [
        ("Football", "Which football club plays in Lisbon?"),
        ("Is juche down?", QUESTION),
    ]
    .map(|(title, text)| author(&discord, stranger()).post_thread(title, text, Arrival::InOrder));
    settle(&discord);
    for post in posts {
        assert!(discord.replies_to(post).is_empty());
    }
}

#[test]
fn later_messages_are_answered_if_the_author_asks_or_the_bot_is_mentioned() {
    let (discord, _bot) = start(&[]);
    let text = "Which football club plays in Lisbon?";
    let post = author(&discord, ALICE).post_thread("Football", text, Arrival::InOrder);
    let bob = discord.member(BOB).at(post);
    let silent = [
        bob.say(QUESTION),
        bob.say("I don't know."),
        discord
            .member(ALICE)
            .at(post)
            .say("Anyway, I read about juche."),
    ];
    settle(&discord);
    for message in silent {
        assert!(discord.replies_to(message).is_empty());
    }
    let again = discord.member(ALICE).at(post).say(QUESTION);
    assert!(discord.reply_to(again).text().contains(QUOTE));
    let mention = bob.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(mention).text().contains(QUOTE));
}

#[test]
fn the_author_or_a_moderator_marks_a_post_as_solved() {
    let (discord, bot) = start(&["Bug", "✅ Solved"]);
    let (alice, answer) = answered(&discord, ALICE);
    let bob = discord.member(BOB).at(answer.channel);
    let refused = bob.click(&answer, "✅ Solved").answer();
    assert!(refused.message().ephemeral && refused.message().text().contains("Only the author"));
    assert!(discord.tags(answer.channel).is_empty());
    let thanks = alice.click(&answer, "✅ Solved").answer();
    assert!(thanks.message().ephemeral && thanks.message().text().contains("marked this post"));
    assert_eq!(discord.tags(answer.channel), ["2"]);
    assert!(bot.wait_line("outcome=\"solved\"").contains("solved"));
    // Pressing it again changes nothing.
    alice.click(&answer, "✅ Solved").answer();
    assert_eq!(discord.tags(answer.channel), ["2"]);
    let (_, other) = answered(&discord, stranger());
    let moderator = bob.at(other.channel).moderator();
    // A post that is archived is opened for it.
    discord.archive(other.channel);
    moderator.click(&other, "✅ Solved").answer();
    assert_eq!(discord.tags(other.channel), ["2"]);
    assert!(!discord.is_archived(other.channel));
}

#[test]
fn a_post_that_cannot_be_marked_is_said_to_the_author_alone() {
    let (discord, _bot) = start(&["Bug"]);
    let (alice, answer) = answered(&discord, ALICE);
    let thanks = alice.click(&answer, "✅ Solved").answer();
    assert!(thanks.message().text().contains("Thanks for the feedback"));
    let options = Options::default().tags(FORUM, &["Gelöst"]);
    let (discord, bot) = start_unasked(options, &[FORUM]);
    let (alice, answer) = answered(&discord, ALICE);
    let told = alice.click(&answer, "✅ Solved").answer();
    assert!(told.message().ephemeral && told.message().text().contains("Manage Threads"));
    bot.wait_line("missing permission `Manage Threads`");
}
