//! Computes the vectors of a text's tokens.

#![expect(
    clippy::inline_always,
    reason = "code for wide instructions must be inlined into the function that is compiled for them"
)]

use crate::LANES;
use crate::math::{gelu, normalise, softmax};
use crate::weights::{HIDDEN, Linear, Norm, Weights};
use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, f32x8};

/// Parts of the vectors that attend to other tokens separately.
const HEADS: usize = 12;
const HEAD: usize = HIDDEN / HEADS;
/// Queries, keys and values, side by side.
const SIDES: usize = 3 * HIDDEN;

/// The vectors of the tokens, one after the other.
pub(crate) fn encode(weights: &Weights, tokens: &[usize]) -> Vec<f32> {
    let mut x = vec![0.0; tokens.len() * HIDDEN];
    for (place, (token, x)) in tokens.iter().zip(x.chunks_exact_mut(HIDDEN)).enumerate() {
        weights.words.add_row(*token, x);
        weights.places.add_row(place, x);
    }
    normalise(&mut x, &weights.norm.weight, &weights.norm.bias);
    let (mut inner, mut outer) = (Vec::new(), Vec::new());
    for layer in &weights.layers {
        multiply(&layer.attention, &x, &mut inner);
        let attended = attend(&inner, tokens.len());
        multiply(&layer.attended, &attended, &mut outer);
        add_and_normalise(&mut x, &outer, &layer.attended_norm);
        multiply(&layer.inner, &x, &mut inner);
        gelu(&mut inner);
        multiply(&layer.outer, &inner, &mut outer);
        add_and_normalise(&mut x, &outer, &layer.outer_norm);
    }
    x
}

fn multiply(linear: &Linear, x: &[f32], to: &mut Vec<f32>) {
    linear.matrix.multiply(x, &linear.bias, to);
}

fn add_and_normalise(x: &mut [f32], other: &[f32], norm: &Norm) {
    for (x, other) in x.iter_mut().zip(other) {
        *x += other;
    }
    normalise(x, &norm.weight, &norm.bias);
}

/// For each token and head, the mean of all tokens' values, weighted by how well their keys match the token's query
/// (Vaswani et al. 2017, section 3.2).
fn attend(sides: &[f32], tokens: usize) -> Vec<f32> {
    dispatch!(Level::new(), simd => attend_by(simd, sides, tokens))
}

#[inline(always)]
fn attend_by<S: Simd>(simd: S, sides: &[f32], tokens: usize) -> Vec<f32> {
    let mut attended = vec![0.0; tokens * HIDDEN];
    let mut weights = vec![0.0; tokens];
    let scale = 1.0 / (HEAD as f32).sqrt();
    for head in 0..HEADS {
        let part = |side: usize| {
            let heads = sides.as_chunks::<HEAD>().0.iter();
            heads.skip(side * HEADS + head).step_by(SIDES / HEAD)
        };
        let to = attended.as_chunks_mut::<HEAD>().0.iter_mut();
        for (query, to) in part(0).zip(to.skip(head).step_by(HEADS)) {
            for (key, weight) in part(1).zip(&mut weights) {
                *weight = scale * dot(simd, query, key);
            }
            softmax(&mut weights);
            let mut sums = [f32x8::splat(simd, 0.0); HEAD / LANES];
            for (value, weight) in part(2).zip(&weights) {
                let weight = f32x8::splat(simd, *weight);
                for (sum, value) in sums.iter_mut().zip(value.as_chunks::<LANES>().0) {
                    *sum = f32x8::from_slice(simd, value).mul_add(weight, *sum);
                }
            }
            for (to, sum) in to.as_chunks_mut::<LANES>().0.iter_mut().zip(sums) {
                sum.store_slice(to);
            }
        }
    }
    attended
}

#[inline(always)]
fn dot<S: Simd>(simd: S, a: &[f32; HEAD], b: &[f32; HEAD]) -> f32 {
    let mut sum = f32x8::splat(simd, 0.0);
    for (a, b) in a
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(b.as_chunks::<LANES>().0)
    {
        let a = f32x8::from_slice(simd, a);
        sum = a.mul_add(f32x8::from_slice(simd, b), sum);
    }
    sum.reduce_sum()
}
