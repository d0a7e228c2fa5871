//! Folding: the form of a word without case, accents and width variants.

use super::words;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `Détente` -> `detente`, `U.S` -> `us`, `10,000` -> `10000`, `007` -> `7`: the form in which words are compared.
///
/// Compatibility decomposition (NFKD), lower case, no accents. Combining marks that spell vowels (Hindi, Thai) stay.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// The words of a text, folded.
pub fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|word| fold(word.of(text))).collect()
}

/// Same as [`fold`], but clears and reuses a buffer: indexing folds millions of words.
pub(super) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
    } else {
        for letter in word.nfkd().flat_map(char::to_lowercase) {
            match letter {
                'ß' => folded.push_str("ss"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' => folded.push('d'),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                _ if is_accent(letter) => {}
                _ => folded.push(letter),
            }
        }
    }
    fold_number(folded);
}

/// The same with accents, for a language in which they tell words apart. Marks of tones come last: `hoà` is also written `hòa`.
pub(super) fn fold_into_accented(word: &str, folded: &mut String) {
    folded.clear();
    let mut tones = String::new();
    for letter in word.nfkd().flat_map(char::to_lowercase) {
        match letter {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones.push(letter),
            '\u{302}' | '\u{306}' | '\u{31b}' => folded.push(letter),
            _ if is_accent(letter) => {}
            _ => folded.push(letter),
        }
    }
    folded.push_str(&tones);
    fold_number(folded);
}

fn fold_number(folded: &mut String) {
    if folded.contains(['.', ',']) {
        join_parts(folded);
    }
    if folded.starts_with('0') {
        drop_leading_zeros(folded);
    }
}

/// Whole numbers are compared by value: who asks for *step 7* means `Step 07`. Nothing but zeros stays (`10:00`).
fn drop_leading_zeros(number: &mut String) {
    let zeros = number.len() - number.trim_start_matches('0').len();
    if zeros < number.len() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        number.drain(..zeros);
    }
}

/// Removes the dots of an abbreviation and the separators that group the digits of a number.
/// A decimal point stays: 3.5 is not 35.
fn join_parts(folded: &mut String) {
    let grouped = folded.split([',', '.']).skip(1).all(|part| part.len() == 3);
    let letters = !folded.contains(|letter: char| letter.is_ascii_digit());
    if grouped || letters {
        folded.retain(|letter| !matches!(letter, '.' | ','));
    } else {
        // Most of Europe writes a decimal comma.
        *folded = folded.replace(',', ".");
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn case_accents_and_widths_fold_away() {
        for (word, expect) in [
            ("Détente", "detente"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("U.S", "us"),
            ("10,000", "10000"),
            ("1.000.000", "1000000"),
            ("3.5", "3.5"),
            ("0049", "49"),
            ("00", "00"),
            ("0.50", "0.50"),
            ("0x1f", "0x1f"),
            ("3,5", "3.5"),
            ("Ｆｕｌｌ", "full"),
            ("Й", "и"),
            ("हिन्दी", "हिन्दी"),
            ("مُحَمَّد", "محمد"),
            ("ﬁnd", "find"),
            ("Đổi", "doi"),
        ] {
            assert_eq!(fold(word), expect);
        }
    }

    #[test]
    fn vietnamese_keeps_its_accents() {
        let vietnamese = Language::from_code("vi").unwrap();
        let [sell, friend, table] = ["BÁN", "bạn", "bàn"].map(|word| vietnamese.fold(word));
        assert!(sell != friend && friend != table && table != sell);
        for same in [["hoà", "hòa"], ["Đường", "đường"], ["thuỷ", "thủy"]] {
            let [one, other] = same.map(|word| vietnamese.fold(word));
            assert_eq!(one, other);
        }
        assert_eq!(vietnamese.fold("10.000"), "10000");
        assert_eq!(Language::ENGLISH.fold("café"), "cafe");
    }
}
