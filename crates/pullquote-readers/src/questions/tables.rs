//! Tables of questions and answers.

use super::is_question;
use pullquote_core::article::{Block, BlockKind, LineRange, ParagraphKind};

/// Heads of the column of questions.
const QUESTION: &[&str] = &[
    "question",
    "questions",
    "q",
    "faq",
    "frage",
    "fragen",
    "pregunta",
    "preguntas",
];
/// Heads of the column of answers.
const ANSWER: &[&str] = &[
    "answer",
    "answers",
    "a",
    "response",
    "antwort",
    "antworten",
    "réponse",
    "réponses",
    "respuesta",
    "respuestas",
];

/// The columns of questions and answers, by the heads of all columns.
pub(crate) fn columns<'a>(heads: impl IntoIterator<Item = &'a str>) -> Option<(usize, usize)> {
    let heads: Vec<String> = heads
        .into_iter()
        .map(|head| head.trim().to_lowercase())
        .collect();
    let find = |names: &[&str]| heads.iter().position(|head| names.contains(&head.as_str()));
    find(QUESTION).zip(find(ANSWER))
}

/// Replaces each table of questions and answers by its rows.
pub(super) fn expand(blocks: &mut Vec<Block>) {
    let is_table = |block: &Block| block.kind == BlockKind::Paragraph(ParagraphKind::Table);
    if !blocks.iter().any(is_table) {
        return;
    }
    let all = std::mem::take(blocks);
    for block in all {
        match rows(&block).filter(|_| is_table(&block)) {
            Some(rows) => push(blocks, &block, &rows),
            None => blocks.push(block),
        }
    }
}

/// Questions and answers of a table; `None` if it has others columns.
fn rows(table: &Block) -> Option<Vec<(usize, &str, &str)>> {
    let lines = table.text.lines().enumerate();
    let mut lines = lines.map(|(at, line)| (at, line.split(" | ").collect::<Vec<_>>()));
    let (_, heads) = lines.next()?;
    let named = columns(heads.iter().copied());
    let (question, answer) = named.unwrap_or((0, 1));
    let mut rows = Vec::new();
    for (at, cells) in lines {
        let asked = cells.get(question)?.trim();
        let answered = cells.get(answer)?.trim();
        let fits = cells.len() == heads.len() && !answered.is_empty();
        if !fits || named.is_none() && (heads.len() != 2 || !is_question(asked)) {
            return None;
        }
        rows.push((at, asked, answered));
    }
    (!rows.is_empty()).then_some(rows)
}

/// Adds the rows. The questions are headings of nothing below the table.
fn push(blocks: &mut Vec<Block>, table: &Block, rows: &[(usize, &str, &str)]) {
    let count = table.text.lines().count() as u32;
    // In Markdown, each row is a line, and a line of dashes is below the first one.
    let one_each = table.lines.last - table.lines.first == count;
    let lines = |row: usize| {
        let line = table.lines.first + row as u32 + 1;
        let row = LineRange {
            first: line,
            last: line,
        };
        if one_each { row } else { table.lines }
    };
    let block = |kind, text: &str, lines| Block {
        kind,
        text: text.to_owned(),
        lines,
    };
    blocks.push(block(BlockKind::AsideStart, "", table.lines));
    for (row, question, answer) in rows {
        let lines = lines(*row);
        let question_kind = BlockKind::Paragraph(ParagraphKind::Question);
        blocks.push(block(question_kind, question, lines));
        let answer_kind = BlockKind::Paragraph(ParagraphKind::Body);
        blocks.push(block(answer_kind, answer, lines));
    }
    blocks.push(block(BlockKind::AsideEnd, "", table.lines));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the questions and answers of a table with their lines; none if it is no such table.
    fn check(text: &str, expected: &[&str]) {
        let rows = text.lines().count() as u32;
        let mut blocks = vec![Block {
            kind: BlockKind::Paragraph(ParagraphKind::Table),
            text: text.to_owned(),
            lines: LineRange {
                first: 5,
                last: 5 + rows,
            },
        }];
        expand(&mut blocks);
        let blocks = blocks.iter().filter(|block| {
            matches!(block.kind, BlockKind::Paragraph(kind) if kind != ParagraphKind::Table)
        });
        let found: Vec<String> = blocks
            .map(|block| format!("{} {}", block.lines.first, block.text))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn tables_of_questions() {
        check(
            "No. | Question | Answer\n1 | Fares | Two euros.\n2 | Is it far? | No.",
            &["7 Fares", "7 Two euros.", "8 Is it far?", "8 No."],
        );
        check(
            "You ask | We say\nIs it free? | Yes.",
            &["7 Is it free?", "7 Yes."],
        );
        check("Day | Opens\nMonday | Ten", &[]);
        check("Question | Answer\nIs it free?", &[]);
        check("Question | Answer", &[]);
    }
}
