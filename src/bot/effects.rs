//! Who may make a request, and the effects that commands ask for.

use crate::bot::application::registration::application_json;
use crate::bot::bot::Bot;
use crate::bot::error::error_chain;
use crate::bot::reload::reload;
use crate::bot::replies::delivery::Delivery;
use crate::bot::replies::solved::solve;
use crate::bot::requests::job::Job;
use crate::bot::rest::Rest;
use crate::lock::lock;
use pullquote_cards::{
    Access, Effect, EffectOutcome, HelpRequest, PassageKey, PostError, Rating, RatingCounts,
    Refusal, Reply, Response, access, after, refuse,
};
use pullquote_core::article::{Changes, Corpus};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tracing::{info, warn};

/// How long to wait for a reload. Discord waits 3 s for the response.
const RELOAD_WAIT: Duration = Duration::from_millis(1_500);
/// How long to wait for a tag: three requests, and time is left for the response.
const SOLVE_WAIT: Duration = Duration::from_secs(2);

impl Bot {
    /// Responds to a request if the member may make it, and performs its effect. Also returns how many microseconds
    /// the answer took.
    pub(super) async fn respond(self: &Arc<Self>, job: &Job) -> (Response, u64) {
        let (response, micros) = self.consider(job).await;
        (self.performed(response, job).await, micros)
    }

    /// The response to a request if the member may make it, before its effect is performed.
    pub(super) async fn consider(&self, job: &Job) -> (Response, u64) {
        if self.is_allowed(job).await {
            self.answer(job).await
        } else {
            (refuse(&job.request, Refusal::NotOperator), 0)
        }
    }

    /// The response after its effect was performed, if it has one.
    pub(super) async fn performed(self: &Arc<Self>, response: Response, job: &Job) -> Response {
        match &response.reply {
            Reply::Perform(effect) => after(&job.request, &self.perform(effect, job).await),
            _ => response,
        }
    }

    async fn is_allowed(&self, job: &Job) -> bool {
        match access(&job.request) {
            // The handlers of managers' commands check themselves, in forms and buttons, too.
            Access::Everyone | Access::Manager => true,
            Access::Operator => is_operator(&self.rest, job).await,
        }
    }

    pub(super) async fn perform(self: &Arc<Self>, effect: &Effect, job: &Job) -> EffectOutcome {
        match effect {
            Effect::Reload => EffectOutcome::Reloaded(self.reload().await),
            Effect::Rate(rating) => {
                self.rate(rating);
                let helpful = rating.helpful;
                EffectOutcome::Rated { helpful }
            }
            Effect::AskHelpers(help) => {
                EffectOutcome::AskedHelpers(self.ask_helpers(help, job).await)
            }
            Effect::Solve => {
                let deadline = job.deadline.min(Instant::now() + SOLVE_WAIT);
                EffectOutcome::Solved(solve(&self.rest, job.requester.channel, deadline).await)
            }
            Effect::Prepare(addition) => EffectOutcome::Prepared(self.prepare(addition, job).await),
            Effect::Confirm(draft) => EffectOutcome::Confirmed(self.confirm(*draft, job).await),
            Effect::Discard(draft) => EffectOutcome::Discarded(self.discard(*draft, job).await),
            Effect::Gate { article, gate } => {
                EffectOutcome::Gated(self.gate_article(*article, gate, job).await)
            }
            Effect::RemoveArticle { article } => {
                EffectOutcome::Removed(self.remove_article(*article, job).await)
            }
            Effect::RestoreArticle { path, removed_at } => {
                EffectOutcome::Restored(self.restore_article(path, *removed_at, job).await)
            }
            Effect::ListArticles => EffectOutcome::Listed(self.list_articles(job).await),
            Effect::ReadArticle { article } => {
                EffectOutcome::Read(self.read_article(*article, job).await)
            }
            Effect::Try {
                question,
                role,
                channel,
            } => EffectOutcome::Tried(self.try_question(question, *role, *channel, job).await),
            Effect::Source(effect) => EffectOutcome::Source(self.source(effect, job).await),
            Effect::Insights(effect) => EffectOutcome::Insights(self.insights(effect, job).await),
            Effect::Settings(change) => {
                EffectOutcome::Settings(self.settings(change.as_ref(), job).await)
            }
        }
    }

    /// Counts a rating, and logs where the passage is and how it is rated by now.
    fn rate(&self, rating: &Rating) {
        let mut feedback = lock(&self.feedback);
        let RatingCounts {
            helpful,
            not_helpful,
        } = feedback.add(rating);
        self.metrics.ratings(feedback.total());
        drop(feedback);
        let engine = self.handle.engine();
        let place = rating.passage.and_then(|key| place(engine.corpus(), key));
        info!(place, helpful, not_helpful, "an answer was rated");
    }

    async fn ask_helpers(&self, help: &HelpRequest, job: &Job) -> Result<(), PostError> {
        let member = job.request.member;
        self.throttle
            .check_helpers(member)
            .map_err(PostError::TooFast)?;
        let delivery = Delivery::new(&self.rest, job);
        delivery.post(help).await.map_err(|error| {
            warn!(id = %job.id, "cannot ask the helpers: {}", error_chain(&error));
            if error.is_forbidden() {
                PostError::Forbidden
            } else {
                PostError::Failed(job.id.clone())
            }
        })
    }

    async fn reload(&self) -> Result<Changes, String> {
        match timeout(RELOAD_WAIT, reload(Arc::clone(&self.handle))).await {
            Ok(Some(outcome)) => outcome.map_err(|error| error.to_string()),
            Ok(None) => Err("internal error: see the log".to_owned()),
            // The reload continues in the background.
            Err(_) => Err("this takes a while: see the log".to_owned()),
        }
    }
}

/// Where a passage is: `file.md:12-14`. `None` if it has changed or is gone.
fn place(corpus: &Corpus, key: PassageKey) -> Option<String> {
    let passage = corpus.passage(key.find(corpus)?);
    let article = corpus.article(passage.article);
    let paragraph = article.paragraphs.get(passage.paragraph as usize)?;
    Some(article.place(paragraph.lines))
}

/// Whether the member owns the application or belongs to the team that owns it.
async fn is_operator(rest: &Rest, job: &Job) -> bool {
    match application_json(rest, job.deadline).await {
        Ok(application) => owns(&application, job.request.member),
        Err(error) => {
            warn!(id = %job.id, "cannot find out who owns the application: {error}");
            false
        }
    }
}

fn owns(application: &Value, member: u64) -> bool {
    let is_member = |user: &Value| user["id"].as_str() == Some(member.to_string().as_str());
    match application["team"]["members"].as_array() {
        // The owner of a team's application is a placeholder user. State 1 is an invitation that was not accepted
        // yet, 2 is a member.
        Some(members) => members
            .iter()
            .any(|it| it["membership_state"] == 2 && is_member(&it["user"])),
        None => is_member(&application["owner"]),
    }
}

#[cfg(test)]
mod tests {
    use super::owns;
    use serde_json::json;

    #[test]
    fn the_owner_or_the_team_operates_the_bot() {
        let alone = json!({"owner": {"id": "1"}, "team": null});
        assert!(owns(&alone, 1) && !owns(&alone, 2));
        let team = json!({"owner": {"id": "9"}, "team": {"members": [
            {"membership_state": 2, "user": {"id": "1"}},
            {"membership_state": 1, "user": {"id": "2"}},
        ]}});
        assert!(owns(&team, 1) && !owns(&team, 2) && !owns(&team, 9));
        assert!(!owns(&json!({}), 0) && !owns(&json!(null), 1));
    }
}
