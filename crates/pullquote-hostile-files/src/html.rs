//! Hostile web pages: a few megabytes that cost far more than their size.

use crate::{Expect, HostileFile};

const MEGABYTE: usize = 1 << 20;

/// A page with this in its body.
fn page(name: &'static str, body: &str, expect: Expect) -> HostileFile {
    let text = "<p>The ferry leaves the island at seven in the morning.</p>";
    let bytes = format!("<html><body>{text}{body}</body></html>").into_bytes();
    HostileFile::new(name, bytes, expect)
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

/// Every kind of hostile page.
pub(crate) fn all() -> Vec<HostileFile> {
    let filled = |name, part: &str| page(name, &numbered(part, 4 * MEGABYTE), Expect::Any);
    let inside = |name, open: &str, part: &str, close: &str| {
        let body = format!("{open}{}{close}", numbered(part, 4 * MEGABYTE));
        page(name, &body, Expect::Any)
    };
    vec![
        page("harmless.html", "", Expect::Used),
        inside("attributes.html", "<p ", "a#=1 ", ">x</p>"),
        inside("same-attribute.html", "<p ", "a=1 ", ">x</p>"),
        filled("entities.html", "&amp;"),
        filled("long-entities.html", "&CounterClockwiseContourIntegral;"),
        filled("unknown-entities.html", "&x#;"),
        filled("numbers.html", "&#60;"),
        filled("struck.html", "<del>x"),
        filled("struck-and-closed.html", "<del>x</del>"),
        filled("tables.html", "<table><tr><td>x"),
        filled("cells.html", "<table><tr><td>x</td></tr></table>"),
        inside("rows.html", "<table>", "<tr><td>a<td>b", "</table>"),
        inside("text-in-a-table.html", "<table>", "x<b>y</b>", "</table>"),
        filled("less-than.html", "<"),
        filled("less-than-and-text.html", "&lt;"),
        filled("open-tags.html", "<a#"),
        filled("comments.html", "<!--"),
        filled("declarations.html", "<!x"),
        filled("instructions.html", "<?"),
        filled("paragraphs.html", "<p>x"),
        filled("breaks.html", "<br>"),
        filled("anchors.html", "<a name=x>y"),
        filled("formatting.html", "<b><i><u>x</b></i></u>"),
        filled("headings.html", "<h1>x</h1>"),
        filled("items.html", "<li>x"),
        filled("lists.html", "<ul><li>x</ul>"),
        filled("terms.html", "<dt>x<dd>y"),
        filled("captions.html", "<figcaption>x#</figcaption>"),
        filled("boxes.html", "<div>x#, y</div>"),
        filled(
            "classes.html",
            "<div class='article comment #'>x, y, z</div>",
        ),
        filled("pictures.html", "<img src=# alt=x>"),
        filled("templates.html", "<template>x</template>"),
        filled("words.html", "word# "),
        filled("one-word.html", "w"),
        filled("markdown.html", "*_`[~"),
        filled("links.html", "<a href=/#>x</a> "),
        inside(
            "script.html",
            "<script type='application/ld+json'>",
            "[",
            "</script>",
        ),
        inside("style.html", "<style>", "a{", "</style>"),
        page("nested.html", &"<div>".repeat(400_000), Expect::Refused),
    ]
}
