//! Sections: the passages under one heading, scored as one text.

use super::Index;
use crate::article::Corpus;
use std::ops::Range;

/// The sections of the articles, in reading order.
#[derive(Debug, Clone, Default)]
pub(super) struct Sections {
    /// For each passage, its section.
    of: Vec<u32>,
    /// For each section, one past its last passage.
    ends: Vec<u32>,
    /// For each section, its tokens.
    lengths: Vec<u32>,
}

impl Sections {
    /// The sections of the articles of `index`, which go on from section `first`.
    pub(super) fn build(index: &Index, corpus: &Corpus) -> Self {
        let mut sections = Self::default();
        let mut before = None;
        for (at, passage) in corpus.own_passages().iter().enumerate() {
            let article = corpus.article(passage.article);
            let heading = article.paragraphs[passage.paragraph as usize].heading;
            let section = Some((passage.article, heading));
            if section != before {
                before = section;
                sections.ends.push(index.first.passages + at as u32);
                sections.lengths.push(0);
            }
            let count = sections.ends.len() as u32;
            sections.of.push(index.first.sections + count - 1);
            if let Some(end) = sections.ends.last_mut() {
                *end += 1;
            }
            if let Some(length) = sections.lengths.last_mut() {
                *length += index.lengths[at];
            }
        }
        sections
    }

    /// The section of the passage at a position.
    #[inline]
    pub(super) fn of(&self, passage: usize) -> u32 {
        self.of[passage]
    }

    /// Tokens of the section at a position.
    #[inline]
    pub(super) fn length(&self, section: usize) -> u32 {
        self.lengths[section]
    }

    /// How many sections there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        (self.of.capacity() + self.ends.capacity() + self.lengths.capacity()) * 4
    }
}

impl Index {
    /// The passages of a section.
    pub(super) fn passages_of_section(&self, section: u32) -> Range<u32> {
        let (layer, at) = self.of_section(section);
        let end = |at: usize| layer.sections.ends[at];
        at.checked_sub(1).map_or(layer.first.passages, end)..end(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PassageId;
    use crate::index::PassageView;
    use crate::index::tests::article;

    #[test]
    fn a_section_is_what_stands_under_one_heading() {
        let text = "# Sea\n\nWaves.\n\n## Ships\n\nSails.\n\nMasts.\n\n## Boats\n\nOars.";
        let corpus = Corpus::new(vec![article("a", text), article("b", "# Land\n\nHills.")]);
        let index = Index::build(&corpus);
        let passages = (0..5).map(|at| index.passage(PassageId(at)));
        let all: Vec<u32> = passages.map(PassageView::section).collect();
        assert_eq!(all, [0, 1, 1, 2, 3]);
        assert_eq!(index.passages_of_section(1), 1..3);
        assert_eq!(index.sections.len(), 4);
    }
}
