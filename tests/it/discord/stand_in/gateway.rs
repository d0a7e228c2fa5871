//! The gateway: what it plays, and what it does not forgive.

use super::bad_bot::{BadBot, Heard, identify, message, only_breach};
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, GENERAL, MENTION, OTHER, Options, StandIn, TOKEN, WEBHOOK, intent,
    permission,
};
use serde_json::{Value, json};
use std::time::Duration;

const USUAL: u64 = intent::GUILDS | intent::GUILD_MESSAGES | intent::DIRECT_MESSAGES;

/// What a bot says on a fresh connection, and the close code for it.
fn rude(says: &[Value], code: u16, violation: Option<&str>) {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::new(&discord);
    bot.connect();
    for payload in says {
        match payload {
            Value::String(text) => bot.send_text(text),
            payload => bot.send(payload),
        }
    }
    assert_eq!(bot.hear_close(), Heard::Closed(code), "{says:?}");
    let violations = discord.take_violations();
    match violation {
        Some(part) => assert!(violations.join("\n").contains(part), "{violations:?}"),
        None => assert!(violations.is_empty(), "{violations:?}"),
    }
}

#[test]
fn bad_payloads_close_the_connection() {
    rude(&[json!("not json")], 4002, Some("not JSON"));
    rude(
        &[json!({"op": 2, "d": "x".repeat(5000)})],
        4002,
        Some("4,096"),
    );
    rude(
        &[json!({"op": 2, "d": {"token": TOKEN}})],
        4002,
        Some("IDENTIFY without"),
    );
    rude(&[json!({"op": 99})], 4001, Some("opcode"));
    rude(&[json!({"op": 3, "d": {}})], 4003, Some("before IDENTIFY"));
    rude(&[identify(USUAL), identify(USUAL)], 4005, Some("second"));
    let beats = vec![json!({"op": 1, "d": null}); 121];
    rude(&beats, 4008, Some("120"));
    let mut token = identify(USUAL);
    token["d"]["token"] = json!("wrong");
    rude(&[token], 4004, None);
    rude(&[identify(1 << 40)], 4013, Some("intent"));
    rude(&[identify(USUAL | intent::MESSAGE_CONTENT)], 4014, None);
    let mut shard = identify(USUAL);
    shard["d"]["shard"] = json!([1, 2]);
    rude(&[shard], 4010, Some("shard"));
}

#[test]
fn a_connection_asks_for_version_10_and_json() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::new(&discord);
    bot.connect_with("v=10&encoding=etf");
    bot.send(&identify(USUAL));
    bot.event("READY");
    only_breach(&discord, "etf");
    bot.connect_with("v=9&encoding=json");
    assert_eq!(bot.hear(), Heard::Closed(4012));
    only_breach(&discord, "v=10");
}

#[test]
fn a_dead_heart_closes_the_connection() {
    let options = Options {
        heartbeat: Duration::from_millis(500),
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let mut bot = BadBot::connected(&discord, USUAL);
    bot.event("GUILD_CREATE");
    bot.send(&json!({"op": 1, "d": 1}));
    assert_eq!(bot.hear().payload()["op"], 11);
    discord.wait_heartbeats(1);
    assert_eq!(bot.hear(), Heard::Closed(4009));
    only_breach(&discord, "no heartbeat");
}

#[test]
fn a_hasty_identify_is_a_violation() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::connected(&discord, USUAL);
    bot.connect();
    bot.send(&identify(USUAL));
    discord.wait_readies(2);
    only_breach(&discord, "two IDENTIFYs");
    discord.pass(Duration::from_secs(5));
    bot.connect();
    bot.send(&identify(USUAL));
    discord.wait_readies(3);
    assert!(discord.violations().is_empty());
    discord.close(4014);
    assert_eq!(bot.hear_close(), Heard::Closed(4014));
    discord.pass(Duration::from_secs(5));
    bot.connect();
    bot.send(&identify(USUAL));
    discord.wait_readies(4);
    only_breach(&discord, "no retry mends");
}

#[test]
fn a_session_is_resumed_with_what_was_missed() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::connected(&discord, USUAL);
    let mut seq = bot.hear().payload()["s"].clone();
    discord.drop_tcp();
    assert_eq!(bot.hear(), Heard::Gone);
    let missed = discord.member(ALICE).at(ALICE_DM).say("are you there?");
    let session = |seq: &Value, id: &str| json!({"op": 6, "d": {"token": TOKEN, "session_id": id, "seq": seq}});
    let id = bot.session.clone();
    bot.connect();
    bot.send(&session(&seq, &id));
    let heard = bot.hear().payload();
    assert_eq!(
        (&heard["t"], &heard["d"]["id"]),
        (&json!("MESSAGE_CREATE"), &json!(missed.to_string()))
    );
    bot.event("RESUMED");
    discord.wait_resumes(1);

    // A bot that leaves with 1000 has no session to come back to.
    bot.close(1000);
    assert_eq!(discord.wait_closes(1), [Some(1000)]);
    bot.connect();
    bot.send(&session(&seq, &id));
    assert_eq!(bot.hear().payload(), json!({"op": 9, "d": false}));
    discord.pass(Duration::from_secs(5));
    bot.send(&identify(USUAL));
    bot.event("GUILD_CREATE");
    discord.wait_ready();

    discord.ask_to_reconnect();
    assert_eq!(bot.hear().payload()["op"], 7);
    discord.invalidate(true);
    assert_eq!(bot.hear().payload(), json!({"op": 9, "d": true}));
    discord.close(4000);
    assert_eq!(bot.hear(), Heard::Closed(4000));
    seq = json!(99);
    bot.connect();
    bot.send(&session(&seq, &bot.session));
    assert_eq!(bot.hear(), Heard::Closed(4007));
    only_breach(&discord, "never sent");
    assert_eq!(discord.readies(), 2);
}

#[test]
fn messages_come_as_intents_and_permissions_let_them() {
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..Options::default()
    };
    let discord = StandIn::start(options.permit(OTHER, 0));
    let mut bot = BadBot::connected(&discord, USUAL);
    bot.event("GUILD_CREATE");
    let alice = discord.member(ALICE);
    let contents = |bot: &mut BadBot| bot.event("MESSAGE_CREATE")["content"].clone();
    alice.say("for everyone");
    assert_eq!(contents(&mut bot), "");
    alice.say(&format!("{MENTION} for the bot"));
    assert_eq!(contents(&mut bot), format!("{MENTION} for the bot"));
    alice.clone().at(ALICE_DM).say("in private");
    assert_eq!(contents(&mut bot), "in private");
    // What the bot may not see does not come at all.
    alice.clone().at(OTHER).say("hidden");
    bot.post(
        &format!("POST /channels/{GENERAL}/messages"),
        &message("own words"),
    );
    assert_eq!(contents(&mut bot), "own words");
    let own = discord.messages(GENERAL).last().unwrap().id;
    discord.member(BOB).reply_with_ping(own, "why?");
    assert_eq!(contents(&mut bot), "why?");
    let quiet = discord.member(BOB).reply(own, "so?");
    let event = bot.event("MESSAGE_CREATE");
    assert_eq!(
        (&event["content"], &event["referenced_message"]["content"]),
        (&json!(""), &json!("own words"))
    );
    discord.member(WEBHOOK).say("news");
    assert_eq!(
        bot.event("MESSAGE_CREATE")["webhook_id"],
        WEBHOOK.id.to_string()
    );

    alice.edit(quiet, &format!("{MENTION} so?"));
    let event = bot.event("MESSAGE_UPDATE");
    assert!(event["edited_timestamp"].is_string() && event["content"] != "");
    discord.unfurl(own);
    assert!(bot.event("MESSAGE_UPDATE")["edited_timestamp"].is_null());
    alice.delete(quiet);
    assert_eq!(bot.event("MESSAGE_DELETE")["id"], quiet.to_string());
    discord.dispatch("TYPING_START", &json!({}));
    bot.event("TYPING_START");
    discord.permit(GENERAL, permission::USUAL & !permission::VIEW);
    assert_eq!(
        bot.post(&format!("POST /channels/{GENERAL}/typing"), &json!(null))
            .1["code"],
        50001
    );
}
