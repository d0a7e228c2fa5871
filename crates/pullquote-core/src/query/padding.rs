//! Sets aside what people write around a question in chat: greetings, thanks, pleas, apologies, their story, mentions
//! and emoji.
//!
//! The message is divided into parts, at punctuation and before words that begin a question or an aside. A part that
//! consists of words of chat is set aside. So are blocks of code and what somebody else wrote, if the question is clear without
//! them. Sentences that ask nothing still count a little then, as they may name the subject.

use super::marks::{attachments, is_symbol, marks};
use crate::text::{Language, Padding, Span};
use rustc_hash::FxHashSet;
use std::iter::repeat_n;
use std::ops::Range;

/// Words in the parts that ask, common ones aside, from which on a question is clear without the rest, if it refers to nothing.
const ASKS_ENOUGH: usize = 2;
/// As many make it clear even then: most such words refer to something in the question.
const ASKS_MORE: usize = 3;
/// So do as many words, common ones included.
const ASKS_MUCH: usize = 4;

/// What a message consists of, besides its padding.
#[derive(Default)]
pub(super) struct Parts {
    /// What was set aside.
    pub(super) padding: Vec<Span>,
    /// Sentences in which nothing is asked, where the others are clear without them.
    pub(super) beside: Vec<Span>,
    /// Its questions, if it asks several, each of which can be answered alone.
    pub(super) questions: Vec<Span>,
}

/// Removes the padding from the words of a question, except words in `quoted` parts.
pub(super) fn set_aside(
    question: &str,
    language: Language,
    quoted: &[Span],
    found: &mut Vec<(Span, String)>,
) -> Parts {
    let marks = marks(question);
    found.retain(|(span, _)| !marks.iter().any(|mark| mark.overlaps(*span)));
    let padding = language.padding();
    let read = |(span, word): &(Span, String)| (*span, without_stretch(word, language, padding));
    let read: Vec<(Span, String)> = found.iter().map(read).collect();
    let attached = attachments(question);
    let reader = PartReader {
        question,
        attached: &attached,
        language,
        padding,
        quoted,
        found: &read,
    };
    let parts = reader.parts();
    let says_something = |part: &Part| part.kind != Kind::Chat && part.content > 0;
    if !parts.iter().any(says_something) {
        return Parts {
            padding: marks,
            ..Parts::default()
        };
    }
    let of_words = |words: Range<usize>| read[words.start].0.to(read[words.end - 1].0);
    let span = |part: &Part| of_words(part.words.clone());
    let is_clear = is_clear(&parts);
    let is_aside = |part: &&Part| match part.kind {
        Kind::Chat => true,
        Kind::Attached => is_clear,
        Kind::Asks | Kind::Other => false,
    };
    let mut padding: Vec<Span> = parts.iter().filter(is_aside).map(span).collect();
    padding.extend(marks);
    padding.sort_by_key(|span| span.start);
    let question = |part: &Part| {
        let last = &read[part.words.end - 1].1;
        let joins = usize::from(language.padding().joiners.contains(last.as_str()));
        of_words(part.words.start..part.words.end - joins)
    };
    let questions = questions(&parts).into_iter().map(question).collect();
    let keeps = |part: &Part| repeat_n(!is_aside(&part), part.words.len());
    let mut keep = parts.iter().flat_map(keeps);
    found.retain(|_| keep.next().unwrap_or(true));
    let beside = if is_clear {
        sentences_that_ask_nothing(&reader, &parts)
    } else {
        Vec::new()
    };
    Parts {
        padding,
        beside: beside.into_iter().map(of_words).collect(),
        questions,
    }
}

/// The parts that ask, if there are several, each of which can be answered alone.
fn questions(parts: &[Part]) -> Vec<&Part> {
    let asking = parts.iter().filter(|part| part.kind == Kind::Asks);
    let asking: Vec<&Part> = asking.collect();
    if asking.len() > 1 && asking.iter().all(|part| part.stands_alone) {
        asking
    } else {
        Vec::new()
    }
}

/// Whether what is asked is clear without the rest of the message.
fn is_clear(parts: &[Part]) -> bool {
    let asking = || parts.iter().filter(|part| part.asks());
    let rare: usize = asking().map(|part| part.rare).sum();
    let content: usize = asking().map(|part| part.content).sum();
    let refers = asking().any(|part| part.refers);
    rare >= ASKS_ENOUGH && !refers || rare >= ASKS_MORE || content >= ASKS_MUCH
}

/// The words of the sentences in which nothing is asked. What a colon announces is a sentence of its own.
fn sentences_that_ask_nothing(reader: &PartReader<'_>, parts: &[Part]) -> Vec<Range<usize>> {
    let mut sentences: Vec<(Range<usize>, bool)> = Vec::new();
    for part in parts {
        let gap = reader.gap(part.words.start);
        match sentences.last_mut() {
            Some((words, asked)) if !is_stop(gap) && !gap.contains(':') => {
                words.end = part.words.end;
                *asked |= part.asks();
            }
            _ => sentences.push((part.words.clone(), part.asks())),
        }
    }
    let asking_nothing = sentences.into_iter().filter(|(_, asked)| !asked);
    asking_nothing.map(|(words, _)| words).collect()
}

/// A word of chat or function word without the letters that stretch it: `pls` for `plsss`. Others stay as they are.
fn without_stretch(word: &str, language: Language, padding: &Padding) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let is_stretched = letters
        .windows(3)
        .any(|run| run[0] == run[1] && run[1] == run[2]);
    letters.dedup();
    let short: String = letters.into_iter().collect();
    let is_chat = padding.words.contains(&*short) || language.is_function_word(&short);
    if is_stretched && is_chat {
        short
    } else {
        word.to_owned()
    }
}

/// A part of a message.
struct Part {
    /// Its words, as a range of all.
    words: Range<usize>,
    kind: Kind,
    /// Number of words that are neither function words, common words nor words of chat.
    rare: usize,
    /// Number of words that are neither function words nor words of chat.
    content: usize,
    /// Whether it refers to what was said before: `How do I remove it?`
    refers: bool,
    /// Whether it begins as a question does and names a subject of its own.
    stands_alone: bool,
}

impl Part {
    /// Whether it asks about something.
    fn asks(&self) -> bool {
        self.kind == Kind::Asks && self.rare > 0
    }
}

/// What a part of a message does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It consists of words of chat and function words.
    Chat,
    /// It asks.
    Asks,
    /// It is a block of code, or what somebody else wrote.
    Attached,
    /// Anything else.
    Other,
}

/// Divides a message into parts.
struct PartReader<'a> {
    question: &'a str,
    language: Language,
    padding: &'a Padding,
    quoted: &'a [Span],
    attached: &'a [Span],
    found: &'a [(Span, String)],
}

impl PartReader<'_> {
    /// The parts of the message. A part begins after punctuation, with a word that begins an aside, or with one that asks if the
    /// words before it are chat, or a question and *and*.
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut start = 0;
        for at in 1..=self.found.len() {
            let ends = at == self.found.len() || {
                let word = self.found[at].1.as_str();
                is_break(self.gap(at))
                    || self.padding.openers.contains(word)
                    || self.padding.interrogatives.contains(word)
                        && (self.is_chat(start..at) || self.is_joined(start..at))
            };
            if ends {
                parts.push(self.part(start..at));
                start = at;
            }
        }
        parts
    }

    fn part(&self, words: Range<usize>) -> Part {
        let inside = &self.found[words.clone()];
        let any =
            |list: &FxHashSet<&str>| inside.iter().any(|(_, word)| list.contains(word.as_str()));
        let is_rare = |(span, word): &&(Span, String)| {
            self.is_content(*span, word) && !self.language.is_common_word(word)
        };
        let refers = any(&self.padding.references);
        let content = inside
            .iter()
            .filter(|(span, word)| self.is_content(*span, word))
            .count();
        let is_attached = inside
            .iter()
            .any(|(span, _)| self.attached.iter().any(|it| it.overlaps(*span)));
        let begins = inside
            .iter()
            .take(2)
            .any(|(_, word)| self.padding.asking.contains(word.as_str()));
        Part {
            stands_alone: begins && content > 0 && !refers,
            kind: if is_attached {
                Kind::Attached
            } else if self.is_chat(words.clone()) {
                Kind::Chat
            } else if self.asks(&words) {
                Kind::Asks
            } else {
                Kind::Other
            },
            rare: inside.iter().filter(is_rare).count(),
            content,
            refers,
            words,
        }
    }

    fn is_content(&self, span: Span, word: &str) -> bool {
        self.is_quoted(span)
            || !self.language.is_function_word(word)
                && !self.padding.words.contains(word)
                && !self.padding.pleas.contains(word)
    }

    /// Whether there are words of chat, and beside them only function words and numbers (`3 hours`). What asks is chat
    /// only if it asks for help and nothing else: `does anyone know`.
    fn is_chat(&self, words: Range<usize>) -> bool {
        let asks = self.asks(&words);
        let is_number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
        let inside = &self.found[words];
        let is_chat = |word: &str| {
            self.padding.pleas.contains(word) || !asks && self.padding.words.contains(word)
        };
        let says = |(span, word): &(Span, String)| {
            let is_padding =
                is_chat(word) || is_number(word) || self.language.is_function_word(word);
            self.is_quoted(*span) || !is_padding
        };
        inside.iter().any(|(_, word)| is_chat(word)) && !inside.iter().any(says)
    }

    /// Whether some words ask something, and the last of them joins another question to it: `how do I join and`.
    fn is_joined(&self, words: Range<usize>) -> bool {
        let last = self.found[words.clone()].last();
        let joins = last.is_some_and(|(_, word)| self.padding.joiners.contains(word.as_str()));
        joins && self.asks(&words) && self.part(words).content > 0
    }

    fn asks(&self, words: &Range<usize>) -> bool {
        let first = self.found.get(words.start);
        first.is_some_and(|(_, word)| self.padding.asking.contains(word.as_str()))
            || self.gap(words.end).contains(['?', '？', '؟'])
    }

    fn is_quoted(&self, span: Span) -> bool {
        self.quoted.iter().any(|phrase| phrase.overlaps(span))
    }

    /// The text between word `at` and the word before it.
    fn gap(&self, at: usize) -> &str {
        let before = at.checked_sub(1);
        let start = before.map_or(0, |before| self.found[before].0.end as usize);
        let word = self.found.get(at);
        let end = word.map_or(self.question.len(), |(span, _)| span.start as usize);
        self.question.get(start..end).unwrap_or_default()
    }
}

/// Marks that separate parts of a message. Symbols such as emoji do as well.
const MARKS: &str = ".,;:!?…()—–-。，？！؟";
/// Marks that end sentences.
const STOPS: &str = ".!?…。？！؟";

/// Whether a mark or a line break separates two words, as in `one, two` and unlike `one-two`.
fn is_break(gap: &str) -> bool {
    let separates = |letter| MARKS.contains(letter) || is_symbol(letter);
    gap.contains('\n') || gap.contains(char::is_whitespace) && gap.contains(separates)
}

/// Whether a sentence ends between two words.
fn is_stop(gap: &str) -> bool {
    gap.contains('\n') || gap.contains(|letter| STOPS.contains(letter) || is_symbol(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, Role};

    #[track_caller]
    fn check(code: &str, question: &str, content: &[&str]) {
        let query = Query::parse(question, &[Language::from_code(code).unwrap()]);
        let words = query.words.iter().filter(|word| word.role == Role::Content);
        let found: Vec<&str> = words.map(|word| word.folded.as_str()).collect();
        assert_eq!(found, content, "{question}");
    }

    #[test]
    fn greetings_and_thanks_are_set_aside() {
        for question in [
            "hey guys, how do i mute the ferry horn? thanks in advance!",
            "quick question: how do i mute the ferry horn thx",
            "sorry if this is the wrong channel but how do i mute the ferry horn",
            "how do i mute the ferry horn pls help im desperate :sob:",
            "<@123456789012345678> how do i mute the ferry horn <:pepe:123456789012345678>",
            "ive been at this for 3 hours and im losing my mind, how do i mute the ferry horn",
            "heyyy how do i mute the ferry horn??? thankssss",
            "could someone help me out real quick? how do i mute the ferry horn https://discord.com/channels/1/2/3",
        ] {
            check("en", question, &["mute", "ferry", "horn"]);
        }
        check(
            "de",
            "Hallo zusammen! Wie stelle ich das Horn der Fähre leise? Danke schonmal!",
            &["stelle", "horn", "fahre", "leise"],
        );
    }

    #[test]
    fn a_story_counts_for_less_where_the_question_is_clear_without_it() {
        let story = |question: &str| {
            let query = Query::parse(question, &[Language::ENGLISH]);
            query.words.iter().filter(|word| word.story).count()
        };
        assert_eq!(story("My uncle bought tickets. How do I mute the horn?"), 4);
        assert_eq!(story("My horn is too loud. How do I mute that tooting?"), 0);
        assert_eq!(story("My horn is too loud. Is there a way?"), 0);
        assert_eq!(story("I was told to mute the horn."), 0);
    }

    #[test]
    fn sentences_beside_a_question_that_is_clear_alone() {
        let check = |question: &str, expected: &[&str]| {
            let query = Query::parse(question, &[Language::ENGLISH]);
            let found = query.beside.iter().map(|span| span.of(question));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{question}");
        };
        check(
            "Gulls stole the pizza. How do I mute the horn? Cheers from rainy Oban",
            &["Gulls stole the pizza", "Cheers from rainy Oban"],
        );
        check("On the ferry: how do I mute the horn?", &["On the ferry"]);
        check("On the old ferry, how do I mute the horn?", &[]);
        check("Gulls stole the pizza. How do I mute it?", &[]);
        check("Gulls stole the pizza.", &[]);
    }

    #[test]
    fn a_message_of_chat_alone_stays_as_it_is() {
        check("en", "pls help im desperate", &["help", "desperate"]);
        check("en", "my laptop sucks, what now?", &["laptop", "sucks"]);
        check("en", "what are your hours", &["hours"]);
        check(
            "en",
            "how many hours a week are we supposed to work",
            &["hours", "week", "supposed", "work"],
        );
        check("en", "How do I ask for time off? thanks", &["ask", "time"]);
    }

    #[test]
    fn questions_that_stand_alone_are_told_apart() {
        let check = |question: &str, expected: &[&str]| {
            let query = Query::parse(question, &[Language::ENGLISH]);
            let found: Vec<&str> = query
                .questions
                .iter()
                .map(|span| span.of(question))
                .collect();
            assert_eq!(found, expected, "{question}");
        };
        check(
            "hi! how loud is the horn, and where are the tickets sold? thanks",
            &["how loud is the horn", "where are the tickets sold"],
        );
        check("how loud is the horn, and can I mute it?", &[]);
        check("which is better, the ferry or the bridge?", &[]);
        check("how loud is the horn?", &[]);
    }

    #[test]
    fn topics_around_the_question_stay() {
        check("en", "ferry horn, mute", &["ferry", "horn", "mute"]);
        check(
            "en",
            "on the night ferry, where is the horn?",
            &["night", "ferry", "horn"],
        );
    }

    #[test]
    fn times_and_ratios_are_no_emoji() {
        check(
            "en",
            "does the ferry leave at 10:30:00 or 11:00",
            &["ferry", "leave", "10", "30", "00", "11", "00"],
        );
    }
}
