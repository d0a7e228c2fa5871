//! What a text means that needs the question before it: `and on linux?`.

use super::is_too_long;
use pullquote_core::answer::{Options, Outcome, Quote};
use pullquote_core::engine::Engine;
use pullquote_core::query::{added_words, follow_ups};
use pullquote_core::text::{Language, fold, words};

/// The question that a text means after another one; the text itself if it stands on its own. Of the ways to put both
/// together, the one that the articles answer with the greatest confidence, in a passage that has the added words.
pub(super) fn resolved(engine: &Engine, text: &str, before: Option<&str>) -> String {
    let ways = follow_ups(text, before.unwrap_or_default());
    // What is too long is refused, and the member did not type that.
    if ways.iter().any(|way| is_too_long(way)) {
        return text.to_owned();
    }
    let [first, ..] = ways.as_slice() else {
        return text.to_owned();
    };
    let new_words = added_words(text);
    let options = Options {
        limit: 1,
        ..Options::default()
    };
    let rate = |way: &str| {
        let answer = engine.ask(way, &options);
        let quote = answer.quotes.first()?;
        let is_quoted = answer.outcome == Outcome::Quoted;
        (is_quoted && mentions(engine, quote, &new_words)).then_some(answer.confidence)
    };
    let rated = |ways: &[String]| {
        let rated = ways
            .iter()
            .filter_map(|way| Some((rate(way)?, way.clone())));
        // Of equals, the first.
        let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, way)| way)
    };
    // A part that takes the place of another is what most members mean.
    let (replaced, added) = ways.split_at(ways.len() - 1);
    rated(replaced)
        .or_else(|| rated(added))
        .or_else(|| rated(&[text.to_owned()]))
        .unwrap_or_else(|| first.clone())
}

/// Whether a quote, or the heading above it, has all of these words.
fn mentions(engine: &Engine, quote: &Quote, added: &[String]) -> bool {
    let article = engine.corpus().article(quote.article);
    let language = article.language.unwrap_or(Language::ENGLISH);
    let stem = |word: &str| language.stem(word).into_owned();
    let heading = article
        .paragraphs
        .get(quote.paragraph as usize)
        .and_then(|paragraph| article.heading_of(paragraph))
        .unwrap_or_default();
    let texts = [quote.span.of(&article.text), heading];
    let found: Vec<String> = texts
        .into_iter()
        .flat_map(|text| words(text).map(|word| stem(&fold(word.of(text)))))
        .collect();
    added.iter().all(|word| found.contains(&stem(word)))
}
