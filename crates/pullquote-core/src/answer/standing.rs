//! How an answer stands against the other answers, where there is a sentence model.
//!
//! How well an answer fits the question says little about whether it is right: on some subjects, everything is similar to every
//! question. What fits better than all else is likely to be the answer.

use super::ranking::RankedPassage;
use super::retrieval::{Extract, Retrieval};
use crate::article::PassageId;
use crate::semantic::Together;
use std::ops::Range;

/// Answers that the first one is compared with, the best ones by score.
const RIVALS: usize = 5;

/// The similarity of an answer to the question, and how far it is ahead of its rivals. All of each answer is similar, and not only
/// its best passage.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Standing {
    /// Similarity of the most similar sentence, from 0 to 1.
    pub similarity: f32,
    /// Similarity by parts of the question, each where it is most similar, from 0 to 1.
    pub similarity_by_parts: f32,
    /// `similarity` less that of the most similar rival, times `similarity`: the best of what is not similar at all is no answer.
    /// From -1 to 1.
    pub margin_by_sentences: f32,
    /// `similarity_by_parts` less that of the most similar rival, from -1 to 1.
    pub margin_by_parts: f32,
    /// How far the best rival's score falls behind, as a share of the answer's; 0 where there is no rival.
    pub lead: f32,
    /// Share of the ranking features in which no rival is ahead, from 0 to 1; 0 where there is no rival.
    pub agreement: f32,
}

impl Standing {
    /// The standing of the answer in the passage at `leader` of [`Retrieval::strong`]; `None` where there is no model.
    pub(super) fn new(retrieval: &Retrieval<'_>, leader: usize) -> Option<Self> {
        let dense = retrieval.context.vectors().dense.as_ref()?;
        let leading = retrieval.strong().get(leader)?;
        let answer = passages(retrieval, &retrieval.answer_in(leading));
        let rivals = rivals(retrieval, leading, &answer);
        let highest = rivals
            .iter()
            .map(|(_, passages)| dense.together(passages.clone()))
            .fold(Together::default(), |a, b| Together {
                by_sentences: a.by_sentences.max(b.by_sentences),
                by_parts: a.by_parts.max(b.by_parts),
            });
        let rivals = rivals.iter().map(|(ranked, _)| *ranked);
        let score = rivals.clone().map(|rival| rival.score).reduce(f32::max);
        let values = &leading.features.values;
        let is_unbeaten = |(at, value): &(usize, &f32)| {
            let values = rivals
                .clone()
                .filter_map(|rival| rival.features.values.get(*at));
            values.fold(f32::MIN, |a, b| a.max(*b)) <= **value
        };
        let unbeaten = values.iter().enumerate().filter(is_unbeaten).count();
        let agreement = unbeaten as f32 / values.len() as f32;
        let Together {
            by_sentences,
            by_parts,
        } = dense.together(answer);
        Some(Self {
            similarity: by_sentences,
            similarity_by_parts: by_parts,
            margin_by_sentences: by_sentences * (by_sentences - highest.by_sentences),
            margin_by_parts: by_parts - highest.by_parts,
            lead: score.map_or(0.0, |score| 1.0 - score / leading.score),
            agreement: score.map_or(0.0, |_| agreement),
        })
    }
}

/// The best other answers with their passages. What overlaps a better answer, or says what the first one says, is no rival.
fn rivals<'a>(
    retrieval: &'a Retrieval<'_>,
    leading: &RankedPassage,
    answer: &Range<usize>,
) -> Vec<(&'a RankedPassage, Range<usize>)> {
    let view = |ranked: &RankedPassage| {
        let passage = ranked.features.candidate.passage;
        retrieval.context.passage(passage)
    };
    let mut known = vec![answer.clone()];
    let others = retrieval.strong().iter().filter_map(|ranked| {
        let passages = passages(retrieval, &retrieval.answer_in(ranked));
        let overlaps =
            |known: &Range<usize>| known.start < passages.end && passages.start < known.end;
        let is_new = !known.iter().any(overlaps) && !view(ranked).says_the_same_as(view(leading));
        known.push(passages.clone());
        is_new.then_some((ranked, passages))
    });
    others.take(RIVALS).collect()
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
