//! Tests whether a sentence model knows a language: whether it embeds paraphrases close to each other, and how close.

use super::embedder::{Embedder, QuestionEmbedding};
use crate::text::Language;

/// A line per test: language | sentence | its paraphrase | question.
const TESTS: &str = include_str!("language_probe.txt");

/// Share of the sentences that must be nearer to their paraphrase than to any other sentence. An English model reaches 1
/// in English and less than half of that in other languages, where related words help it.
const KNOWN_AT: f32 = 0.75;

/// Where a [`Scale`] of whole texts begins, and its unit: as shares of the distance between what a question has with sentences
/// that do not answer it, and with those that do. With them, the built-in model's scale in English is the one that ranking and
/// confidence are made for.
const ZERO: f32 = 0.03;
const UNIT: f32 = 1.836;
/// The smallest unit of a scale. With a smaller one, a model that tells nothing apart would tell noise from noise.
const MIN_UNIT: f32 = 0.05;

/// What the cosines of a model mean: all of them are near 0.8 for some models, and unrelated sentences have 0 for others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// What is 0 on the scale.
    pub(super) zero: f32,
    /// What is 1 on the scale is this much above.
    pub(super) unit: f32,
}

impl Scale {
    /// A cosine on the scale, from 0 to 1.
    pub(super) fn of(self, cosine: f32) -> f32 {
        ((cosine - self.zero) / self.unit).clamp(0.0, 1.0)
    }
}

/// The scales of a model in a language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scales {
    /// For whole texts.
    pub(super) whole: Scale,
    /// Part by part, if the model divides texts.
    pub(super) parts: Scale,
}

/// The scales of a model in a language; `None` if the model does not know the language or `language_probe.txt` has no
/// sentences in it.
pub(super) fn scales(model: &dyn Embedder, language: Language) -> Option<Scales> {
    let tests: Vec<Test> = tests(language).collect();
    let sentences = || tests.iter().flat_map(|test| test.sentences);
    let embedded: Vec<QuestionEmbedding> = sentences()
        .map(|text| model.embed_question(text))
        .collect::<Option<_>>()?;
    let parts = parts_if_known(&embedded)?;
    let answers: Vec<Vec<f32>> = if model.embeds_alike() {
        embedded
            .into_iter()
            .map(|sentence| sentence.whole)
            .collect()
    } else {
        let answers = sentences().map(|text| model.embed_answer(text));
        answers.collect::<Option<_>>()?
    };
    let (mut answering, mut others) = (Vec::new(), Vec::new());
    for (at, test) in tests.iter().enumerate() {
        let question = model.embed_question(test.question)?.whole;
        for (other, answer) in answers.iter().enumerate() {
            let cosines = if other / 2 == at {
                &mut answering
            } else {
                &mut others
            };
            cosines.push(cosine(&question, answer));
        }
    }
    let (answering, other) = (mean(&answering), mean(&others));
    let distance = answering - other;
    Some(Scales {
        whole: Scale {
            zero: other + ZERO * distance,
            unit: (UNIT * distance).max(MIN_UNIT),
        },
        parts: Scale {
            zero: parts,
            unit: 1.0 - parts,
        },
    })
}

/// How similar unrelated sentences are part by part; `None` if too few are nearer to their paraphrase than to all others.
fn parts_if_known(sentences: &[QuestionEmbedding]) -> Option<f32> {
    let mut found = 0_u16;
    let mut parts = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let cosine = |other: &QuestionEmbedding| cosine(&sentence.whole, &other.whole);
        let mut nearest = f32::MIN;
        for (place, other) in sentences.iter().enumerate() {
            if place / 2 != at / 2 {
                nearest = nearest.max(cosine(other));
                parts.push(by_parts(sentence, other));
            }
        }
        found += u16::from(cosine(sentences.get(at ^ 1)?) > nearest);
    }
    let known = found > 0 && f32::from(found) >= KNOWN_AT * sentences.len() as f32;
    known.then(|| mean(&parts).clamp(0.0, 0.95))
}

fn mean(all: &[f32]) -> f32 {
    all.iter().sum::<f32>() / all.len().max(1) as f32
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
    let lines = TESTS.lines().filter(|line| !line.starts_with('#'));
    let codes = lines.filter_map(|line| Some(line.split_once(" | ")?.0));
    let mut last = "";
    codes
        .filter(move |code| std::mem::replace(&mut last, code) != *code)
        .filter_map(Language::from_code)
}

/// Two sentences that mean the same, and a question that they answer.
struct Test {
    sentences: [&'static str; 2],
    question: &'static str,
}

fn tests(language: Language) -> impl Iterator<Item = Test> {
    let lines = TESTS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(move |line| {
        let mut cells = line.split(" | ");
        let code = cells.next()?;
        let test = Test {
            sentences: [cells.next()?, cells.next()?],
            question: cells.next()?,
        };
        (code == language.code()).then_some(test)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model that embeds the texts of a test in one language alike, and all other texts as one vector.
    #[derive(Debug)]
    struct Knows(Language);

    impl Embedder for Knows {
        fn embed(&self, text: &str) -> Option<Vec<f32>> {
            let is_in = |test: Test| test.question == text || test.sentences.contains(&text);
            let found = tests(self.0).position(is_in);
            let mut vector = vec![0.0; 16];
            vector[found.unwrap_or(15)] = 0.8;
            vector[14] = 0.6;
            Some(vector)
        }
    }

    #[test]
    fn a_model_knows_a_language_whose_paraphrases_it_finds() {
        let german = Language::from_code("de").unwrap();
        let scale = |language| scales(&Knows(german), language).map(|it| it.whole);
        // What does not answer has 0.36, and what does has 1.
        let german = scale(german).unwrap();
        assert!(german.of(0.36) < 0.01 && german.of(0.4) > 0.01);
        assert!((german.of(1.0) - (1.0 - ZERO) / UNIT).abs() < 0.01);
        assert_eq!((german.of(-1.0), german.of(9.0)), (0.0, 1.0));
        assert_eq!(scale(Language::ENGLISH), None);
        // No sentences in Finnish.
        assert_eq!(scale(Language::from_code("fi").unwrap()), None);
    }

    #[test]
    fn every_line_is_a_test() {
        let lines = TESTS.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let cells: Vec<&str> = line.split(" | ").collect();
            assert_eq!(cells.len(), 4, "{line}");
            let language = Language::from_code(cells[0]).unwrap();
            assert!(tests(language).count() >= 6, "{line}");
        }
    }
}
