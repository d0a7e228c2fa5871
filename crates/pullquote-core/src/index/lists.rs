//! Many short lists in one allocation: row `i` is `items[starts[i]..starts[i + 1]]`.

use std::ops::Range;

/// Rows of values, built once.
#[derive(Debug, Clone)]
pub(super) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            starts: vec![0],
            items: Vec::new(),
        }
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Rows of these lengths, with default items. Fill them through [`Self::items_mut`].
    pub(super) fn with_counts(counts: &[u32]) -> Self {
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut end = 0;
        starts.push(0);
        for count in counts {
            end += count;
            starts.push(end);
        }
        Self {
            starts,
            items: vec![T::default(); end as usize],
        }
    }

    /// All items, row after row.
    pub(super) fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// Adds an item to the last row.
    pub(super) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Ends the last row and begins the next.
    pub(super) fn end_row(&mut self) {
        self.starts.push(self.items.len() as u32);
    }

    /// Frees unused capacity.
    pub(super) fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.items.shrink_to_fit();
    }

    /// One row; empty if there is no such row.
    pub(super) fn row(&self, at: u32) -> &[T] {
        self.items.get(self.range(at)).unwrap_or_default()
    }

    /// Neighbouring rows as one slice.
    pub(super) fn rows(&self, rows: Range<u32>) -> &[T] {
        let bound = |at: u32| self.starts.get(at as usize).copied().unwrap_or_default() as usize;
        self.items
            .get(bound(rows.start)..bound(rows.end))
            .unwrap_or_default()
    }

    /// Positions of a row among all items.
    pub(super) fn range(&self, at: u32) -> Range<usize> {
        let at = at as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// Number of items in all rows.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Heap bytes in use.
    pub(super) fn heap_bytes(&self) -> usize {
        self.starts.capacity() * 4 + self.items.capacity() * size_of::<T>()
    }
}
