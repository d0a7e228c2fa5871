//! Ranges of bytes in a text. Only this file slices `&str`.

/// Half-open byte range `start..end` in some text, on character boundaries of that text.
///
/// A span does not know its text: a paragraph's span refers to the text of its article, a word's span to the string
/// that was split into words.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
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

    /// All of `text`.
    pub fn whole(text: &str) -> Self {
        Self::new(0, text.len())
    }

    /// The bytes of `text` in this span; empty if the span does not fit the text: a quote can be missing,
    /// but never wrong.
    ///
    /// ```
    /// use pullquote_core::text::Span;
    ///
    /// assert_eq!(Span::new(4, 9).of("The ferry leaves."), "ferry");
    /// assert_eq!(Span::new(4, 90).of("The ferry leaves."), "");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span has no bytes.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// The span moved `by` bytes to the right.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self {
            start: self.start + by,
            end: self.end + by,
        }
    }

    /// The same place in the text of `outer`, which contains this span.
    #[must_use]
    pub(crate) fn within(self, outer: Self) -> Self {
        Self {
            start: self.start.saturating_sub(outer.start),
            end: self.end.saturating_sub(outer.start),
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

    /// Whether the spans have a byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span without white space at both ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inner = self.of(text);
        let start = self.start as usize + (inner.len() - inner.trim_start().len());
        Self::new(start, start + inner.trim().len())
    }
}
