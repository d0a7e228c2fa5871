//! `pullquote insights`, which reads what a bot has counted.

use pullquote_store::{Counts, Location, NewArticle, NewQuestion, QuestionState, Store};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

fn pullquote(data: &Path, arguments: &[&str]) -> Output {
    crate::support::program()
        .current_dir(std::env::temp_dir())
        .env_clear()
        .env("DATA_DIR", data)
        .arg("insights")
        .args(arguments)
        .output()
        .unwrap()
}

fn output(data: &Path, arguments: &[&str]) -> String {
    let output = pullquote(data, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn question(server: u64, key: u64, wording: &str, count: u64) -> NewQuestion {
    NewQuestion {
        server,
        key,
        wording: wording.to_owned(),
        count,
        day: 20_000,
        by_several: false,
    }
}

/// There is nothing to print, in any format.
fn check_nothing(data: &Path) {
    for format in [&[][..], &["--json"], &["--markdown"]] {
        let none = pullquote(data, format);
        assert!(none.status.success() && none.stdout.is_empty(), "{none:?}");
        let message = String::from_utf8_lossy(&none.stderr);
        assert_eq!(message, "There are no questions to show.\n");
    }
}

#[test]
fn what_a_running_bot_has_counted_is_printed() {
    let data = tempfile::tempdir().unwrap();
    check_nothing(data.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // It holds the folder, like a bot that runs.
    let store = Store::new(Location::Folder(data.path().to_owned()));
    runtime.block_on(store.count(&Counts::default())).unwrap();
    check_nothing(data.path());
    runtime.block_on(async {
        let questions = vec![
            question(7, 1, "When does the ferry leave?", 3),
            question(7, 2, "When does the ferry leave tomorrow?", 1),
            question(7, 3, "Who repairs bicycles?", 2),
            question(7, 4, "Where is the moon?", 2),
            question(8, 1, "Is there a library?", 1),
        ];
        let counts = Counts {
            questions,
            ..Counts::default()
        };
        store.count(&counts).await.unwrap();
        let dismissed = store.set_question_state(7, &[4], QuestionState::Dismissed);
        dismissed.await.unwrap();
    });
    let text = output(data.path(), &[]);
    let expected = "Server 7\n     4 × 2024-10-04  When does the ferry leave?\n     2 × 2024-10-04  Who repairs bicycles?\n\
                    Server 8\n     1 × 2024-10-04  Is there a library?\n";
    assert_eq!(text, expected);
    let json = output(data.path(), &["--server", "7", "--json"]);
    let rows: Vec<Value> = json
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (rows.len(), &rows[0]["server"], &rows[0]["count"]),
        (2, &"7".into(), &4.into())
    );
    assert_eq!(
        rows[0]["other_wordings"][0],
        "When does the ferry leave tomorrow?"
    );
    let draft = output(data.path(), &["--server", "8", "--markdown"]);
    assert_eq!(
        draft,
        "# Is there a library?\n\n<!-- Asked once, last on 2024-10-04. -->\n\n"
    );
    assert_eq!(output(data.path(), &["--server", "9", "--json"]), "");
}

#[test]
fn the_words_of_a_server_that_has_articles_of_its_own_are_not_printed() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::new(Location::Folder(data.path().to_owned()));
    let several = NewQuestion {
        by_several: true,
        ..question(9, 2, "Is there a bus?", 2)
    };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let counts = Counts {
            questions: vec![
                question(7, 1, "When does the ferry leave?", 3),
                question(8, 1, "Is there a library?", 1),
                question(9, 1, "Where is the moon?", 1),
                several,
                question(10, 1, "Who repairs bicycles?", 1),
            ],
            ..Counts::default()
        };
        store.count(&counts).await.unwrap();
        let article = NewArticle {
            server: 7,
            path: "rules.md",
            content: b"Be kind.",
            link: None,
            by: 1,
            at: 1,
        };
        store.put(&article, None).await.unwrap();
        for (server, settings) in [(9, r#"{"by_several":true}"#), (10, r#"{"shared":false}"#)] {
            let set = store.set(server, "{}", settings).await;
            assert!(set.unwrap().is_some());
        }
    });
    let all = pullquote(data.path(), &["--json"]);
    let (text, notes) = (
        String::from_utf8(all.stdout).unwrap(),
        String::from_utf8(all.stderr).unwrap(),
    );
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("library") && text.contains("bus"), "{text}");
    for server in [7, 9, 10] {
        let note = format!("server {server}: 1 more, not shown");
        assert!(notes.contains(&note), "{notes}");
    }
    assert_eq!(output(data.path(), &["--server", "7"]), "");
}
