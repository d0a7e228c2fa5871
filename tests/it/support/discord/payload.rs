//! JSON objects that Discord sends, with every field that client libraries require.

use super::clock::{Clock, iso};
use super::gateway::ShardId;
use super::interaction::{Record, Trigger};
use super::message::{File, Message, list};
use super::options::{
    ALICE, BOB, BOT, BOT_ROLE, Channel, HELPERS_ROLE, MODERATOR_ROLE, PULLQUOTE, Place, SERVER,
    User, UserKind, intent, permission,
};
use super::world::{World, mentioned};
use serde_json::{Value, json};

const JOINED: &str = "2026-01-01T00:00:00.000000+00:00";

pub fn user(user: User) -> Value {
    json!({
        "id": user.id.to_string(), "username": user.name, "discriminator": "0", "global_name": null, "avatar": null,
        "bot": user.kind != UserKind::Person, "public_flags": 0, "flags": 0, "primary_guild": null,
    })
}

/// A member without its user, as in messages.
fn bare_member(roles: &[u64]) -> Value {
    let roles: Vec<String> = roles.iter().map(u64::to_string).collect();
    json!({
        "nick": null, "avatar": null, "banner": null, "roles": roles, "joined_at": JOINED, "premium_since": null, "deaf": false,
        "mute": false, "flags": 0, "pending": false, "communication_disabled_until": null,
    })
}

/// A member. Only an interaction says what they may do.
pub fn member(of: User, roles: &[u64]) -> Value {
    let mut member = bare_member(roles);
    member["user"] = user(of);
    member
}

/// A message with its content.
pub fn message(world: &World, message: &Message) -> Value {
    let written = iso(message.written);
    let attachments: Vec<Value> = message
        .files
        .iter()
        .map(|f| attachment(f, message))
        .collect();
    let mentions: Vec<Value> = message
        .mentions
        .iter()
        .filter_map(|id| World::user(*id))
        .map(user)
        .collect();
    let mut value = json!({
        "id": message.id.to_string(), "channel_id": message.channel.to_string(), "author": user(message.author),
        "content": message.content, "timestamp": written,
        "edited_timestamp": message.edited.map(iso),
        "tts": false, "mention_everyone": message.pings.iter().any(|who| who == "everyone" || who == "here"),
        "mentions": mentions, "mention_roles": mentioned_roles(&message.content), "attachments": attachments,
        "embeds": message.embeds.iter().map(embed).collect::<Vec<_>>(), "components": components(&message.components), "pinned": message.pinned,
        "type": kind(message), "flags": message.flags | u64::from(message.ephemeral) << 6 | u64::from(message.thinking) << 7,
    });
    for (field, set) in message.fields.as_object().into_iter().flatten() {
        value[field] = set.clone();
    }
    if let Some(nonce) = &message.nonce {
        value["nonce"] = json!(nonce);
    }
    if message.author.kind == UserKind::Webhook {
        value["webhook_id"] = json!(message.author.id.to_string());
    }
    if message.author.id == BOT {
        value["application_id"] = json!(BOT.to_string());
    }
    if let Some(record) = message
        .interaction
        .and_then(|id| world.interactions.get(&id))
    {
        value["interaction_metadata"] = metadata(world, record);
    }
    if let Some(target) = message.reply_to {
        value["message_reference"] = json!({"type": 0, "message_id": target.to_string(), "channel_id": message.channel.to_string()});
        value["referenced_message"] = world.message(target).map_or(Value::Null, |found| {
            let mut found = self::message(world, found);
            if let Some(fields) = found.as_object_mut() {
                fields.remove("referenced_message");
            }
            found
        });
    }
    value
}

/// The interaction that a message responds to. That of a form contains the one that opened it.
fn metadata(world: &World, record: &Record) -> Value {
    let mut whole = json!({
        "id": record.id.to_string(), "type": record.trigger.number(), "user": user(record.user),
        "authorizing_integration_owners": owners(world, record.channel, record.user),
    });
    let mut opener = whole.clone();
    let source = record.source.map(|source| json!(source.to_string()));
    match (record.trigger, source) {
        (Trigger::Form, source) => {
            opener["type"] = json!(2 + u8::from(source.is_some()));
            if let Some(source) = source {
                opener["interacted_message_id"] = source;
            }
            whole["triggering_interaction_metadata"] = opener;
        }
        (_, Some(source)) => whole["interacted_message_id"] = source,
        _ => {}
    }
    whole
}

/// An embed that was sent, with what Discord adds.
fn embed(sent: &Value) -> Value {
    let mut shown = sent.clone();
    shown["type"] = json!("rich");
    for field in shown["fields"].as_array_mut().into_iter().flatten() {
        if field["inline"].is_null() {
            field["inline"] = json!(false);
        }
    }
    if shown["fields"].is_null()
        && let Some(parts) = shown.as_object_mut()
    {
        parts.remove("fields");
    }
    shown
}

/// The number that Discord has given a component of a message; 1 if the message does not have it any more.
pub fn component_number(message: &Message, custom_id: &Value) -> Value {
    let rows = components(&message.components);
    let mut parts = rows.iter().flat_map(|row| list(&row["components"]));
    let found = parts.find(|part| part["custom_id"] == *custom_id);
    found.map_or(json!(1), |part| part["id"].clone())
}

/// What the bot may do where an interaction comes from. In direct messages, some permissions are always there.
pub fn app_permissions(channel: &Channel) -> String {
    let always = match channel.place.context() {
        0 => 0,
        1 => permission::OF_DIRECT | permission::EXTERNAL_EMOJIS,
        _ => permission::OF_DIRECT,
    };
    (channel.permissions | always).to_string()
}

/// Components that were sent, with what Discord adds: all are numbered.
fn components(sent: &[Value]) -> Vec<Value> {
    let mut number = 0;
    let mut shown = sent.to_vec();
    for part in &mut shown {
        complete(part, &mut number);
    }
    shown
}

fn complete(part: &mut Value, number: &mut u64) {
    *number += 1;
    let is_select = matches!(part["type"].as_u64(), Some(3 | 5..=8));
    let defaults = [
        ("id", json!(*number)),
        ("min_values", json!(1)),
        ("max_values", json!(1)),
    ];
    let of_all = if is_select { 3 } else { 1 };
    for (field, default) in defaults.into_iter().take(of_all) {
        if part[field].is_null() {
            part[field] = default;
        }
    }
    if let Some(inside) = part.get_mut("components").and_then(Value::as_array_mut) {
        for part in inside {
            complete(part, number);
        }
    }
}

/// Ids of the roles that a text mentions as `<@&1>`.
fn mentioned_roles(text: &str) -> Vec<&str> {
    let starts = text.split("<@&").skip(1);
    starts
        .filter_map(|rest| Some(rest.split_once('>')?.0))
        .collect()
}

/// `authorizing_integration_owners` of an interaction: the server, or the user who installed the bot.
pub fn owners(world: &World, channel: u64, user: User) -> Value {
    match world.channel(channel).map(|known| known.place) {
        Some(Place::Private) => json!({"1": user.id.to_string()}),
        Some(Place::Direct(_)) => json!({"0": "0"}),
        _ => json!({"0": SERVER.to_string()}),
    }
}

/// The message type: 0 default, 19 reply, 20 chat input command.
fn kind(message: &Message) -> u64 {
    message
        .kind
        .unwrap_or(match (message.interaction, message.reply_to) {
            (Some(_), None) => 20,
            (None, Some(_)) => 19,
            _ => 0,
        })
}

fn attachment(file: &File, message: &Message) -> Value {
    let url = format!(
        "https://cdn.invalid/attachments/{}/{}/{}",
        message.channel, file.id, file.name
    );
    let mut value = json!({"id": file.id.to_string(), "filename": file.name, "size": file.bytes.len(), "url": url, "proxy_url": url});
    if let Some(description) = &file.description {
        value["description"] = json!(description);
    }
    value
}

/// A message as in a gateway event: without its content if the bot may not see it.
pub fn message_event(world: &World, heard: &Message) -> Value {
    let mut value = message(world, heard);
    if let Some(server) = world.server(heard.channel) {
        value["guild_id"] = json!(server.to_string());
        value["channel_type"] = world
            .channel(heard.channel)
            .map_or(Value::Null, |known| channel(known)["type"].clone());
        if heard.author.kind != UserKind::Webhook {
            value["member"] = bare_member(&heard.roles);
        }
        for mentioned in value["mentions"].as_array_mut().into_iter().flatten() {
            mentioned["member"] = bare_member(&[]);
        }
    }
    if !has_visible_content(world, heard) {
        hide_content(&mut value);
    }
    if let Some(target) = heard.reply_to.and_then(|id| world.message(id))
        && !has_visible_content(world, target)
    {
        hide_content(&mut value["referenced_message"]);
    }
    value
}

/// Without the message content intent, a bot sees the content of its own messages, of direct ones and of those that
/// mention it. The ping of a reply is a mention, except in a reply to the response to an interaction.
fn has_visible_content(world: &World, message: &Message) -> bool {
    world.gateway.intents() & intent::MESSAGE_CONTENT != 0
        || message.author.id == BOT
        || world.server(message.channel).is_none()
        || mentioned(&message.content).contains(&BOT)
        || message.mentions.contains(&BOT) && !replies_to_response(world, message)
}

fn replies_to_response(world: &World, message: &Message) -> bool {
    let target = message.reply_to.and_then(|id| world.message(id));
    target.is_some_and(|target| target.interaction.is_some())
}

/// A message as the bot reads it over REST.
pub fn message_read(world: &World, read: &Message) -> Value {
    let mut value = message(world, read);
    if !has_visible_content(world, read) {
        hide_content(&mut value);
    }
    value
}

fn hide_content(message: &mut Value) {
    message["content"] = json!("");
    for field in ["poll", "message_snapshots"] {
        if let Some(fields) = message.as_object_mut() {
            fields.remove(field);
        }
    }
    for field in ["embeds", "attachments", "components"] {
        message[field] = json!([]);
    }
}

pub fn deleted_message(world: &World, message: &Message) -> Value {
    let mut value =
        json!({"id": message.id.to_string(), "channel_id": message.channel.to_string()});
    if let Some(server) = world.server(message.channel) {
        value["guild_id"] = json!(server.to_string());
    }
    value
}

pub fn channel(channel: &Channel) -> Value {
    let id = channel.id.to_string();
    match channel.place {
        Place::Thread(parent) | Place::EmptyPost(parent) => thread(channel, parent),
        Place::Direct(with) => {
            json!({"id": id, "type": 1, "last_message_id": null, "recipients": [user(with)], "flags": 0})
        }
        Place::Private => json!({
            "id": id, "type": 3, "last_message_id": null, "recipients": [user(ALICE), user(BOB)], "name": channel.name,
            "icon": null, "owner_id": ALICE.id.to_string(), "flags": 0,
        }),
        Place::Text | Place::TextIn(_) | Place::Category | Place::Forum => {
            let kind = match channel.place {
                Place::Category => 4,
                Place::Forum => 15,
                _ => 0,
            };
            let parent = match channel.place {
                Place::TextIn(category) => json!(category.to_string()),
                _ => Value::Null,
            };
            let mut value = json!({
                "id": id, "type": kind, "guild_id": SERVER.to_string(), "name": channel.name, "position": 0,
                "permission_overwrites": overwrites(channel), "nsfw": false, "topic": null, "parent_id": parent, "rate_limit_per_user": 0,
                "last_message_id": null, "flags": 0,
            });
            if channel.place == Place::Forum {
                value["available_tags"] = json!(channel.tags);
                value["default_reaction_emoji"] = Value::Null;
                value["default_sort_order"] = Value::Null;
                value["default_forum_layout"] = json!(0);
            }
            value
        }
    }
}

/// A channel as in an interaction of a member with these permissions: without what concerns its administrators.
pub fn channel_of_interaction(of: &Channel, permissions: u64) -> Value {
    let mut value = channel(of);
    let hidden = ["permission_overwrites", "available_tags"];
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|name, _| !hidden.contains(&name.as_str()) && !name.starts_with("default_"));
    }
    if of.place.context() == 0 {
        value["permissions"] = json!(permissions.to_string());
    }
    value
}

/// A role of the server. Any other id stands for a new role, which is like that of everyone.
pub fn role(world: &World, id: &str) -> Value {
    let server = server(world);
    let roles = list(&server["roles"]);
    let known = roles.iter().find(|role| role["id"] == id);
    let mut role = known.unwrap_or(&roles[0]).clone();
    role["id"] = json!(id);
    role
}

/// Who may see a channel, if not everyone may.
fn overwrites(channel: &Channel) -> Value {
    let Some(role) = channel.only_for else {
        return json!([]);
    };
    let view = permission::VIEW.to_string();
    json!([
        {"id": SERVER.to_string(), "type": 0, "allow": "0", "deny": view},
        {"id": role.to_string(), "type": 0, "allow": view, "deny": "0"},
        {"id": BOT.to_string(), "type": 1, "allow": view, "deny": "0"},
    ])
}

/// A thread or a forum post. Only posts have tags, and Discord sends the field to all.
fn thread(channel: &Channel, parent: u64) -> Value {
    // Opened and archived in one millisecond, by the time that its id contains.
    let opened = iso((channel.id >> 22) + 1_420_070_400_000);
    json!({
        "id": channel.id.to_string(), "type": 11, "guild_id": SERVER.to_string(), "name": channel.name,
        "parent_id": parent.to_string(), "owner_id": channel.owner.id.to_string(), "last_message_id": null,
        "message_count": 0, "member_count": 1, "total_message_sent": 0, "rate_limit_per_user": 0, "flags": 0,
        "applied_tags": channel.tags,
        "thread_metadata": {
            "archived": channel.archived, "auto_archive_duration": 1440, "archive_timestamp": opened, "locked": channel.locked,
            "create_timestamp": JOINED,
        },
    })
}

/// The data of `THREAD_DELETE` or `CHANNEL_DELETE`. Of a thread, Discord sends four fields only.
pub fn deleted_channel(channel: &Channel) -> Value {
    let mut value = self::channel(channel);
    if channel.place.is_thread()
        && let Some(fields) = value.as_object_mut()
    {
        fields.retain(|name, _| ["id", "guild_id", "parent_id", "type"].contains(&name.as_str()));
    }
    value
}

/// Channels of the server, or the active threads that the bot may see.
fn channels(world: &World, threads: bool) -> Vec<Value> {
    let all = world.options.channels.values();
    let wanted = all.filter(|known| match known.place {
        Place::Direct(_) | Place::Private => false,
        place if place.is_thread() => {
            threads && !known.archived && known.permissions & permission::VIEW != 0
        }
        _ => !threads,
    });
    wanted.map(channel).collect()
}

/// The active threads of a channel.
pub fn threads_of(world: &World, parent: u64) -> Vec<Value> {
    let parent = parent.to_string();
    let all = channels(world, true).into_iter();
    all.filter(|thread| thread["parent_id"] == parent.as_str())
        .collect()
}

pub fn ready(world: &World, session: &str, shard: ShardId, has_server: bool) -> Value {
    let server = has_server.then_some(SERVER);
    let servers = server.map(|id| json!({"id": id.to_string(), "unavailable": true}));
    let shard = [shard.number, shard.total];
    json!({
        "v": 10, "user": bot_user(), "guilds": Vec::from_iter(servers), "session_id": session,
        "resume_gateway_url": gateway_url(world), "shard": shard,
        "application": {"id": BOT.to_string(), "flags": application_flags(world)},
    })
}

pub fn gateway_url(world: &World) -> String {
    format!(
        "ws://127.0.0.1:{}{}",
        world.port, world.options.gateway_path
    )
}

/// The current user.
pub fn bot_user() -> Value {
    let mut own = user(PULLQUOTE);
    own["locale"] = json!("en-US");
    own["verified"] = json!(true);
    own["mfa_enabled"] = json!(false);
    own["email"] = Value::Null;
    own
}

/// The server as in `GUILD_CREATE`.
pub fn whole_server(world: &World) -> Value {
    let mut server = server(world);
    server["members"] = json!([PULLQUOTE, ALICE, BOB].map(|user| member(user, &[])));
    server["channels"] = json!(channels(world, false));
    for channel in server["channels"].as_array_mut().into_iter().flatten() {
        if let Some(fields) = channel.as_object_mut() {
            fields.remove("guild_id");
        }
    }
    server["threads"] = json!(channels(world, true));
    let besides = json!({
        "joined_at": JOINED, "large": false, "unavailable": false, "member_count": 3, "voice_states": [], "presences": [],
        "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
    });
    for (field, value) in besides.as_object().into_iter().flatten() {
        server[field] = value.clone();
    }
    server
}

/// The server. Constant fields are in `server.json`.
pub fn server(world: &World) -> Value {
    let mut server: Value =
        serde_json::from_str(include_str!("server.json")).expect("server.json is JSON");
    server["id"] = json!(SERVER.to_string());
    server["owner_id"] = json!(ALICE.id.to_string());
    server["roles"][0]["id"] = json!(SERVER.to_string());
    server["roles"][0]["permissions"] = json!(permission::USUAL.to_string());
    server["preferred_locale"] = json!(world.options.server_locale);
    server["premium_tier"] = json!(world.options.boost_level);
    if let Some(roles) = server["roles"].as_array_mut() {
        let mut own = roles[0].clone();
        own["id"] = json!(BOT_ROLE.to_string());
        own["name"] = json!("Pullquote");
        own["managed"] = json!(true);
        own["tags"] = json!({"bot_id": BOT.to_string()});
        let mut helpers = roles[0].clone();
        helpers["id"] = json!(HELPERS_ROLE.to_string());
        helpers["name"] = json!("Helpers");
        helpers["mentionable"] = json!(world.options.is_mentionable);
        let mut moderators = roles[0].clone();
        moderators["id"] = json!(MODERATOR_ROLE.to_string());
        moderators["name"] = json!("Moderators");
        moderators["permissions"] =
            json!((permission::USUAL | permission::MANAGE_MESSAGES).to_string());
        roles.extend([own, helpers, moderators]);
    }
    server
}

/// Application flags. 1 << 19 is message content for a bot in fewer than 100 servers.
fn application_flags(world: &World) -> u64 {
    match world.options.privileged & intent::MESSAGE_CONTENT {
        0 => 0,
        _ => 1 << 19,
    }
}

pub fn application(world: &World) -> Value {
    let mut application = json!({
        "id": BOT.to_string(), "name": "Pullquote", "icon": null, "description": "", "bot_public": false, "bot_require_code_grant": false,
        "owner": user(ALICE), "verify_key": "0".repeat(64), "team": null, "flags": application_flags(world),
        "flags_new": application_flags(world).to_string(), "bot": user(PULLQUOTE), "type": null,
        "integration_types_config": {"0": {}}, "approximate_guild_count": 1, "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "redirect_uris": [], "interactions_endpoint_url": null,
        "role_connections_verification_url": null, "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
    });
    for (field, value) in world.options.application.as_object().into_iter().flatten() {
        application[field] = value.clone();
    }
    application
}

/// A server as in the list of the bot's servers.
pub fn listed_server(world: &World, id: u64) -> Value {
    let server = server(world);
    json!({
        "id": id.to_string(), "name": server["name"], "icon": null, "banner": null, "owner": false,
        "permissions": permission::USUAL.to_string(), "features": [],
    })
}

/// The list of the server's channels, with the bot's permissions as an overwrite.
pub fn listed_channels(world: &World) -> Value {
    let mut listed = channels(world, false);
    for value in &mut listed {
        let id = value["id"].as_str().and_then(|id| id.parse().ok());
        let known = id
            .and_then(|id| world.channel(id))
            .expect("a known channel");
        value["permission_overwrites"] = json!([{
            "id": BOT.to_string(), "type": 1, "allow": known.permissions.to_string(),
            "deny": (!known.permissions & permission::USUAL).to_string(),
        }]);
    }
    listed.into()
}

/// A registered command: what was sent, with Discord's defaults.
pub fn command(clock: &mut Clock, server: Option<u64>, sent: &Value) -> Value {
    let mut kept = sent.clone();
    for (field, default) in [
        ("type", json!(1)),
        ("description", json!("")),
        ("default_member_permissions", Value::Null),
        ("nsfw", json!(false)),
        ("contexts", Value::Null),
        ("integration_types", json!([0])),
        ("name_localizations", Value::Null),
        ("description_localizations", Value::Null),
    ] {
        if kept.get(field).is_none() {
            kept[field] = default;
        }
    }
    // Discord returns permissions as a string, however they were sent.
    if let Some(bits) = kept["default_member_permissions"].as_u64() {
        kept["default_member_permissions"] = json!(bits.to_string());
    }
    if server.is_none() {
        kept["dm_permission"] = json!(true);
    }
    kept["id"] = json!(clock.snowflake().to_string());
    kept["application_id"] = json!(BOT.to_string());
    kept["version"] = json!(clock.snowflake().to_string());
    if let Some(server) = server {
        kept["guild_id"] = json!(server.to_string());
    }
    kept
}
