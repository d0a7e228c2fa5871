//! Sentences of a paragraph: every full stop, question mark or exclamation mark may end one; rules on the text before
//! and after it decide. Sentences are meant to be quoted, so in doubt two sentences stay together.

mod boundary;
mod limit;
mod marks;

use super::{Language, Span};
use boundary::ends_sentence;
use limit::limited;
use marks::{is_closing, is_terminator, is_wide_terminator, note_bytes};

/// The sentences of one paragraph, in order. They never overlap and leave out only the white space between them.
pub fn sentences(paragraph: &str, language: Option<Language>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut scan = paragraph.char_indices().peekable();
    while let Some((at, mark)) = scan.next() {
        if !is_terminator(mark) {
            continue;
        }
        let is_wide = is_wide_terminator(mark);
        // Further terminators, quotation marks and brackets belong to the sentence, and so do the numbers of notes.
        let mut end = at + mark.len_utf8();
        while let Some(&(next_at, next)) = scan.peek() {
            if !(is_terminator(next) || is_closing(next)) {
                break;
            }
            end = next_at + next.len_utf8();
            scan.next();
        }
        let marks = Span::new(at, end).of(paragraph);
        let notes = note_bytes(paragraph.get(end..).unwrap_or_default());
        let after = paragraph.get(end + notes..).unwrap_or_default();
        if after.is_empty() || !(is_wide || after.starts_with(char::is_whitespace)) {
            continue;
        }
        let before = Span::new(start, at).of(paragraph);
        if is_wide || ends_sentence(before, marks, after.trim_start(), language) {
            found.push(Span::new(start, end + notes).trimmed(paragraph));
            start = end + notes;
        }
    }
    found.push(Span::new(start, paragraph.len()).trimmed(paragraph));
    limited(paragraph, &found)
}

/// The lines of a list, a table or code, in order, without empty lines: each can be quoted like a sentence.
pub fn lines(block: &str) -> Vec<Span> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in block.split_inclusive('\n') {
        found.push(Span::new(start, start + line.len()).trimmed(block));
        start += line.len();
    }
    limited(block, &found)
}

#[cfg(test)]
mod tests {
    use super::limit::MAX_SENTENCE_BYTES;
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<_> = sentences(text, Language::detect(text))
            .into_iter()
            .map(|span| span.of(text))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_hundred_thousand_notes_take_linear_time() {
        let notes = "so.".to_owned() + &"[1].".repeat(100_000);
        let found = sentences(&notes, Some(Language::ENGLISH));
        assert_eq!(
            found.last().map(|span| span.end as usize),
            Some(notes.len())
        );
    }

    #[test]
    fn abbreviations_and_initials_stay_inside() {
        check(
            "Mr. Kim met Dr. A. B. Jones of the U.S. Navy. It rained.",
            &[
                "Mr. Kim met Dr. A. B. Jones of the U.S. Navy.",
                "It rained.",
            ],
        );
        check(
            "It moved to the U.S. President Lee stayed at No. 5 Elm St. in Jan. 1950.",
            &["It moved to the U.S. President Lee stayed at No. 5 Elm St. in Jan. 1950."],
        );
        check(
            "It is 5 euros incl. VAT, excl. Tips, for max. 4 people. Wait 5 min. Then go.",
            &[
                "It is 5 euros incl. VAT, excl. Tips, for max. 4 people.",
                "Wait 5 min.",
                "Then go.",
            ],
        );
        check(
            "They left the U.S. The end.",
            &["They left the U.S.", "The end."],
        );
    }

    #[test]
    fn numbers_and_quotation_marks() {
        check(
            "It cost 3.5 million. “Why?” he asked. “Because.” Nobody knew.",
            &[
                "It cost 3.5 million.",
                "“Why?” he asked.",
                "“Because.”",
                "Nobody knew.",
            ],
        );
        check(
            "A claim.[1][2] Another one (in 2010.) Then.",
            &["A claim.[1][2]", "Another one (in 2010.)", "Then."],
        );
    }

    #[test]
    fn other_languages() {
        check(
            "Am 3. Oktober wurde gefeiert, wie jedes Jahr. Danach kam der Regen und alle gingen nach Hause.",
            &[
                "Am 3. Oktober wurde gefeiert, wie jedes Jahr.",
                "Danach kam der Regen und alle gingen nach Hause.",
            ],
        );
        check("他来了。她走了！", &["他来了。", "她走了！"]);
        check("¿Quién vino? ¡Nadie!", &["¿Quién vino?", "¡Nadie!"]);
    }

    #[test]
    fn long_sentences_are_cut() {
        for text in [
            "word ".repeat(1_000),
            "字".repeat(2_000),
            "a, b; ".repeat(1_000),
            "x".repeat(5_000),
        ] {
            for found in [sentences(&text, None), lines(&text)] {
                assert!(
                    found.len() > 2 && found.iter().all(|span| span.len() <= MAX_SENTENCE_BYTES)
                );
                let kept: usize = found
                    .iter()
                    .map(|span| {
                        span.of(&text)
                            .split_whitespace()
                            .map(str::len)
                            .sum::<usize>()
                    })
                    .sum();
                assert_eq!(kept, text.split_whitespace().map(str::len).sum::<usize>());
            }
        }
    }

    #[test]
    fn abbreviations_that_are_words() {
        check(
            "We are closed on Sun. Tickets cost 5. This is modern art. See more in vol. II and fig. 3, or on Sat. Jan. 3 at 4.",
            &[
                "We are closed on Sun.",
                "Tickets cost 5.",
                "This is modern art.",
                "See more in vol. II and fig. 3, or on Sat. Jan. 3 at 4.",
            ],
        );
    }

    #[test]
    fn nothing_to_split() {
        check("", &[]);
        check("  \n ", &[]);
        check("no mark at all", &["no mark at all"]);
        check("...", &["..."]);
    }
}
