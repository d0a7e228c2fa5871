//! The program: a thin library, so that its tests can reach inside.

pub mod bot;
pub mod cli;
pub mod config;
pub mod doctor;
pub mod http;
pub mod telemetry;
