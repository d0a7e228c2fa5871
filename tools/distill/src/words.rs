//! The rows of the table to be: pieces of the model's vocabulary and whole words besides, with how often each is met.

use pullquote_core::semantic::{LONGEST, PiecePosition, word_pieces};
use pullquote_core::text::{Language, fold, words};
use std::collections::HashMap;

/// The `a` of a / (a + p): how frequent a word is whose weight is half (Arora et al. 2017 found 1e-3 to 1e-4 alike).
const HALF_WEIGHT: f64 = 1e-3;

/// A row to be.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub place: PiecePosition,
    pub letters: String,
}

/// All rows, in an order of their own.
pub struct Rows {
    pub keys: Vec<Key>,
    /// The tokens that the model reads for each.
    pub tokens: Vec<Vec<i32>>,
    /// From 0 for words that are everywhere to 1.
    pub weights: Vec<f32>,
    numbers: HashMap<Key, usize>,
    pieces: HashMap<Key, usize>,
}

impl Rows {
    /// Pieces of letters out of `vocabulary` (numbers have no meaning to be near in, other alphabets are not the table's), and
    /// those of `whole` that are no piece.
    pub fn choose(vocabulary: &[String], whole: &[&str]) -> Rows {
        let mut rows = Rows {
            keys: Vec::new(),
            tokens: Vec::new(),
            weights: Vec::new(),
            numbers: HashMap::new(),
            pieces: HashMap::new(),
        };
        // The vocabulary is in the order of frequency, once the single signs are over: Zipf's law gives the rest.
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

    /// Some of the rows, with all of the pieces that are among them.
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

    /// The rows that the words of `text` are made of, each with what it counts; stop words are left out.
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

    /// The pieces that row `at` is made of; for a piece, itself.
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
