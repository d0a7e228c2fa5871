//! The sources of a server, as its managers see and change them.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::knowledge::teaching::{check_gates, seconds, server, unavailable};
use crate::bot::requests::job::Job;
use crate::bot::sources::kept_sources::{own, read};
use pullquote_cards::{
    Gate, MAX_SOURCES, OwnSource, SourceEffect, SourceKey, SourceOutcome, TeachingError,
    UNDO_SECONDS,
};
use pullquote_sources::{Kind, Source};
use pullquote_store::{GatedBy, ListedArticle, ListedSource};
use tracing::info;

impl Bot {
    /// Shows or changes a source.
    pub(crate) async fn source(
        &self,
        effect: &SourceEffect,
        job: &Job,
    ) -> Result<SourceOutcome, TeachingError> {
        let server = server(job)?;
        Ok(match effect {
            SourceEffect::Open(source) => SourceOutcome::Shown(self.own(server, *source).await?),
            SourceEffect::Sync(source) => {
                let too_fast = |seconds| TeachingError::TooFast(seconds);
                self.throttle.check_addition(server).map_err(too_fast)?;
                self.look_soon(server, source.0)
                    .await
                    .map_err(unavailable)?;
                SourceOutcome::Shown(self.own(server, *source).await?)
            }
            SourceEffect::Gate { source, gate } => {
                self.gate_source(server, *source, gate).await?;
                info!(id = %job.id, "a server has chosen who may see a source");
                SourceOutcome::Gated(self.own(server, *source).await?)
            }
            SourceEffect::Remove(source) => {
                let at = now();
                let removed = self.articles.remove_source(server, source.0, at).await;
                let removed = removed.map_err(unavailable)?;
                info!(id = %job.id, removed, "a server has removed a source");
                SourceOutcome::Removed(*source, removed.then(|| seconds(at)))
            }
            SourceEffect::Restore { source, removed_at } => {
                if seconds(now()).saturating_sub(*removed_at) > UNDO_SECONDS {
                    return Ok(SourceOutcome::Restored(false));
                }
                let check = |listed: &[ListedSource]| check_restored(listed, *source);
                let restored = self.articles.restore_source(server, source.0, check);
                let restored = restored.await.map_err(unavailable)??;
                self.sources.gates.check(server);
                SourceOutcome::Restored(restored)
            }
        })
    }

    /// The server's sources, as its managers see them.
    pub(crate) async fn own_sources(
        &self,
        server: u64,
        listed: &[ListedArticle],
    ) -> Result<Vec<OwnSource>, TeachingError> {
        let sources = self.sources_of(server).await?.into_iter();
        Ok(sources
            .map(|(kept, source)| own(&kept, &source, listed))
            .collect())
    }

    async fn own(
        &self,
        server: u64,
        source: SourceKey,
    ) -> Result<Option<Box<OwnSource>>, TeachingError> {
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let sources = self.own_sources(server, &listed).await?;
        let found = sources.into_iter().find(|it| it.key == source);
        Ok(found.map(Box::new))
    }

    pub(super) async fn sources_of(
        &self,
        server: u64,
    ) -> Result<Vec<(ListedSource, Source)>, TeachingError> {
        let kept = self.articles.store().sources(server).await;
        let kept = kept.map_err(unavailable)?.into_iter();
        let read = kept.filter_map(|kept| {
            let source = read(&kept.settings)?;
            Some((kept, source))
        });
        Ok(read.collect())
    }

    async fn gate_source(
        &self,
        server: u64,
        source: SourceKey,
        gate: &Gate,
    ) -> Result<(), TeachingError> {
        let sources = self.sources_of(server).await?;
        let Some((_, known)) = sources.iter().find(|(kept, _)| kept.id == source.0) else {
            return Ok(());
        };
        // Nobody chosen for a forum: those who can see it.
        let (gate, by) = if known.kind == Kind::Forum && gate.is_open() {
            (self.first_gate(server, known).await?, GatedBy::Forum)
        } else {
            (gate.clone().with_everyone(server), GatedBy::Managers)
        };
        let listed = self.articles.list(server).await.map_err(unavailable)?;
        let others = listed.iter().filter(|it| it.source != Some(source.0));
        check_gates(others, &gate)?;
        let set = self.articles.set_source_gate(server, source.0, (&gate, by));
        set.await.map(|_| ()).map_err(unavailable)
    }

    /// Who may see a source unless managers have chosen that: of a forum, those who can see the forum.
    pub(super) async fn first_gate(
        &self,
        server: u64,
        source: &Source,
    ) -> Result<Gate, TeachingError> {
        if source.kind != Kind::Forum {
            return Ok(Gate::default());
        }
        let forum = source.place.parse().unwrap_or_default();
        let gate = self.gate_of_forum(server, forum).await;
        gate.map_err(|error| match error.status() {
            403 | 404 => TeachingError::ForumHidden,
            _ => TeachingError::Unavailable,
        })
    }
}

/// Whether a source can be restored: it may have been added again meanwhile.
fn check_restored(listed: &[ListedSource], restored: SourceKey) -> Result<(), TeachingError> {
    if listed.len() > MAX_SOURCES {
        return Err(TeachingError::TooManySources);
    }
    let (own, others): (Vec<_>, Vec<_>) = listed.iter().partition(|it| it.id == restored.0);
    let own = own.first().and_then(|it| read(&it.settings));
    let mut others = others.iter().filter_map(|it| read(&it.settings));
    match own {
        Some(own) if others.any(|it| it.place == own.place || it.name == own.name) => {
            Err(TeachingError::SourceIsThere)
        }
        _ => Ok(()),
    }
}
