//! Words of the question that were understood as others: corrected typos and spaces.

use super::Quote;
use crate::article::Corpus;
use crate::index::{ExpansionKind, QueryContext, QueryTerm, SurfaceId};
use crate::query::{Query, is_emoji};
use crate::text::{Span, fold};

/// The corrected words: position in the query, and the correction, folded.
pub(super) fn find(context: &QueryContext<'_>) -> Vec<(usize, String)> {
    let spelling = |surface: Option<SurfaceId>| surface.map(|surface| context.spelling(surface));
    let correction = |term: &QueryTerm| {
        let words: Vec<&str> = match term.expansions.first()?.via {
            ExpansionKind::Typo(_) => spelling(term.surface).into_iter().collect(),
            // The parts of a word with hyphens were not typed wrongly.
            ExpansionKind::Spacing if context.query().words[term.word].joined.is_none() => {
                let expansions = term.expansions.iter();
                let parts = expansions.filter(|one| one.via == ExpansionKind::Spacing);
                parts.filter_map(|part| spelling(part.surface)).collect()
            }
            _ => return None,
        };
        Some((term.word, words.join(" ")))
    };
    context.terms().iter().filter_map(correction).collect()
}

/// The question as a sentence model is to read it: without padding, markup and the parts in `without`, and with its words
/// corrected.
pub(super) fn apply(
    question: &str,
    query: &Query,
    corrections: &[(usize, String)],
    without: &[Span],
) -> String {
    let corrected = corrections.iter().map(|(word, correction)| {
        let typed = query.words[*word].span;
        (typed, correction.as_str())
    });
    let removed = query.padding.iter().chain(without).map(|span| {
        // With what separates it from the next words.
        let rest = Span::new(span.end as usize, question.len()).of(question);
        let next = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
        (Span::new(span.start as usize, span.end as usize + next), "")
    });
    let mut edits: Vec<(Span, &str)> = corrected.chain(removed).collect();
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(question.len());
    let mut at = 0;
    for (span, replacement) in edits {
        if (span.start as usize) < at {
            // In what was removed, or from there on.
            at = at.max(span.end as usize);
            continue;
        }
        out.push_str(Span::new(at, span.start as usize).of(question));
        out.push_str(replacement);
        at = span.end as usize;
    }
    out.push_str(Span::new(at, question.len()).of(question));
    without_markup(&out)
}

/// A text without the marks of bold text, code, spoilers, brackets and quotation, without emoji, with one mark at the end of a
/// sentence and a question mark at its own: as people write questions where they take care, which is how models have learnt them.
fn without_markup(text: &str) -> String {
    let is_markup = |letter: char| "*`|[]\"“”„«»".contains(letter) || is_emoji(letter);
    let is_end = |letter: char| matches!(letter, '?' | '!');
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = if is_markup(letter) { ' ' } else { letter };
        let before = out.chars().next_back().unwrap_or(' ');
        let repeats =
            is_end(letter) && is_end(before) || letter.is_whitespace() && before.is_whitespace();
        if !repeats {
            out.push(letter);
        }
    }
    out.truncate(out.trim_end().len());
    if out.ends_with(char::is_alphanumeric) {
        out.push('?');
    }
    out
}

/// Folded words with the accents that the quotes write them with, where a quote contains them.
pub(super) fn with_accents(corpus: &Corpus, quotes: &[Quote], folded: &str) -> String {
    let highlights = quotes.iter().flat_map(|quote| {
        let text = &corpus.article(quote.article).text;
        quote.highlights.iter().map(|span| span.of(text))
    });
    let written: Vec<String> = highlights.map(str::to_lowercase).collect();
    let word = |part| {
        let mut same = written.iter().filter(|word| fold(word) == part);
        same.next().map_or(part, String::as_str)
    };
    folded.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::index;
    use crate::text::Language;

    #[track_caller]
    fn check(question: &str, corrected: &str) {
        let index = index("The embassy of North Korea has a website about its kingdom.");
        let query = Query::parse(question, &[Language::ENGLISH]);
        let context = QueryContext::new(&index, query);
        let found = find(&context);
        assert_eq!(apply(question, context.query(), &found, &[]), corrected);
    }

    #[test]
    fn corrected_words_replace_what_was_typed() {
        check("Which embasy, please?", "Which embassy, please?");
        check("northkorea kigndom", "north korea kingdom?");
        check("the embassy", "the embassy?");
    }

    #[test]
    fn padding_is_no_part_of_what_is_asked() {
        check(
            "Hi all, where is the embasy? Thanks!",
            "where is the embassy?",
        );
        check(
            "<@123> where is the embasy <:sob:456> https://discord.com/channels/1/2/3",
            "where is the embassy?",
        );
    }

    #[test]
    fn markup_is_no_part_of_what_is_asked() {
        check(
            "||Where|| is **the** `embassy` of \"the kingdom\"??!! 😭",
            "Where is the embassy of the kingdom ?",
        );
        check("What is min_score[0]?", "What is min_score 0 ?");
        check("「北朝鮮」、何ですか？！", "「北朝鮮」、何ですか？！");
    }

    #[test]
    fn parts_are_left_out() {
        let index = index("The embassy of North Korea has a website about its kingdom.");
        let question = "hi, my cat is ill. Where is the embasy? Thanks, all are nice";
        let query = Query::parse(question, &[Language::ENGLISH]);
        let context = QueryContext::new(&index, query);
        let beside = [Span::new(0, 17)];
        let text = apply(question, context.query(), &find(&context), &beside);
        assert!(text.starts_with("Where is the embassy?"), "{text}");
    }
}
