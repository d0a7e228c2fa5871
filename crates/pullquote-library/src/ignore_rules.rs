//! The rules in the files `.pullquoteignore`, which are those of `.gitignore`.

use crate::knowledge_folder::KnowledgeFolder;
use crate::passed_over::IGNORE_FILE;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
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
    /// Reads the rules of a folder, if it has any: the one that is called `path` and really is at `real`, both relative
    /// to the root. Returns what is wrong with the rules.
    pub(crate) fn enter(
        &mut self,
        root: &KnowledgeFolder,
        real: &Path,
        path: &str,
    ) -> Option<String> {
        self.folders.retain(|(folder, _)| is_in(path, folder));
        let file = real.join(IGNORE_FILE);
        // A link could lead out of the folder.
        if !root.metadata(&file).is_ok_and(|found| found.is_file()) {
            return None;
        }
        let mut text = Vec::new();
        let open = root.file(&file);
        let result = open.and_then(|(file, _)| file.take(MAX_BYTES).read_to_end(&mut text));
        if let Err(error) = result {
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
    use std::fs;

    #[test]
    fn the_innermost_rules_decide() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("guides");
        fs::create_dir(&inner).unwrap();
        fs::write(
            folder.path().join(IGNORE_FILE),
            "# drafts\n*.tmp.md\nold/\n/top.md\n",
        )
        .unwrap();
        fs::write(inner.join(IGNORE_FILE), "!keep.tmp.md\n[z-a]\n").unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let root = KnowledgeFolder::open(root).unwrap();
        let mut rules = IgnoreRules::default();
        assert_eq!(rules.enter(&root, Path::new(""), ""), None);
        let problem = rules.enter(&root, Path::new("guides"), "guides");
        let problem = problem.unwrap();
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
        rules.enter(&root, Path::new(""), "rules");
        assert!(rules.exclude("rules/keep.tmp.md", false));
    }
}
