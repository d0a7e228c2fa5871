//! Candidates for a summary and their salience: position, names and numbers, and whether a sentence can be understood
//! without its context.

use super::unit;
use crate::answer::MAX_QUOTE_BYTES;
use crate::article::{Article, Corpus, ParagraphKind, Passage, PassageId};
use crate::index::{Index, PassageView, QueryContext, QueryTerm, Sentence, TermId};
use crate::query::Query;
use crate::text::{Span, points_back, words};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A sentence, or several that are only chosen together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) passage: PassageId,
    pub(super) span: Span,
    /// Number of sentences, with the one that introduces it.
    pub(super) sentences: usize,
    /// Text shown above it, as in [`super::Sentence::above`].
    pub(super) above: Option<Span>,
    /// Terms of its content words, sorted, without duplicates.
    pub(super) terms: Vec<TermId>,
    /// Salience: factor for the coverage that it adds.
    pub(super) factor: f32,
    /// Another factor, as long as the candidate before it is not selected: less than 1 if it refers to that one.
    pub(super) alone: f32,
}

// The weights of salience, of `cover.rs` too, are chosen together. `OPENING` and `LEAD` are those with which the highlights of
// 91 articles of CNN and Daily Mail, `tests/summaries` (seen half) and the sentences that answer the questions of XQuAD and of
// half of SQuAD 2.0 gained, and extracts of arguments (Alshomary et al. 2020) and of Turkish news (TES) lost at most a point.
// `benches/peers -- summaries` measures them.

/// Added for the first sentence of a paragraph, which usually states the topic.
const OPENING: f32 = 0.7;
/// Added for the first sentence of an article: news states the essentials there, and a column its claim. Not for summaries of
/// a topic, which may start anywhere.
const LEAD: f32 = 2.0;
/// Number of sentences after which the bonus for the lead has halved.
const LEAD_HALVES: f32 = 2.0;
/// Added per square root of the number of names and numbers.
const NAMING: f32 = 0.3;
/// Factor for the standfirst, in which an editor has summarised the article.
const STANDFIRST: f32 = 3.0;
/// Factor for a sentence that needs its context: it asks a question, or contains only the beginning or end of a quotation;
/// and for lists and code.
const DANGLING: f32 = 0.8;
/// Factor for an item of a list that is too long to be quoted whole.
const ITEM: f32 = 0.5;
/// Factor for a sentence that says nothing without another that is not quoted: the one that it refers to, or what it
/// introduces. It is for readers: ROUGE hardly differs from 0.15 to 1.
const ALONE: f32 = 0.3;
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
    // The sentence after the last candidate.
    let mut next = None;
    for id in passages {
        let passage = corpus.passage(id);
        let article = corpus.article(passage.article);
        let view = index.passage(id);
        let labels = focus.map_or(0.0, |focus| focus.label_relevance(view));
        let above = unit::above(article, passage);
        for numbers in unit::units(article, passage) {
            let Some([first, .., last] | [first @ last]) = article.sentences.get(numbers.clone())
            else {
                continue;
            };
            let span = first.to(*last);
            let terms = terms(index, article, (id, passage), &numbers);
            let about = focus.map_or(1.0, |focus| {
                labels + focus.relevance(|term| terms.binary_search(&term).is_ok())
            });
            let qualifies = about > 0.0 && terms.len() >= MIN_TERMS;
            if !qualifies || !texts.insert(span.of(&article.text)) {
                continue;
            }
            let mut factor = about * salience(article, passage, *first, &numbers);
            if focus.is_none() {
                factor *= lead(numbers.start);
            }
            if numbers.len() > 1 {
                factor *= (GROUP_TERMS / terms.len() as f32).min(1.0);
            }
            let before = next.replace((passage.article, numbers.end));
            let mut alone = 1.0;
            if refers_back(article, passage, *first, above) {
                if before == Some((passage.article, numbers.start)) {
                    alone = ALONE;
                } else {
                    factor *= ALONE;
                }
            }
            found.push(Candidate {
                passage: id,
                span,
                sentences: numbers.len() + unit::introductions(article, passage, &numbers),
                above,
                terms,
                factor,
                alone,
            });
        }
    }
    found
}

/// Terms of the content words of a unit; of code, those of the sentence that introduces it.
fn terms(
    index: &Index,
    article: &Article,
    (id, passage): (PassageId, &Passage),
    numbers: &Range<usize>,
) -> Vec<TermId> {
    if article.is_code(passage.paragraph as usize) {
        let before = index.passage(PassageId(id.0.saturating_sub(1)));
        return before
            .sentences()
            .last()
            .map_or_else(Vec::new, |row| content_terms(before, [row]));
    }
    let view = index.passage(id);
    let from = numbers.start - passage.sentences().start;
    content_terms(view, view.sentences().skip(from).take(numbers.len()))
}

fn content_terms<'a>(
    view: PassageView<'a>,
    rows: impl IntoIterator<Item = Sentence<'a>>,
) -> Vec<TermId> {
    let tokens = rows.into_iter().flatten();
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

/// Salience of a unit without its position: that of its `first` sentence.
fn salience(article: &Article, passage: &Passage, first: Span, numbers: &Range<usize>) -> f32 {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let opens = numbers.start == paragraph.sentences().start;
    let text = first.of(&article.text);
    let opening = if opens { OPENING } else { 0.0 };
    let mut salience = (1.0 + opening) * (1.0 + NAMING * name_count(text).sqrt());
    match paragraph.kind {
        ParagraphKind::Standfirst => salience *= STANDFIRST,
        ParagraphKind::List if numbers.len() == 1 => salience *= ITEM,
        ParagraphKind::List | ParagraphKind::Code => salience *= DANGLING,
        _ if text.ends_with([':', '：']) => salience *= ALONE,
        _ if text.ends_with('?') || is_half_quotation(text) => salience *= DANGLING,
        _ => {}
    }
    if first.len() > MAX_QUOTE_BYTES {
        salience *= TOO_LONG;
    }
    salience
}

/// Whether a sentence refers to the one before it, rather than to the text shown `above`.
fn refers_back(article: &Article, passage: &Passage, sentence: Span, above: Option<Span>) -> bool {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let is_below = above.is_some() && sentence.start == paragraph.span.start;
    !paragraph.kind.is_lines()
        && !is_below
        && points_back(sentence.of(&article.text), article.written_in())
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
            salience(
                &article,
                corpus.passage(PassageId(0)),
                span,
                &(number..number + 1),
            )
        };
        assert!(
            salience(0) > salience(1),
            "the first sentence of a paragraph"
        );
        assert!(salience(3) > salience(2), "a question");
    }

    #[test]
    fn a_sentence_that_refers_back_counts_less_alone() {
        let text = "# Boats\n\nThe harbour opened early today. It painted seven grey boats. Yes. \
                    He repaired four torn nets. Seals swam around eight boats.";
        let corpus = Corpus::new(vec![article("boats", text)]);
        let index = Index::build(&corpus);
        let found = candidates(&corpus, &index, [PassageId(0)].into_iter(), None);
        let alone: Vec<bool> = found.iter().map(|one| one.alone < 1.0).collect();
        assert_eq!(
            alone,
            [false, true, false, false],
            "the second needs the first"
        );
        assert!(
            found[2].factor < found[3].factor,
            "what the third needs is no candidate"
        );
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
