//! Refuses web pages whose tags are nested deeper than any page that people read: the libraries that
//! read pages descend by recursion, and building such a page costs the square of its depth.

use dom_query::{Document, NodeRef};

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 400;

/// Elements that hold nothing.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that the next of their kind closes, so that their end may be left out.
const CLOSED_BY_THE_NEXT: &[&str] = &[
    "a", "button", "dd", "dt", "li", "nobr", "optgroup", "option", "p", "rp", "rt", "tbody", "td",
    "tfoot", "th", "thead", "tr",
];
/// Elements that hold text only, whatever it looks like.
const RAW: &[&str] = &["script", "style", "textarea", "title"];
/// Formatting: what is left open is opened again in each paragraph that follows.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Opened again in this many places, all together, formatting makes a page too large for memory.
const MAX_REOPENED: usize = 1_000_000;

/// Whether tags are nested too deeply, told from the source in one pass: an estimate, never far below
/// the tree that a browser would build.
pub(super) fn source_is_deep(source: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    let (mut foreign, mut formatting, mut reopened) = (0_usize, 0_usize, 0);
    // The element that is open and holds no tags, only text: `i<n` in a script opens nothing.
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
        // `<path/>` is whole, but an HTML tag is open in spite of its slash.
        let whole = foreign > 0 && tag.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if closes || VOID.contains(&name.as_str()) || (whole && !leaves_drawings(&name)) {
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

/// Whether the tree is nested too deeply.
pub(super) fn page_is_deep(page: &Document) -> bool {
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

/// Tags that end a drawing or a formula and stand in the page again (HTML, "parsing main in foreign
/// content").
fn leaves_drawings(name: &str) -> bool {
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
