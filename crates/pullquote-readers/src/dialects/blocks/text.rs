//! Lines of text, with the tags in them that begin or end an aside or its summary.

use super::Splitter;
use super::asides::Aside;
use crate::dialects::admonitions;
use crate::dialects::inline::Context;
use crate::dialects::tags::{self, NoTag, Tag};

/// Attributes of a component that title what is in it.
const TITLES: &[&str] = &["title", "label", "header", "heading", "summary", "question"];
/// Lines over which a tag may extend.
pub(super) const MAX_TAG_LINES: usize = 40;

impl Splitter<'_> {
    /// A line of text, perhaps with tags that begin or end an aside.
    pub(super) fn text_line(&mut self, line: &str) {
        let joined = self.with_the_rest_of_its_tag(line);
        let mut rest = joined.as_deref().unwrap_or(line);
        let mut shown = String::new();
        while let Some((before, tag, after)) = next_structural(rest, &self.context) {
            shown.push_str(before);
            self.push_shown(&mut shown);
            self.structural(tag);
            rest = after;
        }
        shown.push_str(rest);
        self.push_shown(&mut shown);
        self.at += 1;
    }

    /// The line and the following ones up to the end of a component's tag that begins on it.
    fn with_the_rest_of_its_tag(&mut self, line: &str) -> Option<String> {
        let at = line.rfind('<')?;
        let name = line.get(at + 1..)?;
        let name = name.split_whitespace().next().unwrap_or_default();
        let known = self.context.components.contains(name) || name == "details";
        if !known || tags::parse(line.get(at..)?) != Err(NoTag::Unclosed) {
            return None;
        }
        let mut joined = line.to_owned();
        for more in 1..MAX_TAG_LINES {
            let next = self.lines.get(self.at + more)?;
            joined.push('\n');
            joined.push_str(next);
            if tags::parse(joined.get(at..)?).is_ok() {
                self.at += more;
                return Some(joined);
            }
        }
        None
    }

    /// A tag that begins or ends an aside or its summary.
    fn structural(&mut self, tag: Tag<'_>) {
        match (tag.name, tag.closes) {
            ("summary", false) => {
                self.end_piece();
                self.summary = Some((self.number(), String::new()));
            }
            ("summary", true) => self.end_summary(),
            (name, false) => {
                let title = TITLES.iter().find_map(|title| tag.attribute(title));
                let aside = Aside::Tag(name.to_owned());
                if admonitions::is_tab(name) {
                    return self.begin_tab(aside, title.or_else(|| tag.attribute("value")));
                }
                let title = title.and_then(admonitions::telling);
                self.begin(aside, title.as_deref(), box_label(&tag));
            }
            (name, true) => {
                self.end_summary();
                self.end_piece();
                self.close_last(|aside| matches!(aside, Aside::Tag(open) if open == name));
            }
        }
    }

    fn push_shown(&mut self, shown: &mut String) {
        let text = std::mem::take(shown);
        if let Some((_, summary)) = &mut self.summary {
            summary.push(' ');
            summary.push_str(text.trim());
        } else {
            self.push_text(&text);
        }
    }

    /// The text of a summary becomes the heading of its section.
    pub(super) fn end_summary(&mut self) {
        if let Some((number, text)) = self.summary.take()
            && let Some(title) = admonitions::telling(&text)
        {
            self.title(number, &title);
        }
    }
}

/// The label of the box that a component begins: `<Warning>`, `<Callout type="warning">`.
fn box_label(tag: &Tag<'_>) -> Option<String> {
    const BOXES: &[&str] = &[
        "Admonition",
        "Alert",
        "Aside",
        "Banner",
        "Callout",
        "Hint",
        "Notice",
    ];
    let kind = BOXES
        .contains(&tag.name)
        .then(|| tag.attribute("type"))
        .flatten();
    admonitions::label(kind.unwrap_or(tag.name))
}

/// The next tag that begins or ends an aside, with the text before and behind it.
fn next_structural<'t>(
    text: &'t str,
    context: &Context<'_>,
) -> Option<(&'t str, Tag<'t>, &'t str)> {
    let mut from = 0;
    let mut in_code = false;
    loop {
        let found = text.get(from..)?.find(['<', '`'])?;
        let at = from + found;
        let rest = text.get(at..)?;
        from = at + 1;
        if rest.starts_with('`') {
            in_code = !in_code;
            continue;
        }
        if in_code {
            continue;
        }
        let tag = match tags::parse(rest) {
            Ok(tag) => tag,
            Err(NoTag::Other) => continue,
            // Every other tag on the line would be searched for its end again.
            Err(NoTag::Unclosed) => return None,
        };
        let titled = TITLES.iter().any(|title| tag.attribute(title).is_some());
        let component = context.components.contains(tag.name);
        let is_tabs = admonitions::is_tab(tag.name) || admonitions::is_tab_set(tag.name);
        let is_box = titled || is_tabs || box_label(&tag).is_some();
        let structural = matches!(tag.name, "details" | "summary" | "aside")
            || component && (tag.closes || is_box && !tag.is_empty);
        if structural {
            return Some((text.get(..at)?, tag, text.get(at + tag.length..)?));
        }
    }
}
