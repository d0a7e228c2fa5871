//! Which paths the files of a crate name, and which of its files they lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// A module, from the root of its crate: `["answer", "outcome"]`.
pub type Module = Vec<String>;

/// The files of a crate by module, each with the paths that it names, and those that it hands on by `pub use`.
#[derive(Default)]
pub struct Crate {
    pub named: BTreeMap<Module, Vec<Module>>,
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

    /// What stands inside of a macro is no syntax tree.
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let text = item.tokens.to_string().replace(" :: ", "::");
        let words = text.split(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
        let paths = words.filter(|word| word.contains("::"));
        let segments = |path: &str| path.split("::").map(str::to_owned).collect();
        self.named.extend(paths.map(segments));
        visit::visit_macro(self, item);
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
    pub fn read(src: &Path) -> Self {
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
    pub fn arrows(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
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
