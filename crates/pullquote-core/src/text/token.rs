//! Splits a text into words.
//!
//! A word is a run of letters, digits and combining marks (`\p{M}`; without marks, Hindi words fall apart). In scripts
//! without spaces between words, sequences of adjacent characters are words, so that compounds are found without a
//! dictionary: of Chinese and Japanese, single characters and pairs; of Thai, Lao, Khmer and Burmese, whose characters
//! are letters and say less, pairs and triples.

use super::Span;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::{Graphemes, UnicodeSegmentation};

/// Longest word in bytes. Longer runs, such as keys and base64, are skipped: nobody asks for them.
const MAX_WORD_BYTES: usize = 64;

/// The spans of the words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    Words {
        text,
        at: 0,
        run: None,
    }
}

#[derive(Debug)]
struct Words<'a> {
    text: &'a str,
    /// Where to continue.
    at: usize,
    /// The run without spaces that contains `at`.
    run: Option<Run<'a>>,
}

impl Iterator for Words<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        loop {
            if let Some(run) = &mut self.run {
                if let Some(span) = run.next(&mut self.at) {
                    return Some(span);
                }
                self.run = None;
            }
            let rest = self.text.get(self.at..)?;
            let mut letters = rest.char_indices();
            let (skipped, first) = letters.find(|(_, letter)| letter.is_alphanumeric())?;
            let start = self.at + skipped;
            self.at = start;
            if is_spaceless(first) {
                self.run = self.text.get(start..).map(Run::new);
                continue;
            }
            self.at = signed_word_end(self.text, start);
            let is_short = self.at - start <= MAX_WORD_BYTES;
            if is_short && !is_clitic(self.text.as_bytes(), start, self.at) {
                return Some(Span::new(start, self.at));
            }
        }
    }
}

/// A run of characters without spaces between words.
#[derive(Debug)]
struct Run<'a> {
    rest: Graphemes<'a>,
    /// Starts of the last two characters, the latest first.
    before: [Option<usize>; 2],
    /// The shorter sequence with the same end as the one that was returned last.
    pending: Option<Span>,
}

impl<'a> Run<'a> {
    fn new(rest: &'a str) -> Self {
        Self {
            rest: rest.graphemes(true),
            before: [None; 2],
            pending: None,
        }
    }

    /// The next sequence of characters, `at` being where the rest begins; `None` at the end of the run.
    fn next(&mut self, at: &mut usize) -> Option<Span> {
        if let Some(shorter) = self.pending.take() {
            return Some(shorter);
        }
        let cluster = self.rest.next()?;
        if !cluster.starts_with(is_spaceless) {
            return None;
        }
        let start = *at;
        *at += cluster.len();
        let [before, earlier] = self.before;
        self.before = [Some(start), before];
        let starts = if cluster.starts_with(is_letter_of_spaceless) {
            [earlier, before]
        } else {
            [before, Some(start)]
        };
        let mut spans = starts.into_iter().flatten();
        let longest = spans.next().unwrap_or(start);
        self.pending = spans.next().map(|start| Span::new(start, *at));
        Some(Span::new(longest, *at))
    }
}

/// The end of the word that begins at `start`, with the signs of `C++`, `C#` and `F#`.
fn signed_word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let end = word_end(text, start);
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'+'), Some(b'+')) if end - start == 1 => end + 2,
        (Some(b'#'), _) if end - start == 1 => end + 1,
        _ => end,
    }
}

/// The end of the word that begins at `start`. Dots inside an abbreviation (`U.S.`) and separators inside a number
/// (`10,000`, `3.5`) belong to the word.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        while let Some(byte) = bytes.get(end).filter(|byte| byte.is_ascii()) {
            if !byte.is_ascii_alphanumeric() {
                break;
            }
            end += 1;
        }
        let Some(next) = text.get(end..).and_then(|rest| rest.chars().next()) else {
            return end;
        };
        if !next.is_ascii() && is_word_letter(next) && !is_spaceless(next) || is_joiner(next) {
            end += next.len_utf8();
            continue;
        }
        let last = bytes.get(end.wrapping_sub(1)).copied().unwrap_or(b' ');
        let after = bytes.get(end + 1).copied().unwrap_or(b' ');
        let inside_number =
            matches!(next, '.' | ',') && last.is_ascii_digit() && after.is_ascii_digit();
        // Single letters with dots between them are an abbreviation. Its last dot is not part of the word.
        let inside_abbreviation = next == '.'
            && last.is_ascii_alphabetic()
            && after.is_ascii_alphabetic()
            && (end - start == 1 || bytes.get(end.wrapping_sub(2)) == Some(&b'.'))
            && !bytes.get(end + 2).is_some_and(u8::is_ascii_alphanumeric);
        if !(inside_number || inside_abbreviation) {
            return end;
        }
        end += 1;
    }
}

/// The part after an English apostrophe: the `s` of `Kim's`, the `t` of `don't`.
fn is_clitic(bytes: &[u8], start: usize, end: usize) -> bool {
    let after_apostrophe = start > 0
        && (bytes.get(start - 1) == Some(&b'\'')
            || bytes.get(start.saturating_sub(3)..start) == Some("’".as_bytes()));
    after_apostrophe
        && matches!(
            bytes.get(start..end),
            Some(b"s" | b"t" | b"d" | b"m" | b"S" | b"ll" | b"re" | b"ve")
        )
}

fn is_word_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Invisible characters inside words: soft hyphen, zero width joiners (Persian, Indic scripts).
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Whether a letter belongs to an alphabet without spaces between words: Thai, Lao, Khmer, Myanmar.
fn is_letter_of_spaceless(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether a letter belongs to a script without spaces between words: Han, Kana, Thai, Lao, Khmer, Myanmar.
pub fn is_spaceless(letter: char) -> bool {
    is_letter_of_spaceless(letter)
        || matches!(letter,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let found: Vec<_> = words(text).map(|span| span.of(text)).collect();
        assert_eq!(found.join(" | "), expect);
    }

    #[test]
    fn words_of_many_kinds() {
        check("Kim's self-reliance, 3.5%!", "Kim | self | reliance | 3.5");
        check("the U.S. and U.K. don't", "the | U.S | and | U.K | don");
        check(
            "10,000 men in 1999. Then",
            "10,000 | men | in | 1999 | Then",
        );
        check("l'homme d’État", "l | homme | d | État");
        check("C++, C# and F#", "C++ | C# | and | F#");
        check("हिन्दी में", "हिन्दी | में");
        check("黑豹队 A", "黑 | 黑豹 | 豹 | 豹队 | 队 | A");
        check("A黑B豹", "A | 黑 | B | 豹");
        check("กาแฟ A", "ก | กา | กาแ | าแ | าแฟ | แฟ | A");
        check("... — !", "");
    }
}
