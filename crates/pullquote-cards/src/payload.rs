//! A [`Card`] as Discord's JSON: a message, the response to an interaction, an edit.
//!
//! Messages notify nobody: `allowed_mentions` is empty, except where [`Payload::pinging`] names a role.

use super::limits::{CONTENT, length};
use super::{
    ActionRow, Attachment, Button, ButtonKind, ButtonStyle, Card, ChannelMenu, Choice, Form,
    FormField, FormInput, Lines, Reply, SelectMenu, SelectOption, Visibility,
};
use serde_json::{Map, Value, json};

/// The body of a REST request, and the file to attach.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// JSON body.
    pub body: Value,
    /// File to attach; `body` lists its name.
    pub file: Option<Attachment>,
}

/// Message flag: only the member who made the request can see it.
const EPHEMERAL: u64 = 1 << 6;
/// Message flag: links show no preview.
const SUPPRESS_EMBEDS: u64 = 1 << 2;

/// How a card is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As an embed, with components and attachment.
    Embed,
    /// As plain text with components, without the attachment. For channels where the bot lacks the permission
    /// "Embed Links".
    PlainText,
}

impl Payload {
    /// A new message.
    ///
    /// ```
    /// use pullquote_cards::{Card, Format, Payload, Tone};
    ///
    /// let card = Card::new(Tone::Plain).paragraph("The ferry leaves at seven.");
    /// let body = Payload::message(&card, Format::Embed).body;
    /// assert_eq!(body["embeds"][0]["description"], "The ferry leaves at seven.");
    /// let body = Payload::message(&card, Format::PlainText).body;
    /// assert_eq!(body["content"], "The ferry leaves at seven.");
    ///
    /// // As a reply to message 42, once.
    /// let reply = Payload::message(&card, Format::Embed).replying(Some(42), 42).body;
    /// assert_eq!(reply["message_reference"]["message_id"], "42");
    /// // An edit says what the message no longer has.
    /// assert_eq!(Payload::edit(&card, Format::PlainText).body["embeds"], serde_json::json!([]));
    /// ```
    pub fn message(card: &Card, format: Format) -> Self {
        let mut body = Map::new();
        body.insert("allowed_mentions".to_owned(), no_mentions());
        body.insert("components".to_owned(), components(card));
        let mut file = None;
        match format {
            Format::Embed => {
                body.insert("embeds".to_owned(), embeds(card));
                if let Some(attached) = card.attachment() {
                    let mut listed = json!({"id": "0", "filename": attached.name()});
                    if let Some(description) = attached.description() {
                        listed["description"] = json!(description);
                    }
                    body.insert("attachments".to_owned(), json!([listed]));
                    file = Some(attached.clone());
                }
            }
            Format::PlainText => {
                body.insert("content".to_owned(), json!(card.content()));
                body.insert("flags".to_owned(), json!(SUPPRESS_EMBEDS));
            }
        }
        let body = Value::Object(body);
        Self { body, file }
    }

    /// An edit that replaces the content of a message.
    pub fn edit(card: &Card, format: Format) -> Self {
        let mut payload = Self::message(card, format);
        if let Some(body) = payload.body.as_object_mut() {
            // Discord keeps what an edit does not mention.
            body.entry("content").or_insert(json!(""));
            body.entry("embeds").or_insert(json!([]));
            body.entry("attachments").or_insert(json!([]));
        }
        payload
    }

    /// Lets an edit show its embed, where the message was plain text before, which hides embeds.
    ///
    /// ```
    /// use pullquote_cards::{Card, Format, Payload, Tone};
    ///
    /// let card = Card::new(Tone::Plain).paragraph("The ferry leaves at seven.");
    /// assert_eq!(Payload::edit(&card, Format::Embed).showing_embeds().body["flags"], 0);
    /// assert_eq!(Payload::edit(&card, Format::PlainText).showing_embeds().body["flags"], 4);
    /// ```
    #[must_use]
    pub fn showing_embeds(mut self) -> Self {
        if let Some(body) = self.body.as_object_mut() {
            body.entry("flags").or_insert(json!(0));
        }
        self
    }

    /// The response to an interaction; `None` if the reply has nothing to send.
    pub fn callback(reply: &Reply, format: Format) -> Option<Self> {
        let (kind, payload) = match reply {
            Reply::Message { card, visibility } => {
                let payload = Self::message(card, format);
                match visibility {
                    Visibility::Public => (4, payload),
                    Visibility::Ephemeral => (4, payload.ephemeral()),
                }
            }
            Reply::Update(card) => (7, Self::edit(card, format).showing_embeds()),
            // Only says that the bot has heard: the deletion is a request of its own.
            Reply::Delete => {
                let body = json!({"type": 6});
                return Some(Self { body, file: None });
            }
            Reply::Form(form) => {
                let body = json!({"type": 9, "data": self::form(form)});
                return Some(Self { body, file: None });
            }
            Reply::Choices(choices) => {
                let body = json!({ "choices": choices.iter().map(choice).collect::<Value>() });
                (8, Self { body, file: None })
            }
            Reply::Silence | Reply::Perform(_) => return None,
        };
        let Self { body, file } = payload;
        let body = object([("type", json!(kind)), ("data", body)]);
        Some(Self { body, file })
    }

    /// Says that the response to an interaction takes longer than Discord waits. Only the member sees it, and the response.
    pub fn deferral() -> Self {
        let body = json!({"type": 5, "data": {"flags": EPHEMERAL}});
        Self { body, file: None }
    }

    /// Says that a reply follows, where its file cannot be part of the response; `None` if nothing can follow. The reply is then
    /// an edit of what this shows.
    pub fn announcement(reply: &Reply) -> Option<Self> {
        let body = match reply {
            Reply::Message { visibility, .. } => match visibility {
                Visibility::Public => json!({"type": 5}),
                Visibility::Ephemeral => return Some(Self::deferral()),
            },
            Reply::Update(_) => json!({"type": 6}),
            _ => return None,
        };
        Some(Self { body, file: None })
    }

    /// Shows the message only to the member who made the request.
    #[must_use]
    pub fn ephemeral(mut self) -> Self {
        let flags = self.body["flags"].as_u64().unwrap_or_default();
        self.body["flags"] = json!(flags | EPHEMERAL);
        self
    }

    /// Mentions a role above the card and notifies its members, the only way in which a message does.
    #[must_use]
    pub fn pinging(mut self, role: u64) -> Self {
        let card = self.body["content"].as_str().unwrap_or_default();
        let text = format!("<@&{role}>\n{card}");
        if length(&text) <= CONTENT {
            self.body["content"] = json!(text.trim_end());
            self.body["allowed_mentions"]["roles"] = json!([role.to_string()]);
        }
        self
    }

    /// Makes the message a reply to `replies_to`, or a message of its own if that is `None`. Discord sends only one
    /// message per `nonce`, so a retry does not post twice.
    #[must_use]
    pub fn replying(mut self, replies_to: Option<u64>, nonce: u64) -> Self {
        self.body["nonce"] = json!(nonce.to_string());
        self.body["enforce_nonce"] = json!(true);
        if let Some(message) = replies_to {
            self.body["message_reference"] = json!({"message_id": message.to_string()});
        }
        self
    }
}

/// An object with these fields. `json!` would copy those that are large.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.into_iter().collect())
}

fn no_mentions() -> Value {
    json!({"parse": [], "replied_user": false})
}

fn embeds(card: &Card) -> Value {
    let mut embed = Map::new();
    let mut put = |key: &str, value: Value| {
        embed.insert(key.to_owned(), value);
    };
    if let Some(author) = card.author() {
        put("author", json!({ "name": author }));
    }
    if let Some(title) = card.title() {
        put("title", json!(title));
    }
    let body = card.body();
    if !body.is_empty() {
        put("description", json!(body));
    }
    if !card.fields().is_empty() {
        let fields = card.fields().iter();
        let fields = fields
            .map(|field| json!({"name": field.name(), "value": field.value(), "inline": true}));
        put("fields", fields.collect());
    }
    if let Some(footer) = card.footer() {
        put("footer", json!({ "text": footer }));
    }
    if embed.is_empty() {
        return json!([]);
    }
    embed.insert("color".to_owned(), json!(card.tone().colour()));
    vec![Value::Object(embed)].into()
}

fn components(card: &Card) -> Value {
    let row = |row: &ActionRow| {
        let parts: Value = match row {
            ActionRow::Buttons(buttons) => buttons.iter().map(button).collect(),
            ActionRow::Select(select) => vec![self::select(select)].into(),
            ActionRow::Channels(menu) => vec![channel_menu(menu)].into(),
        };
        object([("type", json!(1)), ("components", parts)])
    };
    card.rows().iter().map(row).collect()
}

fn button(button: &Button) -> Value {
    let label = button.label();
    match button.kind() {
        ButtonKind::Link(url) => json!({"type": 2, "style": 5, "label": label, "url": url}),
        ButtonKind::Interactive { id, style } => {
            let style = match style {
                ButtonStyle::Primary => 1,
                ButtonStyle::Secondary => 2,
            };
            json!({"type": 2, "style": style, "label": label, "custom_id": id.to_string()})
        }
    }
}

fn option(option: &SelectOption) -> Value {
    let mut shown = json!({"label": option.label(), "value": option.value()});
    if let Some(description) = option.description() {
        shown["description"] = json!(description);
    }
    if option.is_chosen() {
        shown["default"] = json!(true);
    }
    shown
}

fn channel_menu(menu: &ChannelMenu) -> Value {
    let chosen = menu.channels().iter();
    let chosen = chosen.map(|id| json!({"id": id.to_string(), "type": "channel"}));
    json!({
        "type": 8,
        "custom_id": menu.id().to_string(),
        "placeholder": menu.placeholder(),
        "channel_types": menu.types(),
        "default_values": chosen.collect::<Value>(),
        "min_values": 0,
        "max_values": menu.most(),
    })
}

fn select(select: &SelectMenu) -> Value {
    object([
        ("type", json!(3)),
        ("custom_id", json!(select.id().to_string())),
        ("placeholder", json!(select.placeholder())),
        ("options", select.options().iter().map(option).collect()),
    ])
}

/// A form: each field stands in a label (type 18).
fn form(form: &Form) -> Value {
    let label = |field: &FormField| {
        let mut label = json!({"type": 18, "label": field.label(), "component": input(field)});
        if let Some(description) = field.description() {
            label["description"] = json!(description);
        }
        label
    };
    json!({
        "custom_id": form.id().to_string(),
        "title": form.title(),
        "components": form.fields().iter().map(label).collect::<Value>(),
    })
}

fn input(field: &FormField) -> Value {
    let required = field.is_required();
    let least = u8::from(required);
    let mut input = match field.input() {
        FormInput::Text {
            lines,
            value,
            max_length,
        } => {
            let style = match lines {
                Lines::One => 1,
                Lines::Several => 2,
            };
            json!({"type": 4, "style": style, "value": value, "min_length": least, "max_length": max_length})
        }
        FormInput::Role { most } => json!({"type": 6, "min_values": least, "max_values": most}),
        FormInput::Channel { types, most } => {
            let mut select = json!({"type": 8, "min_values": least, "max_values": most});
            if !types.is_empty() {
                select["channel_types"] = json!(types);
            }
            select
        }
        FormInput::File { most } => json!({"type": 19, "min_values": least, "max_values": most}),
    };
    input["custom_id"] = json!(field.id());
    input["required"] = json!(required);
    input
}

fn choice(choice: &Choice) -> Value {
    json!({"name": choice.name(), "value": choice.value()})
}

#[cfg(test)]
mod tests {
    use super::{Format, Payload};
    use crate::{Attachment, Button, Card, Effect, Reply, Tone, Visibility};
    use serde_json::json;

    fn card() -> Card {
        let link = Button::link("Original", "https://example.org/");
        Card::new(Tone::Sure)
            .with_question("Why?")
            .paragraph("Because @everyone.")
            .buttons(link)
            .file("a b", "text")
    }

    #[test]
    fn a_message_pings_nobody_and_lists_its_file() {
        let payload = Payload::message(&card(), Format::Embed).replying(Some(7), 7);
        let body = &payload.body;
        assert_eq!(body["allowed_mentions"]["parse"], json!([]));
        assert_eq!(body["embeds"][0]["author"]["name"], "Why?");
        assert_eq!(body["components"][0]["components"][0]["style"], 5);
        assert_eq!(body["attachments"][0]["filename"], "a_b.txt");
        assert_eq!(
            payload.file.as_ref().map(Attachment::bytes),
            Some(&b"text"[..])
        );
        assert_eq!(body["message_reference"]["message_id"], "7");
        assert_eq!(
            (&body["nonce"], &body["enforce_nonce"]),
            (&json!("7"), &json!(true))
        );
    }

    #[test]
    fn a_role_is_notified_only_where_it_is_named() {
        for format in [Format::Embed, Format::PlainText] {
            let quiet = Payload::message(&card(), format).body;
            assert_eq!(quiet["allowed_mentions"].get("roles"), None);
            let body = Payload::message(&card(), format).pinging(7).body;
            let mentions = json!({"parse": [], "replied_user": false, "roles": ["7"]});
            assert_eq!(body["allowed_mentions"], mentions);
            assert!(body["content"].as_str().unwrap().starts_with("<@&7>"));
        }
        // Rather nobody is notified than the card refused.
        let long = Card::new(Tone::Plain).paragraph(&"A sentence. ".repeat(300));
        let body = Payload::message(&long, Format::PlainText).pinging(7).body;
        assert!(body["content"].as_str().unwrap().chars().count() <= 2_000);
    }

    #[test]
    fn plain_text_has_no_embed_and_no_file() {
        let payload = Payload::message(&card(), Format::PlainText);
        assert_eq!((payload.body.get("embeds"), payload.file), (None, None));
        assert_eq!(payload.body["content"], "### Why?\nBecause \\@everyone.");
    }

    #[test]
    fn an_edit_replaces_everything() {
        let edit = Payload::edit(&Card::new(Tone::Plain).paragraph("new"), Format::Embed).body;
        for (key, value) in [
            ("content", json!("")),
            ("components", json!([])),
            ("attachments", json!([])),
        ] {
            assert_eq!(edit[key], value);
        }
        let edit = Payload::edit(&card(), Format::PlainText).body;
        assert_eq!(edit["embeds"], json!([]));
    }

    #[test]
    fn callbacks_have_a_type() {
        let (card, visibility) = (Box::new(card()), Visibility::Ephemeral);
        let private = Reply::Message {
            card: card.clone(),
            visibility,
        };
        let public = Reply::Message {
            card: card.clone(),
            visibility: Visibility::Public,
        };
        for (reply, expected) in [
            (&private, json!({"type": 5, "data": {"flags": 64}})),
            (&public, json!({"type": 5})),
            (&Reply::Update(card.clone()), json!({"type": 6})),
        ] {
            assert_eq!(Payload::announcement(reply).unwrap().body, expected);
        }
        let private = Payload::callback(&private, Format::Embed).unwrap();
        assert_eq!(
            (&private.body["type"], &private.body["data"]["flags"]),
            (&json!(4), &json!(64))
        );
        assert!(private.file.is_some());
        let update = Payload::callback(&Reply::Update(card), Format::Embed).unwrap();
        assert_eq!(update.body["type"], 7);
        let choices = Payload::callback(&Reply::Choices(Vec::new()), Format::Embed).unwrap();
        assert_eq!(choices.body, json!({"type": 8, "data": {"choices": []}}));
        let delete = Payload::callback(&Reply::Delete, Format::Embed).unwrap();
        assert_eq!(delete.body, json!({"type": 6}));
        assert_eq!(Payload::announcement(&Reply::Delete), None);
        for nothing in [Reply::Silence, Reply::Perform(Effect::Reload)] {
            assert_eq!(Payload::callback(&nothing, Format::Embed), None);
        }
    }
}
