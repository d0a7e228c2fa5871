//! The host's page: which of its pages a request gets.

use super::editing;
use super::host::Host;
use super::reply::{self, Reply};
use super::routes::{field, pairs};
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode};
use pullquote_page::{Notice, View, articles, overview};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// The response to a request that the guard has let in.
pub(super) async fn respond(host: &Arc<Host>, request: Request<Incoming>) -> Reply {
    if request.method() == Method::POST {
        return editing::respond(host, request).await;
    }
    let query = request.uri().query().unwrap_or_default();
    let fields = pairs(query.as_bytes());
    let made = match request.uri().path() {
        "/" => {
            let questions = host.questions().await;
            let store = host.store_findings().await;
            make(host, move |host| {
                Some(overview(&host.facts(questions, store)))
            })
            .await
        }
        "/api/status.json" => {
            let questions = host.questions().await;
            let store = host.store_findings().await;
            let made = make(host, move |host| {
                serde_json::to_string(&host.facts(questions, store)).ok()
            })
            .await;
            return made.map_or_else(failed, |body| body.map_or_else(not_found, reply::json));
        }
        "/articles" => {
            let view = View::of(query);
            let undone = (!field(&fields, "undone").is_empty()).then_some(Notice {
                text: "The change was undone.",
                undo: None,
            });
            make(host, move |host| Some(articles(&host.rows(), view, undone))).await
        }
        "/article" => {
            let path = field(&fields, "path");
            let done = field(&fields, "done").parse().ok();
            make(host, move |host| host.article(&path, done)).await
        }
        "/edit" => {
            let (path, question) = (field(&fields, "path"), field(&fields, "question"));
            make(host, move |host| host.edit(&path, &question)).await
        }
        "/try" => {
            let (question, locale) = (field(&fields, "question"), field(&fields, "locale"));
            make(host, move |host| {
                Some(host.attempt(question.trim(), &locale))
            })
            .await
        }
        "/unanswered" => {
            let page = field(&fields, "page")
                .parse()
                .unwrap_or(1_usize)
                .saturating_sub(1);
            match host.unanswered().await {
                Ok(recorded) => {
                    make(host, move |host| Some(host.unanswered_page(recorded, page))).await
                }
                Err(reason) => {
                    let body = format!("the questions cannot be read now: {reason}");
                    return reply::text(StatusCode::SERVICE_UNAVAILABLE, &body);
                }
            }
        }
        _ => Some(None),
    };
    made.map_or_else(failed, |page| {
        page.map_or_else(not_found, |page| reply::html(StatusCode::OK, page))
    })
}

/// Makes a page on a thread that may block. `None` if that panicked.
async fn make<T: Send + 'static>(
    host: &Arc<Host>,
    work: impl FnOnce(&Host) -> T + Send + 'static,
) -> Option<T> {
    let host = Arc::clone(host);
    spawn_blocking(move || work(&host)).await.ok()
}

fn failed() -> Reply {
    reply::text(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal error: see the log",
    )
}

fn not_found() -> Reply {
    reply::text(StatusCode::NOT_FOUND, "there is no such page")
}
