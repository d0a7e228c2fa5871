//! Makes the table from the model.

use crate::fit::Task;
use crate::matrix::{Matrix, add, dot, normalise};
use crate::similarity;
use crate::source;
use crate::words::{Key, Rows};
use anyhow::{Context, Result, bail, ensure};
use pullquote_core::semantic::{DIMENSIONS, LONGEST, MAGIC, PiecePosition};
use pullquote_model::OnnxModel;
use std::fs;
use std::path::Path;

/// Largest size of the table.
const MOST_BYTES: usize = 5_000_000;
/// How strongly a row is kept near the model's vector of its word (ridge penalty). 0.1 to 3 gave similar results.
const STIFFNESS: f32 = 1.0;

/// The quantile of the weights, in thousandths, that is scaled to 1.
const STRONGEST: usize = 995;

/// Common English words. A star marks the most common ones.
const WORDS: &str = include_str!("../../../crates/pullquote-core/src/text/real_words/en.txt");

/// Writes the table to `out`.
pub fn make(model: &Path, vocabulary: &Path, wordnet: &Path, out: &Path) -> Result<()> {
    let bytes = from_files(model, vocabulary, wordnet)?;
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} bytes", bytes.len());
    Ok(())
}

/// Makes the table again and compares it with `made`.
pub fn verify(model: &Path, vocabulary: &Path, wordnet: &Path, made: &Path) -> Result<()> {
    let recorded = fs::read(made).with_context(|| format!("cannot read {}", made.display()))?;
    let bytes = from_files(model, vocabulary, wordnet)?;
    let different = bytes.iter().zip(&recorded).filter(|(a, b)| a != b).count();
    ensure!(
        bytes == recorded,
        "{}: {different} of {} bytes are different, and the new table has {} bytes",
        made.display(),
        recorded.len(),
        bytes.len()
    );
    println!("{}: made again, byte for byte", made.display());
    Ok(())
}

fn from_files(model: &Path, vocabulary: &Path, wordnet: &Path) -> Result<Vec<u8>> {
    let texts = source::wordnet(wordnet)?;
    let (model, vocabulary) = source::model(model, vocabulary)?;
    table(&model, &vocabulary, &whole_words(), &texts)
}

/// The words of [`WORDS`].
fn whole_words() -> Vec<&'static str> {
    let words = WORDS.lines();
    words.map(|line| line.trim_end_matches('*')).collect()
}

/// The table of the pieces in `vocabulary` and of `words`, fitted to the model's vectors of `texts`.
fn table(
    model: &OnnxModel,
    vocabulary: &[String],
    words: &[&str],
    texts: &[String],
) -> Result<Vec<u8>> {
    let rows = Rows::choose(vocabulary, words);
    println!("{} rows, {} texts", rows.keys.len(), texts.len());

    let alone = alone(model, &rows)?;
    let (bags, seen) = whole_texts(model, &rows, texts)?;
    let basis = seen.principal(DIMENSIONS);
    let task = Task {
        bags,
        targets: seen.project(&basis),
    };
    let fitted = task.solve(alone.project(&basis), STIFFNESS);

    let kept = fitting(&rows, &fitted);
    let rows = rows.only(&kept);
    let bags = texts.iter().map(|text| rows.bag(text));
    let bags: Vec<_> = bags.filter(|bag| !bag.is_empty()).collect();
    let trained = similarity::train(fitted.only(&kept), &bags, seen);
    Ok(bytes(&rows, &trained))
}

/// The model's vector of each row: the mean of its tokens' vectors, minus the mean of all rows. The tokens that open and
/// close a text are left out; with them, results were worse by 3 to 8 points.
fn alone(model: &OnnxModel, rows: &Rows) -> Result<Matrix> {
    let mut alone: Option<Matrix> = None;
    let open_and_close = model.tokenizer().tokens("")?;
    let [open, close] = open_and_close[..] else {
        bail!("the model's tokenizer does not open and close a text with one token each");
    };
    for (at, tokens) in rows.tokens.iter().enumerate() {
        progress("words", at, rows.tokens.len());
        let closed = [&[open], tokens.as_slice(), &[close]].concat();
        let hidden = model.token_embeddings(&closed)?;
        let mut sum = vec![0.0; hidden.dimensions];
        for token in hidden
            .values
            .chunks_exact(hidden.dimensions)
            .skip(1)
            .take(tokens.len())
        {
            add(&mut sum, 1.0, token);
        }
        normalise(&mut sum);
        alone
            .get_or_insert_with(|| Matrix::new(hidden.dimensions))
            .push(&sum);
    }
    let mut alone = alone.context("no words")?;
    alone.subtract(&alone.mean());
    Ok(alone)
}

/// The texts as weighted sums of rows, and the model's vectors of them, minus their mean.
fn whole_texts(
    model: &OnnxModel,
    rows: &Rows,
    texts: &[String],
) -> Result<(Vec<Vec<(usize, f32)>>, Matrix)> {
    let mut bags = Vec::new();
    let mut seen: Option<Matrix> = None;
    for (at, text) in texts.iter().enumerate() {
        progress("texts", at, texts.len());
        let bag = rows.bag(text);
        if bag.is_empty() {
            continue;
        }
        let vector = model.encode(text)?;
        bags.push(bag);
        seen.get_or_insert_with(|| Matrix::new(vector.len()))
            .push(&vector);
    }
    let mut seen = seen.context("no texts")?;
    seen.subtract(&seen.mean());
    Ok((bags, seen))
}

/// The rows that fit into the table: all pieces, and the words that their pieces approximate worst.
fn fitting(rows: &Rows, fitted: &Matrix) -> Vec<usize> {
    let mut ranked: Vec<(f32, usize)> = (0..rows.keys.len())
        .map(|at| {
            let parts = rows.parts(at);
            let mut sum = vec![0.0; fitted.width];
            for part in &parts {
                let mut row = fitted.row(*part).to_vec();
                normalise(&mut row);
                add(&mut sum, 1.0, &row);
            }
            let mut own = fitted.row(at).to_vec();
            normalise(&mut own);
            normalise(&mut sum);
            (
                if parts.len() > 1 {
                    dot(&own, &sum)
                } else {
                    -1.0
                },
                at,
            )
        })
        .collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut size = MAGIC.len() + 2 * LONGEST * size_of::<u32>();
    let fits = |(_, at): &(f32, usize)| {
        size += rows.keys[*at].letters.len() + 1 + DIMENSIONS;
        size <= MOST_BYTES
    };
    ranked
        .into_iter()
        .take_while(fits)
        .map(|(_, at)| at)
        .collect()
}

/// The table in the format that `pullquote_core::semantic::Table` reads.
fn bytes(rows: &Rows, trained: &Matrix) -> Vec<u8> {
    let order = |key: &Key| {
        (
            key.place == PiecePosition::Inside,
            key.letters.len(),
            key.letters.clone(),
        )
    };
    let mut kept: Vec<usize> = (0..rows.keys.len()).collect();
    kept.sort_by_key(|at| order(&rows.keys[*at]));
    let mut bytes = MAGIC.to_vec();
    for place in [PiecePosition::Start, PiecePosition::Inside] {
        for length in 1..=LONGEST {
            let here = kept.iter().map(|at| &rows.keys[*at]);
            let count = here
                .filter(|key| key.place == place && key.letters.len() == length)
                .count();
            bytes.extend((count as u32).to_le_bytes());
        }
    }
    kept.iter()
        .for_each(|at| bytes.extend(rows.keys[*at].letters.as_bytes()));
    let weights = weights(rows, trained);
    let rounded = |at: &usize| (weights[*at].min(1.0) * 255.0).round() as u8;
    bytes.extend(kept.iter().map(rounded));
    for at in kept {
        let row = trained.row(at);
        let largest = row
            .iter()
            .fold(0.0f32, |largest, value| largest.max(value.abs()));
        let scale = if largest > 0.0 { 127.0 / largest } else { 0.0 };
        bytes.extend(
            row.iter()
                .map(|value| ((value * scale).round() as i8).cast_unsigned()),
        );
    }
    bytes
}

/// The weight of each row, from its frequency and its trained length. The reader of the table takes the square root, so the
/// length is squared. Weights above the quantile [`STRONGEST`] are cut off at 1.
fn weights(rows: &Rows, trained: &Matrix) -> Vec<f32> {
    let frequent = rows.weights.iter().zip(trained.rows());
    let mut weights: Vec<f32> = frequent
        .map(|(weight, row)| weight * dot(row, row))
        .collect();
    let mut order = weights.clone();
    order.sort_by(f32::total_cmp);
    let high = order.get(order.len() * STRONGEST / 1000).copied();
    let high = high.unwrap_or(1.0).max(f32::MIN_POSITIVE);
    weights.iter_mut().for_each(|weight| *weight /= high);
    weights
}

fn progress(what: &str, at: usize, all: usize) {
    if at % 10_000 == 0 {
        println!("{what}: {at} of {all}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiny_onnx::onnx;
    use fastrand::Rng;
    use pullquote_model::{MAX_TOKENS, Tokenizer};
    use std::collections::HashSet;
    use std::fmt::Write;
    use std::ops::Range;

    const COMMITTED: &[u8] =
        include_bytes!("../../../crates/pullquote-core/src/semantic/table.bin");
    /// The table of the small model, as it was made when the committed table was. `WRITE=1 cargo test` writes it anew.
    const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/small_table.tsv");
    /// Numbers of a row that the file contains.
    const SHOWN: usize = 8;
    /// Words of the small model's vocabulary, by their places among the common ones.
    const PIECES: Range<usize> = 5_000..5_060;
    /// Words that the vocabulary has in pieces only.
    const OTHERS: Range<usize> = 9_000..9_040;

    /// A part of a table, as its format says.
    struct Parts<'a> {
        keys: Vec<(PiecePosition, &'a str)>,
        weights: &'a [u8],
        rows: &'a [[u8; DIMENSIONS]],
    }

    fn parts(bytes: &[u8]) -> Parts<'_> {
        let counts = bytes.strip_prefix(MAGIC).unwrap();
        let (counts, mut rest) = counts.split_at(2 * LONGEST * size_of::<u32>());
        let mut keys = Vec::new();
        for (group, count) in counts.as_chunks::<4>().0.iter().enumerate() {
            let place = match group / LONGEST {
                0 => PiecePosition::Start,
                _ => PiecePosition::Inside,
            };
            for _ in 0..u32::from_le_bytes(*count) {
                let (letters, after) = rest.split_at(group % LONGEST + 1);
                keys.push((place, str::from_utf8(letters).unwrap()));
                rest = after;
            }
        }
        let (weights, rows) = rest.split_at(keys.len());
        let (rows, rest) = rows.as_chunks();
        assert_eq!((rows.len(), rest.len()), (keys.len(), 0));
        Parts {
            keys,
            weights,
            rows,
        }
    }

    /// A model whose vectors are drawn at random, its vocabulary, and texts.
    fn small() -> (OnnxModel, Vec<String>, Vec<String>) {
        let words = whole_words();
        let letters = || ('a'..='z').map(String::from);
        let inside = letters().map(|letter| format!("##{letter}"));
        let pieces = words[PIECES].iter().map(|word| (*word).to_owned());
        let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].map(str::to_owned);
        let vocabulary = special.into_iter().chain(letters()).chain(inside);
        let vocabulary: Vec<String> = vocabulary.chain(["the".to_owned()]).chain(pieces).collect();
        let ids = vocabulary.iter().enumerate();
        let ids: serde_json::Value = ids.map(|(id, token)| (token.clone(), id)).collect();
        let tokenizer = serde_json::json!({
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": ids},
            "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]}
        });
        let mut random = Rng::with_seed(1);
        let mut row = || (0..DIMENSIONS + 4).map(|_| random.f32() - 0.5).collect();
        let rows: Vec<Vec<f32>> = vocabulary.iter().map(|_| row()).collect();
        let tokenizer = Tokenizer::new(tokenizer.to_string().as_bytes(), MAX_TOKENS).unwrap();
        let model = OnnxModel::new(onnx("input_ids", &rows, "Identity"), tokenizer).unwrap();
        let all: Vec<&str> = [&words[PIECES], &words[OTHERS]].concat();
        let mut text = |_| {
            let count = random.usize(3..9);
            let words: Vec<&str> = (0..count).map(|_| all[random.usize(..all.len())]).collect();
            words.join(" ")
        };
        // A batch of the training, and some more.
        let texts = (0..1_100).map(&mut text).collect();
        (model, vocabulary, texts)
    }

    /// Rounding may differ by one between kinds of processors.
    #[test]
    fn the_tool_makes_a_small_table_as_before() {
        let (model, vocabulary, texts) = small();
        let words = whole_words();
        let made = table(&model, &vocabulary, &words[OTHERS], &texts).unwrap();
        let made = parts(&made);
        let mut lines = String::new();
        for (((place, key), weight), row) in made.keys.iter().zip(made.weights).zip(made.rows) {
            write!(lines, "{place:?}\t{key}\t{weight}").unwrap();
            for value in &row[..SHOWN] {
                write!(lines, "\t{}", value.cast_signed()).unwrap();
            }
            lines.push('\n');
        }
        if std::env::var_os("WRITE").is_some() {
            fs::write(SMALL, &lines).unwrap();
        }
        let recorded = fs::read_to_string(SMALL).unwrap();
        assert_eq!(lines.lines().count(), recorded.lines().count());
        for (line, recorded) in lines.lines().zip(recorded.lines()) {
            let same = |(one, other): (&str, &str)| match (one.parse(), other.parse()) {
                (Ok(one), Ok(other)) => i32::abs_diff(one, other) <= 1,
                _ => one == other,
            };
            let fields = line.split('\t').zip(recorded.split('\t'));
            assert!(fields.map(same).all(|same| same), "{line}\n{recorded}");
        }
    }

    /// What can be seen of the committed table without the model: its words are those that the tool takes, in its order.
    #[test]
    fn the_committed_table_has_the_words_of_the_tool() {
        let table = parts(COMMITTED);
        let words: HashSet<&str> = whole_words().into_iter().collect();
        // Others are in the model's vocabulary only.
        let added = table
            .keys
            .iter()
            .filter(|(place, key)| *place == PiecePosition::Start && words.contains(key));
        assert!(added.count() > 35_000);
        assert!(table.keys.len() > 40_000, "{}", table.keys.len());
        let sorted = table.keys.windows(2).all(|pair| {
            let order = |(place, key): (PiecePosition, &str)| {
                (place == PiecePosition::Inside, key.len(), key.to_owned())
            };
            order(pair[0]) < order(pair[1])
        });
        assert!(sorted);
        assert!(COMMITTED.len() <= MOST_BYTES && COMMITTED.len() > MOST_BYTES - 200);
        let largest = |row: &[u8; DIMENSIONS]| {
            row.iter()
                .map(|value| value.cast_signed().unsigned_abs())
                .max()
        };
        assert!(table.rows.iter().all(|row| largest(row) == Some(127)));
        assert_eq!(table.weights.iter().max(), Some(&255));
    }
}
