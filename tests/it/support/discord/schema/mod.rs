//! Judges the requests of the bot, and the responses and events of the stand-in, by Discord's own `OpenAPI` description, if it
//! is present.
//!
//! The description is stricter here than it is written: objects have no other fields than those it names. Discord ignores
//! fields that it doesn't know, which are misspelt or do nothing.

mod event;
mod interaction;
mod operation;

pub use event::event_violations;
pub use operation::exchange_violations;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Registry, RegistryBuilder, ValidationError, Validator};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The description's name for `$ref`.
const NAME: &str = "urn:discord";
/// The name of `events.json`, which describes what the description leaves out.
const EVENTS: &str = "urn:events";
/// The longest value that a violation quotes.
const LONGEST_QUOTE: usize = 200;

static DESCRIPTION: LazyLock<Option<Value>> = LazyLock::new(|| {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/openapi.json");
    let path = std::env::var_os("DISCORD_OPENAPI").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(path).ok()?;
    let mut description = serde_json::from_str(&text).expect("Discord's description is JSON");
    amend(&mut description);
    close(&mut description);
    Some(description)
});

static DESCRIBED_EVENTS: LazyLock<Value> = LazyLock::new(|| {
    let events = serde_json::from_str(include_str!("events.json"));
    let mut events = events.expect("events.json is JSON");
    close(&mut events);
    events
});

static REGISTRY: LazyLock<Registry<'static>> = LazyLock::new(|| {
    let registry = Registry::new().add(NAME, DESCRIPTION.as_ref().unwrap_or(&Value::Null));
    let registry = registry.and_then(|registry| registry.add(EVENTS, &*DESCRIBED_EVENTS));
    let registry = registry.and_then(RegistryBuilder::prepare);
    registry.expect("all references of Discord's description are in it")
});

/// Validators by their schema. Each is built once.
static VALIDATORS: Mutex<BTreeMap<String, Arc<Validator>>> = Mutex::new(BTreeMap::new());

/// Whether Discord's description is present.
pub fn is_there() -> bool {
    DESCRIPTION.is_some()
}

/// Allows what Discord's documentation allows and its description doesn't: numbers as ids of the files of a request, marking
/// commands as age-restricted, messages that were forwarded, and texts as the codes of invalid fields.
fn amend(description: &mut Value) {
    let schemas = &mut description["components"]["schemas"];
    let text = json!({"type": "string", "minLength": 1});
    let of_field = json!({"type": "object", "properties": {"code": text, "message": text}, "required": ["code", "message"]});
    schemas["InnerErrors"]["properties"]["_errors"] =
        json!({"type": "array", "items": of_field, "minItems": 1});
    schemas["ErrorResponse"] = schemas["Error"].clone();
    schemas["ErrorResponse"]["properties"]["errors"] =
        json!({"$ref": "#/components/schemas/ErrorDetails"});
    schemas["MessageAttachmentRequest"]["properties"]["id"] =
        json!({"type": ["string", "integer"]});
    schemas["MessageReferenceType"] = json!({"enum": [0, 1]});
    for request in [
        "ApplicationCommandCreateRequest",
        "ApplicationCommandUpdateRequest",
    ] {
        schemas[request]["properties"]["nsfw"] = json!({"type": "boolean"});
    }
}

/// Forbids all fields of objects that the description doesn't name.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(schemas) => schemas.iter_mut().for_each(close),
        _ => {}
    }
}

/// How a value violates the schema at a place in the description: where in the value, and what was expected.
fn violations(place: &str, value: &Value) -> Vec<String> {
    violations_of(&format!("{NAME}#{place}"), value)
}

/// How a value violates a schema: where in the value, and what was expected.
fn violations_of(schema: &str, value: &Value) -> Vec<String> {
    let validator = validator(schema);
    let errors = validator.iter_errors(value);
    errors.flat_map(|error| explain(&error)).collect()
}

fn validator(schema: &str) -> Arc<Validator> {
    let mut validators = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    let known = validators.entry(schema.to_owned()).or_insert_with(|| {
        let schema = json!({"$ref": schema.replace('{', "%7B").replace('}', "%7D")});
        let options = jsonschema::options().with_registry(&REGISTRY);
        let options = options.should_validate_formats(true);
        Arc::new(options.build(&schema).expect("Discord's schemas are valid"))
    });
    Arc::clone(known)
}

/// If a value fits no alternative, what is wrong with it as the alternative that was meant.
fn explain(error: &ValidationError<'_>) -> Vec<String> {
    let place = error.instance_path();
    if let ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } =
        error.kind()
    {
        let kind = format!("{place}/type");
        let is_meant = |errors: &&Vec<ValidationError<'_>>| {
            errors.iter().all(|inside| {
                let is_here = inside.instance_path() == place;
                let is_type = matches!(inside.kind(), ValidationErrorKind::Type { .. });
                !(is_here && is_type || inside.instance_path().as_str() == kind)
            })
        };
        let mut meant = context.iter().filter(is_meant);
        if let (Some(meant), None) = (meant.next(), meant.next()) {
            return meant.iter().flat_map(explain).collect();
        }
    }
    let quoted = error.to_string();
    let text = if quoted.len() > LONGEST_QUOTE {
        error.masked().to_string()
    } else {
        quoted
    };
    vec![format!("{place}: {text}")]
}
