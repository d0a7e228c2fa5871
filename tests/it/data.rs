//! `pullquote data`: the file with the articles of servers, checked, copied and restored.

use pullquote_store::{Location, NewArticle, Store};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Keeps an article as the bot does.
fn keep(folder: &Path, path: &str) {
    let store = Store::new(Location::Folder(folder.to_owned()));
    let article = NewArticle {
        server: 1,
        path,
        content: b"The ferry leaves at seven.",
        link: None,
        by: 2,
        at: 3,
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(store.put(&article, None)).unwrap();
}

/// What `pullquote data` prints, and whether it succeeded.
fn data(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .arg("data")
        .args(arguments)
        .env("DATA_DIR", folder)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(printed).unwrap())
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], succeeds: bool, part: &str) {
    let (success, printed) = data(folder, arguments);
    assert_eq!(success, succeeds, "{printed}");
    assert!(printed.contains(part), "{printed}");
    assert!(!printed.contains("panicked"), "{printed}");
}

#[test]
fn the_articles_of_servers_are_checked_copied_and_restored() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let copy = folder.join("copy.db");
    let copy = copy.to_str().unwrap();
    check(folder, &["where"], true, "pullquote.db");
    check(folder, &["check"], false, "nothing is kept yet");
    check(folder, &["backup", copy], false, "nothing is kept yet");
    check(folder, &["restore", "no/such.db"], false, "no/such.db");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0, "nothing is made");

    keep(folder, "ferry.md");
    check(folder, &["check"], true, "is sound: 1 article.");
    check(folder, &["backup", copy], true, "Copied ");
    check(folder, &["backup", copy], false, "copy.db");
    keep(folder, "bus.md");
    check(folder, &["check"], true, "is sound: 2 articles.");

    let file = folder.join("pullquote.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes.truncate(5_000);
    fs::write(&file, bytes).unwrap();
    check(folder, &["check"], false, "pullquote data restore FILE");
    check(folder, &["restore", copy], true, "pullquote.db.before");
    check(folder, &["check"], true, "is sound: 1 article.");
    assert!(folder.join("pullquote.db.before").exists());
}

#[test]
fn restoring_waits_until_the_bot_has_stopped() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    keep(folder, "ferry.md");
    let copy = folder.join("copy.db");
    let copy = copy.to_str().unwrap();
    let store = Store::new(Location::Folder(folder.to_owned()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    assert_eq!(runtime.block_on(store.version(1)).unwrap(), 1);
    // A copy can be made while it runs.
    check(folder, &["backup", copy], true, "Copied ");
    check(folder, &["restore", copy], false, "another Pullquote uses");
    drop(store);
    check(folder, &["restore", copy], true, "Restored ");
}

#[test]
fn an_address_that_is_no_database_is_named() {
    let run = |address: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_pullquote"))
            .args(["data", "check"])
            .env("DATABASE_URL", address)
            .output()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let error = run("mysql://root:secret@localhost/x");
    assert!(
        error.contains("DATABASE_URL is not the address of a PostgreSQL database"),
        "{error}"
    );
    assert!(!error.contains("secret"), "{error}");
    assert!(run("postgres://localhost/x").contains("pg_dump"));
}
