//! Tests that the stand-in's own events are as Discord describes them.

use super::bad_bot::{BadBot, assert_only_violation, message};
use crate::support::discord::{ALICE, Options, SERVER, StandIn, intent, schema_is_there};
use serde_json::{Value, json};

#[test]
fn events_of_the_stand_in_are_checked_as_well() {
    if !schema_is_there() {
        return println!("skipped: Discord's description is not there (DISCORD_OPENAPI)");
    }
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::connected(&discord, intent::GUILD_MESSAGES);
    discord.member(ALICE).say("x");
    assert!(discord.take_violations().is_empty());
    let odd = discord.member(ALICE).post(json!({"type": 4_000}));
    assert_only_violation(&discord, "the stand-in's MESSAGE_CREATE: /type");
    bot.register();
    let asked = discord.member(ALICE).message_command("Find", odd);
    assert_only_violation(
        &discord,
        "the stand-in's INTERACTION_CREATE: /data/resolved/messages/*/type",
    );
    let event = bot.event("INTERACTION_CREATE");
    bot.callback(&event, &json!({"type": 4, "data": message("x")}));
    asked.answer();
}

/// An interaction in direct messages with this data.
fn interaction(kind: u8, data: &Value) -> Value {
    let user = json!({
        "id": "10", "username": "alice", "discriminator": "0", "global_name": null, "avatar": null, "public_flags": 0, "flags": 0,
        "primary_guild": null,
    });
    json!({
        "id": "5", "application_id": "1", "type": kind, "version": 1, "token": "t", "channel_id": "7", "context": 1, "locale": "de",
        "channel": {"id": "7", "type": 1, "flags": 0, "recipients": [user]}, "app_permissions": "0", "entitlements": [],
        "authorizing_integration_owners": {"0": "0"}, "attachment_size_limit": 10 << 20, "user": user, "data": data,
    })
}

fn slash(options: &Value) -> Value {
    json!({"id": "9", "name": "ask", "type": 1, "options": options})
}

fn form(field: &Value) -> Value {
    json!({"custom_id": "a", "components": [{"type": 18, "id": 1, "component": field}]})
}

fn upload(resolved: &Value) -> Value {
    let mut data = form(&json!({"type": 19, "id": 2, "custom_id": "b", "values": ["3"]}));
    data["resolved"] = json!({"attachments": resolved});
    data
}

/// Data of interactions by their types, and what is reported of it; nothing if it is as Discord describes it.
fn data() -> Vec<(u8, Value, &'static str)> {
    let part = json!({"name": "question", "type": 3, "value": "why", "focused": true});
    let whole = json!({"name": "article", "type": 3, "value": "harbour"});
    let address = "https://cdn.example/a.md";
    let file = json!({"id": "3", "filename": "a.md", "size": 1, "url": address, "proxy_url": address, "ephemeral": true});
    let button = json!({"custom_id": "a", "component_type": 2, "id": 1});
    let select =
        |kind: u8| json!({"custom_id": "a", "component_type": kind, "id": 1, "values": ["8"]});
    let days = json!({"name": "days", "type": 4, "value": "7"});
    let role = json!({"name": "role", "type": 8, "value": "8"});
    vec![
        (2, slash(&json!([whole])), ""),
        (2, slash(&json!([])), "/data"),
        (2, slash(&json!([days])), "/data/options/0"),
        (2, slash(&json!([part])), "/data/options/0"),
        (2, slash(&json!([role])), "/data/resolved: 8 is missing"),
        (
            2,
            json!({"id": "9", "name": "Find", "type": 3, "target_id": "8"}),
            "resolved",
        ),
        (4, slash(&json!([part, whole])), ""),
        (4, slash(&json!([whole])), "/data/options"),
        (4, slash(&json!([part, part])), "/data/options"),
        (3, button.clone(), ""),
        (3, json!({"custom_id": "a", "component_type": 2}), "/data"),
        (
            3,
            json!({"custom_id": "a", "component_type": 3, "id": 1}),
            "/data",
        ),
        (3, select(3), ""),
        (3, select(8), "/data/resolved: 8 is missing"),
        (
            5,
            form(&json!({"type": 4, "id": 2, "custom_id": "b", "value": ""})),
            "",
        ),
        (
            5,
            form(&json!({"type": 4, "id": 2, "custom_id": "b", "values": []})),
            "/data/components/0/component",
        ),
        (5, upload(&json!({"3": file})), ""),
        (5, upload(&json!({})), "/data/resolved: 3 is missing"),
        (
            5,
            upload(&json!({"3": file, "4": file})),
            "/data/resolved/attachments/4: it has another id",
        ),
    ]
}

#[test]
fn the_data_of_interactions_is_checked() {
    if !schema_is_there() {
        return println!("skipped: Discord's description is not there (DISCORD_OPENAPI)");
    }
    let discord = StandIn::start(Options::default());
    for (kind, data, expected) in data() {
        discord.dispatch("INTERACTION_CREATE", &interaction(kind, &data));
        let found = discord.take_violations();
        let is_reported = found.iter().any(|it| it.contains(expected));
        assert_eq!(is_reported, !expected.is_empty(), "{data}: {found:#?}");
    }
}

#[test]
fn events_that_nothing_describes_are_reported() {
    if !schema_is_there() {
        return println!("skipped: Discord's description is not there (DISCORD_OPENAPI)");
    }
    let discord = StandIn::start(Options::default());
    discord.dispatch("SOMETHING_NEW", &json!({}));
    assert_only_violation(&discord, "no such event is described");
    discord.dispatch("GUILD_DELETE", &json!({"id": SERVER}));
    assert_only_violation(&discord, "/id");
}
