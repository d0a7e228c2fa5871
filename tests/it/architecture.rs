//! Rules that Cargo cannot enforce: the layers of modules inside a crate, and no I/O in pure crates.

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
            &["config", "lock"],
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
    "src/doctor",
];
/// Names that pure code must not contain.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io",
    "std::thread",
    "tokio",
    "serenity",
    "println!",
    "eprintln!",
    "SystemTime",
    "Instant",
];

/// Names of `std::io` that concern bytes in memory only: something to read from still has to be opened elsewhere.
const IN_MEMORY: &[&str] = &["std::io::Cursor;", "std::io::Read;"];

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

/// `index/expand.rs` -> `index`; `engine.rs` -> `engine`.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules that `code` names as `crate::module` or `crate::{module, module}`.
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
    for (folder, layers) in LAYERS {
        let layer = |module: &str| layers.iter().position(|modules| modules.contains(&module));
        for (file, code) in sources(folder) {
            let here = module(&file);
            if here == "lib" {
                continue;
            }
            let Some(own) = layer(here) else {
                panic!(
                    "{folder}/{here} has no layer: add it to LAYERS and to the architecture chapter"
                );
            };
            for other in used(&code) {
                let Some(below) = layer(&other) else { continue };
                assert!(
                    other == here || below < own,
                    "{folder}/{file} uses `{other}`, which is not in a lower layer"
                );
            }
        }
    }
}

#[test]
fn pure_code_does_no_io() {
    for folder in PURE {
        for (file, mut code) in sources(folder) {
            for name in IN_MEMORY {
                code = code.replace(name, "");
            }
            for outside in OUTSIDE {
                assert!(!code.contains(outside), "{folder}/{file} names `{outside}`");
            }
        }
    }
}

#[test]
fn only_the_bot_knows_discord_libraries() {
    let owners = [
        ("tokio_websockets::", &["bot"][..]),
        ("hyper::", &["http"]),
        ("ring::signature", &["http"]),
        ("tokio::", &["bot", "http", "download", "fetch"]),
        ("reqwest::", &["bot", "config", "download", "fetch"]),
    ];
    for (file, code) in sources("src") {
        for (library, folders) in owners {
            let at_home = folders.contains(&module(&file));
            assert!(
                at_home || !code.contains(library),
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
        "http/host.rs",
        "bot/application/inspect.rs",
        "bot/network.rs",
        "bot/requests/answered.rs",
        "bot/clock.rs",
        "bot/sharding/sessions.rs",
        "bot/decode/fields.rs",
        "bot/decode/message.rs",
        "fetch/mod.rs",
        "machine/mod.rs",
        "sources/sync.rs",
    ];
    for (folder, dated) in [
        ("src", DISCORDS_TIMES),
        ("crates/pullquote-library/src", &["fingerprint.rs"]),
        ("crates/pullquote-model/src", &["cache.rs"]),
    ] {
        for (file, code) in sources(folder) {
            assert!(
                dated.contains(&file.as_str()) || !code.contains("SystemTime"),
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
