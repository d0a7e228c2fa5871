//! Selects the sentences that cover the most of an article's terms.
//!
//! The objective is a feature-based submodular function (Lin & Bilmes 2011, "A Class of Submodular Functions for Document
//! Summarization", section 3; Kirchhoff & Bilmes 2014): a term weighs more the more sentences contain it, and a summary
//! scores the square root of the number of times that it contains the term, so that repetition adds less each time. Greedy
//! selection reaches at least 1 - 1/e of the optimum (Nemhauser, Wolsey & Fisher 1978). It is lazy (Minoux 1978): gains never
//! grow, so an outdated gain that is recomputed and still the highest is the right choice. The exception is a sentence that
//! refers to the one before it: when that is selected, its gain grows and is computed again.
//!
//! Paraphrases count as new. Lowering the gain of sentences that are similar to selected ones hardly improved short
//! summaries and made longer ones worse (`benches/peers`, `summaries`).
//!
//! Time is linear in the number of words and nearly linear in the number of selected sentences.

use super::candidate::Candidate;
use crate::index::TermId;
use rustc_hash::FxHashMap;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// Weight of a term in one sentence only, which says little about what the article is about; each further sentence adds 1.
/// Not 0, so that articles without repetition have summaries.
const SINGLE: f32 = 0.25;
/// Factor for the gain of a candidate without a term that the selection lacks.
const NOTHING_NEW: f32 = 0.1;

/// How well the selection covers a term.
#[derive(Debug, Clone, Copy, Default)]
struct Coverage {
    /// Grows with the number of candidates that contain the term.
    weight: f32,
    /// Number of selected candidates that contain it.
    selected: u32,
}

/// The gain of a candidate when it was last computed, and its position. Orders by gain, and equal gains by position, the
/// earlier one first.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Gain(f32, Reverse<usize>);

impl Eq for Gain {}

impl PartialOrd for Gain {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Gain {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

/// Selects up to `count` candidates. Returns their positions in the order of selection, each with its gain as a share of the
/// first one's.
pub(super) fn select(candidates: &[Candidate], count: usize) -> Vec<(usize, f32)> {
    let mut covered: FxHashMap<TermId, Coverage> = FxHashMap::default();
    for term in candidates.iter().flat_map(|candidate| &candidate.terms) {
        let first = || Coverage {
            weight: SINGLE,
            selected: 0,
        };
        covered
            .entry(*term)
            .and_modify(|coverage| coverage.weight += 1.0)
            .or_insert_with(first);
    }
    let mut is_selected = vec![false; candidates.len()];
    let gain = |covered: &FxHashMap<TermId, Coverage>, is_selected: &[bool], at: usize| {
        let (mut sum, mut is_new) = (0.0, false);
        for term in &candidates[at].terms {
            let coverage = covered.get(term).copied().unwrap_or_default();
            let selected = coverage.selected as f32;
            is_new |= coverage.selected == 0;
            sum += coverage.weight * ((selected + 1.0).sqrt() - selected.sqrt());
        }
        let Candidate { factor, alone, .. } = candidates[at];
        let has_context = at > 0 && is_selected[at - 1];
        let alone = if has_context { 1.0 } else { alone };
        factor * alone * sum * if is_new { 1.0 } else { NOTHING_NEW }
    };
    let mut heap: BinaryHeap<Gain> = (0..candidates.len())
        .map(|at| Gain(gain(&covered, &is_selected, at), Reverse(at)))
        .collect();
    let mut selected: Vec<(usize, f32)> = Vec::new();
    while let Some(Gain(_, Reverse(at))) = heap.pop().filter(|_| selected.len() < count) {
        if is_selected[at] {
            continue;
        }
        let now = Gain(gain(&covered, &is_selected, at), Reverse(at));
        if heap.peek().is_some_and(|next| *next > now) {
            heap.push(now);
            continue;
        }
        selected.push((at, now.0));
        is_selected[at] = true;
        for term in &candidates[at].terms {
            if let Some(coverage) = covered.get_mut(term) {
                coverage.selected += 1;
            }
        }
        let next = at + 1;
        if candidates.get(next).is_some_and(|next| next.alone < 1.0) {
            heap.push(Gain(gain(&covered, &is_selected, next), Reverse(next)));
        }
    }
    let gains = selected.iter().map(|(_, gain)| *gain);
    let highest = gains.fold(f32::MIN_POSITIVE, f32::max);
    for (_, gain) in &mut selected {
        *gain /= highest;
    }
    selected
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PassageId;
    use crate::text::Span;

    /// Candidates with these terms and saliences, and the positions expected of them in order.
    fn check(candidates: &[(&[u32], f32)], count: usize, expected: &[usize]) {
        let candidate = |(terms, factor): &(&[u32], f32)| Candidate {
            passage: PassageId(0),
            span: Span::default(),
            sentences: 1,
            above: None,
            terms: terms.iter().copied().map(TermId).collect(),
            factor: *factor,
            alone: 1.0,
        };
        let candidates: Vec<Candidate> = candidates.iter().map(candidate).collect();
        let selected = select(&candidates, count);
        let found: Vec<usize> = selected.iter().map(|(at, _)| *at).collect();
        assert_eq!(found, expected);
        assert!(selected.is_sorted_by(|a, b| a.1 >= b.1), "{selected:?}");
        assert!(
            selected
                .first()
                .is_none_or(|(_, gain)| (gain - 1.0).abs() < 1e-6)
        );
    }

    #[test]
    fn selects_what_adds_most() {
        check(&[(&[1], 1.0), (&[1, 2, 3], 1.0), (&[2], 1.0)], 1, &[1]);
        // The second repeats the first, whatever its salience is.
        let other: (&[u32], f32) = (&[4, 5, 6], 1.0);
        check(&[(&[1, 2, 3], 1.0), (&[1, 2, 3], 1.0), other], 2, &[0, 2]);
        check(
            &[(&[1, 2, 3], 1.0), (&[1, 2, 3], 0.5), other],
            3,
            &[0, 2, 1],
        );
    }

    #[test]
    fn what_recurs_counts_more_than_what_occurs_once() {
        check(
            &[(&[1, 2, 3], 1.0), (&[4, 5], 1.0), (&[4, 5, 6], 0.1)],
            1,
            &[1],
        );
    }

    #[test]
    fn salience_counts_and_the_earlier_of_equals_comes_first() {
        check(&[(&[1], 1.0), (&[2], 2.0)], 2, &[1, 0]);
        check(&[(&[1], 1.0), (&[2], 1.0)], 2, &[0, 1]);
    }

    #[test]
    fn what_refers_to_the_one_before_comes_with_it() {
        let candidate = |terms: &[u32], alone| Candidate {
            passage: PassageId(0),
            span: Span::default(),
            sentences: 1,
            above: None,
            terms: terms.iter().copied().map(TermId).collect(),
            factor: 1.0,
            alone,
        };
        let candidates = [
            candidate(&[1, 2, 3, 4], 1.0),
            candidate(&[5, 6, 7], 0.3),
            candidate(&[8, 9], 1.0),
            candidate(&[10, 11, 12], 0.3),
        ];
        let selected = select(&candidates, 4);
        let found: Vec<usize> = selected.iter().map(|(at, _)| *at).collect();
        assert_eq!(found, [0, 1, 2, 3]);
        assert!(
            selected[3].1 > selected[2].1,
            "not less because of its place"
        );
    }

    #[test]
    fn selects_no_more_than_there_are() {
        check(&[(&[1], 1.0)], 5, &[0]);
        check(&[(&[1], 1.0)], 0, &[]);
        check(&[], 3, &[]);
    }
}
