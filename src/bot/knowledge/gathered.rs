//! The files of an addition: what was written, uploaded, unpacked or fetched.

use crate::bot::bot::Bot;
use crate::bot::error::error_chain;
use crate::bot::knowledge::teaching::{address, key, unavailable};
use crate::fetch::FetchError;
use crate::sources::kind_of;
use pullquote_cards::{
    Addition, ArticleDraft, ArticleKey, FileProblem, MAX_ARTICLE_BYTES, MAX_SERVER_BYTES,
    TeachingError, UploadedFile, upload_path,
};
use pullquote_library::{LeftOut, Unpacked, is_archive, unpack};
use pullquote_sources::{Kind, Source, free_path};
use std::collections::HashSet;
use tracing::info;

/// The files of an addition.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) files: Vec<GatheredFile>,
    /// The article that was edited.
    pub(crate) edited: Option<ArticleKey>,
    /// The source that was recognized instead of files.
    pub(crate) source: Option<Source>,
    /// Names of other files, each with the reason.
    pub(crate) left_out: Vec<(String, FileProblem)>,
    /// Paths of the files, in lower case.
    taken: HashSet<String>,
}

/// A file to read.
#[derive(Debug)]
pub(crate) struct GatheredFile {
    /// Name and format of the article.
    pub(crate) path: String,
    /// What the member calls it.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Where it comes from.
    pub(crate) link: Option<String>,
}

impl Bot {
    pub(crate) async fn gather(
        &self,
        addition: &Addition,
        server: u64,
    ) -> Result<Gathered, TeachingError> {
        match addition {
            Addition::Written(draft) => self.written(draft, server).await,
            Addition::Files(files) => Ok(self.uploaded(files).await),
            Addition::Page(address) => Ok(self.page(address).await),
            Addition::Forum { forum, role } => {
                self.check_forum(server, *forum).await?;
                let mut source = Source::new("", Kind::Forum, &forum.to_string());
                source.role = *role;
                Ok(Gathered {
                    source: Some(source),
                    ..Gathered::default()
                })
            }
        }
    }

    /// One that was edited keeps its link.
    async fn written(&self, draft: &ArticleDraft, server: u64) -> Result<Gathered, TeachingError> {
        let mut link = draft.origin.map(|origin| address(server, origin));
        if draft.edited.is_some() {
            let listed = self.articles.list(server).await.map_err(unavailable)?;
            let edited = listed.into_iter().find(|it| draft.edited == Some(key(it)));
            link = link.or_else(|| edited?.link);
        }
        let file = GatheredFile {
            path: draft.path.clone(),
            name: draft.path.clone(),
            bytes: draft.content.clone().into_bytes(),
            link,
        };
        Ok(Gathered {
            files: vec![file],
            edited: draft.edited,
            ..Gathered::default()
        })
    }

    async fn uploaded(&self, files: &[UploadedFile]) -> Gathered {
        let mut gathered = Gathered::default();
        for file in files {
            let has_extension = file.name.to_ascii_lowercase().ends_with(".zip");
            let limit = if has_extension {
                MAX_SERVER_BYTES
            } else {
                MAX_ARTICLE_BYTES
            };
            let bytes = match self.attachments.bytes(file, limit).await {
                Ok(bytes) => bytes,
                Err(problem) => {
                    gathered.left_out.push((file.name.clone(), problem));
                    continue;
                }
            };
            if !is_archive(&file.name, &bytes) {
                gathered.add(&file.name, bytes, None);
                continue;
            }
            let unpacked = self.workers.read(move || unpack(&bytes, MAX_ARTICLE_BYTES));
            if let Some(unpacked) = unpacked.await.flatten() {
                gathered.add_all(unpacked);
            } else {
                let name = file.name.clone();
                gathered.left_out.push((name, FileProblem::Damaged));
            }
        }
        gathered
    }

    /// The page at an address, or the source that is there.
    async fn page(&self, address: &str) -> Gathered {
        let mut gathered = Gathered::default();
        let page = match kind_of(address, &self.fetcher).await {
            Ok((Kind::Page, Some(found))) => found.page(),
            Ok((kind, _)) => {
                gathered.source = Some(Source::new("", kind, address));
                return gathered;
            }
            Err(error) => Err(error),
        };
        let large = FileProblem::TooLarge(MAX_ARTICLE_BYTES);
        let problem = match page {
            Ok(page) if page.bytes.len() as u64 > MAX_ARTICLE_BYTES => large,
            Ok(page) => {
                gathered.add(&page.name, page.bytes, Some(page.url));
                return gathered;
            }
            Err(FetchError::TooLarge(_)) => large,
            Err(error) => page_problem(&error),
        };
        gathered.left_out.push((address.to_owned(), problem));
        gathered
    }
}

impl Gathered {
    /// Adds a file: two of one name do not replace each other.
    fn add(&mut self, name: &str, bytes: Vec<u8>, link: Option<String>) {
        let path = free_path(upload_path(name), &mut self.taken);
        self.files.push(GatheredFile {
            path,
            name: name.to_owned(),
            bytes,
            link,
        });
    }

    fn add_all(&mut self, unpacked: Unpacked) {
        for file in unpacked.files {
            self.add(&file.path, file.bytes, None);
        }
        let problems = unpacked.left_out.into_iter().map(|(path, reason)| {
            let problem = match reason {
                LeftOut::Format => FileProblem::Format,
                LeftOut::TooLarge => FileProblem::TooLarge(MAX_ARTICLE_BYTES),
                LeftOut::Damaged => FileProblem::Damaged,
                LeftOut::TooMuch => FileProblem::TooMuch,
            };
            (path, problem)
        });
        self.left_out.extend(problems);
    }
}

/// Why a page cannot be added, for its member. The log has the reason.
fn page_problem(error: &FetchError) -> FileProblem {
    info!("a page was not fetched: {}", error_chain(error));
    match error {
        FetchError::Address(_) => FileProblem::Address,
        FetchError::TooLarge(limit) => FileProblem::TooLarge(*limit),
        FetchError::Format(_) => FileProblem::Format,
        _ if error.is_gone() => FileProblem::Address,
        FetchError::Status(_) | FetchError::Later(..) | FetchError::Unreachable(_) => {
            FileProblem::Unreachable
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Gathered;

    #[test]
    fn files_of_one_name_are_two_articles() {
        let mut gathered = Gathered::default();
        for name in ["Rules.md", "rules.MD", "RULES.md"] {
            gathered.add(name, Vec::new(), None);
        }
        let paths: Vec<&str> = gathered.files.iter().map(|file| &*file.path).collect();
        assert_eq!(paths, ["rules.md", "rules-2.md", "rules-3.md"]);
    }
}
