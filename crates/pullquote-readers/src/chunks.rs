//! Splits text at blank lines into chunks: the first step of reading Markdown and plain text.

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

/// Whether its second argument, a line, closes what its first argument, the opening line, has opened.
pub(crate) type Closes = fn(&str, &str) -> bool;

/// Splits `text` from byte offset `body` on. Where a line opens a region that blank lines do not split, such as a code
/// fence or a comment, `opens` returns the test for the line that closes it.
pub(crate) fn chunks<'a>(
    text: &'a str,
    body: usize,
    opens: impl Fn(&'a str) -> Option<Closes>,
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
        } else if let Some(is_end) = opens(line) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the chunks of `text`, each as its first line number and its lines joined by `/`. A line `<` opens a
    /// region that a line `>` closes.
    fn check(text: &str, body: usize, expected: &[&str]) {
        let opens = |line: &str| (line == "<").then_some((|_, line| line == ">") as Closes);
        let found = chunks(text, body, opens);
        let found: Vec<String> = found
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

    #[test]
    fn blank_lines_in_a_region_do_not() {
        check("a\n<\nb\n\nc\n>\nd", 0, &["1 a", "2 </b//c/>", "7 d"]);
        check("<\nb\n\nc", 0, &["1 </b//c"]);
    }
}
