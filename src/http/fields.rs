//! The fields of forms and queries.

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::{Request, StatusCode};

/// Why a form cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum FormError {
    #[error("The form is too large.")]
    TooLarge,
    #[error("The form did not arrive as a whole: try again.")]
    Incomplete,
}

impl FormError {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Incomplete => StatusCode::BAD_REQUEST,
        }
    }
}

/// The fields of a form of at most `limit` bytes.
pub(super) async fn fields(
    request: Request<Incoming>,
    limit: usize,
) -> Result<Vec<(String, String)>, FormError> {
    let body = Limited::new(request.into_body(), limit).collect().await;
    let body = body.map_err(|error| {
        if error.is::<LengthLimitError>() {
            FormError::TooLarge
        } else {
            FormError::Incomplete
        }
    })?;
    Ok(pairs(&body.to_bytes()))
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
