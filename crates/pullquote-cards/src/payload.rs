//! A [`Card`] as Discord takes it: the JSON of a message, of an answer to an interaction, of an edit.
//!
//! Nobody is ever notified by a message: `allowed_mentions` lists no one.

use super::{Audience, Button, Card, Choice, File, Press, Reply, Row, Select, Style};
use serde_json::{Map, Value, json};

/// The body of a request, and the file that goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// The JSON.
    pub body: Value,
    /// A file to attach; its name stands in `body` as well.
    pub file: Option<File>,
}

/// Flag of a message that the member alone sees.
const EPHEMERAL: u64 = 1 << 6;
/// Flag of a message whose links are not unfolded.
const SUPPRESS_EMBEDS: u64 = 1 << 2;

/// How a card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As an embed with controls.
    Full,
    /// As plain text with controls, where the bot may not embed; without the file.
    Plain,
}

impl Payload {
    /// A card as a new message.
    pub fn message(card: &Card, look: Look) -> Self {
        let mut body = Map::new();
        body.insert("allowed_mentions".to_owned(), nobody());
        body.insert("components".to_owned(), components(card));
        let mut file = None;
        match look {
            Look::Full => {
                body.insert("embeds".to_owned(), embeds(card));
                if let Some(attached) = card.attachment() {
                    let listed = json!([{"id": 0, "filename": attached.name()}]);
                    body.insert("attachments".to_owned(), listed);
                    file = Some(attached.clone());
                }
            }
            Look::Plain => {
                body.insert("content".to_owned(), json!(card.content()));
                body.insert("flags".to_owned(), json!(SUPPRESS_EMBEDS));
            }
        }
        let body = Value::Object(body);
        Self { body, file }
    }

    /// A card in the place of what a message showed before.
    pub fn edit(card: &Card, look: Look) -> Self {
        let mut payload = Self::message(card, look);
        if let Some(body) = payload.body.as_object_mut() {
            // What is not named would stay.
            body.entry("content").or_insert(json!(""));
            body.entry("embeds").or_insert(json!([]));
            body.entry("attachments").or_insert(json!([]));
        }
        payload
    }

    /// The answer to an interaction; `None` for silence, which an interaction does not know.
    pub fn callback(reply: &Reply, look: Look) -> Option<Self> {
        let (kind, payload) = match reply {
            Reply::Message { card, audience } => {
                let mut payload = Self::message(card, look);
                if *audience == Audience::Member {
                    let flags = payload.body["flags"].as_u64().unwrap_or_default();
                    payload.body["flags"] = json!(flags | EPHEMERAL);
                }
                (4, payload)
            }
            Reply::Update(card) => (7, Self::edit(card, look)),
            Reply::Choices(choices) => {
                let body = json!({ "choices": choices.iter().map(choice).collect::<Value>() });
                (8, Self { body, file: None })
            }
            Reply::Silence => return None,
        };
        let body = json!({"type": kind, "data": payload.body});
        Some(Self { body, ..payload })
    }

    /// The same as a reply to a message. `nonce` names the message uniquely: a second one of the same nonce is
    /// taken for the first. Without `replies_to` it only follows.
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

fn nobody() -> Value {
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
    json!([embed])
}

fn components(card: &Card) -> Value {
    let row = |row: &Row| {
        let parts: Value = match row {
            Row::Buttons(buttons) => buttons.iter().map(button).collect(),
            Row::Select(select) => json!([self::select(select)]),
        };
        json!({"type": 1, "components": parts})
    };
    card.rows().iter().map(row).collect()
}

fn button(button: &Button) -> Value {
    let label = button.label();
    match button.press() {
        Press::Open(url) => json!({"type": 2, "style": 5, "label": label, "url": url}),
        Press::Ask { id, style } => {
            let style = match style {
                Style::Primary => 1,
                Style::Secondary => 2,
                Style::Success => 3,
            };
            json!({"type": 2, "style": style, "label": label, "custom_id": id.to_string()})
        }
    }
}

fn select(select: &Select) -> Value {
    let option = |option: &super::SelectOption| {
        let mut shown = json!({"label": option.label(), "value": option.value()});
        if let Some(description) = option.description() {
            shown["description"] = json!(description);
        }
        shown
    };
    json!({
        "type": 3,
        "custom_id": select.id().to_string(),
        "placeholder": select.placeholder(),
        "options": select.options().iter().map(option).collect::<Value>(),
    })
}

fn choice(choice: &Choice) -> Value {
    json!({"name": choice.name(), "value": choice.value()})
}

#[cfg(test)]
mod tests {
    use super::{Look, Payload};
    use crate::{Audience, Button, Card, File, Reply, Tone};
    use serde_json::json;

    fn card() -> Card {
        let link = Button::link("Original", "https://example.org/");
        Card::new(Tone::Sure)
            .asked("Why?")
            .paragraph("Because @everyone.")
            .buttons(link)
            .file("a b", "text")
    }

    #[test]
    fn a_message_pings_nobody_and_lists_its_file() {
        let payload = Payload::message(&card(), Look::Full).replying(Some(7), 7);
        let body = &payload.body;
        assert_eq!(body["allowed_mentions"]["parse"], json!([]));
        assert_eq!(body["embeds"][0]["author"]["name"], "Why?");
        assert_eq!(body["components"][0]["components"][0]["style"], 5);
        assert_eq!(body["attachments"][0]["filename"], "a_b.txt");
        assert_eq!(payload.file.as_ref().map(File::bytes), Some(&b"text"[..]));
        assert_eq!(body["message_reference"]["message_id"], "7");
        assert_eq!(
            (&body["nonce"], &body["enforce_nonce"]),
            (&json!("7"), &json!(true))
        );
    }

    #[test]
    fn plain_text_has_no_embed_and_no_file() {
        let payload = Payload::message(&card(), Look::Plain);
        assert_eq!((payload.body.get("embeds"), payload.file), (None, None));
        assert_eq!(payload.body["content"], "### Why?\nBecause \\@everyone.");
    }

    #[test]
    fn an_edit_leaves_nothing_of_before() {
        let edit = Payload::edit(&Card::new(Tone::Plain).paragraph("new"), Look::Full).body;
        for (key, value) in [
            ("content", json!("")),
            ("components", json!([])),
            ("attachments", json!([])),
        ] {
            assert_eq!(edit[key], value);
        }
        let edit = Payload::edit(&card(), Look::Plain).body;
        assert_eq!(edit["embeds"], json!([]));
    }

    #[test]
    fn callbacks_have_a_kind() {
        let (card, audience) = (Box::new(card()), Audience::Member);
        let private = Reply::Message {
            card: card.clone(),
            audience,
        };
        let private = Payload::callback(&private, Look::Full).unwrap();
        assert_eq!(
            (&private.body["type"], &private.body["data"]["flags"]),
            (&json!(4), &json!(64))
        );
        assert!(private.file.is_some());
        let update = Payload::callback(&Reply::Update(card), Look::Full).unwrap();
        assert_eq!(update.body["type"], 7);
        let choices = Payload::callback(&Reply::Choices(Vec::new()), Look::Full).unwrap();
        assert_eq!(choices.body, json!({"type": 8, "data": {"choices": []}}));
        assert_eq!(Payload::callback(&Reply::Silence, Look::Full), None);
    }
}
