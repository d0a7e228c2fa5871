//! The articles read again when someone asks for it; by themselves they are in `library/watch.rs`.

use super::bot::{Bot, Job};
use super::registration::application_json;
use super::rest::Rest;
use pullquote_cards::{Action, Request, Response, commands, reloaded};
use pullquote_core::article::Changes;
use pullquote_library::{EngineHandle, OpenError, log_reload};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tracing::warn;

/// How long a reload may take for its report to be an answer. Discord waits for 3 s.
const REPORTED: Duration = Duration::from_millis(1_500);

/// Reloads at each SIGHUP, for ever.
pub(super) async fn on_hangup(handle: Arc<EngineHandle>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut hangup) = signal(SignalKind::hangup()) else {
            return;
        };
        while hangup.recv().await.is_some() {
            reload(Arc::clone(&handle)).await;
        }
    }
}

/// Reloads on a thread of its own and writes to the log what came of it; `None` when it was a fault of the
/// program.
pub(super) async fn reload(handle: Arc<EngineHandle>) -> Option<Result<Changes, OpenError>> {
    let work = spawn_blocking(move || {
        let outcome = handle.reload();
        log_reload(&outcome);
        outcome
    });
    work.await.ok()
}

/// Whether a member asks for it.
pub(super) fn asks_to_reload(request: &Request) -> bool {
    matches!(&request.action, Action::Command { name, .. } if name == commands::RELOAD)
}

impl Bot {
    /// Reloads if whoever runs the bot asks for it, and reports; others are refused kindly.
    pub(super) async fn reload(&self, job: &Job) -> Response {
        if !is_owner(&self.rest, job).await {
            return self.respond(job).0;
        }
        let outcome = match timeout(REPORTED, reload(Arc::clone(&self.handle))).await {
            Ok(Some(outcome)) => outcome.map_err(|error| error.to_string()),
            Ok(None) => Err("a fault of the program: see the log".to_owned()),
            // It goes on.
            Err(_) => Err("it takes a while: see the log".to_owned()),
        };
        reloaded(&job.request, &outcome)
    }
}

/// Whether Discord says that a member owns the application, or is of the team that does.
async fn is_owner(rest: &Rest, job: &Job) -> bool {
    match application_json(rest, job.deadline).await {
        Ok(application) => owns(&application, job.request.member),
        Err(error) => {
            warn!(id = %job.id, "Discord does not say who runs the bot: {error}");
            false
        }
    }
}

fn owns(application: &Value, member: u64) -> bool {
    let is = |user: &Value| user["id"].as_str() == Some(member.to_string().as_str());
    match application["team"]["members"].as_array() {
        // A team's owner is a made-up user. Who was invited only has not accepted yet.
        Some(members) => members
            .iter()
            .any(|it| it["membership_state"] == 2 && is(&it["user"])),
        None => is(&application["owner"]),
    }
}

#[cfg(test)]
mod tests {
    use super::owns;
    use serde_json::json;

    #[test]
    fn the_owner_or_the_team_runs_the_bot() {
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
