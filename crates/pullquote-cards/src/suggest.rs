//! Autocomplete: names of articles, and questions that the articles can answer.

use super::limits::{self, one_line};
use super::locale::FluentValue;
use super::{Arguments, Choice, Locale};
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_core::text::{Span, folded_words};
use rustc_hash::FxHashMap;

/// Bytes of article text scanned for completions at every keystroke, which takes a few milliseconds.
const SCANNED: usize = 1 << 19;
/// Bytes of headings compared with what is typed at every keystroke, those of the first articles: 6,000 of 44 bytes each.
const HEADINGS: usize = 1 << 18;
/// Bytes of article text whose key phrases are computed at every keystroke.
const PHRASES_FROM: usize = 1 << 17;
/// Key phrases offered per article.
const PHRASES: usize = 8;
/// Words of a completed name.
const NAME_WORDS: usize = 4;

/// Articles whose names match what is typed, best first; all articles if nothing is typed.
pub(super) fn articles(engine: &Engine, typed: &str) -> Vec<Choice> {
    let corpus = engine.corpus();
    let choice = |id: ArticleId| {
        let article = corpus.article(id);
        Choice::new(&article.meta.title, &article.name)
    };
    let choices = corpus.completions(typed).filter_map(choice);
    choices.take(limits::OPTIONS).collect()
}

/// Questions that match what is typed: headings and key phrases that contain its words, then what is typed with its
/// last word completed from the articles, most frequent completion first.
pub(super) fn questions(engine: &Engine, typed: &str, arguments: &Arguments) -> Vec<Choice> {
    let corpus = engine.corpus();
    let within = arguments
        .text("article")
        .and_then(|name| corpus.named(name));
    let articles: Vec<&Article> = match within {
        Some(id) => vec![corpus.article(id)],
        None => corpus.articles().collect(),
    };
    let typed = one_line(typed);
    let parts = folded_words(&typed);
    let fits = |heading: &&str| {
        let words = folded_words(heading);
        let contains = |part: &String| words.iter().any(|word| word.starts_with(part.as_str()));
        parts.iter().all(contains)
    };
    let headings = articles.iter().flat_map(|article| {
        let headings = article.headings.iter();
        headings.map(|heading| heading.span.of(&article.text))
    });
    let headings = first(headings, HEADINGS, |heading| heading.len());
    let mut choices: Vec<Choice> = Vec::new();
    let mut offer = |text: &str| {
        let text = one_line(text);
        if choices.len() < limits::OPTIONS && choices.iter().all(|other| other.value() != text) {
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
    for text in completions(&articles, &typed) {
        offer(&text);
    }
    choices
}

/// Questions about an article: its headings and key phrases. They are in the article's language, because a question in
/// the member's language may find nothing in an article in another.
pub(super) fn about(engine: &Engine, id: ArticleId) -> Vec<Choice> {
    let article = engine.corpus().article(id);
    let headings = article.headings.iter();
    let headings = headings.map(|heading| one_line(heading.span.of(&article.text)));
    let questions = headings.chain(phrases(engine, Some(id)));
    let choices = questions.filter_map(|question| Choice::new(&question, &question));
    choices.take(limits::OPTIONS).collect()
}

/// Key phrases of an article, or of the first articles.
fn phrases(engine: &Engine, within: Option<ArticleId>) -> Vec<String> {
    let ids: Vec<ArticleId> = match within {
        Some(id) => vec![id],
        None => engine.corpus().ids().collect(),
    };
    let length = |id: &ArticleId| engine.corpus().article(*id).text.len();
    let first = first(ids.into_iter(), PHRASES_FROM, length);
    let found = first.flat_map(|id| engine.keywords(id, PHRASES));
    found.map(|phrase| phrase.text).collect()
}

/// The first items: as many as have no more than so many bytes together.
fn first<T>(
    items: impl Iterator<Item = T>,
    bytes: usize,
    length: impl Fn(&T) -> usize,
) -> impl Iterator<Item = T> {
    let mut left = bytes;
    items.map_while(move |item| {
        left = left.checked_sub(length(&item))?;
        Some(item)
    })
}

/// What is typed, with its last word completed from the articles: `who is ki` -> `who is Kim Jong Un`.
fn completions(articles: &[&Article], typed: &str) -> Vec<String> {
    let start = typed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let prefix = Span::new(start, typed.len()).of(typed).to_lowercase();
    let before = Span::new(0, start).of(typed);
    if prefix.chars().count() < 2 || !prefix.starts_with(char::is_alphabetic) {
        return Vec::new();
    }
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    let mut left = SCANNED;
    for article in articles {
        let text = Span::new(0, floor(&article.text, left)).of(&article.text);
        for name in names(text, &prefix) {
            *counts.entry(name).or_default() += 1;
        }
        left -= text.len();
    }
    let mut found: Vec<(String, u32)> = counts.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let found = found.into_iter().take(limits::OPTIONS);
    found.map(|(name, _)| format!("{before}{name}")).collect()
}

/// The words of `text` that start with `prefix`. A capitalised word includes the capitalised words that follow it.
fn names(text: &str, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut words = text.split(|letter: char| letter.is_whitespace()).peekable();
    while let Some(word) = words.next() {
        let bare = bare(word);
        if !extends(bare, prefix) {
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

/// A word without punctuation around it and without a possessive ending.
fn bare(word: &str) -> &str {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    bare.strip_suffix("'s")
        .or_else(|| bare.strip_suffix("’s"))
        .unwrap_or(bare)
}

/// Whether `word` in lower case starts with `prefix` and is longer.
fn extends(word: &str, prefix: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    prefix.chars().all(|letter| letters.next() == Some(letter)) && letters.next().is_some()
}

/// The last character boundary of `text` at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A question that the articles can answer: the first heading that ends with a question mark, otherwise a question
/// about a tag, alias or title of the first article that has a short one, in the article's language.
pub(super) fn example(engine: &Engine) -> Option<String> {
    let mut articles = engine.corpus().articles();
    let short = |text: &str| limits::length(text) <= limits::CHOICE;
    let mut headings = articles.clone().flat_map(|article| {
        let headings = article.headings.iter();
        headings.map(|heading| one_line(heading.span.of(&article.text)))
    });
    if let Some(question) = headings.find(|heading| heading.ends_with('?') && short(heading)) {
        return Some(question);
    }
    let subject = |article: &Article| {
        let meta = &article.meta;
        let mut names = meta.tags.iter().chain(&meta.aliases).chain([&meta.title]);
        let subject = names.find(|name| short(name))?.as_str();
        let language = article.written_in().code();
        let mut locales = Locale::ALL.into_iter();
        let locale = locales.find(|locale| locale.code() == language);
        let args = [("topic", FluentValue::from(subject))];
        Some(locale.map_or(subject.to_owned(), |locale| {
            locale.text_with("example-question", &args)
        }))
    };
    articles.find_map(subject)
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn what_is_compared_is_bounded() {
        let headings = ["When?", "Where?", "Who has the key?", "No"];
        let compared = |bytes| first(headings.iter(), bytes, |heading| heading.len()).count();
        assert_eq!([4, 5, 11, 12, 100].map(compared), [0, 1, 2, 2, 4]);
    }
}
