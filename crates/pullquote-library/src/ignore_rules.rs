//! The rules in the files `.pullquoteignore`, which are those of `.gitignore`.

use crate::passed_over::IGNORE_FILE;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Longer files of rules are cut.
const MAX_BYTES: u64 = 64 * 1024;

/// The rules of the folders from the root to the current one.
#[derive(Debug, Default)]
pub(crate) struct IgnoreRules {
    /// Path of each folder with rules, relative to the root, and its rules.
    folders: Vec<(String, Gitignore)>,
}

impl IgnoreRules {
    /// Reads the rules of a folder, if it has any. Returns what is wrong with them.
    pub(crate) fn enter(&mut self, on_disk: &Path, path: &str) -> Option<String> {
        self.folders.retain(|(folder, _)| is_in(path, folder));
        let file = on_disk.join(IGNORE_FILE);
        // A link could lead out of the folder.
        if !fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file()) {
            return None;
        }
        let mut text = Vec::new();
        if let Err(error) =
            File::open(&file).and_then(|it| it.take(MAX_BYTES).read_to_end(&mut text))
        {
            return Some(format!("cannot be read: {error}"));
        }
        let mut problem = None;
        let mut builder = GitignoreBuilder::new("");
        for (number, line) in (1..).zip(String::from_utf8_lossy(&text).lines()) {
            if let Err(error) = builder.add_line(None, line) {
                problem = Some(format!(
                    "line {number} is not a pattern, so it is ignored: {error}"
                ));
            }
        }
        match builder.build() {
            Ok(rules) => self.folders.push((path.to_owned(), rules)),
            Err(error) => problem = Some(error.to_string()),
        }
        problem
    }

    /// Whether the rules exclude a file or folder, by its path relative to the root. The rules of the innermost folder
    /// that has any for it decide.
    pub(crate) fn exclude(&self, path: &str, is_folder: bool) -> bool {
        let mut folders = self.folders.iter().rev();
        let decided = folders.find_map(|(folder, rules)| {
            let inner = path.get(folder.len()..).filter(|_| is_in(path, folder))?;
            match rules.matched(inner.trim_start_matches('/'), is_folder) {
                Match::None => None,
                Match::Ignore(_) => Some(true),
                Match::Whitelist(_) => Some(false),
            }
        });
        decided.unwrap_or(false)
    }
}

fn is_in(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_rules_decide() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("guides");
        fs::create_dir(&inner).unwrap();
        fs::write(
            root.path().join(IGNORE_FILE),
            "# drafts\n*.tmp.md\nold/\n/top.md\n",
        )
        .unwrap();
        fs::write(inner.join(IGNORE_FILE), "!keep.tmp.md\n[z-a]\n").unwrap();
        let mut rules = IgnoreRules::default();
        assert_eq!(rules.enter(root.path(), ""), None);
        let problem = rules.enter(&inner, "guides").unwrap();
        assert!(problem.starts_with("line 2 "), "{problem}");
        let check = |path, is_folder, expected| {
            assert_eq!(rules.exclude(path, is_folder), expected, "{path}");
        };
        check("a.tmp.md", false, true);
        check("guides/a.tmp.md", false, true);
        check("guides/keep.tmp.md", false, false);
        check("guides/old", true, true);
        check("guides/old", false, false);
        check("top.md", false, true);
        check("guides/top.md", false, false);
        rules.enter(root.path(), "rules");
        assert!(rules.exclude("rules/keep.tmp.md", false));
    }
}
