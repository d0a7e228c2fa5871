//! How a file was read: its text, what was left out, and what is wrong.

use crate::layout::{counted, cut, encoded, grouped, prose};
use crate::quotes::Quoted;
use maud::{Markup, html};
use pullquote_core::article::{Article, Dropped, Numbering, ParagraphKind, Problem, Severity};
use pullquote_core::text::Language;

/// Bytes of an article's text that are shown.
const TEXT: usize = 20_000;
/// Problems and texts left out that are shown.
const LISTED: usize = 30;
/// Characters of a text that was left out.
const EXCERPT: usize = 120;

/// How a file was read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Its article; `None` if it cannot be used.
    pub article: Option<&'a Article>,
    /// What is wrong.
    pub problems: &'a [Problem],
    /// What was left out.
    pub left_out: &'a [Dropped],
    /// What the numbers of `left_out` count.
    pub numbering: Numbering,
    /// Keys of its front matter without a meaning.
    pub unused_keys: &'a [String],
    /// Its texts that other articles have as well.
    pub repeated: &'a [Repeated],
    /// How often it was quoted; `None` if that is not known.
    pub quoted: Option<Quoted>,
}

/// A text that several articles have, word for word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repeated {
    /// The text.
    pub text: String,
    /// Paths of the other articles.
    pub others: Vec<String>,
}

/// How a file was read: problems first, then the text as it can be quoted, then what was left out.
pub fn reading(reading: &Reading<'_>) -> Markup {
    html! {
        (problems(reading))
        (repeated(reading.repeated))
        @if let Some(article) = reading.article {
            section aria-labelledby="text" {
                h2 #text { "As it is read" }
                (text(article))
            }
        }
        (left_out(reading))
    }
}

fn problems(reading: &Reading<'_>) -> Markup {
    let more = reading.problems.len().saturating_sub(LISTED) as u64;
    html! {
        @if !reading.problems.is_empty() || !reading.unused_keys.is_empty() {
            section aria-labelledby="problems" {
                h2 #problems { "Problems" }
                ul.findings {
                    @for problem in reading.problems.iter().take(LISTED) {
                        @let (class, word) = match problem.severity {
                            Severity::Error => ("error", "Error"),
                            Severity::Warning => ("warning", "Warning"),
                        };
                        li {
                            span class=(format!("badge {class}")) { (word) }
                            div {
                                @if let Some(line) = problem.line { "Line " (line) ": " }
                                (prose(&cut(&problem.message, 500)))
                            }
                        }
                    }
                    @if !reading.unused_keys.is_empty() {
                        li {
                            span.badge.ok { "Note" }
                            div {
                                "Front matter keys without a meaning here: "
                                bdi { (cut(&reading.unused_keys.join(", "), 500)) }
                            }
                        }
                    }
                }
                @if more > 0 { p { "And " (grouped(more)) " more." } }
            }
        }
    }
}

fn repeated(texts: &[Repeated]) -> Markup {
    let more = texts.len().saturating_sub(LISTED) as u64;
    html! {
        @if !texts.is_empty() {
            section aria-labelledby="repeated" {
                h2 #repeated { "In other articles as well" }
                p { "Whoever changes one of them has to change the others. A link in their place is easier to keep right." }
                ul {
                    @for repeated in texts.iter().take(LISTED) {
                        li {
                            bdi { "“" (cut(&repeated.text.replace('\n', " "), EXCERPT)) "”" }
                            @for other in &repeated.others {
                                " · " a href=(format!("/article?path={}", encoded(other))) { bdi { (cut(other, EXCERPT)) } }
                            }
                        }
                    }
                }
                @if more > 0 { p { "And " (grouped(more)) " more." } }
            }
        }
    }
}

/// A part of an article, by where it begins.
enum Part<'a> {
    Heading(u8, &'a str),
    Paragraph(ParagraphKind, &'a str),
}

/// Headings and paragraphs in order, as far as they fit.
fn text(article: &Article) -> Markup {
    let headings = article.headings.iter().map(|heading| {
        let part = Part::Heading(heading.level, heading.span.of(&article.text));
        (heading.span, part)
    });
    // A question is a heading, too.
    let paragraphs = article
        .paragraphs
        .iter()
        .filter(|it| it.kind != ParagraphKind::Question);
    let paragraphs = paragraphs.map(|paragraph| {
        let part = Part::Paragraph(paragraph.kind, paragraph.span.of(&article.text));
        (paragraph.span, part)
    });
    let mut parts: Vec<_> = headings.chain(paragraphs).collect();
    parts.sort_by_key(|(span, _)| span.start);
    let shown = parts
        .iter()
        .take_while(|(span, _)| span.end as usize <= TEXT)
        .count()
        .max(1);
    let more = parts.len().saturating_sub(shown) as u64;
    html! {
        div.reading lang=[article.language.map(Language::code)] {
            p.title { bdi { (cut(&article.meta.title, 200)) } }
            @for (_, part) in parts.iter().take(shown) {
                @match part {
                    Part::Heading(level, text) => p class=(format!("heading level-{level}")) { bdi { (cut(text, 500)) } },
                    // Its items have their marks and their indentation.
                    Part::Paragraph(ParagraphKind::List, text) => p.list { bdi { (text) } },
                    Part::Paragraph(ParagraphKind::Code | ParagraphKind::Table, text) => pre tabindex="0" { (cut(text, TEXT)) },
                    Part::Paragraph(_, text) => p { bdi { (cut(text, TEXT)) } },
                }
            }
        }
        @if more > 0 { p { "And " (counted(more, "more part")) "." } }
    }
}

fn left_out(reading: &Reading<'_>) -> Markup {
    let unit = match reading.numbering {
        Numbering::Lines => "line",
        Numbering::Paragraphs => "paragraph",
        Numbering::Rows => "row",
        Numbering::Pages => "page",
    };
    let more = reading.left_out.len().saturating_sub(LISTED) as u64;
    html! {
        @if !reading.left_out.is_empty() {
            section aria-labelledby="left-out" {
                h2 #left-out { "Left out" }
                p { "These texts are not quoted." }
                ul {
                    @for dropped in reading.left_out.iter().take(LISTED) {
                        li {
                            bdi { "“" (cut(&dropped.text.replace('\n', " "), EXCERPT)) "”" }
                            small { " (" (unit) " " (dropped.lines) ": " (dropped.reason) ")" }
                        }
                    }
                }
                @if more > 0 { p { "And " (grouped(more)) " more: " code { "pullquote check --verbose" } " lists them." } }
            }
        }
    }
}
