//! A direction in the space of meaning, in a hundred bytes.

use super::table::DIMENSIONS;

/// Numbers of eight bits with their sign, as they lie in the table.
pub(super) type Bytes = [u8; DIMENSIONS];

/// Where a word or a text points. Its length says nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    values: Bytes,
    /// One by the length of `values`, so that a cosine needs no root.
    scale: f32,
}

impl Vector {
    /// The direction that numbers tell.
    pub(super) fn of(values: Bytes) -> Vector {
        let length = (dot(&values, &values) as f32).sqrt();
        Vector {
            scale: 1.0 / length.max(1.0),
            values,
        }
    }

    /// How near two directions are: the cosine of their angle, -1 to 1.
    pub fn similarity(&self, other: &Vector) -> f32 {
        self.along(&other.values, other.scale)
    }

    /// How near this is to the direction that a row of the table tells; `scale` is that of the row's direction.
    pub(super) fn along(&self, row: &Bytes, scale: f32) -> f32 {
        dot(&self.values, row) as f32 * self.scale * scale
    }

    /// One by the length of its numbers.
    pub(super) fn scale(&self) -> f32 {
        self.scale
    }
}

/// Directions put together, each with what it counts.
#[derive(Debug, Clone)]
pub struct Sum([f32; DIMENSIONS]);

impl Default for Sum {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl Sum {
    /// Adds a step of length `weight` in a direction.
    pub fn add(&mut self, vector: &Vector, weight: f32) {
        self.add_row(&vector.values, vector.scale * weight);
    }

    /// Adds a row of the table, so many times as it is.
    pub(super) fn add_row(&mut self, row: &Bytes, times: f32) {
        for (sum, value) in self.0.iter_mut().zip(row) {
            *sum += f32::from(value.cast_signed()) * times;
        }
    }

    /// Where it all points together; none if that is nowhere.
    pub fn direction(&self) -> Option<Vector> {
        let largest = self.0.iter();
        let largest = largest.fold(0.0, |largest: f32, value| largest.max(value.abs()));
        if !largest.is_normal() {
            return None;
        }
        let scaled = self.0.map(|value| value / largest * 127.0);
        // To the nearest: `round` is a call where the processor has no instruction for it.
        let nearest = |value: f32| (value + 0.5_f32.copysign(value)) as i8;
        Some(Vector::of(
            scaled.map(|value| nearest(value).cast_unsigned()),
        ))
    }
}

/// The sum of products. In lanes, and with products of sixteen bits, which hold them: the compiler finds the
/// processor's wide instructions for this, and of a plain sum of `i32` it makes something slower.
pub(super) fn dot(a: &Bytes, b: &Bytes) -> i32 {
    const LANES: usize = 8;
    const { assert!(DIMENSIONS.is_multiple_of(LANES)) };
    let mut sums = [0; LANES];
    for (a, b) in a
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(b.as_chunks::<LANES>().0)
    {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            let product = i16::from(a.cast_signed()) * i16::from(b.cast_signed());
            *sum += i32::from(product);
        }
    }
    sums.iter().sum()
}

/// The mean direction of words, each with what it counts; none if there is none, or if they point apart.
pub fn mean<'a>(words: impl IntoIterator<Item = (&'a Vector, f32)>) -> Option<Vector> {
    let mut sum = Sum::default();
    for (vector, weight) in words {
        sum.add(vector, weight);
    }
    sum.direction()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pointing(values: &[f32]) -> Option<Vector> {
        let mut sum = Sum::default();
        let filled = sum.0.iter_mut().zip(values);
        filled.for_each(|(sum, value)| *sum = *value);
        sum.direction()
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
        assert_eq!(mean([]), None);
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
