//! Validates request bodies against Discord's `OpenAPI` description, if it is present.

use super::request::Request;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Validated routes: pattern for [`Request::matches`], and path in the description.
const ROUTES: [(&str, &str); 9] = [
    (
        "POST /channels/*/messages",
        "/channels/{channel_id}/messages",
    ),
    (
        "PATCH /channels/*/messages/*",
        "/channels/{channel_id}/messages/{message_id}",
    ),
    (
        "PUT /applications/*/commands",
        "/applications/{application_id}/commands",
    ),
    (
        "POST /applications/*/commands",
        "/applications/{application_id}/commands",
    ),
    (
        "PUT /applications/*/guilds/*/commands",
        "/applications/{application_id}/guilds/{guild_id}/commands",
    ),
    (
        "POST /interactions/*/*/callback",
        "/interactions/{interaction_id}/{interaction_token}/callback",
    ),
    (
        "POST /webhooks/*/*",
        "/webhooks/{webhook_id}/{webhook_token}",
    ),
    (
        "PATCH /webhooks/*/*/messages/@original",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
    ),
    (
        "PATCH /webhooks/*/*/messages/*",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
    ),
];

static DESCRIPTION: LazyLock<Option<Value>> = LazyLock::new(|| {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/openapi.json");
    let path = std::env::var_os("DISCORD_OPENAPI").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(path).ok()?;
    let mut description: Value =
        serde_json::from_str(&text).expect("Discord's description is JSON");
    // The description says that ids are strings. Discord also accepts numbers, which serenity sends as ids of attachments.
    description["components"]["schemas"]["SnowflakeType"] = json!({"type": ["string", "integer"]});
    Some(description)
});

static VALIDATORS: Mutex<BTreeMap<&str, Arc<Validator>>> = Mutex::new(BTreeMap::new());

/// Whether Discord's description is present.
pub fn is_there() -> bool {
    DESCRIPTION.is_some()
}

/// How the body of a request violates the description. Empty without a description.
pub fn violations(request: &Request) -> Vec<String> {
    let described = ROUTES.iter().find(|(line, _)| request.matches(line));
    let Some(validator) = described.and_then(|(line, path)| validator(line, path)) else {
        return Vec::new();
    };
    let errors = validator.iter_errors(&request.body);
    errors.map(|error| deepest(&error).1).collect()
}

/// If the body matches no alternative, the error deepest in the body: it belongs to the alternative that was meant.
fn deepest(error: &ValidationError<'_>) -> (usize, String) {
    let place = error.instance_path().to_string();
    let here = (place.matches('/').count(), format!("{place}: {error}"));
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let inside = context.iter().flatten().map(deepest);
            inside.fold(here, |best, next| if next.0 > best.0 { next } else { best })
        }
        _ => here,
    }
}

fn validator(line: &'static str, path: &str) -> Option<Arc<Validator>> {
    let description = DESCRIPTION.as_ref()?;
    let mut validators = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = validators.get(line) {
        return Some(Arc::clone(known));
    }
    let method = line.split(' ').next().unwrap_or_default().to_lowercase();
    let body =
        &description["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
    let schema = json!({"allOf": [body], "components": description["components"]});
    let built = jsonschema::validator_for(&schema).expect("Discord's description is a schema");
    let built = Arc::new(built);
    validators.insert(line, Arc::clone(&built));
    Some(built)
}
