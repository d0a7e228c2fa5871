//! Finds the source lines of texts that a converted document no longer has line numbers for.

use pullquote_core::article::LineRange;

/// Texts that may be searched for in vain. Each costs a search through the rest of the source.
const MAX_MISSES: u32 = 200;
/// Characters of a text's start that are searched for.
const HEAD: usize = 24;

/// Finds texts in the order in which they occur in the source.
pub(crate) struct SourceLines<'a> {
    source: &'a str,
    /// Byte offset of the last text that was found.
    at: usize,
    /// Line number of that text.
    line: u32,
    misses_left: u32,
}

impl<'a> SourceLines<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            line: 1,
            misses_left: MAX_MISSES,
        }
    }

    /// The line on which a text begins, found by its first characters or else its first long word. Where neither occurs
    /// in the rest of the source, because of markup inside them, the line of the text before.
    pub(crate) fn find(&mut self, text: &str) -> LineRange {
        let first_long_word = text
            .split_whitespace()
            .find(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let unmarked = text
            .split(['\n', '<', '>', '&', '"', '\'', '’'])
            .next()
            .unwrap_or_default();
        let head: String = unmarked.chars().take(HEAD).collect();
        let rest = self.source.get(self.at..).unwrap_or_default();
        let found = (self.misses_left > 0 && head.len() > 8)
            .then(|| rest.find(&head).or_else(|| rest.find(first_long_word?)))
            .flatten();
        self.misses_left = self.misses_left.saturating_sub(u32::from(found.is_none()));
        if let Some(found) = found {
            self.line += rest
                .get(..found)
                .map_or(0, |passed| passed.matches('\n').count()) as u32;
            self.at += found;
        }
        LineRange {
            first: self.line,
            last: self.line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_order() {
        let source =
            "<p>The ferry leaves</p>\n<p>The <b>fare</b> is low</p>\n\n<p>The ferry leaves</p>\n";
        let mut lines = SourceLines::new(source);
        let mut check = |text: &str, line| assert_eq!(lines.find(text).first, line, "{text}");
        check("The ferry leaves", 1);
        check("The fare is low", 2);
        check("Not in the source", 2);
        check("The ferry leaves", 4);
    }
}
