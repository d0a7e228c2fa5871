#![doc = include_str!("../ARCHITECTURE.md")]

pub mod article;
pub mod text;
