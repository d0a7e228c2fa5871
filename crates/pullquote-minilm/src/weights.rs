//! The parts of the file: after the vocabulary, the numbers of four bytes, and then the matrices.

use crate::matrix::Matrix;

/// The start of the file.
pub const MAGIC: &[u8] = b"pullquote minilm 1\n";
/// Components of the vectors.
pub const DIMENSIONS: usize = HIDDEN;
/// Numbers between two layers, for each token.
pub const HIDDEN: usize = 384;
/// Numbers inside of a feed-forward layer, for each token.
pub(crate) const INNER: usize = 4 * HIDDEN;
/// Layers.
pub const LAYERS: usize = 6;
/// Tokens that count, with the two that open and close a text. The model was trained on texts up to this length.
pub const MAX_TOKENS: usize = 256;

/// The weights of the model.
pub(crate) struct Weights {
    /// A row for each token of the vocabulary.
    pub(crate) words: Matrix,
    /// A row for each place in the text.
    pub(crate) places: Matrix,
    /// Normalizes the sum of both.
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
}

/// Layer normalization.
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// A layer: attention and a feed-forward network, each added to what goes into it and normalized.
pub(crate) struct Layer {
    /// Queries, keys and values.
    pub(crate) attention: Linear,
    pub(crate) attended: Linear,
    pub(crate) attended_norm: Norm,
    pub(crate) inner: Linear,
    pub(crate) outer: Linear,
    pub(crate) outer_norm: Norm,
}

/// A matrix with a number to add to each result.
pub(crate) struct Linear {
    pub(crate) matrix: Matrix,
    pub(crate) bias: Vec<f32>,
}

impl Weights {
    /// Reads what follows the vocabulary of `words` tokens; `None` if it has another length.
    ///
    /// First the weights and biases of the first normalization, and of each layer those of `attention`, `attended`,
    /// `attended_norm`, `inner`, `outer` and `outer_norm`, in this order. Then the matrices in the same order, `words` and
    /// `places` first.
    pub(crate) fn parse(bytes: &'static [u8], words: usize) -> Option<Self> {
        let mut numbers = Numbers(bytes);
        let norm = numbers.norm()?;
        let layers: Option<Vec<_>> = (0..LAYERS).map(|_| numbers.layer()).collect();
        let layers = layers?;
        let mut matrices = Matrices(numbers.0);
        let weights = Self {
            words: matrices.next(words, HIDDEN)?,
            places: matrices.next(MAX_TOKENS, HIDDEN)?,
            norm,
            layers: layers
                .into_iter()
                .map(|numbers| matrices.layer(numbers))
                .collect::<Option<_>>()?,
        };
        matrices.0.is_empty().then_some(weights)
    }
}

/// What a layer has beside its matrices.
struct LayerNumbers {
    attention: Vec<f32>,
    attended: Vec<f32>,
    attended_norm: Norm,
    inner: Vec<f32>,
    outer: Vec<f32>,
    outer_norm: Norm,
}

/// The part with numbers of four bytes.
struct Numbers(&'static [u8]);

impl Numbers {
    fn next(&mut self, count: usize) -> Option<Vec<f32>> {
        let (bytes, rest) = self.0.split_at_checked(count * size_of::<f32>())?;
        self.0 = rest;
        let numbers = bytes.as_chunks().0.iter();
        Some(numbers.map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn norm(&mut self) -> Option<Norm> {
        let (weight, bias) = (self.next(HIDDEN)?, self.next(HIDDEN)?);
        Some(Norm { weight, bias })
    }

    fn layer(&mut self) -> Option<LayerNumbers> {
        Some(LayerNumbers {
            attention: self.next(3 * HIDDEN)?,
            attended: self.next(HIDDEN)?,
            attended_norm: self.norm()?,
            inner: self.next(INNER)?,
            outer: self.next(HIDDEN)?,
            outer_norm: self.norm()?,
        })
    }
}

/// The part with matrices.
struct Matrices(&'static [u8]);

impl Matrices {
    fn next(&mut self, rows: usize, width: usize) -> Option<Matrix> {
        let (matrix, rest) = Matrix::parse(self.0, rows, width)?;
        self.0 = rest;
        Some(matrix)
    }

    /// A matrix with a row for each bias.
    fn linear(&mut self, bias: Vec<f32>, width: usize) -> Option<Linear> {
        let matrix = self.next(bias.len(), width)?;
        Some(Linear { matrix, bias })
    }

    fn layer(&mut self, numbers: LayerNumbers) -> Option<Layer> {
        Some(Layer {
            attention: self.linear(numbers.attention, HIDDEN)?,
            attended: self.linear(numbers.attended, HIDDEN)?,
            attended_norm: numbers.attended_norm,
            inner: self.linear(numbers.inner, HIDDEN)?,
            outer: self.linear(numbers.outer, INNER)?,
            outer_norm: numbers.outer_norm,
        })
    }
}
