//! Who gets what: the guard first, then a limit on the pages that are made at the same time.

use super::fields::{field, fields};
use super::health;
use super::host::{Host, today};
use super::page;
use super::reply::{self, Reply};
use super::tries::Tries;
use hyper::body::Incoming;
use hyper::header::{ALLOW, HeaderValue, RETRY_AFTER, SET_COOKIE};
use hyper::{Request, StatusCode};
use pullquote_page::{Guard, Refusal, SCRIPT, STYLE, Verdict, Visit, refused};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;
use tracing::warn;

/// Pages that are made at the same time. Further ones are refused, so that they keep nobody from being answered.
pub const MAX_PAGES: usize = 8;
/// Bytes of the form with the key.
const KEY_FORM: usize = 4_096;

/// Everything that is served.
#[derive(Debug)]
pub(super) struct Routes {
    guard: Guard,
    host: Arc<Host>,
    tries: Tries,
    free: Semaphore,
}

impl Routes {
    pub(super) fn new(guard: Guard, host: Arc<Host>) -> Self {
        Self {
            guard,
            host,
            tries: Tries::new(),
            free: Semaphore::new(MAX_PAGES),
        }
    }

    pub(super) fn guard(&self) -> &Guard {
        &self.guard
    }

    /// The response to a request from an address. `is_page` becomes true if it is let in to the host's page.
    pub(super) async fn respond(
        &self,
        request: Request<Incoming>,
        from: IpAddr,
        is_page: &AtomicBool,
    ) -> Reply {
        let visit = Visit {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            day: today(),
        };
        match self.guard.judge(visit) {
            Verdict::Refuse(refusal) => refuse(refusal),
            Verdict::Key(offered) => self.sign_in(&offered, from),
            Verdict::Form => match fields(request, KEY_FORM).await {
                Ok(fields) => self.sign_in(&field(&fields, "key"), from),
                Err(error) => reply::text(error.status(), &error.to_string()),
            },
            Verdict::Pass { cookie } => {
                let mut reply = self.serve(request, is_page).await;
                set_cookie(&mut reply, cookie.as_deref());
                reply
            }
        }
    }

    async fn serve(&self, request: Request<Incoming>, is_page: &AtomicBool) -> Reply {
        let path = request.uri().path();
        if let Some(reply) = health::respond(path, self.host.metrics(), self.host.handle()) {
            return reply;
        }
        if path == "/style.css" {
            return reply::css(STYLE);
        }
        if path == "/page.js" {
            return reply::script(SCRIPT);
        }
        let Ok(_free) = self.free.try_acquire() else {
            let mut reply = reply::text(
                StatusCode::SERVICE_UNAVAILABLE,
                "too many pages at once: try again",
            );
            reply
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from_static("1"));
            return reply;
        };
        is_page.store(true, Ordering::Relaxed);
        page::respond(&self.host, request).await
    }

    /// Lets in whoever knows the key.
    fn sign_in(&self, offered: &str, from: IpAddr) -> Reply {
        match self
            .guard
            .sign_in(offered, today(), || self.tries.take(from))
        {
            Ok(cookie) => {
                let mut reply = reply::see_other("/");
                set_cookie(&mut reply, Some(&cookie));
                reply
            }
            Err(refusal) => {
                warn!(
                    "the host's page was not opened: {}",
                    match refusal {
                        Refusal::TooManyTries => "too many keys were tried",
                        _ => "wrong key",
                    }
                );
                refuse(refusal)
            }
        }
    }
}

fn set_cookie(reply: &mut Reply, cookie: Option<&str>) {
    if let Some(Ok(cookie)) = cookie.map(HeaderValue::from_str) {
        reply.headers_mut().insert(SET_COOKIE, cookie);
    }
}

fn refuse(refusal: Refusal) -> Reply {
    let status = refusal.status();
    match refusal {
        // For programs, which ask most often under unknown names and with other methods.
        Refusal::UnknownHost => reply::text(status, "unknown host name: add it to HTTP_HOSTS"),
        Refusal::Method => {
            let mut reply = reply::text(status, "");
            reply
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("GET,HEAD"));
            reply
        }
        Refusal::TooManyTries => {
            let mut reply = reply::html(status, refused(refusal));
            reply
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from_static("60"));
            reply
        }
        _ => reply::html(status, refused(refusal)),
    }
}
