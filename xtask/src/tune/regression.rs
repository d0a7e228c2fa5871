//! Regressions: weights from examples. Deterministic, with full-batch gradients from a fixed start.

/// One example of a two-way choice.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Example {
    /// The features.
    pub(crate) values: Vec<f64>,
    /// The outcome.
    pub(crate) right: bool,
    /// How much the example counts.
    pub(crate) weight: f64,
}

/// The candidates of one question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Listing {
    /// For each candidate, its features and whether it answers. At least one must answer.
    pub(crate) candidates: Vec<(Vec<f64>, bool)>,
    /// How much the question counts.
    pub(crate) weight: f64,
}

/// Ridge penalty of the logistic regression, whose inputs are scaled to unit variance.
const RIDGE: f64 = 1e-3;
/// Most rounds of gradient ascent.
const ROUNDS: usize = 2_000;
/// Length of its first step.
const FIRST_STEP: f64 = 1.0;

/// Logistic regression with a small ridge penalty (Hastie, Tibshirani & Friedman 2009, section 4.4). Returns a weight
/// for each feature, and the intercept.
pub(crate) fn logistic(examples: &[Example]) -> (Vec<f64>, f64) {
    let width = examples.first().map_or(0, |example| example.values.len());
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    if width == 0 || total <= 0.0 {
        return (vec![0.0; width], 0.0);
    }
    let (mean, spread) = moments(examples, width, total);
    let scaled = |example: &Example| {
        let values = example.values.iter().zip(&mean).zip(&spread);
        let one = std::iter::once(1.0);
        values
            .map(|((value, mean), spread)| (value - mean) / spread)
            .chain(one)
            .collect()
    };
    let rows: Vec<Vec<f64>> = examples.iter().map(scaled).collect();
    let likelihood = |weights: &[f64]| {
        let (intercept, slopes) = weights.split_last().unwrap_or((&0.0, &[]));
        let mut value = -RIDGE * dot(slopes, slopes);
        let mut gradient: Vec<f64> = slopes.iter().map(|slope| -2.0 * RIDGE * slope).collect();
        gradient.push(-1e-9 * intercept);
        for (row, example) in rows.iter().zip(examples) {
            let share = example.weight / total;
            let chance = sigmoid(dot(row, weights));
            let (predicted, right) = if example.right {
                (chance, 1.0)
            } else {
                (1.0 - chance, 0.0)
            };
            value += share * predicted.max(1e-300).ln();
            add(&mut gradient, share * (right - chance), row);
        }
        (value, gradient)
    };
    let mut weights = ascend(likelihood, vec![0.0; width + 1], f64::MIN);
    let mut intercept = weights.pop().unwrap_or_default();
    for (weight, (mean, spread)) in weights.iter_mut().zip(mean.iter().zip(&spread)) {
        *weight /= spread;
        intercept -= *weight * mean;
    }
    (weights, intercept)
}

/// Weights of a sum that puts right candidates first: maximises the softmax likelihood of choosing a right candidate
/// (`ListNet`'s top-one probability, Cao et al. 2007, section 4). No weight goes below 0.
pub(crate) fn listwise(listings: &[Listing], start: &[f64]) -> Vec<f64> {
    let total: f64 = listings.iter().map(|listing| listing.weight).sum();
    let likelihood = |weights: &[f64]| {
        let mut gradient = vec![0.0; weights.len()];
        let mut value = 0.0;
        for listing in listings {
            let score = |(values, _): &(Vec<f64>, bool)| dot(values, weights);
            let scores: Vec<f64> = listing.candidates.iter().map(score).collect();
            let highest = scores.iter().copied().fold(f64::MIN, f64::max);
            let masses: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
            let all: f64 = masses.iter().sum();
            let rights = masses.iter().zip(&listing.candidates);
            let right: f64 = rights
                .filter(|(_, (_, right))| *right)
                .map(|(mass, _)| mass)
                .sum();
            let right = right.max(1e-300);
            let share = listing.weight / total;
            value += share * (right / all).ln();
            for (mass, (values, is_right)) in masses.iter().zip(&listing.candidates) {
                let chosen = if *is_right { mass / right } else { 0.0 };
                add(&mut gradient, share * (chosen - mass / all), values);
            }
        }
        (value, gradient)
    };
    ascend(likelihood, start.to_vec(), 0.0)
}

/// Gradient ascent on `objective`, which returns its value and gradient. Steps grow while they improve the value and
/// shrink where they do not. No weight goes below `floor`.
fn ascend(
    objective: impl Fn(&[f64]) -> (f64, Vec<f64>),
    mut weights: Vec<f64>,
    floor: f64,
) -> Vec<f64> {
    let mut step = FIRST_STEP;
    let (mut height, mut gradient) = objective(&weights);
    for _ in 0..ROUNDS {
        let mut tried = weights.clone();
        add(&mut tried, step, &gradient);
        for weight in &mut tried {
            *weight = weight.max(floor);
        }
        let (reached, slopes) = objective(&tried);
        if reached > height {
            (weights, height, gradient) = (tried, reached, slopes);
            step *= 1.3;
        } else {
            step *= 0.5;
        }
        if step < 1e-12 {
            break;
        }
    }
    weights
}

fn moments(examples: &[Example], width: usize, total: f64) -> (Vec<f64>, Vec<f64>) {
    let mean_of = |value: &dyn Fn(&Example) -> f64| {
        examples
            .iter()
            .map(|example| example.weight * value(example))
            .sum::<f64>()
            / total
    };
    let mean: Vec<f64> = (0..width)
        .map(|at| mean_of(&|example| example.values[at]))
        .collect();
    let spread = (0..width)
        .map(|at| {
            mean_of(&|example| (example.values[at] - mean[at]).powi(2))
                .sqrt()
                .max(1e-9)
        })
        .collect();
    (mean, spread)
}

fn sigmoid(value: f64) -> f64 {
    1.0 / (1.0 + (-value).exp())
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// `sum += factor * row`.
fn add(sum: &mut [f64], factor: f64, row: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logistic_recovers_known_probabilities() {
        let (slope, intercept) = (2.0, -1.0);
        let examples: Vec<Example> = (-40..=40)
            .flat_map(|at| {
                let value = f64::from(at) / 10.0;
                let chance = sigmoid(slope * value + intercept);
                [(true, chance), (false, 1.0 - chance)].map(|(right, weight)| Example {
                    values: vec![value, 5.0],
                    right,
                    weight,
                })
            })
            .collect();
        let (weights, found) = logistic(&examples);
        let at = |value: f64| sigmoid(weights[0] * value + weights[1] * 5.0 + found);
        for value in [-2.0, 0.0, 0.5, 2.0] {
            let truth = sigmoid(slope * value + intercept);
            assert!(
                (at(value) - truth).abs() < 0.03,
                "{value}: {} for {truth}",
                at(value)
            );
        }
    }

    #[test]
    fn logistic_survives_separable_examples() {
        let examples: Vec<Example> = (0..10)
            .map(|at| Example {
                values: vec![f64::from(at)],
                right: at > 4,
                weight: 1.0,
            })
            .collect();
        let (weights, intercept) = logistic(&examples);
        assert!(weights[0] > 0.0 && weights[0].is_finite() && intercept.is_finite());
        assert_eq!(logistic(&[]), (Vec::new(), 0.0));
    }

    #[test]
    fn listwise_weights_the_feature_that_separates() {
        let listing = |noise: f64| Listing {
            candidates: vec![
                (vec![1.0, noise, -1.0], true),
                (vec![0.2, 1.0 - noise, 1.0], false),
                (vec![0.5, 0.5, 0.0], false),
            ],
            weight: 1.0,
        };
        let listings: Vec<Listing> = (0..10).map(|at| listing(f64::from(at) / 9.0)).collect();
        let weights = listwise(&listings, &[1.0, 1.0, 1.0]);
        assert!(weights[0] > 10.0 * weights[1], "{weights:?}");
        assert!(weights[2] < 1e-9, "never below zero: {weights:?}");
    }
}
