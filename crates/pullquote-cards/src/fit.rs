//! Cuts a block so that its Markdown fits a limit: behind a paragraph, list or block of code if that leaves enough, or behind
//! a sentence or line.

use super::limits::length;
use super::markdown;
use super::rich::{Block, Inline, Run};
use pullquote_core::text::sentences;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

impl Block {
    /// The block, cut so that its Markdown is at most `limit` long: behind a paragraph, list or block of code if half of what
    /// fits is left then; else behind a sentence or a line of code; behind a grapheme if not even one of these fits. `None` if
    /// nothing fits.
    pub fn cut(self, limit: usize) -> Option<Self> {
        Some(self.cut_and_written(limit)?.0)
    }

    /// [`Block::cut`], with the Markdown.
    pub(super) fn cut_and_written(self, limit: usize) -> Option<(Self, String)> {
        let written = markdown::block(&self);
        if length(&written) <= limit {
            return Some((self, written));
        }
        let cut = self.shortened(limit)?;
        let written = markdown::block(&cut);
        Some((cut, written))
    }

    /// The beginning of a block that does not fit.
    fn shortened(self, limit: usize) -> Option<Self> {
        let fits = |block: &Self| length(&markdown::block(block)) <= limit;
        let text = self.run().text();
        let code = code_in(self.run());
        let is_in_code = |end: &usize| code.iter().any(|code| code.start < *end && *end < code.end);
        let found = sentences(&text, None);
        let ends = found.iter().map(|sentence| sentence.end as usize);
        let mut sentence_ends: Vec<usize> = ends.filter(|end| !is_in_code(end)).collect();
        let line_ends = text.match_indices('\n').map(|(end, _)| end);
        sentence_ends.extend(line_ends.filter(is_in_code));
        sentence_ends.sort_unstable();
        let blank = text.match_indices("\n\n").map(|(end, _)| end);
        let block_ends: Vec<usize> = blank.filter(|end| !is_in_code(end)).collect();
        let grapheme_ends = || {
            let graphemes = text.grapheme_indices(true);
            graphemes
                .map(|(at, grapheme)| at + grapheme.len())
                .collect()
        };
        let cut_at = |end: usize, mark: &str| self.with(self.run().prefix(end).and(mark));
        let longest = |ends: Vec<usize>, mark: &str| {
            // Markdown gets longer with the text, except for escapes that depend on the next character. So
            // binary search comes close, and the last candidates are tried one by one.
            let near = ends.partition_point(|&end| fits(&cut_at(end, mark)));
            let candidates = ends.get(..near)?.iter().rev();
            candidates
                .map(|&end| cut_at(end, mark))
                .find(|block| fits(block))
        };
        let half = |block: &Self| 2 * length(&markdown::block(block)) >= limit;
        longest(block_ends, "\n\n…")
            .filter(half)
            .or_else(|| longest(sentence_ends, " …"))
            .or_else(|| longest(grapheme_ends(), "…"))
    }
}

/// Where the blocks of code are in the text of a run.
fn code_in(run: &Run) -> Vec<Range<usize>> {
    let mut at = 0;
    let place = |part: &Inline| {
        let start = at;
        at += part.text().map_or(0, str::len);
        matches!(part, Inline::Fence { .. }).then_some(start..at)
    };
    run.parts().iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use crate::markdown;
    use crate::rich::{Block, Run};
    use pullquote_core::article::{Mark, MarkKind};
    use pullquote_core::text::Span;

    #[test]
    fn cuts_behind_a_sentence_if_one_fits() {
        let check = |text: &str, limit: usize, expect: Option<&str>| {
            let cut = Block::Quote(Run::new(text)).cut(limit);
            let expect = expect.map(|text| Block::Quote(Run::new(text)));
            assert_eq!(cut, expect, "{text} at {limit}");
        };
        let text = "One is here. Two is there.";
        check(text, 28, Some(text));
        check(text, 27, Some("One is here. …"));
        check(text, 10, Some("One is…"));
        check(text, 2, None);
    }

    #[test]
    fn cuts_behind_a_block_if_enough_is_left() {
        let check = |text: &str, limit: usize, expect: &str| {
            let cut = Block::Quote(Run::new(text)).cut(limit).unwrap();
            assert_eq!(cut.run().text(), expect, "{text} at {limit}");
        };
        let text = "One is here.\n\nTwo is there. Three is away.";
        check(text, 40, "One is here.\n\n…");
        check(text, 54, text);
        let text = "One.\n\nTwo is there, and so is three. Four is away.";
        check(text, 52, "One.\n\nTwo is there, and so is three. …");
    }

    #[test]
    fn code_is_cut_behind_a_line() {
        let text = "Run:\n\ncd a. b\n\ngo to x and y";
        let code = Mark {
            span: Span::new(6, text.len()),
            kind: MarkKind::Fence(None),
        };
        let run = Run::default().marked(text, &[code], Span::whole(text), &[]);
        let cut = Block::Paragraph(run).cut(28).unwrap();
        assert_eq!(markdown::block(&cut), "Run:\n\n```\ncd a. b\n```\n …");
    }
}
