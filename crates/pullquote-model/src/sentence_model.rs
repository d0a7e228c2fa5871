//! What every sentence model does.

use pullquote_core::semantic::{Embedder, Embedding, Embeddings, PassageEmbedding, PassageText};
use pullquote_minilm::{DIMENSIONS, MiniLm, PART_DIMENSIONS};

/// A sentence model: embeds questions as an [`Embedder`], and passages of the articles.
pub(crate) trait SentenceModel: Embedder {
    /// Length of the embeddings.
    fn dimensions(&self) -> usize;

    /// Length of the embeddings of parts; 0 if it does not divide texts.
    fn part_dimensions(&self) -> usize;

    /// The embedding of a passage of an article; `None` if the model fails.
    fn embed_passage(&self, passage: &PassageText<'_>) -> Option<PassageEmbedding>;
}

/// The parts of a passage are its tokens.
impl SentenceModel for MiniLm {
    fn dimensions(&self) -> usize {
        DIMENSIONS
    }

    fn part_dimensions(&self) -> usize {
        PART_DIMENSIONS
    }

    fn embed_passage(&self, passage: &PassageText<'_>) -> Option<PassageEmbedding> {
        let texts = passage.sentences.iter();
        let texts: Vec<&str> = texts.map(|it| it.of(passage.text)).collect();
        let encoding = self.encode_passage(&passage.labels(), &texts);
        let counts = encoding.parts.iter().map(|tokens| tokens.len() as u32);
        let mut parts = Embeddings::new(PART_DIMENSIONS, 0);
        for token in encoding.parts.iter().flatten() {
            parts.push(Some(&Embedding::new(token)));
        }
        let mut sentences = Embeddings::new(DIMENSIONS, texts.len());
        // The first one is that of the labels.
        for mean in encoding.means.iter().skip(1) {
            sentences.push(Some(&Embedding::new(mean)));
        }
        Some(PassageEmbedding {
            sentences,
            whole: Embedding::new(&encoding.whole),
            counts: counts.collect(),
            parts,
        })
    }
}
