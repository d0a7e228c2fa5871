//! What Google Docs adds to the pages that it exports.

use dom_query::{Document, NodeRef};
use url::Url;

/// How the links of an export begin. Where they lead is the parameter `q`.
const REDIRECT: &str = "https://www.google.com/url?";

/// Undoes what Google Docs does: comments are moved to where no text of an article is, links lead to where the author
/// wanted, and the title is a heading.
pub(super) fn rewrite(page: &Document) {
    for mark in page.select("a[id^='cmnt'][href^='#cmnt_ref']").nodes() {
        if let Some(comment) = comment(mark) {
            comment.rename("aside");
        }
    }
    page.select("a[href^='#cmnt']").remove();
    for link in page.select(&format!("a[href^='{REDIRECT}']")).nodes() {
        if let Some(target) = target(&link.attr_or("href", "")) {
            link.set_attr("href", &target);
        }
    }
    page.select("p.title[id^='h.']").rename("h1");
}

/// The paragraph of a comment that begins with this mark, or the box of all of its paragraphs.
fn comment<'a>(mark: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let paragraph = mark.parent().filter(|it| it.has_name("p"))?;
    let around = paragraph.parent().filter(|it| it.has_name("div"));
    let whole = around.filter(|it| {
        it.first_element_child()
            .is_some_and(|it| it.id == paragraph.id)
    });
    Some(whole.unwrap_or(paragraph))
}

fn target(link: &str) -> Option<String> {
    let link = Url::parse(link).ok()?;
    let target = link.query_pairs().find(|(name, _)| name == "q")?.1;
    Some(target.into_owned())
}
