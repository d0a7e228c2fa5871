//! Any text can arrive from the gateway, and every request in it gets a response that Discord accepts.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let text =
        "# The ferry\n\nThe ferry leaves at seven. A ticket costs 3 euros.\n\n- Dogs are free.\n";
    let document = pullquote_readers::read("ferry.md", text.as_bytes());
    Engine::build(Article::new("ferry.md", document).into_iter().collect())
});

fuzz_target!(|payload: &str| {
    if let Some(request) = pullquote::bot::request(payload) {
        let response = pullquote_cards::respond(&ENGINE, &request);
        if let pullquote_cards::Reply::Choices(choices) = response.reply {
            assert!(choices.len() <= 25);
        }
    }
});
