//! What speaks for a candidate passage, as named numbers.
//!
//! The first four come from the index ([`Candidate`]); the others are computed here from the tokens of
//! the best candidates, which needs no index of its own.

use crate::article::ArticleId;
use crate::index::{Candidate, Group, Index, SurfaceId, idf, length_norm, saturation};
use crate::query::{Query, Role};

/// The features of a passage, in the order of [`FEATURES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// BM25 of the passage's terms.
    Body,
    /// BM25 of the article's terms, the article taken as one text.
    Article,
    /// BM25 of the title, aliases and tags.
    Title,
    /// BM25 of the heading.
    Heading,
    /// BM25 of the words exactly as typed.
    Surface,
    /// Neighbouring words of the question that are neighbours here.
    Pair,
    /// BM25 of character 4-grams.
    Gram,
    /// BM25 of the best sentence, content words only.
    Sentence,
    /// BM25 of the best sentence among those of its article, all words.
    Local,
}

/// All features, in order.
pub const FEATURES: [Feature; 9] = [
    Feature::Body,
    Feature::Article,
    Feature::Title,
    Feature::Heading,
    Feature::Surface,
    Feature::Pair,
    Feature::Gram,
    Feature::Sentence,
    Feature::Local,
];

impl Feature {
    /// Name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Article => "article",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Surface => "surface",
            Self::Pair => "pair",
            Self::Gram => "gram",
            Self::Sentence => "sentence",
            Self::Local => "local",
        }
    }
}

/// A passage with its features.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Features {
    /// The passage.
    pub(super) candidate: Candidate,
    /// One value a feature, in the order of [`FEATURES`].
    pub(super) values: [f32; FEATURES.len()],
    /// For each sentence of the passage, its [`Feature::Local`] score.
    pub(super) sentences: Vec<f32>,
    /// For each sentence, which groups stand in it.
    pub(super) found: Vec<Vec<u8>>,
}

/// Most grams of one question that are told apart.
const MAX_GRAMS: usize = 128;
/// No group.
const NONE: u8 = u8::MAX;

/// What a term of the dictionary means to the question.
#[derive(Debug, Clone, Copy)]
struct TermRole {
    group: u8,
    weight: f32,
}

/// Room for one question's look-up tables; reused, because they are as long as the dictionary.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    terms: Vec<TermRole>,
    /// For each surface form, one more than its place in `gram_sets`, or 0.
    gram_set_of: Vec<u16>,
    gram_sets: Vec<u128>,
    gram_surfaces: Vec<SurfaceId>,
}

/// The question as the features need it.
pub(super) struct Reader<'a> {
    index: &'a Index,
    groups: &'a [Group],
    scratch: &'a mut Scratch,
    gram_idf: Vec<f32>,
    /// Rarity of each group among the sentences of the article that was asked for last.
    local: Option<(ArticleId, Vec<f32>)>,
    /// For each group, the content group that follows it in the question.
    next: Vec<u8>,
}

impl<'a> Reader<'a> {
    /// Prepares the tables for a question. `groups` must be at most 254.
    pub(super) fn new(
        index: &'a Index,
        query: &Query,
        groups: &'a [Group],
        scratch: &'a mut Scratch,
    ) -> Self {
        let (surfaces, terms) = index.dictionary_size();
        let none = TermRole {
            group: NONE,
            weight: 0.0,
        };
        if scratch.terms.len() < terms {
            scratch.terms.resize(terms, none);
        }
        if scratch.gram_set_of.len() < surfaces {
            scratch.gram_set_of.resize(surfaces, 0);
        }
        let mut gram_idf = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            for variant in &group.variants {
                let role = &mut scratch.terms[variant.term.0 as usize];
                if role.weight < variant.weight {
                    *role = TermRole {
                        group: at as u8,
                        weight: variant.weight,
                    };
                }
            }
            if group.role == Role::Content {
                index.grams(query, group, |rarity, words| {
                    let gram = gram_idf.len();
                    if gram < MAX_GRAMS {
                        gram_idf.push(rarity);
                        for &word in words {
                            scratch.mark(word, gram);
                        }
                    }
                });
            }
        }
        let mut next = vec![NONE; groups.len()];
        let mut before: Option<usize> = None;
        for (at, _) in groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.role == Role::Content)
        {
            if let Some(before) = before {
                next[before] = at as u8;
            }
            before = Some(at);
        }
        Self {
            index,
            groups,
            scratch,
            gram_idf,
            local: None,
            next,
        }
    }

    /// The features of one passage.
    pub(super) fn read(&mut self, candidate: Candidate, article: ArticleId) -> Features {
        self.use_article(article);
        let index = self.index;
        let groups = self.groups;
        let norm = index.norm(candidate.passage);
        let mut surface_tf = vec![0_u16; groups.len()];
        let mut pair_tf = vec![0_u16; groups.len()];
        let mut gram_tf = [0_u16; MAX_GRAMS];
        let mut tf = vec![0_u8; groups.len()];
        let mut weight = vec![0.0_f32; groups.len()];
        let (mut best_sentence, mut best_local) = (0.0_f32, 0.0_f32);
        let mut sentences = Vec::new();
        let mut found = Vec::new();
        for tokens in index.sentences(candidate.passage) {
            let mut here: Vec<u8> = Vec::new();
            let mut before = NONE;
            for &surface in tokens {
                let set = self.scratch.gram_set_of[surface.0 as usize];
                if set != 0 {
                    let mut grams = self.scratch.gram_sets[usize::from(set) - 1];
                    while grams != 0 {
                        gram_tf[grams.trailing_zeros() as usize] += 1;
                        grams &= grams - 1;
                    }
                }
                let role = self.scratch.terms[index.term_of(surface).0 as usize];
                let Some(group) = groups.get(usize::from(role.group)) else {
                    if !index.is_stop_word(surface) {
                        before = NONE;
                    }
                    continue;
                };
                let at = usize::from(role.group);
                if tf[at] == 0 {
                    here.push(role.group);
                }
                tf[at] = tf[at].saturating_add(1);
                weight[at] = weight[at].max(role.weight);
                if group.role == Role::Content {
                    if group.surface == Some(surface) {
                        surface_tf[at] += 1;
                    }
                    if before != NONE && self.next[usize::from(before)] == role.group {
                        pair_tf[at] += 1;
                    }
                    before = role.group;
                }
            }
            let length = length_norm(tokens.len(), index.average_sentence());
            let (mut content, mut local) = (0.0, 0.0);
            for &group in &here {
                let at = usize::from(group);
                let value = weight[at] * saturation(f32::from(tf[at]), length);
                if groups[at].role == Role::Content {
                    content += groups[at].idf * value;
                }
                local += self.local_idf(at) * value;
                tf[at] = 0;
                weight[at] = 0.0;
            }
            best_sentence = best_sentence.max(content);
            best_local = best_local.max(local);
            sentences.push(local);
            found.push(here);
        }
        let surface = sum(groups, |at, group| {
            group.idf * saturation(f32::from(surface_tf[at]), norm)
        });
        let pair = sum(groups, |at, group| {
            group.idf * saturation(f32::from(pair_tf[at]), norm)
        });
        let gram = self
            .gram_idf
            .iter()
            .zip(gram_tf)
            .map(|(rarity, tf)| rarity * saturation(f32::from(tf), norm))
            .sum();
        Features {
            values: [
                candidate.body,
                candidate.article,
                candidate.title,
                candidate.heading,
                surface,
                pair,
                gram,
                best_sentence,
                best_local,
            ],
            candidate,
            sentences,
            found,
        }
    }

    fn local_idf(&self, group: usize) -> f32 {
        self.local.as_ref().map_or(0.0, |(_, idfs)| idfs[group])
    }

    /// Counts how rare each word is among the sentences of `article`.
    fn use_article(&mut self, article: ArticleId) {
        if self
            .local
            .as_ref()
            .is_some_and(|(held, _)| *held == article)
        {
            return;
        }
        let idfs = self
            .groups
            .iter()
            .map(|group| {
                let counts = group.variants.iter().take(1).map(|variant| {
                    let (holding, all) = self.index.sentence_frequency(article, variant.term);
                    idf(holding, all)
                });
                counts.fold(0.0, f32::max)
            })
            .collect();
        self.local = Some((article, idfs));
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        for variant in self.groups.iter().flat_map(|group| &group.variants) {
            self.scratch.terms[variant.term.0 as usize] = TermRole {
                group: NONE,
                weight: 0.0,
            };
        }
        for surface in self.scratch.gram_surfaces.drain(..) {
            self.scratch.gram_set_of[surface.0 as usize] = 0;
        }
        self.scratch.gram_sets.clear();
    }
}

impl Scratch {
    /// Notes that `surface` holds a gram of the question.
    fn mark(&mut self, surface: SurfaceId, gram: usize) {
        let set = &mut self.gram_set_of[surface.0 as usize];
        if *set == 0 {
            if self.gram_sets.len() >= usize::from(u16::MAX) {
                return;
            }
            self.gram_sets.push(0);
            self.gram_surfaces.push(surface);
            *set = self.gram_sets.len() as u16;
        }
        self.gram_sets[usize::from(*set) - 1] |= 1 << gram;
    }
}

fn sum(groups: &[Group], value: impl Fn(usize, &Group) -> f32) -> f32 {
    groups
        .iter()
        .enumerate()
        .map(|(at, group)| value(at, group))
        .sum()
}
