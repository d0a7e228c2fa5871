//! What is written for people is held against the program.

use std::fs;
use std::path::Path;
use std::process::Command;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// All Rust files below a folder as one text, with broken string literals joined.
fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let mut joined = false;
            for line in fs::read_to_string(&path).unwrap().lines() {
                let line = if joined { line.trim_start() } else { line };
                joined = line.ends_with('\\');
                all.push_str(line.trim_end_matches('\\'));
                if !joined {
                    all.push('\n');
                }
            }
        }
    }
}

/// What stands between the first two backticks.
fn code(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

#[test]
fn every_message_in_the_guide_is_one_that_the_program_gives() {
    let mut program = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut program,
    );
    let guide = read("docs/hosting.md");
    let table = guide.split("## By message").nth(1).unwrap();
    let messages: Vec<_> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(code)
        .collect();
    assert!(messages.len() > 10);
    for message in messages {
        assert!(program.contains(message), "no code says {message:?}");
    }
}

#[test]
fn the_answers_in_the_readme_are_what_the_program_says() {
    let readme = read("README.md");
    let shown = readme.split("```console\n").nth(1).unwrap();
    let shown = shown.split("```").next().unwrap();
    let examples: Vec<_> = shown
        .split("$ cargo run --release -- ask ")
        .skip(1)
        .collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let (question, answer) = example.split_once('\n').unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_pullquote"))
            .args(["ask", question.trim_matches('"')])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let sides = [&said, answer].map(str::trim);
        assert_eq!(sides[0], sides[1], "{question}");
    }
}

#[test]
fn every_test_that_the_security_page_names_is_there() {
    let mut tests = String::new();
    for folder in ["tests", "src"] {
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut tests,
        );
    }
    let page = read("SECURITY.md");
    let names: Vec<_> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| {
            code.matches('_').count() > 1 && code.chars().all(|c| c.is_lowercase() || c == '_')
        })
        .collect();
    assert!(names.len() > 10);
    for name in names {
        assert!(
            tests.contains(&format!("fn {name}(")),
            "there is no test {name}"
        );
    }
}

#[test]
fn settings_and_commands_are_told_of() {
    let readme = read("README.md");
    let example = read(".env.example");
    for line in example.lines().filter(|line| line.starts_with('#')) {
        let Some((name, _)) = line.trim_start_matches('#').split_once('=') else {
            continue;
        };
        if !name.contains(' ') {
            assert!(readme.contains(&format!("| `{name}` |")), "README: {name}");
        }
    }
    let help = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.split("Commands:").nth(1).unwrap();
    for line in commands.lines().skip(1).take_while(|line| !line.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        let told = readme.contains(&format!("| `{name}"));
        assert!(told, "README does not tell of `{name}`");
    }
}
