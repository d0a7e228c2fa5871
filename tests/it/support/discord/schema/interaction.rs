//! What the data of an interaction says of the objects that it names: each is in `resolved` under its id, and nothing else is.

use crate::support::discord::message::list;
use serde_json::Value;
use std::collections::BTreeSet;

/// The fields of a partial channel in `resolved`.
const OF_CHANNEL: [&str; 15] = [
    "id",
    "name",
    "type",
    "permissions",
    "app_permissions",
    "last_message_id",
    "last_pin_timestamp",
    "nsfw",
    "parent_id",
    "guild_id",
    "flags",
    "rate_limit_per_user",
    "topic",
    "position",
    "thread_metadata",
];
/// Types of options whose value is the id of an object.
const OPTIONS_OF_IDS: [u64; 5] = [6, 7, 8, 9, 11];
/// Types of components whose values are ids of objects.
const COMPONENTS_OF_IDS: [u64; 5] = [5, 6, 7, 8, 19];

/// How the objects in an interaction's data are not those that it names.
pub fn resolved_violations(data: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut resolved = BTreeSet::new();
    for (kind, objects) in data["resolved"].as_object().into_iter().flatten() {
        for (id, object) in objects.as_object().into_iter().flatten() {
            resolved.insert(id.as_str());
            if kind == "members" {
                if data["resolved"]["users"][id].is_null() {
                    found.push(format!("/resolved/members/{id}: its user is missing"));
                }
            } else if object["id"] != id.as_str() {
                found.push(format!("/resolved/{kind}/{id}: it has another id"));
            }
            if kind == "channels" {
                let fields = object.as_object().into_iter().flatten();
                let others = fields.filter(|(name, _)| !OF_CHANNEL.contains(&name.as_str()));
                found.extend(
                    others.map(|(name, _)| {
                        format!("/resolved/{kind}/{id}: {name} is left out there")
                    }),
                );
            }
        }
    }
    let named = named(data);
    let missing = named
        .difference(&resolved)
        .map(|id| format!("/resolved: {id} is missing"));
    let unnamed = resolved
        .difference(&named)
        .map(|id| format!("/resolved: nothing names {id}"));
    found.extend(missing.chain(unnamed));
    found
}

/// The ids of objects that an interaction's data names.
fn named(data: &Value) -> BTreeSet<&str> {
    let target = data["target_id"].as_str();
    let options = list(&data["options"]).iter().flat_map(of_option);
    let fields = list(&data["components"])
        .iter()
        .flat_map(|label| of_component(&label["component"], "type"));
    let values = of_component(data, "component_type");
    target
        .into_iter()
        .chain(options)
        .chain(fields)
        .chain(values)
        .collect()
}

fn of_option(option: &Value) -> Vec<&str> {
    let value = is_among(&option["type"], &OPTIONS_OF_IDS)
        .then(|| option["value"].as_str())
        .flatten();
    let inside = list(&option["options"]).iter().flat_map(of_option);
    value.into_iter().chain(inside).collect()
}

fn of_component<'a>(component: &'a Value, kind: &str) -> Vec<&'a str> {
    if !is_among(&component[kind], &COMPONENTS_OF_IDS) {
        return Vec::new();
    }
    list(&component["values"])
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

fn is_among(kind: &Value, kinds: &[u64]) -> bool {
    kind.as_u64().is_some_and(|kind| kinds.contains(&kind))
}
