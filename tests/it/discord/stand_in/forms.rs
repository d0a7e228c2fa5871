//! Forms with every kind of field, as `pullquote-cards` writes them, and a menu of texts, which it has none of.

use super::bad_bot::{BadBot, message};
use crate::support::discord::{ALICE, FORUM, HELPERS_ROLE, Options, StandIn, intent};
use pullquote_cards::{ComponentId, Form, FormField, FormInput, Format, Payload, Reply};
use serde_json::{Value, json};

fn all_kinds() -> Form {
    Form::new(ComponentId::FollowUp { article: None }, "Teach")
        .field(
            FormField::new("answer", "Answer", FormInput::paragraph("Seven.", 1_000))
                .described("As it will be quoted"),
        )
        .field(FormField::new("role", "Who may see it", FormInput::Role { most: 3 }).optional())
        .field(FormField::new(
            "where",
            "Where",
            FormInput::Channel {
                types: &[0, 15],
                most: 1,
            },
        ))
        .field(FormField::new("file", "File", FormInput::File { most: 2 }).optional())
}

/// The callback that opens the form.
fn opening() -> Value {
    let reply = Reply::Form(Box::new(all_kinds()));
    let mut body = Payload::callback(&reply, Format::Embed).unwrap().body;
    let options = ["guide", "faq"].map(|value| json!({"label": value, "value": value}));
    let kind = json!({"type": 18, "label": "Kind", "component": {
        "type": 3, "custom_id": "kind", "options": options, "min_values": 1, "max_values": 1, "required": true,
    }});
    let fields = body["data"]["components"].as_array_mut().unwrap();
    fields.insert(1, kind);
    body
}

fn asked() -> (StandIn, BadBot) {
    let discord = StandIn::start(Options::default());
    let bot = BadBot::connected(&discord, intent::GUILDS);
    bot.register();
    (discord, bot)
}

#[test]
fn a_form_with_every_kind_of_field_is_opened_and_sent() {
    let (discord, mut bot) = asked();
    let alice = discord.member(ALICE);
    let opened = alice.slash("ask", json!({"question": "teach"}));
    let event = bot.event("INTERACTION_CREATE");
    assert_eq!(bot.callback(&event, &opening()).0, 204);
    let values = json!({
        "answer": "At seven.", "kind": ["faq"], "role": [HELPERS_ROLE.to_string()],
        "where": [FORUM.to_string()], "file": ["times.md"],
    });
    let sent = alice.submit_all(&opened, &values);
    let event = bot.event("INTERACTION_CREATE");
    let (data, field) = (&event["data"], |number: usize| {
        &event["data"]["components"][number]["component"]
    });
    assert_eq!(field(0)["value"], "At seven.");
    assert_eq!(field(1)["values"], json!(["faq"]));
    assert_eq!(field(2)["values"], json!([HELPERS_ROLE.to_string()]));
    assert_eq!(field(3)["values"], json!([FORUM.to_string()]));
    let file = field(4)["values"][0].as_str().unwrap();
    assert_eq!(
        data["resolved"]["attachments"][file]["filename"],
        "times.md"
    );
    bot.callback(&event, &json!({"type": 4, "data": message("Thanks!")}));
    assert_eq!(sent.answer().message().text(), "Thanks!");
}

#[test]
fn forms_that_break_a_rule_are_refused() {
    let (discord, mut bot) = asked();
    let opened = discord
        .member(ALICE)
        .slash("ask", json!({"question": "teach"}));
    let event = bot.event("INTERACTION_CREATE");
    for (path, value) in [
        ("/data/title", json!("")),
        ("/data/components/0/label", json!("l".repeat(46))),
        ("/data/components/0/description", json!("d".repeat(101))),
        ("/data/components/0/component/style", json!(3)),
        ("/data/components/0/component/max_length", json!(4_001)),
        (
            "/data/components/0/component/value",
            json!("v".repeat(1_001)),
        ),
        ("/data/components/1/component/custom_id", json!("answer")),
        ("/data/components/1/component/options", json!([])),
        ("/data/components/1/component/max_values", json!(3)),
        ("/data/components/2/component/max_values", json!(26)),
        ("/data/components/3/component/min_values", json!(0)),
        ("/data/components/4/component/max_values", json!(11)),
        ("/data/components/4/component/type", json!(2)),
        ("/data/components/4/type", json!(17)),
        ("/data/components/0/type", json!(1)),
    ] {
        let mut body = opening();
        *body.pointer_mut(path).expect(path) = value;
        assert_eq!(bot.callback(&event, &body).0, 400, "{path}");
        assert!(!discord.take_violations().is_empty(), "{path}");
    }
    let mut six = opening();
    let more = six["data"]["components"][0].clone();
    six["data"]["components"].as_array_mut().unwrap().push(more);
    assert_eq!(bot.callback(&event, &six).0, 400);
    discord.take_violations();
    assert_eq!(bot.callback(&event, &opening()).0, 204);
    assert_eq!(opened.answer().kind, 9);
}
