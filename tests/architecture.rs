//! The walls of ARCHITECTURE.md, held by reading `src/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Rooms from the ground up: a room may use those above it in this list, never those below.
/// A room is a folder or a file directly below `src/`.
const FLOORS: &[&[&str]] = &[
    &["text", "config"],
    &["article", "meaning", "query"],
    &["index"],
    &["answer", "fit", "summary"],
    &["engine"],
    &["eval", "library", "discord"],
    &["doctor", "http"],
    &["discord/shell"],
    &["cli"],
    &["main"],
];

/// Rooms that touch nothing outside themselves.
const PURE: &[&str] = &[
    "text", "article", "meaning", "query", "index", "answer", "summary", "engine", "eval", "fit",
    "discord", "doctor",
];
/// What a pure room must not name.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io",
    "std::time",
    "std::thread",
    "tokio",
    "serenity",
    "println!",
    "eprintln!",
    "SystemTime",
    "Instant",
];

/// The code of every source file (no comments, no unit tests), by its path below `src/`.
fn sources() -> BTreeMap<String, String> {
    fn walk(dir: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let lines = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                found.insert(name, lines.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    walk(&root, &root, &mut found);
    found
}

/// `index/expand.rs` -> `index`; `engine.rs` -> `engine`. The shell of `discord` is a room of its own.
fn room(file: &str) -> &str {
    if file.starts_with("discord/shell") {
        return "discord/shell";
    }
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

fn floor(room: &str) -> usize {
    FLOORS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("`{room}` has no floor: add it to FLOORS and to ARCHITECTURE.md"))
}

/// The rooms that `code` names as `crate::room` or `pullquote::room`.
fn used(code: &str) -> Vec<String> {
    let joined = code.split_whitespace().collect::<Vec<_>>().join(" ");
    ["crate::", "pullquote::"]
        .iter()
        .flat_map(|start| joined.split(start).skip(1))
        .flat_map(|rest| {
            // `use crate::{text::Span, article::Article}` names two rooms.
            let names = rest
                .strip_prefix('{')
                .map_or(rest, |group| group.split(';').next().unwrap());
            let many = rest.starts_with('{');
            let parts: Vec<&str> = if many {
                names.split(',').collect()
            } else {
                vec![names]
            };
            parts.into_iter().map(str::to_owned).collect::<Vec<_>>()
        })
        .map(|part| {
            let part = part.trim();
            if part.starts_with("discord::shell") {
                return "discord/shell".to_owned();
            }
            part.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
        .filter(|name: &String| FLOORS.concat().contains(&name.as_str()))
        .collect()
}

#[test]
fn imports_run_one_way() {
    for (file, code) in sources() {
        let here = room(&file);
        if here == "lib" {
            continue;
        }
        for other in used(&code) {
            assert!(
                other == here || floor(&other) < floor(here),
                "src/{file} uses `{other}`, which stands beside or above it"
            );
        }
    }
}

#[test]
fn pure_rooms_touch_nothing_outside() {
    for (file, code) in sources() {
        if !PURE.contains(&room(&file)) {
            continue;
        }
        for outside in OUTSIDE {
            assert!(!code.contains(outside), "src/{file} names `{outside}`");
        }
    }
}

#[test]
fn only_shells_know_what_they_are_made_of() {
    let rooms = [
        ("serenity::", &["discord/shell"][..]),
        ("twilight_gateway::", &["discord/shell"]),
        ("axum::", &["http"]),
        ("tokio::", &["discord/shell", "http"]),
    ];
    for (file, code) in sources() {
        for (word, shells) in rooms {
            let at_home = shells.contains(&room(&file));
            assert!(at_home || !code.contains(word), "src/{file} names `{word}`");
        }
    }
}

/// The machine's clock may be set while the bot runs: whatever waits or ages goes by `Instant`. `doctor` holds that
/// clock against Discord's; files are dated by it.
#[test]
fn time_is_measured_by_a_clock_that_cannot_be_set() {
    for (file, code) in sources() {
        let dated = ["discord/shell/inspect.rs", "library/before.rs"].contains(&file.as_str());
        assert!(dated || !code.contains("SystemTime"), "src/{file}");
    }
}

#[test]
fn main_is_thin_and_every_room_is_on_the_map() {
    let sources = sources();
    let main =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 60, "main.rs only hands over");
    let map =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for file in sources.keys().filter(|file| room(file) != "lib") {
        let room = room(file);
        let named =
            map.contains(&format!("`src/{room}/`")) || map.contains(&format!("`src/{room}.rs`"));
        assert!(named, "ARCHITECTURE.md does not tell of src/{file}");
    }
}
