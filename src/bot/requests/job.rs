//! A request in progress: what was asked, how long an answer is of use, and the line in the log about it.

use crate::bot::error::error_chain;
use crate::bot::requests::throttle::Requester;
use crate::telemetry::Metrics;
use pullquote_cards::commands::find;
use pullquote_cards::{
    Action, Addressed, ComponentId, MESSAGE, Reply, Request, RequestOutcome, Response, Settings,
    Source, Viewer, Visibility,
};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tracing::{debug, info, warn};

/// A request from its event to the end of its answer.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) request: Request,
    pub(crate) requester: Requester,
    /// Who reads the answer, and where.
    pub(crate) viewer: Viewer,
    /// What its server has chosen.
    pub(crate) settings: Arc<Settings>,
    /// Six hexadecimal digits that identify it in the log and in an apology to the member.
    pub(crate) id: String,
    start: Instant,
    /// An answer after this is of no use.
    pub(crate) deadline: Instant,
}

impl Job {
    /// `id` is the snowflake of the interaction or message, which has `time` from when it arrived. The request follows the
    /// settings.
    pub(crate) fn new(
        mut request: Request,
        settings: Arc<Settings>,
        (requester, viewer): (Requester, Viewer),
        id: u64,
        (arrived, time): (Instant, Duration),
    ) -> Self {
        request.follow(&settings);
        Self {
            request,
            requester,
            viewer,
            settings,
            // The low 12 bits count within a millisecond; the bits above them are the time.
            id: format!("{:06x}", (id >> 12) & 0xff_ffff),
            start: arrived,
            deadline: arrived + time,
        }
    }

    /// Gives it more time from now on.
    pub(crate) fn extend(&mut self, time: Duration) {
        self.deadline = Instant::now() + time;
    }

    /// Whether it is a question that is not meant for the bot.
    pub(crate) fn is_unasked(&self) -> bool {
        matches!(&self.request.action, Action::Question { addressed, .. } if *addressed != Addressed::Bot)
    }

    /// Whether more members than the one who asked will read a response.
    pub(crate) fn is_read_by_everyone(&self, response: &Response) -> bool {
        match &response.reply {
            Reply::Message { visibility, .. } => *visibility == Visibility::Public,
            Reply::Update(_) => {
                matches!(&self.request.action, Action::Component { source, .. } if source.is_public)
            }
            Reply::Delete
            | Reply::Form(_)
            | Reply::Choices(_)
            | Reply::Silence
            | Reply::Perform(_) => false,
        }
    }

    /// Counts it under its outcome.
    pub(crate) fn count(&self, metrics: &Metrics, outcome: &str) {
        let (kind, name) = log_name(&self.request.action);
        metrics.request(kind, name, outcome, self.start.elapsed());
    }

    /// Logs and counts that no slot became free for it.
    pub(crate) fn busy(&self, metrics: &Metrics) {
        let (kind, name) = log_name(&self.request.action);
        warn!(id = %self.id, kind, name, "not answered: too many requests in progress");
        self.count(metrics, "busy");
    }

    /// Logs and counts that an answer was withheld from a member who got one a moment ago without asking the bot.
    pub(crate) fn withheld(&self, metrics: &Metrics) {
        debug!(id = %self.id, "not answered: the member got an answer within the last minute");
        self.count(metrics, "withheld");
    }

    /// Logs how it went, and returns the outcome in a word. `error` is why the answer was not delivered.
    pub(crate) fn log(
        &self,
        result: RequestOutcome,
        micros: u64,
        error: Option<&dyn Error>,
    ) -> &'static str {
        let (kind, name) = log_name(&self.request.action);
        let total_ms = self.start.elapsed().as_millis() as u64;
        let (mut outcome, confidence) = outcome(result);
        if let Some(error) = error {
            outcome = "not delivered";
            warn!(id = %self.id, kind, name, "{}", error_chain(error));
        }
        // Two digits are enough.
        let confidence = confidence.map(|sure| f64::from((sure * 100.0).round()) / 100.0);
        let id = self.id.as_str();
        if self.requester.autocomplete {
            debug!(kind, name, outcome, micros, total_ms);
        } else {
            info!(kind, name, outcome, confidence, micros, total_ms, id);
        }
        debug!(id, words = log_words(&self.request.action), "asked");
        outcome
    }
}

/// An outcome as a label for logs and metrics, with the confidence of an answer.
fn outcome(outcome: RequestOutcome) -> (&'static str, Option<f32>) {
    match outcome {
        RequestOutcome::Quoted(sure) => ("quoted", Some(sure)),
        RequestOutcome::Suggested(sure) => ("suggested", Some(sure)),
        RequestOutcome::NoAnswer => ("unknown", None),
        RequestOutcome::Shown => ("shown", None),
        RequestOutcome::Silent => ("silent", None),
        RequestOutcome::Deleted => ("deleted", None),
        RequestOutcome::AskedHelpers => ("asked the helpers", None),
        RequestOutcome::Feedback { helpful: true } => ("helpful", None),
        RequestOutcome::Feedback { helpful: false } => ("not helpful", None),
        RequestOutcome::Solved => ("solved", None),
        RequestOutcome::Taught => ("taught", None),
        RequestOutcome::Wrong => ("wrong", None),
        RequestOutcome::NoSuchArticle | RequestOutcome::Refused(_) => ("refused", None),
        RequestOutcome::RateLimited => ("too fast", None),
        RequestOutcome::Failed => ("failed", None),
        RequestOutcome::Pending => ("pending", None),
    }
}

/// Kind of a request, and name of its command or component. Never text from a member: even the name of a command may be
/// made up.
fn log_name(action: &Action) -> (&'static str, &str) {
    let known = |name: &str| find(name).map_or("unknown", |command| command.definition.name);
    match action {
        Action::Command { name, .. } => ("command", known(name)),
        Action::Question { .. } => ("message", "question"),
        Action::WithheldReply { .. } => ("message", "withheld"),
        Action::Component { custom_id, .. } => ("control", component_name(custom_id)),
        Action::Form { custom_id, .. } => ("form", component_name(custom_id)),
        Action::Autocomplete { command, .. } => ("typing", known(command)),
    }
}

/// The first part of a `custom_id`, if it is one of the bot's.
fn component_name(custom_id: &str) -> &str {
    match ComponentId::parse(custom_id) {
        Some(_) => custom_id.split(':').next().unwrap_or_default(),
        None => "unknown",
    }
}

/// What the member typed, for the log at debug level.
fn log_words(action: &Action) -> &str {
    match action {
        Action::Command { arguments, .. } => ["question", "keywords", "name", MESSAGE]
            .iter()
            .find_map(|option| arguments.text(option))
            .unwrap_or_default(),
        Action::Question { text, .. } => text,
        Action::Form { values, .. } => values.text("text").unwrap_or_default(),
        Action::Component {
            source: Source { question, .. },
            ..
        }
        | Action::WithheldReply { question } => question.as_deref().unwrap_or_default(),
        Action::Autocomplete { typed, .. } => typed,
    }
}
