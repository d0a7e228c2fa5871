//! Markdown (`CommonMark` with tables, footnotes and strikethrough).
//!
//! Each chunk between blank lines is parsed separately. A paragraph is therefore what its author separated by blank
//! lines, even if it is indented, and parsing takes time linear in the length of the file. Link references are resolved
//! in the whole file.

use crate::chunks::{Chunk, Closes, chunks};
use crate::{commonmark, dom, front_matter, questions};
use pullquote_core::article::{Block, BlockKind, ParagraphKind, ParsedDocument};
use std::collections::HashSet;

/// Reads Markdown, perhaps with front matter.
pub(super) fn read(text: &str) -> ParsedDocument {
    front_matter::read_with(text, read_body)
}

/// Reads Markdown that begins at byte offset `body`.
pub(super) fn read_body(text: &str, body: usize) -> ParsedDocument {
    let mut document = ParsedDocument::default();
    let labels = link_labels(text);
    for chunk in chunks(text, body, opens_region) {
        let (question, chunk) = split_question(chunk);
        if let Some(question) = question {
            commonmark::read(&question, &labels, &mut document);
        }
        if let Some(markdown) = html_to_markdown(&chunk) {
            for mut block in read_body(&markdown, 0).blocks {
                block.lines = chunk.all();
                document.blocks.push(block);
            }
        } else if let Some(code) = fenced_code(&chunk) {
            document.blocks.push(Block {
                kind: BlockKind::Paragraph(ParagraphKind::Code),
                text: code,
                lines: chunk.all(),
            });
        } else {
            commonmark::read(&chunk, &labels, &mut document);
        }
    }
    let is_title = |block: &&mut Block| block.kind == BlockKind::Heading(1);
    if let Some(title) = document.blocks.iter_mut().find(is_title) {
        title.kind = BlockKind::Title;
    }
    document
}

/// The Markdown for a chunk of block-level HTML, such as a table or `<details>`.
fn html_to_markdown(chunk: &Chunk<'_>) -> Option<String> {
    let first = chunk.lines[0].trim_start();
    if !is_html_block(first) {
        return None;
    }
    let text = dom::fragment_to_markdown(&chunk.lines.join("\n"))?;
    text.contains(char::is_alphanumeric).then_some(text)
}

/// Splits a question that is marked as one (`Q: ...`, or in bold) from the answer on the lines below.
fn split_question(mut chunk: Chunk<'_>) -> (Option<Chunk<'_>>, Chunk<'_>) {
    let first = chunk.lines[0];
    if chunk.lines.len() == 1 || !questions::is_marked(first) || !questions::is_question(first) {
        return (None, chunk);
    }
    chunk.lines.remove(0);
    chunk.first += 1;
    let question = Chunk {
        lines: vec![first],
        first: chunk.first - 1,
    };
    (Some(question), chunk)
}

/// The test for the line that closes a code fence or a comment, if `line` opens one.
fn opens_region(line: &str) -> Option<Closes> {
    let line = line.trim_start();
    let fence = ["```", "~~~"].iter().any(|fence| line.starts_with(fence));
    if fence && !line.trim_start_matches(['`', '~']).contains('`') {
        return Some(|opening, line| {
            let fence = |line: &str| {
                line.trim()
                    .chars()
                    .take_while(|c| matches!(c, '`' | '~'))
                    .count()
            };
            let line = line.trim();
            fence(line) >= fence(opening) && line.chars().all(|c| opening.trim().starts_with(c))
        });
    }
    if line.starts_with("<!--") && !line.contains("-->") {
        return Some(|_, line| line.contains("-->"));
    }
    None
}

/// The lines of a fenced code block, without the fences.
fn fenced_code(chunk: &Chunk<'_>) -> Option<String> {
    let (first, rest) = chunk.lines.split_first()?;
    let is_end = opens_region(first)?;
    if first.trim_start().starts_with('<') {
        return None;
    }
    let inner = match rest.split_last() {
        Some((last, inner)) if is_end(first, last) => inner,
        _ => rest,
    };
    Some(inner.join("\n"))
}

/// Labels of link reference definitions (`[label]: address`), in lower case.
fn link_labels(text: &str) -> HashSet<String> {
    let label = |line: &str| {
        let rest = line.trim_start().strip_prefix('[')?;
        let (label, _) = rest.split_once("]:")?;
        (!label.starts_with('^')).then(|| label.to_lowercase())
    };
    text.lines().filter_map(label).collect()
}

/// Whether a line begins with the tag of a block-level element.
fn is_html_block(line: &str) -> bool {
    const TAGS: &[&str] = &[
        "article",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "main",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "ul",
    ];
    let name = line.strip_prefix('<').map(|rest| {
        let name = rest.chars().take_while(char::is_ascii_alphanumeric);
        name.collect::<String>().to_ascii_lowercase()
    });
    name.is_some_and(|name| TAGS.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares blocks, each written as its kind, lines and text.
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = read_body(text, 0)
            .blocks
            .iter()
            .map(|block| {
                let kind = match block.kind {
                    BlockKind::Title => "title".to_owned(),
                    BlockKind::Heading(level) => format!("h{level}"),
                    BlockKind::Paragraph(kind) => format!("{kind:?}").to_lowercase(),
                };
                format!(
                    "{kind} {}-{}: {}",
                    block.lines.first, block.lines.last, block.text
                )
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn blocks_with_their_lines() {
        check(
            "# The *title*\n\nFirst [link](http://x) and `code`,\nwrapped.\n\n## Part\nSecond &amp; last.\n",
            &[
                "title 1-1: The title",
                "body 3-4: First link and code, wrapped.",
                "h2 6-6: Part",
                "body 7-7: Second & last.",
            ],
        );
        check(
            "- one\n- two\n  - three\n\n4. four\n5. five",
            &[
                "list 1-3: - one\n- two\n- three",
                "list 5-6: 4. four\n5. five",
            ],
        );
        check(
            "| a | b |\n|---|---|\n| 1 | **2** |",
            &["table 1-3: a | b\n1 | 2"],
        );
        check(
            "```rust\nlet a;\n\nlet b;\n```\nafter",
            &["code 1-5: let a;\n\nlet b;", "body 6-6: after"],
        );
        check(
            "> quoted\n> text\n\n![A boat](b.png)\n\n![](c.png)",
            &["body 1-2: quoted text", "caption 4-4: A boat"],
        );
    }

    #[test]
    fn prose_is_unchanged() {
        check(
            "1986. A good year. It rained.",
            &["body 1-1: 1986. A good year. It rained."],
        );
        check(
            "    indented text is not code here",
            &["body 1-1: indented text is not code here"],
        );
        check(
            "2 * 3 * 4 is x_y_z, not <your name>",
            &["body 1-1: 2 * 3 * 4 is x_y_z, not <your name>"],
        );
        check(
            "[a label] and [a ref][r] and [one]\n\n[r]: http://x",
            &["body 1-1: [a label] and a ref and [one]"],
        );
    }

    #[test]
    fn html_is_converted_and_comments_are_dropped() {
        let boxed = "<div>\nIn a box\n</div>\n\n<details><summary>How far?</summary>\nTwo miles.\n\nOr three.\n</details>";
        check(
            boxed,
            &[
                "body 1-3: In a box",
                "h4 5-6: How far?",
                "body 5-6: Two miles.",
                "body 8-8: Or three.",
            ],
        );
        let document = read_body("<!-- a\n\ncomment -->\n\nText<br>more <b>bold</b>.", 0);
        assert_eq!(document.blocks.len(), 1);
        assert_eq!(document.blocks[0].text, "Text more bold.");
        assert!(
            document
                .dropped
                .iter()
                .any(|dropped| dropped.text.contains("comment"))
        );
    }
}
