//! What may be meant while someone is typing: names of articles, and questions.

use super::limits::{self, one_line};
use super::locale::Value;
use super::{Arguments, Choice, Locale};
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_core::text::{Span, fold, words};
use rustc_hash::FxHashMap;

/// Bytes of article text that are looked through for words, at every key stroke: some milliseconds.
const LOOKED_THROUGH: usize = 1 << 19;
/// Bytes of article text that key phrases are found in, at every key stroke.
const SEARCHED_FOR_PHRASES: usize = 1 << 17;
/// Key phrases of one article that are offered.
const PHRASES: usize = 8;
/// Words that a name which is being typed may go on for.
const NAME_WORDS: usize = 4;

/// Articles whose names fit what is typed, best first. All of them for nothing typed.
pub(super) fn articles(engine: &Engine, typed: &str) -> Vec<Choice> {
    let corpus = engine.corpus();
    let choice = |id: ArticleId| {
        let article = corpus.article(id);
        Choice::new(&article.meta.title, &article.name)
    };
    let choices = corpus.completions(typed).filter_map(choice);
    choices.take(limits::OPTIONS).collect()
}

fn folded_words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |span| found.push(fold(span.of(text))));
    found
}

/// Questions that fit what is typed: headings that hold its words, then what is typed with its last word
/// gone on with as the articles do, the most frequent first.
pub(super) fn questions(engine: &Engine, typed: &str, arguments: &Arguments) -> Vec<Choice> {
    let corpus = engine.corpus();
    let within = arguments
        .text("article")
        .and_then(|name| corpus.named(name));
    let articles: Vec<&Article> = match within {
        Some(id) => vec![corpus.article(id)],
        None => corpus.articles().iter().collect(),
    };
    let typed = one_line(typed);
    let parts = folded_words(&typed);
    let fits = |heading: &&str| {
        let words = folded_words(heading);
        let held = |part: &String| words.iter().any(|word| word.starts_with(part.as_str()));
        parts.iter().all(held)
    };
    let headings = articles.iter().flat_map(|article| {
        let headings = article.headings.iter();
        headings.map(|heading| heading.span.of(&article.text))
    });
    let mut choices: Vec<Choice> = Vec::new();
    let mut offer = |text: &str| {
        let text = one_line(text);
        if choices.len() < limits::OPTIONS && choices.iter().all(|known| known.value() != text) {
            choices.extend(Choice::new(&text, &text));
        }
    };
    headings
        .filter(fits)
        .take(limits::OPTIONS)
        .for_each(&mut offer);
    phrases(engine, within)
        .iter()
        .filter(|phrase| fits(&phrase.as_str()))
        .for_each(|phrase| offer(phrase));
    for text in continued(&articles, &typed) {
        offer(&text);
    }
    choices
}

/// What can be asked of an article: its headings, and its key phrases. They are the article's words, because a question
/// in a member's language would say little to an article in another.
pub(super) fn about(engine: &Engine, id: ArticleId) -> Vec<Choice> {
    let article = engine.corpus().article(id);
    let headings = article.headings.iter();
    let headings = headings.map(|heading| one_line(heading.span.of(&article.text)));
    let questions = headings.chain(phrases(engine, Some(id)));
    let choices = questions.filter_map(|question| Choice::new(&question, &question));
    choices.take(limits::OPTIONS).collect()
}

/// Key phrases of an article, or of the first ones.
fn phrases(engine: &Engine, within: Option<ArticleId>) -> Vec<String> {
    let all = engine.corpus().articles();
    let ids: Vec<ArticleId> = match within {
        Some(id) => vec![id],
        None => (0..all.len() as u32).map(ArticleId).collect(),
    };
    let mut left = SEARCHED_FOR_PHRASES;
    let near = ids.into_iter().take_while(|&id| {
        let length = engine.corpus().article(id).text.len();
        let fits = length <= left;
        left = left.saturating_sub(length);
        fits
    });
    let found = near.flat_map(|id| engine.keywords(id, PHRASES));
    found.map(|phrase| phrase.text).collect()
}

/// What is typed, its last word gone on with as in the articles: `who is ki` -> `who is Kim Jong Un`.
fn continued(articles: &[&Article], typed: &str) -> Vec<String> {
    let start = typed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let begun = Span::new(start, typed.len()).of(typed).to_lowercase();
    let before = Span::new(0, start).of(typed);
    if begun.chars().count() < 2 || !begun.starts_with(char::is_alphabetic) {
        return Vec::new();
    }
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    let mut left = LOOKED_THROUGH;
    for article in articles {
        let text = Span::new(0, floor(&article.text, left)).of(&article.text);
        for name in names(text, &begun) {
            *counts.entry(name).or_default() += 1;
        }
        left -= text.len();
    }
    let mut found: Vec<(String, u32)> = counts.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let found = found.into_iter().take(limits::OPTIONS);
    found.map(|(name, _)| format!("{before}{name}")).collect()
}

/// The words of `text` that begin with `begun`, each with the capitalised words that follow one with a
/// capital.
fn names(text: &str, begun: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut words = text.split(|letter: char| letter.is_whitespace()).peekable();
    while let Some(word) = words.next() {
        let bare = bare(word);
        if !begins(bare, begun) {
            continue;
        }
        let mut name = bare.to_owned();
        let mut last = word;
        let mut count = 1;
        while count < NAME_WORDS
            && bare.starts_with(char::is_uppercase)
            && last.ends_with(char::is_alphanumeric)
            && let Some(next) = words.next_if(|next| next.starts_with(char::is_uppercase))
        {
            name.push(' ');
            name.push_str(self::bare(next));
            last = next;
            count += 1;
        }
        found.push(name);
    }
    found
}

/// A word without the marks around it and a possessive.
fn bare(word: &str) -> &str {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    bare.strip_suffix("'s")
        .or_else(|| bare.strip_suffix("’s"))
        .unwrap_or(bare)
}

/// Whether `word` is longer than `begun` and begins with it, whatever its case.
fn begins(word: &str, begun: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    begun.chars().all(|letter| letters.next() == Some(letter)) && letters.next().is_some()
}

/// The largest character boundary of `text` that is not above `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A question that the articles answer: a heading that asks, or else one on a subject of the first article
/// that names any, in its language.
pub(super) fn example(engine: &Engine) -> Option<String> {
    let articles = engine.corpus().articles();
    let short = |text: &str| limits::length(text) <= limits::CHOICE;
    let mut headings = articles.iter().flat_map(|article| {
        let headings = article.headings.iter();
        headings.map(|heading| one_line(heading.span.of(&article.text)))
    });
    if let Some(asks) = headings.find(|heading| heading.ends_with('?') && short(heading)) {
        return Some(asks);
    }
    let subject = |article: &Article| {
        let meta = &article.meta;
        let mut named = meta.tags.iter().chain(&meta.aliases).chain([&meta.title]);
        let subject = named.find(|name| short(name))?.as_str();
        let written_in = article.written_in().code();
        let mut locales = Locale::ALL.into_iter();
        let locale = locales.find(|locale| locale.code() == written_in);
        let filled_in = [("subject", Value::from(subject))];
        Some(locale.map_or(subject.to_owned(), |locale| {
            locale.text_with("example-question", &filled_in)
        }))
    };
    articles.iter().find_map(subject)
}
