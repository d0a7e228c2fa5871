//! Untrusted text, made safe to print.

/// The text without control characters (except line feeds and tabs) and without marks that change the direction of
/// writing, which could control a terminal or reorder its lines.
pub fn safe(text: &str) -> String {
    if !text.contains(is_unsafe) {
        return text.to_owned();
    }
    text.chars().filter(|letter| !is_unsafe(*letter)).collect()
}

fn is_unsafe(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn drops_control_characters_and_direction_marks() {
        assert_eq!(safe("a\u{1b}[31mb\tc\nd"), "a[31mb\tc\nd");
        assert_eq!(safe("x\u{202e}y\u{2066}z\u{200f}"), "xyz");
    }
}
