//! Wikitext, the markup of `MediaWiki`: pages kept as files, and the XML that *Special:Export* makes of them. Pages are
//! rewritten to Markdown in three steps: [`strip`] decides what is markup and what is left out, [`expand`] resolves
//! templates and links, and [`blocks`] reads what is left line by line. Each takes time linear in the length of the page.
//!
//! No library is used: `parse-wiki-text-2` goes back to the beginning of each template that does not end, and reads what is in
//! it again, so that a few kilobytes of them stall it up to a limit of time.

mod blocks;
mod escape;
mod expand;
mod export;
mod lines;
mod page;
mod strip;
mod table;

pub use export::{Export, Page};

use crate::front_matter;
use expand::encoded;
use pullquote_core::article::{Metadata, ParsedDocument};
use url::Url;

/// Whether a text is an export of `MediaWiki`.
pub(super) fn sniff(text: &str) -> bool {
    let start = text.trim_start();
    let start = match start.strip_prefix("<?xml") {
        Some(declared) => declared.split_once("?>").map_or("", |(_, rest)| rest),
        None => start,
    };
    start.trim_start().starts_with("<mediawiki")
}

/// Reads a page, perhaps with front matter, or an export.
pub(super) fn read(text: &str) -> ParsedDocument {
    if let Some(export) = Export::read(text) {
        return export::read(export);
    }
    if text.trim_start().starts_with("<?xml") {
        return ParsedDocument::failed(
            "not an export of MediaWiki, the only XML that can be read: save the text as .txt or .html",
        );
    }
    let mut document = front_matter::read_titled_with(text, |text, body, title| {
        let (above, page) = text.split_at(body);
        let first = 1 + above.matches('\n').count() as u32;
        page::read(page, title, first)
    });
    if let Some(base) = folder_of_wiki(&document.meta) {
        export::complete_links(&mut document, &base);
    }
    document
}

/// The address that links are relative to, if a page's address ends with its title: those of a subpage (`Fares/Dogs`) are, as
/// those of other pages, relative to the wiki.
fn folder_of_wiki(meta: &Metadata) -> Option<Url> {
    let address = Url::parse(meta.source.as_deref()?).ok()?;
    let subpages = meta.title.matches('/').count();
    let base = address.join(&"../".repeat(subpages)).ok()?;
    let is_title = base.join(&encoded(&meta.title)).ok()? == address;
    (subpages > 0 && is_title).then_some(base)
}

#[cfg(test)]
mod tests {
    use crate::formats::{check_blocks, check_links};
    use pullquote_core::article::{BlockKind, ParsedDocument};

    fn page(text: &str) -> ParsedDocument {
        crate::read("a.wiki", text.as_bytes())
    }

    /// Compares what is between two paragraphs.
    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str, &str)]) {
        let document = page(&format!("Before.\n\n{text}\n\nEnd.\n"));
        let end = 4 + text.lines().count() as u32;
        let around = [
            &[(1, "Paragraph(Body)", "Before.")],
            expected,
            &[(end, "Paragraph(Body)", "End.")],
        ];
        check_blocks(&document, &around.concat());
    }

    const BODY: &str = "Paragraph(Body)";
    const LIST: &str = "Paragraph(List)";
    const TABLE: &str = "Paragraph(Table)";
    const CODE: &str = "Paragraph(Code)";

    #[test]
    fn headings_paragraphs_and_lists() {
        check(
            "== The ''red'' ferry ==\nIt sails\nat seven.\n* first\n** below\n*: more\n# pay\n# board\nText.\n=== Fares ===",
            &[
                (3, "Heading(2)", "The red ferry"),
                (4, BODY, "It sails at seven."),
                (6, LIST, "- first\n  - below more"),
                (9, LIST, "1. pay\n2. board"),
                (11, BODY, "Text."),
                (12, "Heading(3)", "Fares"),
            ],
        );
        check(
            "; Quay : Where it lands.\n; Buoy\n: It floats.\n: It is red.\n\n;Days\n:Indented.\n----\nAfter.",
            &[
                (3, "AsideStart", ""),
                (3, "Heading(4)", "Quay"),
                (3, BODY, "Where it lands."),
                (4, "AsideEnd", ""),
                (4, "AsideStart", ""),
                (4, "Heading(4)", "Buoy"),
                (5, BODY, "It floats."),
                (6, BODY, "It is red."),
                (7, "AsideEnd", ""),
                (8, "AsideStart", ""),
                (8, "Heading(4)", "Days"),
                (9, BODY, "Indented."),
                (10, "AsideEnd", ""),
                (11, BODY, "After."),
            ],
        );
    }

    #[test]
    fn links() {
        let document = page(
            "---\nsource: https://wiki.example/wiki/Ferry\n---\nSee [[the quay]]s, [[Fares#Old dogs|the ''fares'']], [[Help:Boats (red)|]], [https://a.example/x_y all of it], https://b.example/c_d and [[a/b/The pier]].[[File:x.png|thumb|A [[boat]].]]\n\n[[de:Fähre]]\n[[Category:Boats of_the sea|x]]\n",
        );
        check_blocks(
            &document,
            &[(
                4,
                BODY,
                "See the quays, the fares, Boats, all of it, https://b.example/c_d and The pier.",
            )],
        );
        check_links(
            &document,
            &[
                ("the quays", "https://wiki.example/wiki/the_quay"),
                ("the fares", "https://wiki.example/wiki/Fares#Old_dogs"),
                ("Boats", "https://wiki.example/wiki/Help:Boats_(red)"),
                ("all of it", "https://a.example/x_y"),
                ("The pier", "https://wiki.example/wiki/a/b/The_pier"),
            ],
        );
        assert_eq!(document.meta.tags, ["Boats of the sea"]);
    }

    #[test]
    fn links_of_subpages_lead_beside_the_page_above_them() {
        let front = "---\ntitle: Fares (old)/Dogs\nsource: https://wiki.example/wiki/Fares_(old)/Dogs\n---\n";
        let document = page(&format!("{front}See [[Port]].\n"));
        check_links(&document, &[("Port", "https://wiki.example/wiki/Port")]);
        let front = front.replace(
            "source: https://wiki.example/wiki/",
            "source: https://a.example/",
        );
        let document = page(&format!(
            "{}See [[Port]].\n",
            front.replace("Dogs\n---", "Cats\n---")
        ));
        check_links(&document, &[("Port", "https://a.example/Fares_(old)/Port")]);
    }

    #[test]
    fn tables() {
        check(
            "{| class=\"wikitable\"\n|+ Fares\n! Day !! Fare\n|-\n| style=\"x\" | Friday\n| 2 [[coin|coins]],\nor a note\n|-\n| colspan=2 | Sunday is free\n|-\n|rowspan=\"2\"|Monday||3\n|-\n|4\n|}",
            &[
                (4, BODY, "Fares"),
                (
                    5,
                    TABLE,
                    "Day | Fare\nFriday | 2 coins, or a note\nSunday is free |\nMonday | 3\nMonday | 4",
                ),
            ],
        );
        check(
            "<table><tr><th>Day</th><th>Fare</th></tr>\n<tr><td>Friday</td><td>2</td></tr></table>",
            &[(3, TABLE, "Day | Fare\nFriday | 2")],
        );
        // A table for the looks.
        check("{|\n|\n* one\n* two\n|}", &[(5, LIST, "- one\n- two")]);
    }

    #[test]
    fn templates() {
        check(
            "{{Infobox ship\n| image = [[File:a.png]]\n| built = 1990<!-- or so -->\n| name = The ''Gull''\n| max_speed = {{convert|12|kn}}\n| home = [[Port]]<ref>Seen.</ref>\n}}\nIt sails.",
            &[
                (
                    4,
                    TABLE,
                    "name | The Gull\nbuilt | 1990\nmax speed | 12 kn\nhome | Port",
                ),
                (10, BODY, "It sails."),
            ],
        );
        check(
            "{{Stub}}\n{{Note|Dogs sail at the owner's own risk.}}\nPress {{key|F5}} now{{cn|date=May}}, {{{1|or later}}}.{{Navbox\n|a=b\n}}\n{{Main|Fares}}",
            &[
                (4, BODY, "Dogs sail at the owner's own risk."),
                (5, BODY, "Press F5 now, or later."),
            ],
        );
        let document = page("{{DISPLAYTITLE:The ferry}}\n__NOTOC__\nIt sails. {{open\n");
        assert_eq!(document.meta.title, "The ferry");
        assert_eq!(document.blocks[0].text, "It sails. {{open");
    }

    #[test]
    fn cells_over_columns_and_lists_in_cells() {
        check(
            "{|\n! Win !! Mac !! Effect\n|-\n|colspan=\"2\"|Tab||Fast\n|-\n|F1||\n* Fn+F1\n* or Fn+F2\n|Stop\n|}",
            &[(
                4,
                TABLE,
                "Win | Mac | Effect\nTab | Tab | Fast\nF1 | Fn+F1, or Fn+F2 | Stop",
            )],
        );
    }

    #[test]
    fn templates_of_code() {
        let document = page("Type {{code|openttd -D}} or {{en/C|a_b *c*}}, then {{kbd|F5}}.\n");
        assert_eq!(
            document.blocks[0].text,
            "Type openttd -D or a_b *c*, then F5."
        );
        let marks = document.blocks[0].marks.iter();
        let code = marks.map(|mark| mark.span.of(&document.blocks[0].text));
        assert_eq!(code.collect::<Vec<_>>(), ["openttd -D", "a_b *c*", "F5"]);
    }

    #[test]
    fn footnotes_that_are_prose_stay() {
        let prose = "'''Why at seven?''' The tide is low then, and the [[quay]] is free of boats.";
        let cited =
            "Smith, Ann. ''The History of Ferries''. Harbour Press, Port Isle, 2001, pp. 10 to 12.";
        check(
            &format!(
                "It sails at seven<ref>{prose}</ref>\ndaily.<ref name=a>{cited}</ref>\nRain or shine.\n\n* one<ref name=\"b\">{prose}</ref>\n* two\n{{|\n! a !! b<ref>{prose}</ref>\n|-\n| c || d\n|}}"
            ),
            &[
                (3, BODY, "It sails at seven daily. Rain or shine."),
                (
                    5,
                    BODY,
                    "Why at seven? The tide is low then, and the quay is free of boats.",
                ),
                (7, LIST, "- one\n- two"),
                (
                    8,
                    BODY,
                    "Why at seven? The tide is low then, and the quay is free of boats.",
                ),
                (10, TABLE, "a | b\nc | d"),
            ],
        );
        check(
            &format!("It carries<ref>{prose}</ref>:\n\n* dogs\n* cats"),
            &[
                (3, BODY, "It carries:"),
                (5, LIST, "- dogs\n- cats"),
                (
                    6,
                    BODY,
                    "Why at seven? The tide is low then, and the quay is free of boats.",
                ),
            ],
        );
    }

    #[test]
    fn what_is_no_text_is_left_out_and_what_is_no_markup_stays() {
        check(
            "It<ref name=\"a\">Note [[x]]</ref> sails<ref name=a /> at *seven*, <nowiki>''not'' [[eight]]</nowiki>.<gallery>\nFile:a.png|A boat\n</gallery>",
            &[(3, BODY, "It sails at *seven*, ''not'' [[eight]].")],
        );
        check(
            "<syntaxhighlight lang=\"lua\">\nif a[1] then\n  {{b}}\nend\n</syntaxhighlight>\n like ''this''\n  and this\n<div style=\"x\">In a box, <code>a_b</code>.</div>\n<ul><li>one</li>\n<li>two</li></ul>",
            &[
                (4, CODE, "if a[1] then\n  {{b}}\nend"),
                (8, CODE, " like this\n  and this"),
                (10, BODY, "In a box, a_b."),
                (11, LIST, "- one\n- two"),
            ],
        );
    }

    #[test]
    fn redirects_and_other_xml_are_no_articles() {
        let message = |text: &str| page(text).problems[0].message.clone();
        assert!(message("#REDIRECT [[Ferry#Fares]]").contains("redirects to `Ferry`"));
        assert!(message("#WEITERLEITUNG [[Fähre]]").contains("redirects to `Fähre`"));
        assert!(message("<?xml version=\"1.0\"?><a>b</a>").contains("not an export"));
        assert!(message("<mediawiki><page>").contains("Special:Export"));
        assert!(message("").contains("empty"));
        assert!(page("# See [[Ferry]] for fares").problems.is_empty());
    }

    #[test]
    fn exports_have_a_page_or_several() {
        let start = "<?xml version=\"1.0\"?>\n<mediawiki xmlns=\"x\"><siteinfo><sitename>Isle</sitename><base>https://isle.example/wiki/Main</base></siteinfo>";
        let ferry = "<page><title>Ferry</title><ns>0</ns><revision><text>Old.</text></revision><revision><text>It sails to &lt;b&gt;[[Port]]&lt;/b&gt;.\n\n== Fares ==\nTwo &amp;pound;.</text></revision></page>";
        let boat = "<page><title>Boat</title><ns>0</ns><redirect title=\"Ferry\" /><revision><text>#REDIRECT [[Ferry]]</text></revision></page>";
        let talk = "<page><title>Talk:Ferry</title><ns>1</ns><revision><text>Really?</text></revision></page>";
        let port = "<page><title>Port</title><ns>0</ns><revision><text>= Top =\nIt is deep.</text></revision></page>";
        let read = |pages: &[&str]| {
            let text = format!("{start}{}</mediawiki>", pages.concat());
            crate::read("a.xml", text.as_bytes())
        };
        let document = read(&[ferry, boat, talk]);
        assert_eq!(document.meta.title, "Ferry");
        assert_eq!(document.meta.aliases, ["Boat"]);
        let source = "https://isle.example/wiki/Ferry";
        assert_eq!(document.meta.source.as_deref(), Some(source));
        assert_eq!(document.meta.publisher.as_deref(), Some("Isle"));
        check_links(&document, &[("Port", "https://isle.example/wiki/Port")]);
        check_blocks(
            &document,
            &[
                (1, BODY, "It sails to Port."),
                (2, "Heading(2)", "Fares"),
                (3, BODY, "Two £."),
            ],
        );
        let document = read(&[ferry, boat, port]);
        assert_eq!(document.meta.title, "Isle");
        let headings = document.blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Heading(level) => Some((level, block.text.as_str())),
            _ => None,
        });
        let expected = [(1, "Ferry (Boat)"), (2, "Fares"), (1, "Port"), (2, "Top")];
        assert_eq!(headings.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn damaged_pages_are_read_as_far_as_they_go() {
        let nested = format!("{}x{}", "{{a|".repeat(60), "}}".repeat(60));
        for text in [
            nested.as_str(),
            "{| \n| a\nb",
            "[[a",
            "{{a|",
            "{{{",
            "<ref>a",
            "<!-- a",
            "<pre>a",
            "'''''a",
            ";",
            "|}",
            "a [[b|{{c]] d}}",
            "{{a|[[b}}",
            "<li>a",
            "</ul>",
            "==",
            "= =",
            "{{#if:a|b}}",
            "[http://a",
            "{|\n|}",
            "{|\n!\n|-\n|}",
            "\u{F2011}a",
        ] {
            let text = format!("Words first.\n{text}");
            let document = page(&text);
            assert_eq!(document.problems, [], "{text}");
            let last = text.lines().count() as u32;
            assert!(
                document.blocks.iter().all(|block| block.lines.last <= last),
                "{text}"
            );
        }
    }
}
