//! What is different between the articles before and after a reload.

use super::Article;
use std::collections::BTreeMap;
use std::fmt;

/// Paths of the files that differ, each list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Articles that were not there.
    pub added: Vec<String>,
    /// Articles that say something else.
    pub changed: Vec<String>,
    /// Articles that are gone.
    pub removed: Vec<String>,
    /// Files that cannot be used; an article that was made of one before stays.
    pub failed: Vec<String>,
}

impl Changes {
    /// What is different, but for the failures, which articles do not tell of.
    pub fn between(before: &[Article], after: &[Article]) -> Self {
        let by_path = |article: &'_ Article| article.path.clone();
        let old: BTreeMap<&str, &Article> = before
            .iter()
            .map(|article| (article.path.as_str(), article))
            .collect();
        let new: BTreeMap<&str, &Article> = after
            .iter()
            .map(|article| (article.path.as_str(), article))
            .collect();
        let missing = |from: &BTreeMap<&str, &Article>, all: &BTreeMap<&str, &Article>| {
            let gone = all
                .values()
                .filter(|it| !from.contains_key(it.path.as_str()));
            gone.map(|article| by_path(article)).collect()
        };
        let differs = |article: &&&Article| {
            let old = old.get(article.path.as_str());
            old.is_some_and(|old| old != *article)
        };
        Self {
            added: missing(&old, &new),
            changed: new.values().filter(differs).map(|it| by_path(it)).collect(),
            removed: missing(&new, &old),
            failed: Vec::new(),
        }
    }

    /// Whether the articles are the same.
    pub fn is_none(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Names of each list that are shown; the rest is counted.
const SHOWN: usize = 5;

/// `1 added (a.md), 2 changed (b.md, c.md)`.
impl fmt::Display for Changes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            out.write_str("nothing has changed")?;
        }
        let lists = [
            (&self.added, "added"),
            (&self.changed, "changed"),
            (&self.removed, "removed"),
            (&self.failed, "failed"),
        ];
        let mut before = !self.is_none();
        for (paths, what) in lists.iter().filter(|(paths, _)| !paths.is_empty()) {
            if !std::mem::replace(&mut before, false) {
                out.write_str(", ")?;
            }
            let shown = paths.get(..SHOWN).unwrap_or(paths).join(", ");
            write!(out, "{} {what} ({shown}", paths.len())?;
            match paths.len().saturating_sub(SHOWN) {
                0 => out.write_str(")")?,
                more => write!(out, " and {more} more)")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    use super::Changes;

    fn article(path: &str, text: &str) -> Article {
        let paragraph = Block {
            text: text.to_owned(),
            lines: LineRange { first: 1, last: 1 },
            kind: BlockKind::Paragraph(ParagraphKind::Body),
        };
        let reading = ParsedDocument {
            blocks: vec![paragraph],
            ..ParsedDocument::default()
        };
        Article::new(path, reading).unwrap()
    }

    #[test]
    fn articles_are_compared_by_path() {
        let before = [article("a.md", "One."), article("b.md", "Two.")];
        let after = [article("b.md", "Three."), article("c.md", "Four.")];
        let changes = Changes::between(&before, &after);
        assert_eq!(
            changes.to_string(),
            "1 added (c.md), 1 changed (b.md), 1 removed (a.md)"
        );
        assert!(Changes::between(&before, &before).is_none());
    }

    #[test]
    fn long_lists_are_cut_and_nothing_is_said_to_be_nothing() {
        let failed = (0..7).map(|number| format!("{number}.md")).collect();
        let changes = Changes {
            failed,
            ..Changes::default()
        };
        assert_eq!(
            changes.to_string(),
            "nothing has changed, 7 failed (0.md, 1.md, 2.md, 3.md, 4.md and 2 more)"
        );
    }
}
