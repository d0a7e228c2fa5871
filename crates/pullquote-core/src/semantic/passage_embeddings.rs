//! The embeddings of passages and of their parts, and how similar a question's parts are to these (late interaction: Khattab
//! and Zaharia 2020, section 3.3).

use super::embedding::{Embedding, Embeddings};
use crate::text::Span;
use std::ops::Range;

/// A passage as a sentence model reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageText<'a> {
    /// The article's title.
    pub title: &'a str,
    /// The heading above it.
    pub heading: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
    /// Its sentences, in that text.
    pub sentences: Vec<Span>,
}

impl PassageText<'_> {
    /// The title and the heading, each followed by a colon.
    pub fn labels(&self) -> String {
        let heading = self.heading.map(|heading| format!("{heading}: "));
        format!("{}: {}", self.title, heading.unwrap_or_default())
    }
}

/// What a sentence model makes of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageEmbedding {
    /// The embedding of all of it.
    pub whole: Embedding,
    /// That of each sentence.
    pub sentences: Embeddings,
    /// The embeddings of smaller parts: those of its labels, then those of each sentence. Which parts there are, is up to the
    /// model; each question has the same kind.
    pub parts: Embeddings,
    /// How many of them belong to the labels, and then to each sentence.
    pub counts: Vec<u32>,
}

impl PassageEmbedding {
    /// Whether it and its sentences have so many components, and its parts have `part_width`.
    pub fn has_widths(&self, width: usize, part_width: usize) -> bool {
        self.whole.values.len() == width
            && self.sentences.width() == width
            && self.sentences.len() + 1 == self.counts.len()
            && self.parts.width() == part_width
    }
}

/// The embeddings of many passages.
#[derive(Debug, Clone, Default)]
pub struct PassageEmbeddings {
    passages: Embeddings,
    sentences: Embeddings,
    /// For each passage, the number of its first sentence.
    first_sentences: Vec<u32>,
    parts: Embeddings,
    /// For each passage, where its labels' parts end, and then those of each sentence. They begin where those before end.
    ends: Vec<u32>,
    /// For each passage, the position of its labels in `ends`.
    labels: Vec<u32>,
}

impl PassageEmbeddings {
    /// An empty collection, for embeddings with so many components and parts with `part_width` components.
    pub fn new(width: usize, part_width: usize) -> Self {
        Self {
            passages: Embeddings::new(width, 0),
            sentences: Embeddings::new(width, 0),
            parts: Embeddings::new(part_width, 0),
            ..Self::default()
        }
    }

    /// Adds the next passage. Without an embedding, it is similar to nothing.
    pub fn push(&mut self, passage: Option<&PassageEmbedding>) {
        let (width, part_width) = (self.passages.width(), self.parts.width());
        let passage = passage.filter(|passage| passage.has_widths(width, part_width));
        self.labels.push(self.ends.len() as u32);
        self.first_sentences.push(self.sentences.len() as u32);
        self.passages.push(passage.map(|passage| &passage.whole));
        let Some(passage) = passage else {
            return;
        };
        let mut end = self.parts.len() as u32;
        self.sentences.extend(&passage.sentences);
        self.parts.extend(&passage.parts);
        for count in &passage.counts {
            end = (end + count).min(self.parts.len() as u32);
            self.ends.push(end);
        }
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The embedding of the passage with this number, counting from 0; `None` if it has none.
    pub fn get(&self, at: usize) -> Option<PassageEmbedding> {
        let whole = self.passages.get(at)?;
        let groups: Vec<Range<usize>> = self.groups(at).collect();
        let (first, last) = (groups.first()?, groups.last()?);
        Some(PassageEmbedding {
            whole,
            sentences: self.sentences.slice(self.sentences_of(at)),
            parts: self.parts.slice(first.start..last.end),
            counts: groups.iter().map(|group| group.len() as u32).collect(),
        })
    }

    /// Numbers of a passage's sentences; none if it has no embedding.
    fn sentences_of(&self, at: usize) -> Range<usize> {
        from_until(&self.first_sentences, at, self.sentences.len())
    }

    /// The parts of a passage's labels, and then of each sentence; nothing if it has no embedding.
    fn groups(&self, at: usize) -> impl Iterator<Item = Range<usize>> {
        let positions = from_until(&self.labels, at, self.ends.len());
        let before = positions.start.checked_sub(1);
        let ends = self.ends.get(positions);
        let before = before.and_then(|before| self.ends.get(before));
        let mut start = before.map_or(0, |end| *end as usize);
        ends.unwrap_or_default().iter().map(move |end| {
            let group = start..*end as usize;
            start = *end as usize;
            group
        })
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        let embeddings = [&self.passages, &self.sentences, &self.parts];
        let embeddings: usize = embeddings.into_iter().map(Embeddings::heap_bytes).sum();
        let places = [&self.ends, &self.labels, &self.first_sentences];
        let places: usize = places.into_iter().map(Vec::capacity).sum();
        embeddings + places * size_of::<u32>()
    }

    /// Cosine similarity of each passage to `question`.
    pub(super) fn cosines<'a>(&'a self, question: &'a Embedding) -> impl Iterator<Item = f32> + 'a {
        self.passages.cosines(0..self.passages.len(), question)
    }

    /// Cosine similarity of each of a passage's sentences to `question`.
    pub(super) fn sentences<'a>(
        &'a self,
        at: usize,
        question: &'a Embedding,
    ) -> impl Iterator<Item = f32> + 'a {
        self.sentences.cosines(self.sentences_of(at), question)
    }

    /// For each part of a question, raises `highest` to its cosine to the most similar part of a passage.
    pub(super) fn raise(&self, at: usize, question: &[Embedding], highest: &mut [f32]) {
        let mut groups = self.groups(at);
        let first = groups.next();
        let last = groups.last().or_else(|| first.clone());
        let Some((first, last)) = first.zip(last) else {
            return;
        };
        for (part, highest) in question.iter().zip(highest) {
            let cosines = self.parts.cosines(first.start..last.end, part);
            *highest = cosines.fold(*highest, f32::max);
        }
    }

    /// How similar the parts of a question are to those of a passage, and to those of each of its sentences: the mean over the
    /// question's parts of the cosine to the most similar part, which may be one of the labels. `None` if the passage has no
    /// embedding.
    pub(super) fn similarities(&self, at: usize, question: &[Embedding]) -> Option<Similarities> {
        let mut groups = self.groups(at);
        let labels = groups.next()?;
        let sentences: Vec<Range<usize>> = groups.collect();
        let mut found = Similarities {
            passage: 0.0,
            sentences: vec![0.0; sentences.len()],
        };
        let share = 1.0 / question.len().max(1) as f32;
        for part in question {
            let highest = |group: &Range<usize>| {
                let cosines = self.parts.cosines(group.clone(), part);
                cosines.fold(0.0, f32::max)
            };
            let label = highest(&labels);
            let mut best: f32 = label;
            for (group, sum) in sentences.iter().zip(&mut found.sentences) {
                let similarity = highest(group);
                best = best.max(similarity);
                *sum += share * similarity.max(label);
            }
            found.passage += share * best;
        }
        Some(found)
    }
}

/// From the number at `at` until the one behind it; the last one until `end`.
fn from_until(firsts: &[u32], at: usize, end: usize) -> Range<usize> {
    let number = |at: usize| firsts.get(at).map_or(end, |first| *first as usize);
    number(at)..number(at + 1)
}

/// How similar a passage is to a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Similarities {
    /// All of it.
    pub(crate) passage: f32,
    /// Each sentence.
    pub(crate) sentences: Vec<f32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A passage whose parts are these.
    fn passage(groups: &[&[[f32; 2]]]) -> PassageEmbedding {
        let mut parts = Embeddings::new(2, 0);
        for part in groups.concat() {
            parts.push(Some(&Embedding::new(&part)));
        }
        let mut sentences = Embeddings::new(2, 0);
        for group in &groups[1..] {
            sentences.push(group.first().map(|part| Embedding::new(part)).as_ref());
        }
        PassageEmbedding {
            sentences,
            whole: Embedding::new(&[0.6, 0.8]),
            parts,
            counts: groups.iter().map(|group| group.len() as u32).collect(),
        }
    }

    const X: [f32; 2] = [1.0, 0.0];
    const Y: [f32; 2] = [0.0, 1.0];

    #[test]
    fn every_part_of_a_question_counts_where_it_is_most_similar() {
        let mut embeddings = PassageEmbeddings::new(2, 2);
        let first = passage(&[&[], &[X, X], &[Y]]);
        let second = passage(&[&[X], &[], &[Y]]);
        embeddings.push(Some(&first));
        embeddings.push(None);
        embeddings.push(Some(&second));
        let question = [Embedding::new(&X), Embedding::new(&Y)];
        let check = |at, expected: Option<(f32, Vec<f32>)>| {
            let found = embeddings.similarities(at, &question);
            let rounded = |value: f32| (value * 100.0).round() / 100.0;
            let found = found.map(|found| {
                let sentences = found.sentences.into_iter().map(rounded).collect();
                (rounded(found.passage), sentences)
            });
            assert_eq!(found, expected);
        };
        check(0, Some((1.0, vec![0.5, 0.5])));
        check(1, None);
        check(2, Some((1.0, vec![0.5, 1.0])));
        check(3, None);
        let whole = |at| {
            let cosines = embeddings.sentences(at, &question[1]);
            cosines.map(f32::round).collect::<Vec<_>>()
        };
        assert_eq!(
            [0, 1, 2, 3].map(whole),
            [vec![0.0, 1.0], vec![], vec![0.0, 1.0], vec![]]
        );
        assert_eq!(embeddings.get(0), Some(first));
        assert_eq!(embeddings.get(1), None);
        assert_eq!(embeddings.get(2), Some(second));
    }

    #[test]
    fn passages_and_parts_of_another_width_count_as_missing() {
        for (width, part_width) in [(2, 3), (3, 2)] {
            let mut embeddings = PassageEmbeddings::new(width, part_width);
            embeddings.push(Some(&passage(&[&[X]])));
            assert_eq!((embeddings.len(), embeddings.get(0)), (1, None));
        }
    }
}
