//! Tests of interactions: deadlines, ephemeral responses, autocomplete, follow-ups.

use super::bad_bot::{BadBot, assert_only_violation, commands, message};
use crate::support::discord::{
    ALICE, ALICE_DM, BOT, GENERAL, GROUP, Options, StandIn, THREAD, intent,
};
use serde_json::{Value, json};
use std::time::Duration;

fn world(options: Options) -> (StandIn, BadBot) {
    let discord = StandIn::start(options);
    let bot = BadBot::connected(&discord, intent::GUILDS);
    bot.register();
    (discord, bot)
}

fn private(content: &str) -> Value {
    json!({"type": 4, "data": {"content": content, "flags": 64, "allowed_mentions": {"parse": []}}})
}

#[test]
fn an_answer_is_seen_as_the_member_sees_it() {
    let (discord, mut bot) = world(Options::default());
    let alice = discord.member(ALICE).at(THREAD).locale("de");
    let asked = alice.slash("ask", json!({"question": "why?", "private": true}));
    let event = bot.event("INTERACTION_CREATE");
    assert_eq!(
        (&event["locale"], &event["channel"]["type"]),
        (&json!("de"), &json!(11))
    );
    assert_eq!(event["data"]["options"][0]["value"], "why?");
    // A refused response does not acknowledge the interaction.
    assert_eq!(
        bot.callback(
            &event,
            &json!({"type": 4, "data": {"allowed_mentions": {"parse": []}}})
        )
        .1["code"],
        50006
    );
    assert_eq!(
        bot.callback(&event, &json!({"type": 8, "data": {"choices": []}}))
            .1["code"],
        50035
    );
    assert_eq!(discord.take_violations().len(), 2);
    let mut body = private("because");
    body["data"]["components"] = json!([{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "More", "custom_id": "more"},
        {"type": 2, "style": 1, "label": "Gone", "custom_id": "gone", "disabled": true},
    ]}, {"type": 1, "components": [{"type": 3, "custom_id": "page", "options": [{"label": "Two", "value": "2"}]}]}]);
    assert_eq!(bot.callback(&event, &body).0, 204);
    let answer = asked.answer();
    assert!(answer.message().ephemeral && answer.took < Duration::from_secs(3));
    assert_eq!(
        (answer.message().text().as_str(), answer.message().buttons()),
        ("because", vec!["More"])
    );
    assert!(discord.messages(THREAD).is_empty(), "nobody else sees it");
    let path = format!("GET /channels/{THREAD}/messages/{}", answer.message().id);
    assert_eq!(bot.ask(bot.request(&path)).0, 404);
    assert_eq!(bot.callback(&event, &private("again")).1["code"], 40060);
    assert_only_violation(&discord, "already been acknowledged");

    let pressed = alice.click(answer.message(), "More");
    let event = bot.event("INTERACTION_CREATE");
    assert_eq!(
        (&event["data"]["custom_id"], &event["message"]["flags"]),
        (&json!("more"), &json!(64))
    );
    let update = json!({"type": 7, "data": {"content": "more", "allowed_mentions": {"parse": []}}});
    bot.callback(&event, &update);
    assert_eq!(pressed.answer().message().content, "more");
    let chosen = alice.select(answer.message(), "page", &["Two"]);
    let event = bot.event("INTERACTION_CREATE");
    assert_eq!(event["data"]["values"], json!(["2"]));
    bot.callback(&event, &json!({"type": 6}));
    let line = format!("POST /webhooks/{BOT}/{}", chosen.token());
    bot.post(&line, &message("page two"));
    assert_eq!(chosen.answer().followups[0].content, "page two");
    assert_eq!(chosen.wait_followups(1).len(), 1);
}

#[test]
fn a_deferred_answer_is_waited_for() {
    let (discord, mut bot) = world(Options::default());
    let asked = discord
        .member(ALICE)
        .at(ALICE_DM)
        .slash("ask", json!({"question": "why?"}));
    let event = bot.event("INTERACTION_CREATE");
    assert_eq!(
        (&event["user"]["username"], &event["context"]),
        (&json!("alice"), &json!(1))
    );
    let original = format!("PATCH /webhooks/{BOT}/{}/messages/@original", asked.token());
    assert_eq!(bot.post(&original, &message("too early")).1["code"], 10015);
    assert_eq!(
        bot.callback(&event, &json!({"type": 5, "data": {"flags": 4}}))
            .0,
        400
    );
    assert_only_violation(&discord, "EPHEMERAL");
    bot.callback(&event, &json!({"type": 5, "data": {"flags": 64}}));
    let form = reqwest::multipart::Form::new()
        .text("payload_json", message("at last").to_string())
        .part(
            "files[0]",
            reqwest::multipart::Part::bytes(b"bytes\r\n".to_vec()).file_name("a.txt"),
        );
    assert_eq!(bot.ask(bot.request(&original).multipart(form)).0, 200);
    let answer = asked.answer();
    assert_eq!(
        (answer.kind, answer.message().file("a.txt")),
        (5, &b"bytes\r\n"[..])
    );
    assert!(answer.message().ephemeral);
    discord.pass(Duration::from_mins(16));
    assert_eq!(bot.post(&original, &message("too late")).1["code"], 50027);
}

#[test]
fn in_a_private_channel_only_interactions_are_answered() {
    let mut all = commands();
    all[0]["integration_types"] = json!([0, 1]);
    let options = Options {
        commands: all.as_array().unwrap().clone(),
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let mut bot = BadBot::connected(&discord, intent::GUILDS | intent::DIRECT_MESSAGES);
    let alice = discord.member(ALICE).at(GROUP);
    alice.say("the bot does not hear this");
    let asked = alice.slash("ask", json!({"question": "why?"}));
    let event = bot.event("INTERACTION_CREATE");
    assert_eq!(event["context"], 2);
    let owners = json!({"1": ALICE.id.to_string()});
    assert_eq!(event["authorizing_integration_owners"], owners);
    bot.callback(&event, &private("because"));
    assert_eq!(asked.answer().message().text(), "because");
    let line = format!("POST /webhooks/{BOT}/{}", asked.token());
    for _ in 0..5 {
        assert_eq!(bot.post(&line, &message("more")).0, 200);
    }
    assert_eq!(bot.post(&line, &message("more")).1["code"], 40094);
    assert_only_violation(&discord, "follow-up");
    let line = format!("POST /channels/{GROUP}/messages");
    assert_eq!(bot.post(&line, &message("hello")).1["code"], 50001);
    let find = || alice.message_command("Find", discord.messages(GROUP)[0].id);
    let offered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(find())));
    assert!(offered.is_err(), "Find is for servers only");
}

#[test]
fn completions_and_message_commands() {
    let (discord, mut bot) = world(Options::default());
    let alice = discord.member(ALICE);
    let typed = alice.typing("ask", "question", "wh");
    let event = bot.event("INTERACTION_CREATE");
    assert_eq!(
        (&event["type"], &event["data"]["options"][0]["focused"]),
        (&json!(4), &json!(true))
    );
    let choices = |count: usize| -> Value {
        let all: Value = (0..count)
            .map(|n| json!({"name": format!("why {n}"), "value": "why"}))
            .collect();
        json!({"type": 8, "data": {"choices": all}})
    };
    assert_eq!(bot.callback(&event, &choices(26)).0, 400);
    let mut nameless = choices(1);
    nameless["data"]["choices"][0]["name"] = json!("");
    assert_eq!(bot.callback(&event, &nameless).0, 400);
    assert_eq!(bot.callback(&event, &private("no")).0, 400);
    assert_eq!(discord.take_violations().len(), 3);
    bot.callback(&event, &choices(2));
    assert_eq!(typed.answer().names(), ["why 0", "why 1"]);

    let target = alice.say("a message that only this shows");
    let found = alice.message_command("Find", target);
    let event = bot.event("INTERACTION_CREATE");
    let message = &event["data"]["resolved"]["messages"][target.to_string()];
    assert_eq!(message["content"], "a message that only this shows");
    bot.callback(&event, &private("found"));
    let answer = found.answer();
    let pressed = alice.click_id(answer.message().id, "not there");
    discord.pass(Duration::from_secs(4));
    assert!(pressed.outcome().is_none());
}

#[test]
fn a_late_response_is_refused() {
    let (discord, mut bot) = world(Options::default());
    let asked = discord
        .member(ALICE)
        .slash("ask", json!({"question": "why?"}));
    let event = bot.event("INTERACTION_CREATE");
    discord.pass(Duration::from_secs(4));
    let (status, answer) = bot.callback(&event, &private("late"));
    assert_eq!((status, &answer["code"]), (404, &json!(10062)));
    assert!(asked.outcome().is_none());
}

#[test]
fn answers_and_commands_can_be_edited_and_deleted() {
    let options = Options {
        commands: commands().as_array().unwrap().clone(),
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let bot = BadBot::connected(&discord, intent::GUILDS);
    let alice = discord.member(ALICE);
    let question = alice.say("?");
    let mut body = message("!");
    body["message_reference"] = json!({"message_id": question.to_string()});
    let (_, sent) = bot.post(&format!("POST /channels/{GENERAL}/messages"), &body);
    let reply = discord.reply_to(question);
    assert!(reply.pings.is_empty());
    let own = format!(
        "/channels/{GENERAL}/messages/{}",
        sent["id"].as_str().unwrap()
    );
    bot.post(&format!("PATCH {own}"), &message("?!"));
    assert_eq!(
        discord
            .wait_message(reply.id, |message| message.edits == 1)
            .content,
        "?!"
    );
    assert_eq!(bot.ask(bot.request(&format!("DELETE {own}"))).0, 204);
    assert!(discord.replies_to(question).is_empty() && discord.message(reply.id).unwrap().deleted);
    assert_eq!(
        bot.post(&format!("PATCH {own}"), &message("x")).1["code"],
        10008
    );
    let foreign = format!("PATCH /channels/{GENERAL}/messages/{question}");
    assert_eq!(bot.post(&foreign, &message("x")).1["code"], 50005);
    assert_only_violation(&discord, "another user");

    let base = format!("/applications/{BOT}/commands");
    let (_, listed) = bot.ask(bot.request(&format!("GET {base}")));
    let id = listed[0]["id"].as_str().unwrap();
    assert!(listed[0]["options"][1].get("required").is_none());
    assert_eq!(
        bot.post(&format!("POST {base}"), &commands()[0]).1["id"],
        *id
    );
    assert_eq!(bot.ask(bot.request(&format!("DELETE {base}/{id}"))).0, 204);
    assert_eq!(discord.commands().len(), 1);
}
