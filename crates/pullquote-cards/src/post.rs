//! Posts in forums, whose title and first message are one question, and the tags that mark them as solved.

use super::commands::MAX_QUESTION;
use super::limits::cut_plain;
use pullquote_core::text::{fold, folded_words};
use serde_json::Value;

/// What tags that mark a post as solved are called. A tag with an emoji or in capitals is found as well.
const SOLVED: &[&str] = &[
    "solved",
    "resolved",
    "answered",
    "fixed",
    "done", // English
    "gelöst",
    "erledigt",
    "beantwortet", // German
    "resuelto",
    "resuelta",
    "solucionado",
    "respondido", // Spanish
    "résolu",
    "résolue",
    "répondu", // French
    "resolvido",
    "solucionado",
    "respondido", // Portuguese
    "risolto",
    "risolta", // Italian
    "rozwiązane",
    "rozwiązany", // Polish
    "çözüldü",
    "çözülen", // Turkish
    "решено",
    "решён",    // Russian
    "opgelost", // Dutch
    "解決済み",
    "解決", // Japanese
    "해결",
    "해결됨", // Korean
    "已解决",
    "已解決", // Chinese
];

/// The question that a post asks: its title and its first message, of a long message the beginning.
///
/// ```
/// use pullquote_cards::post_question;
///
/// assert_eq!(post_question("Ferry", "When does it leave?"), "Ferry\nWhen does it leave?");
/// assert_eq!(post_question("When does it", "When does it leave?"), "When does it leave?");
/// assert_eq!(post_question("Ferry times?", " "), "Ferry times?");
/// ```
pub fn post_question(title: &str, text: &str) -> String {
    let (title, text) = (title.trim(), text.trim());
    let room = MAX_QUESTION.saturating_sub(title.chars().count() + 1);
    let text = if text.chars().count() > room {
        cut_plain(text, room)
    } else {
        text.to_owned()
    };
    match (title, text.as_str()) {
        ("", text) => text.to_owned(),
        (title, "") => title.to_owned(),
        (title, text) if fold(text).starts_with(&fold(title)) => text.to_owned(),
        (title, text) => format!("{title}\n{text}"),
    }
}

/// The ids of a forum's tags that mark posts as solved.
///
/// ```
/// use pullquote_cards::solved_tags;
/// use serde_json::json;
///
/// let forum = json!({"available_tags": [{"id": "1", "name": "Not solved"}, {"id": "2", "name": "✅ SOLVED"}]});
/// assert!(solved_tags(&forum).eq([&json!("2")]));
/// ```
pub fn solved_tags(forum: &Value) -> impl Iterator<Item = &Value> {
    let tags = forum["available_tags"].as_array().into_iter().flatten();
    let solved = tags.filter(|tag| tag["name"].as_str().is_some_and(is_solved));
    solved.map(|tag| &tag["id"])
}

fn is_solved(name: &str) -> bool {
    let plain = |text: &str| folded_words(text).join(" ");
    let name = plain(name);
    !name.is_empty() && SOLVED.iter().any(|known| plain(known) == name)
}

#[cfg(test)]
mod tests {
    use super::{is_solved, solved_tags};
    use serde_json::json;

    #[test]
    fn tags_are_found_by_their_names() {
        for name in ["✅ SOLVED", "Gelöst", "解決済み"] {
            assert!(is_solved(name), "{name}");
        }
        for name in ["Unsolved", "Not solved", "Bug", ""] {
            assert!(!is_solved(name), "{name}");
        }
        assert_eq!(solved_tags(&json!({"type": 11})).count(), 0);
    }
}
