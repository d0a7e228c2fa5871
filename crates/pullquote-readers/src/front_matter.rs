//! What a file says of itself above its text: YAML between two lines of `---`.

use pullquote_core::article::{Metadata, Problem};
use pullquote_core::text::closest;
use serde_norway::Value;

/// A file's front matter, and where its text begins.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    pub(super) meta: Metadata,
    /// Byte offset of what follows.
    pub(super) body: usize,
    pub(super) problems: Vec<Problem>,
}

/// Front matter above this many bytes is not read: nobody writes that much about an article, and YAML
/// can be made to cost a lot.
const MAX_BYTES: usize = 16 * 1024;

/// The keys that are understood.
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

/// Reads the front matter of `text`, if it has any.
pub(super) fn read(text: &str) -> FrontMatter {
    let mut front = FrontMatter::default();
    let Some(Block { yaml, body, closed }) = Block::of(text) else {
        if let Some(body) = toml(text) {
            let message =
                "front matter in TOML is not read: write it as YAML between lines of `---`";
            front.problems.push(Problem::warning(Some(1), message));
            front.body = body;
        }
        return front;
    };
    front.body = body;
    if !closed {
        let message = "the front matter is not closed: put a line of `---` below its last key";
        front.problems.push(Problem::warning(Some(1), message));
    }
    if yaml.len() > MAX_BYTES {
        let message = "the front matter is longer than 16 KB and was not read: shorten it";
        front.problems.push(Problem::warning(Some(1), message));
        return front;
    }
    match serde_norway::from_str::<Value>(yaml) {
        Ok(Value::Mapping(entries)) => {
            for (key, value) in entries {
                let key = scalar(&key).unwrap_or_default();
                front.take(&key, &value, line_of(yaml, &key));
            }
        }
        Ok(_) => {}
        Err(error) => {
            let line = error.location().map_or(1, |place| place.line() as u32 + 1);
            let message = format!("the front matter is not valid YAML and was not used: {error}");
            front.problems.push(Problem::warning(Some(line), message));
        }
    }
    front
}

/// The front matter in a file.
struct Block<'a> {
    yaml: &'a str,
    /// Where the text after it begins.
    body: usize,
    /// Whether a line of dashes ends it; else it ends with its last key.
    closed: bool,
}

impl<'a> Block<'a> {
    /// What stands between two lines of dashes, where it begins with a key: a text may begin with a rule.
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
                let yaml = text.get(start..at)?;
                return Some(Self {
                    yaml,
                    body: next,
                    closed: true,
                });
            }
            let goes_on = is_key(line) || line.starts_with([' ', '\t', '-', '#']);
            if keys_end.is_none() && !goes_on {
                keys_end = Some(at);
            }
            at = next;
        }
        let body = keys_end.unwrap_or(at);
        let yaml = text.get(start..body)?;
        Some(Self {
            yaml,
            body,
            closed: false,
        })
    }
}

/// `title: ...`
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

/// Where the text begins after front matter that static site generators write in TOML.
fn toml(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("+++\n")?;
    let end = rest.find("\n+++\n")?;
    Some(text.len() - rest.len() + end + "\n+++\n".len())
}

impl FrontMatter {
    fn take(&mut self, key: &str, value: &Value, line: Option<u32>) {
        let meta = &mut self.meta;
        let text = scalar(value);
        let known = KEYS.contains(&key);
        match (key, text) {
            ("title", Some(text)) => meta.title = text,
            ("summary", Some(text)) => meta.summary = Some(text),
            ("publisher", Some(text)) => meta.publisher = Some(text),
            ("author", Some(text)) => meta.author = Some(text),
            ("date", Some(text)) => meta.date = Some(text),
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
            ("aliases", _) => meta.aliases = list(value),
            ("tags", _) => meta.tags = list(value),
            _ if known && value.is_null() => {}
            _ if known => self.problems.push(Problem::warning(
                line,
                format!("`{key}` must be a line of text"),
            )),
            _ => {
                let hint = match closest(key, KEYS.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("known are {}", KEYS.join(", ")),
                };
                let message =
                    format!("`{key}` in the front matter is not known and was passed over: {hint}");
                self.problems.push(Problem::warning(line, message));
            }
        }
        let language = self.meta.language.as_deref().filter(|_| key == "language");
        if let Some(code) =
            language.filter(|code| pullquote_core::text::Language::from_code(code).is_none())
        {
            let message = format!(
                "`{code}` is no language code that is known, such as `en` or `pt-BR`: the text decides"
            );
            self.problems.push(Problem::warning(line, message));
        }
    }
}

/// A line of text, however YAML sees it: `2021` and `true` are words here.
fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A list of lines; a single one may stand without a list, or several with commas between.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(items) => items.iter().filter_map(scalar).collect(),
        _ => scalar(value).map_or_else(Vec::new, |line| {
            line.split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect()
        }),
    }
}

/// The line of the file that a key stands in.
fn line_of(yaml: &str, key: &str) -> Option<u32> {
    let holds = |line: &str| {
        let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    };
    yaml.lines().position(holds).map(|line| line as u32 + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_an_author_may_say() {
        let text = "---\ntitle: A: b\n---\nx";
        assert_eq!(
            read(text).problems.len(),
            1,
            "a colon needs quotation marks"
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
    fn mistakes_are_named_with_their_line() {
        check("---\ntitle: x\ntag: y\n---\n", 3, "did you mean `tags`");
        check("---\nmood: good\n---\n", 2, "known are title");
        check("---\ntitle: [a, b]\n---\n", 2, "`title` must be");
        check("---\nlanguage: klingon\n---\n", 2, "klingon");
        check("---\ntitle: Never closed\n\nText", 1, "not closed");
        check("+++\ntitle = \"x\"\n+++\nText", 1, "TOML");
        check("---\na: &x [1]\nb: [*x, *x\n---\n", 4, "not valid YAML");
    }

    #[test]
    fn text_without_front_matter_is_left_alone() {
        for text in [
            "",
            "---",
            "---\n\nA rule above the text.\n\n---\n\nMore.",
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
