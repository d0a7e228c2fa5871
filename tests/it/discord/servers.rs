//! `ALLOWED_SERVERS`: where the bot answers, and where it is silent.

use crate::discord::{QUESTION, QUOTE, start_with};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, ALICE_DM, MENTION, Options, SERVER, StandIn};
use serde_json::json;

fn start(list: &str) -> (StandIn, Bot) {
    start_with(Options::default(), |command| {
        command.env("ALLOWED_SERVERS", list);
    })
}

#[test]
fn in_a_server_that_is_not_allowed_nothing_is_answered() {
    let (discord, bot) = start("42");
    let alice = discord.member(ALICE);
    let line = format!("not answering in server {SERVER}: it is not in ALLOWED_SERVERS");
    bot.wait_line(&line);
    let mentioned = alice.say(&format!("{MENTION} {QUESTION}"));
    let asked = [
        alice.slash("ask", json!({"question": QUESTION})),
        alice.slash("reload", json!({})),
        alice.message_command("Find in articles", mentioned),
        alice.typing("ask", "question", "ju"),
    ];
    // Direct messages stay allowed. The question came last, so the others have been read when it is answered.
    let direct = alice.clone().at(ALICE_DM);
    let question = direct.say(QUESTION);
    assert!(discord.reply_to(question).text().contains(QUOTE));
    for interaction in asked {
        assert!(interaction.outcome().is_none());
    }
    assert!(discord.replies_to(mentioned).is_empty());
    let reports = bot.lines().iter().filter(|it| it.contains(&line)).count();
    assert_eq!(reports, 1);
}

#[test]
fn in_an_allowed_server_it_answers() {
    let (discord, bot) = start(&format!("42, {SERVER}"));
    let alice = discord.member(ALICE);
    let asked = alice.slash("ask", json!({"question": QUESTION}));
    assert!(asked.answer().message().text().contains(QUOTE));
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(question).text().contains(QUOTE));
    assert!(
        !bot.lines()
            .iter()
            .any(|line| line.contains("not answering"))
    );
}

#[test]
fn an_interaction_from_a_server_that_the_bot_is_not_in_gets_nothing() {
    let (discord, bot) = start(&SERVER.to_string());
    let member = json!({"user": {"id": ALICE.id.to_string()}});
    let elsewhere = json!({
        "id": "77", "type": 2, "token": "elsewhere", "channel_id": "78", "guild_id": "79", "member": member,
        "data": {"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": QUESTION}]},
    });
    discord.dispatch_unjudged("INTERACTION_CREATE", &elsewhere);
    bot.wait_line("not answering in server 79");
    let asked = discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}));
    asked.answer();
    let answered = |path: &str| path.starts_with("/interactions/77/");
    assert!(!discord.requests().iter().any(|it| answered(&it.path)));
}
