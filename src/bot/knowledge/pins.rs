//! Answers that the people of a server have chosen for questions.

use crate::bot::bot::Bot;
use crate::bot::knowledge::teaching::unavailable;
use crate::bot::requests::job::Job;
use pullquote_cards::{
    INSIGHTS_PAGE, InsightsOutcome, MAX_PINNED, PassageKey, PinEffect, PinnedQuestion, QuestionKey,
    TeachingError, passage_place,
};
use pullquote_insights::{key, scrub};
use pullquote_store::{PinnedAnswer, QuestionState};
use tracing::info;

impl Bot {
    pub(crate) async fn pins(
        &self,
        server: u64,
        effect: &PinEffect,
        job: &Job,
    ) -> Result<InsightsOutcome, TeachingError> {
        match effect {
            PinEffect::Pin { question, passage } => {
                let pinned = self.pin(server, question, *passage, job).await?;
                Ok(InsightsOutcome::Pinned(pinned))
            }
            PinEffect::Unpin { question } => {
                let unpinned = self.articles.unpin(server, question).await;
                unpinned.map_err(unavailable)?;
                Ok(InsightsOutcome::Unpinned(question.clone()))
            }
            PinEffect::List { page } => {
                let pinned = self.pinned(server, job).await?;
                let pages = pinned.len().div_ceil(INSIGHTS_PAGE);
                let page = (*page).min(pages.saturating_sub(1));
                let shown = pinned.into_iter().skip(page * INSIGHTS_PAGE);
                let questions = shown.take(INSIGHTS_PAGE).collect();
                Ok(InsightsOutcome::PinnedListed {
                    page,
                    pages,
                    questions,
                })
            }
            PinEffect::Open(key) => {
                let pinned = self.pinned(server, job).await?;
                let mut pinned = pinned.into_iter();
                let open = pinned.find(|it| QuestionKey::of(&it.question) == *key);
                Ok(InsightsOutcome::PinnedOpened(open))
            }
        }
    }

    /// Chooses a passage as the answer to a question, and to those that ask the same. `None` if it is gone.
    async fn pin(
        &self,
        server: u64,
        question: &str,
        passage: PassageKey,
        job: &Job,
    ) -> Result<Option<PinnedQuestion>, TeachingError> {
        let Some(engine) = self.engine_of(job).await else {
            return Err(TeachingError::Unavailable);
        };
        let Some(place) = passage_place(&engine, passage) else {
            return Ok(None);
        };
        let key = QuestionKey(key(&scrub(question)));
        let alike = self.shown_wish(server, key).await?;
        let wordings = alike.iter().flat_map(|wish| wish.wordings.clone());
        let mut questions: Vec<String> = wordings.collect();
        questions.push(question.to_owned());
        questions.sort();
        questions.dedup();
        let known = self.articles.store().pinned(server).await;
        let known = known.map_err(unavailable)?;
        let others = known.iter().filter(|it| !questions.contains(&it.question));
        if others.count() + questions.len() > MAX_PINNED {
            return Err(TeachingError::TooManyPinned);
        }
        let pinned = self.articles.pin(server, &questions, passage).await;
        pinned.map_err(unavailable)?;
        info!(id = %job.id, "a server has chosen the answer to a question");
        if let Some(wish) = alike {
            self.mark(server, &wish.keys, QuestionState::Answered)
                .await?;
        }
        Ok(Some(PinnedQuestion {
            question: question.to_owned(),
            passage: Some(place),
        }))
    }

    /// The questions whose answers were chosen.
    async fn pinned(&self, server: u64, job: &Job) -> Result<Vec<PinnedQuestion>, TeachingError> {
        let pinned = self.articles.store().pinned(server).await;
        let pinned = pinned.map_err(unavailable)?;
        let engine = self.engine_of(job).await;
        let question = |answer: PinnedAnswer| {
            let key = PassageKey::parse(&answer.passage);
            PinnedQuestion {
                passage: key.and_then(|key| passage_place(engine.as_deref()?, key)),
                question: answer.question,
            }
        };
        Ok(pinned.into_iter().map(question).collect())
    }
}
