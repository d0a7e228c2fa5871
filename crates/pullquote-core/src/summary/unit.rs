//! The units that a summary is made of: single sentences, and lists, tables, code and answers, which are only understood as
//! a whole; and the text to show above them.

use crate::answer::MAX_QUOTE_BYTES;
use crate::article::{Article, Paragraph, ParagraphKind, Passage};
use crate::text::Span;
use std::ops::Range;

/// The units of a passage, as ranges of [`Article::sentences`]. Captions and questions have none, and code has one only if a
/// sentence introduces it.
pub(super) fn units(article: &Article, passage: &Passage) -> Vec<Range<usize>> {
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
        ParagraphKind::Code if fits && introduction(article, passage).is_some() => vec![numbers],
        ParagraphKind::Body if fits && is_whole_answer(article, passage) => vec![numbers],
        ParagraphKind::Body | ParagraphKind::Standfirst | ParagraphKind::List => numbers
            .filter(|&number| !introduces_unit(article, passage, number))
            .map(|number| number..number + 1)
            .collect(),
        ParagraphKind::Caption
        | ParagraphKind::Picture
        | ParagraphKind::Code
        | ParagraphKind::Question => Vec::new(),
    }
}

/// The text to show above a unit of this passage: the question that it answers; for a list, a table or code, the sentence
/// that introduces it, or else the heading.
pub(super) fn above(article: &Article, passage: &Passage) -> Option<Span> {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let heading = heading(article, paragraph);
    if !paragraph.kind.is_lines() && paragraph.kind != ParagraphKind::Code {
        return heading.filter(|heading| heading.of(&article.text).ends_with(['?', '？', '؟']));
    }
    introduction(article, passage).or(heading)
}

/// The number of sentences that introduce a unit of this passage, and are shown above it: 1 or 0.
pub(super) fn introductions(article: &Article, passage: &Passage, unit: &Range<usize>) -> usize {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let is_first = unit.start == paragraph.sentences().start;
    usize::from(is_first && introduction(article, passage).is_some())
}

/// The sentence that introduces a list, a table or code.
fn introduction(article: &Article, passage: &Passage) -> Option<Span> {
    let before = (passage.paragraph as usize).checked_sub(1)?;
    let introduces = article.introduced_list(before).is_some() || introduces_code(article, before);
    let sentences = article
        .sentences
        .get(article.paragraphs[before].sentences())?;
    sentences.last().copied().filter(|_| introduces)
}

/// Whether a paragraph introduces the code below it, which is short enough to be quoted.
fn introduces_code(article: &Article, number: usize) -> bool {
    let after = number + 1;
    let fits = |code: &Paragraph| code.span.len() <= MAX_QUOTE_BYTES;
    article.introduces(number)
        && article.is_code(after)
        && !article.is_code(number)
        && article.paragraphs.get(after).is_some_and(fits)
}

/// The first rows of a table that fit into a quote; `None` if fewer than two fit. The first row has the column names.
fn rows(article: &Article, table: &Paragraph) -> Option<Range<usize>> {
    let numbers = table.sentences();
    let sentences = article.sentences.get(numbers.clone())?;
    let start = table.span.start;
    let short = |row: &&Span| (row.end - start) as usize <= MAX_QUOTE_BYTES;
    let count = sentences.iter().take_while(short).count();
    (count > 1).then(|| numbers.start..numbers.start + count)
}

/// Whether a passage is the only paragraph below a question.
fn is_whole_answer(article: &Article, passage: &Passage) -> bool {
    let at = passage.paragraph as usize;
    let under = article.paragraphs[at].heading;
    let beside = |at: Option<usize>| {
        let other = at.and_then(|at| article.paragraphs.get(at));
        other.is_some_and(|other| other.heading == under && other.kind != ParagraphKind::Question)
    };
    above(article, passage).is_some() && !beside(at.checked_sub(1)) && !beside(Some(at + 1))
}

/// Whether a sentence introduces the list, table or code below it, and is shown above that.
fn introduces_unit(article: &Article, passage: &Passage, number: usize) -> bool {
    let at = passage.paragraph as usize;
    let is_last = number + 1 == article.paragraphs[at].sentences().end;
    is_last && (article.introduced_list(at).is_some() || introduces_code(article, at))
}

fn heading(article: &Article, paragraph: &Paragraph) -> Option<Span> {
    let heading = article.headings.get(paragraph.heading? as usize)?;
    Some(heading.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::article::{BlockKind, Corpus, article_of};

    fn corpus(blocks: &[(BlockKind, &str)]) -> Corpus {
        Corpus::new(vec![article_of("article.md", blocks).unwrap()])
    }

    /// The units of all passages, each with the text above it.
    fn check(blocks: &[(BlockKind, &str)], expected: &[(Option<&str>, &str)]) {
        let corpus = corpus(blocks);
        let article = corpus.article(ArticleId(0));
        let mut found = Vec::new();
        for passage in corpus.own_passages() {
            let above = above(article, passage).map(|span| span.of(&article.text));
            for unit in units(article, passage) {
                let (first, last) = (
                    article.sentences[unit.start],
                    article.sentences[unit.end - 1],
                );
                found.push((above, first.to(last).of(&article.text)));
            }
        }
        assert_eq!(found, expected);
    }

    const BODY: BlockKind = BlockKind::Paragraph(ParagraphKind::Body);
    const LIST: BlockKind = BlockKind::Paragraph(ParagraphKind::List);
    const TABLE: BlockKind = BlockKind::Paragraph(ParagraphKind::Table);

    #[test]
    fn running_text_is_split_into_sentences() {
        check(
            &[
                (BlockKind::Heading(2), "Ships"),
                (BODY, "One sails. Two sail."),
            ],
            &[(None, "One sails."), (None, "Two sail.")],
        );
    }

    #[test]
    fn an_answer_is_kept_whole_below_its_question() {
        let question = (BlockKind::Heading(2), "Who sails?");
        let above = Some("Who sails?");
        check(
            &[question, (BODY, "One does. Two do.")],
            &[(above, "One does. Two do.")],
        );
        check(
            &[question, (BODY, "One does. Two do."), (BODY, "Three do.")],
            &[
                (above, "One does."),
                (above, "Two do."),
                (above, "Three do."),
            ],
        );
    }

    #[test]
    fn a_list_is_kept_whole_below_the_sentence_that_introduces_it() {
        check(
            &[
                (BODY, "Ships sail. These are ships:"),
                (LIST, "Argo\nBounty"),
            ],
            &[
                (None, "Ships sail."),
                (Some("These are ships:"), "Argo\nBounty"),
            ],
        );
        check(
            &[(BlockKind::Heading(2), "Ships"), (LIST, "Argo\nBounty")],
            &[(Some("Ships"), "Argo\nBounty")],
        );
    }

    #[test]
    fn long_lists_are_split_and_long_tables_cut() {
        let line = "x".repeat(MAX_QUOTE_BYTES / 2);
        let lines = [line.as_str(); 3].join("\n");
        check(&[(LIST, lines.as_str())], &[(None, line.as_str()); 3]);
        let table = format!("Ship\nArgo\n{lines}");
        let expected = format!("Ship\nArgo\n{line}");
        check(&[(TABLE, table.as_str())], &[(None, expected.as_str())]);
        check(&[(TABLE, line.repeat(3).as_str())], &[]);
    }

    #[test]
    fn code_is_kept_below_the_sentence_that_introduces_it() {
        let code = BlockKind::Paragraph(ParagraphKind::Code);
        check(
            &[
                (BODY, "Ships sail. Hoist a sail:"),
                (code, "hoist(1)\nwait"),
            ],
            &[
                (None, "Ships sail."),
                (Some("Hoist a sail:"), "hoist(1)\nwait"),
            ],
        );
        let long = "hoist\n".repeat(MAX_QUOTE_BYTES / 6 + 1);
        check(
            &[(BODY, "Hoist a sail:"), (code, long.trim())],
            &[(None, "Hoist a sail:")],
        );
    }

    #[test]
    fn captions_and_code_alone_have_no_units() {
        for kind in [ParagraphKind::Caption, ParagraphKind::Code] {
            check(&[(BlockKind::Paragraph(kind), "Ships sail.")], &[]);
        }
    }
}
