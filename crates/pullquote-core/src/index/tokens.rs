//! The tokens of all sentences, in reading order.

use super::SurfaceId;
use super::dictionary::DictionaryBuilder;
use super::lists::Lists;
use crate::article::Corpus;
use crate::text::words;
use std::ops::Range;

/// The tokens of the sentences of all passages.
///
/// Each is the number of its surface form, with a byte for every seven bits (LEB128). Surface forms are numbered as they are
/// first met, so that frequent ones have low numbers, and most tokens take one byte or two.
#[derive(Debug, Clone, Default)]
pub(super) struct Tokens {
    /// For each sentence of each passage, its tokens.
    sentences: Lists<u8>,
    /// For each passage, one past its last row in `sentences`.
    sentence_ends: Vec<u32>,
    count: usize,
}

impl Tokens {
    /// Reads all sentences of the articles and fills the dictionary with their words.
    pub(super) fn build(corpus: &Corpus, dictionary: &mut DictionaryBuilder<'_>) -> Self {
        let passages = corpus.own_passages();
        let mut tokens = Self {
            sentence_ends: Vec::with_capacity(passages.len()),
            ..Self::default()
        };
        let mut folded = String::new();
        let mut sentence_count = 0;
        for passage in passages {
            let article = corpus.article(passage.article);
            let language = article.written_in();
            for sentence in &article.sentences[passage.sentences()] {
                let text = sentence.of(&article.text);
                for word in words(text) {
                    let word = word.of(text);
                    language.fold_into(word, &mut folded);
                    tokens.push(dictionary.surface(word, &folded, language));
                }
                tokens.sentences.end_row();
                sentence_count += 1;
            }
            tokens.sentence_ends.push(sentence_count);
        }
        tokens.sentences.shrink();
        tokens
    }

    fn push(&mut self, surface: SurfaceId) {
        let mut rest = surface.0;
        while rest >= CONTINUED.into() {
            self.sentences.push(rest as u8 | CONTINUED);
            rest >>= BITS;
        }
        self.sentences.push(rest as u8);
        self.count += 1;
    }

    /// How many tokens there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// How many sentences there are.
    pub(super) fn sentence_count(&self) -> usize {
        self.sentence_ends.last().map_or(0, |end| *end as usize)
    }

    /// Rows of the sentences of a passage.
    pub(super) fn sentences_of(&self, passage: usize) -> Range<u32> {
        self.sentences_of_all(passage..passage + 1)
    }

    /// Rows of the sentences of neighbouring passages.
    pub(super) fn sentences_of_all(&self, passages: Range<usize>) -> Range<u32> {
        let end = |passage: Option<usize>| passage.map_or(0, |passage| self.sentence_ends[passage]);
        let first = end(passages.start.checked_sub(1));
        first..end(passages.end.checked_sub(1)).max(first)
    }

    /// The passage that contains a sentence.
    pub(super) fn passage_of(&self, row: u32) -> usize {
        self.sentence_ends.partition_point(|end| *end <= row)
    }

    /// The tokens of a sentence.
    pub(super) fn sentence(&self, row: u32) -> Sentence<'_> {
        Sentence(self.sentences.row(row))
    }

    /// The tokens of all sentences of a passage.
    pub(super) fn of_passage(&self, passage: usize) -> Sentence<'_> {
        Sentence(self.sentences.rows(self.sentences_of(passage)))
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.sentences.heap_bytes() + self.sentence_ends.capacity() * 4
    }
}

/// Bits of a number in each byte.
const BITS: u32 = 7;
/// Set in every byte of a number but the last.
const CONTINUED: u8 = 1 << BITS;

/// The tokens of a sentence, or of several that follow each other. Two are equal if their tokens are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence<'a>(&'a [u8]);

impl Sentence<'_> {
    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().filter(|byte| **byte < CONTINUED).count()
    }
}

impl Iterator for Sentence<'_> {
    type Item = SurfaceId;

    #[inline]
    fn next(&mut self) -> Option<SurfaceId> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & !CONTINUED) << shift;
            if byte < CONTINUED {
                return Some(SurfaceId(number));
            }
            shift += BITS;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_are_read_as_they_were_written(sentences in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..9), 1..5)) {
            let mut tokens = Tokens::default();
            for sentence in &sentences {
                for number in sentence {
                    tokens.push(SurfaceId(*number));
                }
                tokens.sentences.end_row();
            }
            tokens.sentence_ends.push(sentences.len() as u32);
            for (row, sentence) in (0..).zip(&sentences) {
                let read: Vec<u32> = tokens.sentence(row).map(|surface| surface.0).collect();
                prop_assert_eq!(&read, sentence);
                prop_assert_eq!(tokens.sentence(row).len(), sentence.len());
            }
            let whole = tokens.of_passage(0).map(|surface| surface.0);
            prop_assert_eq!(whole.collect::<Vec<_>>(), sentences.concat());
            prop_assert_eq!(tokens.of_passage(0).len(), tokens.count());
        }
    }
}
