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

/// The article in a file by its document. `None` if it has none, or one of another version.
pub(super) fn unpacked_article(stored: &StoredArticle) -> Option<Article> {
    let kept: KeptDocument<ParsedDocument> =
        serde_json::from_slice(stored.document.as_deref()?).ok()?;
    let mut document = Some(kept).filter(|kept| kept.version == VERSION)?.document;
    if document.meta.source.is_none() {
        document.meta.source.clone_from(&stored.link);
    }
    Article::new(&stored.path, document)
}
/// Reads a file for its document, and returns its article.
fn read(stored: &mut StoredArticle, handle: &EngineHandle) -> Option<Article> {
    let read = handle.reader().read(&stored.path, &stored.content).ok()?;
    stored.document = Some(packed_document(&handle.limits().bounded(read)));
    unpacked_article(stored)
}

impl ServerArticles {
    /// Files with their articles; those that have none are left out. A file without a document of this version is read, and the
    /// document kept. `None` if that panicked.
    pub(crate) async fn unpacked(
        &self,
        stored: Vec<StoredArticle>,
        workers: &Workers,
    ) -> Option<Vec<(StoredArticle, Article)>> {
        let unpack = move || {
            let files = stored.into_iter();
            files
                .map(|it| (unpacked_article(&it), it))
                .collect::<Vec<_>>()
        };
        let mut files = workers.run(unpack).await?;
        if files.iter().any(|(article, _)| article.is_none()) {
            let handle = Arc::clone(&self.handle);
            let read = move || {
                let mut kept = Vec::new();
                for (article, stored) in files.iter_mut().filter(|(article, _)| article.is_none()) {
                    *article = read(stored, &handle);
                    kept.extend(article.is_some().then(|| stored.clone()));
                }
                (files, kept)
            };
            let (read, kept) = workers.read(read).await?;
            self.keep_documents(kept);
            files = read;
        }
        let files = files.into_iter();
        Some(
            files
                .filter_map(|(article, stored)| Some((stored, article?)))
                .collect(),
        )
    }

    /// Keeps the documents of files. Nobody waits for it.
    fn keep_documents(&self, files: Vec<StoredArticle>) {
        let store = Arc::clone(&self.store);
        tokio::spawn(async move {
            for file in files {
                if let Err(error) = store.keep_document(&file).await {
                    let error = error_chain(&error);
                    return warn!("articles of servers must be read again: {error}");
                }
            }
        });
    }
}
