//! Tests of REST requests: permissions, required headers, faults, rate limits.

use super::bad_bot::{BadBot, assert_only_violation, message};
use crate::support::discord::{
    ALICE, ALICE_DM, CATEGORY, EMPTY_POST, FORUM, FORUM_POST, Fault, GENERAL, OTHER, Options,
    RateLimits, StandIn, permission,
};
use reqwest::multipart::Form;
use serde_json::{Value, json};
use std::time::Duration;

fn world(options: Options) -> (StandIn, BadBot) {
    let discord = StandIn::start(options);
    let bot = BadBot::new(&discord);
    (discord, bot)
}

#[test]
fn permissions_are_enforced() {
    use permission::{ATTACH, EMBED, HISTORY, SEND, SEND_IN_THREADS, USUAL};
    let options = Options::default().permit(OTHER, USUAL & !SEND & !SEND_IN_THREADS);
    let (discord, bot) = world(options.permit(ALICE_DM, 1 << 10));
    let code = |channel: u64, body: &Value| {
        let (_, answer) = bot.post(&format!("POST /channels/{channel}/messages"), body);
        answer["code"].as_u64()
    };
    let hello = message("hello");
    assert_eq!(code(GENERAL, &hello), None);
    assert_eq!(code(FORUM_POST, &hello), None);
    assert_eq!(code(OTHER, &hello), Some(50013));
    assert_eq!(code(EMPTY_POST, &hello), Some(40058));
    assert_eq!(code(FORUM, &hello), Some(40058));
    assert_eq!(code(CATEGORY, &hello), Some(50008));
    assert_eq!(code(ALICE_DM, &hello), Some(50007));
    assert_eq!(code(1, &hello), Some(10003));
    discord.permit(GENERAL, USUAL & !EMBED & !ATTACH & !HISTORY);
    let mut reply = hello.clone();
    reply["message_reference"] = json!({"message_id": discord.messages(GENERAL)[0].id.to_string()});
    assert_eq!(code(GENERAL, &reply), Some(160_002));
    let embed = json!({"embeds": [{"title": "t"}], "allowed_mentions": {"parse": []}});
    assert_eq!(code(GENERAL, &embed), Some(50013));
    assert!(
        discord.violations().is_empty(),
        "a bot cannot know all permissions"
    );
}

#[test]
fn old_messages_and_nonces_have_their_rules() {
    let (discord, bot) = world(Options::default());
    let line = format!("POST /channels/{GENERAL}/messages");
    let question = discord.member(ALICE).say("When?");
    // A pin leaves a note, to which nobody can reply.
    discord.member(ALICE).pin(question);
    let note = discord.messages(GENERAL).last().unwrap().id;
    let mut reply = message("Seven.");
    reply["message_reference"] = json!({"message_id": note.to_string()});
    let (status, refused) = bot.post(&line, &reply);
    assert_eq!((status, &refused["code"]), (400, &json!(50035)));
    assert!(refused.to_string().contains("SYSTEM_MESSAGE"), "{refused}");
    discord.take_violations();
    // A nonce counts for some minutes.
    let mut once = message("Seven.");
    once["nonce"] = json!("1");
    once["enforce_nonce"] = json!(true);
    let id = || bot.post(&line, &once).1["id"].clone();
    let first = id();
    assert_eq!(first, id());
    discord.pass(Duration::from_mins(4));
    assert_ne!(first, id());
    // An edit makes no message ephemeral, and reading an old one needs its permission.
    let own = format!("/channels/{GENERAL}/messages/{}", first.as_str().unwrap());
    let mut edit = message("Eight.");
    edit["flags"] = json!(64);
    assert_eq!(
        bot.post(&format!("PATCH {own}"), &edit).1["code"],
        json!(50035)
    );
    discord.take_violations();
    let get = format!("GET {own}");
    assert_eq!(bot.post(&get, &Value::Null).0, 200);
    discord.permit(GENERAL, permission::USUAL & !permission::HISTORY);
    assert_eq!(bot.post(&get, &Value::Null).1["code"], json!(50013));
}

#[test]
fn requests_need_a_token_a_user_agent_and_a_valid_body() {
    let (discord, bot) = world(Options::default());
    let line = format!("POST /channels/{GENERAL}/messages");
    let plain =
        || reqwest::Client::new().post(format!("{}/api/v10/channels/{GENERAL}/messages", bot.base));
    let agent = "DiscordBot (https://bot.invalid, 1.0)";
    assert_eq!(
        bot.ask(plain().header("user-agent", agent).json(&message("x")))
            .0,
        401
    );
    let unauthorized = discord.take_violations();
    assert!(
        unauthorized.is_empty(),
        "a wrong token is a setting: {unauthorized:?}"
    );
    bot.ask(plain().header("authorization", "x").json(&message("x")));
    assert_only_violation(&discord, "User-Agent");
    bot.ask(bot.request(&line).body(message("x").to_string()));
    assert_only_violation(&discord, "Content-Type");
    bot.ask(
        bot.request(&line)
            .header("content-type", "application/json")
            .body("{"),
    );
    assert_only_violation(&discord, "not JSON");
    let broken = Form::new().text("payload_json", "{");
    bot.ask(bot.request(&line).multipart(broken));
    assert_only_violation(&discord, "payload_json");
    let stray = Form::new().text("payload_json", "{}").text("file", "x");
    bot.ask(bot.request(&line).multipart(stray));
    assert_only_violation(&discord, "neither payload_json nor files");
    bot.ask(bot.request("GET /voice/regions"));
    assert_only_violation(&discord, "does not know this route");
    for line in [
        "GET /gateway",
        "GET /gateway/bot",
        "GET /users/@me",
        "GET /applications/@me",
    ] {
        assert_eq!(bot.ask(bot.request(line)).0, 200, "{line}");
    }
}

#[test]
fn faults_apply_as_often_as_requested() {
    let (discord, bot) = world(Options::default());
    let line = format!("POST /channels/{GENERAL}/messages");
    discord.fault(Fault::on("POST /channels/*/messages").status(502).times(2));
    assert_eq!(bot.post(&line, &message("1")).0, 502);
    assert_eq!(bot.post(&line, &message("1")).0, 502);
    assert_eq!(bot.post(&line, &message("1")).0, 200);
    discord.fault(Fault::on("POST /channels/*/messages").status(500).applied());
    assert_eq!(bot.post(&line, &message("2")).0, 500);
    assert_eq!(discord.messages(GENERAL).len(), 2);
    discord.fault(
        Fault::on("POST /channels/*/messages")
            .status(429)
            .retry_after(0.5),
    );
    let headers = bot.headers(bot.request(&line).json(&message("3")));
    assert_eq!(headers["retry-after"], "1");
    assert!(discord.violations().is_empty(), "the bot could not know");
    bot.post(&line, &message("3"));
    assert_only_violation(&discord, "before Retry-After");
    discord.fault(Fault::on("GET /users/@me").delay(Duration::from_millis(30)));
    let before = std::time::Instant::now();
    bot.ask(bot.request("GET /users/@me"));
    assert!(before.elapsed() >= Duration::from_millis(30));
    let tried = discord.wait_request(|request| request.status == 429);
    assert_eq!((tried.line(), &tried.body["content"]), (line, &json!("3")));
    assert!(
        discord
            .requests()
            .iter()
            .any(|request| request.status == 502)
    );
}

#[test]
fn strict_rate_limits_refuse_the_sixth_message() {
    let (discord, bot) = world(Options {
        rate_limits: RateLimits::Strict,
        ..Options::default()
    });
    let line = format!("POST /channels/{GENERAL}/messages");
    for left in (0..5).rev() {
        let headers = bot.headers(bot.request(&line).json(&message("x")));
        assert_eq!(headers["x-ratelimit-remaining"], left.to_string());
    }
    let (status, answer) = bot.post(&line, &message("x"));
    assert_eq!((status, &answer["global"]), (429, &json!(false)));
    discord.pass(Duration::from_secs(6));
    assert_eq!(bot.post(&line, &message("x")).0, 200);
}
