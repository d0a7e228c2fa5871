//! Embeds questions for all engines, and remembers the last ones.

use crate::sentence_model::SentenceModel;
use moka::sync::Cache;
use pullquote_core::semantic::{Embedder, QuestionEmbedding};
use std::sync::Arc;

/// Memory for questions, in bytes. About a thousand questions of ten words need it.
const MEMORY: u64 = 4 << 20;

/// A model that remembers questions: members ask the same thing, and buttons ask again.
#[derive(Debug)]
pub(crate) struct Questions {
    model: Arc<dyn SentenceModel>,
    remembered: Cache<String, QuestionEmbedding>,
}

impl Questions {
    pub(crate) fn new(model: Arc<dyn SentenceModel>) -> Self {
        Self {
            model,
            remembered: Cache::builder()
                .weigher(weight)
                .max_capacity(MEMORY)
                .build(),
        }
    }
}

/// How many bytes a question takes, with its embedding.
#[expect(clippy::ptr_arg, reason = "the cache gives its keys like this")]
fn weight(question: &String, embedding: &QuestionEmbedding) -> u32 {
    let vectors = [&embedding.whole].into_iter().chain(&embedding.parts);
    let vectors: usize = vectors
        .map(|it| size_of_val(it) + size_of_val(&it[..]))
        .sum();
    (question.len() + vectors) as u32
}

impl Embedder for Questions {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        self.model.embed(text)
    }

    fn embed_question(&self, question: &str) -> Option<QuestionEmbedding> {
        if let Some(embedding) = self.remembered.get(question) {
            return Some(embedding);
        }
        let embedding = self.model.embed_question(question)?;
        self.remembered
            .insert(question.to_owned(), embedding.clone());
        Some(embedding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::semantic::{PassageEmbedding, PassageText};
    use std::sync::atomic::{AtomicUsize, Ordering};

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
}
