//! The sentence model that comes with the program: all-MiniLM-L6-v2 with weights of four bits.
//!
//! A sentence model turns a text into a vector; texts that mean the same have similar vectors, whatever their words. This one
//! is a transformer encoder for English (BERT: Devlin et al. 2019; its small kind: Wang et al. 2020; sentence embeddings: Reimers
//! and Gurevych 2019) with six layers and 22 million weights. They take 12 MB and stay in the program file as they are: the
//! numbers that a product needs are unpacked while it is computed, so that the model takes next to no memory.
//!
//! - `tokens` splits a text into the pieces of the model's vocabulary.
//! - `matrix` is the format of the weights, and multiplies by them.
//! - `weights` finds the parts of the file, and `network` computes the vectors of a text's tokens from them.
//!
//! The embedding of a text, or of a sentence in it, is the mean of these vectors. They are also kept one by one, in few dimensions:
//! a question is compared with a passage token by token (late interaction: Khattab and Zaharia 2020), each in its context.
//!
//! `tools/distill` makes the file from the published model. `NOTICE` names its origin and licence.
//!
//! ```
//! use pullquote_minilm::MiniLm;
//!
//! let model = MiniLm::new();
//! let [question, answer, other] = ["Can I bring my dog?", "Pets are welcome.", "The ferry leaves at noon."];
//! let similarity = |a, b| -> f32 {
//!     let (a, b) = (model.encode(a), model.encode(b));
//!     a.iter().zip(&b).map(|(a, b)| a * b).sum()
//! };
//! assert!(similarity(question, answer) > 2.0 * similarity(question, other));
//! ```

mod math;
mod matrix;
mod network;
mod tokens;
mod weights;

pub use matrix::{GROUP, quantise};
pub use weights::{DIMENSIONS, HIDDEN, LAYERS, MAGIC, MAX_TOKENS};

use matrix::Matrix;
use pullquote_core::semantic::{Embedder, QuestionEmbedding};
use std::{fmt, iter};
use tokens::{LONGEST_TEXT, Vocabulary};
use weights::Weights;

/// Numbers in a register of the widest kind that most processors have.
const LANES: usize = 8;

/// The file, as `tools/distill minilm` writes it.
pub static FILE: &[u8] = include_bytes!("minilm.bin");

/// The directions in which the vectors of tokens differ most, as `tools/distill parts` writes them: a matrix with
/// [`PART_DIMENSIONS`] rows.
pub static PARTS: &[u8] = include_bytes!("parts.bin");

/// Components of the embeddings of tokens.
pub const PART_DIMENSIONS: usize = 32;

/// Tokens of a passage's title and headings that count.
const LONGEST_LABELS: usize = 64;

/// The sentence model.
pub struct MiniLm {
    vocabulary: Vocabulary,
    weights: Weights,
    parts: Matrix,
}

impl MiniLm {
    /// The model in [`FILE`].
    #[expect(
        clippy::missing_panics_doc,
        clippy::expect_used,
        reason = "the file is a part of the program"
    )]
    pub fn new() -> Self {
        let (vocabulary, rest) = Vocabulary::parse(FILE).expect("the file has a vocabulary");
        let weights = Weights::parse(rest, vocabulary.len()).expect("the file has all weights");
        let (parts, _) = Matrix::parse(PARTS, PART_DIMENSIONS, HIDDEN).expect("the file is whole");
        Self {
            vocabulary,
            weights,
            parts,
        }
    }

    /// The embedding of a text: the mean of the vectors of its tokens, with length 1. Only the first [`MAX_TOKENS`] tokens
    /// count.
    pub fn encode(&self, text: &str) -> Vec<f32> {
        self.read(&[&self.vocabulary.tokens(text)]).whole
    }

    /// The embedding of a text of any length that consists of labels and sentences, and those of the tokens of each. What is
    /// too long for the model is read sentence by sentence, as many at once as it can, each time below the labels.
    pub fn encode_passage(&self, labels: &str, sentences: &[&str]) -> Encoding {
        let tokens = |text: &&str| self.vocabulary.tokens(text);
        let mut labels = tokens(&labels);
        labels.truncate(LONGEST_LABELS);
        let sentences: Vec<Vec<usize>> = sentences.iter().map(tokens).collect();
        let room = LONGEST_TEXT - labels.len();
        let mut rest = &sentences[..];
        let runs = iter::from_fn(|| {
            let (first, others) = rest.split_first()?;
            let mut length = first.len();
            let fits = |sentence: &&Vec<usize>| {
                length += sentence.len();
                length <= room
            };
            let run;
            (run, rest) = rest.split_at(1 + others.iter().take_while(fits).count());
            Some(run)
        });
        let read = |run: &[Vec<usize>]| {
            let sentences = run.iter().map(Vec::as_slice);
            let pieces: Vec<&[usize]> = [&labels[..]].into_iter().chain(sentences).collect();
            self.read(&pieces)
        };
        runs.map(read)
            .reduce(Encoding::followed_by)
            .unwrap_or_default()
    }

    /// The vectors of a text's tokens and of the two that enclose them, one after the other, with [`HIDDEN`] numbers each.
    pub fn token_vectors(&self, text: &str) -> Vec<f32> {
        self.vectors(&self.vocabulary.tokens(text))
    }

    fn vectors(&self, tokens: &[usize]) -> Vec<f32> {
        network::encode(&self.weights, &self.vocabulary.enclosed(tokens))
    }

    /// Reads a text that consists of these pieces, as far as it is not too long.
    fn read(&self, pieces: &[&[usize]]) -> Encoding {
        let mut tokens = pieces.concat();
        tokens.truncate(LONGEST_TEXT);
        let vectors = self.vectors(&tokens);
        let whole = mean(vectors.chunks_exact(HIDDEN));
        let inside = vectors.get(HIDDEN..vectors.len() - HIDDEN);
        let (inside, no_bias) = (inside.unwrap_or_default(), [0.0; PART_DIMENSIONS]);
        let mut of_tokens = inside.chunks_exact(HIDDEN);
        let mean_of_piece = |piece: &&[usize]| mean(of_tokens.by_ref().take(piece.len()));
        let means = pieces.iter().map(mean_of_piece).collect();
        let mut parts = Vec::new();
        self.parts.multiply(inside, &no_bias, &mut parts);
        let (parts, _) = parts.as_chunks_mut();
        for part in &mut *parts {
            math::to_length_1(part);
        }
        let mut parts = parts.iter().copied();
        let of_piece = |piece: &&[usize]| parts.by_ref().take(piece.len()).collect();
        Encoding {
            whole,
            means,
            parts: pieces.iter().map(of_piece).collect(),
            tokens: vectors.len() / HIDDEN,
        }
    }
}

/// The mean of vectors, with length 1.
fn mean<'a>(vectors: impl Iterator<Item = &'a [f32]>) -> Vec<f32> {
    let mut mean = vec![0.0; DIMENSIONS];
    for vector in vectors {
        for (sum, value) in mean.iter_mut().zip(vector) {
            *sum += value;
        }
    }
    math::to_length_1(&mut mean);
    mean
}

/// What the model makes of a text. All vectors have length 1.
#[derive(Debug, Clone, Default)]
pub struct Encoding {
    /// The embedding of the text.
    pub whole: Vec<f32>,
    /// For each piece of the text, the mean of the vectors of its tokens, each of them in its context.
    pub means: Vec<Vec<f32>>,
    /// For each piece of the text, the embeddings of its tokens.
    pub parts: Vec<Vec<[f32; PART_DIMENSIONS]>>,
    /// Number of tokens.
    tokens: usize,
}

impl Encoding {
    /// Together with one of what follows, which has the same labels.
    fn followed_by(mut self, other: Self) -> Self {
        let (a, b) = (self.tokens as f32, other.tokens as f32);
        for (a_value, b_value) in self.whole.iter_mut().zip(&other.whole) {
            *a_value = a * *a_value + b * b_value;
        }
        math::to_length_1(&mut self.whole);
        self.means.extend(other.means.into_iter().skip(1));
        self.parts.extend(other.parts.into_iter().skip(1));
        self.tokens += other.tokens;
        self
    }
}

impl Default for MiniLm {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MiniLm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("all-MiniLM-L6-v2")
    }
}

impl Embedder for MiniLm {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        Some(self.encode(text))
    }

    fn embed_question(&self, question: &str) -> Option<QuestionEmbedding> {
        let Encoding { whole, parts, .. } = self.read(&[&self.vocabulary.tokens(question)]);
        let parts = parts.into_iter().flatten().map(Vec::from);
        Some(QuestionEmbedding {
            whole,
            parts: parts.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_read_whole_however_long_it_is() {
        let model = MiniLm::new();
        let sentences = [
            "The ferry leaves at noon. ",
            "It carries forty people and their luggage. ",
        ];
        let short = model.encode_passage("Harbour: ", &sentences);
        let lengths: Vec<usize> = short.parts.iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 6, 8]);
        assert_eq!(short.means.len(), 3);
        assert_eq!(
            short.whole,
            model.encode(&["Harbour: ", sentences[0], sentences[1]].concat())
        );

        let many = sentences.repeat(50);
        let long = model.encode_passage("Harbour: ", &many);
        let found: Vec<usize> = long.parts.iter().map(Vec::len).collect();
        assert_eq!(found, [&[2][..], &[6, 8].repeat(50)].concat());
        let length: f32 = long.whole.iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-4, "{length}");
        // A sentence that is too long by itself is cut off, and the next one is read.
        let endless = "who ".repeat(MAX_TOKENS);
        let cut = model.encode_passage("Harbour: ", &[&endless, sentences[0]]);
        let found: Vec<usize> = cut.parts.iter().map(Vec::len).collect();
        assert_eq!(found, [2, LONGEST_TEXT - 2, 6]);
    }
}
