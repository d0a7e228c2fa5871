//! The answers in a forum: each post with an answer is a page, with its title, its first message, and the messages that answer.
//!
//! A message answers if it is pinned, if a member with the role of the source wrote it, or, in a post with a tag such as *Solved*
//! that has neither, if somebody else than its author did. All posts are read each time: Discord says neither when a message was
//! edited nor when one was deleted. Names are never kept.

use super::bot::Bot;
use super::decode::message_text;
use super::error::error_chain;
use super::rest::{Call, CallError, Route};
use crate::sources::{Bounds, Copies, Look, NOT_ASKED, NewPage, Renewed, Seen, SyncError};
use pullquote_cards::{TeachingError, is_solved_tag};
use pullquote_core::text::safe;
use pullquote_sources::{Source, Validators, Version};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;
use tokio::time::Instant;

/// Discord's number of forums.
const FORUM: u64 = 15;
/// How long a request may take.
const REQUEST: Duration = Duration::from_secs(30);
/// Lists of a hundred archived posts that are read.
const MAX_LISTS: usize = 50;
/// After so many failures in a row, Discord is left alone until the next look.
const MAX_FAILURES: u32 = 5;
/// Discord's numbers of messages that people write: plain ones and replies.
const WRITTEN: [u64; 2] = [0, 19];

/// A look at a forum.
struct ForumLook<'a> {
    bot: &'a Bot,
    server: u64,
    /// The ids of its tags for solved posts.
    solved: Vec<Value>,
    /// The role of those who answer.
    role: Option<u64>,
    /// Whether a member has the role.
    has_role: HashMap<u64, bool>,
}

impl Bot {
    /// Whether a forum of a server can be a source.
    pub(super) async fn check_forum(&self, server: u64, forum: u64) -> Result<(), TeachingError> {
        if !self.reads_messages {
            return Err(TeachingError::NoMessageContent);
        }
        let channel = self.get(Route::Channel { channel: forum }, "").await;
        match channel {
            Ok(channel) if is_forum_of(&channel, server) => Ok(()),
            Err(error) if error.status() == 0 => Err(TeachingError::Unavailable),
            _ => Err(TeachingError::ForumHidden),
        }
    }

    /// Looks at a forum.
    pub(super) async fn look_at_forum(
        &self,
        source: &Source,
        server: u64,
        copies: &dyn Copies,
        bounds: &Bounds,
    ) -> Result<Look, SyncError> {
        if !self.reads_messages {
            return Err(SyncError::Place("the bot may not read messages any more"));
        }
        let begun = Instant::now();
        let channel = source.place.parse().unwrap_or_default();
        let forum = self.get(Route::Channel { channel }, "").await;
        let forum = forum.map_err(|error| failed(&error))?;
        if !is_forum_of(&forum, server) {
            return Err(SyncError::Place("it is not a forum of this server"));
        }
        let (posts, mut complete) = self
            .posts(server, channel)
            .await
            .map_err(|error| failed(&error))?;
        let mut reading = ForumLook {
            bot: self,
            server,
            solved: solved_tags(&forum),
            role: source.role,
            has_role: HashMap::new(),
        };
        let mut look = Look::default();
        let mut failures = 0;
        for (at, (id, post)) in posts.iter().rev().enumerate() {
            let (page, is_over) = (id.to_string(), begun.elapsed() > bounds.time);
            let seen = if at >= bounds.pages {
                Seen::Skipped(bounds.too_many())
            } else if at >= bounds.asked || is_over || failures >= MAX_FAILURES {
                complete = false;
                Seen::Skipped(NOT_ASKED.to_owned())
            } else {
                match reading.post(post).await {
                    Ok(text) => {
                        failures = 0;
                        seen(server, *id, text, copies).map_err(SyncError::Copies)?
                    }
                    Err(error) if error.status() == 404 => Seen::Gone,
                    Err(error) => {
                        failures += u32::from(error.status() == 0 || error.status() >= 500);
                        look.ended =
                            (failures >= MAX_FAILURES).then(|| (error_chain(&error), None));
                        Seen::Skipped(error_chain(&error))
                    }
                }
            };
            look.pages.insert(page, seen);
        }
        look.complete = complete;
        Ok(look)
    }

    /// The posts of a forum by id, the newest last, and whether these are all.
    async fn posts(
        &self,
        server: u64,
        forum: u64,
    ) -> Result<(BTreeMap<u64, Value>, bool), CallError> {
        let mut posts = BTreeMap::new();
        let is_in = |post: &&Value| number(&post["parent_id"]) == forum;
        let mut add = |list: &Value| {
            let all = list["threads"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(is_in);
            posts.extend(all.map(|post| (number(&post["id"]), post.clone())));
        };
        add(&self.get(Route::ActiveThreads { guild: server }, "").await?);
        let mut query = "?limit=100".to_owned();
        for _ in 0..MAX_LISTS {
            let route = Route::ArchivedThreads { channel: forum };
            let page = self.get(route, &query).await?;
            add(&page);
            let threads = page["threads"].as_array();
            let last = threads.and_then(|all| all.last());
            let before = last.and_then(|it| it["thread_metadata"]["archive_timestamp"].as_str());
            match before {
                Some(before) if page["has_more"] == true => {
                    query = format!("?limit=100&before={}", before.replace('+', "%2B"));
                }
                _ => return Ok((posts, true)),
            }
        }
        Ok((posts, false))
    }

    async fn get(&self, route: Route<'_>, query: &str) -> Result<Value, CallError> {
        let call = Call::get(route).query(query);
        self.rest.call(&call, Instant::now() + REQUEST).await
    }
}

impl ForumLook<'_> {
    /// A post as Markdown, and the message that answers first; why not, if none does.
    async fn post(&mut self, post: &Value) -> Result<Result<(String, u64), String>, CallError> {
        let id = number(&post["id"]);
        let title = plain(post["name"].as_str().unwrap_or_default());
        let route = Route::ChannelMessages { channel: id };
        let newest = self.bot.get(route, "?limit=100").await?;
        let mut messages: Vec<Value> = newest.as_array().cloned().unwrap_or_default();
        messages.sort_by_key(|message| number(&message["id"]));
        // The first message has the id of the post.
        let first = match messages.iter().find(|message| number(&message["id"]) == id) {
            Some(first) => first.clone(),
            None => match self.first(id).await {
                Ok(first) => first,
                Err(error) if error.status() == 404 => {
                    return Ok(Err(format!("{title}: its first message is gone")));
                }
                Err(error) => return Err(error),
            },
        };
        let asker = number(&first["author"]["id"]);
        let written = |message: &&Value| {
            let is_first = number(&message["id"]) == id;
            !is_first
                && message["type"]
                    .as_u64()
                    .is_some_and(|kind| WRITTEN.contains(&kind))
        };
        let replies: Vec<&Value> = messages.iter().filter(written).collect();
        let mut answers = Vec::new();
        for &reply in &replies {
            if reply["pinned"] == true || self.is_staff(reply).await? {
                answers.push(reply);
            }
        }
        let tags = post["applied_tags"].as_array().into_iter().flatten();
        if answers.is_empty() && tags.into_iter().any(|tag| self.solved.contains(tag)) {
            let by_others = |reply: &&&Value| {
                number(&reply["author"]["id"]) != asker && reply["author"]["bot"] != true
            };
            answers = replies.iter().filter(by_others).copied().collect();
        }
        let texts = answers.iter().map(|message| plain(&message_text(message)));
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            return Ok(Err(format!(
                "{title}: no answer is pinned, solved or by the role"
            )));
        }
        let question = plain(&message_text(&first)).replace('\n', "\n> ");
        let markdown = format!("# {title}\n\n> {question}\n\n{}\n", texts.join("\n\n"));
        Ok(Ok((markdown, number(&answers[0]["id"]))))
    }

    async fn first(&self, post: u64) -> Result<Value, CallError> {
        let route = Route::ChannelMessage {
            channel: post,
            message: post,
        };
        self.bot.get(route, "").await
    }

    /// Whether the author of a message has the role. The message does not say so itself.
    async fn is_staff(&mut self, message: &Value) -> Result<bool, CallError> {
        let Some(role) = self.role else {
            return Ok(false);
        };
        let author = number(&message["author"]["id"]);
        if let Some(known) = self.has_role.get(&author) {
            return Ok(*known);
        }
        let route = Route::GuildMember {
            guild: self.server,
            user: author,
        };
        let has_role = match self.bot.get(route, "").await {
            Ok(member) => {
                let roles: HashSet<u64> = member["roles"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(number)
                    .collect();
                roles.contains(&role)
            }
            // A webhook, or somebody who has left.
            Err(error) if error.status() == 404 => false,
            Err(error) => return Err(error),
        };
        self.has_role.insert(author, has_role);
        Ok(has_role)
    }
}

/// What was seen of a post, from what it says by now.
fn seen(
    server: u64,
    post: u64,
    text: Result<(String, u64), String>,
    copies: &dyn Copies,
) -> std::io::Result<Seen> {
    let (text, answer) = match text {
        Ok(text) => text,
        Err(reason) => return Ok(Seen::Unusable(reason)),
    };
    let version = Version::of(text.as_bytes());
    let address = Some(format!(
        "https://discord.com/channels/{server}/{post}/{answer}"
    ));
    let known = copies.known(&post.to_string());
    if known.is_some_and(|known| known.version == Some(version)) {
        return Ok(Seen::Same(Renewed {
            address,
            validators: None,
        }));
    }
    let file = format!("{post}.md");
    copies.add(&file, text.as_bytes())?;
    Ok(Seen::New(NewPage {
        file,
        address,
        version,
        validators: Validators::default(),
    }))
}

fn is_forum_of(channel: &Value, server: u64) -> bool {
    channel["type"] == FORUM && number(&channel["guild_id"]) == server
}

/// The ids of a forum's tags for solved posts.
fn solved_tags(forum: &Value) -> Vec<Value> {
    let tags = forum["available_tags"].as_array().into_iter().flatten();
    let solved = tags.filter(|tag| tag["name"].as_str().is_some_and(is_solved_tag));
    solved.map(|tag| tag["id"].clone()).collect()
}

fn failed(error: &CallError) -> SyncError {
    SyncError::Fetch(error_chain(error), None)
}

/// An id, which Discord writes as text; 0 for anything else.
fn number(id: &Value) -> u64 {
    id.as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or_default()
}

/// A text without mentions, which name people, and with custom emoji as people type them.
fn plain(text: &str) -> String {
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        let (inner, after) = tag.split_once('>').unwrap_or_default();
        let mut signs = ["@!", "@&", "@", "#"].iter();
        let mentioned = signs.find_map(|sign| inner.strip_prefix(sign));
        let emoji = inner.trim_start_matches('a').strip_prefix(':');
        rest = match (mentioned, emoji.and_then(|emoji| emoji.split_once(':'))) {
            (Some(id), _) if is_id(id) => after,
            (_, Some((name, id))) if is_id(id) => {
                plain.extend([":", name, ":"]);
                after
            }
            _ => {
                plain.push('<');
                tag
            }
        };
    }
    plain.push_str(rest);
    safe(&plain).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nobody_is_named() {
        for (text, expect) in [
            (
                "Thanks <@123> and <@!4>, <@&5> in <#6>!",
                "Thanks  and ,  in !",
            ),
            ("<:ferry:12> <a:wave:3>", ":ferry: :wave:"),
            ("a < b, <b> and <@name>", "a < b, <b> and <@name>"),
            ("<", "<"),
        ] {
            assert_eq!(plain(text), expect);
        }
    }
}
