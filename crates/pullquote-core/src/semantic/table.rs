//! The built-in embedding table: vectors for English words and word pieces, distilled from a sentence model by
//! `tools/distill` (`NOTICE` in this folder names the origin).
//!
//! The table is read in place: its bytes are part of the program, and nothing is copied at startup.
//!
//! Layout, with numbers in little-endian order:
//!
//! | part | content |
//! |---|---|
//! | magic | [`MAGIC`]: name and version of the format |
//! | counts | for each position in a word and each length from 1 to [`LONGEST`], the number of keys as `u32` |
//! | keys | in the order of the counts; keys of one position and length are sorted, without separators |
//! | weights | a byte per key: 255 for the most informative words, near 0 for words that occur everywhere |
//! | rows | [`DIMENSIONS`] values of type `i8` per key, scaled so that the largest absolute value is 127 |

use super::directions::{Lanes, WordDirections};
use super::dot::{Components, DIMENSIONS, dot};
use super::keys::{Keys, LONGEST};
use super::vector::{Vector, VectorSum};
use super::word_pieces::{PiecePosition, word_pieces};
use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, f32x8};
use std::sync::LazyLock;

/// First bytes of the format.
pub const MAGIC: &[u8; 8] = b"pq-mean1";

static BUILTIN: LazyLock<Table> =
    LazyLock::new(|| Table::new(include_bytes!("table.bin")).unwrap_or_default());

/// Vectors of words and word pieces.
#[derive(Debug, Default)]
pub struct Table {
    keys: Keys,
    weights: &'static [u8],
    rows: &'static [Components],
    /// [`Vector::inverse_norm`] of each row.
    inverse_norms: Vec<f32>,
}

/// Number of a row in the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RowId(pub(super) u32);

/// The vector of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordVector {
    /// Direction of the word.
    pub vector: Vector,
    /// How informative the word is in general English, 0 to 1: a / (a + p), where p is its frequency (Arora et al. 2017,
    /// section 3), times the squared length that the word's vector had after training.
    pub weight: f32,
}

impl Table {
    /// The table that is part of the program.
    pub fn builtin() -> &'static Table {
        &BUILTIN
    }

    /// Reads a table in place; `None` if `bytes` have another format or length.
    pub(crate) fn new(bytes: &'static [u8]) -> Option<Table> {
        let (keys, rest) = Keys::parse(bytes.strip_prefix(MAGIC)?)?;
        let (weights, rows) = rest.split_at_checked(keys.len())?;
        let (rows, rest) = rows.as_chunks::<DIMENSIONS>();
        (rows.len() == keys.len() && rest.is_empty()).then(|| Table {
            inverse_norms: rows
                .iter()
                .map(|row| Vector::new(*row).inverse_norm())
                .collect(),
            keys,
            weights,
            rows,
        })
    }

    /// Number of words and word pieces.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The vector of a folded word: its own row, or the sum of its pieces' rows. `None` for numbers and for words of other
    /// alphabets.
    pub fn word(&self, folded: &str) -> Option<WordVector> {
        self.sum(&self.rows(folded))
    }

    /// The row of a folded word, or else the rows of its pieces. Empty if the table has neither.
    pub(crate) fn rows(&self, folded: &str) -> Vec<RowId> {
        if let Some(row) = self.find(PiecePosition::Start, folded) {
            return vec![row];
        }
        word_pieces(folded, LONGEST, |place, piece| self.find(place, piece)).unwrap_or_default()
    }

    /// The vector of a word that consists of `rows`; `None` if there are none or they cancel out.
    pub(crate) fn sum(&self, rows: &[RowId]) -> Option<WordVector> {
        let vector = match rows {
            [] => return None,
            [row] => self.vector(*row),
            _ => {
                let mut sum = VectorSum::default();
                self.add(rows, 1.0, &mut sum);
                sum.direction()?
            }
        };
        Some(WordVector {
            vector,
            weight: self.weight(rows),
        })
    }

    /// [`WordVector::weight`] of a word that consists of `rows`: that of its most informative piece.
    pub(crate) fn weight(&self, rows: &[RowId]) -> f32 {
        let weights = rows
            .iter()
            .filter_map(|row| self.weights.get(row.0 as usize));
        weights
            .max()
            .map_or(0.0, |weight| f32::from(*weight) / 255.0)
    }

    /// Adds each row to `sum` as a vector of length `weight`.
    pub(crate) fn add(&self, rows: &[RowId], weight: f32, sum: &mut VectorSum) {
        for (row, inverse_norm) in self.unit_rows(rows) {
            sum.add_row(row, weight * inverse_norm);
        }
    }

    /// The inverse of the length of the rows' sum, where each row counts as a unit vector; 0 if the sum is zero. Computed
    /// once per word, for [`Table::similarities`] and [`Table::add`].
    pub(crate) fn inverse_norm(&self, rows: &[RowId]) -> f32 {
        // |sum|^2 = the number of rows + 2 * the products of all pairs.
        let products = self.unit_rows(rows).enumerate().map(|(at, (row, scale))| {
            let before = self.unit_rows(rows).take(at);
            before
                .map(|(other, of_other)| dot(row, other) as f32 * scale * of_other)
                .sum::<f32>()
        });
        let squared = self.unit_rows(rows).count() as f32 + 2.0 * products.sum::<f32>();
        if squared > 0.0 {
            squared.sqrt().recip()
        } else {
            0.0
        }
    }

    /// Adds to `found` the cosine similarities of the rows' sum and the directions, negative ones as 0.
    ///
    /// `inverse_norm` is that of each row. The sum is never built: its product with a direction is the
    /// sum of the rows' products with it.
    pub(crate) fn similarities(
        &self,
        rows: &[RowId],
        inverse_norm: f32,
        directions: &WordDirections,
        found: &mut Vec<Lanes>,
    ) {
        dispatch!(Level::new(), simd => self.similarities_by(simd, rows, inverse_norm, directions, found));
    }

    #[expect(
        clippy::inline_always,
        reason = "code for wide instructions must be inlined into the function that is compiled for them"
    )]
    #[inline(always)]
    fn similarities_by<S: Simd>(
        &self,
        simd: S,
        rows: &[RowId],
        inverse_norm: f32,
        directions: &WordDirections,
        found: &mut Vec<Lanes>,
    ) {
        for group in directions.groups() {
            let mut sums = f32x8::splat(simd, 0.0);
            for (row, of_row) in self.unit_rows(rows) {
                sums += group.products(simd, row) * of_row;
            }
            let mut similarities = Lanes::default();
            let sums = (sums * inverse_norm).max(0.0).min(1.0);
            sums.store_slice(&mut similarities);
            found.push(similarities);
        }
    }

    /// The rows' components, each with the factor that makes it a unit vector.
    fn unit_rows<'a>(&'a self, rows: &'a [RowId]) -> impl Iterator<Item = (&'a Components, f32)> {
        rows.iter().filter_map(|row| {
            let at = row.0 as usize;
            self.rows.get(at).zip(self.inverse_norms.get(at).copied())
        })
    }

    fn find(&self, place: PiecePosition, key: &str) -> Option<RowId> {
        self.keys.find(place, key).map(|row| RowId(row as u32))
    }

    /// The word that consists of a row; `None` for a piece inside of words.
    pub(crate) fn whole_word(&self, row: RowId) -> Option<&'static str> {
        self.keys.start(row.0 as usize)
    }

    /// The rows of all words that consist of one row.
    pub(super) fn whole_words(&self) -> impl Iterator<Item = RowId> + use<> {
        (0..self.keys.start_count() as u32).map(RowId)
    }

    /// The direction of a row.
    pub(crate) fn vector(&self, row: RowId) -> Vector {
        let row = self.rows.get(row.0 as usize);
        Vector::new(row.copied().unwrap_or([0; DIMENSIONS]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a table with these keys, whose vectors are orthogonal.
    fn bytes(starts: &[&str], insides: &[&str]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for keys in [starts, insides] {
            for length in 1..=LONGEST {
                let count = keys.iter().filter(|key| key.len() == length).count();
                bytes.extend((count as u32).to_le_bytes());
            }
        }
        let keys: Vec<&&str> = starts.iter().chain(insides).collect();
        bytes.extend(keys.iter().flat_map(|key| key.bytes()));
        bytes.extend(keys.iter().map(|key| 51 * key.len() as u8));
        for at in 0..keys.len() {
            bytes.extend((0..DIMENSIONS).map(|axis| if axis == at { 127 } else { 0 }));
        }
        bytes
    }

    fn table(starts: &[&str], insides: &[&str]) -> Table {
        Table::new(bytes(starts, insides).leak()).unwrap()
    }

    #[test]
    fn a_word_is_its_row_or_the_sum_of_its_pieces() {
        let table = table(&["ab", "ban", "ton"], &["b", "ton"]);
        assert_eq!(table.len(), 5);
        let (ban, ton) = (table.word("ban").unwrap(), table.word("ton").unwrap());
        assert!((ban.weight - 0.6).abs() < 0.01);
        assert!(ban.vector.similarity(&ton.vector).abs() < 0.01);
        let both = table.word("banton").unwrap();
        assert_eq!(
            (table.rows("banton").len(), table.rows("banana").len()),
            (2, 0)
        );
        assert!((both.vector.similarity(&ban.vector) - 0.5f32.sqrt()).abs() < 0.01);
        // The same letters are another piece after the start of a word.
        assert!(both.vector.similarity(&ton.vector).abs() < 0.01);
    }

    #[test]
    fn unknown_words_have_no_vector() {
        let table = table(&["ab"], &[]);
        for word in [
            "",
            "a",
            "abc",
            "1998",
            "мир",
            "a-word-longer-than-the-longest-key",
        ] {
            assert_eq!(table.word(word), None, "{word}");
        }
    }

    #[test]
    fn rejects_bytes_of_another_length() {
        let whole = bytes(&["ab"], &["b"]);
        assert!(Table::new(whole.clone().leak()).is_some());
        for cut in 0..whole.len() {
            assert!(Table::new(whole[..cut].to_vec().leak()).is_none(), "{cut}");
        }
        let longer = [whole.as_slice(), b"x"].concat();
        assert!(Table::new(longer.leak()).is_none());
    }

    /// Similarity of two words in the built-in table.
    fn similarity(a: &str, b: &str) -> f32 {
        let [a, b] = [a, b].map(|word| Table::builtin().word(word).unwrap().vector);
        a.similarity(&b)
    }

    #[test]
    fn synonyms_are_similar_in_the_built_in_table() {
        for (word, synonym, other) in [
            ("kidnapped", "abducted", "elected"),
            ("thieves", "robbers", "elected"),
            ("wealthy", "rich", "heavy"),
            ("doctor", "physician", "tram"),
            ("died", "killed", "painted"),
        ] {
            assert!(
                similarity(word, synonym) > 0.5,
                "{word} {synonym} {}",
                similarity(word, synonym)
            );
            assert!(
                similarity(word, other) < similarity(word, synonym) - 0.2,
                "{word} {other} {}",
                similarity(word, other)
            );
        }
    }

    #[test]
    fn similarity_of_rows_is_that_of_their_sum() {
        let table = Table::builtin();
        let asked = [
            "citizen", "river", "mayor", "boat", "bread", "noon", "dog", "winter", "captain",
        ];
        let asked = asked.map(|word| table.word(word).unwrap().vector);
        let directions = WordDirections::new(&asked.each_ref());
        for word in ["citizens", "cyberpeasantry", "riverboatmen", "ununun"] {
            let rows = table.rows(word);
            let sum = table.sum(&rows).unwrap().vector;
            let mut near = Vec::new();
            table.similarities(&rows, table.inverse_norm(&rows), &directions, &mut near);
            assert_eq!(near.len(), directions.lanes());
            let (near, unused) = near.as_flattened().split_at(asked.len());
            assert!(unused.iter().all(|lane| lane.abs() < f32::EPSILON));
            let of_sum = asked.each_ref().map(|to| sum.similarity(to).max(0.0));
            for (near, of_sum) in near.iter().zip(of_sum) {
                assert!((near - of_sum).abs() < 0.01, "{word}: {near} {of_sum}");
            }
        }
        let mut near = Vec::new();
        table.similarities(&[], 0.0, &directions, &mut near);
        assert!(
            near.as_flattened()
                .iter()
                .all(|near| near.abs() < f32::EPSILON)
        );
    }

    #[test]
    fn common_words_weigh_less_in_the_built_in_table() {
        let weight = |word| Table::builtin().word(word).unwrap().weight;
        // Weights are relative to the strongest: only their ratio matters.
        assert!(weight("the") < 0.02 && weight("abducted") > 50.0 * weight("the"));
    }
}
