//! Any bytes can be read as any markup that is rewritten to Markdown, and become an article whose lines are those of the file.
//! The first byte chooses the markup.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_fuzz::{MARKUP, check};
use pullquote_readers::{FORMATS, read_with};

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let (name, extension) = MARKUP[usize::from(*choice) % MARKUP.len()];
    let mut formats = FORMATS.iter();
    let format = formats
        .find(|format| format.name == name)
        .expect("a format of this name");
    let path = format!("a.{extension}");
    let document = read_with(&[*format], &path, bytes);
    // The lines of an export are those of its pages.
    if !bytes.trim_ascii_start().starts_with(b"<") {
        let ends = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r'));
        let lines = 1 + ends.count() as u32;
        assert!(
            document
                .blocks
                .iter()
                .all(|block| block.lines.last <= lines)
        );
    }
    check(&path, document);
});
