//! Questions that an author wrote as lines of text, above their answers: `Q: Is it free?` says what the
//! answer is about, as a heading does, and is never an answer itself.

use pullquote_core::article::{Block, BlockKind, ParagraphKind};

/// Longest question, in characters.
const MAX_LENGTH: usize = 200;

/// Marks paragraphs that are one question, where an answer stands below.
pub(super) fn mark(blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        let [question, answer] = &mut blocks[at - 1..=at] else {
            continue;
        };
        let body = question.kind == BlockKind::Paragraph(ParagraphKind::Body);
        if body && is_question(&question.text) && is_answer(answer) {
            question.kind = BlockKind::Paragraph(ParagraphKind::Question);
        }
    }
}

fn is_answer(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_)) && !is_question(&block.text)
}

/// Whether a line is a question and nothing else.
pub(super) fn is_question(line: &str) -> bool {
    let line = line.trim_matches(|letter: char| letter.is_whitespace() || "*_".contains(letter));
    let asks = ['?', '？', '؟'];
    let ends = |letter: char| matches!(letter, '.' | '!' | '。' | '！' | '?' | '？' | '؟');
    let Some(asked) = line.strip_suffix(asks) else {
        return false;
    };
    // `1. Is it free?` and `What is No. 5?` hold a dot; two sentences hold one after a word.
    let sentences = asked
        .split(ends)
        .filter(|part| part.split_whitespace().count() > 2);
    !asked.starts_with(['"', '“', '«', '„', '-', '–', '—'])
        && line.chars().count() <= MAX_LENGTH
        && sentences.count() <= 1
}

/// Whether a line says that it is a question: `Q: ...`, `Q1. ...`, or all of it bold.
pub(super) fn is_marked(line: &str) -> bool {
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
