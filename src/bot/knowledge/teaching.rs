//! The articles that a server has added: listed, read and removed for its managers.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::requests::job::Job;
use pullquote_cards::{
    ArticleKey, Card, Gate, MAX_ARTICLE_BYTES, MAX_ARTICLES, MAX_GATES, MAX_SERVER_BYTES, Origin,
    OwnArticle, OwnArticles, OwnText, Removed, SourceKey, TeachingError, UNDO_SECONDS, Viewer,
    tried,
};
use pullquote_core::engine::Engine;
use pullquote_store::{ListedArticle, StoreError, StoredArticle};
use std::collections::HashSet;
use std::iter;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout_at;
use tracing::info;

/// Time that is left for the response when the engine is not waited for any longer. A large server's takes a while to build, and
/// the request has waited for it once.
const TO_RESPOND: Duration = Duration::from_millis(700);

impl Bot {
    /// Removes an article. `None` if there is none.
    pub(crate) async fn remove_article(
        &self,
        article: ArticleKey,
        job: &Job,
    ) -> Result<Option<Removed>, TeachingError> {
        let server = server(job)?;
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let mut own = listed.into_iter().filter(|it| it.source.is_none());
        let Some(ListedArticle { path, .. }) = own.find(|it| key(it) == article) else {
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
    pub(crate) async fn restore_article(
        &self,
        path: &str,
        removed_at: u64,
        job: &Job,
    ) -> Result<bool, TeachingError> {
        if seconds(now()).saturating_sub(removed_at) > UNDO_SECONDS {
            return Ok(false);
        }
        let server = server(job)?;
        // Others may have taken its place meanwhile.
        let check = |listed: &[ListedArticle]| check_restored(listed, path);
        let restored = self.articles.restore(server, path, check).await;
        restored.map_err(unavailable)?
    }

    /// Lets only some members see an article, or all. `None` if it is gone.
    pub(crate) async fn gate_article(
        &self,
        article: ArticleKey,
        gate: &Gate,
        job: &Job,
    ) -> Result<Option<OwnText>, TeachingError> {
        let server = server(job)?;
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let mut own = listed.iter().filter(|it| it.source.is_none());
        let Some(path) = own.find(|it| key(it) == article) else {
            return Ok(None);
        };
        let gate = &gate.clone().with_everyone(server);
        check_gates(listed.iter().filter(|it| it.path != path.path), gate)?;
        let set = self.articles.set_gate(server, &path.path, gate).await;
        if !set.map_err(unavailable)? {
            return Ok(None);
        }
        info!(id = %job.id, "a server has chosen who may see an article");
        self.read_article(article, job).await
    }

    /// The server's articles and sources.
    pub(crate) async fn list_articles(&self, job: &Job) -> Result<OwnArticles, TeachingError> {
        let server = server(job)?;
        let listed = self.articles.list(server).await;
        let listed = listed.map_err(unavailable)?;
        let sources = self.own_sources(server, &listed).await?;
        let engine = self.engine_of(job).await;
        let now = now();
        let own = listed.into_iter().filter(|it| it.source.is_none());
        let own = own.map(|article| OwnArticle {
            title: title(engine.as_deref(), &article.path),
            bytes: article.size,
            age: seconds(now.saturating_sub(article.at)),
            is_gated: !article.gate.is_empty(),
            path: article.path,
        });
        Ok(OwnArticles {
            articles: own.collect(),
            sources,
        })
    }

    /// An article of the server. `None` if there is none.
    pub(crate) async fn read_article(
        &self,
        article: ArticleKey,
        job: &Job,
    ) -> Result<Option<OwnText>, TeachingError> {
        let server = server(job)?;
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let Some(listed) = listed.into_iter().find(|it| key(it) == article) else {
            return Ok(None);
        };
        let stored = self.articles.stored(server).await.map_err(unavailable)?;
        let stored = stored.into_iter().find(|stored| stored.path == listed.path);
        let Some(stored) = stored else {
            return Ok(None);
        };
        Ok(Some(OwnText {
            path: stored.path.clone(),
            link: stored.link.clone(),
            gate: Gate::parse(&stored.gate).unwrap_or_default(),
            source: listed.source.map(SourceKey),
            content: self.shown_content(stored).await?,
        }))
    }

    /// A file as a manager sees it: as it is, or what a reader made of it if it is no text.
    async fn shown_content(&self, stored: StoredArticle) -> Result<String, TeachingError> {
        if let Ok(text) = str::from_utf8(&stored.content) {
            return Ok(text.to_owned());
        }
        let file = self.unpacked(vec![stored]).await?.pop();
        Ok(file.map_or_else(String::new, |(_, article)| article.text))
    }

    /// The answer that members with a role get in a channel; without one, in that of the request.
    pub(crate) async fn try_question(
        &self,
        question: &str,
        role: Option<u64>,
        channel: Option<u64>,
        job: &Job,
    ) -> Result<Box<Card>, TeachingError> {
        let here = job.viewer.channels.clone();
        let viewer = Viewer {
            roles: role.into_iter().collect(),
            channels: channel.map_or(here, |channel| vec![channel]),
        };
        let server = server(job)?;
        let engine = self.articles.engine(Some(server), &viewer, &self.workers);
        let engine = engine.await;
        let (request, question) = (job.request.clone(), question.to_owned());
        let work = move || tried(&engine, &request, &question, &viewer);
        let card = self.workers.run(work).await;
        card.map(Box::new).ok_or(TeachingError::Unavailable)
    }

    /// The server's engine; `None` if it is not ready while there is time to respond.
    pub(crate) async fn engine_of(&self, job: &Job) -> Option<Arc<Engine>> {
        let engine = self
            .articles
            .whole_engine(job.requester.server, &self.workers);
        timeout_at(job.deadline - TO_RESPOND, engine).await.ok()
    }
}

/// The server of a request. A manager has one.
pub(crate) fn server(job: &Job) -> Result<u64, TeachingError> {
    job.requester.server.ok_or(TeachingError::Unavailable)
}

pub(crate) fn key(article: &ListedArticle) -> ArticleKey {
    ArticleKey::named(&article.path)
}

/// The reason is in the log.
#[allow(clippy::needless_pass_by_value, reason = "it maps errors")]
pub(crate) fn unavailable(error: StoreError) -> TeachingError {
    match error {
        StoreError::Full { .. } => TeachingError::DiskFull,
        _ => TeachingError::Unavailable,
    }
}

/// Whether articles of these sizes may be added to a server that has others of these sizes, and of its sources some that have so
/// many bytes together.
pub(crate) fn check_limits(
    added: impl Iterator<Item = u64>,
    others: impl Iterator<Item = u64>,
    of_sources: u64,
) -> Result<(), TeachingError> {
    let sum = |(count, bytes), size| (count + 1, bytes + size);
    let (mut count, mut bytes) = others.fold((0, of_sources), sum);
    for size in added {
        (count, bytes) = sum((count, bytes), size);
        if size > MAX_ARTICLE_BYTES {
            return Err(TeachingError::ArticleTooLarge);
        }
    }
    if count > MAX_ARTICLES {
        return Err(TeachingError::TooMany);
    }
    if bytes > MAX_SERVER_BYTES {
        return Err(TeachingError::ServerFull);
    }
    Ok(())
}

/// Bytes of each of a server's own articles, and of those of its sources together.
pub(crate) fn sizes<'a>(listed: impl Iterator<Item = &'a ListedArticle>) -> (Vec<u64>, u64) {
    let (own, of_sources): (Vec<_>, Vec<_>) = listed.partition(|it| it.source.is_none());
    let size = |it: &ListedArticle| it.size;
    (
        own.into_iter().map(size).collect(),
        of_sources.into_iter().map(size).sum(),
    )
}

/// Whether a server may have what it has with an article that was brought back.
fn check_restored(listed: &[ListedArticle], path: &str) -> Result<(), TeachingError> {
    let (own, of_sources) = sizes(listed.iter());
    check_limits(iter::empty(), own.into_iter(), of_sources)?;
    let (restored, others): (Vec<_>, Vec<_>) = listed.iter().partition(|it| it.path == path);
    let gate = restored.first().and_then(|it| Gate::parse(&it.gate));
    gate.map_or(Ok(()), |gate| check_gates(others.into_iter(), &gate))
}

/// Whether a server can have this gate besides those of its other articles.
pub(crate) fn check_gates<'a>(
    others: impl Iterator<Item = &'a ListedArticle>,
    gate: &Gate,
) -> Result<(), TeachingError> {
    let mut gates: HashSet<String> = others.map(|it| it.gate.clone()).collect();
    gates.insert(gate.to_string());
    gates.remove("");
    if gates.len() > MAX_GATES {
        return Err(TeachingError::TooManyGates);
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
pub(crate) fn address(server: u64, origin: Origin) -> String {
    let Origin { channel, message } = origin;
    format!("https://discord.com/channels/{server}/{channel}/{message}")
}

pub(crate) fn seconds(milliseconds: i64) -> u64 {
    u64::try_from(milliseconds / 1_000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::check_limits;
    use pullquote_cards::TeachingError;

    #[test]
    fn limits_count_the_other_articles() {
        let check = |added: &[u64], others: &[u64]| {
            check_limits(added.iter().copied(), others.iter().copied(), 0)
        };
        let megabyte = 1 << 20;
        assert_eq!(check(&[2 * megabyte], &[1; 199]), Ok(()));
        let large = Err(TeachingError::ArticleTooLarge);
        assert_eq!(check(&[1, 2 * megabyte + 1], &[]), large);
        assert_eq!(check(&[1], &[1; 200]), Err(TeachingError::TooMany));
        assert_eq!(check(&[1; 3], &[1; 198]), Err(TeachingError::TooMany));
        let full = [2 * megabyte; 10];
        assert_eq!(check(&[1], &full), Err(TeachingError::ServerFull));
        assert_eq!(check(&[2 * megabyte], &full[1..]), Ok(()));
    }
}
