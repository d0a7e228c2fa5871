//! Checks of the settings that say who helps: `HELPERS_CHANNEL`, `HELPERS_ROLE` and `HELPERS_PING`.

use super::{Finding, Inspection, ServerDetails};
use crate::permissions::{self, EMBED, MENTION_ROLES, SEND, VIEW, number};
use pullquote_cards::Helpers;

/// The subject of these findings.
const SUBJECT: &str = "helpers";
/// Types of channels where the bot can post a question: text and announcement. Forums take posts with a title only.
const WRITABLE: [u64; 2] = [0, 5];
/// What the bot needs in the channel: bit, name in Discord, and what fails without it.
const NEEDED: [(u64, &str, &str); 3] = [
    (VIEW, "View Channels", "questions cannot be passed on"),
    (SEND, "Send Messages", "questions cannot be passed on"),
    (EMBED, "Embed Links", "questions are plain text there"),
];

/// Judges the settings against what Discord says about the bot's servers. Nothing if neither is set.
pub fn helpers(inspection: &Inspection, helpers: Helpers) -> Vec<Finding> {
    let Some(Ok(account)) = &inspection.account else {
        return Vec::new();
    };
    let servers = account.servers.as_deref().unwrap_or_default();
    if account.more_servers > 0 || servers.iter().any(|server| server.details.is_err()) {
        // The channel may be in a server that was not inspected.
        return Vec::new();
    }
    let details: Vec<&ServerDetails> = servers
        .iter()
        .filter_map(|server| server.details.as_ref().ok())
        .collect();
    let channel = helpers.channel.map(|id| channel(&details, id));
    let role = helpers.role.map(|id| role(&details, id, helpers));
    channel.into_iter().chain(role).collect()
}

fn channel(details: &[&ServerDetails], id: u64) -> Finding {
    let mut all = details
        .iter()
        .flat_map(|server| server.channels.iter().map(move |channel| (server, channel)));
    let Some((server, channel)) = all.find(|(_, channel)| number(&channel["id"]) == id) else {
        return Finding::warning(
            SUBJECT,
            format!("HELPERS_CHANNEL is {id}, which is not a channel of the bot's servers"),
            "correct the id, or invite the bot to that server; ignore this if it is a thread, which is not checked",
        );
    };
    let name = channel["name"].as_str().unwrap_or_default();
    let kind = channel["type"].as_u64().unwrap_or_default();
    if !WRITABLE.contains(&kind) {
        return Finding::warning(
            SUBJECT,
            format!("HELPERS_CHANNEL is #{name}, where the bot cannot post messages"),
            "choose a text channel",
        );
    }
    let may = permissions::of(&server.server, &server.member, channel);
    let missing = NEEDED.iter().find(|(bit, ..)| may & bit == 0);
    match missing {
        Some((_, permission, loss)) => Finding::warning(
            SUBJECT,
            format!("{permission} is missing in #{name}, the channel of HELPERS_CHANNEL: {loss}"),
            format!("allow {permission} there: Edit Channel > Permissions > the bot's role"),
        ),
        None => Finding::ok(
            SUBJECT,
            format!("questions without an answer can go to #{name}"),
        ),
    }
}

fn role(details: &[&ServerDetails], id: u64, helpers: Helpers) -> Finding {
    let roles = |server: &ServerDetails| server.server["roles"].as_array().cloned();
    let mut all = details.iter().flat_map(|server| {
        roles(server)
            .unwrap_or_default()
            .into_iter()
            .map(move |it| (server, it))
    });
    let Some((server, role)) = all.find(|(_, role)| number(&role["id"]) == id) else {
        return Finding::warning(
            SUBJECT,
            format!("HELPERS_ROLE is {id}, which is not a role of the bot's servers"),
            "correct the id, or invite the bot to that server",
        );
    };
    let name = role["name"].as_str().unwrap_or_default();
    let channel = server.channels.iter().find(|channel| {
        helpers
            .channel
            .is_some_and(|id| number(&channel["id"]) == id)
    });
    let may = channel.is_some_and(|channel| {
        permissions::of(&server.server, &server.member, channel) & MENTION_ROLES != 0
    });
    if helpers.ping && role["mentionable"] != true && !may {
        return Finding::warning(
            SUBJECT,
            format!("HELPERS_PING is on, but the bot cannot notify the role {name}"),
            "turn on Server Settings > Roles > the role > Allow anyone to mention this role",
        );
    }
    Finding::ok(SUBJECT, format!("the role is {name}"))
}
