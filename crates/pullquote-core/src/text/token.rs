//! Words of a text, with where they stand.
//!
//! A word is a run of letters, digits and the marks that belong to them (`\p{M}`; a tokenizer that
//! cuts at marks is useless for Hindi). Scripts that put no spaces between words (Chinese, Japanese,
//! Thai and their like) give every character and every pair of neighbours instead, so that
//! compounds are found without a dictionary.

use super::Span;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Longest word in bytes; what is longer (a key, a base64 line) is no word that anybody asks for.
const MAX_WORD_BYTES: usize = 64;

/// Calls `each` with the span of every word of `text`, in order.
pub fn words(text: &str, mut each: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let start = at;
        let Some(first) = rest.chars().next() else {
            break;
        };
        if !first.is_alphanumeric() {
            at += first.len_utf8();
            continue;
        }
        if is_spaceless(first) {
            at = spaceless(text, start, &mut each);
            continue;
        }
        at = word_end(text, start);
        // Names that end in a sign: C#, C++, F#.
        if at - start == 1 {
            at += match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'+'), Some(b'+')) => 2,
                (Some(b'#'), _) => 1,
                _ => 0,
            };
        }
        if at - start > MAX_WORD_BYTES || is_clitic(bytes, start, at) {
            continue;
        }
        each(Span::new(start, at));
    }
}

/// Where the word that begins at `start` ends: letters, digits and marks, dots inside an
/// abbreviation (`U.S.`) and separators inside a number (`10,000`, `3.5`).
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
        // One letter, a dot, one letter, a dot: an abbreviation; its last dot stays outside.
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

/// What an English apostrophe leaves behind: the `s` of `Kim's`, the `t` of `don't`.
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

/// Characters and neighbouring pairs of a run without spaces; returns where the run ends.
fn spaceless(text: &str, start: usize, each: &mut impl FnMut(Span)) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = start;
    let mut before: Option<usize> = None;
    for cluster in rest.graphemes(true) {
        if !cluster.chars().next().is_some_and(is_spaceless) {
            break;
        }
        if let Some(before) = before {
            each(Span::new(before, end + cluster.len()));
        }
        each(Span::new(end, end + cluster.len()));
        before = Some(end);
        end += cluster.len();
    }
    end
}

fn is_word_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Invisible signs inside words: soft hyphen, zero width joiners (Persian, Indic scripts).
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Scripts without spaces between words: Han, Kana, Thai, Lao, Khmer, Myanmar.
pub fn is_spaceless(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let mut found = Vec::new();
        words(text, |span| found.push(span.of(text)));
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
        check("... — !", "");
    }
}
