//! Punctuation around the boundaries of sentences.

/// Marks that may end a sentence.
pub(super) fn is_terminator(mark: char) -> bool {
    is_wide_terminator(mark) || matches!(mark, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '॥' | '։')
}

/// Terminators of scripts that put no space after a sentence.
pub(super) fn is_wide_terminator(mark: char) -> bool {
    matches!(mark, '。' | '！' | '？' | '｡' | '．')
}

/// Marks after a terminator that belong to the same sentence.
pub(super) fn is_closing(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '›'
    )
}

/// Marks before the first word of a sentence.
pub(super) fn is_opening(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '„'
            | '('
            | '['
            | '「'
            | '『'
            | '（'
            | '¿'
            | '¡'
            | '‹'
            | '‚'
    )
}

/// Bytes of the longest number of a note, such as `note12`.
const MAX_NOTE_BYTES: usize = 12;
/// Notes after one terminator. Each mark among them is a candidate as well, so without a limit a long run of notes
/// takes quadratic time.
const MAX_NOTES: usize = 8;

/// Bytes of the numbers of notes, such as `[12]`, at the start of `rest`.
pub(super) fn note_bytes(rest: &str) -> usize {
    let mut length = 0;
    for _ in 0..MAX_NOTES {
        let note = rest.get(length..).and_then(|rest| rest.strip_prefix('['));
        let inner = note.and_then(|note| {
            let mut bytes = note.bytes().take(MAX_NOTE_BYTES + 1);
            note.get(..bytes.position(|byte| byte == b']')?)
        });
        match inner.filter(|inner| !inner.contains(char::is_whitespace)) {
            Some(inner) => length += inner.len() + 2,
            None => break,
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_short_and_in_brackets() {
        for (rest, expected) in [
            ("[1] Then", "[1]".len()),
            ("[1][note2] Then", "[1][note2]".len()),
            ("[a note of the editor]", 0),
            ("[unclosed", 0),
            (" [1]", 0),
            ("", 0),
        ] {
            assert_eq!(note_bytes(rest), expected, "{rest}");
        }
        assert_eq!(note_bytes(&"[1]".repeat(100)), MAX_NOTES * 3);
    }
}
