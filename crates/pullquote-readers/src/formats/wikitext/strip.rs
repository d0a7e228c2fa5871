//! The first step: comments and galleries are left out, text that is no markup is marked as such, and HTML becomes the
//! wikitext that means the same. Of footnotes, those that are prose become paragraphs behind the text that they belong to.

use super::escape::{BREAK, FENCE, SKIPPED, entities, is_private, literal, raw, skipped};
use crate::line::ends_sentence;
use std::collections::HashSet;

/// Elements that are left out with what is in them.
const LEFT_OUT: &[&str] = &[
    "references",
    "gallery",
    "templatestyles",
    "templatedata",
    "imagemap",
    "graph",
    "score",
    "timeline",
    "inputbox",
    "includeonly",
    "categorytree",
    "mapframe",
    "maplink",
    "style",
    "script",
    "dpl",
    "dynamicpagelist",
    "indicator",
    "youtube",
    "video",
    "rss",
    "hiero",
    "languages",
    "seo",
    "metadesc",
];
/// Elements that mean in Markdown what they mean here.
const INLINE: &[&str] = &[
    "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "small", "sub", "sup", "q", "br",
    "code", "tt", "kbd", "samp", "var", "mark", "cite", "dfn",
];
/// Elements around text that begin a line.
const LINES: &[&str] = &[
    "div",
    "center",
    "section",
    "article",
    "hr",
    "main",
    "figure",
    "figcaption",
    "caption",
];
/// Elements around text that begin a paragraph.
const PARAGRAPHS: &[&str] = &["p", "blockquote", "poem", "dl"];
/// Elements of which only what is in them counts.
const TRANSPARENT: &[&str] = &[
    "span",
    "font",
    "big",
    "abbr",
    "bdi",
    "bdo",
    "nobr",
    "wbr",
    "noinclude",
    "onlyinclude",
    "translate",
    "tvar",
    "tabber",
    "section",
    "thead",
    "tbody",
    "tfoot",
    "time",
    "data",
    "a",
    "rt",
    "rp",
    "ruby",
];
/// Longest tag, in bytes.
const MAX_TAG: usize = 400;
/// A footnote of fewer words only cites.
const NOTE_WORDS: usize = 10;
/// What may follow the end of a paragraph at once.
const PARAGRAPH_ENDS: &[&str] = &["\n\n", "\n=", "\n{", "\n;", "\n----"];

/// A page without comments, and without HTML but that of [`INLINE`], which is Markdown.
pub(super) fn strip(text: &str) -> String {
    let mut stripper = Stripper::default();
    stripper.run(text);
    let end = stripper.out.trim_end_matches(['\n', ' ', SKIPPED]).len();
    let below = stripper.out.split_off(end);
    stripper.end_paragraph();
    stripper.out + &below
}

/// Whether a footnote says something: sentences, most of whose words begin small, as those of the titles and names in a
/// citation do not. Markup that does not end in it would go on behind it.
fn is_prose(note: &str) -> bool {
    let words = note.split_whitespace();
    let words = words.filter(|word| word.starts_with(char::is_alphanumeric));
    let (small, large): (Vec<&str>, Vec<&str>) =
        words.partition(|word| !word.starts_with(|it: char| it.is_uppercase() || it.is_numeric()));
    let closes = |open, close| note.matches(open).count() == note.matches(close).count();
    small.len() + large.len() >= NOTE_WORDS
        && small.len() >= 2 * large.len()
        && ends_sentence(note.trim_end().trim_end_matches('\''))
        && closes("{{", "}}")
        && closes("[[", "]]")
}

#[derive(Debug, Default)]
struct Stripper {
    out: String,
    /// The marks of the open lists.
    lists: Vec<char>,
    /// Ends that do not occur in the rest of the page, so that they are searched for once only.
    unclosed: HashSet<String>,
    /// Footnotes of the current paragraph.
    notes: Vec<String>,
    /// How many tables and templates are open. What is in one has no paragraphs of its own.
    depth: usize,
}

/// The value of an attribute, with quotation marks around it or without.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(name)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next().filter(|it| "\"'".contains(*it)) {
        Some(quote) => value.split(quote).nth(1),
        None => value.split_whitespace().next(),
    };
    value.map(|value| value.trim_end_matches('/').trim())
}

struct Tag<'a> {
    name: String,
    attributes: &'a str,
    closes: bool,
    is_empty: bool,
    /// Length in bytes.
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag that a text begins with.
    fn parse(text: &'a str) -> Option<Self> {
        if !text
            .get(1..)?
            .starts_with(|it: char| it == '/' || it.is_ascii_alphabetic())
        {
            return None;
        }
        let start = text
            .get(..text.floor_char_boundary(MAX_TAG))
            .unwrap_or(text);
        let inner = start.get(1..start.find('>')?)?;
        let closes = inner.starts_with('/');
        let rest = inner.trim_start_matches('/');
        let end = rest
            .find(|it: char| !it.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let (name, attributes) = rest.split_at(end);
        name.starts_with(|it: char| it.is_ascii_alphabetic())
            .then(|| Self {
                name: name.to_ascii_lowercase(),
                attributes,
                closes,
                is_empty: inner.ends_with('/'),
                length: start.find('>').unwrap_or_default() + 1,
            })
    }
}

impl Stripper {
    fn run(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            let (before, after) = rest.split_at(at);
            self.text(before);
            rest = if after.starts_with("<!--") {
                self.comment(after)
            } else if let Some(tag) = Tag::parse(after) {
                self.tag(&tag, after)
            } else {
                self.out.push('<');
                after.get(1..).unwrap_or_default()
            };
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        let begins = |open: &str| text.matches(open).count();
        self.depth += begins("{|") + begins("{{");
        self.depth = self.depth.saturating_sub(begins("|}") + begins("}}"));
        let mut rest = text;
        while let Some(end) = self.paragraph_end(rest) {
            let (paragraph, below) = rest.split_at(end);
            self.shown(paragraph);
            let is_space = |it: char| it.is_whitespace() || matches!(it, SKIPPED | BREAK);
            // What announces a list stays with it.
            if !self.out.trim_end_matches(is_space).ends_with(':') {
                self.end_paragraph();
            }
            let (ends, below) = below.split_at(below.len() - below.trim_start_matches('\n').len());
            self.shown(ends);
            rest = below;
        }
        self.shown(rest);
    }

    /// Where the paragraph ends, if it has footnotes.
    fn paragraph_end(&self, text: &str) -> Option<usize> {
        let ends = PARAGRAPH_ENDS.iter().filter_map(|end| text.find(end));
        ends.min().filter(|_| !self.notes.is_empty())
    }

    fn shown(&mut self, text: &str) {
        self.out
            .extend(text.chars().filter(|letter| !is_private(*letter)));
    }

    /// Writes the footnotes of the paragraph that ends here.
    fn end_paragraph(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.out.extend([BREAK, BREAK]);
            self.out.push_str(&note);
        }
    }

    /// Keeps a footnote for the end of the paragraph, or leaves it out.
    fn note(&mut self, inner: &str) {
        if self.depth == 0 && is_prose(inner) {
            let mut note = Self::default();
            note.run(inner);
            let note = note.out.replace(['\n', SKIPPED, BREAK], " ");
            self.notes.push(note.trim().to_owned());
        }
        self.out.push_str(&skipped(inner));
    }

    /// Leaves out a comment, with its line if there is nothing else on it.
    fn comment<'t>(&mut self, text: &'t str) -> &'t str {
        let (comment, rest) = text.split_at(text.find("-->").map_or(text.len(), |at| at + 3));
        self.out.push_str(&skipped(comment));
        let begins_line = self.out.is_empty() || self.out.ends_with('\n');
        match rest.strip_prefix('\n').filter(|_| begins_line) {
            Some(below) => {
                self.out.push_str(&skipped("\n"));
                below
            }
            None => rest,
        }
    }

    /// Reads a tag, and perhaps its element. Returns the text behind it.
    fn tag<'t>(&mut self, tag: &Tag<'t>, text: &'t str) -> &'t str {
        let after = text.get(tag.length..).unwrap_or_default();
        let name = tag.name.as_str();
        let is_whole = matches!(
            name,
            "nowiki" | "pre" | "syntaxhighlight" | "source" | "math" | "chem" | "ref"
        );
        if is_whole || LEFT_OUT.contains(&name) {
            if tag.closes || tag.is_empty {
                return after;
            }
            let Some((inner, rest)) = self.element(name, after) else {
                return after;
            };
            match name {
                "ref" => self.note(inner),
                "nowiki" => self.out.push_str(&literal(inner)),
                "math" | "chem" => self.out.push_str(&literal(&format!("${}$", inner.trim()))),
                "pre" | "syntaxhighlight" | "source" => self.code(tag, inner),
                _ => self.out.push_str(&skipped(inner)),
            }
            return rest;
        }
        let slash = if tag.closes { "/" } else { "" };
        match name {
            "ul" | "ol" if tag.closes => {
                self.lists.pop();
                self.out.push(BREAK);
            }
            "ul" => self.lists.push('*'),
            "ol" => self.lists.push('#'),
            "li" | "dt" | "dd" | "table" | "tr" | "td" | "th" => self.structure(tag),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name
                    .bytes()
                    .last()
                    .map_or(1, |digit| usize::from(digit - b'0'));
                let marks = "=".repeat(level);
                let (before, behind) = if tag.closes {
                    (&*marks, "\n")
                } else {
                    ("\n", &*marks)
                };
                self.wikitext(before);
                self.wikitext(behind);
            }
            _ if INLINE.contains(&name) => self.out.push_str(&raw(&format!("<{slash}{name}>"))),
            _ if LINES.contains(&name) => self.wikitext("\n"),
            _ if PARAGRAPHS.contains(&name) => self.out.extend([BREAK, BREAK]),
            _ if TRANSPARENT.contains(&name) => {}
            _ => {
                self.out.push('<');
                return text.get(1..).unwrap_or_default();
            }
        }
        after
    }

    /// The inside of an element, and the text behind it.
    fn element<'t>(&mut self, name: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
        let end = format!("</{name}");
        if self.unclosed.contains(&end) {
            return None;
        }
        let bytes = text.as_bytes().windows(end.len());
        let Some(at) = bytes
            .into_iter()
            .position(|part| part.eq_ignore_ascii_case(end.as_bytes()))
        else {
            self.unclosed.insert(end);
            return None;
        };
        let (inner, rest) = text.split_at(at);
        let behind = rest
            .find('>')
            .map_or("", |at| rest.get(at + 1..).unwrap_or_default());
        Some((inner, behind))
    }

    fn code(&mut self, tag: &Tag<'_>, inner: &str) {
        if tag.attributes.contains("inline") {
            let tags = (raw("<code>"), raw("</code>"));
            self.out.extend([tags.0, literal(inner), tags.1]);
            return;
        }
        let language = attribute(tag.attributes, "lang").unwrap_or_default();
        let inner = inner.replace("<nowiki>", "").replace("</nowiki>", "");
        self.out.extend([BREAK, FENCE]);
        self.text(language);
        if !inner.starts_with('\n') {
            self.out.push(BREAK);
        }
        let inner = match tag.name.as_str() {
            "pre" => entities(&inner),
            _ => inner,
        };
        self.out.push_str(&literal(&inner));
        self.out.extend([BREAK, FENCE, BREAK]);
    }

    /// Lists and tables.
    fn structure(&mut self, tag: &Tag<'_>) {
        let spans = if tag.attributes.contains("span") {
            tag.attributes
        } else {
            ""
        };
        let wikitext = match (tag.name.as_str(), tag.closes) {
            ("li", false) => format!("\n{} ", self.lists.iter().take(9).collect::<String>()),
            ("dt", false) => "\n; ".to_owned(),
            ("dd", false) => "\n: ".to_owned(),
            ("table", false) => "\n{|\n".to_owned(),
            ("table", true) => "\n|}\n".to_owned(),
            ("tr", false) => "\n|-\n".to_owned(),
            ("td", false) => format!("\n|{spans}|"),
            ("th", false) => format!("\n!{spans}|"),
            _ => return,
        };
        self.wikitext(&wikitext);
    }

    /// Adds lines that the page does not have.
    fn wikitext(&mut self, text: &str) {
        let begins_line = self.out.trim_end_matches(' ').ends_with(['\n', BREAK]);
        let text = if begins_line {
            text.trim_start_matches('\n')
        } else {
            text
        };
        let letters = text.chars();
        self.out
            .extend(letters.map(|letter| if letter == '\n' { BREAK } else { letter }));
    }
}
