//! What is on the pages.

use super::hosts::Hosts;
use crate::telemetry::Metrics;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use pullquote_library::EngineHandle;
use std::sync::Arc;

/// The content type of the `OpenMetrics` text format.
const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
/// The content type of the other pages.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Everything that the pages show.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) hosts: Hosts,
    pub(super) metrics: Arc<Metrics>,
    pub(super) handle: Arc<EngineHandle>,
}

impl Pages {
    /// The response to a request. Its body is never read.
    pub(super) fn respond<B>(&self, request: &Request<B>) -> Response<String> {
        if !self.hosts.allow(request.headers()) {
            let why = "unknown host name: add it to HTTP_HOSTS";
            return text(StatusCode::MISDIRECTED_REQUEST, why);
        }
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "");
            let allowed = HeaderValue::from_static("GET,HEAD");
            response.headers_mut().insert(ALLOW, allowed);
            return response;
        }
        match request.uri().path() {
            "/healthz" => status(
                self.metrics.is_alive(),
                "alive",
                "not connected for minutes",
            ),
            "/readyz" => status(self.metrics.is_connected(), "ready", "not connected"),
            "/metrics" => {
                let metrics = self.metrics.text(&self.handle.engine());
                page(StatusCode::OK, OPEN_METRICS, metrics)
            }
            _ => text(StatusCode::NOT_FOUND, ""),
        }
    }
}

fn status(is_ok: bool, yes: &str, no: &str) -> Response<String> {
    if is_ok {
        text(StatusCode::OK, yes)
    } else {
        text(StatusCode::SERVICE_UNAVAILABLE, no)
    }
}

fn text(status: StatusCode, body: &str) -> Response<String> {
    page(status, TEXT, body.to_owned())
}

fn page(status: StatusCode, kind: HeaderValue, body: String) -> Response<String> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
