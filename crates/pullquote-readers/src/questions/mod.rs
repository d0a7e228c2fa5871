//! Questions that authors write as a line of text above the answer, such as `Q: Is it free?`. Like a heading, the line
//! says what the answer is about; it is never quoted as an answer itself.

mod pieces;
mod tables;

pub(crate) use tables::columns;

pub(crate) use pieces::split;

use pullquote_core::article::{Block, BlockKind, ParagraphKind};

/// Longest question, in characters.
const MAX_LENGTH: usize = 200;

/// Marks each paragraph that is a single question with an answer below it, and the questions in tables.
pub(crate) fn mark(blocks: &mut Vec<Block>) {
    tables::expand(blocks);
    let steps = steps(blocks);
    for (at, is_step) in steps.into_iter().enumerate() {
        let below = blocks.iter().skip(at + 1);
        let mut below = below.skip_while(|block| block.kind == BlockKind::AsideStart);
        let answered = below.next().is_some_and(is_answer);
        let question = &mut blocks[at];
        let body = question.kind == BlockKind::Paragraph(ParagraphKind::Body);
        if body && answered && !is_step && is_question(&question.text) {
            question.kind = BlockKind::Paragraph(ParagraphKind::Question);
        }
    }
}

/// Which blocks are steps among others, the nearest of which is no question: `2. Is it on?` between `1. Press it.` and
/// `3. Wait.`
fn steps(blocks: &[Block]) -> Vec<bool> {
    let mut steps = vec![false; blocks.len()];
    let mut above: Option<(usize, u32, bool)> = None;
    for (at, block) in blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph(_)) {
            above = None;
        }
        let Some(number) = step_number(&block.text) else {
            continue;
        };
        let asks = is_question(&block.text);
        if let Some((before, last, asked)) = above
            && number == last.saturating_add(1)
            && asks != asked
        {
            steps[before] = true;
            steps[at] = true;
        }
        let last = block.text.lines().rev().find_map(step_number);
        above = Some((at, last.unwrap_or(number), asks));
    }
    steps
}

/// The number of a line that begins as a step does: `3. ` or `3) `.
fn step_number(line: &str) -> Option<u32> {
    let end = line.find(|letter: char| !letter.is_ascii_digit())?;
    let (digits, rest) = line.split_at_checked(end)?;
    let is_step = rest.starts_with(". ") || rest.starts_with(") ");
    digits.parse().ok().filter(|_| is_step)
}

fn is_answer(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_)) && !is_question(&block.text)
}

/// Whether a line is a single question and nothing else.
pub(crate) fn is_question(line: &str) -> bool {
    let line = line.trim_matches(|letter: char| letter.is_whitespace() || "*_".contains(letter));
    let asks = ['?', '？', '؟'];
    let ends = |letter: char| matches!(letter, '.' | '!' | '。' | '！' | '?' | '？' | '؟');
    let Some(asked) = line.strip_suffix(asks) else {
        return false;
    };
    // `1. Is it free?` and `What is No. 5?` contain a dot, but not between two sentences of several words.
    let sentences = asked
        .split(ends)
        .filter(|part| part.split_whitespace().count() > 2);
    !asked.starts_with(['"', '“', '«', '„', '-', '–', '—'])
        && line.chars().count() <= MAX_LENGTH
        && sentences.count() <= 1
}

/// Whether a line is marked as a question: `Q: ...`, `Q1. ...`, or entirely bold.
pub(crate) fn is_marked(line: &str) -> bool {
    let line = line.trim();
    let bold = |mark: &str| line.len() > 4 && line.starts_with(mark) && line.ends_with(mark);
    let letter = line
        .trim_start_matches(['*', '_'])
        .strip_prefix(['Q', 'F', 'P', 'В']);
    let numbered = letter.is_some_and(|rest| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit())
            .starts_with([':', '.', ')'])
    });
    bold("**") || bold("__") || numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_questions() {
        let check = |line, expected| assert_eq!(is_question(line), expected, "{line}");
        check("Is it free?", true);
        check("**Is it free?**", true);
        check("1. Is it free?", true);
        check("What is No. 5?", true);
        check("免费吗？", true);
        check("It is free.", false);
        check("No. Is it free?", true);
        check("It was built in stone. Is it free?", false);
        check("“Is it free?”", false);
        check("– Is it free?", false);
        check(&format!("Is {}?", "very ".repeat(50)), false);
    }

    #[test]
    fn a_step_that_is_a_question_is_no_heading() {
        let check = |text: &str, expected: &[&str]| {
            let document = crate::read("a.md", text.as_bytes());
            let asked = document.blocks.iter().filter(|block| {
                matches!(block.kind, BlockKind::Paragraph(ParagraphKind::Question))
            });
            let asked: Vec<&str> = asked.map(|block| block.text.as_str()).collect();
            assert_eq!(asked, expected, "{text}");
        };
        check(
            "1. Press it.\n\nWait.\n\n2. Is it on?\n\nThen go on.\n\n3. Close it.",
            &[],
        );
        check("1. Is it on?\n\nThen go on.\n\n2. Close it.", &[]);
        check(
            "1. Open it.\n2. Is it on?\n   Then go on.\n3. Close it.",
            &[],
        );
        let faq = "1. Is it free?\n\nYes.\n\n2. Is it open?\n\nNo.";
        check(faq, &["1. Is it free?", "2. Is it open?"]);
        let list = "1. Is it free?\n   Yes.\n2. Is it open?\n   No.";
        check(list, &["Is it free?", "Is it open?"]);
    }

    #[test]
    fn marked_questions() {
        let check = |line, expected| assert_eq!(is_marked(line), expected, "{line}");
        check("Q: Is it free?", true);
        check("Q12. Is it free?", true);
        check("**Q: Is it free?**", true);
        check("__Is it free?__", true);
        check("Is it free?", false);
        check("Quite free?", false);
    }
}
