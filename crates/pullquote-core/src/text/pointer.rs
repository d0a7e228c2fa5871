//! Sentences that refer to the one before: "He said so", "But that was all".

use super::{Language, fold, words};

/// Whether a sentence refers to the one before it, so that it cannot be quoted alone.
pub(crate) fn points_back(sentence: &str, language: Language) -> bool {
    let Some(word) = words(sentence).next().map(|word| word.of(sentence)) else {
        return false;
    };
    let folded = fold(word);
    let mut references = language.lang().back_references.split_whitespace();
    references.any(|reference| {
        let with_accents = !reference.is_ascii() && !word.is_ascii();
        reference == folded || with_accents && fold(reference) == folded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_words() {
        for (code, sentence, expected) in [
            ("en", "It was late.", true),
            ("en", "“However, it rained.”", true),
            ("en", "El Salvador is small.", false),
            ("en", "Er bucket lists are long.", false),
            ("de", "Sie kam.", true),
            ("de", "Berlin ist groß.", false),
            ("es", "Él vive en Salta.", true),
            ("es", "El puente es viejo.", false),
            ("ru", "Это было давно.", true),
            ("zh", "他来了。", false),
            ("es", "", false),
        ] {
            let language = Language::from_code(code).unwrap();
            assert_eq!(points_back(sentence, language), expected, "{sentence}");
        }
    }
}
