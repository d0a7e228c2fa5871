//! Cuts a block so that its Markdown fits a limit.

use super::limits::length;
use super::markdown;
use super::rich::Block;
use pullquote_core::text::sentences;
use unicode_segmentation::UnicodeSegmentation;

impl Block {
    /// The block, cut so that its Markdown is at most `limit` long: behind a sentence, or behind a grapheme if not
    /// even one sentence fits. `None` if nothing fits.
    pub fn cut(self, limit: usize) -> Option<Self> {
        let fits = |block: &Self| length(&markdown::block(block)) <= limit;
        if fits(&self) {
            return Some(self);
        }
        let text = self.run().text();
        let sentence_ends: Vec<usize> = sentences(&text, None)
            .iter()
            .map(|sentence| sentence.end as usize)
            .collect();
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
        longest(sentence_ends, " …").or_else(|| longest(grapheme_ends(), "…"))
    }
}

#[cfg(test)]
mod tests {
    use crate::rich::{Block, Run};

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
}
