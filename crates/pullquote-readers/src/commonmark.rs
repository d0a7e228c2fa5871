//! `CommonMark` with tables, footnotes and strikethrough: turns one piece of Markdown into blocks.

use crate::dialects::{Piece, attribute};
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};
use pullquote_core::article::{
    Block, BlockKind, Dropped, LineRange, Mark, MarkKind, ParagraphKind, ParsedDocument,
};
use pullquote_core::text::Span;
use std::collections::HashMap;
use std::ops::Range;

/// Indentation of the items of a nested list, for each level.
const NESTED: &str = "  ";
/// Levels that are indented. In Markdown no list is nested deeper for its readers.
const DEEPEST: usize = 8;

/// Appends the blocks of a piece to `document`. `labels` are the link labels that the whole file defines, in lower
/// case, with their addresses.
pub(crate) fn read(piece: &Piece, labels: &HashMap<String, String>, document: &mut ParsedDocument) {
    PieceReader::new(piece).read(labels, document);
}

struct PieceReader {
    /// The piece without common indentation.
    source: String,
    /// Numbers in the file of its lines.
    numbers: Vec<u32>,
    /// Byte offsets in `source` at which its lines begin.
    line_starts: Vec<usize>,
    /// The open block.
    block: Option<(BlockKind, LineRange)>,
    /// The text of the open block.
    out: String,
    /// Marks in `out`.
    marks: Vec<Mark>,
    /// Where in `out` the open links, bold and italic texts begin, and what they are.
    open_marks: Vec<(usize, MarkKind)>,
    /// The open HTML elements that mark text: name, where in `out` their text begins, and what they mark it as.
    open_elements: Vec<(String, usize, MarkKind)>,
    /// For each open list the number of its next item; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// List items in the open block.
    items: usize,
    /// Items of the open list in HTML.
    html_items: usize,
    /// Whether the open block contains an image.
    has_image: bool,
    /// Whether one of them has no address: it stands for a caption.
    has_caption: bool,
    /// Whether the open block contains text other than the alternative text of images.
    has_words: bool,
    /// Number of open images.
    open_images: usize,
    /// Where in `out` the open image begins, if it has its line to itself.
    image_start: Option<usize>,
    /// The alternative texts of such images. They are the text of a block without any other.
    captions: Vec<String>,
}

impl PieceReader {
    fn new(piece: &Piece) -> Self {
        let indent = |(_, line): &(u32, String)| line.len() - line.trim_start().len();
        let common = piece.lines.iter().map(indent).min().unwrap_or(0);
        let mut source = String::new();
        let mut line_starts = Vec::with_capacity(piece.lines.len());
        for (_, line) in &piece.lines {
            line_starts.push(source.len());
            source.push_str(line.get(common..).unwrap_or(line));
            source.push('\n');
        }
        Self {
            source,
            numbers: piece.lines.iter().map(|(number, _)| *number).collect(),
            line_starts,
            block: None,
            out: String::new(),
            marks: Vec::new(),
            open_marks: Vec::new(),
            open_elements: Vec::new(),
            lists: Vec::new(),
            items: 0,
            html_items: 0,
            has_image: false,
            has_caption: false,
            has_words: false,
            open_images: 0,
            image_start: None,
            captions: Vec::new(),
        }
    }

    fn read(mut self, labels: &HashMap<String, String>, document: &mut ParsedDocument) {
        let source = std::mem::take(&mut self.source);
        let resolve = |link: BrokenLink<'_>| {
            let address = labels.get(&link.reference.to_lowercase())?;
            Some((CowStr::from(address.clone()), CowStr::Borrowed("")))
        };
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        let parser = Parser::new_with_broken_link_callback(&source, options, Some(resolve));
        for (event, range) in parser.into_offset_iter() {
            let lines = self.lines(range.start, range.end);
            match event {
                // Struck out text keeps its marks, so that it is never quoted as if it were still valid.
                Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
                    self.out.push_str("~~");
                }
                Event::Start(tag) => {
                    if matches!(tag, Tag::Image { .. }) && is_whole_line(&source, &range) {
                        self.image_start = Some(self.out.len());
                    }
                    self.start_tag(&tag, lines);
                }
                Event::End(tag) => self.end_tag(tag, document),
                Event::SoftBreak => self.end_word(),
                Event::HardBreak => self.line_break(),
                Event::InlineHtml(tag) if is_html(&tag) => self.html(&tag),
                Event::Code(text) => {
                    let start = self.out.len();
                    self.text(&text);
                    self.mark(start, MarkKind::Code);
                }
                Event::Text(text)
                | Event::InlineHtml(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => self.text(&text),
                Event::Html(text) => document.dropped.push(Dropped {
                    lines,
                    text: text.trim().to_owned(),
                    reason: "HTML inside Markdown".to_owned(),
                }),
                Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
            }
        }
        self.finish(document);
    }

    /// The lines of the file that contain the bytes `start..end` of `source`.
    fn lines(&self, start: usize, end: usize) -> LineRange {
        let line = |at: usize| {
            let line = self.line_starts.partition_point(|&begin| begin <= at);
            let number = self.numbers.get(line.saturating_sub(1));
            number.or(self.numbers.last()).copied().unwrap_or(1)
        };
        LineRange {
            first: line(start),
            last: line(end.saturating_sub(1).max(start)),
        }
    }

    fn start_tag(&mut self, tag: &Tag<'_>, lines: LineRange) {
        match tag {
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(*level as u8), lines),
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::FootnoteDefinition(_) => {
                if self.block.is_some() {
                    self.end_word();
                }
                self.open(BlockKind::Paragraph(ParagraphKind::Body), lines);
            }
            Tag::List(first) => {
                self.open(BlockKind::Paragraph(ParagraphKind::List), lines);
                self.lists.push(*first);
            }
            Tag::Item => {
                self.items += 1;
                self.end_line();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                let depth = self.lists.len().saturating_sub(1);
                self.out.push_str(&NESTED.repeat(depth.min(DEEPEST)));
                self.out.push_str(&marker);
            }
            Tag::Table(_) => self.open(BlockKind::Paragraph(ParagraphKind::Table), lines),
            Tag::TableHead => {
                self.end_line();
                self.open_marks.push((self.out.len(), MarkKind::Bold));
            }
            Tag::TableRow => self.end_line(),
            Tag::TableCell if !(self.out.is_empty() || self.out.ends_with('\n')) => {
                self.trim_end();
                self.out.push_str(" | ");
            }
            Tag::Link { dest_url, .. } => {
                let link = MarkKind::Link(dest_url.to_string());
                self.open_marks.push((self.out.len(), link));
            }
            Tag::Strong => self.open_marks.push((self.out.len(), MarkKind::Bold)),
            Tag::Emphasis => self.open_marks.push((self.out.len(), MarkKind::Italic)),
            Tag::Image { dest_url, .. } => {
                self.has_image = true;
                self.has_caption |= dest_url.is_empty();
                self.open_images += 1;
            }
            _ => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd, document: &mut ParsedDocument) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.finish(document);
                }
            }
            TagEnd::Link | TagEnd::Strong | TagEnd::Emphasis | TagEnd::TableHead => {
                if let Some((start, kind)) = self.open_marks.pop() {
                    self.mark(start, kind);
                }
            }
            TagEnd::Image => {
                self.open_images -= 1;
                if let Some(start) = self.image_start.take_if(|_| self.open_images == 0) {
                    let caption = self.out.split_off(start.min(self.out.len()));
                    self.captions.push(caption);
                    self.marks.retain(|mark| mark.span.end as usize <= start);
                }
            }
            TagEnd::Heading(_) | TagEnd::Table => self.finish(document),
            TagEnd::Paragraph | TagEnd::CodeBlock if self.lists.is_empty() => self.finish(document),
            _ => {}
        }
    }

    /// Marks the text of the open block from `start` on.
    fn mark(&mut self, start: usize, kind: MarkKind) {
        let span = Span::new(start, self.out.len());
        self.marks.push(Mark { span, kind });
    }

    /// Reads an HTML tag inside a line.
    fn html(&mut self, tag: &str) {
        let inner = tag.trim_start_matches(['<', '/']);
        let end = inner.find(|letter: char| !letter.is_ascii_alphanumeric());
        let (name, attributes) = inner.split_at(end.unwrap_or(inner.len()));
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "br" => return self.line_break(),
            "ul" | "ol" => {
                self.html_items = 0;
                return self.end_word();
            }
            "li" if tag.starts_with("</") => return,
            "li" => return self.html_item(),
            // As in Markdown.
            "del" | "s" | "strike" => return self.out.push_str("~~"),
            _ => {}
        }
        if tag.starts_with("</") {
            let open = self.open_elements.iter().rposition(|open| open.0 == name);
            if let Some(at) = open {
                let (_, start, kind) = self.open_elements.swap_remove(at);
                self.open_elements.truncate(at);
                self.mark(start, kind);
            }
            return;
        }
        let kind = match name.as_str() {
            "b" | "strong" => MarkKind::Bold,
            "i" | "em" => MarkKind::Italic,
            "code" | "kbd" | "samp" | "tt" => MarkKind::Code,
            "a" => match attribute(attributes, "href") {
                Some(address) => MarkKind::Link(address.to_owned()),
                None => return,
            },
            _ => return,
        };
        self.open_elements.push((name, self.out.len(), kind));
    }

    /// An item of a list in HTML. Where a line is a row or an item itself, commas separate the items.
    fn html_item(&mut self) {
        self.html_items += 1;
        if self.breaks_lines() {
            self.end_line();
            self.out.push_str("- ");
        } else if self.html_items > 1 {
            self.trim_end();
            let ends = self.out.ends_with(['.', ',', ';', ':', '!', '?']);
            self.out.push_str(if ends { " " } else { ", " });
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(text);
        self.has_words |= self.open_images == 0 && !text.trim().is_empty();
    }

    /// Opens a block, unless one is open.
    fn open(&mut self, kind: BlockKind, lines: LineRange) {
        if self.block.is_none() {
            self.block = Some((kind, lines));
        }
    }

    fn end_word(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
    }

    /// A line break that the author wants: kept in paragraphs, a space in headings, lists and tables, in which a line
    /// is an item or a row.
    fn line_break(&mut self) {
        if self.breaks_lines() {
            self.end_line();
        } else {
            self.end_word();
        }
    }

    /// Whether the open block keeps line breaks.
    fn breaks_lines(&self) -> bool {
        let body = BlockKind::Paragraph(ParagraphKind::Body);
        self.block.is_some_and(|(kind, _)| kind == body) && self.lists.is_empty()
    }

    fn end_line(&mut self) {
        self.trim_end();
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let end = self.out.len();
        let marks = self.open_marks.iter_mut().map(|(start, _)| start);
        let elements = self.open_elements.iter_mut().map(|(_, start, _)| start);
        for start in marks.chain(elements) {
            *start = end.min(*start);
        }
    }

    /// Removes the white space at the end of the open block.
    fn trim_end(&mut self) {
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        for mark in self.marks.iter_mut().rev() {
            if mark.span.end as usize <= length {
                break;
            }
            mark.span.end = length as u32;
        }
    }

    /// Closes the open block.
    fn finish(&mut self, document: &mut ParsedDocument) {
        let captions = std::mem::take(&mut self.captions).join(" ");
        let mut out = std::mem::take(&mut self.out);
        if !self.has_words {
            out.push_str(&captions);
        } else if let Some((_, lines)) = self.block.filter(|_| !captions.is_empty()) {
            document.dropped.push(Dropped {
                lines,
                text: captions,
                reason: "alternative text of a picture".to_owned(),
            });
        }
        let kept = Span::whole(&out).trimmed(&out);
        let text = kept.of(&out).to_owned();
        let marks = std::mem::take(&mut self.marks);
        self.open_marks.clear();
        self.open_elements.clear();
        let items = std::mem::take(&mut self.items);
        let has_image = std::mem::take(&mut self.has_image);
        let has_caption = std::mem::take(&mut self.has_caption);
        let has_words = std::mem::take(&mut self.has_words);
        let Some((kind, lines)) = self.block.take().filter(|_| !text.is_empty()) else {
            return;
        };
        if kind == BlockKind::Paragraph(ParagraphKind::List) && is_contents(&out, &marks, items) {
            document.dropped.push(Dropped {
                lines,
                text,
                reason: "table of contents".to_owned(),
            });
            return;
        }
        let kind = match kind {
            // `1986. A good year.` is prose that begins with a number.
            BlockKind::Paragraph(ParagraphKind::List) if items == 1 => {
                BlockKind::Paragraph(ParagraphKind::Body)
            }
            BlockKind::Paragraph(ParagraphKind::Body) if has_image && !has_words => {
                BlockKind::Paragraph(if has_caption {
                    ParagraphKind::Caption
                } else {
                    ParagraphKind::Picture
                })
            }
            other => other,
        };
        document.blocks.push(Block {
            marks: Mark::moved(&marks, &out, kept, 0).collect(),
            ..Block::new(kind, text, lines)
        });
    }
}

/// Whether nothing else is on the lines of a part of the source, the marks of a link around it aside.
fn is_whole_line(source: &str, part: &Range<usize>) -> bool {
    let before = source.get(..part.start).unwrap_or_default();
    let before = before.trim_end_matches([' ', '[']);
    let begins = before.is_empty() || before.ends_with('\n');
    let behind = source.get(part.end..).unwrap_or_default();
    begins && {
        let behind = behind.lines().next().unwrap_or_default().trim();
        behind.is_empty() || behind.starts_with("](") && behind.ends_with(')')
    }
}

/// Whether a list is a table of contents: two items or more, each of which is a link and nothing else, and three in four of
/// which lead to a place on a page beside this one, or on this one. The others may have slips.
fn is_contents(list: &str, marks: &[Mark], items: usize) -> bool {
    let mut links = marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Link(address) => Some((mark.span.of(list), address)),
        _ => None,
    });
    let mut places = 0;
    let mut rows = list.lines().filter(|line| !line.trim().is_empty());
    let is_link = |line: &str| {
        let (_, text) = line.trim().split_once(' ').unwrap_or_default();
        links.next().is_some_and(|(link, address)| {
            places += usize::from(address.contains('#') && !address.contains("://"));
            !link.is_empty() && link.trim() == text.trim()
        })
    };
    items >= 2 && rows.all(is_link) && 4 * places >= 3 * items
}

/// Whether a tag is an HTML element or comment; `<your name>` is text.
fn is_html(tag: &str) -> bool {
    const TAGS: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "big", "br", "center", "cite", "code", "del", "details",
        "dfn", "div", "em", "font", "hr", "i", "img", "ins", "kbd", "li", "mark", "nobr", "ol",
        "p", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike",
        "strong", "sub", "summary", "sup", "time", "tt", "u", "ul", "var", "wbr",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    let name: String = name
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    tag.starts_with("<!--") || TAGS.contains(&name.to_ascii_lowercase().as_str())
}
