//! Rules that Cargo cannot enforce: the layers of modules inside a crate, and no I/O in pure crates.

use crate::paths::Crate;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The layers of each crate, lowest first. A module may use modules of lower layers only. A module here is a folder or file
/// directly below the crate's `src`.
const LAYERS: &[(&str, &[&[&str]])] = &[
    (
        "crates/pullquote-core/src",
        &[
            &["text"],
            &["article", "semantic", "query"],
            &["index"],
            &["answer"],
            &["summary"],
            &["about"],
            &["engine"],
            &["eval"],
        ],
    ),
    (
        "src",
        &[
            &["config", "lock", "permissions", "questions"],
            &["telemetry"],
            &["doctor", "download", "fetch"],
            &["machine", "sources"],
            &["http"],
            &["bot"],
            &["cli"],
            &["main"],
        ],
    ),
];

/// Crates without I/O, clocks and threads.
const PURE: &[&str] = &[
    "crates/pullquote-core/src",
    "crates/pullquote-readers/src",
    "crates/pullquote-cards/src",
    "crates/pullquote-insights/src",
    "crates/pullquote-sources/src",
    "crates/pullquote-page/src",
];
/// Modules of the program without them.
const PURE_MODULES: &[&str] = &["doctor", "permissions"];
/// What pure code must not name. One word stands for everything of that name, wherever it comes from.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io",
    "std::thread",
    "tokio",
    "serenity",
    "print",
    "println",
    "eprint",
    "eprintln",
    "SystemTime",
    "Instant",
];

/// Parts of `std::io` that concern bytes in memory only: something to read from still has to be opened elsewhere.
const IN_MEMORY: &[&str] = &["std::io::Cursor", "std::io::Read"];

/// Whether a path leads to this, or to what is in it.
fn leads_to(path: &[String], what: &str) -> bool {
    match what.split("::").collect::<Vec<_>>()[..] {
        [word] => path.iter().any(|segment| segment == word),
        ref what => path.len() >= what.len() && path.iter().zip(what).all(|(a, b)| a == b),
    }
}

/// The paths that each file in `folder` names, by the file without its ending; a `mod.rs` by its folder.
fn named(folder: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let read = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    assert!(!read.named.is_empty(), "no sources in {folder}");
    let files = read.named.into_iter();
    files
        .map(|(module, paths)| (module.join("/"), paths))
        .collect()
}

/// The code of every source file in `folder`, without comments and unit tests, by relative path.
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

#[test]
fn imports_run_one_way() {
    for (folder, layers) in LAYERS {
        let layer = |module: &str| layers.iter().position(|modules| modules.contains(&module));
        let read = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        for (file, used) in read.arrows() {
            let Some(here) = file.first() else { continue };
            let Some(own) = layer(here) else {
                panic!(
                    "{folder}/{here} has no layer: add it to LAYERS and to the architecture chapter"
                );
            };
            for other in used.iter().filter_map(|module| module.first()) {
                assert!(
                    other == here || layer(other).is_some_and(|below| below < own),
                    "{folder}/{} uses `{other}`, which is not in a lower layer",
                    file.join("/")
                );
            }
        }
    }
}

/// The first path that pure code must not name.
fn impure(paths: &[Vec<String>]) -> Option<String> {
    let is = |path: &[String], names: &[&str]| names.iter().any(|name| leads_to(path, name));
    let mut impure = paths
        .iter()
        .filter(|path| is(path, OUTSIDE) && !is(path, IN_MEMORY));
    impure.next().map(|path| path.join("::"))
}

#[test]
fn pure_code_does_no_io() {
    for folder in PURE {
        for (file, paths) in named(folder) {
            assert_eq!(impure(&paths), None, "{folder}/{file}");
        }
    }
    let program = named("src");
    for module in PURE_MODULES {
        let is_in = |file: &str| file.split('/').next() == Some(module);
        let mut files = program.iter().filter(|(file, _)| is_in(file)).peekable();
        assert!(files.peek().is_some(), "no src/{module}");
        for (file, paths) in files {
            assert_eq!(impure(paths), None, "src/{file}");
        }
    }
}

#[test]
fn io_is_found_however_it_is_named() {
    for (code, found) in [
        ("use std::{fmt, fs};", Some("std::fs")),
        (
            "use std::{collections::{BTreeMap}, io::{self, Read}};",
            Some("std::io"),
        ),
        (
            "use std::time as t; fn f() { t::Instant::now(); }",
            Some("t::Instant::now"),
        ),
        ("fn f() { println!(); }", Some("println")),
        (
            "fn f() { html!{ p { (std::env::args()) } } }",
            Some("std::env::args"),
        ),
        (
            "use std::io::{Cursor, Read}; fn f(r: &mut dyn Read) {}",
            None,
        ),
        (
            "struct Instantaneous; const A: &str = \"std::fs\"; // std::fs",
            None,
        ),
        ("#[cfg(test)] mod tests { use std::fs; }", None),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("one.rs"), code).unwrap();
        let read = Crate::read(folder.path());
        assert_eq!(
            impure(&read.named[&["one".to_owned()][..]]).as_deref(),
            found,
            "{code}"
        );
    }
}

#[test]
fn only_the_bot_knows_discord_libraries() {
    let owners = [
        ("tokio_websockets", &["bot"][..]),
        ("hyper", &["http"]),
        ("ring::signature", &["http"]),
        ("tokio", &["bot", "http", "download", "fetch"]),
        ("reqwest", &["bot", "config", "download", "fetch"]),
    ];
    for (file, paths) in named("src") {
        let room = file.split('/').next().unwrap();
        for (library, rooms) in owners {
            let is_named = paths.iter().any(|path| leads_to(path, library));
            assert!(
                !is_named || rooms.contains(&room),
                "src/{file} names `{library}`"
            );
        }
    }
}

/// The system clock may be changed while the bot runs, so durations use `Instant`. Exceptions: `doctor` compares the system
/// clock with Discord's, the bot compares it with the times of edits and with when the process before it stopped, and time stamps of
/// files, of articles in the store and of looks at sources come from it. Servers may name the time until which they want to be left
/// alone. The host's page shows days, and kept embeddings are dated.
#[test]
fn durations_are_measured_with_the_monotonic_clock() {
    const DISCORDS_TIMES: &[&str] = &[
        "http/host",
        "bot/application/inspect",
        "bot/network",
        "bot/requests/answered",
        "bot/clock",
        "bot/sharding/sessions",
        "bot/decode/fields",
        "bot/decode/message",
        "fetch",
        "machine",
        "sources/sync",
    ];
    for (folder, dated) in [
        ("src", DISCORDS_TIMES),
        ("crates/pullquote-library/src", &["fingerprint"]),
        ("crates/pullquote-model/src", &["cache"]),
    ] {
        for (file, paths) in named(folder) {
            assert!(
                dated.contains(&file.as_str())
                    || !paths.iter().any(|path| leads_to(path, "SystemTime")),
                "{folder}/{file}"
            );
        }
    }
}

/// Cargo forbids it in the crates of the workspace; the tools beside it are crates of their own.
#[test]
fn no_code_is_unsafe() {
    for folder in [
        "src",
        "crates",
        "xtask",
        "tests",
        "tools/distill/src",
        "benches/discord/src",
        "benches/peers/src",
        "fuzz/src",
        "fuzz/targets",
    ] {
        for (file, code) in sources(folder) {
            for what in ["{", "fn", "impl", "extern"] {
                let words = ["unsafe", what].join(" ");
                assert!(!code.contains(&words), "{folder}/{file}");
            }
        }
    }
}

#[test]
fn main_only_calls_the_library() {
    let main = &sources("src")["main.rs"];
    assert!(main.lines().count() <= 60, "main.rs only hands over");
}

/// Every room has a row in the architecture chapter: crates and rooms of the program by path, rooms of the core by name.
#[test]
fn every_room_is_on_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("docs/src/architecture.md")).unwrap();
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(map.contains(&format!("| `crates/{name}` |")), "{name}");
    }
    for (folder, layers) in LAYERS {
        for room in layers.concat() {
            let row = match *folder {
                "src" if room == "main" => continue,
                "src" if root.join(format!("src/{room}.rs")).is_file() => {
                    format!("| `src/{room}.rs` |")
                }
                "src" => format!("| `src/{room}` |"),
                _ => format!("| `{room}` |"),
            };
            assert!(map.contains(&row), "no row for {folder}/{room}");
        }
    }
}
