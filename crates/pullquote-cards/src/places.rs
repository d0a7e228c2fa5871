//! What places in articles are called.

use crate::Locale;
use crate::limits::cut_plain;
use crate::locale::FluentValue;
use pullquote_core::article::{Article, LineRange, Numbering};
use pullquote_core::text::Span;

/// Characters of a title or heading: three lines on a phone, which shows about 40 a line.
pub(crate) const TITLE_LENGTH: usize = 120;

/// `Title › Heading` as plain text.
pub(crate) fn location(article: &Article, part: Span) -> String {
    match heading(article, part) {
        Some(heading) => format!("{} › {heading}", title(article)),
        None => title(article),
    }
}

/// [`location`], and the page: `Title › Heading · page 12`. Only some articles have pages.
pub(crate) fn location_with_page(locale: Locale, article: &Article, part: Span) -> String {
    let location = location(article, part);
    match page(locale, article, part) {
        Some(page) => format!("{location} · {page}"),
        None => location,
    }
}

/// The page on which a part of the text begins, or the pages of its first paragraph: `page 12`. `None` if the article has no pages.
pub(crate) fn page(locale: Locale, article: &Article, part: Span) -> Option<String> {
    let paragraph = article.paragraphs.get(article.paragraphs_in(part).start)?;
    let has_pages = article.numbering == Numbering::Pages;
    has_pages.then(|| in_numbers(locale, "on-pages", article, paragraph.lines))
}

/// A place in an article's file: `file.md:12-14`, or `file.docx, paragraph 12`.
pub(crate) fn place(locale: Locale, article: &Article, lines: LineRange) -> String {
    let id = match article.numbering {
        Numbering::Lines => return article.place(lines),
        Numbering::Paragraphs => "place-paragraphs",
        Numbering::Rows => "place-rows",
        Numbering::Pages => "place-pages",
    };
    in_numbers(locale, id, article, lines)
}

/// A message about numbered parts of an article's file.
fn in_numbers(locale: Locale, id: &str, article: &Article, lines: LineRange) -> String {
    let args = [
        ("path", FluentValue::from(article.path.as_str())),
        ("count", FluentValue::from(lines.last - lines.first + 1)),
        ("numbers", FluentValue::from(lines.to_string())),
    ];
    locale.text_with(id, &args)
}

/// The article's title on one line.
pub(crate) fn title(article: &Article) -> String {
    cut_plain(&article.meta.title, TITLE_LENGTH)
}

/// The name of the section around a part of the text, on one line.
pub(crate) fn heading(article: &Article, part: Span) -> Option<String> {
    let heading = article.section_name(part)?;
    Some(cut_plain(&heading, TITLE_LENGTH)).filter(|heading| !heading.is_empty())
}
