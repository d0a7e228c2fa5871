//! Fits rows to the model's vectors of whole texts: the vector of a text should be the weighted sum of the rows of its words.
//! Ridge regression towards the model's vectors of single words, solved by conjugate gradients.

use crate::matrix::{self, Matrix};

/// Steps of conjugate gradients. The residual is negligible after about 40.
const STEPS: usize = 60;

/// Texts as weighted sums of rows, with the target vectors.
pub struct Task {
    /// For each text, rows with their weights.
    pub bags: Vec<Vec<(usize, f32)>>,
    /// For each text, the model's vector.
    pub targets: Matrix,
}

impl Task {
    /// The rows that minimize the sum of squared errors over all texts plus `stiffness` times the squared distance from
    /// `start`.
    pub fn solve(&self, mut start: Matrix, stiffness: f32) -> Matrix {
        self.scale(&mut start);
        let mut wanted = self.targets.clone();
        minus(&mut wanted, &self.sums(&start));
        let mut residual = self.spread(&wanted, start.len());
        let mut direction = residual.clone();
        let mut moved = Matrix::zeros(start.len(), start.width);
        let mut size = squares(&residual);
        for _ in 0..STEPS {
            let mut product = self.spread(&self.sums(&direction), start.len());
            add(&mut product, &direction, &vec![stiffness; start.width]);
            let curve = products(&direction, &product);
            let step: Vec<f32> = size
                .iter()
                .zip(&curve)
                .map(|(a, b)| ratio(*a, *b))
                .collect();
            add(&mut moved, &direction, &step);
            let back: Vec<f32> = step.iter().map(|step| -step).collect();
            add(&mut residual, &product, &back);
            let now = squares(&residual);
            let keep: Vec<f32> = now.iter().zip(&size).map(|(a, b)| ratio(*a, *b)).collect();
            let before = direction;
            direction = residual.clone();
            add(&mut direction, &before, &keep);
            size = now;
        }
        add(&mut start, &moved, &vec![1.0; moved.width]);
        start
    }

    /// Scales `start` by the factor that fits the targets best.
    fn scale(&self, start: &mut Matrix) {
        let sums = self.sums(start);
        let both: f64 = products(&sums, &self.targets).iter().sum();
        let own: f64 = squares(&sums).iter().sum();
        let factor = ratio(both, own);
        start.values.iter_mut().for_each(|value| *value *= factor);
    }

    /// For each text, the sum of its rows.
    fn sums(&self, rows: &Matrix) -> Matrix {
        let mut sums = Matrix::zeros(self.bags.len(), rows.width);
        for (at, bag) in self.bags.iter().enumerate() {
            let sum = sums.row_mut(at);
            for (row, weight) in bag {
                matrix::add(sum, *weight, rows.row(*row));
            }
        }
        sums
    }

    /// For each row, the weighted sum of the vectors of the texts that contain it.
    fn spread(&self, vectors: &Matrix, rows: usize) -> Matrix {
        let mut spread = Matrix::zeros(rows, vectors.width);
        for (bag, vector) in self.bags.iter().zip(vectors.rows()) {
            for (row, weight) in bag {
                matrix::add(spread.row_mut(*row), *weight, vector);
            }
        }
        spread
    }
}

fn ratio(a: f64, b: f64) -> f32 {
    if b > 0.0 { (a / b) as f32 } else { 0.0 }
}

fn minus(from: &mut Matrix, other: &Matrix) {
    add(from, other, &vec![-1.0; other.width]);
}

/// Adds `other` to `to`, with a factor for each column.
fn add(to: &mut Matrix, other: &Matrix, factors: &[f32]) {
    let rows = to.values.chunks_exact_mut(factors.len()).zip(other.rows());
    for (to, other) in rows {
        for ((to, other), factor) in to.iter_mut().zip(other).zip(factors) {
            *to += factor * other;
        }
    }
}

/// For each column, the dot product of the columns of two matrices.
fn products(a: &Matrix, b: &Matrix) -> Vec<f64> {
    let mut sums = vec![0.0; a.width];
    for (a, b) in a.rows().zip(b.rows()) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += f64::from(*a) * f64::from(*b);
        }
    }
    sums
}

fn squares(a: &Matrix) -> Vec<f64> {
    products(a, a)
}
