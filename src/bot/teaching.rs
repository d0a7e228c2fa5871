//! The articles that a server adds inside Discord: kept, listed, read and removed for its managers.

use super::bot::Bot;
use super::job::Job;
use super::server_articles::now;
use pullquote_cards::{
    ArticleDraft, ArticleKey, MAX_ARTICLE_BYTES, MAX_ARTICLES, MAX_SERVER_BYTES, Origin,
    OwnArticle, OwnText, Removed, TeachingError, UNDO_SECONDS, Understood, understood,
};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_store::{ListedArticle, NewArticle, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout_at;
use tracing::info;

/// Time that is left for the response when the engine is not waited for any longer. A large server's takes a while to build, and
/// the request has waited for it once.
const TO_RESPOND: Duration = Duration::from_millis(700);

impl Bot {
    /// Keeps an article, and lets it answer. One that was edited under another name is removed.
    pub(super) async fn keep(
        &self,
        draft: &ArticleDraft,
        job: &Job,
    ) -> Result<Understood, TeachingError> {
        let server = server(job)?;
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let edited = listed.iter().find(|it| draft.edited == Some(key(it)));
        let others = listed
            .iter()
            .filter(|it| it.path != draft.path && draft.edited != Some(key(it)));
        check_limits(draft.content.len() as u64, others)?;
        let link = draft.origin.map(|origin| address(server, origin));
        let article = NewArticle {
            server,
            path: &draft.path,
            content: draft.content.as_bytes(),
            link: link
                .as_deref()
                .or_else(|| edited.and_then(|it| it.link.as_deref())),
            by: job.request.member,
            at: now(),
        };
        let kept = self.articles.keep(&article, None).await;
        kept.map_err(unavailable)?;
        let renamed = edited.filter(|it| it.path != draft.path);
        if let Some(before) = renamed {
            let removed = self.articles.remove(server, &before.path).await;
            removed.map_err(unavailable)?;
        }
        let replaced = edited.is_some() || listed.iter().any(|it| it.path == draft.path);
        info!(id = %job.id, replaced, "a server has added an article");
        Ok(self.understood(draft, replaced, job).await)
    }

    /// How the server's engine understands an article. If that is not ready in time, an engine of the article alone says it.
    async fn understood(&self, draft: &ArticleDraft, replaced: bool, job: &Job) -> Understood {
        let engine = self.engine_of(job).await;
        let ArticleDraft { path, content, .. } = draft.clone();
        let read = move || {
            let own = engine.and_then(|engine| understood(&engine, &path, replaced));
            own.or_else(|| {
                let document = pullquote_readers::read(&path, content.as_bytes());
                let alone = Article::new(&path, document).into_iter().collect();
                understood(&Engine::build(alone), &path, replaced)
            })
        };
        let read = self.workers.run(read).await.flatten();
        read.unwrap_or_else(|| Understood {
            title: draft.path.clone(),
            passages: 0,
            sample: None,
            replaced,
        })
    }

    /// Removes an article. `None` if there is none.
    pub(super) async fn remove_article(
        &self,
        article: ArticleKey,
        job: &Job,
    ) -> Result<Option<Removed>, TeachingError> {
        let server = server(job)?;
        let Some(path) = self.path_of(server, article).await? else {
            return Ok(None);
        };
        let at = now();
        let removed = self.articles.remove(server, &path).await;
        let removed = removed.map_err(unavailable)?;
        info!(id = %job.id, removed, "a server has removed an article");
        Ok(removed.then(|| Removed {
            path,
            at: seconds(at),
        }))
    }

    /// Brings back an article that was removed a while ago. `false` if that comes too late.
    pub(super) async fn restore_article(
        &self,
        path: &str,
        removed_at: u64,
        job: &Job,
    ) -> Result<bool, TeachingError> {
        if seconds(now()).saturating_sub(removed_at) > UNDO_SECONDS {
            return Ok(false);
        }
        let restored = self.articles.restore(server(job)?, path).await;
        restored.map_err(unavailable)
    }

    /// The server's articles.
    pub(super) async fn list_articles(&self, job: &Job) -> Result<Vec<OwnArticle>, TeachingError> {
        let listed = self.articles.list(server(job)?).await;
        let listed = listed.map_err(unavailable)?;
        let engine = self.engine_of(job).await;
        let now = now();
        let own = listed.into_iter().map(|article| OwnArticle {
            title: title(engine.as_deref(), &article.path),
            bytes: article.size,
            age: seconds(now.saturating_sub(article.at)),
            path: article.path,
        });
        Ok(own.collect())
    }

    /// An article of the server. `None` if there is none.
    pub(super) async fn read_article(
        &self,
        article: ArticleKey,
        job: &Job,
    ) -> Result<Option<OwnText>, TeachingError> {
        let server = server(job)?;
        let Some(path) = self.path_of(server, article).await? else {
            return Ok(None);
        };
        let stored = self.articles.read(server, &path).await;
        let stored = stored.map_err(unavailable)?;
        Ok(stored.map(|stored| OwnText {
            path: stored.path,
            content: String::from_utf8_lossy(&stored.content).into_owned(),
            link: stored.link,
        }))
    }

    async fn path_of(
        &self,
        server: u64,
        article: ArticleKey,
    ) -> Result<Option<String>, TeachingError> {
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let found = listed.into_iter().find(|it| key(it) == article);
        Ok(found.map(|it| it.path))
    }

    /// The server's engine; `None` if it is not ready while there is time to respond.
    async fn engine_of(&self, job: &Job) -> Option<Arc<Engine>> {
        let engine = self.articles.engine(job.requester.server, &self.workers);
        timeout_at(job.deadline - TO_RESPOND, engine).await.ok()
    }
}

/// The server of a request. A manager has one.
fn server(job: &Job) -> Result<u64, TeachingError> {
    job.requester.server.ok_or(TeachingError::Unavailable)
}

fn key(article: &ListedArticle) -> ArticleKey {
    ArticleKey::named(&article.path)
}

/// The reason is in the log.
fn unavailable(_: StoreError) -> TeachingError {
    TeachingError::Unavailable
}

/// Whether an article of `size` bytes may stand beside the others of its server.
fn check_limits<'a>(
    size: u64,
    others: impl Iterator<Item = &'a ListedArticle>,
) -> Result<(), TeachingError> {
    let sizes = others.map(|article| article.size);
    let (count, bytes) = sizes.fold((0, size), |(count, bytes), size| (count + 1, bytes + size));
    if size > MAX_ARTICLE_BYTES {
        return Err(TeachingError::ArticleTooLarge);
    }
    if count >= MAX_ARTICLES {
        return Err(TeachingError::TooMany);
    }
    if bytes > MAX_SERVER_BYTES {
        return Err(TeachingError::ServerFull);
    }
    Ok(())
}

/// The title of an article of the server, whose articles come last; its path if the engine does not have it.
fn title(engine: Option<&Engine>, path: &str) -> String {
    let mut articles = engine
        .into_iter()
        .flat_map(|it| it.corpus().articles().rev());
    let article = articles.find(|article| article.path == path);
    article
        .map_or(path, |article| &article.meta.title)
        .to_owned()
}

/// The address of a message.
fn address(server: u64, origin: Origin) -> String {
    let Origin { channel, message } = origin;
    format!("https://discord.com/channels/{server}/{channel}/{message}")
}

fn seconds(milliseconds: i64) -> u64 {
    u64::try_from(milliseconds / 1_000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::check_limits;
    use pullquote_cards::TeachingError;
    use pullquote_store::ListedArticle;

    #[test]
    fn limits_count_the_other_articles() {
        let article = |size| ListedArticle {
            path: "a.md".to_owned(),
            size,
            link: None,
            by: 1,
            at: 0,
        };
        let check = |size: u64, others: &[ListedArticle]| check_limits(size, others.iter());
        let megabyte = 1 << 20;
        let small = vec![article(1); 199];
        assert_eq!(check(2 * megabyte, &small), Ok(()));
        let large = Err(TeachingError::ArticleTooLarge);
        assert_eq!(check(2 * megabyte + 1, &small), large);
        let many = vec![article(1); 200];
        assert_eq!(check(1, &many), Err(TeachingError::TooMany));
        let full = vec![article(2 * megabyte); 10];
        assert_eq!(check(1, &full), Err(TeachingError::ServerFull));
        assert_eq!(check(2 * megabyte, &full[1..]), Ok(()));
    }
}
