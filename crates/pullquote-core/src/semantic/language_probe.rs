//! Tests whether a sentence model knows a language: whether it embeds paraphrases close to each other.

use super::embedder::{Embedder, QuestionEmbedding};
use crate::text::Language;

/// A line per pair of paraphrases: language | sentence | sentence.
const PAIRS: &str = include_str!("language_probe.txt");

/// Share of the sentences that must be nearer to their paraphrase than to any other sentence. An English model reaches 1
/// in English and less than half of that in other languages, where related words help it.
const KNOWN_AT: f32 = 0.75;

/// How similar unrelated sentences are on average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unrelated {
    /// Their cosine.
    pub(super) whole: f32,
    /// Part by part, if the model divides texts.
    pub(super) parts: f32,
}

/// How similar unrelated sentences are: 0 for some models and above 0.7 for others; `None` if the model does not know the
/// language or `language_probe.txt` has no sentences in it.
pub(super) fn unrelated(model: &dyn Embedder, language: Language) -> Option<Unrelated> {
    let sentences = pairs(language).flatten();
    let embedded: Vec<QuestionEmbedding> = sentences
        .map(|text| model.embed_question(text))
        .collect::<Option<_>>()?;
    let mut found = 0_u16;
    let (mut whole, mut parts) = (Vec::new(), Vec::new());
    for (at, sentence) in embedded.iter().enumerate() {
        let paraphrase = at ^ 1;
        let other = |other: &(usize, &QuestionEmbedding)| other.0 != at && other.0 != paraphrase;
        let mut nearest = f32::MIN;
        for (_, other) in embedded.iter().enumerate().filter(other) {
            let cosine = cosine(&sentence.whole, &other.whole);
            nearest = nearest.max(cosine);
            whole.push(cosine);
            parts.push(by_parts(sentence, other));
        }
        let paraphrase = embedded.get(paraphrase);
        let is_found =
            |paraphrase: &QuestionEmbedding| cosine(&sentence.whole, &paraphrase.whole) > nearest;
        found += u16::from(paraphrase.is_some_and(is_found));
    }
    let known = found > 0 && f32::from(found) >= KNOWN_AT * embedded.len() as f32;
    let mean = |all: &[f32]| (all.iter().sum::<f32>() / all.len().max(1) as f32).clamp(0.0, 0.95);
    known.then(|| Unrelated {
        whole: mean(&whole),
        parts: mean(&parts),
    })
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The mean over the parts of one sentence of the cosine to the most similar part of the other.
fn by_parts(one: &QuestionEmbedding, other: &QuestionEmbedding) -> f32 {
    let highest = |part: &Vec<f32>| {
        let cosines = other.parts.iter().map(|other| cosine(part, other));
        cosines.fold(0.0, f32::max)
    };
    one.parts.iter().map(highest).sum::<f32>() / one.parts.len().max(1) as f32
}

/// The languages that have sentences in `language_probe.txt`.
pub(super) fn languages() -> impl Iterator<Item = Language> {
    let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
    let codes = lines.filter_map(|line| Some(line.split_once(" | ")?.0));
    let mut last = "";
    codes
        .filter(move |code| std::mem::replace(&mut last, code) != *code)
        .filter_map(Language::from_code)
}

fn pairs(language: Language) -> impl Iterator<Item = [&'static str; 2]> {
    let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(move |line| {
        let mut cells = line.split(" | ");
        let code = cells.next()?;
        let pair = [cells.next()?, cells.next()?];
        (code == language.code()).then_some(pair)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model that embeds the paraphrases of one language alike, and all other texts as one vector.
    #[derive(Debug)]
    struct Knows(Language);

    impl Embedder for Knows {
        fn embed(&self, text: &str) -> Option<Vec<f32>> {
            let pair = pairs(self.0).position(|pair| pair.contains(&text));
            let mut vector = vec![0.0; 16];
            vector[pair.unwrap_or(15)] = 0.8;
            vector[14] = 0.6;
            Some(vector)
        }
    }

    #[test]
    fn a_model_knows_a_language_whose_paraphrases_it_finds() {
        let german = Language::from_code("de").unwrap();
        let unrelated = |language| unrelated(&Knows(german), language);
        assert!(unrelated(german).is_some_and(|mean| (mean.whole - 0.36).abs() < 0.01));
        assert_eq!(unrelated(Language::ENGLISH), None);
        // No sentences in Finnish.
        assert_eq!(unrelated(Language::from_code("fi").unwrap()), None);
    }

    #[test]
    fn every_line_is_a_pair_of_paraphrases() {
        let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let cells: Vec<&str> = line.split(" | ").collect();
            assert_eq!(cells.len(), 3, "{line}");
            let language = Language::from_code(cells[0]).unwrap();
            assert!(pairs(language).count() >= 6, "{line}");
        }
    }
}
