//! Corrections of a word that is in no article: typos, missing or extra spaces, parts of longer words.

use super::dictionary::SurfaceId;
use super::expand::{Expansion, ExpansionKind, of_word_family};
use super::{Index, morphology, related};
use crate::query::{Query, Word};
use crate::text::Language;

/// Weight of a longer word that begins or ends with the word.
const COMPOUND_WEIGHT: f32 = 0.7;
/// Weight of a word typed as two, or of two typed as one.
const SPACING_WEIGHT: f32 = 0.9;
/// Most corrections of a word that are considered.
const MAX_CORRECTIONS: usize = 3;

impl Index {
    /// What a word that is in no article may stand for: two words, a typo, or part of a longer word.
    pub(super) fn corrections(&self, query: &Query, at: usize) -> Vec<Expansion> {
        let word = &query.words[at];
        let mut expansions = self.spacing(query, at);
        if expansions.is_empty() {
            expansions = self.typos(word, query.language);
        }
        // Part of a longer word is likelier than two typos.
        if expansions
            .first()
            .is_none_or(|first| first.via == ExpansionKind::Typo(2))
        {
            let stem = query.language.stem(&word.folded);
            let longer = morphology::compounds(self, &word.folded, &stem);
            if !longer.is_empty() {
                expansions = of_word_family(longer, COMPOUND_WEIGHT);
            }
        }
        expansions
    }

    /// Corrections of the spaces around a word: `web site` -> `website`; `northkorea` -> `north` and `korea`.
    fn spacing(&self, query: &Query, at: usize) -> Vec<Expansion> {
        let found = |surface: SurfaceId| Expansion {
            term: self.term_of(surface),
            surface: Some(surface),
            weight: SPACING_WEIGHT,
            via: ExpansionKind::Spacing,
        };
        if let Some(surface) = self.joined(query, at) {
            return vec![found(surface)];
        }
        match self.split(&query.words[at].folded, query.language) {
            Some((left, right)) => vec![found(left), found(right)],
            None => Vec::new(),
        }
    }

    /// What the parts of a word with hyphens form, where the articles write it as one: `cool-down` -> `cooldown`.
    pub(super) fn joined_parts(&self, word: &Word) -> Option<Expansion> {
        let surface = self.find_surface(word.joined.as_deref()?)?;
        Some(Expansion {
            term: self.term_of(surface),
            surface: Some(surface),
            weight: SPACING_WEIGHT,
            via: ExpansionKind::Spacing,
        })
    }

    /// The word that a word of the question forms with the one before or after it.
    fn joined(&self, query: &Query, at: usize) -> Option<SurfaceId> {
        let with_next = |left: usize| {
            let (left, right) = (query.words.get(left)?, query.words.get(left + 1)?);
            let joined = format!("{}{}", left.folded, right.folded);
            self.find_surface(&joined)
        };
        let before = at.checked_sub(1).and_then(with_next);
        before.or_else(|| with_next(at))
    }

    /// The two words that a word is made of; of several splits, the one whose rarer half is the most frequent.
    fn split(&self, word: &str, language: Language) -> Option<(SurfaceId, SurfaceId)> {
        let is_real = language.is_real_word(word);
        let is_small = |surface| self.is_stop_word(surface);
        let frequency = |surface| self.surface_frequency(surface);
        let splits = word.char_indices().skip(1).filter_map(|(cut, _)| {
            let (left, right) = word.split_at_checked(cut)?;
            let short = left.chars().count().min(right.chars().count());
            let amount = left.ends_with(char::is_numeric) && right.starts_with(char::is_alphabetic);
            let left = self.find_surface(left)?;
            let right = self.find_surface(right)?;
            // `everyone` is not `every one`; short halves (`wifi`, `5ghz`, `bitcoin`) and those of a real word (`weekend`)
            // must be adjacent somewhere.
            let may_split = match short {
                _ if is_real && (is_small(left) || is_small(right)) => false,
                0 => false,
                1 if !amount => false,
                _ if is_real || short <= 3 => self.are_adjacent_somewhere(left, right),
                _ => true,
            };
            may_split.then(|| (frequency(left).min(frequency(right)), left, right))
        });
        let best = splits.max_by_key(|&(frequency, ..)| frequency);
        best.map(|(_, left, right)| (left, right))
    }

    fn are_adjacent_somewhere(&self, left: SurfaceId, right: SurfaceId) -> bool {
        let terms = [left, right].map(|surface| self.term_of(surface));
        self.with_phrase(&terms, |_| true).next().is_some()
    }

    /// The words that a typo may stand for: the nearest by optimal string alignment, the most frequent first.
    fn typos(&self, word: &Word, language: Language) -> Vec<Expansion> {
        let letters = word.folded.chars().count();
        // `admin` is in no list of words, but among the related ones.
        let is_known = || !related::related(&language.stem(&word.folded), language).is_empty();
        if letters < 4 || language.is_real_word(&word.folded) || is_known() {
            return Vec::new();
        }
        let limit = if letters >= 5 { 2 } else { 1 };
        let nearest = self.nearest_words(&word.folded, limit);
        let distance = nearest.distance;
        let mut found = nearest.surfaces;
        found.retain(|&surface| distance < 2 || self.may_be_two_typos(&word.folded, surface));
        found.retain(|&surface| self.may_be_meant(&word.folded, surface));
        found.sort_by_cached_key(|&surface| {
            let frequency = self.surface_frequency(surface);
            (std::cmp::Reverse(frequency), self.spelling(surface))
        });
        found.truncate(MAX_CORRECTIONS);
        found
            .into_iter()
            .map(|surface| Expansion {
                term: self.term_of(surface),
                surface: Some(surface),
                weight: 1.0 - distance as f32 / letters as f32,
                via: ExpansionKind::Typo(distance),
            })
            .collect()
    }

    /// Two edits at the end make another word (`currency`, `current`), not a typo. So do two edits of a short word if
    /// one is at its beginning (`guten`, `ten`).
    fn may_be_two_typos(&self, word: &str, other: SurfaceId) -> bool {
        let other = self.spelling(other);
        let pairs = word.chars().zip(other.chars());
        let common = pairs.take_while(|(a, b)| a == b).count();
        let letters = word.chars().count();
        let longer = letters.max(other.chars().count());
        let is_other_form = common >= 4 && common + 3 >= longer;
        !is_other_form && (common > 0 || letters > 5)
    }

    /// Function words are rarely mistyped at their beginning: `Bienen` is not `einen`.
    fn may_be_meant(&self, word: &str, other: SurfaceId) -> bool {
        let initials = |word: &str| {
            let mut initials: Vec<char> = word.chars().take(2).collect();
            initials.sort_unstable();
            initials
        };
        let other_word = self.spelling(other);
        let is_similar = word.chars().next() == other_word.chars().next()
            || initials(word) == initials(other_word);
        is_similar || !self.is_stop_word(other)
    }
}
