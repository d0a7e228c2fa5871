//! Whether a sentence model knows a language: whether it finds sentences near that mean the same in other words.

use super::embedding::Embedder;
use crate::text::Language;

/// Language | sentence | sentence.
const PAIRS: &str = include_str!("language_probe.txt");

/// Of the sentences, so many must be nearer to their fellow than to any other. A model of English finds all of
/// the English ones, and less than half in other languages, where words of one origin help it.
const KNOWN_AT: f32 = 0.75;

/// The mean cosine of sentences of a language that have nothing to do with each other (0 for some models, above 0.7 for
/// others), if the model knows the language. Asked of a few languages only (`language_probe.txt`); the others count as not known.
pub(super) fn unrelated(model: &dyn Embedder, language: Language) -> Option<f32> {
    let sentences = pairs(language).flatten();
    let seen: Vec<Vec<f32>> = sentences
        .map(|text| model.embed(text))
        .collect::<Option<_>>()?;
    let cosine = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let mut found = 0_u16;
    let mut others = Vec::new();
    for (at, sentence) in seen.iter().enumerate() {
        let fellow = at ^ 1;
        let other = |other: &(usize, &Vec<f32>)| other.0 != at && other.0 != fellow;
        let cosines = seen.iter().enumerate().filter(other);
        let cosines: Vec<f32> = cosines.map(|(_, other)| cosine(sentence, other)).collect();
        let nearest = cosines.iter().copied().fold(f32::MIN, f32::max);
        if seen
            .get(fellow)
            .is_some_and(|fellow| cosine(sentence, fellow) > nearest)
        {
            found += 1;
        }
        others.extend(cosines);
    }
    let known = found > 0 && f32::from(found) >= KNOWN_AT * seen.len() as f32;
    let mean = others.iter().sum::<f32>() / others.len().max(1) as f32;
    known.then_some(mean.clamp(0.0, 0.95))
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

    /// Knows the pairs of one language by heart; all else is alike to it.
    #[derive(Debug)]
    struct Knows(Language);

    impl Embedder for Knows {
        fn embed(&self, text: &str) -> Option<Vec<f32>> {
            let place = pairs(self.0).position(|pair| pair.contains(&text));
            let mut vector = vec![0.0; 16];
            vector[place.unwrap_or(15)] = 0.8;
            vector[14] = 0.6;
            Some(vector)
        }
    }

    #[test]
    fn a_model_knows_the_languages_whose_pairs_it_finds() {
        let german = Language::from_code("de").unwrap();
        let unrelated_to = |language| unrelated(&Knows(german), language);
        assert!(unrelated_to(german).is_some_and(|mean| (mean - 0.36).abs() < 0.01));
        assert_eq!(unrelated_to(Language::ENGLISH), None);
        // Nothing is asked about it.
        assert_eq!(unrelated_to(Language::from_code("fi").unwrap()), None);
    }

    #[test]
    fn every_line_is_a_pair() {
        let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let cells: Vec<&str> = line.split(" | ").collect();
            assert_eq!(cells.len(), 3, "{line}");
            let language = Language::from_code(cells[0]).unwrap();
            assert!(pairs(language).count() >= 6, "{line}");
        }
    }
}
