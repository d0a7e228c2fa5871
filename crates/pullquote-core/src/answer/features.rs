//! What speaks for a candidate passage, as named numbers.
//!
//! The first four come from the index ([`Candidate`]); the others are computed here from the tokens of
//! the best candidates, which needs no index of its own.

use super::tally::{Counts, SentenceScore, SentenceStats, raise};
use super::token_matcher::{NONE, Scratch, TokenMatcher};
use crate::article::{ArticleId, PassageId};
use crate::index::{
    Candidate, Index, QueryTerm, QueryVectors, SurfaceId, idf, length_norm, saturation, worth,
};
use crate::query::{Query, Role};
use crate::semantic::Vector;

/// The features of a passage, in the order of [`FEATURES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// BM25 of the passage's terms.
    Body,
    /// BM25 of the article's terms, the article taken as one text.
    Article,
    /// BM25 of the title, aliases and tags. What they tell counts for little in the features below.
    Title,
    /// BM25 of the heading, as far as it adds to the title.
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
    /// How near the nearest sentence is in meaning, times what the question's words are worth. This and the next two count
    /// for more where words account for little of the question.
    Meaning,
    /// How near the title or the heading is in meaning, times what the question's words are worth.
    Label,
    /// How near the best sentence, with title and heading, comes to each word of the question, times what that
    /// is worth (`BERTScore`'s recall, Zhang et al. 2020).
    Alignment,
    /// How near the nearest sentence is by a sentence model, times what the question's words are worth; 0 where no
    /// model helps.
    Likeness,
}

/// All features, in order.
pub const FEATURES: [Feature; 13] = [
    Feature::Body,
    Feature::Article,
    Feature::Title,
    Feature::Heading,
    Feature::Surface,
    Feature::Pair,
    Feature::Gram,
    Feature::Sentence,
    Feature::Local,
    Feature::Meaning,
    Feature::Label,
    Feature::Alignment,
    Feature::Likeness,
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
            Self::Meaning => "meaning",
            Self::Label => "label",
            Self::Alignment => "alignment",
            Self::Likeness => "likeness",
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
    /// Share of the question's worth that the words of one sentence, with title and heading, account for, at best.
    pub(super) covered: f32,
    /// Share of the question's worth that its heading says, together with the title; 0 where the heading says nothing of it
    /// that the title does not.
    pub(super) headed: f32,
    /// What the words of the question are worth together, each as far as the passage comes near it in meaning: what
    /// [`Feature::Alignment`] is before it counts for more.
    pub(super) aligned: f32,
    /// How near its nearest sentence is by a sentence model, where one helps.
    pub(super) likeness: Option<f32>,
    /// For each sentence of the passage, how well it answers: its [`Feature::Local`] score, by and large, and how
    /// near it comes to each word of the question.
    pub(super) sentences: Vec<f32>,
    /// For each sentence, which groups stand in it.
    pub(super) found: Vec<Vec<u8>>,
}

impl Features {
    /// Whether the heading holds something of what is asked about, and no sentence below it does.
    pub(super) fn heading_tells(&self) -> bool {
        self.candidate.heading > 0.0 && self.values[Feature::Sentence as usize] <= 0.0
    }
}

/// Where a question asks for a number, a sentence with one that is not the question's own counts so many times.
/// Of the right sentences, 0.2 to 0.6 points more were chosen on English sets.
const ASKED_NUMBER: f32 = 1.4;

/// Where a question names one subject and asks no more of it, the words around it choose the sentence for so
/// much less, and a sentence that begins with the subject counts for so much more: it is the one that says
/// what it is. No share of right sentences changed by more than 0.2 points on any set for it.
const FUNCTION_WORDS_LESS: f32 = 0.5;
/// See [`FUNCTION_WORDS_LESS`].
const SUBJECT_FIRST: f32 = 0.5;

/// A word that the title tells of the whole article counts so little where it stands in one passage: of "harbour pool
/// prices", the title tells which article is meant, and a passage that says "harbour pool" again is no nearer to the prices.
/// Not so where the title tells all that is asked about.
/// Of `tests/questions/ours/sections.jsonl`, 29 in 100 were answered from the right section when it counted whole and the
/// title half as much, 95 now.
const TITLE_TOLD: f32 = 0.1;

/// How much nearness in meaning to each word of the question counts in choosing the sentence of a passage: 2 to 3
/// points more right sentences on every English set; 1 and 3 did alike.
const ALIGNED: f32 = 2.0;

/// How much nearness by a sentence model counts in choosing the sentence of a passage: 2 was a point worse, 6 no
/// better.
const LIKE: f32 = 4.0;

/// What the groups are worth in one article.
#[derive(Default)]
struct Local {
    article: Option<ArticleId>,
    /// How rare each is among its sentences.
    idfs: Vec<f32>,
    /// Whether the title tells it.
    titled: Vec<bool>,
    /// How much each counts where it stands in a passage: 1, or [`TITLE_TOLD`].
    counts: Vec<f32>,
}

/// The question as the features need it.
pub(super) struct Reader<'a> {
    index: &'a Index,
    groups: &'a [QueryTerm],
    lookup: TokenMatcher<'a>,
    /// Of the article that was asked for last.
    local: Local,
    /// For each group, the content group that follows it in the question.
    next: Vec<u8>,
    /// Whether the content words of the question stand together: `what is juche`.
    one_subject: bool,
    meant: &'a QueryVectors,
    /// What the content words are worth together.
    worth: f32,
}

impl<'a> Reader<'a> {
    /// Prepares the tables for a question. `groups` must be at most 254.
    pub(super) fn new(
        index: &'a Index,
        query: &Query,
        groups: &'a [QueryTerm],
        meant: &'a QueryVectors,
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
            lookup: TokenMatcher::new(index, query, groups, meant, scratch),
            local: Local::default(),
            next,
            one_subject: one_subject(groups),
            meant,
            worth: worth(groups),
        }
    }

    /// The features of one passage.
    pub(super) fn read(&mut self, candidate: Candidate, article: ArticleId) -> Features {
        self.use_article(article);
        let (index, groups) = (self.index, self.groups);
        let passage = candidate.passage;
        let heading_adds = self.heading_adds(passage);
        let norm = index.norm(passage);
        let (says, above) = self.above(passage);
        let told_above = self.aligned(&above);
        let mut counts = Counts::new(groups.len());
        let mut held = SentenceStats::new(groups.len());
        let mut best = SentenceScore::default();
        let mut sentences: Vec<SentenceScore> = Vec::new();
        let mut found = Vec::new();
        for tokens in index.sentences(passage) {
            self.read_sentence(tokens, index.has_senses(passage), &mut held, &mut counts);
            let length = length_norm(tokens.len(), index.average_sentence());
            let mut weighed = self.weigh(&mut held, length);
            raise(&mut held.weight, &says);
            weighed.covered = self.together(&held.weight);
            raise(&mut held.nearest, &above);
            let aligned = self.aligned(&held.nearest);
            best.raise(&weighed, aligned);
            weighed.adds = aligned - told_above;
            sentences.push(weighed);
            found.push(std::mem::take(&mut held.groups));
        }
        // Where the heading alone matches, words such as `the` do not choose the sentence, nor does what is near in
        // meaning to a word that the heading tells already: the answer to a heading begins below it.
        let words_tell = best.content > 0.0;
        let like = index.likeness(passage, self.meant);
        let likeness = like.iter().copied().reduce(f32::max);
        let answers = |(at, sentence): (usize, &SentenceScore)| {
            let like = like.get(at).map_or(0.0, |like| LIKE * self.worth * like);
            let told = if words_tell {
                sentence.answers + ALIGNED * sentence.aligned
            } else {
                ALIGNED * sentence.adds
            };
            told + like
        };
        let direction = self.meant.direction.as_ref();
        let near = |nearness: &dyn Fn(&Vector) -> f32| direction.map_or(0.0, nearness);
        let each = &self.local.counts;
        let worth = |counts: &[u16]| -> f32 {
            let counted = groups.iter().zip(counts).zip(each);
            let values = counted
                .map(|((group, tf), counts)| counts * group.idf * saturation(f32::from(*tf), norm));
            values.sum()
        };
        Features {
            values: [
                candidate.body,
                candidate.article,
                candidate.title,
                candidate.heading * heading_adds,
                worth(&counts.surface),
                worth(&counts.pair),
                self.lookup.gram_worth(&counts.gram, norm, each),
                best.content,
                best.local,
                self.worth * near(&|direction| index.nearness(passage, direction)),
                self.worth * near(&|direction| index.label_nearness(passage, direction)),
                best.aligned,
                self.worth * likeness.unwrap_or(0.0),
            ],
            covered: best.covered / self.worth.max(f32::MIN_POSITIVE),
            headed: if heading_adds > 2.0 * TITLE_TOLD {
                self.together(&says) / self.worth.max(f32::MIN_POSITIVE)
            } else {
                0.0
            },
            aligned: best.aligned,
            likeness,
            sentences: sentences.iter().enumerate().map(answers).collect(),
            candidate,
            found,
        }
    }

    /// Notes what a sentence holds of the question, and counts what is counted over the passage.
    fn read_sentence(
        &mut self,
        tokens: &[SurfaceId],
        has_senses: bool,
        held: &mut SentenceStats,
        counts: &mut Counts,
    ) {
        held.clear();
        let mut before = NONE;
        for (place, &surface) in tokens.iter().enumerate() {
            let matched = self.lookup.look_up(surface);
            counts.add_grams(matched.grams);
            held.tells_number |= matched.is_asked_number;
            if has_senses {
                raise(&mut held.nearest, self.lookup.near(matched));
            }
            let Some(group) = self.groups.get(usize::from(matched.group)) else {
                if !matched.is_stop_word {
                    before = NONE;
                }
                continue;
            };
            held.add(matched);
            if group.role == Role::Content {
                let at = usize::from(matched.group);
                held.first.get_or_insert(place);
                if group.surface == Some(surface) {
                    counts.surface[at] += 1;
                }
                if before != NONE && self.next[usize::from(before)] == matched.group {
                    counts.pair[at] += 1;
                }
                before = matched.group;
            }
        }
    }

    /// What a sentence is worth by what it holds.
    fn weigh(&self, held: &mut SentenceStats, length: f32) -> SentenceScore {
        let mut weighed = SentenceScore::default();
        let mut function = 0.0;
        for &group in &held.groups {
            let at = usize::from(group);
            let weight = held.weight[at];
            let value = weight * saturation(f32::from(held.tf[at]), length);
            let counts = self.local.counts[at];
            let local = counts * self.local.idfs[at] * value;
            weighed.local += local;
            held.nearest[at] = held.nearest[at].max(weight);
            if self.groups[at].role == Role::Content {
                weighed.content += counts * self.groups[at].idf * value;
            } else {
                function += local;
            }
        }
        if held.tells_number {
            weighed.local *= ASKED_NUMBER;
        }
        weighed.answers = self.answers(weighed.local, function, held.first);
        weighed.aligned = self.aligned(&held.nearest);
        weighed
    }

    /// What the title and the heading above a passage say of each word of the question, and how near they come to it.
    fn above(&mut self, passage: PassageId) -> (Vec<f32>, Vec<f32>) {
        let mut says = vec![0.0; self.groups.len()];
        let mut near = vec![0.0; self.groups.len()];
        let has_senses = self.index.has_senses(passage);
        for surface in self.index.label_words(passage) {
            let matched = self.lookup.look_up(surface);
            if let Some(says) = says.get_mut(usize::from(matched.group)) {
                *says = matched.weight.max(*says);
            }
            if has_senses {
                raise(&mut near, self.lookup.near(matched));
            }
        }
        raise(&mut near, &says);
        (says, near)
    }

    /// Of what the heading above a passage says of the question, the share that the title does not tell already; 0 where it says
    /// nothing of it.
    fn heading_adds(&self, passage: PassageId) -> f32 {
        let in_heading =
            |group: &QueryTerm| group.any(|term| self.index.is_in_heading(passage, term));
        let (mut said, mut added) = (0.0, 0.0);
        for (group, titled) in self.groups.iter().zip(&self.local.titled) {
            if group.role == Role::Content && in_heading(group) {
                said += group.idf;
                added += if *titled { TITLE_TOLD } else { 1.0 } * group.idf;
            }
        }
        added / said.max(f32::MIN_POSITIVE)
    }

    /// What the words of the question are worth together, each as far as something comes near it; nothing where
    /// the question's meaning is not known.
    fn aligned(&self, nearest: &[f32]) -> f32 {
        match self.meant.direction {
            Some(_) => self.together(nearest),
            None => 0.0,
        }
    }

    /// What the words that say what is asked about are worth together, each so far.
    fn together(&self, shares: &[f32]) -> f32 {
        let groups = self.groups.iter().zip(shares);
        let content = groups.filter(|(group, _)| group.role == Role::Content);
        content.map(|(group, share)| group.idf * share).sum()
    }

    /// How well a sentence answers: what all words are worth, what the words around the content are of that,
    /// and which token is the first of content.
    fn answers(&self, all: f32, function: f32, first: Option<usize>) -> f32 {
        if !self.one_subject {
            return all;
        }
        let begins = first.map_or(0.0, |place| SUBJECT_FIRST / (1.0 + place as f32));
        (all - FUNCTION_WORDS_LESS * function) * (1.0 + begins)
    }

    /// Counts how rare each word is among the sentences of `article`.
    fn use_article(&mut self, article: ArticleId) {
        if self.local.article == Some(article) {
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
        let is_titled = |group: &QueryTerm| group.any(|term| self.index.is_in_title(article, term));
        let titled: Vec<bool> = self.groups.iter().map(is_titled).collect();
        let mut asked = self.groups.iter().zip(&titled);
        let asks_more = asked.any(|(group, titled)| group.role == Role::Content && !titled);
        let counts = |titled: &bool| {
            if *titled && asks_more {
                TITLE_TOLD
            } else {
                1.0
            }
        };
        self.local = Local {
            article: Some(article),
            idfs,
            counts: titled.iter().map(counts).collect(),
            titled,
        };
    }
}

fn one_subject(groups: &[QueryTerm]) -> bool {
    let is_content = |group: &QueryTerm| group.role == Role::Content;
    let first = groups.iter().position(is_content);
    let rest = first
        .and_then(|first| groups.get(first..))
        .unwrap_or_default();
    let together = rest.iter().take_while(|group| is_content(group)).count();
    together > 0 && !rest.iter().skip(together).any(is_content)
}
