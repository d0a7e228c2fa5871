//! Any text can be front matter: the text below it is read all the same.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|front_matter: &str| {
    let text = format!("---\n{front_matter}\n---\n\nThe ferry leaves at seven.\n");
    let document = pullquote_readers::read("a.md", text.as_bytes());
    let mut texts = document.blocks.iter().map(|block| block.text.as_str());
    // Front matter may end early, or swallow the text in a code block or comment of its own.
    let is_plain = !front_matter.contains(['-', '<', '`', '~', '$', '%', '{', ':', '\\', '|']);
    if is_plain {
        assert!(texts.any(|text| text.contains("leaves at seven")));
    }
});
