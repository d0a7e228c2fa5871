//! `pullquote data`: the file with the articles of servers, checked, copied and restored.

use crate::support::postgres::Database;
use pullquote_store::{Location, NewArticle, Store};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;

/// Keeps an article as the bot does.
fn keep(folder: &Path, path: &str) {
    let store = Store::new(Location::Folder(folder.to_owned()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(store.put(&ferry(path), None)).unwrap();
}

fn ferry(path: &str) -> NewArticle<'_> {
    NewArticle {
        server: 1,
        path,
        content: b"The ferry leaves at seven.",
        link: None,
        by: 2,
        at: 3,
    }
}

/// What `pullquote data` prints, and whether it succeeded.
fn data(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = crate::support::program()
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
    let other = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let message = "name a file that `pullquote data backup` has written";
    check(folder, &["restore", other], false, message);
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
        let output = crate::support::program()
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
    let error = run("postgres://root:secret@127.0.0.1:1/x");
    assert!(
        error.contains("cannot use postgres://root@127.0.0.1:1/x"),
        "{error}"
    );
    assert!(!error.contains("secret"), "{error}");
}

/// What `pullquote data` says with an answer at its prompt.
fn answered(folder: &Path, arguments: &[&str], answer: &str) -> (bool, String) {
    let mut child = crate::support::program()
        .arg("data")
        .args(arguments)
        .env("DATA_DIR", folder)
        .env_remove("DATABASE_URL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(answer.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(printed).unwrap())
}

#[test]
fn the_data_of_a_server_is_exported_and_deleted() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let export = folder.join("export");
    let export_path = export.to_str().unwrap();
    check(
        folder,
        &["export", "--server", "1"],
        false,
        "nothing is kept of 1",
    );
    keep(folder, "ferry.md");
    keep(folder, "../bus: when?.md");
    check(
        folder,
        &["export", "--server", "2"],
        false,
        "nothing is kept of 2",
    );
    let arguments = ["export", "--server", "1", export_path];
    check(folder, &arguments, true, "Wrote 2 articles to ");
    check(folder, &arguments, false, "export");
    let read = |name: &str| fs::read_to_string(export.join(name)).unwrap();
    assert_eq!(read("ferry.md"), "The ferry leaves at seven.");
    assert_eq!(read("_bus_ when_.md"), "The ferry leaves at seven.");
    let rest: serde_json::Value = serde_json::from_str(&read("server.json")).unwrap();
    assert_eq!(rest["files"]["../bus: when?.md"], "_bus_ when_.md");
    assert_eq!(rest["tables"]["server"][0]["version"], 2);
    assert_eq!(rest["tables"]["article"][0]["added_by"], 2);
    assert_eq!(fs::read_dir(&export).unwrap().count(), 3);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(fs::metadata(&export).unwrap().mode() & 0o777, 0o700);
    }

    let delete = ["delete", "--server", "1"];
    let (success, said) = answered(folder, &delete, "yes\n");
    assert!(
        !success && said.contains("This deletes 2 articles of server 1"),
        "{said}"
    );
    assert!(said.contains("nothing was deleted"), "{said}");
    check(folder, &["check"], true, "is sound: 2 articles.");
    let (success, said) = answered(folder, &delete, "1\n");
    assert!(
        success && said.contains("Deleted everything of server 1"),
        "{said}"
    );
    check(folder, &["check"], true, "is sound: 0 articles.");
    check(folder, &delete, false, "nothing is kept of 1");
    keep(folder, "ferry.md");
    check(
        folder,
        &["delete", "--server", "1", "--yes"],
        true,
        "Deleted",
    );
}

#[test]
fn everything_is_moved_to_another_folder_or_database() {
    let (folder, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (folder, other) = (folder.path(), other.path());
    let to = ["move", "--to", other.to_str().unwrap()];
    check(folder, &to, false, "nothing is kept yet");
    keep(folder, "ferry.md");
    check(folder, &to, true, "Copied 1 article of 1 server to ");
    // All of it is in one file.
    assert!(!other.join("pullquote.db-wal").exists());
    check(other, &["check"], true, "is sound: 1 article.");
    check(folder, &["check"], true, "is sound: 1 article.");
    check(
        folder,
        &to,
        false,
        "already contains data: move to an empty database",
    );
    let Some(database) = Database::new() else {
        return;
    };
    let to = ["move", "--to", database.address()];
    check(folder, &to, true, "set DATABASE_URL to its address");
    check(folder, &to, false, "already contains data");
    let back = TempDir::new().unwrap();
    let output = crate::support::program()
        .args(["data", "move", "--to"])
        .arg(back.path())
        .env("DATABASE_URL", database.address())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let rows = |location| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(Store::new(location).rows()).unwrap()
    };
    let here = rows(Location::Folder(folder.to_owned()));
    assert_eq!(rows(Location::Folder(back.path().to_owned())), here);
    assert_eq!(
        rows(Location::Postgres(database.address().to_owned())),
        here
    );
}

#[test]
fn doctor_looks_at_the_database() {
    let folder = TempDir::new().unwrap();
    let doctor = |setting: &str, value: &str| {
        let output = crate::support::program()
            .args(["doctor", "--offline"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("DATABASE_URL")
            .env("MODEL", "off")
            .env("DATA_DIR", "no/such/data")
            .env(setting, value)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let path = folder.path().to_str().unwrap();
    let said = |part: &str, setting: &str, value: &str| {
        let printed = doctor(setting, value);
        assert!(printed.contains(part), "{printed}");
    };
    said("servers have added nothing yet", "DATA_DIR", path);
    keep(folder.path(), "ferry.md");
    said("1 article of servers in ", "DATA_DIR", path);
    said("no backup yet", "DATA_DIR", path);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(folder.path().join("pullquote.db"), open).unwrap();
        said("(mode 644)", "DATA_DIR", path);
    }
    // Another bot uses it, and goes on.
    let store = Store::new(Location::Folder(folder.path().to_owned()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    assert_eq!(runtime.block_on(store.version(1)).unwrap(), 1);
    said("1 article of servers in ", "DATA_DIR", path);
    fs::write(folder.path().join("pullquote.db"), [7; 5_000]).unwrap();
    said("restore a backup with", "DATA_DIR", path);
    said(
        "cannot use postgres://root@127.0.0.1:1/x",
        "DATABASE_URL",
        "postgres://root:secret@127.0.0.1:1/x",
    );
    let Some(database) = Database::new() else {
        return;
    };
    said(
        "0 articles of servers in ",
        "DATABASE_URL",
        database.address(),
    );
    let store = Store::new(Location::Postgres(database.address().to_owned()));
    runtime.block_on(store.set(1, "{}", "{}")).unwrap();
    runtime
        .block_on(store.put(&ferry("ferry.md"), None))
        .unwrap();
    said(
        "1 article of servers in ",
        "DATABASE_URL",
        database.address(),
    );
}
