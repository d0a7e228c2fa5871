//! `pullquote demo`: the cards in the browser, without Discord.

use crate::discord::host_page::{check_page, follow, get, post};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A demo that runs in a folder.
struct Demo {
    child: Child,
    address: String,
    printed: String,
}

fn demo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = crate::support::program();
    command
        .env_clear()
        .current_dir(folder)
        .env("TMPDIR", folder)
        .arg("demo")
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Demo {
    fn start(folder: &Path) -> Self {
        let mut child = demo(folder, &["--no-open"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut printed = String::new();
        while !printed.contains("Press Ctrl+C") {
            let line = lines.next().unwrap_or_else(|| panic!("{printed}"));
            printed.push_str(&(line.unwrap() + "\n"));
        }
        let address = printed.split("http://").nth(1).unwrap();
        let address = address.split('/').next().unwrap().to_owned();
        Self {
            child,
            address,
            printed,
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_empty_folder_gets_a_sample_article_to_try_and_to_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Demo::start(folder.path());
    assert!(
        demo.printed.contains("a sample article"),
        "{}",
        demo.printed
    );
    let path = demo.printed.split(&demo.address).nth(1).unwrap();
    let page = get(&demo.address, path.split_whitespace().next().unwrap());
    check_page(&page);
    assert!(page.body.contains("grey page of text"), "{}", page.body);
    let overview = get(&demo.address, "/");
    check_page(&overview);
    assert!(
        overview.body.contains("This is the demo") && !overview.body.contains("not connected"),
        "{}",
        overview.body
    );
    let text = "# Sauna\n\nThe sauna is warm on Fridays.\n";
    let new = [("name", ""), ("text", text), ("action", "save")];
    follow(&demo.address, &post(&demo.address, "/edit", &new));
    let page = get(&demo.address, "/try?question=When+is+the+sauna+warm%3F");
    assert!(page.body.contains("Fridays"), "{}", page.body);
    // In its server, an article is for members with a role.
    let page = get(&demo.address, "/try");
    let links = page.body.split("href=\"/try?").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    let links: Vec<String> = links
        .map(|link| format!("/try?{}", link.replace("&amp;", "&")))
        .collect();
    let answers: Vec<String> = links
        .iter()
        .map(|path| get(&demo.address, path).body)
        .collect();
    let is_told: Vec<bool> = answers
        .iter()
        .map(|body| body.contains("harbour master"))
        .collect();
    assert_eq!(is_told, [false, true]);
    // Ctrl+C ends it, and nothing is left.
    #[cfg(unix)]
    {
        let id = demo.child.id().to_string();
        let killed = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(killed.success() && demo.child.wait().unwrap().success());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn articles_that_are_there_are_tried() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("knowledge")).unwrap();
    let text = "# Ferry\n\n## When does the ferry leave?\n\nIt leaves at seven.\n";
    fs::write(folder.path().join("knowledge/ferry.md"), text).unwrap();
    let demo = Demo::start(folder.path());
    assert!(
        demo.printed.contains("`knowledge`: 1 article."),
        "{}",
        demo.printed
    );
    let path = "/try?question=When+does+the+ferry+leave%3F";
    assert!(demo.printed.contains(path), "{}", demo.printed);
    assert!(get(&demo.address, path).body.contains("at seven"));
}

#[test]
fn a_port_that_is_taken_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut child = demo(folder.path(), &["--port", &port]).spawn().unwrap();
    let mut error = String::new();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut error).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let expected = format!(
        "pullquote: cannot listen on 127.0.0.1:{port}: another program is using that port. Choose another one in --port, or leave it out"
    );
    assert!(error.starts_with(&expected), "{error}");
}
