//! Sources that a server's managers add inside Discord.

use super::site::{Asked, Page, Site};
use super::{Host, contains, ferries, ferry};
use crate::discord::start_with;
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, BOB, HELPERS_ROLE, Member, OTHER_SERVER, Options, PATIENCE, SERVER, StandIn, permission,
};
use crate::support::postgres::Database;
use serde_json::json;
use std::path::Path;
use std::time::Instant;
use tempfile::TempDir;

fn start() -> (TempDir, StandIn, Bot) {
    let data = tempfile::tempdir().unwrap();
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", data.path());
    });
    (data, discord, bot)
}

pub(super) fn manager(discord: &StandIn) -> Member<'_> {
    discord.member(ALICE).with(permission::MANAGE_SERVER)
}

/// Enters an address, and returns what the bot has understood.
fn add(manager: &Member<'_>, address: &str) -> Message {
    let form = manager.slash("knowledge add", json!({}));
    let sent = manager.submit_all(&form, &json!({"files": [], "address": address}));
    let answer = sent.answer();
    assert_eq!(answer.kind, 5, "the member sees that the bot is at work");
    answer.message().clone()
}

pub(super) fn confirm(manager: &Member<'_>, card: &Message) {
    assert_eq!(card.buttons(), ["Add", "Cancel"], "{}", card.text());
    let added = manager.click(card, "Add").answer();
    contains(&added.message().text(), &["Added. I now quote it"]);
}

pub(super) fn ask(member: &Member<'_>, question: &str) -> String {
    let asked = member.slash("ask", json!({"question": question, "private": true}));
    asked.answer().message().text()
}

/// The card of the only source of the server.
pub(super) fn open(manager: &Member<'_>) -> Message {
    let list = manager.slash("knowledge list", json!({})).answer();
    let list = list.message().clone();
    let menu = list.part("Open a source");
    let key = menu["options"][0]["value"].as_str().unwrap().to_owned();
    let picked = manager.select(&list, "Open a source", &[&key]).answer();
    picked.message().clone()
}

/// Looks at the only source of the server, and waits until that has changed so many pages.
pub(super) fn sync(manager: &Member<'_>, bot: &Bot, changes: &str) -> String {
    let card = open(manager);
    let looking = manager.click(&card, "Look at it now").answer();
    contains(&looking.message().text(), &["I'm looking at it"]);
    bot.wait_line(&format!("a source of a server: {changes}"))
}

#[test]
fn a_sitemap_is_shown_then_confirmed_then_quoted_and_looked_at_again() {
    let (data, discord, mut bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let site = ferries(&["red", "blue"]);
    let card = add(&manager, &site.address("/sitemap.xml"));
    assert!(card.ephemeral);
    contains(
        &card.text(),
        &["Sitemap", "every day", "The red ferry", "The blue ferry"],
    );
    let question = "When does the red ferry leave?";
    assert!(!ask(&bob, question).contains("at seven"));
    confirm(&manager, &card);
    contains(&ask(&bob, question), &["at seven", &site.address("/red")]);
    let elsewhere = bob.clone().in_server(OTHER_SERVER);
    assert!(!ask(&elsewhere, question).contains("at seven"));
    // Twice, and by somebody who may not.
    let twice = manager.click(&card, "Add").answer();
    contains(&twice.message().text(), &["added or cancelled before"]);
    let again = add(&manager, &site.address("/sitemap.xml"));
    contains(&again.text(), &["a source of this server already"]);
    let shown = open(&manager);
    contains(
        &shown.text(),
        &[
            "2 new or changed, 0 unchanged, 0 skipped, 0 gone",
            "again in",
        ],
    );
    let refused = bob.click(&shown, "Remove").answer();
    contains(&refused.message().text(), &["Manage Server"]);

    // What has changed is read, and nothing else.
    site.asked();
    site.has("/red", ferry("red", "noon").etag("red 2"));
    sync(&manager, &bot, "1 taken, 1 unchanged, 0 skipped, 0 gone");
    contains(&ask(&bob, question), &["at noon"]);
    let pages = site
        .asked()
        .into_iter()
        .filter(|asked| asked.path == "/blue");
    assert!(pages.into_iter().all(|asked| asked.conditional));
    let line = sync(&manager, &bot, "0 taken, 2 unchanged, 0 skipped, 0 gone");
    contains(&line, &["parsed=0"]);

    // What is kept of it leaves and goes with the server.
    bot.signal("TERM");
    bot.wait_exit();
    let export = data.path().join("export");
    run(
        data.path(),
        &[
            "data",
            "export",
            "--server",
            &SERVER.to_string(),
            export.to_str().unwrap(),
        ],
    );
    let json = std::fs::read_to_string(export.join("server.json")).unwrap();
    contains(&json, &["article_source", "sitemap.xml"]);
    run(
        data.path(),
        &["data", "delete", "--server", &SERVER.to_string(), "--yes"],
    );
    discord.pass(std::time::Duration::from_secs(10));
    let _bot = Bot::run(&discord, |command| {
        command.env("DATA_DIR", data.path());
    });
    discord.wait_resumes(1);
    assert!(!ask(&bob, question).contains("at noon"));
    let list = manager.slash("knowledge list", json!({})).answer();
    contains(&list.message().text(), &["no articles of its own yet"]);
}

/// Runs a command of the program on a data folder.
fn run(data: &Path, arguments: &[&str]) {
    let mut command = crate::support::program();
    command.env_clear().env("DATA_DIR", data).args(arguments);
    let output = command.output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{text}");
}

#[test]
fn a_list_that_was_cut_off_removes_nothing_and_what_is_gone_goes() {
    let (_data, discord, bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let site = ferries(&["red", "blue", "green", "black", "white"]);
    confirm(&manager, &add(&manager, &site.address("/sitemap.xml")));
    let whole = site.sitemap(["/red", "/blue", "/green", "/black", "/white"].map(|it| (it, "")));
    let cut = whole.split("/blue").next().unwrap().to_owned();
    site.has("/sitemap.xml", Page::of("application/xml", cut));
    sync(&manager, &bot, "0 taken, 1 unchanged, 4 skipped, 0 gone");
    contains(&ask(&bob, "When does the blue ferry leave?"), &["at seven"]);
    // Each page answers in its own way.
    site.has("/sitemap.xml", Page::of("application/xml", whole));
    site.has_not("/red");
    site.has("/blue", Page::status("410 Gone"));
    site.has("/green", Page::status("503 Service Unavailable"));
    let busy = Page::status("429 Too Many Requests").header("retry-after", "5");
    site.has("/black", busy);
    sync(&manager, &bot, "0 taken, 1 unchanged, 2 skipped, 2 gone");
    for (colour, answers) in [
        ("red", false),
        ("blue", false),
        ("green", true),
        ("black", true),
    ] {
        let answer = ask(&bob, &format!("When does the {colour} ferry leave?"));
        assert_eq!(
            answer.contains(&format!("[The {colour} ferry]")),
            answers,
            "{answer}"
        );
    }
    contains(&open(&manager).text(), &["Skipped:", "503", "429"]);
    // A site that is away changes nothing, and is said.
    site.has("/sitemap.xml", Page::status("500 Internal Server Error"));
    let card = open(&manager);
    manager.click(&card, "Look at it now").answer();
    bot.wait_line("a source of a server was not read");
    contains(
        &ask(&bob, "When does the white ferry leave?"),
        &["at seven"],
    );
    contains(
        &open(&manager).text(),
        &["couldn't read it the last time", "500"],
    );
}

/// A site with a sitemap of so many pages.
fn rooms(count: usize) -> Site {
    let site = Site::start();
    let paths: Vec<String> = (0..count)
        .map(|number| format!("/rooms/{number}.md"))
        .collect();
    for (number, path) in paths.iter().enumerate() {
        let text = format!(
            "# Room {number}\n\nRoom {number} belongs to the club of the number {number}.\n"
        );
        site.has(path, Page::of("text/markdown", text).etag(path));
    }
    site.lists(paths.iter().map(|path| (path.as_str(), "2026-01-01")));
    site
}

/// The requests for pages since the last call.
fn asked(site: &Site) -> Vec<Asked> {
    let asked = site.asked().into_iter();
    asked.filter(|it| it.path.starts_with("/rooms")).collect()
}

/// Asks until the answer contains a part: the first one from many articles waits for them only for a while.
fn wait_answer(member: &Member<'_>, question: &str, part: &str) {
    let begun = Instant::now();
    while !ask(member, question).contains(part) {
        assert!(begun.elapsed() < PATIENCE);
    }
}

#[test]
fn five_hundred_pages_are_read_once() {
    let (_data, discord, bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let site = rooms(503);
    let card = add(&manager, &site.address("/sitemap.xml"));
    contains(
        &card.text(),
        &[
            "Not read yet: 470",
            "And 20 more",
            "there are more than 500 pages",
        ],
    );
    assert_eq!(card.buttons(), ["Add", "Cancel"]);
    let added = manager.click(&card, "Add").answer();
    contains(
        &added.message().text(),
        &["Still to be read: 470. That takes about 7 min 50 s"],
    );
    contains(
        &ask(&bob, "Who does room 3 belong to?"),
        &["the number **3**"],
    );
    // The rest follows at once.
    let line = bot.wait_line("a source of a server: 470 taken, 30 unchanged, 3 skipped, 0 gone");
    contains(&line, &["parsed=470"]);
    wait_answer(&bob, "Who does room 417 belong to?", "the number **417**");
    site.asked();
    let line = sync(&manager, &bot, "0 taken, 500 unchanged, 3 skipped, 0 gone");
    contains(&line, &["parsed=0"]);
    let pages = asked(&site);
    assert_eq!(pages.len(), 500);
    assert!(pages.iter().all(|asked| asked.conditional));
    // They are no articles that the server's people have written.
    let list = manager.slash("knowledge list", json!({})).answer();
    contains(&list.message().text(), &["0 of at most 200", "Pages: 500"]);
}

#[test]
fn the_command_line_takes_turns_with_the_bots_that_share_a_database() {
    let Some(database) = Database::new() else {
        return;
    };
    let host = Host {
        database: Some(database.address().to_owned()),
        ..Host::new()
    };
    let site = rooms(10);
    let begun = database.numbers(NOW)[0];
    host.source(&["add", &site.address("/sitemap.xml")]);
    host.source(&["sync"]);
    let requests = i64::try_from(site.asked().len()).unwrap();
    assert!(requests > 12, "{requests}");
    let next = database.numbers(NEXT);
    assert_eq!(next.len(), 1, "one host");
    let booked = next[0] - begun;
    assert!(
        booked >= requests * 1_000,
        "{requests} requests in {booked} ms"
    );
}

/// The time of the database.
const NOW: &str = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";
/// When the site may be asked next.
const NEXT: &str = "select until from draft where token like 'host 127.0.0.2:%'";

#[test]
fn two_processes_together_ask_a_host_once_a_second() {
    let Some(database) = Database::new() else {
        return;
    };
    let start = || {
        start_with(Options::default(), |command| {
            command.env("DATABASE_URL", database.address());
        })
    };
    let ((here, _bot), (there, _other)) = (start(), start());
    let site = rooms(10);
    let begun = database.numbers(NOW)[0];
    let card = add(&manager(&here), &site.address("/sitemap.xml"));
    contains(&card.text(), &["Room 9"]);
    let card = add(&manager(&there), &site.address("/rooms/3.md"));
    contains(&card.text(), &["Room 3"]);
    // Waiting takes no time here, so the turns of both are ahead of the clock: one after the other, and one for each request.
    let requests = i64::try_from(site.asked().len()).unwrap();
    assert!(requests > 12, "{requests}");
    let next = database.numbers(NEXT);
    assert_eq!(next.len(), 1, "one host");
    let booked = next[0] - begun;
    assert!(
        booked >= requests * 1_000,
        "{requests} requests in {booked} ms"
    );
}

#[test]
fn of_two_processes_one_looks_and_both_answer() {
    let Some(database) = Database::new() else {
        return;
    };
    let start = || {
        start_with(Options::default(), |command| {
            command.env("DATABASE_URL", database.address());
        })
    };
    let ((here, bot), (there, other)) = (start(), start());
    let site = rooms(35);
    let card = add(&manager(&here), &site.address("/sitemap.xml"));
    confirm(&manager(&here), &card);
    bot.wait_line("a source of a server: 5 taken, 30 unchanged");
    let question = "Who does room 33 belong to?";
    for discord in [&here, &there] {
        wait_answer(&discord.member(BOB), question, "the number **33**");
    }
    asked(&site);
    sync(&manager(&there), &other, "0 taken, 35 unchanged");
    assert_eq!(asked(&site).len(), 35, "one process has looked");
    let looks = |bot: &Bot| {
        let lines = bot.lines();
        let looks = lines
            .iter()
            .filter(|line| line.contains("a source of a server:"));
        looks.count()
    };
    assert_eq!((looks(&bot), looks(&other)), (1, 1));
}

#[test]
fn a_source_is_looked_at_again_when_its_time_has_come() {
    let Some(database) = Database::new() else {
        return;
    };
    let start = || {
        start_with(Options::default(), |command| {
            command.env("DATABASE_URL", database.address());
        })
    };
    let (discord, mut bot) = start();
    let site = ferries(&["red"]);
    let card = add(&manager(&discord), &site.address("/sitemap.xml"));
    confirm(&manager(&discord), &card);
    bot.signal("TERM");
    bot.wait_exit();
    // Tomorrow is one that ends by then.
    database.execute("update article_source set due = due - 27 * 60 * 60 * 1000");
    site.asked();
    site.has("/red", ferry("red", "noon"));
    let (discord, bot) = start();
    bot.wait_line("a source of a server: 1 taken, 0 unchanged");
    let question = "When does the red ferry leave?";
    contains(&ask(&discord.member(BOB), question), &["at noon"]);
    contains(&open(&manager(&discord)).text(), &["again in"]);
}

#[test]
fn a_server_has_ten_sources_at_most() {
    let data = tempfile::tempdir().unwrap();
    let discord = StandIn::start(Options::default());
    let site = Site::start();
    site.has(
        "/page.md",
        Page::of("text/markdown", "# Pier\n\nThe pier is long.\n"),
    );
    let map = site.sitemap([("/page.md", "")]);
    let mut left = 1..=11;
    let mut last = String::new();
    // A server may add five a minute, which a process counts.
    for _ in 0..3 {
        let _bot = Bot::run(&discord, |command| {
            command.env("DATA_DIR", data.path());
        });
        discord.wait_ready();
        let manager = manager(&discord);
        for number in left.by_ref().take(4) {
            let path = format!("/{number}.xml");
            site.has(&path, Page::of("application/xml", map.clone()));
            let card = add(&manager, &site.address(&path));
            last = card.text();
            if number <= 10 {
                confirm(&manager, &card);
            }
        }
        discord.pass(std::time::Duration::from_secs(5));
    }
    contains(&last, &["This server has 10 sources", "Remove one first"]);
}

#[test]
fn what_is_at_an_address_is_recognized_by_its_content() {
    let (_data, discord, _bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let site = Site::start();
    let entry = |name: &str, text: &str| {
        format!(
            "<entry><title>{name}</title><link href=\"/{name}\"/><content type=\"html\">&lt;p&gt;{text}&lt;/p&gt;</content></entry>"
        )
    };
    // Both entries have the title of the other page.
    let entries =
        entry("tide", "The tide turns at eight.") + &entry("Tide", "The tide pool opens at nine.");
    let feed = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{entries}</feed>");
    site.has("/news", Page::of("text/html", feed));
    let card = add(&manager, &site.address("/news"));
    contains(&card.text(), &["Feed"]);
    confirm(&manager, &card);
    contains(&ask(&bob, "When does the tide turn?"), &["at eight"]);
    contains(&ask(&bob, "When does the tide pool open?"), &["at nine"]);
    // A repository on a host of its own says what it is.
    let front = "<html><head><meta name=\"keywords\" content=\"go,git,self-hosted,gitea\"></head><body>club/wiki</body></html>";
    site.has("/club/wiki", Page::of("text/html", front));
    let files = [
        (
            "wiki/docs/rink.md",
            "# Rink\n\nThe skating rink opens at six.\n",
        ),
        ("wiki/logo.svg", "<svg/>"),
    ];
    site.has(
        "/club/wiki/archive/main.zip",
        Page::of("application/zip", super::archives::zip(&files)),
    );
    let card = add(&manager, &site.address("/club/wiki"));
    contains(&card.text(), &["Git repository", "Rink"]);
    confirm(&manager, &card);
    let file = site.address("/club/wiki/src/branch/main/docs/rink.md");
    contains(
        &ask(&bob, "When does the skating rink open?"),
        &["at six", &file],
    );
    // A page stays a page.
    site.has(
        "/page",
        Page::html("Bakery", "<p>The bakery opens at five.</p>"),
    );
    let card = add(&manager, &site.address("/page"));
    assert!(!card.text().contains("every day"), "{}", card.text());
    confirm(&manager, &card);
    contains(&ask(&bob, "When does the bakery open?"), &["at five"]);
}

#[test]
fn nothing_of_a_source_leads_to_a_private_host() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    let (site, private) = (ferries(&["red"]), Site::private());
    let secret = format!("http://127.0.0.1:{}/", private.port());
    site.has("/away", Page::redirect(&secret));
    site.has("/round", Page::redirect(&site.address("/away")));
    site.lists([
        ("/red", ""),
        ("/away", ""),
        ("/round", ""),
        (secret.as_str(), ""),
    ]);
    let card = add(&manager, &site.address("/sitemap.xml"));
    contains(
        &card.text(),
        &[
            "The red ferry",
            "Not added:",
            "/away",
            "/round",
            "not public",
            "another host",
        ],
    );
    let refused = add(&manager, &site.address("/round"));
    contains(&refused.text(), &["not an address that I can read"]);
    assert!(refused.buttons().is_empty());
    // A list may be where no list should be.
    let index = format!("<sitemapindex><sitemap><loc>{secret}</loc></sitemap></sitemapindex>");
    site.has("/index.xml", Page::of("application/xml", index));
    let refused = add(&manager, &site.address("/index.xml"));
    contains(&refused.text(), &["another host"]);
    assert!(refused.buttons().is_empty());
    assert_eq!(private.asked(), []);
}

#[test]
fn a_source_is_for_some_members_and_can_be_removed_and_brought_back() {
    let (_data, discord, bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let helper = bob.clone().with_role(HELPERS_ROLE);
    let site = ferries(&["red"]);
    confirm(&manager, &add(&manager, &site.address("/sitemap.xml")));
    let card = open(&manager);
    let form = manager.click(&card, "Who may see it");
    let values = json!({"roles": [HELPERS_ROLE.to_string()], "channels": []});
    let gated = manager.submit_all(&form, &values).answer();
    contains(&gated.message().text(), &[&format!("<@&{HELPERS_ROLE}>")]);
    // For what comes later, too.
    site.has("/blue", ferry("blue", "seven"));
    site.lists([("/red", ""), ("/blue", "")]);
    sync(&manager, &bot, "1 taken, 1 unchanged, 0 skipped, 0 gone");
    for colour in ["red", "blue"] {
        let question = format!("When does the {colour} ferry leave?");
        assert!(!ask(&bob, &question).contains("at seven"));
        contains(&ask(&helper, &question), &["at seven"]);
    }
    let question = "When does the blue ferry leave?";
    let removed = manager.click(&open(&manager), "Remove").answer();
    assert!(!ask(&helper, question).contains("at seven"));
    let back = manager.click(removed.message(), "Undo").answer();
    contains(&back.message().text(), &["It's back."]);
    contains(&ask(&helper, question), &["at seven"]);
    assert!(!ask(&bob, question).contains("at seven"));
    contains(&open(&manager).text(), &["1 new or changed"]);
}
