//! Sentences that refer to the one before: "He said so", "But that was all"; and those that announce what follows.

use super::{Language, Span, fold, words};

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

/// Whether a sentence announces what follows it.
pub(crate) fn points_forward(sentence: &str, language: Language) -> bool {
    let is_reference = |word: Span| {
        let word = word.of(sentence).to_lowercase();
        let mut references = language.lang().forward_references.split_whitespace();
        references.any(|reference| reference == word)
    };
    sentence.ends_with([':', '：']) || words(sentence).any(is_reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_announced() {
        for (code, sentence, expected) in [
            ("en", "Examples are listed below.", true),
            ("en", "You need:", true),
            ("en", "The boats below deck", true),
            ("en", "The boat is red.", false),
            ("de", "Die folgenden Regeln gelten.", true),
            ("de", "Der Hund folgt below.", false),
        ] {
            let language = Language::from_code(code).unwrap();
            assert_eq!(points_forward(sentence, language), expected, "{sentence}");
        }
    }

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
