//! Extractive summaries of articles, and their key phrases. A summary consists of quoted sentences in the article's order;
//! no text is generated.
//!
//! - `unit.rs` splits passages into units that can be understood: sentences, lists, tables, code, answers
//! - `candidate.rs` scores each unit
//! - `cover.rs` selects units that cover the article's words without repetition
//! - `keywords.rs` finds key phrases

mod candidate;
mod cover;
mod keywords;
mod unit;

pub use keywords::Phrase;
pub(crate) use keywords::keywords;

use crate::article::{Article, ArticleId, Corpus, LineRange, PassageId};
use crate::index::Index;
use crate::query::Query;
use crate::text::{Span, folded_words};
use candidate::{Candidate, Focus};

/// Length of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Length {
    /// Three sentences.
    #[default]
    Short,
    /// Six sentences.
    Medium,
    /// Twelve sentences, or a fifth of a long article; at most what fits into one message.
    Long,
    /// This many sentences. A list, a table or the answer to a question counts as one.
    Sentences(usize),
}

/// Options of a summary.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Length.
    pub length: Length,
    /// Topic; `None` for the whole article.
    pub focus: Option<&'a str>,
}

/// A summary of an article, or of what several articles say about a topic.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// What the front matter of the article says that it is about, unless a sentence says it, too. Of several articles, of the
    /// sentences on a topic and of the whole article there is none.
    pub opening: Option<String>,
    /// Quoted sentences, in the order of the articles.
    pub sentences: Vec<Sentence>,
    /// Whether the summary is the whole article.
    pub whole: bool,
    /// Whether a longer summary would contain more sentences.
    pub more: bool,
}

/// A sentence of a summary, or a list, table or answer that is kept whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sentence {
    /// Whose.
    pub article: ArticleId,
    /// Passage that contains it.
    pub passage: PassageId,
    /// Its text.
    pub span: Span,
    /// Text to show above it: the question that it answers; for a list, a table or code, the sentence that introduces it or
    /// the heading.
    pub above: Option<Span>,
    /// Position of its paragraph in the article.
    pub paragraph: u32,
    /// Where the paragraph is in the source file.
    pub lines: LineRange,
    /// What it adds to the sentences selected before it, relative to the one that adds most: 1 at most.
    pub score: f32,
}

/// Size of a long summary, in bytes. The description of an embed is limited to 4,096 characters, and each sentence needs
/// some for its source.
const MESSAGE_BYTES: usize = 3_500;
const SHORT: usize = 3;
const MEDIUM: usize = 6;
/// Minimum for a long summary, if the article has as many sentences.
const LONG: usize = 12;

/// Summarises an article.
pub fn summarise(
    corpus: &Corpus,
    index: &Index,
    article: ArticleId,
    options: &Options<'_>,
) -> Summary {
    let query = options
        .focus
        .map(|focus| Query::parse(focus, index.languages()));
    let focus = query.map(|query| Focus::new(index, query, false));
    let passages = corpus.passages_of(article).map(|id| PassageId(id as u32));
    let candidates = candidate::candidates(corpus, index, passages, focus.as_ref());
    let summary = select(corpus, &candidates, options.length);
    let sentences = |id: usize| corpus.passage(PassageId(id as u32)).sentences().len();
    let all: usize = corpus.passages_of(article).map(sentences).sum();
    let candidate_sentences: usize = candidates.iter().map(|one| one.sentences).sum();
    let whole = !summary.more && candidate_sentences == all;
    let opening = opening(corpus.article(article), &summary.sentences);
    Summary {
        opening: opening.filter(|_| options.focus.is_none() && !whole),
        whole,
        ..summary
    }
}

/// The summary in the front matter of an article, if none of these sentences repeats it.
fn opening(article: &Article, sentences: &[Sentence]) -> Option<String> {
    let opening = article.meta.summary.as_deref()?.trim();
    let said = folded_words(opening);
    let repeats = |sentence: &Sentence| {
        let sentence = folded_words(sentence.span.of(&article.text));
        said.starts_with(&sentence) || sentence.starts_with(&said)
    };
    let is_new = !said.is_empty() && !sentences.iter().any(repeats);
    is_new.then(|| opening.to_owned())
}

/// Summarises what some passages, possibly of several articles, say about a topic.
pub fn digest(
    corpus: &Corpus,
    index: &Index,
    mut passages: Vec<PassageId>,
    focus: &str,
    length: Length,
) -> Summary {
    passages.sort_unstable();
    let query = Query::parse(focus, index.languages());
    let focus = Focus::new(index, query, true);
    let candidates = candidate::candidates(corpus, index, passages.into_iter(), Some(&focus));
    select(corpus, &candidates, length)
}

fn select(corpus: &Corpus, candidates: &[Candidate], length: Length) -> Summary {
    let count = match length {
        Length::Short => SHORT,
        Length::Medium => MEDIUM,
        Length::Long => LONG.max(candidates.len().div_ceil(5)),
        Length::Sentences(count) => count,
    };
    let mut selected = cover::select(candidates, count);
    if length == Length::Long {
        // In the order of selection: the most important come first.
        let mut bytes = 0;
        let fits = selected.iter().take_while(|(at, _)| {
            let Candidate { span, above, .. } = &candidates[*at];
            bytes += span.len() + above.map_or(0, Span::len);
            bytes <= MESSAGE_BYTES
        });
        let fits = fits.count();
        selected.truncate(fits.max(1));
    }
    selected.sort_unstable_by_key(|(at, _)| *at);
    let sentences = selected.iter().map(|&(at, score)| {
        let candidate = &candidates[at];
        let passage = corpus.passage(candidate.passage);
        let paragraphs = &corpus.article(passage.article).paragraphs;
        Sentence {
            article: passage.article,
            passage: candidate.passage,
            span: candidate.span,
            above: candidate.above,
            paragraph: passage.paragraph,
            lines: paragraphs[passage.paragraph as usize].lines,
            score,
        }
    });
    Summary {
        opening: None,
        sentences: sentences.collect(),
        whole: false,
        more: selected.len() < candidates.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::index::tests::article;

    fn harbour() -> Article {
        let sentences = [
            "The harbour opened early today.",
            "Sailors painted seven boats.",
            "Storms damaged the old lighthouse.",
            "Fishermen repaired their torn nets.",
            "Children watched grey seals swimming.",
        ];
        article("harbour", &format!("# Harbour\n\n{}", sentences.join(" ")))
    }

    fn check(length: Length, focus: Option<&str>, count: usize, (whole, more): (bool, bool)) {
        let corpus = Corpus::new(vec![harbour()]);
        let index = Index::build(&corpus);
        let options = Options { length, focus };
        let summary = summarise(&corpus, &index, ArticleId(0), &options);
        assert_eq!(summary.sentences.len(), count, "{options:?}");
        assert_eq!((summary.whole, summary.more), (whole, more), "{options:?}");
        assert!(summary.sentences.is_sorted_by_key(|sentence| sentence.span));
        let text = &corpus.article(ArticleId(0)).text;
        let highest = summary
            .sentences
            .iter()
            .map(|one| one.score)
            .fold(0.0, f32::max);
        assert!(count == 0 || (highest - 1.0).abs() < 1e-6);
        assert!(
            summary
                .sentences
                .iter()
                .all(|one| one.span.of(text).ends_with('.'))
        );
    }

    #[test]
    fn length_limits_the_sentences() {
        check(Length::Short, None, 3, (false, true));
        check(Length::Sentences(2), None, 2, (false, true));
        check(Length::Medium, None, 5, (true, false));
        check(Length::Long, None, 5, (true, false));
    }

    #[test]
    fn a_focus_leaves_out_other_topics() {
        check(Length::Medium, Some("lighthouse"), 1, (false, false));
        check(Length::Medium, Some("volcano"), 0, (false, false));
    }

    #[test]
    fn a_summary_opens_with_that_of_the_author() {
        let check = |written: &str, length, focus, expected: Option<&str>| {
            let mut harbour = harbour();
            harbour.meta.summary = Some(written.to_owned());
            let corpus = Corpus::new(vec![harbour]);
            let index = Index::build(&corpus);
            let options = Options { length, focus };
            let summary = summarise(&corpus, &index, ArticleId(0), &options);
            assert_eq!(summary.opening.as_deref(), expected, "{written}");
        };
        let written = "What happened at the harbour in one day.";
        check(written, Length::Short, None, Some(written));
        // Not above what somebody asked for, nor above the whole article.
        check(written, Length::Short, Some("lighthouse"), None);
        check(written, Length::Long, None, None);
        // Not what the first sentence says, too.
        check("the harbour opened early today", Length::Short, None, None);
        check(
            "The harbour opened early today. And more.",
            Length::Short,
            None,
            None,
        );
        check(" ", Length::Short, None, None);
    }

    #[test]
    fn a_long_summary_fits_into_a_message() {
        let sentence = |number: usize| {
            let words = (0..30).map(|word| format!("word{}", number * 30 + word));
            format!(
                "Sentence {number} has {}.",
                words.collect::<Vec<_>>().join(" ")
            )
        };
        let text: Vec<String> = (0..40).map(sentence).collect();
        let corpus = Corpus::new(vec![article("long", &text.join(" "))]);
        let index = Index::build(&corpus);
        let options = Options {
            length: Length::Long,
            focus: None,
        };
        let summary = summarise(&corpus, &index, ArticleId(0), &options);
        let bytes: usize = summary.sentences.iter().map(|one| one.span.len()).sum();
        assert!(
            summary.more && bytes > MESSAGE_BYTES / 2 && bytes <= MESSAGE_BYTES,
            "{bytes}"
        );
    }

    #[test]
    fn a_digest_quotes_several_articles_in_order() {
        let island = article(
            "island",
            "# Island\n\nAn old lighthouse guards the island. Goats graze there daily.",
        );
        let corpus = Corpus::new(vec![island, harbour()]);
        let index = Index::build(&corpus);
        let passages = vec![PassageId(1), PassageId(0)];
        let summary = digest(&corpus, &index, passages, "lighthouse", Length::Medium);
        let found = summary
            .sentences
            .iter()
            .map(|one| one.span.of(&corpus.article(one.article).text));
        let expected = [
            "Storms damaged the old lighthouse.",
            "An old lighthouse guards the island.",
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}
