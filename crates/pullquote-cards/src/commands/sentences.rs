//! Sentences of a summary as blocks of a card.

use super::parts::source_with_page;
use crate::{Block, Locale, Run};
use pullquote_core::engine::Engine;
use pullquote_core::summary::Sentence;

/// The sentences, each below the heading or question that it needs to be understood, and above its source if `sources` is
/// their language.
pub(super) fn blocks(
    engine: &Engine,
    sources: Option<Locale>,
    sentences: &[Sentence],
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut last_above = None;
    for sentence in sentences {
        let article = engine.corpus().article(sentence.article);
        let text = sentence.span.of(&article.text);
        let quote = sources.is_some() || text.contains('\n');
        let above = sentence.above.map(|above| (sentence.article, above));
        let run = match above.filter(|_| above != last_above) {
            Some((_, span)) => {
                let separator = if quote { "\n" } else { " " };
                Run::default().bold(span.of(&article.text)).and(separator)
            }
            None => Run::default(),
        };
        last_above = above;
        let run = run.marked(&article.text, &article.marks, sentence.span, &[]);
        blocks.push(if quote {
            Block::Quote(run)
        } else {
            Block::Item(run)
        });
        if let Some(locale) = sources {
            let (paragraph, span) = (sentence.paragraph, sentence.span);
            blocks.push(source_with_page(locale, article, paragraph, span));
        }
    }
    blocks
}
