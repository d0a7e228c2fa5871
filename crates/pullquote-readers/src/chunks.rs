//! Splits text at blank lines into chunks: the first step of reading plain text.

use pullquote_core::article::LineRange;

/// Adjacent lines with no blank line between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk<'a> {
    /// The lines, without line ends; never empty.
    pub(crate) lines: Vec<&'a str>,
    /// Line number of the first line in the file, from 1.
    pub(crate) first: u32,
}

impl Chunk<'_> {
    /// Line numbers in the file of the lines with indices `from..=to`.
    pub(crate) fn range(&self, from: usize, to: usize) -> LineRange {
        LineRange {
            first: self.first + from as u32,
            last: self.first + to as u32,
        }
    }

    /// Line numbers in the file of all lines.
    pub(crate) fn all(&self) -> LineRange {
        self.range(0, self.lines.len().saturating_sub(1))
    }
}

/// Splits `text` from byte offset `body` on.
pub(crate) fn chunks(text: &str, body: usize) -> Vec<Chunk<'_>> {
    let skipped = text
        .get(..body)
        .map_or(0, |before| before.matches('\n').count());
    let mut found: Vec<Chunk<'_>> = Vec::new();
    let mut open = false;
    for (number, line) in text.get(body..).unwrap_or_default().lines().enumerate() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        match found.last_mut().filter(|_| open) {
            Some(chunk) => chunk.lines.push(line),
            None => found.push(Chunk {
                lines: vec![line],
                first: (skipped + number) as u32 + 1,
            }),
        }
        open = true;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the chunks of `text`, each as its first line number and its lines joined by `/`.
    fn check(text: &str, body: usize, expected: &[&str]) {
        let found: Vec<String> = chunks(text, body)
            .iter()
            .map(|chunk| format!("{} {}", chunk.first, chunk.lines.join("/")))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn blank_lines_split() {
        check("", 0, &[]);
        check("a\nb\n\n \nc", 0, &["1 a/b", "5 c"]);
        check("---\nx\n---\na\n", 10, &["4 a"]);
    }
}
