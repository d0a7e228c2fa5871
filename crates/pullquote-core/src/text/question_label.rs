//! The letter before a question or an answer: `Q: Is it free?`, `A: Yes.`

/// The letters before a question, in several languages.
pub const QUESTION_LETTERS: &[char] = &['Q', 'F', 'P', 'В'];

/// Length of the label with which a line begins, in bytes: one of these letters, perhaps with a number, and a colon, point or
/// parenthesis.
///
/// ```
/// use pullquote_core::text::{QUESTION_LETTERS, label_length};
///
/// assert_eq!(label_length("Q12: Is it free?", QUESTION_LETTERS), Some(4));
/// assert_eq!(label_length("Quite free.", QUESTION_LETTERS), None);
/// ```
pub fn label_length(line: &str, letters: &[char]) -> Option<usize> {
    let rest = line.strip_prefix(letters)?;
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = rest.strip_prefix([':', '.', ')'])?;
    Some(line.len() - rest.len())
}
