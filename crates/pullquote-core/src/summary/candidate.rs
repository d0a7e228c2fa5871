//! What speaks for each sentence by itself: where it stands, how much it names, whether it can be understood alone.

use super::unit;
use crate::answer::MAX_QUOTE_BYTES;
use crate::article::{Article, Corpus, ParagraphKind, Passage, PassageId};
use crate::index::{Index, PassageView, QueryContext, QueryTerm, SurfaceId, TermId};
use crate::query::Query;
use crate::text::{Span, points_back, words};
use rustc_hash::FxHashSet;

/// What may be chosen: a sentence, or several that say nothing apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) passage: PassageId,
    pub(super) span: Span,
    /// How many sentences it is made of.
    pub(super) sentences: usize,
    /// What must be read before it.
    pub(super) above: Option<Span>,
    /// The terms of its content words, each once.
    pub(super) terms: Vec<TermId>,
    /// What it is worth for each unit that it covers; 0 for what must not be chosen.
    pub(super) factor: f32,
}

/// The first sentence of a paragraph tells what it is about.
const OPENING: f32 = 0.3;
/// The beginning of an article tells what it is about, as news has it; falls to nothing at its end.
const EARLY: f32 = 0.1;
/// Names and numbers: times the square root of how many there are.
const NAMING: f32 = 0.2;
/// What is left of a sentence that cannot stand alone: it points back, asks, or is half of a quotation, one item
/// of many.
const DANGLING: f32 = 0.6;
/// What is left of a sentence that is longer than a quote may be.
const ENDLESS: f32 = 0.4;
/// Several sentences that stand together count as one of so many content words.
const TOGETHER_TERMS: f32 = 10.0;
/// Content words without which a sentence says nothing by itself.
const LEAST_TERMS: usize = 3;

/// What stands below a heading is about it, more than what has its words by the way.
const BELOW_HEADING: f32 = 1.5;
/// Of several articles, the one with the words in its title is about them, if no sentence says it better.
const BELOW_TITLE: f32 = 0.3;

/// What a summary shall be about.
pub(super) struct Focus<'a> {
    context: QueryContext<'a>,
    /// Whether titles tell which articles are about it.
    among_articles: bool,
}

impl<'a> Focus<'a> {
    pub(super) fn new(index: &'a Index, query: Query, among_articles: bool) -> Self {
        Self {
            context: QueryContext::new(index, query),
            among_articles,
        }
    }

    /// How much the title and the heading above a passage say of it.
    fn above(&self, view: PassageView<'_>) -> f32 {
        let heading = BELOW_HEADING * self.weight(|term| view.is_in_heading(term));
        if !self.among_articles {
            return heading;
        }
        heading + BELOW_TITLE * self.weight(|term| view.is_in_title(term))
    }

    /// How much a text is about it: the rarity of the words that it shares, 0 for none.
    fn weight(&self, holds: impl Fn(TermId) -> bool) -> f32 {
        let shared = |group: &QueryTerm| {
            let variants = group.expansions.iter();
            let found = variants.filter(|variant| holds(variant.term));
            group.idf * found.map(|variant| variant.weight).fold(0.0, f32::max)
        };
        self.context.content_terms().map(shared).sum()
    }
}

/// What may be chosen of `passages`, which must be in order; without what is not about the `focus`, says too little, or
/// stands there before.
pub(super) fn of(
    corpus: &Corpus,
    index: &Index,
    passages: impl Iterator<Item = PassageId>,
    focus: Option<&Focus<'_>>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut said = FxHashSet::default();
    for id in passages {
        let passage = corpus.passage(id);
        let article = corpus.article(passage.article);
        let view = index.passage(id);
        let labels = focus.map_or(0.0, |focus| focus.above(view));
        let above = unit::above(article, passage);
        let tokens: Vec<&[SurfaceId]> = view.sentences().collect();
        for numbers in unit::all(article, passage) {
            let (Some(first), Some(last)) = (
                article.sentences.get(numbers.start),
                article.sentences.get(numbers.end - 1),
            ) else {
                continue;
            };
            let from = passage.sentences().start;
            let rows = tokens.get(numbers.start - from..numbers.end - from);
            let terms = content(view, rows.unwrap_or_default());
            let about = focus.map_or(1.0, |focus| {
                labels + focus.weight(|term| terms.binary_search(&term).is_ok())
            });
            let mut factor = about * worth(article, passage, *first, numbers.start);
            if numbers.len() > 1 {
                factor *= (TOGETHER_TERMS / terms.len() as f32).min(1.0);
            }
            let span = first.to(*last);
            let tells = about > 0.0 && terms.len() >= LEAST_TERMS;
            if tells && said.insert(span.of(&article.text)) {
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

fn content(view: PassageView<'_>, rows: &[&[SurfaceId]]) -> Vec<TermId> {
    let tokens = rows.iter().copied().flatten();
    let content = tokens.filter(|&&token| !view.is_stop_word(token));
    let mut terms: Vec<TermId> = content.map(|&token| view.term_of(token)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What speaks for a sentence, the first one of several that stand together.
fn worth(article: &Article, passage: &Passage, span: Span, number: usize) -> f32 {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let opens = number == paragraph.sentences().start;
    let text = span.of(&article.text);
    let left = 1.0 - number as f32 / article.sentences.len() as f32;
    let opening = if opens { OPENING } else { 0.0 };
    let mut worth = (1.0 + opening) * (1.0 + EARLY * left) * (1.0 + NAMING * named(text).sqrt());
    let is_item = paragraph.kind == ParagraphKind::List;
    if is_item
        || points_back(text, article.written_in())
        || text.ends_with(['?', ':'])
        || is_half_quotation(text)
    {
        worth *= DANGLING;
    }
    if span.len() > MAX_QUOTE_BYTES {
        worth *= ENDLESS;
    }
    worth
}

/// Words with a capital or a digit, the first word apart.
fn named(sentence: &str) -> f32 {
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

/// A quotation that begins or ends elsewhere.
fn is_half_quotation(sentence: &str) -> bool {
    let count = |mark: char| sentence.matches(mark).count();
    let uneven = !count('"').is_multiple_of(2);
    let german = count('„');
    let (open, close) = (count('“'), count('”'));
    // “ closes what „ opened.
    uneven
        || if german > 0 {
            german != open
        } else {
            open != close
        }
        || count('«') != count('»')
}
