//! Questions that an author wrote as lines of text become headings: `Q: Is it free?` above its answer
//! says what the answer is about, and is never an answer itself.

use crate::article::{Block, BlockKind, ParagraphKind};

/// Longest question, in characters.
const MAX_LENGTH: usize = 200;

/// Makes headings of paragraphs that are one question, where an answer stands below.
pub(super) fn head(blocks: &mut [Block]) {
    let mut above = 1;
    for at in 0..blocks.len() {
        let answer = blocks.get(at + 1).is_some_and(is_answer);
        let block = &mut blocks[at];
        match block.kind {
            BlockKind::Heading(level) => above = level,
            BlockKind::Paragraph(ParagraphKind::Body) if answer && is_question(&block.text) => {
                block.kind = BlockKind::Heading((above + 1).min(6));
            }
            _ => {}
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
