//! Matrices of four-bit numbers: how they are stored, and products with them.
//!
//! A row is a sequence of groups of 32 numbers. A group has 18 bytes: the upper half of the `f32` that all its numbers are
//! multiples of, and then the multiples, -8 to 7, plus 8. The lower four bits of the first byte are the first number and
//! the upper ones the 17th, and so on.

#![expect(
    clippy::inline_always,
    reason = "code for wide instructions must be inlined into the function that is compiled for them"
)]

use crate::LANES;
use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, f32x8, i8x16, u8x16};

/// Numbers that have a common factor.
pub const GROUP: usize = 32;
const HALF: usize = GROUP / 2;
const SCALE_BYTES: usize = 2;
const GROUP_BYTES: usize = SCALE_BYTES + HALF;
/// Added to the numbers, so that none is negative.
const OFFSET: u8 = 8;

/// Rows of the matrix, and of the other factor, that are multiplied at once: what is loaded is used several times. The sums
/// and what is multiplied just fit into 16 registers.
const TILE: usize = 4;
const SLICE: usize = 3;
/// Rows of the other factor that are multiplied by the same unpacked rows: as many as a core's cache keeps.
const BLOCK: usize = 64;
/// The longest row.
const WIDEST: usize = 1_536;

/// A matrix in the bytes of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matrix {
    bytes: &'static [u8],
    width: usize,
}

impl Matrix {
    /// Takes the matrix at the start of `bytes`. Also returns the rest; `None` if the bytes are cut short.
    pub(crate) fn parse(
        bytes: &'static [u8],
        rows: usize,
        width: usize,
    ) -> Option<(Self, &'static [u8])> {
        let (bytes, rest) = bytes.split_at_checked(rows * row_bytes(width))?;
        Some((Self { bytes, width }, rest))
    }

    /// Adds a row to `to`.
    pub(crate) fn add_row(&self, row: usize, to: &mut [f32]) {
        dispatch!(Level::new(), simd => add_row_by(simd, self, row, to));
    }

    /// Multiplies each row of `x` by this matrix, and adds `bias`. The results, one for each row of the matrix, replace `to`.
    pub(crate) fn multiply(&self, x: &[f32], bias: &[f32], to: &mut Vec<f32>) {
        to.clear();
        to.resize(x.len() / self.width * bias.len(), 0.0);
        dispatch!(Level::new(), simd => multiply_by(simd, self, x, bias, to));
    }
}

/// Bytes of a row with `width` numbers.
const fn row_bytes(width: usize) -> usize {
    width / GROUP * GROUP_BYTES
}

/// Unpacked rows of the matrix, side by side: [`LANES`] numbers of each, then the next ones of each.
type Tile = [[f32; LANES]; TILE];

#[inline(always)]
fn add_row_by<S: Simd>(simd: S, matrix: &Matrix, row: usize, to: &mut [f32]) {
    let mut rows = matrix.bytes.chunks_exact(row_bytes(matrix.width));
    let row = rows.nth(row).unwrap_or_default();
    let mut unpacked = [[0.0; LANES]; WIDEST / LANES];
    unpack::<S, 1>(simd, row, &mut unpacked);
    for (to, value) in to.iter_mut().zip(unpacked.as_flattened()) {
        *to += value;
    }
}

#[inline(always)]
fn multiply_by<S: Simd>(simd: S, matrix: &Matrix, x: &[f32], bias: &[f32], to: &mut [f32]) {
    let (width, rows) = (matrix.width, bias.len());
    let mut unpacked = vec![[0.0; LANES]; TILE * width / LANES];
    for (x, to) in x.chunks(BLOCK * width).zip(to.chunks_mut(BLOCK * rows)) {
        let tiles = matrix.bytes.chunks_exact(TILE * row_bytes(width));
        for (at, (tile, bias)) in tiles.zip(bias.as_chunks::<TILE>().0).enumerate() {
            for (row, bytes) in tile.chunks_exact(row_bytes(width)).enumerate() {
                unpack::<S, TILE>(simd, bytes, &mut unpacked[row..]);
            }
            let tile = unpacked.as_chunks::<TILE>().0;
            for (x, to) in x.chunks(SLICE * width).zip(to.chunks_mut(SLICE * rows)) {
                // The last slice may have fewer rows: it gets the first one again.
                let mut slice = [&x[..width]; SLICE];
                for (row, x) in slice.iter_mut().zip(x.chunks_exact(width)) {
                    *row = x;
                }
                let sums = products(simd, tile, slice);
                for (sums, to) in sums.iter().zip(to.chunks_mut(rows)) {
                    let to = to.iter_mut().skip(at * TILE);
                    for ((sum, bias), to) in sums.iter().zip(bias).zip(to) {
                        *to = sum + bias;
                    }
                }
            }
        }
    }
}

/// The dot products of rows with each of the unpacked ones. Without closures: they would not be compiled for wide
/// instructions.
#[inline(always)]
fn products<S: Simd>(simd: S, tile: &[Tile], slice: [&[f32]; SLICE]) -> [[f32; TILE]; SLICE] {
    let mut sums = [[f32x8::splat(simd, 0.0); TILE]; SLICE];
    let [first, second, third] = slice;
    let (first, second) = (first.as_chunks::<LANES>().0, second.as_chunks::<LANES>().0);
    let third = third.as_chunks::<LANES>().0;
    for (((rows, first), second), third) in tile.iter().zip(first).zip(second).zip(third) {
        let first = f32x8::from_slice(simd, first);
        let second = f32x8::from_slice(simd, second);
        let third = f32x8::from_slice(simd, third);
        for (at, row) in rows.iter().enumerate() {
            let row = f32x8::from_slice(simd, row);
            sums[0][at] = row.mul_add(first, sums[0][at]);
            sums[1][at] = row.mul_add(second, sums[1][at]);
            sums[2][at] = row.mul_add(third, sums[2][at]);
        }
    }
    let mut found = [[0.0; TILE]; SLICE];
    for (found, sums) in found.iter_mut().zip(&sums) {
        for (found, sum) in found.iter_mut().zip(sums) {
            *found = sum.reduce_sum();
        }
    }
    found
}

/// Unpacks whole groups, [`LANES`] numbers to every `STEP`th place.
#[inline(always)]
fn unpack<S: Simd, const STEP: usize>(simd: S, packed: &[u8], to: &mut [[f32; LANES]]) {
    let groups = packed.as_chunks::<GROUP_BYTES>().0;
    let quarters = GROUP / LANES * STEP;
    for (group, to) in groups.iter().zip(to.chunks_mut(quarters)) {
        let [low, high, numbers @ ..] = group;
        let scale = f32::from_bits(u32::from_le_bytes([0, 0, *low, *high]));
        let numbers: u8x16<S> = u8x16::from_slice(simd, numbers);
        let halves = [numbers & u8x16::splat(simd, 15), numbers >> 4];
        for (half, to) in halves.into_iter().zip(to.chunks_mut(quarters / 2)) {
            let signed: i8x16<S> = (half - u8x16::splat(simd, OFFSET)).bitcast();
            let (first, second) = signed.widen();
            let quarters = [first.widen(), second.widen()];
            for (quarter, to) in quarters.into_iter().zip(to.iter_mut().step_by(STEP)) {
                let both: f32x8<S> = quarter.0.combine(quarter.1).to_float();
                (both * scale).store_slice(to);
            }
        }
    }
}

/// Packs rows whose length is a multiple of [`GROUP`]. Each group's factor is the one of 48 with the least squared error.
pub fn quantise(numbers: &[f32]) -> Vec<u8> {
    numbers.as_chunks().0.iter().flat_map(quantised).collect()
}

/// How many factors are tried, and the ratio between them and the one at which the largest number is just in range.
const TRIED: u8 = 24;
const SMALLEST: f32 = 0.7;
const STEP: f32 = 0.025;

fn quantised(group: &[f32; GROUP]) -> [u8; GROUP_BYTES] {
    let largest = group
        .iter()
        .fold(0.0, |largest: f32, number| largest.max(number.abs()));
    let just = largest / f32::from(OFFSET);
    let tried = (0..TRIED).map(|step| just * (SMALLEST + STEP * f32::from(step)));
    let tried = tried.flat_map(|scale| [scale, -scale]).map(truncated);
    let error = |scale: f32| -> f32 {
        let errors = group
            .iter()
            .map(|number| number - multiple(*number, scale) * scale);
        errors.map(|error| error * error).sum()
    };
    let scale = tried.min_by(|a, b| error(*a).total_cmp(&error(*b)));
    let scale = scale.unwrap_or_default();
    let mut bytes = [0; GROUP_BYTES];
    let [_, _, low, high] = scale.to_bits().to_le_bytes();
    (bytes[0], bytes[1]) = (low, high);
    let (first, second) = group.split_at(HALF);
    for ((byte, first), second) in bytes[SCALE_BYTES..].iter_mut().zip(first).zip(second) {
        let [first, second] = [first, second].map(|number| {
            let multiple = multiple(*number, scale) as i8;
            (multiple + OFFSET.cast_signed()).cast_unsigned()
        });
        *byte = first | second << 4;
    }
    bytes
}

/// Rounded to what two bytes hold.
fn truncated(scale: f32) -> f32 {
    f32::from_bits((scale.to_bits() + 0x8000) & 0xffff_0000)
}

fn multiple(number: f32, scale: f32) -> f32 {
    if scale == 0.0 {
        return 0.0;
    }
    let offset = f32::from(OFFSET);
    (number / scale).round().clamp(-offset, offset - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WIDTH: usize = 2 * GROUP;
    const ROWS: usize = 2 * TILE;

    fn matrix(numbers: &[f32]) -> Matrix {
        let bytes = quantise(numbers).leak();
        let (matrix, rest) = Matrix::parse(bytes, numbers.len() / WIDTH, WIDTH).unwrap();
        assert!(rest.is_empty());
        matrix
    }

    fn row(matrix: &Matrix, row: usize) -> Vec<f32> {
        let mut to = vec![0.0; WIDTH];
        matrix.add_row(row, &mut to);
        to
    }

    #[test]
    fn numbers_that_fit_are_kept() {
        let exact: Vec<f32> = (0..WIDTH).map(|at| (at % 16) as f32 * 0.5 - 4.0).collect();
        assert_eq!(row(&matrix(&exact), 0), exact);
        assert_eq!(row(&matrix(&[0.0; WIDTH]), 0), [0.0; WIDTH]);
    }

    #[test]
    fn a_matrix_that_is_cut_short_is_refused() {
        let bytes = quantise(&[1.0; WIDTH]).leak();
        assert!(Matrix::parse(&bytes[1..], 1, WIDTH).is_none());
    }

    proptest! {
        #[test]
        fn packed_numbers_are_near(numbers in prop::collection::vec(-1.0f32..1.0, WIDTH)) {
            let packed = row(&matrix(&numbers), 0);
            for (number, packed) in numbers.iter().zip(packed) {
                // Clipping the largest may cost more than half a step, but not two.
                prop_assert!((number - packed).abs() < 0.3, "{number} {packed}");
            }
        }

        #[test]
        fn every_width_multiplies_alike(
            numbers in prop::collection::vec(-1.0f32..1.0, ROWS * WIDTH),
            x in prop::collection::vec(-1.0f32..1.0, (SLICE + 1) * WIDTH),
            bias in prop::collection::vec(-1.0f32..1.0, ROWS),
        ) {
            let matrix = matrix(&numbers);
            let expected: Vec<f32> = x.chunks(WIDTH).flat_map(|x| {
                bias.iter().enumerate().map(|(at, bias)| {
                    let products = row(&matrix, at).into_iter().zip(x).map(|(a, b)| a * b);
                    products.sum::<f32>() + bias
                }).collect::<Vec<_>>()
            }).collect();
            for level in [Level::new(), Level::baseline()] {
                let mut found = vec![0.0; expected.len()];
                dispatch!(level, simd => multiply_by(simd, &matrix, &x, &bias, &mut found));
                for (found, expected) in found.iter().zip(&expected) {
                    prop_assert!((found - expected).abs() < 1e-4, "{found} {expected}");
                }
            }
        }
    }
}
