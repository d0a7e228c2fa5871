#![doc = include_str!("../ARCHITECTURE.md")]

pub mod answer;
pub mod article;
pub mod engine;
pub mod fit;
pub mod index;
pub mod library;
pub mod query;
pub mod text;
