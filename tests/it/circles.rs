//! No two files of a crate use each other, directly or through others: whoever reads a file can read what it uses first. A folder's
//! `mod.rs` and the files in the folder are one room, and may.

use crate::paths::{Crate, Module};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Files that are in a circle, or between two circles, each with those of them that it uses.
fn circles(read: &Crate) -> Vec<String> {
    let mut arrows = read.arrows();
    loop {
        let left: BTreeSet<Module> = arrows.keys().map(|&module| module.clone()).collect();
        let used: BTreeSet<Module> = arrows.values().flatten().cloned().collect();
        arrows.retain(|module, uses| {
            uses.retain(|to| left.contains(to));
            !uses.is_empty() && used.contains(*module)
        });
        if arrows.len() == left.len() {
            break;
        }
    }
    let line = |(from, to): (&Module, BTreeSet<Module>)| {
        let to: Vec<String> = to.iter().map(|module| module.join("::")).collect();
        format!("{} uses {}", from.join("::"), to.join(", "))
    };
    arrows.into_iter().map(line).collect()
}

#[test]
fn files_do_not_use_each_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = fs::read_dir(root.join("crates")).unwrap();
    let crates = crates.map(|entry| entry.unwrap().path());
    for folder in crates.chain([root.to_owned(), root.join("xtask")]) {
        let found = circles(&Crate::read(&folder.join("src")));
        assert!(
            found.is_empty(),
            "circles in {}:\n{}",
            folder.display(),
            found.join("\n")
        );
    }
}

#[test]
fn a_circle_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("lib.rs", "mod one; mod two; mod three; pub use two::Two;");
    write("one.rs", "use crate::{Two, three::Three}; struct One;");
    write("two.rs", "pub struct Two(super::one::One);");
    write(
        "three.rs",
        "pub struct Three; #[cfg(test)] mod tests { use crate::one::One; }",
    );
    let found = circles(&Crate::read(folder.path()));
    assert_eq!(found, ["one uses two", "two uses one"]);
}
