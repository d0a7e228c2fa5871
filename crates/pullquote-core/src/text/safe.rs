//! Text from strangers, before it is shown.

/// The text without what could steer a terminal or turn its lines around.
pub fn safe(text: &str) -> String {
    text.chars().filter(|letter| !steers(*letter)).collect()
}

fn steers(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn keeps_words_and_drops_what_steers() {
        assert_eq!(safe("a\u{1b}[31mb\tc\nd"), "a[31mb\tc\nd");
        assert_eq!(safe("x\u{202e}y\u{2066}z\u{200f}"), "xyz");
    }
}
