//! PDF -> blocks: the text of its pages, without what stands at the head and foot of each, then read as
//! plain text. Line numbers count the lines of that text.

use super::plain;
use flate2::{Decompress, FlushDecompress, Status};
use pullquote_core::article::{Dropped, LineRange, ParsedDocument};
use std::collections::HashMap;

/// A line at the head or foot of a page is the page's if it stands there on this many.
const MIN_PAGES: usize = 3;

/// Bytes that the streams of a PDF may unpack to together, pictures aside: they are not looked at. A few kilobytes can be made
/// to unpack to all memory, and be hidden from this as well: a memory limit around the program is the wall behind it.
const MAX_UNPACKED: u64 = 100_000_000;
/// Bytes before a stream in which its description stands.
const DESCRIPTION: usize = 1_000;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    if unpacks_to_more_than(bytes, MAX_UNPACKED) {
        return ParsedDocument::failed(
            "the PDF unpacks to more than 100 MB: save its text as .txt",
        );
    }
    let mut pages = match pdf_extract::extract_text_from_mem_by_pages(bytes) {
        Ok(pages) => pages,
        Err(error) if error.to_string().to_lowercase().contains("encrypt") => {
            return ParsedDocument::failed(
                "the PDF is locked with a password: save it without one, or its text as .txt",
            );
        }
        Err(_) => return ParsedDocument::failed("the PDF cannot be read: save its text as .txt"),
    };
    if pages
        .iter()
        .all(|page| !page.contains(char::is_alphanumeric))
    {
        return ParsedDocument::failed(
            "the PDF holds pictures of text only: run it through text recognition (OCR) first",
        );
    }
    let dropped = drop_running_lines(&mut pages);
    let text = pages
        .iter()
        .map(|page| joined(page))
        .collect::<Vec<_>>()
        .join("\n\n");
    let mut reading = plain::read(&text, 0);
    reading.dropped.extend(dropped);
    reading
}

/// Whether the streams in the file, unpacked one by one, hold more than so many bytes.
fn unpacks_to_more_than(bytes: &[u8], mut left: u64) -> bool {
    const STREAM: &[u8] = b"stream";
    let starts = bytes.windows(STREAM.len()).enumerate();
    let starts = starts.filter(|(_, window)| *window == STREAM);
    for (at, _) in starts {
        let (before, stream) = bytes.split_at(at);
        let packed = stream.get(STREAM.len()..).unwrap_or_default();
        let packed = packed.trim_ascii_start();
        if !is_zlib(packed) || is_picture(before) {
            continue;
        }
        left = left.saturating_sub(unpacked(packed, left));
        if left == 0 {
            return true;
        }
    }
    false
}

/// Whether the stream behind these bytes is described as a picture.
fn is_picture(before: &[u8]) -> bool {
    let described = before.get(before.len().saturating_sub(DESCRIPTION)..);
    let described = described.unwrap_or_default();
    let object = described.windows(4).rposition(|end| end == b" obj");
    let described = described.get(object.unwrap_or(0)..).unwrap_or_default();
    described.windows(6).any(|name| name == b"/Image")
}

/// How many bytes a stream unpacks to, up to a limit; what was packed twice is unpacked twice.
fn unpacked(packed: &[u8], limit: u64) -> u64 {
    let mut count = 0;
    let mut again = None;
    unpack(&mut Decompress::new(true), packed, &mut |piece| {
        let again =
            again.get_or_insert_with(|| is_zlib(piece).then(|| Box::new(Decompress::new(true))));
        match again {
            None => count += piece.len() as u64,
            Some(state) => unpack(state, piece, &mut |piece| {
                count += piece.len() as u64;
                count < limit
            }),
        }
        count < limit
    });
    count
}

/// Hands on what the next bytes of a stream unpack to, piece by piece, until `each` has enough.
fn unpack(state: &mut Decompress, mut packed: &[u8], each: &mut dyn FnMut(&[u8]) -> bool) {
    let mut buffer = [0; 8 * 1024];
    loop {
        let (taken, made) = (state.total_in(), state.total_out());
        let status = state.decompress(packed, &mut buffer, FlushDecompress::None);
        let taken = (state.total_in() - taken) as usize;
        let made = (state.total_out() - made) as usize;
        let goes_on = made == 0 || each(buffer.get(..made).unwrap_or_default());
        let is_stuck = taken == 0 && made == 0;
        if !goes_on || is_stuck || !matches!(status, Ok(Status::Ok | Status::BufError)) {
            return;
        }
        packed = packed.get(taken..).unwrap_or_default();
    }
}

/// Whether bytes begin as zlib has it (RFC 1950, section 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    let [method, flags, ..] = *bytes else {
        return false;
    };
    method & 0x0f == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31)
}

/// Takes out what stands at the head or foot of several pages, page numbers aside.
fn drop_running_lines(pages: &mut [String]) -> Vec<Dropped> {
    let key = |line: &str| {
        line.trim()
            .replace(|letter: char| letter.is_ascii_digit(), "0")
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    // Only at the edges: the same between them is a line of the text, as numbers in a table are.
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
    for (page, edges) in pages.iter_mut().zip(&edges) {
        let mut at = 0;
        let kept = page.lines().filter(|line| {
            let edge = edges.iter().find(|(edge, _)| *edge == at);
            let count = edge.and_then(|(_, key)| counts.get(key.as_str()));
            let drop = count.is_some_and(|count| *count >= MIN_PAGES);
            at += 1;
            if drop {
                let lines = LineRange { first: 1, last: 1 };
                let reason = "at the head or foot of several pages".to_owned();
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

/// Joins words that were cut at the end of a line: `under-\nstanding`.
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

    #[test]
    fn heads_feet_and_cut_words() {
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
    fn what_unpacks_to_all_memory_is_refused() {
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
            assert_eq!(unpacks_to_more_than(&bytes, limit), is_more, "{limit}");
        }
        let bomb = file("", &packed(&vec![b' '; 110_000_000]));
        assert!(bomb.len() < 200_000);
        let reading = crate::read("a.pdf", &bomb);
        assert!(reading.problems[0].message.contains("100 MB"));
    }

    #[test]
    fn what_is_no_pdf() {
        for bytes in [
            &b"%PDF-1.4"[..],
            b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>",
            b"%PDF-\xff\xff\xff",
        ] {
            let reading = crate::read("a.pdf", bytes);
            assert_eq!(reading.blocks, [], "{bytes:?}");
            assert_eq!(reading.problems.len(), 1);
        }
    }
}
