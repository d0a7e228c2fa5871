//! Who may see the answers in a forum: those who can see the forum, by its permissions of now.
//!
//! An event about the forum, a role or the server makes the bot ask Discord again at once. It also asks every hour, because an event
//! can be missed, and signed HTTP brings none. While Discord doesn't tell, the answers are only for members who ask in the forum itself. A
//! gate that managers have chosen stays as it is.

use crate::bot::bot::Bot;
use crate::bot::decode::{id, list};
use crate::bot::error::error_chain;
use crate::bot::rest::{CallError, Route};
use crate::bot::sources::kept_sources::read;
use crate::permissions::sees;
use pullquote_cards::Gate;
use pullquote_sources::Kind;
use pullquote_store::StoreError;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};
use tracing::{debug, info, warn};

/// How often Discord is asked without an event.
const INTERVAL: Duration = Duration::from_hours(1);
/// How long after a failure it is asked again.
const RETRY: Duration = Duration::from_secs(10);
/// Servers that are asked about at once.
const AT_ONCE: usize = 4;
/// Roles that a gate may name, as many as a menu on Discord.
const MAX_ROLES: usize = 25;

/// Keeps the gates of forums as the forums are.
pub(crate) async fn follow(bot: Arc<Bot>) {
    let mut all = interval(INTERVAL);
    all.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failed: BTreeSet<u64> = BTreeSet::new();
    // Whether all are due, also where the store could not say which they are.
    let mut is_for_all = false;
    loop {
        let is_retry = is_for_all || !failed.is_empty();
        tokio::select! {
            () = bot.sources.gates.heard() => {}
            () = sleep(RETRY), if is_retry => {}
            _ = all.tick() => is_for_all = true,
        }
        let mut servers = bot.sources.gates.take();
        servers.append(&mut failed);
        // A new session names every server, of which few have sources. Without the store, each is tried again later.
        if let Ok(with_sources) = bot.articles.servers_with_sources().await {
            if std::mem::take(&mut is_for_all) {
                servers = with_sources;
            } else {
                servers.retain(|server| with_sources.contains(server));
            }
        }
        let mut renewing = JoinSet::new();
        for server in servers {
            if renewing.len() >= AT_ONCE
                && let Some(Ok(not_done)) = renewing.join_next().await
            {
                failed.extend(not_done);
            }
            let bot = Arc::clone(&bot);
            renewing.spawn(async move { bot.renew_gates(server).await });
        }
        while let Some(renewed) = renewing.join_next().await {
            // One that has panicked is tried again within the hour.
            failed.extend(renewed.ok().flatten());
        }
        // Said once, however often it is tried again.
        if !failed.is_empty() && !is_retry {
            let servers = failed.len();
            warn!(
                servers,
                "cannot find out who can see some forums: trying again"
            );
        }
    }
}

impl Bot {
    /// Who may see the answers in a forum: those who can see the forum.
    pub(crate) async fn gate_of_forum(&self, server: u64, forum: u64) -> Result<Gate, CallError> {
        let channel = self.get(Route::Channel { channel: forum }, "").await?;
        let known = self.get(Route::Guild { guild: server }, "").await?;
        Ok(gate_of(&known, &channel, forum))
    }

    /// Renews the gates of a server's forums. Returns the server if that is to be tried again.
    async fn renew_gates(&self, server: u64) -> Option<u64> {
        let renewed = self.try_to_renew_gates(server).await;
        let is_certain = renewed.unwrap_or_else(|error| {
            debug!(server, "forums: {}", error_chain(&error));
            false
        });
        (!is_certain).then_some(server)
    }

    async fn try_to_renew_gates(&self, server: u64) -> Result<bool, StoreError> {
        let mut is_certain = true;
        for (source, forum, before) in self.following_forums(server).await? {
            let gate = match self.gate_of_forum(server, forum).await {
                Ok(gate) => gate,
                Err(error) => {
                    // The bot can't see the forum either, or it is gone.
                    is_certain &= matches!(error.status(), 403 | 404);
                    only_there(forum)
                }
            };
            if gate == before {
                continue;
            }
            let renewed = self
                .articles
                .renew_source_gate(server, source, [&before, &gate]);
            if renewed.await? {
                info!(server, forum, "who can see a forum has changed");
            } else {
                // Another process has renewed it meanwhile, or it is chosen or removed now.
                is_certain = false;
            }
        }
        Ok(is_certain)
    }

    /// The sources of a server that are forums whose gates nobody has chosen: source, forum and gate.
    async fn following_forums(&self, server: u64) -> Result<Vec<(u64, u64, Gate)>, StoreError> {
        if self.forums(server).await?.is_empty() {
            return Ok(Vec::new());
        }
        let sources = self.articles.store().sources(server).await?;
        let following = sources.into_iter().filter(|kept| !kept.is_gate_chosen);
        let forums = following.filter_map(|kept| {
            let source = read(&kept.settings)?;
            let forum = source.place.parse().ok()?;
            let gate = Gate::parse(&kept.gate)?;
            (source.kind == Kind::Forum).then_some((kept.id, forum, gate))
        });
        Ok(forums.collect())
    }
}

/// Those who can see a forum: its gate is open if all can. If no role lets members see it, they may where they see it. Of roles and
/// members that are excluded by themselves where all others can see it, a gate knows nothing.
fn gate_of(server: &Value, channel: &Value, forum: u64) -> Gate {
    if sees(server, None, channel) {
        return Gate::default();
    }
    let of_people = list(&server["roles"])
        .iter()
        .filter(|role| role["managed"] != true && role["id"] != server["id"]);
    let seeing = of_people.filter(|role| sees(server, Some(&role["id"]), channel));
    let roles: Vec<u64> = seeing
        .filter_map(|role| id(&role["id"]))
        .take(MAX_ROLES)
        .collect();
    if roles.is_empty() {
        only_there(forum)
    } else {
        Gate::new(&roles, &[])
    }
}

/// For members who ask in the forum, and so can see it.
fn only_there(forum: u64) -> Gate {
    Gate::new(&[], &[forum])
}

#[cfg(test)]
mod tests {
    use super::gate_of;
    use pullquote_cards::Gate;
    use serde_json::json;

    #[test]
    fn a_forum_that_not_all_can_see_is_for_those_who_can() {
        // Everyone (1), helpers (2), administrators (3), a bot (4) and others (5).
        let server = json!({"id": "1", "owner_id": "9", "roles": [
            {"id": "1", "permissions": "1024"}, {"id": "2", "permissions": "0"}, {"id": "3", "permissions": "8"},
            {"id": "4", "permissions": "8", "managed": true}, {"id": "5", "permissions": "1024"},
        ]});
        let gate = |overwrites| gate_of(&server, &json!({"permission_overwrites": overwrites}), 7);
        assert_eq!(gate(json!([])), Gate::default());
        let hidden = json!({"id": "1", "allow": "0", "deny": "1024"});
        let helpers = json!({"id": "2", "allow": "1024", "deny": "0"});
        assert_eq!(gate(json!([hidden, helpers])), Gate::new(&[2, 3], &[]));
        assert_eq!(gate(json!([hidden])), Gate::new(&[3], &[]));
        // Members by name only.
        let nobody =
            json!({"id": "1", "owner_id": "9", "roles": [{"id": "1", "permissions": "0"}]});
        let gate = gate_of(&nobody, &json!({"permission_overwrites": []}), 7);
        assert_eq!(gate, Gate::new(&[], &[7]));
    }
}
