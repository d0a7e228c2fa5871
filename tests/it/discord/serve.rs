//! `pullquote serve`: interactions over signed HTTP.

use crate::discord::teaching::{SENTENCE, TEXT, TITLE, ask, confirm, draft, manager, open};
use crate::discord::{QUESTION, QUOTE, page, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::endpoint::{Key, Line, request};
use crate::support::discord::request::Request;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, Fault, GENERAL, HELPERS_ROLE, OTHER, OTHER_SERVER, Options, PATIENCE,
    StandIn, User, UserKind,
};
use crate::support::postgres::Database;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

/// Requests that are changed in one place.
const CHANGED: u64 = 10_000;
/// Connections on which they are sent.
const LINES: u64 = 8;

/// A bot that gets its interactions over HTTP, and its address.
fn start(change: impl FnOnce(&mut Command)) -> (StandIn, Bot, String) {
    let discord = StandIn::start(Options::default());
    let (bot, address) = Bot::serve(&discord, change);
    discord.wait_commands();
    discord.deliver_to(&address);
    (discord, bot, address)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

/// A question in direct messages, as Discord sends it.
fn question(id: u64) -> Vec<u8> {
    let body = json!({
        "id": id.to_string(), "application_id": "1", "type": 2, "token": "t", "version": 1, "channel_id": ALICE_DM.to_string(),
        "context": 1, "locale": "en-US", "user": {"id": ALICE.id.to_string()},
        "data": {"id": "5", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": QUESTION}]},
    });
    body.to_string().into_bytes()
}

fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

/// Everybody who asks may do so 60 times a minute.
fn someone(number: u64) -> User {
    User {
        id: 1_300_000_000_000_000_000 + number,
        name: "someone",
        kind: UserKind::Person,
    }
}

#[test]
fn every_kind_of_interaction_is_answered_in_the_response() {
    let (discord, _bot, _) = start(|_| {});
    let alice = discord.member(ALICE);
    let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
    assert_eq!(answer.kind, 4);
    assert!(answer.message().text().contains(QUOTE));
    let read = alice.click(answer.message(), "Read in article").answer();
    assert!([4, 7].contains(&read.kind));
    let typing = alice.typing("ask", "article", "ju").answer();
    assert_eq!(typing.kind, 8);
    let form = manager(&discord).slash("knowledge write", json!({}));
    assert_eq!(form.answer().kind, 9);
    let draft = draft(&manager(&discord), TITLE, TEXT);
    confirm(&manager(&discord), &draft);
    assert!(ask(&alice, TITLE).contains(SENTENCE));
    let direct = discord.member(BOB).at(crate::support::discord::BOB_DM);
    assert!(ask(&direct, QUESTION).contains(QUOTE));
    // It deletes its answer by a request that follows the response.
    let deleted = alice.click(answer.message(), "Delete").answer();
    assert_eq!(deleted.kind, 6);
    assert!(discord.wait_statuses(1).iter().all(|status| *status == 200));
    // The gateway was never asked for.
    let lines: Vec<String> = discord.requests().iter().map(Request::line).collect();
    assert!(
        !lines.iter().any(|line| line.contains("gateway")),
        "{lines:?}"
    );
    assert!(
        !lines
            .iter()
            .any(|line| line.contains("callback") && !line.contains("/token-of-"))
    );
}

#[test]
fn files_and_slow_work_follow_the_response() {
    let (discord, _bot, _) = start(|command| {
        command.env_remove("KEEP_QUESTIONS_DAYS");
    });
    let alice = discord.member(ALICE);
    alice.slash("ask", json!({"question": QUESTION})).answer();
    let found = alice
        .slash("article", json!({"name": "north-korea-detente"}))
        .answer();
    let read = alice.click(found.message(), "Read").answer();
    let file = alice.click(read.message(), "Download text").answer();
    assert_eq!(file.kind, 5);
    assert!(!file.message().files.is_empty());
    assert!(file.message().ephemeral);
    // So does a picture, also where the card replaces another one.
    let end = Instant::now() + PATIENCE;
    let list = loop {
        let list = manager(&discord).slash("insights", json!({})).answer();
        if !list.message().files.is_empty() {
            break list;
        }
        assert!(Instant::now() < end, "{}", list.message().text());
    };
    let pinned = manager(&discord).click(list.message(), "Chosen answers");
    let pinned = pinned.answer().message().clone();
    assert!(pinned.files.is_empty());
    let back = manager(&discord).click(&pinned, "Questions without an answer");
    let back = back.answer();
    let said = back.message().description("questions.png");
    assert!(
        back.kind == 6 && said.contains("1 of them answered"),
        "{said}"
    );
    // An upload is read while the member waits.
    discord.has_file("rink.md", "# Rink\n\nThe skating rink opens at nine.\n");
    let manager = manager(&discord);
    let form = manager.slash("knowledge add", json!({}));
    let sent = manager.submit_all(&form, &json!({"files": ["rink.md"], "address": ""}));
    let answer = sent.answer();
    assert_eq!(answer.kind, 5);
    assert_eq!(answer.message().buttons(), ["Add", "Cancel"]);
}

#[test]
fn helpers_are_known_without_the_gateway() {
    let (discord, _bot, _) = start(|command| {
        command.env("HELPERS_CHANNEL", OTHER.to_string());
        command.env("HELPERS_ROLE", HELPERS_ROLE.to_string());
    });
    let alice = discord.member(ALICE);
    let unknown = alice.slash("ask", json!({"question": "How do I bake sourdough bread?"}));
    let card = unknown.answer().message().clone();
    assert!(
        card.text().contains(&format!("<@&{HELPERS_ROLE}>")),
        "{}",
        card.text()
    );
    alice.click(&card, "Ask the helpers").answer();
    let posted = format!("POST /channels/{OTHER}/messages");
    assert!(
        discord
            .requests()
            .iter()
            .any(|request| request.line() == posted)
    );
}

/// Numbers that look random, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A request that Discord signed, after one change.
fn changed(dice: &mut Dice) -> Vec<u8> {
    let key = Key::default();
    let (time, body) = (now(), question(7));
    let timestamp = time.to_string();
    let signature = key.sign(&timestamp, &body);
    match dice.below(6) {
        0 => {
            let mut body = body;
            let at = dice.below(body.len());
            body[at] ^= 1 << dice.below(8);
            request(&timestamp, &signature, &body)
        }
        1 => {
            // Another digit, not another case of the same.
            let mut digits = signature.into_bytes();
            let at = dice.below(digits.len());
            let digit = char::from(digits[at]).to_digit(16).unwrap();
            let other = (digit + 1 + dice.below(15) as u32) % 16;
            digits[at] = char::from_digit(other, 16).unwrap() as u8;
            request(&timestamp, std::str::from_utf8(&digits).unwrap(), &body)
        }
        2 => {
            let other = time + 1 + dice.below(200) as u64;
            request(&other.to_string(), &signature, &body)
        }
        3 => request(&timestamp, &signature, &body[..dice.below(body.len())]),
        4 => {
            let mut body = body;
            body.push(dice.below(256) as u8);
            request(&timestamp, &signature, &body)
        }
        _ => {
            // The signature of another interaction.
            let other = key.sign(&timestamp, &question(8 + dice.below(1_000) as u64));
            request(&timestamp, &other, &body)
        }
    }
}

#[test]
fn no_changed_request_is_parsed() {
    let (_discord, bot, address) = start(|command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let pages = wait_address(&bot);
    let before = page(&pages, "/metrics");
    runtime().block_on(async {
        let mut lines = tokio::task::JoinSet::new();
        for seed in 0..LINES {
            let address = address.clone();
            lines.spawn(async move {
                let mut dice = Dice(seed);
                let mut line = Line::open(&address).await.unwrap();
                for number in 0..CHANGED / LINES {
                    let request = changed(&mut dice);
                    let (status, body) = line.send(&request).await.unwrap();
                    let shown = String::from_utf8_lossy(&request).into_owned();
                    assert_eq!((status, body.len()), (401, 0), "{seed} {number}: {shown}");
                }
            });
        }
        lines.join_all().await;
        // The request itself is fine.
        let mut line = Line::open(&address).await.unwrap();
        let (status, body) = line
            .send(&Key::default().request(&question(7)))
            .await
            .unwrap();
        assert_eq!(status, 200);
        assert!(String::from_utf8_lossy(&body).contains(QUOTE));
    });
    let after = page(&pages, "/metrics");
    let count = |page: &str, result: &str| -> u64 {
        let line = format!("pullquote_http_interactions_total{{result=\"{result}\"}} ");
        let line = page.lines().find_map(|it| it.strip_prefix(&line));
        line.map_or(0, |number| number.parse().unwrap())
    };
    assert_eq!(
        count(&after, "refused") - count(&before, "refused"),
        CHANGED
    );
    assert_eq!(count(&after, "answered"), 1);
    assert_eq!(count(&after, "unreadable"), 0);
}

#[test]
fn old_requests_and_other_paths_are_refused() {
    let (_discord, _bot, address) = start(|_| {});
    let key = Key::default();
    let signed = |time: u64| {
        let body = question(9);
        request(
            &time.to_string(),
            &key.sign(&time.to_string(), &body),
            &body,
        )
    };
    let post = |path: &str| {
        let request = String::from_utf8(key.request(br#"{"type":1}"#)).unwrap();
        request.replacen("/interactions", path, 1).into_bytes()
    };
    let get = b"GET /interactions HTTP/1.1\r\nHost: x\r\n\r\n".to_vec();
    let long = key.request(&vec![b' '; (256 << 10) + 1]);
    for (request, expected) in [
        (signed(now() - 310), 401),
        (signed(now() + 310), 401),
        (signed(0), 401),
        (signed(now() - 250), 200),
        (post("/"), 404),
        (post("/healthz"), 404),
        (post("/metrics"), 404),
        (post("/interactions/"), 404),
        (get, 405),
        (long, 413),
        (key.request(b"{}"), 400),
        (key.request(b"not JSON"), 400),
        (key.request(br#"{"type":1}"#), 200),
    ] {
        let shown = String::from_utf8_lossy(&request[..request.len().min(40)]).into_owned();
        let status = runtime().block_on(async {
            let mut line = Line::open(&address).await.unwrap();
            line.send(&request).await.unwrap().0
        });
        assert_eq!(status, expected, "{shown}");
    }
}

#[test]
fn what_gets_no_answer_is_not_promised_one() {
    let (discord, _bot, address) = start(|command| {
        command.env("ALLOWED_SERVERS", OTHER_SERVER.to_string());
    });
    let asked = discord
        .member(BOB)
        .slash("ask", json!({"question": QUESTION}));
    assert_eq!(discord.wait_statuses(1), [503]);
    assert!(asked.outcome().is_none());
    // The same request again, as Discord never sends it.
    let request = Key::default().request(&question(12));
    let statuses = [(); 2].map(|()| {
        runtime().block_on(async {
            let mut line = Line::open(&address).await.unwrap();
            line.send(&request).await.unwrap().0
        })
    });
    assert_eq!(statuses, [200, 503]);
}

#[test]
fn slow_senders_are_cut_and_hold_up_nobody() {
    let (discord, _bot, address) = start(|_| {});
    let whole = Key::default().request(&question(10));
    let mut slow: Vec<TcpStream> = (0..200)
        .map(|number| {
            let mut socket = TcpStream::connect(&address).unwrap();
            // Some stop in the head, some in the body.
            let part = if number % 2 == 0 { 30 } else { whole.len() - 1 };
            socket.write_all(&whole[..part]).unwrap();
            socket
        })
        .collect();
    for number in 0..20 {
        let asked = discord.member(someone(number)).at(GENERAL);
        assert!(ask(&asked, QUESTION).contains(QUOTE));
    }
    for socket in &mut slow {
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut end = Vec::new();
        socket.read_to_end(&mut end).unwrap();
        let end = String::from_utf8(end).unwrap();
        assert!(end.is_empty() || end.starts_with("HTTP/1.1 408"), "{end}");
    }
}

#[test]
fn who_must_wait_is_told_so_and_further_ones_are_refused() {
    let (discord, _bot, _) = start(|command| {
        command.env("CONCURRENT_REQUESTS", "1");
    });
    // To find out whether Alice may reload takes the only slot.
    discord.fault(Fault::on("GET /oauth2/applications/@me").held());
    let reload = discord.member(ALICE).slash("reload", json!({}));
    discord.wait_held(1);
    let ask = |number| {
        let member = discord.member(someone(number)).at(GENERAL);
        member.slash("ask", json!({"question": QUESTION}))
    };
    let asked: Vec<_> = (0..15).map(ask).collect();
    // All 16 are told to wait, and a further one is refused, while the slot is taken.
    assert_eq!(discord.wait_statuses(16), [200; 16]);
    let refused = ask(99);
    assert_eq!(discord.wait_statuses(17)[16], 503);
    discord.heal();
    assert!(refused.outcome().is_none());
    for asked in &asked {
        let answer = asked.answer();
        assert_eq!(answer.kind, 5);
        assert!(answer.message().ephemeral && answer.message().text().contains(QUOTE));
    }
    assert_eq!(reload.answer().kind, 5);
}

#[test]
fn what_is_typed_cannot_be_answered_later() {
    let (discord, _bot, _) = start(|command| {
        command.env("CONCURRENT_REQUESTS", "1");
    });
    discord.fault(Fault::on("GET /oauth2/applications/@me").held());
    let reload = discord.member(ALICE).slash("reload", json!({}));
    discord.wait_held(1);
    let typing = discord.member(BOB).typing("ask", "article", "ju");
    let mut statuses = discord.wait_statuses(2);
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 503]);
    discord.heal();
    assert!(typing.outcome().is_none());
    assert_eq!(reload.answer().kind, 5);
}

#[test]
fn a_signal_ends_it_after_what_has_begun() {
    let (discord, mut bot, address) = start(|_| {});
    discord.has_file("rink.md", "# Rink\n\nThe skating rink opens at nine.\n");
    let manager = manager(&discord);
    let form = manager.slash("knowledge add", json!({}));
    form.answer();
    discord.fault(Fault::on("PATCH /webhooks/*/*/messages/@original").held());
    let sent = manager.submit_all(&form, &json!({"files": ["rink.md"], "address": ""}));
    discord.wait_held(1);
    // A request of which the head has arrived.
    let whole = String::from_utf8(Key::default().request(&question(11))).unwrap();
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    let mut socket = TcpStream::connect(&address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(socket, "{head}\r\nExpect: 100-continue\r\n\r\n").unwrap();
    let mut said = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
    socket.read_exact(&mut said).unwrap();
    assert!(said.starts_with(b"HTTP/1.1 100"));
    bot.signal("TERM");
    bot.wait_line("shutting down");
    socket.write_all(body.as_bytes()).unwrap();
    let mut response = String::new();
    socket.read_to_string(&mut response).unwrap();
    assert!(
        response.starts_with("HTTP/1.1 200") && response.contains(QUOTE),
        "{response}"
    );
    discord.heal();
    let answer = sent.answer();
    assert_eq!(answer.message().buttons(), ["Add", "Cancel"]);
    assert_eq!(bot.wait_exit().code(), Some(0));
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn a_draft_of_one_copy_is_confirmed_by_another() {
    let Some(database) = Database::new() else {
        return;
    };
    let address = |command: &mut Command| {
        command.env("DATABASE_URL", database.address());
    };
    let (discord, _one, one) = start(address);
    let (_two, two) = Bot::serve(&discord, address);
    let manager = manager(&discord);
    let bob = discord.member(BOB);
    for (first, second, sentence) in [(&one, &two, "at nine"), (&two, &one, "at ten")] {
        discord.deliver_to(first);
        let draft = draft(&manager, TITLE, &TEXT.replace("at nine", sentence));
        discord.deliver_to(second);
        confirm(&manager, &draft);
        assert!(ask(&bob, TITLE).contains(sentence));
        discord.deliver_to(first);
        // It hears of the change, or compares versions after 30 s.
        let end = Instant::now() + 2 * PATIENCE;
        while !ask(&bob, TITLE).contains(sentence) {
            assert!(Instant::now() < end, "the first copy has not heard");
            std::thread::sleep(Duration::from_millis(500));
        }
    }
}

/// Discord delivers an interaction once, but whoever has a copy of the request can send it again for five minutes.
#[test]
fn a_copy_of_a_request_has_no_effect_at_any_copy_of_the_bot() {
    let Some(database) = Database::new() else {
        return;
    };
    let address = |command: &mut Command| {
        command.env("DATABASE_URL", database.address());
        command.env("HELPERS_CHANNEL", OTHER.to_string());
    };
    let (discord, _one, one) = start(address);
    let (second, two) = Bot::serve(&discord, address);
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    // To show something twice does no harm.
    assert!(ask(&bob, QUESTION).contains(QUOTE));
    assert_eq!(discord.repeat_to(&two), 200);
    let said = draft(&manager, TITLE, TEXT);
    assert_eq!(discord.repeat_to(&two), 503, "the form was sent again");
    confirm(&manager, &said);
    assert_eq!(discord.repeat_to(&two), 503);
    let removed = manager.click(&open(&manager, TITLE), "Remove").answer();
    assert_eq!(discord.repeat_to(&two), 503);
    let remove = discord.last_posted();
    manager.click(removed.message(), "Undo").answer();
    assert!(ask(&bob, TITLE).contains(SENTENCE));
    // The article is there again, so that removing it once more would do something.
    for copy in [&one, &two] {
        assert_eq!(discord.post_to(copy, &remove), 503);
    }
    second.wait_line("an interaction arrived again, and had its effect before");
    discord.deliver_to(&two);
    assert!(ask(&bob, TITLE).contains(SENTENCE));
    // Helpers are asked once.
    let unknown = bob.slash("ask", json!({"question": "How do I bake sourdough bread?"}));
    bob.click(unknown.answer().message(), "Ask the helpers")
        .answer();
    assert_eq!(discord.repeat_to(&one), 503);
    let posted = format!("POST /channels/{OTHER}/messages");
    let requests = discord.requests();
    assert_eq!(requests.iter().filter(|it| it.line() == posted).count(), 1);
}

#[test]
fn settings_that_are_missing_are_named() {
    let discord = StandIn::start(Options::default());
    for (address, key, expected) in [
        ("", "", "INTERACTIONS_ADDRESS is not set"),
        (
            "127.0.0.1:0",
            "",
            "INTERACTIONS_ADDRESS needs DISCORD_PUBLIC_KEY",
        ),
        (
            "127.0.0.1:0",
            "12",
            "DISCORD_PUBLIC_KEY is not a key of 64 hexadecimal digits",
        ),
        ("somewhere", "", "INTERACTIONS_ADDRESS is `somewhere`"),
    ] {
        let mut bot = Bot::start("serve", &discord, |command| {
            command.env("INTERACTIONS_ADDRESS", address);
            command.env("DISCORD_PUBLIC_KEY", key);
        });
        assert_eq!(bot.wait_exit().code(), Some(1), "{expected}");
        bot.wait_line(expected);
    }
}

#[test]
fn the_gateway_and_http_can_be_used_by_one_process() {
    let discord = StandIn::start(Options::default());
    let bot = Bot::run(&discord, |command| {
        command.env("INTERACTIONS_ADDRESS", "127.0.0.1:0");
        command.env("DISCORD_PUBLIC_KEY", Key::default().public());
    });
    let line = bot.wait_line("interactions on http://");
    let address = line.rsplit("http://").next().unwrap();
    discord.wait_ready();
    discord.wait_commands();
    discord.deliver_to(address.trim_end_matches("/interactions"));
    let alice = discord.member(ALICE);
    assert!(ask(&alice, QUESTION).contains(QUOTE));
    let mention = alice.say(&format!("{} {QUESTION}", crate::support::discord::MENTION));
    assert!(discord.reply_to(mention).text().contains(QUOTE));
}
