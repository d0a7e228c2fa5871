//! What may stand in a summary: a sentence, or what says nothing in parts, such as a list, a table, or the answer to a
//! question; and what must be read before it.

use crate::answer::MAX_QUOTE_BYTES;
use crate::article::{Article, Paragraph, ParagraphKind, Passage};
use crate::text::Span;
use std::ops::Range;

/// The sentences of a passage, by their numbers in the article, that may be chosen, together where they belong together.
pub(super) fn all(article: &Article, passage: &Passage) -> Vec<Range<usize>> {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let numbers = passage.sentences();
    let is_whole = numbers == paragraph.sentences();
    let fits = is_whole && paragraph.span.len() <= MAX_QUOTE_BYTES;
    match paragraph.kind {
        ParagraphKind::Table => rows(article, paragraph)
            .filter(|_| numbers.start == paragraph.sentences().start)
            .into_iter()
            .collect(),
        ParagraphKind::List if fits => vec![numbers],
        ParagraphKind::Body if fits && answers(article, passage) => vec![numbers],
        ParagraphKind::Body | ParagraphKind::Standfirst | ParagraphKind::List => numbers
            .filter(|&number| !announces(article, passage, number))
            .map(|number| number..number + 1)
            .collect(),
        ParagraphKind::Caption | ParagraphKind::Code | ParagraphKind::Question => Vec::new(),
    }
}

/// What must be read before anything of a passage: the question that it answers; of a list or table, the sentence
/// that announces it, else its heading.
pub(super) fn above(article: &Article, passage: &Passage) -> Option<Span> {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let heading = heading(article, paragraph);
    if !paragraph.kind.is_lines() {
        return heading.filter(|heading| heading.of(&article.text).ends_with(['?', '？', '؟']));
    }
    let before = (passage.paragraph as usize).checked_sub(1);
    let before = before.filter(|&before| article.announced(before).is_some());
    let sentences = before.and_then(|at| article.sentences.get(article.paragraphs[at].sentences()));
    sentences.and_then(<[Span]>::last).copied().or(heading)
}

/// A table's first rows, as far as they are short enough: the very first names what the others tell.
fn rows(article: &Article, table: &Paragraph) -> Option<Range<usize>> {
    let numbers = table.sentences();
    let sentences = article.sentences.get(numbers.clone())?;
    let start = table.span.start;
    let short = |row: &&Span| (row.end - start) as usize <= MAX_QUOTE_BYTES;
    let count = sentences.iter().take_while(short).count();
    (count > 1).then(|| numbers.start..numbers.start + count)
}

/// Whether a passage is all that stands below a question.
fn answers(article: &Article, passage: &Passage) -> bool {
    let at = passage.paragraph as usize;
    let under = article.paragraphs[at].heading;
    let beside = |at: Option<usize>| {
        let other = at.and_then(|at| article.paragraphs.get(at));
        other.is_some_and(|other| other.heading == under && other.kind != ParagraphKind::Question)
    };
    above(article, passage).is_some() && !beside(at.checked_sub(1)) && !beside(Some(at + 1))
}

/// Whether a sentence only announces the list or table below it.
fn announces(article: &Article, passage: &Passage, number: usize) -> bool {
    let at = passage.paragraph as usize;
    number + 1 == article.paragraphs[at].sentences().end && article.announced(at).is_some()
}

fn heading(article: &Article, paragraph: &Paragraph) -> Option<Span> {
    let heading = article.headings.get(paragraph.heading? as usize)?;
    Some(heading.span)
}
