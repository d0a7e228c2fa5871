//! Sentence bounds: every full stop, question or exclamation mark is a candidate; rules on what
//! stands before and after it decide. Built for quoting: in doubt, two sentences stay together.

use super::{Language, Span};

/// Before a name or a number: never the end of a sentence.
const TITLES: &[&str] = &[
    "adm", "brig", "capt", "cf", "cmdr", "col", "dr", "dra", "fr", "gen", "gov", "hon", "hr", "lt",
    "maj", "mlle", "mme", "mr", "mrs", "ms", "mt", "mx", "pres", "prof", "rep", "reps", "rev",
    "sen", "sens", "sgt", "sr", "sra", "st", "ste", "supt", "vgl", "vs", "bzw", "ca", "sog", "zb",
    "z.b", "d.h", "u.a", "i.e", "e.g", "approx", "amb", "sig", "dott", "av", "v", "им", "ул", "см",
    "г-н", "гг", "тов",
];

/// Before a number only, Roman or Arabic: `No. 5`, `Jan. 3`, `Sun. 10 to 4`, `vol. II`. Many are words as well.
const BEFORE_NUMBER: &[&str] = &[
    "art", "ch", "eq", "fig", "figs", "nr", "pp", "ref", "vol", "thurs", "wed", "tues", "mon",
    "fri", "sat", "sun", "no", "nos", "c", "p", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sep", "sept", "oct", "nov", "dec", "abb", "abs", "s", "bd", "num", "núm", "pág", "n", "nº",
    "sec", "app", "стр", "рис",
];

/// May stand at the end of a sentence or inside it; the next word tells.
const EITHER: &[&str] = &[
    "a.m", "p.m", "al", "bros", "co", "corp", "etc", "est", "ft", "inc", "jr", "ltd", "ph.d",
    "usw", "esq", "ave", "blvd", "dept", "u.s", "т.е", "т.д", "т.п", "др",
];

/// Words that begin sentences far more often than they follow an abbreviation.
const STARTERS: &[&str] = &[
    "a", "after", "all", "also", "although", "an", "and", "as", "at", "because", "before", "but",
    "by", "during", "each", "for", "from", "he", "her", "his", "however", "i", "if", "in", "it",
    "its", "many", "most", "my", "no", "on", "one", "other", "our", "she", "since", "so", "some",
    "such", "that", "the", "their", "there", "these", "they", "this", "those", "though", "to",
    "under", "until", "we", "what", "when", "where", "while", "who", "with", "you", "der", "die",
    "das", "er", "sie", "es", "ein", "eine", "im", "le", "la", "les", "il", "elle", "un", "une",
    "el", "los", "las", "en",
];

/// Languages that write ordinals as a number and a full stop (`am 3. Oktober`).
const DOTTED_ORDINALS: &[&str] = &[
    "de", "da", "nb", "fi", "et", "cs", "sk", "sl", "hr", "sr", "hu", "pl", "lv", "tr",
];

/// A sentence above this many bytes is none: text without full stops, or a machine's. It is cut, so that
/// a quote always fits a message. The longest real one of the development sets has 2,146.
const MAX_SENTENCE_BYTES: usize = 2_400;

/// The sentences of one paragraph, in order, without the white space between them.
///
/// The spans never overlap and leave out nothing but white space.
pub fn sentences(paragraph: &str, language: Option<Language>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut scan = paragraph.char_indices().peekable();
    while let Some((at, mark)) = scan.next() {
        let wide = is_wide_terminator(mark);
        if !is_terminator(mark) {
            continue;
        }
        // A run of marks, then what closes with it: quotation marks, brackets, note numbers.
        let mut end = at + mark.len_utf8();
        while let Some(&(next_at, next)) = scan.peek() {
            if !(is_terminator(next) || is_closing(next)) {
                break;
            }
            end = next_at + next.len_utf8();
            scan.next();
        }
        let rest = paragraph.get(end..).unwrap_or_default();
        let notes = note_marks(rest);
        let rest = rest.get(notes..).unwrap_or_default();
        let spaced = rest.starts_with(char::is_whitespace);
        if rest.is_empty() || !(wide || spaced) {
            continue;
        }
        let before = Span::new(start, at).of(paragraph);
        let marks = Span::new(at, end).of(paragraph);
        if wide || ends_here(before, marks, rest.trim_start(), language) {
            found.push(Span::new(start, end + notes).trimmed(paragraph));
            start = end + notes;
        }
    }
    found.push(Span::new(start, paragraph.len()).trimmed(paragraph));
    bounded(paragraph, &found)
}

/// The lines of a list, a table or code, in order, as what can be quoted one by one.
pub fn lines(block: &str) -> Vec<Span> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in block.split_inclusive('\n') {
        found.push(Span::new(start, start + line.len()).trimmed(block));
        start += line.len();
    }
    bounded(block, &found)
}

/// The spans that hold something; what is too long for one sentence is cut, after a clause if it can be,
/// else between words, else between characters.
fn bounded(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut found = Vec::with_capacity(spans.len());
    for span in spans {
        let mut rest = *span;
        while rest.len() > MAX_SENTENCE_BYTES {
            let end = rest.start as usize + MAX_SENTENCE_BYTES;
            let end = (rest.start as usize + 1..=end)
                .rev()
                .find(|&end| text.is_char_boundary(end));
            let head = Span::new(rest.start as usize, end.unwrap_or(rest.end as usize));
            let within = head.of(text);
            let clause = within
                .rfind([';', ',', '،', '、', '，'])
                .filter(|&at| at > head.len() / 2);
            let cut = clause.or_else(|| within.rfind(char::is_whitespace).filter(|&at| at > 0));
            let mark = |at: usize| within.get(at..).and_then(|rest| rest.chars().next());
            let cut = cut.map_or(head.len(), |at| at + mark(at).map_or(1, char::len_utf8));
            let cut = rest.start as usize + cut;
            found.push(Span::new(rest.start as usize, cut).trimmed(text));
            rest = Span::new(cut, rest.end as usize).trimmed(text);
        }
        found.push(rest);
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether a sentence ends with `marks`, with `before` on its left and `after` to come.
fn ends_here(before: &str, marks: &str, after: &str, language: Option<Language>) -> bool {
    let next = after
        .chars()
        .find(|letter| !is_opening(*letter))
        .unwrap_or(' ');
    // "Why?" he asked. And "... and so on".
    if next.is_lowercase() || matches!(next, ',' | ';' | ':' | ')' | '.' | '-' | '–' | '—') {
        return false;
    }
    if !marks.starts_with('.') || marks.starts_with("..") {
        return true;
    }
    let word = before
        .rsplit(|letter: char| {
            letter.is_whitespace() || matches!(letter, '(' | '[' | '"' | '“' | '-')
        })
        .next()
        .unwrap_or_default();
    let folded = word.trim_start_matches('\'').to_lowercase();
    let opened = after.trim_start_matches(is_opening);
    let next_word = opened
        .split(|letter: char| !letter.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let next_starts = STARTERS.contains(&next_word.to_lowercase().as_str());
    // After a closing quotation mark or bracket the full stop was the sentence's.
    if marks.len() > 1 && !marks.ends_with(')') {
        return true;
    }
    if TITLES.contains(&folded.as_str()) {
        return false;
    }
    if BEFORE_NUMBER.contains(&folded.as_str()) && is_number(next, next_word, opened) {
        return false;
    }
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
    if initial
        || dotted && !word.contains(|c: char| c.is_ascii_digit())
        || EITHER.contains(&folded.as_str())
    {
        return next_starts;
    }
    let digits =
        !word.is_empty() && word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        let list_number = before.trim_start().len() == word.len();
        let ordinals = language.is_some_and(|lang| DOTTED_ORDINALS.contains(&lang.code()));
        return !list_number && !ordinals;
    }
    true
}

/// Whether what follows an abbreviation is a number, Roman or Arabic, or another abbreviation before one (`Sat. Jan. 3`).
fn is_number(first: char, word: &str, after: &str) -> bool {
    let is_roman = !word.is_empty() && word.bytes().all(|byte| b"IVXLC".contains(&byte));
    let is_short = after
        .get(word.len()..)
        .is_some_and(|rest| rest.starts_with('.'));
    first.is_numeric()
        || is_roman
        || is_short && BEFORE_NUMBER.contains(&word.to_lowercase().as_str())
}

/// Longest note number, as in `[note 12]` without its space.
const NOTE_BYTES: usize = 12;
/// Note numbers after one full stop; of more, all would be read again at each mark among them.
const MAX_NOTES: usize = 8;

/// Bytes of note numbers such as `[12]` that follow a full stop at once.
fn note_marks(rest: &str) -> usize {
    let mut length = 0;
    for _ in 0..MAX_NOTES {
        let note = rest.get(length..).and_then(|rest| rest.strip_prefix('['));
        let inner = note.and_then(|note| {
            let mut bytes = note.bytes().take(NOTE_BYTES + 1);
            note.get(..bytes.position(|byte| byte == b']')?)
        });
        match inner.filter(|inner| !inner.contains(char::is_whitespace)) {
            Some(inner) => length += inner.len() + 2,
            None => break,
        }
    }
    length
}

fn is_terminator(mark: char) -> bool {
    is_wide_terminator(mark) || matches!(mark, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '॥' | '։')
}

/// Terminators of scripts that put no space after a sentence.
fn is_wide_terminator(mark: char) -> bool {
    matches!(mark, '。' | '！' | '？' | '｡' | '．')
}

fn is_closing(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '›'
    )
}

fn is_opening(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '„'
            | '('
            | '['
            | '「'
            | '『'
            | '（'
            | '¿'
            | '¡'
            | '‹'
            | '‚'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<_> = sentences(text, Language::detect(text))
            .into_iter()
            .map(|span| span.of(text))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_hundred_thousand_notes_are_read_once() {
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
    fn endless_sentences_are_cut() {
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
            "We are closed on Sun. Tickets cost 5. This is modern art. Guides tell more in vol. II and fig. 3, or on Sat. Jan. 3 at 4.",
            &[
                "We are closed on Sun.",
                "Tickets cost 5.",
                "This is modern art.",
                "Guides tell more in vol. II and fig. 3, or on Sat. Jan. 3 at 4.",
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
