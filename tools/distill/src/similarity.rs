//! Trains rows so that similarities between texts match the model's. For each text of a batch, the softmax of its
//! similarities to the others should be the same for sums of rows as for the model's vectors (Fang et al. 2021, SEED, section
//! 3.2, with a batch instead of a queue). The optimizer is Adam (Kingma and Ba 2015); its step decreases to 0.
//!
//! Ridge regression, which comes before, fits what varies most; this fits what distinguishes similar texts. It also learns
//! the lengths of the rows, which are the weights of words.

use crate::matrix::{Matrix, add, dot, normalise};
use std::thread;

/// Passes over all texts. Little is gained from the fourth on.
const EPOCHS: usize = 6;
/// Texts per batch.
const BATCH: usize = 1024;
/// Temperature of the softmax over the model's cosines.
const TEMPERATURE: f32 = 0.05;
/// Temperature for sums of rows. Training it converged to this value.
const OWN_TEMPERATURE: f32 = 0.072;
/// Initial step size.
const STEP: f32 = 1e-3;
/// Parameters of Adam: decay rates, and the constant that prevents division by 0.
const DECAYS: (f32, f32) = (0.9, 0.999);
const EPSILON: f32 = 1e-8;

/// Trains `rows`, which are first normalized. `bags` are texts as weighted sums of rows; `seen` are the model's vectors of
/// the texts.
pub fn train(mut rows: Matrix, bags: &[Vec<(usize, f32)>], mut seen: Matrix) -> Matrix {
    assert_eq!(bags.len(), seen.len(), "a vector for each text");
    normalise_all(&mut seen);
    normalise_all(&mut rows);
    let mut random = fastrand::Rng::with_seed(1);
    let mut order: Vec<usize> = (0..bags.len()).collect();
    let steps = EPOCHS * (bags.len() / BATCH);
    let mut adam = Adam::new(rows.values.len());
    let mut step = 0;
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for batch in order.chunks_exact(BATCH) {
            let of_batch: Vec<&[(usize, f32)]> =
                batch.iter().map(|at| bags[*at].as_slice()).collect();
            let wanted: Vec<&[f32]> = batch.iter().map(|at| seen.row(*at)).collect();
            let (gradient, of_loss) = gradient(&rows, &of_batch, &wanted);
            loss += of_loss;
            let left = 1.0 - step as f32 / steps as f32;
            adam.step(&mut rows.values, &gradient.values, STEP * left);
            step += 1;
        }
        println!(
            "training {} of {EPOCHS}: {:.4}",
            epoch + 1,
            loss / (bags.len() / BATCH).max(1) as f32
        );
    }
    rows
}

/// The gradient of the divergence by the rows, and the divergence.
fn gradient(rows: &Matrix, bags: &[&[(usize, f32)]], wanted: &[&[f32]]) -> (Matrix, f32) {
    let mut directions = Matrix::zeros(bags.len(), rows.width);
    let mut lengths = Vec::with_capacity(bags.len());
    for (at, bag) in bags.iter().enumerate() {
        let sum = directions.row_mut(at);
        for (row, weight) in *bag {
            add(sum, *weight, rows.row(*row));
        }
        lengths.push(dot(sum, sum).sqrt().max(f32::MIN_POSITIVE));
        normalise(sum);
    }
    // For each text, the differences of its shares, and its divergence.
    let apart = in_parallel(bags.len(), |at| {
        let own = shares(at, bags.len(), OWN_TEMPERATURE, |other| {
            dot(directions.row(at), directions.row(other))
        });
        let wanted = shares(at, bags.len(), TEMPERATURE, |other| {
            dot(wanted[at], wanted[other])
        });
        let terms = wanted.iter().zip(&own).filter(|(wanted, _)| **wanted > 0.0);
        let divergence: f32 = terms
            .map(|(wanted, own)| wanted * (wanted / own.max(f32::MIN_POSITIVE)).ln())
            .sum();
        let apart: Vec<f32> = own
            .iter()
            .zip(&wanted)
            .map(|(own, wanted)| own - wanted)
            .collect();
        (apart, divergence)
    });
    let scale = 1.0 / (OWN_TEMPERATURE * bags.len() as f32);
    let of_sums = in_parallel(bags.len(), |at| {
        let mut towards = vec![0.0; rows.width];
        for (other, (row, _)) in apart.iter().enumerate() {
            add(
                &mut towards,
                scale * (apart[at].0[other] + row[at]),
                directions.row(other),
            );
        }
        // The loss depends on the direction of the sum, not on its length.
        let along = dot(&towards, directions.row(at));
        add(&mut towards, -along, directions.row(at));
        towards.iter_mut().for_each(|value| *value /= lengths[at]);
        towards
    });
    let mut gradient = Matrix::zeros(rows.len(), rows.width);
    for (bag, towards) in bags.iter().zip(&of_sums) {
        for (row, weight) in *bag {
            add(gradient.row_mut(*row), *weight, towards);
        }
    }
    let divergence: f32 = apart.iter().map(|(_, divergence)| divergence).sum();
    (gradient, divergence / bags.len() as f32)
}

/// The softmax of the similarities of text `at` to the others; 0 for itself.
fn shares(
    at: usize,
    count: usize,
    temperature: f32,
    similarity: impl Fn(usize) -> f32,
) -> Vec<f32> {
    let mut shares: Vec<f32> = (0..count)
        .map(|other| similarity(other) / temperature)
        .collect();
    shares[at] = f32::NEG_INFINITY;
    let largest = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    shares
        .iter_mut()
        .for_each(|share| *share = (*share - largest).exp());
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

/// Computes `each` of 0 to `count` on all cores. The results are in order.
fn in_parallel<T: Send>(count: usize, each: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let part = count.div_ceil(threads).max(1);
    let each = &each;
    thread::scope(|scope| {
        let parts: Vec<_> = (0..count)
            .step_by(part)
            .map(|first| {
                scope.spawn(move || {
                    (first..count.min(first + part))
                        .map(each)
                        .collect::<Vec<T>>()
                })
            })
            .collect();
        let parts = parts
            .into_iter()
            .flat_map(|part| part.join().expect("no panic"));
        parts.collect()
    })
}

/// Adam's moment estimates.
struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
    steps: i32,
}

impl Adam {
    fn new(count: usize) -> Adam {
        Adam {
            first: vec![0.0; count],
            second: vec![0.0; count],
            steps: 0,
        }
    }

    fn step(&mut self, values: &mut [f32], gradient: &[f32], step: f32) {
        self.steps += 1;
        let (keep_first, keep_second) = DECAYS;
        let of_first = 1.0 / (1.0 - keep_first.powi(self.steps));
        let of_second = 1.0 / (1.0 - keep_second.powi(self.steps));
        let means = self.first.iter_mut().zip(&mut self.second);
        for ((value, gradient), (first, second)) in values.iter_mut().zip(gradient).zip(means) {
            *first += (1.0 - keep_first) * (gradient - *first);
            *second += (1.0 - keep_second) * (gradient * gradient - *second);
            *value -= step * *first * of_first / ((*second * of_second).sqrt() + EPSILON);
        }
    }
}

fn normalise_all(matrix: &mut Matrix) {
    let width = matrix.width;
    matrix.values.chunks_exact_mut(width).for_each(normalise);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six texts over four rows.
    fn task() -> (Matrix, Vec<Vec<(usize, f32)>>, Matrix) {
        let mut random = fastrand::Rng::with_seed(7);
        let mut matrix = |rows: usize, width: usize| Matrix {
            width,
            values: (0..rows * width).map(|_| random.f32() - 0.5).collect(),
        };
        let (rows, mut seen) = (matrix(4, 3), matrix(6, 5));
        normalise_all(&mut seen);
        let bag = |at: usize| vec![(at % 4, 0.7), ((at * at + 1) % 4, 0.4)];
        (rows, (0..6).map(bag).collect(), seen)
    }

    fn at(rows: &Matrix, bags: &[Vec<(usize, f32)>], seen: &Matrix) -> (Matrix, f32) {
        let bags: Vec<&[(usize, f32)]> = bags.iter().map(Vec::as_slice).collect();
        let wanted: Vec<&[f32]> = seen.rows().collect();
        gradient(rows, &bags, &wanted)
    }

    #[test]
    fn the_gradient_matches_finite_differences() {
        let (rows, bags, seen) = task();
        let (gradient, _) = at(&rows, &bags, &seen);
        for number in 0..rows.values.len() {
            let moved = |by: f32| {
                let mut moved = rows.clone();
                moved.values[number] += by;
                at(&moved, &bags, &seen).1
            };
            let slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
            let computed = gradient.values[number];
            assert!(
                (slope - computed).abs() < 0.02 * computed.abs() + 0.01,
                "{slope} {computed}"
            );
        }
    }

    #[test]
    fn training_reduces_the_divergence() {
        let (mut rows, bags, seen) = task();
        let before = at(&rows, &bags, &seen).1;
        let mut adam = Adam::new(rows.values.len());
        for _ in 0..100 {
            let (gradient, _) = at(&rows, &bags, &seen);
            adam.step(&mut rows.values, &gradient.values, 0.01);
        }
        let after = at(&rows, &bags, &seen).1;
        assert!(after < 0.8 * before, "{before} {after}");
    }
}
