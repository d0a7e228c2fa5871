//! Requests and their responses.

use super::{DESCRIPTION, violations};
use crate::support::discord::message::list;
use crate::support::discord::request::Request;
use serde_json::Value;

/// How a request and its response violate the description. Those of the request count only if the stand-in has not refused it for
/// another reason.
pub fn exchange_violations(request: &Request) -> Vec<String> {
    let operation = match Operation::of(request) {
        Ok(Some(operation)) => operation,
        Ok(None) => return Vec::new(),
        Err(_) if request.status >= 300 => return Vec::new(),
        Err(violation) => return vec![violation],
    };
    let of_request = match request.status {
        ..300 => operation.request_violations(request),
        _ => Vec::new(),
    };
    let of_request = of_request
        .iter()
        .map(|it| format!("Discord's schema: {it}"));
    let of_response = operation.response_violations(request).into_iter();
    let of_response = of_response.map(|it| format!("the stand-in's response: {it}"));
    of_request.chain(of_response).collect()
}

/// An operation of the description.
#[derive(Debug)]
struct Operation {
    /// The path with names of parameters in braces.
    path: &'static str,
    /// The operation's place in the description.
    place: String,
    described: &'static Value,
}

impl Operation {
    /// The operation that a request performs. `None` without a description.
    /// An error if it has no such operation.
    fn of(request: &Request) -> Result<Option<Self>, String> {
        let Some(description) = DESCRIPTION.as_ref() else {
            return Ok(None);
        };
        let method = request.method.to_lowercase();
        let paths = description["paths"].as_object().into_iter().flatten();
        let fitting = paths.filter(|(path, _)| parameters(path, &request.path).is_some());
        let fitting = fitting.filter(|(_, item)| item[&method].is_object());
        // `/users/@me` before `/users/{user_id}`.
        let found = fitting.min_by_key(|(path, _)| path.matches('{').count());
        let (path, item) =
            found.ok_or_else(|| "Discord's description has no such operation".to_owned())?;
        Ok(Some(Self {
            path,
            place: format!("/paths/{}", escape(path)),
            described: item,
        }))
    }

    /// How a request violates the description.
    fn request_violations(&self, request: &Request) -> Vec<String> {
        let mut found = Vec::new();
        let method = request.method.to_lowercase();
        let of_method = list(&self.described[&method]["parameters"]).iter().zip(0..);
        let of_method =
            of_method.map(|(it, n)| (it, format!("{}/{method}/parameters/{n}", self.place)));
        let of_path = list(&self.described["parameters"]).iter().zip(0..);
        let of_path = of_path.map(|(it, n)| (it, format!("{}/parameters/{n}", self.place)));
        let known: Vec<_> = of_path.chain(of_method).collect();
        let mut judge = |location: &str, name: &str, value: &str| {
            let parameter = known
                .iter()
                .find(|(it, _)| it["name"] == name && it["in"] == location);
            match parameter {
                Some((_, place)) => found.extend(parameter_violations(place, name, value)),
                None => found.push(format!("no {location} parameter {name:?} is described")),
            }
        };
        for (name, value) in parameters(self.path, &request.path).unwrap_or_default() {
            judge("path", name, value);
        }
        for (name, value) in url::form_urlencoded::parse(request.query.as_bytes()) {
            judge("query", &name, &value);
        }
        found.extend(self.body_violations(&method, request));
        found
    }

    fn body_violations(&self, method: &str, request: &Request) -> Vec<String> {
        let described = &self.described[method]["requestBody"];
        match (described.is_object(), request.body.is_null()) {
            (true, true) if described["required"] == true => vec!["a body is missing".to_owned()],
            (_, true) => Vec::new(),
            (false, false) => vec!["no body is described".to_owned()],
            (true, false) => {
                let form = !request.files.is_empty();
                if form && !described["content"]["multipart/form-data"].is_object() {
                    return vec!["no files are described".to_owned()];
                }
                // The description doesn't say so, but the JSON of a form is the same as without files.
                let place = format!(
                    "{}/{method}/requestBody/content/application~1json/schema",
                    self.place
                );
                violations(&place, &request.body)
            }
        }
    }

    /// How a response violates the description. By that, a 429 always has a code; by the documentation, it seldom has one.
    fn response_violations(&self, request: &Request) -> Vec<String> {
        let method = request.method.to_lowercase();
        let status = request.status.to_string();
        let response = &self.described[&method]["responses"][&status];
        let content = &response["content"]["application/json"];
        match request.status {
            429 => Vec::new(),
            400.. => violations("/components/schemas/ErrorResponse", &request.answer),
            _ if response.is_null() => vec![format!("no status {status} is described")],
            _ if content.is_null() && request.answer.is_null() => Vec::new(),
            _ if content.is_null() => vec![format!("status {status} has no body")],
            _ => {
                let response = format!("{}/{method}/responses/{status}", self.place);
                let place = format!("{response}/content/application~1json/schema");
                violations(&place, &request.answer)
            }
        }
    }
}

/// The parts of a path that are parameters, with their names; `None` if the path is another one.
fn parameters<'a>(described: &'a str, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let (names, parts) = (described.split('/'), path.split('/'));
    if names.clone().count() != parts.clone().count() {
        return None;
    }
    let mut found = Vec::new();
    for (name, part) in names.zip(parts) {
        match name.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(name) => found.push((name, part)),
            None if name == part => {}
            None => return None,
        }
    }
    Some(found)
}

/// A parameter is a text, which may stand for a number or a boolean.
fn parameter_violations(place: &str, name: &str, text: &str) -> Vec<String> {
    let place = format!("{place}/schema");
    let as_text = violations(&place, &Value::String(text.to_owned()));
    let as_value = serde_json::from_str::<Value>(text).ok();
    if as_value.is_some_and(|value| violations(&place, &value).is_empty()) {
        return Vec::new();
    }
    let named = |violation| format!("parameter {name:?}{violation}");
    as_text.into_iter().map(named).collect()
}

/// A part of a JSON pointer.
fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}
