//! Asks a folder of articles one question.
//!
//! ```sh
//! cargo run --example ask_folder -- knowledge "Why did North Korea want détente?"
//! ```

#![allow(clippy::print_stdout)] // it prints the answer

use pullquote_core::answer::{Options, Outcome};
use pullquote_core::engine::Engine;
use pullquote_library::{Limits, load};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, question] = arguments.as_slice() else {
        return Err("usage: ask_folder FOLDER QUESTION".into());
    };
    let library = load(Path::new(folder), &Limits::default())?;
    let engine = Engine::build(library.articles);

    let answer = engine.ask(question, &Options::default());
    if answer.outcome == Outcome::Unknown {
        println!("No answer found.");
    }
    for quote in &answer.quotes {
        let article = engine.corpus().article(quote.article);
        let lines = quote.lines;
        println!("> {}", quote.span.of(&article.text));
        println!("{}, lines {}-{}\n", article.path, lines.first, lines.last);
    }
    Ok(())
}
