//! Actions of members: messages, edits, commands, autocomplete, buttons and selects.

use super::interaction::{Interaction, Record, Trigger, token_of};
use super::invoke::{self, Typed};
use super::message::Message;
use super::options::{BOT, MODERATOR_ROLE, User, permission};
use super::payload;
use super::world::{World, mentioned};
use super::{PATIENCE, StandIn};
use serde_json::{Value, json};
use std::time::Duration;

/// A user in a channel, with a locale.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    pub(super) stand_in: &'a StandIn,
    pub(super) user: User,
    pub(super) channel: u64,
    pub(super) locale: String,
    /// Their permissions in the channel.
    pub(super) permissions: u64,
    /// The server of the channel, unless it is direct.
    pub(super) server: u64,
    /// Roles besides that of a moderator.
    pub(super) more_roles: Vec<u64>,
}

impl<'a> Member<'a> {
    /// The same user in another channel.
    pub fn at(mut self, channel: u64) -> Self {
        self.channel = channel;
        self
    }

    /// The same user with the permission to manage messages.
    pub fn moderator(mut self) -> Self {
        self.permissions |= permission::MANAGE_MESSAGES;
        self
    }

    /// The same user with another permission in the server.
    pub fn with(mut self, permission: u64) -> Self {
        self.permissions |= permission;
        self
    }

    /// The same user with another role in the server.
    pub fn with_role(mut self, role: u64) -> Self {
        self.more_roles.push(role);
        self
    }

    /// The same user, whose interactions come from another server.
    pub fn in_server(mut self, server: u64) -> Self {
        self.server = server;
        self
    }

    /// Their roles in the server.
    pub(super) fn roles(&self) -> Vec<u64> {
        let moderates = self.permissions & permission::MANAGE_MESSAGES != 0;
        let moderator = moderates.then_some(MODERATOR_ROLE);
        moderator
            .into_iter()
            .chain(self.more_roles.iter().copied())
            .collect()
    }

    /// The same user with another locale.
    pub fn locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    /// Posts a message and returns its id. Write [`MENTION`](super::MENTION) to mention the bot.
    pub fn say(&self, text: &str) -> u64 {
        self.write(text, None, false)
    }

    /// Posts a message with these fields of Discord's JSON instead of the usual ones.
    pub fn post(&self, fields: Value) -> u64 {
        self.stand_in.shared.change(|world| {
            let text = fields["content"].as_str().unwrap_or_default();
            let mut message = Message::new(world.clock.snowflake(), self.channel, self.user, text);
            message.mentions = mentioned(text);
            message.fields = fields;
            world.post(message)
        })
    }

    /// Replies to a message without a ping.
    pub fn reply(&self, to: u64, text: &str) -> u64 {
        self.write(text, Some(to), false)
    }

    /// Replies to a message and pings its author.
    pub fn reply_with_ping(&self, to: u64, text: &str) -> u64 {
        self.write(text, Some(to), true)
    }

    fn write(&self, text: &str, reply_to: Option<u64>, ping: bool) -> u64 {
        self.stand_in.shared.change(|world| {
            let mut message = Message::new(world.clock.snowflake(), self.channel, self.user, text);
            message.roles = self.roles();
            message.mentions = mentioned(text);
            message.reply_to = reply_to;
            let asked = reply_to
                .and_then(|id| world.message(id))
                .map(|asked| asked.author.id);
            message.mentions.extend(asked.filter(|_| ping));
            world.post(message)
        })
    }

    /// Adds a message that was written `ago`, and edited ten seconds later. The bot does not hear of it.
    pub fn wrote(&self, ago: Duration, text: &str) -> u64 {
        self.stand_in.shared.change(|world| {
            let id = world.clock.snowflake() - ((ago.as_millis() as u64) << 22);
            let mut message = Message::new(id, self.channel, self.user, text);
            message.mentions = mentioned(text);
            message.written = world.clock.millis() - ago.as_millis() as u64;
            message.edited = Some(message.written + 10_000);
            message.edits = 1;
            world.messages.insert(id, message);
            id
        })
    }

    /// Pins a message. A system message tells the channel.
    pub fn pin(&self, message: u64) {
        self.stand_in.shared.change(|world| {
            let found = world.messages.get_mut(&message).expect("a message to pin");
            found.pinned = true;
            world.dispatch_message("MESSAGE_UPDATE", message);
            let mut note = Message::new(world.clock.snowflake(), self.channel, self.user, "");
            note.reply_to = Some(message);
            note.kind = Some(6);
            world.post(note);
        });
    }

    /// Takes a message off the pinned ones. Discord tells that there is a change, and not which.
    pub fn unpin(&self, message: u64) {
        self.stand_in.shared.change(|world| {
            let found = world.messages.get_mut(&message).expect("a pinned message");
            found.pinned = false;
            let channel = found.channel;
            let mut pins = json!({"channel_id": channel.to_string(), "last_pin_timestamp": null});
            if let Some(server) = world.server(channel) {
                pins["guild_id"] = json!(server.to_string());
            }
            world.announce("CHANNEL_PINS_UPDATE", &pins);
        });
    }

    /// Edits the text of a message.
    pub fn edit(&self, message: u64, text: &str) {
        self.stand_in.shared.change(|world| {
            let found = world.messages.get_mut(&message).expect("a message to edit");
            text.clone_into(&mut found.content);
            found.mentions = mentioned(text);
            found.edits += 1;
            found.edited = Some(world.clock.millis());
            world.dispatch_message("MESSAGE_UPDATE", message);
        });
    }

    /// Deletes a message.
    pub fn delete(&self, message: u64) {
        self.stand_in.shared.change(|world| world.delete(message));
    }

    /// Runs a slash command: `"ask"`, or `"settings show"` for a subcommand. Waits until it is registered.
    ///
    /// # Panics
    /// If a Discord client would refuse it: an unknown command, or an option that is missing, unknown or of the wrong
    /// type.
    pub fn slash(&self, command: &str, options: Value) -> Interaction<'a> {
        let data = self.command_data(1, command, Typed::Whole(options));
        self.interact(Trigger::Command, &data, None)
    }

    /// Types `part` into an option, which triggers an autocomplete.
    ///
    /// # Panics
    /// If the command or option is not registered or has no autocomplete.
    pub fn typing(&self, command: &str, option: &str, part: &str) -> Interaction<'a> {
        self.typing_with(command, option, part, json!({}))
    }

    /// Types `part` into an option after others have been filled in.
    ///
    /// # Panics
    /// Like [`Self::typing`].
    pub fn typing_with(
        &self,
        command: &str,
        option: &str,
        part: &str,
        others: Value,
    ) -> Interaction<'a> {
        let typed = Typed::Part {
            option: option.to_owned(),
            part: part.to_owned(),
            others,
        };
        let data = self.command_data(1, command, typed);
        self.interact(Trigger::Autocomplete, &data, None)
    }

    /// Runs a message command on a message.
    ///
    /// # Panics
    /// If it is not registered or the message does not exist.
    pub fn message_command(&self, name: &str, target: u64) -> Interaction<'a> {
        let mut data = self.command_data(3, name, Typed::Whole(json!({})));
        let message = self.stand_in.shared.read(|world| {
            payload::message(
                world,
                world
                    .message(target)
                    .expect("a message to run the command on"),
            )
        });
        data["target_id"] = json!(target.to_string());
        data["resolved"] = json!({"messages": {target.to_string(): message}});
        self.interact(Trigger::Command, &data, None)
    }

    /// Presses a button, by label or custom id.
    ///
    /// # Panics
    /// If it is missing or disabled.
    pub fn click(&self, message: &Message, button: &str) -> Interaction<'a> {
        let id = message.part(button)["custom_id"]
            .as_str()
            .expect("a button with a custom id");
        self.click_id(message.id, id)
    }

    /// Presses a button by custom id, even if the message no longer has it.
    ///
    /// # Panics
    /// If the message never existed.
    pub fn click_id(&self, message: u64, custom_id: &str) -> Interaction<'a> {
        self.component(
            message,
            json!({"custom_id": custom_id, "component_type": 2}),
        )
    }

    /// Chooses options of a select, by label or value, or channels by id. The select is found by placeholder or custom id.
    ///
    /// # Panics
    /// If the select or an option is missing.
    pub fn select(&self, message: &Message, select: &str, choices: &[&str]) -> Interaction<'a> {
        let select = message.part(select);
        let values: Vec<Value> = choices
            .iter()
            .map(|choice| invoke::option_value(select, choice))
            .collect();
        let count = |bound: &str| select[bound].as_u64().unwrap_or(1);
        let allowed = count("min_values")..=count("max_values");
        assert!(allowed.contains(&(values.len() as u64)), "{choices:?}");
        let mut data = json!({"custom_id": select["custom_id"], "component_type": select["type"], "values": values});
        if select["type"] == 8 && !values.is_empty() {
            let mut resolved = json!({});
            self.stand_in.shared.read(|world| {
                for id in choices {
                    invoke::resolve(world, "channels", id, &mut resolved);
                }
            });
            data["resolved"] = resolved;
        }
        self.component(message.id, data)
    }

    /// Sends the form that an interaction has opened, with `text` in its only field.
    ///
    /// # Panics
    /// If no form was opened, or its field does not accept the text.
    pub fn submit(&self, opened: &Interaction<'_>, text: &str) -> Interaction<'a> {
        let form = opened.answer().form;
        let field = &form["components"][0]["component"]["custom_id"];
        let field = field.as_str().expect("a form with a field");
        self.submit_all(opened, &json!({field: text}))
    }

    /// Sends the form that an interaction has opened, with values by the ids of its fields: a text, or a list of option
    /// labels, ids or file names.
    ///
    /// # Panics
    /// If no form was opened, or a Discord client would refuse a value.
    pub fn submit_all(&self, opened: &Interaction<'_>, values: &Value) -> Interaction<'a> {
        let form = opened.answer().form;
        let filled = |world: &World| invoke::form(world, self.channel, &form, values);
        let data = self.stand_in.shared.read(filled);
        self.interact(Trigger::Form, &data, opened.source())
    }

    fn component(&self, message: u64, mut data: Value) -> Interaction<'a> {
        let number = self.stand_in.shared.read(|world| {
            let found = world
                .messages
                .get(&message)
                .expect("a message with components");
            payload::component_number(found, &data["custom_id"])
        });
        data["id"] = json!(number);
        self.interact(Trigger::Component, &data, Some(message))
    }

    /// The data of a command. Waits until it is registered.
    fn command_data(&self, kind: u64, name: &str, typed: Typed) -> Value {
        let first = name.split(' ').next().filter(|_| kind == 1).unwrap_or(name);
        let registered = |world: &World| {
            let mut all = world.commands.values().flatten();
            all.find(|command| command["type"] == kind && command["name"] == *first)
                .cloned()
        };
        let command = self.stand_in.shared.wait(PATIENCE, registered);
        let command =
            command.unwrap_or_else(|| panic!("no command {first:?} of type {kind} is registered"));
        let place = self
            .stand_in
            .shared
            .read(|world| world.channel(self.channel).map(|known| known.place));
        let context = place.expect("a channel of the stand-in").context();
        let data = |world: &World| invoke::data(world, &command, name, typed, context);
        self.stand_in.shared.read(data)
    }

    /// Dispatches an `INTERACTION_CREATE` event, or sends it over HTTP.
    fn interact(&self, trigger: Trigger, data: &Value, source: Option<u64>) -> Interaction<'a> {
        let (id, post) = self.stand_in.shared.change(|world| {
            let id = world.clock.snowflake();
            let payload = self.payload(world, id, trigger, data, source);
            let edits_before = source.map_or(0, |id| world.messages[&id].edits);
            let record = Record {
                id,
                trigger,
                user: self.user,
                channel: self.channel,
                source,
                edits_before,
                born: world.clock.now(),
                callback: None,
                original: None,
                followups: Vec::new(),
                faulted: false,
            };
            world.interactions.insert(id, record);
            world.judge("INTERACTION_CREATE", &payload);
            let endpoint = world.endpoint.clone();
            if endpoint.is_none() {
                world.gateway.dispatch("INTERACTION_CREATE", &payload);
            }
            let endpoint = endpoint.inspect(|_| world.posted = payload.to_string());
            (id, endpoint.map(|address| (address, world.posted.clone())))
        });
        if let Some((address, body)) = post {
            self.stand_in.post(address, id, body);
        }
        Interaction {
            stand_in: self.stand_in,
            id,
        }
    }

    fn payload(
        &self,
        world: &World,
        id: u64,
        trigger: Trigger,
        data: &Value,
        source: Option<u64>,
    ) -> Value {
        let channel = world
            .channel(self.channel)
            .expect("a channel of the stand-in");
        let mut payload = json!({
            "id": id.to_string(), "application_id": BOT.to_string(), "type": trigger.number(), "data": data,
            "token": token_of(id), "version": 1,
            "channel_id": channel.id.to_string(), "channel": payload::channel_of_interaction(channel, self.permissions), "locale": self.locale,
            "app_permissions": payload::app_permissions(channel), "entitlements": [], "attachment_size_limit": world.upload_limit(channel.id),
            "authorizing_integration_owners": payload::owners(world, channel.id, self.user), "context": channel.place.context(),
        });
        if world.server(channel.id).is_none() {
            payload["user"] = payload::user(self.user);
        } else {
            payload["member"] = payload::member(self.user, &self.roles());
            payload["member"]["permissions"] = json!(self.permissions.to_string());
            payload["guild_id"] = json!(self.server.to_string());
            let locale = world.options.server_locale;
            payload["guild"] =
                json!({"id": self.server.to_string(), "locale": locale, "features": []});
            payload["guild_locale"] = json!(locale);
        }
        if let Some(source) = source {
            payload["message"] = payload::message(
                world,
                world
                    .messages
                    .get(&source)
                    .expect("a message with components"),
            );
        }
        payload
    }
}
