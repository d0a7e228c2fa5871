//! Parses a question into words with roles, quoted phrases and excluded words, without looking at the articles.
//! [`crate::index`] then looks up the words.

use crate::text::{Language, Span, fold, words};
use std::ops::Range;

mod asked_for;
mod follow_up;
mod intent;
mod marks;
mod padding;
mod present;

pub use asked_for::AskedFor;
pub use follow_up::{added_words, follow_ups};
pub use intent::{Intent, reads_like_a_question};
pub(crate) use marks::is_emoji;
pub use present::asks_about_now;

/// A parsed question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The first `MAX_WORDS` words in the order of the text, without the excluded ones and without greetings, thanks
    /// and what else is written around a question.
    pub words: Vec<Word>,
    /// The first `MAX_WORDS` words as typed, folded.
    pub typed: Vec<String>,
    /// What is written around the question: greetings, thanks and the like.
    pub padding: Vec<Span>,
    /// Sentences in which nothing is asked, where the others are clear without them.
    pub beside: Vec<Span>,
    /// Its questions, if it asks several, each of which can be answered alone.
    pub questions: Vec<Span>,
    /// Exact phrases, two or more words in quotation marks: ranges of `words`. A single quoted word is no phrase, but
    /// always a content word.
    pub phrases: Vec<Range<usize>>,
    /// Folded words that a passage must not contain (`-word`).
    pub excluded: Vec<String>,
    /// The language of the question: one of those that it was parsed in.
    pub language: Language,
    /// What its answer must state.
    pub asked_for: Option<AskedFor>,
}

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its place in the question.
    pub span: Span,
    /// Its folded form.
    pub folded: String,
    /// Its role in the question.
    pub role: Role,
    /// Whether it is in what the writer tells beside a question that is clear without it. It counts for less.
    pub story: bool,
    /// What it forms with the other parts of a word with hyphens, folded: `cooldown` for both parts of `cool-down`.
    pub joined: Option<String>,
}

/// The role of a word in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Names the subject; searched for.
    Content,
    /// Says nothing about the subject (who, does, the, please); not searched for alone.
    Function,
}

/// Words of a question that are parsed. The rest of a longer text is ignored, so that it cannot take too much time.
pub(crate) const MAX_WORDS: usize = 256;

impl Query {
    /// Parses a question in the language of `languages` whose function words it uses most; of equals, the first.
    /// Without languages, English.
    ///
    /// ```
    /// use pullquote_core::query::{AskedFor, Query, Role};
    ///
    /// let query = Query::parse("How many ferries leave -Sunday?", &[]);
    /// let content = query.words.iter().filter(|word| word.role == Role::Content);
    /// let content: Vec<&str> = content.map(|word| word.folded.as_str()).collect();
    /// assert_eq!(content, ["ferries", "leave"]);
    /// assert_eq!(query.excluded, ["sunday"]);
    /// assert_eq!(query.asked_for, Some(AskedFor::Amount));
    /// ```
    pub fn parse(question: &str, languages: &[Language]) -> Self {
        let first = words(question).take(MAX_WORDS);
        let mut found: Vec<(Span, String)> =
            first.map(|span| (span, fold(span.of(question)))).collect();
        let typed = found.iter().map(|(_, folded)| folded.clone()).collect();
        let language = language_of(&found, languages);
        if language.lang().accents_tell_words_apart {
            for (span, folded) in &mut found {
                language.fold_into(span.of(question), folded);
            }
        }
        let quoted = quoted(question);
        let compounds = compounds(question, language, &found);
        // `cool-down` names something, although neither of its parts does.
        let named = compounds.iter().filter(|one| one.is_of_function_words);
        let kept: Vec<Span> = quoted
            .iter()
            .copied()
            .chain(named.map(|one| one.span))
            .collect();
        let excluded = take_excluded(question, language, &quoted, &mut found);
        let parts = padding::set_aside(question, language, &kept, &mut found);
        let words: Vec<Word> = found
            .into_iter()
            .map(|(span, folded)| {
                let is_quoted = kept.iter().any(|phrase| phrase.overlaps(span));
                let compound = compounds.iter().find(|one| one.span.overlaps(span));
                let function = language.is_function_word(&folded);
                // In capitals, `IT` and `WHO` are names.
                let name = is_acronym(span.of(question)) && !is_shouted(question);
                Word {
                    span,
                    folded,
                    joined: compound.map(|one| one.joined.clone()),
                    story: parts.beside.iter().any(|part| part.overlaps(span)),
                    role: if function && !is_quoted && !name {
                        Role::Function
                    } else {
                        Role::Content
                    },
                }
            })
            .collect();
        Self {
            asked_for: AskedFor::of(&words, language),
            phrases: phrases(&quoted, &words),
            words,
            typed,
            padding: parts.padding,
            beside: parts.beside,
            questions: parts.questions,
            excluded,
            language,
        }
    }

    /// Whether the question has more function words of its own language than of another one.
    pub(crate) fn is_clearly_not_in(&self, other: Language) -> bool {
        let count = |language: Language| function_words(self.typed.iter(), language);
        other != self.language && count(self.language) > count(other)
    }

    /// Whether it is clearly in a language in which no article is. Its words are then no typos for words of theirs.
    pub(crate) fn is_clearly_foreign(&self, articles: &[Language]) -> bool {
        clearly_other(&self.typed, articles, Language::with_function_words()).is_some()
    }

    /// Whether none of its words has an accent.
    pub(crate) fn is_unaccented(&self) -> bool {
        self.words.iter().all(|word| word.folded.is_ascii())
    }

    /// Whether no word is a content word.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| word.role == Role::Function)
    }
}

/// How many more function words of another language than of the articles' a question has that is clearly in it. One may
/// be a name or a typo.
const CLEARLY_MORE: usize = 2;

/// The language of `others` that a question is clearly written in, if it is not in one of `articles`'.
///
/// ```
/// use pullquote_core::query::foreign_language;
/// use pullquote_core::text::Language;
///
/// let [english, german] = ["en", "de"].map(|code| Language::from_code(code).unwrap());
/// let foreign = |question| foreign_language(question, &[german], [english, german]);
/// assert_eq!(foreign("When does the ferry leave?"), Some(english));
/// assert_eq!(foreign("Wann fährt die Fähre ab?"), None);
/// assert_eq!(foreign("ferry"), None);
/// ```
pub fn foreign_language(
    question: &str,
    articles: &[Language],
    others: impl IntoIterator<Item = Language>,
) -> Option<Language> {
    let words: Vec<String> = words(question)
        .take(MAX_WORDS)
        .map(|span| fold(span.of(question)))
        .collect();
    clearly_other(&words, articles, others)
}

/// The language of `others` that has more function words among these than any language of the articles.
fn clearly_other(
    words: &[String],
    articles: &[Language],
    others: impl IntoIterator<Item = Language>,
) -> Option<Language> {
    let count = |language: Language| function_words(words.iter(), language);
    let own = articles.iter().map(|language| count(*language)).max()?;
    let mut best = (own + CLEARLY_MORE - 1, None);
    for language in others {
        let found = count(language);
        if found > best.0 && !articles.contains(&language) {
            best = (found, Some(language));
        }
    }
    best.1
}

/// How many of the words are function words of a language.
fn function_words<'a>(words: impl Iterator<Item = &'a String>, language: Language) -> usize {
    words
        .filter(|folded| language.is_function_word(folded))
        .count()
}

/// The language whose function words make up most of the question.
fn language_of(words: &[(Span, String)], languages: &[Language]) -> Language {
    let first = languages.first().copied().unwrap_or(Language::ENGLISH);
    let count =
        |language: Language| function_words(words.iter().map(|(_, folded)| folded), language);
    let mut best = (count(first), first);
    for &language in languages.iter().skip(1) {
        let words = count(language);
        if words > best.0 {
            best = (words, language);
        }
    }
    best.1
}

/// Most parts of a word with hyphens; a longer one is a name of something else, such as an option.
const MAX_PARTS: usize = 3;

/// A word with hyphens.
struct Compound {
    span: Span,
    /// Its parts, folded, without anything between them.
    joined: String,
    is_of_function_words: bool,
}

fn compounds(question: &str, language: Language, found: &[(Span, String)]) -> Vec<Compound> {
    let is_hyphen = |pair: &[(Span, String)]| match pair {
        [(left, _), (right, _)] => {
            let gap = Span {
                start: left.end,
                end: right.start,
            };
            matches!(gap.of(question), "-" | "\u{2010}" | "\u{2011}")
        }
        _ => false,
    };
    let pairs: Vec<bool> = found.windows(2).map(is_hyphen).collect();
    let mut compounds = Vec::new();
    let mut start = 0;
    for end in 1..=found.len() {
        if pairs.get(end - 1).copied().unwrap_or(false) {
            continue;
        }
        let parts = &found[start..end];
        start = end;
        let is_word = |(_, folded): &(Span, String)| folded.chars().all(char::is_alphabetic);
        if (2..=MAX_PARTS).contains(&parts.len()) && parts.iter().all(is_word) {
            let is_function = |(_, folded): &(Span, String)| language.is_function_word(folded);
            compounds.push(Compound {
                span: parts[0].0.to(parts[parts.len() - 1].0),
                joined: parts.iter().map(|(_, folded)| folded.as_str()).collect(),
                is_of_function_words: parts.iter().all(is_function),
            });
        }
    }
    compounds
}

/// Moves the excluded words out of `found`. After a function word, a hyphen marks an omitted part of a compound, not an
/// exclusion: `Staaten und -organisationen`. In a sentence, which has function words, only words at its beginning or end are
/// excluded: inside, a minus belongs to an option (`why does java -jar not work`).
fn take_excluded(
    question: &str,
    language: Language,
    quoted: &[Span],
    found: &mut Vec<(Span, String)>,
) -> Vec<String> {
    let is_function = |(span, folded): &(Span, String)| {
        language.is_function_word(folded) && !quoted.iter().any(|phrase| phrase.overlaps(*span))
    };
    let is_sentence = found.iter().any(is_function);
    let minus: Vec<bool> = found
        .iter()
        .map(|(span, _)| has_minus(question, *span))
        .collect();
    let first = minus.iter().take_while(|minus| **minus).count();
    let last = minus.len() - minus.iter().rev().take_while(|minus| **minus).count();
    let mut excluded = Vec::new();
    let mut after_function_word = false;
    let mut at = 0;
    found.retain(|(span, folded)| {
        let is_at_end = at < first || at >= last;
        let is_quoted = quoted.iter().any(|phrase| phrase.overlaps(*span));
        let exclude =
            minus[at] && !is_quoted && !after_function_word && (is_at_end || !is_sentence);
        at += 1;
        if exclude {
            excluded.push(folded.clone());
        }
        after_function_word = language.is_function_word(folded);
        !exclude
    });
    excluded
}

/// The words of each quoted part of several, and each version.
fn phrases(quoted: &[Span], words: &[Word]) -> Vec<Range<usize>> {
    let phrase = |quoted: &Span| {
        let start = words.partition_point(|word| word.span.start < quoted.start);
        let end = words.partition_point(|word| word.span.start < quoted.end);
        start..end
    };
    let quoted = quoted.iter().map(phrase);
    let of_several = quoted.filter(|range| range.len() > 1);
    of_several.chain(versions(words)).collect()
}

/// The words that are versions, such as `1.8.1`, each as a phrase of its own.
fn versions(words: &[Word]) -> impl Iterator<Item = Range<usize>> {
    let is_version = |word: &Word| {
        let number = word.folded.strip_prefix('v').unwrap_or(&word.folded);
        number.split('.').count() > 2
            && number
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let versions = words
        .iter()
        .enumerate()
        .filter(move |(_, word)| is_version(word));
    versions.map(|(at, _)| at..at + 1)
}

/// Whether a word begins with a letter and follows a minus or hyphen that is at the start or after white space.
fn has_minus(question: &str, word: Span) -> bool {
    let before = Span::new(0, word.start as usize).of(question);
    let Some(rest) = before.strip_suffix(['-', '\u{2212}']) else {
        return false;
    };
    (rest.is_empty() || rest.ends_with(char::is_whitespace))
        && word.of(question).starts_with(char::is_alphabetic)
}

/// The parts between quotation marks, without the marks.
fn quoted(question: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in question.char_indices() {
        match open {
            Some((start, closing)) if mark == closing || closing == '“' && mark == '”' => {
                found.push(Span::new(start, at));
                open = None;
            }
            Some(_) => {}
            None => {
                let closing = match mark {
                    '"' => '"',
                    '“' => '”',
                    '„' => '“',
                    '«' => '»',
                    '「' => '」',
                    _ => continue,
                };
                open = Some((at + mark.len_utf8(), closing));
            }
        }
    }
    found
}

/// Whether a word is a function word with two adjacent letters swapped (`hwo`, `teh`, `mnay`) and not a real word.
pub(crate) fn is_swapped(folded: &str, language: Language) -> bool {
    let letters: Vec<char> = folded.chars().collect();
    let swapped = |at: usize| {
        let mut swapped = letters.clone();
        swapped.swap(at, at + 1);
        language.is_function_word(&swapped.iter().collect::<String>())
    };
    (3..=8).contains(&letters.len())
        && !language.is_real_word(folded)
        && (0..letters.len() - 1).any(swapped)
}

fn is_acronym(word: &str) -> bool {
    word.len() >= 2
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'.')
}

/// Whether a question of several words is all in capitals, so that capitals do not mark names.
fn is_shouted(question: &str) -> bool {
    question.trim().contains(char::is_whitespace) && !question.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, content: &[&str], phrases: usize, excluded: &[&str]) {
        let query = Query::parse(question, &[Language::ENGLISH]);
        let found: Vec<_> = query
            .words
            .iter()
            .filter(|word| word.role == Role::Content)
            .map(|word| word.folded.as_str())
            .collect();
        assert_eq!(found, content, "{question}");
        assert_eq!(query.phrases.len(), phrases, "{question}");
        assert_eq!(query.excluded, excluded, "{question}");
    }

    #[test]
    fn words_with_hyphens() {
        let check = |question: &str, content: &[&str], joined: &[&str]| {
            let query = Query::parse(question, &[Language::ENGLISH]);
            let is_content = |word: &&Word| word.role == Role::Content;
            let words = query.words.iter().filter(is_content);
            let found: Vec<&str> = words.map(|word| word.folded.as_str()).collect();
            assert_eq!(found, content, "{question}");
            let words = query.words.iter();
            let found: Vec<&str> = words.filter_map(|word| word.joined.as_deref()).collect();
            assert_eq!(found, joined, "{question}");
        };
        check("what is a cool-down", &["cool", "down"], &["cooldown"; 2]);
        check(
            "hi, is there a non-member list?",
            &["non", "member", "list"],
            &["nonmember"; 2],
        );
        check("is it cool - down there", &[], &[]);
        check("does it run-on-and-on", &["run"], &[]);
    }

    #[test]
    fn words_phrases_and_exclusions() {
        check("What does juche mean?", &["juche"], 0, &[]);
        check("who is kim's boss", &["kim", "boss"], 0, &[]);
        check(
            "the \"unipolar moment\" of what",
            &["unipolar", "moment"],
            1,
            &[],
        );
        check(
            "„so genannt“ -trump self-reliance -5",
            &["so", "genannt", "self", "reliance", "5"],
            1,
            &["trump"],
        );
        check("cats and -dogs", &["cats", "dogs"], 0, &[]);
        check("boats -red fares", &["boats", "fares"], 0, &["red"]);
        check("which boats leave -red", &["boats", "leave"], 0, &["red"]);
        check("why does java -jar fail", &["java", "jar", "fail"], 0, &[]);
        check("chi limit -day", &["chi", "limit"], 0, &["day"]);
        check("\"java -jar\"", &["java", "jar"], 1, &[]);
        check("what is new in v1.8.1", &["new", "v1.8.1"], 1, &[]);
        check("what costs 1.50", &["costs", "1.50"], 0, &[]);
        check("What is IT about?", &["it"], 0, &[]);
        check("WHAT IS IT?", &[], 0, &[]);
        check("US", &["us"], 0, &[]);
        check("hello there, how are you", &[], 0, &[]);
        check("", &[], 0, &[]);
        check("an unclosed \"quote", &["unclosed", "quote"], 0, &[]);
    }

    #[test]
    fn questions_joined_by_and() {
        let parts = |question: &str| {
            let query = Query::parse(question, &[Language::ENGLISH]);
            let parts = query.questions.iter().map(|part| part.of(question));
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(
            parts("how do i join the crew and when does the ferry leave?"),
            ["how do i join the crew", "when does the ferry leave"]
        );
        for one in [
            "how do i join the crew and when does it leave?",
            "what are the times and fares?",
            "how and when does the ferry leave?",
        ] {
            assert!(parts(one).is_empty(), "{one}");
        }
    }

    #[test]
    fn the_language_with_most_function_words() {
        let languages = ["en", "de", "fr"].map(|code| Language::from_code(code).unwrap());
        for (question, expected) in [
            ("What does juche mean?", "en"),
            ("Was bedeutet Juche?", "de"),
            ("Que signifie juche ?", "fr"),
            ("juche", "en"),
        ] {
            let found = Query::parse(question, &languages).language;
            assert_eq!(found.code(), expected, "{question}");
        }
        let german = &languages[1..2];
        assert_eq!(Query::parse("juche", german).language.code(), "de");
        assert_eq!(Query::parse("juche", &[]).language, Language::ENGLISH);
    }

    #[test]
    fn function_words_with_two_letters_swapped() {
        for (word, expected) in [
            ("hwo", true),
            ("teh", true),
            ("mnay", true),
            ("the", false),
            ("juche", false),
            ("ti", false),
            ("", false),
        ] {
            assert_eq!(is_swapped(word, Language::ENGLISH), expected, "{word}");
        }
    }
}
