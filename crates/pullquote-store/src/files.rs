//! Files that become articles, and how they are kept: in the table `source`, whose name is older than the sources that are looked at
//! again (`article_source`, in `sources.rs`).

use crate::packed;
use std::io;

/// A file of a draft, or of a source. It replaces the server's article of the same path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftArticle<'a> {
    /// Name and format, like that of a file: `rules.md`.
    pub path: &'a str,
    /// The content of the file.
    pub content: &'a [u8],
    /// What a reader made of it.
    pub document: &'a [u8],
    /// Where it comes from.
    pub link: Option<&'a str>,
}

pub(crate) const KEEP_FILE: &str =
    "insert into source (hash, content, size, document) values ($1, $2, $3, $4)
    on conflict (hash) do update set document = excluded.document";

/// A file as it is kept.
pub(crate) struct Packed {
    pub(crate) hash: Vec<u8>,
    pub(crate) content: Vec<u8>,
    pub(crate) size: i64,
    pub(crate) document: Vec<u8>,
}

impl Packed {
    pub(crate) fn new(article: &DraftArticle<'_>) -> io::Result<Self> {
        Ok(Self {
            hash: packed::hash(article.path, article.content),
            content: packed::pack(article.content)?,
            size: i64::try_from(article.content.len()).map_err(io::Error::other)?,
            document: packed::pack(article.document)?,
        })
    }
}
