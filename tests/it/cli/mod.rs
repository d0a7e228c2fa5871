//! The built program: its output for people and for other programs.

mod answers;

use crate::support::pdf::pdf;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The program, without settings from the environment, and without the sentence model.
fn program() -> Command {
    let mut command = crate::support::program();
    command
        .env_remove("KNOWLEDGE_DIR")
        .env("DATA_DIR", "no/such/data")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// The output of a program that reads this from standard input.
fn fed(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The output of a successful run.
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

/// Checks that a run fails with this exit code and a message that contains `part`.
fn refused(arguments: &[&str], code: i32, part: &str) {
    let output = run(arguments);
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
    assert!(errors.contains(part), "{arguments:?}: {errors}");
    assert!(!errors.contains("panicked"), "{errors}");
}

fn questions() -> Vec<Value> {
    let set = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SET)).unwrap();
    set.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

const SET: &str = "tests/questions/north-korea-detente.jsonl";

#[test]
fn the_json_of_an_answer() {
    let answer = json(&["ask", "--json", "What does juche mean?"]);
    let keys = |object: &Value| {
        object
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        keys(&answer),
        "answers confidence micros outcome question quotes readings"
    );
    assert_eq!(answer["question"], "What does juche mean?");
    assert_eq!(answer["outcome"], "quoted");
    assert_eq!(answer["answers"], 1);
    assert!((0.5..=1.0).contains(&answer["confidence"].as_f64().unwrap()));
    assert!(answer["micros"].is_u64());
    let quote = &answer["quotes"][0];
    assert_eq!(
        keys(quote),
        "answer_lines article best heading lines paragraph score source text title"
    );
    assert_eq!(quote["article"], "north-korea-detente");
    assert_eq!(quote["heading"], "Why Pyongyang is uneasy about China");
    assert_eq!(quote["paragraph"], 4);
    assert!(quote["source"].as_str().unwrap().starts_with("https://"));
    let file = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/north-korea-detente.md"),
    )
    .unwrap();
    let (first, last) = (
        quote["lines"][0].as_u64().unwrap(),
        quote["lines"][1].as_u64().unwrap(),
    );
    let lines: Vec<&str> = file
        .lines()
        .skip(first as usize - 1)
        .take((last - first) as usize + 1)
        .collect();
    let (text, best) = (
        quote["text"].as_str().unwrap(),
        quote["best"].as_str().unwrap(),
    );
    assert!(lines.join(" ").contains(best), "{lines:?}");
    assert!(text.contains(best) && text.len() > best.len(), "{text}");
    assert_eq!(quote["answer_lines"], quote["lines"]);
}

/// A folder with these articles.
fn folder(articles: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::TempDir::new().unwrap();
    for (name, text) in articles {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

/// The best passages for a question, even if none answers it.
fn always(dir: &tempfile::TempDir, question: &[&str]) -> Value {
    let dir = dir.path().to_str().unwrap();
    let mut all = vec!["--knowledge", dir, "ask", "--json", "--always"];
    all.extend(question);
    json(&all)
}

#[test]
fn wrong_usage_gets_a_helpful_message() {
    refused(&["ask"], 2, "<QUESTION>");
    refused(&["serch", "x"], 2, "'search'");
    refused(&["ask", "--limit", "many", "x"], 2, "--limit");
    refused(
        &["--knowledge", "/nowhere/at/all", "ask", "x"],
        1,
        "there is no knowledge folder at `/nowhere/at/all`",
    );
    refused(
        &["--knowledge", "Cargo.toml", "ask", "x"],
        1,
        "is not a folder",
    );
    refused(
        &["eval", "Cargo.toml"],
        1,
        "`Cargo.toml` line 1: not a question",
    );
    let sets = TempDir::new().unwrap();
    let set = sets.path().join("set.jsonl");
    let name = set.display().to_string();
    for (line, wrong) in [
        ("[]", "line 2: not a question"),
        (
            r#"{"question": "a", "answer": "c"}"#,
            "line 2: names no `article`",
        ),
        (
            r#"{"question": "a", "artcle": "b"}"#,
            "line 2: unknown key `artcle`; did you mean `article`?",
        ),
        (
            r#"{"id": "1", "question": "a", "article": "b", "paragraph": 0, "answer_sentense": "c"}"#,
            "line 2: unknown key `answer_sentense`; did you mean `answer_sentence`?",
        ),
        (
            r#"{"question": "a", "article": "b"}"#,
            "line 2: names no `paragraph` that answers",
        ),
    ] {
        std::fs::write(&set, format!("\n{line}\n")).unwrap();
        refused(&["eval", &name], 1, wrong);
    }
    // With a byte order mark, as some editors write.
    let elsewhere = r#"{"question": "a", "article": "elsewhere", "paragraph": 0}"#;
    std::fs::write(&set, format!("\u{feff}{elsewhere}")).unwrap();
    let evaluated = run(&["eval", &name]);
    assert!(text(&evaluated.stderr).contains("1 of 1 questions count as unanswerable"));
    refused(&["eval", "nothing.jsonl"], 1, "cannot read `nothing.jsonl`");
    let empty = TempDir::new().unwrap();
    let dir = empty.path().to_str().unwrap();
    refused(&["--knowledge", dir, "ask", "x"], 1, "no articles in");
    refused(&["--knowledge", dir, "check"], 1, "no articles in");
    let nothing = program().stdin(Stdio::null()).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
}

#[test]
fn numbers_and_words_that_ask_for_nothing_are_refused() {
    for arguments in [
        &["ask", "x", "--limit", "0"][..],
        &["search", "x", "--limit", "0"],
        &["summary", "--sentences", "0"],
        &["keywords", "--limit", "0"],
    ] {
        refused(arguments, 2, "use a whole number, 1 or more");
    }
    for server in ["abc", "0"] {
        refused(&["chat", "--server", server], 2, "Copy Server ID");
    }
    refused(
        &["demo", "--port", "80000"],
        2,
        "use a port from 1 to 65535",
    );
    for keywords in ["-ban", "the", ""] {
        let said = printed(&["search", keywords]);
        assert!(
            said.starts_with("Nothing to search for"),
            "{keywords}: {said}"
        );
    }
    refused(
        &["source", "add", "foo.example"],
        1,
        "write `https://foo.example`",
    );
    let blank = program().arg("articles").env("KNOWLEDGE_DIR", " ").output();
    assert!(text(&blank.unwrap().stdout).contains("north-korea-detente"));
}

#[test]
fn questions_that_nothing_can_answer_right_are_reported() {
    let sets = TempDir::new().unwrap();
    let set = sets.path().join("set.jsonl");
    let name = set.display().to_string();
    let impossible = [
        (
            r#""article": "north-korea-detente", "paragraph": 9999"#,
            "there is no paragraph 9999",
        ),
        (
            r#""article": "north-korea-detente", "paragraph": 0, "answer_sentence": "No.""#,
            "the `answer_sentence` is in none",
        ),
        (
            r#""unanswerable": true, "accept": ["x"]"#,
            "is `unanswerable`, but",
        ),
    ];
    let lines = impossible.map(|(keys, _)| format!("{{\"question\": \"a\", {keys}}}\n"));
    std::fs::write(&set, format!("\n{}", lines.concat())).unwrap();
    let evaluated = run(&["eval", &name]);
    let warned = text(&evaluated.stderr);
    for (line, (_, part)) in (2..).zip(impossible) {
        assert!(warned.contains(&format!("line {line}: {part}")), "{warned}");
    }
    assert!(!text(&evaluated.stdout).contains("-0.00"));
}

#[test]
fn colour_follows_the_environment() {
    let plain = printed(&["ask", "What does juche mean?"]);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let forced = program()
        .args(["ask", "What does juche mean?"])
        .env("CLICOLOR_FORCE", "1")
        .output()
        .unwrap();
    assert!(
        text(&forced.stdout).contains("\u{1b}[1m"),
        "matched words are bold"
    );
    let never = program()
        .args(["ask", "What does juche mean?"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(!text(&never.stdout).contains('\u{1b}'));
}

/// A folder with articles that contain control characters and mark-up.
fn hostile() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let knowledge = dir.path().join("knowledge");
    fs::create_dir(&knowledge).unwrap();
    fs::write(
        knowledge.join("odd.txt"),
        "The \u{1b}[31mred\u{1b}[0m bridge \u{202e}evil\u{202c} @everyone <script>alert(1)</script> `code` | pipes.\n\nA second \u{7}bell paragraph on the bridge.\n",
    )
    .unwrap();
    (dir, knowledge)
}

#[test]
fn strangers_cannot_steer_the_terminal() {
    let (_dir, knowledge) = hostile();
    let knowledge = knowledge.to_str().unwrap();
    for arguments in [
        vec![
            "ask",
            "--always",
            "--explain",
            "red bridge \u{1b}]0;title\u{7} \u{202e}live",
        ],
        vec!["search", "bridge"],
        vec!["check", "--verbose"],
        vec!["articles"],
    ] {
        let output = program()
            .args(["--knowledge", knowledge])
            .args(&arguments)
            .env("CLICOLOR_FORCE", "1")
            .output()
            .unwrap();
        let shown = text(&output.stdout);
        let styles: String = shown
            .replace("\u{1b}[1m", "")
            .replace("\u{1b}[2m", "")
            .replace("\u{1b}[0m", "");
        let styles = styles
            .replace("\u{1b}[31m", "")
            .replace("\u{1b}[32m", "")
            .replace("\u{1b}[33m", "");
        assert!(
            !styles.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{arguments:?}: {shown:?}"
        );
    }
}

#[test]
fn lists_and_checks() {
    let listed = json(&["articles", "--json"]);
    assert_eq!(
        (&listed["id"], &listed["language"]),
        (&"north-korea-detente".into(), &"en".into())
    );
    assert!(listed["words"].as_u64().unwrap() > 500);
    assert!(printed(&["check"]).contains("1 of 1 file used"));
    let output = program()
        .arg("check")
        .env("MODEL", "no/such/folder")
        .output()
        .unwrap();
    let shown = text(&output.stdout);
    assert!(
        output.status.success()
            && shown.contains("warning sentence model: ")
            && shown.contains("answering without the sentence model"),
        "{shown}"
    );
    let output = program()
        .args(["check", "--json"])
        .env("MODEL", "no/such/folder")
        .output()
        .unwrap();
    let shown = text(&output.stdout);
    let model: Value = serde_json::from_str(shown.lines().last().unwrap()).unwrap();
    assert_eq!(model["model"]["status"], "warning", "{shown}");
    let dir = TempDir::new().unwrap();
    fs::write(
        dir.path().join("good.md"),
        "---\nauthr: me\n---\nText that says something.",
    )
    .unwrap();
    let knowledge = dir.path().to_str().unwrap();
    let warned = printed(&["--knowledge", knowledge, "check"]);
    assert!(
        warned.contains("warning good.md:2") && warned.contains("`author`"),
        "{warned}"
    );
    // Keys of other programs are one line for all files.
    for name in ["one.md", "two.md"] {
        let text = format!("---\nlayout: x\nmood: good\nteam: {name}\n---\nText of {name}.");
        fs::write(dir.path().join(name), text).unwrap();
    }
    let shown = printed(&["--knowledge", knowledge, "check"]);
    let keys = "keys that have no meaning here and were ignored: mood (2 files), team (2 files)\n";
    assert!(shown.contains(keys), "{shown}");
    assert_eq!(shown.lines().count(), 3, "{shown}");
    for name in ["one.md", "two.md"] {
        fs::remove_file(dir.path().join(name)).unwrap();
    }
    fs::write(dir.path().join("bad.txt"), b"\0\0\0").unwrap();
    let output = run(&["--knowledge", knowledge, "check", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let files: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (&files[0]["path"], &files[0]["problems"][0]["severity"]),
        (&"bad.txt".into(), &"error".into())
    );
    assert_eq!(files[1]["article"], "good");
    // The other articles are still searched, with a message on standard error.
    let output = run(&["--knowledge", knowledge, "ask", "--always", "text"]);
    assert!(output.status.success());
    assert!(text(&output.stderr).contains("`bad.txt` could not be used: run `pullquote check`"));
}

#[test]
fn what_editors_leave_is_ignored_and_a_folder_is_not_counted_as_a_file() {
    let deep = format!("{}a.md", "deep/".repeat(40));
    let door = "The door is red.";
    let dir = folder(&[
        ("door.md", door),
        ("~$door.docx", "x"),
        ("door.md~", door),
        ("door.bak", "x"),
        ("Thumbs.db", "x"),
        (&deep, door),
    ]);
    let output = run(&["--knowledge", dir.path().to_str().unwrap(), "check"]);
    let shown = text(&output.stdout);
    let lines: Vec<&str> = shown.lines().collect();
    let [folder, used] = lines[..] else {
        panic!("{shown}");
    };
    assert!(
        folder.starts_with("error deep/") && folder.contains("/deep/: folders are nested"),
        "{folder}"
    );
    assert!(used.starts_with("1 of 1 file used"), "{used}");
}

#[cfg(unix)]
#[test]
fn a_path_may_begin_with_the_home_folder() {
    let home = folder(&[("articles/door.md", "The door is red.")]);
    let bot = folder(&[(".env", "KNOWLEDGE_DIR=~/articles\nDATA_DIR=~/data\n")]);
    let elsewhere = TempDir::new().unwrap();
    for (dir, arguments) in [
        (&bot, &["articles"][..]),
        (&elsewhere, &["--knowledge=~/articles", "articles"]),
    ] {
        let mut list = program();
        list.args(arguments)
            .env("HOME", home.path())
            .env_remove("DATA_DIR")
            .current_dir(dir.path());
        let output = list.output().unwrap();
        let listed = text(&output.stdout);
        assert!(listed.contains("door"), "{}", text(&output.stderr));
    }
    let mut place = program();
    place
        .args(["data", "where"])
        .env("HOME", home.path())
        .env_remove("DATA_DIR")
        .current_dir(bot.path());
    let place = text(&place.output().unwrap().stdout);
    let expected = home.path().join("data/pullquote.db");
    assert_eq!(place.trim(), expected.to_str().unwrap());
}

#[test]
fn chat_accepts_localised_command_names() {
    let dir = folder(&[("a.md", "# Door\n\nThe door is red.\n")]);
    let mut chat = program();
    chat.args(["--knowledge", dir.path().to_str().unwrap(), "chat"])
        .env("LC_ALL", "de_DE.UTF-8")
        .env("XDG_STATE_HOME", dir.path().join("state"));
    let shown = text(&fed(&mut chat, "hilfe\n/suche red\n/neu-laden\n").stdout);
    assert!(shown.starts_with("1 article, 1 passage."), "{shown}");
    assert!(
        shown.contains("/suche") && shown.contains("The door is red."),
        "{shown}"
    );
    assert!(shown.contains("Artikel neu geladen."), "{shown}");
}

#[test]
fn chat_without_a_server_says_how_to_manage_one() {
    let dir = folder(&[("a.md", "# Door\n\nThe door is red.\n")]);
    let shown = |line: &str| {
        let mut chat = program();
        chat.args(["--knowledge", dir.path().to_str().unwrap(), "chat"])
            .env("XDG_STATE_HOME", dir.path().join("state"));
        text(&fed(&mut chat, line).stdout)
    };
    for line in ["/settings\n", "/knowledge list\n"] {
        let shown = shown(line);
        assert!(shown.contains("pullquote chat --server ID"), "{shown}");
    }
    let shown = shown("What colour is the door?\n");
    assert!(!shown.contains("--server"), "{shown}");
}

#[test]
fn closed_pipes_help_and_completions() {
    let mut child = program()
        .args(["ask", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    // The pipe may break on either side; neither is an error.
    let _ = input.write_all(b"one\ntwo\n");
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    // Nobody reads any of it.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = program()
        .args(["completions", "bash"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for command in ["demo", "serve", "source", "data", "insights"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    for command in [
        "ask", "search", "articles", "check", "eval", "chat", "demo", "init", "invite", "doctor",
        "run", "serve", "source", "data", "insights",
    ] {
        assert!(
            printed(&[command, "--help"]).contains("Usage: pullquote"),
            "{command}"
        );
        assert!(printed(&["--help"]).contains(command));
    }
}

#[test]
fn man_pages_exist_for_visible_commands() {
    let folder = tempfile::tempdir().unwrap();
    printed(&["man", folder.path().to_str().unwrap()]);
    let page = |name: &str| fs::read_to_string(folder.path().join(name));
    assert!(page("pullquote.1").unwrap().contains("knowledge"));
    assert!(
        page("pullquote-doctor.1")
            .unwrap()
            .contains("how to fix problems")
    );
    for command in ["demo", "serve", "source-add", "data-restore", "insights"] {
        assert!(page(&format!("pullquote-{command}.1")).is_ok(), "{command}");
    }
    for hidden in ["pullquote-fit.1", "pullquote-man.1"] {
        assert!(page(hidden).is_err(), "{hidden}");
    }
    let nowhere = run(&["man", "/nowhere/at/all"]);
    assert!(text(&nowhere.stderr).contains("cannot write to `/nowhere/at/all`"));
}

#[cfg(not(feature = "model"))]
#[test]
fn a_program_that_cannot_run_sentence_models_says_how_to_get_one_that_can() {
    let how = "cargo build --profile dist --features model";
    refused(&["model", "add", "minilm"], 1, how);
    refused(&["model", "use", "minilm"], 1, how);
    let listed = printed(&["model", "list"]);
    assert!(
        listed.starts_with("built-in") && listed.contains(how),
        "{listed}"
    );
    let data = TempDir::new().unwrap();
    fs::create_dir_all(data.path().join("models/minilm")).unwrap();
    fs::write(data.path().join("models/in-use"), "minilm").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = program();
        command.args(arguments).env("DATA_DIR", data.path());
        command.env_remove("MODEL").output().unwrap()
    };
    // Another program may have installed a model: that is no reason to complain.
    let asked = run(&["ask", "What does juche mean?"]);
    assert!(asked.stderr.is_empty(), "{asked:?}");
    assert!(run(&["model", "use", "built-in"]).status.success());
    assert!(!data.path().join("models/in-use").exists());
    let works = "the sentence model works for en";
    assert!(text(&run(&["doctor", "--offline"]).stdout).contains(works));
}
