//! Answers as they look in a terminal.

use super::json;
use anstyle::{AnsiColor, Style};
use pullquote_core::answer::{Answer, Certainty, Contribution, NearestWord, Outcome, Quote};
use pullquote_core::article::{Article, ArticleId, LineRange};
use pullquote_core::engine::Engine;
use pullquote_core::query::Role;
use pullquote_core::summary::Summary;
use pullquote_core::text::Span;
pub(super) use pullquote_core::text::safe;
use std::fmt::Write as _;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();

/// Widest text: longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// Text in a style.
pub(super) fn styled(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

/// Text wrapped to the terminal, each line after `indent`.
pub(super) fn wrapped(text: &str, indent: &str) -> String {
    let width = textwrap::termwidth().min(MAX_WIDTH);
    let options = textwrap::Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(indent)
        // A quote is copied and pasted: `self-reliance` stays one word.
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines: Vec<String> = text
        .lines()
        .map(|line| textwrap::fill(line, &options))
        .collect();
    lines.join("\n")
}

/// The words of `span` in `text`, with `highlights` (spans of `text`) in bold.
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

/// `1 article`, `2 articles`.
pub(super) fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// An answer as several lines.
pub(super) fn answer(engine: &Engine, answer: &Answer) -> String {
    let mut out = String::new();
    for correction in &answer.corrections {
        let line = format!(
            "corrected {} to {}",
            safe(&correction.typed),
            safe(&correction.read)
        );
        let _ = writeln!(out, "{}", styled(&line, DIM));
    }
    match answer.outcome {
        Outcome::Quoted => {}
        Outcome::Suggested => {
            let _ = writeln!(
                out,
                "{}",
                styled("Not sure this answers it. Did you mean:", DOUBT)
            );
        }
        Outcome::Unknown if !answer.is_about_something => {
            let line = "That question has no searchable words. Name the person or thing you mean.";
            let _ = writeln!(out, "{}", styled(line, DOUBT));
        }
        Outcome::Unknown => {
            let line = "No answer found. Try rephrasing, or name the person or thing you mean.";
            let _ = writeln!(out, "{}", wrapped(&styled(line, DOUBT), ""));
        }
        Outcome::Greeting | Outcome::Help => {
            let line = "Ask a question about the articles. `pullquote articles` lists them.";
            let _ = writeln!(out, "{}", wrapped(&styled(line, DOUBT), ""));
        }
    }
    for (at, one) in answer.quotes.iter().enumerate() {
        let lead = at == 0 && answer.outcome == Outcome::Quoted;
        if at == 1 && answer.outcome == Outcome::Quoted {
            let _ = writeln!(out, "\n{}", styled("See also:", DIM));
        }
        let sure = lead.then_some(answer.confidence);
        out.push('\n');
        out.push_str(&quote(engine, one, sure));
    }
    out
}

/// A quote with the line that says where it stands; with `sure`, how sure the answer is.
fn quote(engine: &Engine, quote: &Quote, sure: Option<f32>) -> String {
    let article = engine.corpus().article(quote.article);
    let heads = quote
        .column_heads
        .map(|row| safe(row.of(&article.text)) + "\n");
    let text = heads.unwrap_or_default() + &marked(&article.text, quote.span, &quote.highlights);
    let indent = if sure.is_some() { "  " } else { "    " };
    let mut out = wrapped(&text, indent);
    out.push('\n');
    let mut place = format!(
        "{indent}{}",
        source_line(article, quote.paragraph, quote.lines)
    );
    if let Some(sure) = sure {
        let _ = write!(
            place,
            " · {} {:.0}%",
            match Certainty::of(sure) {
                Certainty::VeryLikely => "very likely",
                Certainty::Likely => "likely",
                Certainty::Possible => "possibly",
            },
            100.0 * sure
        );
    }
    let style = if sure.is_some() { GOOD } else { DIM };
    let _ = writeln!(
        out,
        "{}",
        styled(&place, if sure.is_some() { DIM } else { style })
    );
    if let Some(source) = article.meta.source.as_deref().filter(|_| sure.is_some()) {
        let _ = writeln!(out, "{}", styled(&format!("{indent}{}", safe(source)), DIM));
    }
    out
}

/// The sentences of a summary, each with where it stands; above them the title of its article.
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

/// `Title › Heading · file.md:12-14`
pub(super) fn source_line(article: &Article, number: u32, at: LineRange) -> String {
    let paragraph = &article.paragraphs[number as usize];
    let mut line = safe(&article.meta.title);
    if let Some(heading) = article.heading_of(paragraph) {
        let _ = write!(line, " › {}", safe(heading));
    }
    let _ = write!(line, " · {}", lines(article, at));
    line
}

/// `file.md:12-14`
fn lines(article: &Article, lines: LineRange) -> String {
    let path = safe(&article.path);
    if lines.first == lines.last {
        format!("{path}:{}", lines.first)
    } else {
        format!("{path}:{}-{}", lines.first, lines.last)
    }
}

/// Why an answer came out as it did.
pub(super) fn explanation(engine: &Engine, answer: &Answer) -> String {
    let mut out = String::new();
    let Some(why) = &answer.explanation else {
        return out;
    };
    let _ = writeln!(out, "{}", styled("Words", BOLD));
    for word in &why.words {
        let variants: Vec<String> = word
            .expansions
            .iter()
            .map(|found| {
                format!(
                    "{} ×{:.2} ({})",
                    found.term,
                    found.weight,
                    json::via(found.via)
                )
            })
            .collect();
        let taken = match (word.role, variants.is_empty()) {
            (Role::Function, _) => "not searched for".to_owned(),
            (Role::Content, true) => format!("in no article (idf {:.2})", word.idf),
            (Role::Content, false) => format!("{} (idf {:.2})", variants.join(", "), word.idf),
        };
        let _ = writeln!(out, "  {}: {taken}", safe(&word.typed));
    }
    for (at, quote) in answer.quotes.iter().enumerate() {
        let article = engine.corpus().article(quote.article);
        let place = source_line(article, quote.paragraph, quote.lines);
        let _ = writeln!(
            out,
            "{} {place}: score {:.2}",
            styled(&format!("Quote {}", at + 1), BOLD),
            quote.score
        );
        for feature in &quote.features {
            let _ = writeln!(out, "  {}", contribution(feature));
        }
        let met: Vec<String> = quote.nearest_words.iter().map(met).collect();
        if !met.is_empty() {
            let _ = writeln!(out, "  met: {}", met.join(", "));
        }
    }
    let _ = writeln!(
        out,
        "{} {:.2}, {}",
        styled("Confidence", BOLD),
        answer.confidence,
        json::outcome(answer.outcome)
    );
    for part in &why.evidence {
        let _ = writeln!(out, "  {}", contribution(part));
    }
    let _ = writeln!(out, "  {}", why.reason);
    out
}

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

/// A word of the question and the most similar word of the quote.
fn met(word: &NearestWord) -> String {
    format!(
        "{} ~ {} {:.2}",
        safe(&word.asked),
        safe(&word.found),
        word.similarity
    )
}
