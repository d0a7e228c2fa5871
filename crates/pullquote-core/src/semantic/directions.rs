//! Directions by number, interleaved in memory so that several are compared at once.

#![expect(
    clippy::inline_always,
    reason = "code for wide instructions must be inlined into the function that is compiled for them"
)]

use super::dot::{Components, Interleaved, LANES, Widened, dots, dots_of_one};
use super::vector::Vector;
use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, f32x8};
use std::ops::Range;

/// Directions of sentences or labels. One after another and each by itself, so that comparing all of them with a question takes
/// as long as reading them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Directions {
    groups: Vec<Group>,
    count: usize,
}

/// Directions that are compared at once; unused lanes have none.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    components: Interleaved,
    /// 1 divided by the length of the components; 0 where there is no direction.
    inverse_norms: [f32; LANES],
}

impl Directions {
    /// Adds the next direction.
    pub(crate) fn push(&mut self, direction: Option<&Vector>) {
        let lane = self.count % LANES;
        if lane == 0 {
            self.groups.push(Group::default());
        }
        if let (Some(group), Some(direction)) = (self.groups.last_mut(), direction) {
            group.components.set(lane, direction.components());
            group.inverse_norms[lane] = direction.inverse_norm();
        }
        self.count += 1;
    }

    /// Frees unused capacity.
    pub(crate) fn shrink(&mut self) {
        self.groups.shrink_to_fit();
    }

    /// The cosine similarities of the directions in `range` to `direction`, from -1 to 1, in `buffer`: 0 where there is no
    /// direction, and none if there are not as many.
    pub(crate) fn similarities<'b>(
        &self,
        range: Range<usize>,
        direction: &Vector,
        buffer: &'b mut Vec<f32>,
    ) -> &'b [f32] {
        let groups = self.groups_of(&range);
        // What it contains is overwritten.
        buffer.resize(groups.len() * LANES, 0.0);
        let lanes = buffer.as_chunks_mut().0;
        dispatch!(Level::new(), simd => compare(simd, groups, direction, lanes));
        let from = range.start % LANES;
        buffer.get(from..from + range.len()).unwrap_or_default()
    }

    /// The highest similarity of the directions in `range` to `direction`, from 0 to 1.
    pub(crate) fn highest_similarity(&self, range: Range<usize>, direction: &Vector) -> f32 {
        let groups = self.groups_of(&range);
        let lanes = range.start % LANES..range.start % LANES + range.len();
        dispatch!(Level::new(), simd => highest(simd, groups, direction, lanes))
    }

    /// The groups that contain the directions in `range`: none if there are not as many.
    fn groups_of(&self, range: &Range<usize>) -> &[Group] {
        let groups = range.start / LANES..range.end.div_ceil(LANES);
        self.groups.get(groups).unwrap_or_default()
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        self.groups.capacity() * size_of::<Group>()
    }
}

impl Group {
    /// Cosine similarity of each direction to the one in all lanes of `direction`.
    #[inline(always)]
    fn similarities<S: Simd>(&self, simd: S, direction: &Widened, inverse_norm: f32) -> f32x8<S> {
        let dots = f32x8::float_from(dots(simd, &self.components, direction));
        dots * f32x8::from_slice(simd, &self.inverse_norms) * inverse_norm
    }
}

#[inline(always)]
fn compare<S: Simd>(simd: S, groups: &[Group], direction: &Vector, found: &mut [[f32; LANES]]) {
    let widened = Widened::splat(simd, direction.components());
    for (found, group) in found.iter_mut().zip(groups) {
        let similarities = group.similarities(simd, &widened, direction.inverse_norm());
        similarities.store_slice(found);
    }
}

/// The highest similarity in these lanes, which go on from one group to the next.
#[inline(always)]
fn highest<S: Simd>(simd: S, groups: &[Group], direction: &Vector, lanes: Range<usize>) -> f32 {
    let widened = Widened::splat(simd, direction.components());
    let mut highest: f32 = 0.0;
    for (at, group) in groups.iter().enumerate() {
        let mut found = [0.0; LANES];
        let similarities = group.similarities(simd, &widened, direction.inverse_norm());
        similarities.store_slice(&mut found);
        let first = at * LANES;
        let from = lanes.start.saturating_sub(first).min(LANES);
        let to = lanes.end.saturating_sub(first).min(LANES);
        let of_range = found.get(from..to).unwrap_or_default();
        highest = of_range.iter().copied().fold(highest, f32::max);
    }
    highest
}

/// Similarities of a word to [`LANES`] words of a question.
pub(crate) type Lanes = [f32; LANES];

/// The directions of a question's words, to be compared with many other words.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordDirections(Vec<WordGroup>);

/// [`LANES`] of them at most.
#[derive(Debug, Clone)]
pub(super) struct WordGroup {
    components: Widened,
    /// 1 divided by the length of the components; 0 in unused lanes.
    inverse_norms: [f32; LANES],
}

impl WordDirections {
    pub(crate) fn new(directions: &[&Vector]) -> Self {
        Self(directions.chunks(LANES).map(WordGroup::new).collect())
    }

    /// How many [`Lanes`] the similarities to them take. The last lanes may be unused.
    pub(crate) fn lanes(&self) -> usize {
        self.0.len()
    }

    pub(super) fn groups(&self) -> &[WordGroup] {
        &self.0
    }
}

impl WordGroup {
    fn new(directions: &[&Vector]) -> Self {
        let mut components = Interleaved::default();
        let mut inverse_norms = [0.0; LANES];
        for (lane, direction) in directions.iter().enumerate() {
            components.set(lane, direction.components());
            inverse_norms[lane] = direction.inverse_norm();
        }
        Self {
            components: dispatch!(Level::new(), simd => Widened::new(simd, &components)),
            inverse_norms,
        }
    }

    /// The dot product of each direction, taken as a unit vector, and a vector.
    #[inline(always)]
    pub(super) fn products<S: Simd>(&self, simd: S, vector: &Components) -> f32x8<S> {
        let dots = f32x8::float_from(dots_of_one(simd, vector, &self.components));
        dots * f32x8::from_slice(simd, &self.inverse_norms)
    }
}
