//! A public host is played by 127.0.0.2, a private one by 127.0.0.1. Nothing else is ever asked.

// Other systems have no 127.0.0.2.
#![cfg(target_os = "linux")]

use super::{FetchError, Fetched, Fetcher, Page, Rule, Wanted};
use pullquote_sources::Validators;
use reqwest::Url;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// A server that sends `response` to each request, and its port.
fn serve(host: &str, response: Vec<u8>) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((host, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            count.fetch_add(1, Ordering::SeqCst);
            let mut request = [0; 2_048];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(&response);
        }
    });
    (port, asked)
}

fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

fn fetch(address: &str) -> Result<Page, FetchError> {
    fetch_with(&Fetcher::new(Rule::Played).unwrap(), address)
}

fn fetch_with(fetcher: &Fetcher, address: &str) -> Result<Page, FetchError> {
    let wanted = Wanted {
        address,
        limit: 100,
        time: Duration::from_secs(10),
        known: Validators::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    match runtime.block_on(fetcher.get(&wanted))? {
        Fetched::Found(found) => found.page(),
        Fetched::Same => panic!("nothing was known"),
    }
}

#[test]
fn a_page_has_its_name_and_type() {
    let html = "content-type: text/html; charset=utf-8\r\n";
    let (port, _) = serve("127.0.0.2", response("200 OK", html, "<p>Seven."));
    let page = fetch(&format!("http://127.0.0.2:{port}/docs/ferry.php?x=1")).unwrap();
    assert_eq!(page.name, "127.0.0.2/docs/ferry.php.html");
    assert_eq!(page.bytes, b"<p>Seven.");
    let root = fetch(&format!("http://127.0.0.2:{port}/")).unwrap();
    assert_eq!(root.name, "127.0.0.2.html");
    let (port, _) = serve("127.0.0.2", response("200 OK", "", "Seven."));
    let page = fetch(&format!("http://127.0.0.2:{port}/ferry.md")).unwrap();
    assert_eq!(page.name, "127.0.0.2/ferry.md");
    let image = response("200 OK", "content-type: image/png\r\n", "x");
    let (port, _) = serve("127.0.0.2", image);
    let refused = fetch(&format!("http://127.0.0.2:{port}/a.png"));
    assert!(matches!(refused, Err(FetchError::Format(_))));
}

#[test]
fn what_is_too_large_packed_or_missing_is_refused() {
    let (port, _) = serve(
        "127.0.0.2",
        response("200 OK", "content-type: text/plain\r\n", &"x".repeat(101)),
    );
    let large = fetch(&format!("http://127.0.0.2:{port}/"));
    assert!(matches!(large, Err(FetchError::TooLarge(100))));
    let packed = response(
        "200 OK",
        "content-type: text/plain\r\ncontent-encoding: gzip\r\n",
        "x",
    );
    let (port, _) = serve("127.0.0.2", packed);
    let packed = fetch(&format!("http://127.0.0.2:{port}/"));
    assert!(matches!(packed, Err(FetchError::Format(_))));
    let (port, _) = serve("127.0.0.2", response("404 Not Found", "", ""));
    let missing = fetch(&format!("http://127.0.0.2:{port}/"));
    assert!(matches!(missing, Err(FetchError::Status(_))));
}

#[test]
fn nothing_leads_to_a_private_host() {
    let (private, asked) = serve(
        "127.0.0.1",
        response("200 OK", "content-type: text/plain\r\n", "secret"),
    );
    // As a literal in every way that it can be written, by a name, and with what else an address can contain.
    for address in [
        format!("http://127.0.0.1:{private}/"),
        format!("http://localhost:{private}/"),
        format!("http://2130706433:{private}/"),
        format!("http://0x7f000001:{private}/"),
        format!("http://0177.0.0.1:{private}/"),
        format!("http://127.1:{private}/"),
        format!("http://[::1]:{private}/"),
        format!("http://[::ffff:127.0.0.1]:{private}/"),
        format!("http://0.0.0.0:{private}/"),
        format!("http://user@127.0.0.2:{private}/"),
        format!("https://127.0.0.2:{private}/"),
        "file:///etc/passwd".to_owned(),
        "not an address".to_owned(),
    ] {
        assert!(fetch(&address).is_err(), "{address}");
    }
    // By a redirect, also at the second hop.
    for target in [
        format!("http://127.0.0.1:{private}/"),
        format!("http://localhost:{private}/"),
        "file:///etc/passwd".to_owned(),
    ] {
        let location = format!("location: {target}\r\n");
        let (last, _) = serve("127.0.0.2", response("302 Found", &location, ""));
        let location = format!("location: http://127.0.0.2:{last}/\r\n");
        let (first, _) = serve("127.0.0.2", response("302 Found", &location, ""));
        for port in [first, last] {
            assert!(
                fetch(&format!("http://127.0.0.2:{port}/")).is_err(),
                "{target}"
            );
        }
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[test]
fn at_home_one_private_site_is_reached_and_no_other() {
    let text = "content-type: text/plain\r\n";
    let (wiki, _) = serve("127.0.0.1", response("200 OK", text, "wiki"));
    let (router, asked) = serve("127.0.0.1", response("200 OK", text, "secret"));
    let away = format!("location: http://127.0.0.1:{router}/\r\n");
    let (moved, _) = serve("127.0.0.1", response("302 Found", &away, ""));
    let fetch = |home: u16, address: String| {
        let fetcher = Fetcher::new(Rule::Played).unwrap();
        let fetcher = fetcher.at_home(&format!("http://localhost:{home}/"));
        fetch_with(&fetcher.unwrap(), &address)
    };
    let page = fetch(wiki, format!("http://localhost:{wiki}/a.txt")).unwrap();
    assert_eq!(page.bytes, b"wiki");
    // Not another port of the host, the host by another name, another site by a redirect, or one with a user.
    for (home, address) in [
        (wiki, format!("http://localhost:{router}/")),
        (wiki, format!("http://127.0.0.1:{router}/")),
        (wiki, format!("http://127.0.0.1:{wiki}/")),
        (moved, format!("http://localhost:{moved}/")),
        (wiki, format!("http://user@localhost:{wiki}/")),
    ] {
        assert!(fetch(home, address.clone()).is_err(), "{address}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[test]
fn a_site_at_home_may_become_encrypted() {
    let home = super::Home::of(&Url::parse("http://wiki.lan/").unwrap());
    for (address, is_there) in [
        ("http://wiki.lan/a", true),
        ("https://wiki.lan/a", true),
        ("https://wiki.lan:8443/a", false),
        ("http://nas.lan/a", false),
        ("ftp://wiki.lan/a", false),
    ] {
        assert_eq!(
            home.has(&Url::parse(address).unwrap()),
            is_there,
            "{address}"
        );
    }
}

#[test]
fn redirects_end() {
    let listener = TcpListener::bind(("127.0.0.2", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let location = format!("location: http://127.0.0.2:{port}/\r\n");
    let listener = TcpListener::bind(("127.0.0.2", port)).unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 2_048]);
            let _ = stream.write_all(&response("302 Found", &location, ""));
        }
    });
    assert!(fetch(&format!("http://127.0.0.2:{port}/")).is_err());
}

#[test]
fn public_hosts_are_reached_over_https_only() {
    let check = |address: &str| Rule::Public.check(&Url::parse(address).unwrap());
    assert_eq!(check("https://example.org/a"), Ok(()));
    for address in [
        "http://example.org/",
        "https://example.org:8443/",
        "https://user:pass@example.org/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://0xa9fea9fe/",
        "ftp://example.org/",
    ] {
        assert!(check(address).is_err(), "{address}");
    }
}
