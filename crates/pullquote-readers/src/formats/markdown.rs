//! Markdown (`CommonMark` with tables, footnotes and strikethrough).
//!
//! Each chunk between blank lines is parsed separately. A paragraph is therefore what its author separated by blank
//! lines, even if it is indented, and parsing takes time linear in the length of the file. Link references are resolved
//! in the whole file.

use crate::dialects::{Part, Piece, Split, split, split_converted};
use crate::positions::Located;
use crate::{commonmark, dom, front_matter, questions};
use pullquote_core::article::{
    Block, BlockKind, LineRange, Mark, MarkKind, ParagraphKind, ParsedDocument, Problem,
};
use pullquote_core::text::Span;
use std::collections::{BTreeMap, HashMap};

/// Reads Markdown, perhaps with front matter.
pub(super) fn read(text: &str) -> ParsedDocument {
    front_matter::read_with(text, read_body)
}

/// Reads Markdown that begins at byte offset `body`.
pub(super) fn read_body(text: &str, body: usize) -> ParsedDocument {
    let mut document = read_split(text, split(text, body));
    title_of_parts(&mut document.blocks);
    document
}

/// The first heading is the title if all others are below it, whatever its level: a chapter that is part of a longer text
/// begins on the second.
fn title_of_parts(blocks: &mut [Block]) {
    let level = |block: &Block| match block.kind {
        BlockKind::Heading(level) => Some(level),
        BlockKind::Title => Some(0),
        _ => None,
    };
    let Some((first, rest)) = blocks.split_first_mut() else {
        return;
    };
    let is_above = |top: u8| rest.iter().filter_map(level).all(|level| level > top);
    if level(first).is_some_and(|top| top > 0 && is_above(top)) {
        first.kind = BlockKind::Title;
    }
}

/// Reads Markdown in which everything that other markup means as text is escaped, dollar signs too.
pub(super) fn read_escaped(text: &str, _: usize) -> ParsedDocument {
    read_split(text, split_converted(text))
}

fn read_split(text: &str, split: Split) -> ParsedDocument {
    let mut document = ParsedDocument {
        dropped: split.dropped,
        problems: components_problem(&split.components).into_iter().collect(),
        ..ParsedDocument::default()
    };
    let labels = link_labels(text);
    let mut parts = split.parts.into_iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Text(piece) => {
                let below = match parts.peek() {
                    Some(Part::Text(next)) => next.lines.first(),
                    _ => None,
                };
                let below = below.map(|(_, line)| line.as_str());
                for piece in questions::split(piece, below) {
                    commonmark::read(&piece, &labels, &mut document);
                }
            }
            Part::Html(piece) => match html_to_markdown(&piece) {
                Some(markdown) => {
                    let above = piece.range.first - 1;
                    for mut block in read_converted(&markdown) {
                        block.lines.last = (block.lines.last + above).min(piece.range.last);
                        block.lines.first = (block.lines.first + above).min(block.lines.last);
                        document.blocks.push(block);
                    }
                }
                None => commonmark::read(&piece, &labels, &mut document),
            },
            Part::Code(piece, language) => document.blocks.push(code(&piece, language)),
            Part::AsideStart(line) => document.blocks.push(mark(BlockKind::AsideStart, line)),
            Part::AsideEnd(line) => document.blocks.push(mark(BlockKind::AsideEnd, line)),
        }
    }
    document.dropped.sort_by_key(|dropped| dropped.lines.first);
    let is_title = |block: &&mut Block| block.kind == BlockKind::Heading(1);
    if let Some(title) = document.blocks.iter_mut().find(is_title) {
        title.kind = BlockKind::Title;
    }
    document
}

fn mark(kind: BlockKind, line: u32) -> Block {
    let lines = LineRange {
        first: line,
        last: line,
    };
    Block::new(kind, String::new(), lines)
}

fn code(piece: &Piece, language: Option<String>) -> Block {
    let text = piece.text().trim_end().to_owned();
    let span = Span::whole(&text);
    let kind = MarkKind::Fence(language);
    let mark = (!span.is_empty()).then_some(Mark { span, kind });
    Block {
        marks: mark.into_iter().collect(),
        ..Block::new(BlockKind::Paragraph(ParagraphKind::Code), text, piece.range)
    }
}

/// Tells which components of MDX were left out.
fn components_problem(components: &BTreeMap<String, usize>) -> Option<Problem> {
    let counted = components.iter().map(|(name, count)| match count {
        1 => format!("`{name}`"),
        _ => format!("`{name}` ({count} times)"),
    });
    let counted: Vec<String> = counted.collect();
    let message = format!(
        "components of MDX that are not text are left out: {}",
        counted.join(", ")
    );
    (!counted.is_empty()).then(|| Problem::warning(None, message))
}

/// The Markdown for a piece of block-level HTML, such as a table.
fn html_to_markdown(piece: &Piece) -> Option<Located> {
    let markdown = dom::fragment_to_markdown(&piece.text())?;
    let has_words = markdown.text.contains(char::is_alphanumeric);
    has_words.then_some(markdown)
}

/// Reads Markdown that was converted from HTML, with the lines of the source.
pub(super) fn read_converted(markdown: &Located) -> Vec<Block> {
    let split = split_converted(&markdown.text);
    let mut blocks = read_split(&markdown.text, split).blocks;
    for block in &mut blocks {
        block.lines = markdown.source(block.lines);
        let kind = match block.text.as_str() {
            dom::ASIDE_START => BlockKind::AsideStart,
            dom::ASIDE_END => BlockKind::AsideEnd,
            _ => continue,
        };
        *block = mark(kind, block.lines.first);
    }
    blocks
}

/// Link reference definitions (`[label]: address`): addresses by label, in lower case.
fn link_labels(text: &str) -> HashMap<String, String> {
    let label = |line: &str| {
        let rest = line.trim_start().strip_prefix('[')?;
        let (label, address) = rest.split_once("]:")?;
        let address = address.split_whitespace().next().unwrap_or_default();
        let address = address.trim_start_matches('<').trim_end_matches('>');
        (!label.starts_with('^')).then(|| (label.to_lowercase(), address.to_owned()))
    };
    // The first definition of a label counts.
    text.lines().rev().filter_map(label).collect()
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
                    BlockKind::AsideStart => return "(".to_owned(),
                    BlockKind::AsideEnd => return ")".to_owned(),
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

    /// Compares marks, each written as its kind and text, and its address or language.
    #[track_caller]
    fn check_marks(text: &str, expect: &[&str]) {
        let document = crate::read("a.md", text.as_bytes());
        let mark = |(block, mark): (&Block, &Mark)| {
            let text = mark.span.of(&block.text);
            match &mark.kind {
                MarkKind::Link(address) => format!("link {text}: {address}"),
                MarkKind::Fence(language) => format!("fence {text}: {language:?}"),
                MarkKind::Relative(address) => format!("relative {text}: {address}"),
                MarkKind::Bold => format!("bold {text}"),
                MarkKind::Italic => format!("italic {text}"),
                MarkKind::Code => format!("code {text}"),
            }
        };
        let blocks = document.blocks.iter();
        let marks = blocks.flat_map(|block| block.marks.iter().map(move |mark| (block, mark)));
        assert_eq!(marks.map(mark).collect::<Vec<_>>(), expect, "{text}");
    }

    #[test]
    fn links_code_bold_and_italic_text_are_marked() {
        check_marks(
            "See [the *fares*](https://a.example/f) or [times][t],\nnot [this](x.md).\n\n[T]: <http://a.example/t> \"Times\"\n",
            &[
                "italic fares",
                "link the fares: https://a.example/f",
                "link times: http://a.example/t",
                "relative this: x.md",
            ],
        );
        check_marks(
            "---\nsource: https://a.example/docs/\n---\n- [this](x.md)\n- Use `x  ` or **the `y`**\n  - [there](#z)\n",
            &[
                "link this: https://a.example/docs/x.md",
                "code x  ",
                "code y",
                "bold the y",
                "link there: https://a.example/docs/#z",
            ],
        );
        check_marks(
            "| Question | Answer |\n|---|---|\n| Is it `free`? | Ask [Ann](http://a.example). |\n",
            &["code free", "link Ann: http://a.example"],
        );
        check_marks(
            "| *Port* | For |\n|---|---|\n| _80_ | **pages** |\n",
            &["italic Port", "bold Port | For", "italic 80", "bold pages"],
        );
        check_marks(
            "<b>See</b> <i>all</i> <a class='x' href=\"https://a.example/f\">the <kbd>F5</kbd> key</a></b> and <em>more\n",
            &[
                "bold See",
                "italic all",
                "code F5",
                "link the F5 key: https://a.example/f",
            ],
        );
    }

    #[test]
    fn code_blocks_keep_their_language() {
        let fence = |opening: &str, language: &str| {
            check_marks(
                &format!("{opening}\n  go\n```\n"),
                &[&format!("fence   go: {language}")],
            );
        };
        fence("```", "None");
        fence("```rust,ignore", "Some(\"rust\")");
        fence("```sh title=\"x\"", "Some(\"sh\")");
        fence("```{.python .numbered}", "Some(\"python\")");
        fence("```{code-block} c++", "Some(\"c++\")");
        fence("```title=\"x\"", "None");
        check_marks(
            "{% highlight ruby %}\ngo\n{% endhighlight %}\n",
            &["fence go: Some(\"ruby\")"],
        );
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
                "list 1-3: - one\n- two\n  - three",
                "list 5-6: 4. four\n5. five",
            ],
        );
        check(
            "| a | b |\n|---|---|\n| 1 | **2** |",
            &["table 1-3: a | b\n1 | 2"],
        );
        check(
            "| a | b |\n|---|---|\n| All: <ul><li>sig `x`</li><li>two.</li><li>3</li></ul> | <ol><li>4</ol>z |",
            &["table 1-3: a | b\nAll: sig x, two. 3 | 4 z"],
        );
        check(
            "```rust\nlet a;\n\nlet b;\n```\nafter",
            &["code 1-5: let a;\n\nlet b;", "body 6-6: after"],
        );
        check(
            "> quoted\n> text\n\n![A boat](b.png)\n\n![](c.png)",
            &["body 1-2: quoted text", "picture 4-4: A boat"],
        );
    }

    #[test]
    fn footnotes_that_are_no_part_of_a_sentence() {
        check(
            "Fee [^a] and tax[^b].\n\n[^a]:\n    In coins.\n\n[^b]: Tau long note.\n\n    It goes on.\n\n[^c]:\n    Left over.",
            &[
                "body 1-1: Fee (In coins) and tax.",
                "body 6-6: Tau long note.",
                "body 8-8: It goes on.",
                "body 11-11: Left over.",
            ],
        );
    }

    #[test]
    fn lines_as_they_are_written_on_discord() {
        check(
            "Rules:\n1️⃣ Be nice\n2️⃣ No spam, see\n<id:customize>, <#12>, <@&1> or <t:12:F>\n➤ Ask\n-# Small",
            &[
                "body 1-6: Rules:\n1️⃣ Be nice\n2️⃣ No spam, see <id:customize>, <#12>, <@&1> or <t:12:F>\n➤ Ask\nSmall",
            ],
        );
    }

    #[test]
    fn the_heading_of_a_chapter_is_the_title() {
        check(
            "## Ferry\n\nIt sails.\n\n### Fares\n\nTwo.",
            &[
                "title 1-1: Ferry",
                "body 3-3: It sails.",
                "h3 5-5: Fares",
                "body 7-7: Two.",
            ],
        );
        check(
            "## Ferry\n\nIt sails.\n\n## Bus\n\nIt drives.",
            &[
                "h2 1-1: Ferry",
                "body 3-3: It sails.",
                "h2 5-5: Bus",
                "body 7-7: It drives.",
            ],
        );
    }

    #[test]
    fn pictures_on_lines_of_their_own_are_no_text() {
        check(
            "1. Open the page.\n   ![Page of *all* boats](page.png)\n2. Press ![Send](send.png) twice.\n\n![A map](map.png)\nThe quay is north.\n\n![A boat](b.png)\n![A raft](r.png)",
            &[
                "list 1-3: 1. Open the page.\n2. Press Send twice.",
                "body 5-6: The quay is north.",
                "picture 8-9: A boat A raft",
            ],
        );
        check_marks(
            "**Open**\n[![Page of *all*](p.png)](http://a.example)\n",
            &["bold Open"],
        );
    }

    #[test]
    fn formulas_are_kept_as_they_were_written() {
        check(
            "The sum $\\sum_{i}^{n} a_i * b_i * c$ is \\(x_1\\), not $5 or *$6*:\n$$\n\\frac{a}{b} \\\\\n[1] & x_1\n$$\nEnd.\n\n| a | b |\n|---|---|\n| $x^{\\{1\\}}$ | **2** |",
            &[
                "body 1-1: The sum $\\sum_{i}^{n} a_i * b_i * c$ is \\(x_1\\), not $5 or $6:",
                "code 2-5: \\frac{a}{b} \\\\\n[1] & x_1",
                "body 6-6: End.",
                "table 8-10: a | b\n$x^{\\{1\\}}$ | 2",
            ],
        );
        check_marks("$$ x^2 $$", &["fence  x^2: Some(\"latex\")"]);
        // Converted HTML has escapes everywhere.
        check(
            "<p>It is $a_1$ \\(b\\) here</p>",
            &["body 1-1: It is $a_1$ \\(b\\) here"],
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
                "body 2-2: In a box",
                "(",
                "h4 5-5: How far?",
                "body 6-6: Two miles.",
                "body 8-8: Or three.",
                ")",
            ],
        );
        let document = read_body("<!-- a\n\ncomment -->\n\nText<br>more <b>bold</b>.", 0);
        assert_eq!(document.blocks.len(), 1);
        assert_eq!(document.blocks[0].text, "Text\nmore bold.");
        assert!(
            document
                .dropped
                .iter()
                .any(|dropped| dropped.text.contains("comment"))
        );
    }

    #[test]
    fn line_breaks_stay_in_paragraphs() {
        check(
            "Write to:<br>\nFerry office  \n**Harbour<br/>road** 5\\\nPort<br><br>\nTown<br>\n\n# At<br>noon\n\n- a<br>b\n- c\n\n| x<br>y | z |\n|---|---|\n| 1 | 2 |\n\n<p>Pay<br>here</p>\n",
            &[
                "body 1-5: Write to:\nFerry office\nHarbour\nroad 5\nPort\nTown",
                "title 7-7: At noon",
                "list 9-10: - a b\n- c",
                "table 12-14: x y | z\n1 | 2",
                "body 16-16: Pay\nhere",
            ],
        );
        check_marks("a  <b><br>b</b> <br> <i>c</i>\n", &["bold b", "italic c"]);
    }

    #[test]
    fn tables_of_contents_are_left_out() {
        let contents = "- [Fares](#fares)\n  1. [*Dogs*](ferry.md#dogs)\n- [Times `x`](#times)";
        let document = read_body(&format!("# Ferry\n\n{contents}\n\nText."), 0);
        let texts: Vec<&str> = document.blocks.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Ferry", "Text."]);
        assert_eq!(document.dropped[0].reason, "table of contents");
        let with_slip = "- [Fares](#fares)\n- [Dogs](dogs)\n- [Times](#times)\n- [Boats](#boats)";
        assert_eq!(read_body(with_slip, 0).dropped.len(), 1);
        for list in [
            "- [Fares](#fares)\n- [Times](#times) of boats",
            "- [Fares](#fares)\n- [Dogs](dogs)\n- [Times](#times)",
            "- [Fares](https://a.example/#fares)\n- [Times](#times)",
            "- [Fares](fares.md)\n- [Times](times.md)",
            "- [Fares](#fares)",
        ] {
            assert_eq!(read_body(list, 0).dropped, [], "{list}");
        }
    }

    #[test]
    fn boxes_of_documentation_tools() {
        for (open, body, close, label) in [
            (":::note", "Take coins.", ":::", "Note: "),
            (":::note[Hinweis]", "Take coins.", ":::", "Hinweis: "),
            ("::: {.callout-tip}", "Take coins.", ":::", "Tip: "),
            ("::: details", "Take coins.", ":::", ""),
            ("!!! warning", "    Take coins.", "", "Warning: "),
            ("???+ tip \"Tip\"", "    Take coins.", "", "Tip: "),
            ("> [!WARNING]", "> Take coins.", "", "Warning: "),
            ("<aside>", "Take coins.", "</aside>", ""),
            ("<Danger>", "Take coins.", "</Danger>", "Danger: "),
            ("<Aside type=\"tip\">", "Take coins.", "</Aside>", "Tip: "),
            (
                "{% hint style=\"info\" %}",
                "Take coins.",
                "{% endhint %}",
                "Info: ",
            ),
            (
                "{{% notice tip %}}",
                "Take coins.",
                "{{% /notice %}}",
                "Tip: ",
            ),
        ] {
            check(
                &format!("## Fares\n\n{open}\n{body}\n{close}\n\nAfter."),
                &[
                    "title 1-1: Fares",
                    "(",
                    &format!("body 4-4: {label}Take coins."),
                    ")",
                    "body 7-7: After.",
                ],
            );
        }
        check_marks(":::note\nTake coins.\n:::\n", &["bold Note:"]);
        // What is not a paragraph has the label above it.
        check(
            "> [!TIP]\n>\n> - a\n> - b\n\n:::danger\n\n```\nrm\n```\n\nNever.\n:::\n\n!!! note\n\nEnd.",
            &[
                "(",
                "body 3-3: Tip:",
                "body 2-4: - a\n- b",
                ")",
                "(",
                "body 8-8: Danger:",
                "code 8-10: rm",
                "body 12-12: Never.",
                ")",
                "(",
                ")",
                "body 17-17: End.",
            ],
        );
    }

    #[test]
    fn titles_of_boxes_and_sections() {
        let expect = [
            "title 1-1: Fares",
            "(",
            "h4 3-3: Fares › Boats and rafts",
            "body 4-4: Take coins.",
            ")",
            "body 7-7: After.",
        ];
        for (open, body, close) in [
            (":::note Boats and rafts", "Take coins.", ":::"),
            ("::: details Boats and rafts", "Take coins.", ":::"),
            ("??? note \"Boats and rafts\"", "    Take coins.", ""),
            ("> [!note]- Boats and rafts", "> Take coins.", ""),
            (
                "<details><summary><b>Boats</b> and rafts</summary>",
                "Take coins.",
                "</details>",
            ),
        ] {
            let text = format!("## Fares\n\n{open}\n{body}\n{close}\n\nAfter.");
            let text = text.replace("<b>", "**").replace("</b>", "**");
            check(&text, &expect);
        }
    }

    #[test]
    fn tabs_are_part_of_their_section() {
        let expect = [
            "title 1-1: Fares",
            "body 2-2: Pay so:",
            "(",
            "(",
            "body 5-5: Note",
            "body 6-6: Take coins.",
            ")",
            "(",
            "body 8-8: Raft",
            "body 9-9: Take notes.",
            ")",
            ")",
            "body 12-12: After.",
        ];
        for (set, tab, end, end_of_set) in [
            ("", "=== \"~\"", "", ""),
            (
                "<Tabs groupId=\"x\">",
                "<TabItem value=\"~\">",
                "</TabItem>",
                "</Tabs>",
            ),
            (
                "<Tabs>",
                "<Tab title=\"~\" value=\"x\">",
                "</Tab>",
                "</Tabs>",
            ),
            ("::::tabs", ":::tab ~", ":::", "::::"),
            ("::::{tab-set}", ":::{tab-item} ~", ":::", "::::"),
            (
                "{% tabs %}",
                "{% tab title=\"~\" %}",
                "{% endtab %}",
                "{% endtabs %}",
            ),
            (
                "{{< tabs name=\"x\" >}}",
                "{{< tab \"~\" >}}",
                "{{< /tab >}}",
                "{{< /tabs >}}",
            ),
        ] {
            let tab = |label, text| format!("{}\n    {text}\n{end}\n", tab.replace('~', label));
            let text = format!(
                "## Fares\nPay so:\n\n{set}\n{}{}{end_of_set}\nAfter.",
                tab("Note", "Take coins."),
                tab("Raft", "Take notes.")
            );
            check(&text, &expect);
        }
        check(
            "```{tab-item} Raft\nTake notes.\n```",
            &["(", "body 1-1: Raft", "body 2-2: Take notes.", ")"],
        );
        check_marks(
            "=== \"On a `raft`\"\n    Swim.",
            &["code raft", "bold On a raft"],
        );
    }

    #[test]
    fn boxes_contain_boxes_lists_and_code() {
        check(
            "=== \"Linux\"\n    ```sh\n    go\n\n      on\n    ```\n\n    !!! note\n        Wait.\n\n    - a\n    - b\n=== \"Windows\"\n    Stop.\n\nAfter.",
            &[
                "(",
                "(",
                "body 1-1: Linux",
                "code 2-6: go\n\n  on",
                "(",
                "body 9-9: Note: Wait.",
                ")",
                "list 11-12: - a\n- b",
                ")",
                "(",
                "body 13-13: Windows",
                "body 14-14: Stop.",
                ")",
                ")",
                "body 16-16: After.",
            ],
        );
        check(
            "````{note} Two ways\n:class: x\n\nBy boat.\n````\n\n```admonish tip\nBy raft.\n```\n<details>\n<summary>Is it free?</summary>Yes.</details>\nAfter.",
            &[
                "(",
                "h4 1-1: Two ways",
                "body 4-4: By boat.",
                ")",
                "(",
                "body 8-8: Tip: By raft.",
                ")",
                "(",
                "h4 11-11: Is it free?",
                "body 11-11: Yes.",
                ")",
                "body 12-12: After.",
            ],
        );
        // Nothing that is open swallows the rest of the file.
        check(
            "<details>\n<summary>Open\n\nText.\n\n:::\n\n```\ncode",
            &[
                "(",
                "h4 2-2: Open",
                "body 4-4: Text.",
                "code 8-9: code",
                ")",
            ],
        );
    }

    #[test]
    fn mdx_keeps_the_text_between_components() {
        let text = "import Tabs from '@theme/Tabs';\nimport {\n  Badge,\n} from \"x\";\n\nexport const a = 1;\n\n# Ferry\n\n<Steps>\n\n1. Pay <Badge text=\"new\" />\n2. Board\n\n</Steps>\n\n<Screenshot\n  name=\"a\"\n  style={{ width: 3 }}\n/>\n\n{/* a note */}\nImport duties from China are due. Set <VERSION> first.";
        check(
            text,
            &[
                "title 8-8: Ferry",
                "list 12-13: 1. Pay new\n2. Board",
                "body 23-23: Import duties from China are due. Set <VERSION> first.",
            ],
        );
        let document = read_body(text, 0);
        let reasons: Vec<&str> = document
            .dropped
            .iter()
            .map(|it| it.reason.as_str())
            .collect();
        assert_eq!(
            reasons,
            [
                "import or export of MDX",
                "import or export of MDX",
                "comment"
            ]
        );
        let message = &document.problems[0].message;
        assert!(message.ends_with(": `Screenshot`"), "{message}");
        assert_eq!(read_body("import duties are due.", 0).blocks.len(), 1);
    }

    #[test]
    fn template_tags_and_notes() {
        check(
            "Open.[^1] {% include note.html content=\"Wear boots.\" %}\n{: .wide}\n\n[^1]: Not on Mondays.\n\n{% comment %}\nno\n{% endcomment %}\n{{#include x.rs}}\n\n{% highlight sh %}\n# go\n{% endhighlight %}\n[TOC]\nEnd. ^a1b2\n",
            &[
                "body 1-1: Open. (Not on Mondays.) Wear boots.",
                "code 11-13: # go",
                "body 15-15: End.",
            ],
        );
        check(
            "{% include boxes/tip.html content=\"\nGo early. See [times]({{ '/times' | url }}).\n\" %}\n\nEnd.\n{% include map.html\n width=500\n%}\n{% if",
            &[
                "(",
                "body 1-1: Tip: Go early. See times.",
                ")",
                "body 5-5: End.",
                "body 9-9: {% if",
            ],
        );
        check(
            "1. Board.\n\n    > No *dogs*.\n1. Pay.",
            &[
                "body 1-1: 1. Board.",
                "body 3-3: No dogs.",
                "body 4-4: 2. Pay.",
            ],
        );
        check(
            "# Ferry\n\n## Fares {#fares}\n\n<details>\n<summary>Children</summary>\n\nFree.\n</details>",
            &[
                "title 1-1: Ferry",
                "h2 3-3: Fares",
                "(",
                "h4 6-6: Fares › Children",
                "body 8-8: Free.",
                ")",
            ],
        );
    }

    #[test]
    fn a_term_is_the_heading_of_its_definitions() {
        check(
            "Ferry\n: A boat.\n: Or a bridge.\n\nQuay\n\n:   Where it lands.\n\nAfter: that.",
            &[
                "(",
                "h4 1-1: Ferry",
                "body 2-2: A boat.",
                "body 3-3: Or a bridge.",
                ")",
                "(",
                "h4 5-5: Quay",
                "body 7-7: Where it lands.",
                ")",
                "body 9-9: After: that.",
            ],
        );
        check(
            "**Timed out**\n: Restart it.\n\n*Old `map`*\n: Delete it.\n\n-v\n: Shows more.\n\n* an item\n: x",
            &[
                "(",
                "h4 1-1: Timed out",
                "body 2-2: Restart it.",
                ")",
                "(",
                "h4 4-4: Old map",
                "body 5-5: Delete it.",
                ")",
                "(",
                "h4 7-7: -v",
                "body 8-8: Shows more.",
                ")",
                "body 10-11: - an item : x",
            ],
        );
        check(
            "#### PORT\n\n: Where it listens.\n\n    By default, 80.\n\nAfter.\n: x",
            &[
                "h4 1-1: PORT",
                "(",
                "body 3-3: Where it listens.",
                "body 5-5: By default, 80.",
                ")",
                "(",
                "h4 7-7: PORT › After.",
                "body 8-8: x",
                ")",
            ],
        );
    }

    #[test]
    fn html_inside_markdown_is_kept() {
        check(
            "<div align=\"center\">\n\n**Bold**\n\n</div>\n<span id=\"x\">\nText *under* a tag.\n\n<table>\n<tr><td>a</td><td>b</td></tr>\n\n<tr><td>1</td><td>2</td></tr>\n</table>\nAfter.\n\n<figure>\n  ![](a.png){ width=5 }\n  <figcaption>A boat</figcaption>\n</figure>\n<style>\n\nx { }\n</style>\n<svg\n width=1>\n\n</svg>",
            &[
                "body 3-3: Bold",
                "body 7-7: Text under a tag.",
                "table 10-12: a | b\n1 | 2",
                "body 14-14: After.",
                "caption 17-18: A boat",
            ],
        );
    }

    #[test]
    fn toggles_of_questions() {
        check(
            "- Is it free?\n\n    Yes, on Sundays.\n- Is it far?\n    \n    No.\n\n- Who knows?\n\nNobody.",
            &[
                "body 1-1: Is it free?",
                "body 3-3: Yes, on Sundays.",
                "body 4-4: Is it far?",
                "body 6-6: No.",
                "body 8-8: - Who knows?",
                "body 10-10: Nobody.",
            ],
        );
    }
}
