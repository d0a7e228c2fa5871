//! The built-in table: for English words and pieces of words, the direction in which each points in the space of
//! meaning. Distilled from a sentence model by `tools/distill` (`NOTICE` beside this file tells the origin); read where it
//! lies in the program, nothing of it is copied when the program starts.
//!
//! The bytes, numbers in little-endian order:
//!
//! | part | what it holds |
//! |---|---|
//! | magic | [`MAGIC`], which names the format and its version |
//! | counts | for each place in a word and each length from 1 to [`LONGEST`]: how many keys, as `u32` |
//! | keys | in the order of the counts, those of one place and length sorted, without anything between them |
//! | weights | a byte a key: 255 for a word that tells much, near 0 for one that is everywhere |
//! | rows | [`DIMENSIONS`] times `i8` a key, scaled so that the largest is 127 either way |

use super::pieces::{Place, pieces};
use super::vector::{Bytes, Sum, Vector, dot};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// Numbers in a row.
pub const DIMENSIONS: usize = 96;
/// Longest key in bytes.
pub const LONGEST: usize = 20;
/// What the bytes begin with.
pub const MAGIC: &[u8; 8] = b"pq-mean1";

static BUILTIN: LazyLock<Table> =
    LazyLock::new(|| Table::new(include_bytes!("table.bin")).unwrap_or_default());

/// A table of words and pieces, over bytes that lie elsewhere.
#[derive(Debug, Default)]
pub struct Table {
    starts: Vec<EngineHandle>,
    insides: Vec<EngineHandle>,
    weights: &'static [u8],
    rows: &'static [Bytes],
    /// For each row, [`Vector::scale`] of its direction.
    scales: Vec<f32>,
}

/// The keys of one place and length.
#[derive(Debug)]
struct EngineHandle {
    /// Row of the first key.
    first: usize,
    keys: &'static [u8],
}

/// A row of the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Row(u32);

/// What the table knows of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// Where the word points.
    pub vector: Vector,
    /// How much it tells by itself, 0 to 1, in English at large: a / (a + p), p its frequency (Arora et al. 2017), times the
    /// square of how much it was found to tell of texts.
    pub weight: f32,
}

impl Table {
    /// The table in the program.
    pub fn builtin() -> &'static Table {
        &BUILTIN
    }

    /// The table that lies in `bytes`; none if they are something else or cut short.
    pub fn new(bytes: &'static [u8]) -> Option<Table> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut counts = Vec::with_capacity(2 * LONGEST);
        for _ in 0..2 * LONGEST {
            let (count, after) = rest.split_first_chunk::<4>()?;
            counts.push(u32::from_le_bytes(*count) as usize);
            rest = after;
        }
        let mut shelves = Vec::with_capacity(counts.len());
        let mut first = 0;
        for (at, count) in counts.into_iter().enumerate() {
            let length = at % LONGEST + 1;
            let (keys, after) = rest.split_at_checked(count.checked_mul(length)?)?;
            shelves.push(EngineHandle { first, keys });
            first += count;
            rest = after;
        }
        let insides = shelves.split_off(LONGEST);
        let (weights, rows) = rest.split_at_checked(first)?;
        let (rows, rest) = rows.as_chunks::<DIMENSIONS>();
        (rows.len() == first && rest.is_empty()).then(|| Table {
            scales: rows.iter().map(|row| Vector::of(*row).scale()).collect(),
            starts: shelves,
            insides,
            weights,
            rows,
        })
    }

    /// Words and pieces in the table.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// What the table knows of a folded word: its own row, or the sum of those of its pieces. None for numbers and for
    /// words of other alphabets.
    pub fn word(&self, folded: &str) -> Option<Meaning> {
        self.sum(&self.rows(folded))
    }

    /// The rows that tell of a folded word: its own, else those of its pieces; none for what the table does not know.
    pub fn rows(&self, folded: &str) -> Vec<Row> {
        if let Some(row) = self.find(Place::Start, folded) {
            return vec![row];
        }
        pieces(folded, LONGEST, |place, piece| self.find(place, piece)).unwrap_or_default()
    }

    /// What rows tell together.
    pub fn sum(&self, rows: &[Row]) -> Option<Meaning> {
        let vector = match rows {
            [] => return None,
            [row] => self.vector(*row),
            _ => {
                let mut sum = Sum::default();
                self.add(rows, 1.0, &mut sum);
                sum.direction()?
            }
        };
        Some(Meaning {
            vector,
            weight: self.weight(rows),
        })
    }

    /// How much a word of these rows tells by itself, as in [`Meaning::weight`].
    pub fn weight(&self, rows: &[Row]) -> f32 {
        let weights = rows
            .iter()
            .filter_map(|row| self.weights.get(row.0 as usize));
        weights
            .max()
            .map_or(0.0, |weight| f32::from(*weight) / 255.0)
    }

    /// Adds to `sum` what each of some rows tells, `weight` times.
    pub fn add(&self, rows: &[Row], weight: f32, sum: &mut Sum) {
        for (row, scale) in self.told(rows) {
            sum.add_row(row, weight * scale);
        }
    }

    /// One by the length of what rows tell together: what [`Table::near`] and [`Table::add`] would otherwise have to
    /// find again each time. 0 if they tell nothing.
    pub fn reach(&self, rows: &[Row]) -> f32 {
        let apart = self.told(rows).enumerate().map(|(at, (row, scale))| {
            let before = self.told(rows).take(at);
            before
                .map(|(other, of_other)| dot(row, other) as f32 * scale * of_other)
                .sum::<f32>()
        });
        let length = self.told(rows).count() as f32 + 2.0 * apart.sum::<f32>();
        if length > 0.0 {
            length.sqrt().recip()
        } else {
            0.0
        }
    }

    /// How near what rows tell together, as in [`Table::sum`], is to each of some directions: 0 to 1, and 0 to none;
    /// `reach` is that of the rows. The sum itself is never made: its product with a direction is the sum of the rows'
    /// products.
    pub fn near(
        &self,
        rows: &[Row],
        reach: f32,
        directions: &[Option<Vector>],
        mut each: impl FnMut(f32),
    ) {
        for direction in directions {
            let along = |direction: &Vector| -> f32 {
                let along = self
                    .told(rows)
                    .map(|(row, scale)| direction.along(row, scale));
                along.sum::<f32>() * reach
            };
            let near = direction.as_ref().map_or(0.0, along);
            each(near.clamp(0.0, 1.0));
        }
    }

    /// Rows as they lie in the table, each with one by its length.
    fn told<'a>(&'a self, rows: &'a [Row]) -> impl Iterator<Item = (&'a Bytes, f32)> {
        rows.iter().filter_map(|row| {
            let at = row.0 as usize;
            self.rows.get(at).zip(self.scales.get(at).copied())
        })
    }

    fn find(&self, place: Place, key: &str) -> Option<Row> {
        let of_place = match place {
            Place::Start => &self.starts,
            Place::Inside => &self.insides,
        };
        let of_length = of_place.get(key.len().checked_sub(1)?)?;
        let at = find_key(of_length.keys, key.as_bytes())?;
        Some(Row((of_length.first + at) as u32))
    }

    fn vector(&self, row: Row) -> Vector {
        let row = self.rows.get(row.0 as usize);
        Vector::of(row.copied().unwrap_or([0; DIMENSIONS]))
    }
}

/// Where `key` stands among sorted `keys` of its length.
fn find_key(keys: &[u8], key: &[u8]) -> Option<usize> {
    let (mut low, mut high) = (0, keys.len() / key.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let there = keys.get(middle * key.len()..(middle + 1) * key.len())?;
        match there.cmp(key) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some(middle),
            Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of the given keys, each pointing along an axis of its own.
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
        // The same letters are another piece inside a word.
        assert!(both.vector.similarity(&ton.vector).abs() < 0.01);
    }

    #[test]
    fn what_is_not_in_it_has_no_meaning() {
        let table = table(&["ab"], &[]);
        for word in [
            "",
            "a",
            "abc",
            "1998",
            "мир",
            "a-very-long-word-that-no-table-would-hold",
        ] {
            assert_eq!(table.word(word), None, "{word}");
        }
    }

    #[test]
    fn other_bytes_are_no_table() {
        let whole = bytes(&["ab"], &["b"]);
        assert!(Table::new(whole.clone().leak()).is_some());
        for cut in 0..whole.len() {
            assert!(Table::new(whole[..cut].to_vec().leak()).is_none(), "{cut}");
        }
        let longer = [whole.as_slice(), b"x"].concat();
        assert!(Table::new(longer.leak()).is_none());
    }

    /// How near two words are in the built-in table.
    fn near(a: &str, b: &str) -> f32 {
        let [a, b] = [a, b].map(|word| Table::builtin().word(word).unwrap().vector);
        a.similarity(&b)
    }

    #[test]
    fn the_built_in_table_knows_words_that_mean_the_same() {
        for (word, alike, other) in [
            ("kidnapped", "abducted", "elected"),
            ("thieves", "robbers", "elected"),
            ("wealthy", "rich", "heavy"),
            ("doctor", "physician", "tram"),
            ("died", "killed", "painted"),
        ] {
            assert!(
                near(word, alike) > 0.5,
                "{word} {alike} {}",
                near(word, alike)
            );
            assert!(
                near(word, other) < near(word, alike) - 0.2,
                "{word} {other} {}",
                near(word, other)
            );
        }
    }

    #[test]
    fn rows_are_as_near_as_what_they_tell_together() {
        let table = Table::builtin();
        let asked = ["citizen", "river"].map(|word| Some(table.word(word).unwrap().vector));
        let asked = [asked[0].clone(), None, asked[1].clone()];
        for word in ["citizens", "cyberpeasantry", "riverboatmen", "ununun"] {
            let rows = table.rows(word);
            let sum = table.sum(&rows).unwrap().vector;
            let mut near = Vec::new();
            table.near(&rows, table.reach(&rows), &asked, |value| near.push(value));
            let of_sum = asked.each_ref().map(|direction| {
                let near = direction.as_ref().map_or(0.0, |to| sum.similarity(to));
                near.clamp(0.0, 1.0)
            });
            assert_eq!(near.len(), of_sum.len());
            for (near, of_sum) in near.iter().zip(of_sum) {
                assert!((near - of_sum).abs() < 0.01, "{word}: {near} {of_sum}");
            }
        }
        table.near(&[], 0.0, &asked, |near| assert!(near.abs() < f32::EPSILON));
    }

    #[test]
    fn the_built_in_table_weighs_common_words_less() {
        let weight = |word| Table::builtin().word(word).unwrap().weight;
        // Weights are relative to the strongest; what matters is that one is many times the other.
        assert!(weight("the") < 0.02 && weight("abducted") > 50.0 * weight("the"));
    }
}
