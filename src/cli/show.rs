//! Answers and summaries as text for a terminal.

use anstyle::{AnsiColor, Style};
use pullquote_cards::commands::{language_note, sections_note};
use pullquote_cards::{Inline, Locale, Run, markdown};
use pullquote_core::answer::{About, Answer, Certainty, Correction, Outcome, Quote, Topic};
use pullquote_core::article::{Article, ArticleId, LineRange};
use pullquote_core::engine::Engine;
use pullquote_core::summary::Summary;
use pullquote_core::text::Span;
pub(super) use pullquote_core::text::safe;
use std::fmt::Write as _;
use textwrap::core::Word;

pub(super) const BOLD: Style = Style::new().bold();
const ITALIC: Style = Style::new().italic();
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
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::Custom(words_and_addresses));
    let lines: Vec<String> = text
        .lines()
        .map(|line| textwrap::fill(line, &options))
        .collect();
    lines.join("\n")
}

/// The words of a line, where it may be wrapped. An address or a path is one word, so that it can be copied.
fn words_and_addresses(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let separator = textwrap::WordSeparator::UnicodeBreakProperties;
    let mut words = separator.find_words(line);
    let mut at = 0;
    Box::new(std::iter::from_fn(move || {
        let start = at;
        loop {
            let word = words.next()?;
            at += word.word.len() + word.whitespace.len();
            let whole = line.get(start..at)?;
            let is_slash = |letter: char| matches!(letter, '/' | '\\');
            let is_inside = whole.contains("://")
                || whole.ends_with(is_slash)
                || line.get(at..)?.starts_with(is_slash);
            if !word.whitespace.is_empty() || at == line.len() || !is_inside {
                return Some(Word::from(whole));
            }
        }
    }))
}

/// A run of text, wrapped and indented. A block of code stands alone, indented more, and its lines stay as they are.
pub(super) fn run(run: &Run, indent: &str) -> String {
    let mut chunks = Vec::new();
    let mut text = String::new();
    for part in run.parts() {
        let Inline::Fence { code, .. } = part else {
            text.push_str(&inline(part));
            continue;
        };
        chunks.push(wrapped(std::mem::take(&mut text).trim(), indent));
        let code = safe(code);
        let lines = code.lines().map(|line| format!("{indent}    {line}"));
        chunks.push(lines.collect::<Vec<_>>().join("\n"));
    }
    if chunks.is_empty() {
        return wrapped(&text, indent);
    }
    chunks.push(wrapped(text.trim(), indent));
    chunks.retain(|chunk| !chunk.is_empty());
    chunks.join("\n\n")
}

/// A part of a run: a link with its address behind it, code in backticks.
fn inline(part: &Inline) -> String {
    let text = safe(part.text().unwrap_or("you"));
    let text = match part {
        Inline::Italic { .. } => styled(&text, ITALIC),
        Inline::Code { .. } => markdown::code(&text),
        _ => text,
    };
    let shown = if part.is_bold() {
        styled(&text, BOLD)
    } else {
        text
    };
    match part {
        Inline::Link { label, url, .. } if !label.contains("://") => {
            format!("{shown} ({})", safe(url))
        }
        _ => shown,
    }
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
            out.push_str(&quote(engine, one, Role::Other));
        }
        return out;
    }
    out.push_str(&corrections(&answer.corrections));
    if let Some(message) = message(answer) {
        let _ = writeln!(out, "{}", wrapped(&styled(message, CAUTION), ""));
    }
    let is_quoted = answer.outcome == Outcome::Quoted;
    let second = answer.second();
    let others_from = 1 + usize::from(second.is_some());
    for (at, one) in answer.quotes.iter().enumerate() {
        if at == 1 && second.is_some() {
            let _ = writeln!(out, "\n{}", styled("Or:", DIM));
        }
        if at == others_from && is_quoted {
            let _ = writeln!(out, "\n{}", styled("See also:", DIM));
        }
        let role = match at {
            0 if is_quoted => Role::Answer(answer.confidence),
            1 if second.is_some() => Role::Second,
            _ => Role::Other,
        };
        out.push('\n');
        out.push_str(&quote(engine, one, role));
    }
    for (question, also) in &answer.also {
        let _ = writeln!(out, "\n{}", styled(&safe(question), BOLD));
        out.push_str(&self::answer(engine, also));
    }
    out
}

/// The words that were corrected, one a line.
pub(super) fn corrections(corrections: &[Correction]) -> String {
    let mut out = String::new();
    for Correction { typed, read } in corrections {
        let line = format!("corrected {} to {}", safe(typed), safe(read));
        let _ = writeln!(out, "{}", styled(&line, DIM));
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
    let (what, unsaid) = match about.topic {
        Topic::Author => ("Author", "who wrote it"),
        Topic::Date => ("Date", "when it was published"),
        Topic::Publisher => ("Published by", "who published it"),
        Topic::Source => ("Original", "where the original is"),
        Topic::Length => return format!("{title}: {}", counted(article.words(), "word")),
        Topic::Gist | Topic::Articles | Topic::Help => return title,
    };
    match &about.fact {
        Some(fact) => format!("{what}: {}", safe(fact)),
        None => format!("“{title}” does not say {unsaid}."),
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

/// What a quote is among the quotes of an answer.
#[derive(Clone, Copy)]
enum Role {
    /// The answer, with its confidence.
    Answer(f32),
    /// A second answer, about as likely.
    Second,
    /// A further passage, which is indented more and not shown whole.
    Other,
}

/// A quote and its source.
fn quote(engine: &Engine, quote: &Quote, role: Role) -> String {
    let article = engine.corpus().article(quote.article);
    let marked = |run: Run, span, bold: &[_]| run.marked(&article.text, &article.marks, span, bold);
    let (indent, span, at, emphasis) = match role {
        Role::Answer(_) | Role::Second => ("  ", quote.span, quote.answer_lines, quote.emphasis()),
        Role::Other => ("    ", quote.best, quote.lines, quote.highlights.as_slice()),
    };
    let lead = quote
        .lead(span)
        .map(|lead| marked(Run::default(), lead, &[]).and("\n"));
    let text = marked(lead.unwrap_or_default(), span, emphasis);
    let sections = sections_note(Locale::English, article, quote);
    let sections = sections.filter(|_| span == quote.span);
    let sections = sections.map(|note| styled(&wrapped(&safe(&note), indent), DIM) + "\n");
    let mut place = format!("{indent}{}", source_line(article, span, at));
    if let Role::Answer(confidence) = role {
        let _ = write!(place, " · {}", certainty(confidence));
    }
    if let Some(note) = language_note(Locale::English, quote) {
        let _ = write!(place, " · {note}");
    }
    if !quote.also_in.is_empty() {
        let titles = quote
            .also_in
            .iter()
            .map(|id| safe(&engine.corpus().article(*id).meta.title));
        let _ = write!(
            place,
            " · also in {}",
            titles.collect::<Vec<_>>().join(", ")
        );
    }
    let text = run(&text, indent);
    let mut out = format!(
        "{text}\n{}{}\n",
        sections.unwrap_or_default(),
        styled(&place, DIM)
    );
    let address = article.section_address(quote.paragraph as usize);
    if let (Some(address), Role::Answer(_) | Role::Second) = (address, role) {
        let _ = writeln!(
            out,
            "{}",
            styled(&format!("{indent}{}", safe(&address)), DIM)
        );
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
    if let Some(opening) = &summary.opening {
        let _ = writeln!(out, "{}\n", wrapped(&safe(opening), "  "));
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
            source_line(of, sentence.span, sentence.lines)
        };
        let text = wrapped(&safe(sentence.span.of(&of.text)), "  ");
        let _ = writeln!(out, "{text}\n{}", styled(&format!("  {place}"), DIM));
    }
    out
}

/// The source of a part of the text: `Title › Heading · file.md:12-14`.
pub(super) fn source_line(article: &Article, part: Span, at: LineRange) -> String {
    let mut line = safe(&article.meta.title);
    if let Some(heading) = article.section_name(part) {
        let _ = write!(line, " › {}", safe(&heading));
    }
    let _ = write!(line, " · {}", lines(article, at));
    line
}

/// Lines of a file: `file.md:12-14`.
fn lines(article: &Article, lines: LineRange) -> String {
    safe(&article.place(lines))
}
