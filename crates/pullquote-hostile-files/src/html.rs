//! Hostile web pages that cost far more than their size. They are also parts of Markdown, which may contain HTML.

use crate::{Expect, HostileFile};

const MEGABYTE: usize = 1 << 20;

const TEXT: &str = "The ferry leaves the island at seven in the morning.";

/// Pages of 4 MB.
pub(crate) fn all() -> impl Iterator<Item = HostileFile> {
    let page = |(name, body, expect)| {
        let page = format!("<html><body><p>{TEXT}</p>{body}</body></html>");
        HostileFile::new(format!("{name}.html"), page.into_bytes(), expect)
    };
    bodies(4 * MEGABYTE).into_iter().map(page)
}

/// Markdown with the same bodies, in files of about `size` bytes.
pub(crate) fn in_markdown(size: usize) -> impl Iterator<Item = HostileFile> {
    bodies(size).into_iter().map(|(name, body, _)| {
        let text = format!("{TEXT}\n\n<div>x\n{body}\n</div>\n");
        HostileFile::new(format!("page-of-{name}.md"), text.into_bytes(), Expect::Any)
    })
}

/// `part`, with `#` as a number, as often as fits into `size` bytes.
fn numbered(part: &str, size: usize) -> String {
    let mut all = String::with_capacity(size);
    for number in 0.. {
        let next = part.replace('#', &number.to_string());
        if all.len() + next.len() > size {
            return all;
        }
        all += &next;
    }
    all
}

/// What the bodies of the pages contain, in about `size` bytes, and what must happen to the page.
fn bodies(size: usize) -> Vec<(&'static str, String, Expect)> {
    let filled = |name, part: &str| (name, numbered(part, size), Expect::Any);
    let inside = |name, open: &str, part: &str, close: &str| {
        let body = format!("{open}{}{close}", numbered(part, size));
        (name, body, Expect::Any)
    };
    vec![
        ("harmless", String::new(), Expect::Used),
        inside("attributes", "<p ", "a#=1 ", ">x</p>"),
        inside("same-attribute", "<p ", "a=1 ", ">x</p>"),
        filled("entities", "&amp;"),
        filled("long-entities", "&CounterClockwiseContourIntegral;"),
        filled("unknown-entities", "&x#;"),
        filled("numbers", "&#60;"),
        filled("struck", "<del>x"),
        filled("struck-and-closed", "<del>x</del>"),
        filled("tables", "<table><tr><td>x"),
        filled("cells", "<table><tr><td>x</td></tr></table>"),
        inside("rows", "<table>", "<tr><td>a<td>b", "</table>"),
        filled(
            "wide-cells",
            "<table><tr><td colspan=500 rowspan=200>a<td>b",
        ),
        filled("permalinks", "<h2>a<a href=\"&num;a\">\u{b6}</a></h2>"),
        filled(
            "google-docs",
            "<p><a href='&num;cmnt_ref1' id=cmnt1>[a]</a>b",
        ),
        inside("text-in-a-table", "<table>", "x<b>y</b>", "</table>"),
        filled("less-than", "<"),
        filled("less-than-and-text", "&lt;"),
        filled("open-tags", "<a#"),
        filled("comments", "<!--"),
        filled("declarations", "<!x"),
        filled("instructions", "<?"),
        filled("paragraphs", "<p>x"),
        filled("breaks", "<br>"),
        filled("anchors", "<a name=x>y"),
        filled("formatting", "<b><i><u>x</b></i></u>"),
        filled("headings", "<h1>x</h1>"),
        filled("items", "<li>x"),
        filled("lists", "<ul><li>x</ul>"),
        filled("terms", "<dt>x<dd>y"),
        filled("captions", "<figcaption>x#</figcaption>"),
        filled("boxes", "<div>x#, y</div>"),
        filled("classes", "<div class='article comment #'>x, y, z</div>"),
        filled("pictures", "<img src=# alt=x>"),
        filled("templates", "<template>x</template>"),
        filled("words", "word# "),
        filled("one-word", "w"),
        filled("markdown", "*_`[~"),
        filled("links", "<a href=/#>x</a> "),
        inside(
            "script",
            "<script type='application/ld+json'>",
            "[",
            "</script>",
        ),
        inside("style", "<style>", "a{", "</style>"),
        ("nested", numbered("<div>", size / 2), Expect::Refused),
    ]
}
