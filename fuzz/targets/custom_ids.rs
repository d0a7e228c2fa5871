//! Any text can be the id of a button. One that is understood means the same when it is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_cards::ComponentId;

fuzz_target!(|text: &str| {
    if let Some(id) = ComponentId::parse(text) {
        assert_eq!(ComponentId::parse(&id.to_string()), Some(id));
    }
});
