//! `pullquote model`: models are downloaded from a server on this machine, checked, chosen and removed; the program uses
//! the one that is there without a setting.

use super::file_server::{Fault, FileServer};
use super::tiny;
use crate::support::bot::Bot;
use crate::support::discord::{Options, StandIn};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// What the program prints when it uses a model for the first time.
const EMBEDDING: &str = "embedding the articles for the sentence model";
/// What `check` prints about the tiny model.
const WORKS: &str = "the sentence model works for en";

/// A machine with a data folder, articles, and a list of models whose files the server has.
struct Machine {
    folder: TempDir,
    server: FileServer,
}

impl Machine {
    /// The list contains the models `tiny`, whose `model.onnx` is a member of an archive, and `other`.
    fn new() -> Self {
        let machine = Self {
            folder: tempfile::tempdir().unwrap(),
            server: FileServer::start(),
        };
        let articles = machine.path("knowledge");
        fs::create_dir(&articles).unwrap();
        fs::write(
            articles.join("mill.md"),
            "# The mill\n\nThe mill stands by the river.\n",
        )
        .unwrap();
        let files = tiny::files().map(|(name, contents)| {
            let mut file = json!({
                "name": name,
                "bytes": contents.len(),
                "sha256": hex(&contents),
                "url": machine.server.put(name, contents.clone()),
            });
            if name == "model.onnx" {
                let member = stored(&contents);
                file["packed"] = json!({"offset": 7, "bytes": member.len()});
                let archive = [b"archive", &member[..], b"the end"].concat();
                file["url"] = machine.server.put("archive.zip", archive).into();
            }
            file
        });
        let model =
            |name| json!({"name": name, "title": "A tiny model", "licence": "MIT", "files": files});
        let list = json!([model("tiny"), model("other")]);
        fs::write(machine.path("list.json"), list.to_string()).unwrap();
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env_clear();
        command.current_dir(self.folder.path());
        command
            .env("KNOWLEDGE_DIR", "knowledge")
            .env("DATA_DIR", self.path("data"));
        command
    }

    /// Output and errors of a run that succeeds.
    fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(program(), arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        said(&output)
    }

    /// Output and errors of `pullquote model ...`, and whether it succeeds.
    fn model(&self, arguments: &[&str]) -> (bool, String) {
        let list = ["model", "--catalogue", "list.json"];
        let output = self
            .command(program(), &[&list, arguments].concat())
            .output()
            .unwrap();
        (output.status.success(), said(&output))
    }

    /// Checks that a run of `pullquote model ...` succeeds. Returns what it prints.
    fn done(&self, arguments: &[&str]) -> String {
        let (success, said) = self.model(arguments);
        assert!(success, "{arguments:?}: {said}");
        said
    }

    /// Checks that a run of `pullquote model ...` fails with a message that contains `part`.
    fn fails(&self, arguments: &[&str], part: &str) {
        let (success, said) = self.model(arguments);
        assert!(!success && said.contains(part), "{arguments:?}: {said}");
    }

    /// The line of `pullquote model list` about a model.
    fn listed(&self, name: &str) -> String {
        let list = self.done(&["list"]);
        let line = list
            .lines()
            .find(|line| line.split(' ').next() == Some(name));
        line.unwrap_or_default().to_owned()
    }
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_pullquote"))
}

fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Contents as an archive stores them without compression: a block of `deflate`.
fn stored(contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len()).unwrap();
    let head = [&[1], &length.to_le_bytes()[..], &(!length).to_le_bytes()].concat();
    [&head, contents].concat()
}

#[test]
fn a_model_is_added_used_chosen_and_removed() {
    let machine = Machine::new();
    assert!(machine.listed("tiny").contains("can be added"));
    assert!(machine.listed("built-in").contains("in use"));
    let added = machine.done(&["add", "tiny"]);
    assert!(
        added.contains("A tiny model") && added.contains("licence MIT"),
        "{added}"
    );
    assert!(machine.listed("tiny").contains("in use"));
    assert!(machine.run(&["check"]).contains(WORKS));
    // The vectors are kept in the data folder.
    assert!(machine.run(&["ask", "-"]).contains(EMBEDDING));
    let asked = machine.run(&["ask", "Where does the mill stand?"]);
    assert!(asked.contains("by the river"), "{asked}");
    assert!(machine.path("data/vectors").is_file());
    assert_eq!(machine.run(&["ask", "-"]), "");

    machine.done(&["add", "other"]);
    assert!(
        machine.listed("other").contains("in use") && machine.listed("tiny").contains("installed")
    );
    machine.done(&["use", "tiny"]);
    assert!(
        machine.listed("other").contains("installed") && machine.listed("tiny").contains("in use")
    );
    machine.done(&["remove", "tiny"]);
    assert!(machine.listed("tiny").contains("can be added"));
    assert!(machine.listed("built-in").contains("in use"));
    machine.done(&["use", "other"]);
    assert!(machine.listed("built-in").contains("part of the program"));
    machine.done(&["use", "built-in"]);
    assert!(machine.listed("built-in").contains("in use"));
    machine.fails(&["use", "tiny"], "no model named `tiny` is installed");
    machine.fails(&["remove", "tiny"], "no model named `tiny` is installed");
    machine.fails(&["add", "huge"], "only `tiny`, `other`");
}

#[test]
fn a_download_continues_where_it_broke_off() {
    let machine = Machine::new();
    let ranges = || -> Vec<u64> {
        let requests = machine.server.requests().into_iter();
        let archive = requests.filter(|(path, _)| path == "/archive.zip");
        let first =
            archive.map(|(_, range)| range["bytes=".len()..].split('-').next().unwrap().parse());
        first.map(Result::unwrap).collect()
    };
    // The connection is lost, and the server is not as it was: the next run continues.
    machine
        .server
        .fail(&[Fault::BreaksOff(100), Fault::NotFound]);
    machine.fails(&["add", "tiny"], "answered 404");
    assert_eq!(ranges(), [7, 107]);
    assert!(machine.listed("tiny").contains("can be added"));
    machine.server.fail(&[Fault::BreaksOff(50)]);
    machine.done(&["add", "tiny"]);
    assert_eq!(ranges(), [107, 157]);
    assert!(machine.run(&["check"]).contains(WORKS));
    // A server that knows no ranges sends everything again.
    machine.done(&["remove", "tiny"]);
    machine
        .server
        .fail(&[Fault::BreaksOff(100), Fault::IgnoresRange]);
    machine.done(&["add", "tiny"]);
    assert_eq!(ranges(), [7, 107]);
    assert!(machine.run(&["check"]).contains(WORKS));
}

#[test]
fn another_file_than_the_one_in_the_list_is_not_installed() {
    let machine = Machine::new();
    machine.done(&["add", "tiny"]);
    machine.server.put("archive.zip", vec![0; 10_000]);
    machine.fails(
        &["add", "other"],
        "`model.onnx` is not the file in the list of models",
    );
    machine
        .server
        .put("archive.zip", b"<html>Moved</html>".to_vec());
    machine.fails(
        &["add", "other"],
        "cannot download `model.onnx`; nothing was changed",
    );
    // What was there is still used.
    assert!(machine.listed("tiny").contains("in use"));
    assert!(machine.listed("other").contains("can be added"));
    assert!(
        machine
            .run(&["ask", "Where does the mill stand?"])
            .contains("by the river")
    );
}

#[test]
fn redirects_are_followed_but_not_for_ever() {
    let machine = Machine::new();
    for (name, contents) in tiny::files() {
        let here = machine.server.put(&format!("store/{name}"), contents);
        let next = machine.server.redirect(&format!("next/{name}"), &here);
        machine.server.redirect(&format!("main/{name}"), &next);
    }
    let main = format!("{}/main", machine.server.base());
    machine.server.fail(&[
        Fault::BreaksOff(0),
        Fault::BreaksOff(0),
        Fault::BreaksOff(100),
    ]);
    machine.done(&["add", "tiny", "--from", &main]);
    assert!(machine.run(&["check"]).contains(WORKS));
    // What breaks off continues, with the range, where the redirects lead.
    let stored = |(path, range): &(String, String)| {
        path == "/store/model.onnx" && range.starts_with("bytes=100-")
    };
    assert!(machine.server.requests().iter().any(stored));

    let circle = machine.server.redirect("circle/model.onnx", "model.onnx");
    let circle = circle.strip_suffix("/model.onnx").unwrap();
    machine.fails(&["add", "other", "--from", circle], "too many redirects");
    assert_eq!(machine.server.requests().len(), 6);
    let elsewhere = machine
        .server
        .redirect("elsewhere/model.onnx", "http://example.invalid/model.onnx");
    let elsewhere = elsewhere.strip_suffix("/model.onnx").unwrap();
    machine.fails(
        &["add", "other", "--from", elsewhere],
        "redirected to an address that is not encrypted",
    );
    assert!(machine.listed("tiny").contains("in use"));
}

#[test]
fn a_model_that_cannot_be_run_is_not_used() {
    let machine = Machine::new();
    machine.done(&["add", "tiny"]);
    // The files are those of the list, but they are no model.
    let file = |name: &str| {
        let contents = format!("this is no {name}").into_bytes();
        json!({"name": name, "bytes": contents.len(), "sha256": hex(&contents), "url": machine.server.put(name, contents)})
    };
    let files = ["model.onnx", "tokenizer.json"].map(file);
    let list = json!([{"name": "broken", "licence": "MIT", "files": files}]);
    fs::write(machine.path("list.json"), list.to_string()).unwrap();
    machine.fails(
        &["add", "broken"],
        "`broken` was installed, but this program cannot run it",
    );
    assert!(machine.listed("tiny").contains("in use"));
    // Chosen nevertheless, it does not stop the answers.
    machine.done(&["use", "broken"]);
    let answer = machine.run(&["ask", "Where does the mill stand?"]);
    assert!(
        answer.contains("without the sentence model") && answer.contains("by the river"),
        "{answer}"
    );
}

#[test]
fn without_a_network_models_come_from_a_folder() {
    let machine = Machine::new();
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let closed = format!("http://{closed}/models");
    machine.fails(
        &["add", "tiny", "--from", &closed],
        "cannot download `model.onnx`",
    );
    // Nothing is downloaded from elsewhere without encryption.
    machine.fails(
        &["add", "tiny", "--from", "http://example.invalid"],
        "is not encrypted",
    );
    machine.fails(
        &["add", "tiny", "--from", "nowhere"],
        "cannot read `nowhere/model.onnx`",
    );
    tiny::write(&machine.path("stick"));
    machine.done(&["add", "tiny", "--from", "stick"]);
    assert!(machine.server.requests().is_empty());
    assert!(machine.run(&["check"]).contains(WORKS));
    fs::write(machine.path("stick/tokenizer.json"), "{}").unwrap();
    machine.fails(
        &["add", "other", "--from", "stick"],
        "`tokenizer.json` is not the file in the list",
    );
    // A mirror has the files by their names.
    machine.server.put("model.onnx", tiny::files()[0].1.clone());
    machine.done(&["remove", "tiny"]);
    machine.done(&["add", "tiny", "--from", &machine.server.base()]);
    assert!(machine.run(&["check"]).contains(WORKS));
}

#[test]
fn a_setting_chooses_a_model_or_none() {
    let machine = Machine::new();
    machine.done(&["add", "tiny"]);
    let check = |name: &str, value: &str| {
        let mut command = machine.command(program(), &["check"]);
        said(&command.env(name, value).output().unwrap())
    };
    for off in ["off", "OFF"] {
        assert!(!check("MODEL", off).contains("sentence model"));
    }
    assert!(check("MODEL", "tiny").contains(WORKS));
    assert!(check("MODEL", "huge").contains("no `model.onnx` in `huge`"));
    tiny::write(&machine.path("own"));
    machine.done(&["remove", "tiny"]);
    for name in ["MODEL", "EMBEDDING_MODEL"] {
        let folder = machine.path("own");
        assert!(
            check(name, folder.to_str().unwrap()).contains(WORKS),
            "{name}"
        );
    }
    let mut doctor = machine.command(program(), &["doctor", "--offline"]);
    let shown = said(&doctor.env("MODEL", "off").output().unwrap());
    assert!(shown.contains("switched off (MODEL=off)"), "{shown}");
    assert!(check("MODEL", "built-in").contains(WORKS));
}

#[test]
fn the_bot_uses_the_model_that_is_installed() {
    let machine = Machine::new();
    machine.done(&["add", "tiny"]);
    let start = || {
        let discord = StandIn::start(Options::default());
        let bot = Bot::run(&discord, |command| {
            command.env("KNOWLEDGE_DIR", machine.path("knowledge"));
            command.env("DATA_DIR", machine.path("data"));
            command.env_remove("MODEL");
        });
        bot.wait_line("the sentence model is ready")
    };
    let first = start();
    assert!(!first.contains(" 0 of them new"), "{first}");
    let second = start();
    assert!(second.contains(" 0 of them new"), "{second}");
}
