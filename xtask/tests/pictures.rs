//! The page that `xtask pictures` writes.

use std::fs;
use std::process::Command;

/// The page shows the cards, and no text of an article becomes part of the page.
#[test]
fn the_page_shows_the_cards() {
    let dir = tempfile::tempdir().unwrap();
    let article = "# A page\n\nThe sign says </script><b>bold</b> in large letters.\n";
    fs::write(dir.path().join("page.md"), article).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("--knowledge")
        .arg(dir.path())
        .args(["pictures", "what does the sign say?", "/help"])
        .output()
        .unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(
        page.contains("large letters") && page.contains("/summary"),
        "{page}"
    );
    assert!(
        page.contains("&lt;/script&gt;<b><bdi>bold</bdi></b> in large letters"),
        "{page}"
    );
    assert_eq!(page.matches("<script").count(), 0);
}
