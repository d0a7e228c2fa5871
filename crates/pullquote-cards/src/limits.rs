//! Discord's limits, and cutting plain text to them.
//!
//! Lengths are UTF-16 units: never less than what Discord counts, whichever way it counts.

use pullquote_core::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Embed title, author and the name of a field.
pub const TITLE: usize = 256;
/// Embed description.
pub const BODY: usize = 4_096;
/// Fields of an embed.
pub const FIELDS: usize = 25;
/// Value of a field.
pub const FIELD: usize = 1_024;
/// Embed footer.
pub const FOOTER: usize = 2_048;
/// All texts of all embeds of a message.
pub const TOTAL: usize = 6_000;
/// Plain message.
pub const CONTENT: usize = 2_000;
/// Rows of controls.
pub const ROWS: usize = 5;
/// Buttons in a row.
pub const BUTTONS: usize = 5;
/// Label of a button.
pub const LABEL: usize = 80;
/// Address of a link button.
pub const URL: usize = 512;
/// Options of a select, and choices of an autocompletion.
pub const OPTIONS: usize = 25;
/// Label, description and value of a select's option; name and value of an autocompletion's choice.
pub const CHOICE: usize = 100;
/// Text of a select before anything is chosen.
pub const PLACEHOLDER: usize = 150;
/// `custom_id` of a control.
pub const CUSTOM_ID: usize = 100;
/// Bytes of an attached file.
pub const FILE: usize = 10 * 1024 * 1024;

/// Length as Discord may count it.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Plain text on one line, at most `limit` long: cut between words where a word ends in the last third,
/// else between graphemes, with an ellipsis.
pub fn cut_plain(text: &str, limit: usize) -> String {
    let line = one_line(text);
    if length(&line) <= limit {
        return line;
    }
    let mut used = 1;
    let mut end = 0;
    for (at, grapheme) in line.grapheme_indices(true) {
        used += length(grapheme);
        if used > limit {
            break;
        }
        end = at + grapheme.len();
    }
    let held = Span::new(0, end).of(&line);
    let word_end = held.rfind(' ').filter(|at| *at > end / 3 * 2);
    let held = Span::new(0, word_end.unwrap_or(end)).of(&line);
    format!("{}…", held.trim_end())
}

/// Without line breaks, control characters and anything that turns lines around.
pub fn one_line(text: &str) -> String {
    let safe = pullquote_core::text::safe(text);
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}
