//! Questions that need the one before: `and on linux?`, `what about forge`, `why?`.
//!
//! Such a text is put together with the question before it in several ways, since only the articles can tell which of them
//! was meant: as a replacement for a part of that question, or added to it.

use super::{Query, Role, Word};
use crate::text::{ANY_LANGUAGE, Language, Span, fold, words};
use rustc_hash::FxHashSet;

/// Content words of a text that needs the question before it, at most. A longer one says enough itself.
const MAX_CONTENT: usize = 3;
/// Ways to put it together, at most.
const MAX_WAYS: usize = 8;
/// Words of what such a text begins with, at most.
const LONGEST_OPENER: usize = 6;
/// Words of a part that is asked with nothing but a question mark: `linux?`, `the old one?`.
const MAX_BARE: usize = 3;

/// The questions that a text may mean, if it needs the question before it: the likeliest first, and last the one where the
/// text is only added. Empty if it stands on its own.
///
/// ```
/// use pullquote_core::query::follow_ups;
///
/// let before = "How do I install the client on Windows?";
/// assert_eq!(follow_ups("and on linux?", before)[0], "How do I install the client on linux?");
/// assert!(follow_ups("How do I remove the client?", before).is_empty());
/// ```
pub fn follow_ups(text: &str, before: &str) -> Vec<String> {
    let languages: Vec<Language> = Language::all()
        .filter(|language| !language.lang().follow_up.openers.is_empty())
        .collect();
    let before = Question::new(before.lines().next().unwrap_or_default(), &languages);
    let (rest, is_opened) = without_opener(text);
    let new = Question::new(rest, &[before.query.language]);
    if before.query.is_empty() || new.words().next().is_none() {
        return Vec::new();
    }
    let is_bare = text.trim_end().ends_with(['?', '？']) && new.words().count() <= MAX_BARE;
    let mut ways = match new.kind(is_opened || is_bare) {
        Kind::Whole => return Vec::new(),
        Kind::Part => before.with_part(&new),
        Kind::Why => before.with_question_word(&new),
        Kind::Pronoun => before.with_topic(&new),
    };
    let mut seen: Vec<String> = Vec::new();
    ways.retain(|way| {
        let is_new = !seen.contains(way);
        seen.push(way.clone());
        is_new
    });
    let last = ways.pop();
    ways.truncate(MAX_WAYS - 1);
    ways.extend(last);
    ways
}

/// Words that a text adds to the question before it, folded: those that the answer should be about.
pub fn added_words(text: &str) -> Vec<String> {
    let (rest, _) = without_opener(text);
    let new = Question::new(rest, &[Language::ENGLISH]);
    new.content().map(|word| word.folded.clone()).collect()
}

/// How a text needs the question before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Not at all.
    Whole,
    /// It is another part for it: `on linux`.
    Part,
    /// It only asks in another way: `why?`.
    Why,
    /// It asks about the same thing: `how much does it cost`.
    Pronoun,
}

struct Question<'a> {
    text: &'a str,
    query: Query,
}

impl<'a> Question<'a> {
    fn new(text: &'a str, languages: &[Language]) -> Self {
        let text = text
            .trim()
            .trim_end_matches(['?', '!', '.', '？'])
            .trim_end();
        Self {
            text,
            query: Query::parse(text, languages),
        }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.query.typed.iter().map(String::as_str)
    }

    fn content(&self) -> impl DoubleEndedIterator<Item = &Word> {
        let words = self.query.words.iter();
        words.filter(|word| word.role == Role::Content)
    }

    /// `is_part` tells whether it is another part unless it asks something.
    fn kind(&self, is_part: bool) -> Kind {
        let content = self.content().count();
        let first = self.words().next().unwrap_or_default();
        let asks = ANY_LANGUAGE.question_words.contains(first);
        let has_pronoun = self
            .words()
            .any(|word| ANY_LANGUAGE.pronouns.contains(word));
        match content {
            0 if asks => Kind::Why,
            _ if content > MAX_CONTENT => Kind::Whole,
            0 => Kind::Whole,
            _ if asks && has_pronoun => Kind::Pronoun,
            _ if asks => Kind::Whole,
            _ if is_part || ANY_LANGUAGE.prepositions.contains(first) => Kind::Part,
            _ => Kind::Whole,
        }
    }

    /// This question with a part replaced by another one, or with the other one added.
    fn with_part(&self, part: &Question<'_>) -> Vec<String> {
        let mut ways = Vec::new();
        let first = part.words().next().unwrap_or_default();
        let has_preposition = ANY_LANGUAGE.prepositions.contains(first);
        if has_preposition {
            let same = self.spans().find(|span| fold(span.of(self.text)) == first);
            if let Some(start) = same {
                let end = self.end_of_part(start);
                ways.push(self.replaced(Span::new(start.start as usize, end), part.text));
            }
        }
        for run in self.runs().into_iter().rev() {
            let before = self.spans().take_while(|span| span.end <= run.start).last();
            let joined = before.filter(|span| {
                has_preposition && is_in(&ANY_LANGUAGE.prepositions, self.text, *span)
            });
            if has_preposition && joined.is_none() {
                continue;
            }
            let repeated = before.filter(|span| fold(span.of(self.text)) == first);
            let with_preposition = |words: Span| match joined.or(repeated) {
                Some(before) if words.start == run.start => before.to(words),
                _ => words,
            };
            ways.push(self.replaced(with_preposition(run), part.text));
            let last = self
                .content()
                .map(|word| word.span)
                .rfind(|word| run.overlaps(*word));
            ways.extend(last.map(|last| self.replaced(with_preposition(last), part.text)));
        }
        ways.push(format!("{} {}?", self.text, part.text));
        ways
    }

    /// This question, asked in another way.
    fn with_question_word(&self, asked: &Question<'_>) -> Vec<String> {
        let mut spans = self.spans().take(1);
        let first = spans.find(|span| is_in(&ANY_LANGUAGE.question_words, self.text, *span));
        let replaced = first.map(|first| self.replaced(first, asked.text));
        let added = format!("{} {}?", asked.text, self.text);
        replaced.into_iter().chain([added]).collect()
    }

    /// Another question about what this one names, which stands in place of its pronoun, or behind it.
    fn with_topic(&self, asked: &Question<'_>) -> Vec<String> {
        let mut spans = asked.spans();
        let pronoun = spans.find(|span| is_in(&ANY_LANGUAGE.pronouns, asked.text, *span));
        let runs = self.runs();
        let all: Vec<&str> = runs.iter().map(|run| run.of(self.text)).collect();
        let mut topics: Vec<&str> = all.iter().rev().copied().collect();
        let joined = all.join(" ");
        topics.insert(0, &joined);
        let behind = topics
            .iter()
            .map(|topic| format!("{} {topic}?", asked.text));
        let instead = pronoun.into_iter().flat_map(|pronoun| {
            let topics = topics.iter();
            topics.map(move |topic| asked.replaced(pronoun, topic))
        });
        instead.chain(behind).collect()
    }

    fn replaced(&self, span: Span, part: &str) -> String {
        let before = Span::new(0, span.start as usize).of(self.text);
        let after = Span::new(span.end as usize, self.text.len()).of(self.text);
        format!("{before}{part}{after}?")
    }

    fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        words(self.text)
    }

    /// Where the part that begins with a preposition ends: behind its last content word in a row.
    fn end_of_part(&self, preposition: Span) -> usize {
        let runs = self.runs();
        let run = runs.iter().find(|run| run.start >= preposition.end);
        run.map_or(preposition.end, |run| run.end) as usize
    }

    /// Content words that follow each other.
    fn runs(&self) -> Vec<Span> {
        let mut runs: Vec<Span> = Vec::new();
        let mut last_was_content = false;
        for word in &self.query.words {
            let is_content = word.role == Role::Content;
            match runs.last_mut() {
                Some(last) if is_content && last_was_content => *last = last.to(word.span),
                _ if is_content => runs.push(word.span),
                _ => {}
            }
            last_was_content = is_content;
        }
        runs
    }
}

/// Whether a word of a text is in a list.
fn is_in(list: &FxHashSet<&str>, text: &str, word: Span) -> bool {
    list.contains(fold(word.of(text)).as_str())
}

/// The text behind what such a text begins with, and whether it begins so. All languages together, as messages are often
/// mixed; of several beginnings, the longest.
fn without_opener(text: &str) -> (&str, bool) {
    let text = text.trim().trim_start_matches(['¿', '¡', '.', ',', ' ']);
    let start = words(text).find(|span| !is_in(&ANY_LANGUAGE.interjections, text, *span));
    let text = start.map_or(text, |start| {
        Span::new(start.start as usize, text.len()).of(text)
    });
    let spans: Vec<Span> = words(text).take(LONGEST_OPENER + 1).collect();
    let folded: Vec<String> = spans.iter().map(|span| fold(span.of(text))).collect();
    let begins = |opener: &str| {
        let words = opener.split(' ').count();
        let begins = folded.iter().map(String::as_str).take(words);
        begins.eq(opener.split(' ')).then_some(words)
    };
    let openers = ANY_LANGUAGE.follow_up_openers.iter();
    let longest = openers.filter_map(|opener| begins(opener)).max();
    match longest.and_then(|words| spans.get(words)) {
        Some(rest) => (Span::new(rest.start as usize, text.len()).of(text), true),
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::{added_words, follow_ups};

    #[track_caller]
    fn check(before: &str, text: &str, expected: &str) {
        let ways = follow_ups(text, before);
        assert!(ways.contains(&expected.to_owned()), "{text}: {ways:?}");
        for wrong in ["on on", "the the", "my on"] {
            assert!(!ways.iter().any(|way| way.contains(wrong)), "{ways:?}");
        }
        assert!(ways.len() <= super::MAX_WAYS);
    }

    #[test]
    fn texts_that_need_the_question_before() {
        for (before, text, expected) in [
            (
                "How do I install the client on Windows?",
                "and on linux?",
                "How do I install the client on linux?",
            ),
            (
                "How do I install Fabric?",
                "what about forge",
                "How do I install forge?",
            ),
            (
                "How do I install Fabric?",
                "And Forge?",
                "How do I install Forge?",
            ),
            (
                "How do I install Fabric?",
                "why?",
                "why do I install Fabric?",
            ),
            (
                "How much is a ticket for adults?",
                "for children?",
                "How much is a ticket for children?",
            ),
            (
                "How much is the starter pack?",
                "and the founders pack",
                "How much is the founders pack?",
            ),
            (
                "How do I link my account?",
                "and on xbox?",
                "How do I link my account on xbox?",
            ),
            (
                "When does it open on weekdays?",
                "and on Sundays?",
                "When does it open on Sundays?",
            ),
            (
                "How do I install Fabric?",
                "ok forge?",
                "How do I install forge?",
            ),
            (
                "What is Fabric?",
                "ok how do i install that",
                "how do i install Fabric?",
            ),
        ] {
            check(before, text, expected);
        }
        let topic = follow_ups("how much does it cost?", "Where can I rent a bicycle?");
        assert!(
            topic.iter().any(|way| way.contains("cost bicycle")),
            "{topic:?}"
        );
    }

    #[test]
    fn texts_in_other_languages_that_need_the_question_before() {
        for (before, text, expected) in [
            (
                "Wie installiere ich das unter Windows?",
                "und unter Linux?",
                "Wie installiere ich das unter Linux?",
            ),
            (
                "Was kostet die Karte für Erwachsene?",
                "was ist mit Kindern",
                "Was kostet die Karte für Kindern?",
            ),
            (
                "¿Cómo instalo el cliente en Windows?",
                "¿y en Linux?",
                "¿Cómo instalo el cliente en Linux?",
            ),
            (
                "Comment installer le client sur Windows ?",
                "et sur Linux ?",
                "Comment installer le client sur Linux?",
            ),
        ] {
            check(before, text, expected);
        }
    }

    #[test]
    fn texts_that_stand_on_their_own() {
        let before = "How do I install the client on Windows?";
        for text in [
            "and what does juche mean?",
            "What does juche mean?",
            "How do I remove the client?",
            "thanks",
            "and the whole story of how we came to be in this strange place",
            "and",
            "",
            "?",
        ] {
            assert_eq!(follow_ups(text, before), Vec::<String>::new(), "{text}");
        }
        assert!(follow_ups("and on linux?", "").is_empty());
    }

    #[test]
    fn added_words_are_those_behind_the_opener() {
        assert_eq!(added_words("and on Linux?"), ["linux"]);
        assert_eq!(added_words("why?"), Vec::<String>::new());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in ".{0,80}", before in ".{0,80}") {
            follow_ups(&text, &before);
        }
    }
}
