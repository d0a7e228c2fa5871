//! Line breaks of texts that are written in Discord, where each one counts. In Markdown, it is a space unless two spaces stand
//! before it.

/// A text that was written in Discord as Markdown with the same lines. In code, they are the same anyway.
///
/// ```
/// use pullquote_cards::with_line_breaks;
///
/// assert_eq!(with_line_breaks("1️⃣ Be nice\n2️⃣ No spam\n\nThat's all."), "1️⃣ Be nice  \n2️⃣ No spam\n\nThat's all.");
/// ```
pub fn with_line_breaks(text: &str) -> String {
    change_lines(text, |line, next| {
        let is_inside = !line.is_empty() && !next.trim().is_empty();
        // A backslash is a line break, too.
        let end = if is_inside && !line.ends_with('\\') {
            "  "
        } else {
            ""
        };
        format!("{line}{end}")
    })
}

/// The opposite of [`with_line_breaks`].
pub(super) fn without_line_breaks(markdown: &str) -> String {
    change_lines(markdown, |line, _| line.to_owned())
}

/// Changes the lines that are no code. `change` gets each without the spaces at its end, and the next one.
fn change_lines(text: &str, change: impl Fn(&str, &str) -> String) -> String {
    let mut fence = None;
    let mut lines = text.split('\n').peekable();
    let mut changed = Vec::new();
    while let Some(line) = lines.next() {
        let before = fence;
        fence = match before {
            Some(mark) if closes(line, mark) => None,
            Some(mark) => Some(mark),
            None => opened(line),
        };
        let is_code = before.or(fence).is_some();
        let next = lines.peek().copied().unwrap_or_default();
        changed.push(if is_code {
            line.to_owned()
        } else {
            change(line.trim_end(), next)
        });
    }
    changed.join("\n")
}

/// The mark of the block of code that a line begins.
fn opened(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    // Of two marks in a line, the second one ends the code.
    let begins = |mark: &&str| {
        let rest = line.strip_prefix(mark);
        rest.is_some_and(|rest| !rest.trim_start_matches(['`', '~']).contains('`'))
    };
    ["```", "~~~"].into_iter().find(begins)
}

/// Whether a line ends a block of code of this mark.
fn closes(line: &str, mark: &str) -> bool {
    let rest = line.trim().strip_prefix(mark);
    rest.is_some_and(|rest| rest.chars().all(|it| mark.contains(it)))
}

#[cfg(test)]
mod tests {
    use super::{with_line_breaks, without_line_breaks};
    use pullquote_core::article::Article;

    #[test]
    fn lines_stay_lines_and_code_stays_as_it_is() {
        let text =
            "Be nice\nNo spam\n\n```sh\nls \\\n  -l\ncat\n```\nThen:\n```one``` line\nmore\\\nend";
        let markdown = "Be nice  \nNo spam\n\n```sh\nls \\\n  -l\ncat\n```\nThen:  \n```one``` line  \nmore\\\nend";
        assert_eq!(with_line_breaks(text), markdown);
        assert_eq!(with_line_breaks(markdown), markdown);
        assert_eq!(without_line_breaks(markdown), text);
    }

    #[test]
    fn what_is_no_paragraph_reads_the_same() {
        let read = |text: &str| {
            let document = pullquote_readers::read("a.md", text.as_bytes());
            Article::new("a.md", document).unwrap().text
        };
        for text in [
            "# Hours\n## Summer\nWe open at nine.\n",
            "- Not on Sundays\n- Not at night\n  or at noon\n1. One\n2. Two\n",
            "| Day | Hour |\n|---|---|\n| Monday | nine |\n",
            "Q: May I swim?\nA: Yes, at nine.\n",
            "Hours\n=====\nWe open at nine.\n",
            "Run this:\n```\nls\ncat\n```\nand wait.",
            "Hours: <https://example.org/>\n\n[Hours]: https://example.org/\n",
        ] {
            assert_eq!(read(&with_line_breaks(text)), read(text));
        }
        assert_eq!(
            read(&with_line_breaks("1️⃣ Be nice\n2️⃣ No spam")),
            "1️⃣ Be nice\n2️⃣ No spam"
        );
    }
}
