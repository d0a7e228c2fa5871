//! Texts that are in several articles: whoever changes one may forget the other, and members get whichever is found first.

use pullquote_core::article::ParagraphKind;
use pullquote_core::engine::Engine;
use pullquote_core::text::words;
use pullquote_page::Repeated;
use std::collections::{BTreeMap, HashMap};

/// Fewer words are said twice by chance.
const MIN_WORDS: usize = 10;
/// Other articles that are named.
const MAX_OTHERS: usize = 5;

/// Texts that other articles have as well, by the path of the article.
pub(super) type Repetitions = BTreeMap<String, Vec<Repeated>>;

/// The paragraphs that another article has word for word, by the path of the article.
pub(super) fn repeated(engine: &Engine) -> Repetitions {
    let mut places: HashMap<&str, Vec<&str>> = HashMap::new();
    for article in engine.corpus().articles() {
        for paragraph in &article.paragraphs {
            let text = paragraph.span.of(&article.text);
            let is_text = !matches!(
                paragraph.kind,
                ParagraphKind::Question | ParagraphKind::Caption | ParagraphKind::Picture
            );
            if is_text && words(text).nth(MIN_WORDS - 1).is_some() {
                let paths = places.entry(text).or_default();
                if paths.last() != Some(&article.path.as_str()) {
                    paths.push(&article.path);
                }
            }
        }
    }
    let mut repeated = Repetitions::new();
    for (text, paths) in places.into_iter().filter(|(_, paths)| paths.len() > 1) {
        for path in &paths {
            let others = paths.iter().filter(|other| *other != path);
            repeated
                .entry((*path).to_owned())
                .or_default()
                .push(Repeated {
                    text: text.to_owned(),
                    others: others.take(MAX_OTHERS).map(|&it| it.to_owned()).collect(),
                });
        }
    }
    for texts in repeated.values_mut() {
        texts.sort();
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::repeated;
    use pullquote_core::article::{
        Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument,
    };
    use pullquote_core::engine::Engine;

    const LONG: &str = "Dogs may come along on deck if they are kept on a lead.";

    fn article(path: &str, texts: &[&str]) -> Article {
        let lines = LineRange { first: 1, last: 1 };
        let body = BlockKind::Paragraph(ParagraphKind::Body);
        let blocks = texts
            .iter()
            .map(|text| Block::new(body, (*text).to_owned(), lines));
        let document = ParsedDocument {
            blocks: blocks.collect(),
            ..ParsedDocument::default()
        };
        Article::new(path, document).unwrap()
    }

    #[test]
    fn long_paragraphs_in_two_articles_are_found() {
        let engine = Engine::build(vec![
            article("a.md", &[LONG, "See above.", LONG]),
            article("b.md", &["See above.", LONG]),
            article(
                "c.md",
                &["The ferry leaves at seven, and the last one at ten in the evening."],
            ),
        ]);
        let found = repeated(&engine);
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a.md", "b.md"]);
        assert_eq!(found["a.md"].len(), 1);
        assert_eq!(found["a.md"][0].others, ["b.md"]);
        assert_eq!(found["b.md"][0].text, LONG);
    }
}
