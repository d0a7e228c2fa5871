//! Words that mean the same in these articles: abbreviations that a text explains (`Central Processing Unit (CPU)`), and
//! the lines of a glossary, an article with that file name (`pfp: profile picture, avatar`).

use super::{Index, TermId};
use crate::article::{Corpus, glossary_entry};
use crate::text::{Language, Span, words};
use rustc_hash::FxHashMap;

/// Letters of an abbreviation.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;

/// For each term, the terms that may stand for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Glossary {
    others: FxHashMap<TermId, Vec<TermId>>,
}

impl Glossary {
    /// What the articles of `index` explain.
    pub(super) fn build(index: &Index, corpus: &Corpus) -> Self {
        let mut glossary = Self::default();
        for (_, article) in corpus.own_articles() {
            let language = article.written_in();
            let is_glossary = article.is_glossary();
            for sentence in &article.sentences {
                let text = sentence.of(&article.text);
                explained(text, |short, long| {
                    glossary.add(index, language, &[short, long]);
                });
                if is_glossary {
                    glossary.add(index, language, &members(text));
                }
            }
        }
        glossary
    }

    /// The terms that may stand for a term.
    pub(super) fn of(&self, term: TermId) -> &[TermId] {
        self.others
            .get(&term)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Lets each member that is one word stand for the words of the others.
    fn add(&mut self, index: &Index, language: Language, members: &[&str]) {
        let terms = |text: &&str| -> Vec<TermId> {
            let folded = words(text).map(|word| language.fold(word.of(text)));
            let searched = folded.filter(|word| !language.is_stop_word(word));
            searched
                .filter_map(|word| Some(index.term_as_typed(&word, language)?.0))
                .collect()
        };
        let members: Vec<Vec<TermId>> = members.iter().map(terms).collect();
        for (at, member) in members.iter().enumerate() {
            let [word] = member.as_slice() else {
                continue;
            };
            let others = members.iter().enumerate().filter(|(other, _)| *other != at);
            let row = self.others.entry(*word).or_default();
            for &other in others.flat_map(|(_, terms)| terms) {
                if other != *word && !row.contains(&other) {
                    row.push(other);
                }
            }
        }
    }

    pub(super) fn heap_bytes(&self) -> usize {
        let rows = self.others.values().map(|row| row.capacity() * 4);
        self.others.capacity() * size_of::<(TermId, Vec<TermId>)>() + rows.sum::<usize>()
    }
}

/// The members of a line of a glossary: the words before the colon and those after it, between commas.
fn members(line: &str) -> Vec<&str> {
    let Some(entry) = glossary_entry(line) else {
        return Vec::new();
    };
    let others = Span::new(entry.end as usize + 1, line.len()).of(line);
    let word = entry.of(line);
    std::iter::once(word)
        .chain(others.split([',', ';']))
        .collect()
}

/// Calls `found` with each abbreviation in parentheses and the words before it whose initials it consists of.
fn explained<'a>(text: &'a str, mut found: impl FnMut(&'a str, &'a str)) {
    let mut at = 0;
    while let Some((inside, after)) = parenthesis(text, at) {
        at = after;
        let short = inside.of(text);
        let is_abbreviation = LETTERS.contains(&short.len())
            && short.bytes().filter(u8::is_ascii_uppercase).count() >= 2
            && short.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let before = Span::new(0, inside.start as usize - 1).of(text);
        if let Some(long) = with_initials(before, short).filter(|_| is_abbreviation) {
            found(short, long);
        }
    }
}

/// The next text between parentheses, and where to look for the one after it.
fn parenthesis(text: &str, from: usize) -> Option<(Span, usize)> {
    let start = from + text.get(from..)?.find('(')? + 1;
    let rest = text.get(start..)?;
    let length = rest.find([')', '(']).unwrap_or(rest.len());
    Some((Span::new(start, start + length), start + length))
}

/// The last words of `text`, as many as `short` has letters, if they begin with these letters.
fn with_initials<'a>(text: &'a str, short: &str) -> Option<&'a str> {
    let all: Vec<Span> = words(text).collect();
    let letters = short.trim_end_matches('s').chars();
    let first = all.len().checked_sub(letters.clone().count())?;
    let last = all.get(first..)?;
    let agrees = |(word, letter): (&Span, char)| {
        let initial = word.of(text).chars().next();
        initial.is_some_and(|initial| initial.eq_ignore_ascii_case(&letter))
    };
    let is_explained = last.len() > 1 && last.iter().zip(letters).all(agrees);
    is_explained
        .then(|| last[0].to(*last.last()?).of(text).into())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::{article, index};

    fn pairs(text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        explained(text, |short, long| {
            found.push((short.to_owned(), long.to_owned()));
        });
        found
    }

    #[test]
    fn an_abbreviation_stands_for_the_words_before_it() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found = pairs(text);
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|(a, b)| (a.as_str(), b.as_str()))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "Each Central Processing Unit (CPU) is cooled (by air).",
            &[("CPU", "Central Processing Unit")],
        );
        check(
            "Non-player characters (NPCs) talk.",
            &[("NPCs", "Non-player characters")],
        );
        check("The harbour (NATO) is old. ((", &[]);
        check("(CPU)", &[]);
    }

    #[test]
    fn a_glossary_tells_which_words_mean_the_same() {
        let lines = "# Glossary\n\n- pfp: profile picture, avatar";
        let corpus = Corpus::new(vec![
            article("glossary", lines),
            article("help", "# Help\n\nYour profile picture is shown to all."),
        ]);
        let index = crate::index::Index::build(&corpus);
        let term = |word: &str| index.term_as_typed(word, Language::ENGLISH).unwrap().0;
        let others = index.glossary.of(term("pfp"));
        for word in ["profile", "picture", "avatar"] {
            assert!(others.contains(&term(word)), "{word}");
        }
        assert_eq!(index.glossary.of(term("shown")), []);
    }

    #[test]
    fn most_articles_have_none() {
        assert!(index("The ferry sails.").glossary.others.is_empty());
    }
}
