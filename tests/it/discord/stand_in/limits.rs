//! Limits on bodies: what is over them is refused and named, what just fits is taken.

use super::bad_bodies::{
    bad_commands, bad_components, bad_embeds, bad_texts, buttons, embed, long,
};
use super::bad_bot::{BadBot, message, only_breach};
use crate::support::discord::{ALICE, BOT, GENERAL, Options, StandIn, intent, schema_is_there};
use serde_json::{Value, json};

#[test]
fn a_bad_message_is_refused_with_the_place_named() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    for (mut body, named) in [bad_texts(), bad_embeds(), bad_components()].concat() {
        if body["allowed_mentions"].is_null() {
            body["allowed_mentions"] = json!({"parse": []});
        }
        let (status, answer) = bot.post(&format!("POST /channels/{GENERAL}/messages"), &body);
        assert_eq!(status, 400, "{body}: {answer}");
        assert!(
            [50035, 50006].contains(&answer["code"].as_u64().unwrap()),
            "{body}: {answer}"
        );
        let violations = discord.take_violations();
        let told = answer.to_string() + &violations.join("\n");
        assert!(told.contains(named), "{body}: {told}");
        let gone = named == "Unknown message";
        assert_eq!(violations.is_empty(), gone, "{body}: {violations:?}");
    }
    assert!(discord.messages(GENERAL).is_empty());
}

#[test]
fn what_just_fits_is_taken() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    let select = json!({"type": 1, "components": [{"type": 3, "custom_id": long(100), "options": [{"label": long(100), "value": long(100)}]}]});
    let body = json!({
        "content": long(2000), "embeds": [{"title": long(256), "description": long(4096), "footer": {"text": long(1648)}}],
        "components": [buttons(5), select], "allowed_mentions": {"parse": []}, "nonce": "n", "enforce_nonce": true,
    });
    let line = format!("POST /channels/{GENERAL}/messages");
    let (status, first) = bot.post(&line, &body);
    assert_eq!(status, 200, "{first}");
    // A nonce that is enforced makes a second try the same message.
    assert_eq!(bot.post(&line, &body).1["id"], first["id"]);
    assert_eq!(discord.messages(GENERAL).len(), 1);
    // An embed's edges are trimmed.
    let mut padded = embed(&json!({"description": "\n  x \n"}));
    padded["allowed_mentions"] = json!({"parse": []});
    assert_eq!(bot.post(&line, &padded).1["embeds"][0]["description"], "x");
}

#[test]
fn bad_commands_are_refused_whole() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    let line = format!("PUT /applications/{BOT}/commands");
    for (command, named) in bad_commands() {
        let (status, answer) = bot.post(&line, &json!([command]));
        assert_eq!(
            (status, answer["code"].as_u64()),
            (400, Some(50035)),
            "{command}"
        );
        let violations = discord.take_violations().join("\n");
        assert!(violations.contains(named), "{command}: {violations}");
    }
    let many = |count: usize, kind: u8| -> Value {
        let description = if kind == 1 { "d" } else { "" };
        (0..count)
            .map(|n| json!({"name": format!("c{n}"), "type": kind, "description": description}))
            .collect()
    };
    for (count, kind) in [(101, 1), (16, 3)] {
        assert_eq!(bot.post(&line, &many(count, kind)).0, 400);
        only_breach(&discord, "Over");
    }
    assert!(discord.commands().is_empty());
    assert_eq!(bot.post(&line, &many(100, 1)).0, 200);
    assert_eq!(discord.wait_commands().len(), 100);
}

#[test]
fn a_message_that_could_ring_somebody_is_a_violation() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    let line = format!("POST /channels/{GENERAL}/messages");
    for body in [
        json!({"content": "@everyone"}),
        json!({"content": "@everyone", "allowed_mentions": {"parse": ["everyone"]}}),
    ] {
        assert_eq!(bot.post(&line, &body).0, 200);
        only_breach(&discord, "allowed_mentions");
        assert_eq!(
            discord.messages(GENERAL).last().unwrap().pings,
            ["everyone"]
        );
    }
    bot.post(&line, &message("@everyone <@5>"));
    assert!(discord.messages(GENERAL).last().unwrap().pings.is_empty());
}

#[test]
fn discords_own_description_is_asked_where_it_is() {
    if !schema_is_there() {
        return;
    }
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    let mut body = message("x");
    body["tts"] = json!("yes");
    bot.post(&format!("POST /channels/{GENERAL}/messages"), &body);
    let violations = discord.take_violations().join("\n");
    assert!(
        violations.contains("Discord's schema: /tts"),
        "{violations}"
    );
    // Where a body is one of several, what is said is about the one that was meant.
    let mut bot = BadBot::connected(&discord, intent::GUILDS);
    bot.register();
    let options = json!({"question": "why?"});
    let asked = discord.member(ALICE).slash("ask", options);
    let event = bot.event("INTERACTION_CREATE");
    bot.callback(&event, &json!({"type": 4, "data": body}));
    asked.answer();
    let violations = discord.take_violations().join("\n");
    assert!(violations.contains("schema: /data/tts"), "{violations}");
}
