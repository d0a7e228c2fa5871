//! The tags of HTML and of JSX, which MDX adds to Markdown.

use std::collections::HashSet;

/// A tag, such as `<Tab label="Linux">`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) closes: bool,
    pub(super) is_empty: bool,
    pub(super) attributes: &'a str,
    /// Length of the tag in bytes.
    pub(super) length: usize,
}

/// Why a text does not begin with a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoTag {
    /// It is not a tag.
    Other,
    /// It begins like a tag that does not end.
    Unclosed,
}

/// The tag with which a text begins.
pub(super) fn parse(text: &str) -> Result<Tag<'_>, NoTag> {
    let inner = text.strip_prefix('<').ok_or(NoTag::Other)?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let part_of_name = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    let (name, rest) = inner.split_at(inner.find(|c| !part_of_name(c)).unwrap_or(inner.len()));
    if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return Err(NoTag::Other);
    }
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', '/', '>']) {
        return Err(NoTag::Other);
    }
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, letter) in rest.char_indices() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(letter),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            (None, '<') if depth == 0 => return Err(NoTag::Other),
            (None, '>') if depth == 0 => {
                let attributes = rest.get(..at).unwrap_or_default();
                return Ok(Tag {
                    name,
                    closes,
                    is_empty: attributes.ends_with('/'),
                    attributes: attributes.trim_end_matches('/'),
                    length: text.len() - rest.len() + at + 1,
                });
            }
            (Some(_) | None, _) => {}
        }
    }
    Err(NoTag::Unclosed)
}

impl Tag<'_> {
    /// The text of an attribute: `Linux` in `label="Linux"` and in `label={"Linux"}`.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        attribute(self.attributes, name)
    }
}

/// What an element without text between its tags shows, as one of its attributes tells: `Settings > Users` for
/// `<NavPath path="Settings > Users" />`.
pub(crate) fn shown(attributes: &str) -> Option<&str> {
    const SHOWN: &[&str] = &["text", "label", "title", "path", "to", "k"];
    SHOWN.iter().find_map(|name| attribute(attributes, name))
}

/// The value in quotes of `name="value"`.
pub(crate) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let at = rest.find(name)?;
        let starts_word = rest
            .get(..at)
            .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
        rest = rest.get(at + name.len()..)?;
        let Some(value) = rest.trim_start().strip_prefix('=').filter(|_| starts_word) else {
            continue;
        };
        let value = value.trim_start().trim_start_matches('{').trim_start();
        let quote = value.chars().next().filter(|it| "\"'`".contains(*it))?;
        let value = value.get(1..)?;
        let value = value.get(..value.find(quote)?)?.trim();
        return Some(value).filter(|value| !value.is_empty());
    }
}

/// The names of the components of MDX in a file. They are capitalized, but so are placeholders such as `<VERSION>`: a
/// component has attributes, is empty, or has an end tag.
pub(super) fn components(text: &str) -> HashSet<&str> {
    let mut names = HashSet::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(at) = rest.find('<') {
        before = rest
            .get(..at)
            .and_then(|skipped| skipped.chars().next_back())
            .unwrap_or(before);
        let tag = rest.get(at..).unwrap_or_default();
        let inner = tag.get(1..).unwrap_or_default();
        let is_name = inner
            .strip_prefix('/')
            .unwrap_or(inner)
            .starts_with(char::is_uppercase);
        let mut skipped = at + 1;
        // `List<String>` is code.
        if is_name && (!before.is_alphanumeric() || tag.starts_with("</")) {
            match parse(tag.get(..tag.len().min(MAX_TAG)).unwrap_or(tag)) {
                Ok(tag) => {
                    if tag.closes || tag.is_empty || tag.attributes.contains('=') {
                        names.insert(tag.name);
                    }
                    skipped = at + tag.length;
                }
                Err(NoTag::Unclosed) => skipped = (at + MAX_TAG).min(rest.len()),
                Err(NoTag::Other) => {}
            }
        }
        while !rest.is_char_boundary(skipped) {
            skipped += 1;
        }
        before = '<';
        rest = rest.get(skipped..).unwrap_or_default();
    }
    names
}

/// Longest tag in bytes.
const MAX_TAG: usize = 4 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_names_and_attributes() {
        let check = |text: &str, expected: Result<(&str, usize), NoTag>| {
            assert_eq!(parse(text).map(|tag| (tag.name, tag.length)), expected);
        };
        check("<Tab label=\"a > b\">x", Ok(("Tab", 19)));
        check("<Tab icon={<Icon />} />", Ok(("Tab", 23)));
        check("</details>", Ok(("details", 10)));
        check("<https://example.org>", Err(NoTag::Other));
        check("<me@example.org>", Err(NoTag::Other));
        check("< 5 and > 3", Err(NoTag::Other));
        check("<Tab\n", Err(NoTag::Unclosed));
        let tag = parse("<Tab aria-label=\"x\" label={'On Linux'}/>").unwrap();
        assert_eq!(tag.attribute("label"), Some("On Linux"));
        assert_eq!(tag.attribute("title"), None);
        assert!(tag.is_empty);
    }

    #[test]
    fn placeholders_are_not_components() {
        let check = |text: &str, expected: &[&str]| {
            let mut found: Vec<&str> = components(text).into_iter().collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{text}");
        };
        check("<Steps>\n\ntext\n\n</Steps>", &["Steps"]);
        check("a <Badge text=\"x\" /> b <Br/>", &["Badge", "Br"]);
        check("put <VERSION> and List<String> here", &[]);
        check(&"<A {".repeat(10_000), &[]);
        check("<Ä a=\"é\" é", &[]);
    }
}
