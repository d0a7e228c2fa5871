//! Takes note of what was asked and not answered, without keeping an answer waiting: events go into a queue, and from there to
//! the store every few seconds.
//!
//! Only what everyone in a channel of a server could see is noted, unless the server has chosen otherwise. Killed, the process
//! loses what it noted in the last five seconds, and questions whose suggestions nobody has picked in the last ten minutes.

use crate::bot::clock::now;
use crate::bot::error::error_chain;
use crate::bot::knowledge::server_articles::bounded;
use crate::lock::lock;
use crate::telemetry::Metrics;
use pullquote_cards::{
    Action, Card, ComponentId, Kept, Request, RequestOutcome, Response, Settings,
};
use pullquote_core::article::ArticleRef;
use pullquote_insights::{Asked, Batch, Event, EventKind, Ledger, day};
use pullquote_store::{Counts, DayCount, NewQuestion, PassageVotes, QuoteCount, Store};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{MutexGuard, Notify};
use tokio::time::timeout;
use tracing::{info, warn};

/// How often the store gets what was noted.
const INTERVAL: Duration = Duration::from_secs(5);
/// Events that are not left waiting for that.
const BATCH: usize = 200;
/// Events that wait at most. Further ones are not counted.
const QUEUE: usize = 1_000;

/// Notes what came of questions.
#[derive(Debug)]
pub struct Recorder {
    /// Days that questions are kept where a server has not chosen; with 0, nothing is noted there.
    days: u32,
    metrics: Arc<Metrics>,
    queue: Mutex<Vec<Event>>,
    is_long: Notify,
    ledger: Mutex<Ledger>,
    /// Held while the store gets something.
    writing: tokio::sync::Mutex<()>,
    is_away: AtomicBool,
}

impl Recorder {
    /// A recorder for questions that are kept for some days where a server has not chosen; for none, it notes nothing there.
    pub fn new(days: u32, metrics: Arc<Metrics>) -> Self {
        Self {
            days,
            metrics,
            queue: Mutex::default(),
            is_long: Notify::new(),
            ledger: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
            is_away: AtomicBool::new(false),
        }
    }

    /// Days that questions are kept where a server has not chosen.
    pub(crate) fn days(&self) -> u32 {
        self.days
    }

    /// Notes what came of a request in a server with these settings. Takes microseconds.
    pub fn note(
        &self,
        (server, settings): (Option<u64>, &Settings),
        request: &Request,
        response: &Response,
    ) {
        let Some(server) = server else {
            return;
        };
        let (kept, _) = settings.kept(self.days);
        let Some((question, kind)) = event(kept, request, response) else {
            return;
        };
        let mut queue = lock(&self.queue);
        if queue.len() >= QUEUE {
            drop(queue);
            self.metrics.not_counted(1);
            return;
        }
        queue.push(Event {
            server,
            member: request.member,
            question,
            kind,
        });
        if queue.len() == BATCH {
            self.is_long.notify_one();
        }
    }

    /// Writes what is noted to the store, as long as the bot runs.
    pub(crate) async fn keep_writing(&self, store: &Store) {
        loop {
            let _ = timeout(INTERVAL, self.is_long.notified()).await;
            self.flush(store).await;
        }
    }

    /// Writes what was noted to the store. If that cannot be used, it waits here, within bounds.
    pub(crate) async fn flush(&self, store: &Store) {
        let Some(_writing) = self.writing_turn().await else {
            return;
        };
        let (batch, mut left_out) = self.take();
        if let Err(error) = bounded(store, store.count(&counts(&batch))).await {
            if !self.is_away.swap(true, Ordering::Relaxed) {
                warn!(
                    "cannot count questions without an answer: {}",
                    error_chain(&error)
                );
            }
            left_out += u64::from(!lock(&self.ledger).put_back(batch));
        } else if self.is_away.swap(false, Ordering::Relaxed) {
            info!("questions without an answer are counted again");
        }
        self.metrics.not_counted(left_out);
    }

    /// The turn to write. `None` if somebody else has just found that the store cannot be used.
    async fn writing_turn(&self) -> Option<MutexGuard<'_, ()>> {
        if let Ok(turn) = self.writing.try_lock() {
            return Some(turn);
        }
        let turn = self.writing.lock().await;
        (!self.is_away()).then_some(turn)
    }

    /// What was noted, and how much of it was left out.
    fn take(&self) -> (Batch, u64) {
        let mut ledger = lock(&self.ledger);
        let events = std::mem::take(&mut *lock(&self.queue));
        let mut left_out = 0;
        for event in events {
            left_out += u64::from(!ledger.note(event, now()));
        }
        (ledger.take(now()), left_out)
    }

    /// Whether the store could not be used the last time.
    pub(crate) fn is_away(&self) -> bool {
        self.is_away.load(Ordering::Relaxed)
    }

    /// Counts these questions again for members who have asked them today.
    pub(crate) fn answered(&self, keys: &[u64]) {
        lock(&self.ledger).answered(keys);
    }

    /// Deletes what is older than the days that questions are kept, in a server or in all; everything, if they are not.
    pub(crate) async fn sweep(&self, store: &Store, server: Option<u64>) {
        let today = day(now());
        let before = |settings: &str| {
            // Settings that only a newer version can read: nothing of the server is deleted.
            let kept = Settings::parse(settings).map(|settings| settings.kept(self.days));
            match kept {
                None => i64::MIN,
                Some((_, 0)) => i64::MAX,
                Some((_, days)) => today - i64::from(days),
            }
        };
        if let Err(error) = store.sweep_counts(server, before).await {
            warn!("cannot delete old questions: {}", error_chain(&error));
        }
    }
}

/// A question that may be kept, and what came of it.
fn event(kept: Kept, request: &Request, response: &Response) -> Option<(String, EventKind)> {
    let shown = match kept {
        Kept::All => response.card().and_then(Card::question),
        Kept::Public => response.shown_question(),
        Kept::None => return None,
    };
    let Action::Component {
        custom_id, source, ..
    } = &request.action
    else {
        return asked(shown, response);
    };
    let kind = match (ComponentId::parse(custom_id)?, response.outcome) {
        (ComponentId::Context { .. } | ComponentId::PickPassage, RequestOutcome::Shown) => {
            EventKind::Picked
        }
        (ComponentId::Feedback { helpful, passage }, RequestOutcome::Feedback { .. }) => {
            EventKind::Rated(passage.map(|passage| passage.to_string()), helpful)
        }
        (ComponentId::Wrong, RequestOutcome::Wrong) => EventKind::Wrong,
        // A private answer that is shared.
        _ => return asked(shown, response),
    };
    let may_be_kept = source.is_public || kept == Kept::All;
    let question = source.question.clone().filter(|_| may_be_kept)?;
    Some((question, kind))
}

fn asked(shown: Option<&str>, response: &Response) -> Option<(String, EventKind)> {
    let kind = match (response.outcome, response.quoted.as_deref()) {
        (RequestOutcome::Quoted(_), Some(article)) => EventKind::Quoted(article.clone()),
        (RequestOutcome::Quoted(_), None) => EventKind::Asked(Asked::Quoted),
        (RequestOutcome::Suggested(_), _) => EventKind::Asked(Asked::Suggested),
        (RequestOutcome::NoAnswer, _) => EventKind::Asked(Asked::Unknown),
        _ => return None,
    };
    Some((shown?.to_owned(), kind))
}

fn counts(batch: &Batch) -> Counts {
    let questions = batch
        .questions
        .iter()
        .map(|((server, key), question)| NewQuestion {
            server: *server,
            key: *key,
            wording: question.wording.clone(),
            count: question.count,
            day: question.day,
            by_several: question.by_several,
        });
    let asked = batch.asked.iter().map(|((server, day, asked), number)| {
        let outcome = match asked {
            Asked::Quoted => 0,
            Asked::Suggested => 1,
            Asked::Unknown => 2,
        };
        let (day, number) = (*day, *number);
        let count = DayCount {
            day,
            outcome,
            number,
        };
        (*server, count)
    });
    let quotes = batch.quotes.iter().map(|((server, day, article), number)| {
        let ArticleRef { path, is_shared } = article.clone();
        let number = *number;
        let count = QuoteCount {
            path,
            is_shared,
            number,
        };
        (*server, *day, count)
    });
    let today = day(now());
    let votes = batch
        .votes
        .iter()
        .map(|((server, passage), (helpful, not_helpful))| {
            let votes = PassageVotes {
                passage: passage.clone(),
                helpful: *helpful,
                not_helpful: *not_helpful,
            };
            (*server, votes, today)
        });
    Counts {
        questions: questions.collect(),
        asked: asked.collect(),
        quotes: quotes.collect(),
        votes: votes.collect(),
    }
}
