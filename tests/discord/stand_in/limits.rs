//! Limits on bodies: each row is a body that Discord refuses and what the refusal must name.

use super::bad_bot::{BadBot, message};
use crate::support::discord::{BOT, GENERAL, Options, StandIn, schema_is_there};
use serde_json::{Value, json};

fn long(length: usize) -> String {
    "ü".repeat(length)
}

fn buttons(count: usize) -> Value {
    let button = |n| json!({"type": 2, "style": 2, "label": "x", "custom_id": format!("b{n}")});
    json!({"type": 1, "components": (0..count).map(button).collect::<Vec<_>>()})
}

fn part(part: Value) -> Value {
    json!({"components": [{"type": 1, "components": [part]}]})
}

fn embed(embed: Value) -> Value {
    json!({"embeds": [embed]})
}

fn bad_messages() -> Vec<(Value, &'static str)> {
    let field = json!({"name": "n", "value": "v"});
    let row = |n: usize| json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": format!("r{n}")}]});
    let option = json!({"label": "l", "value": "v"});
    vec![
        (json!({"content": long(2001)}), "content"),
        (json!({"content": "  "}), "empty"),
        (json!({"content": ""}), "empty"),
        (embed(json!({})), "embeds.0"),
        (embed(json!({"title": long(257)})), "embeds.0.title"),
        (
            embed(json!({"description": long(4097)})),
            "embeds.0.description",
        ),
        (embed(json!({"fields": vec![field; 26]})), "embeds.0.fields"),
        (
            embed(json!({"fields": [{"name": "", "value": "v"}]})),
            "fields.0.name",
        ),
        (
            embed(json!({"fields": [{"name": "n", "value": long(1025)}]})),
            "fields.0.value",
        ),
        (
            embed(json!({"fields": [{"name": "n", "value": " "}]})),
            "fields.0.value",
        ),
        (
            embed(json!({"footer": {"text": long(2049)}})),
            "footer.text",
        ),
        (embed(json!({"author": {"name": long(257)}})), "author.name"),
        (
            embed(json!({"title": "t", "url": "not a link"})),
            "embeds.0.url",
        ),
        (
            embed(json!({"title": "t", "image": {"url": "attachment://nothing.png"}})),
            "image.url",
        ),
        (embed(json!({"title": "t", "color": 0x100_0000})), "color"),
        (
            json!({"embeds": [{"description": long(4096)}, {"description": long(1905)}]}),
            "6000",
        ),
        (json!({"embeds": vec![json!({"title": "t"}); 11]}), "embeds"),
        (
            json!({"components": (0..6).map(row).collect::<Vec<_>>()}),
            "components",
        ),
        (
            json!({"components": [buttons(6)]}),
            "components.0.components",
        ),
        (
            json!({"components": [buttons(0)]}),
            "components.0.components",
        ),
        (
            json!({"components": [buttons(1), buttons(1)]}),
            "comes twice",
        ),
        (
            part(json!({"type": 2, "style": 1, "label": "x"})),
            "custom_id",
        ),
        (
            part(json!({"type": 2, "style": 1, "label": "x", "custom_id": long(101)})),
            "custom_id",
        ),
        (
            part(json!({"type": 2, "style": 1, "label": long(81), "custom_id": "a"})),
            "label",
        ),
        (
            part(json!({"type": 2, "style": 1, "custom_id": "a"})),
            "label or an emoji",
        ),
        (part(json!({"type": 2, "style": 5, "label": "x"})), "url"),
        (
            part(
                json!({"type": 2, "style": 5, "label": "x", "url": "https://a.invalid", "custom_id": "a"}),
            ),
            "custom id",
        ),
        (
            part(
                json!({"type": 2, "style": 1, "label": "x", "url": "https://a.invalid", "custom_id": "a"}),
            ),
            "url",
        ),
        (
            part(json!({"type": 3, "custom_id": "s", "options": []})),
            "options",
        ),
        (
            part(json!({"type": 3, "custom_id": "s", "options": vec![option.clone(); 26]})),
            "options",
        ),
        (
            part(json!({"type": 3, "custom_id": "s", "options": [option, option]})),
            "comes twice",
        ),
        (
            part(
                json!({"type": 3, "custom_id": "s", "options": [{"label": long(101), "value": "v"}]}),
            ),
            "label",
        ),
        (
            part(json!({"type": 3, "custom_id": "s", "options": [{"label": "l", "value": ""}]})),
            "value",
        ),
        (
            part(
                json!({"type": 3, "custom_id": "s", "placeholder": long(151), "options": [option]}),
            ),
            "placeholder",
        ),
        (
            part(json!({"type": 3, "custom_id": "s", "max_values": 2, "options": [option]})),
            "max_values",
        ),
        (
            json!({"components": [{"type": 1, "components": [
                {"type": 3, "custom_id": "s", "options": [option]}, {"type": 2, "style": 1, "label": "x", "custom_id": "b"},
            ]}]}),
            "alone",
        ),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
            "exclude each other",
        ),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["all"]}}),
            "parse",
        ),
        (json!({"content": "x", "flags": 1 << 15}), "flags"),
        (
            json!({"content": "x", "message_reference": {"message_id": "1"}}),
            "Unknown message",
        ),
    ]
}

#[test]
fn a_bad_message_is_refused_with_the_place_named() {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::new(&discord);
    for (mut body, named) in bad_messages() {
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
    let mut padded = embed(json!({"description": "\n  x \n"}));
    padded["allowed_mentions"] = json!({"parse": []});
    assert_eq!(bot.post(&line, &padded).1["embeds"][0]["description"], "x");
}

fn bad_commands() -> Vec<(Value, &'static str)> {
    let with = |options: Value| json!({"name": "ask", "description": "d", "options": options});
    let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
    let mut completes = option("a", true);
    completes["autocomplete"] = json!(true);
    completes["choices"] = json!([{"name": "n", "value": "v"}]);
    let mut long_choice = option("a", true);
    long_choice["choices"] = json!([{"name": "n", "value": long(101)}]);
    let mut wordy = option("a", true);
    wordy["choices"] = (0..25)
        .map(|n| json!({"name": format!("{n}{}", long(90)), "value": long(100)}))
        .collect();
    let many: Vec<Value> = (0..26).map(|n| option(&format!("o{n}"), false)).collect();
    let two = json!([option("a", false), option("b", true)]);
    let wordy: Vec<Value> = (0..2)
        .map(|n| {
            let mut option = wordy.clone();
            option["name"] = json!(format!("o{n}"));
            option
        })
        .collect();
    vec![
        (json!({"name": "Ask", "description": "d"}), "lower case"),
        (json!({"name": "ask me", "description": "d"}), "letters"),
        (json!({"name": long(33), "description": "d"}), "name"),
        (json!({"name": "ask"}), "description"),
        (
            json!({"name": "ask", "description": long(101)}),
            "description",
        ),
        (
            json!({"name": "ask", "description": "d", "name_localizations": {"xx": "a"}}),
            "locale",
        ),
        (
            json!({"name": "ask", "description": "d", "description_localizations": {"de": ""}}),
            "description_localizations.de",
        ),
        (
            json!({"name": "ask", "description": "d", "contexts": [3]}),
            "context",
        ),
        (
            json!({"name": "Find", "type": 3, "description": "d"}),
            "no description",
        ),
        (with(json!(many)), "options"),
        (with(two), "Required options"),
        (
            with(json!([option("a", true), option("a", true)])),
            "comes twice",
        ),
        (with(json!([completes])), "exclude each other"),
        (with(json!([long_choice])), "value"),
        (with(json!(wordy)), "8000"),
    ]
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
        assert!(discord.take_violations().join("\n").contains("Over"));
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
        assert!(
            discord
                .take_violations()
                .join("\n")
                .contains("allowed_mentions")
        );
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
}
