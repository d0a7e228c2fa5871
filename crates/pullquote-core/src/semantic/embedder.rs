//! What embeds texts.

use std::fmt;

/// A sentence model.
///
/// An engine is given the embeddings of its sentences and passages, and asks the model for that of each question:
///
/// ```
/// use pullquote_core::engine::Engine;
/// use pullquote_core::semantic::{DenseIndex, Embedder, Embedding, Embeddings, Languages};
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
/// let mut embeddings = Embeddings::new(26, 2);
/// for (_language, text) in engine.embedding_inputs() {
///     embeddings.push(Letters.embed(&text).map(|vector| Embedding::new(&vector)).as_ref());
/// }
/// // A sentence, and the passage that consists of it.
/// assert_eq!(embeddings.len(), 2);
/// let languages = Languages::of(&Letters, &[Language::ENGLISH]);
/// // Letters say nothing about meaning: this model finds no paraphrases, so no question is put to it.
/// assert!(!languages.contains(Language::ENGLISH));
/// let engine = engine.with_model(DenseIndex::new(Arc::new(Letters), languages, embeddings));
/// let dense_index = engine.dense_index().unwrap();
/// assert_eq!(dense_index.similarities("When does the ferry leave?", Language::ENGLISH), None);
/// ```
pub trait Embedder: fmt::Debug + Send + Sync {
    /// The embedding of `text` as a unit vector; `None` if the model fails.
    fn embed(&self, text: &str) -> Option<Vec<f32>>;
}
