//! The host's page: which of its pages a request gets.

use super::editing;
use super::fields::{field, pairs};
use super::host::Host;
use super::reply::{self, Reply};
use super::trying;
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode};
use pullquote_page::{View, overview};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// The response to a request that the guard has let in.
pub(super) async fn respond(host: &Arc<Host>, request: Request<Incoming>) -> Reply {
    if request.method() == Method::POST {
        return editing::respond(host, request).await;
    }
    let query = request.uri().query().unwrap_or_default();
    match request.uri().path() {
        "/" => {
            let (questions, store) = (host.questions().await, host.store_findings().await);
            let page = make(host, move |host| {
                Some(overview(&host.facts(questions, store)))
            });
            page.await.map(shown)
        }
        "/api/status.json" => {
            let (questions, store) = (host.questions().await, host.store_findings().await);
            let facts = make(host, move |host| {
                serde_json::to_string(&host.facts(questions, store)).ok()
            });
            facts
                .await
                .map(|facts| facts.map_or_else(not_found, reply::json))
        }
        "/unanswered" => unanswered(host, query).await,
        "/try" => trying::respond_to(host, &pairs(query.as_bytes())).await,
        path => of_articles(host, path, query).await,
    }
    .unwrap_or_else(failed)
}

/// The pages about articles.
async fn of_articles(host: &Arc<Host>, path: &str, query: &str) -> Option<Reply> {
    let fields = pairs(query.as_bytes());
    let text = |name: &str| field(&fields, name);
    let made = match path {
        "/articles" => {
            let view = View::of(query);
            let change = (!text("undone").is_empty(), text("deleted").parse().ok());
            let quotes = host.quotes().await;
            make(host, move |host| Some(host.articles(view, &quotes, change))).await
        }
        "/article" => {
            let (path, done) = (text("path"), text("done").parse().ok());
            let quotes = host.quotes().await;
            make(host, move |host| host.article(&path, &quotes, done)).await
        }
        "/edit" => {
            let (path, question) = (text("path"), text("question"));
            make(host, move |host| host.edit(&path, &question)).await
        }
        _ => Some(None),
    };
    made.map(shown)
}

async fn unanswered(host: &Arc<Host>, query: &str) -> Option<Reply> {
    let page = field(&pairs(query.as_bytes()), "page");
    let page = page.parse().unwrap_or(1_usize).saturating_sub(1);
    match host.unanswered().await {
        Ok((recorded, hidden)) => {
            let page = move |host: &Host| Some(host.unanswered_page(recorded, hidden, page));
            make(host, page).await.map(shown)
        }
        Err(reason) => {
            let body = format!("the questions cannot be read now: {reason}");
            Some(reply::text(StatusCode::SERVICE_UNAVAILABLE, &body))
        }
    }
}

/// A page, if there is one.
fn shown(page: Option<String>) -> Reply {
    page.map_or_else(not_found, |page| reply::html(StatusCode::OK, page))
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
