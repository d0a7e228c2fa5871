//! Finds the words that are near to each row of the table.

use anyhow::{Context, Result, ensure};
use pullquote_core::semantic::NearWords;
use std::fs;
use std::path::Path;

/// Writes the lists of the built-in table to `out`.
pub fn make(out: &Path) -> Result<()> {
    let bytes = find()?;
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} bytes", bytes.len());
    Ok(())
}

/// Makes the lists again and compares them with `made`.
pub fn verify(made: &Path) -> Result<()> {
    let recorded = fs::read(made).with_context(|| format!("cannot read {}", made.display()))?;
    ensure!(
        find()? == recorded,
        "{}: the new lists are different",
        made.display()
    );
    println!("{}: made again, byte for byte", made.display());
    Ok(())
}

fn find() -> Result<Vec<u8>> {
    NearWords::find().context("the table has more rows than the format can number")
}
