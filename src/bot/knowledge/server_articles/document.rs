//! What a reader made of a file, as it is kept beside the file: reading it again may take long.

use super::ServerArticles;
use crate::bot::error::error_chain;
use crate::bot::workers::Workers;
use pullquote_core::article::{Article, ParsedDocument};
use pullquote_library::EngineHandle;
use pullquote_store::StoredArticle;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tracing::warn;

/// What a reader made of a file, as it is kept. Another version of the program reads the file again.
#[derive(Debug, Serialize, Deserialize)]
struct KeptDocument<D> {
    version: String,
    document: D,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A document as it is kept.
pub(crate) fn packed_document(document: &ParsedDocument) -> Vec<u8> {
    let kept = KeptDocument {
        version: VERSION.to_owned(),
        document,
    };
    serde_json::to_vec(&kept).unwrap_or_default()
}

/// The document of a file. `None` if it has none, or one of another version.
fn document(stored: &StoredArticle) -> Option<ParsedDocument> {
    let kept = stored.document.as_deref()?;
    let kept: KeptDocument<ParsedDocument> = serde_json::from_slice(kept).ok()?;
    (kept.version == VERSION).then_some(kept.document)
}

/// The article in a file that is kept with its document; see [`ServerArticles::with_documents`].
pub(crate) fn unpacked_article(stored: &StoredArticle) -> Option<Article> {
    let mut document = document(stored)?;
    if document.meta.source.is_none() {
        document.meta.source.clone_from(&stored.link);
    }
    Article::new(&stored.path, document)
}

/// Reads a file for its document. Returns whether it is an article.
fn read(stored: &mut StoredArticle, handle: &EngineHandle) -> bool {
    let Ok(read) = handle.reader().read(&stored.path, &stored.content) else {
        return false;
    };
    stored.document = Some(packed_document(&handle.limits().bounded(read)));
    unpacked_article(stored).is_some()
}

impl ServerArticles {
    /// Files with their documents. Those without one of this version are read, and the documents kept. `None` if that panicked.
    pub(crate) async fn with_documents(
        &self,
        stored: Vec<StoredArticle>,
        workers: &Workers,
    ) -> Option<Vec<StoredArticle>> {
        let look = move || {
            let old = (0..stored.len()).filter(|at| document(&stored[*at]).is_none());
            (old.collect::<Vec<usize>>(), stored)
        };
        let (old, mut stored) = workers.run(look).await?;
        if old.is_empty() {
            return Some(stored);
        }
        let handle = Arc::clone(&self.handle);
        let read = move || {
            let mut articles = Vec::new();
            for at in old {
                if read(&mut stored[at], &handle) {
                    articles.push(stored[at].clone());
                }
            }
            (stored, articles)
        };
        let (stored, articles) = workers.read(read).await?;
        let store = Arc::clone(&self.store);
        tokio::spawn(async move {
            for article in articles {
                if let Err(error) = store.keep_document(&article).await {
                    let error = error_chain(&error);
                    return warn!("articles of servers must be read again: {error}");
                }
            }
        });
        Some(stored)
    }
}
