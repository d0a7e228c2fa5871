//! Any text is a question, and every quote is a sentence of an article.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_core::answer::Options;
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let article = |name: &str, text: &str| {
        let document = pullquote_readers::read(name, text.as_bytes());
        Article::new(name, document).expect("an article")
    };
    Engine::build(vec![
        article(
            "ferry.md",
            "# The ferry\n\nThe ferry leaves at seven. A ticket costs 3 euros.\n\n- Dogs are free.\n- Bicycles cost 2 euros.\n",
        ),
        article(
            "museum.txt",
            "Q: When is the museum open?\nA: From nine to five, except on Mondays.\n",
        ),
    ])
});

fuzz_target!(|question: &str| {
    let answer = ENGINE.ask(question, &Options::default());
    for quote in &answer.quotes {
        let article = ENGINE.corpus().article(quote.article);
        assert!(!quote.span.of(&article.text).is_empty());
    }
});
