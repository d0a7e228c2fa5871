//! Walls that Cargo cannot hold: the order of rooms inside a crate, and purity of the crates without I/O.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The rooms of each crate from the ground up: a room may use those in earlier rows, never those in later ones.
/// A room is a folder or a file directly below the crate's `src`.
const FLOORS: &[(&str, &[&[&str]])] = &[
    (
        "crates/pullquote-core/src",
        &[
            &["text"],
            &["article", "semantic", "query"],
            &["index"],
            &["answer", "summary"],
            &["engine"],
            &["eval"],
        ],
    ),
    (
        "src",
        &[
            &["config"],
            &["telemetry"],
            &["http", "doctor"],
            &["bot"],
            &["cli"],
            &["main"],
        ],
    ),
];

/// Sources without I/O, clock and threads.
const PURE: &[&str] = &[
    "crates/pullquote-core/src",
    "crates/pullquote-readers/src",
    "crates/pullquote-cards/src",
    "src/doctor",
];
/// What pure code must not name.
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

/// The code of every source file below `folder` (no comments, no unit tests), by its path below it.
fn sources(folder: &str) -> BTreeMap<String, String> {
    fn walk(dir: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = BTreeMap::new();
    walk(&root, &root, &mut found);
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// `index/expand.rs` -> `index`; `engine.rs` -> `engine`.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The rooms that `code` names as `crate::room` or `crate::{room, room}`.
fn used(code: &str) -> Vec<String> {
    let joined = code.split_whitespace().collect::<Vec<_>>().join(" ");
    joined
        .split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group.split([';', '}']).next().unwrap().split(',').collect(),
            None => vec![rest],
        })
        .map(|part| {
            part.trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
        .collect()
}

#[test]
fn imports_run_one_way() {
    for (folder, floors) in FLOORS {
        let floor = |room: &str| floors.iter().position(|rooms| rooms.contains(&room));
        for (file, code) in sources(folder) {
            let here = room(&file);
            if here == "lib" {
                continue;
            }
            let Some(own) = floor(here) else {
                panic!(
                    "{folder}/{here} has no floor: add it to FLOORS and to the architecture chapter"
                );
            };
            for other in used(&code) {
                let Some(below) = floor(&other) else { continue };
                assert!(
                    other == here || below < own,
                    "{folder}/{file} uses `{other}`, which is beside or above it"
                );
            }
        }
    }
}

#[test]
fn pure_code_touches_nothing_outside() {
    for folder in PURE {
        for (file, code) in sources(folder) {
            for outside in OUTSIDE {
                assert!(!code.contains(outside), "{folder}/{file} names `{outside}`");
            }
        }
    }
}

#[test]
fn only_the_bot_knows_discord_libraries() {
    let rooms = [
        ("serenity::", &["bot"][..]),
        ("twilight_gateway::", &["bot"]),
        ("axum::", &["http"]),
        ("tokio::", &["bot", "http"]),
    ];
    for (file, code) in sources("src") {
        for (library, homes) in rooms {
            let at_home = homes.contains(&room(&file));
            assert!(
                at_home || !code.contains(library),
                "src/{file} names `{library}`"
            );
        }
    }
}

/// The machine's clock may be set while the bot runs, so waits and ages use `Instant`. `doctor` compares that clock with
/// Discord's, and files carry its time stamps.
#[test]
fn time_is_measured_by_a_clock_that_cannot_be_set() {
    for (folder, dated) in [
        ("src", "bot/inspect.rs"),
        ("crates/pullquote-library/src", "fingerprint.rs"),
        ("crates/pullquote-model/src", ""),
    ] {
        for (file, code) in sources(folder) {
            assert!(
                file == dated || !code.contains("SystemTime"),
                "{folder}/{file}"
            );
        }
    }
}

#[test]
fn main_only_hands_over() {
    let main = &sources("src")["main.rs"];
    assert!(main.lines().count() <= 60, "main.rs only hands over");
}
