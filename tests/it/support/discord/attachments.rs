//! Files that members upload, and the part of Discord that keeps them: addresses are signed, and expire.

use super::StandIn;
use super::world::{Shared, World};
use axum::extract::{Path, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};
use std::sync::Arc;

/// What an address is signed with.
const SIGNATURE: &str = "5c1f";
/// The path of uploaded files that only the bot gets.
pub const PATH: &str = "/ephemeral-attachments/{id}/{name}";

/// A file that a member has.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Whether its address has expired.
    pub expired: bool,
}

impl StandIn {
    /// Lets members upload a file of this name in a form.
    pub fn has_file(&self, name: &str, bytes: impl Into<Vec<u8>>) {
        let upload = Upload {
            name: name.to_owned(),
            bytes: bytes.into(),
            expired: false,
        };
        self.shared.change(|world| {
            world.uploads.retain(|known| known.name != name);
            world.uploads.push(upload);
        });
    }

    /// Lets the addresses of all files expire.
    pub fn expire_files(&self) {
        self.shared.change(|world| {
            for upload in &mut world.uploads {
                upload.expired = true;
            }
        });
    }
}

impl World {
    /// An uploaded file as Discord describes it.
    pub fn attachment(&self, id: &str, name: &str) -> Value {
        let found = self.uploads.iter().find(|upload| upload.name == name);
        let (size, host) = match found {
            Some(upload) => (
                upload.bytes.len(),
                format!("http://127.0.0.1:{}", self.port),
            ),
            None => (12, "https://cdn.invalid".to_owned()),
        };
        // Spaces and the like are escaped.
        let escaped: String = name
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect();
        let url = format!("{host}/ephemeral-attachments/{id}/{escaped}?ex=1&is=1&hm={SIGNATURE}");
        json!({"id": id, "filename": name, "size": size, "url": url, "proxy_url": url, "ephemeral": true})
    }
}

/// Serves a file to whoever has its signed address.
pub async fn serve(
    State(shared): State<Arc<Shared>>,
    Path((_, name)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> (StatusCode, Vec<u8>) {
    shared.change(|world| {
        if headers.contains_key(AUTHORIZATION) {
            world.violation("the bot's token was sent to where files are kept".to_owned());
        }
        let upload = world.uploads.iter().find(|upload| upload.name == name);
        let query = uri.query().unwrap_or_default();
        let is_signed = query.ends_with(&format!("hm={SIGNATURE}"));
        match upload.filter(|upload| is_signed && !upload.expired) {
            Some(upload) => (StatusCode::OK, upload.bytes.clone()),
            None => (
                StatusCode::NOT_FOUND,
                b"This content is no longer available.".to_vec(),
            ),
        }
    })
}
