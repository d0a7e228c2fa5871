//! What places in articles are called.

use crate::limits::cut_plain;
use pullquote_core::article::Article;

/// Characters of a title or heading: three lines on a phone, which shows about 40 a line.
pub(crate) const TITLE_LENGTH: usize = 120;

/// `Title › Heading` as plain text.
pub(crate) fn location(article: &Article, paragraph: u32) -> String {
    match heading(article, paragraph) {
        Some(heading) => format!("{} › {heading}", title(article)),
        None => title(article),
    }
}

/// The article's title on one line.
pub(crate) fn title(article: &Article) -> String {
    cut_plain(&article.meta.title, TITLE_LENGTH)
}

/// The heading above a paragraph on one line.
pub(crate) fn heading(article: &Article, paragraph: u32) -> Option<String> {
    let paragraph = article.paragraphs.get(paragraph as usize)?;
    let heading = article.heading_of(paragraph)?;
    Some(cut_plain(heading, TITLE_LENGTH)).filter(|heading| !heading.is_empty())
}
