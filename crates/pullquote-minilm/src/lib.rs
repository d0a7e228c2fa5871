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

use pullquote_core::semantic::Embedder;
use std::fmt;
use tokens::Vocabulary;
use weights::Weights;

/// Numbers in a register of the widest kind that most processors have.
const LANES: usize = 8;

/// The file, as `tools/distill minilm` writes it.
pub static FILE: &[u8] = include_bytes!("minilm.bin");

/// The sentence model.
pub struct MiniLm {
    vocabulary: Vocabulary,
    weights: Weights,
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
        Self {
            vocabulary,
            weights,
        }
    }

    /// The embedding of a text: the mean of the vectors of its tokens, with length 1. Only the first [`MAX_TOKENS`] tokens
    /// count.
    pub fn encode(&self, text: &str) -> Vec<f32> {
        let tokens = self.vocabulary.tokens(text);
        network::encode(&self.weights, &tokens)
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
}
