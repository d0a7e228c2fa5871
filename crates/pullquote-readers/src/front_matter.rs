//! Front matter: metadata at the start of a file, as YAML between two lines of `---` or as TOML between two of `+++`.

use crate::date;
use crate::toml;
use pullquote_core::article::{Metadata, ParsedDocument, Problem};
use pullquote_core::text::{Language, closest};
use serde_norway::Value;

/// The front matter of a file; empty where there is none.
#[derive(Debug, Default, PartialEq)]
struct FrontMatter {
    meta: Metadata,
    /// Byte offset of the text below it.
    body: usize,
    problems: Vec<Problem>,
    /// Keys that mean nothing to Pullquote.
    unused_keys: Vec<String>,
}

/// Longer front matter is ignored: no author writes this much of it, and YAML can be crafted to be expensive to parse.
const MAX_BYTES: usize = 16 * 1024;

/// What the YAML parser says of a value that contains a colon.
const COLON: &str = "mapping values are not allowed in this context";

/// The supported keys.
const KEYS: [&str; 9] = [
    "title",
    "aliases",
    "summary",
    "source",
    "publisher",
    "author",
    "date",
    "language",
    "tags",
];

/// What other programs (Docusaurus, Starlight, `MkDocs`, Hugo, Jekyll, Obsidian) call a key. A value under the key's own
/// name wins.
const SYNONYMS: &[(&str, &str)] = &[
    ("description", "summary"),
    ("excerpt", "summary"),
    ("abstract", "summary"),
    ("subtitle", "summary"),
    ("keywords", "tags"),
    ("categories", "tags"),
    ("category", "tags"),
    ("topics", "tags"),
    ("alias", "aliases"),
    ("sidebar_label", "aliases"),
    ("linktitle", "aliases"),
    ("nav_title", "aliases"),
    ("navtitle", "aliases"),
    ("short_title", "aliases"),
    ("authors", "author"),
    ("lang", "language"),
    ("locale", "language"),
    ("published", "date"),
    ("publishdate", "date"),
    ("pubdate", "date"),
    ("permalink", "source"),
    ("canonical", "source"),
    ("canonical_url", "source"),
    ("canonicalurl", "source"),
    ("url", "source"),
];

/// Keys that steer such a program, and say nothing of the article.
const STEERING: &[&str] = &[
    "slug",
    "id",
    "uid",
    "layout",
    "template",
    "weight",
    "order",
    "sidebar",
    "sidebar_position",
    "sidebar_class_name",
    "pagination_label",
    "pagination_next",
    "pagination_prev",
    "hide_title",
    "hide_table_of_contents",
    "toc",
    "toc_min_heading_level",
    "toc_max_heading_level",
    "tableofcontents",
    "custom_edit_url",
    "editurl",
    "displayed_sidebar",
    "image",
    "images",
    "thumbnail",
    "banner",
    "cover",
    "hero",
    "head",
    "hide",
    "icon",
    "status",
    "draft",
    "type",
    "kind",
    "lastmod",
    "last_update",
    "lastupdated",
    "last_modified_at",
    "expirydate",
    "updated",
    "created",
    "modified",
    "menu",
    "parent",
    "nav_order",
    "nav_exclude",
    "has_children",
    "has_toc",
    "grand_parent",
    "search",
    "search_exclude",
    "excludesearch",
    "robots",
    "noindex",
    "comments",
    "math",
    "mathjax",
    "mermaid",
    "pin",
    "publish",
    "cssclass",
    "cssclasses",
    "series",
    "outline",
    "editlink",
    "prev",
    "next",
    "redirect_from",
    "redirect_to",
    "redirects",
    "params",
    "cascade",
    "outputs",
    "markup",
    "unlisted",
    "format",
    "collection",
    "key",
    "version",
    "theme",
];

/// Reads a file with `read_body`, which gets the text and the byte offset at which it begins below the front matter.
/// What the front matter says takes precedence over what the body says.
pub(crate) fn read_with(
    text: &str,
    read_body: impl FnOnce(&str, usize) -> ParsedDocument,
) -> ParsedDocument {
    read_titled_with(text, |text, body, _| read_body(text, body))
}

/// [`read_with`], but `read_body` also gets the title in the front matter, empty where there is none.
pub(crate) fn read_titled_with(
    text: &str,
    read_body: impl FnOnce(&str, usize, &str) -> ParsedDocument,
) -> ParsedDocument {
    let front = read(text);
    let mut document = read_body(text, front.body, &front.meta.title);
    document.meta.override_with(front.meta);
    document.problems.extend(front.problems);
    document.unused_keys = front.unused_keys;
    document
}

fn read(text: &str) -> FrontMatter {
    let mut front = FrontMatter::default();
    let Some(block) = Block::of(text).or_else(|| Block::of_toml(text)) else {
        return front;
    };
    front.body = block.body;
    if !block.closed {
        let message = "the front matter is not closed: add a line of `---` below its last key";
        front.problems.push(Problem::warning(Some(1), message));
    }
    if block.keys.len() > MAX_BYTES {
        let message = "the front matter is longer than 16 KB and was ignored: shorten it";
        front.problems.push(Problem::warning(Some(1), message));
        return front;
    }
    match block.parse() {
        Ok(Value::Mapping(entries)) => {
            // Keys with our own names last: they win over those of other programs.
            let (own, other): (Vec<_>, Vec<_>) = entries
                .into_iter()
                .map(|(key, value)| (scalar(&key).unwrap_or_default(), value))
                .partition(|(key, _)| KEYS.contains(&key.as_str()));
            for (key, value) in other {
                front.set_foreign(&key, &value, line_of(block.keys, &key));
            }
            for (key, value) in own {
                front.set(&key, &value, line_of(block.keys, &key));
            }
            front.problems.sort_by_key(|problem| problem.line);
        }
        Ok(_) => {}
        Err(problem) => front.problems.push(problem),
    }
    front
}

/// Where the front matter of a file is.
struct Block<'a> {
    keys: &'a str,
    is_toml: bool,
    /// Byte offset of the text below it.
    body: usize,
    /// Whether a line of dashes ends it. If not, it ends with its last key.
    closed: bool,
}

impl<'a> Block<'a> {
    /// The lines after a leading line of dashes, if the first of them is a key. Without a key, the dashes are a
    /// horizontal rule.
    fn of(text: &'a str) -> Option<Self> {
        let mut lines = text.split_inclusive('\n');
        let start = lines.next().filter(|line| line.trim_end() == "---")?.len();
        let begins_with_key = || {
            text.get(start..)?
                .lines()
                .find(|line| !line.trim().is_empty())
        };
        if !begins_with_key().is_some_and(|line| is_key(line) || line.trim_end() == "---") {
            return None;
        }
        let mut at = start;
        let mut keys_end = None;
        for line in lines {
            let next = at + line.len();
            if matches!(line.trim_end(), "---" | "...") {
                return Some(Self {
                    keys: text.get(start..at)?,
                    is_toml: false,
                    body: next,
                    closed: true,
                });
            }
            let continues = is_key(line) || line.starts_with([' ', '\t', '-', '#']);
            if keys_end.is_none() && !continues {
                keys_end = Some(at);
            }
            at = next;
        }
        let body = keys_end.unwrap_or(at);
        Some(Self {
            keys: text.get(start..body)?,
            is_toml: false,
            body,
            closed: false,
        })
    }

    /// The lines between two of plus signs, as Hugo and Zola write them.
    fn of_toml(text: &'a str) -> Option<Self> {
        let is_border = |line: &&str| line.trim_end() == "+++";
        let mut lines = text.split_inclusive('\n');
        let start = lines.next().filter(is_border)?.len();
        let mut end = start;
        for line in lines {
            if is_border(&line) {
                return Some(Self {
                    keys: text.get(start..end)?,
                    is_toml: true,
                    body: end + line.len(),
                    closed: true,
                });
            }
            end += line.len();
        }
        None
    }

    fn parse(&self) -> Result<Value, Problem> {
        let invalid = |format: &str, line: u32, error: &str| {
            let message =
                format!("the front matter is not valid {format} and was ignored: {error}");
            Problem::warning(Some(line), message)
        };
        if self.is_toml {
            return toml::parse(self.keys)
                .map_err(|error| invalid("TOML", error.line + 1, &error.message));
        }
        serde_norway::from_str(self.keys).map_err(|error| {
            let line = error.location().map_or(0, |place| place.line());
            let key = self.keys.lines().nth(line.saturating_sub(1));
            let key = key.and_then(|line| line.split_once(':'));
            let message = error.to_string();
            // The parser counts lines from the first key.
            let reason = message.split(" at line ").next().unwrap_or_default();
            match key {
                Some((key, value)) if reason == COLON && value.contains(": ") => {
                    let key = key.trim();
                    let message = format!("the front matter was ignored, because the value of `{key}` contains a colon: put it in quotation marks");
                    Problem::warning(Some(line as u32 + 1), message)
                }
                _ => invalid("YAML", line as u32 + 1, reason),
            }
        })
    }
}

/// Whether the line is a YAML key, such as `title: ...`.
fn is_key(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    let letter =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' ' | '"' | '\'');
    !key.is_empty()
        && key.chars().all(letter)
        && !key.starts_with([' ', '-'])
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

impl FrontMatter {
    /// Stores the value of a key of another program.
    fn set_foreign(&mut self, key: &str, value: &Value, line: Option<u32>) {
        let folded = key.to_ascii_lowercase().replace('-', "_");
        let synonym = SYNONYMS.iter().find(|(name, _)| *name == folded);
        match synonym.map(|(_, ours)| *ours) {
            Some("summary") => {
                if let Some(text) = scalar(value) {
                    self.meta.summary.get_or_insert(text);
                }
            }
            Some("aliases") => self.meta.aliases.extend(list(value)),
            Some("tags") => self.meta.tags.extend(list(value)),
            Some("author") => {
                let names = list(value);
                if !names.is_empty() {
                    self.meta.author = Some(names.join(", "));
                }
            }
            Some("language") => {
                let code = scalar(value);
                let known = code.filter(|code| Language::from_code(code).is_some());
                self.meta.language = known.or(self.meta.language.take());
            }
            // Others write here whether a page is published.
            Some("date") if value.is_bool() => {}
            Some("date") => {
                if let Some(text) = scalar(value) {
                    self.set_date(key, text, line);
                }
            }
            // Mostly a path on the site, which nobody can follow.
            Some(_) => {
                if let Some(url) = scalar(value).filter(|url| url.starts_with("http")) {
                    self.meta.set_source(url);
                }
            }
            None if STEERING.contains(&folded.as_str()) => {}
            None => match closest(key, KEYS.iter().copied()) {
                Some(meant) => {
                    let message = format!(
                        "unknown front matter key `{key}` was ignored: did you mean `{meant}`?"
                    );
                    self.problems.push(Problem::warning(line, message));
                }
                None => self.unused_keys.push(key.to_owned()),
            },
        }
    }

    /// Stores the date that a key has, unless it cannot be one.
    fn set_date(&mut self, key: &str, text: String, line: Option<u32>) {
        if date::is_possible(&text) {
            self.meta.date = Some(text);
            return;
        }
        let message = format!(
            "`{text}` cannot be a date, so `{key}` was ignored: write year, month and day, such as `2024-03-31`"
        );
        self.problems.push(Problem::warning(line, message));
    }

    /// Stores the value of a key, or adds a problem at `line`.
    fn set(&mut self, key: &str, value: &Value, line: Option<u32>) {
        let meta = &mut self.meta;
        let text = scalar(value);
        let known = KEYS.contains(&key);
        match (key, text) {
            ("title", Some(text)) => meta.title = text,
            ("summary", Some(text)) => meta.summary = Some(text),
            ("publisher", Some(text)) => meta.publisher = Some(text),
            ("author", Some(text)) => meta.author = Some(text),
            ("date", Some(text)) => self.set_date(key, text, line),
            ("language", Some(text)) => meta.language = Some(text),
            ("source", Some(text)) => meta.set_source(text),
            ("source", None) if value.is_mapping() => {
                let part = |name: &str| value.get(name).and_then(scalar);
                if let Some(name) = part("name") {
                    meta.publisher = Some(name);
                }
                if let Some(url) = part("url") {
                    meta.set_source(url);
                }
            }
            ("author", None) if value.is_sequence() => meta.author = Some(list(value).join(", ")),
            // Hugo lists the page's old paths here.
            ("aliases", _) => {
                let names = list(value).into_iter();
                meta.aliases
                    .extend(names.filter(|name| !name.starts_with('/')));
            }
            ("tags", _) => meta.tags.extend(list(value)),
            _ if known && value.is_null() => {}
            _ if known => self.problems.push(Problem::warning(
                line,
                format!("`{key}` must be a single line of text"),
            )),
            _ => {}
        }
        let language = self.meta.language.as_deref().filter(|_| key == "language");
        if let Some(code) = language.filter(|code| Language::from_code(code).is_none()) {
            let message = format!(
                "unknown language code `{code}`, so the language is detected from the text: use a code such as `en` or `pt-BR`"
            );
            self.problems.push(Problem::warning(line, message));
        }
    }
}

/// A single line of text. Values that YAML parses as numbers or booleans, such as `2021` and `true`, are text here.
fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A list of lines. Instead of a YAML list, a single line with commas between the items is accepted, and instead of a
/// line, a mapping with a name.
fn list(value: &Value) -> Vec<String> {
    let name = |value: &Value| scalar(value).or_else(|| value.get("name").and_then(scalar));
    match value {
        Value::Sequence(items) => items.iter().filter_map(name).collect(),
        Value::Mapping(_) => name(value).into_iter().collect(),
        _ => scalar(value).map_or_else(Vec::new, |line| {
            line.split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect()
        }),
    }
}

/// The line of the file on which a key is.
fn line_of(keys: &str, key: &str) -> Option<u32> {
    let has_key = |line: &str| {
        let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key);
        rest.is_some_and(|rest| {
            rest.trim_start_matches(['"', '\'', ' '])
                .starts_with([':', '='])
        })
    };
    keys.lines().position(has_key).map(|line| line as u32 + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_keys_are_read() {
        let text = "---\ntitle: A: b\n---\nx";
        assert_eq!(
            read(text).problems.len(),
            1,
            "a value with a colon needs quotes"
        );
        let text = "---\ntitle: \"A: b\"\naliases: [One, Two]\nsummary: >\n  Two\n  lines\nsource:\n  name: Paper\n  url: https://a.example/x\nlanguage: en\ntags: red, blue\ndate: 2021-04-20\n---\n\nText";
        let front = read(text);
        assert_eq!(front.problems, []);
        assert_eq!(text.get(front.body..), Some("\nText"));
        let meta = front.meta;
        assert_eq!(meta.title, "A: b");
        assert_eq!(meta.aliases, ["One", "Two"]);
        assert_eq!(meta.summary.as_deref(), Some("Two lines"));
        assert_eq!(meta.publisher.as_deref(), Some("Paper"));
        assert_eq!(meta.source.as_deref(), Some("https://a.example/x"));
        assert_eq!(meta.tags, ["red", "blue"]);
        assert_eq!(meta.date.as_deref(), Some("2021-04-20"));
    }

    fn check(text: &str, line: u32, part: &str) {
        let front = read(text);
        let problem = front.problems.first().expect("a problem");
        assert_eq!(problem.line, Some(line), "{problem:?}");
        assert!(problem.message.contains(part), "{problem:?}");
    }

    #[test]
    fn mistakes_are_reported_with_their_line() {
        check("---\ntitle: x\ntag: y\n---\n", 3, "did you mean `tags`");
        check("---\ntitle: [a, b]\n---\n", 2, "`title` must be");
        check("---\nlanguage: klingon\n---\n", 2, "klingon");
        check(
            "---\ntitle: x\ndate: soon\n---\n",
            3,
            "`soon` cannot be a date, so `date` was ignored: write year",
        );
        check(
            "---\npubdate: 2024-13-45\n---\n",
            2,
            "`2024-13-45` cannot be a date, so `pubdate`",
        );
        check(
            "+++\ndate = \"2024-02-30\"\n+++\n",
            2,
            "`2024-02-30` cannot be a date",
        );
        check("---\ntitle: Never closed\n\nText", 1, "not closed");
        check(
            "+++\ntitle = \"x\"\ntag = \"y\"\n+++\n",
            3,
            "did you mean `tags`",
        );
        check(
            "+++\ntitle = \"x\"\nweight =\n+++\nText",
            3,
            "not valid TOML",
        );
        check(
            "---\ndate: 2024\ntitle: A: b\n---\n",
            3,
            "because the value of `title` contains a colon: put it in quotation marks",
        );
        check("---\na: &x [1]\nb: [*x, *x\n---\n", 4, "not valid YAML");
    }

    #[test]
    fn toml_is_read_as_yaml_is() {
        let text = "+++\r\ntitle = \"The ferry\"\r\nweight = 3\r\n# Old names\r\naliases = [\r\n  \"/old/\", 'Boat'\r\n]\r\ndescription = \"How to \\\"cross\\\".\"\r\nkeywords = [\"boat\"]\r\ndate = 2021-04-20\r\n[source]\r\nname = \"Paper\"\r\n[params.deep]\r\nx = 1.5\r\n+++\r\nText";
        let front = read(text);
        assert_eq!((front.problems, front.unused_keys), (vec![], vec![]));
        assert_eq!(text.get(front.body..), Some("Text"));
        let meta = front.meta;
        assert_eq!(meta.title, "The ferry");
        assert_eq!(meta.aliases, ["Boat"]);
        assert_eq!(meta.summary.as_deref(), Some("How to \"cross\"."));
        assert_eq!(meta.tags, ["boat"]);
        assert_eq!(meta.date.as_deref(), Some("2021-04-20"));
        assert_eq!(meta.publisher.as_deref(), Some("Paper"));
        assert_eq!(read("+++\ntitle = 1\nText").body, 0, "not closed");
    }

    #[test]
    fn deep_toml_does_no_harm() {
        for (open, close) in [("a.", "b = 1"), ("a = [", ""), ("[a.", "b]"), ("a={a=", "")] {
            let keys = open.repeat((MAX_BYTES - close.len()) / open.len());
            let front = read(&format!("+++\n{keys}{close}\n+++\nText"));
            assert!(front.body > 0, "{open}");
        }
    }

    #[test]
    fn keys_of_other_programs_are_known() {
        let front = read(
            "---\ntitle: Ferry\nid: x\nsidebar_position: 3\nsidebar_label: By boat\nslug: /ferry\ndescription: How to cross.\nkeywords: [boat]\ncategories: travel\nauthors:\n  - name: Jane\n    url: x\n  - Joe\nlang: fr\npermalink: https://a.example/ferry\nlastmod: 2020\ntableOfContents: false\n---\n",
        );
        assert_eq!((front.problems, front.unused_keys), (vec![], vec![]));
        let meta = front.meta;
        assert_eq!(meta.aliases, ["By boat"]);
        assert_eq!(meta.summary.as_deref(), Some("How to cross."));
        assert_eq!(meta.tags, ["boat", "travel"]);
        assert_eq!(meta.author.as_deref(), Some("Jane, Joe"));
        assert_eq!(meta.language.as_deref(), Some("fr"));
        assert_eq!(meta.source.as_deref(), Some("https://a.example/ferry"));
        let front = read(
            "---\nsummary: Ours\ndescription: Theirs\naliases: [/old/, Boat]\npermalink: /x\n---\n",
        );
        assert_eq!(front.meta.summary.as_deref(), Some("Ours"));
        assert_eq!(front.meta.aliases, ["Boat"]);
        assert_eq!(front.meta.source, None);
        let front = read("---\nmood: good\nweather: bad\n---\n");
        assert_eq!(front.unused_keys, ["mood", "weather"]);
    }

    #[test]
    fn what_is_no_date_is_not_shown_as_one() {
        for keys in [
            "date: soon",
            "date: 2024-13-45",
            "date: true",
            "published: 2024-02-30",
        ] {
            let front = read(&format!("---\n{keys}\n---\n"));
            assert_eq!((front.meta.date, front.problems.len()), (None, 1), "{keys}");
        }
        // Jekyll's way to hide a page is no mistake, and another date counts.
        for keys in ["published: false\ndate: 2024-03-31", "date: 2024-03-31"] {
            let front = read(&format!("---\n{keys}\n---\n"));
            assert_eq!(front.meta.date.as_deref(), Some("2024-03-31"), "{keys}");
            assert_eq!(front.problems, [], "{keys}");
        }
        assert_eq!(read("---\npublished: true\n---\n").meta.date, None);
        let front = read("---\ndate: soon\npubdate: 2024-03-31\n---\n");
        assert_eq!(front.meta.date.as_deref(), Some("2024-03-31"));
    }

    #[test]
    fn text_without_front_matter_is_unchanged() {
        for text in [
            "",
            "---",
            "---\n\nA horizontal rule above the text.\n\n---\n\nMore.",
            "---\n- a\n---\n",
            "text\n---\n",
            "-----\n",
            "--- a\n---\n",
        ] {
            assert_eq!(read(text), FrontMatter::default(), "{text}");
        }
        let source = read("---\nsource: The Paper\n---\n").meta;
        assert_eq!(
            (source.publisher.as_deref(), source.source),
            (Some("The Paper"), None)
        );
    }
}
