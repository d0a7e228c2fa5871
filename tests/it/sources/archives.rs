//! Archives: of repositories, and exports on this machine.

use super::site::{Page, Site};
use super::{Host, contains};
use std::fs;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const ID: &str = "0123456789abcdef0123456789abcdef";

pub(super) fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_repository_is_read_from_the_archive_of_its_branch() {
    let (host, site) = (Host::new(), Site::start());
    let files = [
        (
            "wiki-main/docs/01-ferries/red.md",
            "---\ntitle: Red\n---\n\n## Times\n\nThe red ferry leaves at seven.\n",
        ),
        (
            "wiki-main/docs/lamps.md",
            "# Lamps\n\nThe lamp in the shed is for everyone.\n",
        ),
        (
            "wiki-main/src/notes.md",
            "# Notes\n\nThe secret number is three.\n",
        ),
        ("wiki-main/LICENSE", "Do as you like."),
        ("wiki-main/logo.png", "x"),
    ];
    // There is no branch `main`.
    let archive = Page::of("application/zip", zip(&files)).etag("1");
    site.has("/club/wiki/archive/master.zip", archive);
    let place = site.address("/club/wiki");
    let added = host.source(&["add", &place, "--kind", "repository", "--folder", "docs"]);
    contains(
        &added,
        &[
            "Added the repository `wiki`",
            "wiki: 2 taken, 0 unchanged, 0 skipped",
        ],
    );
    let answer = host.ask("When does the red ferry leave?");
    let page = site.address("/club/wiki/src/branch/master/docs/01-ferries/red.md#times");
    contains(&answer, &["at seven", &page]);
    assert!(!host.ask("What is the secret number?").contains("three"));
    // Nothing is unpacked again.
    site.asked();
    contains(&host.source(&["sync"]), &["wiki: 0 taken, 2 unchanged"]);
    assert!(
        site.asked()
            .iter()
            .any(|it| it.path.ends_with("master.zip") && it.conditional)
    );
    let files = [
        (
            "wiki-main/docs/lamps.md",
            "# Lamps\n\nThe lamp in the barn is for nobody.\n",
        ),
        ("wiki-main/README.md", "# Wiki\n\nA wiki.\n"),
    ];
    site.has(
        "/club/wiki/archive/master.zip",
        Page::of("application/zip", zip(&files)).etag("2"),
    );
    contains(
        &host.source(&["sync"]),
        &["wiki: 1 taken, 0 unchanged, 0 skipped, 1 gone"],
    );
    assert_eq!(host.copies("wiki"), ["lamps.md"]);
    // An archive that is cut off changes nothing.
    let mut cut = zip(&files);
    cut.truncate(cut.len() / 2);
    site.has(
        "/club/wiki/archive/master.zip",
        Page::of("application/zip", cut).etag("3"),
    );
    contains(
        &host.refused(&["sync"]),
        &["it is not a zip archive, or is damaged"],
    );
    assert_eq!(host.copies("wiki"), ["lamps.md"]);
    contains(
        &host.refused(&[
            "add",
            &place,
            "--kind",
            "repository",
            "--branch",
            "next",
            "--name",
            "x",
        ]),
        &["404", "check address and branch"],
    );
}

#[test]
fn exports_of_tools_become_articles_with_links() {
    let host = Host::new();
    let notion = zip(&[
        (
            &format!("Export/Club {ID}/House rules {ID}.md"),
            "# House rules\n\nShoes stay at the door.\n",
        ),
        (
            &format!("Export/Club {ID}/Dues {ID}.csv"),
            "Month,Dues\nMay,nine coins\n",
        ),
        (
            &format!("Export/Club {ID}/Dues {ID}_all.csv"),
            "Month,Dues\nMay,nine coins\nJune,ten coins\n",
        ),
    ]);
    let obsidian = zip(&[
        ("Vault/.obsidian/app.json", "{}"),
        (
            "Vault/Boats.md",
            "# Boats\n\nThe tug is moored beside the [[Jetty|old jetty]]. %%not for members%%\n\n> [!warning] Oil\n> The pump leaks oil on Sundays.\n",
        ),
    ]);
    let docusaurus = zip(&[
        ("docusaurus.config.js", "x"),
        (
            "docs/01-intro.mdx",
            "---\nsidebar_label: Start\nslug: /start\n---\nimport Tabs from '@theme/Tabs'\n\n# Introduction\n\n<Banner kind=\"x\" />\n\n:::note\n\nThe gate opens with a brass key.\n\n:::\n",
        ),
    ]);
    let links = "https://docs.example/site/";
    for (name, bytes, more) in [
        ("notion", notion, &["--links", "https://club.example"][..]),
        ("obsidian", obsidian, &[]),
        (
            "docusaurus",
            docusaurus,
            &["--links", links, "--folder", "docs"],
        ),
    ] {
        let file = host.path(&format!("{name}.zip"));
        fs::write(&file, bytes).unwrap();
        let place = file.to_str().unwrap();
        contains(
            &host.source(&[&["add", place][..], more].concat()),
            &[&format!("Added the export `{name}`")],
        );
    }
    assert_eq!(
        host.copies("notion"),
        ["Club/Dues.csv", "Club/House rules.md"]
    );
    contains(
        &host.ask("Where do shoes stay?"),
        &["at the door", &format!("https://club.example/{ID}")],
    );
    contains(&host.ask("What are the dues in June?"), &["ten coins"]);
    let answer = host.ask("Where is the tug moored?");
    contains(&answer, &["beside the old jetty"]);
    assert!(!answer.contains("not for members"));
    contains(
        &host.ask("What leaks oil on Sundays?"),
        &["The pump leaks oil"],
    );
    let answer = host.ask("What does the gate open with?");
    contains(&answer, &["a brass key", "https://docs.example/site/start"]);
    assert!(!answer.contains("import") && !answer.contains("Banner"));
    // What was left out is told.
    contains(
        &host.run(&["check", "--verbose"]).text,
        &["sources/docusaurus/01-intro.mdx", "import Tabs"],
    );
}

#[test]
fn an_export_is_read_again_when_it_has_changed() {
    let host = Host::new();
    let file = host.path("notes.zip");
    fs::write(
        &file,
        zip(&[
            ("a.md", "# A\n\nThe anchor is red.\n"),
            ("b.md", "# B\n\nThe bell is blue.\n"),
        ]),
    )
    .unwrap();
    host.source(&["add", "notes.zip"]);
    fs::write(&file, zip(&[("a.md", "# A\n\nThe anchor is green.\n")])).unwrap();
    contains(
        &host.source(&["sync"]),
        &["notes: 1 taken, 0 unchanged, 0 skipped, 1 gone"],
    );
    contains(&host.ask("Which colour is the anchor?"), &["green"]);
    fs::remove_file(&file).unwrap();
    contains(
        &host.refused(&["sync"]),
        &["notes was not read: cannot read", "notes.zip"],
    );
    assert_eq!(host.copies("notes"), ["a.md"]);
}

#[test]
fn the_pages_of_a_wiki_are_articles() {
    let host = Host::new();
    let page = |title: &str, text: &str| {
        format!(
            "<page><title>{title}</title><ns>0</ns><revision><text>{text}</text></revision></page>\n"
        )
    };
    let site = "<siteinfo><sitename>Isle</sitename><base>https://isle.example/wiki/Main</base></siteinfo>\n";
    let export = |pages: &[String]| format!("<mediawiki>\n{site}{}</mediawiki>\n", pages.concat());
    let ferry = page(
        "Ferry",
        "'''{{PAGENAME}}''' sails to [[Port]].\n\n== Fares ==\nDogs sail free of charge.",
    );
    let boat = page("Boat", "#REDIRECT [[Ferry]]");
    let port = page("Port/Old quay", "The old quay was built of granite.");
    let file = host.path("wiki.xml");
    fs::write(&file, export(&[ferry.clone(), boat, port])).unwrap();
    contains(
        &host.source(&["add", "wiki.xml"]),
        &[
            "Added the export `wiki`",
            "wiki: 2 taken, 0 unchanged, 0 skipped",
        ],
    );
    assert_eq!(host.copies("wiki"), ["Ferry.wiki", "Port/Old quay.wiki"]);
    contains(
        &host.ask("Do dogs sail free?"),
        &[
            "Dogs sail free of charge.",
            "https://isle.example/wiki/Ferry#fares",
        ],
    );
    contains(
        &host.ask("What was the old quay built of?"),
        &["granite", "Port/Old quay"],
    );
    contains(
        &host.run(&["summary", "boat"]).text,
        &["Ferry sails to Port."],
    );
    // A cut export takes nothing away; a whole one does.
    let cut = format!(
        "<mediawiki>{site}{}<page><title>Po",
        page("Ferry", "It sails at night.")
    );
    fs::write(&file, cut).unwrap();
    contains(
        &host.source(&["sync"]),
        &[
            "wiki: 1 taken, 0 unchanged, 1 skipped, 0 gone",
            "Port/Old quay  skipped: not listed this time",
        ],
    );
    assert_eq!(host.copies("wiki"), ["Ferry.wiki", "Port/Old quay.wiki"]);
    fs::write(&file, export(&[ferry])).unwrap();
    contains(
        &host.source(&["sync"]),
        &["wiki: 1 taken, 0 unchanged, 0 skipped, 1 gone"],
    );
    fs::write(&file, "<feed></feed>").unwrap();
    contains(
        &host.refused(&["sync"]),
        &["it is not an export of MediaWiki"],
    );
}

#[test]
fn a_hostile_archive_harms_nobody() {
    let host = Host::new();
    let add = |name: &str, bytes: &[u8]| {
        let file = host.path(&format!("{name}.zip"));
        fs::write(&file, bytes).unwrap();
        host.source(&["add", file.to_str().unwrap(), "--name", name])
    };
    // Names that lead elsewhere, and a link.
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for name in [
        "../../../evil.md",
        "/evil.md",
        "a\\..\\evil.md",
        "good.md",
        "con.md",
        ".hidden.md",
    ] {
        writer.start_file(name, options).unwrap();
        writer
            .write_all(b"# Harbour\n\nThe harbour has a crane.\n")
            .unwrap();
    }
    writer
        .add_symlink("link.md", "/etc/passwd", options)
        .unwrap();
    add("paths", &writer.finish().unwrap().into_inner());
    assert_eq!(
        host.copies("paths"),
        ["a/evil.md", "con_.md", "evil-2.md", "good.md"]
    );
    assert!(!host.path("evil.md").exists() && !host.path("data/evil.md").exists());
    // It unpacks to a thousand times its size.
    let large = " ".repeat(15 << 20);
    let bomb = zip(&[("a.md", "# A\n\nThe anchor is red.\n"), ("b.md", &large)]);
    let added = add("bomb", &bomb);
    contains(
        &added,
        &[
            "bomb: 1 taken, 0 unchanged, 1 skipped",
            "b.md  skipped: the archive contains too much",
        ],
    );
    // It has more files than are looked at.
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..5_010 {
        writer.start_file(format!("{number}.md"), options).unwrap();
        write!(writer, "The lamp number {number} is lit.").unwrap();
    }
    let many = writer.finish().unwrap().into_inner();
    contains(
        &add("many", &many),
        &[
            "many: 5000 taken",
            "10 files  skipped: the archive contains too much",
        ],
    );
}
