//! Tests whether a sentence model knows a language: whether it embeds paraphrases close to each other.

use super::embedder::Embedder;
use crate::text::Language;

/// A line per pair of paraphrases: language | sentence | sentence.
const PAIRS: &str = include_str!("language_probe.txt");

/// Share of the sentences that must be nearer to their paraphrase than to any other sentence. An English model reaches 1
/// in English and less than half of that in other languages, where related words help it.
const KNOWN_AT: f32 = 0.75;

/// The mean cosine of unrelated sentences, which is 0 for some models and above 0.7 for others; `None` if the model does
/// not know the language or `language_probe.txt` has no sentences in it.
pub(super) fn unrelated_cosine(model: &dyn Embedder, language: Language) -> Option<f32> {
    let sentences = pairs(language).flatten();
    let embedded: Vec<Vec<f32>> = sentences
        .map(|text| model.embed(text))
        .collect::<Option<_>>()?;
    let cosine = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let mut found = 0_u16;
    let mut others = Vec::new();
    for (at, sentence) in embedded.iter().enumerate() {
        let paraphrase = at ^ 1;
        let other = |other: &(usize, &Vec<f32>)| other.0 != at && other.0 != paraphrase;
        let cosines = embedded.iter().enumerate().filter(other);
        let cosines: Vec<f32> = cosines.map(|(_, other)| cosine(sentence, other)).collect();
        let nearest = cosines.iter().copied().fold(f32::MIN, f32::max);
        if embedded
            .get(paraphrase)
            .is_some_and(|paraphrase| cosine(sentence, paraphrase) > nearest)
        {
            found += 1;
        }
        others.extend(cosines);
    }
    let known = found > 0 && f32::from(found) >= KNOWN_AT * embedded.len() as f32;
    let mean = others.iter().sum::<f32>() / others.len().max(1) as f32;
    known.then_some(mean.clamp(0.0, 0.95))
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
        let unrelated = |language| unrelated_cosine(&Knows(german), language);
        assert!(unrelated(german).is_some_and(|mean| (mean - 0.36).abs() < 0.01));
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
