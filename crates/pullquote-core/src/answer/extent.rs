//! How much of an article is the answer: the section around the sentences that answer best, or of a long section what
//! belongs to them.

use crate::article::{Article, ParagraphKind};
use crate::text::Span;
use std::ops::Range;

/// Longest section that is quoted whole, in characters: a screen of a phone and a half.
const SECTION: usize = 1_200;
/// Longest answer, in characters, unless one sentence is longer.
const LONGEST: usize = 1_800;

/// The answer around `best`, which is in paragraph `number`: the whole section if it is short. Of a longer one, the
/// paragraph with what announces it and what it announces, from the beginning of the section if that is near.
pub(super) fn around(article: &Article, number: usize, best: Span) -> Span {
    let section = article.section(number);
    let fits =
        |range: &Range<usize>, limit| characters(article, article.span_of(range.clone())) <= limit;
    if fits(&section, SECTION) {
        return article.span_of(section);
    }
    let unit = announced(article, &section, number);
    let from_start = section.start..unit.end;
    if fits(&from_start, SECTION) {
        return article.span_of(from_start);
    }
    if fits(&unit, LONGEST) {
        return article.span_of(unit);
    }
    let alone = number..number + 1;
    if fits(&alone, LONGEST) {
        return article.span_of(alone);
    }
    window(article, number, best)
}

/// A paragraph with those before it that announce it and those after it that it announces.
fn announced(article: &Article, section: &Range<usize>, number: usize) -> Range<usize> {
    let mut unit = number..number + 1;
    while unit.start > section.start && leads_to(article, unit.start - 1) {
        unit.start -= 1;
    }
    while unit.end < section.end && leads_to(article, unit.end - 1) {
        unit.end += 1;
    }
    unit
}

/// Whether what follows a paragraph belongs to it: it ends with a colon, or code follows it, which says nothing alone.
fn leads_to(article: &Article, number: usize) -> bool {
    let kind = |at: usize| article.paragraphs.get(at).map(|paragraph| paragraph.kind);
    let is_code = |at: usize| kind(at) == Some(ParagraphKind::Code);
    article.introduces(number) || (!is_code(number) && is_code(number + 1))
}

/// Of a paragraph that is too long, the sentences or lines from its beginning to `best` and beyond as far as they fit;
/// if `best` is too far from the beginning, from `best` on.
fn window(article: &Article, number: usize, best: Span) -> Span {
    let sentences = &article.sentences[article.paragraphs[number].sentences()];
    let from = |start: usize| {
        let mut window = sentences[start];
        for sentence in &sentences[start..] {
            let longer = window.to(*sentence);
            if characters(article, longer) > LONGEST {
                break;
            }
            window = longer;
        }
        window
    };
    let first = from(0);
    let at = sentences
        .iter()
        .position(|sentence| sentence.end > best.start);
    match at {
        Some(at) if first.end < best.end => {
            let window = from(at);
            Span::new(window.start as usize, window.end.max(best.end) as usize)
        }
        _ => first,
    }
}

fn characters(article: &Article, span: Span) -> usize {
    span.of(&article.text).chars().count()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, around};
    use crate::article::{BlockKind, ParagraphKind, article_of};

    const BODY: BlockKind = BlockKind::Paragraph(ParagraphKind::Body);
    const LIST: BlockKind = BlockKind::Paragraph(ParagraphKind::List);
    const CODE: BlockKind = BlockKind::Paragraph(ParagraphKind::Code);

    /// Checks the answer around the first occurrence of `best`; `~` stands for filler of 1,300 characters.
    #[track_caller]
    fn check(blocks: &[(BlockKind, &str)], best: &str, expected: &str) {
        let filler = "The tide comes in and goes out again. ".repeat(36);
        let texts = blocks
            .iter()
            .map(|(kind, text)| (*kind, text.replace('~', &filler)));
        let texts: Vec<(BlockKind, String)> = texts.collect();
        let blocks: Vec<(BlockKind, &str)> = texts
            .iter()
            .map(|(kind, text)| (*kind, text.as_str()))
            .collect();
        let article = article_of("pier.md", &blocks).unwrap();
        let start = article.text.find(best).unwrap();
        let span = crate::text::Span::new(start, start + best.len());
        let number = article
            .paragraphs
            .iter()
            .position(|one| one.span.overlaps(span))
            .unwrap();
        let answer = around(&article, number, span).of(&article.text);
        assert_eq!(answer, expected);
    }

    #[test]
    fn a_short_section_is_quoted_whole() {
        let blocks = [
            (BlockKind::Heading(2), "Boats"),
            (BODY, "No."),
            (BODY, "Boats stay out."),
            (BlockKind::Heading(2), "Bikes"),
            (BODY, "Bikes are welcome."),
        ];
        check(&blocks, "Boats stay out.", "No.\n\nBoats stay out.");
        check(&blocks, "Bikes are", "Bikes are welcome.");
    }

    #[test]
    fn a_long_section_gives_the_paragraph_and_what_it_announces() {
        let blocks = [
            (BODY, "~"),
            (BODY, "You need:"),
            (LIST, "a rope\na hook"),
            (BODY, "~"),
            (BODY, "Pull it."),
            (CODE, "pull --hard"),
        ];
        check(&blocks, "hook", "You need:\n\na rope\na hook");
        check(&blocks, "You need", "You need:\n\na rope\na hook");
        check(&blocks, "Pull it", "Pull it.\n\npull --hard");
    }

    #[test]
    fn steps_are_quoted_from_the_beginning_where_that_is_near() {
        let blocks = [
            (BODY, "Yes."),
            (BODY, "Tie it first."),
            (BODY, "Then pull."),
            (BODY, "~"),
        ];
        check(&blocks, "Then pull.", "Yes.\n\nTie it first.\n\nThen pull.");
    }

    #[test]
    fn of_an_overlong_list_the_lines_around_the_best_are_quoted() {
        let lines: Vec<String> = (0..200).map(|at| format!("item number {at:03}")).collect();
        let list = lines.join("\n");
        let article = article_of("pier.md", &[(LIST, list.as_str())]).unwrap();
        let quoted = |best: &str| {
            let start = article.text.find(best).unwrap();
            let span = crate::text::Span::new(start, start + best.len());
            around(&article, 0, span).of(&article.text)
        };
        assert!(quoted("item number 150").starts_with("item number 150\n"));
        assert!(quoted("item number 010").starts_with("item number 000\n"));
        assert!(quoted("item number 010").len() <= LONGEST);
    }
}
