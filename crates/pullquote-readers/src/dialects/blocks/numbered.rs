//! Counts the items of numbered lists that blank lines divide into pieces.
//!
//! Many authors write `1.` in front of every item: in Markdown, a list counts from the number of its first one.

use crate::dialects::{Part, Piece};
use crate::line::indent;
use std::mem;

/// A list that the next item may continue.
struct List {
    indent: usize,
    /// What stands behind its numbers: `.` or `)`.
    mark: char,
    /// The number that its first item has in the file.
    first: u32,
    /// Its last number.
    last: u32,
}

/// Gives an item whose number is again that of the first one the next number.
pub(super) fn count(parts: &mut [Part]) {
    let mut open = Vec::new();
    let mut around = Vec::new();
    for part in parts {
        match part {
            Part::Text(piece) => count_in(piece, &mut open),
            Part::AsideStart(_) => around.push(mem::take(&mut open)),
            Part::AsideEnd(_) => open = around.pop().unwrap_or_default(),
            // Authors seldom indent them below an item.
            Part::Code(..) | Part::Html(_) => {}
        }
    }
}

fn count_in(piece: &mut Piece, open: &mut Vec<List>) {
    let lines = piece.lines.len();
    for (at, (_, line)) in piece.lines.iter_mut().enumerate() {
        let indent = indent(line);
        let item = line.get(indent..).and_then(numbered);
        let Some((digits, number, mark)) = item else {
            let is_bullet = line.trim_start().starts_with(['-', '*', '+']);
            if at == 0 || is_bullet {
                open.retain(|list| list.indent < indent);
            }
            continue;
        };
        open.retain(|list| list.indent < indent || list.indent == indent && list.mark == mark);
        match open.last_mut().filter(|list| list.indent == indent) {
            Some(list) if number == list.first => {
                list.last += 1;
                let counted = list.last.to_string();
                // Other lines of the item are below its text, which a longer number would move.
                if lines == 1 || counted.len() == digits {
                    line.replace_range(indent..indent + digits, &counted);
                }
            }
            Some(list) => list.last = number,
            None => open.push(List {
                indent,
                mark,
                first: number,
                last: number,
            }),
        }
    }
}

/// The number in front of an item: how many digits it has, at most nine as in `CommonMark`, its value, and what stands behind it.
fn numbered(text: &str) -> Option<(usize, u32, char)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    let mark = rest
        .chars()
        .next()
        .filter(|mark| matches!(mark, '.' | ')'))?;
    let is_item = rest.chars().nth(1).is_none_or(char::is_whitespace);
    let is_item = is_item && digits <= 9;
    is_item.then_some((digits, number.parse().ok()?, mark))
}

#[cfg(test)]
mod tests {
    use crate::dialects::{Part, split};

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        let parts = split(markdown, 0).parts.into_iter();
        let lines = parts.flat_map(|part| match part {
            Part::Text(piece) => piece.lines,
            _ => Vec::new(),
        });
        let lines: Vec<String> = lines.map(|(_, line)| line).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn items_between_blank_lines_are_counted() {
        check("1. a\n\n1. b\n\n1. c", &["1. a", "2. b", "3. c"]);
        check("0) a\n\n0) b", &["0) a", "1) b"]);
        // What is below an item, code in front of the next one, and a box do not end the list.
        check(
            "1. a\n\n   more\n\n1. b\n\n```\ncode\n```\n\n1. c\n\n!!! note\n    Box.\n\n1. d",
            &["1. a", "   more", "2. b", "3. c", "**Note:** Box.", "4. d"],
        );
        check(
            "1. a\n\n    1. x\n\n    1. y\n\n1. b\n\n    1. z",
            &["1. a", "    1. x", "    2. y", "2. b", "    1. z"],
        );
        let ten = "1. a\n\n".repeat(9) + "1. b\n   c\n\n1. d";
        let numbers: Vec<String> = (1..=9).map(|number| format!("{number}. a")).collect();
        let mut expected: Vec<&str> = numbers.iter().map(String::as_str).collect();
        expected.extend(["1. b", "   c", "11. d"]);
        check(&ten, &expected);
    }

    #[test]
    fn other_numbers_stay() {
        check("1. a\n\n2. b\n\n5. c", &["1. a", "2. b", "5. c"]);
        check("1. a\n\nText.\n\n1. b", &["1. a", "Text.", "1. b"]);
        check("1. a\n\n- b\n\n1. c", &["1. a", "- b", "1. c"]);
        check("1. a\n\n1) b", &["1. a", "1) b"]);
        // The white space in front is no indentation, and the number none of a list.
        let space = "\u{a0}1. a";
        check(&[space, space].join("\n\n"), &[space, space]);
        check(
            "4294967295. a\n\n4294967295. b",
            &["4294967295. a", "4294967295. b"],
        );
        check("1.5 a\n\n99999999999. b", &["1.5 a", "99999999999. b"]);
        check(
            "1984. A year.\n\n## B\n\n1984. It.",
            &["1984. A year.", "## B", "1984. It."],
        );
    }
}
