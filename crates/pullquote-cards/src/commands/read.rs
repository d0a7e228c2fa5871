//! Components that show an article's text: page by page, or as a file.

use super::article::title_argument;
use super::parts::pager;
use super::refuse;
use crate::component_id::Target;
use crate::{
    ArticleKey, Block, Button, ButtonStyle, Card, ComponentId, Refusal, Request, RequestOutcome,
    Response, Run, Tone, Visibility,
};
use pullquote_core::article::{ArticleId, Corpus, PassageId};
use pullquote_core::engine::Engine;
use std::ops::Range;

/// Bytes on a page: about two screens of a phone. A longer passage has a page to itself.
const PAGE: usize = 1_500;

/// Shows a page of an article. A page beyond the last shows the last.
pub(super) fn page(
    engine: &Engine,
    request: &Request,
    key: ArticleKey,
    page: u16,
    target: Target,
) -> Response {
    let Some(id) = key.find(engine.corpus()) else {
        return refuse(request, Refusal::ArticleChanged);
    };
    let pages = pages(engine.corpus(), id);
    let page = usize::from(page).min(pages.len().saturating_sub(1));
    let passages = pages.get(page).cloned().unwrap_or_default();
    let mut card = text(engine.corpus(), id, passages);
    let id = |page| ComponentId::Read {
        article: key,
        page,
        target: Target::Update,
    };
    let (mut buttons, line) = pager(request.locale, page, pages.len(), id);
    if let Some(line) = line {
        card = card.small(&line);
    }
    let label = request.locale.text("download");
    let file = ComponentId::File { article: key };
    buttons.push(Button::new(&label, ButtonStyle::Secondary, file));
    let card = card.buttons(buttons);
    match target {
        Target::NewMessage => Response::message(card, Visibility::Ephemeral, RequestOutcome::Shown),
        Target::Update => Response::update(card),
    }
}

/// A range of an article's passages, below their headings.
fn text(corpus: &Corpus, id: ArticleId, passages: Range<usize>) -> Card {
    let article = corpus.article(id);
    let mut card = Card::new(Tone::Plain).titled(&article.meta.title);
    let mut last_heading = None;
    for at in passages {
        let passage = corpus.passage(PassageId(at as u32));
        let paragraph = &article.paragraphs[passage.paragraph as usize];
        if paragraph.heading != last_heading
            && let Some(heading) = article.heading_of(paragraph)
        {
            card = card.with(Block::Paragraph(Run::default().bold(heading)));
        }
        last_heading = paragraph.heading;
        let text = Run::default().marked(&article.text, &article.marks, corpus.span(passage), &[]);
        card = card.with(Block::Paragraph(text));
    }
    card
}

/// The pages of an article, as ranges of passages.
fn pages(corpus: &Corpus, id: ArticleId) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut bytes = 0;
    for at in corpus.passages_of(id) {
        let length = corpus.span(corpus.passage(PassageId(at as u32))).len();
        match pages.last_mut() {
            Some(page) if bytes + length <= PAGE => page.end = at + 1,
            _ => {
                pages.push(at..at + 1);
                bytes = 0;
            }
        }
        bytes += length;
    }
    pages
}

/// The page that contains a passage.
pub(super) fn page_of(corpus: &Corpus, id: PassageId) -> u16 {
    let pages = pages(corpus, corpus.passage(id).article);
    let page = pages
        .iter()
        .position(|page| page.contains(&(id.0 as usize)));
    page.and_then(|page| u16::try_from(page).ok())
        .unwrap_or_default()
}

/// Attaches an article's text, byte for byte.
pub(super) fn file(engine: &Engine, request: &Request, key: ArticleKey) -> Response {
    let Some(id) = key.find(engine.corpus()) else {
        return refuse(request, Refusal::ArticleChanged);
    };
    let article = engine.corpus().article(id);
    let card = Card::new(Tone::Plain).file(&article.name, &article.text);
    let text = if card.attachment().is_some() {
        "file"
    } else {
        "file-too-large"
    };
    let text = request.locale.text_with(text, &[title_argument(article)]);
    Response::ephemeral(card.paragraph(&text), RequestOutcome::Shown)
}

#[cfg(test)]
mod tests {
    use super::{PAGE, page_of, pages};
    use pullquote_core::article::{Article, ArticleId, PassageId};
    use pullquote_core::engine::Engine;

    #[test]
    fn every_passage_is_on_one_page() {
        let paragraph = |n: usize| format!("Line {n} goes on and on. ").repeat(20);
        let text = (0..20).map(paragraph).collect::<Vec<_>>().join("\n\n");
        let document = pullquote_readers::read("long.md", text.as_bytes());
        let engine = Engine::build(Article::new("long.md", document).into_iter().collect());
        let corpus = engine.corpus();
        let pages = pages(corpus, ArticleId(0));
        assert!(pages.len() > 1);
        let passages: Vec<usize> = pages.iter().cloned().flatten().collect();
        assert_eq!(passages, (0..corpus.passage_count()).collect::<Vec<_>>());
        for (number, page) in pages.iter().enumerate() {
            let bytes = |at: usize| corpus.span(corpus.passage(PassageId(at as u32))).len();
            assert!(page.len() == 1 || page.clone().map(bytes).sum::<usize>() <= PAGE);
            for at in page.clone() {
                assert_eq!(usize::from(page_of(corpus, PassageId(at as u32))), number);
            }
        }
    }
}
