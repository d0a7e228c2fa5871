//! A sentence model in ONNX format: computes the embedding of a text. It runs in this process, so no text leaves the
//! machine.

use crate::sentence_model::SentenceModel;
use crate::tokenizer::{Tokenizer, TokenizerError};
use crate::{Description, Pooling};
use pullquote_core::semantic::{Embedder, Embedding, Embeddings, PassageEmbedding, PassageText};
use rten::{NodeId, Value};
use std::fmt;

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
    query_prefix: String,
    passage_prefix: String,
    pooling: Pooling,
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
        // Weights are arranged for the processor once. With larger models this halves the time of a question.
        let net = rten::ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load(onnx)?;
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
            query_prefix: String::new(),
            passage_prefix: String::new(),
            pooling: Pooling::default(),
        };
        model.dimensions = model.encode("a text")?.len();
        Ok(model)
    }

    /// Embeds texts as the model's description says. Its limit on tokens is the tokenizer's.
    #[must_use]
    pub fn described(self, description: &Description) -> Self {
        Self {
            query_prefix: description.query_prefix.clone(),
            passage_prefix: description.passage_prefix.clone(),
            pooling: description.pooling,
            ..self
        }
    }

    /// The embedding of a passage of an article, after the prefix of the model's description.
    ///
    /// # Errors
    ///
    /// If the text cannot be tokenized, or the model fails.
    fn encode_passage(&self, text: &str) -> Result<Vec<f32>, OnnxError> {
        self.encode(&format!("{}{text}", self.passage_prefix))
    }

    /// The embedding of `text`: the mean of the embeddings of its tokens, or the first one, normalized to length 1. The
    /// dot product of two such embeddings is their cosine similarity.
    ///
    /// # Errors
    ///
    /// If the text cannot be tokenized, or the model fails.
    pub fn encode(&self, text: &str) -> Result<Vec<f32>, OnnxError> {
        let tokens = self.token_embeddings(&self.tokenizer.tokens(text)?)?;
        let mut sum = vec![0.0; tokens.dimensions];
        let vectors = match self.pooling {
            Pooling::Mean => usize::MAX,
            Pooling::Cls => 1,
        };
        for vector in tokens.values.chunks_exact(tokens.dimensions).take(vectors) {
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

impl SentenceModel for OnnxModel {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn part_dimensions(&self) -> usize {
        0
    }

    /// A sentence is embedded with the heading or title and the sentence before it. Embedding the sentence alone
    /// found it less often in nearly every question set: by 1 point on questions with many typos, by 4 on FAQs.
    fn embed_passage(&self, passage: &PassageText<'_>) -> Option<PassageEmbedding> {
        let embed = |text: &str| Some(Embedding::new(&self.encode_passage(text).ok()?));
        let label = passage.heading.unwrap_or(passage.title);
        let mut sentences = Embeddings::new(self.dimensions, passage.sentences.len());
        let mut before = passage.sentences.first().copied()?;
        for sentence in &passage.sentences {
            let text = before.to(*sentence).of(passage.text);
            sentences.push(Some(&embed(&format!("{label}: {text}"))?));
            before = *sentence;
        }
        Some(PassageEmbedding {
            whole: embed(&format!("{}{}", passage.labels(), passage.text))?,
            counts: vec![0; 1 + sentences.len()],
            sentences,
            parts: Embeddings::default(),
        })
    }
}

impl Embedder for OnnxModel {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        self.encode(&format!("{}{text}", self.query_prefix)).ok()
    }

    fn embeds_alike(&self) -> bool {
        self.query_prefix == self.passage_prefix
    }

    fn embed_answer(&self, text: &str) -> Option<Vec<f32>> {
        self.encode_passage(text).ok()
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
    use crate::MAX_TOKENS;
    use crate::tiny_onnx::onnx;

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
    fn the_description_says_how_texts_are_embedded() {
        let described = |description: Description| {
            let model = OnnxModel::new(onnx("input_ids", ROWS, "Identity"), tokenizer());
            model.unwrap().described(&description)
        };
        let prefixed = described(Description {
            query_prefix: "warm ".to_owned(),
            passage_prefix: "cold ".to_owned(),
            ..Description::default()
        });
        assert_eq!(prefixed.embed("").unwrap(), [1.0, 0.0]);
        assert_eq!(prefixed.encode_passage("").unwrap(), [0.0, 1.0]);
        // Of the first token alone.
        let mut rows = ROWS.to_vec();
        rows[0] = [0.0, 2.0];
        let model = OnnxModel::new(onnx("input_ids", &rows, "Identity"), tokenizer()).unwrap();
        let first = model.described(&Description {
            pooling: Pooling::Cls,
            ..Description::default()
        });
        assert_eq!(first.encode("warm").unwrap(), [0.0, 1.0]);
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
