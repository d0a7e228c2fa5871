//! The fields of forms and queries.

use http_body_util::{BodyExt, Limited};
use hyper::Request;
use hyper::body::Incoming;

/// The fields of a form; `None` if it is larger than `limit` bytes.
pub(super) async fn fields(
    request: Request<Incoming>,
    limit: usize,
) -> Option<Vec<(String, String)>> {
    let body = Limited::new(request.into_body(), limit)
        .collect()
        .await
        .ok()?;
    Some(pairs(&body.to_bytes()))
}

/// The fields of a form or of a query.
pub(super) fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}

/// A text for a query: `a b` becomes `a+b`.
pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A field; empty if there is none.
pub(super) fn field(fields: &[(String, String)], name: &str) -> String {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}
