//! The source lines of a converted web page. The parser knows on which line an element begins; an attribute keeps that
//! until the page is converted. Then the text gets invisible marks of its lines, which the conversion leaves alone.

use dom_query::{Document, NodeId};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, local_name, ns};
use pullquote_core::article::LineRange;

/// The attribute that keeps an element's line.
const ATTRIBUTE: &str = "data-source-line";
/// Elements without that attribute. The parser recognizes repeated ones by their equal attributes.
const FORMATTING: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Two characters for private use are a line number, in units of `BASE` and in ones. No script uses them.
const HIGH: u32 = 0xF_0000;
const LOW: u32 = 0xF_1000;
const BASE: u32 = 0x1000;

/// Passes tokens on to the builder of the tree, with the line of each start tag as an attribute.
struct LineKeeper {
    builder: TreeBuilder<NodeId, Document>,
}

impl TokenSink for LineKeeper {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let token = match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                Token::TagToken(with_line(tag, line))
            }
            other => other,
        };
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn with_line(mut tag: Tag, line: u64) -> Tag {
    if FORMATTING.contains(&&*tag.name) {
        return tag;
    }
    let name = QualName::new(None, ns!(), LocalName::from(ATTRIBUTE));
    tag.attrs.retain(|attribute| attribute.name != name);
    tag.attrs.push(Attribute {
        name,
        value: line.to_string().into(),
    });
    tag
}

/// Parses a web page.
pub(crate) fn parse(source: &str) -> Document {
    parse_into(TreeBuilder::new(Document::default(), options()), source)
}

/// Parses a piece of HTML.
pub(crate) fn parse_fragment(source: &str) -> Document {
    let sink = Document::fragment_sink();
    let name = QualName::new(None, ns!(html), local_name!("body"));
    let context = html5ever::tree_builder::create_element(&sink, name, Vec::new());
    let builder = TreeBuilder::new_for_fragment(sink, context, None, options());
    parse_into(builder, source)
}

fn options() -> TreeBuilderOpts {
    TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    }
}

fn parse_into(builder: TreeBuilder<NodeId, Document>, source: &str) -> Document {
    let input = BufferQueue::default();
    if source.contains(is_mark) {
        input.push_back(source.replace(is_mark, "").into());
    } else {
        input.push_back(source.into());
    }
    let tokenizer = Tokenizer::new(LineKeeper { builder }, TokenizerOpts::default());
    // Scripts are not run, and the text is decoded already.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Marks the text of a page with its lines.
pub(crate) fn mark(page: &Document) {
    let mut line = 1;
    let nodes: Vec<_> = page.root().descendants();
    for node in nodes {
        if let Some(kept) = node.attr(ATTRIBUTE).and_then(|line| line.parse().ok()) {
            line = kept;
        }
        if !node.is_text() {
            continue;
        }
        let text = node.text();
        let content = text.trim();
        let breaks = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() as u32;
        let start = text.get(..text.len() - text.trim_start().len());
        let first = line + breaks(start.unwrap_or_default());
        line += breaks(&text);
        if content.is_empty() {
            continue;
        }
        let last = first + breaks(content);
        // Behind the first word: the conversion looks at it to see whether it needs escapes.
        let word = content.find(char::is_whitespace).unwrap_or(content.len());
        let (word, rest) = content.split_at(word);
        let end = text.get(text.trim_end().len()..).unwrap_or_default();
        let start = start.unwrap_or_default();
        let marked = format!(
            "{start}{word}{}{rest}{}{end}",
            written(first),
            written(last)
        );
        node.set_text(marked);
    }
}

fn written(line: u32) -> String {
    let high = char::from_u32(HIGH + (line / BASE).min(BASE - 1));
    let low = char::from_u32(LOW + line % BASE);
    [high, low].into_iter().flatten().collect()
}

fn is_mark(letter: char) -> bool {
    (HIGH..LOW + BASE).contains(&u32::from(letter))
}

/// Text without marks, and for each of its lines the lines of the source.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) text: String,
    lines: Vec<Option<LineRange>>,
}

impl Located {
    /// Takes the marks out of a text.
    pub(crate) fn of(marked: &str) -> Self {
        let mut text = String::with_capacity(marked.len());
        let mut lines = Vec::new();
        for line in marked.lines() {
            let mut range: Option<LineRange> = None;
            let mut high = 0;
            for letter in line.chars() {
                let code = u32::from(letter);
                match code {
                    HIGH..LOW => high = code - HIGH,
                    _ if is_mark(letter) => {
                        let number = high * BASE + code - LOW;
                        let range = range.get_or_insert(LineRange {
                            first: number,
                            last: number,
                        });
                        range.first = range.first.min(number);
                        range.last = range.last.max(number);
                    }
                    _ => text.push(letter),
                }
            }
            text.push('\n');
            lines.push(range);
        }
        Self { text, lines }
    }

    /// The lines of the source from which these lines of the text come. Where none is known, the last one above.
    pub(crate) fn source(&self, lines: LineRange) -> LineRange {
        let (first, last) = (lines.first as usize - 1, lines.last as usize);
        let within = self.lines.get(first..last.min(self.lines.len()));
        let known = within.unwrap_or_default().iter().flatten();
        let range = known.copied().reduce(|a, b| LineRange {
            first: a.first.min(b.first),
            last: a.last.max(b.last),
        });
        let above = || {
            let above = self.lines.iter().take(first).rev().flatten().next();
            let line = above.map_or(1, |range| range.last);
            LineRange {
                first: line,
                last: line,
            }
        };
        range.unwrap_or_else(above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(first: u32, last: u32) -> LineRange {
        LineRange { first, last }
    }

    #[test]
    fn text_keeps_its_lines() {
        let source = format!(
            "<html>\n<body>{}\n<p>\n  One <b>two</b>\n  three</p><div\n  class=x>four\n<br>five</div>\n<pre>a\nb\n\u{F0001}c</pre></body>\n",
            "\n".repeat(5_000)
        );
        let page = parse(&source);
        mark(&page);
        let located = Located::of(&page.md(None));
        let found: Vec<(&str, LineRange)> = (1..)
            .zip(located.text.lines())
            .filter(|(_, line)| !line.is_empty())
            .map(|(number, line)| (line, located.source(lines(number, number))))
            .collect();
        let expected = [
            ("One **two** three", lines(5_004, 5_005)),
            ("four  ", lines(5_006, 5_006)),
            ("five", lines(5_007, 5_007)),
            ("```", lines(5_007, 5_007)),
            ("a", lines(5_008, 5_008)),
            ("b", lines(5_008, 5_008)),
            ("c", lines(5_010, 5_010)),
            ("```", lines(5_010, 5_010)),
        ];
        assert_eq!(found, expected, "{}", located.text);
        assert_eq!(located.source(lines(1, 900)), lines(5_004, 5_010));
    }

    #[test]
    fn fragments_and_unusual_input() {
        let piece = parse_fragment("\n<tr>\n<td>x</td>");
        mark(&piece);
        assert_eq!(Located::of(&piece.md(None)).source(lines(1, 9)).first, 3);
        assert_eq!(Located::of("").source(lines(1, 3)), lines(1, 1));
        assert_eq!(Located::of(&written(40_000_000)).text, "\n");
    }
}
