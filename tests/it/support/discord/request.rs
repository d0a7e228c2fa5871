//! A recorded REST request. Reading it checks what every request must have.

use super::message::{File, list};
use super::options::TOKEN;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request as Incoming};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use serde_json::Value;

/// Largest body that is read. Discord limits files separately.
const LARGEST: usize = 64 << 20;

/// A request to the REST API and its response.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST` ...
    pub method: String,
    /// The path below `/api/v10`.
    pub path: String,
    /// The query string, without the question mark.
    pub query: String,
    /// The JSON body, or the `payload_json` of a form; null if there is none.
    pub body: Value,
    /// The files of a form.
    pub files: Vec<File>,
    /// Status of the response.
    pub status: u16,
    /// JSON body of the response; null if there is none.
    pub answer: Value,
    /// Why the request is malformed, whatever its route.
    pub flaws: Vec<String>,
    /// Whether it has the bot's token.
    pub authorized: bool,
}

impl Request {
    /// A parameter of the query string.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let all = url::form_urlencoded::parse(self.query.as_bytes());
        let mut found = all.filter(|(parameter, _)| parameter == name);
        found.next().map(|(_, value)| value.into_owned())
    }

    /// Reads a request.
    pub async fn read(incoming: Incoming) -> Self {
        let path = incoming.uri().path();
        let mut request = Self {
            method: incoming.method().to_string(),
            path: path.strip_prefix("/api/v10").unwrap_or(path).to_owned(),
            query: incoming.uri().query().unwrap_or_default().to_owned(),
            body: Value::Null,
            files: Vec::new(),
            status: 0,
            answer: Value::Null,
            flaws: Vec::new(),
            authorized: header(incoming.headers(), AUTHORIZATION) == format!("Bot {TOKEN}"),
        };
        if !path.starts_with("/api/v10/") {
            request.flaws.push("not below /api/v10".to_owned());
        }
        if !is_user_agent(header(incoming.headers(), USER_AGENT)) {
            request
                .flaws
                .push("User-Agent is not `DiscordBot (url, version)`".to_owned());
        }
        let kind = header(incoming.headers(), CONTENT_TYPE).to_owned();
        if kind.starts_with("multipart/form-data") {
            request.read_form(incoming).await;
        } else {
            request.read_json(&kind, incoming.into_body()).await;
        }
        request
    }

    async fn read_json(&mut self, kind: &str, body: Body) {
        let bytes = to_bytes(body, LARGEST).await.unwrap_or_default();
        if bytes.is_empty() {
            return;
        }
        if !kind.starts_with("application/json") {
            self.flaws
                .push(format!("Content-Type {kind:?} for a JSON body"));
        }
        match serde_json::from_slice(&bytes) {
            Ok(body) => self.body = body,
            Err(problem) => self.flaws.push(format!("the body is not JSON: {problem}")),
        }
    }

    async fn read_form(&mut self, incoming: Incoming) {
        let Ok(mut form) = Multipart::from_request(incoming, &()).await else {
            return self.flaws.push("a form without a boundary".to_owned());
        };
        while let Ok(Some(field)) = form.next_field().await {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.unwrap_or_default().to_vec();
            if name == "payload_json" {
                self.body = serde_json::from_slice(&bytes).unwrap_or_default();
                continue;
            }
            let number = name
                .strip_prefix("files[")
                .and_then(|rest| rest.strip_suffix(']'));
            match (number.and_then(|number| number.parse().ok()), file_name) {
                (Some(id), Some(name)) => self.files.push(File {
                    id,
                    name,
                    description: None,
                    bytes,
                }),
                _ => self.flaws.push(format!(
                    "form part {name:?} is neither payload_json nor files[n]"
                )),
            }
        }
        if !self.body.is_object() {
            self.flaws
                .push("a form without a JSON payload_json".to_owned());
        }
        let listed = list(&self.body["attachments"]);
        let unknown = listed
            .iter()
            .filter(|listed| listed["filename"].is_string());
        for listed in unknown.filter(|listed| {
            !self
                .files
                .iter()
                .any(|file| same_id(&listed["id"], file.id))
        }) {
            self.flaws
                .push(format!("attachment {} has no files[n]", listed["id"]));
        }
    }

    /// `POST /channels/1/messages`.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether [`Self::line`] matches `pattern`, in which `*` matches one segment of the path.
    pub fn matches(&self, pattern: &str) -> bool {
        let line = self.line();
        let (parts, wanted) = (line.split('/'), pattern.split('/'));
        parts.clone().count() == wanted.clone().count()
            && parts
                .zip(wanted)
                .all(|(part, wanted)| wanted == "*" || part == wanted)
    }
}

/// Compares an id, which may be a JSON number or string.
pub fn same_id(value: &Value, id: u64) -> bool {
    value.as_u64() == Some(id) || value.as_str() == Some(id.to_string().as_str())
}

fn header(headers: &HeaderMap, name: axum::http::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Whether it begins with `DiscordBot (https://..., 1.0)`.
fn is_user_agent(agent: &str) -> bool {
    let inside = agent
        .strip_prefix("DiscordBot (")
        .and_then(|rest| rest.split_once(')'));
    inside.is_some_and(|(inside, _)| {
        inside
            .split_once(", ")
            .is_some_and(|(url, version)| url.starts_with("http") && !version.is_empty())
    })
}
