//! Characters that are not what they look like. While a page is rewritten, characters for private use stand for those
//! that are text or Markdown for certain, and for line ends that only the page or only the result has.

use std::fmt::Write as _;

/// A line end of the page that is left out of the result.
pub(super) const SKIPPED: char = '\u{F2010}';
/// A line end of the result that the page does not have.
pub(super) const BREAK: char = '\u{F2011}';
/// Begins the lines above and below code; behind the first one is the language.
pub(super) const FENCE: char = '\u{F2012}';
/// Added to an ASCII character that is text, whatever it means as markup.
const TEXT: u32 = 0xF_2100;
/// Added to an ASCII character that is Markdown.
const MARKDOWN: u32 = 0xF_2200;

/// Whether a character is one of those above.
pub(super) fn is_private(letter: char) -> bool {
    (0xF_2000..0xF_2300).contains(&u32::from(letter))
}

/// A text without any markup in it.
pub(super) fn literal(text: &str) -> String {
    shifted(text, TEXT)
}

/// Markdown that stays as it is.
pub(super) fn raw(text: &str) -> String {
    shifted(text, MARKDOWN)
}

fn shifted(text: &str, by: u32) -> String {
    let shift = |letter: char| {
        let private = char::from_u32(u32::from(letter) + by);
        private
            .filter(|_| letter.is_ascii_punctuation())
            .unwrap_or(letter)
    };
    text.chars().map(shift).collect()
}

/// The ASCII character that a private one stands for.
fn unshifted(letter: char, by: u32) -> Option<char> {
    let code = u32::from(letter)
        .checked_sub(by)
        .filter(|code| *code < 0x80)?;
    char::from_u32(code)
}

/// Line ends that are left out, as many as a part of the page has.
pub(super) fn skipped(part: &str) -> String {
    let is_end = |letter: &char| matches!(*letter, '\n' | SKIPPED);
    part.chars().filter(is_end).map(|_| SKIPPED).collect()
}

/// Code, as its author wrote it, without the marks of links and of text in bold.
pub(super) fn code(line: &str) -> String {
    let line = entities(&line.replace("'''", "").replace("''", ""));
    let mut shown = String::with_capacity(line.len());
    let mut ends = None;
    for letter in line.chars() {
        let markdown = unshifted(letter, MARKDOWN);
        match markdown {
            Some(mark) if Some(mark) == ends => ends = None,
            _ if ends.is_some() => {}
            Some('<') => ends = Some('>'),
            Some(']') => ends = Some(')'),
            Some(_) => {}
            None => shown.push(unshifted(letter, TEXT).unwrap_or(letter)),
        }
    }
    shown
}

/// The characters that pages write as entities because they are markup.
pub(super) fn entities(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_owned(), |text, (name, letter)| {
        text.replace(name, letter)
    })
}

/// The Markdown for a line of wikitext that has no links and templates any more. In the cells of a table, bars are escaped
/// later.
pub(super) fn inline(line: &str, in_table: bool) -> String {
    let line = marked(&without_magic_words(line.trim()));
    // Below a line of text, dashes alone would make it a heading.
    let is_ruled = line.bytes().all(|byte| byte == b'-');
    let mut shown = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(letter) = rest.chars().next() {
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let ends = |letter: char| {
                letter.is_whitespace() || is_private(letter) || "<>[]|\"".contains(letter)
            };
            let (address, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
            shown.push_str(address);
            rest = after;
            continue;
        }
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        if let Some(markdown) = unshifted(letter, MARKDOWN) {
            shown.push(markdown);
        } else if let Some(text) = unshifted(letter, TEXT) {
            escape(text, in_table, &mut shown);
        } else if "\\*_`[]{}<~|".contains(letter)
            || shown.is_empty() && (is_ruled || "#>!=".contains(letter))
        {
            escape(letter, in_table, &mut shown);
        } else if !is_private(letter) {
            shown.push(letter);
        }
    }
    shown
}

fn escape(letter: char, in_table: bool, shown: &mut String) {
    if letter == '|' && in_table {
        shown.push(letter);
    } else if letter == '&' {
        shown.push_str("&amp;");
    } else {
        let _ = write!(shown, "\\{letter}");
    }
}

/// A line without `__TOC__` and its kin, and without signatures.
fn without_magic_words(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("__") {
        kept.push_str(before);
        let end = after.bytes().take_while(u8::is_ascii_uppercase).count();
        let behind = after.get(end..).and_then(|it| it.strip_prefix("__"));
        rest = if let Some(behind) = behind.filter(|_| end >= 3) {
            behind
        } else {
            kept.push_str("__");
            after
        };
    }
    kept.push_str(rest);
    ["~~~~~", "~~~~", "~~~"]
        .iter()
        .fold(kept, |kept, mark| kept.replace(mark, ""))
}

/// Bold and italic text, which end with the line at the latest.
fn marked(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let (mut bold, mut italic) = (false, false);
    let mut rest = line;
    while let Some(at) = rest.find("''") {
        let (before, marks) = rest.split_at(at);
        shown.push_str(before);
        let count = marks.len() - marks.trim_start_matches('\'').len();
        rest = marks.trim_start_matches('\'');
        let meant = match count {
            4 => 3,
            6.. => 5,
            count => count,
        };
        shown.push_str(&"'".repeat(count - meant));
        let tags = match (meant, bold, italic) {
            (2, _, true) => "</i>",
            (2, _, false) => "<i>",
            (3, true, _) => "</b>",
            (3, false, _) => "<b>",
            (_, false, false) => "<b><i>",
            (_, true, false) => "</b><i>",
            (_, false, true) => "</i><b>",
            (_, true, true) => "</i></b>",
        };
        shown.push_str(&raw(tags));
        italic ^= meant != 3;
        bold ^= meant != 2;
    }
    shown.push_str(rest);
    if italic {
        shown.push_str(&raw("</i>"));
    }
    if bold {
        shown.push_str(&raw("</b>"));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_markdown() {
        let check =
            |line: &str, expected: &str| assert_eq!(inline(line, false), expected, "{line}");
        check("The ''red'' '''ferry'''", "The <i>red</i> <b>ferry</b>");
        check("'''''Both''' and one''", "<b><i>Both</b> and one</i>");
        check("''open", "<i>open</i>");
        check("the ''''s mark", "the '<b>s mark</b>");
        check("__NOTOC__It sails __ often", "It sails \\_\\_ often");
        check("2 * 3 is a_b [c] <d>", "2 \\* 3 is a\\_b \\[c\\] \\<d>");
        check(
            "see https://a.example/x_y_z, all",
            "see https://a.example/x_y_z, all",
        );
        check("Ann ~~~~", "Ann ");
        check(&literal("#1 & [[x]]"), "\\#1 &amp; \\[\\[x\\]\\]");
        assert_eq!(inline("a | b", true), "a | b");
        assert_eq!(code(&format!("'''a''' {}", literal("''b''"))), "a ''b''");
    }
}
