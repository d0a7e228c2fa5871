//! Elements: the pieces of a page before their kind is known.

use crate::boilerplate;
use pullquote_core::article::{Dropped, LineRange, ParsedDocument};
use pullquote_core::text::is_spaceless;

/// A piece of a page whose kind is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) text: String,
    pub(crate) lines: LineRange,
    pub(crate) shape: Shape,
    /// Whether the page shows it twice in a row, as it often does with captions.
    pub(crate) repeated: bool,
}

/// The layout of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Several lines that were hard-wrapped.
    Paragraph,
    /// List items, one per line.
    List,
    /// A single line.
    Line,
    /// A line underlined with dashes.
    Heading,
}

/// A line of at least this many characters is running text.
const RUNNING: usize = 120;
/// Longest heading, in characters and in words.
const MAX_HEADING: (usize, usize) = (80, 12);

impl Element {
    /// Whether this is running text, as opposed to a heading, caption or label.
    pub(super) fn is_running(&self) -> bool {
        match self.shape {
            Shape::Paragraph | Shape::List => true,
            Shape::Line => {
                let long = self.text.chars().count() >= RUNNING || is_long_spaceless(&self.text);
                long && !boilerplate::is_caption(&self.text)
            }
            Shape::Heading => false,
        }
    }

    /// Whether the text looks like a heading: short, with an initial capital and without final punctuation. A heading may end with
    /// a word in quotation marks, but not be a quotation itself.
    pub(super) fn is_heading(&self) -> bool {
        let line = self.text.as_str();
        let (letters, words) = MAX_HEADING;
        let initial = line.chars().find(|letter| letter.is_alphanumeric());
        let unquoted = line.trim_end().trim_end_matches(['"', '”']);
        let is_quotation = unquoted.len() < line.trim_end().len() && line.starts_with(['"', '“']);
        line.chars().count() <= letters
            && line.split_whitespace().count() <= words
            && initial.is_some_and(|letter| !letter.is_lowercase())
            && !is_quotation
            && !unquoted.ends_with(['.', '!', ',', ';', '…', '。'])
    }

    /// The level of a heading with the number of its section, such as `3.1 Opening hours`, which is on level 2.
    pub(super) fn section_level(&self) -> Option<u8> {
        let (number, title) = self.text.split_once(' ')?;
        let parts = number.trim_end_matches('.').split('.');
        let is_number = |part: &str| (1..=3).contains(&part.len()) && part.parse::<u16>().is_ok();
        let level = parts.clone().count();
        let is_section = (2..=6).contains(&level) && parts.into_iter().all(is_number);
        let is_title = title.starts_with(char::is_uppercase) && self.is_heading();
        (is_section && is_title).then_some(level as u8)
    }

    /// Records the element as left out of the document.
    pub(super) fn drop_from(self, document: &mut ParsedDocument, reason: impl Into<String>) {
        document.dropped.push(Dropped {
            lines: self.lines,
            text: self.text,
            reason: reason.into(),
        });
    }
}

/// Whether a text is running text in Chinese, Japanese or Thai, which say in 40 characters what others say in 120.
fn is_long_spaceless(text: &str) -> bool {
    let letters = text.chars().count();
    let spaceless = || text.chars().filter(|&letter| is_spaceless(letter)).count();
    letters >= RUNNING / 3 && spaceless() * 2 > letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Element {
        Element {
            text: text.to_owned(),
            lines: LineRange { first: 1, last: 1 },
            shape: Shape::Line,
            repeated: false,
        }
    }

    #[test]
    fn running_text() {
        let check = |text: &str, expected| assert_eq!(line(text).is_running(), expected, "{text}");
        check("A long wait", false);
        check(&"A long wait ".repeat(10), true);
        check(
            &format!("{}Picture: Jane", "A long wait ".repeat(10)),
            false,
        );
        check(&"渡轮七点开".repeat(8), true);
        check(&"渡轮七点开".repeat(7), false);
    }

    #[test]
    fn headings() {
        let check = |text: &str, expected| assert_eq!(line(text).is_heading(), expected, "{text}");
        check("A long wait", true);
        check("2. Opening hours", true);
        check("Is it free?", true);
        check("a long wait", false);
        check("The wait was long.", false);
        check("I get “Connection lost”", true);
        check("“The wait was long”", false);
        check("She said: “It was long.”", false);
        let level =
            |text: &str, expected| assert_eq!(line(text).section_level(), expected, "{text}");
        level("3.1 Opening hours", Some(2));
        level("3.1.12. Opening hours", Some(3));
        level("3 Opening hours", None);
        level("3.50 euros a day", None);
        level("10.10.2024 Opening hours", None);
        level("3.1 Million people came.", None);
        check(&"Word ".repeat(13), false);
    }
}
