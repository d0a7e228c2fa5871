//! What is counted while a passage is read: over all of its tokens, and sentence by sentence.

use super::token_matcher::{MAX_GRAMS, TokenMatch};

/// What is counted over the tokens of a passage: by group, and by gram.
pub(super) struct Counts {
    pub(super) surface: Vec<u16>,
    pub(super) pair: Vec<u16>,
    pub(super) gram: [u16; MAX_GRAMS],
}

impl Counts {
    pub(super) fn new(groups: usize) -> Self {
        Self {
            surface: vec![0; groups],
            pair: vec![0; groups],
            gram: [0; MAX_GRAMS],
        }
    }

    pub(super) fn add_grams(&mut self, mut grams: u128) {
        while grams != 0 {
            self.gram[grams.trailing_zeros() as usize] += 1;
            grams &= grams - 1;
        }
    }
}

/// What one sentence holds of the question.
pub(super) struct SentenceStats {
    /// By group: how often its words stand here, and how much the best of them counts for it.
    pub(super) tf: Vec<u8>,
    pub(super) weight: Vec<f32>,
    /// By group: how near a word comes to it in meaning.
    pub(super) nearest: Vec<f32>,
    /// The groups with a word here.
    pub(super) groups: Vec<u8>,
    /// Which token is the first of content.
    pub(super) first: Option<usize>,
    /// Whether there is a number that the question asks for.
    pub(super) tells_number: bool,
}

impl SentenceStats {
    pub(super) fn new(groups: usize) -> Self {
        Self {
            tf: vec![0; groups],
            weight: vec![0.0; groups],
            nearest: vec![0.0; groups],
            groups: Vec::new(),
            first: None,
            tells_number: false,
        }
    }

    pub(super) fn clear(&mut self) {
        self.tf.fill(0);
        self.weight.fill(0.0);
        self.nearest.fill(0.0);
        self.groups.clear();
        self.first = None;
        self.tells_number = false;
    }

    pub(super) fn add(&mut self, matched: TokenMatch) {
        let at = usize::from(matched.group);
        if self.tf[at] == 0 {
            self.groups.push(matched.group);
        }
        self.tf[at] = self.tf[at].saturating_add(1);
        self.weight[at] = self.weight[at].max(matched.weight);
    }
}

/// What a sentence is worth; or the best of several, each part by itself.
#[derive(Default)]
pub(super) struct SentenceScore {
    /// BM25 of the content words.
    pub(super) content: f32,
    /// BM25 of all words among the sentences of the article.
    pub(super) local: f32,
    /// What the content words that it holds are worth.
    pub(super) covered: f32,
    /// `local`, in choosing the sentence of a passage.
    pub(super) answers: f32,
    /// What the content words are worth, each as far as a word here comes near it in meaning.
    pub(super) aligned: f32,
    /// How much nearer it comes than title and heading do by themselves.
    pub(super) adds: f32,
}

impl SentenceScore {
    /// Raises the best to `other`, which comes as near to the question as `aligned` together with its labels.
    pub(super) fn raise(&mut self, other: &Self, aligned: f32) {
        self.content = self.content.max(other.content);
        self.local = self.local.max(other.local);
        self.covered = self.covered.max(other.covered);
        self.aligned = self.aligned.max(aligned);
    }
}

/// Makes each value at least the other.
pub(super) fn raise(values: &mut [f32], others: &[f32]) {
    for (value, other) in values.iter_mut().zip(others) {
        *value = value.max(*other);
    }
}
