//! The DOM of a web page or of a piece of HTML, prepared for conversion to Markdown.

mod google_docs;
mod tables;

use crate::dialects::label;
use crate::nesting;
use crate::positions::{self, Located};
use dom_query::Document;

/// Paragraphs of a character for private use are where an aside begins and ends.
pub(crate) const ASIDE_START: &str = "\u{F2000}";
pub(crate) const ASIDE_END: &str = "\u{F2001}";

/// Elements that never contain an article's text.
const SKIPPED: &[&str] = &[
    "script", "style", "head", "meta", "nav", "header", "footer", "aside", "form", "noscript",
    "template", "svg",
];

/// Parses a web page; `None` if its elements are nested too deeply.
pub(crate) fn parse(source: &str) -> Option<Document> {
    parse_with(source, positions::parse)
}

/// Converts a piece of HTML to Markdown; `None` if its elements are nested too deeply.
pub(crate) fn fragment_to_markdown(source: &str) -> Option<Located> {
    parse_with(source, positions::parse_fragment).map(|piece| to_located_markdown(&piece))
}

/// [`to_markdown`], with the lines of the source. The page is marked by it.
pub(crate) fn to_located_markdown(page: &Document) -> Located {
    positions::mark(page);
    Located::of(&to_markdown(page))
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
/// elements become headings of an aside, keys and the output of programs become code, and struck out text gets the marks
/// that it has in Markdown. The titles of boxes become headings, too, unless they only say what kind of box it is. Marks
/// that Wikipedia, Google Docs and documentation tools add to the text are removed. The language of code moves
/// from a class, which readability's rules remove, to an attribute.
fn rewrite(page: &Document) {
    for code in &page.select("pre") {
        let inner = code.select("code");
        let classes = [code.attr_or("class", ""), inner.attr_or("class", "")];
        let mut classes = classes.iter().flat_map(|it| it.split_whitespace());
        let language = classes.find_map(|class| {
            let language = class.strip_prefix("language-");
            language.or_else(|| class.strip_prefix("lang-"))
        });
        if let Some(language) = language {
            code.set_attr("data-lang", language);
        }
    }
    for struck in &page.select("del, s, strike") {
        struck.prepend_html("~~");
        struck.append_html("~~");
    }
    tables::rewrite(page);
    for title in &page.select(".admonition-title, .markdown-alert-title") {
        match label(&title.text()) {
            Some(label) => title.set_html(format!("<strong>{label}:</strong>")),
            None => title.rename("h4"),
        }
    }
    for aside in &page.select("dl, details, .admonition, .markdown-alert") {
        aside.before_html(format!("<p>{ASIDE_START}</p>"));
        aside.after_html(format!("<p>{ASIDE_END}</p>"));
    }
    page.select("kbd, samp, tt").rename("code");
    page.select("dt, summary").rename("h4");
    page.select("dd").rename("p");
    page.select("dl, details").rename("div");
    page.select(".mw-editsection, sup.reference").remove();
    google_docs::rewrite(page);
    remove_permalinks(page);
}

/// Removes the links to themselves that headings have, such as `¶`, `#` or an invisible one.
fn remove_permalinks(page: &Document) {
    for heading in &page.select("h1, h2, h3, h4, h5, h6") {
        for link in &heading.select("a[href*='#']") {
            if !link.text().contains(char::is_alphanumeric) {
                link.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        let check = |source: &str, expected: &str| {
            let markdown = fragment_to_markdown(source).unwrap().text;
            let markdown = markdown.replace(ASIDE_START, "").replace(ASIDE_END, "");
            assert_eq!(markdown.trim(), expected, "{source}");
        };
        check("<p>Two <b>bold</b> words</p>", "Two **bold** words");
        check(
            "<p>Only <del>cold</del> warm</p>",
            r"Only \~\~cold\~\~ warm",
        );
        check("<p>Press <kbd>F5</kbd></p>", "Press `F5`");
        check(
            "<dl><dt>Ferry</dt><dd>A boat</dd></dl>",
            "#### Ferry\n\nA boat",
        );
        check("<nav>Home</nav><p>Text</p>", "Text");
        check(
            "<div class='admonition warning'><p class='admonition-title'>Warning</p><p>It is wet.</p></div>",
            "**Warning:**\n\nIt is wet.",
        );
        check(
            "<h2>Ferry<span class=mw-editsection>[edit]</span></h2>Old.<sup class=reference>[1]</sup>",
            "## Ferry\n\nOld.",
        );
        check(
            "<h2>Fares<a href='#fares'>¶</a></h2><h3><a href='/p#dogs'>\u{200b}</a>Dogs <a href='#b'>b</a></h3>",
            "## Fares\n\n### Dogs [b](#b)",
        );
        check(
            "The fee<sup><a href='#cmnt1'>[a]</a></sup> is low.",
            "The fee is low.",
        );
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(parse(&"<div>".repeat(1_000)).is_none());
        assert!(fragment_to_markdown(&"<div>".repeat(1_000)).is_none());
    }
}
