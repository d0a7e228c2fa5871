//! Key phrases of an article: runs of words that it keeps coming back to.
//!
//! Candidates are those of RAKE (Rose et al. 2010, "Automatic Keyword Extraction from Individual Documents"):
//! words that follow each other without a stop word or a mark between them, here up to three. A phrase counts
//! as often as it stands there, a longer one more. RAKE's own score favours what is long and stands there once:
//! `benches/peers -- summaries` holds both against the words of questions. How rare a word is among articles did
//! not help there.

use crate::article::{Article, ArticleId, Corpus, PassageId};
use crate::index::{Index, TermId};
use crate::text::{Span, fold, words};
use rustc_hash::{FxHashMap, FxHashSet};

/// A key phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// As it stands where it stands first.
    pub text: String,
    /// How much the article is about it: 1 for the first, then less.
    pub score: f32,
}

/// Words of a phrase at most.
const LONGEST: usize = 3;
/// A phrase that stands there twice or more counts the logarithm of its words and this, to base two.
const SINGLE: f32 = 0.6;
/// What is left of several words that stand together once: it may be chance.
const ONCE: f32 = 0.6;
/// What is left of a single word that everybody uses all day (`time`, `people`).
const COMMON: f32 = 0.4;
/// A word in the title counts for so many.
const IN_TITLE: f32 = 1.5;

/// A run of words that was seen.
#[derive(Debug, Clone, Copy)]
struct Seen {
    count: f32,
    /// Where it stands first.
    first: Span,
}

/// Up to `limit` key phrases of an article, the most telling first.
pub fn keywords(corpus: &Corpus, index: &Index, id: ArticleId, limit: usize) -> Vec<Phrase> {
    let article = corpus.article(id);
    let language = article.written_in();
    let mut seen: FxHashMap<Vec<TermId>, Seen> = FxHashMap::default();
    let view = |passage: usize| index.passage(PassageId(passage as u32));
    for passage in corpus.passages_of(id) {
        let view = view(passage);
        let sentences = corpus.passages()[passage].sentences();
        let sentences = article.sentences[sentences].iter();
        for (sentence, tokens) in sentences.zip(view.sentences()) {
            let mut run: Vec<(TermId, Span)> = Vec::new();
            let mut tokens = tokens.iter();
            words(sentence.of(&article.text), |word| {
                let Some(&token) = tokens.next() else {
                    return;
                };
                let word = word.shifted(sentence.start);
                if run
                    .last()
                    .is_some_and(|(_, last)| !adjoin(article, *last, word))
                {
                    note(&mut seen, &run);
                    run.clear();
                }
                let folded = fold(word.of(&article.text));
                if view.is_stop_word(token) || language.is_function_word(&folded) {
                    note(&mut seen, &run);
                    run.clear();
                } else {
                    run.push((view.term_of(token), word));
                }
            });
            note(&mut seen, &run);
        }
    }
    let first = corpus.passages_of(id).next().map(view);
    let is_in_title = |&term: &TermId| first.is_some_and(|first| first.is_in_title(term));
    let score = |terms: &[TermId], seen: &Seen| {
        let titled = terms.iter().any(is_in_title);
        let mut score = seen.count * if titled { IN_TITLE } else { 1.0 };
        if seen.count > 1.0 {
            score *= (terms.len() as f32 + SINGLE).log2();
        } else if terms.len() > 1 {
            score *= ONCE;
        }
        if terms.len() == 1 && language.is_common_word(&fold(seen.first.of(&article.text))) {
            score *= COMMON;
        }
        score
    };
    let mut ranked: Vec<(f32, Span, Vec<TermId>)> = seen
        .into_iter()
        .filter(|(_, seen)| says_something(seen.first.of(&article.text)))
        .map(|(terms, seen)| (score(&terms, &seen), seen.first, terms))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let most = ranked.first().map_or(1.0, |(score, ..)| *score);
    let mut told: FxHashSet<TermId> = FxHashSet::default();
    ranked.retain(|(_, _, terms)| {
        // What is half told already is not told again.
        let new = terms.iter().filter(|term| !told.contains(term)).count();
        let keep = 2 * new > terms.len();
        if keep {
            told.extend(terms);
        }
        keep
    });
    ranked.truncate(limit);
    ranked
        .into_iter()
        .map(|(score, span, _)| Phrase {
            text: span.of(&article.text).to_owned(),
            score: score / most,
        })
        .collect()
}

/// Notes every run of up to [`LONGEST`] words inside `run`.
fn note(seen: &mut FxHashMap<Vec<TermId>, Seen>, run: &[(TermId, Span)]) {
    for length in 1..=LONGEST.min(run.len()) {
        for part in run.windows(length) {
            let terms = part.iter().map(|(term, _)| *term).collect();
            let (Some((_, first)), Some((_, last))) = (part.first(), part.last()) else {
                continue;
            };
            let held = seen.entry(terms).or_insert(Seen {
                count: 0.0,
                first: first.to(*last),
            });
            held.count += 1.0;
        }
    }
}

/// Nothing but a space or a hyphen between two words.
fn adjoin(article: &Article, left: Span, right: Span) -> bool {
    let between = Span::new(left.end as usize, right.start as usize).of(&article.text);
    matches!(between, " " | "-" | "‑")
}

/// Not a bare number or a letter.
fn says_something(phrase: &str) -> bool {
    phrase
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .count()
        > 1
}
