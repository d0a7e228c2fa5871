//! Which sentences of a passage answer best, and what a quote shows besides. [`super::extent`] adds what belongs to them.

use super::passage_features::PassageFeatures;
use crate::article::{Article, LineRange, ParagraphKind, Passage, PassageId};
use crate::index::{PassageView, QueryContext, Sentence, TermId};
use crate::text::{Span, points_back, words};

/// Longest quote of several sentences, in bytes, and longest list or table that is quoted whole. A longer single
/// sentence is not cut.
pub(crate) const MAX_QUOTE_BYTES: usize = 600;
/// A shorter sentence says little alone, in bytes.
const SHORT_BYTES: usize = 30;
/// A neighbour that scores at least this share of the best sentence completes the answer.
const NEARLY_AS_GOOD: f32 = 0.8;

/// What answers best in a passage: its best sentence, with a neighbour where it needs one. A list or table as a whole, if
/// it is short enough, where only its heading contains words of the question.
pub(super) fn choose(article: &Article, passage: &Passage, features: &PassageFeatures) -> Span {
    let sentences = &article.sentences[passage.sentences()];
    let (Some(&top), Some(&bottom)) = (sentences.first(), sentences.last()) else {
        return Span::default();
    };
    let whole = top.to(bottom);
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let is_lines = paragraph.kind.is_lines();
    // A line of code says little without the others.
    let is_code = paragraph.kind == ParagraphKind::Code;
    if is_code && whole.len() <= MAX_QUOTE_BYTES {
        return whole;
    }
    if is_lines && features.only_heading_matches() && whole.len() <= MAX_QUOTE_BYTES {
        return whole;
    }
    let scores = &features.sentences;
    let has_head = column_heads(article, passage) == Some(top);
    let first = usize::from(has_head && scores.iter().skip(1).any(|row| *row > 0.0));
    let best = (first..sentences.len().min(scores.len()))
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
        .unwrap_or(first);
    let sentence = sentences.get(best).copied().unwrap_or(top);
    match completed(article, sentences, best, is_lines) {
        quote if quote == sentence => with_good_neighbour(sentences, scores, best, quote),
        quote => quote,
    }
}

/// The sentence with the one before it, if it points back to that, and the one after it, if it asks, announces or is short.
fn completed(article: &Article, sentences: &[Span], at: usize, is_lines: bool) -> Span {
    let Some(&sentence) = sentences.get(at) else {
        return sentences.first().copied().unwrap_or_default();
    };
    let text = sentence.of(&article.text);
    let mut quote = sentence;
    if let Some(before) = at.checked_sub(1)
        && !is_lines
        && points_back(text, article.written_in())
    {
        quote = if_short(sentences[before].to(quote), quote);
    }
    if let Some(&after) = sentences.get(at + 1)
        && (text.ends_with(['?', ':']) || (!is_lines && sentence.len() < SHORT_BYTES))
    {
        quote = if_short(quote.to(after), quote);
    }
    quote
}

/// The sentence with whichever neighbour matches nearly as well: the better one, of equals the one after it.
fn with_good_neighbour(sentences: &[Span], scores: &[f32], best: usize, quote: Span) -> Span {
    let neighbour = |at: usize| Some((*sentences.get(at)?, *scores.get(at)?));
    let is_good = |&(_, score): &(Span, f32)| score >= NEARLY_AS_GOOD * scores[best];
    let before = best.checked_sub(1).and_then(neighbour).filter(is_good);
    let after = neighbour(best + 1).filter(is_good);
    match (before, after) {
        (Some((span, score)), other) if other.is_none_or(|(_, after)| score > after) => {
            if_short(span.to(quote), quote)
        }
        (_, Some((span, _))) => if_short(quote.to(span), quote),
        _ => quote,
    }
}

/// The first row of the table that a passage belongs to: the names of the columns.
pub(super) fn column_heads(article: &Article, passage: &Passage) -> Option<Span> {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let rows = article.sentences.get(paragraph.sentences())?;
    (paragraph.kind == ParagraphKind::Table && rows.len() > 1).then(|| rows[0])
}

/// The longer quote, if it is not too long.
fn if_short(longer: Span, quote: Span) -> Span {
    if longer.len() <= MAX_QUOTE_BYTES {
        longer
    } else {
        quote
    }
}

/// The words inside `span` that match a content term of the question.
pub(super) fn highlights(
    context: &QueryContext<'_>,
    article: &Article,
    passage: (PassageId, &Passage),
    span: Span,
) -> Vec<Span> {
    let matches = matches(context, article, passage, span).into_iter();
    matches.map(|(word, _)| word).collect()
}

/// The same, each with the number of the content term that it matches.
pub(super) fn matches(
    context: &QueryContext<'_>,
    article: &Article,
    (id, passage): (PassageId, &Passage),
    span: Span,
) -> Vec<(Span, usize)> {
    let terms = context.content_terms().enumerate();
    let mut asked: Vec<(TermId, usize)> = terms
        .flat_map(|(at, term)| term.expansions.iter().map(move |it| (it.term, at)))
        .collect();
    asked.sort_unstable();
    let mut found = Vec::new();
    for (sentence, mut tokens) in sentences(context.passage(id), article, passage, span) {
        for word in words(sentence.of(&article.text)) {
            let term = tokens.next().map(|surface| context.term_of(surface));
            let at = term.map(|term| asked.partition_point(|(other, _)| *other < term));
            let asked = at.and_then(|at| asked.get(at));
            if let Some((_, number)) = asked.filter(|(other, _)| Some(*other) == term) {
                found.push((word.shifted(sentence.start), *number));
            }
        }
    }
    found
}

/// The lines of the paragraphs that a quote covers; paragraph `number` is one of them.
pub(super) fn lines(article: &Article, number: usize, span: Span) -> LineRange {
    let covered = &article.paragraphs[article.paragraphs_in(span)];
    let lines = article.paragraphs[number].lines;
    covered.iter().fold(lines, |lines, paragraph| LineRange {
        first: lines.first.min(paragraph.lines.first),
        last: lines.last.max(paragraph.lines.last),
    })
}

/// The sentences of a passage inside `span`, with their tokens.
pub(super) fn sentences<'a>(
    view: PassageView<'a>,
    article: &'a Article,
    passage: &Passage,
    span: Span,
) -> impl Iterator<Item = (Span, Sentence<'a>)> {
    let sentences = article.sentences[passage.sentences()].iter().copied();
    let with_tokens = sentences.zip(view.sentences());
    with_tokens.filter(move |(sentence, _)| sentence.overlaps(span))
}

#[cfg(test)]
mod tests {
    use crate::answer::tests::first_quote;
    use crate::article::Corpus;
    use crate::index::tests::article;

    /// Checks the first quote and the highlights in it.
    #[track_caller]
    fn check(text: &str, question: &str, quote: &str, highlights: &[&str]) {
        let corpus = Corpus::new(vec![article("article", text)]);
        let first = first_quote(&corpus, question);
        let text = &corpus.article(first.article).text;
        assert_eq!(first.best.of(text), quote);
        let found: Vec<&str> = first.highlights.iter().map(|span| span.of(text)).collect();
        assert_eq!(found, highlights);
    }

    #[test]
    fn the_best_sentence_is_quoted_with_its_words_marked() {
        check(
            "# Ferry\n\nThe ferry crosses the wide bay every single hour. Dogs travel free of charge on the upper deck.",
            "do dogs travel free",
            "Dogs travel free of charge on the upper deck.",
            &["Dogs", "travel", "free"],
        );
    }

    #[test]
    fn a_sentence_that_points_back_brings_the_one_before() {
        check(
            "# Ferry\n\nThe captain founded the line in a hard winter. He sold it to a rival after two years.",
            "sold to a rival",
            "The captain founded the line in a hard winter. He sold it to a rival after two years.",
            &["sold", "rival"],
        );
    }

    #[test]
    fn a_question_brings_its_answer() {
        check(
            "# Ferry\n\nCan I bring a bicycle on board? There is a rack at the stern for twelve of them.",
            "bicycle on board",
            "Can I bring a bicycle on board? There is a rack at the stern for twelve of them.",
            &["bicycle", "board"],
        );
    }
}
