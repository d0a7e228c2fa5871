//! Question sets are consistent with their articles. In the sets of `../shared/eval`, if present, paragraph i of an article
//! is block i of its file, without markup. In the repository's sets, each answer is at its stated place.

use pullquote_library::{Limits, load};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

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
                // The reader removes tags, links and entities.
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

#[test]
fn answers_are_where_our_question_sets_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let questions = root.join("tests/questions");
    let files = |folder: &str| -> Vec<PathBuf> {
        let entries = fs::read_dir(questions.join(folder)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths.filter(|path| path.is_file()).collect()
    };
    let sets = [
        (
            "knowledge",
            vec![questions.join("north-korea-detente.jsonl")],
        ),
        ("tests/questions/articles", files("ours")),
        ("tests/questions/de/articles", files("de")),
        ("tests/questions/es/articles", files("es")),
    ];
    for (articles, files) in sets {
        let library = load(&root.join(articles), &Limits::default()).unwrap();
        for file in files {
            let mut answers = 0;
            for line in fs::read_to_string(&file).unwrap().lines() {
                let question: Value = serde_json::from_str(line).unwrap();
                let Some(answer) = question["answer_sentence"].as_str() else {
                    continue;
                };
                let article = library
                    .articles
                    .iter()
                    .find(|article| question["article"] == article.name.as_str());
                let article = article.unwrap_or_else(|| panic!("{line}"));
                let at = question["paragraph"].as_u64().unwrap() as usize;
                let paragraph = article.paragraphs[at].span.of(&article.text);
                assert!(paragraph.contains(answer), "{}: {line}", file.display());
                answers += 1;
            }
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let names_none = name.starts_with("near-") || name == "sections.jsonl";
            assert_eq!(answers == 0, names_none, "{name}");
        }
    }
}
