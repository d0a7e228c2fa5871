//! Bodies against Discord's own description of its API, where it is at hand.

use super::call::Request;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Routes whose bodies are described, as lines of [`Request::matches`].
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
    // It calls ids texts; Discord takes numbers as well, and serenity numbers attachments so.
    description["components"]["schemas"]["SnowflakeType"] = json!({"type": ["string", "integer"]});
    Some(description)
});

static VALIDATORS: Mutex<BTreeMap<&str, Arc<Validator>>> = Mutex::new(BTreeMap::new());

/// Whether Discord's description is there.
pub fn is_there() -> bool {
    DESCRIPTION.is_some()
}

/// What the description says against a request's body; nothing where there is no description.
pub fn breaches(request: &Request) -> Vec<String> {
    let described = ROUTES.iter().find(|(line, _)| request.matches(line));
    let Some(validator) = described.and_then(|(line, path)| validator(line, path)) else {
        return Vec::new();
    };
    let errors = validator.iter_errors(&request.body);
    errors.map(|error| deepest(&error).1).collect()
}

/// Of the reasons why no alternative fits, the one that lies deepest in the body: that alternative was meant.
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
