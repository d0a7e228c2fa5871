//! A sentence model that knows a few English words: it passes the test that the program gives to every model.

use super::tiny_onnx::onnx;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Pairs of paraphrases, which the program tests a model with.
const PAIRS: &str = include_str!("../../../crates/pullquote-core/src/semantic/language_probe.txt");

/// The files of a model for which the words that occur in one pair of paraphrases only mean the same, and all others
/// nothing much: `model.onnx` and `tokenizer.json`.
pub fn files() -> [(&'static str, Vec<u8>); 2] {
    let lines = PAIRS.lines().filter_map(|line| line.strip_prefix("en | "));
    let pairs: Vec<String> = lines.map(str::to_lowercase).collect();
    let dimensions = pairs.len() + 1;
    let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (pair, text) in pairs.iter().enumerate() {
        for word in text.split(|letter: char| !letter.is_alphanumeric()) {
            words.entry(word).or_default().push(pair);
        }
    }
    words.retain(|word, pairs| !word.is_empty() && pairs.iter().all(|pair| *pair == pairs[0]));
    let mut vocabulary = serde_json::json!({"[CLS]": 0, "[SEP]": 1, "[UNK]": 2});
    let mut rows = vec![vec![0.0_f32; dimensions]; 3];
    rows[2][dimensions - 1] = 0.01;
    for (word, pairs) in words {
        vocabulary[word] = rows.len().into();
        let mut row = vec![0.0; dimensions];
        row[pairs[0]] = 1.0;
        rows.push(row);
    }
    let tokenizer = serde_json::json!({
        "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": vocabulary},
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 0], "sep": ["[SEP]", 1]}
    });
    [
        ("model.onnx", onnx("input_ids", &rows, "Identity")),
        ("tokenizer.json", tokenizer.to_string().into_bytes()),
    ]
}

/// Writes the model into a folder, which is created.
pub fn write(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (name, contents) in files() {
        fs::write(folder.join(name), contents).unwrap();
    }
}
