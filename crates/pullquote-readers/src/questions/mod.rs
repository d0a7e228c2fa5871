//! Questions that authors write as a line of text above the answer, such as `Q: Is it free?`. Like a heading, the line
//! says what the answer is about; it is never quoted as an answer itself.

mod pieces;
mod steps;
mod tables;

pub(crate) use tables::columns;

pub(crate) use pieces::split;

use pullquote_core::article::{Block, BlockKind, Mark, ParagraphKind};
use pullquote_core::text::{QUESTION_LETTERS, Span, label_length};
use steps::Steps;

/// Longest question, in characters.
const MAX_LENGTH: usize = 200;

/// Marks each paragraph that is a single question with an answer below it, and the questions in tables. The labels of
/// answers below labelled questions are removed.
pub(crate) fn mark(blocks: &mut Vec<Block>) {
    tables::expand(blocks);
    let steps = steps(blocks);
    for at in 0..blocks.len() {
        let below = blocks.iter().skip(at + 1);
        let mut below = below.skip_while(|block| block.kind == BlockKind::AsideStart);
        let answer = below.next().filter(|block| is_answer(block));
        let is_pair = answer.is_some_and(|answer| are_labelled(&blocks[at].text, &answer.text));
        let answered = answer.is_some();
        let question = &mut blocks[at];
        let body = question.kind == BlockKind::Paragraph(ParagraphKind::Body);
        let asks = is_question(&question.text) || is_pair;
        if body && answered && !steps.contains(at) && asks {
            question.kind = BlockKind::Paragraph(ParagraphKind::Question);
        }
    }
    remove_labels(blocks);
}

/// Removes `A:` from each answer to a question that begins with `Q:`.
fn remove_labels(blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        let (above, below) = blocks.split_at_mut(at);
        let question = above.iter().rfind(|it| it.kind != BlockKind::AsideStart);
        let (Some(question), Some(answer)) = (question, below.first_mut()) else {
            continue;
        };
        if !is_answer(answer) || !are_labelled(&question.text, &answer.text) {
            continue;
        }
        let start = label_length(&answer.text, ANSWER_LETTERS).unwrap_or(0);
        let kept = Span::new(start, answer.text.len()).trimmed(&answer.text);
        if kept.is_empty() {
            continue;
        }
        answer.marks = Mark::moved(&answer.marks, &answer.text, kept, 0).collect();
        answer.text = kept.of(&answer.text).to_owned();
    }
}

/// The steps among blocks: numbers that follow each other, with text between them at most.
fn steps(blocks: &[Block]) -> Steps {
    let mut steps = Steps::default();
    let mut last = 0_u32;
    for (at, block) in blocks.iter().enumerate() {
        let begins = steps::number(&block.text);
        let is_text = matches!(block.kind, BlockKind::Paragraph(_));
        if !is_text || begins.is_some_and(|number| number != last.saturating_add(1)) {
            steps.end();
        }
        if let Some(number) = begins {
            steps.add(0, at, is_question(&block.text));
            let mut lines = block.text.lines().rev();
            last = lines.find_map(steps::number).unwrap_or(number);
        }
    }
    steps
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
    bold("**") || bold("__") || is_labelled(line, QUESTION_LETTERS)
}

/// Those before a question and before its answer, in the same language.
const PAIRS: &[(char, char)] = &[('Q', 'A'), ('F', 'A'), ('P', 'R'), ('В', 'О')];

/// Those before an answer.
const ANSWER_LETTERS: &[char] = &['A', 'R', 'О'];

/// Whether a line begins with one of these letters as its label: `Q: ...`, `Q1. ...`
fn is_labelled(line: &str, letters: &[char]) -> bool {
    let line = line.trim_start().trim_start_matches(['*', '_']);
    label_length(line, letters).is_some()
}

/// Whether two texts are labelled as a question and its answer, however the question ends: `Q: It won't start!` above
/// `A: Press it longer.`
pub(crate) fn are_labelled(question: &str, answer: &str) -> bool {
    let is_pair = |(asks, answers): &(char, char)| {
        is_labelled(question, &[*asks]) && is_labelled(answer, &[*answers])
    };
    PAIRS.iter().any(is_pair) && question.chars().nth(MAX_LENGTH).is_none()
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
    fn labels_make_a_question_whatever_its_end() {
        let check = |path: &str, text: &str, expected: &[&str]| {
            let document = crate::read(path, text.as_bytes());
            let asks =
                |block: &Block| matches!(block.kind, BlockKind::Paragraph(ParagraphKind::Question));
            let found = document.blocks.iter();
            let found = found.map(|it| format!("{}{}", if asks(it) { "? " } else { "" }, it.text));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{path}: {text}");
        };
        let pair = ["? Q: It won't start!", "Press it."];
        check("a.md", "Q: It won't start!\nA: Press it.", &pair);
        check("a.md", "Q: It won't start!\n\n**A:** Press it.", &pair);
        let answers = ["Q: It won't start!", "Press it."];
        check("a.md", "Q: It won't start!\n\nPress it.", &answers);
        let others = ["P: It won't start!", "Q: Press it."];
        check("a.md", "P: It won't start!\n\nQ: Press it.", &others);
        let two = "The rules of the pool\n\nQ: Is it free?\nA: Yes.\nQ: It won't start!\nA: Press it.\n\nQ: It stops.\nA: Wait.";
        let expected = [
            "The rules of the pool",
            "? Q: Is it free?",
            "Yes.",
            "? Q: It won't start!",
            "Press it.",
            "? Q: It stops.",
            "Wait.",
        ];
        check("a.md", two, &expected);
        check("a.txt", two, &expected);
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
        check(
            "1. Open it.\n2. Is it on?\n   1. Look at it.\n   2. Is it red?\n      Then wait.\n3. Is it off?\n   Then go on.",
            &["Is it off?"],
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
