//! Discord: whether it can be reached, the application in the developer portal, commands, servers and channels.

use super::Finding;
use super::permissions::{self, NEEDED, VIEW};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Seconds that our clock may differ from Discord's.
const CLOCK: i64 = 30;
/// Sessions left today under which something must be wrong.
const SESSIONS: u64 = 100;
/// Channels that are named where one thing is missing in many.
const NAMED: usize = 5;
/// The two bits of an application's flags that say that the Message Content Intent is on, for few servers and for
/// many.
const MESSAGE_CONTENT: u64 = 1 << 18 | 1 << 19;
/// Kinds of channels in which members ask: text, announcements, forums.
const ASKING: [u64; 3] = [0, 5, 15];

/// What was seen of Discord.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The way there, or why there is none.
    pub reach: Result<Reach, String>,
    /// What it tells the bot, or why it does not; nothing where it cannot be reached.
    pub told: Option<Result<Told, String>>,
}

/// The way to Discord.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// Milliseconds that an answer took.
    pub millis: u64,
    /// Seconds by which our clock is ahead, where Discord tells the time.
    pub ahead: Option<i64>,
}

/// What Discord tells a bot with a good token; `Value` is Discord's own JSON.
#[derive(Debug, Clone)]
pub struct Told {
    /// The application.
    pub application: Value,
    /// How to connect, and how many sessions are left.
    pub gateway: Value,
    /// Whether its commands are those of this version.
    pub commands: Result<bool, String>,
    /// The servers that were looked at.
    pub servers: Result<Vec<Server>, String>,
    /// How many more there are.
    pub more_servers: usize,
    /// The link that invites the bot.
    pub invite: String,
}

/// A server that the bot is in.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// The server, the bot as its member, its channels.
    pub inside: Result<(Value, Value, Vec<Value>), String>,
    /// Whether the server has let the bot's commands in.
    pub commands: bool,
}

/// What to say of it, with the channels where the bot should answer unasked.
pub fn discord(seen: &Seen, auto_answer: &BTreeSet<u64>) -> Vec<Finding> {
    let mut findings = vec![reach(&seen.reach)];
    if let Ok(reach) = &seen.reach {
        findings.extend(reach.ahead.map(clock));
    }
    match &seen.told {
        None => {}
        Some(Err(why)) => findings.push(Finding::error(
            "token",
            why,
            "`pullquote init` takes a new token and checks it",
        )),
        Some(Ok(told)) => {
            findings.extend(application(&told.application, auto_answer));
            findings.push(sessions(&told.gateway));
            findings.push(commands(&told.commands));
            findings.extend(servers(told, auto_answer));
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
            "look at the internet connection, the name server and the firewall: the bot needs discord.com and \
             gateway.discord.gg, port 443",
        ),
    }
}

fn clock(ahead: i64) -> Finding {
    if ahead.abs() <= CLOCK {
        return Finding::ok("clock", "it is right");
    }
    let way = if ahead > 0 { "ahead" } else { "behind" };
    Finding::warning(
        "clock",
        format!("this machine's clock is {} s {way}", ahead.abs()),
        "let it be set by NTP (`timedatectl set-ntp true`)",
    )
}

fn application(application: &Value, auto_answer: &BTreeSet<u64>) -> Vec<Finding> {
    const PORTAL: &str = "https://discord.com/developers/applications > the application";
    let name = application["name"].as_str().unwrap_or_default();
    let mut findings = vec![Finding::ok("token", format!("it is that of {name}"))];
    let content = application["flags"].as_u64().unwrap_or_default() & MESSAGE_CONTENT != 0;
    findings.push(match (auto_answer.is_empty(), content) {
        (true, _) => Finding::ok("intents", "no privileged one is needed"),
        (false, true) => Finding::ok("intents", "the Message Content Intent is on"),
        (false, false) => Finding::error(
            "intents",
            "AUTO_ANSWER_CHANNELS needs the Message Content Intent, which is off",
            format!("switch it on at {PORTAL} > Bot, or unset AUTO_ANSWER_CHANNELS"),
        ),
    });
    if application["interactions_endpoint_url"].is_string() {
        findings.push(Finding::error(
            "application",
            "it has an Interactions Endpoint URL: Discord sends commands there, and the bot never hears of them",
            format!("empty the field at {PORTAL} > General Information"),
        ));
    }
    if application["bot_require_code_grant"] == true {
        findings.push(Finding::error(
            "application",
            "it requires an OAuth2 code grant, so nobody can invite the bot",
            format!("switch that off at {PORTAL} > Bot"),
        ));
    }
    findings
}

fn sessions(gateway: &Value) -> Finding {
    let left = gateway["session_start_limit"]["remaining"].as_u64();
    match left {
        Some(left) if left < SESSIONS => Finding::warning(
            "sessions",
            format!("only {left} connections are left today"),
            "something starts the bot over and over: look into its log before Discord resets the token",
        ),
        Some(left) => Finding::ok("sessions", format!("{left} connections are left today")),
        None => Finding::ok("sessions", "Discord names no limit"),
    }
}

fn commands(commands: &Result<bool, String>) -> Finding {
    match commands {
        Ok(true) => Finding::ok("commands", "Discord has those of this version"),
        Ok(false) => Finding::warning(
            "commands",
            "Discord does not have those of this version",
            "`pullquote run` registers them when it starts, `pullquote commands sync` at once",
        ),
        Err(why) => Finding::warning("commands", why, "try again later"),
    }
}

fn servers(told: &Told, auto_answer: &BTreeSet<u64>) -> Vec<Finding> {
    const SUBJECT: &str = "servers";
    let invite = format!("open this link to invite it: {}", told.invite);
    let servers = match &told.servers {
        Ok(servers) => servers,
        Err(why) => return vec![Finding::warning(SUBJECT, why, "try again later")],
    };
    if servers.is_empty() {
        return vec![Finding::warning(
            SUBJECT,
            "the bot is in no server yet",
            invite,
        )];
    }
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for server in servers {
        let name = &server.name;
        if !server.commands {
            findings.push(Finding::warning(
                SUBJECT,
                format!("{name} has not let the bot's commands in, so nobody sees them there"),
                invite.clone(),
            ));
        }
        match &server.inside {
            Ok((inside, member, channels)) => {
                let ids = channels.iter().filter_map(|channel| channel["id"].as_str());
                seen.extend(ids.filter_map(|id| id.parse::<u64>().ok()));
                findings.extend(channels_of(name, inside, member, channels));
            }
            Err(why) => findings.push(Finding::warning(
                SUBJECT,
                format!("{name}: {why}"),
                "try again later",
            )),
        }
    }
    if told.more_servers > 0 {
        let message = format!("{} more were not looked at", told.more_servers);
        findings.push(Finding::ok(SUBJECT, message));
    } else {
        let missing = auto_answer.difference(&seen);
        findings.extend(missing.map(|id| {
            Finding::warning(
                "channels",
                format!("AUTO_ANSWER_CHANNELS names {id}, which is no channel of the bot's servers"),
                "correct the id, or invite the bot into that server (a thread is not looked for here)",
            )
        }));
    }
    findings
}

/// What is missing in which channels of a server.
fn channels_of(name: &str, server: &Value, member: &Value, channels: &[Value]) -> Vec<Finding> {
    let kind = |channel: &Value| channel["type"].as_u64().unwrap_or_default();
    let asking = channels
        .iter()
        .filter(|channel| ASKING.contains(&kind(channel)));
    let mut missing: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let (mut seen, mut hidden) = (0, 0);
    for channel in asking {
        let may = permissions::of(server, member, channel);
        if may & VIEW == 0 {
            hidden += 1;
            continue;
        }
        seen += 1;
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
                    some_of(&channels)
                ),
                format!("allow {permission} there: Edit Channel > Permissions > the bot's role"),
            )
        })
        .collect();
    if findings.is_empty() {
        let unseen = match hidden {
            0 => String::new(),
            hidden => format!(" ({hidden} more are hidden from it)"),
        };
        let message = format!("the bot may do all it needs in {seen} channels of {name}{unseen}");
        findings.push(Finding::ok("channels", message));
    }
    findings
}

fn some_of(channels: &[String]) -> String {
    let named: Vec<&str> = channels.iter().take(NAMED).map(String::as_str).collect();
    match channels.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
