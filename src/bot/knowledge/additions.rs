//! What members add to the articles of their server: gathered, read, shown, and confirmed.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::knowledge::gathered::{Gathered, GatheredFile};
use crate::bot::knowledge::server_articles::packed_document;
use crate::bot::knowledge::teaching::{check_limits, key, seconds, server, sizes, unavailable};
use crate::bot::requests::job::Job;
use crate::bot::sources::kept_sources::{introduced, kept_record, read, still_to_read};
use pullquote_cards::{
    Addition, CONFIRM_SECONDS, Confirmed, DraftKey, FileProblem, Gate, MAX_ARTICLES, Prepared,
    PreparedArticle, Replaced, TeachingError, sample,
};
use pullquote_core::article::Article;
use pullquote_library::{EngineHandle, Upload, read_upload};
use pullquote_store::{Draft, DraftArticle, ListedArticle, NewDraft, StoreError, StoredArticle};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::info;

/// How long the files of one addition are read. A member sees what was read until then.
const READING: Duration = Duration::from_mins(1);

/// A file of an addition that can be an article.
pub(crate) struct ReadFile {
    path: String,
    content: Vec<u8>,
    /// What is kept of what a reader made of it.
    document: Vec<u8>,
    link: Option<String>,
    article: Article,
    dropped: usize,
    warnings: Vec<String>,
}

/// The articles that a server has, as far as they matter for an addition.
pub(crate) struct Before {
    version: u64,
    listed: Vec<ListedArticle>,
    /// Those that are replaced, by path.
    replaced: HashMap<String, Article>,
}

impl Bot {
    /// Reads what a member wants to add, and keeps it until they confirm it.
    pub(crate) async fn prepare(
        &self,
        addition: &Addition,
        job: &Job,
    ) -> Result<Prepared, TeachingError> {
        let server = server(job)?;
        let too_fast = |seconds| TeachingError::TooFast(seconds);
        self.throttle.check_addition(server).map_err(too_fast)?;
        let Gathered {
            files,
            edited,
            source,
            mut left_out,
            ..
        } = self.gather(addition, server).await?;
        if let Some(source) = source {
            return self.prepare_source(source, job).await;
        }
        let handle = Arc::clone(&self.handle);
        let read = move || read_all(files, &handle);
        let read = self.workers.read(read).await;
        let (files, unreadable) = read.ok_or(TeachingError::Unavailable)?;
        left_out.extend(unreadable);
        if files.is_empty() {
            return Ok(Prepared {
                draft: None,
                articles: Vec::new(),
                left_out,
                sample: None,
                source: None,
            });
        }
        let before = self.before(server, &files).await?;
        let mut own = before.listed.iter().filter(|it| it.source.is_none());
        let edited = own.find(|it| edited == Some(key(it)));
        check(&files, &before, edited)?;
        let draft = DraftKey(fastrand::u64(..));
        let articles: Vec<DraftArticle<'_>> = files.iter().map(ReadFile::kept).collect();
        let kept = NewDraft {
            token: &draft.to_string(),
            owner: (server, job.request.member),
            until: now() + CONFIRM_SECONDS.cast_signed() * 1_000,
            seen: before.version,
            edited: edited.map(|it| it.path.as_str()),
            source: None,
            articles: &articles,
        };
        self.articles.keep_draft(&kept).await.map_err(unavailable)?;
        let mut prepared = self.described(draft, files, &before).await;
        prepared.left_out = left_out;
        Ok(prepared)
    }

    /// Lets what a member has confirmed answer.
    pub(crate) async fn confirm(
        self: &Arc<Self>,
        draft: DraftKey,
        job: &Job,
    ) -> Result<Confirmed, TeachingError> {
        let owner = (server(job)?, job.request.member);
        let found = self.articles.draft(&draft.to_string(), owner).await;
        let found = found.ok().flatten();
        let titles = found.as_ref().map(titles).unwrap_or_default();
        let record = found.and_then(|found| found.source).map(|it| it.record);
        match self.articles.confirm(&draft.to_string(), owner).await {
            Ok(true) => {
                self.sources.wake();
                // What is shown to whom may have changed since the draft.
                self.sources.gates.check(owner.0);
                self.have_answers(owner.0, &titles);
                info!(id = %job.id, "a server has added articles");
                Ok(Confirmed::Added {
                    later: record.map_or(0, |record| still_to_read(&kept_record(&record))),
                })
            }
            Ok(false) => Ok(Confirmed::Gone),
            Err(StoreError::Changed) => self.changed(draft, owner).await,
            Err(error) => Err(unavailable(error)),
        }
    }

    /// Drops what a member does not want to add. `false` if there is nothing.
    pub(crate) async fn discard(&self, draft: DraftKey, job: &Job) -> Result<bool, TeachingError> {
        let owner = (server(job)?, job.request.member);
        let dropped = self.articles.discard(&draft.to_string(), owner).await;
        dropped.map_err(unavailable)
    }

    /// How a draft looks beside the articles of now.
    async fn changed(
        &self,
        draft: DraftKey,
        owner: (u64, u64),
    ) -> Result<Confirmed, TeachingError> {
        let token = draft.to_string();
        let found = self.articles.draft(&token, owner).await;
        let Some(found) = found.map_err(unavailable)? else {
            return Ok(Confirmed::Gone);
        };
        let source = found.source.as_ref().and_then(|source| {
            let record = kept_record(&source.record);
            let gate = Gate::parse(&source.gate).unwrap_or_default();
            Some(introduced(&read(&source.settings)?, &record, gate))
        });
        let files = self.unpacked(found.articles).await?.into_iter();
        let files: Vec<ReadFile> = files.map(ReadFile::again).collect();
        let before = self.before(owner.0, &files).await?;
        let edited = found.edited.as_deref();
        let edited = before.listed.iter().find(|it| edited == Some(&it.path));
        if source.is_none() {
            check(&files, &before, edited)?;
        }
        let seen = self.articles.see_draft(&token, owner, before.version).await;
        seen.map_err(unavailable)?;
        let mut prepared = self.described(draft, files, &before).await;
        if let Some((source, left_out)) = source {
            prepared.source = Some(source);
            prepared.left_out = left_out;
        }
        Ok(Confirmed::Changed(prepared))
    }

    pub(crate) async fn before(
        &self,
        server: u64,
        files: &[ReadFile],
    ) -> Result<Before, TeachingError> {
        let listed = self.articles.list_version(server).await;
        let (version, listed) = listed.map_err(unavailable)?;
        let is_replaced = |path: &str| files.iter().any(|file| file.path == path);
        let mut replaced = HashMap::new();
        if listed.iter().any(|it| is_replaced(&it.path)) {
            let mut stored = self.articles.stored(server).await.map_err(unavailable)?;
            stored.retain(|it| is_replaced(&it.path));
            let files = self.unpacked(stored).await?.into_iter();
            replaced = files.map(|(file, article)| (file.path, article)).collect();
        }
        Ok(Before {
            version,
            listed,
            replaced,
        })
    }

    /// See [`ServerArticles::unpacked`](crate::bot::knowledge::server_articles::ServerArticles::unpacked).
    pub(crate) async fn unpacked(
        &self,
        stored: Vec<StoredArticle>,
    ) -> Result<Vec<(StoredArticle, Article)>, TeachingError> {
        let files = self.articles.unpacked(stored, &self.workers).await;
        files.ok_or(TeachingError::Unavailable)
    }

    /// What a member sees of a draft.
    pub(crate) async fn described(
        &self,
        draft: DraftKey,
        files: Vec<ReadFile>,
        before: &Before,
    ) -> Prepared {
        let articles = files.iter().map(|file| file.described(before)).collect();
        let first = files.into_iter().next().map(|file| file.article);
        let asked = self.workers.run(|| first.and_then(sample)).await;
        Prepared {
            draft: Some(draft),
            articles,
            left_out: Vec::new(),
            sample: asked.flatten(),
            source: None,
        }
    }
}

impl ReadFile {
    fn new(file: GatheredFile, upload: Upload) -> Result<Self, FileProblem> {
        let message = |it: &pullquote_core::article::Problem| it.message.clone();
        let Some(article) = upload.article else {
            let reason = upload.report.error().map_or_else(String::new, message);
            return Err(FileProblem::Unreadable(reason));
        };
        Ok(Self {
            path: file.path,
            content: file.bytes,
            document: packed_document(&upload.document),
            link: file.link,
            article,
            dropped: upload.report.dropped.len(),
            warnings: upload.report.problems.iter().map(message).collect(),
        })
    }

    /// A file that was read when its draft was made.
    fn again((stored, article): (StoredArticle, Article)) -> Self {
        Self {
            path: stored.path,
            content: stored.content,
            document: stored.document.unwrap_or_default(),
            link: stored.link,
            article,
            dropped: 0,
            warnings: Vec::new(),
        }
    }

    pub(crate) fn kept(&self) -> DraftArticle<'_> {
        DraftArticle {
            path: &self.path,
            content: &self.content,
            document: &self.document,
            link: self.link.as_deref(),
        }
    }

    fn described(&self, before: &Before) -> PreparedArticle {
        let listed = before.listed.iter().find(|it| it.path == self.path);
        let replaces = listed.and_then(|listed| {
            let age = seconds(now().saturating_sub(listed.at));
            let old = before.replaced.get(&self.path)?;
            Some(Replaced::between(old, &self.article, age))
        });
        PreparedArticle {
            title: self.article.meta.title.clone(),
            path: self.path.clone(),
            passages: self.article.paragraphs.len(),
            dropped: self.dropped,
            warnings: self.warnings.clone(),
            replaces,
        }
    }
}

/// The titles of the articles that a draft would add: those that were written begin with it.
fn titles(draft: &Draft) -> Vec<String> {
    let title = |article: &StoredArticle| {
        let content = String::from_utf8_lossy(&article.content);
        let first = content.lines().next().unwrap_or_default();
        first.strip_prefix("# ").map(str::to_owned)
    };
    draft.articles.iter().filter_map(title).collect()
}

/// Reads files, and says of those that cannot be articles why. Once there are more than a server may have, the rest is not read.
pub(crate) fn read_all(
    files: Vec<GatheredFile>,
    handle: &EngineHandle,
) -> (Vec<ReadFile>, Vec<(String, FileProblem)>) {
    let reader = handle.reader();
    let (mut usable, mut unreadable) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    for file in files {
        let name = file.name.clone();
        if usable.len() > MAX_ARTICLES || begun.elapsed() > READING {
            unreadable.push((name, FileProblem::TooMuch));
            continue;
        }
        let read = read_upload(&file.path, &file.bytes, &*reader, handle.limits());
        let read = read.map_err(FileProblem::Unreadable);
        match read.and_then(|upload| ReadFile::new(file, upload)) {
            Ok(file) => usable.push(file),
            Err(problem) => unreadable.push((name, problem)),
        }
    }
    (usable, unreadable)
}

/// Whether the files fit beside the articles that stay.
fn check(
    files: &[ReadFile],
    before: &Before,
    edited: Option<&ListedArticle>,
) -> Result<(), TeachingError> {
    let stays = |listed: &&ListedArticle| {
        let is_edited = edited.is_some_and(|edited| edited.path == listed.path);
        !is_edited && !files.iter().any(|file| file.path == listed.path)
    };
    let (own, of_sources) = sizes(before.listed.iter().filter(stays));
    let added = files.iter().map(|file| file.content.len() as u64);
    check_limits(added, own.into_iter(), of_sources)
}
