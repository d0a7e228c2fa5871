//! What is replied: the best passages ranked, a sentence of each as the quote, and how sure that is.

mod features;

pub use features::{FEATURES, Feature, Features, Reader, Scratch as FeatureScratch};
