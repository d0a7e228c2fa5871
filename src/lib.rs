#![doc = include_str!("../ARCHITECTURE.md")]

pub mod answer;
pub mod article;
pub mod cli;
pub mod config;
pub mod discord;
pub mod doctor;
pub mod engine;
pub mod eval;
pub mod fit;
pub mod http;
pub mod index;
pub mod library;
pub mod meaning;
pub mod query;
pub mod summary;
pub mod text;
