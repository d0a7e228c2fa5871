//! What speaks for a candidate passage, as named numbers.
//!
//! The first four come from the index ([`Candidate`]); the others are computed here from the tokens of
//! the best candidates, which needs no index of its own.

use super::lookup::{Lookup, MAX_GRAMS, NONE, Scratch};
use crate::article::ArticleId;
use crate::index::{Candidate, Group, Index, idf, length_norm, saturation};
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
    /// For each sentence of the passage, how well it answers: its [`Feature::Local`] score, by and large.
    pub(super) sentences: Vec<f32>,
    /// For each sentence, which groups stand in it.
    pub(super) found: Vec<Vec<u8>>,
}

/// Where a question asks for a number, a sentence with one that is not the question's own counts so many times.
/// Of the right sentences, 0.2 to 0.6 points more were chosen on English sets.
const ASKED_NUMBER: f32 = 1.4;

/// The question as the features need it.
pub(super) struct Reader<'a> {
    index: &'a Index,
    groups: &'a [Group],
    lookup: Lookup<'a>,
    /// Rarity of each group among the sentences of the article that was asked for last.
    local: Option<(ArticleId, Vec<f32>)>,
    /// For each group, the content group that follows it in the question.
    next: Vec<u8>,
    /// Whether the content words of the question stand together: `what is juche`.
    one_subject: bool,
}

/// Where a question names one subject and asks no more of it, the words around it choose the sentence for so
/// much less, and a sentence that begins with the subject counts for so much more: it is the one that says
/// what it is. No share of right sentences changed by more than 0.2 points on any set for it.
const FUNCTION_WORDS_LESS: f32 = 0.5;
/// See [`FUNCTION_WORDS_LESS`].
const SUBJECT_FIRST: f32 = 0.5;

impl<'a> Reader<'a> {
    /// Prepares the tables for a question. `groups` must be at most 254.
    pub(super) fn new(
        index: &'a Index,
        query: &Query,
        groups: &'a [Group],
        scratch: &'a mut Scratch,
    ) -> Self {
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
            lookup: Lookup::new(index, query, groups, scratch),
            local: None,
            next,
            one_subject: one_subject(groups),
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
            let mut first = None;
            let mut tells_number = false;
            for (place, &surface) in tokens.iter().enumerate() {
                let meaning = self.lookup.meaning(surface);
                let mut grams = meaning.grams;
                while grams != 0 {
                    gram_tf[grams.trailing_zeros() as usize] += 1;
                    grams &= grams - 1;
                }
                tells_number |= meaning.is_asked_number;
                let Some(group) = groups.get(usize::from(meaning.group)) else {
                    if !meaning.is_stop_word {
                        before = NONE;
                    }
                    continue;
                };
                let at = usize::from(meaning.group);
                if tf[at] == 0 {
                    here.push(meaning.group);
                }
                tf[at] = tf[at].saturating_add(1);
                weight[at] = weight[at].max(meaning.weight);
                if group.role == Role::Content {
                    first.get_or_insert(place);
                    if group.surface == Some(surface) {
                        surface_tf[at] += 1;
                    }
                    if before != NONE && self.next[usize::from(before)] == meaning.group {
                        pair_tf[at] += 1;
                    }
                    before = meaning.group;
                }
            }
            let length = length_norm(tokens.len(), index.average_sentence());
            let (mut content, mut local, mut function) = (0.0, 0.0, 0.0);
            for &group in &here {
                let at = usize::from(group);
                let value = weight[at] * saturation(f32::from(tf[at]), length);
                let local_value = self.local_idf(at) * value;
                if groups[at].role == Role::Content {
                    content += groups[at].idf * value;
                } else {
                    function += local_value;
                }
                local += local_value;
                tf[at] = 0;
                weight[at] = 0.0;
            }
            if tells_number {
                local *= ASKED_NUMBER;
            }
            best_sentence = best_sentence.max(content);
            best_local = best_local.max(local);
            sentences.push(self.answering(local, function, first));
            found.push(here);
        }
        // Where the heading alone matches, words such as `the` do not choose the sentence.
        let is_content = |group: &u8| groups[usize::from(*group)].role == Role::Content;
        if !found.iter().flatten().any(is_content) {
            sentences.fill(0.0);
        }
        let worth = |counts: &[u16]| -> f32 {
            let counted = groups.iter().zip(counts);
            let values = counted.map(|(group, tf)| group.idf * saturation(f32::from(*tf), norm));
            values.sum()
        };
        Features {
            values: [
                candidate.body,
                candidate.article,
                candidate.title,
                candidate.heading,
                worth(&surface_tf),
                worth(&pair_tf),
                self.lookup.gram_worth(&gram_tf, norm),
                best_sentence,
                best_local,
            ],
            candidate,
            sentences,
            found,
        }
    }

    /// How well a sentence answers: what all words are worth, what the words around the content are of that,
    /// and which token is the first of content.
    fn answering(&self, all: f32, function: f32, first: Option<usize>) -> f32 {
        if !self.one_subject {
            return all;
        }
        let begins = first.map_or(0.0, |place| SUBJECT_FIRST / (1.0 + place as f32));
        (all - FUNCTION_WORDS_LESS * function) * (1.0 + begins)
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

fn one_subject(groups: &[Group]) -> bool {
    let is_content = |group: &Group| group.role == Role::Content;
    let first = groups.iter().position(is_content);
    let rest = first
        .and_then(|first| groups.get(first..))
        .unwrap_or_default();
    let together = rest.iter().take_while(|group| is_content(group)).count();
    together > 0 && !rest.iter().skip(together).any(is_content)
}
