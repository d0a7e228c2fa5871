//! PDF: extracts the text of the pages, removes running heads and feet, and reads the rest as plain text. Its
//! numbers count pages.

use super::plain;
use flate2::{Decompress, FlushDecompress, Status};
use pullquote_core::article::{Dropped, LineRange, Numbering, ParsedDocument, Problem};
use std::collections::HashMap;

/// A line at the top or bottom of at least this many pages is a running head or foot.
const MIN_PAGES: usize = 3;

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
    let mut pages = match pdf_extract::extract_text_from_mem_by_pages(bytes) {
        Ok(pages) => pages,
        Err(error) if error.to_string().to_lowercase().contains("encrypt") => {
            return ParsedDocument::failed(
                "the PDF is protected by a password: remove the password, or save the text as .txt",
            );
        }
        Err(_) => return ParsedDocument::failed("the PDF cannot be read: save its text as .txt"),
    };
    if pages
        .iter()
        .all(|page| !page.contains(char::is_alphanumeric))
    {
        return ParsedDocument::failed(
            "the PDF contains images but no text: run text recognition (OCR) on it first",
        );
    }
    let dropped = drop_running_lines(&mut pages);
    let mut document = read_pages(&pages);
    if document.blocks.is_empty() {
        document.problems.push(Problem::error(
            "every line of the PDF is a running head or foot, or a number, so nothing is left: save its text as .txt",
        ));
    }
    document.dropped.extend(dropped);
    document
}

/// Reads the pages as one text, because headings and repetitions are recognized across pages. The numbers of the blocks
/// are the pages they are on.
fn read_pages(pages: &[String]) -> ParsedDocument {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(pages.len());
    let mut line = 1;
    for page in pages {
        let page = joined(page);
        starts.push(line);
        text.push_str(&page);
        text.push_str("\n\n");
        line += page.lines().count() as u32 + 2;
    }
    let page_of = |line: u32| starts.partition_point(|start| *start <= line).max(1) as u32;
    let on_pages = |lines: LineRange| LineRange {
        first: page_of(lines.first),
        last: page_of(lines.last),
    };
    let mut document = plain::read_body(&text, 0);
    document.numbering = Numbering::Pages;
    for block in &mut document.blocks {
        block.lines = on_pages(block.lines);
    }
    for dropped in &mut document.dropped {
        dropped.lines = on_pages(dropped.lines);
    }
    document
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

/// Removes running heads and feet: lines at the top or bottom of several pages that differ in page numbers at most.
fn drop_running_lines(pages: &mut [String]) -> Vec<Dropped> {
    let key = |line: &str| {
        line.trim()
            .replace(|letter: char| letter.is_ascii_digit(), "0")
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    // Only at the top and bottom: elsewhere, equal lines are text, such as numbers in a table.
    let edges = |page: &String| {
        let lines = page.lines().enumerate();
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let edges = [lines.next(), lines.last()].into_iter().flatten();
        edges
            .map(|(at, line)| (at, key(line)))
            .collect::<Vec<(usize, String)>>()
    };
    let edges: Vec<_> = pages.iter().map(edges).collect();
    for (_, key) in edges.iter().flatten() {
        *counts.entry(key).or_default() += 1;
    }
    let mut dropped = Vec::new();
    for ((number, page), edges) in (1..).zip(pages.iter_mut()).zip(&edges) {
        let mut at = 0;
        let kept = page.lines().filter(|line| {
            let edge = edges.iter().find(|(edge, _)| *edge == at);
            let count = edge.and_then(|(_, key)| counts.get(key.as_str()));
            let drop = count.is_some_and(|count| *count >= MIN_PAGES);
            at += 1;
            if drop {
                let lines = LineRange {
                    first: number,
                    last: number,
                };
                let reason = "running head or foot".to_owned();
                dropped.push(Dropped {
                    lines,
                    text: line.trim().to_owned(),
                    reason,
                });
            }
            !drop
        });
        *page = kept.collect::<Vec<_>>().join("\n");
    }
    dropped
}

/// Joins words that were hyphenated at the end of a line: `under-\nstanding` -> `understanding`.
fn joined(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    for line in page.lines() {
        let line = line.trim();
        let cut = text
            .strip_suffix("-\n")
            .is_some_and(|before| before.ends_with(char::is_lowercase));
        if cut && line.starts_with(char::is_lowercase) {
            let length = text.len() - 2;
            text.truncate(length);
        }
        text.push_str(line);
        text.push('\n');
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
            "Page 1 is understood well-\nKnown."
        );
        let mut pages: Vec<String> = (11..=14)
            .map(|number| format!("Seats\n42\nsold\n{number}\n"))
            .collect();
        drop_running_lines(&mut pages);
        assert_eq!(pages[0], "42\nsold");
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
