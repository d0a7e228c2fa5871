//! A question that is tried: the very card that Discord would show, and why.

use crate::layout::{counted, encoded, page, prose};
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
#[derive(Debug, Clone)]
pub struct Tried<'a> {
    /// The question; empty before one was tried.
    pub question: &'a str,
    /// Code of the card's language.
    pub locale: &'a str,
    /// All codes.
    pub locales: &'a [&'a str],
    /// The id of a server; empty for an answer from the shared articles.
    pub server: &'a str,
    /// The ids of a member's roles there.
    pub roles: &'a str,
    /// The id of a channel there.
    pub channel: &'a str,
    /// Ids of servers that are suggested.
    pub servers: &'a [u64],
    /// What is wrong with the ids.
    pub problem: Option<&'a str>,
    /// What the demo suggests to try in its server.
    pub examples: Vec<Example>,
}

/// A question to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Who asks it.
    pub label: String,
    /// The address of the page with its card.
    pub address: String,
}

/// The address of the page with a question that is tried.
///
/// ```
/// assert_eq!(pullquote_page::try_address("When & where?"), "/try?question=When+%26+where%3F");
/// assert_eq!(pullquote_page::try_address(""), "/try");
/// ```
pub fn try_address(question: &str) -> String {
    match question {
        "" => "/try".to_owned(),
        question => format!("/try?question={}", encoded(question)),
    }
}

/// Why an answer is as it is: the articles, and the answer with its explanation.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// The articles.
    pub engine: &'a Engine,
    /// The answer.
    pub answer: &'a Answer,
    /// Whether nothing is kept of the server.
    pub is_unknown_server: bool,
    /// Whether it is the answer to a private question.
    pub is_private: bool,
}

/// The page with the form, and if a question was tried, with the message and why.
pub fn attempt(tried: &Tried<'_>, shown: Option<(&Value, &Why<'_>)>) -> String {
    let content = html! {
        p { "This is what a member would see who asks with " code { "/ask" } ". Nobody else sees it, and it is not counted." }
        @if let Some(problem) = tried.problem { p.verdict.error role="alert" { (prose(problem)) } }
        (form(tried))
        @if !tried.examples.is_empty() {
            p {
                "The demo has a server with an article that only some of its members see. Ask it "
                @for (at, example) in tried.examples.iter().enumerate() {
                    @if at > 0 { " or " }
                    a href=(example.address) { (example.label) }
                }
                "."
            }
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

fn form(tried: &Tried<'_>) -> Markup {
    let in_server = [tried.server, tried.roles, tried.channel]
        .iter()
        .any(|it| !it.is_empty());
    html! {
        form.try method="get" action="/try" {
            label for="question" { "Question" }
            input #question name="question" value=(tried.question) maxlength="1000" required autocomplete="off";
            label for="locale" { "Language of the card" }
            select #locale name="locale" {
                @for code in tried.locales {
                    option value=(code) selected[*code == tried.locale] { (code) }
                }
            }
            details open[in_server] {
                summary { "In a server" }
                p.note #server-help {
                    "With its own articles and settings. Ids can be copied in Discord with Developer Mode on (Settings, Advanced)."
                }
                (ids("server", "Server", "one id", tried.server, (!tried.servers.is_empty()).then_some("servers")))
                (ids("roles", "Roles of the member", "ids with spaces between them", tried.roles, None))
                (ids("channel", "Channel", "one id", tried.channel, None))
                @if !tried.servers.is_empty() {
                    datalist #servers { @for server in tried.servers { option value=(server) {} } }
                }
            }
            button type="submit" { "Try" }
        }
    }
}

/// A box for ids. `list` names those that are suggested.
fn ids(name: &str, label: &str, hint: &str, value: &str, list: Option<&str>) -> Markup {
    html! {
        label for=(name) { (label) }
        input #(name) name=(name) value=(value) list=[list] placeholder=(hint) maxlength="5000" inputmode="numeric" autocomplete="off"
            aria-describedby="server-help";
    }
}

fn why(why: &Why<'_>) -> Markup {
    let articles = why.engine.corpus().article_count() as u64;
    let Some(explanation) = &why.answer.explanation else {
        return html! { p { "This is not a question to the articles." } };
    };
    html! {
        p {
            "Answered from " (counted(articles, "article")) " that this member sees. "
            @if why.is_unknown_server { "Nothing is kept of that server: it has no articles or settings of its own. " }
            @if why.is_private {
                "This is the answer to a private question: one that everyone in the channel reads contains only what everyone may see."
            }
        }
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
    let heading = article.section_name(quote.best);
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
