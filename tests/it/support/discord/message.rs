//! A message as it stands in a channel, and what people read of it.

use super::options::User;
use serde_json::Value;

/// A message with its edits applied.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id, a snowflake.
    pub id: u64,
    /// Where it stands.
    pub channel: u64,
    /// Who wrote it.
    pub author: User,
    /// Its text.
    pub content: String,
    /// Its embeds, as Discord's JSON.
    pub embeds: Vec<Value>,
    /// Its rows of components, as Discord's JSON.
    pub components: Vec<Value>,
    /// Its attachments.
    pub files: Vec<File>,
    /// The message that it answers.
    pub reply_to: Option<u64>,
    /// Whom it rang: `everyone`, `here`, a user's or a role's id.
    pub pings: Vec<String>,
    /// Users it mentions, ringing or not.
    pub mentions: Vec<u64>,
    /// Only the member who asked sees it.
    pub ephemeral: bool,
    /// It still says "thinking ...".
    pub thinking: bool,
    /// How often it was edited.
    pub edits: usize,
    /// Nobody sees it any more.
    pub deleted: bool,
    /// The interaction that it answers.
    pub interaction: Option<u64>,
    /// The nonce that it was sent with.
    pub nonce: Option<String>,
    /// Discord's flag bits.
    pub flags: u64,
    /// When it was written, in milliseconds since 1970.
    pub written: u64,
}

/// An attached file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The attachment's id in its message.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Message {
    /// A message of an author, with nothing but text.
    pub fn new(id: u64, channel: u64, author: User, content: &str) -> Self {
        Self {
            id,
            channel,
            author,
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
            deleted: false,
            interaction: None,
            nonce: None,
            flags: 0,
            written: 0,
        }
    }

    /// All that people read: content, then each embed's author, title, description, fields and footer, a line each.
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

    /// Every button and select, row by row.
    pub fn parts(&self) -> Vec<&Value> {
        let rows = self.components.iter();
        rows.flat_map(|row| list(&row["components"])).collect()
    }

    /// The labels of the buttons that can be pressed.
    pub fn buttons(&self) -> Vec<&str> {
        let parts = self.parts().into_iter();
        let open = parts.filter(|part| part["type"] == 2 && part["disabled"] != true);
        open.filter_map(|part| part["label"].as_str()).collect()
    }

    /// A button or select by its label, placeholder or custom id.
    ///
    /// # Panics
    /// When there is none, or a member could not press it.
    pub fn part(&self, name: &str) -> &Value {
        let named = |part: &&&Value| {
            ["label", "placeholder", "custom_id"]
                .iter()
                .any(|key| part[*key] == name)
        };
        let parts = self.parts();
        let found = parts.iter().find(named);
        let part = found.unwrap_or_else(|| panic!("nothing is called {name:?}: {parts:?}"));
        assert!(part["disabled"] != true, "{name:?} is disabled");
        part
    }

    /// The bytes of the attachment with this name.
    ///
    /// # Panics
    /// When there is none.
    pub fn file(&self, name: &str) -> &[u8] {
        let found = self.files.iter().find(|file| file.name == name);
        &found.unwrap_or_else(|| panic!("no file {name:?}")).bytes
    }
}

/// An array's items; nothing for anything else.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
