//! What was asked and not answered, for those who manage a server.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::knowledge::teaching::{server, unavailable};
use crate::bot::requests::job::Job;
use crate::questions::recorded;
use pullquote_cards::{
    Activity, ExportFormat, INSIGHTS_PAGE, InsightsEffect, InsightsOutcome, OpenQuestion,
    QuestionKey, QuestionPage, QuotesPage, QuotesView, TeachingError, nearest, rated_passage,
};
use pullquote_core::article::ArticleRef;
use pullquote_core::engine::Engine;
use pullquote_insights::{
    Day, Wish, csv, date, day, first_day, key, last_days, markdown, scrub, wishes,
};
use pullquote_page::chart_picture;
use pullquote_store::{QuestionState, QuoteCount, Quotes, StoredQuestion};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout_at;
use tracing::warn;

/// Passages that a question's answer can be chosen from.
const CHOICE: usize = 5;

/// Time that is left to say so if the store does not respond.
const TO_APOLOGIZE: Duration = Duration::from_millis(300);

impl Bot {
    pub(crate) async fn insights(
        &self,
        effect: &InsightsEffect,
        job: &Job,
    ) -> Result<InsightsOutcome, TeachingError> {
        if !self.write_counts().await {
            return Err(TeachingError::Unavailable);
        }
        let outcome = timeout_at(job.deadline - TO_APOLOGIZE, self.outcome(effect, job));
        outcome.await.unwrap_or(Err(TeachingError::Unavailable))
    }

    async fn outcome(
        &self,
        effect: &InsightsEffect,
        job: &Job,
    ) -> Result<InsightsOutcome, TeachingError> {
        let server = server(job)?;
        let store = self.articles.store();
        match effect {
            InsightsEffect::List { page } => {
                let page = self.question_page(server, *page, job).await?;
                Ok(InsightsOutcome::Listed(page))
            }
            InsightsEffect::Open(key) => {
                let wish = self.shown_wish(server, *key).await?;
                let engine = self.engine_of(job).await;
                let found = wish.map(|wish| {
                    let near = move || question(&wish, engine.as_deref(), CHOICE);
                    self.workers.run(near)
                });
                let question = match found {
                    Some(question) => question.await,
                    None => None,
                };
                Ok(InsightsOutcome::Opened(question))
            }
            InsightsEffect::Dismiss(key) => {
                let states = [QuestionState::Open, QuestionState::Dismissed];
                self.set_state(server, &[key.0], states).await?;
                Ok(InsightsOutcome::Dismissed(*key))
            }
            InsightsEffect::Reopen(key) => {
                let states = [QuestionState::Dismissed, QuestionState::Open];
                self.set_state(server, &[key.0], states).await?;
                Ok(InsightsOutcome::Reopened)
            }
            InsightsEffect::Misleading => {
                let votes = store.votes(server).await.map_err(unavailable)?;
                let engine = self.engine_of(job).await;
                let bad = votes.into_iter().filter(|it| it.not_helpful > it.helpful);
                let passages = bad.filter_map(|it| {
                    let counts = (it.helpful, it.not_helpful);
                    rated_passage(engine.as_deref()?, &it.passage, counts)
                });
                Ok(InsightsOutcome::Misleading(passages.collect()))
            }
            InsightsEffect::Quotes(view) => {
                let page = self.quotes_page(server, *view, job).await?;
                Ok(InsightsOutcome::Quotes(page))
            }
            InsightsEffect::Pins(effect) => self.pins(server, effect, job).await,
            InsightsEffect::Export(format) => {
                let (wishes, _) = self.shown_wishes(server).await?;
                let content = match format {
                    ExportFormat::Markdown => markdown(&wishes),
                    ExportFormat::Csv => csv(&wishes),
                };
                Ok(InsightsOutcome::Exported(*format, content))
            }
        }
    }

    async fn question_page(
        &self,
        server: u64,
        page: usize,
        job: &Job,
    ) -> Result<QuestionPage, TeachingError> {
        let (wishes, hidden) = self.shown_wishes(server).await?;
        let today = day(now());
        let asked = self.articles.store().asked(server, first_day(today)).await;
        let asked = asked.map_err(unavailable)?;
        let pages = wishes.len().div_ceil(INSIGHTS_PAGE);
        let page = page.min(pages.saturating_sub(1));
        let engine = self.engine_of(job).await;
        let shown = move || {
            let shown = wishes.iter().skip(page * INSIGHTS_PAGE).take(INSIGHTS_PAGE);
            let questions = shown.map(|wish| question(wish, engine.as_deref(), 1));
            let counts = asked.iter().map(|it| (it.day, it.outcome, it.number));
            QuestionPage {
                page,
                pages,
                questions: questions.collect(),
                hidden,
                activity: activity(&last_days(today, counts)),
            }
        };
        Ok(self.workers.run(shown).await.unwrap_or_default())
    }

    /// A page of the articles that a server's members are answered from, with how often they were quoted. `None` if no quote was
    /// counted yet.
    async fn quotes_page(
        &self,
        server: u64,
        view: QuotesView,
        job: &Job,
    ) -> Result<Option<QuotesPage>, TeachingError> {
        let since = day(now()) - i64::from(view.days) + 1;
        let quotes = self.articles.store().quotes(server, since).await;
        let Quotes {
            first_day,
            articles,
        } = quotes.map_err(unavailable)?;
        let Some(first_day) = first_day else {
            return Ok(None);
        };
        let engine = self.engine_of(job).await;
        let engine = engine.ok_or(TeachingError::Unavailable)?;
        let page = move || QuotesPage::new(&engine, &by_article(articles), view);
        let page = self.workers.run(page).await;
        let mut page = page.ok_or(TeachingError::Unavailable)?;
        page.since = (first_day > since).then(|| date(first_day));
        Ok(Some(page))
    }

    /// Writes what was counted. Returns whether the store can be used: one that has just failed the request is not waited for again.
    pub(crate) async fn write_counts(&self) -> bool {
        if self.articles.is_left_alone() {
            return false;
        }
        self.recorder.flush(self.articles.store()).await;
        !self.recorder.is_away()
    }

    /// Takes the questions that are titles of new articles out of the list, with those that ask the same. Nobody waits for it.
    pub(crate) fn have_answers(self: &Arc<Self>, server: u64, titles: &[String]) {
        if titles.is_empty() {
            return;
        }
        let keys: Vec<u64> = titles.iter().map(|title| key(&scrub(title))).collect();
        let (bot, pending) = (Arc::clone(self), self.pending.begin());
        tokio::spawn(async move {
            bot.recorder.flush(bot.articles.store()).await;
            let states = [QuestionState::Open, QuestionState::Answered];
            if let Err(error) = bot.set_state(server, &keys, states).await {
                warn!("cannot note that questions have an answer: {error:?}");
            }
            drop(pending);
        });
    }

    /// Changes the state of questions and of those that ask the same.
    async fn set_state(
        &self,
        server: u64,
        keys: &[u64],
        [from, to]: [QuestionState; 2],
    ) -> Result<(), TeachingError> {
        // With those that are not shown.
        let stored = self.stored_questions(server, from).await?;
        let mut wishes = self.wishes(stored).await;
        wishes.retain(|wish| wish.keys.iter().any(|key| keys.contains(key)));
        let alike: Vec<u64> = wishes.into_iter().flat_map(|wish| wish.keys).collect();
        self.mark(server, &alike, to).await
    }

    /// Sets the state of questions.
    pub(crate) async fn mark(
        &self,
        server: u64,
        keys: &[u64],
        state: QuestionState,
    ) -> Result<(), TeachingError> {
        let set = self
            .articles
            .store()
            .set_question_state(server, keys, state);
        set.await.map_err(unavailable)?;
        self.recorder.answered(keys);
        Ok(())
    }

    /// The wish with a question, if it is shown.
    pub(crate) async fn shown_wish(
        &self,
        server: u64,
        key: QuestionKey,
    ) -> Result<Option<Wish>, TeachingError> {
        let (wishes, _) = self.shown_wishes(server).await?;
        Ok(wishes.into_iter().find(|wish| wish.keys.contains(&key.0)))
    }

    /// The server's questions without an answer that those who manage it see, those of one meaning together, and how many others
    /// there are.
    pub(crate) async fn shown_wishes(
        &self,
        server: u64,
    ) -> Result<(Vec<Wish>, u64), TeachingError> {
        let open = self.stored_questions(server, QuestionState::Open).await?;
        let settings = self.articles.settings(Some(server)).await;
        let (shown, hidden): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|it| settings.shows(it.by_several));
        Ok((self.wishes(shown).await, hidden.len() as u64))
    }

    /// The server's questions in a state.
    async fn stored_questions(
        &self,
        server: u64,
        state: QuestionState,
    ) -> Result<Vec<StoredQuestion>, TeachingError> {
        let stored = self.articles.store().questions(server).await;
        let mut stored = stored.map_err(unavailable)?;
        stored.retain(|it| it.state == state);
        Ok(stored)
    }

    /// Questions, those of one meaning together.
    async fn wishes(&self, stored: Vec<StoredQuestion>) -> Vec<Wish> {
        let group = move || wishes(&stored.iter().map(recorded).collect::<Vec<_>>());
        self.workers.run(group).await.unwrap_or_default()
    }
}

/// How often articles were quoted.
pub(crate) fn by_article(counts: Vec<QuoteCount>) -> HashMap<ArticleRef, u64> {
    let named = counts.into_iter().map(|it| {
        let QuoteCount {
            path,
            is_shared,
            number,
        } = it;
        (ArticleRef { path, is_shared }, number)
    });
    named.collect()
}

/// What was asked on these days, with a picture; `None` if nothing was.
fn activity(days: &[Day]) -> Option<Activity> {
    let [first, .., last] = days else {
        return None;
    };
    Some(Activity {
        days: days.len(),
        first: first.date.clone(),
        last: last.date.clone(),
        asked: days.iter().map(Day::asked).sum(),
        answered: days.iter().map(|day| day.answered).sum(),
        most: days.iter().map(Day::asked).max()?,
        picture: chart_picture(days)?,
    })
}

/// A wish with the nearest passages.
fn question(wish: &Wish, engine: Option<&Engine>, passages: usize) -> OpenQuestion {
    OpenQuestion {
        key: QuestionKey(wish.keys.first().copied().unwrap_or_default()),
        wordings: wish.wordings.clone(),
        count: wish.count,
        last: date(wish.last_day),
        nearest: engine.map_or_else(Vec::new, |engine| nearest(engine, wish.wording(), passages)),
    }
}
