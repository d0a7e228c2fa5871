//! The answers in a forum: each post with an answer is a page, with its title, its first message, and the messages that answer.
//!
//! A message answers if it is pinned, if a member with the role of the source wrote it, or, in a post with a tag such as *Solved*
//! that has neither, if somebody else than its author did. The first message is the question: it becomes a heading, by which the
//! answers are found, and is never quoted itself. Names are never kept.
//!
//! A look at the whole forum reads all posts, for Discord says neither when a message was edited nor when one was deleted. Posts of which
//! an event was heard are read by themselves (`forum_events.rs`).

use crate::bot::bot::Bot;
use crate::bot::decode::{id, ids, list, message_text};
use crate::bot::error::error_chain;
use crate::bot::rest::{Call, CallError, Route};
use crate::sources::{
    Bounds, Copies, Look, NOT_ASKED, NewPage, Renewed, Seen, SyncError, too_large,
};
use pullquote_cards::{TeachingError, solved_tags, with_line_breaks};
use pullquote_core::text::safe;
use pullquote_sources::{Source, Validators, Version};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;
use tokio::time::Instant;

/// Discord's number of forums.
const FORUM: u64 = 15;
/// How long a request may take.
const REQUEST: Duration = Duration::from_secs(30);
/// Lists of a hundred archived posts that are read.
const MAX_LISTS: usize = 50;
/// Messages in a list, which is as many as Discord sends.
const LIST: usize = 100;
/// Lists of messages that are read of a post, the newest first.
const MAX_MESSAGE_LISTS: usize = 10;
/// After so many failures in a row, Discord is left alone until the next look.
const MAX_FAILURES: u32 = 5;
/// Discord's numbers of messages that people write: plain ones and replies.
const WRITTEN: [u64; 2] = [0, 19];
/// Letters of the first message that become a heading.
const MAX_QUESTION: usize = 500;

/// A look at a forum.
struct ForumLook<'a> {
    bot: &'a Bot,
    server: u64,
    forum: u64,
    copies: &'a dyn Copies,
    bounds: &'a Bounds,
    /// The ids of its tags for solved posts.
    solved: Vec<Value>,
    /// The role of those who answer.
    role: Option<u64>,
    /// Whether a member has the role.
    has_role: HashMap<u64, bool>,
    /// Bytes of all posts.
    bytes: u64,
    /// How often in a row Discord was out of order.
    failures: u32,
    /// What it said then.
    ended: Option<(String, Option<Duration>)>,
}

impl Bot {
    /// Whether a forum of a server can be a source.
    pub(crate) async fn check_forum(&self, server: u64, forum: u64) -> Result<(), TeachingError> {
        if !self.config.reads_messages {
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
    pub(crate) async fn look_at_forum(
        &self,
        source: &Source,
        server: u64,
        copies: &dyn Copies,
        bounds: &Bounds,
    ) -> Result<Look, SyncError> {
        let begun = Instant::now();
        let mut reading = self.begin(source, server, copies, bounds).await?;
        let (posts, mut complete) = self
            .posts(server, reading.forum)
            .await
            .map_err(|error| failed(&error))?;
        let mut look = Look::default();
        for (at, (id, post)) in posts.iter().rev().enumerate() {
            let is_over = begun.elapsed() > bounds.time || reading.ended.is_some();
            let seen = if at >= bounds.pages {
                Seen::Skipped(bounds.too_many())
            } else if at >= bounds.asked || is_over {
                complete = false;
                Seen::Skipped(NOT_ASKED.to_owned())
            } else {
                reading.seen(*id, post).await?
            };
            look.pages.insert(id.to_string(), seen);
        }
        look.ended = reading.ended;
        look.complete = complete;
        Ok(look)
    }

    /// Looks at some posts of a forum.
    pub(crate) async fn look_at_posts(
        &self,
        source: &Source,
        server: u64,
        copies: &dyn Copies,
        (bounds, posts): (&Bounds, &BTreeSet<u64>),
    ) -> Result<Look, SyncError> {
        let mut reading = self.begin(source, server, copies, bounds).await?;
        let files = copies.record().pages.values();
        let mut known = files.filter(|page| page.file.is_some()).count();
        let mut look = Look::default();
        for post in posts {
            let is_known = copies.known(&post.to_string()).is_some();
            let seen = match self.get(Route::Channel { channel: *post }, "").await {
                Ok(it) if id(&it["parent_id"]) != Some(reading.forum) => continue,
                Ok(_) if !is_known && known >= bounds.pages => Seen::Skipped(bounds.too_many()),
                Ok(it) => reading.seen(*post, &it).await?,
                Err(error) => reading.failed(&error),
            };
            known += usize::from(!is_known && matches!(seen, Seen::New(_)));
            look.pages.insert(post.to_string(), seen);
        }
        Ok(look)
    }

    async fn begin<'a>(
        &'a self,
        source: &Source,
        server: u64,
        copies: &'a dyn Copies,
        bounds: &'a Bounds,
    ) -> Result<ForumLook<'a>, SyncError> {
        if !self.config.reads_messages {
            return Err(SyncError::Place("the bot may not read messages any more"));
        }
        let forum = source.place.parse().unwrap_or_default();
        let channel = self.get(Route::Channel { channel: forum }, "").await;
        let channel = channel.map_err(|error| failed(&error))?;
        if !is_forum_of(&channel, server) {
            return Err(SyncError::Place("it is not a forum of this server"));
        }
        let versions = copies.record().pages.values().filter_map(|it| it.version);
        Ok(ForumLook {
            bot: self,
            server,
            forum,
            copies,
            bounds,
            solved: solved_tags(&channel).cloned().collect(),
            role: source.role,
            has_role: HashMap::new(),
            bytes: versions.map(Version::length).sum(),
            failures: 0,
            ended: None,
        })
    }

    /// The posts of a forum by id, the newest last, and whether these are all.
    async fn posts(
        &self,
        server: u64,
        forum: u64,
    ) -> Result<(BTreeMap<u64, Value>, bool), CallError> {
        let mut posts = BTreeMap::new();
        let is_in = |post: &&Value| id(&post["parent_id"]) == Some(forum);
        let mut add = |page: &Value| {
            let all = list(&page["threads"]).iter().filter(is_in);
            posts.extend(all.filter_map(|post| Some((id(&post["id"])?, post.clone()))));
        };
        add(&self.get(Route::ActiveThreads { guild: server }, "").await?);
        let mut query = "?limit=100".to_owned();
        for _ in 0..MAX_LISTS {
            let route = Route::ArchivedThreads { channel: forum };
            let page = self.get(route, &query).await?;
            add(&page);
            let last = list(&page["threads"]).last();
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

    pub(crate) async fn get(&self, route: Route<'_>, query: &str) -> Result<Value, CallError> {
        let call = Call::get(route).query(query);
        self.rest.call(&call, Instant::now() + REQUEST).await
    }
}

impl ForumLook<'_> {
    /// What is to be seen of a post.
    async fn seen(&mut self, id: u64, post: &Value) -> Result<Seen, SyncError> {
        match self.post(id, post).await {
            Ok(text) => {
                self.failures = 0;
                self.kept(id, text).map_err(SyncError::Copies)
            }
            Err(error) => Ok(self.failed(&error)),
        }
    }

    fn failed(&mut self, error: &CallError) -> Seen {
        if error.status() == 404 {
            return Seen::Gone;
        }
        self.failures += u32::from(error.status() == 0 || error.status() >= 500);
        if self.failures >= MAX_FAILURES {
            self.ended = Some((error_chain(error), None));
        }
        Seen::Skipped(error_chain(error))
    }

    /// Keeps what a post says by now, if that is new.
    fn kept(&mut self, post: u64, text: Result<(String, u64), String>) -> std::io::Result<Seen> {
        let (text, answer) = match text {
            Ok(text) => text,
            Err(reason) => return Ok(Seen::Unusable(reason)),
        };
        let version = Version::of(text.as_bytes());
        let server = self.server;
        let address = Some(format!(
            "https://discord.com/channels/{server}/{post}/{answer}"
        ));
        let known = self.copies.known(&post.to_string());
        if known.is_some_and(|known| known.version == Some(version)) {
            return Ok(Seen::Same(Renewed {
                address,
                validators: None,
            }));
        }
        let before = known.and_then(|known| Some(known.version?.length()));
        let bytes = self.bytes.saturating_sub(before.unwrap_or_default()) + version.length();
        if version.length() > self.bounds.page_bytes {
            return Ok(Seen::Skipped(too_large(self.bounds.page_bytes)));
        }
        if bytes > self.bounds.bytes {
            return Ok(Seen::Skipped(self.bounds.too_much()));
        }
        self.bytes = bytes;
        let file = format!("{post}.md");
        self.copies.add(&file, text.as_bytes())?;
        Ok(Seen::New(NewPage {
            file,
            address,
            version,
            validators: Validators::default(),
        }))
    }

    /// A post as Markdown, and the message that answers first; why not, if none does.
    async fn post(
        &mut self,
        post_id: u64,
        post: &Value,
    ) -> Result<Result<(String, u64), String>, CallError> {
        let title = plain(post["name"].as_str().unwrap_or_default());
        let messages = self.messages(post_id).await?;
        // The first message has the id of the post.
        let first = match messages.get(&post_id) {
            Some(first) => first.clone(),
            None => match self.first(post_id).await {
                Ok(first) => first,
                Err(error) if error.status() == 404 => {
                    return Ok(Err(format!("{title}: its first message is gone")));
                }
                Err(error) => return Err(error),
            },
        };
        let answers = self.answers((post_id, post), &first, &messages).await?;
        let question = plain(&message_text(&first));
        let text = |message: &Value| without_repetition(&plain(&message_text(message)), &question);
        let texts = answers.iter().map(|message| (text(message), message));
        let Some((_, answer)) = texts.clone().find(|(text, _)| !text.is_empty()) else {
            return Ok(Err(format!(
                "{title}: no answer is pinned, solved or by the role"
            )));
        };
        let texts = texts.map(|(text, _)| text);
        let markdown = markdown(&title, &question, texts.filter(|text| !text.is_empty()));
        Ok(Ok((markdown, id(&answer["id"]).unwrap_or_default())))
    }

    /// The messages of a post that answer, in their order.
    async fn answers(
        &mut self,
        (post_id, post): (u64, &Value),
        first: &Value,
        messages: &BTreeMap<u64, Value>,
    ) -> Result<Vec<Value>, CallError> {
        let asker = id(&first["author"]["id"]);
        let is_written = |message: &Value| {
            let kind = message["type"].as_u64();
            kind.is_some_and(|kind| WRITTEN.contains(&kind))
        };
        let replies = messages
            .iter()
            .filter(|(id, it)| **id != post_id && is_written(it));
        let replies: Vec<&Value> = replies.map(|(_, message)| message).collect();
        let mut answers = Vec::new();
        for &reply in &replies {
            if reply["pinned"] == true || self.is_staff(reply).await? {
                answers.push(reply.clone());
            }
        }
        let mut tags = list(&post["applied_tags"]).iter();
        if answers.is_empty() && tags.any(|tag| self.solved.contains(tag)) {
            let by_others = |reply: &&Value| {
                id(&reply["author"]["id"]) != asker && reply["author"]["bot"] != true
            };
            answers = replies.into_iter().filter(by_others).cloned().collect();
        }
        Ok(answers)
    }

    /// The newest messages of a post, by id.
    async fn messages(&self, post: u64) -> Result<BTreeMap<u64, Value>, CallError> {
        let route = Route::ChannelMessages { channel: post };
        let mut messages = BTreeMap::new();
        let mut query = format!("?limit={LIST}");
        for _ in 0..MAX_MESSAGE_LISTS {
            let page = self.bot.get(route, &query).await?;
            let page = list(&page);
            let is_last = page.len() < LIST;
            messages.extend(
                page.iter()
                    .filter_map(|it| Some((id(&it["id"])?, it.clone()))),
            );
            match messages.first_key_value() {
                Some((oldest, _)) if !is_last => query = format!("?limit={LIST}&before={oldest}"),
                _ => break,
            }
        }
        Ok(messages)
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
        let (Some(role), Some(author)) = (self.role, id(&message["author"]["id"])) else {
            return Ok(false);
        };
        if let Some(known) = self.has_role.get(&author) {
            return Ok(*known);
        }
        let route = Route::GuildMember {
            guild: self.server,
            user: author,
        };
        let has_role = match self.bot.get(route, "").await {
            Ok(member) => ids(&member["roles"]).contains(&role),
            // A webhook, or somebody who has left.
            Err(error) if error.status() == 404 => false,
            Err(error) => return Err(error),
        };
        self.has_role.insert(author, has_role);
        Ok(has_role)
    }
}

/// A post as an article: the question is its title and a heading, and only what answers is text below.
fn markdown(title: &str, question: &str, answers: impl Iterator<Item = String>) -> String {
    let words: Vec<&str> = question.split_whitespace().collect();
    let heading: String = words.join(" ").chars().take(MAX_QUESTION).collect();
    let mut markdown = format!("# {title}\n");
    if !heading.is_empty() && heading != title {
        markdown.extend(["\n## ", &heading, "\n"]);
    }
    for answer in answers {
        markdown.extend(["\n", &with_line_breaks(&answer), "\n"]);
    }
    markdown
}

/// An answer without the lines of the question that it repeats, as `> ...`.
fn without_repetition(answer: &str, question: &str) -> String {
    let repeats = |line: &&str| {
        let repeated = line.strip_prefix('>').map(str::trim);
        repeated.is_some_and(|line| question.contains(line))
    };
    let own: Vec<&str> = answer.lines().filter(|line| !repeats(line)).collect();
    own.join("\n").trim().to_owned()
}

fn is_forum_of(channel: &Value, server: u64) -> bool {
    channel["type"] == FORUM && id(&channel["guild_id"]) == Some(server)
}

fn failed(error: &CallError) -> SyncError {
    SyncError::Fetch(error_chain(error), None)
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
    use super::{markdown, plain, without_repetition};

    #[test]
    fn the_question_is_a_heading_and_no_text() {
        let answers = [
            "At the kiosk,\non the left.".to_owned(),
            "Or here.".to_owned(),
        ];
        assert_eq!(
            markdown("Boats?", "I looked\n\neverywhere.", answers.into_iter()),
            "# Boats?\n\n## I looked everywhere.\n\nAt the kiosk,  \non the left.\n\nOr here.\n"
        );
        assert_eq!(markdown("Boats?", "", [].into_iter()), "# Boats?\n");
        assert_eq!(markdown("Boats?", "Boats?", [].into_iter()), "# Boats?\n");
    }

    #[test]
    fn what_an_answer_repeats_of_the_question_is_left_out() {
        let question = "I looked everywhere.\nIs there a boat?";
        for (answer, own) in [
            (
                "> Is there a boat?\nYes, at the kiosk.",
                "Yes, at the kiosk.",
            ),
            (
                "> No dogs on board\nsays the sign.",
                "> No dogs on board\nsays the sign.",
            ),
            ("> I looked everywhere.", ""),
            ("Is there a boat? Yes.", "Is there a boat? Yes."),
        ] {
            assert_eq!(without_repetition(answer, question), own);
        }
    }

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
