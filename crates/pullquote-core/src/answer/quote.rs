//! Which sentences of a passage are quoted.

use super::features::Features;
use crate::article::{Article, ParagraphKind, Passage};
use crate::text::{Span, points_back};

/// A quote takes in neighbours only up to this many bytes; a longer single sentence stays whole.
const MAX_QUOTE_BYTES: usize = 600;
/// A sentence below this many bytes says little by itself.
const SHORT_BYTES: usize = 30;
/// A neighbour that scores at least this share of the best sentence completes the answer.
const NEARLY_AS_GOOD: f32 = 0.8;

/// The quote of a passage: its best sentence, with a neighbour where it needs one. A list or table whose heading alone
/// holds what is asked about is quoted whole, where it is short enough.
pub(super) fn choose(article: &Article, passage: &Passage, features: &Features) -> Span {
    let sentences = &article.sentences[passage.sentences()];
    let (Some(&top), Some(&bottom)) = (sentences.first(), sentences.last()) else {
        return Span::default();
    };
    let whole = top.to(bottom);
    let is_lines = article.paragraphs[passage.paragraph as usize]
        .kind
        .is_lines();
    if is_lines && features.heading_tells() && whole.len() <= MAX_QUOTE_BYTES {
        return whole;
    }
    let scores = &features.sentences;
    let has_head = column_heads(article, passage) == Some(top);
    let rows = usize::from(has_head && scores.iter().skip(1).any(|row| *row > 0.0));
    let best = (rows..sentences.len().min(scores.len()))
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
        .unwrap_or(rows);
    let sentence = sentences.get(best).copied().unwrap_or(top);
    let before = best.checked_sub(1).map(|at| (sentences[at], scores[at]));
    let after = sentences
        .get(best + 1)
        .map(|&next| (next, scores[best + 1]));
    let text = sentence.of(&article.text);
    let mut quote = sentence;
    if let Some((before, _)) = before
        && !is_lines
        && points_back(text, article.written_in())
    {
        quote = fitting(before.to(quote), quote);
    }
    if let Some((after, _)) = after
        && (text.ends_with(['?', ':']) || (!is_lines && sentence.len() < SHORT_BYTES))
    {
        quote = fitting(quote.to(after), quote);
    }
    // What stands next to it and matches nearly as well belongs to the answer.
    if quote == sentence {
        let good = |&(_, score): &(Span, f32)| score >= NEARLY_AS_GOOD * scores[best];
        let after = after.filter(good);
        let before = before.filter(good);
        match (before, after) {
            (Some((span, score)), other) if other.is_none_or(|(_, after)| score > after) => {
                quote = fitting(span.to(quote), quote);
            }
            (_, Some((span, _))) => quote = fitting(quote.to(span), quote),
            _ => {}
        }
    }
    with_list(article, passage, quote)
}

/// A quote that ends its paragraph with a colon, with the list or table below it as far as it is short enough, line by
/// line: `To build it you need:` tells nothing without.
fn with_list(article: &Article, passage: &Passage, quote: Span) -> Span {
    let at = passage.paragraph as usize;
    let ends = article.paragraphs[at].span.end == quote.end;
    let Some(below) = article.announced(at).filter(|_| ends) else {
        return quote;
    };
    let lines = article.sentences[below.sentences()].iter();
    lines.fold(quote, |quote, line| fitting(quote.to(*line), quote))
}

/// The first row of the table that a passage is of: it names what the others tell.
pub(super) fn column_heads(article: &Article, passage: &Passage) -> Option<Span> {
    let paragraph = &article.paragraphs[passage.paragraph as usize];
    let rows = article.sentences.get(paragraph.sentences())?;
    (paragraph.kind == ParagraphKind::Table && rows.len() > 1).then(|| rows[0])
}

/// The longer quote if it is short enough.
fn fitting(longer: Span, quote: Span) -> Span {
    if longer.len() <= MAX_QUOTE_BYTES {
        longer
    } else {
        quote
    }
}
