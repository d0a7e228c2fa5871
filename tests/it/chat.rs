//! `pullquote chat --server`: whoever sits at the terminal manages a server, with the commands and cards of Discord.

use crate::support::discord::SERVER;
use pullquote_store::{Counts, DayCount, Location, NewQuestion, Store};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::SystemTime;
use tempfile::TempDir;

const QUESTION: &str = "When does the skating rink open?";

/// A folder of shared articles beside one for what is kept.
fn folders() -> (TempDir, TempDir) {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let door = "# Door\n\nThe door is red.\n";
    fs::write(knowledge.path().join("door.md"), door).unwrap();
    (knowledge, data)
}

/// Types lines into a session that manages the server.
fn chat(knowledge: &Path, data: &Path, lines: &[&str]) -> Output {
    let mut child = crate::support::program()
        .env_clear()
        .env("LC_ALL", "en_GB.UTF-8")
        .env("DATA_DIR", data)
        .env("XDG_STATE_HOME", knowledge.join("state"))
        .current_dir(std::env::temp_dir())
        .arg("--knowledge")
        .arg(knowledge)
        .args(["chat", "--server", &SERVER.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // It may have refused to start.
    let _ = input.write_all(format!("{}\n", lines.join("\n")).as_bytes());
    drop(input);
    child.wait_with_output().unwrap()
}

fn shown(knowledge: &Path, data: &Path, lines: &[&str]) -> String {
    let output = chat(knowledge, data, lines);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The number of a button or option in what was shown last with that label.
fn number(shown: &str, label: &str) -> String {
    let before = shown.rsplit_once(&format!("] {label}")).expect(label).0;
    before.rsplit_once('[').unwrap().1.to_owned()
}

#[test]
fn options_have_names_and_files_that_cannot_be_read_are_named() {
    let (knowledge, data) = folders();
    let text = shown(
        knowledge.path(),
        data.path(),
        &[
            "/ask question: What colour is the door?",
            "/knowledge try question: What colour is the door? role: 7",
            "/knowledge add",
            "/nowhere/rink.md",
            "/nowhere/rink.md",
        ],
    );
    assert_eq!(text.matches("The door is red.").count(), 2, "{text}");
    assert!(text.contains("@7"), "{text}");
    assert!(text.contains("cannot read `/nowhere/rink.md`"), "{text}");
}

#[test]
fn a_follow_up_shows_what_was_asked_and_is_explained() {
    let (knowledge, data) = folders();
    let codes = "---\nsource: https://codes.example/all\n---\n# Fault codes\n\n## E1\n\nCode E1 means that the door is open.\n\n\
                 ## E2\n\nCode E2 means that the drain is blocked.\n";
    fs::write(knowledge.path().join("codes.md"), codes).unwrap();
    let lines = ["What does code E1 mean?", "and E2?"];
    let asked = "What does code E2 mean?";
    let text = shown(knowledge.path(), data.path(), &lines);
    assert!(text.contains(asked), "{text}");
    let explained = |lines: &[&str]| {
        let lines = [lines, &["/why"]].concat();
        let text = shown(knowledge.path(), data.path(), &lines);
        text.split_once("Words\n")
            .expect("an explanation")
            .1
            .to_owned()
    };
    assert_eq!(explained(&lines), explained(&[asked]));
    // Nobody reads the words that a browser scrolls to.
    assert!(text.contains("https://codes.example/all"), "{text}");
    assert!(!text.contains(":~:text="), "{text}");
}

#[test]
fn a_command_without_its_subcommand_lists_them() {
    let (knowledge, data) = folders();
    for typed in ["/knowledge", "/knowledge bogus"] {
        let text = shown(knowledge.path(), data.path(), &[typed]);
        let list = "Type one of these: /knowledge add, /knowledge write, ";
        assert!(text.contains(list), "{text}");
    }
}

#[test]
fn a_preview_shows_what_members_will_get() {
    let (knowledge, data) = folders();
    let question = "Where do I park?";
    let text = shown(
        knowledge.path(),
        data.path(),
        &[
            "/knowledge write",
            question,
            "You park behind the mill.",
            "It costs **two** euros.",
            ".",
        ],
    );
    let preview = text.split_once("I would answer:").expect("a preview").1;
    assert!(
        preview.contains("behind the mill.\n  It costs two euros."),
        "{text}"
    );
}

#[test]
fn help_lists_the_commands_of_managers() {
    let (knowledge, data) = folders();
    let text = shown(knowledge.path(), data.path(), &["/help"]);
    for line in [
        "/ask – ",
        "/knowledge list – See, edit",
        "/insights – ",
        "/why – ",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_manager_adds_files_and_texts_and_they_answer() {
    let (knowledge, data) = folders();
    let file = knowledge.path().join("rink.txt");
    fs::write(&file, "The skating rink opens at nine.").unwrap();
    // Outside the folder of articles.
    let upload = data.path().join("rink.txt");
    fs::rename(&file, &upload).unwrap();
    let add = format!("/knowledge add {}", upload.display());
    let text = shown(
        knowledge.path(),
        data.path(),
        &[
            QUESTION,
            &add,
            "1",
            QUESTION,
            "What colour is the door?",
            "/knowledge write",
            "Where do I park?",
            "Behind the",
            "old mill.",
            ".",
            "1",
            "Where do I park?",
            "/knowledge list",
            "/knowledge add no-such-file.md",
        ],
    );
    let mut rest = text.as_str();
    for part in [
        "found no answer",
        "Add to the articles of this server?",
        "Added. I now quote it",
        "opens at nine",
        "The door is red.",
        "Add to the articles of this server?",
        "Added. I now quote it",
        "old mill",
        "2 of at most 200",
        "cannot read `no-such-file.md`",
    ] {
        rest = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part}: {text}"))
            .1;
    }

    // It is what the bot has of that server, in the next session, too.
    let listed = shown(knowledge.path(), data.path(), &["/knowledge list"]);
    let open = number(&listed, "Where do I park?");
    let opened = shown(knowledge.path(), data.path(), &["/knowledge list", &open]);
    let remove = number(&opened, "Remove");
    let lines = ["/knowledge list", &open, &remove, "/knowledge list"];
    let removed = shown(knowledge.path(), data.path(), &lines);
    assert!(
        removed.contains("I no longer quote it") && removed.contains("1 of at most 200"),
        "{removed}"
    );
}

#[test]
fn a_manager_changes_settings_and_sees_what_was_asked() {
    let (knowledge, data) = folders();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let place = Location::Folder(data.path().to_owned());
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let question = NewQuestion {
        server: SERVER,
        key: 7,
        wording: QUESTION.to_owned(),
        count: 3,
        day: i64::try_from(since.as_secs() / 86_400).unwrap(),
        by_several: false,
    };
    let asked = DayCount {
        day: question.day,
        outcome: 2,
        number: 3,
    };
    let counts = Counts {
        questions: vec![question],
        asked: vec![(SERVER, asked)],
        ..Counts::default()
    };
    runtime
        .block_on(Store::new(place.clone()).count(&counts))
        .unwrap();
    let panel = shown(knowledge.path(), data.path(), &["/settings"]);
    let shared = number(&panel, "Don't quote shared articles");
    let lines = [
        "/settings",
        &shared,
        "What colour is the door?",
        "/insights",
    ];
    let text = shown(knowledge.path(), data.path(), &lines);
    assert!(
        text.contains("I don't quote them") && text.contains(QUESTION),
        "{text}"
    );
    assert!(!text.contains("The door is red."), "{text}");
    // A terminal shows no picture.
    let picture = text.split("[questions.png: ").nth(1).unwrap();
    let words: Vec<&str> = picture.split_whitespace().collect();
    assert!(words.join(" ").contains("3 asked"), "{text}");
    let more = number(&panel, "Helpers and questions");
    let second = shown(knowledge.path(), data.path(), &["/settings", &more]);
    let menu = second.split("Helpers' channel:").last().unwrap();
    let menu = menu.split_once(']').unwrap().0.rsplit_once('[').unwrap().1;
    let helpers = format!("{menu} 123");
    let chosen = shown(
        knowledge.path(),
        data.path(),
        &["/settings", &more, &helpers],
    );
    assert!(chosen.contains("#123"), "{chosen}");
    let stored = runtime.block_on(async {
        let store = Store::beside(place).await.unwrap().unwrap();
        store.settings(SERVER).await.unwrap().unwrap()
    });
    assert_eq!(stored, r#"{"shared":false,"helpers":123}"#);
    let tried = shown(
        knowledge.path(),
        data.path(),
        &["/knowledge try role:5 What colour is the door?"],
    );
    assert!(tried.contains("@5") && tried.contains("Why"), "{tried}");
}

#[test]
fn without_a_server_nobody_manages_and_a_folder_in_use_is_refused() {
    let (knowledge, data) = folders();
    let refused = crate::support::program()
        .arg("--knowledge")
        .arg(knowledge.path())
        .args(["chat", "--server", "0"])
        .output()
        .unwrap();
    assert!(!refused.status.success());
    // Another program has the data.
    shown(knowledge.path(), data.path(), &["/settings", "1"]);
    let place = Location::Folder(data.path().to_owned());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let other = Store::new(place);
    runtime.block_on(other.sweep(0)).unwrap();
    let output = chat(knowledge.path(), data.path(), &["/settings"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && error.contains("another Pullquote uses"),
        "{error}"
    );
}
