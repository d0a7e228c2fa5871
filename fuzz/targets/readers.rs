//! Any bytes can be read as any format that is read in the process itself, and become an article whose lines exist.
//! The first byte chooses the extension.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_fuzz::check;
use pullquote_readers::read_if_cheap;

const NAMES: [&str; 4] = ["a.txt", "a.md", "a", "a.markdown"];

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let name = NAMES[usize::from(*choice) % NAMES.len()];
    if let Some(document) = read_if_cheap(name, bytes) {
        check(name, document);
    }
});
