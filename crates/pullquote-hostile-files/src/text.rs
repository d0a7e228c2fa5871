//! Hostile text and Markdown, and other formats that are text.

use crate::{Expect, HostileFile};

/// Every kind of line that is repeated, by name. Those of Markdown are also read as text.
const PARTS: &[(&str, &str)] = &[
    ("carriage-returns", "a\r"),
    ("questions", "why?\n"),
    ("answered-questions", "Q: why?\nA: so\n"),
    ("letters", "a"),
    ("words", "word "),
    ("lines", "a\n"),
    ("paragraphs", "a\n\n"),
    ("sentences", "A. "),
    ("blank-lines", "\n"),
    ("spaces", " "),
    ("underlines", "a\n=\n"),
    ("bullets", "- a\n"),
    ("numbers", "1. a\n"),
    ("dashes", "-"),
    ("dots", "."),
    ("question-marks", "?"),
    ("marks", "e\u{301}\u{301}\u{301}"),
    ("hyphens", "a-\n"),
    ("chinese", "\u{8a9e}"),
    ("quotes", ">"),
    ("quoted-lines", "> "),
    ("brackets", "["),
    ("images", "!["),
    ("links", "[a]("),
    ("references", "[a]: b\n"),
    ("uses-of-references", "[a]"),
    ("footnotes", "[^a]: b\n"),
    ("stars", "*"),
    ("starred", "*a "),
    ("stars-and-underscores", "**_a"),
    ("backticks", "`"),
    ("rising-backticks", "` `` ``` "),
    ("tildes", "~"),
    ("backslashes", "\\"),
    ("pipes", "|"),
    ("table", "|a|b|\n|-|-|\n"),
    ("rows", "|a\n"),
    ("headings", "# a\n"),
    ("fences", "```\n"),
    ("open-fences", "```a\n\n"),
    ("nested-bullets", "- - - - "),
    ("indented", "    a\n\n"),
    ("comments", "<!--\n\n"),
    ("tags", "<a"),
    ("less-than", "<"),
    ("boxes", "<div>\n\n"),
    ("struck", "<p><del>x\n\n"),
    ("struck-lines", "<p><del>x\n"),
    ("entities", "<p>&amp;\n\n"),
    ("entity-lines", "<p>&amp;&lt;\n"),
    ("details", "<details><summary>a</summary>b</details>\n\n"),
    ("tables-in-tags", "<table><tr><td>x\n"),
    ("attributes", "<p a=1 b=2\n"),
    ("entities-in-text", "&amp;"),
    ("addresses", "<http://a>"),
    ("bare-addresses", "http://a.b "),
    ("rules", "---\n"),
    // Markdown of documentation tools and note-taking programs.
    ("colon-boxes", ":::note\n"),
    ("closed-colon-boxes", ":::note\na\n:::\n"),
    ("colons", ":"),
    ("marked-boxes", "!!! note \"a\"\n"),
    ("filled-marked-boxes", "!!! note\n    a\n\n"),
    ("tabs", "=== \"a\"\n    a\n"),
    ("alerts", "> [!NOTE]\n> a\n\n"),
    ("nested-alerts", "> > > > > > > > [!NOTE]\n"),
    ("toggles", "??? note \"why?\"\n    so\n"),
    ("opening-details", "<details>\n\n"),
    ("opening-details-in-a-line", "<details>"),
    ("closing-details", "</details>\n"),
    ("opening-tabs", "<Tab label=\"a\">\n\n"),
    ("components", "<Tab\n"),
    ("component-attributes", "<Tab a={b} "),
    ("template-tags", "{% tab %}\n"),
    ("open-template-tags", "{% tab "),
    ("template-values", "{{ a }} "),
    ("open-template-values", "{{<"),
    ("braces", "{"),
    ("open-code-comments", "{/*\n"),
    ("imports", "import a from 'b'\n"),
    ("links-to-notes", "[[a|b]] "),
    ("open-links-to-notes", "[[a|"),
    ("embedded-notes", "![[a]]\n"),
    ("uses-of-footnotes", "[^a] "),
    ("used-footnotes", "a[^a]\n\n[^a]: b\n\n"),
    ("open-footnotes", "^["),
    ("notes-in-a-line", "a^[b] "),
    ("definitions", "a\n: b\n"),
    ("signs", "\u{2022} a\n"),
    ("subtext", "-# a\n"),
    ("pages-of-a-server", "<id:"),
    ("steps", "Step 1: a\n"),
    ("indented-items", "a:\n  a) b\n"),
    ("lists-in-cells", "| <ul><li>a |"),
    ("percent-signs", "%%"),
    ("edit-marks", "[edit] [41] "),
    ("fenced-boxes", "```{note}\n"),
    ("bold-questions", "**Why?** So.\n\n"),
    ("questions-in-bullets", "- Why?\n  - So.\n"),
    ("attributes-of-headings", "# a {#b .c}\n"),
    ("heading-marks", "#"),
    (
        "table-of-questions",
        "| Question | Answer |\n|-|-|\n| Why? | So. |\n",
    ),
    ("cells", "|a|b"),
    ("formulas", "$a_1$ "),
    ("open-formulas", "$a_"),
    ("displayed-formulas", "$$\na_1\n$$\n"),
    ("open-displayed-formulas", "$$a_\n"),
    ("environments", "\\begin{a}\n"),
];

/// Files of other formats: a name, how they begin, and what is repeated.
const OTHERS: &[(&str, &str, &str)] = &[
    ("repeated-cells.adoc", "|===\n", "500*|a "),
    ("tables.adoc", "", "[cols=500*]\n|===\n|a\n|===\n"),
    ("escaped-bars.adoc", "|===\n", "\\|"),
    ("open-table.adoc", "", "|===\n|a\n"),
    ("open-macros.adoc", "", "link:a"),
    ("macros.adoc", "", "kbd:[a] footnote:["),
    ("attributes.adoc", ":a: {b}{b}\n:b: {a}{a}\n\n", "{a}{b}"),
    ("open-links.rst", "", "`a <"),
    ("options.rst", ".. a::\n", "   :b: c\n"),
    ("footnotes.rst", "", ".. [#] a [#]_\n"),
    ("templates.wiki", "", "{{a|b={{c}} "),
    ("open-templates.wiki", "", "{{a|"),
    ("open-parameters.wiki", "", "{{{a|{{b|"),
    ("open-links.wiki", "", "[[a|"),
    ("open-external-links.wiki", "", "[http://a "),
    ("open-tables.wiki", "", "{|\n|a\n"),
    ("wide-cells.wiki", "{|\n", "|colspan=500 rowspan=200|a\n"),
    ("nested-lists.wiki", "", "*#:;"),
    ("open-notes.wiki", "", "<ref>a"),
    ("open-comments.wiki", "", "<!--"),
    ("open-lists.wiki", "", "<ul><li>a"),
    ("open-tags.wiki", "", "<a "),
    ("apostrophes.wiki", "", "'''''a''"),
    ("underscores.wiki", "", "__A__"),
    ("indented.wiki", "", " a\n"),
    ("terms.wiki", "", "; a : b\n: c\n"),
    (
        "open-pages.xml",
        "<mediawiki>",
        "<page><title>a</title><text>b ",
    ),
    (
        "pages.xml",
        "<mediawiki>",
        "<page><title>a</title><text>b</text></page>",
    ),
    (
        "links.rtf",
        "{\\rtf1 ",
        "{\\field{\\*\\fldinst HYPERLINK \"http://a\"}{\\fldrslt a}}",
    ),
];

/// Front matter, which is YAML.
const FRONT_MATTER: &[(&str, &str, &str)] = &[
    ("nested-front-matter", "a: ", "["),
    ("front-matter-of-keys", "", "a: b\n"),
    ("anchors", "a: &a [x]\nb: ", "[*a, "),
];

/// Longer front matter is ignored.
const MAX_FRONT_MATTER: usize = 15_000;

fn repeated(part: &str, size: usize) -> String {
    part.repeat(size / part.len())
}

/// Every kind of hostile text, in files of about `size` bytes.
pub(crate) fn all(size: usize) -> impl Iterator<Item = HostileFile> {
    let parts = PARTS.iter().flat_map(move |(name, part)| {
        ["txt", "md"].map(|extension| {
            let name = format!("{name}.{extension}");
            let bytes = repeated(part, size).into_bytes();
            HostileFile::new(name, bytes, Expect::Any)
        })
    });
    let front_matter = FRONT_MATTER.iter().map(|(name, start, part)| {
        let yaml = repeated(part, MAX_FRONT_MATTER);
        let text = format!("---\n{start}{yaml}\n---\nThe ferry leaves.\n");
        HostileFile::new(format!("{name}.md"), text.into_bytes(), Expect::Any)
    });
    let others = OTHERS.iter().map(move |(name, start, part)| {
        let text = format!("{start}{}", repeated(part, size));
        HostileFile::new(*name, text.into_bytes(), Expect::Any)
    });
    parts.chain(front_matter).chain(others)
}
