//! What embeds texts.

use std::fmt;

/// A sentence model.
///
/// An engine is given the embeddings of its passages, and asks the model for that of each question:
///
/// ```
/// use pullquote_core::engine::Engine;
/// use pullquote_core::semantic::{DenseIndex, Embedder, Embedding, Embeddings, Languages, PassageEmbedding, PassageEmbeddings};
/// use pullquote_core::text::Language;
/// use std::sync::Arc;
/// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
/// # let article = |name: &str, text: &str| {
/// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
/// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
/// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
/// #     Article::new(name, document).expect("the document has a paragraph")
/// # };
///
/// /// Counts letters.
/// #[derive(Debug)]
/// struct Letters;
///
/// impl Embedder for Letters {
///     fn embed(&self, text: &str) -> Option<Vec<f32>> {
///         let count = |letter: u8| text.bytes().filter(|byte| *byte == letter).count() as f32;
///         let counts: Vec<f32> = (b'a'..=b'z').map(count).collect();
///         let length = counts.iter().map(|count| count * count).sum::<f32>().sqrt();
///         (length > 0.0).then(|| counts.iter().map(|count| count / length).collect())
///     }
/// }
///
/// let engine = Engine::build(vec![article("ferry.md", "The ferry leaves at noon.")]);
/// let embed = |text: &str| Letters.embed(text).map(|vector| Embedding::new(&vector));
/// let mut embeddings = PassageEmbeddings::new(26, 0);
/// for (_language, passage) in engine.embedding_inputs() {
///     let whole = embed(passage.text).expect("letters");
///     let mut sentences = Embeddings::new(26, 1);
///     sentences.push(Some(&whole));
///     // This model divides neither labels nor sentences.
///     let (parts, counts) = (Embeddings::default(), vec![0, 0]);
///     embeddings.push(Some(&PassageEmbedding { whole, sentences, parts, counts }));
/// }
/// assert_eq!(embeddings.len(), 1);
/// let languages = Languages::of(&Letters, &[Language::ENGLISH]);
/// // Letters say nothing about meaning: this model finds no paraphrases, so no question is put to it.
/// assert!(!languages.contains(Language::ENGLISH));
/// let engine = engine.with_model(DenseIndex::new(Arc::new(Letters), languages, embeddings));
/// assert!(!engine.dense_index().unwrap().knows(Language::ENGLISH));
/// ```
pub trait Embedder: fmt::Debug + Send + Sync {
    /// The embedding of `text` as a unit vector; `None` if the model fails.
    fn embed(&self, text: &str) -> Option<Vec<f32>>;

    /// Whether questions and the texts that answer them are embedded alike.
    fn embeds_alike(&self) -> bool {
        true
    }

    /// The embedding of a text that may answer a question; `None` if the model fails.
    fn embed_answer(&self, text: &str) -> Option<Vec<f32>> {
        self.embed(text)
    }

    /// The embedding of a question, and those of its parts; `None` if the model fails.
    fn embed_question(&self, question: &str) -> Option<QuestionEmbedding> {
        Some(QuestionEmbedding {
            whole: self.embed(question)?,
            parts: Vec::new(),
        })
    }
}

/// What a model makes of a question. All vectors have length 1.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionEmbedding {
    /// The embedding of all of it.
    pub whole: Vec<f32>,
    /// Those of its parts, to be compared with the parts of passages; empty if the model does not divide texts.
    pub parts: Vec<Vec<f32>>,
}
