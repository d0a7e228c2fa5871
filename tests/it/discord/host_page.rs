//! The page for whoever hosts the bot: what it shows, and who may see it.

use crate::discord::{QUESTION, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{BOB, Options, PATIENCE, StandIn};
use pullquote_store::{Counts, DayCount, Location, NewArticle, NewQuestion, Store};
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
fn how_often_an_article_was_quoted_outlives_the_bot() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, text) in [
        ("rink.md", "# Rink\n\nThe skating rink opens at nine.\n"),
        ("bus.md", "# Bus\n\nThe bus to the market leaves at noon.\n"),
    ] {
        fs::write(knowledge.path().join(name), text).unwrap();
    }
    {
        let (discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
        let question = json!({"question": "When does the skating rink open?"});
        discord.member(BOB).slash("ask", question).answer();
        get_with(&address, "/", "1 question from ");
    }
    let (_discord, bot, address) = start(knowledge.path(), data.path(), |_| {});
    let quoted = get(&address, "/article?path=rink.md");
    check_page(&quoted);
    for part in ["<dt>Quoted</dt><dd>1</dd>", "Last quoted"] {
        assert!(quoted.body.contains(part), "{part}: {}", quoted.body);
    }
    let list = get(&address, "/articles?show=never-quoted").body;
    assert!(
        list.contains("bus.md") && !list.contains("rink.md"),
        "{list}"
    );
    assert!(list.contains("the last 90 days"), "{list}");
    drop(bot);
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |command| {
        command.env("KEEP_QUESTIONS_DAYS", "0");
    });
    let list = get(&address, "/articles");
    check_page(&list);
    assert!(
        list.body.contains("KEEP_QUESTIONS_DAYS is 0"),
        "{}",
        list.body
    );
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
        by_several: false,
    };
    let today = i64::try_from(
        std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap()
            .as_secs()
            / 86_400,
    )
    .unwrap();
    let questions = (1..=1_000).map(|at| question(at, 7)).chain([
        question(1_000, 8),
        question(2_000, 9),
        question(2_001, 9),
    ]);
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
        ..Counts::default()
    };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::new(Location::Folder(data.path().to_owned()));
        store.count(&counts).await.unwrap();
        let own = NewArticle {
            server: 9,
            path: "own.md",
            content: b"The pool opens at ten.",
            link: None,
            by: 1,
            at: 1,
        };
        store.put(&own, None).await.unwrap();
    });
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    let first = get(&address, "/unanswered");
    check_page(&first);
    // Those of a server that has articles of its own are for its managers.
    assert!(
        !first.body.contains(&word(2_000))
            && first.body.contains("2 more questions of 1 server are not"),
        "{}",
        first.body
    );
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

/// Linux has all addresses of the loopback network; other systems have only one.
#[cfg(target_os = "linux")]
#[test]
fn who_guesses_keys_locks_nobody_else_out() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let article = knowledge.path().join("rink.md");
    fs::write(article, "The rink opens at nine.\n").unwrap();
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |command| {
        command.env("HTTP_KEY", KEY);
    });
    let visit = async |from: [u8; 4], key: &str| {
        let client = reqwest::Client::builder()
            .local_address(std::net::IpAddr::from(from))
            .redirect(reqwest::redirect::Policy::none());
        let page = format!("http://{address}/?key={key}");
        let reply = client.build().unwrap().get(page).send().await;
        reply.unwrap().status().as_u16()
    };
    let (stranger, host) = ([127, 0, 0, 2], [127, 0, 0, 3]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        for _ in 0..12 {
            visit(stranger, "wrong").await;
        }
        assert_eq!(visit(stranger, KEY).await, 429);
        assert_eq!(visit(host, KEY).await, 303);
    });
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

/// Sends a form as a browser does.
pub fn post(address: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
    let encoded = |text: &str| {
        let letter = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(letter).collect::<String>()
    };
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)));
    let body = pairs.collect::<Vec<_>>().join("&");
    let lines = [
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/x-www-form-urlencoded",
    ];
    send(address, "POST", path, &lines, body.as_bytes())
}

/// Uploads a file as a browser does.
fn upload(address: &str, name: &str, content: &[u8], fields: &[(&str, &str)]) -> Reply {
    let mut body = Vec::new();
    for (field, value) in fields {
        let part =
            format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(content);
    body.extend(b"\r\n--b--\r\n");
    let lines = [
        "Sec-Fetch-Site: same-origin",
        "Content-Type: multipart/form-data; boundary=b",
    ];
    send(address, "POST", "/upload", &lines, &body)
}

/// The value of a hidden field on a page.
pub fn hidden(page: &Reply, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let rest = page
        .body
        .split(&field)
        .nth(1)
        .unwrap_or_else(|| panic!("no {name}: {}", page.body));
    rest.split('"').next().unwrap().to_owned()
}

/// Follows the redirect after a change.
#[track_caller]
pub fn follow(address: &str, reply: &Reply) -> Reply {
    assert_eq!(reply.status, 303, "{}", reply.body);
    let page = get(address, reply.header("location"));
    check_page(&page);
    page
}

#[test]
fn an_article_is_written_changed_and_undone() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "# The rink\n\nThe rink opens at nine.\n",
    )
    .unwrap();
    let (discord, _bot, address) = start(knowledge.path(), data.path(), |command| {
        command.env("KNOWLEDGE_WATCH", "off");
    });
    let on_disk = |name: &str| fs::read_to_string(knowledge.path().join(name)).unwrap_or_default();
    check_page(&get(&address, "/edit"));
    check_page(&get(
        &address,
        "/edit?question=Where+is+%3C%2Ftextarea%3E%3F",
    ));

    // The preview says how it is read, and changes nothing.
    let text = "# Sauna\r\n\r\nThe sauna is warm on Fridays.\r\n\r\n<script>alert(1)</script>\r\n";
    let new = [("name", ""), ("text", text), ("action", "preview")];
    let previewed = post(&address, "/edit", &new);
    check_page(&previewed);
    assert!(
        previewed.body.contains("As it is read") && previewed.body.contains("on Fridays"),
        "{}",
        previewed.body
    );
    let fragment = post(&address, "/preview", &new);
    assert!(
        fragment.body.contains("on Fridays") && !fragment.body.contains("<html"),
        "{}",
        fragment.body
    );
    assert!(!fragment.body.contains("<script"), "{}", fragment.body);
    assert_eq!(on_disk("sauna.md"), "");

    // Saved, it answers at once; the same form again changes nothing.
    let new = [("name", ""), ("text", text), ("action", "save")];
    let page = follow(&address, &post(&address, "/edit", &new));
    assert!(
        page.body.contains("It answers questions now") && page.body.contains("Undo"),
        "{}",
        page.body
    );
    assert!(on_disk("sauna.md").starts_with("# Sauna\n\nThe sauna"));
    let bob = discord.member(BOB);
    let asked = bob.slash("ask", json!({"question": "When is the sauna warm?"}));
    assert!(asked.answer().message().text().contains("Fridays"));
    let again = follow(&address, &post(&address, "/edit", &new));
    assert!(!again.body.contains("Undo"), "{}", again.body);
    let other = [
        ("name", "sauna.md"),
        ("text", "Another sauna."),
        ("action", "save"),
    ];
    let refused = post(&address, "/edit", &other);
    assert_eq!(refused.status, 409);
    assert!(
        refused.body.contains("already") && refused.body.contains("Another sauna."),
        "{}",
        refused.body
    );

    // Changed, and the change undone.
    let editor = get(&address, "/edit?path=rink.md");
    check_page(&editor);
    let version = hidden(&editor, "version");
    let change = |text: &str| {
        let fields = [
            ("path", "rink.md"),
            ("version", version.as_str()),
            ("text", text),
            ("action", "save"),
        ];
        post(&address, "/edit", &fields)
    };
    let page = follow(&address, &change("# The rink\n\nThe rink opens at ten.\n"));
    assert!(page.body.contains("at ten"), "{}", page.body);
    let undo = hidden(&page, "change");
    // Somebody else has the old version open.
    let refused = change("# The rink\n\nThe rink opens at noon.\n");
    assert_eq!(refused.status, 409);
    assert!(
        refused.body.contains("has changed meanwhile") && refused.body.contains("at noon"),
        "{}",
        refused.body
    );
    assert!(on_disk("rink.md").contains("at ten"));
    let undone = follow(&address, &post(&address, "/undo", &[("change", &undo)]));
    assert!(
        undone.body.contains("The change was undone"),
        "{}",
        undone.body
    );
    assert!(on_disk("rink.md").contains("at nine"));
    assert_eq!(
        post(&address, "/undo", &[("change", &undo)]).status,
        400,
        "only once"
    );

    // A change on disk meanwhile is not overwritten by an undo.
    let page = follow(
        &address,
        &change("# The rink\n\nThe rink opens at eleven.\n"),
    );
    fs::write(knowledge.path().join("rink.md"), "Mine.\n").unwrap();
    let refused = post(&address, "/undo", &[("change", &hidden(&page, "change"))]);
    assert_eq!(
        (refused.status, on_disk("rink.md").as_str()),
        (409, "Mine.\n")
    );
}

#[test]
fn no_form_writes_outside_the_folder_or_too_much() {
    let (around, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let knowledge = around.path().join("knowledge");
    fs::create_dir(&knowledge).unwrap();
    fs::write(knowledge.join("rink.md"), "The rink opens at nine.\n").unwrap();
    fs::write(around.path().join("secret.md"), "Secret.\n").unwrap();
    let (_discord, _bot, address) = start(&knowledge, data.path(), |_| {});
    let save = |path: &str, name: &str, text: &str| {
        post(
            &address,
            "/edit",
            &[
                ("path", path),
                ("name", name),
                ("text", text),
                ("action", "save"),
            ],
        )
    };
    for path in [
        "../secret.md",
        "/etc/cron.d/x.md",
        ".hidden.md",
        "a/../../secret.md",
        "a\\b.md",
        "..",
        "x\0.md",
    ] {
        let refused = save(path, "", "Mine.");
        assert_eq!(refused.status, 400, "{path}: {}", refused.body);
    }
    // A name is only a name.
    for (name, expected) in [
        ("../../Opening Hours.md", "opening-hours.md"),
        ("C:\\boot.txt", "boot.txt"),
        (".hidden", "hidden.md"),
        ("<script>.md", "script.md"),
    ] {
        let page = follow(
            &address,
            &save("", name, &format!("The text of {expected}.")),
        );
        assert!(page.body.contains(expected), "{name}: {}", page.body);
        assert!(knowledge.join(expected).exists(), "{name}");
    }
    assert_eq!(save("", "", "  ").status, 400);
    assert_eq!(save("", "large.md", &"word ".repeat(250_000)).status, 413);
    assert_eq!(
        save("", "larger.md", &"word ".repeat(1_500_000)).status,
        413
    );
    let names = |dir: &Path| fs::read_dir(dir).unwrap().count();
    assert_eq!((names(around.path()), names(&knowledge)), (2, 5));
    assert_eq!(
        fs::read_to_string(around.path().join("secret.md")).unwrap(),
        "Secret.\n"
    );

    let uploaded = upload(
        &address,
        "../../Bus Times.txt",
        b"The bus leaves at eight.\n",
        &[],
    );
    let page = follow(&address, &uploaded);
    assert!(
        page.body.contains("bus-times.txt") && page.body.contains("leaves at eight"),
        "{}",
        page.body
    );
    assert!(knowledge.join("bus-times.txt").exists());
    follow(
        &address,
        &upload(
            &address,
            "bus-times.txt",
            b"The bus leaves at eight.\n",
            &[],
        ),
    );
    assert_eq!(
        upload(&address, "bus-times.txt", b"Another.", &[]).status,
        409
    );
    let version = hidden(&get(&address, "/article?path=bus-times.txt"), "version");
    let instead = [("path", "bus-times.txt"), ("version", version.as_str())];
    let page = follow(
        &address,
        &upload(&address, "x.txt", b"The bus leaves at nine.\n", &instead),
    );
    assert!(page.body.contains("leaves at nine"), "{}", page.body);
    let undone = post(&address, "/undo", &[("change", &hidden(&page, "change"))]);
    follow(&address, &undone);
    assert!(
        fs::read_to_string(knowledge.join("bus-times.txt"))
            .unwrap()
            .contains("eight")
    );
    assert_eq!(upload(&address, "virus.exe", b"MZ", &[]).status, 400);
    assert_eq!(upload(&address, "", b"", &[]).status, 400);
    assert_eq!(
        upload(&address, "large.txt", &vec![b'x'; 21 << 20], &[]).status,
        413
    );
    let damaged = send(
        &address,
        "POST",
        "/upload",
        &["Sec-Fetch-Site: same-origin"],
        b"x",
    );
    assert_eq!(damaged.status, 400);
    let lines = ["Sec-Fetch-Site: same-origin", "Transfer-Encoding: chunked"];
    let broken = send(&address, "POST", "/edit", &lines, b"no chunk");
    assert_eq!(broken.status, 400);
    assert!(
        broken.body.contains("did not arrive as a whole"),
        "{}",
        broken.body
    );
    assert_eq!(post(&address, "/nowhere", &[]).status, 404);
    // A file that cannot be read says so.
    let page = follow(&address, &upload(&address, "broken.pdf", b"no PDF", &[]));
    assert!(
        page.body.contains("Saved, but it cannot be used"),
        "{}",
        page.body
    );
}

#[test]
fn eight_slow_visitors_keep_nobody_from_being_answered() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "The rink opens at nine.\n",
    )
    .unwrap();
    let (discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    // A form that never arrives.
    let stalled = || {
        let mut socket = TcpStream::connect(&address).unwrap();
        let head = format!(
            "POST /edit HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 100\r\n\r\ntext="
        );
        socket.write_all(head.as_bytes()).unwrap();
        socket
    };
    let mut slow: Vec<TcpStream> = (0..8).map(|_| stalled()).collect();
    let end = Instant::now() + PATIENCE;
    loop {
        let refused = get(&address, "/");
        if refused.status == 503 {
            assert!(
                refused.body.contains("too many pages at once"),
                "{}",
                refused.body
            );
            break;
        }
        assert!(Instant::now() < end, "no page is refused");
        // The page may have come before one of them, which was refused instead.
        slow.push(stalled());
    }
    assert_eq!(get(&address, "/healthz").status, 200);
    let asked = discord
        .member(BOB)
        .slash("ask", json!({"question": "When does the rink open?"}));
    assert!(asked.answer().message().text().contains("nine"));
    drop(slow);
    while get(&address, "/").status != 200 {
        assert!(Instant::now() < end, "the page stays closed");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Strangers cannot change anything: every door that writes asks the guard.
#[test]
fn no_form_is_taken_from_strangers() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "The rink opens at nine.\n",
    )
    .unwrap();
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |command| {
        command.env("HTTP_KEY", KEY);
    });
    for path in ["/edit", "/preview", "/undo", "/upload"] {
        for lines in [
            &["Sec-Fetch-Site: same-origin"][..],
            &["Origin: http://evil.example"],
            &[],
        ] {
            assert_eq!(
                send(&address, "POST", path, lines, b"name=x&text=x").status,
                403,
                "{path}"
            );
        }
    }
    assert_eq!(fs::read_dir(knowledge.path()).unwrap().count(), 1);
}
