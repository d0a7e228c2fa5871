//! Bodies that Discord refuses, each with text that the error must contain.

use serde_json::{Value, json};

/// A body, and text that the error must contain.
type Bad = (Value, &'static str);

pub fn long(length: usize) -> String {
    "ü".repeat(length)
}

pub fn buttons(count: usize) -> Value {
    let button = |n| json!({"type": 2, "style": 2, "label": "x", "custom_id": format!("b{n}")});
    json!({"type": 1, "components": (0..count).map(button).collect::<Vec<_>>()})
}

fn part(part: &Value) -> Value {
    json!({"components": [{"type": 1, "components": [part]}]})
}

pub fn embed(embed: &Value) -> Value {
    json!({"embeds": [embed]})
}

pub fn bad_texts() -> Vec<Bad> {
    vec![
        (json!({"content": long(2001)}), "content"),
        (json!({"content": "  "}), "empty"),
        (json!({"content": ""}), "empty"),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
            "exclude each other",
        ),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["all"]}}),
            "parse",
        ),
        (json!({"content": "x", "flags": 1 << 15}), "flags"),
        (json!({"content": "x", "flags": 1 << 6}), "ephemeral"),
        (
            json!({"content": "x", "attachments": [{"id": 0, "description": long(1025)}]}),
            "attachments.0.description",
        ),
        (
            json!({"content": "x", "message_reference": {"message_id": "1"}}),
            "Unknown message",
        ),
    ]
}

pub fn bad_embeds() -> Vec<Bad> {
    let field = json!({"name": "n", "value": "v"});
    vec![
        (embed(&json!({})), "embeds.0"),
        (embed(&json!({"title": " \n"})), "Empty embed"),
        (embed(&json!({"title": long(257)})), "embeds.0.title"),
        (
            embed(&json!({"description": long(4097)})),
            "embeds.0.description",
        ),
        (
            embed(&json!({"fields": vec![field; 26]})),
            "embeds.0.fields",
        ),
        (
            embed(&json!({"fields": [{"name": "", "value": "v"}]})),
            "fields.0.name",
        ),
        (
            embed(&json!({"fields": [{"name": "n", "value": long(1025)}]})),
            "fields.0.value",
        ),
        (
            embed(&json!({"fields": [{"name": "n", "value": " "}]})),
            "fields.0.value",
        ),
        (
            embed(&json!({"footer": {"text": long(2049)}})),
            "footer.text",
        ),
        (
            embed(&json!({"author": {"name": long(257)}})),
            "author.name",
        ),
        (
            embed(&json!({"title": "t", "url": "not a link"})),
            "embeds.0.url",
        ),
        (
            embed(&json!({"title": "t", "image": {"url": "attachment://nothing.png"}})),
            "image.url",
        ),
        (embed(&json!({"title": "t", "color": 0x100_0000})), "color"),
        (
            json!({"embeds": [{"description": long(4096)}, {"description": long(1905)}]}),
            "6000",
        ),
        (json!({"embeds": vec![json!({"title": "t"}); 11]}), "embeds"),
    ]
}

#[allow(clippy::too_many_lines, reason = "a table of bodies")]
pub fn bad_components() -> Vec<Bad> {
    let row = |n: usize| json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": format!("r{n}")}]});
    let option = json!({"label": "l", "value": "v"});
    vec![
        (
            json!({"components": (0..6).map(row).collect::<Vec<_>>()}),
            "components",
        ),
        (
            json!({"components": [buttons(6)]}),
            "components.0.components",
        ),
        (
            json!({"components": [buttons(0)]}),
            "components.0.components",
        ),
        (json!({"components": [buttons(1), buttons(1)]}), "Duplicate"),
        (
            part(&json!({"type": 2, "style": 1, "label": "x"})),
            "custom_id",
        ),
        (
            part(&json!({"type": 2, "style": 1, "label": "x", "custom_id": long(101)})),
            "custom_id",
        ),
        (
            part(&json!({"type": 2, "style": 1, "label": long(81), "custom_id": "a"})),
            "label",
        ),
        (
            part(&json!({"type": 2, "style": 1, "custom_id": "a"})),
            "label or an emoji",
        ),
        (part(&json!({"type": 2, "style": 5, "label": "x"})), "url"),
        (
            part(
                &json!({"type": 2, "style": 5, "label": "x", "url": "https://a.invalid", "custom_id": "a"}),
            ),
            "custom id",
        ),
        (
            part(
                &json!({"type": 2, "style": 1, "label": "x", "url": "https://a.invalid", "custom_id": "a"}),
            ),
            "url",
        ),
        (
            part(&json!({"type": 3, "custom_id": "s", "options": []})),
            "options",
        ),
        (
            part(&json!({"type": 3, "custom_id": "s", "options": vec![option.clone(); 26]})),
            "options",
        ),
        (
            part(&json!({"type": 3, "custom_id": "s", "options": [option, option]})),
            "Duplicate",
        ),
        (
            part(
                &json!({"type": 3, "custom_id": "s", "options": [{"label": long(101), "value": "v"}]}),
            ),
            "label",
        ),
        (
            part(&json!({"type": 3, "custom_id": "s", "options": [{"label": "l", "value": ""}]})),
            "value",
        ),
        (
            part(
                &json!({"type": 3, "custom_id": "s", "placeholder": long(151), "options": [option]}),
            ),
            "placeholder",
        ),
        (
            part(&json!({"type": 3, "custom_id": "s", "max_values": 2, "options": [option]})),
            "max_values",
        ),
        (
            json!({"components": [{"type": 1, "components": [
                {"type": 3, "custom_id": "s", "options": [option]}, {"type": 2, "style": 1, "label": "x", "custom_id": "b"},
            ]}]}),
            "alone",
        ),
    ]
}

pub fn bad_commands() -> Vec<Bad> {
    let with = |options: Value| json!({"name": "ask", "description": "d", "options": options});
    let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
    let mut completes = option("a", true);
    completes["autocomplete"] = json!(true);
    completes["choices"] = json!([{"name": "n", "value": "v"}]);
    let mut long_choice = option("a", true);
    long_choice["choices"] = json!([{"name": "n", "value": long(101)}]);
    let mut wordy = option("a", true);
    wordy["choices"] = (0..25)
        .map(|n| json!({"name": format!("{n}{}", long(90)), "value": long(100)}))
        .collect();
    let sub = |kind: u8, options: &[Value]| json!({"type": kind, "name": "sub", "description": "d", "options": options});
    let mut asking = sub(1, &[]);
    asking["required"] = json!(true);
    let mut with_options = option("a", true);
    with_options["options"] = json!([option("b", true)]);
    let many: Vec<Value> = (0..26).map(|n| option(&format!("o{n}"), false)).collect();
    let two = json!([option("a", false), option("b", true)]);
    let wordy: Vec<Value> = (0..2)
        .map(|n| {
            let mut option = wordy.clone();
            option["name"] = json!(format!("o{n}"));
            option
        })
        .collect();
    let mut endless = option("a", true);
    endless["max_length"] = json!(0);
    let mut french = option("b", false);
    french["name_localizations"] = json!({"fr": "a"});
    vec![
        (with(json!([endless])), "max_length"),
        (with(json!([option("a", true), french])), "Duplicate option"),
        (json!({"name": "Ask", "description": "d"}), "lower case"),
        (json!({"name": "ask me", "description": "d"}), "letters"),
        (json!({"name": long(33), "description": "d"}), "name"),
        (json!({"name": "ask"}), "description"),
        (
            json!({"name": "ask", "description": long(101)}),
            "description",
        ),
        (
            json!({"name": "ask", "description": "d", "name_localizations": {"xx": "a"}}),
            "locale",
        ),
        (
            json!({"name": "ask", "description": "d", "description_localizations": {"de": ""}}),
            "description_localizations.de",
        ),
        (
            json!({"name": "ask", "description": "d", "contexts": [3]}),
            "context",
        ),
        (
            json!({"name": "Find", "type": 3, "description": "d"}),
            "no description",
        ),
        (with(json!(many)), "options"),
        (with(two), "Required options"),
        (
            with(json!([sub(1, &[sub(1, &[])])])),
            "a subcommand has none",
        ),
        (
            with(json!([sub(2, &[sub(2, &[])])])),
            "A group has subcommands only",
        ),
        (
            with(json!([sub(2, &[option("a", true)])])),
            "A group has subcommands only",
        ),
        (
            with(json!([sub(1, &[]), option("a", true)])),
            "exclude each other",
        ),
        (with(json!([asking])), "takes no value"),
        (with(json!([with_options])), "Only subcommands and groups"),
        (
            with(json!([option("a", true), option("a", true)])),
            "Duplicate",
        ),
        (with(json!([completes])), "exclude each other"),
        (with(json!([long_choice])), "value"),
        (with(json!(wordy)), "8000"),
    ]
}
