//! Messages in channels.

use super::options::User;
use serde_json::Value;

/// A message with its edits applied.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "Discord's messages have them"
)]
pub struct Message {
    /// Its id, a snowflake.
    pub id: u64,
    /// Channel that contains it.
    pub channel: u64,
    /// Its author.
    pub author: User,
    /// Its author's roles in the server.
    pub roles: Vec<u64>,
    /// Its text.
    pub content: String,
    /// Its embeds, as Discord's JSON.
    pub embeds: Vec<Value>,
    /// Its action rows, as Discord's JSON.
    pub components: Vec<Value>,
    /// Its attachments.
    pub files: Vec<File>,
    /// The message that it replies to.
    pub reply_to: Option<u64>,
    /// Whom it pinged: `everyone`, `here`, or the id of a user or role.
    pub pings: Vec<String>,
    /// Users that it mentions, pinged or not.
    pub mentions: Vec<u64>,
    /// Whether only the member who triggered it can see it.
    pub ephemeral: bool,
    /// Whether it is a deferral that still shows "thinking ...".
    pub thinking: bool,
    /// How often it was edited.
    pub edits: usize,
    /// Time of the last edit, in milliseconds since 1970.
    pub edited: Option<u64>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Fields of Discord's JSON that replace or complete the others.
    pub fields: Value,
    /// Discord's message type, if it is one of the system's; otherwise it follows from the other fields.
    pub kind: Option<u64>,
    /// Whether it was deleted.
    pub deleted: bool,
    /// The interaction that it responds to.
    pub interaction: Option<u64>,
    /// The nonce that it was sent with.
    pub nonce: Option<String>,
    /// Discord's message flags.
    pub flags: u64,
    /// Time of posting, in milliseconds since 1970.
    pub written: u64,
}

/// An attached file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The attachment's id in its message.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What it shows, for people who cannot see it.
    pub description: Option<String>,
    /// Its contents.
    pub bytes: Vec<u8>,
}

impl Message {
    /// A message that contains only text.
    pub fn new(id: u64, channel: u64, author: User, content: &str) -> Self {
        Self {
            id,
            channel,
            author,
            roles: Vec::new(),
            content: content.to_owned(),
            embeds: Vec::new(),
            components: Vec::new(),
            files: Vec::new(),
            reply_to: None,
            pings: Vec::new(),
            mentions: Vec::new(),
            ephemeral: false,
            thinking: false,
            edits: 0,
            edited: None,
            pinned: false,
            fields: Value::Null,
            kind: None,
            deleted: false,
            interaction: None,
            nonce: None,
            flags: 0,
            written: 0,
        }
    }

    /// All visible text: the content, then the author, title, description, fields and footer of each embed, a line each.
    pub fn text(&self) -> String {
        let mut lines = vec![self.content.clone()];
        for embed in &self.embeds {
            let at = |path: &str| {
                embed
                    .pointer(path)
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            };
            lines.extend(at("/author/name"));
            lines.extend(at("/title"));
            lines.extend(at("/description"));
            for field in list(&embed["fields"]) {
                lines.extend(field["name"].as_str().map(str::to_owned));
                lines.extend(field["value"].as_str().map(str::to_owned));
            }
            lines.extend(at("/footer/text"));
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// All buttons and selects, row by row.
    pub fn parts(&self) -> Vec<&Value> {
        let rows = self.components.iter();
        rows.flat_map(|row| list(&row["components"])).collect()
    }

    /// Labels of the enabled buttons.
    pub fn buttons(&self) -> Vec<&str> {
        let parts = self.parts().into_iter();
        let open = parts.filter(|part| part["type"] == 2 && part["disabled"] != true);
        open.filter_map(|part| part["label"].as_str()).collect()
    }

    /// A button or select, by label, placeholder or custom id.
    ///
    /// # Panics
    /// If it is missing or disabled.
    pub fn part(&self, name: &str) -> &Value {
        let named = |part: &&&Value| {
            ["label", "placeholder", "custom_id"]
                .iter()
                .any(|key| part[*key] == name)
        };
        let parts = self.parts();
        let found = parts.iter().find(named);
        let part = found.unwrap_or_else(|| panic!("no component {name:?}: {parts:?}"));
        assert!(part["disabled"] != true, "{name:?} is disabled");
        part
    }

    /// The bytes of the attachment with this name.
    ///
    /// # Panics
    /// If there is none.
    pub fn file(&self, name: &str) -> &[u8] {
        &self.attached(name).bytes
    }

    /// The description of an attachment; empty without one.
    ///
    /// # Panics
    /// If there is no such attachment.
    pub fn description(&self, name: &str) -> &str {
        self.attached(name)
            .description
            .as_deref()
            .unwrap_or_default()
    }

    fn attached(&self, name: &str) -> &File {
        let found = self.files.iter().find(|file| file.name == name);
        found.unwrap_or_else(|| panic!("no file {name:?}"))
    }
}

/// The items of an array; empty for any other value.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
