//! No two files of a crate use each other, directly or through others: whoever reads a file can read what it uses first. A folder's
//! `mod.rs` and the files in the folder are one room, and may.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// A module, from the root of its crate: `["answer", "outcome"]`.
type Module = Vec<String>;

/// The files of a crate by module, each with the paths that it names, and those that it hands on by `pub use`.
#[derive(Default)]
struct Crate {
    named: BTreeMap<Module, Vec<Module>>,
    handed_on: BTreeMap<(Module, String), Module>,
}

/// Collects the paths that a file names, except those in its tests.
#[derive(Default)]
struct Paths {
    named: Vec<Module>,
    handed_on: Vec<(String, Module)>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast Item) {
        let is_test = match item {
            Item::Mod(item) => is_test(&item.attrs),
            Item::Fn(item) => is_test(&item.attrs),
            Item::Impl(item) => is_test(&item.attrs),
            Item::Use(item) => is_test(&item.attrs),
            _ => false,
        };
        if !is_test {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for (name, path) in leaves(&item.tree) {
            if !matches!(item.vis, Visibility::Inherited) {
                self.handed_on.push((name, path.clone()));
            }
            self.named.push(path);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter();
        self.named
            .push(segments.map(|it| it.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|of| of.is_ident("test"))
    })
}

/// The names that a `use` brings in, each with its path.
fn leaves(tree: &UseTree) -> Vec<(String, Module)> {
    match tree {
        UseTree::Path(path) => {
            let mut leaves = leaves(&path.tree);
            for (name, leaf) in &mut leaves {
                leaf.insert(0, path.ident.to_string());
                // `use a::b::{self}`.
                if leaf.last().is_some_and(|last| last == "self") {
                    leaf.pop();
                    *name = path.ident.to_string();
                }
            }
            leaves
        }
        UseTree::Name(name) => vec![(name.ident.to_string(), vec![name.ident.to_string()])],
        UseTree::Rename(name) => vec![(name.rename.to_string(), vec![name.ident.to_string()])],
        UseTree::Glob(_) => vec![(String::new(), Vec::new())],
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
    }
}

impl Crate {
    fn read(src: &Path) -> Self {
        let mut files = Vec::new();
        collect(src, &mut Vec::new(), &mut files);
        let mut read = Self::default();
        let mut handed_on = Vec::new();
        for (module, text) in files {
            let mut paths = Paths::default();
            paths.visit_file(&syn::parse_file(&text).unwrap());
            handed_on.extend(paths.handed_on.into_iter().map(|it| (module.clone(), it)));
            read.named.insert(module, paths.named);
        }
        for (module, (name, path)) in handed_on {
            if let Some((of, _)) = read.module(&module, &path) {
                read.handed_on.insert((module, name), of);
            }
        }
        read
    }

    /// The module that a path in a file leads to, and the name in it. `None` if it leads out of the crate.
    fn module(&self, from: &Module, path: &[String]) -> Option<(Module, Option<String>)> {
        let mut whole = match path.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => from.clone(),
            first => {
                let below: Module = from.iter().cloned().chain([first.to_owned()]).collect();
                self.named.get(&below)?;
                from.clone()
            }
        };
        for segment in path {
            match segment.as_str() {
                "crate" | "self" => {}
                "super" => drop(whole.pop()),
                segment => whole.push(segment.to_owned()),
            }
        }
        let depth = (0..=whole.len())
            .rev()
            .find(|&depth| self.named.contains_key(&whole[..depth]))?;
        let name = whole.get(depth).cloned();
        whole.truncate(depth);
        Some((whole, name))
    }

    /// The files that each file uses. What a `mod.rs` hands on comes from where it is.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
        let mut arrows: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
        for (from, paths) in &self.named {
            let used = arrows.entry(from).or_default();
            for path in paths {
                let Some((mut to, Some(name))) = self.module(from, path) else {
                    used.extend(self.module(from, path).map(|(to, _)| to));
                    continue;
                };
                while let Some(source) = self.handed_on.get(&(to.clone(), name.clone())) {
                    if *source == to {
                        break;
                    }
                    to.clone_from(source);
                }
                used.insert(to);
            }
            used.retain(|to| !to.starts_with(from) && !from.starts_with(to));
        }
        arrows
    }
}

/// The source files in a folder, by module.
fn collect(folder: &Path, module: &mut Module, files: &mut Vec<(Module, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            module.push(name);
            collect(&path, module, files);
            module.pop();
        } else if path.extension().is_some_and(|it| it == "rs") && !name.ends_with("tests") {
            let is_root = ["mod", "lib", "main"].contains(&name.as_str());
            let own = (!is_root).then_some(name);
            let whole = module.iter().cloned().chain(own).collect();
            files.push((whole, fs::read_to_string(&path).unwrap()));
        }
    }
}

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
