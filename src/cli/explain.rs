//! `ask --explain`, and `/why` in the chat: how an answer was found.

use super::json;
use super::show::{BOLD, source_line, styled};
use pullquote_cards::{nearest_word, word_explained};
use pullquote_core::answer::{Answer, Contribution};
use pullquote_core::engine::Engine;
use std::fmt::Write as _;

/// The words searched for, the features of each quote, and the confidence. Empty if the answer has no explanation.
pub(super) fn explanation(engine: &Engine, answer: &Answer) -> String {
    let mut out = String::new();
    let Some(explanation) = &answer.explanation else {
        return out;
    };
    let _ = writeln!(out, "{}", styled("Words", BOLD));
    for word in &explanation.words {
        let _ = writeln!(out, "  {}", word_explained(word));
    }
    for (at, quote) in answer.quotes.iter().enumerate() {
        let article = engine.corpus().article(quote.article);
        let place = source_line(article, quote.best, quote.lines);
        let number = styled(&format!("Quote {}", at + 1), BOLD);
        let _ = writeln!(out, "{number} {place}: score {:.2}", quote.score);
        for feature in &quote.features {
            let _ = writeln!(out, "  {}", contribution(feature));
        }
        let nearest: Vec<String> = quote.nearest_words.iter().map(nearest_word).collect();
        if !nearest.is_empty() {
            let _ = writeln!(out, "  matching words: {}", nearest.join(", "));
        }
    }
    let outcome = json::outcome(answer.outcome);
    let heading = styled("Confidence", BOLD);
    let _ = writeln!(out, "{heading} {:.2}, {outcome}", answer.confidence);
    for part in &explanation.evidence {
        let _ = writeln!(out, "  {}", contribution(part));
    }
    let _ = writeln!(out, "  {}", explanation.reason);
    out
}

/// A line of a weighted sum.
fn contribution(part: &Contribution) -> String {
    let Contribution {
        name,
        value,
        weight,
    } = part;
    format!(
        "{name:<9}{value:>8.2} × {weight:<5} = {:.2}",
        value * weight
    )
}
