//! Embeddings by a sentence model: one, and many of the same width.

use std::ops::Range;

/// A unit vector, quantised to one byte per component.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    /// Quantised components.
    pub values: Box<[i8]>,
    /// Factor that turns `values` into the components of the unit vector.
    pub scale: f32,
}

impl Embedding {
    /// Quantises a unit vector.
    pub fn new(vector: &[f32]) -> Self {
        let largest = vector
            .iter()
            .fold(f32::MIN_POSITIVE, |largest: f32, value| {
                largest.max(value.abs())
            });
        let values = vector
            .iter()
            .map(|value| (value / largest * 127.0).round() as i8);
        Self {
            values: values.collect(),
            scale: largest / 127.0,
        }
    }
}

/// Many embeddings of the same width.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Embeddings {
    width: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

impl Embeddings {
    /// An empty collection of embeddings with `width` components, and capacity for `count` of them.
    pub fn new(width: usize, count: usize) -> Self {
        Self {
            width,
            values: Vec::with_capacity(width * count),
            scales: Vec::with_capacity(count),
        }
    }

    /// Adds the next embedding. Without one, or with one of another width, it is similar to nothing.
    pub fn push(&mut self, embedding: Option<&Embedding>) {
        let end = self.values.len() + self.width;
        let embedding = embedding.filter(|embedding| embedding.values.len() == self.width);
        self.values.extend(
            embedding
                .iter()
                .flat_map(|embedding| embedding.values.iter()),
        );
        self.values.resize(end, 0);
        self.scales
            .push(embedding.map_or(0.0, |embedding| embedding.scale));
    }

    /// Number of embeddings.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The embedding with this number, counting from 0; `None` if it is missing.
    pub fn get(&self, at: usize) -> Option<Embedding> {
        let scale = *self.scales.get(at).filter(|scale| **scale > 0.0)?;
        let values = self.values.get(at * self.width..(at + 1) * self.width)?;
        Some(Embedding {
            values: values.into(),
            scale,
        })
    }

    /// The scale and the values of each, in order; those of one that is missing are 0.
    pub fn rows(&self) -> impl Iterator<Item = (f32, &[i8])> {
        let rows = self.values.chunks(self.width.max(1));
        self.scales.iter().copied().zip(rows)
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        self.values.capacity() + self.scales.capacity() * size_of::<f32>()
    }

    /// Components of each.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The embeddings with these numbers.
    pub(super) fn slice(&self, numbers: Range<usize>) -> Self {
        let values = numbers.start * self.width..numbers.end * self.width;
        Self {
            width: self.width,
            values: self.values[values].to_vec(),
            scales: self.scales[numbers].to_vec(),
        }
    }

    /// Adds other embeddings of the same width.
    pub(super) fn extend(&mut self, others: &Self) {
        self.values.extend_from_slice(&others.values);
        self.scales.extend_from_slice(&others.scales);
    }

    /// Cosine similarity of each embedding with one of these numbers to `other`.
    pub(super) fn cosines<'a>(
        &'a self,
        numbers: Range<usize>,
        other: &'a Embedding,
    ) -> impl Iterator<Item = f32> + 'a {
        let values = numbers.start * self.width..numbers.end * self.width;
        let rows = self.values.get(values).unwrap_or_default();
        let rows = rows.chunks_exact(self.width.max(1));
        let scales = self.scales.get(numbers).unwrap_or_default();
        rows.zip(scales).map(|(row, scale)| {
            let products = row.iter().zip(&other.values);
            let dot: i32 = products.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
            dot as f32 * scale * other.scale
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embeddings_of_another_width_count_as_missing() {
        let mut embeddings = Embeddings::new(2, 2);
        let fitting = Embedding::new(&[1.0, 0.0]);
        embeddings.push(Some(&fitting));
        embeddings.push(Some(&Embedding::new(&[1.0])));
        assert_eq!(embeddings.len(), 2);
        assert_eq!(embeddings.get(0), Some(fitting));
        assert_eq!(embeddings.get(1), None);
        assert_eq!(embeddings.get(2), None);
    }
}
