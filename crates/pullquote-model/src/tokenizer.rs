//! Text as the token numbers that a sentence model was trained on, by the `tokenizer.json` that comes with it.

use tokenizers::TruncationParams;

/// Why a tokenizer's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the tokenizer is not readable: {0}")]
pub struct TokenizerError(#[from] tokenizers::Error);

/// Turns text into token numbers.
#[derive(Debug)]
pub struct Tokenizer(tokenizers::Tokenizer);

impl Tokenizer {
    /// Reads a `tokenizer.json`. Texts will be cut to `most` tokens.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub fn new(json: &[u8], most: usize) -> Result<Tokenizer, TokenizerError> {
        let mut tokenizer = tokenizers::Tokenizer::from_bytes(json)?;
        let cut = TruncationParams {
            max_length: most,
            ..TruncationParams::default()
        };
        tokenizer.with_truncation(Some(cut))?;
        tokenizer.with_padding(None);
        Ok(Tokenizer(tokenizer))
    }

    /// The tokens of `text`, with those that open and close one.
    ///
    /// # Errors
    ///
    /// Where the tokenizer does not know what to do with a part of it.
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
    fn words_and_signs_become_tokens() {
        let vocabulary = serde_json::json!({"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "who": 3, "abduct": 4, "##ed": 5, "?": 6, "de": 7, "##tente": 8});
        let pieces = serde_json::json!({"type": "WordPiece", "vocab": vocabulary, "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100});
        check(&pieces, "Who abducted?", &[0, 3, 4, 5, 6, 1]);
        check(&pieces, "Détente", &[0, 7, 8, 1]);
        check(&pieces, "黑 who", &[0, 2, 3, 1]);
        check(&pieces, "", &[0, 1]);
        check(&pieces, &"who ".repeat(20), &[0, 3, 3, 3, 3, 3, 3, 1]);
    }

    #[test]
    fn models_of_many_languages_cut_words_otherwise() {
        let pieces = serde_json::json!({"type": "Unigram", "unk_id": 2, "vocab": [["[CLS]", 0.0], ["[SEP]", 0.0], ["<unk>", 0.0], ["wer", -1.0], ["ent", -2.0], ["führt", -2.0]]});
        check(&pieces, "wer entführt", &[0, 3, 4, 2, 1]);
    }

    #[test]
    fn what_is_wrong_is_told() {
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
