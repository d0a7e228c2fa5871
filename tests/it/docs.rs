//! Checks the documentation against the program: examples, messages, settings, commands, links.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Longer than this, and nobody reads it to the end; the book has room for everything else.
const README_WORDS: usize = 900;
/// Chapters of the book.
const BOOK: &str = "docs/src";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below `folder` whose names end in `.extension`, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The Rust code of the program and its crates, and of the tests and the tools that are tested as well if `with_tests`.
fn code(with_tests: bool) -> String {
    let mut folders = vec![root().join("src"), root().join("xtask/src")];
    if with_tests {
        folders.push(root().join("tests"));
        folders.push(root().join("tools/distill/src"));
    }
    for entry in fs::read_dir(root().join("crates")).into_iter().flatten() {
        let krate = entry.unwrap().path();
        folders.push(krate.join("src"));
        if with_tests {
            folders.push(krate.join("tests"));
        }
    }
    let mut all = String::new();
    for file in folders.iter().flat_map(|folder| files(folder, "rs")) {
        // String literals broken by a backslash are joined.
        let mut joined = false;
        for line in fs::read_to_string(&file).unwrap().lines() {
            let line = if joined { line.trim_start() } else { line };
            joined = line.ends_with('\\');
            all.push_str(line.trim_end_matches('\\'));
            if !joined {
                all.push('\n');
            }
        }
    }
    all
}

/// What `pullquote ARGUMENTS` prints in the repository's root.
fn output(arguments: &[&str]) -> String {
    let data = tempfile::tempdir().unwrap();
    let output = crate::support::program()
        .args(arguments)
        .env_remove("MODEL")
        .env("DATA_DIR", data.path())
        .current_dir(root())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The code spans in the first column of the tables in `text`, by row.
fn first_column(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| {
        // The backtick that the prefix took is put back by counting from an odd one.
        let cell = row.split(" | ").next()?;
        Some(cell.split('`').step_by(2).collect())
    })
}

#[test]
fn messages_in_the_troubleshooting_table_exist() {
    let program = code(false);
    let chapter = read("docs/src/troubleshooting.md");
    let section = chapter.split("## By message").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut count = 0;
    for cell in first_column(section) {
        let is_message = |code: &&&str| code.contains(' ');
        for message in cell.iter().filter(is_message) {
            assert!(program.contains(message), "no code says {message:?}");
            count += 1;
        }
    }
    assert!(count > 10, "only {count} messages");
}

#[test]
fn example_answers_in_the_readme_are_real() {
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
        let printed = output(&["ask", question.trim_matches('"')]);
        assert_eq!(printed.trim(), answer.trim(), "{question}");
    }
}

#[test]
fn the_readme_is_short() {
    let words = read("README.md").split_whitespace().count();
    assert!(words <= README_WORDS, "{words} words");
}

#[test]
fn tests_named_in_the_security_page_exist() {
    let tests = code(true);
    let page = read("SECURITY.md");
    let is_test = |code: &&str| {
        code.matches('_').count() > 1 && code.chars().all(|c| c.is_lowercase() || c == '_')
    };
    let names: Vec<_> = page.split('`').skip(1).step_by(2).filter(is_test).collect();
    assert!(names.len() > 10);
    for name in names {
        let definition = format!("fn {name}(");
        assert!(tests.contains(&definition), "there is no test {name}");
    }
}

#[test]
fn every_setting_is_documented() {
    let chapter = read("docs/src/settings.md");
    let documented: BTreeSet<&str> = first_column(&chapter).flatten().collect();
    let template = read(".env.example");
    let names = template.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix('#')?.split_once('=')?;
        (!name.contains(' ')).then_some(name)
    });
    let offered: BTreeSet<&str> = names.collect();
    assert_eq!(documented, offered, "settings.md, .env.example");
}

#[test]
fn every_command_is_documented() {
    let chapter = read("docs/src/command-line.md");
    let documented: BTreeSet<&str> = first_column(&chapter)
        .flatten()
        .filter_map(|usage| usage.split_whitespace().next())
        .collect();
    let help = output(&["--help"]);
    let commands = help.split("Commands:\n").nth(1).unwrap();
    for line in commands.lines().take_while(|line| !line.is_empty()) {
        // A description may continue on a line of its own, further to the right.
        if let Some(name) = line
            .strip_prefix("  ")
            .filter(|name| !name.starts_with(' '))
        {
            let name = name.split_whitespace().next().unwrap();
            assert!(documented.contains(name), "command-line.md: `{name}`");
        }
    }
    let chapter = read("docs/src/commands.md");
    let registered = output(&["commands", "show"]);
    let usages: Vec<&str> = registered
        .lines()
        .filter(|line| line.starts_with('/'))
        .collect();
    assert!(usages.len() > 5);
    for usage in usages {
        let usage = usage.replace(['<', '>'], "");
        assert!(
            chapter.contains(&format!("`{usage}`")),
            "commands.md: `{usage}`"
        );
    }
}

/// A Markdown file: the ids of its headings, and where its links and images lead.
#[derive(Debug, Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

impl Page {
    /// Reads the subset of Markdown that our pages use: `# Headings`, `[inline](links)` and `<img src="...">`.
    fn new(text: &str) -> Self {
        let mut page = Self::default();
        let mut in_code = false;
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
            } else if !in_code {
                page.add_line(line);
            }
        }
        page
    }

    fn add_line(&mut self, line: &str) {
        let heading = line.trim_start_matches('#');
        if heading.len() < line.len() && heading.starts_with(' ') {
            self.add_anchor(&slug(heading));
        }
        // Every second part is code, where brackets mean nothing.
        let prose: Vec<&str> = line.split('`').step_by(2).collect();
        let prose = prose.join("`");
        for (start, end) in [("](", ')'), ("src=\"", '"')] {
            let links = prose.split(start).skip(1);
            let links = links.filter_map(|rest| rest.split(end).next());
            self.links.extend(links.map(str::to_owned));
        }
    }

    /// Repeated headings get a number, as in mdBook and on GitHub.
    fn add_anchor(&mut self, slug: &str) {
        let numbered = (1..).map(|number| format!("{slug}-{number}"));
        let mut names = std::iter::once(slug.to_owned()).chain(numbered);
        let free = names.find(|name| !self.anchors.contains(name)).unwrap();
        self.anchors.insert(free);
    }
}

/// The id that mdBook and GitHub give to a heading.
fn slug(heading: &str) -> String {
    let letter = |letter: char| match letter {
        letter if letter.is_alphanumeric() || "_-".contains(letter) => Some(letter),
        letter if letter.is_whitespace() => Some('-'),
        _ => None,
    };
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(letter)
        .collect()
}

/// `a/b/../c` -> `a/c`.
fn normalised(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// The pages that people read, by their paths below the root.
fn pages() -> BTreeMap<PathBuf, Page> {
    let top = [
        "README.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ];
    let top = top.iter().map(|name| root().join(name));
    let all = top.chain(files(&root().join(BOOK), "md"));
    all.map(|path| {
        let below = path.strip_prefix(root()).unwrap().to_owned();
        (below, Page::new(&fs::read_to_string(&path).unwrap()))
    })
    .collect()
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    for (path, page) in &pages {
        let links = page.links.iter();
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                normalised(&path.parent().unwrap().join(file))
            };
            let place = format!("{}: {link}", path.display());
            assert!(root().join(&target).exists(), "{place}: no such file");
            // mdBook renders the book alone: a link out of it leads nowhere.
            let leaves_book = path.starts_with(BOOK) && !target.starts_with(BOOK);
            assert!(!leaves_book, "{place}: leads out of the book");
            if !anchor.is_empty() {
                let target = pages.get(&target);
                let target = target.unwrap_or_else(|| panic!("{place}: not a page"));
                assert!(target.anchors.contains(anchor), "{place}: no such heading");
            }
        }
    }
}

#[test]
fn every_chapter_is_in_the_summary() {
    let pages = pages();
    let summary = &pages[&Path::new(BOOK).join("SUMMARY.md")];
    let listed: BTreeSet<PathBuf> = summary
        .links
        .iter()
        .map(|link| Path::new(BOOK).join(link))
        .collect();
    let is_chapter = |path: &&PathBuf| path.starts_with(BOOK) && !path.ends_with("SUMMARY.md");
    let chapters: BTreeSet<PathBuf> = pages.keys().filter(is_chapter).cloned().collect();
    assert_eq!(listed, chapters);
}

#[test]
fn paths_named_for_developers_exist() {
    for page in ["docs/src/architecture.md", "CONTRIBUTING.md"] {
        let text = read(page);
        let is_path = |code: &&str| {
            let names_source = ["src/", "crates/", "xtask", "tests/", "benches/", "tools/"];
            let is_template = code.contains(['<', '*', ' ']) || code.contains("/xx");
            names_source.iter().any(|start| code.starts_with(start)) && !is_template
        };
        let paths: Vec<&str> = text.split('`').skip(1).step_by(2).filter(is_path).collect();
        assert!(paths.len() > 5, "{page}");
        for path in paths {
            assert!(root().join(path).exists(), "{page}: `{path}`");
        }
    }
}

#[test]
fn slugs_are_those_of_the_book() {
    assert_eq!(slug("Health and metrics"), "health-and-metrics");
    assert_eq!(slug("It can't `ask`: why?"), "it-cant-ask-why");
    assert_eq!(slug("3. Ranking, quoting"), "3-ranking-quoting");
    let page = Page::new("# A\n\n## B\n\n## B\n\n[x](y.md#z) <img src=\"p.png\">\n");
    let anchors: Vec<_> = page.anchors.iter().map(String::as_str).collect();
    assert_eq!(anchors, ["a", "b", "b-1"]);
    assert_eq!(page.links, ["y.md#z", "p.png"]);
    assert_eq!(normalised(Path::new("a/b/../c")), Path::new("a/c"));
}
