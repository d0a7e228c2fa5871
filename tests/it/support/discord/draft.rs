//! Creates and edits messages from request bodies.

use super::message::{File, Message, list};
use super::options::{HELPERS_ROLE, PULLQUOTE};
use super::request::same_id;
use super::world::{World, mentioned};
use serde_json::Value;

/// The flag of a message that shows no embeds.
const SUPPRESS_EMBEDS: u64 = 1 << 2;

/// A new message by the bot.
pub fn draft(world: &mut World, channel: u64, body: &Value, files: &[File]) -> Message {
    let id = world.clock.snowflake();
    let mut message = Message::new(id, channel, PULLQUOTE, "");
    message.flags = body["flags"].as_u64().unwrap_or(0) & !(1 << 6);
    message.ephemeral = body["flags"].as_u64().unwrap_or(0) & 1 << 6 != 0;
    write(world, &mut message, body, files);
    message
}

impl World {
    /// Edits a message. The bot gets `MESSAGE_UPDATE` for its own edits too.
    pub fn rewrite(&mut self, id: u64, body: &Value, files: &[File]) {
        let Some(mut message) = self.messages.remove(&id) else {
            return;
        };
        let first = std::mem::take(&mut message.thinking);
        message.edits += usize::from(!first);
        message.edited = Some(self.clock.millis());
        write(self, &mut message, body, files);
        self.messages.insert(id, message);
        self.dispatch_message("MESSAGE_UPDATE", id);
    }

    /// Deletes a message.
    pub fn delete(&mut self, id: u64) {
        if let Some(message) = self.messages.get_mut(&id) {
            message.deleted = true;
        }
        self.dispatch_message("MESSAGE_DELETE", id);
    }
}

/// Replaces the fields that the body contains.
fn write(world: &mut World, message: &mut Message, body: &Value, files: &[File]) {
    if body.get("content").is_some() {
        body["content"]
            .as_str()
            .unwrap_or_default()
            .trim()
            .clone_into(&mut message.content);
        message.mentions = mentioned(&message.content);
        message.pings = pings(&message.content, &body["allowed_mentions"]);
        let is_mentionable = world.options.is_mentionable;
        message
            .pings
            .retain(|who| is_mentionable || *who != HELPERS_ROLE.to_string());
    }
    if let Some(flags) = body["flags"].as_u64() {
        message.flags = message.flags & !SUPPRESS_EMBEDS | flags & SUPPRESS_EMBEDS;
    }
    for (field, kept) in [
        ("embeds", &mut message.embeds),
        ("components", &mut message.components),
    ] {
        if body.get(field).is_some() {
            *kept = list(&body[field]).to_vec();
        }
    }
    message.embeds.iter_mut().for_each(trim);
    if message.flags & SUPPRESS_EMBEDS != 0 {
        message.embeds.clear();
    }
    if body["attachments"].is_array() {
        let named = list(&body["attachments"]);
        message
            .files
            .retain(|old| named.iter().any(|named| same_id(&named["id"], old.id)));
    }
    for file in files {
        let named = list(&body["attachments"])
            .iter()
            .find(|named| same_id(&named["id"], file.id));
        let name = named
            .and_then(|named| named["filename"].as_str())
            .unwrap_or(&file.name);
        message.files.push(File {
            id: world.clock.snowflake(),
            name: name.to_owned(),
            description: named.and_then(|named| named["description"].as_str().map(str::to_owned)),
            bytes: file.bytes.clone(),
        });
    }
}

/// Discord trims the texts of embeds.
fn trim(embed: &mut Value) {
    for part in ["/title", "/description", "/footer/text", "/author/name"] {
        if let Some(Value::String(text)) = embed.pointer_mut(part) {
            *text = text.trim().to_owned();
        }
    }
}

/// Whom a text pings under `allowed_mentions`; if that is null, everyone it mentions.
fn pings(content: &str, allowed: &Value) -> Vec<String> {
    let parses =
        |kind: &str| allowed.is_null() || list(&allowed["parse"]).iter().any(|parse| parse == kind);
    let named = |kind: &str, id: u64| list(&allowed[kind]).iter().any(|named| same_id(named, id));
    let mut pings = Vec::new();
    for all in ["everyone", "here"] {
        if content.contains(&format!("@{all}")) && parses("everyone") {
            pings.push(all.to_owned());
        }
    }
    for (mark, kind) in [("<@", "users"), ("<@&", "roles")] {
        let starts = content.split(mark).skip(1);
        let ids = starts.filter_map(|rest| {
            rest.split_once('>')?
                .0
                .trim_start_matches('!')
                .parse::<u64>()
                .ok()
        });
        pings.extend(
            ids.filter(|id| parses(kind) || named(kind, *id))
                .map(|id| id.to_string()),
        );
    }
    pings
}
