//! `ask --explain`, and `/why` in the chat: how an answer was found.

use super::json;
use super::show::{BOLD, safe, source_line, styled};
use pullquote_core::answer::{Answer, Contribution, NearestWord, WordExplained};
use pullquote_core::engine::Engine;
use pullquote_core::query::Role;
use std::fmt::Write as _;

/// The words searched for, the features of each quote, and the confidence. Empty if the answer has no explanation.
pub(super) fn explanation(engine: &Engine, answer: &Answer) -> String {
    let mut out = String::new();
    let Some(explanation) = &answer.explanation else {
        return out;
    };
    let _ = writeln!(out, "{}", styled("Words", BOLD));
    for word in &explanation.words {
        let _ = writeln!(out, "  {}", self::word(word));
    }
    for (at, quote) in answer.quotes.iter().enumerate() {
        let article = engine.corpus().article(quote.article);
        let place = source_line(article, quote.paragraph, quote.lines);
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

/// A word of the question and the terms that were searched for it.
fn word(word: &WordExplained) -> String {
    let expansions = word.expansions.iter().map(|found| {
        let kind = found.via.name();
        format!("{} ×{:.2} ({kind})", safe(&found.term), found.weight)
    });
    let expansions: Vec<String> = expansions.collect();
    let searched = match word.role {
        Role::Function => "function word, not searched".to_owned(),
        Role::Content if expansions.is_empty() => format!("in no article (idf {:.2})", word.idf),
        Role::Content => format!("{} (idf {:.2})", expansions.join(", "), word.idf),
    };
    format!("{}: {searched}", safe(&word.typed))
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

/// A word of the question, the most similar word of the quote, and their similarity.
fn nearest_word(word: &NearestWord) -> String {
    format!(
        "{} ~ {} {:.2}",
        safe(&word.asked),
        safe(&word.found),
        word.similarity
    )
}
