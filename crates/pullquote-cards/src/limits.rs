//! Discord's limits, and how plain text is cut to fit them.
//!
//! Lengths are counted in UTF-16 units. Discord does not document its unit; UTF-16 units are never fewer
//! than code points, so text that fits here fits in either count.

use pullquote_core::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Title of an embed, name of its author, name of a field.
pub const TITLE: usize = 256;
/// Description of an embed.
pub const DESCRIPTION: usize = 4_096;
/// Number of fields in an embed.
pub const FIELDS: usize = 25;
/// Value of a field.
pub const FIELD_VALUE: usize = 1_024;
/// Footer of an embed.
pub const FOOTER: usize = 2_048;
/// Sum over all texts in all embeds of a message.
pub const EMBED_TOTAL: usize = 6_000;
/// Content of a message.
pub const CONTENT: usize = 2_000;
/// Number of action rows in a message.
pub const ROWS: usize = 5;
/// Number of buttons in an action row.
pub const BUTTONS: usize = 5;
/// Label of a button.
pub const LABEL: usize = 80;
/// Address of a link button.
pub const URL: usize = 512;
/// Number of options in a select menu, and of autocomplete choices.
pub const OPTIONS: usize = 25;
/// Label, description and value of a select option; name and value of an autocomplete choice.
pub const CHOICE: usize = 100;
/// Placeholder of a select menu.
pub const PLACEHOLDER: usize = 150;
/// Title of a form and label of a field in it.
pub const FORM_TITLE: usize = 45;
/// Fields of a form.
pub const FORM_FIELDS: usize = 5;
/// Characters of a text field in a form.
pub const FORM_TEXT: usize = 4_000;
/// Description of an attached file.
pub const ATTACHMENT_DESCRIPTION: usize = 1_024;
/// Size of an attached file, in bytes.
pub const FILE: usize = 10 * 1024 * 1024;

/// Length in UTF-16 units: one for each character, and two for those that take four bytes in UTF-8.
pub fn length(text: &str) -> usize {
    let is_first = |byte: u8| byte & 0b1100_0000 != 0b1000_0000;
    let units = |byte: u8| usize::from(is_first(byte)) + usize::from(byte >= 0b1111_0000);
    text.bytes().map(units).sum()
}

/// Joins `text` into one line and cuts it to `limit`. The cut ends with `…` and falls between words if a
/// word ends in the last third, otherwise between graphemes.
pub fn cut_plain(text: &str, limit: usize) -> String {
    cut(&one_line(text), limit)
}

/// Like [`cut_plain`], but keeps the lines of `text`.
pub fn cut_lines(text: &str, limit: usize) -> String {
    cut(&pullquote_core::text::safe(text), limit)
}

fn cut(text: &str, limit: usize) -> String {
    let end = fitting(text, limit);
    if end == text.len() {
        return text.to_owned();
    }
    format!("{}…", Span::new(0, end).of(text).trim_end())
}

/// How many bytes of a text fit into `limit`, with `…` behind them if that is not all of it. They end as
/// [`cut_plain`] says.
pub(super) fn fitting(text: &str, limit: usize) -> usize {
    if length(text) <= limit {
        return text.len();
    }
    let mut used = 1;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += length(grapheme);
        if used > limit {
            break;
        }
        end = at + grapheme.len();
    }
    let fits = Span::new(0, end).of(text);
    let word_end = fits.rfind(' ').filter(|at| *at > end / 3 * 2);
    word_end.unwrap_or(end)
}

/// Collapses white space and removes control and bidirectional characters.
pub fn one_line(text: &str) -> String {
    let safe = pullquote_core::text::safe(text);
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{cut_lines, cut_plain, length, one_line};

    #[test]
    fn cuts_between_words_or_graphemes() {
        for (text, limit, expect) in [
            ("short enough", 20, "short enough"),
            ("two\n lines", 20, "two lines"),
            ("cut behind a word", 13, "cut behind…"),
            ("a longwordwithoutend", 10, "a longwor…"),
            ("ab👩‍👩‍👧cd", 5, "ab…"),
        ] {
            let cut = cut_plain(text, limit);
            assert_eq!(cut, expect);
            assert!(length(&cut) <= limit);
        }
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(cut_lines("a\n\n- b  c\u{202e}", 20), "a\n\n- b  c");
        assert_eq!(cut_lines("a\nbcdefgh", 6), "a\nbcd…");
    }

    #[test]
    fn a_line_has_no_control_characters() {
        assert_eq!(one_line(" a\tb\r\n\u{202e}c "), "a b c");
    }
}
