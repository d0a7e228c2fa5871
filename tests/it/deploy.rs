//! Checks the files for Docker, Kubernetes, Prometheus and systemd against the program: they cannot be run in a test, but what they name must
//! exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Variables of other programs.
const FOREIGN: [&str; 4] = [
    "PGPASSWORD",
    "POSTGRES_PASSWORD",
    "POSTGRES_USER",
    "PULLQUOTE_HOST",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files that start the program.
fn files() -> Vec<(PathBuf, String)> {
    let mut found = vec![
        root().join("deploy/Dockerfile"),
        root().join("deploy/pullquote.service"),
    ];
    for folder in ["deploy", "deploy/kubernetes"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "yaml")
                && !path.ends_with("alerts.yaml")
            {
                found.push(path);
            }
        }
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    };
    found.into_iter().map(read).collect()
}

/// Lines without their comments.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default())
}

/// What stands between one of these and the next character that no variable has.
fn named<'a>(line: &'a str, starts: &[&str]) -> impl Iterator<Item = &'a str> {
    let parts: Vec<&str> = starts
        .iter()
        .flat_map(|start| line.split(start).skip(1))
        .collect();
    parts.into_iter().filter_map(|part| {
        let end = part.find(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
        let name = &part[..end.unwrap_or(part.len())];
        (name.len() > 3).then_some(name)
    })
}

/// The variables that a line sets: `NAME: value`, `name: NAME`, `NAME=value`, and those that it takes from elsewhere: `${NAME`.
fn variables(line: &str) -> BTreeSet<&str> {
    let mut found: BTreeSet<&str> =
        named(line, &["name: ", "${", "Environment=", "ENV "]).collect();
    if let Some((key, _)) = line.trim().split_once([':', '=']) {
        let key = key.split(' ').next_back().unwrap_or_default();
        let is_name = |letter: char| letter.is_ascii_uppercase() || letter == '_';
        found.extend((key.len() > 3 && key.chars().all(is_name)).then_some(key));
    }
    found
}

#[test]
fn every_variable_is_a_setting() {
    let template = fs::read_to_string(root().join(".env.example")).unwrap();
    let settings: BTreeSet<&str> = template
        .lines()
        .filter_map(|line| Some(line.strip_prefix('#')?.split_once('=')?.0))
        .collect();
    let mut seen = BTreeSet::new();
    for (path, text) in files() {
        for name in lines(&text).flat_map(variables) {
            let is_known = settings.contains(name) || FOREIGN.contains(&name);
            assert!(is_known, "{}: {name} is no setting", path.display());
            seen.insert(name.to_owned());
        }
    }
    for name in [
        "SHARDS",
        "DATABASE_URL",
        "INTERACTIONS_ADDRESS",
        "DISCORD_PUBLIC_KEY",
    ] {
        assert!(seen.contains(name), "{name} in {seen:?}");
    }
}

/// The commands that the files run: `args: [run]`, `command: [/usr/local/bin/pullquote, doctor, --offline]`, `CMD ["run"]`, and those of
/// their comments.
fn commands(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in text.lines() {
        let words = |list: &str| -> Vec<String> {
            let words = list
                .split([',', ' '])
                .map(|word| word.trim_matches(['"', '`', '.', ')']));
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        for start in ["args: [", "command: [", "CMD ["] {
            let list = line
                .split(start)
                .nth(1)
                .and_then(|rest| rest.split(']').next());
            found.extend(list.map(words));
        }
        if let Some((_, rest)) = line.split_once("ExecStart=") {
            found.push(words(rest));
        }
        if let Some((_, rest)) = line.split_once("`pullquote ") {
            found.push(words(rest.split('`').next().unwrap_or_default()));
        }
        if line.contains("docker compose")
            && let Some((_, rest)) = line.split_once(" pullquote ")
        {
            found.push(words(rest.split('#').next().unwrap_or_default()));
        }
    }
    found
}

#[test]
fn every_command_exists() {
    let mut seen = BTreeSet::new();
    for (path, text) in files() {
        for mut command in commands(&text) {
            command.retain(|word| word.rsplit('/').next() != Some("pullquote"));
            // Of other images.
            if command
                .first()
                .is_none_or(|first| ["sleep", "CMD"].contains(&first.as_str()))
            {
                continue;
            }
            let options = command.iter().skip(1).filter(|word| word.starts_with("--"));
            let help = crate::support::program()
                .args([command[0].as_str(), "--help"])
                .output()
                .unwrap();
            let text = String::from_utf8(help.stdout).unwrap();
            assert!(help.status.success(), "{}: {command:?}", path.display());
            for option in options {
                assert!(
                    text.contains(option.as_str()),
                    "{}: {command:?}",
                    path.display()
                );
            }
            seen.insert(command[0].clone());
        }
    }
    for command in ["run", "serve", "doctor", "health", "init"] {
        assert!(seen.contains(command), "{command} in {seen:?}");
    }
}

/// Ports that the program opens are those that others are told.
#[test]
fn ports_are_those_of_the_settings() {
    let text = fs::read_to_string(root().join("deploy/kubernetes/serve.yaml")).unwrap();
    for (setting, port) in [("INTERACTIONS_ADDRESS", "8080"), ("HTTP_ADDRESS", "9090")] {
        let line = format!("name: {setting}, value: \"0.0.0.0:{port}\"");
        assert!(text.contains(&line), "{line}");
        assert!(text.contains(&format!("containerPort: {port}")));
    }
    assert!(text.contains("{ protocol: TCP, port: 8080 }") && text.contains("path: /interactions"));
    let text = fs::read_to_string(root().join("deploy/compose-serve.yaml")).unwrap();
    assert!(text.contains("INTERACTIONS_ADDRESS: 0.0.0.0:8080"));
    assert!(
        text.contains("reverse_proxy /interactions") && text.contains("dynamic a pullquote 8080")
    );
}
