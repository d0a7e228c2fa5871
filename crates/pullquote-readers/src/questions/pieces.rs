//! Questions in a piece of Markdown: on a line above the answer, before it on the same line, or as a list item.

use super::steps::{self, Steps};
use super::{are_labelled, is_marked, is_question};
use crate::dialects::Piece;
use crate::line::indent;

/// A question and the rest of its line, which begins the answer.
struct Asked<'a> {
    question: &'a str,
    answer: &'a str,
}

/// Splits a piece at its questions: each becomes a piece of its own, above that of its answer. `below` is the line below
/// the piece and an empty line: an answer is indented there where the question is a list item, as Notion exports a toggle.
pub(crate) fn split(piece: Piece, below: Option<&str>) -> Vec<Piece> {
    let steps = steps(&piece.lines);
    let asked: Vec<Option<Asked<'_>>> = (0..piece.lines.len())
        .map(|at| asked(&piece.lines, at, below, &steps))
        .collect();
    if asked.iter().all(Option::is_none) {
        return vec![piece];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    // Whether the last piece is an answer or other text, which the next line continues.
    let mut open = false;
    let mut add = |number: u32, text: &str, continues: bool| match pieces.last_mut() {
        Some(last) if continues => last.push(number, text.to_owned()),
        _ => pieces.push(Piece::new(number, text.to_owned())),
    };
    for ((number, line), asked) in piece.lines.iter().zip(&asked) {
        let Some(Asked { question, answer }) = asked else {
            add(*number, line, open);
            open = true;
            continue;
        };
        add(*number, question, false);
        open = !answer.is_empty();
        if open {
            add(*number, answer, false);
        }
    }
    for piece in &mut pieces {
        unwrap_item(piece);
    }
    pieces
}

/// The question on a line, if the text after it can be its answer.
fn asked<'a>(
    lines: &'a [(u32, String)],
    at: usize,
    below: Option<&str>,
    steps: &Steps,
) -> Option<Asked<'a>> {
    let line = lines[at].1.as_str();
    let next = lines.get(at + 1).map(|(_, line)| line.as_str());
    let content = content(line);
    let is_item = item(line).is_some();
    if let Some(asked) = with_answer(content) {
        return Some(asked);
    }
    if next.is_some_and(|next| are_labelled(content, next)) {
        return Some(Asked {
            question: content,
            answer: "",
        });
    }
    if !is_question(content) {
        return None;
    }
    let nested = next
        .or(below)
        .is_some_and(|below| indent(below) > indent(line));
    let answers = if is_item {
        // The next item of a list is no answer to this one, and a step among others is no question.
        nested && !steps.contains(at)
    } else {
        is_marked(content) && next.is_some_and(|below| !is_question(below))
    };
    let asked = Asked {
        question: content,
        answer: "",
    };
    answers.then_some(asked)
}

/// A line without its indentation, the mark of an item and a line break at its end.
fn content(line: &str) -> &str {
    without_break(item(line).unwrap_or(line.trim()))
}

/// A line without the line break at its end.
fn without_break(line: &str) -> &str {
    let breaks = ["<br>", "<br/>", "<br />"];
    let kept = breaks.iter().find_map(|mark| line.strip_suffix(mark));
    kept.map_or(line, str::trim_end)
}

/// The steps among lines.
fn steps(lines: &[(u32, String)]) -> Steps {
    let mut steps = Steps::default();
    let lines = lines.iter().enumerate();
    for (at, (_, line)) in lines.filter(|(_, (_, line))| steps::number(line.trim()).is_some()) {
        let content = content(line);
        let asks = is_question(content) || with_answer(content).is_some();
        steps.add(indent(line), at, asks);
    }
    steps
}

/// `**Is it free?** Yes.`, `Q: Is it free? A: Yes.`
fn with_answer(line: &str) -> Option<Asked<'_>> {
    let bold = ["**", "__"].iter().find_map(|mark| {
        let inner = line.strip_prefix(mark)?;
        let end = inner.find(mark)?;
        let length = end + 2 * mark.len();
        Some((line.get(..length)?, line.get(length..)?))
    });
    let labelled = ["A:", "A.", "**A:**"].iter().find_map(|mark| {
        let at = line.find(&format!(" {mark} "))?;
        is_marked(line.get(..at)?).then_some((line.get(..at)?, line.get(at..)?))
    });
    let (question, answer) = bold
        .filter(|(question, _)| is_question(question))
        .or(labelled)?;
    let answer = answer.trim_start_matches([' ', ':', '–', '—', '-']).trim();
    let is_answer = answer.chars().filter(|it| it.is_alphanumeric()).count() > 1;
    (is_question(question) && is_answer).then_some(Asked { question, answer })
}

/// A piece that is indented, or that is a single list item, without its indentation and mark.
fn unwrap_item(piece: &mut Piece) {
    let least = piece.lines.iter().map(|(_, line)| indent(line)).min();
    for (_, line) in &mut piece.lines {
        line.drain(..least.unwrap_or(0));
    }
    let items = piece.lines.iter().filter(|(_, line)| item(line).is_some());
    let only_item = items.count() == 1;
    let (_, first) = &mut piece.lines[0];
    if only_item && let Some(content) = item(first) {
        *first = content.to_owned();
    }
}

/// The content of a list item.
fn item(line: &str) -> Option<&str> {
    let line = line.trim();
    let bullet = ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark));
    let numbered = || {
        let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let rest = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
        rest.filter(|_| line.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    bullet.or_else(numbered).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the pieces of a text, each as its first line number and its lines joined by `/`.
    fn check(text: &str, expected: &[&str]) {
        let mut lines = (1..).zip(text.lines());
        let (number, line) = lines.next().unwrap();
        let mut piece = Piece::new(number, line.to_owned());
        for (number, line) in lines {
            piece.push(number, line.to_owned());
        }
        let found: Vec<String> = split(piece, None)
            .iter()
            .map(|piece| {
                let lines: Vec<&str> = piece.lines.iter().map(|(_, line)| line.as_str()).collect();
                format!("{} {}", piece.range.first, lines.join("/"))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn questions_above_answers() {
        check(
            "Q: Is it free?\nA: Yes.\nOn Sundays.\nQ: Is it far?\nA: No.",
            &[
                "1 Q: Is it free?",
                "2 A: Yes./On Sundays.",
                "4 Q: Is it far?",
                "5 A: No.",
            ],
        );
        check(
            "Q: It won't start!!<br>\nA: Press it longer.\nQ: It stops.\nA: Wait.",
            &[
                "1 Q: It won't start!!",
                "2 A: Press it longer.",
                "3 Q: It stops.",
                "4 A: Wait.",
            ],
        );
        check("**Is it free?**\nYes.", &["1 **Is it free?**", "2 Yes."]);
        check("Is it free?\nYes.", &["1 Is it free?/Yes."]);
        check(
            "**Is it free?**\n**Is it far?**",
            &["1 **Is it free?**/**Is it far?**"],
        );
    }

    #[test]
    fn questions_before_answers() {
        check(
            "**Is it free?** Yes.\nAlways.",
            &["1 **Is it free?**", "1 Yes./Always."],
        );
        check("Q: Is it free? A: Yes.", &["1 Q: Is it free?", "1 A: Yes."]);
        check(
            "**Q:** Is it free?\n**A:** Yes.",
            &["1 **Q:** Is it free?", "2 **A:** Yes."],
        );
        check("**Free?**", &["1 **Free?**"]);
        check("It is **free?** Yes.", &["1 It is **free?** Yes."]);
    }

    #[test]
    fn questions_as_list_items() {
        check(
            "- Is it free?\n  - Yes.\n- **Is it far?** No.\n- Is it old?\n  Very.\n  It is.",
            &[
                "1 Is it free?",
                "2 Yes.",
                "3 **Is it far?**",
                "3 No.",
                "4 Is it old?",
                "5 Very./It is.",
            ],
        );
        check("1. Is it free?\n   Yes.", &["1 Is it free?", "2 Yes."]);
        check(
            "- Is it free?\n- Is it far?",
            &["1 - Is it free?/- Is it far?"],
        );
        check(
            "- Is it free?\n  - on Sundays\n  - at night",
            &["1 Is it free?", "2 - on Sundays/- at night"],
        );
    }
}
