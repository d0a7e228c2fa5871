//! Separates the article on a pasted web page from the rest of the page, and finds its title, standfirst, captions,
//! headings and paragraphs.
//!
//! The rules are general: repetitions, the length of a line and how it ends, its place on the page, and the phrases of
//! [`boilerplate`]. A line is kept when in doubt.

mod cleanup;
mod element;
mod head;

pub(crate) use element::{Element, Shape};

use crate::boilerplate;
use crate::line::ends_sentence;
use crate::questions::{is_marked, is_question};
use head::Head;
use pullquote_core::article::{Block, BlockKind, ParagraphKind, ParsedDocument};

/// Turns the elements of a page into a document.
pub(crate) fn classify(elements: Vec<Element>) -> ParsedDocument {
    let mut document = ParsedDocument::default();
    let (elements, is_page) = cleanup::drop_boilerplate(elements, &mut document);
    let mut elements = cleanup::drop_repeats(elements, &mut document, is_page);
    let head = head::read_head(&mut elements, &mut document, is_page);
    head::read_tail(&mut elements, &mut document, is_page);
    let mut elements = elements.into_iter().peekable();
    let mut has_questions = false;
    while let Some(element) = elements.next() {
        let next = elements.peek();
        let ends_answer = has_questions && ends_answer(document.blocks.last(), &element, next);
        has_questions |= asks(&element);
        let before_text = elements.peek().is_some_and(Element::is_running);
        let before_section = elements
            .peek()
            .is_none_or(|it| it.section_level().is_some());
        let kind = match (element.section_level(), kind(&element, &head, before_text)) {
            (Some(level), BlockKind::Heading(_)) => BlockKind::Heading(level),
            (Some(level), BlockKind::Paragraph(_)) if !before_section => BlockKind::Heading(level),
            (None, BlockKind::Paragraph(ParagraphKind::Body)) if ends_answer => {
                BlockKind::Heading(2)
            }
            (_, kind) => kind,
        };
        document
            .blocks
            .push(Block::new(kind, element.text, element.lines));
    }
    document.dropped.sort_by_key(|dropped| dropped.lines.first);
    document
}

/// Whether an element is marked as a question: `Q: Is it free?`
fn asks(element: &Element) -> bool {
    is_marked(&element.text) && is_question(&element.text)
}

/// Whether a line below the answer to a marked question is the heading of the next section, whose text may be short: it stands alone
/// between a sentence and a sentence or question. A line that contains a number may be the answer: a price, a date, an address.
fn ends_answer(before: Option<&Block>, line: &Element, after: Option<&Element>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let is_apart =
        before.lines.last + 1 < line.lines.first && line.lines.last + 1 < after.lines.first;
    let is_sentence = |text: &str| {
        let text = text.trim_end();
        ends_sentence(text) && !text.ends_with(':') && !is_question(text)
    };
    is_apart
        && matches!(before.kind, BlockKind::Paragraph(_))
        && is_sentence(&before.text)
        && line.shape == Shape::Line
        && line.is_heading()
        && !ends_sentence(&line.text)
        && !line.text.contains(char::is_numeric)
        && (asks(after) || is_sentence(&after.text))
}

fn kind(element: &Element, head: &Head, before_text: bool) -> BlockKind {
    match element.shape {
        _ if head.title == Some(element.lines) => BlockKind::Title,
        Shape::Heading => BlockKind::Heading(2),
        _ if head.standfirst == Some(element.lines) => {
            BlockKind::Paragraph(ParagraphKind::Standfirst)
        }
        Shape::List => BlockKind::Paragraph(ParagraphKind::List),
        Shape::Line if element.repeated || boilerplate::is_caption(&element.text) => {
            BlockKind::Paragraph(ParagraphKind::Caption)
        }
        Shape::Line if before_text && element.is_heading() => BlockKind::Heading(2),
        _ => BlockKind::Paragraph(ParagraphKind::Body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::article::LineRange;

    /// Classifies a page of single lines; compares the kind of each block that is left, and the reason for each line
    /// dropped.
    fn check(page: &[&str], kinds: &[BlockKind], dropped: &[&str]) {
        let element = |(at, text): (usize, &&str)| Element {
            text: (*text).to_owned(),
            lines: LineRange {
                first: at as u32 + 1,
                last: at as u32 + 1,
            },
            shape: Shape::Line,
            repeated: false,
        };
        let document = classify(page.iter().enumerate().map(element).collect());
        let found: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(found, kinds, "{page:?}");
        let reasons: Vec<&str> = document
            .dropped
            .iter()
            .map(|it| it.reason.as_str())
            .collect();
        assert_eq!(reasons, dropped, "{page:?}");
    }

    const TEXT: &str = "The council voted on Tuesday to close the old bridge to lorries, after engineers found cracks in two of its nine piers last spring.";
    const BODY: BlockKind = BlockKind::Paragraph(ParagraphKind::Body);

    #[test]
    fn title_and_standfirst_above_the_text() {
        let standfirst = BlockKind::Paragraph(ParagraphKind::Standfirst);
        check(
            &["Old bridge closes", "It has two cracks.", TEXT],
            &[BlockKind::Title, standfirst, BODY],
            &[],
        );
        check(
            &[
                "Daily Example",
                "Old bridge closes to lorries",
                "By Jane Doe",
                "3 March 2021",
                TEXT,
                "Advertisement",
            ],
            &[BlockKind::Title, BODY],
            &["label above the title", "author", "date", "boilerplate"],
        );
    }

    #[test]
    fn headings_with_the_numbers_of_sections() {
        check(
            &[
                "Old bridge closes to lorries",
                TEXT,
                "2.1 Detours",
                "2.1.1 For lorries",
                "Ask at the gate.",
                "2.2 Dates",
                &TEXT.replace("Tuesday", "Wednesday"),
            ],
            &[
                BlockKind::Title,
                BODY,
                BODY,
                BlockKind::Heading(3),
                BODY,
                BlockKind::Heading(2),
                BODY,
            ],
            &[],
        );
    }

    #[test]
    fn headings_captions_and_the_publisher() {
        let caption = BlockKind::Paragraph(ParagraphKind::Caption);
        check(
            &[
                "Old bridge closes to lorries",
                "The old bridge at dawn, in fog",
                "The old bridge at dawn, in fog",
                TEXT,
                "A long wait",
                &TEXT.replace("Tuesday", "Wednesday"),
                "The Example Times",
                "All rights reserved",
            ],
            &[BlockKind::Title, caption, BODY, BlockKind::Heading(2), BODY],
            &["repeats line 2", "publisher", "boilerplate"],
        );
    }
}
