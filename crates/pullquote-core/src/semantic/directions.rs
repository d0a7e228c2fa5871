//! Directions by number, one after another in memory.

#![expect(
    clippy::inline_always,
    reason = "code for wide instructions must be inlined into the function that is compiled for them"
)]

use super::Vector;
use super::dot::{Components, DIMENSIONS, dot_by};
use fearless_simd::{Level, Simd, dispatch};
use std::ops::Range;

/// Directions of sentences or labels. One after another and each by itself, so that comparing all of them with a question takes
/// as long as reading them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Directions {
    components: Vec<Components>,
    /// 1 divided by the length of the components; 0 where there is no direction.
    inverse_norms: Vec<f32>,
}

impl Directions {
    /// Adds the next direction.
    pub(crate) fn push(&mut self, direction: Option<&Vector>) {
        let components = direction.map_or([0; DIMENSIONS], |direction| *direction.components());
        self.components.push(components);
        let inverse_norm = direction.map_or(0.0, Vector::inverse_norm);
        self.inverse_norms.push(inverse_norm);
    }

    /// Frees unused capacity.
    pub(crate) fn shrink(&mut self) {
        self.components.shrink_to_fit();
        self.inverse_norms.shrink_to_fit();
    }

    /// Replaces `similarities` by the cosine similarities of the directions in `range` to `direction`, from -1 to 1: 0 where
    /// there is no direction, and none for numbers that are not in use.
    pub(crate) fn similarities(
        &self,
        range: Range<usize>,
        direction: &Vector,
        similarities: &mut Vec<f32>,
    ) {
        let (components, inverse_norms) = self.of(range);
        similarities.clear();
        similarities.resize(components.len(), 0.0);
        dispatch!(Level::new(), simd => compare(simd, components, inverse_norms, direction, similarities));
    }

    /// The highest similarity of the directions in `range` to `direction`, from 0 to 1.
    pub(crate) fn highest_similarity(&self, range: Range<usize>, direction: &Vector) -> f32 {
        let (components, inverse_norms) = self.of(range);
        dispatch!(Level::new(), simd => highest(simd, components, inverse_norms, direction))
    }

    fn of(&self, range: Range<usize>) -> (&[Components], &[f32]) {
        let components = self.components.get(range.clone());
        let inverse_norms = self.inverse_norms.get(range);
        components.zip(inverse_norms).unwrap_or_default()
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        self.components.capacity() * size_of::<Components>()
            + self.inverse_norms.capacity() * size_of::<f32>()
    }
}

#[inline(always)]
fn similarity<S: Simd>(simd: S, row: &Components, inverse_norm: f32, direction: &Vector) -> f32 {
    dot_by(simd, row, direction.components()) as f32 * inverse_norm * direction.inverse_norm()
}

#[inline(always)]
fn compare<S: Simd>(
    simd: S,
    components: &[Components],
    inverse_norms: &[f32],
    direction: &Vector,
    similarities: &mut [f32],
) {
    let rows = components.iter().zip(inverse_norms);
    for (found, (row, inverse_norm)) in similarities.iter_mut().zip(rows) {
        *found = similarity(simd, row, *inverse_norm, direction);
    }
}

#[inline(always)]
fn highest<S: Simd>(
    simd: S,
    components: &[Components],
    inverse_norms: &[f32],
    direction: &Vector,
) -> f32 {
    let mut highest: f32 = 0.0;
    for (row, inverse_norm) in components.iter().zip(inverse_norms) {
        highest = highest.max(similarity(simd, row, *inverse_norm, direction));
    }
    highest
}
