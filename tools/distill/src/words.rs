//! The rows of the future table: pieces of the model's vocabulary and whole words, with weights by frequency.

use pullquote_core::semantic::{LONGEST, PiecePosition, word_pieces};
use pullquote_core::text::{Language, fold, words};
use std::collections::HashMap;

/// The `a` of the weight a / (a + p) for a word with probability p (Arora et al. 2017, who found 1e-3 to 1e-4 equally good).
const HALF_WEIGHT: f64 = 1e-3;

/// Key of a row.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub place: PiecePosition,
    pub letters: String,
}

/// All rows.
pub struct Rows {
    pub keys: Vec<Key>,
    /// The model's tokens of each row.
    pub tokens: Vec<Vec<i32>>,
    /// Weight of each row, from 0 for very frequent words to 1.
    pub weights: Vec<f32>,
    numbers: HashMap<Key, usize>,
    pieces: HashMap<Key, usize>,
}

impl Rows {
    /// The pieces of `vocabulary` that consist of letters a to z, and the words of `whole` that are not pieces.
    pub fn choose(vocabulary: &[String], whole: &[&str]) -> Rows {
        let mut rows = Rows {
            keys: Vec::new(),
            tokens: Vec::new(),
            weights: Vec::new(),
            numbers: HashMap::new(),
            pieces: HashMap::new(),
        };
        // After single characters, the vocabulary is sorted by frequency. Estimate the frequencies by Zipf's law.
        let first = vocabulary
            .iter()
            .position(|token| token == "the")
            .unwrap_or_default();
        let harmonic = (vocabulary.len() as f64).ln();
        for (id, token) in vocabulary.iter().enumerate() {
            let (place, letters) = match token.strip_prefix("##") {
                Some(inside) => (PiecePosition::Inside, inside),
                None => (PiecePosition::Start, token.as_str()),
            };
            let rank = id.saturating_sub(first) as f64 + 1.0;
            let frequency = 1.0 / (rank * harmonic);
            let weight = HALF_WEIGHT / (HALF_WEIGHT + frequency);
            rows.add(place, letters, vec![id as i32], weight as f32);
        }
        rows.pieces = rows.numbers.clone();
        for word in whole {
            let parts = rows.cut(word, &rows.pieces);
            if parts.len() > 1 {
                let tokens = parts
                    .iter()
                    .flat_map(|part| rows.tokens[*part].clone())
                    .collect();
                rows.add(PiecePosition::Start, word, tokens, 1.0);
            }
        }
        rows
    }

    /// Some of the rows.
    pub fn only(&self, kept: &[usize]) -> Rows {
        let numbers = kept.iter().enumerate();
        let numbers: HashMap<Key, usize> = numbers
            .map(|(number, at)| (self.keys[*at].clone(), number))
            .collect();
        let is_piece = |(key, _): &(&Key, &usize)| self.pieces.contains_key(*key);
        let pieces = numbers.iter().filter(is_piece);
        Rows {
            keys: kept.iter().map(|at| self.keys[*at].clone()).collect(),
            tokens: kept.iter().map(|at| self.tokens[*at].clone()).collect(),
            weights: kept.iter().map(|at| self.weights[*at]).collect(),
            pieces: pieces.map(|(key, at)| (key.clone(), *at)).collect(),
            numbers,
        }
    }

    fn add(&mut self, place: PiecePosition, letters: &str, tokens: Vec<i32>, weight: f32) {
        let plain = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_lowercase());
        if !plain || letters.len() > LONGEST {
            return;
        }
        let key = Key {
            place,
            letters: letters.to_owned(),
        };
        self.numbers.insert(key.clone(), self.keys.len());
        self.keys.push(key);
        self.tokens.push(tokens);
        self.weights.push(weight);
    }

    /// The rows of the words of `text`, without stop words, with weights that sum to 1.
    pub fn bag(&self, text: &str) -> Vec<(usize, f32)> {
        let mut bag = Vec::new();
        for span in words(text) {
            let word = fold(span.of(text));
            if Language::ENGLISH.is_stop_word(&word) {
                continue;
            }
            let found = self.cut(&word, &self.numbers);
            let share = 1.0 / (found.len() as f32).sqrt();
            bag.extend(found.iter().map(|row| (*row, self.weights[*row] * share)));
        }
        let total: f32 = bag.iter().map(|(_, weight)| weight).sum();
        bag.iter_mut().for_each(|(_, weight)| *weight /= total);
        bag
    }

    /// The pieces of row `at`; a piece consists of itself.
    pub fn parts(&self, at: usize) -> Vec<usize> {
        match self.keys[at].place {
            PiecePosition::Start => self.cut(&self.keys[at].letters, &self.pieces),
            PiecePosition::Inside => vec![at],
        }
    }

    fn cut(&self, word: &str, numbers: &HashMap<Key, usize>) -> Vec<usize> {
        let find = |place, piece: &str| {
            let letters = piece.to_owned();
            numbers.get(&Key { place, letters }).copied()
        };
        word_pieces(word, LONGEST, find).unwrap_or_default()
    }
}
