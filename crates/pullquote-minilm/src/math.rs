//! Functions of many numbers, written so that the compiler vectorizes them.

#![expect(
    clippy::inline_always,
    reason = "code for wide instructions must be inlined into the function that is compiled for them"
)]

use fearless_simd::{Level, dispatch};

/// Sums that are kept side by side, because the compiler must not reorder a sum of floats.
const SUMS: usize = 16;

/// The sum of `of` each number. The number of numbers must be a multiple of [`SUMS`].
#[inline(always)]
fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; SUMS];
    for numbers in numbers.as_chunks::<SUMS>().0 {
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += of(*number);
        }
    }
    sums.iter().sum()
}

/// Scales a vector to length 1. One of length 0 stays as it is.
pub(crate) fn to_length_1(vector: &mut [f32]) {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        for value in vector {
            *value /= length;
        }
    }
}

/// Normalizes each of the rows, which are as long as `weight` (layer normalization: Ba et al. 2016).
pub(crate) fn normalise(rows: &mut [f32], weight: &[f32], bias: &[f32]) {
    dispatch!(Level::new(), _simd => normalise_all(rows, weight, bias));
}

#[inline(always)]
fn normalise_all(rows: &mut [f32], weight: &[f32], bias: &[f32]) {
    const EPSILON: f32 = 1e-12;
    let width = weight.len();
    for row in rows.chunks_exact_mut(width) {
        let mean = sum(row, |value| value) / width as f32;
        let variance = sum(row, |value| (value - mean) * (value - mean)) / width as f32;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        for ((value, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
            *value = (*value - mean) * scale * weight + bias;
        }
    }
}

/// Turns numbers into positive ones that add up to 1: the exponential of each, divided by the sum of all.
#[inline(always)]
pub(crate) fn softmax(numbers: &mut [f32]) {
    let largest = numbers.iter().fold(f32::MIN, |a, b| a.max(*b));
    for number in &mut *numbers {
        *number = exp(*number - largest);
    }
    let all: f32 = numbers.iter().sum();
    for number in numbers {
        *number /= all;
    }
}

/// The activation function of the feed-forward layers (Hendrycks and Gimpel 2016): each number times the probability that
/// a standard normal one is below it. The error function is approximated to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26).
pub(crate) fn gelu(numbers: &mut [f32]) {
    dispatch!(Level::new(), _simd => gelu_all(numbers));
}

#[inline(always)]
fn gelu_all(numbers: &mut [f32]) {
    const FACTORS: [f32; 5] = [
        1.061_405_4,
        -1.453_152,
        1.421_413_7,
        -0.284_496_74,
        0.254_829_6,
    ];
    for number in numbers {
        let z = number.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let t = 1.0 / (1.0 + 0.327_591_1 * z);
        let polynomial = FACTORS.iter().fold(0.0, |sum, factor| (sum + factor) * t);
        let erf = (1.0 - polynomial * exp(-z * z)).copysign(*number);
        *number *= 0.5 * (1.0 + erf);
    }
}

/// The exponential of a number up to 0, to five digits: a power of two with the integral part as its exponent, times
/// a polynomial of the rest.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// Added to a small number, it leaves the nearest integer in the last bits.
    const ROUND: f32 = 12_582_912.0;
    /// Taylor's, of the natural exponential, from the highest power down.
    const FACTORS: [f32; 7] = [
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ];
    let powers = x.max(-87.0) * std::f32::consts::LOG2_E;
    let rounded = powers + ROUND;
    let rest = (powers - (rounded - ROUND)) * std::f32::consts::LN_2;
    let fraction = FACTORS.iter().fold(0.0, |sum, factor| sum * rest + factor);
    let exponent = (rounded.to_bits() << 23).wrapping_add(1.0_f32.to_bits());
    f32::from_bits(exponent) * fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_exact_to_five_digits() {
        for step in 0..8_700 {
            let x = -0.01 * step as f32;
            let expected = f64::from(x).exp();
            let error = (f64::from(exp(x)) - expected).abs() / expected;
            assert!(error < 1e-5, "{x}: {error}");
        }
        assert!(exp(-1e9) < 1e-30);
    }

    #[test]
    fn activations_of_known_numbers() {
        let mut numbers = [-3.0, -1.0, 0.0, 1.0, 3.0];
        gelu(&mut numbers);
        let expected = [-0.004_049_69, -0.158_655_25, 0.0, 0.841_344_7, 2.995_950_3];
        for (number, expected) in numbers.iter().zip(expected) {
            assert!((number - expected).abs() < 1e-6, "{number} {expected}");
        }
    }

    #[test]
    fn probabilities_add_up_to_one() {
        let mut numbers = [0.0, 2.0_f32.ln(), -1e9];
        softmax(&mut numbers);
        for (number, expected) in numbers.iter().zip([1.0 / 3.0, 2.0 / 3.0, 0.0]) {
            assert!((number - expected).abs() < 1e-6, "{number} {expected}");
        }
    }

    #[test]
    fn normalized_rows_have_the_mean_and_spread_of_the_weights() {
        let mut row: Vec<f32> = (0..32).map(|at| at as f32).collect();
        normalise(&mut row, &[2.0; 32], &[5.0; 32]);
        let mean = row.iter().sum::<f32>() / 32.0;
        let variance = row.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / 32.0;
        assert!(
            (mean - 5.0).abs() < 1e-5 && (variance - 4.0).abs() < 1e-4,
            "{mean} {variance}"
        );
    }
}
