//! A range of bytes in a text: the only place in the crate that slices `&str`.

/// Half-open byte range `start..end` in some text, on character boundaries of that text.
///
/// Which text is the holder's business: a paragraph's span points into its article's clean text,
/// a token's into the string that was tokenised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never below `start`.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; `end` below `start` gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end.max(start) as u32,
        }
    }

    /// The whole of `text`.
    pub fn whole(text: &str) -> Self {
        Self::new(0, text.len())
    }

    /// The bytes of `text` in this span. A span that does not fit the text gives the empty string:
    /// a quote is never wrong, at worst it is missing.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// No byte at all.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// The same range, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self {
            start: self.start + by,
            end: self.end + by,
        }
    }

    /// From the start of this one to the end of `last`.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self {
            start: self.start,
            end: last.end.max(self.start),
        }
    }

    /// At least one byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span without the white space at both ends of what it holds.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let held = self.of(text);
        let start = self.start as usize + (held.len() - held.trim_start().len());
        Self::new(start, start + held.trim().len())
    }
}
