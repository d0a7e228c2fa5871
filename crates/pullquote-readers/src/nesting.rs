//! Detects web pages whose elements are nested deeper than on any real page. The HTML libraries recurse into elements,
//! and building a page takes time quadratic in its depth.

use dom_query::{Document, NodeRef};

/// Deepest nesting that is accepted.
const MAX_DEPTH: usize = 400;

/// Elements without content, which need no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that the next one of the same name closes, so that they need no end tag.
const CLOSED_BY_THE_NEXT: &[&str] = &[
    "a", "button", "dd", "dt", "li", "nobr", "optgroup", "option", "p", "rp", "rt", "tbody", "td",
    "tfoot", "th", "thead", "tr",
];
/// Elements that contain raw text: tags in them are text.
const RAW: &[&str] = &["script", "style", "textarea", "title"];
/// Formatting elements: one that is left open is reopened in each paragraph that follows.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Total number of reopened formatting elements that is accepted; more would make the page too large for memory.
const MAX_REOPENED: usize = 1_000_000;

/// Estimates from the source, in one pass, whether a page is nested too deeply. The estimate is never far below the
/// depth of the tree that a browser would build.
pub(crate) fn source_is_deep(source: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    let (mut foreign, mut formatting, mut reopened) = (0_usize, 0_usize, 0);
    // The raw text element that is open, if any: `i<n` in a script opens nothing.
    let mut raw: Option<String> = None;
    let is_foreign = |name: &str| matches!(name, "svg" | "math");
    for tag in source.split('<').skip(1) {
        let closes = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take(10)
            .take_while(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        match &raw {
            Some(name_of_raw) if !closes || *name_of_raw != name => continue,
            Some(_) => raw = None,
            None if !closes && foreign == 0 && RAW.contains(&name.as_str()) => {
                raw = Some(name);
                continue;
            }
            None => {}
        }
        let replaces = foreign == 0 && CLOSED_BY_THE_NEXT.contains(&name.as_str());
        if (closes || replaces)
            && let Some(at) = open.iter().rposition(|other| *other == name)
        {
            open.remove(at);
            foreign -= usize::from(is_foreign(&name));
            formatting -= usize::from(FORMATTING.contains(&name.as_str()));
        }
        // In foreign content, `<path/>` is complete. An HTML element is open in spite of the slash.
        let self_closing =
            foreign > 0 && tag.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if closes || VOID.contains(&name.as_str()) || (self_closing && !leaves_foreign(&name)) {
            continue;
        }
        reopened += formatting;
        foreign += usize::from(is_foreign(&name));
        formatting += usize::from(FORMATTING.contains(&name.as_str()));
        open.push(name);
        if open.len() > MAX_DEPTH || reopened > MAX_REOPENED {
            return true;
        }
    }
    false
}

/// Whether a parsed page is nested too deeply.
pub(crate) fn page_is_deep(page: &Document) -> bool {
    let mut depth = 0;
    let mut node = page.root();
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            if depth > MAX_DEPTH {
                return true;
            }
            node = child;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = parent_below(&node, depth) else {
                return false;
            };
            node = parent;
            depth -= 1;
        }
    }
}

fn parent_below<'a>(node: &NodeRef<'a>, depth: usize) -> Option<NodeRef<'a>> {
    node.parent().filter(|_| depth > 0)
}

/// Tags that end foreign content, which is SVG or `MathML` (HTML standard, section "The rules for parsing tokens in
/// foreign content").
fn leaves_foreign(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "b",
        "big",
        "blockquote",
        "body",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "i",
        "li",
        "listing",
        "menu",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
    ];
    NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_sources() {
        let check = |source: String, expected| {
            let start: String = source.chars().take(40).collect();
            assert_eq!(source_is_deep(&source), expected, "{start}");
        };
        let many = 2 * MAX_DEPTH;
        check("<div>".repeat(MAX_DEPTH), false);
        check("<div>".repeat(many), true);
        check("<DIV>text</x>".repeat(many), true);
        check("<div></div>".repeat(many), false);
        check("<p>text".repeat(many), false);
        check("<br>".repeat(many), false);
        check(format!("<script>{}</script>", "i<n;".repeat(many)), false);
        check(format!("<svg>{}", "<path/>".repeat(many)), false);
        check(format!("<svg>{}", "<div/>".repeat(many)), true);
    }

    #[test]
    fn deep_trees() {
        let page = |depth| Document::from("<div>".repeat(depth));
        assert!(page_is_deep(&page(MAX_DEPTH)));
        assert!(!page_is_deep(&page(MAX_DEPTH / 2)));
        assert!(!page_is_deep(&Document::from("<p></p>".repeat(1_000))));
    }
}
