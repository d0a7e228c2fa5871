//! Finds the directions in which the vectors of tokens differ most, for the built-in sentence model's embeddings of tokens.

use crate::matrix::{Matrix, normalise};
use anyhow::{Context, Result};
use pullquote_minilm::{HIDDEN, MiniLm, PART_DIMENSIONS, quantise};
use pullquote_readers as readers;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the directions of the tokens in the Markdown files of `folders` to `out`.
pub fn make(folders: &[&Path], out: &Path) -> Result<()> {
    let tokens = tokens(folders)?;
    let directions = tokens.principal(PART_DIMENSIONS);
    let squares = |row: &[f32]| row.iter().map(|value| value * value).sum::<f32>();
    let kept: f32 = tokens.project(&directions).rows().map(squares).sum();
    println!(
        "{} tokens, {:.1}% of their squared length kept",
        tokens.len(),
        100.0 * kept / tokens.len() as f32
    );
    let rows = directions.rows().flat_map(quantise);
    fs::write(out, rows.collect::<Vec<u8>>())
        .with_context(|| format!("cannot write {}", out.display()))
}

/// The vectors of all tokens, scaled to length 1.
fn tokens(folders: &[&Path]) -> Result<Matrix> {
    let model = MiniLm::new();
    let mut tokens = Matrix::new(HIDDEN);
    for file in files(folders)? {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        for block in readers::read(&file.to_string_lossy(), &bytes).blocks {
            for vector in model.token_vectors(&block.text).chunks_exact(HIDDEN) {
                let mut vector = vector.to_vec();
                normalise(&mut vector);
                tokens.push(&vector);
            }
        }
    }
    Ok(tokens)
}

/// The Markdown files in the folders, sorted.
fn files(folders: &[&Path]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    Ok(files)
}
