//! How well questions are grouped: `cargo run --release -p pullquote-insights --example groups -- FILE [meaning [threshold]...]`.
//!
//! The file is a question set, a JSON object a line with `question` and `article`: questions of one article belong together.
//! Prints, for each threshold, the number of groups, their purity (the share of questions that are in a group most of whose
//! questions are of their article), and the time for the first 1,000 questions, the file's repeated if it has fewer.

#![allow(clippy::print_stdout, reason = "it is a program")]

use pullquote_insights::{Joining, groups};
use serde_json::Value;
use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which question set?")?;
    let numbers: Result<Vec<f32>, _> = arguments.map(|number| number.parse()).collect();
    let numbers = numbers?;
    let lines = std::fs::read_to_string(file)?;
    let rows: Result<Vec<Value>, _> = lines.lines().map(serde_json::from_str).collect();
    let rows = rows?;
    let field = |name: &'static str| {
        rows.iter()
            .map(move |row| row[name].as_str().unwrap_or_default())
    };
    let questions: Vec<&str> = field("question").collect();
    let articles: Vec<&str> = field("article").collect();
    let thousand: Vec<&str> = questions.iter().copied().cycle().take(1_000).collect();
    let default = Joining::default();
    let meaning = numbers.first().copied().unwrap_or(default.meaning);
    let thresholds = match numbers.get(1..) {
        None | Some([]) => vec![default.threshold],
        Some(given) => given.to_vec(),
    };
    println!("{} questions, meaning {meaning}", questions.len());
    for threshold in thresholds {
        let joining = Joining {
            threshold,
            meaning,
            ..default
        };
        let found = groups(&questions, joining);
        let alike: usize = found.iter().map(|group| largest(group, &articles)).sum();
        let purity = alike as f64 / questions.len() as f64;
        let start = Instant::now();
        let count = groups(&thousand, joining).len();
        let time = start.elapsed().as_secs_f64() * 1e3;
        println!(
            "threshold {threshold:.2}: {} groups, purity {purity:.3}; 1,000 questions in {time:.1} ms ({count} groups)",
            found.len()
        );
    }
    Ok(())
}

/// Questions of the article that has most of a group.
fn largest(group: &[usize], articles: &[&str]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for &at in group {
        *counts.entry(articles[at]).or_default() += 1;
    }
    counts.into_values().max().unwrap_or_default()
}
