//! A question that is tried: the very card that Discord would show, and why.

use crate::layout::page;
use crate::picture::exchange;
use maud::{Markup, html};
use pullquote_core::answer::{Answer, Contribution, Quote, WordExplained};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::query::Role;
use serde_json::Value;

/// Quotes that are explained.
const QUOTES: usize = 3;
/// Words that are explained.
const WORDS: usize = 60;

/// What is in the boxes of the form.
#[derive(Debug, Clone, Copy)]
pub struct Tried<'a> {
    /// The question; empty before one was tried.
    pub question: &'a str,
    /// Code of the card's language.
    pub locale: &'a str,
    /// All codes.
    pub locales: &'a [&'a str],
}

/// Why an answer is as it is: the articles, and the answer with its explanation.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// The articles.
    pub engine: &'a Engine,
    /// The answer.
    pub answer: &'a Answer,
}

/// The page with the form, and if a question was tried, with the message and why.
pub fn attempt(tried: &Tried<'_>, shown: Option<(&Value, &Why<'_>)>) -> String {
    let content = html! {
        p { "This is what a member would see who asks with " code { "/ask" } ". Nobody else sees it, and it is not counted." }
        form.try method="get" action="/try" {
            label for="question" { "Question" }
            input #question name="question" value=(tried.question) maxlength="1000" required autocomplete="off";
            label for="locale" { "Language of the card" }
            select #locale name="locale" {
                @for code in tried.locales {
                    option value=(code) selected[*code == tried.locale] { (code) }
                }
            }
            button type="submit" { "Try" }
        }
        @if let Some((body, why)) = shown {
            section aria-labelledby="card" {
                h2 #card { "On Discord" }
                div.discord { (exchange(tried.question, Some(body))) }
            }
            section aria-labelledby="why" {
                h2 #why { "Why" }
                (self::why(why))
            }
        }
    };
    page("Try a question", "/try", &content)
}

fn why(why: &Why<'_>) -> Markup {
    let Some(explanation) = &why.answer.explanation else {
        return html! { p { "This is not a question to the articles." } };
    };
    html! {
        p { "Confidence " (format!("{:.2}", why.answer.confidence)) ": " (explanation.reason) "." }
        h3 { "Words" }
        div.wide tabindex="0" role="region" aria-label="Words of the question" {
            table {
                caption.hidden { "Words of the question and what was searched for them" }
                thead { tr { th scope="col" { "Word" } th scope="col" { "Searched for" } } }
                tbody {
                    @for word in explanation.words.iter().take(WORDS) {
                        tr { th scope="row" { bdi { (word.typed) } } td { (searched(word)) } }
                    }
                }
            }
        }
        @for (at, quote) in why.answer.quotes.iter().take(QUOTES).enumerate() {
            h3 { "Quote " (at + 1) }
            p { bdi { (place(why.engine.corpus().article(quote.article), quote)) } ": score " (format!("{:.2}", quote.score)) }
            (sum(&format!("What adds to the score of quote {}", at + 1), &quote.features))
        }
        @if !explanation.evidence.is_empty() {
            h3 { "Confidence" }
            (sum("What adds to the confidence", &explanation.evidence))
        }
    }
}

fn searched(word: &WordExplained) -> Markup {
    html! {
        @match word.role {
            Role::Function => "nothing: it is a function word",
            Role::Content if word.expansions.is_empty() => "it is in no article",
            Role::Content => {
                @for (at, found) in word.expansions.iter().enumerate() {
                    @if at > 0 { ", " }
                    bdi { (found.term) } " ×" (format!("{:.2}", found.weight)) " (" (found.via.name()) ")"
                }
            }
        }
    }
}

/// `Title › Heading · file.md:12-14`.
fn place(article: &Article, quote: &Quote) -> String {
    let heading = article.paragraphs.get(quote.paragraph as usize);
    let heading = heading.and_then(|paragraph| article.heading_of(paragraph));
    let heading = heading
        .map(|heading| format!(" › {heading}"))
        .unwrap_or_default();
    format!(
        "{}{heading} · {}",
        article.meta.title,
        article.place(quote.lines)
    )
}

/// A weighted sum as a table.
fn sum(caption: &str, parts: &[Contribution]) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table {
                caption.hidden { (caption) }
                thead {
                    tr {
                        th scope="col" { "Feature" }
                        th.number scope="col" { "Value" }
                        th.number scope="col" { "Weight" }
                        th.number scope="col" { "Adds" }
                    }
                }
                tbody {
                    @for part in parts.iter().filter(|part| part.value != 0.0) {
                        tr {
                            th scope="row" { (part.name) }
                            td.number { (format!("{:.2}", part.value)) }
                            td.number { (part.weight) }
                            td.number { (format!("{:.2}", part.value * part.weight)) }
                        }
                    }
                }
            }
        }
    }
}
