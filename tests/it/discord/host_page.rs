//! The page for whoever hosts the bot: what it shows, and who may see it.

use crate::discord::{QUESTION, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{BOB, Options, PATIENCE, StandIn};
use pullquote_store::{Counts, DayCount, Location, NewQuestion, Store};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// Bytes of a page, at most.
pub const LIMIT: usize = 60_000;
/// The pages of the navigation.
pub const PAGES: [&str; 4] = ["/", "/articles", "/try", "/unanswered"];
const KEY: &str = "correct-horse-battery-staple";

/// A response.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    /// The value of a header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }
}

/// Sends a request with these header lines.
pub fn send(address: &str, method: &str, path: &str, lines: &[&str], body: &[u8]) -> Reply {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let host = if lines.iter().any(|line| line.starts_with("Host:")) {
        String::new()
    } else {
        format!("Host: {address}\r\n")
    };
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\n{host}{lines}Content-Length: {length}\r\n\r\n");
    socket.write_all(head.as_bytes()).unwrap();
    // The server may have answered and closed before it read everything.
    let _ = socket.write_all(body);
    let mut response = Vec::new();
    let _ = socket.read_to_end(&mut response);
    let response = String::from_utf8(response).unwrap();
    let (head, body) = response
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("{response:?}"));
    Reply {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

pub fn get(address: &str, path: &str) -> Reply {
    send(address, "GET", path, &[], b"")
}

/// Gets a page until it contains a text: what is counted arrives after a few seconds.
pub fn get_with(address: &str, path: &str, part: &str) -> Reply {
    let end = Instant::now() + PATIENCE;
    loop {
        let reply = get(address, path);
        if reply.body.contains(part) {
            return reply;
        }
        assert!(Instant::now() < end, "no {part}: {}", reply.body);
        thread::sleep(Duration::from_millis(50));
    }
}

/// A bot with these articles that counts questions and serves its page.
pub fn start(
    knowledge: &Path,
    data: &Path,
    change: impl FnOnce(&mut Command),
) -> (StandIn, Bot, String) {
    let (discord, bot) = start_with(Options::default(), |command| {
        command
            .env("HTTP_ADDRESS", "127.0.0.1:0")
            .env("KNOWLEDGE_DIR", knowledge)
            .env("DATA_DIR", data)
            .env_remove("KEEP_QUESTIONS_DAYS");
        change(command);
    });
    let address = wait_address(&bot);
    (discord, bot, address)
}

/// What holds for every page: its size, its headers, no script of its own, nothing inline, nothing from elsewhere.
#[track_caller]
pub fn check_page(reply: &Reply) {
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert!(reply.body.len() < LIMIT, "{} bytes", reply.body.len());
    let policy = reply.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(reply.header(name), value);
    }
    assert!(reply.body.contains("<html lang=\"en\">") && reply.body.contains("<h1>"));
    let scripts = reply.body.matches("<script").count();
    let own = reply
        .body
        .matches("<script src=\"/page.js\" defer></script>")
        .count();
    assert_eq!(scripts, own, "{}", reply.body);
    for inline in [
        " style=\"",
        " onclick=",
        " onerror=",
        "src=\"http",
        "<iframe",
    ] {
        assert!(!reply.body.contains(inline), "{inline}: {}", reply.body);
    }
}

#[test]
fn the_page_shows_how_the_bot_is_and_what_is_wrong() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let name = "<script>alert(1)<&script>.md";
    fs::write(
        knowledge.path().join(name),
        "# <script>alert(2)</script>\n\nThe rink opens at nine.\n",
    )
    .unwrap();
    fs::write(knowledge.path().join("broken.pdf"), "no PDF").unwrap();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/north-korea-detente.md");
    fs::copy(repository, knowledge.path().join("korea.md")).unwrap();
    let (discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    let bob = discord.member(BOB);
    let ask = |question: &str| bob.slash("ask", json!({"question": question})).answer();
    ask(QUESTION);
    ask("Who repairs </textarea><b>bicycles</b> \u{202e}?");

    let overview = get_with(&address, "/", "2 questions from ");
    check_page(&overview);
    for part in [
        "cannot use <code>broken.pdf</code>",
        "What to do: ",
        "2 articles",
        "1 of 1 connection open",
        "loaded at the start",
        "last 2 requests",
        "<svg",
        "<title id=\"chart-title\">Questions by day</title>",
    ] {
        assert!(overview.body.contains(part), "{part}: {}", overview.body);
    }
    let status: Value = serde_json::from_str(&get(&address, "/api/status.json").body).unwrap();
    assert_eq!(
        (&status["articles"], &status["is_connected"]),
        (&json!(2), &json!(true))
    );
    let days = status["questions"]["days"].as_array().unwrap();
    assert_eq!((days.len(), &days[29]["answered"]), (30, &json!(1)));
    assert!(
        status["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["status"] == "warning")
    );

    let articles = get(&address, "/articles");
    check_page(&articles);
    for part in [
        "&lt;script&gt;alert(2)",
        "broken.pdf",
        "Not used",
        "2 articles, and 1 file that cannot be used",
    ] {
        assert!(articles.body.contains(part), "{part}: {}", articles.body);
    }
    let never = get(&address, "/articles?show=never-quoted");
    assert!(
        never.body.contains("alert(2)") && !never.body.contains("korea.md"),
        "{}",
        never.body
    );
    let path: String = articles
        .body
        .split("/article?path=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let article = get(&address, &format!("/article?path={path}"));
    check_page(&article);
    assert!(
        article.body.contains("The rink opens at nine."),
        "{}",
        article.body
    );
    let broken = get(&address, "/article?path=broken.pdf");
    check_page(&broken);
    assert!(broken.body.contains("Error"));
    for missing in [
        "/article?path=..%2F..%2Fetc%2Fpasswd",
        "/article",
        "/nowhere",
        "/article?path=%00",
    ] {
        assert_eq!(get(&address, missing).status, 404, "{missing}");
    }

    let unanswered = get(&address, "/unanswered");
    check_page(&unanswered);
    assert!(
        unanswered.body.contains("bicycles") && !unanswered.body.contains("<b>bicycles"),
        "{}",
        unanswered.body
    );
    assert!(unanswered.body.contains("Draft of an article"));
}

#[test]
fn a_tried_question_shows_the_card_that_discord_would_get() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let text = "# The rink\n\nThe **skating rink** opens at nine, says </script><b>the sign</b>.\n";
    fs::write(knowledge.path().join("rink.md"), text).unwrap();
    let (discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    check_page(&get(&address, "/try"));
    let page = get(
        &address,
        "/try?question=When+does+the+skatng+rink+open%3F&locale=de",
    );
    check_page(&page);
    // The same words as in Discord, in the language of the card.
    let bob = discord.member(BOB);
    let asked = bob.slash(
        "ask",
        json!({"question": "When does the skatng rink open?"}),
    );
    assert!(asked.answer().message().text().contains("at nine"));
    for part in [
        "class=\"embed c2e8b57\"",
        "Hilfreich",
        "at nine",
        "says &lt;/script&gt;",
        "1 typo",
        "rink.md:3",
        "Confidence",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let hostile = "/try?question=%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E+%22%3E%E2%80%AE&locale=xx";
    check_page(&get(&address, hostile));
    let long = format!("/try?question={}", "why+".repeat(1_500));
    check_page(&get(&address, &long));
    // Trying is not counted.
    let status: Value = serde_json::from_str(&get(&address, "/api/status.json").body).unwrap();
    assert_eq!(status["timing"]["requests"], 1);
}

/// A word that is unlike those of other numbers.
fn word(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let letter = |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
    };
    (0..10).map(letter).collect()
}

#[test]
fn a_thousand_questions_without_an_answer_are_merged_and_paged() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "The rink opens at nine.\n",
    )
    .unwrap();
    let question = |at: u64, server: u64| NewQuestion {
        server,
        key: at,
        wording: format!(
            "Where is </textarea> the {} {}?",
            word(at),
            word(at + 5_000)
        ),
        count: at,
        day: 20_000,
    };
    let today = i64::try_from(
        std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap()
            .as_secs()
            / 86_400,
    )
    .unwrap();
    let questions = (1..=1_000)
        .map(|at| question(at, 7))
        .chain([question(1_000, 8)]);
    let counts = Counts {
        questions: questions
            .map(|it| NewQuestion { day: today, ..it })
            .collect(),
        asked: vec![(
            7,
            DayCount {
                day: today,
                outcome: 2,
                number: 5_000,
            },
        )],
        votes: Vec::new(),
    };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::new(Location::Folder(data.path().to_owned()));
        store.count(&counts).await.unwrap();
    });
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    let first = get(&address, "/unanswered");
    check_page(&first);
    // What two servers asked is one question.
    assert!(
        first.body.contains(&word(1_000)) && first.body.contains("Asked 2,000 times"),
        "{}",
        first.body
    );
    assert!(first.body.contains("Page 1 of 1"), "{}", first.body);
    for page in [
        "/unanswered?page=2",
        "/unanswered?page=100",
        "/unanswered?page=999999",
        "/unanswered?page=x",
    ] {
        check_page(&get(&address, page));
    }
    assert!(get(&address, "/").body.contains("5,000"));
}

#[test]
fn ten_thousand_articles_are_listed_in_pages_under_the_limit() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for at in 0..10_000 {
        let text = format!("# Harbour {at}\n\nThe harbour number {at} opens at seven.\n");
        fs::write(knowledge.path().join(format!("harbour-{at:05}.md")), text).unwrap();
    }
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        command
            .env("HTTP_ADDRESS", "127.0.0.1:0")
            .env("KNOWLEDGE_DIR", knowledge.path())
            .env("DATA_DIR", data.path());
    });
    assert!(bot.wait_line_or_exit("health and metrics on"));
    let address = wait_address(&bot);
    for page in [
        "/articles",
        "/articles?page=200",
        "/articles?sort=words&reverse=1&page=77",
        "/",
        "/try?question=harbour+77",
    ] {
        check_page(&get(&address, page));
    }
    let last = get(&address, "/articles?page=200");
    assert!(last.body.contains("Page 200 of 200") && last.body.contains("harbour-09999.md"));
}

#[test]
fn others_need_the_key() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "The rink opens at nine.\n",
    )
    .unwrap();
    let key_file = data.path().join("key");
    fs::write(&key_file, format!("{KEY}\n")).unwrap();
    let (_discord, bot, address) = start(knowledge.path(), data.path(), |command| {
        command
            .env("HTTP_ADDRESS", "0.0.0.0:0")
            .env("HTTP_KEY_FILE", &key_file)
            .env("RUST_LOG", "trace");
    });
    for path in ["/metrics", "/healthz", "/readyz", "/style.css"] {
        assert_eq!(get(&address, path).status, 200, "{path}");
    }
    for path in PAGES.into_iter().chain([
        "/api/status.json",
        "/article?path=rink.md",
        "/nowhere",
        "/articles?key=x",
    ]) {
        let refused = get(&address, path);
        assert_eq!(refused.status, 403, "{path}");
        assert!(
            refused.body.contains("Enter the key") && !refused.body.contains("rink"),
            "{path}"
        );
    }
    assert_eq!(get(&address, "/?key=wrong").status, 403);
    let signed = get(&address, &format!("/?key={KEY}"));
    assert_eq!((signed.status, signed.header("location")), (303, "/"));
    let cookie = signed.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let cookie = format!("Cookie: {}", cookie.split(';').next().unwrap());
    check_page(&send(&address, "GET", "/", &[&cookie], b""));
    // In the form.
    let form = format!("key={KEY}");
    let origin = format!("Origin: http://{address}");
    assert_eq!(
        send(&address, "POST", "/sign-in", &[&origin], form.as_bytes()).status,
        303
    );
    assert_eq!(
        send(
            &address,
            "POST",
            "/sign-in",
            &["Origin: http://evil.example"],
            form.as_bytes()
        )
        .status,
        403
    );
    assert_eq!(
        send(&address, "POST", "/sign-in", &[&origin], &[b'x'; 9_000]).status,
        413
    );
    // Ten tries in a minute, right ones too; a cookie is not a try.
    let statuses: Vec<u16> = (0..10)
        .map(|_| get(&address, "/?key=wrong").status)
        .collect();
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    assert_eq!(get(&address, &format!("/?key={KEY}")).status, 429);
    assert_eq!(send(&address, "GET", "/", &[&cookie], b"").status, 200);
    let forged = format!("Cookie: pullquote={}", "ab".repeat(32));
    assert_eq!(send(&address, "GET", "/", &[&forged], b"").status, 403);
    bot.wait_line("wrong key");
    let value = cookie.rsplit('=').next().unwrap().to_owned();
    for line in bot.lines() {
        assert!(!line.contains(KEY) && !line.contains(&value), "{line}");
    }
}

#[test]
fn without_a_key_the_page_stays_closed_to_others() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "The rink opens at nine.\n",
    )
    .unwrap();
    let (_discord, bot, address) = start(knowledge.path(), data.path(), |command| {
        command.env("HTTP_ADDRESS", "0.0.0.0:0");
    });
    bot.wait_line("the host's page stays closed without HTTP_KEY");
    for path in PAGES
        .into_iter()
        .chain(["/?key=", "/?key=x", "/api/status.json"])
    {
        let refused = get(&address, path);
        assert_eq!(refused.status, 403, "{path}");
        assert!(
            refused.body.contains("HTTP_KEY=") && !refused.body.contains("rink"),
            "{path}"
        );
    }
    assert_eq!(get(&address, "/metrics").status, 200);
}

#[test]
fn a_web_page_cannot_reach_the_page_under_a_name_of_its_own() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "The rink opens at nine.\n",
    )
    .unwrap();
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    for path in PAGES
        .into_iter()
        .chain(["/metrics", "/api/status.json", "/style.css"])
    {
        let refused = send(&address, "GET", path, &["Host: evil.example:9090"], b"");
        assert_eq!(refused.status, 421, "{path}");
    }
    for lines in [
        &["Origin: http://evil.example"][..],
        &["Origin: null"],
        &["Sec-Fetch-Site: cross-site"],
        &[],
    ] {
        assert_eq!(
            send(&address, "POST", "/article", lines, b"").status,
            403,
            "{lines:?}"
        );
    }
}
