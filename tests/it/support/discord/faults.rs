//! What tests let go wrong on purpose, and rate limits: answers that come before any route is looked at.

use super::call::Request;
use super::options::RateLimits;
use super::reply::Reply;
use super::world::World;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

/// Something that goes wrong with some of the next requests.
#[derive(Clone, Debug)]
pub struct Fault {
    pattern: String,
    status: Option<u16>,
    code: u32,
    retry_after: f64,
    times: usize,
    /// How long the answer is held back.
    pub delay: Duration,
    applied: bool,
}

impl Fault {
    /// On requests like `POST /channels/*/messages`; `*` stands for one part of the path. Once, unless told
    /// otherwise.
    pub fn on(pattern: &str) -> Self {
        Self {
            pattern: pattern.to_owned(),
            status: None,
            code: 0,
            retry_after: 1.0,
            times: 1,
            delay: Duration::ZERO,
            applied: false,
        }
    }

    /// The status to answer with. 429 comes in Discord's form.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Discord's own number for the reason.
    pub fn code(mut self, code: u32) -> Self {
        self.code = code;
        self
    }

    /// What a 429 tells to wait, in seconds.
    pub fn retry_after(mut self, seconds: f64) -> Self {
        self.retry_after = seconds;
        self
    }

    /// How many requests it hits.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// How long the answer is held back. A request counts as received when the delay is over.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The request takes effect all the same; only its answer is lost.
    pub fn applied(mut self) -> Self {
        self.applied = true;
        self
    }
}

/// Requests counted by route.
#[derive(Debug, Default)]
pub struct Buckets {
    used: BTreeMap<String, (Duration, u32)>,
    /// When a route that was answered with 429 may be asked again.
    blocked: BTreeMap<String, Duration>,
}

/// A bucket's state after a request.
#[derive(Debug)]
pub struct Room {
    pub name: String,
    pub limit: u32,
    pub left: u32,
    pub reset_after: Duration,
}

impl World {
    /// The fault that hits this request, if any.
    pub fn strike(&mut self, request: &Request) -> Option<Fault> {
        let mut faults = self.faults.iter_mut();
        let fault = faults.find(|fault| fault.times > 0 && request.matches(&fault.pattern))?;
        fault.times -= 1;
        Some(fault.clone())
    }

    /// The answer that a fault gives in place of the real one; none when it only holds it back.
    pub fn spoil(&mut self, request: &Request, fault: &Fault) -> Option<Reply> {
        let status = fault.status?;
        self.note_fault(request);
        if status == 429 {
            return Some(self.too_many(route(request), fault.retry_after, false));
        }
        if fault.applied {
            let _ = self.decide(request);
        }
        let message = format!("{status}: fault of a test");
        Some(Reply::failure(status, fault.code, &message))
    }

    /// Counts a request; a refusal when there are too many, or when it comes before the time that a 429 named.
    pub fn count(&mut self, request: &Request) -> (Room, Option<Reply>) {
        let (now, name) = (self.clock.now(), route(request));
        let early = self
            .buckets
            .blocked
            .get(&name)
            .and_then(|until| until.checked_sub(now));
        if let Some(left) = early.filter(|left| *left > Duration::from_millis(20)) {
            self.violation(format!(
                "{}: asked again {left:?} before Retry-After was over",
                request.line()
            ));
        }
        let second = Duration::from_secs(1);
        let answers_interaction =
            request.path.starts_with("/interactions/") || request.path.starts_with("/webhooks/");
        if self.options.rate_limits == RateLimits::Generous || answers_interaction {
            let plenty = Room {
                name,
                limit: 10_000,
                left: 9_999,
                reset_after: second,
            };
            return (plenty, None);
        }
        let (limit, window) = if request.matches("POST /channels/*/messages") {
            (5, second * 5)
        } else {
            (50, second)
        };
        let (left, reset_after) = self.buckets.take(&name, now, limit, window);
        let refusal = match (left, self.buckets.take("all", now, 50, second)) {
            (None, _) => Some(self.too_many(name.clone(), reset_after.as_secs_f64(), false)),
            (_, (None, wait)) => Some(self.too_many(name.clone(), wait.as_secs_f64(), true)),
            _ => None,
        };
        (
            Room {
                name,
                limit,
                left: left.unwrap_or(0),
                reset_after,
            },
            refusal,
        )
    }

    fn too_many(&mut self, route: String, retry_after: f64, global: bool) -> Reply {
        let until = self.clock.now() + Duration::from_secs_f64(retry_after);
        self.buckets.blocked.insert(route, until);
        let mut reply = Reply::json(
            429,
            json!({"message": "You are being rate limited.", "retry_after": retry_after, "global": global}),
        );
        // The header is in whole seconds, rounded up; the body tells it exactly.
        reply
            .headers
            .push(("retry-after", retry_after.ceil().to_string()));
        reply.headers.push((
            "x-ratelimit-scope",
            if global { "global" } else { "user" }.to_owned(),
        ));
        if global {
            reply
                .headers
                .push(("x-ratelimit-global", "true".to_owned()));
        }
        reply
    }
}

impl Buckets {
    /// How many are left of `limit`, or none when there are too many; and how long until it is full again.
    fn take(
        &mut self,
        name: &str,
        now: Duration,
        limit: u32,
        window: Duration,
    ) -> (Option<u32>, Duration) {
        let (start, used) = self.used.entry(name.to_owned()).or_insert((now, 0));
        if now.saturating_sub(*start) >= window {
            (*start, *used) = (now, 0);
        }
        let left = limit.checked_sub(*used + 1);
        if left.is_some() {
            *used += 1;
        }
        (left, window.saturating_sub(now.saturating_sub(*start)))
    }
}

/// The route with its channel, server or application, and without the ids below.
fn route(request: &Request) -> String {
    let parts = request.path.split('/').enumerate();
    let name = parts.map(|(place, part)| match part.parse::<u64>() {
        Ok(_) if place > 2 => "*",
        _ => part,
    });
    format!("{} {}", request.method, name.collect::<Vec<_>>().join("/"))
}
