//! Sites that would harm the bot, or make it harm others.

use super::site::{Page, Site};
use super::{Host, contains, ferries, ferry};
use flate2::{Compression, write::GzEncoder};
use std::fs::File;
use std::io::Write;

#[test]
fn a_source_leads_to_no_private_host() {
    let (host, private) = (Host::new(), Site::private());
    let site = ferries(&["red"]);
    let port = private.port();
    let places = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://0x7f000001:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("https://127.0.0.2:{port}/"),
        format!("http://user@127.0.0.2:{port}/"),
        "file:///etc/passwd".to_owned(),
    ];
    for place in &places {
        host.refused(&["add", place, "--name", "private"]);
        // Whatever it is said to be.
        for kind in ["page", "sitemap", "feed", "repository"] {
            host.refused(&["add", place, "--name", "private", "--kind", kind]);
        }
    }
    // By a sitemap and its index, and by redirects of each.
    let listed = ["/red", "/hop", "/far"]
        .into_iter()
        .chain(places.iter().map(String::as_str));
    let map = site.sitemap(listed.map(|path| (path, "")));
    site.has("/1.xml", Page::of("application/xml", map));
    site.has("/2.xml", Page::redirect(&places[0]));
    let maps = ["/1.xml", "/2.xml"].map(|path| site.address(path));
    let maps = maps
        .iter()
        .chain(&places)
        .map(|map| format!("<sitemap><loc>{map}</loc></sitemap>"));
    let index = format!("<sitemapindex>{}</sitemapindex>", maps.collect::<String>());
    site.has("/sitemap.xml", Page::of("application/xml", index));
    site.has("/hop", Page::redirect(&places[0]));
    site.has("/far", Page::redirect("/farther"));
    site.has("/farther", Page::redirect(&places[1]));
    let added = host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    contains(
        &added,
        &[
            "f: 1 taken",
            "/hop  skipped: the address is not that of a public page",
            "/far  skipped: the address is not that of a public page",
        ],
    );
    // By a feed.
    let items = places
        .iter()
        .map(|place| format!("<item><link>{place}</link></item>"));
    let feed = format!(
        "<rss><channel><item><link>/red</link></item>{}</channel></rss>",
        items.collect::<String>()
    );
    site.has("/feed", Page::of("text/xml", feed));
    contains(
        &host.source(&["add", &site.address("/feed"), "--name", "g"]),
        &["g: 1 taken"],
    );
    // By its robots.txt.
    site.has(
        "/robots.txt",
        Page::redirect(&format!("{}robots.txt", places[0])),
    );
    host.refused(&["sync"]);
    assert_eq!(private.asked(), []);
    assert!(!host.ask("What is the secret number?").contains("seven"));
}

#[test]
fn a_site_at_home_is_read_only_where_the_operator_allows_it() {
    let (host, wiki) = (Host::new(), Site::private());
    let port = wiki.port();
    let address = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let refused = host.refused(&["add", &address("/"), "--name", "wiki"]);
    contains(&refused, &["not public", "`--private` allows"]);
    assert_eq!(wiki.asked(), []);
    // Its list leads elsewhere, and so does a page.
    let other = Site::private();
    let secret = format!("http://127.0.0.1:{}/", other.port());
    wiki.has("/boats", ferry("wooden", "seven"));
    wiki.has("/away", Page::redirect(&secret));
    let map = [address("/boats"), address("/away"), secret.clone()];
    let map = wiki.sitemap(map.iter().map(|page| (page.as_str(), "")));
    wiki.has("/sitemap.xml", Page::of("application/xml", map));
    let added = host.source(&[
        "add",
        &address("/sitemap.xml"),
        "--name",
        "wiki",
        "--private",
    ]);
    contains(&added, &["wiki: 1 taken", "/away  skipped", "another host"]);
    assert_eq!(other.asked(), []);
    contains(
        &host.ask("When does the wooden ferry leave?"),
        &["at seven"],
    );
    contains(&host.source(&["list"]), &["may be in a private network"]);
    let doctor = host.run(&["doctor", "--offline"]).text;
    contains(&doctor, &["`wiki` may be in a private network"]);
    // It is one source that may, and as long as the file says so.
    host.refused(&["add", &address("/boats"), "--name", "boats"]);
    let text = std::fs::read_to_string(host.path("sources.toml")).unwrap();
    contains(&text, &["private = true"]);
    std::fs::write(host.path("sources.toml"), text.replace("true", "false")).unwrap();
    wiki.asked();
    host.refused(&["sync", "wiki"]);
    assert_eq!(wiki.asked(), []);
}

#[test]
fn redirects_end() {
    let (host, site) = (Host::new(), ferries(&["red", "loop", "moved"]));
    site.has("/loop", Page::redirect("/loop"));
    site.has("/moved", Page::redirect("/new"));
    site.has("/new", ferry("moved", "noon"));
    let added = host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    contains(
        &added,
        &[
            "f: 2 taken",
            "/loop  skipped: the address is not that of a public page: it is redirected too often",
        ],
    );
    contains(
        &host.ask("When does the moved ferry leave?"),
        &["at noon", &site.address("/new#when-it-leaves")],
    );
}

#[test]
fn what_never_ends_is_cut_off() {
    let (host, site) = (Host::new(), ferries(&["red", "endless"]));
    site.has("/endless", Page::html("Endless", "<p>And").endless());
    let added = host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    contains(
        &added,
        &[
            "f: 1 taken, 0 unchanged, 1 skipped",
            "/endless  skipped: the page is larger than",
        ],
    );
    site.has(
        "/endless.xml",
        Page::of("application/xml", "<urlset>").endless(),
    );
    contains(
        &host.refused(&["add", &site.address("/endless.xml"), "--name", "g"]),
        &["larger than"],
    );
    site.has(
        "/robots.txt",
        Page::of("text/plain", "User-agent: *\n").endless(),
    );
    contains(&host.refused(&["sync"]), &["robots.txt cannot be read"]);
}

#[test]
fn a_packed_sitemap_is_read_and_a_bomb_is_not() {
    let packed = |text: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let (host, site) = (Host::new(), ferries(&["red"]));
    let map = site.sitemap([("/red", "")]);
    site.has(
        "/map.xml.gz",
        Page::of("application/gzip", packed(map.as_bytes())),
    );
    let added = host.source(&["add", &site.address("/map.xml.gz"), "--name", "f"]);
    contains(&added, &["Added the sitemap `f`", "f: 1 taken"]);
    // It lists another page after 60 MB of nothing: that page is not read, and `/red` is not gone.
    let mut bomb = b"<urlset>".to_vec();
    bomb.resize(60 << 20, b' ');
    bomb.extend(
        site.sitemap([("/red", "")])
            .split_once("<urlset")
            .unwrap()
            .1
            .bytes()
            .skip(60),
    );
    site.has("/map.xml.gz", Page::of("application/gzip", packed(&bomb)));
    contains(
        &host.refused(&["sync"]),
        &["no page can be used: there is none"],
    );
    assert_eq!(host.copies("f"), ["red.html"]);
}

#[test]
fn two_processes_do_not_read_sources_at_once() {
    let (host, site) = (Host::new(), ferries(&["red"]));
    host.source(&["add", &site.address("/red"), "--name", "f"]);
    let lock = File::create(host.path("data/sources/.lock")).unwrap();
    lock.lock().unwrap();
    site.asked();
    for arguments in [
        &["sync"][..],
        &["remove", "f"],
        &[
            "add",
            &site.address("/sitemap.xml"),
            "--kind",
            "sitemap",
            "--name",
            "g",
        ],
    ] {
        contains(
            &host.refused(arguments),
            &["another process is reading sources"],
        );
    }
    assert_eq!(site.asked(), []);
    drop(lock);
    contains(&host.source(&["sync"]), &["f: 0 taken, 1 unchanged"]);
}

#[test]
fn what_a_site_says_does_not_steer_the_terminal() {
    let (host, site) = (Host::new(), ferries(&["red"]));
    let map = site.sitemap([("/red", ""), ("http://\u{1b}[31m/", "")]);
    site.has("/sitemap.xml", Page::of("application/xml", map));
    let added = host.source(&["add", &site.address("/sitemap.xml"), "--name", "f"]);
    contains(&added, &["1 skipped"]);
    let listed = host.source(&["list", "f"]);
    assert!(
        !added.contains('\u{1b}') && !listed.contains('\u{1b}'),
        "{added}{listed}"
    );
}
