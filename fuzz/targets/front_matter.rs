//! Any text can be front matter: the text below it is read all the same, unless the file is refused with a reason.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_core::article::Problem;

fuzz_target!(|front_matter: &str| {
    let text = format!("---\n{front_matter}\n---\n\nThe ferry leaves at seven.\n");
    let document = pullquote_readers::read("a.md", text.as_bytes());
    if document.problems.iter().any(Problem::is_error) {
        assert!(document.blocks.is_empty());
        return;
    }
    let mut texts = document.blocks.iter().map(|block| block.text.as_str());
    // Front matter may end early, or open a comment, code or a formula that the text is part of.
    let is_plain = !front_matter.contains(['-', '<', '`', '~', '$', '%', '{', ':', '\\', '|']);
    if is_plain {
        assert!(texts.any(|text| text.contains("leaves at seven")));
    }
});
