//! What an article says of itself: author, date, publisher, address. Stated in its metadata, or in the short lines at its
//! beginning and end.

use crate::answer::Topic;
use crate::article::{Article, Paragraph};
use crate::text::{ANY_LANGUAGE, Span, fold, words};

/// A fact about an article.
pub(super) struct Fact {
    pub(super) value: String,
    /// The line of the text that states it.
    pub(super) line: Option<Span>,
}

/// Paragraphs at the beginning and at the end of an article that may state facts.
const EDGE: usize = 8;
/// Bytes of such a paragraph.
const LINE: usize = 300;
/// Words of a name.
const NAME: usize = 8;

/// What an article says about a topic; `None` if it says nothing.
pub(super) fn find(article: &Article, topic: Topic) -> Option<Fact> {
    let meta = &article.meta;
    let (declared, stated): (_, fn(&str) -> Option<Span>) = match topic {
        Topic::Author => (&meta.author, byline),
        Topic::Date => (&meta.date, date),
        Topic::Publisher => (&meta.publisher, name),
        Topic::Source => (&meta.source, address),
        Topic::Gist | Topic::Length | Topic::Articles | Topic::Help => return None,
    };
    let text = |line: Span| line.of(&article.text);
    let mut lines = edges(article);
    if let Some(value) = declared {
        let line = lines.find(|line| text(*line).contains(value.as_str()));
        return Some(Fact {
            value: value.clone(),
            line,
        });
    }
    lines.find_map(|line| {
        let value = stated(text(line))?;
        Some(Fact {
            value: value.of(text(line)).to_owned(),
            line: Some(line),
        })
    })
}

/// The short paragraphs at the end of an article, then those at its beginning.
fn edges(article: &Article) -> impl Iterator<Item = Span> {
    let all = &article.paragraphs;
    let end = all.iter().skip(EDGE.max(all.len().saturating_sub(EDGE)));
    let lines = end.chain(all.iter().take(EDGE));
    let span = |paragraph: &Paragraph| paragraph.span;
    lines.map(span).filter(|line| line.len() <= LINE)
}

/// The name in `By Ada Berg`.
fn byline(line: &str) -> Option<Span> {
    let mut found = words(line);
    let first = found.next()?;
    let is_byline = ANY_LANGUAGE.bylines.contains(fold(first.of(line)).as_str());
    let second = found.next()?;
    let count = found.count();
    let is_name = second.of(line).starts_with(char::is_uppercase) && count < NAME;
    let rest = Span::new(second.start as usize, line.len());
    (is_byline && is_name && !ends_sentence(line)).then_some(rest)
}

/// A short line with a year and either a month's name or another number.
fn date(line: &str) -> Option<Span> {
    let found: Vec<Span> = words(line).collect();
    let number = |word: &Span| word.of(line).parse::<u32>().ok();
    let has_year = found
        .iter()
        .filter_map(number)
        .any(|number| (1900..2100).contains(&number));
    let has_other = found
        .iter()
        .filter_map(number)
        .any(|number| (1..=31).contains(&number))
        || found
            .iter()
            .any(|word| word.of(line).starts_with(char::is_uppercase));
    let is_short = (2..=NAME).contains(&found.len()) && !ends_sentence(line);
    (has_year && has_other && is_short).then(|| Span::new(0, line.len()))
}

/// A short line of capitalised words: a name.
fn name(line: &str) -> Option<Span> {
    let found: Vec<Span> = words(line).collect();
    let is_name = |word: &Span| {
        let word = word.of(line);
        word.starts_with(char::is_uppercase)
            || word.len() <= 3 && word.chars().all(char::is_alphabetic)
    };
    let has_marks = line.contains([':', '.', '!', '?', '/', '@', '\n']);
    let is_short = (2..=NAME).contains(&found.len());
    (is_short && !has_marks && byline(line).is_none() && found.iter().all(is_name))
        .then(|| Span::new(0, line.len()))
}

/// The address in a line.
fn address(line: &str) -> Option<Span> {
    let start = line.find("https://").or_else(|| line.find("http://"))?;
    let (_, rest) = line.split_at_checked(start)?;
    let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, ')' | '>' | '"'));
    let length = end.unwrap_or(rest.len());
    Some(Span::new(start, start + length))
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?'])
}
