//! What one feature adds to a score or to the confidence.

/// One feature's part in a weighted sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Name of the feature.
    pub name: &'static str,
    /// Its value.
    pub value: f32,
    /// What the value is multiplied by.
    pub weight: f32,
}
