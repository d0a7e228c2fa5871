//! Lines that begin with HTML: regions up to their end tag, other elements up to the next blank line.

use super::Splitter;
use crate::dialects::tags::{self, Tag};
use crate::dialects::{Part, Piece};

/// Elements whose lines belong together up to the end tag, blank lines included.
const REGIONS: &[&str] = &["table", "ul", "ol", "dl", "blockquote", "pre"];
/// Other block-level elements, converted from HTML up to the next blank line.
const ELEMENTS: &[&str] = &[
    "article",
    "center",
    "dd",
    "div",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "main",
    "p",
    "section",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
];
/// Elements whose tags are ignored on a line without other text, so that Markdown between them is read.
const BOXES: &[&str] = &[
    "a", "article", "br", "center", "div", "figure", "font", "footer", "header", "main", "nav",
    "p", "picture", "section", "small", "source", "span", "sub", "sup",
];

impl Splitter<'_> {
    /// A line that begins with HTML which is not part of a sentence.
    pub(super) fn html_line(&mut self, line: &str) -> bool {
        let start = line.trim_start();
        let Ok(tag) = tags::parse(start) else {
            return false;
        };
        let name = tag.name.to_ascii_lowercase();
        if is_only_boxes(start) {
            self.end_piece();
            self.at += 1;
            return true;
        }
        if name == "figcaption" && !tag.closes {
            let text = start.get(tag.length..).unwrap_or_default();
            let text = text.split("</").next().unwrap_or_default().trim();
            // Markdown has no captions but the text of an image.
            let image = (!text.is_empty()).then(|| format!("![{text}]()"));
            if let Some(image) = image {
                self.push(image);
            }
            self.at += 1;
            return true;
        }
        let is_region = REGIONS.contains(&name.as_str());
        if !is_region && !ELEMENTS.contains(&name.as_str()) {
            return false;
        }
        self.html(&name, is_region);
        true
    }

    /// Reads an HTML element.
    fn html(&mut self, name: &str, is_region: bool) {
        self.end_piece();
        self.end_label();
        let (opens, ends) = (format!("<{name}"), format!("</{name}"));
        let end = if is_region && self.find(&ends).is_some() {
            self.end_of_region(&opens, &ends)
        } else {
            None
        };
        let mut piece: Option<Piece> = None;
        while let Some(&line) = self.lines.get(self.at) {
            let inside = end.is_some_and(|end| self.at <= end);
            let leaves = line.trim().is_empty() || piece.is_some() && leaves_html(line);
            if leaves && !inside {
                break;
            }
            let number = self.number();
            match &mut piece {
                Some(piece) => piece.push(number, line.to_owned()),
                None => piece = Some(Piece::new(number, line.to_owned())),
            }
            self.at += 1;
        }
        self.split.parts.extend(piece.map(Part::Html));
    }

    /// Index of the line on which the element that begins on this line ends.
    fn end_of_region(&mut self, opens: &str, ends: &str) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, line) in self.lines.iter().enumerate().skip(self.at) {
            let line = line.to_ascii_lowercase();
            depth += line.matches(opens).count();
            depth = depth.saturating_sub(line.matches(ends).count());
            if depth == 0 {
                return Some(at);
            }
        }
        self.unclosed.insert(ends.to_owned());
        None
    }
}

/// Whether a line consists of tags of boxes, which do not matter.
fn is_only_boxes(line: &str) -> bool {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let Ok(tag) = tags::parse(rest) else {
            return false;
        };
        if !BOXES.contains(&tag.name.to_ascii_lowercase().as_str()) {
            return false;
        }
        rest = rest.get(tag.length..).unwrap_or_default().trim_start();
    }
    true
}

/// Whether a line begins with a tag that ends a piece of HTML.
fn leaves_html(line: &str) -> bool {
    let tag = tags::parse(line.trim_start());
    let leaves = |tag: Tag<'_>| {
        matches!(tag.name, "details" | "summary" | "aside")
            || tag.name.starts_with(char::is_uppercase)
    };
    tag.is_ok_and(leaves) || line.trim_start().starts_with(":::")
}
