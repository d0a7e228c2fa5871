//! Dot products, with the widest SIMD instructions of the processor that the program runs on.
//!
//! A binary for any x86-64 processor may only assume instructions on 16 bytes. `fearless_simd` compiles a function once for each
//! width and chooses when it is called.

#![expect(
    clippy::inline_always,
    reason = "code for wide instructions must be inlined into the function that is compiled for them"
)]

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, i8x32, i16x16, i32x8, u8x32};

/// Components of a vector.
pub const DIMENSIONS: usize = 96;

/// Components of type `i8`, as bytes of the table.
pub(super) type Components = [u8; DIMENSIONS];

/// Components that are loaded together.
const LOADED: usize = 32;

/// Dot product.
pub(super) fn dot(a: &Components, b: &Components) -> i32 {
    dispatch!(Level::new(), simd => dot_by(simd, a, b))
}

#[inline(always)]
fn dot_by<S: Simd>(simd: S, a: &Components, b: &Components) -> i32 {
    const { assert!(DIMENSIONS.is_multiple_of(LOADED)) };
    let mut sums = i32x8::splat(simd, 0);
    for (a, b) in a.as_chunks::<LOADED>().0.iter().zip(b.as_chunks().0) {
        let (a, b) = (widened(simd, a), widened(simd, b));
        sums += a.0.pairwise_dot_product(b.0) + a.1.pairwise_dot_product(b.1);
    }
    sums.reduce_sum()
}

/// Components as `i16`: their products do not overflow.
#[inline(always)]
fn widened<S: Simd>(simd: S, components: &[u8; LOADED]) -> (i16x16<S>, i16x16<S>) {
    let signed: i8x32<S> = u8x32::from_slice(simd, components).bitcast();
    signed.widen()
}

/// Vectors that are compared at once: as many as a register has sums.
pub(super) const LANES: usize = 8;

/// Components of a vector that are multiplied by one instruction and summed by it.
const PAIR: usize = 2;
const PAIRS: usize = DIMENSIONS / PAIR;

/// Pairs that are loaded together.
const LOADED_PAIRS: usize = LOADED / PAIR;

/// Loads in a row without a loop around them.
const UNROLLED: usize = 4;

/// The components of [`LANES`] vectors, interleaved by pairs: the first two components of every vector, the next two of every
/// vector, and so on. So every vector has a lane of the registers to itself, and nothing is summed across lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Interleaved([[u8; LOADED]; DIMENSIONS * LANES / LOADED]);

impl Default for Interleaved {
    fn default() -> Self {
        Self([[0; LOADED]; DIMENSIONS * LANES / LOADED])
    }
}

impl Interleaved {
    /// Replaces the vector in a lane.
    pub(super) fn set(&mut self, lane: usize, components: &Components) {
        let pairs = self.0.as_flattened_mut().as_chunks_mut::<PAIR>().0;
        let of_lane = pairs.iter_mut().skip(lane).step_by(LANES);
        for (pair, components) in of_lane.zip(components.as_chunks().0) {
            *pair = *components;
        }
    }
}

/// The same as numbers of 16 bits, which need not be widened each time: for vectors that are compared with many others.
#[derive(Debug, Clone)]
pub(super) struct Widened([[i16; PAIR * LANES]; PAIRS]);

impl Widened {
    #[inline(always)]
    pub(super) fn new<S: Simd>(simd: S, vectors: &Interleaved) -> Self {
        let mut all = [[0; PAIR * LANES]; PAIRS];
        for ([first, second], loaded) in all.as_chunks_mut().0.iter_mut().zip(&vectors.0) {
            let pairs = widened(simd, loaded);
            pairs.0.store_slice(first);
            pairs.1.store_slice(second);
        }
        Self(all)
    }

    /// One vector in all lanes.
    #[inline(always)]
    pub(super) fn splat<S: Simd>(simd: S, components: &Components) -> Self {
        let mut all = [[0; PAIR * LANES]; PAIRS];
        let chunks = components.as_chunks().0.iter();
        for (all, chunk) in all.as_chunks_mut::<LOADED_PAIRS>().0.iter_mut().zip(chunks) {
            for (pair, all) in pairs(simd, chunk).iter().zip(all) {
                splat(simd, *pair).store_slice(all);
            }
        }
        Self(all)
    }
}

/// Pairs of components, each as two numbers of 16 bits in one.
#[inline(always)]
fn pairs<S: Simd>(simd: S, components: &[u8; LOADED]) -> [i32; LOADED_PAIRS] {
    let (first, second) = widened(simd, components);
    let (first, second): (i32x8<S>, i32x8<S>) = (first.bitcast(), second.bitcast());
    let mut pairs = [0; LOADED_PAIRS];
    let (low, high) = pairs.split_at_mut(LANES);
    first.store_slice(low);
    second.store_slice(high);
    pairs
}

/// One pair in all lanes.
#[inline(always)]
fn splat<S: Simd>(simd: S, pair: i32) -> i16x16<S> {
    i32x8::splat(simd, pair).bitcast()
}

/// The dot product of the two vectors in each lane, with the instructions of `simd`: for a function that computes many, and is
/// itself called by [`dispatch!`]. It is always inlined, as everything between the two must be, because a function compiled for
/// other instructions could not use these.
#[inline(always)]
pub(super) fn dots<S: Simd>(simd: S, a: &Interleaved, b: &Widened) -> i32x8<S> {
    let mut sums = (i32x8::splat(simd, 0), i32x8::splat(simd, 0));
    let loads = a.0.as_chunks::<UNROLLED>().0.iter();
    for (a, b) in loads.zip(b.0.as_chunks::<{ 2 * UNROLLED }>().0) {
        for (a, [first, second]) in a.iter().zip(b.as_chunks().0) {
            let a = widened(simd, a);
            sums.0 += a.0.pairwise_dot_product(i16x16::from_slice(simd, first));
            sums.1 += a.1.pairwise_dot_product(i16x16::from_slice(simd, second));
        }
    }
    sums.0 + sums.1
}

/// The dot product of one vector and the vector in each lane. As [`dots`].
#[inline(always)]
pub(super) fn dots_of_one<S: Simd>(simd: S, a: &Components, b: &Widened) -> i32x8<S> {
    let mut sums = (i32x8::splat(simd, 0), i32x8::splat(simd, 0));
    let chunks = a.as_chunks().0.iter();
    for (a, b) in chunks.zip(b.0.as_chunks::<LOADED_PAIRS>().0) {
        let a = pairs(simd, a);
        for ([a0, a1], [b0, b1]) in a.as_chunks().0.iter().zip(b.as_chunks().0) {
            sums.0 += splat(simd, *a0).pairwise_dot_product(i16x16::from_slice(simd, b0));
            sums.1 += splat(simd, *a1).pairwise_dot_product(i16x16::from_slice(simd, b1));
        }
    }
    sums.0 + sums.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The dot products of `a` in one lane and `b` in the others with `b`, from that lane; and of `b` with the same vectors.
    fn dots_in_lane(level: Level, lane: usize, a: &Components, b: &Components) -> [i32; 2] {
        let mut vectors = Interleaved::default();
        for other in 0..LANES {
            vectors.set(other, if other == lane { a } else { b });
        }
        let mut found = [[0; LANES]; 2];
        dispatch!(level, simd => {
            dots(simd, &vectors, &Widened::splat(simd, b)).store_slice(&mut found[0]);
            dots_of_one(simd, b, &Widened::new(simd, &vectors)).store_slice(&mut found[1]);
        });
        found.map(|lanes| lanes[lane])
    }

    proptest! {
        #[test]
        fn every_width_computes_the_same(
            a in prop::array::uniform32(any::<[u8; 3]>()),
            b in prop::array::uniform32(any::<[u8; 3]>()),
            lane in 0..LANES,
        ) {
            let [a, b] = [a, b].map(|components| components.as_flattened().try_into().unwrap());
            let (a, b): (Components, Components) = (a, b);
            let signed = |components: Components| components.map(|byte| i32::from(byte.cast_signed()));
            let products = signed(a).into_iter().zip(signed(b)).map(|(a, b)| a * b);
            let expected: i32 = products.sum();
            prop_assert_eq!(dot(&a, &b), expected);
            prop_assert_eq!(dispatch!(Level::baseline(), simd => dot_by(simd, &a, &b)), expected);
            for level in [Level::new(), Level::baseline()] {
                prop_assert_eq!(dots_in_lane(level, lane, &a, &b), [expected; 2]);
            }
        }
    }
}
