//! Embeds questions for all engines: remembers the last ones, and embeds only so many at once.

use crate::sentence_model::SentenceModel;
use moka::sync::Cache;
use pullquote_core::semantic::{Embedder, QuestionEmbedding};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Questions that are remembered, with about three kilobytes each: members ask the same thing, and buttons ask again.
const REMEMBERED: u64 = 500;

/// Questions that are embedded at once. Further ones are answered without the model. At ten milliseconds each, the last of them
/// waits a sixth of a second.
const MAX_CONCURRENT: usize = 16;

/// A model that remembers questions.
#[derive(Debug)]
pub(crate) struct Questions {
    model: Arc<dyn SentenceModel>,
    remembered: Cache<String, QuestionEmbedding>,
    running: AtomicUsize,
}

impl Questions {
    pub(crate) fn new(model: Arc<dyn SentenceModel>) -> Self {
        Self {
            model,
            remembered: Cache::new(REMEMBERED),
            running: AtomicUsize::new(0),
        }
    }
}

impl Embedder for Questions {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        self.model.embed(text)
    }

    /// `None` also if too many questions are being embedded.
    fn embed_question(&self, question: &str) -> Option<QuestionEmbedding> {
        if let Some(embedding) = self.remembered.get(question) {
            return Some(embedding);
        }
        let permit = Permit::acquire(&self.running)?;
        let embedding = self.model.embed_question(question);
        drop(permit);
        let embedding = embedding?;
        self.remembered
            .insert(question.to_owned(), embedding.clone());
        Some(embedding)
    }
}

/// Permission to run the model; released when dropped, also by a panic.
struct Permit<'a>(&'a AtomicUsize);

impl<'a> Permit<'a> {
    fn acquire(running: &'a AtomicUsize) -> Option<Self> {
        let before = running.fetch_add(1, Ordering::Relaxed);
        Some(Self(running)).filter(|_| before < MAX_CONCURRENT)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::semantic::{PassageEmbedding, PassageText};

    /// Counts the texts that it embeds.
    #[derive(Debug, Default)]
    struct Counting(AtomicUsize);

    impl Embedder for Counting {
        fn embed(&self, text: &str) -> Option<Vec<f32>> {
            let embedded = self.0.fetch_add(1, Ordering::Relaxed);
            (!text.is_empty()).then(|| vec![embedded as f32])
        }
    }

    impl SentenceModel for Counting {
        fn dimensions(&self) -> usize {
            1
        }

        fn part_dimensions(&self) -> usize {
            0
        }

        fn embed_passage(&self, _passage: &PassageText<'_>) -> Option<PassageEmbedding> {
            None
        }
    }

    #[test]
    fn a_question_is_embedded_once() {
        let questions = Questions::new(Arc::new(Counting::default()));
        let whole = |question| Some(questions.embed_question(question)?.whole);
        assert_eq!(whole("Who?"), Some(vec![0.0]));
        assert_eq!(whole("When?"), Some(vec![1.0]));
        assert_eq!(whole("Who?"), Some(vec![0.0]));
        // A failure is not remembered.
        assert_eq!([whole(""), whole("")], [None, None]);
        assert_eq!(whole("Where?"), Some(vec![4.0]));
    }

    #[test]
    fn when_too_many_are_embedded_only_known_questions_are_answered() {
        let questions = Questions::new(Arc::new(Counting::default()));
        let ask = |question| questions.embed_question(question);
        assert!(ask("Who?").is_some());
        let acquire = |_| Permit::acquire(&questions.running).unwrap();
        let permits: Vec<_> = (0..MAX_CONCURRENT).map(acquire).collect();
        assert!(ask("Who?").is_some() && ask("When?").is_none());
        drop(permits);
        assert!(ask("When?").is_some());
    }
}
