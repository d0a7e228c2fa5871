//! The text of a message, wherever Discord keeps it.

use super::fields::{list, text};
use pullquote_cards::Card;
use serde_json::Value;

/// How deeply forwarded messages and components are nested, at most.
const MAX_DEPTH: u32 = 5;
/// A component that shows text.
const TEXT_DISPLAY: u64 = 10;

/// What members read in a message: its content or, where that is blank, its embeds, the texts of its components, its poll,
/// and the message that it forwards.
pub(in crate::bot) fn message_text(message: &Value) -> String {
    let content = text(&message["content"]);
    if !content.trim().is_empty() {
        return content.to_owned();
    }
    let mut parts = Vec::new();
    read(message, &mut parts, MAX_DEPTH);
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n")
}

/// The question that one of the bot's cards shows: in its footer, its author or its text.
pub(super) fn shown_question(message: &Value) -> Option<String> {
    let embed = &message["embeds"][0];
    let [footer, author] = [&embed["footer"]["text"], &embed["author"]["name"]];
    let shown = footer.as_str().or(author.as_str()).map(str::to_owned);
    shown.or_else(|| Card::question_in(text(&message["content"])))
}

fn read<'a>(message: &'a Value, parts: &mut Vec<&'a str>, depth: u32) {
    parts.push(text(&message["content"]));
    for embed in list(&message["embeds"]) {
        parts.extend([text(&embed["title"]), text(&embed["description"])]);
        for field in list(&embed["fields"]) {
            parts.extend([text(&field["name"]), text(&field["value"])]);
        }
    }
    components(&message["components"], parts, depth);
    let poll = &message["poll"];
    parts.push(text(&poll["question"]["text"]));
    let answers = list(&poll["answers"]).iter();
    parts.extend(answers.map(|answer| text(&answer["poll_media"]["text"])));
    if depth > 0 {
        for forwarded in list(&message["message_snapshots"]) {
            read(&forwarded["message"], parts, depth - 1);
        }
    }
}

/// Texts stand in containers and sections; buttons and menus have none.
fn components<'a>(all: &'a Value, parts: &mut Vec<&'a str>, depth: u32) {
    for component in list(all) {
        if component["type"] == TEXT_DISPLAY {
            parts.push(text(&component["content"]));
        }
        if depth > 0 {
            components(&component["components"], parts, depth - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::message_text;
    use serde_json::{Value, json};

    fn check(message: &Value, expect: &str) {
        assert_eq!(message_text(message), expect, "{message}");
    }

    #[test]
    fn text_is_found_wherever_it_is() {
        let embed =
            json!({"title": "", "description": null, "fields": [{"name": "Who", "value": "Kim"}]});
        check(
            &json!({"content": "words", "embeds": [{"title": "a link"}]}),
            "words",
        );
        check(
            &json!({"content": "", "embeds": [embed, {"title": "Two"}]}),
            "Who\nKim\nTwo",
        );
        let forwarded = json!({"message_snapshots": [{"message": {"content": "far", "embeds": [{"title": "away"}]}}]});
        check(&forwarded, "far\naway");
        let section = json!({"type": 9, "components": [{"type": 10, "content": "inner"}], "accessory": {"type": 11}});
        let container =
            json!({"type": 17, "components": [{"type": 10, "content": "# outer"}, section]});
        check(
            &json!({"components": [container, {"type": 1, "components": [{"type": 2, "label": "no"}]}]}),
            "# outer\ninner",
        );
        let poll = json!({"question": {"text": "Tea?"}, "answers": [{"answer_id": 1, "poll_media": {"text": "yes"}}]});
        check(&json!({"content": "", "poll": poll}), "Tea?\nyes");
        check(&json!({"attachments": [{}]}), "");
    }
}
