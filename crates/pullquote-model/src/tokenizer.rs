//! Converts text to the tokens of a sentence model, by the `tokenizer.json` that comes with it.

use tokenizers::TruncationParams;

/// Why a tokenizer cannot be loaded, or cannot tokenize a text.
#[derive(Debug, thiserror::Error)]
#[error("the tokenizer is not readable: {0}")]
pub struct TokenizerError(#[from] tokenizers::Error);

/// The tokenizer of a sentence model.
#[derive(Debug)]
pub struct Tokenizer(tokenizers::Tokenizer);

impl Tokenizer {
    /// Parses a `tokenizer.json`. Longer texts are truncated to `max_tokens`.
    ///
    /// # Errors
    ///
    /// If the file is malformed, or describes an unsupported tokenizer.
    pub fn new(json: &[u8], max_tokens: usize) -> Result<Tokenizer, TokenizerError> {
        let mut tokenizer = tokenizers::Tokenizer::from_bytes(json)?;
        let truncation = TruncationParams {
            max_length: max_tokens,
            ..TruncationParams::default()
        };
        tokenizer.with_truncation(Some(truncation))?;
        tokenizer.with_padding(None);
        Ok(Tokenizer(tokenizer))
    }

    /// The ids of the tokens of `text`, including the special tokens at its start and end.
    ///
    /// # Errors
    ///
    /// If the tokenizer cannot represent a part of the text.
    pub fn tokens(&self, text: &str) -> Result<Vec<i32>, TokenizerError> {
        let encoded = self.0.encode_fast(text, true)?;
        Ok(encoded
            .get_ids()
            .iter()
            .map(|id| id.cast_signed())
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(model: &serde_json::Value, text: &str, expect: &[i32]) {
        let json = serde_json::json!({
            "model": model,
            "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 0], "sep": ["[SEP]", 1]},
            "padding": {"strategy": {"Fixed": 128}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
            "truncation": null
        });
        let tokenizer = Tokenizer::new(json.to_string().as_bytes(), 8).unwrap();
        assert_eq!(tokenizer.tokens(text).unwrap(), expect, "{text}");
    }

    #[test]
    fn word_pieces() {
        let vocabulary = serde_json::json!({"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "who": 3, "abduct": 4, "##ed": 5, "?": 6, "de": 7, "##tente": 8});
        let pieces = serde_json::json!({"type": "WordPiece", "vocab": vocabulary, "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100});
        check(&pieces, "Who abducted?", &[0, 3, 4, 5, 6, 1]);
        check(&pieces, "Détente", &[0, 7, 8, 1]);
        check(&pieces, "黑 who", &[0, 2, 3, 1]);
        check(&pieces, "", &[0, 1]);
        check(&pieces, &"who ".repeat(20), &[0, 3, 3, 3, 3, 3, 3, 1]);
    }

    #[test]
    fn unigram_pieces() {
        let pieces = serde_json::json!({"type": "Unigram", "unk_id": 2, "vocab": [["[CLS]", 0.0], ["[SEP]", 0.0], ["<unk>", 0.0], ["wer", -1.0], ["ent", -2.0], ["führt", -2.0]]});
        check(&pieces, "wer entführt", &[0, 3, 4, 2, 1]);
    }

    #[test]
    fn malformed_files_are_refused() {
        let wrong = |json: &str| Tokenizer::new(json.as_bytes(), 8).unwrap_err().to_string();
        for json in [
            "{",
            "{}",
            "<html>",
            r#"{"model": {"type": "Crystal ball"}}"#,
        ] {
            assert!(
                wrong(json).starts_with("the tokenizer is not readable: "),
                "{json}"
            );
        }
    }
}
