//! Responses, and the headers that all of them have.

use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};

/// A response with its whole body.
pub(super) type Reply = Response<String>;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const SCRIPT: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
const CSS: HeaderValue = HeaderValue::from_static("text/css; charset=utf-8");

/// On every response: nothing from elsewhere, in no frame, with no script in the page, and nothing stays in a cache.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (CACHE_CONTROL, "no-store"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

pub(super) fn html(status: StatusCode, body: String) -> Reply {
    of(status, HTML, body)
}

pub(super) fn text(status: StatusCode, body: &str) -> Reply {
    of(status, TEXT, body.to_owned())
}

pub(super) fn json(body: String) -> Reply {
    of(StatusCode::OK, JSON, body)
}

pub(super) fn css(body: &str) -> Reply {
    of(StatusCode::OK, CSS, body.to_owned())
}

pub(super) fn script(body: &str) -> Reply {
    of(StatusCode::OK, SCRIPT, body.to_owned())
}

/// Leads to another page, which the browser then gets.
pub(super) fn see_other(address: &str) -> Reply {
    let mut reply = text(StatusCode::SEE_OTHER, "");
    if let Ok(address) = HeaderValue::from_str(address) {
        reply.headers_mut().insert(LOCATION, address);
    }
    reply
}

pub(super) fn of(status: StatusCode, kind: HeaderValue, body: String) -> Reply {
    let mut reply = Response::new(body);
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, kind);
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    reply
}
