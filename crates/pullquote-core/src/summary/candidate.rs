//! Candidates for a summary and their salience: position, names and numbers, and whether a sentence can be understood
//! without its context.

use super::unit;
use crate::answer::MAX_QUOTE_BYTES;
use crate::article::{Article, Corpus, ParagraphKind, Passage, PassageId};
use crate::index::{Index, PassageView, QueryContext, QueryTerm, Sentence, TermId};
use crate::query::Query;
use crate::text::{Span, points_back, words};
use rustc_hash::FxHashSet;

/// A sentence, or several that are only chosen together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) passage: PassageId,
    pub(super) span: Span,
    /// Number of sentences.
    pub(super) sentences: usize,
    /// Text shown above it, as in [`super::Sentence::above`].
    pub(super) above: Option<Span>,
    /// Terms of its content words, sorted, without duplicates.
    pub(super) terms: Vec<TermId>,
    /// Salience: factor for the coverage that it adds.
    pub(super) factor: f32,
}

// The weights of salience, of `cover.rs` too, are fitted together: for the highlights that editors wrote for 120 news articles,
// as far as `tests/summaries` (seen half) and the sentences that answer the questions of XQuAD and of half of SQuAD 2.0 lose
// no more than a point. `benches/peers -- summaries` measures them.

/// Added for the first sentence of a paragraph, which usually states the topic.
const OPENING: f32 = 0.5;
/// Added for the first sentence of an article: news states the essentials there, and a column its claim. Not for summaries of
/// a topic, which may start anywhere.
const LEAD: f32 = 1.0;
/// Number of sentences after which the bonus for the lead has halved.
const LEAD_HALVES: f32 = 2.0;
/// Added per square root of the number of names and numbers.
const NAMING: f32 = 0.3;
/// Factor for a sentence that needs its context: it refers back, asks a question, is one list item, or contains only the
/// beginning or end of a quotation.
const DANGLING: f32 = 0.8;
/// Factor for a sentence that is longer than a quote may be.
const TOO_LONG: f32 = 0.4;
/// Several sentences that are chosen together count as one with this many content words.
const GROUP_TERMS: f32 = 10.0;
/// Sentences with fewer content words are not candidates.
const MIN_TERMS: usize = 3;

/// Weight of focus words in the heading, which says more about the topic than a mention in the text.
const BELOW_HEADING: f32 = 1.5;
/// Weight of focus words in the title, for summaries of several articles.
const BELOW_TITLE: f32 = 0.3;

/// The topic of a summary.
pub(super) struct Focus<'a> {
    context: QueryContext<'a>,
    /// Whether several articles are summarised, so that titles matter.
    among_articles: bool,
}

impl<'a> Focus<'a> {
    pub(super) fn new(index: &'a Index, query: Query, among_articles: bool) -> Self {
        Self {
            context: QueryContext::new(index, query),
            among_articles,
        }
    }

    /// Relevance of the heading above a passage, and of the title if several articles are summarised.
    fn label_relevance(&self, view: PassageView<'_>) -> f32 {
        let heading = BELOW_HEADING * self.relevance(|term| view.is_in_heading(term));
        if !self.among_articles {
            return heading;
        }
        heading + BELOW_TITLE * self.relevance(|term| view.is_in_title(term))
    }

    /// Relevance of a text: the sum of the idf of the focus words that it contains, 0 if it contains none.
    fn relevance(&self, contains: impl Fn(TermId) -> bool) -> f32 {
        let relevance = |term: &QueryTerm| {
            let expansions = term.expansions.iter();
            let found = expansions.filter(|expansion| contains(expansion.term));
            term.idf * found.map(|expansion| expansion.weight).fold(0.0, f32::max)
        };
        self.context.content_terms().map(relevance).sum()
    }
}

/// The candidates in `passages`, which must be sorted. Leaves out sentences that are not about the `focus`, have too few
/// content words, or repeat an earlier one.
pub(super) fn candidates(
    corpus: &Corpus,
    index: &Index,
    passages: impl Iterator<Item = PassageId>,
    focus: Option<&Focus<'_>>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut texts = FxHashSet::default();
    for id in passages {
        let passage = corpus.passage(id);
        let article = corpus.article(passage.article);
        let view = index.passage(id);
        let labels = focus.map_or(0.0, |focus| focus.label_relevance(view));
        let above = unit::above(article, passage);
        let tokens: Vec<Sentence<'_>> = view.sentences().collect();
        for numbers in unit::units(article, passage) {
            let (Some(first), Some(last)) = (
                article.sentences.get(numbers.start),
                article.sentences.get(numbers.end - 1),
            ) else {
                continue;
            };
            let from = passage.sentences().start;
            let rows = tokens.get(numbers.start - from..numbers.end - from);
            let terms = content_terms(view, rows.unwrap_or_default());
            let about = focus.map_or(1.0, |focus| {
                labels + focus.relevance(|term| terms.binary_search(&term).is_ok())
            });
            let lead = if focus.is_none() {
                lead(numbers.start)
            } else {
                1.0
            };
            let mut factor = about * lead * salience(article, passage, *first, numbers.start);
            if numbers.len() > 1 {
                factor *= (GROUP_TERMS / terms.len() as f32).min(1.0);
            }
            let span = first.to(*last);
            let qualifies = about > 0.0 && terms.len() >= MIN_TERMS;
            if qualifies && texts.insert(span.of(&article.text)) {
                found.push(Candidate {
                    passage: id,
                    span,
                    sentences: numbers.len(),
                    above,
                    terms,
                    factor,
                });
            }
        }
    }
    found
}

fn content_terms(view: PassageView<'_>, rows: &[Sentence<'_>]) -> Vec<TermId> {
    let tokens = rows.iter().cloned().flatten();
    let content = tokens.filter(|&token| !view.is_stop_word(token));
    let mut terms: Vec<TermId> = content.map(|token| view.term_of(token)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Factor for the position in the article.
fn lead(number: usize) -> f32 {
    1.0 + LEAD * (-(number as f32) / LEAD_HALVES).exp2()
}

/// Salience of a sentence without its position; of several that are chosen together, that of the first.
fn salience(article: &Article, passage: &Passage, span: Span, number: usize) -> f32 {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let opens = number == paragraph.sentences().start;
    let text = span.of(&article.text);
    let opening = if opens { OPENING } else { 0.0 };
    let mut salience = (1.0 + opening) * (1.0 + NAMING * name_count(text).sqrt());
    let is_item = paragraph.kind == ParagraphKind::List;
    if is_item
        || points_back(text, article.written_in())
        || text.ends_with(['?', ':'])
        || is_half_quotation(text)
    {
        salience *= DANGLING;
    }
    if span.len() > MAX_QUOTE_BYTES {
        salience *= TOO_LONG;
    }
    salience
}

/// Number of words that start with a capital letter or a digit, without the first word.
fn name_count(sentence: &str) -> f32 {
    let (mut count, mut first) = (0.0, true);
    for word in words(sentence) {
        let head = word.of(sentence).chars().next();
        let names = head.is_some_and(|head| head.is_uppercase() || head.is_numeric());
        if names && !first {
            count += 1.0;
        }
        first = false;
    }
    count
}

/// Whether a quotation begins or ends in another sentence.
fn is_half_quotation(sentence: &str) -> bool {
    let count = |mark: char| sentence.matches(mark).count();
    let uneven = !count('"').is_multiple_of(2);
    let german = count('„');
    let (open, close) = (count('“'), count('”'));
    // After „ the mark “ closes a quotation.
    uneven
        || if german > 0 {
            german != open
        } else {
            open != close
        }
        || count('«') != count('»')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::index::tests::article;

    #[test]
    fn counts_names_and_numbers_after_the_first_word() {
        let check = |sentence, expected: f32| {
            let found = name_count(sentence);
            assert!(
                (found - expected).abs() < f32::EPSILON,
                "{sentence}: {found}"
            );
        };
        check("The king went home.", 0.0);
        check("Kim Jong Un met Moon in 2018.", 4.0);
        check("", 0.0);
    }

    #[test]
    fn finds_quotations_that_are_cut() {
        let check =
            |sentence, expected| assert_eq!(is_half_quotation(sentence), expected, "{sentence}");
        check("He said \"no\".", false);
        check("He said \"no.", true);
        check("Er sagte „nein“.", false);
        check("Er sagte „nein.", true);
        check("She said “no”.", false);
        check("And no”, she said.", true);
        check("Il dit « non ».", false);
        check("Il dit « non.", true);
    }

    #[test]
    fn sentences_that_need_their_context_are_less_salient() {
        let text = "# Boats\n\nThe harbour opened early today. The harbour opened early again. \
                    Has the harbour opened early? The harbour closed late today.";
        let article = article("boats", text);
        let corpus = Corpus::new(vec![article.clone()]);
        let salience = |number: usize| {
            let span = article.sentences[number];
            salience(&article, corpus.passage(PassageId(0)), span, number)
        };
        assert!(
            salience(0) > salience(1),
            "the first sentence of a paragraph"
        );
        assert!(salience(3) > salience(2), "a question");
    }

    #[test]
    fn the_lead_counts_and_fades() {
        assert!(lead(0) > lead(1) && lead(1) > lead(5), "earlier sentences");
        assert!(lead(0) / lead(2) > lead(10) / lead(12), "less and less");
        assert!(lead(usize::MAX) >= 1.0);
        let text = "# Boats\n\nThe harbour opened early today. Sailors painted seven grey boats.";
        let corpus = Corpus::new(vec![article("boats", text)]);
        let index = Index::build(&corpus);
        let factors = |focus: Option<&str>| {
            let query = focus.map(|focus| Query::parse(focus, index.languages()));
            let focus = query.map(|query| Focus::new(&index, query, false));
            let passages = [PassageId(0)].into_iter();
            let found = candidates(&corpus, &index, passages, focus.as_ref());
            found.iter().map(|one| one.factor).collect::<Vec<_>>()
        };
        let whole = factors(None);
        let on_a_topic = factors(Some("harbour boats"));
        assert!(
            whole[0] / whole[1] > on_a_topic[0] / on_a_topic[1],
            "a summary of a topic may start anywhere"
        );
    }

    #[test]
    fn candidates_are_about_the_focus_and_not_repeated() {
        let text = "# Boats\n\nThe harbour opened early today. Sailors painted seven boats. Yes. \
                    The harbour opened early today.";
        let corpus = Corpus::new(vec![article("boats", text)]);
        let index = Index::build(&corpus);
        let check = |focus: Option<&str>, expected: &[&str]| {
            let focus = focus.map(|focus| Query::parse(focus, index.languages()));
            let focus = focus.map(|query| Focus::new(&index, query, false));
            let passages = [PassageId(0)].into_iter();
            let found = candidates(&corpus, &index, passages, focus.as_ref());
            let text = &corpus.article(ArticleId(0)).text;
            let found: Vec<&str> = found.iter().map(|one| one.span.of(text)).collect();
            assert_eq!(found, expected);
        };
        let both = [
            "The harbour opened early today.",
            "Sailors painted seven boats.",
        ];
        check(None, &both);
        check(Some("boats painted"), &both[1..]);
        check(Some("volcano"), &[]);
    }
}
