//! A sentence model in ONNX format: computes the embedding of a text. It runs in this process, so no text leaves the
//! machine.

use crate::tokenizer::{Tokenizer, TokenizerError};
use pullquote_core::semantic::Embedder;
use rten::{NodeId, Value};
use std::fmt;

/// Longer texts are truncated to this many tokens. Sentence models are trained on 128 to 512, and time grows with the
/// number.
pub const MAX_TOKENS: usize = 256;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OnnxError {
    /// The file is not in ONNX format, or uses an operator that `rten` does not support.
    #[error("the model is not readable: {0}")]
    Unreadable(#[from] rten::LoadError),
    /// The model has an input that sentence models do not have.
    #[error("the model has an input `{0}`, so it is not a sentence model")]
    Input(String),
    /// The model failed while running.
    #[error("the model could not be run: {0}")]
    Run(#[from] rten::RunError),
    /// The text cannot be tokenized.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// The output is not one vector per token.
    #[error("the model does not return a vector for each token, so it is not a sentence model")]
    Output,
}

/// A sentence model with its tokenizer.
pub struct OnnxModel {
    net: rten::Model,
    inputs: Vec<(NodeId, Input)>,
    output: NodeId,
    tokenizer: Tokenizer,
    dimensions: usize,
}

/// The inputs of a model, with one number per token.
#[derive(Debug, Clone, Copy)]
enum Input {
    /// The token's id.
    Token,
    /// The attention mask: always 1, as there is no padding.
    Mask,
    /// The segment: always 0, as there is a single text.
    Segment,
}

/// The embeddings of a text's tokens.
pub struct TokenEmbeddings {
    /// Length of each embedding.
    pub dimensions: usize,
    /// The embeddings, one after the other.
    pub values: Vec<f32>,
}

impl OnnxModel {
    /// Parses an ONNX file, and runs the model once to find out whether it works.
    ///
    /// # Errors
    ///
    /// If the model cannot be parsed or run, or is not a sentence model.
    pub fn new(onnx: Vec<u8>, tokenizer: Tokenizer) -> Result<Self, OnnxError> {
        let net = rten::Model::load(onnx)?;
        let inputs = net.input_ids().iter().map(|id| {
            let name = net
                .node_info(*id)
                .and_then(|node| node.name().map(str::to_owned));
            let input = match name.as_deref() {
                Some("input_ids") => Input::Token,
                Some("attention_mask") => Input::Mask,
                Some("token_type_ids") => Input::Segment,
                other => return Err(OnnxError::Input(other.unwrap_or_default().to_owned())),
            };
            Ok((*id, input))
        });
        let inputs = inputs.collect::<Result<_, _>>()?;
        let output = *net.output_ids().first().ok_or(OnnxError::Output)?;
        let mut model = Self {
            net,
            inputs,
            output,
            tokenizer,
            dimensions: 0,
        };
        model.dimensions = model.encode("a text")?.len();
        Ok(model)
    }

    /// Length of the embeddings.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The embedding of `text`: the mean of the embeddings of its tokens, normalized to length 1. The dot product of
    /// two such embeddings is their cosine similarity.
    ///
    /// # Errors
    ///
    /// If the text cannot be tokenized, or the model fails.
    pub fn encode(&self, text: &str) -> Result<Vec<f32>, OnnxError> {
        let tokens = self.token_embeddings(&self.tokenizer.tokens(text)?)?;
        let mut sum = vec![0.0; tokens.dimensions];
        for vector in tokens.values.chunks_exact(tokens.dimensions) {
            for (sum, value) in sum.iter_mut().zip(vector) {
                *sum += value;
            }
        }
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
        if !length.is_normal() {
            return Err(OnnxError::Output);
        }
        Ok(sum.into_iter().map(|value| value / length).collect())
    }

    /// The output of the model's last layer for the tokens with these ids.
    ///
    /// # Errors
    ///
    /// If the model fails.
    pub fn token_embeddings(&self, tokens: &[i32]) -> Result<TokenEmbeddings, OnnxError> {
        let values = self.inputs.iter().map(|(id, input)| {
            let numbers = match input {
                Input::Token => tokens.to_vec(),
                Input::Mask => vec![1; tokens.len()],
                Input::Segment => vec![0; tokens.len()],
            };
            let value = Value::from_shape([1, tokens.len()], numbers);
            Ok((*id, value.map_err(|_| OnnxError::Output)?.into()))
        });
        let values = values.collect::<Result<_, OnnxError>>()?;
        let [output] = self.net.run_n(values, [self.output], None)?;
        let shape_and_values = output.into_shape_vec::<f32, 3>();
        let ([_, rows, dimensions], values) = shape_and_values.map_err(|_| OnnxError::Output)?;
        if rows != tokens.len() || dimensions == 0 {
            return Err(OnnxError::Output);
        }
        Ok(TokenEmbeddings { dimensions, values })
    }

    /// The model's tokenizer.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }
}

impl Embedder for OnnxModel {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        self.encode(text).ok()
    }
}

impl fmt::Debug for OnnxModel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("OnnxModel");
        out.field("dimensions", &self.dimensions)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A protocol buffer field of bytes.
    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut length = bytes.len();
        let mut field = vec![number << 3 | 2];
        while length >= 0x80 {
            field.push(length as u8 | 0x80);
            length >>= 7;
        }
        field.push(length as u8);
        field.extend(bytes);
        field
    }

    /// A protocol buffer field with a number below 128.
    fn number(number: u8, value: u8) -> Vec<u8> {
        vec![number << 3, value]
    }

    /// An input or output: its name, its type (1 float, 7 integer), its rank.
    fn port(name: &str, kind: u8, rank: usize) -> Vec<u8> {
        let shape = field(1, &field(2, b"n")).repeat(rank);
        let tensor = [number(1, kind), field(2, &shape)].concat();
        [field(1, name.as_bytes()), field(2, &field(1, &tensor))].concat()
    }

    /// An ONNX model whose embedding for token `n` is row `n` of `rows`, after `operation`.
    fn onnx(input: &str, rows: &[[f32; 2]], operation: &str) -> Vec<u8> {
        let values: Vec<u8> = rows
            .as_flattened()
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        let node = |kind: &str, inputs: &[&str], output: &str| {
            let inputs = inputs.iter().flat_map(|input| field(1, input.as_bytes()));
            let rest = [field(2, output.as_bytes()), field(4, kind.as_bytes())].concat();
            field(1, &inputs.chain(rest).collect::<Vec<_>>())
        };
        let table = [
            number(1, rows.len() as u8),
            number(1, 2),
            number(2, 1),
            field(8, b"table"),
            field(9, &values),
        ];
        let graph = [
            node("Gather", &["table", input], "looked up"),
            node(operation, &["looked up"], "hidden"),
            field(2, b"tiny"),
            field(5, &table.concat()),
            field(11, &port(input, 7, 2)),
            field(12, &port("hidden", 1, 3)),
        ];
        [
            number(1, 8),
            field(7, &graph.concat()),
            field(8, &number(2, 13)),
        ]
        .concat()
    }

    fn tokenizer() -> Tokenizer {
        let json = serde_json::json!({
            "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "warm": 3, "cold": 4}},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 0], "sep": ["[SEP]", 1]}
        });
        Tokenizer::new(json.to_string().as_bytes(), MAX_TOKENS).unwrap()
    }

    const ROWS: &[[f32; 2]] = &[[0.0, 0.0], [0.0, 0.0], [1.0, 1.0], [3.0, 0.0], [0.0, 5.0]];

    #[test]
    fn an_embedding_is_the_mean_of_the_tokens() {
        let model = OnnxModel::new(onnx("input_ids", ROWS, "Identity"), tokenizer()).unwrap();
        assert_eq!(model.encode("warm").unwrap(), [1.0, 0.0]);
        assert_eq!(model.encode("cold cold!").unwrap(), {
            let length = 122.0f32.sqrt();
            [1.0 / length, 11.0 / length]
        });
        let tokens = model.token_embeddings(&[3, 4]).unwrap();
        assert_eq!(
            (tokens.dimensions, tokens.values),
            (2, vec![3.0, 0.0, 0.0, 5.0])
        );
    }

    #[test]
    fn other_models_are_refused() {
        let wrong = |onnx: Vec<u8>| OnnxModel::new(onnx, tokenizer()).err().unwrap().to_string();
        assert!(wrong(b"<html>".to_vec()).starts_with("the model is not readable"));
        assert!(wrong(onnx("pixels", ROWS, "Identity")).contains("`pixels`"));
        assert!(wrong(onnx("input_ids", ROWS, "Shape")).contains("does not return a vector"));
        // The tokenizer has more tokens than the model.
        assert!(wrong(onnx("input_ids", &ROWS[..2], "Identity")).contains("could not be run"));
    }

    #[test]
    fn threads_can_share_a_model() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&OnnxModel::new(onnx("input_ids", ROWS, "Identity"), tokenizer()).unwrap());
    }
}
