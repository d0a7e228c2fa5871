//! A reader of your own: subtitles (`.srt`), in a table beside the built-in formats.
//!
//! ```sh
//! cargo run -p pullquote-readers --example own_reader
//! ```
//!
//! To add a format to Pullquote itself, copy `read` and the test to `src/formats/NAME.rs`, and add the row to `FORMATS`
//! in `src/formats/mod.rs`.

#![allow(clippy::print_stdout)] // it shows its result

use pullquote_core::article::{
    Block, BlockKind, LineRange, ParagraphKind, ParsedDocument, Problem,
};
use pullquote_readers::{FORMATS, Format, Reader, read_with};

/// The row: what the format is called, which files it is for, and its two functions. Use `Reader::Bytes` for a binary
/// format.
const SUBTITLES: Format = Format {
    name: "subtitles",
    extensions: &["srt"],
    reader: Reader::Text { sniff, read },
};

/// Recognizes a file by its content, whatever its extension. Return `false` unless you are certain.
fn sniff(text: &str) -> bool {
    text.starts_with("1\n00:")
}

/// Turns the text into blocks, in reading order and with their line numbers from 1. A reader must not panic: it skips
/// what it does not understand, and reports it as a problem that says how to fix it.
fn read(text: &str) -> ParsedDocument {
    let mut document = ParsedDocument::default();
    // Each subtitle is a number, a time and its text, followed by a blank line.
    let mut number_at = 0;
    let lines: Vec<&str> = text.lines().collect();
    for subtitle in lines.split(|line| line.trim().is_empty()) {
        let first = number_at as u32 + 1;
        number_at += subtitle.len() + 1;
        match subtitle {
            [] => {}
            [_, time, words @ ..] if time.contains("-->") && !words.is_empty() => {
                let lines = LineRange {
                    first: first + 2,
                    last: first + 1 + words.len() as u32,
                };
                let kind = BlockKind::Paragraph(ParagraphKind::Body);
                document
                    .blocks
                    .push(Block::new(kind, words.join(" "), lines));
            }
            _ => {
                let message = "not a subtitle, ignored: write a number, a time and the text";
                document
                    .problems
                    .push(Problem::warning(Some(first), message));
            }
        }
    }
    document
}

const EXAMPLE: &str = "1
00:00:01,000 --> 00:00:04,000
The ferry leaves
at seven.

2
Nobody knows why.

3
00:00:05,000 --> 00:00:06,500
It is never late.
";

fn main() {
    let formats = [FORMATS, &[SUBTITLES]].concat();
    let document = read_with(&formats, "ferry.srt", EXAMPLE.as_bytes());
    for block in &document.blocks {
        println!(
            "lines {}-{}: {}",
            block.lines.first, block.lines.last, block.text
        );
    }
    for problem in &document.problems {
        println!("line {}: {}", problem.line.unwrap_or(1), problem.message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the blocks of a file, each written as its lines and text, and the lines that have problems.
    fn check(text: &str, blocks: &[&str], problems: &[u32]) {
        let document = read(text);
        let found: Vec<String> = document
            .blocks
            .iter()
            .map(|block| format!("{}-{}: {}", block.lines.first, block.lines.last, block.text))
            .collect();
        assert_eq!(found, blocks, "{text}");
        let lines: Vec<u32> = document.problems.iter().filter_map(|it| it.line).collect();
        assert_eq!(lines, problems, "{text}");
    }

    #[test]
    fn subtitles_become_paragraphs() {
        check("", &[], &[]);
        check(
            EXAMPLE,
            &[
                "3-4: The ferry leaves at seven.",
                "11-11: It is never late.",
            ],
            &[6],
        );
    }
}
