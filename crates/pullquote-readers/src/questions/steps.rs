//! Which numbered items are steps rather than questions: `2. Is it on?` between `1. Press it.` and `3. Wait.`

use std::collections::HashSet;

/// Finds the steps among numbered items, which are added in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// The last item of each open list, the outermost first.
    open: Vec<Item>,
    found: HashSet<usize>,
}

#[derive(Debug)]
struct Item {
    /// Indentation.
    level: usize,
    at: usize,
    asks: bool,
}

impl Steps {
    /// Adds the item at a position, and whether it is a question. Items of the same level are of one list until an item of a
    /// lower level comes, or [`Self::end`]. Those next to each other are steps if only one of them is a question.
    pub(super) fn add(&mut self, level: usize, at: usize, asks: bool) {
        while self.open.pop_if(|item| item.level > level).is_some() {}
        if let Some(above) = self.open.pop_if(|item| item.level == level)
            && above.asks != asks
        {
            self.found.extend([above.at, at]);
        }
        self.open.push(Item { level, at, asks });
    }

    /// Ends all lists.
    pub(super) fn end(&mut self) {
        self.open.clear();
    }

    /// Whether the item at a position is a step.
    pub(super) fn contains(&self, at: usize) -> bool {
        self.found.contains(&at)
    }
}

/// The number of a line that begins as a step does: `3. ` or `3) `.
pub(super) fn number(line: &str) -> Option<u32> {
    let end = line.find(|letter: char| !letter.is_ascii_digit())?;
    let (digits, rest) = line.split_at_checked(end)?;
    let is_step = rest.starts_with(". ") || rest.starts_with(") ");
    digits.parse().ok().filter(|_| is_step)
}
