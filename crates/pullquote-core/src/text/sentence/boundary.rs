//! Whether a full stop ends a sentence.

use super::marks::is_opening;
use crate::text::{ANY_LANGUAGE, Language};

/// Whether a sentence ends with `marks` (a terminator and what follows it without a space), with `before` on the left
/// and `after` on the right.
pub(super) fn ends_sentence(
    before: &str,
    marks: &str,
    after: &str,
    language: Option<Language>,
) -> bool {
    let next = after
        .chars()
        .find(|letter| !is_opening(*letter))
        .unwrap_or(' ');
    // "Why?" he asked. And "... and so on".
    if next.is_lowercase() || matches!(next, ',' | ';' | ':' | ')' | '.' | '-' | '–' | '—') {
        return false;
    }
    if !marks.starts_with('.') || marks.starts_with("..") {
        return true;
    }
    // After a closing quotation mark or bracket, the full stop belongs to the sentence, not to an abbreviation.
    if marks.len() > 1 && !marks.ends_with(')') {
        return true;
    }
    let word = last_word(before);
    let folded = word.trim_start_matches('\'').to_lowercase();
    let after = after.trim_start_matches(is_opening);
    if ANY_LANGUAGE.before_name.contains(folded.as_str()) {
        return false;
    }
    if ANY_LANGUAGE.before_number.contains(folded.as_str()) && is_number(after) {
        return false;
    }
    if is_initial(word) || is_dotted(word) || ANY_LANGUAGE.anywhere.contains(folded.as_str()) {
        return ANY_LANGUAGE
            .sentence_starts
            .contains(first_word(after).to_lowercase().as_str());
    }
    if is_ordinal(word) {
        let is_list_number = before.trim_start().len() == word.len();
        let has_ordinals = language.is_some_and(|language| language.lang().dotted_ordinals);
        return !is_list_number && !has_ordinals;
    }
    true
}

fn last_word(text: &str) -> &str {
    let is_end =
        |letter: char| letter.is_whitespace() || matches!(letter, '(' | '[' | '"' | '“' | '-');
    text.rsplit(is_end).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    let mut parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.next().unwrap_or_default()
}

/// Whether `after` begins with a number, Arabic or Roman, or with another abbreviation before one (`Sat. Jan. 3`).
fn is_number(after: &str) -> bool {
    let word = first_word(after);
    let is_roman = !word.is_empty() && word.bytes().all(|byte| b"IVXLC".contains(&byte));
    let rest = after.get(word.len()..).unwrap_or_default();
    let is_before_number = ANY_LANGUAGE
        .before_number
        .contains(word.to_lowercase().as_str());
    after.starts_with(char::is_numeric) || is_roman || rest.starts_with('.') && is_before_number
}

/// One capital letter, as in `A. B. Jones`.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Parts of one or two letters, as in `U.S` and `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.chars().count() <= 2)
        && !word.contains(|letter: char| letter.is_ascii_digit())
}

/// One or two digits, which may be the number of a list or a day of a month.
fn is_ordinal(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}
