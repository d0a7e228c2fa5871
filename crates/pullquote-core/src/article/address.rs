//! The address of a section on the page that an article comes from.

use super::Article;

impl Article {
    /// The address of the section of paragraph `number`: the article's, with the anchor that GitHub, Docusaurus, Hugo,
    /// mdBook and most others give a heading. On a page with other anchors it leads to the page's beginning. `None`
    /// without an address in the front matter.
    ///
    /// ```
    /// use pullquote_core::article::Article;
    /// # use pullquote_core::article::{Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let block = |kind, text: &str| Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// # let mut document = ParsedDocument::default();
    /// # document.meta.source = Some("https://example.org/ferry".to_owned());
    /// # document.blocks = vec![
    /// #     block(BlockKind::Heading(2), "Who's allowed on deck?"),
    /// #     block(BlockKind::Paragraph(ParagraphKind::Body), "Everyone."),
    /// # ];
    /// let article: Article = Article::new("ferry.md", document).unwrap();
    /// let address = article.section_address(0).unwrap();
    /// assert_eq!(address, "https://example.org/ferry#whos-allowed-on-deck");
    /// ```
    pub fn section_address(&self, number: usize) -> Option<String> {
        let source = self.meta.source.as_deref()?;
        let heading = self.paragraphs.get(number).and_then(|of| of.heading);
        let anchor = heading.and_then(|heading| self.anchor(heading as usize));
        match anchor.filter(|_| !source.contains('#')) {
            Some(anchor) => Some(format!("{source}#{anchor}")),
            None => Some(source.to_owned()),
        }
    }

    /// The anchor of a heading. The second of two equal ones ends in `-1`, and so on.
    fn anchor(&self, heading: usize) -> Option<String> {
        let anchor_of = |at: usize| Some(slug(self.headings.get(at)?.span.of(&self.text)));
        let anchor = anchor_of(heading).filter(|anchor| !anchor.is_empty())?;
        let before = (0..heading).filter(|at| anchor_of(*at).as_ref() == Some(&anchor));
        Some(match before.count() {
            0 => anchor,
            count => format!("{anchor}-{count}"),
        })
    }
}

/// A heading in lower case, without punctuation and with hyphens for spaces.
pub(super) fn slug(heading: &str) -> String {
    let letters = heading.trim().chars().flat_map(char::to_lowercase);
    let kept = letters.filter_map(|letter| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ => letter.is_alphanumeric().then_some(letter),
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};

    fn check(source: &str, headings: &[&str], expected: &str) {
        let block = |kind, text: &str| {
            let lines = LineRange { first: 1, last: 1 };
            Block::new(kind, text.to_owned(), lines)
        };
        let mut document = ParsedDocument::default();
        document.meta.source = Some(source.to_owned());
        for heading in headings {
            let body = BlockKind::Paragraph(ParagraphKind::Body);
            let pair = [block(BlockKind::Heading(2), heading), block(body, "Text.")];
            document.blocks.extend(pair);
        }
        let article = Article::new("a.md", document).unwrap();
        let last = article.paragraphs.len() - 1;
        let found = article.section_address(last).unwrap();
        assert_eq!(found, expected, "{headings:?}");
    }

    #[test]
    fn sections_have_the_anchors_of_their_headings() {
        let page = "https://a.example/p";
        for (headings, anchor) in [
            (&["Set-up: step 1 (Linux)"][..], "#set-up-step-1-linux"),
            (&["Öl & Gas"], "#öl--gas"),
            (&["Same", "Other", "Same"], "#same-1"),
            (&["???"], ""),
        ] {
            check(page, headings, &format!("{page}{anchor}"));
        }
        check(
            "https://a.example/p#top",
            &["Same"],
            "https://a.example/p#top",
        );
    }
}
