//! Vectors quantised to one byte per component.

use super::dot::{Components, DIMENSIONS, dot};

/// A direction. The length of the components has no meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    components: Components,
    /// 1 divided by the length of `components`, so that a cosine needs no square root.
    inverse_norm: f32,
}

impl Vector {
    pub(super) fn new(components: Components) -> Vector {
        let length = (dot(&components, &components) as f32).sqrt();
        Vector {
            inverse_norm: 1.0 / length.max(1.0),
            components,
        }
    }

    /// Cosine similarity, -1 to 1.
    pub fn similarity(&self, other: &Vector) -> f32 {
        let cosine = dot(&self.components, &other.components) as f32;
        cosine * self.inverse_norm * other.inverse_norm
    }

    pub(super) fn components(&self) -> &Components {
        &self.components
    }

    /// 1 divided by the length of the components.
    pub(super) fn inverse_norm(&self) -> f32 {
        self.inverse_norm
    }
}

/// A weighted sum of directions.
#[derive(Debug, Clone)]
pub(crate) struct VectorSum([f32; DIMENSIONS]);

impl Default for VectorSum {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl VectorSum {
    /// Adds `vector` with the length `weight`.
    pub(crate) fn add(&mut self, vector: &Vector, weight: f32) {
        self.add_row(&vector.components, vector.inverse_norm * weight);
    }

    /// Adds the components `factor` times.
    pub(super) fn add_row(&mut self, row: &Components, factor: f32) {
        for (sum, value) in self.0.iter_mut().zip(row) {
            *sum += f32::from(value.cast_signed()) * factor;
        }
    }

    /// The direction of the sum; `None` if the sum is zero or not finite.
    pub(crate) fn direction(&self) -> Option<Vector> {
        let largest = self.0.iter();
        let largest = largest.fold(0.0, |largest: f32, value| largest.max(value.abs()));
        if !largest.is_normal() {
            return None;
        }
        let scaled = self.0.map(|value| value / largest * 127.0);
        // Rounds half away from zero. `f32::round` is a library call on processors without an instruction for it.
        let nearest = |value: f32| (value + 0.5_f32.copysign(value)) as i8;
        Some(Vector::new(
            scaled.map(|value| nearest(value).cast_unsigned()),
        ))
    }
}

/// Weighted mean direction; `None` if there are no vectors or they cancel out.
pub fn mean<'a>(vectors: impl IntoIterator<Item = (&'a Vector, f32)>) -> Option<Vector> {
    let mut sum = VectorSum::default();
    for (vector, weight) in vectors {
        sum.add(vector, weight);
    }
    sum.direction()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vector(values: &[f32]) -> Option<Vector> {
        let mut sum = VectorSum::default();
        let filled = sum.0.iter_mut().zip(values);
        filled.for_each(|(sum, value)| *sum = *value);
        sum.direction()
    }

    #[test]
    fn the_mean_lies_between_its_vectors() {
        let (a, b) = (vector(&[1.0]).unwrap(), vector(&[0.0, 5.0]).unwrap());
        let middle = mean([(&a, 1.0), (&b, 1.0)]).unwrap();
        assert!((middle.similarity(&a) - 0.5f32.sqrt()).abs() < 0.01);
        let nearer = mean([(&a, 3.0), (&b, 1.0)]).unwrap();
        assert!(nearer.similarity(&a) > 0.9);
        let opposite = vector(&[-1.0]).unwrap();
        assert_eq!(mean([(&a, 1.0), (&opposite, 1.0)]), None);
        assert_eq!(mean([]), None);
    }

    proptest! {
        #[test]
        fn quantising_keeps_the_angle(
            a in prop::collection::vec(-1.0f32..1.0, DIMENSIONS),
            b in prop::collection::vec(-1.0f32..1.0, DIMENSIONS),
        ) {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            let cosine = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
            if let (Some(a), Some(b)) = (vector(&a), vector(&b)) {
                prop_assert!((a.similarity(&b) - cosine).abs() < 0.02);
                prop_assert!((a.similarity(&a) - 1.0).abs() < 1e-4);
            }
        }

        #[test]
        fn accepts_any_numbers(values in prop::collection::vec(any::<f32>(), DIMENSIONS)) {
            if let Some(vector) = vector(&values) {
                prop_assert!(vector.similarity(&vector).is_finite());
            }
        }
    }
}
