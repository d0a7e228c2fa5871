//! Questions that a number answers.

use super::Word;
use crate::text::Language;

/// By language: what questions for an amount or a time hold, folded.
const PHRASES: &[(&str, &str)] = &[
    (
        "en",
        "when|how many|how much|how old|how long|how far|how tall|how high|how deep|how big|how large|how often|how fast|how heavy|what year|which year|what time|what date|what percentage|what number",
    ),
    (
        "de",
        "wann|wie viel|wie viele|wieviel|wieviele|wie alt|wie lang|wie lange|wie weit|wie hoch|wie tief|wie gross|wie oft|wie schnell|wie schwer|in welchem jahr|um wie viel",
    ),
    (
        "fr",
        "quand|combien|quel age|en quelle annee|quelle annee|quelle heure|quelle date",
    ),
    (
        "es",
        "cuando|cuanto|cuanta|cuantos|cuantas|que edad|que ano|que hora|que fecha",
    ),
    (
        "it",
        "quando|quanto|quanta|quanti|quante|che anno|in quale anno|che ora",
    ),
    (
        "pt",
        "quando|quanto|quanta|quantos|quantas|que idade|que ano|que horas",
    ),
    (
        "nl",
        "wanneer|hoeveel|hoe oud|hoe lang|hoe ver|hoe hoog|hoe diep|hoe groot|hoe vaak|hoe snel|hoe zwaar|welk jaar|hoe laat",
    ),
    ("ru", "когда|сколько|в каком году|как долго|как часто"),
];

/// Whether a question asks for an amount or a time.
pub(super) fn asks_number(words: &[Word], language: Language) -> bool {
    let asked_by = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|window| {
            let mut pairs = window.iter().zip(&phrase);
            pairs.all(|(word, part)| word.folded == *part)
        })
    };
    let phrases = PHRASES.iter().find(|(code, _)| *code == language.code());
    phrases.is_some_and(|(_, phrases)| phrases.split('|').any(asked_by))
}
