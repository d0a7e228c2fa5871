//! A string interner with one allocation for all text.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Strings numbered from 0 in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
    table: HashTable<u32>,
}

impl Strings {
    /// Adds a string. Returns its number, and whether it is new.
    pub(super) fn intern(&mut self, string: &str) -> (u32, bool) {
        let hash = hash(string);
        let Self { text, ends, table } = self;
        if let Some(&id) = table.find(hash, |&id| get(text, ends, id) == string) {
            return (id, false);
        }
        let id = ends.len() as u32;
        text.push_str(string);
        ends.push(text.len() as u32);
        self.table
            .insert_unique(hash, id, |&id| self::hash(get(text, ends, id)));
        (id, true)
    }

    /// The number of a string, if it was added.
    pub(super) fn find(&self, string: &str) -> Option<u32> {
        let found = self.table.find(hash(string), |&id| self.get(id) == string);
        found.copied()
    }

    /// The string with a number.
    pub(super) fn get(&self, id: u32) -> &str {
        get(&self.text, &self.ends, id)
    }

    /// Number of strings.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Frees unused capacity.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Heap bytes in use.
    pub(super) fn heap_bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 4 + self.table.capacity() * 5
    }
}

fn get<'a>(text: &'a str, ends: &[u32], id: u32) -> &'a str {
    let id = id as usize;
    let start = id.checked_sub(1).map_or(0, |before| ends[before] as usize);
    text.get(start..ends[id] as usize).unwrap_or_default()
}

fn hash(string: &str) -> u64 {
    FxBuildHasher.hash_one(string)
}
