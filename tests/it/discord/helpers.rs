//! Questions that the articles do not answer, and who helps then.

use crate::discord::{start, start_with};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, CATEGORY, FORUM, GENERAL, HELPERS_ROLE, MENTION, Member, OTHER, Options,
    SERVER, StandIn, permission,
};
use serde_json::json;

/// A question without an answer.
const NOWHERE: &str = "How do I bake sourdough bread?";
const BUTTON: &str = "Ask the helpers";

/// A bot whose helpers have [`OTHER`] and [`HELPERS_ROLE`].
fn with_helpers(ping: bool) -> (StandIn, Bot) {
    let options = Options {
        may_ping: ping.then_some(HELPERS_ROLE),
        ..Options::default()
    };
    start_with(options, |command| {
        command
            .env("HELPERS_CHANNEL", OTHER.to_string())
            .env("HELPERS_ROLE", HELPERS_ROLE.to_string())
            .env("HELPERS_PING", if ping { "yes" } else { "no" });
    })
}

fn ask(member: &Member<'_>, private: bool) -> Message {
    let options = json!({"question": NOWHERE, "private": private});
    member.slash("ask", options).answer().message().clone()
}

#[test]
fn a_question_without_an_answer_goes_to_the_helpers_once() {
    let (discord, _bot) = with_helpers(false);
    let (alice, bob) = (discord.member(ALICE), discord.member(BOB));
    let card = ask(&alice, false);
    let text = card.text();
    assert!(
        text.contains(&format!("<#{OTHER}> <@&{HELPERS_ROLE}>")),
        "{text}"
    );
    assert!(card.pings.is_empty());
    let asked = alice.click(&card, BUTTON).answer();
    assert_eq!((asked.kind, asked.message().id), (7, card.id));
    assert!(asked.message().text().contains("passed the question on"));
    assert_eq!(asked.message().buttons(), ["Delete"]);
    // Another member who still sees the button does not post it again.
    bob.click_id(card.id, "helpers").answer();
    let [posted] = &discord.messages(OTHER)[..] else {
        panic!("{:?}", discord.messages(OTHER));
    };
    assert!(posted.text().contains(NOWHERE) && posted.text().contains(&format!("<@{}>", ALICE.id)));
    assert!(posted.pings.is_empty());
    let link = format!(
        "https://discord.com/channels/{SERVER}/{GENERAL}/{}",
        card.id
    );
    assert_eq!(posted.part("Go to the question")["url"], link);
}

#[test]
fn the_role_is_notified_only_if_the_setting_says_so() {
    let (discord, _bot) = with_helpers(true);
    let alice = discord.member(ALICE);
    let card = discord.reply_to(alice.say(&format!("{MENTION} {NOWHERE}")));
    assert!(card.text().contains("helpers may know") && card.pings.is_empty());
    alice.click(&card, BUTTON).answer();
    let posted = &discord.messages(OTHER)[0];
    assert_eq!(posted.pings, [HELPERS_ROLE.to_string()]);
    assert!(posted.text().contains(NOWHERE));
}

#[test]
fn a_private_question_keeps_its_card_private() {
    let (discord, _bot) = with_helpers(false);
    let alice = discord.member(ALICE);
    let asked = alice.click(&ask(&alice, true), BUTTON).answer();
    assert!(asked.message().ephemeral && asked.kind == 7);
    let posted = &discord.messages(OTHER)[0];
    // Nobody else sees the message, so the link leads to its channel.
    let link = format!("https://discord.com/channels/{SERVER}/{GENERAL}");
    assert_eq!(posted.part("Go to the question")["url"], link);
}

#[test]
fn a_member_hears_why_the_helpers_are_not_asked() {
    let (discord, bot) = with_helpers(false);
    discord.permit(OTHER, permission::USUAL & !permission::SEND);
    let (alice, bob) = (discord.member(ALICE), discord.member(BOB));
    let card = ask(&alice, false);
    let told = alice.click(&card, BUTTON).answer();
    let text = told.message().text();
    assert!(
        told.message().ephemeral && text.contains("may not write"),
        "{text}"
    );
    assert!(text.contains(&format!("<#{OTHER}>")));
    bot.wait_line("cannot ask the helpers: missing permission");
    assert_eq!(discord.message(card.id).unwrap().edits, 0);
    // Without Embed Links, the question is plain text.
    discord.permit(OTHER, permission::USUAL & !permission::EMBED);
    bob.click(&card, BUTTON).answer();
    assert!(discord.messages(OTHER)[0].content.contains(NOWHERE));
    // A member asks them once a minute.
    let again = ask(&bob, false);
    let told = bob.click(&again, BUTTON).answer();
    assert!(told.message().text().contains("asking too fast"));
}

#[test]
fn a_forum_takes_no_question_of_the_bot() {
    for (channel, name) in [(FORUM, "forum"), (CATEGORY, "category")] {
        let (discord, bot) = start_with(Options::default(), |command| {
            command.env("HELPERS_CHANNEL", channel.to_string());
        });
        let alice = discord.member(ALICE);
        let told = alice.click(&ask(&alice, false), BUTTON).answer();
        let text = told.message().text();
        let points = text.contains(&format!("<#{channel}>"));
        assert!(told.message().ephemeral && points, "{name}: {text}");
        bot.wait_line(&format!("channel {channel} takes no messages"));
    }
}

#[test]
fn helpers_are_named_only_in_their_server() {
    let (discord, bot) = with_helpers(false);
    let direct = ask(&discord.member(ALICE).at(ALICE_DM), false);
    assert!(!direct.text().contains("helpers"));
    drop((discord, bot));
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("HELPERS_CHANNEL", "1300000000000000000");
    });
    let elsewhere = ask(&discord.member(ALICE), false);
    assert!(!elsewhere.text().contains("helpers"));
    drop((discord, bot));
    let (discord, _bot) = start();
    let nobody = ask(&discord.member(ALICE), false);
    assert_eq!(nobody.buttons(), ["Delete"]);
    // A button of the time when somebody helped.
    let old = discord
        .member(ALICE)
        .click_id(nobody.id, "helpers")
        .answer();
    assert!(old.message().ephemeral);
}
