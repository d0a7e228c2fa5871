//! Blank lines -> chunks: what authors set apart. Markdown and plain text both begin here.

use pullquote_core::article::LineRange;

/// Neighbouring lines with no blank line between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk<'a> {
    /// The lines, without their ends.
    pub(super) lines: Vec<&'a str>,
    /// Number of the first line in the file, from 1.
    pub(super) first: u32,
}

impl Chunk<'_> {
    /// Lines `from..=to` of the chunk as lines of the file.
    pub(super) fn range(&self, from: usize, to: usize) -> LineRange {
        LineRange {
            first: self.first + from as u32,
            last: self.first + to as u32,
        }
    }

    /// All of its lines.
    pub(super) fn all(&self) -> LineRange {
        self.range(0, self.lines.len().saturating_sub(1))
    }
}

/// Whether a line closes what its first argument, the opening line, has opened.
pub(super) type Closes = fn(&str, &str) -> bool;

/// The chunks of `text` from byte `body` on. `holds_together` is asked for the first line of a chunk: with
/// a line that closes what it opens (a code fence, a comment), blank lines up to there do not part.
pub(super) fn chunks<'a>(
    text: &'a str,
    body: usize,
    holds_together: impl Fn(&'a str) -> Option<Closes>,
) -> Vec<Chunk<'a>> {
    let skipped = text
        .get(..body)
        .map_or(0, |before| before.matches('\n').count());
    let mut found: Vec<Chunk<'a>> = Vec::new();
    let mut open = false;
    let mut closes: Option<(Closes, &str)> = None;
    for (number, line) in text.get(body..).unwrap_or_default().lines().enumerate() {
        if line.trim().is_empty() && closes.is_none() {
            open = false;
            continue;
        }
        let first = (skipped + number) as u32 + 1;
        let mut ends_here = false;
        if let Some((is_end, opening)) = closes {
            if is_end(opening, line) {
                closes = None;
                ends_here = true;
            }
        } else if let Some(is_end) = holds_together(line) {
            open = false;
            closes = Some((is_end, line));
        }
        match found.last_mut().filter(|_| open) {
            Some(chunk) => chunk.lines.push(line),
            None => found.push(Chunk {
                lines: vec![line],
                first,
            }),
        }
        open = !ends_here;
    }
    found
}
