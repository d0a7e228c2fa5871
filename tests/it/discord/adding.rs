//! Files and pages that a server's managers add inside Discord.

use crate::discord::start_with;
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, BOB, Fault, Member, OTHER_SERVER, Options, StandIn, permission,
};
use pullquote_hostile_files as hostile;
use serde_json::json;
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;
use tempfile::TempDir;

const QUESTION: &str = "When does the skating rink open?";
const RULES: &str =
    "# Skating rink\n\n## When does the skating rink open?\n\nThe skating rink opens at nine.\n";

fn start() -> (TempDir, StandIn, Bot) {
    let data = tempfile::tempdir().unwrap();
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", data.path());
    });
    (data, discord, bot)
}

fn manager(discord: &StandIn) -> Member<'_> {
    discord.member(ALICE).with(permission::MANAGE_SERVER)
}

/// Uploads files, and returns what the bot has understood.
pub(super) fn upload(manager: &Member<'_>, files: &[&str]) -> Message {
    let form = manager.slash("knowledge add", json!({}));
    let sent = manager.submit_all(&form, &json!({"files": files, "address": ""}));
    let answer = sent.answer();
    assert_eq!(answer.kind, 5, "the member sees that the bot is at work");
    answer.message().clone()
}

/// Enters an address, and returns what the bot has understood.
fn page(manager: &Member<'_>, address: &str) -> Message {
    let form = manager.slash("knowledge add", json!({}));
    let sent = manager.submit_all(&form, &json!({"files": [], "address": address}));
    sent.answer().message().clone()
}

fn ask(member: &Member<'_>, question: &str) -> String {
    let asked = member.slash("ask", json!({"question": question, "private": true}));
    asked.answer().message().text()
}

pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn files_are_shown_then_confirmed_then_quoted() {
    let (_data, discord, _bot) = start();
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    discord.has_file("Rink Rules.md", RULES);
    let page =
        "<html><title>Bus</title><nav>Home</nav><p>The bus to the rink leaves at noon.</p></html>";
    discord.has_file("bus.html", page);
    discord.has_file("photo.png", b"\x89PNG\r\n\x1a\n\0\0".as_slice());
    let card = upload(&manager, &["Rink Rules.md", "bus.html", "photo.png"]);
    let text = card.text();
    assert!(card.ephemeral);
    for part in [
        "Skating rink",
        "rink-rules.md",
        "bus.html",
        "Not added:",
        "photo.png",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(card.buttons(), ["Add", "Cancel"]);
    assert!(!ask(&bob, QUESTION).contains("at nine"));
    let added = manager.click(&card, "Add").answer();
    assert!(added.message().text().contains("Added."));
    assert!(ask(&bob, QUESTION).contains("at nine"));
    assert!(ask(&bob, "When does the bus to the rink leave?").contains("at noon"));
    assert!(!ask(&bob.clone().in_server(OTHER_SERVER), QUESTION).contains("at nine"));

    // Twice, and after an hour.
    let twice = manager.click(&card, "Add").answer();
    assert!(twice.message().text().contains("added or cancelled before"));
    let twice = manager.click(&card, "Cancel").answer();
    assert!(twice.message().text().contains("added or cancelled before"));
}

#[test]
fn what_is_cancelled_changes_nothing() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    discord.has_file("rink.md", RULES);
    let card = upload(&manager, &["rink.md"]);
    let cancelled = manager.click(&card, "Cancel").answer();
    assert_eq!(cancelled.kind, 7);
    assert!(cancelled.message().text().contains("Nothing was added"));
    assert!(!ask(&manager, QUESTION).contains("at nine"));
    // Another manager cannot confirm what this one has uploaded, nor can this one in another server.
    let card = upload(&manager, &["rink.md"]);
    let bob = discord.member(BOB).with(permission::MANAGE_SERVER);
    for member in [bob, manager.clone().in_server(OTHER_SERVER)] {
        let refused = member.click(&card, "Add").answer();
        assert!(
            refused
                .message()
                .text()
                .contains("added or cancelled before")
        );
        assert!(!ask(&member, QUESTION).contains("at nine"));
    }
    manager.click(&card, "Add").answer();
    assert!(ask(&manager, QUESTION).contains("at nine"));
}

#[test]
fn an_export_becomes_many_articles() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    let pages: Vec<(String, String)> = (0..25)
        .map(|number| {
            let text = format!(
                "# Room {number}\n\nRoom {number} belongs to the club of the number {number}.\n"
            );
            (format!("wiki/rooms/room-{number}.md"), text)
        })
        .collect();
    let mut files: Vec<(&str, &[u8])> = pages
        .iter()
        .map(|(name, text)| (&**name, text.as_bytes()))
        .collect();
    files.push(("wiki/logo.svg", b"<svg/>"));
    files.push(("wiki/.obsidian/app.json", b"{}"));
    discord.has_file("export.zip", zip(&files));
    let card = upload(&manager, &["export.zip"]);
    let text = card.text();
    assert!(
        text.contains("rooms/room-0.md") && text.contains("And 15 more"),
        "{text}"
    );
    assert!(
        text.contains("logo.svg") && !text.contains("obsidian"),
        "{text}"
    );
    manager.click(&card, "Add").answer();
    let quoted = ask(&manager, "Who does room 17 belong to?");
    assert!(quoted.contains("rooms/room-17.md"), "{quoted}");
    let list = manager.slash("knowledge list", json!({})).answer();
    assert!(list.message().text().contains("25 of at most 200"));
}

#[test]
fn files_that_cannot_be_added_are_named_with_the_reason() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    discord.has_file("large.md", vec![b'a'; (2 << 20) + 1]);
    discord.has_file("empty.md", "");
    discord.has_file("broken.zip", b"PK\x03\x04 noise".as_slice());
    let card = upload(&manager, &["large.md", "empty.md", "broken.zip"]);
    let text = card.text();
    assert!(text.contains("Nothing of this can be an article"), "{text}");
    assert!(
        text.contains("larger than 2 MB") && text.contains("the file is empty"),
        "{text}"
    );
    assert!(
        text.contains("damaged") && card.buttons().is_empty(),
        "{text}"
    );
    // An archive may be larger, and so may files in a server that was boosted.
    discord.boost(2);
    discord.has_file("huge.zip", vec![b'P'; (20 << 20) + 1]);
    let huge = upload(&manager, &["huge.zip"]).text();
    assert!(huge.contains("larger than 20 MB"), "{huge}");
    // Discord keeps uploaded files for a while only.
    discord.has_file("rink.md", RULES);
    discord.expire_files();
    let gone = upload(&manager, &["rink.md"]).text();
    assert!(gone.contains("Upload it again"), "{gone}");
    // Neither files nor an address.
    let form = manager.slash("knowledge add", json!({}));
    let empty = manager.submit_all(&form, &json!({"files": [], "address": ""}));
    assert!(empty.answer().message().text().contains("one of the two"));
}

#[test]
fn what_takes_longer_than_a_token_is_good_for_is_logged_as_late() {
    let (_data, discord, bot) = start();
    let manager = manager(&discord);
    discord.has_file("rink.md", RULES);
    let original = Fault::on("PATCH /webhooks/*/*/messages/@original");
    discord.fault(original.status(401).code(50_027));
    let form = manager.slash("knowledge add", json!({}));
    let lost = manager.submit_all(&form, &json!({"files": ["rink.md"], "address": ""}));
    bot.wait_line("too late: the interaction has expired");
    assert!(discord.is_acknowledged(lost.id));
}

#[test]
fn hostile_files_harm_nobody() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    let files = hostile::archives()
        .chain(hostile::pdfs())
        .chain(hostile::pages());
    for (server, file) in (9_000..).zip(files.step_by(7).take(6)) {
        discord.has_file(&file.name, file.bytes);
        let elsewhere = manager.clone().in_server(server);
        let card = upload(&elsewhere, &[&file.name]);
        assert!(card.ephemeral && !card.text().is_empty());
    }
    assert!(ask(&manager, crate::discord::QUESTION).contains(crate::discord::QUOTE));
}

#[test]
fn a_server_is_added_to_a_few_times_a_minute() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    discord.has_file("rink.md", RULES);
    for _ in 0..5 {
        assert_eq!(upload(&manager, &["rink.md"]).buttons()[0], "Add");
    }
    let refused = upload(&manager, &["rink.md"]).text();
    assert!(refused.contains("asking too fast"), "{refused}");
}

#[test]
fn of_two_managers_the_second_sees_what_changed() {
    let (_data, discord, _bot) = start();
    let alice = manager(&discord);
    let bob = discord.member(BOB).with(permission::MANAGE_SERVER);
    discord.has_file("rink.md", RULES);
    let first = upload(&alice, &["rink.md"]);
    discord.has_file("rink.md", RULES.replace("nine", "ten"));
    let second = upload(&bob, &["rink.md"]);
    alice.click(&first, "Add").answer();
    let changed = bob.click(&second, "Add").answer();
    let text = changed.message().text();
    assert!(text.contains("have changed in the meantime"), "{text}");
    assert!(text.contains("new: 1, gone: 1"), "{text}");
    assert!(ask(&bob, QUESTION).contains("at nine"));
    let replaced = bob.click(changed.message(), "Replace").answer();
    assert!(replaced.message().text().contains("Added."));
    assert!(ask(&bob, QUESTION).contains("at ten"));
}

/// Serves a page on 127.0.0.2, which plays a public host.
fn serve(body: &str) -> u16 {
    let listener = TcpListener::bind(("127.0.0.2", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let length = body.len();
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 2_048]);
            let _ = stream.write_all(response.as_bytes());
        }
    });
    port
}

#[test]
#[cfg(target_os = "linux")]
fn a_page_is_added_by_its_address_with_a_link_to_it() {
    let (_data, discord, _bot) = start();
    let manager = manager(&discord);
    let port = serve(
        "<html><title>Rink</title><body><p>The skating rink opens at nine.</p></body></html>",
    );
    let address = format!("http://127.0.0.2:{port}/rink");
    let card = page(&manager, &address);
    assert!(card.text().contains("Rink"), "{}", card.text());
    manager.click(&card, "Add").answer();
    let quoted = ask(&manager, QUESTION);
    assert!(
        quoted.contains("at nine") && quoted.contains(&address),
        "{quoted}"
    );
    // What only this machine can reach.
    let private = [
        format!("http://127.0.0.1:{port}/rink"),
        format!("http://localhost:{port}/rink"),
        "http://[::1]/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "the page about the rink".to_owned(),
    ];
    for (server, address) in (9_000..).zip(private) {
        let refused = page(&manager.clone().in_server(server), &address).text();
        let reason = "not an address that I can read";
        assert!(refused.contains(reason), "{address}: {refused}");
    }
}
