//! Where a link leads to among the articles.

use super::address::slug;
use super::{Article, ArticleId, Corpus};
use rustc_hash::FxHashMap;

impl Corpus {
    /// The article that a link in another one leads to, and the number of the first paragraph of its section there. `None` for
    /// what is not among the articles, and where it is not clear which one is meant.
    pub(crate) fn link_target(&self, from: ArticleId, address: &str) -> Option<(ArticleId, usize)> {
        let (page, anchor) = address.split_once('#').unwrap_or((address, ""));
        let page = page.split('?').next().unwrap_or_default();
        let id = match page {
            "" => from,
            _ if page.contains("://") => self.coming_from(page)?,
            _ => self.linked_as(from, page)?,
        };
        let article = self.article(id);
        let paragraph = match anchor {
            "" => 0,
            _ => article.below_anchor(anchor)?,
        };
        (paragraph < article.paragraphs.len()).then_some((id, paragraph))
    }

    /// The article that comes from an address.
    fn coming_from(&self, address: &str) -> Option<ArticleId> {
        let page = |address: &str| {
            let (_, page) = address.split_once("://")?;
            Some(parts(page.split('#').next()?))
        };
        let linked = page(address)?;
        self.position(|article| {
            article.meta.source.as_deref().and_then(page).as_ref() == Some(&linked)
        })
    }

    /// The article with the path of a link. A site's own addresses may begin elsewhere than the paths: the only article whose
    /// path ends as the address does, or the other way round.
    fn linked_as(&self, from: ArticleId, page: &str) -> Option<ArticleId> {
        let linked = if page.starts_with('/') {
            parts(page)
        } else {
            let own = self.article(from).path.rsplit_once('/');
            let (folder, _) = own.unwrap_or_default();
            parts(&format!("{folder}/{page}"))
        };
        if linked.is_empty() {
            return None;
        }
        self.position(|article| parts(&article.path) == linked)
            .or_else(|| {
                let ends_alike = |id: &ArticleId| {
                    let path = parts(&self.article(*id).path);
                    let (path, linked) = (path.iter().rev(), linked.iter().rev());
                    path.len() > 0 && path.zip(linked).all(|(one, other)| one == other)
                };
                let mut alike = self.ids().filter(ends_alike);
                alike.next().filter(|_| alike.next().is_none())
            })
    }
}

impl Article {
    /// The number of the first paragraph below the heading with an anchor.
    fn below_anchor(&self, anchor: &str) -> Option<usize> {
        let anchor = comparable(anchor);
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        let has_anchor = |heading: &super::Heading| {
            let own = comparable(&slug(heading.span.of(&self.text)));
            let before = seen.entry(own.clone()).or_default();
            *before += 1;
            match *before {
                1 => own == anchor,
                count => format!("{own}-{}", count - 1) == anchor,
            }
        };
        let heading = self.headings.iter().position(has_anchor)?;
        let below = self.headings[heading].span.end;
        self.paragraphs.iter().position(|it| it.span.start >= below)
    }
}

/// An anchor in lower case, with hyphens for underscores, which wikis write.
fn comparable(anchor: &str) -> String {
    anchor.to_lowercase().replace('_', "-")
}

/// The folders and the name of a page, without what differs between a file and its address: upper case, the extension, and
/// the name of a folder's own page.
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part.replace("%20", " ").to_lowercase()),
        }
    }
    if let Some(name) = parts.last_mut()
        && let Some((stem, extension)) = name.rsplit_once('.')
        && !stem.is_empty()
        && (1..=8).contains(&extension.len())
    {
        *name = stem.to_owned();
    }
    let is_own_page = |name: &String| matches!(name.as_str(), "index" | "_index" | "readme");
    parts.pop_if(|name| is_own_page(name));
    parts
}

#[cfg(test)]
mod tests {
    use crate::article::{ArticleId, BlockKind, Corpus, ParagraphKind, article_of};

    #[test]
    fn links_lead_to_sections_of_articles() {
        const BODY: BlockKind = BlockKind::Paragraph(ParagraphKind::Body);
        let article = |path: &str, source: Option<&str>| {
            let heading = (BlockKind::Heading(2), "The fares");
            let blocks = [
                (BODY, "Boats."),
                heading,
                (BODY, "A crown."),
                heading,
                (BODY, "Two."),
            ];
            let mut article = article_of(path, &blocks).unwrap();
            article.meta.source = source.map(str::to_owned);
            article
        };
        let corpus = Corpus::new(vec![
            article("docs/a/faq.md", None),
            article("docs/a/ferry.md", Some("https://ferry.example/Ferry/")),
            article("docs/b/_index.md", None),
            article("docs/c/faq.md", None),
            article("docs/c/two words.md", None),
        ]);
        let from = corpus.position(|it| it.path == "docs/a/faq.md").unwrap();
        for (address, expected) in [
            ("#the-fares", Some(("docs/a/faq.md", 1))),
            ("#The_Fares-1", Some(("docs/a/faq.md", 2))),
            ("#dogs", None),
            ("ferry.md", Some(("docs/a/ferry.md", 0))),
            ("./ferry.html?x=1#the-fares", Some(("docs/a/ferry.md", 1))),
            ("../b/", Some(("docs/b/_index.md", 0))),
            ("../c/faq", Some(("docs/c/faq.md", 0))),
            ("../c/two%20words", Some(("docs/c/two words.md", 0))),
            ("/handbook/docs/a/Ferry", Some(("docs/a/ferry.md", 0))),
            ("/handbook/a/ferry", None),
            ("/ferry/", Some(("docs/a/ferry.md", 0))),
            ("/faq/", None),
            ("/other/", None),
            (
                "https://ferry.example/ferry#the-fares",
                Some(("docs/a/ferry.md", 1)),
            ),
            ("https://other.example/ferry", None),
            ("", Some(("docs/a/faq.md", 0))),
            ("/", None),
            ("../../../..", None),
        ] {
            let found = corpus.link_target(from, address);
            let named = |id: ArticleId| corpus.article(id).path.as_str();
            let found = found.map(|(id, paragraph)| (named(id), paragraph));
            assert_eq!(found, expected, "{address}");
        }
    }
}
