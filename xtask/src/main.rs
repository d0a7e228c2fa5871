//! Tasks of the project that its users never need.
//!
//! ```text
//! cargo run --release -p xtask -- tune DIR...            find the weights of ranking and confidence
//! cargo run --release -p xtask -- compare OLD NEW        compare the answers of two builds
//! cargo run --release -p xtask -- pictures > page.html   draw the cards as Discord does
//! cargo run -p xtask -- cards                            draw the cards and forms in the documentation
//! cargo run --release -p xtask -- recording              record a session in a terminal, for the README
//! cargo run --release -p xtask -- page                   measure the pages for the host
//! cargo run --release -p xtask -- teaching               measure how long managers wait for the bot
//! cargo run --release -p xtask -- export                 measure how soon an export answers
//! cargo run -p xtask -- counts                           count files, long functions, crates, missing examples
//! ```

mod cards;
mod cards_data;
mod compare;
mod counts;
mod export;
mod page;
mod pictures;
mod recording;
mod teaching;
mod tune;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

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
    /// Find the weights of ranking and confidence from question sets
    Tune(tune::Tune),
    /// Compare the answers of two builds; exit with 1 if any differ
    Compare(compare::Compare),
    /// Draw the cards as an HTML page
    Pictures(pictures::Pictures),
    /// Draw the cards and forms of teaching as docs/src/cards/*.svg
    Cards(cards::Cards),
    /// Record a session in a terminal as docs/terminal.cast and docs/terminal.svg
    Recording(recording::Recording),
    /// Measure how soon the pages for the host arrive, and how large they are
    Page(page::Page),
    /// Measure how soon an upload answers, and /insights with many questions
    Teaching(teaching::Teaching),
    /// Measure how soon an export of many articles answers
    Export(export::Export),
    /// Count files, long functions, crates built and public items without an example
    Counts(counts::Counts),
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    match arguments.task {
        Task::Tune(tune) => tune.run().map(|()| ExitCode::SUCCESS),
        Task::Compare(compare) => compare.run(&arguments.knowledge),
        Task::Pictures(pictures) => pictures
            .run(&arguments.knowledge)
            .map(|()| ExitCode::SUCCESS),
        Task::Cards(cards) => cards.run(),
        Task::Recording(recording) => recording.run(&arguments.knowledge),
        Task::Page(page) => page.run().map(|()| ExitCode::SUCCESS),
        Task::Teaching(teaching) => teaching.run().map(|()| ExitCode::SUCCESS),
        Task::Export(export) => export.run().map(|()| ExitCode::SUCCESS),
        Task::Counts(counts) => counts.run().map(|()| ExitCode::SUCCESS),
    }
}
