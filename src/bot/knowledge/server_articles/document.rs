//! What a reader made of a file, as it is kept.

use pullquote_core::article::{Article, ParsedDocument};
use pullquote_library::EngineHandle;
use pullquote_store::StoredArticle;
use serde::{Deserialize, Serialize};

/// What a reader made of a file, as it is kept beside the file. Another version of the program reads the file again.
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

/// The article in a file that is kept.
pub(crate) fn unpacked_article(stored: &StoredArticle, handle: &EngineHandle) -> Option<Article> {
    let kept = stored.document.as_deref();
    let kept = kept.and_then(|kept| serde_json::from_slice::<KeptDocument<_>>(kept).ok());
    let document = kept.filter(|kept| kept.version == VERSION);
    let mut document: ParsedDocument = if let Some(kept) = document {
        kept.document
    } else {
        let read = handle.reader().read(&stored.path, &stored.content);
        handle.limits().bounded(read.ok()?)
    };
    if document.meta.source.is_none() {
        document.meta.source.clone_from(&stored.link);
    }
    Article::new(&stored.path, document)
}
