//! A sentence model of the host's own: a text becomes the place where the model sees it. Run by `rten`, in
//! Rust and in this process; nothing leaves the machine. Reading the files is the library's job.

use super::tokenizer::{Tokenizer, TokenizerError};
use pullquote_core::semantic::Embedder;
use rten::{NodeId, Value};
use std::fmt;

/// Tokens of a text that are read; models of this kind were trained on 128 to 512, and time grows with them.
pub const MOST_TOKENS: usize = 256;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It is no ONNX file, or one that needs more than `rten` has.
    #[error("the model is not readable: {0}")]
    Unreadable(#[from] rten::LoadError),
    /// It wants to be given something that a text is not.
    #[error("the model asks for `{0}`, which a sentence model does not")]
    Input(String),
    /// It could not be run.
    #[error("the model could not be run: {0}")]
    Run(#[from] rten::RunError),
    /// It cannot be given a text.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// What comes out is something else.
    #[error("the model does not give a vector for each word")]
    Output,
}

/// A sentence model with its tokenizer.
pub struct Model {
    net: rten::Model,
    inputs: Vec<(NodeId, Input)>,
    output: NodeId,
    tokenizer: Tokenizer,
    width: usize,
}

/// What a model may be given for each token.
#[derive(Debug, Clone, Copy)]
enum Input {
    /// Its number.
    Token,
    /// One: it counts.
    Mask,
    /// Zero: there is one text only.
    Part,
}

/// Vectors of a text's tokens, one after the other.
pub struct Hidden {
    /// Numbers in a vector.
    pub width: usize,
    /// All vectors.
    pub values: Vec<f32>,
}

impl Model {
    /// The model in the bytes of an ONNX file. It is run once, so that one that does not work is known at once.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or run, or is no sentence model.
    pub fn new(onnx: Vec<u8>, tokenizer: Tokenizer) -> Result<Model, ModelError> {
        let net = rten::Model::load(onnx)?;
        let inputs = net.input_ids().iter().map(|id| {
            let name = net
                .node_info(*id)
                .and_then(|node| node.name().map(str::to_owned));
            let input = match name.as_deref() {
                Some("input_ids") => Input::Token,
                Some("attention_mask") => Input::Mask,
                Some("token_type_ids") => Input::Part,
                other => return Err(ModelError::Input(other.unwrap_or_default().to_owned())),
            };
            Ok((*id, input))
        });
        let inputs = inputs.collect::<Result<_, _>>()?;
        let output = *net.output_ids().first().ok_or(ModelError::Output)?;
        let mut model = Model {
            net,
            inputs,
            output,
            tokenizer,
            width: 0,
        };
        model.width = model.vector("a text")?.len();
        Ok(model)
    }

    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Where the model sees `text`: the mean of its tokens' vectors, of length 1. The product of two
    /// such vectors is their cosine.
    ///
    /// # Errors
    ///
    /// Where the model fails on it.
    pub fn vector(&self, text: &str) -> Result<Vec<f32>, ModelError> {
        let hidden = self.hidden(&self.tokenizer.tokens(text)?)?;
        let mut sum = vec![0.0; hidden.width];
        for vector in hidden.values.chunks_exact(hidden.width) {
            for (sum, value) in sum.iter_mut().zip(vector) {
                *sum += value;
            }
        }
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
        if !length.is_normal() {
            return Err(ModelError::Output);
        }
        Ok(sum.into_iter().map(|value| value / length).collect())
    }

    /// What the model's last layer gives for `tokens`.
    ///
    /// # Errors
    ///
    /// Where the model fails on them.
    pub fn hidden(&self, tokens: &[i32]) -> Result<Hidden, ModelError> {
        let values = self.inputs.iter().map(|(id, input)| {
            let numbers = match input {
                Input::Token => tokens.to_vec(),
                Input::Mask => vec![1; tokens.len()],
                Input::Part => vec![0; tokens.len()],
            };
            let value = Value::from_shape([1, tokens.len()], numbers);
            Ok((*id, value.map_err(|_| ModelError::Output)?.into()))
        });
        let values = values.collect::<Result<_, ModelError>>()?;
        let [output] = self.net.run_n(values, [self.output], None)?;
        let shape_and_values = output.into_shape_vec::<f32, 3>();
        let ([_, rows, width], values) = shape_and_values.map_err(|_| ModelError::Output)?;
        if rows != tokens.len() || width == 0 {
            return Err(ModelError::Output);
        }
        Ok(Hidden { width, values })
    }

    /// The model's tokenizer.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }
}

impl Embedder for Model {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        self.vector(text).ok()
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("Model");
        out.field("width", &self.width).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field of a protocol buffer that holds bytes.
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

    /// A field that holds a number below 128.
    fn number(number: u8, value: u8) -> Vec<u8> {
        vec![number << 3, value]
    }

    /// An input or output: its name, its type (1 float, 7 integer), its rank.
    fn port(name: &str, kind: u8, rank: usize) -> Vec<u8> {
        let shape = field(1, &field(2, b"n")).repeat(rank);
        let tensor = [number(1, kind), field(2, &shape)].concat();
        [field(1, name.as_bytes()), field(2, &field(1, &tensor))].concat()
    }

    /// A model in ONNX whose vector for token `n` is row `n` of `rows`, after `operation`.
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
        Tokenizer::new(json.to_string().as_bytes(), MOST_TOKENS).unwrap()
    }

    const ROWS: &[[f32; 2]] = &[[0.0, 0.0], [0.0, 0.0], [1.0, 1.0], [3.0, 0.0], [0.0, 5.0]];

    #[test]
    fn a_text_is_the_mean_of_its_tokens() {
        let model = Model::new(onnx("input_ids", ROWS, "Identity"), tokenizer()).unwrap();
        assert_eq!(model.vector("warm").unwrap(), [1.0, 0.0]);
        assert_eq!(model.vector("cold cold!").unwrap(), {
            let length = 122.0f32.sqrt();
            [1.0 / length, 11.0 / length]
        });
        let hidden = model.hidden(&[3, 4]).unwrap();
        assert_eq!((hidden.width, hidden.values), (2, vec![3.0, 0.0, 0.0, 5.0]));
    }

    #[test]
    fn a_model_that_does_not_fit_is_told() {
        let wrong = |onnx: Vec<u8>| Model::new(onnx, tokenizer()).err().unwrap().to_string();
        assert!(wrong(b"<html>".to_vec()).starts_with("the model is not readable"));
        assert!(wrong(onnx("pixels", ROWS, "Identity")).contains("`pixels`"));
        assert!(wrong(onnx("input_ids", ROWS, "Shape")).contains("does not give a vector"));
        // The tokenizer has more words than the model.
        assert!(wrong(onnx("input_ids", &ROWS[..2], "Identity")).contains("could not be run"));
    }

    #[test]
    fn many_threads_may_ask() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&Model::new(onnx("input_ids", ROWS, "Identity"), tokenizer()).unwrap());
    }
}
