//! Splits a text into words.
//!
//! A word is a run of letters, digits and combining marks (`\p{M}`; without marks, Hindi words fall apart). In scripts
//! without spaces between words (Chinese, Japanese, Thai) every character and every pair of adjacent characters is a
//! word, so that compounds are found without a dictionary.

use super::Span;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Longest word in bytes. Longer runs, such as keys and base64, are skipped: nobody asks for them.
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
        // C++, C#, F#.
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

/// Calls `each` with the characters and the pairs of adjacent characters of a run without spaces. Returns the end of
/// the run.
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

/// Invisible characters inside words: soft hyphen, zero width joiners (Persian, Indic scripts).
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Whether a letter belongs to a script without spaces between words: Han, Kana, Thai, Lao, Khmer, Myanmar.
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
