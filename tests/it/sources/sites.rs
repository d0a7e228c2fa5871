//! The pages of sites: what is read, and what is read again.

use super::site::{Page, Site};
use super::{Host, contains, ferries, ferry};
use pullquote_core::article::ParsedDocument;
use pullquote_library::{EngineHandle, FileReader, Folders, InProcess, Limits};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

#[test]
fn the_pages_of_a_sitemap_are_quoted_with_links_to_them() {
    let (host, site) = (Host::new(), ferries(&["red", "blue"]));
    let added = host.source(&["add", &site.address("/sitemap.xml"), "--name", "ferries"]);
    contains(
        &added,
        &[
            "ferries: 2 taken, 0 unchanged, 0 skipped, 0 gone",
            "Added the sitemap `ferries`",
        ],
    );
    assert_eq!(host.copies("ferries"), ["blue.html", "red.html"]);
    let answer = host.ask("When does the red ferry leave?");
    contains(
        &answer,
        &[
            "leaves the old harbour at seven",
            &site.address("/red#when-it-leaves"),
        ],
    );
    contains(&host.ask("When does the skating rink open?"), &["at nine"]);
    let listed = host.source(&["list"]);
    contains(
        &listed,
        &[
            "ferries  sitemap http://127.0.0.2",
            "2 pages, read",
            "again in 2",
        ],
    );
    contains(
        &host.source(&["list", "ferries"]),
        &["/red  taken", "sources/ferries/red.html"],
    );

    let removed = host.source(&["remove", "ferries"]);
    contains(&removed, &["Removed `ferries` and its articles"]);
    assert!(host.copies("ferries").is_empty());
    assert!(
        !host
            .ask("When does the red ferry leave?")
            .contains("at seven")
    );
}

#[test]
fn only_what_has_changed_is_taken() {
    let (host, site) = (Host::new(), ferries(&["red", "blue", "green", "grey"]));
    host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    // Nothing has changed; an `ETag` has, as on some sites with every request; the content has, but not when it says it has;
    // and two pages are not there any more.
    site.has("/blue", ferry("blue", "seven").etag("another"));
    site.has("/red", ferry("red", "eight").etag("red 2"));
    site.asked();
    let synced = host.source(&["sync"]);
    contains(&synced, &["f: 1 taken, 3 unchanged, 0 skipped, 0 gone"]);
    assert!(
        site.asked()
            .iter()
            .filter(|it| !it.path.ends_with('t') && !it.path.ends_with('l'))
            .all(|it| it.conditional)
    );
    contains(&host.ask("When does the red ferry leave?"), &["at eight"]);

    site.has_not("/green");
    site.has("/grey", Page::status("410 Gone"));
    let synced = host.source(&["sync", "f"]);
    contains(
        &synced,
        &["f: 0 taken, 2 unchanged, 0 skipped, 2 gone", "/green  gone"],
    );
    assert_eq!(host.copies("f"), ["blue.html", "red.html"]);
    // A page that is no longer listed is gone, too, and one that is listed again is back.
    site.lists([("/red", "2030-01-01"), ("/green", "x")]);
    site.has("/green", ferry("green", "ten"));
    contains(
        &host.source(&["sync"]),
        &["f: 1 taken, 1 unchanged, 0 skipped, 1 gone"],
    );
    assert_eq!(host.copies("f"), ["green.html", "red.html"]);
    // A copy that was deleted by hand is taken again.
    fs::remove_file(host.path("data/sources/f/red.html")).unwrap();
    contains(&host.source(&["sync"]), &["f: 1 taken, 1 unchanged"]);
    assert_eq!(host.copies("f"), ["green.html", "red.html"]);
}

/// Counts the files that it reads.
#[derive(Debug, Default)]
struct Counting(Arc<AtomicUsize>);

impl FileReader for Counting {
    fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
        self.0.fetch_add(1, Ordering::SeqCst);
        InProcess.read(path, bytes)
    }
}

#[test]
fn a_large_site_that_has_not_changed_costs_requests_only() {
    let names: Vec<String> = (0..500).map(|number| format!("no{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (host, site) = (Host::new(), ferries(&names));
    let added = host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    contains(&added, &["f: 500 taken, 0 unchanged"]);
    // Files that have changed within the last seconds are always read again.
    let aged = SystemTime::now() - std::time::Duration::from_mins(1);
    for file in host.copies("f") {
        let path = host.path("data/sources/f").join(file);
        fs::File::options()
            .append(true)
            .open(path)
            .unwrap()
            .set_modified(aged)
            .unwrap();
    }
    let read = Arc::new(AtomicUsize::new(0));
    let folders = Folders {
        knowledge: host.path("knowledge"),
        copies: Some(host.path("data/sources")),
    };
    let reader = Arc::new(Counting(Arc::clone(&read)));
    fs::File::options()
        .append(true)
        .open(host.path("knowledge/rink.md"))
        .unwrap()
        .set_modified(aged)
        .unwrap();
    let (handle, _) = EngineHandle::open_with(folders, Limits::default(), reader).unwrap();
    let engine = handle.engine();
    assert_eq!(
        (read.load(Ordering::SeqCst), engine.corpus().article_count()),
        (501, 501)
    );
    site.asked();

    let synced = host.source(&["sync"]);
    contains(&synced, &["f: 0 taken, 500 unchanged, 0 skipped, 0 gone"]);
    let asked = site.asked();
    let (pages, others): (Vec<_>, Vec<_>) = asked.iter().partition(|it| it.path.starts_with("/no"));
    assert_eq!(
        (pages.len(), others.len()),
        (500, 2),
        "beside them, robots.txt and the sitemap"
    );
    assert!(pages.iter().all(|it| it.conditional));
    // Nothing is parsed, and the index is the very one.
    let changes = handle.reload().unwrap();
    assert!(changes.is_none());
    assert_eq!(read.load(Ordering::SeqCst), 501);
    assert!(Arc::ptr_eq(&engine, &handle.engine()));
}

#[test]
fn a_sitemap_that_is_cut_off_removes_nothing() {
    let host = Host::new();
    let site = Site::start();
    let paths: Vec<String> = (0..2_000).map(|number| format!("/{number}")).collect();
    for path in &paths {
        let page = Page::of("text/plain", format!("The ferry {path} leaves at seven."));
        site.has(path, page.etag(path));
    }
    let listed = || paths.iter().map(|path| (path.as_str(), ""));
    site.lists(listed());
    host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    assert_eq!(host.copies("f").len(), 2_000);

    let mut half = site.sitemap(listed());
    half.truncate(half.len() / 2);
    site.has("/sitemap.xml", Page::of("application/xml", half.clone()));
    let synced = host.source(&["sync"]);
    contains(&synced, &["f: 0 taken, ", ", 0 gone"]);
    assert_eq!(host.copies("f").len(), 2_000);
    // Its connection is.
    let cut = Page::of("application/xml", half).header("content-length", "900000");
    site.has("/sitemap.xml", cut);
    host.refused(&["sync"]);
    assert_eq!(host.copies("f").len(), 2_000);
    // One of two is.
    let (first, second) = paths.split_at(1_000);
    site.has(
        "/1.xml",
        Page::of(
            "application/xml",
            site.sitemap(first.iter().map(|path| (path.as_str(), ""))),
        ),
    );
    site.has("/2.xml", Page::status("503 Service Unavailable"));
    let index = format!(
        "<sitemapindex><sitemap><loc>{}</loc></sitemap><sitemap><loc>{}</loc></sitemap></sitemapindex>",
        site.address("/1.xml"),
        site.address("/2.xml")
    );
    site.has("/sitemap.xml", Page::of("application/xml", index));
    contains(
        &host.source(&["sync"]),
        &[", 0 gone", "/2.xml  skipped: the server answered 503"],
    );
    assert_eq!(host.copies("f").len(), 2_000);
    // Once it is whole, what it lacks is gone.
    site.has(
        "/2.xml",
        Page::of(
            "application/xml",
            site.sitemap(second.iter().skip(990).map(|path| (path.as_str(), ""))),
        ),
    );
    contains(
        &host.source(&["sync"]),
        &["f: 0 taken, 1010 unchanged, 0 skipped, 990 gone"],
    );
    assert_eq!(host.copies("f").len(), 1_010);
}

#[test]
fn a_site_that_is_out_of_order_is_left_alone() {
    let colours = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let (host, site) = (Host::new(), ferries(&colours));
    host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    // It recovers after what it says.
    let busy = Page::status("429 Too Many Requests").header("retry-after", "30");
    site.has("/a", busy.times(2, ferry("a", "eight")));
    site.has(
        "/b",
        Page::status("500 Internal Server Error").times(1, ferry("b", "eight")),
    );
    contains(
        &host.source(&["sync"]),
        &["f: 2 taken, 7 unchanged, 0 skipped, 0 gone"],
    );
    // A page that does not recover stays.
    site.has("/c", Page::status("502 Bad Gateway"));
    let synced = host.source(&["sync"]);
    contains(
        &synced,
        &[
            "f: 0 taken, 8 unchanged, 1 skipped, 0 gone",
            "/c  skipped: the server answered 502",
        ],
    );
    contains(&host.ask("When does the c ferry leave?"), &["at seven"]);
    // It wants to be left alone for an hour: nothing more is asked for.
    let long = Page::status("429 Too Many Requests").header("retry-after", "7200");
    site.has("/b", long);
    site.asked();
    let synced = host.source(&["sync"]);
    contains(
        &synced,
        &["ended early: the server answered 429", ", 0 gone"],
    );
    let pages = site.asked().iter().filter(|it| it.path.len() == 2).count();
    assert_eq!(pages, 2, "of {}", colours.len());
    contains(
        &host.source(&["list"]),
        &[
            "9 pages",
            "again in 2 hours",
            "last time: the server answered 429",
        ],
    );
    // It fails again and again.
    for colour in colours {
        site.has(
            &format!("/{colour}"),
            Page::status("503 Service Unavailable"),
        );
    }
    site.asked();
    contains(
        &host.refused(&["sync"]),
        &["f was not read: the server answered 503"],
    );
    let pages = site.asked().iter().filter(|it| it.path.len() == 2).count();
    assert_eq!(pages, 5 * 3, "of {}", colours.len());
    assert_eq!(host.copies("f").len(), 9);
}

#[test]
fn a_look_that_fails_changes_nothing() {
    let (host, site) = (Host::new(), ferries(&["red", "blue"]));
    let sitemap = site.address("/sitemap.xml");
    host.source(&["add", &sitemap, "--name", "f"]);
    let before = fs::read_to_string(host.path("sources.toml")).unwrap();
    for (page, reason) in [
        (Page::status("404 Not Found"), "the server answered 404"),
        (
            Page::status("503 Service Unavailable"),
            "the server answered 503",
        ),
        (
            Page::of("application/xml", "<urlset></urlset>"),
            "no page can be used: there is none",
        ),
        (
            Page::html("Sorry", "<p>We are moving.</p>"),
            "it is not a sitemap",
        ),
        (
            Page::of("application/xml", site.sitemap([("/gone", "")])),
            "no page can be used: it is no longer there",
        ),
    ] {
        site.has("/sitemap.xml", page);
        contains(&host.refused(&["sync"]), &["f was not read: ", reason]);
        contains(&host.source(&["list"]), &["2 pages", "last time: ", reason]);
        assert_eq!(host.copies("f"), ["blue.html", "red.html"]);
    }
    contains(&host.ask("When does the red ferry leave?"), &["at seven"]);
    // What cannot be read is not added.
    let refused = host.refused(&["add", &site.address("/nothing"), "--name", "g"]);
    contains(&refused, &["cannot be added", "the server answered 404"]);
    assert_eq!(
        fs::read_to_string(host.path("sources.toml")).unwrap(),
        before
    );
    assert!(!host.path("data/sources/g").exists());
}

#[test]
fn robots_txt_is_obeyed() {
    let (host, site) = (Host::new(), ferries(&["red", "blue"]));
    site.has(
        "/robots.txt",
        Page::of(
            "text/plain",
            "User-agent: *\nDisallow: /\n\nUser-agent: pullquote\nDisallow: /blue\n",
        ),
    );
    let sitemap = site.address("/sitemap.xml");
    let added = host.source(&["add", &sitemap, "--name", "f"]);
    contains(
        &added,
        &[
            "1 taken, 0 unchanged, 1 skipped",
            "/blue  skipped: the site's robots.txt does not want it to be read",
        ],
    );
    assert!(!site.asked().iter().any(|it| it.path == "/blue"));
    // Whoever cannot be asked has not allowed anything.
    site.has("/robots.txt", Page::status("500 Internal Server Error"));
    site.asked();
    contains(&host.refused(&["sync"]), &["robots.txt cannot be read"]);
    assert!(!site.asked().iter().any(|it| it.path == "/red"));
    assert_eq!(host.copies("f"), ["red.html"]);
    // The same holds for a single page.
    site.has(
        "/robots.txt",
        Page::of("text/plain", "User-agent: *\nDisallow: /red"),
    );
    contains(
        &host.refused(&["add", &site.address("/red"), "--name", "g"]),
        &["does not want it to be read"],
    );
}

#[test]
fn titles_and_paths_that_collide_are_articles_of_their_own() {
    let host = Host::new();
    let site = Site::start();
    let pages = [
        "/a/Rules",
        "/a/rules",
        "/b/rules/",
        "/rules?page=2",
        "/rules.html",
        "/rules.html/more",
    ];
    for (number, path) in pages.iter().enumerate() {
        let text =
            format!("<p>Rule number {number} of the club is about the lamp number {number}.</p>");
        site.has(path, Page::html("Rules", &text));
    }
    site.lists(pages.iter().map(|path| (*path, "")));
    host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    let expected = [
        "a/Rules.html",
        "a/rules-2.html",
        "b/rules.html",
        "rules-page-2.html",
        "rules.html",
        "rules_html/more.html",
    ];
    assert_eq!(host.copies("f"), expected);
    for (number, path) in pages.iter().enumerate() {
        let answer = host.ask(&format!("What is rule number {number} about?"));
        contains(
            &answer,
            &[&format!("lamp number {number}"), &site.address(path)],
        );
    }
}

#[test]
fn a_page_and_a_feed_are_recognized() {
    let host = Host::new();
    let site = Site::start();
    site.has(
        "/faq",
        Page::html(
            "Questions",
            "<p>The club meets on Mondays at the lighthouse.</p>",
        )
        .etag("1"),
    );
    contains(
        &host.source(&["add", &site.address("/faq"), "--name", "faq"]),
        &["Added the page `faq`"],
    );
    contains(
        &host.ask("Where does the club meet?"),
        &["at the lighthouse", &site.address("/faq")],
    );
    let items = |numbers: std::ops::Range<u32>| {
        let items = numbers.rev().map(|number| {
            let content = if number == 1 { "" } else { "<content:encoded>&lt;p&gt;The party number NUMBER is in the barn.&lt;/p&gt;</content:encoded>" };
            let content = content.replace("NUMBER", &number.to_string());
            format!("<item><title>Party {number}</title><link>/party/{number}</link>{content}</item>")
        });
        let items: String = items.collect();
        format!(
            "<rss version=\"2.0\" xmlns:content=\"c\"><channel><title>News</title>{items}</channel></rss>"
        )
    };
    site.has("/feed", Page::of("application/rss+xml", items(1..4)));
    site.has(
        "/party/1",
        Page::html("Party 1", "<p>The party number 1 is on the pier.</p>"),
    );
    let added = host.source(&[
        "add",
        &site.address("/feed"),
        "--name",
        "news",
        "--every",
        "2 hours",
    ]);
    contains(&added, &["Added the feed `news`", "news: 3 taken"]);
    contains(
        &host.ask("Where is the party number 1?"),
        &["on the pier", &site.address("/party/1")],
    );
    contains(
        &host.ask("Where is the party number 3?"),
        &["in the barn", &site.address("/party/3")],
    );
    // What is no longer in the feed stays.
    site.has("/feed", Page::of("application/rss+xml", items(3..6)));
    contains(
        &host.source(&["sync", "news"]),
        &["news: 2 taken, 3 unchanged, 0 skipped, 0 gone"],
    );
    assert_eq!(host.copies("news").len(), 5);
}

#[test]
fn pages_outside_the_wanted_part_of_a_site_are_not_asked_for() {
    let (host, site) = (Host::new(), ferries(&["guide-red", "blue"]));
    let within = site.address("/guide");
    let added = host.source(&[
        "add",
        &site.address("/sitemap.xml"),
        "--name",
        "f",
        "--within",
        &within,
    ]);
    contains(&added, &["f: 1 taken, 0 unchanged, 0 skipped"]);
    assert!(!site.asked().iter().any(|it| it.path == "/blue"));
}

#[test]
fn the_list_of_sources_is_for_people_to_edit() {
    let (host, site) = (Host::new(), ferries(&["red"]));
    let place = site.address("/red");
    let file = host.path("sources.toml");
    let text =
        format!("# The fleet.\n\n[red]   # the oldest\npage = \"{place}\"\nevery = \"2 days\"\n");
    fs::write(&file, &text).unwrap();
    contains(
        &host.source(&["list"]),
        &["red  page", "never read, due now"],
    );
    contains(&host.source(&["sync"]), &["red: 1 taken"]);
    contains(
        &host.refused(&["add", &place, "--name", "red"]),
        &["`red` already exists"],
    );
    contains(
        &host.refused(&["add", &place, "--name", "../red"]),
        &["a name that no folder should have"],
    );
    host.source(&["add", &place, "--name", "again"]);
    assert!(fs::read_to_string(&file).unwrap().starts_with(&text));
    host.source(&["remove", "again"]);
    assert_eq!(fs::read_to_string(&file).unwrap().trim(), text.trim());
    contains(
        &host.refused(&["remove", "again"]),
        &["there is no source `again`"],
    );
    // Without its lines, a source has no articles.
    contains(&host.ask("When does the red ferry leave?"), &["at seven"]);
    fs::write(&file, "").unwrap();
    assert!(
        !host
            .ask("When does the red ferry leave?")
            .contains("at seven")
    );
    // A slip is named, and costs nothing but new looks.
    fs::write(&file, "[red\n").unwrap();
    contains(&host.ask("When does the red ferry leave?"), &["at seven"]);
    contains(
        &host.refused(&["sync"]),
        &["cannot use", "sources.toml", "not valid TOML"],
    );
    contains(&host.ask("When does the skating rink open?"), &["at nine"]);
    contains(
        &host.run(&["check"]).text,
        &["`sources.toml` cannot be used: it is not valid TOML"],
    );
}
