//! Tests of the limits on bodies.

use super::bad_bodies::{
    bad_commands, bad_components, bad_embeds, bad_texts, buttons, embed, long,
};
use super::bad_bot::{BadBot, assert_only_violation, message};
use crate::support::discord::{
    ALICE, ALICE_DM, BOT, GENERAL, Options, StandIn, intent, schema_is_there,
};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

#[test]
fn an_invalid_message_is_refused_and_the_field_named() {
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
        let reported = answer.to_string() + &violations.join("\n");
        assert!(reported.contains(named), "{body}: {reported}");
        let gone = named == "Unknown message";
        assert_eq!(violations.is_empty(), gone, "{body}: {violations:?}");
    }
    assert!(discord.messages(GENERAL).is_empty());
}

#[test]
fn invalid_fields_are_nested_as_in_discords_documentation() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    let mut body = embed(&json!({"title": "t", "fields": [{"name": "", "value": "v"}]}));
    body["allowed_mentions"] = json!({"parse": []});
    let (_, answer) = bot.post(&format!("POST /channels/{GENERAL}/messages"), &body);
    let required = json!({"code": "BASE_TYPE_REQUIRED", "message": "This field is required"});
    let errors = json!({"embeds": {"0": {"fields": {"0": {"name": {"_errors": [required]}}}}}});
    assert_eq!(answer["errors"], errors);
    assert_only_violation(&discord, "This field is required");
}

#[test]
fn the_size_of_files_depends_on_the_boost_level() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::connected(&discord, intent::GUILDS);
    bot.register();
    let upload = |bot: &BadBot, channel: u64, size: usize| {
        let file = Part::bytes(vec![b'a'; size]).file_name("a.txt");
        let form = Form::new().text("payload_json", message("x").to_string());
        let line = format!("POST /channels/{channel}/messages");
        bot.ask(bot.request(&line).multipart(form.part("files[0]", file)))
    };
    assert_eq!(upload(&bot, GENERAL, 10 << 20).0, 200);
    let (status, answer) = upload(&bot, GENERAL, (10 << 20) + 1);
    assert_eq!((status, &answer["code"]), (413, &json!(40005)));
    assert_only_violation(&discord, "too large");
    let mut limit = |channel: u64| {
        let alice = discord.member(ALICE).at(channel);
        let asked = alice.slash("ask", json!({"question": "why?"}));
        let event = bot.event("INTERACTION_CREATE");
        bot.callback(&event, &json!({"type": 4, "data": message("x")}));
        asked.answer();
        event["attachment_size_limit"].clone()
    };
    assert_eq!(limit(GENERAL), 10 << 20);
    discord.boost(2);
    assert_eq!(
        (limit(GENERAL), limit(ALICE_DM)),
        (json!(50 << 20), json!(10 << 20))
    );
    assert_eq!(upload(&bot, GENERAL, (10 << 20) + 1).0, 200);
    assert_eq!(upload(&bot, ALICE_DM, (10 << 20) + 1).0, 413);
    assert_only_violation(&discord, "too large");
}

#[test]
fn an_edit_that_empties_a_message_is_refused() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    let line = format!("POST /channels/{GENERAL}/messages");
    let mut body = embed(&json!({"title": "t"}));
    body["allowed_mentions"] = json!({"parse": []});
    let (_, sent) = bot.post(&line, &body);
    let edit = |body: &Value| {
        let id = sent["id"].as_str().unwrap();
        bot.post(&format!("PATCH /channels/{GENERAL}/messages/{id}"), body)
    };
    let (status, refused) = edit(&json!({"embeds": []}));
    assert_eq!((status, &refused["code"]), (400, &json!(50006)));
    assert_only_violation(&discord, "empty");
    // What the edit does not mention stays.
    let instead = json!({"content": "x", "embeds": [], "allowed_mentions": {"parse": []}});
    assert_eq!(edit(&instead).0, 200);
    assert_eq!(edit(&json!({"embeds": []})).0, 200);
}

#[test]
fn bodies_at_the_limit_are_accepted() {
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
    // With an enforced nonce, a retry returns the same message.
    assert_eq!(bot.post(&line, &body).1["id"], first["id"]);
    assert_eq!(discord.messages(GENERAL).len(), 1);
    // Texts of embeds are trimmed.
    let mut padded = embed(&json!({"description": "\n  x \n"}));
    padded["allowed_mentions"] = json!({"parse": []});
    assert_eq!(bot.post(&line, &padded).1["embeds"][0]["description"], "x");
}

#[test]
fn one_invalid_command_refuses_the_whole_request() {
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
        assert_only_violation(&discord, "Over");
    }
    assert!(discord.commands().is_empty());
    assert_eq!(bot.post(&line, &many(100, 1)).0, 200);
    assert_eq!(discord.wait_commands().len(), 100);
}

#[test]
fn a_message_that_could_ping_is_a_violation() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    let line = format!("POST /channels/{GENERAL}/messages");
    for body in [
        json!({"content": "@everyone"}),
        json!({"content": "@everyone", "allowed_mentions": {"parse": ["everyone"]}}),
    ] {
        assert_eq!(bot.post(&line, &body).0, 200);
        assert_only_violation(&discord, "allowed_mentions");
        assert_eq!(
            discord.messages(GENERAL).last().unwrap().pings,
            ["everyone"]
        );
    }
    bot.post(&line, &message("@everyone <@5>"));
    assert!(discord.messages(GENERAL).last().unwrap().pings.is_empty());
}

#[test]
fn requests_are_checked_against_discords_description_if_present() {
    if !schema_is_there() {
        return println!("skipped: Discord's description is not there (DISCORD_OPENAPI)");
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
    // If a body matches no alternative, the error is about the one that was meant.
    let mut bot = BadBot::connected(&discord, intent::GUILDS);
    bot.register();
    let options = json!({"question": "why?"});
    let asked = discord.member(ALICE).slash("ask", options);
    let event = bot.event("INTERACTION_CREATE");
    bot.callback(&event, &json!({"type": 4, "data": body}));
    asked.answer();
    let violations = discord.take_violations().join("\n");
    assert!(violations.contains("schema: /data/tts"), "{violations}");
    // Discord ignores what it does not know.
    let mut misspelt = message("x");
    misspelt["alowed_mentions"] = json!({"parse": []});
    bot.post(&format!("POST /channels/{GENERAL}/messages"), &misspelt);
    assert_only_violation(&discord, "alowed_mentions");
    bot.ask(bot.request(&format!("GET /channels/{GENERAL}/messages?most=5")));
    assert_only_violation(&discord, "no query parameter \"most\" is described");
    bot.ask(bot.request("GET /applications/@me?limit=5"));
    assert_only_violation(&discord, "no query parameter \"limit\" is described");
}
