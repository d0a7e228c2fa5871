//! Markdown (`CommonMark` with tables and footnotes) -> blocks.
//!
//! Each chunk between blank lines is parsed by itself: so a paragraph is what its author set apart by
//! empty lines, an indented one is still a paragraph, and no file can make parsing cost more than its
//! length. References to links are resolved from the whole file.

use super::chunks::{Chunk, Closes, chunks};
use super::{html, questions};
use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use pullquote_core::article::{
    Block, BlockKind, Dropped, LineRange, ParagraphKind, ParsedDocument,
};
use std::collections::HashSet;

/// Reads Markdown that begins at byte `body` of the file.
pub(super) fn read(text: &str, body: usize) -> ParsedDocument {
    let mut reading = ParsedDocument::default();
    let labels = link_labels(text);
    let mut titled = false;
    for chunk in chunks(text, body, holds_together) {
        let (question, chunk) = part_question(chunk);
        if let Some(question) = question {
            ChunkReader::new(&question).read(&labels, &mut reading);
        }
        if let Some(inner) = html_text(&chunk) {
            for mut block in read(&inner, 0).blocks {
                block.lines = chunk.all();
                reading.blocks.push(block);
            }
        } else if let Some(code) = fenced(&chunk) {
            let kind = BlockKind::Paragraph(ParagraphKind::Code);
            reading.blocks.push(Block {
                kind,
                text: code,
                lines: chunk.all(),
            });
        } else {
            ChunkReader::new(&chunk).read(&labels, &mut reading);
        }
    }
    for block in &mut reading.blocks {
        if block.kind == BlockKind::Heading(1) && !titled {
            block.kind = BlockKind::Title;
            titled = true;
        }
    }
    reading
}

/// The text of a chunk that is HTML: a table, a box, a question that opens.
fn html_text(chunk: &Chunk<'_>) -> Option<String> {
    let first = chunk.lines[0].trim_start();
    if !is_html_block(first) {
        return None;
    }
    let text = html::fragment(&chunk.lines.join("\n"))?;
    text.contains(char::is_alphanumeric).then_some(text)
}

/// Parts a question that says so (`Q: ...`, or in bold) from the answer in the lines below.
fn part_question(mut chunk: Chunk<'_>) -> (Option<Chunk<'_>>, Chunk<'_>) {
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

/// A code fence holds together up to its like, a comment up to its end.
fn holds_together(line: &str) -> Option<Closes> {
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

/// The lines between two fences.
fn fenced(chunk: &Chunk<'_>) -> Option<String> {
    let (first, rest) = chunk.lines.split_first()?;
    let is_end = holds_together(first)?;
    if first.trim_start().starts_with('<') {
        return None;
    }
    let inner = match rest.split_last() {
        Some((last, inner)) if is_end(first, last) => inner,
        _ => rest,
    };
    Some(inner.join("\n"))
}

/// Labels of `[label]: address` lines, in lower case.
fn link_labels(text: &str) -> HashSet<String> {
    let label = |line: &str| {
        let rest = line.trim_start().strip_prefix('[')?;
        let (label, _) = rest.split_once("]:")?;
        (!label.starts_with('^')).then(|| label.to_lowercase())
    };
    text.lines().filter_map(label).collect()
}

/// Reads one chunk.
struct ChunkReader {
    source: String,
    first_line: u32,
    /// Byte offsets at which the lines of `source` begin.
    line_starts: Vec<usize>,
    /// The block that is being filled.
    block: Option<(BlockKind, LineRange)>,
    out: String,
    /// Number of the next item for each list that is open; `None` for bullets.
    lists: Vec<Option<u64>>,
    items: usize,
    /// Whether the block holds an image, and whether it holds anything else.
    image: bool,
    words: bool,
    /// Depth of images that are open: their alternative text is not running text.
    images: usize,
}

impl ChunkReader {
    fn new(chunk: &Chunk<'_>) -> Self {
        let indent = |line: &&str| line.len() - line.trim_start().len();
        let common = chunk.lines.iter().map(indent).min().unwrap_or(0);
        let mut source = String::new();
        let mut line_starts = Vec::with_capacity(chunk.lines.len());
        for line in &chunk.lines {
            line_starts.push(source.len());
            source.push_str(line.get(common..).unwrap_or(line));
            source.push('\n');
        }
        Self {
            source,
            first_line: chunk.first,
            line_starts,
            block: None,
            out: String::new(),
            lists: Vec::new(),
            items: 0,
            image: false,
            words: false,
            images: 0,
        }
    }

    fn read(mut self, labels: &HashSet<String>, reading: &mut ParsedDocument) {
        let source = std::mem::take(&mut self.source);
        let resolve = |link: BrokenLink<'_>| {
            let known = labels.contains(&link.reference.to_lowercase());
            known.then_some((CowStr::Borrowed("#"), CowStr::Borrowed("")))
        };
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        let parser = Parser::new_with_broken_link_callback(&source, options, Some(resolve));
        for (event, range) in parser.into_offset_iter() {
            let lines = self.lines(range.start, range.end);
            match event {
                // What is struck out holds no longer: it must not be quoted as if it did.
                Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
                    self.out.push_str("~~");
                }
                Event::Start(tag) => self.start(&tag, lines),
                Event::End(tag) => self.end(tag, reading),
                Event::SoftBreak | Event::HardBreak => self.out.push(' '),
                Event::InlineHtml(tag) if is_html(&tag) => {
                    if tag.starts_with("<br") {
                        self.out.push(' ');
                    }
                }
                Event::Text(text)
                | Event::Code(text)
                | Event::InlineHtml(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => self.text(&text),
                Event::Html(text) => {
                    let reason = "HTML inside Markdown".to_owned();
                    reading.dropped.push(Dropped {
                        lines,
                        text: text.trim().to_owned(),
                        reason,
                    });
                }
                Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
            }
        }
        self.finish(reading);
    }

    fn lines(&self, start: usize, end: usize) -> LineRange {
        let line = |at: usize| {
            self.first_line + self.line_starts.partition_point(|&begin| begin <= at) as u32 - 1
        };
        LineRange {
            first: line(start),
            last: line(end.saturating_sub(1).max(start)),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, lines: LineRange) {
        match tag {
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(level_of(*level)), lines),
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::FootnoteDefinition(_) => {
                if self.block.is_some() {
                    self.space();
                }
                self.open(BlockKind::Paragraph(ParagraphKind::Body), lines);
            }
            Tag::List(first) => {
                self.open(BlockKind::Paragraph(ParagraphKind::List), lines);
                self.lists.push(*first);
            }
            Tag::Item => {
                self.items += 1;
                self.line();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.out.push_str(&marker);
            }
            Tag::Table(_) => self.open(BlockKind::Paragraph(ParagraphKind::Table), lines),
            Tag::TableHead | Tag::TableRow => self.line(),
            Tag::TableCell if !(self.out.is_empty() || self.out.ends_with('\n')) => {
                self.out.push_str(" | ");
            }
            Tag::Image { .. } => {
                self.image = true;
                self.images += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, reading: &mut ParsedDocument) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.finish(reading);
                }
            }
            TagEnd::Image => self.images -= 1,
            TagEnd::Heading(_) | TagEnd::Table => self.finish(reading),
            TagEnd::Paragraph | TagEnd::CodeBlock if self.lists.is_empty() => self.finish(reading),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(text);
        self.words |= self.images == 0 && !text.trim().is_empty();
    }

    /// Begins a block, unless this is a part of one.
    fn open(&mut self, kind: BlockKind, lines: LineRange) {
        if self.block.is_none() {
            self.block = Some((kind, lines));
        }
    }

    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
    }

    fn line(&mut self) {
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Closes the block that is open.
    fn finish(&mut self, reading: &mut ParsedDocument) {
        let text = std::mem::take(&mut self.out).trim().to_owned();
        let (items, image, words) = (self.items, self.image, self.words);
        (self.items, self.image, self.words) = (0, false, false);
        let Some((kind, lines)) = self.block.take().filter(|_| !text.is_empty()) else {
            return;
        };
        let kind = match kind {
            // `1986. A good year.` is prose that happens to begin with a number.
            BlockKind::Paragraph(ParagraphKind::List) if items == 1 => {
                BlockKind::Paragraph(ParagraphKind::Body)
            }
            BlockKind::Paragraph(ParagraphKind::Body) if image && !words => {
                BlockKind::Paragraph(ParagraphKind::Caption)
            }
            other => other,
        };
        reading.blocks.push(Block { kind, text, lines });
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// Whether `<tag>` is one that browsers know; `<your name>` is the author's text.
fn is_html(tag: &str) -> bool {
    const TAGS: &[&str] = &[
        "a", "abbr", "b", "br", "center", "cite", "code", "del", "details", "div", "em", "font",
        "hr", "i", "img", "ins", "kbd", "mark", "p", "q", "s", "small", "span", "strong", "sub",
        "summary", "sup", "u", "wbr",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    let name: String = name
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    tag.starts_with("<!--") || TAGS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a line begins with a tag that holds blocks.
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

    /// One line a block: kind, lines, text.
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = read(text, 0)
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
    fn prose_is_left_as_it_is() {
        check(
            "1986. A good year. It rained.",
            &["body 1-1: 1986. A good year. It rained."],
        );
        check(
            "    indented is no code here",
            &["body 1-1: indented is no code here"],
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
    fn html_gives_its_text_and_the_rest_is_told() {
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
        let reading = read("<!-- a\n\ncomment -->\n\nText<br>more <b>bold</b>.", 0);
        assert_eq!(reading.blocks.len(), 1);
        assert_eq!(reading.blocks[0].text, "Text more bold.");
        assert!(
            reading
                .dropped
                .iter()
                .any(|dropped| dropped.text.contains("comment"))
        );
    }
}
