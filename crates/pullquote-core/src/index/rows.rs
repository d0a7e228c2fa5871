//! The rows of a table by surface form or by term. In an index on top of another one, the table has a row for each number of
//! the index below that its own articles contain, then one for each number of its own.

use rustc_hash::FxHashMap;

/// Which row a number has.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// The number that the index's own go on from.
    first: u32,
    /// Numbers of the index below, in order.
    below: Vec<u32>,
}

impl Rows {
    /// The number that the index's own go on from.
    pub(super) fn first(&self) -> u32 {
        self.first
    }

    /// The row of a number; `None` for one of the index below that the articles do not contain. A row that does not exist
    /// for one of an index above.
    #[inline]
    pub(super) fn of(&self, number: u32) -> Option<u32> {
        match number.checked_sub(self.first) {
            Some(own) => Some(self.below.len() as u32 + own),
            None => self.below.binary_search(&number).ok().map(|row| row as u32),
        }
    }

    /// The numbers of all rows, in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.below.iter().copied().chain(self.first..)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.below.capacity() * 4
    }
}

/// Counts by number, while they are collected.
#[derive(Debug, Default)]
pub(super) struct Counter {
    first: u32,
    below: FxHashMap<u32, u32>,
    own: Vec<u32>,
}

impl Counter {
    /// For numbers that go on from `first`.
    pub(super) fn new(first: u32) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// Counts a number.
    pub(super) fn add(&mut self, number: u32) {
        match number.checked_sub(self.first) {
            None => *self.below.entry(number).or_default() += 1,
            Some(own) => {
                let own = own as usize;
                if self.own.len() <= own {
                    self.own.resize(own + 1, 0);
                }
                self.own[own] += 1;
            }
        }
    }

    /// The rows, and the count of each.
    pub(super) fn finish(self) -> (Rows, Vec<u32>) {
        let mut below: Vec<(u32, u32)> = self.below.into_iter().collect();
        below.sort_unstable();
        let rows = Rows {
            first: self.first,
            below: below.iter().map(|(number, _)| *number).collect(),
        };
        let mut counts: Vec<u32> = below.into_iter().map(|(_, count)| count).collect();
        counts.extend(self.own);
        counts.shrink_to_fit();
        (rows, counts)
    }
}

#[cfg(test)]
mod tests {
    use super::Counter;

    #[test]
    fn numbers_below_come_first() {
        let mut counter = Counter::new(10);
        for number in [7, 10, 3, 12, 7] {
            counter.add(number);
        }
        let (rows, counts) = counter.finish();
        assert_eq!(counts, [1, 2, 1, 0, 1]);
        let check = |number: u32, row: Option<u32>| assert_eq!(rows.of(number), row, "{number}");
        check(3, Some(0));
        check(7, Some(1));
        check(5, None);
        check(10, Some(2));
        check(12, Some(4));
        assert!(rows.numbers().take(5).eq([3, 7, 10, 11, 12]));
    }
}
