//! PDF: extracts the text of the pages, removes running heads and feet, and reads the rest as plain text. Its
//! numbers count pages.

use super::plain;
use crate::character_maps;
use crate::dialects::Marks;
use flate2::{Decompress, FlushDecompress, Status};
use pdf_extract::{Document, PlainTextOutput};
use pullquote_core::article::{Dropped, LineRange, Numbering, ParsedDocument, Problem};
use std::collections::{HashMap, HashSet};

/// A line at the top or bottom of at least this many pages is a running head or foot.
const MIN_PAGES: usize = 3;

/// Longest line, in characters. Pages are narrower than lines of text files can be, but their letters are smaller.
const MAX_LINE: usize = 200;

/// A line of at least this many characters before a blank one may go on behind it.
const FULL_LINE: usize = 60;

/// Bytes to which all streams of a PDF together may decompress, images aside, which are not decompressed. A few
/// kilobytes can be crafted to decompress to more than the memory, and can be hidden from this check: it does not
/// replace a memory limit on the process.
const MAX_DECOMPRESSED: u64 = 100_000_000;
/// Longest dictionary before a stream, in bytes.
const MAX_DICTIONARY: usize = 1_000;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    if decompresses_to_more_than(bytes, MAX_DECOMPRESSED) {
        return ParsedDocument::failed(
            "the PDF decompresses to more than 100 MB: save its text as .txt",
        );
    }
    let Ok(mut file) = Document::load_mem(bytes) else {
        return ParsedDocument::failed("the PDF cannot be read: save its text as .txt");
    };
    if file.is_encrypted() && file.decrypt("").is_err() {
        return ParsedDocument::failed(
            "the PDF is protected by a password: remove the password, or save the text as .txt",
        );
    }
    character_maps::repair(&mut file);
    let mut pages: Vec<String> = (1..).map_while(|number| page_text(&file, number)).collect();
    if pages
        .iter()
        .all(|page| !page.contains(char::is_alphanumeric))
    {
        return ParsedDocument::failed(
            "the PDF contains images but no text: run text recognition (OCR) on it first",
        );
    }
    let mut dropped = drop_running_lines(&mut pages);
    dropped.extend(drop_contents(&mut pages));
    let mut document = read_pages(&pages);
    if document.blocks.is_empty() {
        document.problems.push(Problem::error(
            "every line of the PDF is a running head or foot, or a number, so nothing is left: save its text as .txt",
        ));
    }
    document.dropped.extend(dropped);
    document
}

/// The text of a page; `None` behind the last one.
fn page_text(file: &Document, number: u32) -> Option<String> {
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    pdf_extract::output_doc_page(file, &mut output, number).ok()?;
    Some(text)
}

/// Reads the pages as one text, because headings and repetitions are recognized across pages. The numbers of the blocks
/// are the pages they are on.
fn read_pages(pages: &[String]) -> ParsedDocument {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(pages.len());
    let mut line = 1;
    for page in pages {
        let page = joined(page);
        let page = page.trim_matches('\n');
        let breaks = match text.is_empty() {
            true => "",
            false if continues(&text, page) => "\n",
            false => "\n\n",
        };
        line += breaks.len() as u32;
        starts.push(line);
        text.push_str(breaks);
        text.push_str(page);
        line += page.matches('\n').count() as u32;
    }
    let page_of = |line: u32| starts.partition_point(|start| *start <= line).max(1) as u32;
    let on_pages = |lines: LineRange| LineRange {
        first: page_of(lines.first),
        last: page_of(lines.last),
    };
    let mut document = plain::read_wrapped(&Marks::strip_text(&text, 0), MAX_LINE);
    document.numbering = Numbering::Pages;
    for block in &mut document.blocks {
        block.lines = on_pages(block.lines);
    }
    for dropped in &mut document.dropped {
        dropped.lines = on_pages(dropped.lines);
    }
    document
}

/// Whether a page begins in the middle of a sentence of the text before it.
fn continues(text: &str, page: &str) -> bool {
    let is_open = text.ends_with(|letter: char| letter.is_lowercase() || letter == ',');
    is_open && page.starts_with(char::is_lowercase)
}

/// Whether the streams in the file decompress to more than `left` bytes in total.
fn decompresses_to_more_than(bytes: &[u8], mut left: u64) -> bool {
    const STREAM: &[u8] = b"stream";
    let starts = bytes.windows(STREAM.len()).enumerate();
    let starts = starts.filter(|(_, window)| *window == STREAM);
    for (at, _) in starts {
        let (before, stream) = bytes.split_at(at);
        let compressed = stream.get(STREAM.len()..).unwrap_or_default();
        let compressed = compressed.trim_ascii_start();
        if !is_zlib(compressed) || is_image(before) {
            continue;
        }
        left = left.saturating_sub(decompressed_size(compressed, left));
        if left == 0 {
            return true;
        }
    }
    false
}

/// Whether the stream after these bytes is an image, by its dictionary.
fn is_image(before: &[u8]) -> bool {
    let dictionary = before.get(before.len().saturating_sub(MAX_DICTIONARY)..);
    let dictionary = dictionary.unwrap_or_default();
    let object = dictionary.windows(4).rposition(|end| end == b" obj");
    let dictionary = dictionary.get(object.unwrap_or(0)..).unwrap_or_default();
    dictionary.windows(6).any(|name| name == b"/Image")
}

/// The number of bytes to which a stream decompresses, up to a limit. A stream that was compressed twice is
/// decompressed twice.
fn decompressed_size(compressed: &[u8], limit: u64) -> u64 {
    let mut count = 0;
    let mut again = None;
    decompress(&mut Decompress::new(true), compressed, &mut |piece| {
        let again =
            again.get_or_insert_with(|| is_zlib(piece).then(|| Box::new(Decompress::new(true))));
        match again {
            None => count += piece.len() as u64,
            Some(state) => decompress(state, piece, &mut |piece| {
                count += piece.len() as u64;
                count < limit
            }),
        }
        count < limit
    });
    count
}

/// Decompresses the next bytes of a stream and passes them to `each`, piece by piece, until it returns `false`.
fn decompress(state: &mut Decompress, mut compressed: &[u8], each: &mut dyn FnMut(&[u8]) -> bool) {
    let mut buffer = [0; 8 * 1024];
    loop {
        let (taken, made) = (state.total_in(), state.total_out());
        let status = state.decompress(compressed, &mut buffer, FlushDecompress::None);
        let taken = (state.total_in() - taken) as usize;
        let made = (state.total_out() - made) as usize;
        let continues = made == 0 || each(buffer.get(..made).unwrap_or_default());
        let is_stuck = taken == 0 && made == 0;
        if !continues || is_stuck || !matches!(status, Ok(Status::Ok | Status::BufError)) {
            return;
        }
        compressed = compressed.get(taken..).unwrap_or_default();
    }
}

/// Whether the bytes begin with a zlib header (RFC 1950, section 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    let [method, flags, ..] = *bytes else {
        return false;
    };
    method & 0x0f == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31)
}

/// Removes running heads and feet: lines at the top or bottom of several pages that differ in numbers at most, and those that
/// begin or end with the number of the page.
fn drop_running_lines(pages: &mut [String]) -> Vec<Dropped> {
    let edges: Vec<Vec<(usize, String)>> = pages.iter().map(|page| edges(page)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, line) in edges.iter().flatten() {
        *counts.entry(without_numbers(line)).or_default() += 1;
    }
    let offset = number_offset(&edges);
    let is_running = |index: usize, line: &str| {
        let count = counts.get(&without_numbers(line));
        count.is_some_and(|count| *count >= MIN_PAGES)
            || offset.is_some_and(|offset| offsets(index, line).contains(&Some(offset)))
    };
    let mut dropped = Vec::new();
    for (index, (page, edges)) in pages.iter_mut().zip(&edges).enumerate() {
        let running = edges.iter().filter(|(_, line)| is_running(index, line));
        let running: Vec<&(usize, String)> = running.collect();
        let number = index as u32 + 1;
        dropped.extend(running.iter().map(|(_, line)| Dropped {
            lines: LineRange {
                first: number,
                last: number,
            },
            text: line.clone(),
            reason: "running head or foot".to_owned(),
        }));
        let lines = page.lines().enumerate();
        let kept = lines.filter(|(at, _)| running.iter().all(|(edge, _)| edge != at));
        *page = kept.map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    }
    dropped
}

/// Removes tables of contents: lines with dots that lead to a number, and pages that have little else.
fn drop_contents(pages: &mut [String]) -> Vec<Dropped> {
    let leads = |line: &str| {
        let has_dots = line.contains(". . . .") || line.contains(".....");
        has_dots && line.trim_end().ends_with(char::is_alphanumeric)
    };
    let mut dropped = Vec::new();
    for (page, number) in pages.iter_mut().zip(1..) {
        let lines = page.lines().filter(|line| !line.trim().is_empty());
        let count = lines.clone().filter(|line| leads(line)).count();
        if count == 0 {
            continue;
        }
        let is_whole = 2 * count > lines.count();
        let (left_out, kept): (Vec<&str>, Vec<&str>) =
            page.lines().partition(|line| is_whole || leads(line));
        dropped.push(Dropped {
            lines: LineRange {
                first: number,
                last: number,
            },
            text: left_out.join("\n"),
            reason: "table of contents".to_owned(),
        });
        *page = kept.join("\n");
    }
    dropped
}

/// The first and the last line of a page. Elsewhere, equal lines are text, such as numbers in a table.
fn edges(page: &str) -> Vec<(usize, String)> {
    let lines = page.lines().enumerate();
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let edges = [lines.next(), lines.last()].into_iter().flatten();
    edges
        .map(|(at, line)| (at, line.trim().to_owned()))
        .collect()
}

/// The line with each number as `0`.
fn without_numbers(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    for letter in line.chars() {
        if !letter.is_ascii_digit() {
            kept.push(letter);
        } else if !kept.ends_with('0') {
            kept.push('0');
        }
    }
    kept
}

/// What to add to the indices of pages to get the numbers that are printed on them, if most pages have numbers.
fn number_offset(edges: &[Vec<(usize, String)>]) -> Option<i64> {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for (index, edges) in edges.iter().enumerate() {
        let offsets = edges.iter().flat_map(|(_, line)| offsets(index, line));
        let offsets: HashSet<i64> = offsets.flatten().collect();
        for offset in offsets {
            *counts.entry(offset).or_default() += 1;
        }
    }
    let (offset, count) = counts
        .into_iter()
        .max_by_key(|(offset, count)| (*count, *offset))?;
    (count >= MIN_PAGES && 2 * count > edges.len()).then_some(offset)
}

/// By how much the numbers that a line begins and ends with are more than the index of its page.
fn offsets(index: usize, line: &str) -> [Option<i64>; 2] {
    let mut words = line.split_whitespace();
    [words.next(), words.next_back()].map(|word| {
        let number: i64 = word?.parse().ok()?;
        number.checked_sub(i64::try_from(index).ok()?)
    })
}

/// Joins words that were divided at the end of a line, `under-\nstanding` -> `understanding`, and removes blank lines
/// in the middle of a sentence, which are found where the height of the letters changes.
fn joined(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    for line in page.lines() {
        let line = line.trim();
        let above = text.trim_end_matches('\n');
        let last = above.rsplit('\n').next().unwrap_or_default();
        let is_full = last.chars().count() >= FULL_LINE;
        if is_full && above.len() + 1 < text.len() && continues(above, line) {
            text.truncate(above.len() + 1);
        }
        let cut = text.strip_suffix("-\n");
        let is_cut = cut.is_some_and(|before| before.ends_with(char::is_lowercase))
            && line.starts_with(char::is_alphanumeric);
        let mut rest = line;
        if is_cut {
            // The hyphen of `Non-Maintainer` is its own.
            let is_split = line.starts_with(char::is_lowercase);
            text.truncate(text.len() - if is_split { 2 } else { 1 });
            // Only the rest of the word moves up, so that no line becomes longer than the page is wide.
            let (word, after) = line.split_once(' ').unwrap_or((line, ""));
            text.push_str(word);
            text.push('\n');
            rest = after;
        }
        if !(is_cut && rest.is_empty()) {
            text.push_str(rest);
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::article::Block;

    #[test]
    fn running_heads_and_hyphenated_words() {
        let mut pages: Vec<String> = (1..=4)
            .map(|number| format!("The Journal {number}\n\nPage {number} is under-\nstood well-\nKnown.\n\n{number}"))
            .collect();
        let dropped = drop_running_lines(&mut pages);
        assert_eq!(dropped.len(), 8);
        assert_eq!(
            joined(&pages[0]).trim(),
            "Page 1 is understood\nwell-Known."
        );
        let full = "The ferry to the island leaves at seven in the morning, and it is";
        assert_eq!(
            joined(&format!("{full}\n\nback by noon.\n\nshort\n\nlines")),
            format!("{full}\nback by noon.\n\nshort\n\nlines\n")
        );
        let mut pages: Vec<String> = (11..=14)
            .map(|number| format!("Seats\n42\nsold\n{number}\n"))
            .collect();
        drop_running_lines(&mut pages);
        assert_eq!(pages[0], "42\nsold");
        // Each page has a foot of its own, with the number of the page.
        let feet = ["8 Boats", "1.1. Rafts 9", "10 Ferries", "1.3. Quays 11"];
        let text = [
            "Boats float.",
            "Rafts too.",
            "5 ferries sail.",
            "Quays don't.",
        ];
        let mut pages: Vec<String> = feet
            .iter()
            .zip(text)
            .map(|(foot, text)| format!("{text}\n\n{foot}\n"))
            .collect();
        drop_running_lines(&mut pages);
        let kept: Vec<&str> = pages.iter().map(|page| page.trim()).collect();
        assert_eq!(kept, text);
    }

    #[test]
    fn tables_of_contents_are_left_out() {
        let mut pages = [
            "1 Boats 1\n1.1 Rafts . . . . . . . 2\n1.2 Quays ........... 3".to_owned(),
            "Rafts float. Quays . . . . . . 3\n\nThey do not sink.\nThey are safe.".to_owned(),
            "Wait.....".to_owned(),
        ];
        let dropped = drop_contents(&mut pages);
        assert_eq!(dropped.len(), 2);
        assert_eq!(
            pages,
            ["", "\nThey do not sink.\nThey are safe.", "Wait....."]
        );
    }

    #[test]
    fn blocks_have_the_numbers_of_their_pages() {
        let pages = [
            "The ferry to the island leaves at seven in the morning.\n\nDogs travel free of charge on deck.",
            "",
            "It returns at noon.",
        ];
        let document = read_pages(&pages.map(str::to_owned));
        let block = |block: &Block| format!("{} {}", block.lines, block.text);
        let blocks: Vec<String> = document.blocks.iter().map(block).collect();
        let expected = [
            "1 The ferry to the island leaves at seven in the morning.",
            "1 Dogs travel free of charge on deck.",
            "3 It returns at noon.",
        ];
        assert_eq!(blocks, expected);
        let pages = [
            "The ferry to the island leaves at seven, if it is not foggy,\nand if there are passengers on the quay, and it is back",
            "by noon on each day of the week except for Sundays, when it stays.",
        ];
        let document = read_pages(&pages.map(str::to_owned));
        assert_eq!(document.blocks[0].lines.to_string(), "1-2");
        assert!(
            document.blocks[0]
                .text
                .contains("and it is back by noon on")
        );
    }

    #[test]
    fn decompression_bombs_are_refused() {
        use flate2::{Compression, write::ZlibEncoder};
        use std::io::Write;
        let packed = |bytes: &[u8]| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let file = |kind: &str, packed: &[u8]| {
            let mut file = format!("%PDF-1.4\n1 0 obj\n<<{kind}>>\nstream\r\n").into_bytes();
            file.extend(packed);
            file.extend(b"\nendstream\nendobj\n");
            file
        };
        let once = packed(&vec![b' '; 3_000_000]);
        let twice = packed(&packed(&vec![b' '; 3_000_000]));
        for (bytes, limit, is_more) in [
            (file("/Length 9", &once), 2_000_000, true),
            (file("/Length 9", &once), 4_000_000, false),
            (file("/Length 9", &twice), 2_000_000, true),
            (file("/Subtype /Image", &once), 2_000_000, false),
            ([file("", &once), file("", &once)].concat(), 4_000_000, true),
            (file("", b"BT (no more than what it is) Tj ET"), 30, false),
        ] {
            assert_eq!(decompresses_to_more_than(&bytes, limit), is_more, "{limit}");
        }
        let bomb = file("", &packed(&vec![b' '; 110_000_000]));
        assert!(bomb.len() < 200_000);
        let document = crate::read("a.pdf", &bomb);
        assert!(document.problems[0].message.contains("100 MB"));
    }

    #[test]
    fn malformed_files_are_reported() {
        for bytes in [
            &b"%PDF-1.4"[..],
            b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>",
            b"%PDF-\xff\xff\xff",
        ] {
            let document = crate::read("a.pdf", bytes);
            assert_eq!(document.blocks, [], "{bytes:?}");
            assert_eq!(document.problems.len(), 1);
        }
    }
}
