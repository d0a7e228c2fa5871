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

/// Dot product, with the instructions of `simd`: for a function that computes many, and is itself called by [`dispatch!`]. It
/// is always inlined, as everything between the two must be, because a function compiled for other instructions could not
/// use these.
#[inline(always)]
pub(super) fn dot_by<S: Simd>(simd: S, a: &Components, b: &Components) -> i32 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_width_computes_the_same(
            a in prop::array::uniform32(any::<[u8; 3]>()),
            b in prop::array::uniform32(any::<[u8; 3]>()),
        ) {
            let [a, b] = [a, b].map(|components| components.as_flattened().try_into().unwrap());
            let (a, b): (Components, Components) = (a, b);
            let signed = |components: Components| components.map(|byte| i32::from(byte.cast_signed()));
            let products = signed(a).into_iter().zip(signed(b)).map(|(a, b)| a * b);
            let expected: i32 = products.sum();
            prop_assert_eq!(dot(&a, &b), expected);
            prop_assert_eq!(dispatch!(Level::baseline(), simd => dot_by(simd, &a, &b)), expected);
        }
    }
}
