//! Plain text: joins wrapped lines to paragraphs and keeps lists. [`page`] then separates the article from what a web
//! page leaves around it when people paste it.

use crate::chunks::{Chunk, chunks};
use crate::dialects::Marks;
use crate::front_matter;
use crate::line::{ends_sentence, indent, is_item, is_underline};
use crate::page::{self, Element, Shape};
use crate::questions::{are_labelled, is_marked, is_question};
use pullquote_core::article::{LineRange, ParsedDocument};
use std::ops::Range;

/// Longest line of hard-wrapped text, in characters, in a text file: longer ones are paragraphs.
const MAX_WRAP: usize = 120;
/// Lines that are all shorter than this, in characters, are separate lines, not hard-wrapped text.
const MIN_WRAP: usize = 40;

/// Reads plain text, perhaps with front matter.
pub(super) fn read(text: &str) -> ParsedDocument {
    front_matter::read_with(text, read_body)
}

/// Reads plain text that begins at byte offset `body`.
pub(super) fn read_body(text: &str, body: usize) -> ParsedDocument {
    read_wrapped(&Marks::strip_text(text, body), MAX_WRAP)
}

/// Reads plain text whose hard-wrapped lines have this many characters at most.
pub(super) fn read_wrapped(text: &str, max_wrap: usize) -> ParsedDocument {
    let mut elements = Vec::new();
    for chunk in chunks(text, 0) {
        for chunk in at_questions(&chunk) {
            split(&chunk, max_wrap, &mut elements);
        }
    }
    page::classify(with_lists(elements))
}

/// Makes items with bullets one list where nothing but blank lines is between them.
fn with_lists(elements: Vec<Element>) -> Vec<Element> {
    let is_item = |element: &Element| {
        let rest = element.text.strip_prefix(['•', '·', '‣', '▪', '○', '●']);
        element.shape != Shape::Heading && rest.is_some_and(|rest| rest.starts_with(' '))
    };
    let mut joined: Vec<Element> = Vec::with_capacity(elements.len());
    for element in elements {
        match joined.last_mut() {
            Some(last) if is_item(last) && is_item(&element) => {
                last.text.push('\n');
                last.text.push_str(&element.text);
                last.lines.last = element.lines.last;
                last.shape = Shape::List;
            }
            _ => joined.push(element),
        }
    }
    joined
}

/// Splits a chunk before each question that is marked as one, such as `Q: Is it free?`.
fn at_questions<'a>(chunk: &Chunk<'a>) -> Vec<Chunk<'a>> {
    let mut chunks: Vec<Chunk<'a>> = Vec::new();
    for (at, line) in (0..).zip(&chunk.lines) {
        let next = chunk.lines.get(at as usize + 1);
        let asks = is_marked(line) && is_question(line)
            || next.is_some_and(|next| are_labelled(line, next));
        match chunks.last_mut() {
            Some(last) if !asks => last.lines.push(line),
            _ => chunks.push(Chunk {
                lines: vec![line],
                first: chunk.first + at,
            }),
        }
    }
    chunks
}

/// Splits a chunk into elements: a paragraph if its lines were wrapped, a list if all are items, else one per line.
fn split(chunk: &Chunk<'_>, max_wrap: usize, elements: &mut Vec<Element>) {
    let is_first = elements.is_empty();
    let mut add = |text: String, lines: LineRange, shape: Shape| {
        elements.push(Element {
            text,
            lines,
            shape,
            repeated: false,
        });
    };
    // Questions above an answer are elements of their own, even if the answer is wrapped.
    let pairs = chunk.lines.windows(2);
    let asks = |pair: &&[&str]| is_question(pair[0]) || are_labelled(pair[0], pair[1]);
    let asked = pairs.take_while(asks).count();
    for (at, question) in chunk.lines.iter().take(asked).enumerate() {
        add(question.trim().to_owned(), chunk.range(at, at), Shape::Line);
    }
    let chunk = &part(chunk, asked..chunk.lines.len());
    let heading = chunk
        .lines
        .first()
        .and_then(|line| marked_heading(line, is_first));
    if let Some(heading) = heading {
        add(heading.to_owned(), chunk.range(0, 0), Shape::Heading);
    }
    let chunk = &part(chunk, usize::from(heading.is_some())..chunk.lines.len());
    let lines = &chunk.lines;
    if let [title, line] = lines.as_slice()
        && is_underline(line)
    {
        return add(title.trim().to_owned(), chunk.all(), Shape::Heading);
    }
    let joined = |separator: &str| {
        let trimmed: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        trimmed.join(separator)
    };
    if let Some(at) = list_start(lines) {
        split(&part(chunk, 0..at), max_wrap, elements);
        elements.push(Element {
            text: list(&lines[at..]),
            lines: chunk.range(at, lines.len() - 1),
            shape: Shape::List,
            repeated: false,
        });
        return;
    }
    if lines.len() > 1 && is_wrapped(lines, max_wrap) {
        return add(joined(" "), chunk.all(), Shape::Paragraph);
    }
    for (at, line) in lines.iter().enumerate() {
        let marker = is_underline(line) && at > 0;
        if !marker {
            add(line.trim().to_owned(), chunk.range(at, at), Shape::Line);
        }
    }
}

/// Some lines of a chunk.
fn part<'a>(chunk: &Chunk<'a>, lines: Range<usize>) -> Chunk<'a> {
    Chunk {
        first: chunk.first + lines.start as u32,
        lines: chunk.lines.get(lines).unwrap_or_default().to_vec(),
    }
}

/// Where the list at the end of a chunk begins: two items or more, with lines between them that are indented further.
fn list_start(lines: &[&str]) -> Option<usize> {
    let start = lines.iter().position(|line| is_item(line))?;
    let items = lines.iter().skip(start).filter(|line| is_item(line));
    let level = indent(lines[start]);
    let mut rest = lines.iter().skip(start);
    let is_list = rest.all(|line| is_item(line) || indent(line) > level);
    (is_list && items.count() > 1).then_some(start)
}

/// The items of a list, one per line.
fn list(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push(if is_item(line) { '\n' } else { ' ' });
        }
        text.push_str(line.trim());
    }
    text
}

/// The text of a line that is a heading in Markdown, which many save as plain text. One mark alone may be a comment, unless
/// it begins the file.
fn marked_heading(line: &str, is_first: bool) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let is_heading = (2..=6).contains(&level) || level == 1 && is_first;
    let text = text.strip_prefix(' ').filter(|_| is_heading)?.trim();
    (!text.is_empty()).then_some(text)
}

/// Whether the lines were hard-wrapped: they are of similar length, except for the last one.
fn is_wrapped(lines: &[&str], max_wrap: usize) -> bool {
    let length = |line: &&str| line.trim().chars().count();
    let Some((last, full)) = lines.split_last() else {
        return false;
    };
    let longest = full.iter().map(length).max().unwrap_or(0);
    let even = full
        .iter()
        .filter(|line| length(line) * 10 >= longest * 6)
        .count();
    let repeats = lines
        .windows(2)
        .any(|pair| pair[0].trim() == pair[1].trim());
    (MIN_WRAP..=max_wrap).contains(&longest)
        && length(last) <= longest + 10
        && even * 3 >= full.len() * 2
        && !repeats
        && !lines.iter().all(|line| ends_sentence(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the elements of a text without blank lines, each as its shape and text.
    fn check(text: &str, expected: &[&str]) {
        let mut elements = Vec::new();
        for chunk in chunks(text, 0) {
            split(&chunk, MAX_WRAP, &mut elements);
        }
        let found: Vec<String> = elements
            .iter()
            .map(|element| format!("{:?}: {}", element.shape, element.text))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn wrapped_lines_are_joined_and_others_are_not() {
        let wrapped = "Members pay their fees in January, and are reminded\nonce if they forget, by a letter or on the phone,\nand then not again.";
        check(
            wrapped,
            &[&format!("Paragraph: {}", wrapped.replace('\n', " "))],
        );
        check(
            "Short lines\nof a poem",
            &["Line: Short lines", "Line: of a poem"],
        );
        check(
            "- be kind\n- be on time",
            &["List: - be kind\n- be on time"],
        );
        check(
            "To start the old engine, which is below deck at the back:\n  a) open the valve that is on the left of it,\n     with care\n  b) pull the cord, which is on the right of it",
            &[
                "Line: To start the old engine, which is below deck at the back:",
                "List: a) open the valve that is on the left of it, with care\nb) pull the cord, which is on the right of it",
            ],
        );
        check(
            "Step 1: Pull.\nStep 2: Wait.",
            &["List: Step 1: Pull.\nStep 2: Wait."],
        );
        check("Rules\n=====", &["Heading: Rules"]);
        check("# FAQ\nAsk.", &["Heading: FAQ", "Line: Ask."]);
        check(
            "Rules\n\n# no\n\n## Fares\n#1 is free",
            &[
                "Line: Rules",
                "Line: # no",
                "Heading: Fares",
                "Line: #1 is free",
            ],
        );
    }

    #[test]
    fn items_between_blank_lines_are_one_list() {
        let document =
            read("Rules\n\nBring:\n\n• a rope, which is long\n\n• a hook\n\nThat is all.\n");
        let texts: Vec<&str> = document.blocks.iter().map(|it| it.text.as_str()).collect();
        let list = "• a rope, which is long\n• a hook";
        assert_eq!(texts, ["Rules", "Bring:", list, "That is all."]);
    }

    #[test]
    fn a_question_is_separated_from_its_answer() {
        let answer = "Hold the button on the back for ten seconds, until the\nlight blinks, then wait for the sound.";
        check(
            &format!("How do I reset it?\n{answer}"),
            &[
                "Line: How do I reset it?",
                &format!("Paragraph: {}", answer.replace('\n', " ")),
            ],
        );
    }

    /// Compares the headings below the title of a text.
    #[track_caller]
    fn check_headings(text: &str, expected: &[&str]) {
        let document = read(&format!("Our club\n\n{text}\n"));
        let headings = document.blocks.iter().filter(|block| {
            use pullquote_core::article::BlockKind;
            matches!(block.kind, BlockKind::Heading(_))
        });
        let headings: Vec<&str> = headings.map(|block| block.text.as_str()).collect();
        assert_eq!(headings, expected, "{text}");
    }

    #[test]
    fn a_heading_below_an_answer_is_no_part_of_it() {
        check_headings(
            "Q: Is it free?\nA: Yes, for members.\n\nOpening hours\n\nThe house opens at nine.\n\nPayment\n\nQ: How do I pay?\nA: In cash.",
            &["Opening hours", "Payment"],
        );
        check_headings(
            "Q: Is it free?\n\nYes.\n\nIt always was.\n\nOpening hours\n\nThe house opens at nine. It closes at ten.",
            &["Opening hours"],
        );
    }

    #[test]
    fn what_may_be_the_answer_is_no_heading() {
        for answer in [
            // The answer itself, or what it announces.
            "Ann Smith\n\nAsk her at the gate.",
            "Ask one of these:\n\nAnn Smith\n\nShe is at the gate.",
            // One of several short lines, or one without blank lines around it.
            "Bring these.\n\nA warm coat\n\nA hat\n\nIt is cold.",
            "Ask her.\nAnn Smith\n\nShe is at the gate.",
            "Ask her.\n\nAnn Smith\nShe is at the gate.",
            // A price, a date, an address.
            "Write to us.\n\nOld Mill 5\n\nWe answer soon.",
            "It depends.\n\nfor members nothing\n\nOthers pay.",
            "Wait.\n\nIs it on?\n\nThen go on.",
        ] {
            check_headings(&format!("Q: Who has the key?\n\n{answer}"), &[]);
        }
        // Without marked questions, short lines are what they were.
        check_headings(
            "It is free.\n\nOpening hours\n\nThe house opens at nine.",
            &[],
        );
    }

    #[test]
    fn several_headings_above_short_answers() {
        check_headings(
            "Please read this first.\n\nMy game is lagging\n\nLook at the frame rate.\n\nI get \"Connection lost\"\n\nRestart the router. Then wait, please\n\nMy pet is gone\n\nPets stay at home. Look there",
            &[
                "My game is lagging",
                "I get \"Connection lost\"",
                "My pet is gone",
            ],
        );
        check_headings(
            "Opening hours\n\nThe house opens at nine.\n\nPayment\n\nYou pay in cash.",
            &["Opening hours", "Payment"],
        );
    }

    #[test]
    fn ordinary_short_lines_are_no_headings() {
        for text in [
            // Items and steps.
            "Open it.\n\n1. Turn the screw\n\nIt is tight.\n\n2. Take off the lid\n\nIt is heavy.",
            "Bring these.\n\n• A rope\n\nIt is long.\n\n• A hook\n\nIt is small.",
            // `Name: value`, and the time in front of what people say.
            "Ask us.\n\nPhone: 12 34\n\nWe are there at nine.\n\nRoom: Old Hall\n\nIt is upstairs.",
            "See you.\n\nAnn 12:30\n\nHello, Bob.\n\nBob 12:31\n\nHello, Ann.",
            // Names above what people say.
            "Hello.\n\nAnn\n\nHow is it?\n\nBob\n\nIt is fine.\n\nAnn\n\nI am glad.\n\nBob\n\nSo am I.",
            // A poem, an address, a signature.
            "The sea\nis wide\n\nThe land\nis green\n\nI sail.",
            "Write to us.\n\nOur Club\nMill Lane 5\nOldtown\n\nWe answer soon.",
            "Thank you.\n\nAnn Smith\n\nBring a coat.",
        ] {
            check_headings(text, &[]);
        }
    }

    #[test]
    fn ten_thousand_questions_without_an_answer_between() {
        let page = "Page\n\n".to_owned() + &"Is this a question?\n".repeat(10_000) + "No.\n";
        let document = read(&page);
        let last = document.blocks.last().unwrap();
        assert_eq!((last.text.as_str(), last.lines.first), ("No.", 10_003));
    }
}
