//! A word of the question -> the terms of the dictionary that may stand for it, each with a weight.
//!
//! Sits apart from ranking (which only sees groups) and from highlighting.

use super::dictionary::{SurfaceId, TermId};
use super::{Index, idf, morphology, related, spelling};
use crate::query::{self, Query, Role, Word};
use crate::text::Language;
use std::borrow::Cow;

/// A word of the question with everything that it may match.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// Position in [`Query::words`].
    pub word: usize,
    /// Whether it says what is asked about, or only holds the question together.
    pub role: Role,
    /// One inverse document frequency for all variants; the highest there is where none is known.
    pub idf: f32,
    /// What may stand for the word, the best first; empty for a word that no article holds.
    pub variants: Vec<Expansion>,
    /// Whether a content word is one of the language's most frequent: such say little.
    pub common: bool,
    /// The word's own surface form, as typed or as repaired.
    pub surface: Option<SurfaceId>,
}

/// A term that may stand for a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expansion {
    /// What is matched.
    pub term: TermId,
    /// The surface form that led to it.
    pub surface: Option<SurfaceId>,
    /// 1 for the word itself, less for what only may be meant.
    pub weight: f32,
    /// How it was found.
    pub via: ExpansionKind,
}

/// How a variant was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExpansionKind {
    /// The word itself or another form of it.
    Word,
    /// A slip: this many edits away.
    Slip(u32),
    /// Two words typed as one, or one as two.
    Spacing,
    /// A word of the same family, in place of one that no article holds.
    Kin,
    /// A word that means nearly the same.
    Related,
}

/// A word of the same family.
const KIN_WEIGHT: f32 = 0.4;
/// A longer word that begins or ends with it.
const COMPOUND_WEIGHT: f32 = 0.7;
/// A word related in meaning counts this much: below the word itself, above a distant slip.
const RELATED_WEIGHT: f32 = 0.4;
/// A word typed as two or two as one.
const SPACING_WEIGHT: f32 = 0.9;
/// At most this many repairs of a word are considered.
const MAX_REPAIRS: usize = 3;
/// Words of one question that are repaired; more slips than that are no question.
const MAX_REPAIRED: usize = 24;

impl QueryTerm {
    /// How sure it is that the word was read as meant, from 0 to 1: less than 1 for a slip.
    pub fn sureness(&self) -> f32 {
        match self.variants.first() {
            Some(read) if matches!(read.via, ExpansionKind::Slip(_)) => read.weight,
            _ => 1.0,
        }
    }

    /// Whether anything that may stand for the word is what `is` tells.
    pub fn any(&self, is: impl Fn(TermId) -> bool) -> bool {
        self.variants.iter().any(|variant| is(variant.term))
    }
}

impl Index {
    /// The groups of all words of a question, in their order.
    pub fn expand(&self, query: &Query) -> Vec<QueryTerm> {
        let mut repaired = 0;
        let mut groups = Vec::with_capacity(query.words.len());
        for (at, word) in query.words.iter().enumerate() {
            let mut role = word.role;
            let mut variants = self.as_written(word, query.language);
            if variants.is_empty() && query::is_swapped(&word.folded, query.language) {
                role = Role::Function;
            }
            if variants.is_empty() && role == Role::Content && repaired < MAX_REPAIRED {
                repaired += 1;
                variants = self.as_meant(query, at);
                // A slip in a word that holds the question together: `waht`.
                let meant = variants.first().and_then(|variant| variant.surface);
                if meant.is_some_and(|surface| self.dictionary.is_stop_word(surface)) {
                    role = Role::Function;
                    variants.truncate(1);
                }
            }
            let surface = variants.first().and_then(|variant| variant.surface);
            if role == Role::Content {
                if variants.is_empty() {
                    variants = self.kin(word, query.language);
                }
                self.add_related(word, query.language, &mut variants);
            }
            // As it is read: a slip is no rarer than what was meant.
            let read = match variants.first() {
                Some(Expansion {
                    via: ExpansionKind::Slip(_),
                    surface: Some(surface),
                    ..
                }) => self.spelling(*surface),
                _ => &word.folded,
            };
            groups.push(QueryTerm {
                word: at,
                role,
                common: role == Role::Content
                    && query.language.is_common_word(read)
                    // Of such words only names say what is asked about: `US`, `WHO`.
                    && !query.language.is_function_word(read),
                idf: self.group_idf(&variants),
                variants,
                surface,
            });
        }
        groups
    }

    /// The inverse document frequency of a group: that of the word itself, or of all repairs together; the
    /// highest where only other words stand for it.
    fn group_idf(&self, variants: &[Expansion]) -> f32 {
        let own = variants
            .iter()
            .filter(|variant| !matches!(variant.via, ExpansionKind::Kin | ExpansionKind::Related));
        let holding: usize = own.map(|variant| self.held_by(variant.term)).sum();
        idf(holding, self.passage_count())
    }

    /// How many passages hold a term; of one that stands in titles and headings only, how many are below them.
    fn held_by(&self, term: TermId) -> usize {
        match self.passages_with(term) {
            0 => self
                .labels
                .with(term)
                .iter()
                .map(|&label| self.labels.passages(label).len())
                .sum(),
            holding => holding,
        }
    }

    /// How many passages hold a term.
    pub fn passages_with(&self, term: TermId) -> usize {
        self.postings.row(term.0).len()
    }

    /// The spelling of a surface form, folded.
    pub fn spelling(&self, surface: SurfaceId) -> &str {
        self.dictionary.spelling(surface)
    }

    /// The spelling of a term.
    pub fn term(&self, term: TermId) -> &str {
        self.dictionary.term(term)
    }

    /// The surface form of a folded word, if an article holds it.
    pub fn surface(&self, folded: &str) -> Option<SurfaceId> {
        self.dictionary.find_surface(folded)
    }

    /// The term of a folded word, in this or another of its forms; with its surface form if an article holds this one.
    pub(super) fn term_as_written(
        &self,
        folded: &str,
        language: Language,
    ) -> Option<(TermId, Option<SurfaceId>)> {
        let surface = self.dictionary.find_surface(folded);
        let term = surface
            .map(|surface| self.dictionary.term_of(surface))
            .or_else(|| self.dictionary.find_term(folded, language));
        term.map(|term| (term, surface))
    }

    fn as_written(&self, word: &Word, language: Language) -> Vec<Expansion> {
        let term = self.term_as_written(&word.folded, language);
        let variant = term.map(|(term, surface)| Expansion {
            term,
            surface,
            weight: 1.0,
            via: ExpansionKind::Word,
        });
        variant.into_iter().collect()
    }

    /// What a word that no article holds may have been meant for: two words, a slip, a part of a longer word.
    fn as_meant(&self, query: &Query, at: usize) -> Vec<Expansion> {
        let word = &query.words[at];
        let mut variants = self.spacing(query, at);
        if variants.is_empty() {
            variants = self.repairs(word, query.language);
        }
        // That it stands inside of a longer word is likelier than two slips.
        if variants
            .first()
            .is_none_or(|read| read.via == ExpansionKind::Slip(2))
        {
            let stem = query.language.stem(&word.folded);
            let longer =
                morphology::compounds(&self.dictionary, &self.alphabet, &word.folded, &stem);
            if !longer.is_empty() {
                variants = family(longer, COMPOUND_WEIGHT);
            }
        }
        variants
    }

    /// `northkorea` -> `north` and `korea`; `web site` -> `website`.
    fn spacing(&self, query: &Query, at: usize) -> Vec<Expansion> {
        let word = &query.words[at].folded;
        let found = |surface: SurfaceId| Expansion {
            term: self.dictionary.term_of(surface),
            surface: Some(surface),
            weight: SPACING_WEIGHT,
            via: ExpansionKind::Spacing,
        };
        let neighbours = [at.checked_sub(1), Some(at), Some(at + 1)];
        for pair in neighbours.windows(2) {
            let (Some(left), Some(right)) = (pair[0], pair[1]) else {
                continue;
            };
            if let (Some(left), Some(right)) = (query.words.get(left), query.words.get(right)) {
                let joined = format!("{}{}", left.folded, right.folded);
                if let Some(surface) = self.dictionary.find_surface(&joined) {
                    return vec![found(surface)];
                }
            }
        }
        let is_real = query.language.is_real_word(word);
        // The cut whose rarer half is the most frequent.
        let cuts = word.char_indices().skip(1).filter_map(|(cut, _)| {
            let (left, right) = word.split_at_checked(cut)?;
            let short = left.chars().count().min(right.chars().count());
            let amount = left.ends_with(char::is_numeric) && right.starts_with(char::is_alphabetic);
            let left = self.dictionary.find_surface(left)?;
            let right = self.dictionary.find_surface(right)?;
            // `everyone` is not `every one`; short halves (`wifi`, `5ghz`) and those of a real word (`weekend`) must
            // stand together somewhere.
            let small = |surface| self.dictionary.is_stop_word(surface);
            let cut = match short {
                _ if is_real && (small(left) || small(right)) => false,
                0 => false,
                1 if !amount => false,
                _ if is_real || short <= 2 => self.stand_together(left, right),
                _ => true,
            };
            if !cut {
                return None;
            }
            let frequency = |surface| self.dictionary.surface_frequency(surface);
            Some((frequency(left).min(frequency(right)), left, right))
        });
        match cuts.max_by_key(|&(frequency, ..)| frequency) {
            Some((_, left, right)) => vec![found(left), found(right)],
            None => Vec::new(),
        }
    }

    fn stand_together(&self, left: SurfaceId, right: SurfaceId) -> bool {
        let terms = [left, right].map(|surface| self.dictionary.term_of(surface));
        self.with_phrase(&terms, |_| true).next().is_some()
    }

    /// The words that a slip may have been meant for: the nearest by optimal string alignment, the more
    /// frequent first.
    fn repairs(&self, word: &Word, language: Language) -> Vec<Expansion> {
        let letters = word.folded.chars().count();
        if letters < 4 || language.is_real_word(&word.folded) {
            return Vec::new();
        }
        let limit = if letters >= 5 { 2 } else { 1 };
        let near = spelling::nearest(&self.dictionary, &self.alphabet, &word.folded, limit);
        let distance = near.distance;
        let mut found = near.surfaces;
        found.retain(|&surface| distance < 2 || self.may_be_two_slips(&word.folded, surface));
        found.retain(|&surface| self.may_be_meant(&word.folded, surface));
        found.sort_by_key(|&surface| {
            let frequency = self.dictionary.surface_frequency(surface);
            (std::cmp::Reverse(frequency), surface)
        });
        found.truncate(MAX_REPAIRS);
        found
            .into_iter()
            .map(|surface| Expansion {
                term: self.dictionary.term_of(surface),
                surface: Some(surface),
                weight: 1.0 - distance as f32 / letters as f32,
                via: ExpansionKind::Slip(distance),
            })
            .collect()
    }

    /// Two edits, both at the end, make another word (`currency`, `current`), not a slip; so do two of a short word, the
    /// first of them at its beginning (`guten`, `ten`).
    fn may_be_two_slips(&self, word: &str, other: SurfaceId) -> bool {
        let other = self.dictionary.spelling(other);
        let pairs = word.chars().zip(other.chars());
        let common = pairs.take_while(|(a, b)| a == b).count();
        let letters = word.chars().count();
        let longer = letters.max(other.chars().count());
        let is_other_form = common >= 4 && common + 3 >= longer;
        !is_other_form && (common > 0 || letters > 5)
    }

    /// What holds a question together is rarely mistyped at its beginning: `Bienen` is not `einen`.
    fn may_be_meant(&self, word: &str, other: SurfaceId) -> bool {
        let initials = |word: &str| {
            let mut initials: Vec<char> = word.chars().take(2).collect();
            initials.sort_unstable();
            initials
        };
        let other_word = self.dictionary.spelling(other);
        let alike = word.chars().next() == other_word.chars().next()
            || initials(word) == initials(other_word);
        alike || !self.dictionary.is_stop_word(other)
    }

    fn kin(&self, word: &Word, language: Language) -> Vec<Expansion> {
        let stem = language.stem(&word.folded);
        family(
            morphology::word_family(&self.dictionary, &self.alphabet, &stem),
            KIN_WEIGHT,
        )
    }

    /// Adds words that mean nearly the same; a more frequent one counts the less for it.
    fn add_related(&self, word: &Word, language: Language, variants: &mut Vec<Expansion>) {
        let stem = match variants.first() {
            Some(variant) if variant.via == ExpansionKind::Word => {
                Cow::Borrowed(self.term(variant.term))
            }
            _ => language.stem(&word.folded),
        };
        let rarity = self.group_idf(variants);
        for other in related::related(&stem, language) {
            let Some(term) = self.dictionary.term_of_stem(other) else {
                continue;
            };
            let own = idf(self.passages_with(term), self.passage_count());
            if variants.iter().all(|variant| variant.term != term) {
                variants.push(Expansion {
                    term,
                    surface: None,
                    weight: RELATED_WEIGHT * (own / rarity).min(1.0),
                    via: ExpansionKind::Related,
                });
            }
        }
    }

    /// The character 4-grams of a group's word and of its first repair, each once: number and rarity.
    pub fn grams(&self, query: &Query, group: &QueryTerm, mut each: impl FnMut(u16, f32)) {
        let mut seen = Vec::new();
        let mut visit = |word: &str| {
            self.grams.of_word(word, |gram| {
                if !seen.contains(&gram) {
                    seen.push(gram);
                    each(gram, idf(self.grams.frequency(gram), self.passage_count()));
                }
            });
        };
        visit(&query.words[group.word].folded);
        if let Some(surface) = group.surface {
            visit(self.dictionary.spelling(surface));
        }
    }

    /// The character 4-grams of a surface form.
    pub fn grams_of(&self, surface: SurfaceId) -> &[u16] {
        self.grams.of_surface(surface)
    }

    /// How many numbers of character 4-grams there are.
    pub fn gram_count(&self) -> usize {
        self.grams.len()
    }
}

/// Words of the same family, each as a variant.
fn family(kin: Vec<TermId>, weight: f32) -> Vec<Expansion> {
    let variant = |term| Expansion {
        term,
        surface: None,
        weight,
        via: ExpansionKind::Kin,
    };
    kin.into_iter().map(variant).collect()
}
