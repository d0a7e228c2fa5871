//! Tests of the stand-in's gateway.

use super::bad_bot::{BadBot, Received, assert_only_violation, identify, message};
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, GENERAL, MENTION, OTHER, Options, StandIn, TOKEN, WEBHOOK, intent,
    permission,
};
use serde_json::{Value, json};
use std::time::Duration;

const USUAL: u64 = intent::GUILDS | intent::GUILD_MESSAGES | intent::DIRECT_MESSAGES;

/// Sends payloads on a new connection, and expects a close code and a violation.
fn check_close(says: &[Value], code: u16, violation: Option<&str>) {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::new(&discord);
    bot.connect();
    for payload in says {
        match payload {
            Value::String(text) => bot.send_text(text),
            payload => bot.send(payload),
        }
    }
    assert_eq!(bot.receive_close(), Received::Closed(code), "{says:?}");
    let violations = discord.take_violations();
    match violation {
        Some(part) => assert!(violations.join("\n").contains(part), "{violations:?}"),
        None => assert!(violations.is_empty(), "{violations:?}"),
    }
}

#[test]
fn bad_payloads_close_the_connection() {
    check_close(&[json!("not json")], 4002, Some("not JSON"));
    check_close(
        &[json!({"op": 2, "d": "x".repeat(5000)})],
        4002,
        Some("4,096"),
    );
    check_close(
        &[json!({"op": 2, "d": {"token": TOKEN}})],
        4002,
        Some("IDENTIFY without"),
    );
    check_close(&[json!({"op": 99})], 4001, Some("opcode"));
    check_close(&[json!({"op": 3, "d": {}})], 4003, Some("before IDENTIFY"));
    check_close(&[identify(USUAL), identify(USUAL)], 4005, Some("second"));
    let beats = vec![json!({"op": 1, "d": null}); 121];
    check_close(&beats, 4008, Some("120"));
    let mut token = identify(USUAL);
    token["d"]["token"] = json!("wrong");
    check_close(&[token], 4004, None);
    check_close(&[identify(1 << 40)], 4013, Some("intent"));
    check_close(&[identify(USUAL | intent::MESSAGE_CONTENT)], 4014, None);
    let mut shard = identify(USUAL);
    shard["d"]["shard"] = json!([2, 2]);
    check_close(&[shard], 4010, Some("shard"));
}

#[test]
fn a_connection_must_request_version_10_and_json() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::new(&discord);
    bot.connect_with("v=10&encoding=etf");
    bot.send(&identify(USUAL));
    bot.event("READY");
    assert_only_violation(&discord, "etf");
    bot.connect_with("v=9&encoding=json");
    assert_eq!(bot.receive(), Received::Closed(4012));
    assert_only_violation(&discord, "v=10");
}

#[test]
fn missing_heartbeats_close_the_connection() {
    let options = Options {
        heartbeat: Duration::from_millis(500),
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let mut bot = BadBot::connected(&discord, USUAL);
    bot.event("GUILD_CREATE");
    bot.send(&json!({"op": 1, "d": 1}));
    assert_eq!(bot.receive().payload()["op"], 11);
    discord.wait_heartbeats(1);
    assert_eq!(bot.receive(), Received::Closed(4009));
    assert_only_violation(&discord, "no heartbeat");
}

#[test]
fn an_early_identify_is_a_violation() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::connected(&discord, USUAL);
    bot.connect();
    bot.send(&identify(USUAL));
    assert_eq!(bot.receive().payload(), json!({"op": 9, "d": false}));
    assert_only_violation(&discord, "two IDENTIFYs");
    discord.pass(Duration::from_secs(5));
    bot.connect();
    bot.send(&identify(USUAL));
    discord.wait_readies(2);
    assert!(discord.violations().is_empty());
    discord.close(4014);
    assert_eq!(bot.receive_close(), Received::Closed(4014));
    discord.pass(Duration::from_secs(5));
    bot.connect();
    bot.send(&identify(USUAL));
    discord.wait_readies(3);
    assert_only_violation(&discord, "a retry cannot succeed");
}

#[test]
fn shards_of_each_remainder_identify_in_turn() {
    let options = Options {
        shards: 4,
        max_concurrency: 2,
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let mut bots = [0, 1, 2].map(|number| {
        let mut bot = BadBot::new(&discord);
        bot.connect();
        let mut payload = identify(USUAL);
        payload["d"]["shard"] = json!([number, 4]);
        bot.send(&payload);
        bot
    });
    discord.wait_readies(2);
    // The third has the remainder of the first.
    assert_eq!(bots[2].receive().payload(), json!({"op": 9, "d": false}));
    assert_only_violation(&discord, "two IDENTIFYs");
    assert_eq!(discord.open_shards(), [(0, 4), (1, 4)]);
}

#[test]
fn too_few_shards_are_refused() {
    let discord = StandIn::start(Options::default());
    discord.grow(2, 2);
    let mut bot = BadBot::new(&discord);
    let mut refused = |shard: Value| {
        discord.pass(Duration::from_secs(5));
        bot.connect();
        let mut payload = identify(USUAL);
        payload["d"]["shard"] = shard;
        bot.send(&payload);
        bot.receive_close()
    };
    assert_eq!(refused(json!([0, 1])), Received::Closed(4011));
    assert!(discord.take_violations().is_empty());
    assert_eq!(refused(json!([0, 1])), Received::Closed(4011));
    assert_only_violation(&discord, "too few");
}

#[test]
fn a_session_without_a_connection_ends_after_two_minutes() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::connected(&discord, USUAL);
    let mut resumed = |pause: Duration| {
        discord.drop_tcp();
        assert_eq!(bot.receive_close(), Received::Gone);
        discord.wait_disconnected();
        discord.pass(pause);
        bot.connect();
        let session = json!({"token": TOKEN, "session_id": bot.session, "seq": 1});
        bot.send(&json!({"op": 6, "d": session}));
        loop {
            let payload = bot.receive().payload();
            if payload["t"] == "RESUMED" || payload["op"] == 9 {
                return payload["op"] == 0;
            }
        }
    };
    assert!(resumed(Duration::from_secs(100)));
    assert!(!resumed(Duration::from_secs(121)));
}

#[test]
fn a_resume_replays_missed_events() {
    let discord = StandIn::start(Options::default());
    let mut bot = BadBot::connected(&discord, USUAL);
    let mut seq = bot.receive().payload()["s"].clone();
    discord.drop_tcp();
    assert_eq!(bot.receive(), Received::Gone);
    let missed = discord.member(ALICE).at(ALICE_DM).say("are you there?");
    let session = |seq: &Value, id: &str| json!({"op": 6, "d": {"token": TOKEN, "session_id": id, "seq": seq}});
    let id = bot.session.clone();
    bot.connect();
    bot.send(&session(&seq, &id));
    let heard = bot.receive().payload();
    assert_eq!(
        (&heard["t"], &heard["d"]["id"]),
        (&json!("MESSAGE_CREATE"), &json!(missed.to_string()))
    );
    bot.event("RESUMED");
    discord.wait_resumes(1);

    // Closing with 1000 ends the session.
    bot.close(1000);
    assert_eq!(discord.wait_closes(1), [Some(1000)]);
    bot.connect();
    bot.send(&session(&seq, &id));
    assert_eq!(bot.receive().payload(), json!({"op": 9, "d": false}));
    discord.pass(Duration::from_secs(5));
    bot.send(&identify(USUAL));
    bot.event("GUILD_CREATE");
    discord.wait_ready();

    discord.ask_to_reconnect();
    assert_eq!(bot.receive().payload()["op"], 7);
    discord.invalidate(true);
    assert_eq!(bot.receive().payload(), json!({"op": 9, "d": true}));
    discord.close(4000);
    assert_eq!(bot.receive(), Received::Closed(4000));
    seq = json!(99);
    bot.connect();
    bot.send(&session(&seq, &bot.session));
    assert_eq!(bot.receive(), Received::Closed(4007));
    assert_only_violation(&discord, "never sent");
    assert_eq!(discord.readies(), 2);
}

#[test]
fn message_events_respect_intents_and_permissions() {
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
    // Messages in channels that the bot cannot view are not dispatched.
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
    // A pin and a new thread send the message again, with the time of its old edit.
    let old = alice.wrote(Duration::from_hours(48), "long ago");
    alice.pin(old);
    let first = bot.event("MESSAGE_UPDATE");
    let note = bot.event("MESSAGE_CREATE");
    discord.open_thread(old);
    let second = bot.event("MESSAGE_UPDATE");
    assert_eq!((&first["pinned"], &note["type"]), (&json!(true), &json!(6)));
    assert_eq!(second["flags"], 32);
    assert_eq!(first["edited_timestamp"], second["edited_timestamp"]);
    assert!(first["edited_timestamp"].as_str().unwrap() < note["timestamp"].as_str().unwrap());
    alice.delete(quiet);
    assert_eq!(bot.event("MESSAGE_DELETE")["id"], quiet.to_string());
    discord.dispatch_unjudged("TYPING_START", &json!({}));
    bot.event("TYPING_START");
    discord.permit(GENERAL, permission::USUAL & !permission::VIEW);
    assert_eq!(
        bot.post(&format!("POST /channels/{GENERAL}/typing"), &json!(null))
            .1["code"],
        50001
    );
}
