//! Reads candidate passages closely, token by token, and computes their features.

use super::features::FEATURES;
use super::passage_features::PassageFeatures;
use super::passage_reading::PassageReading;
use super::passage_stats::{PassageCounts, SentenceScore, SentenceStats, raise, raise_lanes};
use super::token_matcher::{MatcherScratch, NONE, TokenMatcher};
use crate::article::ArticleId;
use crate::index::bm25::{self, Statistics};
use crate::index::{Candidate, PassageView, QueryContext, QueryTerm, Sentence, TermId};
use crate::query::Role;

/// Where a question asks for a number, a sentence with a number that is not the question's own counts this many times
/// as much. On English sets, 0.2 to 0.6 points more right sentences were chosen.
const ASKED_NUMBER: f32 = 1.4;

/// Where a question names one subject and nothing else (`what is juche`), function words count for this much less in
/// choosing the sentence, and a sentence that begins with the subject counts for [`SUBJECT_FIRST`] more: it is the one
/// that defines it. The share of right sentences changed by 0.2 points at most on every set.
const FUNCTION_WORD_DISCOUNT: f32 = 0.5;
/// See [`FUNCTION_WORD_DISCOUNT`].
const SUBJECT_FIRST: f32 = 0.5;

/// How much a word of the title counts where it occurs in a passage below it. In `harbour pool prices`, the title says
/// which article is meant, and a passage that repeats "harbour pool" is no nearer to the prices. Does not apply where
/// the title contains the whole question.
///
/// Of `tests/questions/ours/sections.jsonl`, 95 in 100 are answered from the right section; 29 in 100 were with 1.0 and
/// half the title's weight.
const TITLE_WORD: f32 = 0.1;

/// How much a heading that is the question word for word exceeds one with the same content words: `How do I leave?` and
/// `Can I leave?` are answered apart.
const WORD_FOR_WORD: f32 = 0.3;

/// Weight of alignment in choosing the sentence of a passage. 2 to 3 points more right sentences on every English set;
/// 1 and 3 did alike.
const ALIGNMENT_WEIGHT: f32 = 2.0;

/// Weight of a sentence model's similarity in choosing the sentence of a passage. 2 was a point worse, 6 no better.
const DENSE_WEIGHT: f32 = 4.0;

/// How query terms occur in one article.
#[derive(Default)]
struct ArticleTerms {
    article: Option<ArticleId>,
    /// For each query term, its idf among the article's sentences.
    sentence_idf: Vec<f32>,
    /// For each query term, whether the title contains it.
    in_title: Vec<bool>,
    /// For each query term, how much it counts where it occurs in a passage: 1, or [`TITLE_WORD`].
    weights: Vec<f32>,
}

/// What is noted while a passage is read. One for all passages of a question, because allocations take time.
#[derive(Default)]
struct Notes {
    counts: PassageCounts,
    /// Of the title and the headings above the passage.
    labels: SentenceStats,
    /// Of the sentence that is being read.
    stats: SentenceStats,
    /// Of each sentence.
    scores: Vec<SentenceScore>,
    /// The best score of any sentence, each kind by itself.
    best: SentenceScore,
}

/// Computes the features of passages for one question.
pub(super) struct PassageReader<'a> {
    context: &'a QueryContext<'a>,
    matcher: TokenMatcher<'a>,
    /// Of the article that was read last.
    article: ArticleTerms,
    /// Of the passage that is being read.
    notes: Notes,
    /// For each query term, the content term that follows it in the question, or [`NONE`].
    next: Vec<u8>,
    /// Whether the content words of the question are adjacent: `what is juche`.
    has_one_subject: bool,
    idf_sum: f32,
}

impl<'a> PassageReader<'a> {
    /// Prepares the tables. The question may have at most 254 terms.
    pub(super) fn new(context: &'a QueryContext<'a>, scratch: &'a mut MatcherScratch) -> Self {
        let terms = context.terms().len();
        let lanes = context.vectors().words.lanes();
        let matcher = TokenMatcher::new(context, scratch);
        Self {
            notes: Notes {
                counts: PassageCounts::new(terms, matcher.gram_count()),
                labels: SentenceStats::new(terms, lanes),
                stats: SentenceStats::new(terms, lanes),
                ..Notes::default()
            },
            matcher,
            article: ArticleTerms::default(),
            next: next_content(context.terms()),
            has_one_subject: has_one_subject(context.terms()),
            idf_sum: context.idf_sum(),
            context,
        }
    }

    /// The features of one passage.
    pub(super) fn read(&mut self, candidate: Candidate) -> PassageFeatures {
        let view = self.context.passage(candidate.passage);
        self.use_article(view);
        let mut notes = std::mem::take(&mut self.notes);
        self.read_labels(view, &mut notes.labels);
        self.read_sentences(view, &mut notes);
        let best = &notes.best;
        let heading_share = self.heading_share(view, &candidate);
        let heading_match = self.heading_match(view, &candidate);
        let vectors = self.context.vectors();
        let dense = view.similarity_by_parts(vectors);
        let sentences = dense.as_ref().map_or(&[][..], |dense| &dense.sentences);
        let whole = view.whole_similarity(vectors);
        let by_sentences = view.similarity_by_sentences(vectors);
        let both = whole.zip(by_sentences);
        let reading = PassageReading {
            view,
            candidate: &candidate,
            counts: &notes.counts,
            best,
            heading_share,
            heading_match,
            dense_similarity: dense.as_ref().map(|dense| dense.passage),
            dense_passage: both.map(|(whole, sentences)| 0.5 * (whole + sentences.passage)),
            idf_sum: self.idf_sum,
            term_weights: &self.article.weights,
            context: self.context,
            matcher: &self.matcher,
        };
        let idf_sum = self.idf_sum.max(f32::MIN_POSITIVE);
        let features = PassageFeatures {
            values: FEATURES.each_ref().map(|feature| (feature.value)(&reading)),
            covered: best.covered / idf_sum,
            heading_match,
            aligned: best.aligned,
            dense_similarity: reading.dense_similarity,
            best_sentence: best.content,
            sentences: self.choice_scores(&notes.scores, sentences, best.content > 0.0),
            candidate,
        };
        self.notes = notes;
        features
    }

    /// Notes the scores of each sentence, the best of them, and counts of tokens.
    fn read_sentences(&mut self, view: PassageView<'a>, notes: &mut Notes) {
        let Notes {
            counts,
            labels,
            stats,
            scores,
            best,
        } = notes;
        counts.clear();
        scores.clear();
        *best = SentenceScore::default();
        let label_alignment = self.alignment(&labels.similarity);
        let has_vectors = view.has_vectors();
        for tokens in view.sentences() {
            let length = tokens.len();
            self.read_sentence(tokens, has_vectors, stats, counts);
            let mut score = self.score_sentence(stats, view.sentence_norm(length));
            raise(&mut stats.weight, &labels.weight);
            score.covered = self.idf_weighted(&stats.weight);
            raise(&mut stats.similarity, &labels.similarity);
            let aligned = self.alignment(&stats.similarity);
            best.raise(&score, aligned);
            score.aligned_gain = aligned - label_alignment;
            scores.push(score);
        }
    }

    /// How well each sentence answers.
    ///
    /// Where only the heading matches (`terms_match` is false), function words do not choose the sentence, nor does
    /// similarity to a word that the heading contains already: the answer to a heading begins below it.
    fn choice_scores(
        &self,
        scores: &[SentenceScore],
        dense: &[f32],
        terms_match: bool,
    ) -> Vec<f32> {
        let choice = |(at, score): (usize, &SentenceScore)| {
            let dense = dense
                .get(at)
                .map_or(0.0, |similarity| DENSE_WEIGHT * self.idf_sum * similarity);
            let by_words = if terms_match {
                score.choice + ALIGNMENT_WEIGHT * score.aligned
            } else {
                ALIGNMENT_WEIGHT * score.aligned_gain
            };
            by_words + dense
        };
        scores.iter().enumerate().map(choice).collect()
    }

    /// Notes what a sentence contains of the question, and adds to the passage's counts.
    fn read_sentence(
        &mut self,
        tokens: Sentence<'_>,
        has_vectors: bool,
        stats: &mut SentenceStats,
        counts: &mut PassageCounts,
    ) {
        stats.clear();
        let mut before = NONE;
        for (position, surface) in tokens.enumerate() {
            let matched = self.matcher.look_up(surface);
            counts.add_grams(matched.grams);
            stats.has_asked_number |= matched.is_asked_number;
            if has_vectors {
                raise_lanes(&mut stats.by_vectors, self.matcher.similarities(matched));
            }
            let at = usize::from(matched.term);
            let Some(term) = self.context.terms().get(at) else {
                if !matched.is_stop_word {
                    before = NONE;
                }
                continue;
            };
            stats.add(matched);
            if term.role == Role::Content {
                stats.first_match.get_or_insert(position);
                if term.surface == Some(surface) {
                    counts.exact[at] += 1;
                }
                if before != NONE && self.next[usize::from(before)] == matched.term {
                    counts.pairs[at] += 1;
                }
                before = matched.term;
            }
        }
        self.spread_similarities(stats);
    }

    /// Notes the similarities by vectors for each query term.
    fn spread_similarities(&self, stats: &mut SentenceStats) {
        for (term, similarity) in self.context.vectors().by_term(&stats.by_vectors) {
            stats.similarity[term] = similarity;
        }
    }

    /// The scores of a sentence by itself, `norm` being its norm ([`bm25::Norm::of`]).
    fn score_sentence(&self, stats: &mut SentenceStats, norm: f32) -> SentenceScore {
        let mut score = SentenceScore::default();
        let mut function_words = 0.0;
        for &term in &stats.terms {
            let at = usize::from(term);
            let weight = stats.weight[at];
            let value = weight * bm25::tf(f32::from(stats.tf[at]), norm);
            let term_weight = self.article.weights[at];
            let local = term_weight * self.article.sentence_idf[at] * value;
            score.local += local;
            stats.similarity[at] = stats.similarity[at].max(weight);
            let term = &self.context.terms()[at];
            if term.role == Role::Content {
                score.content += term_weight * term.idf * value;
            } else {
                function_words += local;
            }
        }
        if stats.has_asked_number {
            score.local *= ASKED_NUMBER;
        }
        score.choice = self.choice_score(score.local, function_words, stats.first_match);
        score.aligned = self.alignment(&stats.similarity);
        score
    }

    /// How well a sentence answers by its words: `local` is the score of all words, `function_words` the part of
    /// function words.
    fn choice_score(&self, local: f32, function_words: f32, first_match: Option<usize>) -> f32 {
        if !self.has_one_subject {
            return local;
        }
        let bonus = first_match.map_or(0.0, |position| SUBJECT_FIRST / (1.0 + position as f32));
        (local - FUNCTION_WORD_DISCOUNT * function_words) * (1.0 + bonus)
    }

    /// What the title and the heading above a passage contain of the question.
    fn read_labels(&mut self, view: PassageView<'a>, labels: &mut SentenceStats) {
        labels.clear();
        let has_vectors = view.has_vectors();
        for surface in view.label_words() {
            let matched = self.matcher.look_up(surface);
            if let Some(weight) = labels.weight.get_mut(usize::from(matched.term)) {
                *weight = matched.weight.max(*weight);
            }
            if has_vectors {
                raise_lanes(&mut labels.by_vectors, self.matcher.similarities(matched));
            }
        }
        self.spread_similarities(labels);
        raise(&mut labels.similarity, &labels.weight);
    }

    /// Of the idf of the content terms in the heading above a passage, the share that the title does not contain
    /// already; 0 where the heading contains none.
    fn heading_share(&self, view: PassageView<'a>, candidate: &Candidate) -> f32 {
        if candidate.heading <= 0.0 {
            return 0.0;
        }
        let (mut all, mut new) = (0.0, 0.0);
        let terms = self.context.terms().iter();
        for (term, in_title) in terms.zip(&self.article.in_title) {
            if term.role == Role::Content && term.any(|term| view.is_in_heading(term)) {
                all += term.idf;
                new += if *in_title { TITLE_WORD } else { 1.0 } * term.idf;
            }
        }
        new / all.max(f32::MIN_POSITIVE)
    }

    /// How nearly the question is what stands right above a passage, from 0 to 1: the share of the question's idf that
    /// the labels contain, times the share of the heading's idf that the question contains. [`WORD_FOR_WORD`] more if
    /// even the function words agree.
    fn heading_match(&self, view: PassageView<'a>, candidate: &Candidate) -> f32 {
        if view.is_own_label(self.context.query()) {
            return 1.0 + WORD_FOR_WORD;
        }
        if candidate.heading <= 0.0 && candidate.title <= 0.0 {
            // No label contains a content term.
            return 0.0;
        }
        let mut own: Vec<TermId> = view.own_label_terms().collect();
        own.sort_unstable();
        own.dedup();
        let (mut asked, mut asked_own, mut asked_labels) = (0.0, 0.0, 0.0);
        let mut matched = vec![false; own.len()];
        for term in self.context.content_terms() {
            asked += term.idf;
            let in_own = term.expansions.iter().filter_map(|expansion| {
                let at = own.binary_search(&expansion.term).ok()?;
                Some((at, expansion.weight))
            });
            let weight = in_own.fold(0.0, |best: f32, (at, weight)| {
                matched[at] = true;
                best.max(weight)
            });
            asked_own += weight * term.idf;
            let is_label = term.any(|term| view.is_in_heading(term) || view.is_in_title(term));
            asked_labels += term.idf * if is_label { weight.max(0.9) } else { 0.0 };
        }
        if asked_own <= 0.0 {
            return 0.0;
        }
        let statistics = self.context.statistics();
        let idf = |term: TermId| statistics.passage_idf(statistics.passages_with(term));
        let all: f32 = own.iter().map(|term| idf(*term)).sum();
        let named = own.iter().zip(&matched).filter(|(term, matched)| {
            **matched || (view.has_heading() && view.is_in_title(**term))
        });
        let named: f32 = named.map(|(term, _)| idf(*term)).sum();
        asked_labels / asked * (named / all.max(f32::MIN_POSITIVE))
    }

    /// Idf sum of the content terms, each times its similarity; 0 where the question has no vectors.
    fn alignment(&self, similarity: &[f32]) -> f32 {
        match self.context.vectors().direction {
            Some(_) => self.idf_weighted(similarity),
            None => 0.0,
        }
    }

    /// Idf sum of the content terms, each times its share.
    fn idf_weighted(&self, shares: &[f32]) -> f32 {
        let terms = self.context.terms().iter().zip(shares);
        let content = terms.filter(|(term, _)| term.role == Role::Content);
        content.map(|(term, share)| term.idf * share).sum()
    }

    /// Looks up the query terms in the article of a passage, unless it was the last article too.
    fn use_article(&mut self, view: PassageView<'a>) {
        if self.article.article == Some(view.article()) {
            return;
        }
        let terms = self.context.terms();
        let sentence_idf = |term: &QueryTerm| {
            let first = term.expansions.first();
            first.map_or(0.0, |first| view.sentence_idf(first.term).max(0.0))
        };
        let is_in_title = |term: &QueryTerm| term.any(|term| view.is_in_title(term));
        let in_title: Vec<bool> = terms.iter().map(is_in_title).collect();
        let mut asked = terms.iter().zip(&in_title);
        let asks_more = asked.any(|(term, in_title)| term.role == Role::Content && !in_title);
        let weight = |in_title: &bool| {
            if *in_title && asks_more {
                TITLE_WORD
            } else {
                1.0
            }
        };
        self.article = ArticleTerms {
            article: Some(view.article()),
            sentence_idf: terms.iter().map(sentence_idf).collect(),
            weights: in_title.iter().map(weight).collect(),
            in_title,
        };
    }
}

/// For each query term, the content term that follows it in the question, or [`NONE`].
fn next_content(terms: &[QueryTerm]) -> Vec<u8> {
    let mut next = vec![NONE; terms.len()];
    let mut before: Option<usize> = None;
    for (at, term) in terms.iter().enumerate() {
        if term.role == Role::Content {
            if let Some(before) = before {
                next[before] = at as u8;
            }
            before = Some(at);
        }
    }
    next
}

/// Whether the content words of a question are adjacent.
fn has_one_subject(terms: &[QueryTerm]) -> bool {
    let is_content = |term: &QueryTerm| term.role == Role::Content;
    let first = terms.iter().position(is_content);
    let rest = first
        .and_then(|first| terms.get(first..))
        .unwrap_or_default();
    let adjacent = rest.iter().take_while(|term| is_content(term)).count();
    adjacent > 0 && !rest.iter().skip(adjacent).any(is_content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::index;
    use crate::query::Query;
    use crate::text::Language;

    #[test]
    fn one_subject_is_a_run_of_content_words() {
        let index = index("The bread of the northern harbour.");
        let check = |question: &str, expected: bool| {
            let query = Query::parse(question, &[Language::ENGLISH]);
            let context = QueryContext::new(&index, query);
            assert_eq!(has_one_subject(context.terms()), expected, "{question}");
        };
        check("what is the northern harbour", true);
        check("does the harbour have bread", false);
        check("what is it", false);
    }
}
