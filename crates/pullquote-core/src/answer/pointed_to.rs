//! What an answer only points to: `See the page on fares.`

use super::Quote;
use super::extent::{self, Asked};
use crate::article::{ArticleId, Corpus, MarkKind};

/// Most characters of a quote with a link that may say nothing but where the answer is.
const POINTER: usize = 160;

/// Adds what the first quote points to as the second one, if it is among the articles; in `within`, if one is asked about.
pub(super) fn add(
    corpus: &Corpus,
    within: Option<ArticleId>,
    limit: usize,
    quotes: &mut Vec<Quote>,
) {
    let Some(first) = quotes.first() else { return };
    let target = pointed_to(corpus, first);
    let is_asked = |target: &Quote| within.is_none_or(|article| article == target.article);
    let is_in = |target: &Quote, quote: &Quote| {
        quote.article == target.article && quote.span.overlaps(target.span)
    };
    let Some(target) = target.filter(|it| is_asked(it) && !is_in(it, first)) else {
        return;
    };
    quotes.retain(|quote| !is_in(&target, quote));
    quotes.insert(1, target);
    quotes.truncate(limit);
}

/// What the only link in a short quote leads to. It counts as much as the quote.
fn pointed_to(corpus: &Corpus, quote: &Quote) -> Option<Quote> {
    let article = corpus.article(quote.article);
    if quote.span.of(&article.text).chars().nth(POINTER).is_some() {
        return None;
    }
    let first = article
        .marks
        .partition_point(|mark| mark.span.start < quote.span.start);
    let inside = article.marks[first..].iter();
    let inside = inside.take_while(|mark| mark.span.start < quote.span.end);
    let mut links = inside.filter_map(|mark| match &mark.kind {
        MarkKind::Link(address) | MarkKind::Relative(address) => Some(address),
        _ => None,
    });
    let address = links.next().filter(|_| links.next().is_none())?;
    let (id, number) = corpus.link_target(quote.article, address)?;
    let target = corpus.article(id);
    let first = *target.sentences_of(number..number + 1).first()?;
    let whole = Asked {
        section: true,
        ..Asked::default()
    };
    let span = extent::around(target, number, first, whole);
    let found = Quote::of_span(corpus, id, span)?;
    Some(Quote {
        score: quote.score,
        ..found
    })
}
