//! The choice of sentences: a set that covers what the article says most.
//!
//! A feature-based submodular function (Lin & Bilmes 2011, "A Class of Submodular Functions for Document
//! Summarization", section 3; Kirchhoff & Bilmes 2014): each term is worth how many sentences hold it, and a
//! set earns the square root of how often it has the term, so that what was said once earns less the second
//! time. Maximised greedily, which comes within 1 - 1/e of the best (Nemhauser, Wolsey & Fisher 1978), and
//! lazily (Minoux 1978): a sentence's gain only ever falls, so an old gain that is still the highest is right.
//! What is said in other words is no matter here: a gain that falls with the nearness in meaning to what is chosen brought
//! short summaries next to nothing and made longer ones worse (`benches/peers`, `summaries`), and was left out.
//! Takes time in proportion to the words and, nearly, to the sentences that are chosen.

use super::candidate::Candidate;
use crate::index::TermId;
use rustc_hash::FxHashMap;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A term among those that are held.
#[derive(Debug, Clone, Copy, Default)]
struct Unit {
    /// Sentences that hold it.
    worth: f32,
    /// Chosen ones that do.
    chosen: u32,
}

/// A sentence with what it earned when it was last looked at. The higher comes first, the earlier of equals.
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

/// Positions of up to `count` candidates, the most telling first, each with what it earned as a share of what
/// the first one did.
pub(super) fn choose(candidates: &[Candidate], count: usize) -> Vec<(usize, f32)> {
    let mut units: FxHashMap<TermId, Unit> = FxHashMap::default();
    for term in candidates.iter().flat_map(|candidate| &candidate.terms) {
        units.entry(*term).or_default().worth += 1.0;
    }
    let gain = |units: &FxHashMap<TermId, Unit>, at: usize| {
        let earned = candidates[at].terms.iter().map(|term| {
            let unit = units.get(term).copied().unwrap_or_default();
            let chosen = unit.chosen as f32;
            unit.worth * ((chosen + 1.0).sqrt() - chosen.sqrt())
        });
        candidates[at].factor * earned.sum::<f32>()
    };
    let mut heap: BinaryHeap<Gain> = (0..candidates.len())
        .map(|at| Gain(gain(&units, at), Reverse(at)))
        .collect();
    let mut chosen: Vec<(usize, f32)> = Vec::new();
    while let Some(Gain(_, Reverse(at))) = heap.pop().filter(|_| chosen.len() < count) {
        let now = Gain(gain(&units, at), Reverse(at));
        if heap.peek().is_some_and(|next| *next > now) {
            heap.push(now);
            continue;
        }
        chosen.push((at, now.0));
        for term in &candidates[at].terms {
            if let Some(unit) = units.get_mut(term) {
                unit.chosen += 1;
            }
        }
    }
    let most = chosen
        .first()
        .map_or(1.0, |(_, gain)| gain.max(f32::MIN_POSITIVE));
    for (_, gain) in &mut chosen {
        *gain /= most;
    }
    chosen
}
