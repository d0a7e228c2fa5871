//! Compares a command with the copy that Discord has registered.

use super::{Definition, Registration};
use serde_json::Value;

impl Definition {
    /// Whether `registered`, a command as Discord returns it, differs from this one. Fields that Discord adds
    /// (ids, versions, defaults) and the order of keys do not count.
    pub fn differs_from(&self, registered: &Value, registration: Registration) -> bool {
        let mut registered = registered.clone();
        if registration == Registration::Server
            && let Some(theirs) = registered.as_object_mut()
        {
            // Discord shows defaults of these.
            theirs.retain(|key, _| key != "contexts" && key != "integration_types");
        }
        differs(&self.json(registration), &registered)
    }
}

/// Fields that Discord adds to a command.
const ADDED_BY_DISCORD: &[&str] = &[
    "id",
    "application_id",
    "guild_id",
    "version",
    "dm_permission",
    "default_permission",
    "name_localized",
    "description_localized",
    "handler",
];

/// Whether `ours` and `theirs` differ. Null, `false`, an empty string, an empty list and an empty object equal
/// a missing field.
fn differs(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let compared = |key: &&String| !ADDED_BY_DISCORD.contains(&key.as_str());
            let mut keys = ours.keys().chain(theirs.keys()).filter(compared);
            keys.any(|key| {
                let missing = &Value::Null;
                differs(
                    ours.get(key).unwrap_or(missing),
                    theirs.get(key).unwrap_or(missing),
                )
            })
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            if ours.len() != theirs.len() {
                return true;
            }
            // Lists of numbers (contexts, integration types) are sets.
            let in_theirs = |number: &Value| number.is_number() && theirs.contains(number);
            !ours.iter().all(in_theirs)
                && ours
                    .iter()
                    .zip(theirs)
                    .any(|(ours, theirs)| differs(ours, theirs))
        }
        // Discord takes permissions as a number and returns them as a string.
        (Value::Number(ours), Value::String(theirs)) => ours.to_string() != *theirs,
        _ => !(ours == theirs || is_empty(ours) && is_empty(theirs)),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(parts) => parts.is_empty(),
        Value::Object(parts) => parts.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::commands::TABLE;
    use crate::{Installs, Registration};
    use serde_json::{Value, json};

    #[test]
    fn ignores_what_discord_adds() {
        for command in TABLE.iter().map(|command| command.definition) {
            let everywhere = Registration::Global(Installs::ALL);
            let mut theirs = command.json(everywhere);
            let differs = |theirs: &Value| command.differs_from(theirs, everywhere);
            assert!(!differs(&theirs));
            theirs["id"] = json!("1");
            theirs["application_id"] = json!("2");
            theirs["version"] = json!("3");
            theirs["dm_permission"] = json!(true);
            if let Some(permissions) = theirs["default_member_permissions"].as_u64() {
                theirs["default_member_permissions"] = json!(permissions.to_string());
            }
            theirs["description"] = theirs.get("description").cloned().unwrap_or(json!(""));
            if let Some(types) = theirs["integration_types"].as_array_mut() {
                types.reverse();
            }
            let options = theirs.get_mut("options").and_then(Value::as_array_mut);
            for option in options.into_iter().flatten() {
                let option = option.as_object_mut().unwrap();
                option.retain(|_, value| *value != json!(false));
            }
            assert!(!differs(&theirs), "{theirs}");
            assert!(!command.differs_from(&theirs, Registration::Server));
            for (key, value) in [
                ("name", json!("other")),
                ("default_member_permissions", json!("8")),
                ("contexts", json!([2])),
                ("name_localizations", json!({"de": "anders"})),
                ("nsfw", json!(true)),
                (
                    "options",
                    json!([{"type": 3, "name": "new", "description": "new"}]),
                ),
            ] {
                let mut changed = theirs.clone();
                changed[key] = value;
                assert!(differs(&changed), "{key}");
            }
            assert!(differs(&json!(null)));
        }
    }
}
