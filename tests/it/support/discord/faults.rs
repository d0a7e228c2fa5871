//! Injected faults and rate limits. Both are applied before a request is routed.

use super::options::RateLimits;
use super::reply::Reply;
use super::request::Request;
use super::world::World;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

/// A fault for some of the next requests.
#[derive(Clone, Debug)]
pub struct Fault {
    pattern: String,
    status: Option<u16>,
    code: u32,
    retry_after: f64,
    times: usize,
    /// What the response waits for.
    pub wait: Wait,
    /// Whether the request is executed although its response is lost.
    pub applied: bool,
    /// Whether the body of the response never ends.
    pub endless: bool,
}

/// What a response waits for.
#[derive(Clone, Copy, Debug)]
pub enum Wait {
    For(Duration),
    /// Until the stand-in is healed.
    Healed,
    /// There is no response at all.
    Forever,
}

impl Fault {
    /// A fault for requests that match a pattern such as `POST /channels/*/messages`, in which `*` matches one segment
    /// of the path. Applies once by default.
    pub fn on(pattern: &str) -> Self {
        Self {
            pattern: pattern.to_owned(),
            status: None,
            code: 0,
            retry_after: 1.0,
            times: 1,
            wait: Wait::For(Duration::ZERO),
            applied: false,
            endless: false,
        }
    }

    /// Responds with this status. 429 has Discord's body and headers.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The JSON error code.
    pub fn code(mut self, code: u32) -> Self {
        self.code = code;
        self
    }

    /// Responds with a body that never ends.
    pub fn endless(mut self) -> Self {
        self.endless = true;
        self
    }

    /// Never responds, while the connection stays open.
    pub fn hangs(mut self) -> Self {
        self.wait = Wait::Forever;
        self
    }

    /// Holds the response until [`StandIn::heal`](super::StandIn::heal). The request is recorded then.
    pub fn held(mut self) -> Self {
        self.wait = Wait::Healed;
        self
    }

    /// `retry_after` of a 429, in seconds. May be nonsense.
    pub fn retry_after(mut self, seconds: f64) -> Self {
        self.retry_after = seconds;
        self
    }

    /// How many requests it applies to.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Delays the response. The request is recorded after the delay.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.wait = Wait::For(delay);
        self
    }

    /// Executes the request anyway, so that only its response is lost.
    pub fn applied(mut self) -> Self {
        self.applied = true;
        self
    }
}

/// Rate limit buckets by route.
#[derive(Debug, Default)]
pub struct Buckets {
    used: BTreeMap<String, (Duration, u32)>,
    /// Time at which a route that got 429 may be requested again.
    blocked: BTreeMap<String, Duration>,
}

/// State of a bucket after a request.
#[derive(Debug)]
pub struct BucketState {
    pub name: String,
    pub limit: u32,
    pub left: u32,
    pub reset_after: Duration,
}

impl World {
    /// The fault that applies to this request, if any.
    pub fn take_fault(&mut self, request: &Request) -> Option<Fault> {
        let mut faults = self.faults.iter_mut();
        let fault = faults.find(|fault| fault.times > 0 && request.matches(&fault.pattern))?;
        fault.times -= 1;
        Some(fault.clone())
    }

    /// The response of a fault; `None` if the fault is only a delay.
    pub fn faulty_reply(&mut self, request: &Request, fault: &Fault) -> Option<Reply> {
        let status = fault.status?;
        self.note_fault(request);
        if status == 429 {
            return Some(self.too_many(route(request), fault.retry_after, false));
        }
        if fault.applied {
            let _ = self.decide(request);
        }
        let message = format!("{status}: injected fault");
        Some(Reply::failure(status, fault.code, &message))
    }

    /// Counts a request. Returns a 429 if the bucket is exhausted; a request before `retry_after` is over is a violation.
    pub fn count(&mut self, request: &Request) -> (BucketState, Option<Reply>) {
        let (now, name) = (self.clock.now(), route(request));
        let early = self
            .buckets
            .blocked
            .get(&name)
            .and_then(|until| until.checked_sub(now));
        let early = early.filter(|left| *left > Duration::from_millis(20));
        // A response that was lost cannot be heeded.
        if let Some(left) = early.filter(|_| !self.options.lossy) {
            self.violation(format!(
                "{}: repeated {left:?} before Retry-After was over",
                request.line()
            ));
        }
        let second = Duration::from_secs(1);
        let answers_interaction =
            request.path.starts_with("/interactions/") || request.path.starts_with("/webhooks/");
        if self.options.rate_limits == RateLimits::Generous || answers_interaction {
            let plenty = BucketState {
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
            BucketState {
                name,
                limit,
                left: left.unwrap_or(0),
                reset_after,
            },
            refusal,
        )
    }

    fn too_many(&mut self, route: String, retry_after: f64, global: bool) -> Reply {
        // Nonsense blocks nothing, or for a day.
        let seconds = if retry_after.is_nan() {
            0.0
        } else {
            retry_after.clamp(0.0, 86_400.0)
        };
        let until = self.clock.now() + Duration::from_secs_f64(seconds);
        self.buckets.blocked.insert(route, until);
        let mut reply = Reply::json(
            429,
            json!({"message": "You are being rate limited.", "retry_after": retry_after, "global": global}),
        );
        // The header has whole seconds, rounded up; the body has the exact value.
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
    /// Requests left of `limit`, `None` if it was exceeded; and the time until the bucket resets.
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

/// The route with its major parameter (channel, server or application) and without other ids.
fn route(request: &Request) -> String {
    let parts = request.path.split('/').enumerate();
    let name = parts.map(|(place, part)| match part.parse::<u64>() {
        Ok(_) if place > 2 => "*",
        _ => part,
    });
    format!("{} {}", request.method, name.collect::<Vec<_>>().join("/"))
}
