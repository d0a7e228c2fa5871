//! Query expansion: the dictionary's terms that may match a word of the question, each with a weight.

use super::bm25::Statistics;
use super::dictionary::{SurfaceId, TermId};
use super::{Index, morphology, related};
use crate::query::{self, Query, Role, Word};
use crate::text::{Language, fold};
use std::borrow::Cow;
use std::cell::LazyCell;
use std::cmp::Reverse;

/// A word of the question with every term that it may match.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct QueryTerm {
    /// Position in [`Query::words`].
    pub word: usize,
    /// Whether it states what is asked about.
    pub role: Role,
    /// Inverse document frequency, one for all expansions; that of a term in no passage where the word is unknown. Less
    /// for a word of the writer's story.
    pub idf: f32,
    /// The terms that may match, the likeliest first; empty for a word that is in no article and resembles none.
    pub expansions: Vec<Expansion>,
    /// Whether a content word is among the most frequent of its language, and so says little.
    pub common: bool,
    /// The word's own surface form, as typed or as corrected.
    pub surface: Option<SurfaceId>,
}

/// A term that may match a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Expansion {
    /// The term to match.
    pub term: TermId,
    /// The surface form that led to it.
    pub surface: Option<SurfaceId>,
    /// 1 for the word itself, less for a guess.
    pub weight: f32,
    /// How it was found.
    pub via: ExpansionKind,
}

/// How an expansion was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExpansionKind {
    /// The word itself or another form of it.
    Word,
    /// The correction of a typo, this many edits away.
    Typo(u32),
    /// Two words typed as one, or one as two.
    Spacing,
    /// A word of the same family, instead of one that is in no article.
    WordFamily,
    /// A word with nearly the same meaning, or one that the articles explain it with.
    Related,
}

impl ExpansionKind {
    /// What to call it where an answer is explained.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "same word",
            Self::Typo(1) => "1 typo",
            Self::Typo(_) => "typos",
            Self::Spacing => "spacing",
            Self::WordFamily => "word family",
            Self::Related => "related meaning",
        }
    }
}

/// Weight of a word of the same family.
const WORD_FAMILY_WEIGHT: f32 = 0.4;
/// Weight of a related word: below the word itself. Of 360 questions on seventeen communities' pages, the first passage
/// answers 191 with 0.6, 188 with 0.4 and 187 with 0.2; with 0.8 as many, but more questions that no page answers are quoted.
pub(super) const RELATED_WEIGHT: f32 = 0.6;
/// How much a word of what is told beside a question counts.
const STORY_WORD: f32 = 0.25;
/// How much a word of chat (`stuff`) counts that no article contains. As function words, more questions that no page answers
/// were quoted.
const CHAT_WORD: f32 = 0.3;
/// A word of a language without a list of words is common if this share of the passages contains it. Of questions of `XQuAD`,
/// with this rule (and Thai as in `text/token.rs`), on other subjects are refused 88 instead of 75 in 100 in Turkish, 85
/// instead of 19 in Thai, 80 instead of 72 in Arabic, and answerable ones are answered 92.5 (95.9), 96.9 (100), 92.3 (95.1).
const COMMON_SHARE: f32 = 0.07;
/// Weight of a word that the articles explain a word with.
const EXPLAINED_WEIGHT: f32 = 0.7;
/// Most words of one question that are corrected; a text with more typos is not a question.
const MAX_CORRECTED: usize = 24;

impl QueryTerm {
    /// How certain it is that the word was understood, from 0 to 1; below 1 for a corrected typo.
    pub(crate) fn certainty(&self) -> f32 {
        match self.expansions.first() {
            Some(first) if matches!(first.via, ExpansionKind::Typo(_)) => first.weight,
            _ => 1.0,
        }
    }

    /// Whether `matches` any of the expansions.
    pub(crate) fn any(&self, matches: impl Fn(TermId) -> bool) -> bool {
        self.expansions
            .iter()
            .any(|expansion| matches(expansion.term))
    }
}

impl Index {
    /// Expands all words of a question, in their order.
    pub(super) fn expand(&self, query: &Query) -> Vec<QueryTerm> {
        if self.is_foreign(query) {
            let words = query.words.iter().enumerate();
            return words
                .map(|(at, word)| self.foreign_term(query, at, word))
                .collect();
        }
        let is_foreign = LazyCell::new(|| query.is_clearly_foreign(&self.languages));
        let mut corrected = 0;
        let mut terms = Vec::with_capacity(query.words.len());
        for (at, word) in query.words.iter().enumerate() {
            let mut role = word.role;
            let mut expansions = self.as_typed(query, word);
            expansions.extend(self.joined_parts(word));
            if expansions.is_empty() && query::is_swapped(&word.folded, query.language) {
                role = Role::Function;
            }
            let may_be_typo = expansions.is_empty() && role == Role::Content;
            if may_be_typo && corrected < MAX_CORRECTED && !*is_foreign {
                corrected += 1;
                expansions = self.corrections(query, at);
                // A typo in a function word: `waht`.
                let first = expansions.first().and_then(|first| first.surface);
                if first.is_some_and(|surface| self.is_stop_word(surface)) {
                    role = Role::Function;
                    expansions.truncate(1);
                }
            }
            let surface = expansions.first().and_then(|first| first.surface);
            if role == Role::Content {
                if expansions.is_empty() {
                    expansions = self.word_family(word, query.language);
                }
                self.add_related(&query.words[at..], query.language, &mut expansions);
            }
            terms.push(QueryTerm {
                word: at,
                role,
                common: role == Role::Content && self.is_common(word, &expansions, query.language),
                idf: self.expanded_idf(&expansions) * importance(word, &expansions, query.language),
                expansions,
                surface,
            });
        }
        terms
    }

    /// A word of a question in another language than the articles: a name or a number may be the same in both, but
    /// what resembles a word of theirs is neither a typo nor related.
    fn foreign_term(&self, query: &Query, at: usize, word: &Word) -> QueryTerm {
        let expansions = self.as_typed(query, word);
        QueryTerm {
            word: at,
            role: word.role,
            idf: self.expanded_idf(&expansions),
            common: word.role == Role::Content && self.is_common(word, &expansions, query.language),
            surface: expansions.first().and_then(|first| first.surface),
            expansions,
        }
    }

    /// The word as corrected, or else as typed: a typo is no rarer than the word that was meant.
    fn as_understood<'a>(&'a self, word: &'a Word, expansions: &[Expansion]) -> &'a str {
        match expansions.first() {
            Some(Expansion {
                via: ExpansionKind::Typo(_),
                surface: Some(surface),
                ..
            }) => self.spelling(*surface),
            _ => &word.folded,
        }
    }

    /// Whether a content word is one of the most frequent of its language; of a language without a list, whether many
    /// passages contain it. Function words are content only as names (`US`, `WHO`), which are not common.
    fn is_common(&self, word: &Word, expansions: &[Expansion], language: Language) -> bool {
        if !language.has_word_list() {
            let first = expansions.first().map(|first| first.term);
            let with = first.map_or(0, |term| self.passages_with(term));
            return with as f32 >= COMMON_SHARE * self.passage_count() as f32;
        }
        let word = self.as_understood(word, expansions);
        language.is_common_word(word) && !language.is_function_word(word)
    }

    /// The inverse document frequency of the word itself, or of all its corrections together; that of a term in no passage
    /// where only other words stand in for it.
    fn expanded_idf(&self, expansions: &[Expansion]) -> f32 {
        let own = expansions.iter().filter(|expansion| {
            !matches!(
                expansion.via,
                ExpansionKind::WordFamily | ExpansionKind::Related
            )
        });
        self.passage_idf(
            own.map(|expansion| self.passages_about(expansion.term))
                .sum(),
        )
    }

    /// How many passages contain a term; for one that occurs in titles and headings only, how many are below them.
    fn passages_about(&self, term: TermId) -> usize {
        match self.passages_with(term) {
            0 => self
                .labels_with(term)
                .map(|label| self.passages_below(label).len())
                .sum(),
            matching => matching,
        }
    }

    /// The word itself or another form of it. One without accents may stand for all that differ from it by theirs alone, if it
    /// is in no article or nothing in the question has accents.
    fn as_typed(&self, query: &Query, word: &Word) -> Vec<Expansion> {
        let own = self.term_as_typed(&word.folded, query.language);
        let mut found: Vec<_> = own.into_iter().collect();
        if self.has_accented() && (own.is_none() || query.is_unaccented()) {
            let mut accented: Vec<SurfaceId> = self.accented(&fold(&word.folded)).collect();
            accented.sort_by_key(|surface| Reverse(self.surface_frequency(*surface)));
            let accented = accented.into_iter();
            found.extend(accented.map(|surface| (self.term_of(surface), Some(surface))));
        }
        let expansion = |(term, surface)| Expansion {
            term,
            surface,
            weight: 1.0,
            via: ExpansionKind::Word,
        };
        found.into_iter().map(expansion).collect()
    }

    fn word_family(&self, word: &Word, language: Language) -> Vec<Expansion> {
        let stem = language.stem(&word.folded);
        of_word_family(morphology::word_family(self, &stem), WORD_FAMILY_WEIGHT)
    }

    /// Adds words with nearly the same meaning as the first of some words, or as a phrase that begins with it. One that is
    /// more frequent than the word itself counts for less.
    fn add_related(&self, words: &[Word], language: Language, expansions: &mut Vec<Expansion>) {
        let Some(word) = words.first() else { return };
        let stem = match expansions.first() {
            Some(first) if first.via == ExpansionKind::Word => Cow::Borrowed(self.stem(first.term)),
            _ => language.stem(&word.folded),
        };
        let own_idf = self.expanded_idf(expansions);
        let related = related::related(&stem, language).iter();
        let related = related.chain(related::related_to_phrase(words, language));
        let related = related.filter_map(|other| self.find_stem(other));
        let own = expansions.first().filter(|first| first.weight >= 1.0);
        let explained = own.into_iter().flat_map(|own| self.explained_by(own.term));
        let explained = explained.map(|term| (term, EXPLAINED_WEIGHT));
        let all: Vec<(TermId, f32)> = explained
            .chain(related.map(|term| (term, RELATED_WEIGHT)))
            .collect();
        for (term, weight) in all {
            if expansions.iter().all(|expansion| expansion.term != term) {
                expansions.push(self.related_expansion(term, weight, own_idf));
            }
        }
    }

    /// The word of a term: the surface form as typed or as corrected, or what was typed if no article contains that form.
    pub(super) fn spelling_of<'a>(&'a self, query: &'a Query, term: &QueryTerm) -> &'a str {
        match term.surface {
            Some(surface) => self.spelling(surface),
            None => &query.words[term.word].folded,
        }
    }

    /// A term that a word is related to, as an expansion of that word.
    pub(super) fn related_expansion(&self, term: TermId, weight: f32, own_idf: f32) -> Expansion {
        let idf = self.passage_idf(self.passages_with(term));
        Expansion {
            term,
            surface: None,
            weight: weight * (idf / own_idf).min(1.0),
            via: ExpansionKind::Related,
        }
    }
}

/// Terms of the same family, each as an expansion.
pub(super) fn of_word_family(terms: Vec<TermId>, weight: f32) -> Vec<Expansion> {
    let expansion = |term| Expansion {
        term,
        surface: None,
        weight,
        via: ExpansionKind::WordFamily,
    };
    terms.into_iter().map(expansion).collect()
}

/// How much a word counts by its place in the message and by what it is, from 0 to 1.
fn importance(word: &Word, expansions: &[Expansion], language: Language) -> f32 {
    let is_chat = language.padding().words.contains(word.folded.as_str());
    let by_place = if word.story { STORY_WORD } else { 1.0 };
    let by_kind = if is_chat && expansions.is_empty() {
        CHAT_WORD
    } else {
        1.0
    };
    by_place * by_kind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::index;

    /// Checks the expansions of the last word of a question: `stem via weight`, with the weight in percent.
    #[track_caller]
    fn check(text: &str, question: &str, expected: &[&str]) {
        let index = index(text);
        let query = Query::parse(question, &[Language::ENGLISH]);
        let terms = index.expand(&query);
        let last = terms.last().unwrap();
        let shown: Vec<String> = last
            .expansions
            .iter()
            .map(|one| {
                let stem = index.stem(one.term);
                format!("{stem} {:?} {:.0}", one.via, 100.0 * one.weight)
            })
            .collect();
        assert_eq!(shown, expected, "{question}");
    }

    #[test]
    fn words_of_a_question_in_another_language_are_no_typos() {
        check(
            "Chests hold loot.",
            "where are the chasts",
            &["chest Typo(1) 83"],
        );
        check("Chests hold loot.", "cuanto es el chasts", &[]);
    }

    #[test]
    fn words_typed_without_accents_stand_for_all_that_have_some() {
        let index = index(
            "Người bạn của tôi bán những cái bàn gỗ ở phố Hòa Bình. Ở đó, mọi người đều có thể mua và bán đồ đạc cũ của mình.",
        );
        let vietnamese = Language::from_code("vi").unwrap();
        for (question, expected) in [
            ("cái bàn", 1),
            ("cai ban", 3),
            ("ở phố Hoà", 1),
            ("pho hoa", 1),
            ("cái bạn", 1),
        ] {
            let terms = index.expand(&Query::parse(question, &[vietnamese]));
            let last = &terms.last().unwrap().expansions;
            assert_eq!(last.len(), expected, "{question}: {last:?}");
        }
    }

    const TEXT: &str = "The diplomat visited a website about the kingdom. Blueberries grew beside the embassy, and everyone \
                        in the north of Korea saw the physician.";

    #[test]
    fn a_word_matches_its_other_forms() {
        check(TEXT, "embassies", &["embassi Word 100"]);
    }

    #[test]
    fn a_typo_matches_its_correction() {
        check(TEXT, "embasy", &["embassi Typo(1) 83"]);
        check(TEXT, "kigndon", &["kingdom Typo(2) 71"]);
    }

    #[test]
    fn spaces_are_corrected() {
        check(TEXT, "web site", &["websit Spacing 90"]);
        check(
            TEXT,
            "northkorea",
            &["north Spacing 90", "korea Spacing 90"],
        );
    }

    #[test]
    fn a_word_is_not_made_of_short_words_that_never_meet() {
        let text = "Insert a coin. The picture has a depth of one bit.";
        check(text, "bitcoin", &[]);
        check(
            "Change the bit coin.",
            "bitcoin",
            &["bite Spacing 90", "coin Spacing 90"],
        );
    }

    #[test]
    fn an_unknown_word_matches_its_family_and_compounds() {
        check(TEXT, "diplomacy", &["diplomat WordFamily 40"]);
        check(TEXT, "berries", &["blueberri WordFamily 70"]);
    }

    #[test]
    fn a_word_matches_related_ones() {
        // 60 at most: less here, where the one passage makes every known word frequent.
        check(TEXT, "doctor", &["physician Related 12"]);
    }

    #[test]
    fn a_word_of_chat_that_no_article_contains_counts_for_less() {
        let index = index(TEXT);
        let idf = |word: &str| {
            let query = Query::parse(&format!("the kingdom {word}"), &[Language::ENGLISH]);
            index.expand(&query).last().map(|term| term.idf)
        };
        assert!(idf("stuff") < idf("zucchini"));
    }

    #[test]
    fn a_word_that_resembles_none_matches_nothing() {
        check(TEXT, "zucchini", &[]);
    }
}
