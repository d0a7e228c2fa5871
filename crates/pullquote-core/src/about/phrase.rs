//! The phrases of each language that ask about an article.

use crate::answer::Topic;
use crate::article::{ArticleId, Corpus};
use crate::text::{AboutLists, fold, languages_with_about, words};
use std::sync::LazyLock;

/// The phrases of one language, ready to be compared.
struct AboutPhrases {
    /// Words to leave out of phrases and questions.
    ignored: Vec<&'static str>,
    /// Words that point to the article: `this`, `article`.
    pointers: Vec<&'static str>,
    phrases: Vec<(Topic, Vec<&'static str>)>,
}

impl AboutPhrases {
    fn new(lists: &'static AboutLists) -> Self {
        let words = |list: &'static str| list.split_whitespace().collect::<Vec<_>>();
        let ignored = words(lists.ignored);
        let topics = [
            (Topic::Author, lists.author),
            (Topic::Date, lists.date),
            (Topic::Publisher, lists.publisher),
            (Topic::Source, lists.source),
            (Topic::Gist, lists.gist),
            (Topic::Length, lists.length),
            (Topic::Articles, lists.articles),
            (Topic::Help, lists.help),
        ];
        let phrases = topics.into_iter().flat_map(|(topic, list)| {
            let phrases = list.split('|').filter(|phrase| !phrase.is_empty());
            phrases.map(move |phrase| (topic, words(phrase)))
        });
        let kept = |phrase: Vec<&'static str>| {
            let words = phrase.into_iter();
            words.filter(|word| !ignored.contains(word)).collect()
        };
        Self {
            phrases: phrases
                .map(|(topic, phrase)| (topic, kept(phrase)))
                .collect(),
            pointers: words(lists.pointers),
            ignored,
        }
    }

    /// What a question asks by the first phrase that it matches, and which article it names: `Some(None)` where it
    /// points to the article that is being talked about.
    fn find(&self, typed: &[String], corpus: &Corpus) -> Option<(Topic, Option<ArticleId>)> {
        let typed: Vec<&str> = typed
            .iter()
            .map(String::as_str)
            .filter(|word| !self.ignored.contains(word))
            .collect();
        self.phrases.iter().find_map(|(topic, phrase)| {
            let name = placeholder(phrase, &typed)?;
            if name.iter().all(|word| self.pointers.contains(word)) {
                return Some((*topic, None));
            }
            let article = corpus.called(name, |word| self.ignored.contains(&word))?;
            Some((*topic, Some(article)))
        })
    }
}

/// What stands in place of the `*` of a phrase; `None` if the rest differs.
fn placeholder<'a>(phrase: &[&'a str], typed: &'a [&'a str]) -> Option<&'a [&'a str]> {
    match phrase.iter().position(|word| *word == "*") {
        None => (phrase == typed).then_some(&[]),
        Some(star) => {
            let rest = typed.strip_prefix(&phrase[..star])?;
            rest.strip_suffix(&phrase[star + 1..])
        }
    }
}

static ALL: LazyLock<Vec<AboutPhrases>> =
    LazyLock::new(|| languages_with_about().map(AboutPhrases::new).collect());

/// What a question asks about an article, in any language, and which article it names.
pub(super) fn find(question: &str, corpus: &Corpus) -> Option<(Topic, Option<ArticleId>)> {
    let words = words(question).take(MAX_WORDS);
    let typed: Vec<String> = words.map(|word| fold(word.of(question))).collect();
    if typed.is_empty() || typed.len() == MAX_WORDS {
        return None;
    }
    ALL.iter().find_map(|phrases| phrases.find(&typed, corpus))
}

/// A longer question asks more than a phrase does.
const MAX_WORDS: usize = 24;
