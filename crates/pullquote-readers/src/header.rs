//! The header that standards begin with: a preformatted block of lines such as `Title: ...`, as in Bitcoin's and Python's
//! proposals.

use pullquote_core::article::{BlockKind, ParagraphKind, ParsedDocument};

/// Lines of a header that are looked at.
const MAX_LINES: usize = 60;
/// Longest title, in bytes.
const MAX_TITLE: usize = 200;

/// Takes title and author from the header that a document begins with, unless they are known.
pub(crate) fn read(document: &mut ParsedDocument) {
    let has_title = !document.meta.title.is_empty()
        || document
            .blocks
            .iter()
            .any(|block| block.kind == BlockKind::Title);
    let first = document.blocks.first();
    let Some(header) = first.filter(|it| it.kind == BlockKind::Paragraph(ParagraphKind::Code))
    else {
        return;
    };
    let fields = fields(&header.text);
    let value = |names: &[&str]| {
        let mut fields = fields.iter();
        fields.find_map(|(name, value)| names.contains(name).then_some(value))
    };
    let Some(title) = value(&["Title"]).filter(|it| it.len() <= MAX_TITLE && !has_title) else {
        return;
    };
    // People know a standard by its number.
    let number = fields.first().filter(|(name, value)| {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        is_number(value) && name.bytes().all(|byte| byte.is_ascii_uppercase())
    });
    document.meta.title = match number {
        Some((name, number)) => format!("{name} {number}: {title}"),
        None => title.clone(),
    };
    if document.meta.author.is_none() {
        document.meta.author = value(&["Author", "Authors"]).map(|it| without_addresses(it));
    }
}

/// The fields of a header, in order; none if a line is neither a field nor the rest of the one above.
fn fields(text: &str) -> Vec<(&str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in text.lines().take(MAX_LINES) {
        let is_name = |name: &str| {
            let letter = |it: char| it.is_ascii_alphanumeric() || it == '-';
            !name.is_empty() && name.chars().all(letter)
        };
        match line
            .split_once(':')
            .filter(|(name, _)| is_name(name.trim()))
        {
            Some((name, value)) => fields.push((name.trim(), value.trim().to_owned())),
            None if line.starts_with(char::is_whitespace) => {
                let Some((_, value)) = fields.last_mut() else {
                    return Vec::new();
                };
                value.push_str(", ");
                value.push_str(line.trim());
            }
            None => return Vec::new(),
        }
    }
    fields
}

/// Names without the addresses behind them: `Ann Smith` of `Ann Smith <ann@quay.example>`.
fn without_addresses(names: &str) -> String {
    let names = names.split(',').map(|name| {
        let name = name.split('<').next().unwrap_or(name);
        name.trim()
    });
    names
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    /// Checks the title and the author of a page that begins with this block.
    #[track_caller]
    fn check(header: &str, title: &str, author: Option<&str>) {
        let text = format!("<pre>\n{header}\n</pre>\n\nBoats are tied up.\n");
        let document = crate::read("quay.mediawiki", text.as_bytes());
        assert_eq!(document.meta.title, title);
        assert_eq!(document.meta.author.as_deref(), author);
    }

    #[test]
    fn a_leading_header_has_the_title() {
        check(
            "  QIP: 17\n  Title: Knots for boats\n  Authors: Ann Smith <ann@quay.example>\n           Bo Li <bo@quay.example>\n  Status: Final",
            "QIP 17: Knots for boats",
            Some("Ann Smith, Bo Li"),
        );
        check("Title: Knots\nStatus: Draft", "Knots", None);
        check("let title = 1;\nTitle: Knots", "", None);
        check("Status: Final", "", None);
    }
}
