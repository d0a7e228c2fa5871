//! The DOM of a web page or of a piece of HTML, prepared for conversion to Markdown.

use crate::nesting;
use dom_query::Document;

/// Elements that never contain an article's text.
const SKIPPED: &[&str] = &[
    "script", "style", "head", "meta", "nav", "header", "footer", "aside", "form", "noscript",
    "template", "svg",
];

/// Parses a web page; `None` if its elements are nested too deeply.
pub(crate) fn parse(source: &str) -> Option<Document> {
    parse_with(source, |source| Document::from(source))
}

/// Converts a piece of HTML to Markdown; `None` if its elements are nested too deeply.
pub(crate) fn fragment_to_markdown(source: &str) -> Option<String> {
    parse_with(source, |source| Document::fragment(source)).map(|piece| to_markdown(&piece))
}

/// Converts a page to Markdown, without navigation, headers, footers and scripts.
pub(crate) fn to_markdown(page: &Document) -> String {
    page.md(Some(SKIPPED)).to_string()
}

fn parse_with(source: &str, parser: fn(&str) -> Document) -> Option<Document> {
    if nesting::source_is_deep(source) {
        return None;
    }
    let page = parser(source);
    if nesting::page_is_deep(&page) {
        return None;
    }
    rewrite(&page);
    Some(page)
}

/// Rewrites elements that the conversion to Markdown does not know: defined terms and the summaries of disclosure
/// elements become headings, and struck out text gets the marks that it has in Markdown.
fn rewrite(page: &Document) {
    for struck in &page.select("del, s, strike") {
        struck.prepend_html("~~");
        struck.append_html("~~");
    }
    page.select("dt, summary").rename("h4");
    page.select("dd").rename("p");
    page.select("dl, details").rename("div");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        let check = |source: &str, expected: &str| {
            let markdown = fragment_to_markdown(source).unwrap();
            assert_eq!(markdown.trim(), expected, "{source}");
        };
        check("<p>Two <b>bold</b> words</p>", "Two **bold** words");
        check(
            "<p>Only <del>cold</del> warm</p>",
            r"Only \~\~cold\~\~ warm",
        );
        check(
            "<dl><dt>Ferry</dt><dd>A boat</dd></dl>",
            "#### Ferry\n\nA boat",
        );
        check("<nav>Home</nav><p>Text</p>", "Text");
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(parse(&"<div>".repeat(1_000)).is_none());
        assert!(fragment_to_markdown(&"<div>".repeat(1_000)).is_none());
    }
}
