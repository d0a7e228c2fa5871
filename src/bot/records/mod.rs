//! What was asked, and what came of it.
//!
//! - `recorder.rs`: takes note of it; `insights.rs`: how managers see it; `digest.rs`: the weekly digest

pub(super) mod digest;
pub(super) mod insights;
pub(super) mod recorder;
