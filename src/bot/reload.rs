//! Reloading the articles on request: SIGHUP, or `/reload` by the bot's owner. (pullquote-library reloads them when
//! files change.)

use super::job::Job;
use super::registration::application_json;
use super::rest::Rest;
use pullquote_cards::{Action, Request, Response, commands, reloaded};
use pullquote_core::article::Changes;
use pullquote_library::{EngineHandle, OpenError, tell};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tracing::warn;

/// How long `/reload` waits for the result. Discord waits for 3 s in all.
const REPORT_TIMEOUT: Duration = Duration::from_millis(1_500);

/// Reloads at each SIGHUP. Never returns on Unix.
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

/// Reloads on a blocking thread and logs the result. `None` if that panicked.
async fn reload(handle: Arc<EngineHandle>) -> Option<Result<Changes, OpenError>> {
    let work = spawn_blocking(move || {
        let outcome = handle.reload();
        tell(&outcome);
        outcome
    });
    work.await.ok()
}

/// Whether the request is `/reload`.
pub(super) fn is_requested(request: &Request) -> bool {
    matches!(&request.action, Action::Command { name, .. } if name == commands::RELOAD)
}

/// Reloads and reports the result; `None`, without reloading, if the member does not own the application.
pub(super) async fn reload_for_owner(
    handle: Arc<EngineHandle>,
    rest: &Rest,
    job: &Job,
) -> Option<Response> {
    if !is_owner(rest, job).await {
        return None;
    }
    let outcome = match timeout(REPORT_TIMEOUT, reload(handle)).await {
        Ok(Some(outcome)) => outcome.map_err(|error| error.to_string()),
        Ok(None) => Err("internal error: see the log".to_owned()),
        // It continues in the background.
        Err(_) => Err("this takes a while: see the log".to_owned()),
    };
    Some(reloaded(&job.request, &outcome))
}

async fn is_owner(rest: &Rest, job: &Job) -> bool {
    match application_json(rest, job.deadline).await {
        Ok(application) => owns(&application, job.request.member),
        Err(error) => {
            warn!(id = %job.id, "cannot find out who owns the bot: {error}");
            false
        }
    }
}

/// Whether a member owns an application, or is in the team that owns it.
fn owns(application: &Value, member: u64) -> bool {
    let is_member = |user: &Value| user["id"].as_str() == Some(member.to_string().as_str());
    match application["team"]["members"].as_array() {
        // The owner of a team's application is a placeholder user. Membership state 1 is an open invitation.
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
    fn the_owner_or_the_team_owns_the_bot() {
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
