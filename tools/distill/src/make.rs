//! Makes the table from the model.

use crate::fit::Task;
use crate::matrix::{Matrix, add, dot, normalise};
use crate::similarity;
use crate::source;
use crate::words::{Key, Rows};
use anyhow::{Context, Result, bail};
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

pub fn make(model: &Path, vocabulary: &Path, wordnet: &Path, out: &Path) -> Result<()> {
    let texts = source::wordnet(wordnet)?;
    let (model, vocabulary) = source::model(model, vocabulary)?;
    let whole: Vec<&str> = WORDS
        .lines()
        .map(|line| line.trim_end_matches('*'))
        .collect();
    let rows = Rows::choose(&vocabulary, &whole);
    println!("{} rows, {} texts", rows.keys.len(), texts.len());

    let alone = alone(&model, &rows)?;
    let (bags, seen) = whole_texts(&model, &rows, &texts)?;
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
    let bytes = bytes(&rows, &trained);
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} bytes", bytes.len());
    Ok(())
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
    ranked.into_iter()
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
