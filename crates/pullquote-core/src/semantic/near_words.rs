//! The words that are near in meaning to each word of the built-in table. `tools/distill` finds them once and for all, because
//! comparing a word with all others takes longer than answering a question.
//!
//! Layout of `near_words.bin`, with numbers in little-endian order:
//!
//! | part | content |
//! |---|---|
//! | ends | for each row of the table, where its list ends, as `u32` |
//! | lists | for each row of the table, the rows of the words near to it, as `u16` in ascending order |

use super::table::{RowId, Table};
use std::ops::Range;
use std::sync::LazyLock;

static BUILTIN: LazyLock<NearWords> = LazyLock::new(|| {
    NearWords::new(include_bytes!("near_words.bin"), Table::builtin().len()).unwrap_or_default()
});

/// For each row of the built-in table, the words that are near to it.
#[derive(Debug, Default)]
pub struct NearWords {
    ends: &'static [[u8; 4]],
    rows: &'static [[u8; 2]],
}

impl NearWords {
    /// Least similarity of a near word. Of 360 questions on seventeen communities' pages, 171 are answered rightly with 0.5, 172
    /// with 0.4 and 167 with 0.6.
    pub(crate) const LEAST: f32 = 0.5;

    /// Those that are part of the program.
    pub(crate) fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads lists for so many rows in place; `None` if `bytes` are cut short.
    fn new(bytes: &'static [u8], count: usize) -> Option<Self> {
        let (ends, rows) = bytes.split_at_checked(count.checked_mul(4)?)?;
        let (rows, rest) = rows.as_chunks();
        rest.is_empty().then_some(Self {
            ends: ends.as_chunks().0,
            rows,
        })
    }

    /// The rows of the words that are at least [`Self::LEAST`] similar to a row, itself among them if it is a word.
    pub(crate) fn of(&self, row: RowId) -> impl Iterator<Item = RowId> + use<> {
        let rows = self.rows.get(self.list(row.0 as usize));
        let rows = rows.unwrap_or_default().iter();
        rows.map(|row| RowId(u16::from_le_bytes(*row).into()))
    }

    fn list(&self, row: usize) -> Range<usize> {
        let end = |row: usize| {
            let end = self.ends.get(row).copied();
            end.map_or(0, |end| u32::from_le_bytes(end) as usize)
        };
        row.checked_sub(1).map_or(0, end)..end(row)
    }

    /// Compares every row of the built-in table with every word of it, which takes minutes, and returns the bytes of
    /// `near_words.bin`; `None` if the table has more rows than the format can number.
    pub fn find() -> Option<Vec<u8>> {
        let table = Table::builtin();
        let (mut ends, mut lists) = (Vec::new(), Vec::new());
        for row in (0..table.len() as u32).map(RowId) {
            for near in Self::compare(table, row) {
                lists.extend(u16::try_from(near.0).ok()?.to_le_bytes());
            }
            ends.extend((lists.len() as u32 / 2).to_le_bytes());
        }
        ends.append(&mut lists);
        Some(ends)
    }

    fn compare(table: &Table, row: RowId) -> impl Iterator<Item = RowId> {
        let direction = table.vector(row);
        let words = table.whole_words();
        words.filter(move |word| direction.similarity(&table.vector(*word)) >= Self::LEAST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lists_are_those_of_the_built_in_table() {
        let table = Table::builtin();
        let lists = NearWords::builtin();
        assert_eq!(lists.ends.len(), table.len());
        assert_eq!(lists.list(table.len() - 1).end, lists.rows.len());
        for row in (0..table.len() as u32).step_by(997).map(RowId) {
            assert!(lists.of(row).eq(NearWords::compare(table, row)), "{row:?}");
        }
    }

    #[test]
    fn lists_of_another_length_are_refused() {
        assert!(NearWords::new(&[0; 8], 2).is_some());
        assert!(NearWords::new(&[0; 9], 2).is_none());
        assert!(NearWords::new(&[0; 7], 2).is_none());
    }

    #[test]
    fn a_list_beyond_the_end_is_empty() {
        let lists = NearWords::new(&[1, 0, 0, 0, 9, 0, 0, 0, 3, 0], 2).unwrap();
        let of = |row| lists.of(RowId(row)).map(|row| row.0).collect::<Vec<_>>();
        assert_eq!((of(0), of(1), of(2)), (vec![3], vec![], vec![]));
    }
}
