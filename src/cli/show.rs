//! Answers and summaries as text for a terminal.

use anstyle::{AnsiColor, Style};
use pullquote_core::answer::{About, Answer, Certainty, Outcome, Quote, Topic};
use pullquote_core::article::{Article, ArticleId, LineRange};
use pullquote_core::engine::Engine;
use pullquote_core::summary::Summary;
use pullquote_core::text::Span;
pub(super) use pullquote_core::text::safe;
use std::fmt::Write as _;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
const CAUTION: Style = AnsiColor::Yellow.on_default();

/// Maximum line width: longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// `text` with the escape codes of a style.
pub(super) fn styled(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

/// Wraps text to the width of the terminal and indents every line.
pub(super) fn wrapped(text: &str, indent: &str) -> String {
    let width = textwrap::termwidth().min(MAX_WIDTH);
    let options = textwrap::Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(indent)
        // Quotes are copied and pasted, so `self-reliance` must not be split.
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines: Vec<String> = text
        .lines()
        .map(|line| textwrap::fill(line, &options))
        .collect();
    lines.join("\n")
}

/// The part `span` of `text`, with `highlights` (also spans of `text`) in bold.
pub(super) fn marked(text: &str, span: Span, highlights: &[Span]) -> String {
    let mut out = String::new();
    let mut at = span.start as usize;
    for light in highlights {
        let (start, end) = (light.start as usize, light.end as usize);
        if start >= at && end <= span.end as usize {
            out.push_str(&safe(Span::new(at, start).of(text)));
            out.push_str(&styled(&safe(light.of(text)), BOLD));
            at = end;
        }
    }
    out.push_str(&safe(Span::new(at, span.end as usize).of(text)));
    out
}

/// A count with its noun: `1 article`, `2 articles`.
pub(super) fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// An answer: corrections, a message unless a quote answers, and the quotes.
pub(super) fn answer(engine: &Engine, answer: &Answer) -> String {
    let mut out = String::new();
    if let Some(about) = &answer.about {
        let _ = writeln!(
            out,
            "{}",
            wrapped(&styled(&about_line(engine, about), BOLD), "")
        );
        for one in &answer.quotes {
            out.push('\n');
            out.push_str(&quote(engine, one, None));
        }
        return out;
    }
    for correction in &answer.corrections {
        let (typed, read) = (safe(&correction.typed), safe(&correction.read));
        let line = format!("corrected {typed} to {read}");
        let _ = writeln!(out, "{}", styled(&line, DIM));
    }
    if let Some(message) = message(answer) {
        let _ = writeln!(out, "{}", wrapped(&styled(message, CAUTION), ""));
    }
    for (at, one) in answer.quotes.iter().enumerate() {
        let is_quoted = answer.outcome == Outcome::Quoted;
        if at == 1 && is_quoted {
            let _ = writeln!(out, "\n{}", styled("See also:", DIM));
        }
        let confidence = (at == 0 && is_quoted).then_some(answer.confidence);
        out.push('\n');
        out.push_str(&quote(engine, one, confidence));
    }
    out
}

/// What to say about the articles themselves.
fn about_line(engine: &Engine, about: &About) -> String {
    let corpus = engine.corpus();
    let Some(id) = about.article else {
        return match about.topic {
            Topic::Help => "Ask a question about the articles. `pullquote articles` lists them.",
            Topic::Articles => "`pullquote articles` lists the articles.",
            _ => "Which article? Name it, or add --article ID. `pullquote articles` lists them.",
        }
        .to_owned();
    };
    let article = corpus.article(id);
    let title = safe(&article.meta.title);
    let what = match about.topic {
        Topic::Author => "Author",
        Topic::Date => "Date",
        Topic::Publisher => "Published by",
        Topic::Source => "Original",
        Topic::Length => return format!("{title}: {}", counted(article.words(), "word")),
        Topic::Gist | Topic::Articles | Topic::Help => return title,
    };
    match &about.fact {
        Some(fact) => format!("{what}: {}", safe(fact)),
        None => format!("“{title}” does not say. ({what})"),
    }
}

/// What to say if no quote answers the question.
fn message(answer: &Answer) -> Option<&'static str> {
    match answer.outcome {
        Outcome::Quoted | Outcome::About => None,
        Outcome::Suggested => Some("Not sure this answers it. Did you mean:"),
        Outcome::Unknown if !answer.is_about_something => {
            Some("That question has no searchable words. Name the person or thing you mean.")
        }
        Outcome::Unknown => {
            Some("No answer found. Try rephrasing, or name the person or thing you mean.")
        }
        Outcome::Greeting | Outcome::Help => {
            Some("Ask a question about the articles. `pullquote articles` lists them.")
        }
    }
}

/// A quote and its source. With a confidence, it is the answer; without one, a further passage, which is indented more.
fn quote(engine: &Engine, quote: &Quote, confidence: Option<f32>) -> String {
    let article = engine.corpus().article(quote.article);
    let heads = quote
        .column_heads
        .map(|row| safe(row.of(&article.text)) + "\n");
    // Only the answer is shown whole.
    let (span, emphasis) = match confidence {
        Some(_) => (quote.span, quote.emphasis()),
        None => (quote.best, quote.highlights.as_slice()),
    };
    let text = heads.unwrap_or_default() + &marked(&article.text, span, emphasis);
    let indent = if confidence.is_some() { "  " } else { "    " };
    let mut place = format!(
        "{indent}{}",
        source_line(article, quote.paragraph, quote.lines)
    );
    if let Some(confidence) = confidence {
        let _ = write!(place, " · {}", certainty(confidence));
    }
    let mut out = format!("{}\n{}\n", wrapped(&text, indent), styled(&place, DIM));
    if let (Some(source), Some(_)) = (&article.meta.source, confidence) {
        let _ = writeln!(out, "{}", styled(&format!("{indent}{}", safe(source)), DIM));
    }
    out
}

/// A confidence in words and percent: `very likely 91%`.
fn certainty(confidence: f32) -> String {
    let level = match Certainty::of(confidence) {
        Certainty::VeryLikely => "very likely",
        Certainty::Likely => "likely",
        Certainty::Possible => "possibly",
    };
    format!("{level} {:.0}%", 100.0 * confidence)
}

/// The sentences of a summary, each with its source. The title of `article` comes first; with `None`, the summary is of
/// several articles, and each source names its article.
pub(super) fn summary(engine: &Engine, article: Option<ArticleId>, summary: &Summary) -> String {
    let corpus = engine.corpus();
    let mut out = String::new();
    if let Some(id) = article.filter(|_| !summary.sentences.is_empty()) {
        let title = safe(&corpus.article(id).meta.title);
        let _ = writeln!(out, "{}\n", styled(&title, BOLD));
    }
    let mut before = None;
    for sentence in &summary.sentences {
        let of = corpus.article(sentence.article);
        let above = sentence.above.map(|above| (sentence.article, above));
        if let Some((_, span)) = above.filter(|_| above != before) {
            let text = styled(&safe(span.of(&of.text)), BOLD);
            let _ = writeln!(out, "{}", wrapped(&text, "  "));
        }
        before = above;
        let place = if article.is_some() {
            lines(of, sentence.lines)
        } else {
            source_line(of, sentence.paragraph, sentence.lines)
        };
        let text = wrapped(&safe(sentence.span.of(&of.text)), "  ");
        let _ = writeln!(out, "{text}\n{}", styled(&format!("  {place}"), DIM));
    }
    out
}

/// The source of a paragraph: `Title › Heading · file.md:12-14`.
pub(super) fn source_line(article: &Article, number: u32, at: LineRange) -> String {
    let paragraph = &article.paragraphs[number as usize];
    let mut line = safe(&article.meta.title);
    if let Some(heading) = article.heading_of(paragraph) {
        let _ = write!(line, " › {}", safe(heading));
    }
    let _ = write!(line, " · {}", lines(article, at));
    line
}

/// Lines of a file: `file.md:12-14`.
fn lines(article: &Article, lines: LineRange) -> String {
    let path = safe(&article.path);
    if lines.first == lines.last {
        format!("{path}:{}", lines.first)
    } else {
        format!("{path}:{}-{}", lines.first, lines.last)
    }
}
