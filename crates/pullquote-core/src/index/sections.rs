//! Sections: the passages under one heading, scored as one text.

use super::bm25;
use crate::article::Corpus;
use std::ops::Range;

/// All sections, in reading order.
#[derive(Debug, Clone, Default)]
pub(super) struct Sections {
    /// For each passage, its section.
    of: Vec<u32>,
    /// For each section, one past its last passage.
    ends: Vec<u32>,
    /// For each section, its [`bm25::norm`] among sections.
    norms: Vec<f32>,
}

impl Sections {
    /// `length` is the number of tokens in a passage.
    pub(super) fn build(corpus: &Corpus, length: impl Fn(usize) -> usize) -> Self {
        let mut of = Vec::with_capacity(corpus.passages().len());
        let (mut ends, mut lengths): (Vec<u32>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut before = None;
        for (at, passage) in corpus.passages().iter().enumerate() {
            let article = corpus.article(passage.article);
            let heading = article.paragraphs[passage.paragraph as usize].heading;
            let section = Some((passage.article, heading));
            if section != before {
                before = section;
                ends.push(at as u32);
                lengths.push(0);
            }
            of.push(ends.len() as u32 - 1);
            if let (Some(end), Some(tokens)) = (ends.last_mut(), lengths.last_mut()) {
                *end = at as u32 + 1;
                *tokens += length(at);
            }
        }
        let average = bm25::average(lengths.iter().sum(), lengths.len());
        Self {
            of,
            ends,
            norms: lengths
                .into_iter()
                .map(|length| bm25::norm(length, average))
                .collect(),
        }
    }

    /// The section of a passage.
    pub(super) fn of(&self, passage: u32) -> u32 {
        self.of[passage as usize]
    }

    /// The passages of a section.
    pub(super) fn passages(&self, section: u32) -> Range<u32> {
        let end = |section: u32| self.ends[section as usize];
        section.checked_sub(1).map_or(0, end)..end(section)
    }

    /// [`bm25::norm`] of a section among sections.
    pub(super) fn norm(&self, section: u32) -> f32 {
        self.norms[section as usize]
    }

    /// How many sections there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        (self.of.capacity() + self.ends.capacity() + self.norms.capacity()) * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::article;

    #[test]
    fn a_section_is_what_stands_under_one_heading() {
        let text = "# Sea\n\nWaves.\n\n## Ships\n\nSails.\n\nMasts.\n\n## Boats\n\nOars.";
        let corpus = Corpus::new(vec![article("a", text), article("b", "# Land\n\nHills.")]);
        let sections = Sections::build(&corpus, |_| 1);
        let all: Vec<u32> = (0..5).map(|passage| sections.of(passage)).collect();
        assert_eq!(all, [0, 1, 1, 2, 3]);
        assert_eq!(sections.passages(1), 1..3);
        assert_eq!(sections.len(), 4);
    }
}
