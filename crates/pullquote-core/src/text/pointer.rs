//! Sentences that lean on the one before: "He said so", "But that was all".

use super::{Language, fold, words};

/// By language, folded words at the head of a sentence that point to the one before.
const POINTERS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "he",
            "she",
            "it",
            "they",
            "his",
            "her",
            "its",
            "their",
            "this",
            "these",
            "those",
            "that",
            "such",
            "but",
            "however",
            "therefore",
            "thus",
            "hence",
            "instead",
            "moreover",
            "furthermore",
            "also",
            "so",
            "both",
        ],
    ),
    (
        "de",
        &[
            "er", "sie", "es", "sein", "seine", "dies", "diese", "dieser", "dieses", "aber",
            "jedoch", "daher", "deshalb", "so",
        ],
    ),
    (
        "fr",
        &[
            "il", "elle", "ils", "elles", "cela", "ceci", "cette", "mais", "donc",
        ],
    ),
    ("es", &["el", "ella", "ellos", "esto", "pero"]),
    ("it", &["egli", "essi", "questo", "questa", "ma"]),
    ("pt", &["ele", "ela", "eles", "isso", "mas"]),
    ("nl", &["hij", "zij", "dit", "deze", "maar"]),
    ("ru", &["он", "она", "оно", "они", "это", "но", "однако"]),
];

/// Spanish writes the pronoun with an accent: `Él`, not `El Salvador`.
const SPANISH_HE: &str = "el";

/// Whether a sentence in a language cannot be understood without the one before.
pub fn points_back(sentence: &str, language: Language) -> bool {
    let mut first = None;
    words(sentence, |word| {
        first.get_or_insert(word);
    });
    let Some(word) = first.map(|word| word.of(sentence)) else {
        return false;
    };
    let folded = fold(word);
    let of_language = POINTERS.iter().find(|(code, _)| *code == language.code());
    let points = of_language.is_some_and(|(_, pointers)| pointers.contains(&folded.as_str()));
    points && (folded != SPANISH_HE || !word.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own() {
        let spanish = Language::from_code("es").unwrap();
        for (sentence, language, points) in [
            ("It was late.", Language::ENGLISH, true),
            ("El Salvador is small.", Language::ENGLISH, false),
            ("Er bucket lists are long.", Language::ENGLISH, false),
            ("Él vive en Salta.", spanish, true),
            ("El puente es viejo.", spanish, false),
            ("", spanish, false),
        ] {
            assert_eq!(points_back(sentence, language), points, "{sentence}");
        }
    }
}
