//! Checks each id in `AUTO_ANSWER_CHANNELS`: whether it exists, what it is, and whether the bot may answer there.

use super::Finding;
use super::inspection::{BotAccount, Server, ServerDetails};
use crate::permissions::{self, VIEW, number};
use pullquote_cards::solved_tags;
use serde_json::Value;
use std::collections::BTreeSet;

const SUBJECT: &str = "channels";
/// Send Messages, Send Messages in Threads, Manage Threads.
const SEND: u64 = 1 << 11;
const SEND_IN_THREADS: u64 = 1 << 38;
const MANAGE_THREADS: u64 = 1 << 34;

/// What a named channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Forum,
    Category,
    Thread,
}

/// A named channel, with the server that it is in.
struct Named<'a> {
    channel: &'a Value,
    details: &'a ServerDetails,
}

/// One finding for each problem with a named channel; one that lists them if there is none.
pub(super) fn auto_answer(
    account: &BotAccount,
    servers: &[Server],
    named: &BTreeSet<u64>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut fine = Vec::new();
    for &id in named {
        match find(account, servers, id) {
            Some(found) => match found.problems() {
                problems if problems.is_empty() => fine.push(found.name()),
                problems => findings.extend(problems),
            },
            // It may be in one of the servers that were not inspected.
            None if account.more_servers > 0 => {}
            None => findings.push(Finding::warning(
                SUBJECT,
                format!(
                    "AUTO_ANSWER_CHANNELS contains {id}, which is not a channel of the bot's servers"
                ),
                "correct the id, invite the bot to that server, or let it see the channel",
            )),
        }
    }
    if !fine.is_empty() {
        let message = format!("the bot answers without being asked in {}", fine.join(", "));
        findings.push(Finding::ok(SUBJECT, message));
    }
    findings
}

/// A channel by id, among those of the servers or those that were looked up, such as threads.
fn find<'a>(account: &'a BotAccount, servers: &'a [Server], id: u64) -> Option<Named<'a>> {
    let details = || servers.iter().filter_map(|it| it.details.as_ref().ok());
    let listed = details().find_map(|details| {
        let channel = details.channels.iter().find(|it| number(&it["id"]) == id)?;
        Some(Named { channel, details })
    });
    listed.or_else(|| {
        let channel = account
            .looked_up
            .iter()
            .find(|it| number(&it["id"]) == id)?;
        let details = details().find(|details| details.server["id"] == channel["guild_id"])?;
        Some(Named { channel, details })
    })
}

impl Named<'_> {
    fn kind(&self) -> Option<Kind> {
        Some(match self.channel["type"].as_u64()? {
            // Voice channels have messages, too.
            0 | 2 | 5 | 13 => Kind::Text,
            4 => Kind::Category,
            10..=12 => Kind::Thread,
            15 | 16 => Kind::Forum,
            _ => return None,
        })
    }

    /// Its name, and what it is.
    fn name(&self) -> String {
        let name = self.channel["name"].as_str().unwrap_or_default();
        match self.kind() {
            Some(Kind::Forum) => format!("#{name} (a forum)"),
            Some(Kind::Thread) => format!("{name} (a thread)"),
            Some(Kind::Category) => {
                let inside = self.details.channels.iter();
                let inside = inside.filter(|it| it["parent_id"] == self.channel["id"]);
                match inside.count() {
                    1 => format!("{name} (a category with 1 channel)"),
                    count => format!("{name} (a category with {count} channels)"),
                }
            }
            _ => format!("#{name}"),
        }
    }

    fn problems(&self) -> Vec<Finding> {
        let name = self.name();
        let problem = |what: String, remedy: &str| Finding::warning(SUBJECT, what, remedy);
        let Some(kind) = self.kind() else {
            let what = format!("AUTO_ANSWER_CHANNELS contains {name}, which has no messages");
            let remedy = "use ids of text channels, forums, categories or threads";
            return vec![problem(what, remedy)];
        };
        let may = self.permissions();
        if may & VIEW == 0 {
            let what = format!("AUTO_ANSWER_CHANNELS contains {name}, which the bot cannot see");
            let remedy = "allow View Channel there: Edit Channel > Permissions > the bot's role";
            return vec![problem(what, remedy)];
        }
        let needed: &[(u64, &str)] = match kind {
            Kind::Text => &[(SEND, "Send Messages")],
            Kind::Forum | Kind::Thread => &[(SEND_IN_THREADS, "Send Messages in Threads")],
            // Its channels are checked as all others are.
            Kind::Category => &[],
        };
        let missing = needed.iter().filter(|(bit, _)| may & bit == 0);
        let mut problems: Vec<Finding> = missing
            .map(|(_, permission)| {
                let what =
                    format!("{permission} is missing in {name}, so the bot cannot answer there");
                let remedy = format!(
                    "allow {permission} there: Edit Channel > Permissions > the bot's role"
                );
                problem(what, &remedy)
            })
            .collect();
        if kind == Kind::Forum && may & MANAGE_THREADS == 0 && self.has_solved_tag() {
            problems.push(problem(
                format!(
                    "Manage Threads is missing in {name}, so *Solved* cannot set the forum's tag"
                ),
                "allow Manage Threads there: Edit Channel > Permissions > the bot's role",
            ));
        }
        problems
    }

    /// The bot's permissions there. A thread has those of its channel.
    fn permissions(&self) -> u64 {
        let ServerDetails {
            server,
            member,
            channels,
        } = self.details;
        let parent = channels
            .iter()
            .find(|it| self.kind() == Some(Kind::Thread) && it["id"] == self.channel["parent_id"]);
        permissions::of(server, member, parent.unwrap_or(self.channel))
    }

    fn has_solved_tag(&self) -> bool {
        solved_tags(self.channel).next().is_some()
    }
}
