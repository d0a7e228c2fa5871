//! How sure an answer is: the chance, from 0 to 1, that its first quote answers the question.

use super::ranking::Ranked;
use crate::index::Group;
use crate::query::Role;

/// What the confidence is computed from, with names for explanations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Share of the question's words, by rarity, that stand in the best sentence.
    pub sentence_coverage: f32,
    /// Share that stand in the passage, its title or its heading.
    pub passage_coverage: f32,
    /// Score over the sum of the rarities: how well what was found was found.
    pub strength: f32,
    /// How far the best passage is ahead of the next, from 0 to 1.
    pub margin: f32,
    /// Content words of the question, as their logarithm.
    pub words: f32,
}

/// At and above: the answer is given.
pub const QUOTE_AT: f32 = 0.5;
/// At and above: shown as a near miss. Below: unknown.
pub const SUGGEST_AT: f32 = 0.15;

impl Evidence {
    /// The evidence for the first of `ranked`.
    pub(super) fn new(groups: &[Group], ranked: &[Ranked]) -> Option<Self> {
        let first = ranked.first()?;
        let content = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.role == Role::Content);
        let all: f32 = content.clone().map(|(_, group)| group.idf).sum();
        let share = |found: &dyn Fn(u8) -> bool| {
            let held = content.clone().filter(|(at, _)| found(*at as u8));
            held.map(|(_, group)| group.idf * group.variants.first().map_or(0.0, |v| v.weight))
                .sum::<f32>()
                / all.max(0.1)
        };
        let features = &first.features;
        let best = features
            .found
            .iter()
            .map(|found| share(&|group| found.contains(&group)))
            .fold(0.0, f32::max);
        let anywhere = share(&|group| features.found.iter().any(|found| found.contains(&group)));
        let second = ranked.get(1).map_or(0.0, |second| second.score);
        Some(Self {
            sentence_coverage: best,
            passage_coverage: anywhere,
            strength: first.score / all.max(0.1),
            margin: 1.0 - second / first.score.max(0.1),
            words: (1.0 + content.count() as f32).ln(),
        })
    }

    /// Each part with its name, value and weight.
    pub fn parts(&self) -> [(&'static str, f32, f32); 5] {
        [
            ("sentence coverage", self.sentence_coverage, 3.0),
            ("passage coverage", self.passage_coverage, 2.0),
            ("strength", self.strength, 0.5),
            ("margin", self.margin, 2.0),
            ("words", self.words, 0.5),
        ]
    }

    /// The logistic function of the weighted parts.
    pub fn confidence(&self) -> f32 {
        const BIAS: f32 = -5.0;
        let sum: f32 = self
            .parts()
            .iter()
            .map(|(_, value, weight)| value * weight)
            .sum();
        1.0 / (1.0 + (-(sum + BIAS)).exp())
    }
}
