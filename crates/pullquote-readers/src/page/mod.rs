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
use crate::line::{ends_sentence, is_item};
use crate::questions::{is_marked, is_question};
use head::Head;
use pullquote_core::article::{Block, BlockKind, ParagraphKind, ParsedDocument};
use std::collections::{HashMap, HashSet};

/// Turns the elements of a page into a document.
pub(crate) fn classify(elements: Vec<Element>) -> ParsedDocument {
    let mut document = ParsedDocument::default();
    let (elements, is_page) = cleanup::drop_boilerplate(elements, &mut document);
    let mut elements = cleanup::drop_repeats(elements, &mut document, is_page);
    let head = head::read_head(&mut elements, &mut document, is_page);
    head::read_tail(&mut elements, &mut document, is_page);
    let sections = sections(&elements, &head);
    let mut elements = elements.into_iter().peekable();
    while let Some(element) = elements.next() {
        let before_text = elements.peek().is_some_and(Element::is_running);
        let before_section = elements
            .peek()
            .is_none_or(|it| it.section_level().is_some());
        let kind = match (element.section_level(), kind(&element, &head, before_text)) {
            (Some(level), BlockKind::Heading(_)) => BlockKind::Heading(level),
            (Some(level), BlockKind::Paragraph(_)) if !before_section => BlockKind::Heading(level),
            (None, BlockKind::Paragraph(ParagraphKind::Body))
                if sections.contains(&element.lines.first) =>
            {
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

/// The first lines of the headings whose text is short, so that only the lines around them tell.
///
/// One such line may be anything. It is a heading if the file has another one, or, unless it contains a number, if an answer to a marked
/// question is above it: a line with a number may be that answer, such as a price, a date or an address.
fn sections(elements: &[Element], head: &Head) -> HashSet<u32> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for element in elements {
        *times.entry(&element.text).or_default() += 1;
    }
    let asks_first = elements.iter().position(asks).unwrap_or(elements.len());
    let found: Vec<(usize, &Element)> = elements
        .windows(3)
        .enumerate()
        .filter(|(_, around)| opens_section(around, head))
        .map(|(at, around)| (at, &around[1]))
        // Names above what people say repeat.
        .filter(|(_, line)| times.get(line.text.as_str()) == Some(&1))
        .collect();
    let several = found.len() > 1;
    let counts = |(at, line): &&(usize, &Element)| {
        several || *at >= asks_first && !line.text.contains(char::is_numeric)
    };
    let counted = found.iter().filter(counts);
    counted.map(|(_, line)| line.lines.first).collect()
}

/// Whether an element is marked as a question: `Q: Is it free?`
fn asks(element: &Element) -> bool {
    is_marked(&element.text) && is_question(&element.text)
}

/// Whether the second of three elements looks like the heading of a section, however short: it stands alone, below the end of a text
/// or a title and above a sentence, and is neither an item nor `Name: value`.
fn opens_section(around: &[Element], head: &Head) -> bool {
    let [before, line, after] = around else {
        return false;
    };
    let is_apart =
        before.lines.last + 1 < line.lines.first && line.lines.last + 1 < after.lines.first;
    // Many do without the last full stop.
    let has_sentence = |text: &str| text.split_whitespace().any(ends_sentence);
    let is_text = |element: &Element| {
        element.is_running() || has_sentence(&element.text) && !is_question(&element.text)
    };
    is_apart
        && line.shape == Shape::Line
        && line.is_heading()
        && !line.text.contains(':')
        && !ends_sentence(&line.text)
        && !is_item(&line.text)
        && !before.text.trim_end().ends_with(':')
        && (is_text(before) || before.shape == Shape::Heading || head.title == Some(before.lines))
        && (is_text(after) || asks(after))
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
