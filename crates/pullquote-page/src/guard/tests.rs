use super::{Guard, Hosts, Key, Lock, Refusal, SIGN_IN, Verdict, Visit};
use http::header::{COOKIE, HOST, ORIGIN};
use http::{HeaderMap, Method, Uri};

const KEY: &str = "the key of the page, long enough";
const DAY: i64 = 20_000;

fn guard(lock: Lock) -> Guard {
    let hosts = Hosts::new(["bot.example".to_owned()].into());
    Guard { hosts, lock }
}

fn locked() -> Guard {
    guard(Lock::Key(Key::new(KEY)))
}

/// The cookie that a guard sets, as a browser sends it.
fn cookie(day: i64) -> String {
    let cookie = locked().sign_in(KEY, day, || true).unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// A request: its method and address, and headers.
fn judge(
    guard: &Guard,
    method: &Method,
    uri: &'static str,
    lines: &[(http::HeaderName, &str)],
) -> Verdict {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(name, value.parse().unwrap());
    }
    let uri = Uri::from_static(uri);
    guard.judge(Visit {
        method,
        uri: &uri,
        headers: &headers,
        day: DAY,
    })
}

fn status(verdict: &Verdict) -> u16 {
    match verdict {
        Verdict::Pass { .. } => 200,
        Verdict::Key(_) | Verdict::Form => 303,
        Verdict::Refuse(refusal) => refusal.status().as_u16(),
    }
}

/// Where the page is bound, the `Host`, the `Origin` and the cookie, then what a page, a form and the metrics get.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    [u16; 3],
);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // On a loopback address, everyone on the machine.
    ("open", "127.0.0.1:9090", "http://127.0.0.1:9090", "", [200, 200, 200]),
    ("open", "localhost:9090", "http://localhost:9090", "", [200, 200, 200]),
    ("open", "[::1]:9090", "http://[::1]:9090", "", [200, 200, 200]),
    ("open", "bot.example", "https://bot.example", "", [200, 200, 200]),
    // Forms of other pages, and of none.
    ("open", "127.0.0.1:9090", "", "", [200, 403, 200]),
    ("open", "127.0.0.1:9090", "null", "", [200, 403, 200]),
    ("open", "127.0.0.1:9090", "http://evil.example", "", [200, 403, 200]),
    ("open", "127.0.0.1:9090", "http://127.0.0.1:9091", "", [200, 403, 200]),
    ("open", "127.0.0.1:9090", "http://127.0.0.1:9090.evil.example", "", [200, 403, 200]),
    // A name that was made to point here.
    ("open", "evil.example:9090", "http://evil.example:9090", "", [421, 421, 421]),
    ("open", "127.0.0.1.evil.example", "http://127.0.0.1.evil.example", "", [421, 421, 421]),
    // Where others can reach it: with the key only, and not at all without one.
    ("key", "10.1.2.3:9090", "http://10.1.2.3:9090", "", [403, 403, 200]),
    ("key", "10.1.2.3:9090", "http://10.1.2.3:9090", "today", [200, 200, 200]),
    ("key", "10.1.2.3:9090", "http://10.1.2.3:9090", "stale", [403, 403, 200]),
    ("key", "10.1.2.3:9090", "http://10.1.2.3:9090", "forged", [403, 403, 200]),
    ("key", "10.1.2.3:9090", "http://10.1.2.3:9090", "pullquote=x", [403, 403, 200]),
    ("key", "10.1.2.3:9090", "http://10.1.2.3:9090", "pullquote=", [403, 403, 200]),
    ("key", "10.1.2.3:9090", "http://evil.example", "today", [200, 403, 200]),
    ("key", "evil.example", "http://evil.example", "today", [421, 421, 421]),
    ("closed", "10.1.2.3:9090", "http://10.1.2.3:9090", "", [403, 403, 200]),
    ("closed", "10.1.2.3:9090", "http://10.1.2.3:9090", "today", [403, 403, 200]),
];

#[test]
fn who_gets_what() {
    for (bound, host, origin, sent, expected) in ROWS {
        let guard = match *bound {
            "open" => guard(Lock::Open),
            "key" => locked(),
            _ => guard(Lock::Closed),
        };
        let sent = match *sent {
            "today" => cookie(DAY),
            "stale" => cookie(DAY - 2),
            "forged" => format!("pullquote={}", "0".repeat(64)),
            other => other.to_owned(),
        };
        let lines: Vec<_> = [(HOST, *host), (ORIGIN, *origin), (COOKIE, &sent)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let got = [
            judge(&guard, &Method::GET, "/articles", &lines),
            judge(&guard, &Method::POST, "/articles", &lines),
            judge(&guard, &Method::GET, "/metrics", &lines),
        ];
        let got = got.each_ref().map(status);
        assert_eq!(got, *expected, "{bound}, {host}, {origin}, {sent}");
    }
}

#[test]
fn what_a_browser_says_of_a_form_counts_more_than_its_origin() {
    let site = http::HeaderName::from_static("sec-fetch-site");
    for (value, expected) in [
        ("same-origin", 200),
        ("same-site", 403),
        ("cross-site", 403),
        ("none", 403),
    ] {
        let lines = [
            (HOST, "localhost"),
            (ORIGIN, "http://localhost"),
            (site.clone(), value),
        ];
        let verdict = judge(&guard(Lock::Open), &Method::POST, "/articles", &lines);
        assert_eq!(status(&verdict), expected, "{value}");
    }
}

#[test]
fn other_methods_are_refused() {
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
        let verdict = judge(
            &guard(Lock::Open),
            &method,
            "/articles",
            &[(HOST, "localhost")],
        );
        assert_eq!(verdict, Verdict::Refuse(Refusal::Method), "{method}");
    }
    let own = [(HOST, "localhost"), (ORIGIN, "http://localhost")];
    for path in ["/metrics", "/healthz", "/style.css"] {
        let verdict = judge(&guard(Lock::Open), &Method::POST, path, &own);
        assert_eq!(verdict, Verdict::Refuse(Refusal::Method), "{path}");
    }
}

#[test]
fn the_cookie_of_yesterday_is_replaced() {
    let host = (HOST, "localhost");
    let yesterday = cookie(DAY - 1);
    let verdict = judge(
        &locked(),
        &Method::GET,
        "/",
        &[host.clone(), (COOKIE, &yesterday)],
    );
    let Verdict::Pass { cookie: Some(new) } = verdict else {
        panic!("{verdict:?}");
    };
    assert!(new.starts_with(&cookie(DAY)) && new.contains("HttpOnly; SameSite=Strict"));
    // Among others, and in a second line.
    let others = format!("a=b; {};c=d", cookie(DAY));
    let lines = [host, (COOKIE, "x=y"), (COOKIE, &others)];
    let verdict = judge(&locked(), &Method::GET, "/", &lines);
    assert_eq!(verdict, Verdict::Pass { cookie: None });
}

#[test]
fn a_key_opens_the_page() {
    let host = [(HOST, "localhost")];
    let verdict = judge(&locked(), &Method::GET, "/?key=a%20b", &host);
    assert_eq!(verdict, Verdict::Key("a b".to_owned()));
    // Only at the front page, and only in its own form.
    let verdict = judge(&locked(), &Method::GET, "/articles?key=x", &host);
    assert_eq!(verdict, Verdict::Refuse(Refusal::KeyNeeded));
    let verdict = judge(&locked(), &Method::POST, SIGN_IN, &host);
    assert_eq!(verdict, Verdict::Refuse(Refusal::ForeignForm));
    let own = [(HOST, "localhost"), (ORIGIN, "http://localhost")];
    assert_eq!(
        judge(&locked(), &Method::POST, SIGN_IN, &own),
        Verdict::Form
    );
    for (offered, expected) in [
        ("", Err(Refusal::WrongKey)),
        ("the key of the page, long enougH", Err(Refusal::WrongKey)),
        (KEY, Ok(())),
    ] {
        let signed = locked().sign_in(offered, DAY, || true).map(drop);
        assert_eq!(signed, expected, "{offered}");
        let refused = locked().sign_in(offered, DAY, || false).map(drop);
        assert_eq!(refused, Err(Refusal::TooManyTries), "{offered}");
    }
}

#[test]
fn another_key_reads_no_cookie() {
    let lines = [(HOST, "localhost".to_owned()), (COOKIE, cookie(DAY))];
    let lines = lines
        .each_ref()
        .map(|(name, value)| (name.clone(), value.as_str()));
    let other = guard(Lock::Key(Key::new("another key of the page, as long")));
    let verdict = judge(&other, &Method::GET, "/", &lines);
    assert_eq!(verdict, Verdict::Refuse(Refusal::KeyNeeded));
    assert_eq!(format!("{other:?}").matches("another key").count(), 0);
}
