//! Checks of Discord: the connection, the application in the developer portal, commands, servers and channels.

use super::Finding;
use super::auto_answer::auto_answer as named_channels;
use super::endpoint::{HttpSettings, endpoint};
use super::inspection::{BotAccount, Inspection, PORTAL, Reach, Server, ServerDetails};
use super::needed::NEEDED;
use crate::permissions::{self, VIEW};
use pullquote_cards::Installs;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Seconds by which this machine's clock may differ from Discord's.
const MAX_CLOCK_SKEW: i64 = 30;
/// Remaining sessions below which something probably restarts the bot in a loop: Discord allows 1000 a day.
const FEW_SESSIONS: u64 = 100;
/// Channels listed for one missing permission.
const MAX_LISTED: usize = 5;
/// The application flags `GATEWAY_MESSAGE_CONTENT` and `GATEWAY_MESSAGE_CONTENT_LIMITED`.
const MESSAGE_CONTENT: u64 = 1 << 18 | 1 << 19;
/// The subject of findings about servers.
const SERVERS: &str = "servers";
/// Types of channels in which members ask: text, announcement, forum.
const CHECKED_TYPES: [u64; 3] = [0, 5, 15];

/// Judges an inspection. `auto_answer` are the channels where the bot answers without being asked, and whether it reads
/// messages that are not meant for it; `allowed` are the servers where it answers, none for every server. `http` are the
/// settings of interactions over HTTP.
pub fn discord(
    inspection: &Inspection,
    (auto_answer, reads_messages): (&BTreeSet<u64>, bool),
    allowed: &BTreeSet<u64>,
    http: &HttpSettings,
) -> Vec<Finding> {
    let mut findings = vec![reach(&inspection.reach)];
    if let Ok(reach) = &inspection.reach {
        findings.extend(reach.ahead.map(clock));
    }
    match &inspection.account {
        None => {}
        Some(Err(why)) => findings.push(Finding::error(
            "token",
            why,
            "run `pullquote init` with a new token",
        )),
        Some(Ok(account)) => {
            findings.extend(application(&account.application, reads_messages));
            findings.extend(endpoint(&account.application, inspection, http));
            findings.extend(code_grant(&account.application));
            findings.extend(access(&account.application, allowed));
            findings.push(sessions(&account.gateway));
            findings.push(commands(&account.commands, &account.application));
            findings.extend(servers(account, auto_answer, allowed));
        }
    }
    findings
}

fn reach(reach: &Result<Reach, String>) -> Finding {
    match reach {
        Ok(reach) => Finding::ok("network", format!("Discord answers in {} ms", reach.millis)),
        Err(why) => Finding::error(
            "network",
            why,
            "check the internet connection, DNS and firewall: the bot connects to discord.com and gateway.discord.gg \
             on port 443",
        ),
    }
}

fn clock(ahead: i64) -> Finding {
    if ahead.abs() <= MAX_CLOCK_SKEW {
        return Finding::ok("clock", "in sync");
    }
    let way = if ahead > 0 { "ahead" } else { "behind" };
    Finding::warning(
        "clock",
        format!("{} s {way}", ahead.abs()),
        "turn on time synchronisation, for example with `timedatectl set-ntp true`",
    )
}

fn application(application: &Value, reads_messages: bool) -> Vec<Finding> {
    let name = application["name"].as_str().unwrap_or_default();
    let mut findings = vec![Finding::ok("token", format!("belongs to {name}"))];
    let content = application["flags"].as_u64().unwrap_or_default() & MESSAGE_CONTENT != 0;
    findings.push(match (reads_messages, content) {
        (false, _) => Finding::ok("intents", "no privileged intent needed"),
        (true, true) => Finding::ok("intents", "the Message Content Intent is on"),
        (true, false) => Finding::error(
            "intents",
            "AUTO_ANSWER_CHANNELS needs the Message Content Intent, which is off",
            format!("turn it on at {PORTAL} > Bot, or unset AUTO_ANSWER_CHANNELS"),
        ),
    });
    findings
}

fn code_grant(application: &Value) -> Option<Finding> {
    (application["bot_require_code_grant"] == true).then(|| {
        Finding::error(
            "application",
            "it requires an OAuth2 code grant, so the bot cannot be invited",
            format!("turn off Requires OAuth2 Code Grant at {PORTAL} > Bot"),
        )
    })
}

/// Who can add the bot, and what they can read. Without an answer from Discord, anyone can.
fn access(application: &Value, allowed: &BTreeSet<u64>) -> Vec<Finding> {
    const SUBJECT: &str = "access";
    let mut findings = Vec::new();
    if application["bot_public"] != false {
        let then = if allowed.is_empty() {
            "anyone can add the bot to their server, where everyone can read all articles through it"
        } else {
            "anyone can add the bot to their server: it does not answer there, but it answers direct messages from there"
        };
        let mut remedy = format!(
            "at {PORTAL}, set Installation > Install Link to None, then turn off Bot > Public Bot"
        );
        if allowed.is_empty() {
            remedy.push_str("; or list your servers in ALLOWED_SERVERS");
        }
        findings.push(Finding::warning(
            SUBJECT,
            format!("Public Bot is on: {then}"),
            remedy,
        ));
    }
    // "1" is Discord's number for an installation in a user's account.
    if application["integration_types_config"]["1"].is_object() {
        findings.push(Finding::warning(
            SUBJECT,
            "User Install is on: whoever may install the bot in their account can ask it in direct messages and groups, \
             and read all articles through it",
            format!("turn off Installation > User Install at {PORTAL}, unless members need it"),
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::ok(SUBJECT, "only the owner can add the bot"));
    }
    findings
}

fn sessions(gateway: &Value) -> Finding {
    let left = gateway["session_start_limit"]["remaining"].as_u64();
    match left {
        Some(left) if left < FEW_SESSIONS => Finding::warning(
            "sessions",
            format!("only {left} gateway sessions left today"),
            "find out from the log what restarts the bot, before Discord resets the token",
        ),
        Some(left) => Finding::ok("sessions", format!("{left} gateway sessions left today")),
        None => Finding::ok("sessions", "no limit given"),
    }
}

fn commands(commands: &Result<bool, String>, application: &Value) -> Finding {
    let installs = Installs::of(application);
    match commands {
        Ok(true) if !installs.users => Finding::ok(
            "commands",
            "registered and up to date, for servers and direct messages: User Install is off",
        ),
        Ok(true) if !installs.servers => Finding::warning(
            "commands",
            "registered for users only: Guild Install is off, so servers don't have them",
            format!("turn on Installation > Guild Install at {PORTAL}, unless that is meant"),
        ),
        Ok(true) => Finding::ok("commands", "registered and up to date"),
        Ok(false) => Finding::warning(
            "commands",
            "not registered, or of another version",
            "start the bot, or run `pullquote commands sync`",
        ),
        Err(why) => Finding::warning("commands", why, "try again later"),
    }
}

fn servers(
    account: &BotAccount,
    auto_answer: &BTreeSet<u64>,
    allowed: &BTreeSet<u64>,
) -> Vec<Finding> {
    let invite = format!("open this link to invite it: {}", account.invite);
    let servers = match &account.servers {
        Ok(servers) => servers,
        Err(why) => return vec![Finding::warning(SERVERS, why, "try again later")],
    };
    if servers.is_empty() {
        return vec![Finding::warning(
            SERVERS,
            "the bot is in no server yet",
            invite,
        )];
    }
    let is_allowed = |server: &Server| allowed.is_empty() || allowed.contains(&server.id);
    let mut findings = Vec::new();
    for it in servers {
        if is_allowed(it) {
            findings.extend(server(it, &invite));
        } else {
            let (name, id) = (&it.name, it.id);
            findings.push(Finding::warning(
                SERVERS,
                format!("the bot does not answer in {name}: ALLOWED_SERVERS does not contain {id}"),
                "add the id, or remove the bot from that server",
            ));
        }
    }
    if account.more_servers > 0 {
        let message = format!("{} more servers not checked", account.more_servers);
        findings.push(Finding::ok(SERVERS, message));
    } else {
        findings.extend(unknown_ids(servers, allowed, &invite));
    }
    findings.extend(named_channels(account, servers, auto_answer));
    findings
}

/// Checks a server where the bot answers.
fn server(server: &Server, invite: &str) -> Vec<Finding> {
    let name = &server.name;
    let mut findings = Vec::new();
    if !server.has_commands {
        findings.push(Finding::warning(
            SERVERS,
            format!(
                "the bot was invited to {name} without its commands, so nobody sees them there"
            ),
            invite,
        ));
    }
    match &server.details {
        Ok(details) => findings.extend(channels(name, details)),
        Err(why) => findings.push(Finding::warning(
            SERVERS,
            format!("{name}: {why}"),
            "try again later",
        )),
    }
    findings
}

/// Ids in settings that belong to no server of the bot.
fn unknown_ids(servers: &[Server], allowed: &BTreeSet<u64>, invite: &str) -> Vec<Finding> {
    let joined: BTreeSet<u64> = servers.iter().map(|server| server.id).collect();
    let not_joined = allowed.difference(&joined).map(|id| {
        Finding::warning(
            SERVERS,
            format!("ALLOWED_SERVERS contains {id}, but the bot is not in that server"),
            format!("correct the id, or {invite}"),
        )
    });
    not_joined.collect()
}

/// Checks the bot's permissions in every channel of a server.
fn channels(name: &str, details: &ServerDetails) -> Vec<Finding> {
    let kind = |channel: &Value| channel["type"].as_u64().unwrap_or_default();
    let checked = details
        .channels
        .iter()
        .filter(|channel| CHECKED_TYPES.contains(&kind(channel)));
    let mut missing: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let (mut visible, mut hidden) = (0, 0);
    for channel in checked {
        let may = permissions::of(&details.server, &details.member, channel);
        if may & VIEW == 0 {
            hidden += 1;
            continue;
        }
        visible += 1;
        for (at, (bit, ..)) in NEEDED.iter().enumerate() {
            if may & bit == 0 {
                let channel = channel["name"].as_str().unwrap_or_default();
                missing.entry(at).or_default().push(format!("#{channel}"));
            }
        }
    }
    let mut findings: Vec<_> = missing
        .into_iter()
        .filter_map(|(at, channels)| Some((NEEDED.get(at)?, channels)))
        .map(|((_, permission, loss), channels)| {
            Finding::warning(
                "channels",
                format!(
                    "{permission} is missing in {} of {name}: {loss}",
                    listed(&channels)
                ),
                format!("allow {permission} there: Edit Channel > Permissions > the bot's role"),
            )
        })
        .collect();
    if findings.is_empty() {
        let rest = match hidden {
            0 => String::new(),
            hidden => format!("; it cannot see {hidden} more"),
        };
        let message = format!("the bot has all permissions in {visible} channels of {name}{rest}");
        findings.push(Finding::ok("channels", message));
    }
    findings
}

/// The first few names, and how many more there are.
fn listed(channels: &[String]) -> String {
    let first: Vec<&str> = channels
        .iter()
        .take(MAX_LISTED)
        .map(String::as_str)
        .collect();
    match channels.len().saturating_sub(MAX_LISTED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
