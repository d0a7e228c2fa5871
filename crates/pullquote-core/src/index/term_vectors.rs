//! Where the words, sentences and labels of English articles point in the space of meaning.

use super::lists::Lists;
use super::{Index, QueryTerm, SurfaceId, idf};
use crate::article::{ArticleId, Corpus, PassageId};
use crate::query::{Query, Role};
use crate::semantic::{Row, Sum, Table, Vector, mean};
use crate::text::Language;

/// The directions of everything in an index. Empty where no article is English: the table is.
#[derive(Debug, Clone, Default)]
pub(super) struct TermVectors {
    /// For each surface form the rows of the table that it is put together from.
    words: Lists<Row>,
    /// For each surface form, [`Table::reach`] of those.
    reach: Vec<f32>,
    /// For each sentence.
    sentences: Vec<Option<Vector>>,
    /// For each title and heading.
    labels: Vec<Option<Vector>>,
    /// For each article, whether it is in English.
    english: Vec<bool>,
}

/// What a question means.
#[derive(Debug, Clone, Default)]
pub struct QueryVectors {
    /// For each of its groups that says what is asked about, where its word points.
    pub words: Vec<Option<Vector>>,
    /// Where it points as a whole.
    pub direction: Option<Vector>,
    /// How near each sentence of the index is to it by a sentence model, where one helps.
    pub likeness: Option<Vec<f32>>,
}

impl TermVectors {
    /// The directions in `index`, which has none yet.
    pub(super) fn build(index: &Index, corpus: &Corpus) -> Self {
        let english: Vec<bool> = corpus
            .articles()
            .iter()
            .map(|article| article.written_in() == Language::ENGLISH)
            .collect();
        if !english.contains(&true) {
            return Self::default();
        }
        let mut senses = Self {
            english,
            ..Self::default()
        };
        let table = Table::builtin();
        let (surfaces, _) = index.dictionary_size();
        for surface in (0..surfaces as u32).map(SurfaceId) {
            if !index.is_stop_word(surface) {
                let rows = table.rows(index.spelling(surface));
                for row in rows {
                    senses.words.push(row);
                }
            }
            senses.words.end_row();
            senses.reach.push(table.reach(senses.words.row(surface.0)));
        }
        for passage in (0..index.passage_count() as u32).map(PassageId) {
            let english = senses.is_english(index.article_of(passage));
            for tokens in index.sentences(passage) {
                let direction = english.then(|| senses.direction(index, tokens));
                senses.sentences.push(direction.flatten());
            }
        }
        for label in 0..index.labels.len() as u32 {
            let english = senses.is_english(index.article_of_label(label));
            let direction = english.then(|| senses.direction(index, index.labels.words(label)));
            senses.labels.push(direction.flatten());
        }
        senses.words.shrink();
        senses.reach.shrink_to_fit();
        senses.sentences.shrink_to_fit();
        senses.labels.shrink_to_fit();
        senses
    }

    /// What the table knows of a surface form: its rows and their reach; nothing of one that it does not know.
    fn word(&self, surface: SurfaceId) -> Option<(&[Row], f32)> {
        let reach = self.reach.get(surface.0 as usize).copied();
        let known = reach.filter(|reach| *reach > 0.0);
        known.map(|reach| (self.words.row(surface.0), reach))
    }

    /// The mean of words, the rarer ones counting more (Arora et al. 2017, with the frequencies at hand).
    fn direction(&self, index: &Index, tokens: &[SurfaceId]) -> Option<Vector> {
        let table = Table::builtin();
        let mut sum = Sum::default();
        for &surface in tokens {
            if let Some((rows, reach)) = self.word(surface) {
                let holding = index.passages_with(index.term_of(surface));
                let weight = table.weight(rows).sqrt() * idf(holding, index.passage_count());
                table.add(rows, weight * reach, &mut sum);
            }
        }
        sum.direction()
    }

    fn is_english(&self, article: ArticleId) -> bool {
        self.english
            .get(article.0 as usize)
            .is_some_and(|english| *english)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.words.heap_bytes()
            + self.reach.capacity() * size_of::<f32>()
            + (self.sentences.capacity() + self.labels.capacity()) * size_of::<Option<Vector>>()
            + self.english.capacity()
    }
}

impl Index {
    /// What a question means; nothing for one that is not in English.
    pub fn meant(&self, query: &Query, groups: &[QueryTerm]) -> QueryVectors {
        if query.language != Language::ENGLISH || self.senses.english.is_empty() {
            return QueryVectors::default();
        }
        let table = Table::builtin();
        let sense = |group: &QueryTerm| {
            let known = group.surface.and_then(|surface| self.senses.word(surface));
            if let Some((rows, _)) = known {
                return table.sum(rows);
            }
            let spelling = match group.surface {
                Some(surface) => self.spelling(surface),
                None => &query.words[group.word].folded,
            };
            let rows = table.rows(spelling);
            // Of what is no word at all, its letters would tell something that was not meant.
            let is_word =
                group.surface.is_some() || rows.len() == 1 || query.language.is_real_word(spelling);
            is_word.then(|| table.sum(&rows)).flatten()
        };
        let is_said = |group: &&QueryTerm| group.role == Role::Content;
        let meanings: Vec<_> = groups
            .iter()
            .map(|group| Some(group).filter(is_said).and_then(sense))
            .collect();
        let told = groups.iter().zip(&meanings).filter_map(|(group, meaning)| {
            let meaning = meaning.as_ref()?;
            Some((&meaning.vector, meaning.weight.sqrt() * group.idf))
        });
        QueryVectors {
            direction: mean(told),
            likeness: None,
            words: meanings
                .into_iter()
                .map(|meaning| meaning.map(|meaning| meaning.vector))
                .collect(),
        }
    }

    /// How near a surface form is to each word of a question, from 0 to 1; `false` if nothing is known of it.
    pub fn near(&self, surface: SurfaceId, meant: &QueryVectors, each: impl FnMut(f32)) -> bool {
        let known = self.senses.word(surface);
        let Some((rows, reach)) = known.filter(|_| !meant.words.is_empty()) else {
            return false;
        };
        Table::builtin().near(rows, reach, &meant.words, each);
        true
    }

    /// Whether meaning is known of the sentences of a passage.
    pub fn has_senses(&self, passage: PassageId) -> bool {
        self.senses.is_english(self.article_of(passage))
    }

    /// How near the nearest sentence of a passage is to a direction, from 0 to 1.
    pub fn nearness(&self, passage: PassageId, direction: &Vector) -> f32 {
        let rows = self.sentence_rows(passage);
        let sentences = self
            .senses
            .sentences
            .get(rows.start as usize..rows.end as usize);
        nearest(sentences.unwrap_or_default().iter().flatten(), direction)
    }

    /// How near the title or the heading above a passage is to a direction, from 0 to 1.
    pub fn label_nearness(&self, passage: PassageId, direction: &Vector) -> f32 {
        let labels = self.labels_of(passage);
        let directions =
            labels.filter_map(|label| self.senses.labels.get(label as usize)?.as_ref());
        nearest(directions, direction)
    }

    /// The words of the title and of the heading above a passage.
    pub fn label_words(&self, passage: PassageId) -> impl Iterator<Item = SurfaceId> {
        let labels = self.labels_of(passage);
        labels.flat_map(|label| self.labels.words(label)).copied()
    }

    /// The article that a title or heading is of.
    fn article_of_label(&self, label: u32) -> ArticleId {
        // Label `i` is the title of article `i`; headings follow, each above a passage.
        match self.article_norms.len() as u32 {
            titles if label < titles => ArticleId(label),
            _ => self.article_of(PassageId(self.labels.passages(label).start)),
        }
    }

    fn labels_of(&self, passage: PassageId) -> impl Iterator<Item = u32> {
        let title = self.article_of(passage).0;
        self.labels.heading_of(passage.0).into_iter().chain([title])
    }

    /// How near each sentence of a passage is to a question by a sentence model; empty where none helps.
    pub fn likeness<'a>(&self, passage: PassageId, meant: &'a QueryVectors) -> &'a [f32] {
        let rows = self.sentence_rows(passage);
        let likeness = meant.likeness.as_deref().unwrap_or_default();
        likeness
            .get(rows.start as usize..rows.end as usize)
            .unwrap_or_default()
    }

    /// The passages that `may` be and that are nearest by `near`, nearest first; not those that are not near at all.
    pub(super) fn nearest_passages(
        &self,
        limit: usize,
        may: impl Fn(u32) -> bool,
        near: impl Fn(PassageId) -> f32,
    ) -> Vec<u32> {
        let mut near: Vec<(f32, u32)> = (0..self.passage_count() as u32)
            .filter(|&passage| may(passage))
            .map(|passage| (near(PassageId(passage)), passage))
            .filter(|(near, _)| *near > 0.0)
            .collect();
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if near.len() > limit && limit > 0 {
            near.select_nth_unstable_by(limit - 1, order);
            near.truncate(limit);
        }
        near.sort_unstable_by(order);
        near.into_iter().map(|(_, passage)| passage).collect()
    }
}

fn nearest<'a>(directions: impl Iterator<Item = &'a Vector>, to: &Vector) -> f32 {
    directions
        .map(|direction| direction.similarity(to))
        .fold(0.0, f32::max)
}
