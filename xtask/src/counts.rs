//! `counts`: figures on the size of the code, to compare before and after a change.
//!
//! The rules are rough. They rely on the layout that rustfmt gives the code, and need no compiler:
//!
//! - A file is a `.rs` file in a `src` folder of the workspace. Its length includes comments and unit tests.
//! - A function's length is the number of lines between its braces, without blank lines and comments, as Clippy counts.
//! - A public item is a `pub` function, struct, enum or trait of a library crate, including methods and what other
//!   crates cannot reach. It has an example if its own documentation contains a code block. An example uses it if its
//!   name is a word of a code block in the crate's documentation, or of a file in `examples`: most methods are shown by
//!   the example of their type. Another crate names it if its name is a word of a `.rs` file outside the crate's `src`:
//!   what no other crate names is private, or part of the type of something that is named.
//! - The crates built are those that `cargo run` compiles on this platform, build scripts and macros included.

use anyhow::{Context, Result, ensure};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Args)]
pub(crate) struct Counts {
    /// Root of the repository
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Name the public items that no example uses
    #[arg(long)]
    list: bool,
}

/// The limit that `clippy.toml` sets for the lines of a function.
const LONG_FUNCTION: usize = 60;

/// A source file, its path relative to the root and with slashes.
struct Source {
    path: String,
    text: String,
}

/// A public item with its place, as `path:line: declaration`.
#[derive(Debug, PartialEq)]
struct Item {
    place: String,
    name: String,
    has_example: bool,
}

impl Counts {
    pub(crate) fn run(&self) -> Result<()> {
        let mut sources = Vec::new();
        for folder in source_folders(&self.root)? {
            collect(&self.root, &folder, &mut sources)?;
        }
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        let library = sources
            .iter()
            .filter(|source| source.path.starts_with("crates/"));
        let items = library.flat_map(|source| public_items(&source.path, &source.text));
        let items: Vec<Item> = items.collect();
        let without = items.iter().filter(|item| !item.has_example).count();
        let unused: Vec<&Item> = unused(&self.root, &sources, &items)?;
        let unnamed = unnamed(&self.root, &items)?;
        let readme = fs::read_to_string(self.root.join("README.md"));
        let readme = readme.context("cannot read README.md")?;

        let mut figures = of_sources(&sources)?;
        figures.extend([
            ("crates built", crates_built(&self.root)?.to_string()),
            (
                "README words",
                readme.split_whitespace().count().to_string(),
            ),
            ("public items", items.len().to_string()),
            ("public items without example", without.to_string()),
            ("used by no example", unused.len().to_string()),
            ("named by no other crate", unnamed.to_string()),
        ]);
        let mut out = std::io::stdout().lock();
        for (name, figure) in figures {
            writeln!(out, "{name:30} {figure}")?;
        }
        if self.list {
            for item in unused {
                writeln!(out, "{}", item.place)?;
            }
        }
        Ok(())
    }
}

/// Number and lengths of the files, and number of long functions.
fn of_sources(sources: &[Source]) -> Result<Vec<(&'static str, String)>> {
    let mut lengths: Vec<(usize, &str)> = sources
        .iter()
        .map(|source| (source.text.lines().count(), source.path.as_str()))
        .collect();
    lengths.sort_unstable();
    let (longest, path) = lengths.last().context("there are no sources here")?;
    let (median, _) = lengths[lengths.len() / 2];
    let lines: usize = lengths.iter().map(|(length, _)| length).sum();
    let functions = sources
        .iter()
        .flat_map(|source| function_lengths(&source.text));
    let long = functions.filter(|length| *length > LONG_FUNCTION).count();
    Ok(vec![
        ("files", lengths.len().to_string()),
        ("lines", lines.to_string()),
        ("lines of the median file", median.to_string()),
        ("lines of the longest file", format!("{longest} ({path})")),
        ("functions over 60 lines", long.to_string()),
    ])
}

/// The `src` folders of the workspace's packages that exist.
fn source_folders(root: &Path) -> Result<Vec<PathBuf>> {
    let mut packages = vec![root.to_owned(), root.join("xtask")];
    if let Ok(crates) = fs::read_dir(root.join("crates")) {
        for entry in crates {
            packages.push(entry?.path());
        }
    }
    let folders = packages.into_iter().map(|package| package.join("src"));
    Ok(folders.filter(|folder| folder.is_dir()).collect())
}

/// Adds the `.rs` files in `folder`, build folders aside.
fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) -> Result<()> {
    let context = || format!("cannot read {}", folder.display());
    for entry in fs::read_dir(folder).with_context(context)? {
        let path = entry.with_context(context)?.path();
        if path.ends_with("target") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let path = path.strip_prefix(root).unwrap_or(&path);
            let path = path.to_string_lossy().replace('\\', "/");
            sources.push(Source { path, text });
        }
    }
    Ok(())
}

/// `line` without the words that may stand before `fn`.
fn without_qualifiers(line: &str) -> &str {
    let mut rest = line;
    while let Some(shorter) = ["pub ", "pub(crate) ", "pub(super) ", "const ", "async "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        rest = shorter;
    }
    rest
}

/// Lines of code in each function's body.
fn function_lengths(text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let mut lengths = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        if !without_qualifiers(code).starts_with("fn ") {
            continue;
        }
        let mut rest = lines[number..].iter();
        let opens = rest.find(|line| line.ends_with(['{', '}', ';']));
        if opens.is_none_or(|line| !line.ends_with('{')) {
            lengths.push(0);
            continue;
        }
        // rustfmt aligns the closing brace with the declaration.
        let close = format!("{}}}", " ".repeat(line.len() - code.len()));
        let body = rest.take_while(|line| **line != close);
        let code = body.map(|line| line.trim_start());
        lengths.push(
            code.filter(|line| !line.is_empty() && !line.starts_with("//"))
                .count(),
        );
    }
    lengths
}

/// The public functions, structs, enums and traits that a file declares.
fn public_items(path: &str, text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut has_example = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if let Some(documentation) = line.strip_prefix("///") {
            has_example |= documentation.trim_start().starts_with("```");
            continue;
        }
        if line.starts_with("#[") {
            continue;
        }
        let declares = ["fn ", "struct ", "enum ", "trait "]
            .iter()
            .any(|keyword| without_qualifiers(line).starts_with(keyword));
        if line.starts_with("pub ") && declares {
            let place = format!("{path}:{}: {}", number + 1, line.trim_end_matches(" {"));
            let name = without_qualifiers(line).split_whitespace().nth(1);
            let name = name.unwrap_or_default().chars();
            let name = name.take_while(|letter| is_of_word(*letter)).collect();
            items.push(Item {
                place,
                name,
                has_example,
            });
        }
        has_example = false;
    }
    items
}

/// The items that no example uses.
fn unused<'a>(root: &Path, sources: &[Source], items: &'a [Item]) -> Result<Vec<&'a Item>> {
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let of_crate = words.entry(folder(&source.path)).or_default();
        for line in example_lines(&source.text) {
            of_crate.extend(line.split(|letter: char| !is_of_word(letter)));
        }
    }
    let mut examples = Vec::new();
    if root.join("examples").is_dir() {
        collect(root, &root.join("examples"), &mut examples)?;
    }
    let is_used = |item: &Item| {
        let own = words.get(folder(&item.place));
        let in_files = examples.iter().any(|example| {
            let mut words = example.text.split(|letter: char| !is_of_word(letter));
            words.any(|word| word == item.name)
        });
        item.has_example || in_files || own.is_some_and(|own| own.contains(item.name.as_str()))
    };
    Ok(items.iter().filter(|item| !is_used(item)).collect())
}

/// Number of items whose name is no word of the code outside their crate.
fn unnamed(root: &Path, items: &[Item]) -> Result<usize> {
    let mut sources = Vec::new();
    for name in [
        "benches", "crates", "examples", "fuzz", "src", "tests", "tools", "xtask",
    ] {
        let folder = root.join(name);
        if folder.is_dir() {
            collect(root, &folder, &mut sources)?;
        }
    }
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in &sources {
        let is_inside = source.path.contains("/src/") && !source.path.ends_with("/main.rs");
        let user = if is_inside { folder(&source.path) } else { "" };
        for word in source.text.split(|letter: char| !is_of_word(letter)) {
            users.entry(word).or_default().insert(user);
        }
    }
    let is_named = |item: &&Item| {
        let own = folder(&item.place);
        let users = users.get(item.name.as_str());
        users.is_some_and(|users| users.iter().any(|user| *user != own))
    };
    Ok(items.iter().filter(|item| !is_named(item)).count())
}

/// The first two folders of a path: a crate.
fn folder(path: &str) -> &str {
    let end = path.match_indices('/').nth(1).map(|(at, _)| at);
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The lines of code in the documentation of a source file.
fn example_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter_map(move |line| {
        let line = line.trim_start();
        let comment = line.strip_prefix("///").or(line.strip_prefix("//!"))?;
        if comment.trim_start().starts_with("```") {
            inside = !inside;
            return None;
        }
        inside.then_some(comment)
    })
}

/// Number of crates that Cargo compiles for the program.
fn crates_built(root: &Path) -> Result<usize> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .args([
            "tree",
            "--package",
            "pullquote",
            "--locked",
            "--edges",
            "normal,build",
        ])
        .args(["--prefix", "none", "--format", "{p}"])
        .output()
        .context("cannot run cargo tree")?;
    ensure!(
        output.status.success(),
        "cargo tree: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout)?;
    let crates: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?))
        })
        .collect();
    Ok(crates.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_as_long_as_its_code() {
        let text = "\
fn empty() {}

impl X {
    pub const fn three(
        argument: u8,
    ) -> u8 {
        // A comment.
        if argument > 1 {

            return 1;
        }
    }
}

pub(crate) async fn one() {
    two();
}
";
        assert_eq!(function_lengths(text), [0, 3, 1]);
    }

    #[test]
    fn an_example_belongs_to_the_item_below_it() {
        let text = "\
/// Has an example.
///
/// ```
/// f();
/// ```
#[must_use]
pub fn f() {
    g();
}

/// Has none.
pub struct S;

pub(crate) fn g() {}
pub use S as T;
";
        let item = |place: &str, name: &str, has_example| Item {
            place: place.to_owned(),
            name: name.to_owned(),
            has_example,
        };
        let expected = [
            item("a.rs:7: pub fn f()", "f", true),
            item("a.rs:12: pub struct S;", "S", false),
        ];
        assert_eq!(public_items("a.rs", text), expected);
    }

    #[test]
    fn an_item_is_named_by_the_code_outside_its_crate() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let text = "pub fn a() {}\npub fn b() {}\npub fn c() {}\n";
        write("crates/a/src/lib.rs", text);
        write("crates/a/src/inside.rs", "use crate::c;");
        write("crates/a/tests/a.rs", "a();");
        write("src/main.rs", "a::b();");
        let items = public_items("crates/a/src/lib.rs", text);
        assert_eq!(unnamed(root.path(), &items).unwrap(), 1);
    }

    #[test]
    fn an_example_uses_items_of_its_crate() {
        let source = |path: &str, text: &str| Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let sources = [
            source(
                "crates/a/src/lib.rs",
                "//! Not b.\n//! ```\n//! S::a(c_d);\n//! ```\npub fn a() {}\npub fn b() {}\npub fn c() {}\n",
            ),
            source("crates/b/src/lib.rs", "pub fn a() {}\n"),
        ];
        let items = sources
            .iter()
            .flat_map(|it| public_items(&it.path, &it.text));
        let items: Vec<Item> = items.collect();
        let unused = unused(Path::new("no such folder"), &sources, &items).unwrap();
        let places: Vec<&str> = unused.iter().map(|item| item.place.as_str()).collect();
        assert_eq!(
            places,
            [
                "crates/a/src/lib.rs:6: pub fn b() {}",
                "crates/a/src/lib.rs:7: pub fn c() {}",
                "crates/b/src/lib.rs:1: pub fn a() {}",
            ]
        );
    }
}
