//! What `init` asks at a terminal.

use crate::support::discord::TOKEN;
use rexpect::session::{PtySession, spawn_command};
use std::fs;
use std::path::Path;

/// Milliseconds that a prompt may take.
const PATIENCE: u64 = 60_000;
const ARTICLES: &str = "Articles (Enter for a sample article): ";

/// `init` in a folder, after the token was typed.
fn init(folder: &Path) -> PtySession {
    let mut command = crate::support::program();
    command
        .args(["init", "--offline"])
        .env_clear()
        .env("DATA_DIR", "data")
        .current_dir(folder);
    let mut terminal = spawn_command(command, Some(PATIENCE)).unwrap();
    // A wrong one first.
    terminal.exp_string("Token (hidden): ").unwrap();
    terminal.send_line("two words").unwrap();
    terminal.exp_string("this text ").unwrap();
    terminal.exp_string("Token (hidden): ").unwrap();
    terminal.send_line(TOKEN).unwrap();
    let shown = terminal.exp_string("Where are your articles?").unwrap();
    assert!(shown.contains("Saved the token") && !shown.contains(TOKEN));
    terminal.exp_string(ARTICLES).unwrap();
    terminal
}

/// What is shown until the end. The library reads each byte as a character, so only ASCII is as it was.
fn rest(mut terminal: PtySession) -> String {
    let shown = terminal.exp_eof().unwrap();
    shown.replace('\r', "")
}

#[test]
fn init_takes_the_sample_article() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = init(folder.path());
    terminal.send_line("").unwrap();
    let shown = rest(terminal);
    for part in [
        "Wrote a sample article into `knowledge`.",
        "Why do magazines print pull quotes?",
        "a grey page of text frightens readers",
        "Next, run `pullquote doctor`",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let sample = folder.path().join("knowledge/pull-quotes.md");
    assert!(sample.exists());
}

#[test]
fn init_asks_again_until_a_place_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("texts")).unwrap();
    let text = "# Ferry\n\n## When does the ferry leave?\n\nThe ferry leaves at seven.\n";
    fs::write(folder.path().join("texts/ferry.md"), text).unwrap();
    let mut terminal = init(folder.path());
    terminal.send_line("nowhere").unwrap();
    let shown = terminal.exp_string(ARTICLES).unwrap();
    assert!(shown.contains("`nowhere`"), "{shown}");
    // An address of this machine is nobody's site.
    terminal.send_line("http://127.0.0.1:9/articles").unwrap();
    let shown = terminal.exp_string(ARTICLES).unwrap();
    assert!(shown.contains("127.0.0.1"), "{shown}");
    terminal.send_line("texts").unwrap();
    let shown = rest(terminal);
    for part in [
        "Articles are read from `texts`.",
        "When does the ferry leave?",
        "The ferry leaves at seven.",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let settings = fs::read_to_string(folder.path().join(".env")).unwrap();
    assert!(settings.contains("KNOWLEDGE_DIR=texts"), "{settings}");
}
