//! Rows trained so that texts are as near to each other as the model sees them: for each text of a batch, how its nearness is
//! shared out among the others (a softmax) should be the same for the sums of rows as for the model's vectors
//! (Fang et al. 2021, SEED, section 3.2, with a batch in the place of a queue). Adam (Kingma and Ba 2015), the step falling to 0.
//!
//! Ridge regression before it spends its numbers on what varies most; this, on what tells near texts from others.
//! The lengths of the rows are learned as well: how much a word tells of a text.

use crate::matrix::{Matrix, add, dot, normalise};
use std::thread;

/// How often all texts are gone through; from the fourth time on little is gained.
const EPOCHS: usize = 6;
/// Texts that are compared with each other.
const BATCH: usize = 1024;
/// What the model's cosines are divided by before the softmax.
const TEMPERATURE: f32 = 0.05;
/// The same for the sums of rows; where it was trained as well, it came to this.
const OWN_TEMPERATURE: f32 = 0.072;
/// The first step.
const STEP: f32 = 1e-3;
/// Adam's decays, and what keeps it from dividing by 0.
const DECAYS: (f32, f32) = (0.9, 0.999);
const EPSILON: f32 = 1e-8;

/// Trains `rows`, which begin with length 1; `bags` are texts as weighted sums of them, `seen` is what the model makes of
/// each text.
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

/// Where each row should go so that the divergence falls, and the divergence.
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
    // Of each text, what its nearness to each other one should change by, and its divergence.
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
        // Only what turns the sum counts, not what makes it longer.
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

/// How text `at` shares its nearness out among the others: 1 in all, nothing to itself.
fn shares(at: usize, count: usize, temperature: f32, near: impl Fn(usize) -> f32) -> Vec<f32> {
    let mut shares: Vec<f32> = (0..count).map(|other| near(other) / temperature).collect();
    shares[at] = f32::NEG_INFINITY;
    let largest = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    shares
        .iter_mut()
        .for_each(|share| *share = (*share - largest).exp());
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

/// `each` of the numbers below `count`, in their order, worked out on all cores.
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

/// Adam's running means.
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
    fn the_gradient_tells_how_the_divergence_changes() {
        let (rows, bags, seen) = task();
        let (gradient, _) = at(&rows, &bags, &seen);
        for number in 0..rows.values.len() {
            let moved = |by: f32| {
                let mut moved = rows.clone();
                moved.values[number] += by;
                at(&moved, &bags, &seen).1
            };
            let slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
            let told = gradient.values[number];
            assert!(
                (slope - told).abs() < 0.02 * told.abs() + 0.01,
                "{slope} {told}"
            );
        }
    }

    #[test]
    fn steps_lead_down() {
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
