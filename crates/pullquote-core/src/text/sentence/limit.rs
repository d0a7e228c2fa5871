//! The longest sentence.

use crate::text::Span;

/// Longest sentence in bytes. Longer ones come from text without full stops or from a machine; they are cut, so that
/// a quote always fits a message. The longest real sentence of the development sets has 2,146 bytes.
pub(super) const MAX_SENTENCE_BYTES: usize = 2_400;

/// The spans that are not empty, with those that are too long cut into parts.
pub(super) fn limited(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut found = Vec::with_capacity(spans.len());
    for span in spans {
        let mut rest = *span;
        while rest.len() > MAX_SENTENCE_BYTES {
            let cut = rest.start as usize + cut_within(rest.of(text));
            found.push(Span::new(rest.start as usize, cut).trimmed(text));
            rest = Span::new(cut, rest.end as usize).trimmed(text);
        }
        found.push(rest);
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Where to cut a sentence that is too long: after a clause in the second half of what fits, else between words, else
/// between characters.
fn cut_within(sentence: &str) -> usize {
    let end = (1..=MAX_SENTENCE_BYTES)
        .rev()
        .find(|&end| sentence.is_char_boundary(end));
    let head = Span::new(0, end.unwrap_or(sentence.len())).of(sentence);
    let clause = head
        .rfind([';', ',', '،', '、', '，'])
        .filter(|&at| at > head.len() / 2);
    let cut = clause.or_else(|| head.rfind(char::is_whitespace).filter(|&at| at > 0));
    let mark = |at: usize| head.get(at..).and_then(|rest| rest.chars().next());
    cut.map_or(head.len(), |at| at + mark(at).map_or(1, char::len_utf8))
}
