//! Differences between the articles before and after a reload.

use super::Article;
use std::collections::BTreeMap;
use std::fmt;

/// Paths of the files that differ, each list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New articles.
    pub added: Vec<String>,
    /// Articles with different content or metadata.
    pub changed: Vec<String>,
    /// Articles whose files no longer exist.
    pub removed: Vec<String>,
    /// Files that could not be read. Their previous articles, if any, are kept.
    pub failed: Vec<String>,
}

impl Changes {
    /// Compares the articles by path. `failed` stays empty: it concerns files, not articles.
    pub fn between<'a>(
        before: impl IntoIterator<Item = &'a Article>,
        after: impl IntoIterator<Item = &'a Article>,
    ) -> Self {
        let (old, new) = (by_path(before), by_path(after));
        let paths = |articles: &BTreeMap<&str, &Article>, keep: &dyn Fn(&str, &Article) -> bool| {
            let kept = articles
                .iter()
                .filter(|(path, article)| keep(path, article));
            kept.map(|(path, _)| (*path).to_owned()).collect()
        };
        Self {
            added: paths(&new, &|path, _| !old.contains_key(path)),
            changed: paths(&new, &|path, new| {
                old.get(path).is_some_and(|old| *old != new)
            }),
            removed: paths(&old, &|path, _| !new.contains_key(path)),
            failed: Vec::new(),
        }
    }

    /// Whether no article differs. Files that failed do not count.
    pub fn is_none(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

fn by_path<'a>(articles: impl IntoIterator<Item = &'a Article>) -> BTreeMap<&'a str, &'a Article> {
    let articles = articles.into_iter();
    articles
        .map(|article| (article.path.as_str(), article))
        .collect()
}

/// Paths shown of each list. Further ones are counted.
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
    use super::super::{Article, BlockKind, ParagraphKind, article_of};
    use super::Changes;

    fn article(path: &str, text: &str) -> Article {
        article_of(path, &[(BlockKind::Paragraph(ParagraphKind::Body), text)]).unwrap()
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
    fn display_shortens_long_lists() {
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
