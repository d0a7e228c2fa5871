//! How an answer compares with the question and with the other answers, by a sentence model.
//!
//! How similar an answer is to the question says little about whether it is right: on some subjects, everything is similar to
//! every question. What is more similar than all else is likely to be the answer.

use super::retrieval::{Extract, Retrieval};
use crate::article::PassageId;
use crate::semantic::Together;
use std::ops::Range;

/// Answers that the first one is compared with, the best ones by score.
const OTHERS: usize = 5;

/// The similarity of an answer to the question, and its margins: this similarity less that of the most similar other answer, from
/// -1 to 1. All of each answer counts, and not only its best passage.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct DenseAnswer {
    /// Similarity of the most similar sentence, from 0 to 1.
    pub similarity: f32,
    /// The margin by the most similar sentence of each answer, times `similarity`: the best of what is not similar at all is no
    /// answer.
    pub margin_by_sentences: f32,
    /// The margin by parts of the question, each where it is most similar.
    pub margin_by_parts: f32,
}

impl DenseAnswer {
    /// The answer in the passage at `leader` of [`Retrieval::strong`]; `None` where there is no model.
    pub(super) fn new(retrieval: &Retrieval<'_>, leader: usize) -> Option<Self> {
        let dense = retrieval.context.vectors().dense.as_ref()?;
        let strong = retrieval.strong();
        let first = retrieval.answer_in(strong.get(leader)?);
        let view = |id: PassageId| retrieval.context.passage(id);
        let others = strong.iter().map(|ranked| retrieval.answer_in(ranked));
        let first_passages = passages(retrieval, &first);
        let mut known = vec![first_passages.clone()];
        let others = others.filter_map(|other| {
            let other_passages = passages(retrieval, &other);
            let overlaps = |known: &Range<usize>| {
                known.start < other_passages.end && other_passages.start < known.end
            };
            let is_new = !known.iter().any(overlaps)
                && !view(other.passage).says_the_same_as(view(first.passage));
            known.push(other_passages.clone());
            is_new.then_some(other_passages)
        });
        let highest = others
            .take(OTHERS)
            .map(|passages| dense.together(passages))
            .fold(Together::default(), |a, b| Together {
                by_sentences: a.by_sentences.max(b.by_sentences),
                by_parts: a.by_parts.max(b.by_parts),
            });
        let first = dense.together(first_passages);
        Some(Self {
            similarity: first.by_sentences,
            margin_by_sentences: first.by_sentences * (first.by_sentences - highest.by_sentences),
            margin_by_parts: first.by_parts - highest.by_parts,
        })
    }
}

/// Numbers of the passages that an answer contains at least a piece of.
fn passages(retrieval: &Retrieval<'_>, answer: &Extract) -> Range<usize> {
    let corpus = retrieval.corpus;
    let all = corpus.passages_of(corpus.passage(answer.passage).article);
    let is_inside = |at: &usize| {
        let passage = corpus.passage(PassageId(*at as u32));
        corpus.span(passage).overlaps(answer.span)
    };
    let at = answer.passage.0 as usize;
    let before = (all.start..at).rev().take_while(is_inside).count();
    let behind = (at + 1..all.end).take_while(is_inside).count();
    at - before..at + 1 + behind
}
