//! Folding: the form of a word in which case, accents and widths no longer matter.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `Détente` -> `detente`: compatibility decomposition (NFKD), lower case, and the accents of
/// alphabets that write them as extras dropped. Marks that spell vowels (Hindi, Thai) stay.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfkd().flat_map(char::to_lowercase) {
        match letter {
            '\u{2019}' | '\u{2bc}' | '\u{ff07}' => folded.push('\''),
            // Two letters that have no decomposition but are typed apart.
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            _ if is_accent(letter) => {}
            _ => folded.push(letter),
        }
    }
    folded
}

/// Combining marks of the Latin, Greek, Cyrillic, Hebrew and Arabic alphabets, and invisible joiners.
fn is_accent(letter: char) -> bool {
    match letter {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{640}' => true,
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {
            is_combining_mark(letter)
        }
        _ => false,
    }
}
