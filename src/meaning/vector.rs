//! A direction in the space of meaning, in a hundred bytes.

use super::table::DIMENSIONS;
use std::borrow::Borrow;

/// Where a word or a text points. Its length says nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    values: [i8; DIMENSIONS],
    /// One by the length of `values`, so that a cosine needs no root.
    scale: f32,
}

impl Vector {
    /// The direction of `sum`; none if it has no length.
    pub(super) fn pointing(sum: &[f32; DIMENSIONS]) -> Option<Vector> {
        let largest = sum
            .iter()
            .fold(0.0, |largest: f32, value| largest.max(value.abs()));
        if !largest.is_normal() {
            return None;
        }
        let values = sum.map(|value| (value / largest * 127.0).round() as i8);
        Some(Vector::of(values))
    }

    /// The direction that a row of the table tells.
    pub(super) fn of_row(row: &[u8; DIMENSIONS]) -> Vector {
        let mut values = [0; DIMENSIONS];
        for (value, byte) in values.iter_mut().zip(row) {
            *value = byte.cast_signed();
        }
        Vector::of(values)
    }

    fn of(values: [i8; DIMENSIONS]) -> Vector {
        let length = (dot(&values, values.iter().copied()) as f32).sqrt();
        Vector {
            values,
            scale: 1.0 / length.max(1.0),
        }
    }

    /// How near two directions are: the cosine of their angle, -1 to 1.
    pub fn similarity(&self, other: &Vector) -> f32 {
        dot(&self.values, other.values.iter().copied()) as f32 * self.scale * other.scale
    }

    /// How near this is to the direction that a row of the table tells; `scale` is that of the row's direction.
    pub(super) fn along(&self, row: &[u8; DIMENSIONS], scale: f32) -> f32 {
        dot(&self.values, row.iter().map(|byte| byte.cast_signed())) as f32 * self.scale * scale
    }

    /// One by the length of its numbers.
    pub(super) fn scale(&self) -> f32 {
        self.scale
    }

    /// Adds a step of length `weight` in this direction to `sum`.
    pub(super) fn add_to(&self, sum: &mut [f32; DIMENSIONS], weight: f32) {
        let step = self.scale * weight;
        for (sum, value) in sum.iter_mut().zip(self.values) {
            *sum += f32::from(value) * step;
        }
    }
}

/// How near the directions of two rows of the table are, each with one by its length: their cosine.
pub(super) fn between_rows(
    (a, a_scale): (&[u8; DIMENSIONS], f32),
    (b, b_scale): (&[u8; DIMENSIONS], f32),
) -> f32 {
    let products = a.iter().zip(b);
    let products = products.map(|(a, b)| i32::from(a.cast_signed()) * i32::from(b.cast_signed()));
    products.sum::<i32>() as f32 * a_scale * b_scale
}

/// The compiler turns this into the processor's wide instructions (of an array made anew it does not).
fn dot(a: &[i8; DIMENSIONS], b: impl IntoIterator<Item = i8>) -> i32 {
    let products = a.iter().zip(b);
    products.map(|(a, b)| i32::from(*a) * i32::from(b)).sum()
}

/// The mean direction of words, each with what it counts; none if there is none, or if they point apart.
pub fn mean<V: Borrow<Vector>>(words: impl IntoIterator<Item = (V, f32)>) -> Option<Vector> {
    let mut sum = [0.0; DIMENSIONS];
    for (vector, weight) in words {
        vector.borrow().add_to(&mut sum, weight);
    }
    Vector::pointing(&sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pointing(values: &[f32]) -> Option<Vector> {
        let mut sum = [0.0; DIMENSIONS];
        sum.iter_mut()
            .zip(values)
            .for_each(|(sum, value)| *sum = *value);
        Vector::pointing(&sum)
    }

    #[test]
    fn the_mean_lies_between() {
        let (a, b) = (pointing(&[1.0]).unwrap(), pointing(&[0.0, 5.0]).unwrap());
        let middle = mean([(&a, 1.0), (&b, 1.0)]).unwrap();
        assert!((middle.similarity(&a) - 0.5f32.sqrt()).abs() < 0.01);
        let nearer = mean([(&a, 3.0), (&b, 1.0)]).unwrap();
        assert!(nearer.similarity(&a) > 0.9);
        let back = pointing(&[-1.0]).unwrap();
        assert_eq!(mean([(&a, 1.0), (&back, 1.0)]), None);
        assert_eq!(mean::<Vector>([]), None);
    }

    proptest! {
        #[test]
        fn eight_bits_keep_the_angle(
            a in prop::collection::vec(-1.0f32..1.0, DIMENSIONS),
            b in prop::collection::vec(-1.0f32..1.0, DIMENSIONS),
        ) {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            let cosine = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
            if let (Some(a), Some(b)) = (pointing(&a), pointing(&b)) {
                prop_assert!((a.similarity(&b) - cosine).abs() < 0.02);
                prop_assert!((a.similarity(&a) - 1.0).abs() < 1e-4);
            }
        }

        #[test]
        fn any_numbers_are_taken(values in prop::collection::vec(any::<f32>(), DIMENSIONS)) {
            if let Some(vector) = pointing(&values) {
                prop_assert!(vector.similarity(&vector).is_finite());
            }
        }
    }
}
