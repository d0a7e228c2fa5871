//! Tasks of the project that its users never need.
//!
//! ```text
//! cargo run --release -p xtask -- tune DIR...         constants of ranking and calibration from question sets
//! cargo run --release -p xtask -- pictures > page.html  cards as Discord draws them
//! ```

mod pictures;
mod regression;
mod tune;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Tasks of the project.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folder that contains the articles
    #[arg(long, global = true, value_name = "DIR", default_value = "knowledge")]
    knowledge: PathBuf,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Find the constants of ranking and confidence from question sets
    Tune(tune::Tune),
    /// Draw what members see as an HTML page
    Pictures(pictures::Pictures),
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match arguments.task {
        Task::Tune(tune) => tune.run(),
        Task::Pictures(pictures) => pictures.run(&arguments.knowledge),
    }
}
