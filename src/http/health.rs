//! Health and metrics.

use super::reply::{self, Reply};
use crate::telemetry::Metrics;
use hyper::StatusCode;
use hyper::header::HeaderValue;
use pullquote_library::EngineHandle;

/// The content type of the `OpenMetrics` text format.
const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// The page at a path; `None` if it is none of these.
pub(super) fn respond(path: &str, metrics: &Metrics, handle: &EngineHandle) -> Option<Reply> {
    Some(match path {
        "/healthz" => status(metrics.is_alive(), "alive", "not connected for minutes"),
        "/readyz" => status(metrics.is_connected(), "ready", "not connected"),
        "/metrics" => {
            let metrics = metrics.text(&handle.engine());
            reply::of(StatusCode::OK, OPEN_METRICS, metrics)
        }
        _ => return None,
    })
}

fn status(is_ok: bool, yes: &str, no: &str) -> Reply {
    if is_ok {
        reply::text(StatusCode::OK, yes)
    } else {
        reply::text(StatusCode::SERVICE_UNAVAILABLE, no)
    }
}
