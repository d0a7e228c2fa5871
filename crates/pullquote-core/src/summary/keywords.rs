//! Key phrases: runs of words that recur in an article.
//!
//! Candidates are those of RAKE (Rose et al. 2010, "Automatic Keyword Extraction from Individual Documents"): words that
//! follow each other without a stop word or punctuation between them, here up to three. A phrase scores its frequency, and
//! more if it is longer. RAKE's own score prefers long phrases that occur once; `benches/peers -- summaries` compares
//! both with the words of questions. Weighting by idf did not help there.

use crate::article::{Article, ArticleId, Corpus, PassageId};
use crate::index::{Index, TermId};
use crate::text::{Span, words};
use rustc_hash::{FxHashMap, FxHashSet};

/// A key phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// As written where it first occurs.
    pub text: String,
    /// Importance relative to the first phrase, which has 1.
    pub score: f32,
}

/// Maximum number of words in a phrase.
const LONGEST: usize = 3;
/// A phrase that occurs more than once is weighted by the binary logarithm of its number of words plus this.
const SINGLE: f32 = 0.6;
/// Factor for several words that occur together only once, which may be coincidence.
const ONCE: f32 = 0.6;
/// Factor for a single common word (`time`, `people`).
const COMMON: f32 = 0.4;
/// Factor for a phrase that shares a word with the title.
const IN_TITLE: f32 = 1.5;

/// Occurrences of a phrase.
#[derive(Debug, Clone, Copy)]
struct Occurrences {
    count: f32,
    first: Span,
}

type Phrases = FxHashMap<Vec<TermId>, Occurrences>;

/// Up to `limit` key phrases of an article, the most important first.
pub(crate) fn keywords(corpus: &Corpus, index: &Index, id: ArticleId, limit: usize) -> Vec<Phrase> {
    let article = corpus.article(id);
    let first = corpus.passages_of(id).next();
    let first = first.map(|passage| index.passage(PassageId(passage as u32)));
    let is_in_title = |&term: &TermId| first.is_some_and(|first| first.is_in_title(term));
    let mut ranked: Vec<(f32, Span, Vec<TermId>)> = phrases(corpus, index, id)
        .into_iter()
        .filter(|(_, found)| is_phrase(found.first.of(&article.text)))
        .map(|(terms, found)| {
            let in_title = terms.iter().any(is_in_title);
            (score(article, &terms, found, in_title), found.first, terms)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let highest = ranked.first().map_or(1.0, |(score, ..)| *score);
    let mut covered: FxHashSet<TermId> = FxHashSet::default();
    ranked.retain(|(_, _, terms)| {
        // At least half of the words are in phrases that rank higher.
        let new = terms.iter().filter(|term| !covered.contains(term)).count();
        let keep = 2 * new > terms.len();
        if keep {
            covered.extend(terms);
        }
        keep
    });
    ranked.truncate(limit);
    ranked
        .into_iter()
        .map(|(score, span, _)| Phrase {
            text: span.of(&article.text).to_owned(),
            score: score / highest,
        })
        .collect()
}

/// All phrases of an article.
fn phrases(corpus: &Corpus, index: &Index, id: ArticleId) -> Phrases {
    let article = corpus.article(id);
    let language = article.written_in();
    let mut phrases = Phrases::default();
    for passage in corpus.passages_of(id) {
        let view = index.passage(PassageId(passage as u32));
        let sentences = corpus.passage(PassageId(passage as u32)).sentences();
        let sentences = article.sentences[sentences].iter();
        for (sentence, mut tokens) in sentences.zip(view.sentences()) {
            let mut run: Vec<(TermId, Span)> = Vec::new();
            for word in words(sentence.of(&article.text)) {
                let Some(token) = tokens.next() else {
                    break;
                };
                let word = word.shifted(sentence.start);
                let last = run.last();
                if last.is_some_and(|(_, last)| !are_adjacent(article, *last, word)) {
                    add_run(&mut phrases, &run);
                    run.clear();
                }
                let folded = language.fold(word.of(&article.text));
                if view.is_stop_word(token) || language.is_function_word(&folded) {
                    add_run(&mut phrases, &run);
                    run.clear();
                } else {
                    run.push((view.term_of(token), word));
                }
            }
            add_run(&mut phrases, &run);
        }
    }
    phrases
}

fn score(article: &Article, terms: &[TermId], found: Occurrences, in_title: bool) -> f32 {
    let mut score = found.count * if in_title { IN_TITLE } else { 1.0 };
    if found.count > 1.0 {
        score *= (terms.len() as f32 + SINGLE).log2();
    } else if terms.len() > 1 {
        score *= ONCE;
    }
    let is_common = || {
        let language = article.written_in();
        language.is_common_word(&language.fold(found.first.of(&article.text)))
    };
    if terms.len() == 1 && is_common() {
        score *= COMMON;
    }
    score
}

/// Counts every phrase of up to [`LONGEST`] words in a run of words.
fn add_run(phrases: &mut Phrases, run: &[(TermId, Span)]) {
    for length in 1..=LONGEST.min(run.len()) {
        for part in run.windows(length) {
            let terms = part.iter().map(|(term, _)| *term).collect();
            let (Some((_, first)), Some((_, last))) = (part.first(), part.last()) else {
                continue;
            };
            let found = phrases.entry(terms).or_insert(Occurrences {
                count: 0.0,
                first: first.to(*last),
            });
            found.count += 1.0;
        }
    }
}

/// Whether only a space or a hyphen separates two words.
fn are_adjacent(article: &Article, left: Span, right: Span) -> bool {
    let between = Span::new(left.end as usize, right.start as usize).of(&article.text);
    matches!(between, " " | "-" | "‑")
}

/// Whether a phrase has at least two letters: not a number, not a single letter.
fn is_phrase(phrase: &str) -> bool {
    phrase
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .count()
        > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::article;

    fn check(text: &str, limit: usize, expected: &[&str]) {
        let corpus = Corpus::new(vec![article("article", text)]);
        let index = Index::build(&corpus);
        let found = keywords(&corpus, &index, ArticleId(0), limit);
        let texts: Vec<&str> = found.iter().map(|phrase| phrase.text.as_str()).collect();
        assert_eq!(texts, expected);
        assert!(found.is_sorted_by(|a, b| a.score >= b.score), "{found:?}");
        let first = found.first();
        assert!(first.is_none_or(|first| (first.score - 1.0).abs() < 1e-6));
    }

    #[test]
    fn recurring_phrases_come_first() {
        let text = "# News\n\nA nuclear reactor leaked. The nuclear reactor was closed, and a goat escaped.";
        check(text, 1, &["nuclear reactor"]);
    }

    #[test]
    fn words_of_the_title_come_first() {
        check("# Goats\n\nA volcano smoked. A goat escaped.", 1, &["goat"]);
    }

    #[test]
    fn punctuation_and_function_words_separate_phrases() {
        check(
            "# News\n\nVolcanoes, glaciers of granite.",
            9,
            &["Volcanoes", "glaciers", "granite"],
        );
    }

    #[test]
    fn numbers_and_single_letters_are_not_phrases() {
        check("# News\n\n1998 x.", 9, &[]);
    }

    #[test]
    fn common_words_come_last() {
        check("# News\n\nPeople, volcanoes.", 9, &["volcanoes", "People"]);
    }
}
