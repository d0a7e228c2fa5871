//! Interactions: slash and message commands, components, forms, and options that are being typed.

use super::fields::{MODERATOR, id, ids, list, permissions, text};
use super::message_text::{message_text, shown_question};
use pullquote_cards::{
    Action, Argument, Arguments, ChannelKind, CommandIds, Context, FormValue, FormValues, Helpers,
    Locale, MESSAGE, Origin, Request, SUBCOMMAND, Source, Status, UploadedFile, Viewer,
};
use serde_json::Value;
use serenity::all::{MessageFlags, Permissions};
use std::iter;

/// Only the member who made the request can see the message.
const EPHEMERAL: u64 = MessageFlags::EPHEMERAL.bits();

/// A member with one of these changes threads of others.
const THREADS: Permissions = Permissions::MANAGE_THREADS.union(Permissions::ADMINISTRATOR);
/// A member with one of these manages the server.
const MANAGER: Permissions = Permissions::MANAGE_GUILD.union(Permissions::ADMINISTRATOR);

/// What the bot keeps of an interaction.
#[derive(Debug)]
pub(crate) struct IncomingInteraction {
    pub(crate) id: u64,
    /// The bot's application; 0 if Discord does not name it.
    pub(crate) application: u64,
    /// Authorises whoever has it to answer: never log it.
    pub(crate) token: String,
    pub(crate) channel: u64,
    /// Whether that is a text or announcement channel of a server, in which threads can be opened.
    pub(crate) in_text_channel: bool,
    /// `None` in direct messages and groups.
    pub(crate) server: Option<u64>,
    pub(crate) member: u64,
    /// The member's language.
    locale: Locale,
    /// The server's language; `None` outside servers.
    server_locale: Option<Locale>,
    channel_kind: ChannelKind,
    /// What the member may do there, overwrites included.
    permissions: Permissions,
    /// The member's roles in the server.
    roles: Vec<u64>,
    /// The channel that the channel is in: a thread's channel, a channel's category.
    parent: Option<u64>,
    /// The message that a message command was used on.
    target: Option<Origin>,
    pub(crate) action: Action,
}

/// What Discord sends over HTTP.
#[derive(Debug)]
pub(crate) enum Posted {
    /// Whether anybody is there.
    Ping,
    Interaction(Box<IncomingInteraction>),
    /// A kind that the bot does not use, or one without what an answer needs.
    Other,
}

impl Posted {
    /// Reads a body.
    pub(crate) fn read(body: &[u8]) -> serde_json::Result<Self> {
        let data: Value = serde_json::from_slice(body)?;
        if data["type"] == 1 {
            return Ok(Self::Ping);
        }
        let interaction = IncomingInteraction::new(&data);
        Ok(interaction.map_or(Self::Other, |it| Self::Interaction(Box::new(it))))
    }
}

impl IncomingInteraction {
    /// `None` for kinds that the bot does not use, and without what an answer needs.
    pub(crate) fn new(interaction: &Value) -> Option<Self> {
        let data = &interaction["data"];
        let action = match interaction["type"].as_u64()? {
            2 => command(data),
            3 => component(interaction),
            4 => autocomplete(data)?,
            5 => form(data),
            _ => return None,
        };
        let user = [&interaction["member"]["user"], &interaction["user"]];
        let server = id(&interaction["guild_id"]);
        let server_locale = interaction["guild_locale"].as_str();
        Some(Self {
            id: id(&interaction["id"])?,
            application: id(&interaction["application_id"]).unwrap_or_default(),
            token: interaction["token"].as_str()?.to_owned(),
            channel: id(&interaction["channel_id"])?,
            in_text_channel: matches!(interaction["channel"]["type"].as_u64(), Some(0 | 5)),
            server,
            member: user.into_iter().find_map(|user| id(&user["id"]))?,
            locale: Locale::from_code(text(&interaction["locale"])),
            server_locale: server_locale
                .filter(|_| server.is_some())
                .map(Locale::from_code),
            channel_kind: channel_kind(&interaction["context"], server),
            permissions: permissions(&interaction["member"]["permissions"]),
            roles: ids(&interaction["member"]["roles"]),
            parent: id(&interaction["channel"]["parent_id"]),
            target: target(interaction),
            action,
        })
    }

    /// Who reads the answer, and where.
    pub(crate) fn viewer(&self) -> Viewer {
        Viewer {
            roles: self.roles.clone(),
            channels: iter::once(self.channel).chain(self.parent).collect(),
        }
    }

    /// The request in it, for the table of commands.
    pub(crate) fn request(
        &self,
        status: Status,
        command_ids: CommandIds,
        helpers: Helpers,
    ) -> Request {
        Request {
            action: self.action.clone(),
            locale: self.locale,
            channel: self.channel_kind,
            member: self.member,
            status,
            context: Context {
                server_locale: self.server_locale,
                command_ids,
                is_moderator: self.permissions.intersects(MODERATOR),
                helpers,
                manages_threads: self.permissions.intersects(THREADS),
                question_before: None,
                manages_server: self.server.is_some() && self.permissions.intersects(MANAGER),
                target: self.target,
                ..Context::default()
            },
        }
    }
}

/// Where Discord sends no context, the server id decides.
fn channel_kind(context: &Value, server: Option<u64>) -> ChannelKind {
    match (context.as_u64(), server) {
        (Some(1), _) => ChannelKind::DirectMessage,
        (Some(2), _) => ChannelKind::PrivateChannel,
        (Some(0), _) | (_, Some(_)) => ChannelKind::Server,
        _ => ChannelKind::DirectMessage,
    }
}

fn command(data: &Value) -> Action {
    let mut arguments = arguments(data);
    if let Some(target) = data["target_id"].as_str() {
        let message = &data["resolved"]["messages"][target];
        arguments = arguments.with_text(MESSAGE, &message_text(message));
    }
    Action::Command {
        name: text(&data["name"]).to_owned(),
        arguments,
    }
}

/// The message that a message command was used on.
fn target(interaction: &Value) -> Option<Origin> {
    let data = &interaction["data"];
    let message = &data["resolved"]["messages"][data["target_id"].as_str()?];
    Some(Origin {
        channel: id(&message["channel_id"]).or_else(|| id(&interaction["channel_id"]))?,
        message: id(&message["id"])?,
    })
}

/// Roles and channels come as ids in text. Options of other types than these, text and yes or no belong to no command. The options of a subcommand stand in it.
fn arguments(data: &Value) -> Arguments {
    let options = list(&data["options"]);
    if let [subcommand] = options
        && subcommand["type"] == 1
    {
        return arguments(subcommand).with_text(SUBCOMMAND, text(&subcommand["name"]));
    }
    let options = options.iter();
    options.fold(Arguments::default(), |arguments, option| {
        let name = text(&option["name"]);
        match &option["value"] {
            Value::String(value) => arguments.with_text(name, value),
            Value::Bool(value) => arguments.with(name, Argument::Boolean(*value)),
            _ => arguments,
        }
    })
}

/// `None` if Discord marks no option as the one being typed.
fn autocomplete(data: &Value) -> Option<Action> {
    let mut options = list(&data["options"]).iter();
    let option = options.find(|option| option["focused"] == true)?;
    let filled: Vec<&Value> = list(&data["options"])
        .iter()
        .filter(|other| other["focused"] != true)
        .collect();
    Some(Action::Autocomplete {
        command: text(&data["name"]).to_owned(),
        option: text(&option["name"]).to_owned(),
        typed: text(&option["value"]).to_owned(),
        arguments: arguments(&serde_json::json!({ "options": filled })),
    })
}

fn component(interaction: &Value) -> Action {
    let (data, message) = (&interaction["data"], &interaction["message"]);
    let values = list(&data["values"]).iter();
    Action::Component {
        custom_id: text(&data["custom_id"]).to_owned(),
        values: values.map(|value| text(value).to_owned()).collect(),
        source: Source {
            question: shown_question(message),
            owner: owner(message),
            is_public: is_public(message),
            id: id(&message["id"]).unwrap_or_default(),
            link: link(interaction),
        },
    }
}

fn is_public(message: &Value) -> bool {
    message["flags"].as_u64().unwrap_or_default() & EPHEMERAL == 0
}

/// The address of a component's message in a server or, if only one member can see that, of its channel.
fn link(interaction: &Value) -> Option<String> {
    let (server, channel) = (
        id(&interaction["guild_id"])?,
        id(&interaction["channel_id"])?,
    );
    let message = &interaction["message"];
    let channel = format!("https://discord.com/channels/{server}/{channel}");
    Some(match id(&message["id"]).filter(|_| is_public(message)) {
        Some(id) => format!("{channel}/{id}"),
        None => channel,
    })
}

fn form(data: &Value) -> Action {
    let fields = list(&data["components"]).iter().filter_map(field);
    let values = fields.fold(FormValues::default(), |values, field| {
        let value = form_value(field, &data["resolved"]);
        let id = text(&field["custom_id"]);
        value.map_or(values.clone(), |value| values.with(id, value))
    });
    Action::Form {
        custom_id: text(&data["custom_id"]).to_owned(),
        values,
    }
}

/// The field in a label or, in forms of earlier versions, in a row.
fn field(part: &Value) -> Option<&Value> {
    let in_label = Some(&part["component"]).filter(|field| field.is_object());
    in_label.or_else(|| list(&part["components"]).first())
}

/// What was entered in a field. `None` for kinds that no form has.
fn form_value(field: &Value, resolved: &Value) -> Option<FormValue> {
    let values = &field["values"];
    Some(match field["type"].as_u64()? {
        4 => FormValue::Text(text(&field["value"]).to_owned()),
        6 | 8 => FormValue::Ids(ids(values)),
        19 => {
            let attachment = |id: &Value| uploaded(&resolved["attachments"][text(id)]);
            FormValue::Files(list(values).iter().filter_map(attachment).collect())
        }
        _ => return None,
    })
}

fn uploaded(attachment: &Value) -> Option<UploadedFile> {
    Some(UploadedFile {
        name: text(&attachment["filename"]).to_owned(),
        size: attachment["size"].as_u64()?,
        url: attachment["url"].as_str()?.to_owned(),
    })
}

/// The member whom a message of the bot answers: who used the command or button, or wrote the message above.
fn owner(message: &Value) -> Option<u64> {
    let by_interaction = id(&message["interaction_metadata"]["user"]["id"]);
    by_interaction.or_else(|| id(&message["referenced_message"]["author"]["id"]))
}

#[cfg(test)]
mod tests {
    use super::{arguments, form};
    use pullquote_cards::{Action, SUBCOMMAND, UploadedFile};
    use serde_json::json;

    #[test]
    fn the_options_of_a_subcommand_are_read() {
        let title = json!({"name": "title", "type": 3, "value": "Hours"});
        let write = json!({"name": "write", "type": 1, "options": [title]});
        let read = arguments(&json!({"options": [write]}));
        assert_eq!(read.text(SUBCOMMAND), Some("write"));
        assert_eq!(read.text("title"), Some("Hours"));
        let flat = arguments(&json!({"options": [{"name": "title", "type": 3, "value": "Hours"}]}));
        assert_eq!(
            (flat.text(SUBCOMMAND), flat.text("title")),
            (None, Some("Hours"))
        );
    }

    #[test]
    fn every_kind_of_field_is_read_by_its_id() {
        let label = |field| json!({"type": 18, "id": 1, "component": field});
        let data = json!({
            "custom_id": "further:-",
            "components": [
                label(json!({"type": 4, "custom_id": "text", "value": "why?"})),
                label(json!({"type": 6, "custom_id": "role", "values": ["7"]})),
                label(json!({"type": 19, "custom_id": "file", "values": ["8", "9"]})),
                {"type": 10, "content": "a text"},
                {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "row"}]},
            ],
            "resolved": {"attachments": {"8": {"filename": "a.md", "size": 3, "url": "https://cdn.example/a.md"}}},
        });
        let Action::Form { custom_id, values } = form(&data) else {
            panic!("a form");
        };
        assert_eq!(custom_id, "further:-");
        assert_eq!(
            (values.text("text"), values.text("old")),
            (Some("why?"), Some("row"))
        );
        assert_eq!(values.ids("role"), [7]);
        let file = UploadedFile {
            name: "a.md".to_owned(),
            size: 3,
            url: "https://cdn.example/a.md".to_owned(),
        };
        assert_eq!(values.files("file"), [file]);
    }
}
