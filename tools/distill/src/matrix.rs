//! Linear algebra: matrices of `f32` by rows, and principal components.

/// A matrix, stored row by row.
#[derive(Clone)]
pub struct Matrix {
    pub width: usize,
    pub values: Vec<f32>,
}

impl Matrix {
    pub fn new(width: usize) -> Matrix {
        Matrix {
            width,
            values: Vec::new(),
        }
    }

    pub fn zeros(rows: usize, width: usize) -> Matrix {
        Matrix {
            width,
            values: vec![0.0; rows * width],
        }
    }

    pub fn push(&mut self, row: &[f32]) {
        assert_eq!(row.len(), self.width);
        self.values.extend_from_slice(row);
    }

    pub fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.width)
    }

    pub fn len(&self) -> usize {
        self.values.len() / self.width
    }

    pub fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }

    pub fn row_mut(&mut self, at: usize) -> &mut [f32] {
        &mut self.values[at * self.width..(at + 1) * self.width]
    }

    /// Some of the rows.
    pub fn only(&self, rows: &[usize]) -> Matrix {
        let mut only = Matrix::new(self.width);
        rows.iter().for_each(|at| only.push(self.row(*at)));
        only
    }

    pub fn mean(&self) -> Vec<f32> {
        let mut sum = vec![0.0f64; self.width];
        for row in self.rows() {
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += f64::from(*value);
            }
        }
        let rows = self.len().max(1) as f64;
        sum.into_iter().map(|sum| (sum / rows) as f32).collect()
    }

    /// Subtracts `offset` from each row.
    pub fn subtract(&mut self, offset: &[f32]) {
        for row in self.values.chunks_exact_mut(self.width) {
            for (value, offset) in row.iter_mut().zip(offset) {
                *value -= offset;
            }
        }
    }

    /// The coordinates of each row in `basis`.
    pub fn project(&self, basis: &Matrix) -> Matrix {
        let mut projected = Matrix::new(basis.len());
        for row in self.rows() {
            let coordinates: Vec<f32> = basis.rows().map(|direction| dot(row, direction)).collect();
            projected.push(&coordinates);
        }
        projected
    }

    /// The first `count` principal components of the rows, which must have mean 0.
    pub fn principal(&self, count: usize) -> Matrix {
        let width = self.width;
        let mut covariance = vec![0.0f64; width * width];
        for row in self.rows() {
            for (a, line) in row.iter().zip(covariance.chunks_exact_mut(width)) {
                for (b, cell) in row.iter().zip(line) {
                    *cell += f64::from(*a) * f64::from(*b);
                }
            }
        }
        let (strengths, directions) = eigen(covariance, width);
        let mut order: Vec<usize> = (0..width).collect();
        order.sort_by(|a, b| strengths[*b].total_cmp(&strengths[*a]));
        let mut basis = Matrix::new(width);
        for at in order.into_iter().take(count) {
            let direction: Vec<f32> = (0..width)
                .map(|row| directions[row * width + at] as f32)
                .collect();
            basis.push(&direction);
        }
        basis
    }
}

/// Dot product. Separate sums per lane let the compiler vectorize it, since it must not reorder a sum of floats.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

/// Adds `factor` times `row` to another row.
pub fn add(to: &mut [f32], factor: f32, row: &[f32]) {
    to.iter_mut()
        .zip(row)
        .for_each(|(to, value)| *to += factor * value);
}

/// Scales `row` to length 1, unless it is 0.
pub fn normalise(row: &mut [f32]) {
    let length = dot(row, row).sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|value| *value /= length);
    }
}

/// Eigenvalues of a symmetric matrix, and its eigenvectors as columns, by cyclic Jacobi rotations.
fn eigen(mut a: Vec<f64>, width: usize) -> (Vec<f64>, Vec<f64>) {
    let mut vectors = vec![0.0; width * width];
    for at in 0..width {
        vectors[at * width + at] = 1.0;
    }
    for _ in 0..30 {
        let mut off = 0.0;
        for p in 0..width {
            for q in p + 1..width {
                let (app, aqq, apq) = (a[p * width + p], a[q * width + q], a[p * width + q]);
                if apq.abs() <= 1e-12 * (app * aqq).abs().sqrt() {
                    continue;
                }
                off += apq * apq;
                let theta = (aqq - app) / (2.0 * apq);
                let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                let sine = tangent * cosine;
                for k in 0..width {
                    let (x, y) = (a[k * width + p], a[k * width + q]);
                    a[k * width + p] = cosine * x - sine * y;
                    a[k * width + q] = sine * x + cosine * y;
                }
                for k in 0..width {
                    let (x, y) = (a[p * width + k], a[q * width + k]);
                    a[p * width + k] = cosine * x - sine * y;
                    a[q * width + k] = sine * x + cosine * y;
                }
                for k in 0..width {
                    let (x, y) = (vectors[k * width + p], vectors[k * width + q]);
                    vectors[k * width + p] = cosine * x - sine * y;
                    vectors[k * width + q] = sine * x + cosine * y;
                }
            }
        }
        if off == 0.0 {
            break;
        }
    }
    ((0..width).map(|at| a[at * width + at]).collect(), vectors)
}
