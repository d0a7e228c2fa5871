//! The maps of a PDF's fonts from codes to Unicode (`ToUnicode`: PDF 32000-1, section 9.10.3).
//!
//! pdf-extract panics at a range of codes whose first character is not written as two or four bytes. Two widespread kinds
//! of map have such ranges: those of LaTeX's package `cmap`, which is in each PDF that Sphinx makes with LaTeX
//! (`<C0> <D6> <C0>`), and those with ligatures (`<1B> <1B> <006600660069>`, which is `ffi`). [`repair`] rewrites them to
//! what they mean.

use pdf_extract::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// Codes of a range that is rewritten as a list, at most: within a range, only the last byte of the codes may differ.
const MAX_CODES: u32 = 256;
/// Hexadecimal digits of a UTF-16 code unit.
const UNIT: usize = 4;

/// Rewrites the maps that pdf-extract does not read.
pub(crate) fn repair(document: &mut Document) {
    let objects = document.objects.values();
    let dictionaries = objects.filter_map(|object| object.as_dict().ok());
    let map = |font: &Dictionary| font.get(b"ToUnicode").and_then(Object::as_reference).ok();
    // Fonts may share a map.
    let maps: BTreeSet<ObjectId> = dictionaries.filter_map(map).collect();
    for id in maps {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id)
            && let Ok(map) = stream.get_plain_content()
            && let Some(repaired) = str::from_utf8(&map).ok().and_then(repaired)
        {
            stream.set_plain_content(repaired.into_bytes());
        }
    }
}

/// The map with its ranges rewritten; `None` if it has none, or malformed ones.
fn repaired(map: &str) -> Option<String> {
    const BEGIN: &str = "beginbfrange";
    let mut sections = map.split(BEGIN);
    let mut kept = sections.next()?.to_owned();
    for section in sections {
        let (ranges, rest) = section.split_once("endbfrange")?;
        kept.push_str(BEGIN);
        let mut tokens = Tokens(ranges);
        while let Some(low) = tokens.next() {
            let (high, characters) = (tokens.next()?, tokens.next()?);
            let characters = if characters.starts_with('<') {
                characters_of(low, high, characters)?
            } else {
                characters.to_owned()
            };
            kept.extend(["\n", low, " ", high, " ", &characters]);
        }
        kept.push_str("\nendbfrange");
        kept.push_str(rest);
    }
    Some(kept)
}

/// The characters of a range whose first one is given: that one if it has one or two code units, or else all as a list.
fn characters_of(low: &str, high: &str, first: &str) -> Option<String> {
    let digits = |token: &str| {
        let digits = token.trim_matches(['<', '>']);
        digits.split_whitespace().collect::<String>()
    };
    let code = |token: &str| u32::from_str_radix(&digits(token), 16).ok();
    let first = digits(first);
    if !first.chars().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let width = first.len().next_multiple_of(UNIT);
    let first = format!("{first:0>width$}");
    if matches!(width / UNIT, 1 | 2) {
        return Some(format!("<{first}>"));
    }
    let count = code(high)?.checked_sub(code(low)?)?;
    let (prefix, last) = first.split_at_checked(width.checked_sub(UNIT)?)?;
    let last = u32::from_str_radix(last, 16).ok()?;
    let characters = (0..=count).map(|step| format!("<{prefix}{:04X}>", last + step));
    (count < MAX_CODES).then(|| format!("[{}]", characters.collect::<String>()))
}

/// Strings in `<>` and lists in `[]`, in order.
struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let start = self.0.find(['<', '['])?;
        let rest = self.0.get(start..)?;
        let close = if rest.starts_with('<') { '>' } else { ']' };
        let (token, rest) = rest.split_at_checked(rest.find(close)? + 1)?;
        self.0 = rest;
        Some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ranges: &str, expected: Option<&str>) {
        let map = |ranges: &str| format!("1 beginbfrange\n{ranges}\nendbfrange end");
        assert_eq!(repaired(&map(ranges)), expected.map(map));
    }

    #[test]
    fn ranges_are_written_as_pdf_extract_reads_them() {
        check("<C0> <D6> <C0>", Some("<C0> <D6> <00C0>"));
        check("<30> <39> <0030>", Some("<30> <39> <0030>"));
        check("<1B> <1B> <00660069>", Some("<1B> <1B> <00660069>"));
        check(
            "<1B><1C><0066 0066 0069>\n<20> <21> [<0041> <0042>]",
            Some("<1B> <1C> [<006600660069><00660066006A>]\n<20> <21> [<0041> <0042>]"),
        );
    }

    #[test]
    fn malformed_maps_stay() {
        check("<1B>", None);
        check("<2> <1> <006600660069>", None);
        check("<0000> <FFFF> <006600660069>", None);
        check("<0> <1> <é0660066006>", None);
        assert_eq!(repaired("beginbfrange <1B"), None);
        assert_eq!(repaired(""), Some(String::new()));
    }
}
