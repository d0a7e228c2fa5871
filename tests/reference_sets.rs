//! Reading the development sets in `../shared/eval`, when they are there: paragraph i of an article is
//! block i of its file, with nothing lost but markup.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

use pullquote::library::{Limits, load};
use std::fs;
use std::path::Path;

#[test]
fn paragraphs_are_the_blocks_of_the_file() {
    let sets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    let Ok(sets) = fs::read_dir(sets) else {
        return;
    };
    for set in sets.filter_map(Result::ok) {
        let dir = set.path().join("articles");
        if !dir.is_dir() {
            continue;
        }
        let library = load(&dir, &Limits::default()).unwrap();
        assert!(!library.has_errors(), "{}", dir.display());
        for article in &library.articles {
            let file = fs::read_to_string(dir.join(&article.path)).unwrap();
            let blocks: Vec<&str> = file
                .split("\n\n")
                .skip(1)
                .map(str::trim)
                .filter(|block| !block.is_empty())
                .collect();
            assert_eq!(article.paragraphs.len(), blocks.len(), "{}", article.path);
            for (paragraph, block) in article.paragraphs.iter().zip(blocks) {
                // Tags, links and entities are markup, and go.
                if block.contains(['<', '[', '&']) {
                    continue;
                }
                let letters = |text: &str| {
                    text.chars()
                        .filter(|letter| letter.is_alphanumeric())
                        .collect::<String>()
                };
                let (ours, theirs) = (paragraph.span.of(&article.text), block);
                assert_eq!(letters(ours), letters(theirs), "{}", article.path);
            }
        }
    }
}
