//! Ranks the passages of an article and prints what each feature contributes to a score.
//!
//! ```sh
//! cargo run --example rank -- "When does the ferry leave?"
//! ```

#![allow(clippy::print_stdout)] // it prints the ranking

use pullquote_core::answer::Options;
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use std::error::Error;

const ARTICLE: &str = "# Ferry\n\n\
    The ferry leaves at seven every morning.\n\n\
    A ticket costs four crowns. Children travel free.\n\n\
    In winter the harbour freezes and the ferry stays in port.\n";

fn main() -> Result<(), Box<dyn Error>> {
    let question = std::env::args().nth(1);
    let question = question.as_deref().unwrap_or("When does the ferry leave?");
    let document = pullquote_readers::read("ferry.md", ARTICLE.as_bytes());
    let article = Article::new("ferry.md", document).ok_or("the article has no text")?;
    let engine = Engine::build(vec![article]);
    let options = Options {
        explain: true,
        always: true, // return the best passages even if none answers
        ..Options::default()
    };
    for quote in engine.ask(question, &options).quotes {
        let article = engine.corpus().article(quote.article);
        println!("{:.2}: {}", quote.score, quote.span.of(&article.text));
        for part in &quote.features {
            println!("{:>10.2} {}", part.value * part.weight, part.name);
        }
    }
    Ok(())
}
