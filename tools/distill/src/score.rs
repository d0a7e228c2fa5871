//! Ways to score a sentence for a question.

use crate::align::{Word, align};
use crate::set::{Set, Text};
use pullquote_core::index::bm25;
use pullquote_core::semantic::{Table, Vector, WordVector, mean};
use std::collections::{HashMap, HashSet};

/// Weighting of words.
#[derive(Clone, Copy, PartialEq)]
pub enum Weights {
    /// Equal weights.
    Plain,
    /// By frequency in English.
    Common,
    /// By inverse document frequency over the sentences of the set.
    Idf,
    /// By idf times the square root of the weight by English frequency.
    Both,
}

/// Weights and vectors of a set's words.
pub struct Lexicon<'a> {
    set: &'a Set,
    stems: HashMap<&'a str, (u32, f32)>,
    unknown: f32,
    average: f32,
    meanings: HashMap<&'a str, Option<WordVector>>,
}

impl<'a> Lexicon<'a> {
    /// Looks up every word of the set.
    pub fn new(set: &'a Set, table: &Table) -> Lexicon<'a> {
        let mut frequencies: HashMap<&str, usize> = HashMap::new();
        let mut length = 0;
        for sentence in &set.sentences {
            let stems: HashSet<&str> = sentence.text.stems.iter().map(String::as_str).collect();
            stems
                .into_iter()
                .for_each(|stem| *frequencies.entry(stem).or_default() += 1);
            length += sentence.text.stems.len();
        }
        let all = set.sentences.len();
        let questions = set.questions.iter().map(|question| &question.text);
        let texts = || {
            set.sentences
                .iter()
                .map(|sentence| &sentence.text)
                .chain(questions.clone())
        };
        let mut stems = HashMap::new();
        for stem in texts().flat_map(|text| &text.stems) {
            let key = stems.len() as u32;
            let frequency = frequencies.get(stem.as_str()).copied().unwrap_or_default();
            stems
                .entry(stem.as_str())
                .or_insert((key, bm25::idf(frequency, all)));
        }
        let words = texts().flat_map(|text| &text.words);
        Lexicon {
            set,
            stems,
            unknown: bm25::idf(0, all),
            average: length as f32 / all as f32,
            meanings: words
                .map(|word| (word.as_str(), table.word(word)))
                .collect(),
        }
    }

    fn words<'b>(&'b self, text: &'b Text, weights: Weights) -> Vec<Word<'b>> {
        let words = text.words.iter().zip(&text.stems).map(|(word, stem)| {
            let (key, idf) = self
                .stems
                .get(stem.as_str())
                .copied()
                .unwrap_or((0, self.unknown));
            let meaning = self.meanings.get(word.as_str()).and_then(Option::as_ref);
            let common = meaning.map_or(1.0, |meaning| meaning.weight);
            let weight = match weights {
                Weights::Plain => 1.0,
                Weights::Common => common,
                Weights::Idf => idf,
                Weights::Both => idf * common.sqrt(),
            };
            Word {
                key,
                vector: meaning.map(|meaning| &meaning.vector),
                weight,
            }
        });
        words.collect()
    }

    /// The mean vector of each text.
    fn means(
        &self,
        texts: impl Iterator<Item = &'a Text>,
        weights: Weights,
    ) -> Vec<Option<Vector>> {
        texts
            .map(|text| {
                let words = self.words(text, weights);
                mean(
                    words
                        .iter()
                        .filter_map(|word| Some((word.vector?, word.weight))),
                )
            })
            .collect()
    }

    /// For each question, the similarity of each sentence by mean vectors.
    pub fn by_mean(&self, weights: Weights) -> Vec<Vec<f32>> {
        let sentences = self.means(
            self.set.sentences.iter().map(|sentence| &sentence.text),
            weights,
        );
        let questions = self.means(
            self.set.questions.iter().map(|question| &question.text),
            weights,
        );
        let near = |a: &Option<Vector>, b: &Option<Vector>| match (a, b) {
            (Some(a), Some(b)) => a.similarity(b),
            _ => 0.0,
        };
        let rows = questions.iter().map(|question| {
            sentences
                .iter()
                .map(|sentence| near(question, sentence))
                .collect()
        });
        rows.collect()
    }

    /// For each question, the score of each sentence by word alignment.
    pub fn by_alignment(&self, weights: Weights) -> Vec<Vec<f32>> {
        let sentences: Vec<Vec<Word<'_>>> = self
            .set
            .sentences
            .iter()
            .map(|sentence| self.words(&sentence.text, weights))
            .collect();
        let rows = self.set.questions.iter().map(|question| {
            let question = self.words(&question.text, weights);
            sentences
                .iter()
                .map(|sentence| align(&question, sentence))
                .collect()
        });
        rows.collect()
    }

    /// For each question, the BM25 score of each sentence, as a share of the score if it contained all words.
    pub fn by_words(&self) -> Vec<Vec<f32>> {
        let rows = self.set.questions.iter().map(|question| {
            let stems: HashSet<&str> = question.text.stems.iter().map(String::as_str).collect();
            let worth = |stem: &&str| self.stems.get(stem).map_or(self.unknown, |(_, idf)| *idf);
            let most: f32 = stems.iter().map(worth).sum();
            let score = |text: &Text| {
                let norm = bm25::Norm::among(self.average).of(text.stems.len());
                let frequency = stems
                    .iter()
                    .filter(|stem| text.stems.iter().any(|other| other == *stem));
                frequency
                    .map(|stem| worth(stem) * bm25::tf(1.0, norm))
                    .sum::<f32>()
                    / most.max(f32::MIN_POSITIVE)
            };
            self.set
                .sentences
                .iter()
                .map(|sentence| score(&sentence.text))
                .collect()
        });
        rows.collect()
    }
}

/// `a + factor * b` for each score.
pub fn sum(a: &[Vec<f32>], factor: f32, b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let rows = a.iter().zip(b);
    rows.map(|(a, b)| a.iter().zip(b).map(|(a, b)| a + factor * b).collect())
        .collect()
}
