//! Builds the data of a command from what a member types, and validates it as a Discord client does.

use super::message::list;
use super::options::permission;
use super::payload;
use super::world::World;
use serde_json::{Map, Value, json};

/// Values of a command's options.
#[derive(Debug)]
pub enum Typed {
    /// All values, by option name.
    Whole(Value),
    /// One option is being typed: an autocomplete.
    Part {
        /// Its name.
        option: String,
        /// Its text so far.
        part: String,
        /// Values of the other options.
        others: Value,
    },
}

/// The data of a command in a context ([`Place::context`](super::Place::context)).
pub fn data(world: &World, command: &Value, name: &str, typed: Typed, context: u8) -> Value {
    let contexts = list(&command["contexts"]);
    let open = command["contexts"].is_null() || contexts.iter().any(|known| *known == context);
    let installs = list(&command["integration_types"]);
    let installed = context != 2 || installs.iter().any(|kind| *kind == 1);
    assert!(
        open && installed,
        "{name:?} is not offered in context {context}"
    );
    let (mut value, partly) = match typed {
        Typed::Whole(value) => (value, None),
        Typed::Part {
            option,
            part,
            mut others,
        } => {
            others[&option] = json!(part);
            (others, Some(option))
        }
    };
    let values = value.as_object_mut().expect("options by name");
    let path: Vec<&str> = match command["type"].as_u64() {
        Some(1) => name.split(' ').skip(1).collect(),
        _ => Vec::new(),
    };
    let options = options(command, &path, values, partly.as_deref());
    assert!(values.is_empty(), "/{name} has no options {values:?}");
    let mut data = json!({"id": command["id"], "name": command["name"], "type": command["type"]});
    let mut resolved = json!({});
    for option in options.iter().flat_map(with_inner) {
        let kind = option["type"].as_u64().and_then(resolved_kind);
        if let (Some(kind), Some(id)) = (kind, option["value"].as_str()) {
            resolve(world, kind, id, &mut resolved);
        }
    }
    if !options.is_empty() {
        data["options"] = options.into();
    }
    put_resolved(&mut data, resolved);
    data
}

/// An option, or the options of a subcommand.
fn with_inner(option: &Value) -> Vec<&Value> {
    let inner = list(&option["options"]).iter().flat_map(with_inner);
    std::iter::once(option).chain(inner).collect()
}

/// What Discord resolves of an option of this type: of channels and roles, the object.
fn resolved_kind(option: u64) -> Option<&'static str> {
    match option {
        7 => Some("channels"),
        8 => Some("roles"),
        _ => None,
    }
}

/// Adds a role or channel of the server to what Discord resolves.
pub fn resolve(world: &World, kind: &str, id: &str, resolved: &mut Value) {
    resolved[kind][id] = if kind == "roles" {
        payload::role(world, id)
    } else {
        let known = id.parse().ok().and_then(|id| world.channel(id));
        let known = known.expect("a channel of the stand-in");
        let mut channel = payload::channel_of_interaction(known, permission::USUAL);
        channel["app_permissions"] = json!(payload::app_permissions(known));
        channel
    };
}

fn put_resolved(data: &mut Value, resolved: Value) {
    if resolved.as_object().is_some_and(|all| !all.is_empty()) {
        data["resolved"] = resolved;
    }
}

fn options(
    defined: &Value,
    path: &[&str],
    values: &mut Map<String, Value>,
    partly: Option<&str>,
) -> Vec<Value> {
    let all = list(&defined["options"]);
    if let [sub, rest @ ..] = path {
        let sub = all
            .iter()
            .find(|option| option["name"] == *sub)
            .expect("a registered subcommand");
        return vec![
            json!({"name": sub["name"], "type": sub["type"], "options": options(sub, rest, values, partly)}),
        ];
    }
    let filled = all.iter().filter_map(|option| {
        let name = option["name"].as_str().unwrap_or_default();
        let focused = partly == Some(name);
        let Some(value) = values.remove(name) else {
            assert!(
                option["required"] != true || partly.is_some(),
                "option {name:?} is required"
            );
            return None;
        };
        if focused {
            assert!(
                option["autocomplete"] == true,
                "option {name:?} has no autocomplete"
            );
            return Some(
                json!({"name": name, "type": option["type"], "value": value, "focused": true}),
            );
        }
        assert!(
            fits(option, &value),
            "option {name:?} does not accept {value}"
        );
        Some(json!({"name": name, "type": option["type"], "value": value}))
    });
    filled.collect()
}

/// Whether a Discord client accepts a value.
fn fits(option: &Value, value: &Value) -> bool {
    let choices = list(&option["choices"]);
    let offered = choices.is_empty() || choices.iter().any(|choice| choice["value"] == *value);
    let within = |least: &str, most: &str, size: f64| {
        option[least].as_f64().is_none_or(|least| size >= least)
            && option[most].as_f64().is_none_or(|most| size <= most)
    };
    offered
        && match option["type"].as_u64() {
            Some(3) => value.as_str().is_some_and(|text| {
                // Discord's limit where the command sets none.
                let length = text.chars().count();
                length <= 6000 && within("min_length", "max_length", length as f64)
            }),
            Some(4) => value
                .as_i64()
                .is_some_and(|number| within("min_value", "max_value", number as f64)),
            Some(5) => value.is_boolean(),
            Some(10) => value
                .as_f64()
                .is_some_and(|number| within("min_value", "max_value", number)),
            _ => value.is_string(),
        }
}

/// The value of a select's option, by label or value. Of channels, the id.
pub fn option_value(select: &Value, choice: &str) -> Value {
    if select["type"] == 8 {
        return json!(choice);
    }
    let options = list(&select["options"]);
    let found = options
        .iter()
        .find(|option| option["label"] == *choice || option["value"] == *choice);
    let found =
        found.unwrap_or_else(|| panic!("the select does not offer {choice:?}: {options:?}"));
    found["value"].clone()
}

/// The data of a form that was filled in in a channel, with values by the ids of its fields.
pub fn form(world: &World, channel: u64, form: &Value, values: &Value) -> Value {
    let mut resolved = json!({});
    let labels = list(&form["components"]).iter().zip(1..);
    let components: Vec<Value> = labels
        .map(|(label, number)| {
            let field = filled(
                world,
                &label["component"],
                number * 2,
                values,
                &mut resolved,
            );
            json!({"type": 18, "id": number * 2 - 1, "component": field})
        })
        .collect();
    let mut data = json!({"custom_id": form["custom_id"], "components": components});
    let sizes = resolved["attachments"].as_object().into_iter().flatten();
    for (_, file) in sizes {
        let size = file["size"].as_u64().unwrap_or_default() as usize;
        assert!(size <= world.upload_limit(channel), "too large: {file}");
    }
    put_resolved(&mut data, resolved);
    data
}

/// A field with its value. What Discord resolves is added to `resolved`.
fn filled(
    world: &World,
    field: &Value,
    number: u64,
    values: &Value,
    resolved: &mut Value,
) -> Value {
    let id = field["custom_id"].as_str().expect("a field with an id");
    let value = &values[id];
    let kind = field["type"].as_u64();
    if kind == Some(4) {
        let text = value.as_str().unwrap_or_default();
        let length = text.chars().count() as u64;
        let least = field["min_length"].as_u64().unwrap_or(0);
        let most = field["max_length"].as_u64().unwrap_or(4_000);
        assert!(
            (least..=most).contains(&length),
            "{id:?} does not accept {text:?}"
        );
        return json!({"type": 4, "id": number, "custom_id": id, "value": text});
    }
    let count = list(value).len() as u64;
    let least = field["min_values"].as_u64().unwrap_or(1);
    let most = field["max_values"].as_u64().unwrap_or(1);
    let may_be_empty = field["required"] == false && count == 0;
    assert!(
        may_be_empty || (least..=most).contains(&count),
        "{id:?} does not accept {value}"
    );
    let picked = list(value).iter().zip(0..).map(|(item, position)| {
        let name = item.as_str().expect("a label, an id or a name");
        match kind {
            Some(3) => option_value(field, name),
            Some(19) => {
                let file = (7_000 + 100 * number + position).to_string();
                resolved["attachments"][&file] = world.attachment(&file, name);
                json!(file)
            }
            _ => {
                let what = if kind == Some(6) { "roles" } else { "channels" };
                resolve(world, what, name, resolved);
                json!(name)
            }
        }
    });
    json!({"type": field["type"], "id": number, "custom_id": id, "values": picked.collect::<Vec<_>>()})
}
