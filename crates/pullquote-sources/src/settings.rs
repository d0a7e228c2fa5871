//! `sources.toml`: the sources of a knowledge folder, for people to read and edit. What a server has chosen for one of its sources
//! is kept in the same form.
//!
//! ```
//! use pullquote_sources::{Kind, settings};
//!
//! let text = "# Our handbook\n[handbook]\nsitemap = \"https://docs.example/sitemap.xml\"\nevery = \"12 hours\"\n";
//! let sources = settings::read(text)?;
//! assert_eq!((sources[0].name.as_str(), sources[0].kind), ("handbook", Kind::Sitemap));
//! # Ok::<(), settings::SettingsError>(())
//! ```

use crate::source::{Kind, Source, Style};
use std::fmt::Write;
use std::time::Duration;
use toml_edit::{DocumentMut, Item, TableLike, value};

/// The name of the file.
pub const SETTINGS_FILE: &str = "sources.toml";

/// Longest name of a source.
const MAX_NAME: usize = 40;

/// What is wrong with a file of sources.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// It is no TOML.
    #[error("it is not valid TOML: {0}")]
    Toml(String),
    /// A source is not as it should be.
    #[error("the source `{0}` {1}")]
    Source(String, String),
}

/// Reads all sources, in their order.
///
/// # Errors
///
/// If the file or one of its sources is not as it should be.
pub fn read(text: &str) -> Result<Vec<Source>, SettingsError> {
    let document = parse(text)?;
    let sources = document.iter().map(|(name, item)| {
        let source = item
            .as_table_like()
            .ok_or("has no keys: write its name as [NAME]".to_owned());
        let source = source.and_then(|table| source_of(name, table));
        source.map_err(|problem| SettingsError::Source(name.to_owned(), problem))
    });
    sources.collect()
}

/// The text with another source at its end.
///
/// # Errors
///
/// If the text cannot be read, or has a source of that name.
pub fn with(text: &str, source: &Source) -> Result<String, SettingsError> {
    check_name(&source.name)
        .map_err(|problem| SettingsError::Source(source.name.clone(), problem))?;
    if parse(text)?.contains_key(&source.name) {
        let problem = "already exists".to_owned();
        return Err(SettingsError::Source(source.name.clone(), problem));
    }
    let mut new = DocumentMut::new();
    new[source.kind.name()] = value(&source.place);
    let keys = [
        ("within", &source.within),
        ("branch", &source.branch),
        ("folder", &source.folder),
        ("links", &source.links),
    ];
    for (key, set) in keys {
        if let Some(set) = set {
            new[key] = value(set);
        }
    }
    if let Some(role) = source.role {
        new["role"] = value(role.to_string());
    }
    if let Some((name, _)) = Style::NAMES
        .iter()
        .find(|(_, style)| Some(*style) == source.style)
    {
        new["style"] = value(*name);
    }
    if source.private {
        new["private"] = value(true);
    }
    if source.every != Source::DAILY {
        let hours = source.every.as_secs() / Source::HOURLY.as_secs();
        new["every"] = value(format!("{hours} hours"));
    }
    let mut text = text.trim_end().to_owned();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let _ = write!(text, "[{}]\n{new}", source.name);
    Ok(text)
}

/// The text without a source; `None` if it has none of that name. All else stays as it is.
///
/// # Errors
///
/// If the text cannot be read.
pub fn without(text: &str, name: &str) -> Result<Option<String>, SettingsError> {
    let mut document = parse(text)?;
    let removed = document.remove(name);
    Ok(removed.map(|_| document.to_string()))
}

/// Whether a source can have this name: it is also that of a folder.
pub fn is_name(name: &str) -> bool {
    let plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(plain) && !name.starts_with('-')
}

/// Reads how often: `12 hours`, `2 days`.
///
/// # Errors
///
/// A message, if it is neither, or less than an hour.
pub fn duration(text: &str) -> Result<Duration, String> {
    let number: String = text.chars().take_while(char::is_ascii_digit).collect();
    let unit = text.get(number.len()..).unwrap_or_default().trim();
    let hours = match unit {
        "h" | "hour" | "hours" => 1,
        "d" | "day" | "days" => 24,
        _ => 0,
    };
    let hours = number.parse::<u32>().unwrap_or_default().min(10_000) * hours;
    if hours == 0 {
        return Err(format!(
            "`{text}` is not a time of an hour or more, such as `12 hours` or `2 days`"
        ));
    }
    Ok(Source::HOURLY * hours)
}

fn parse(text: &str) -> Result<DocumentMut, SettingsError> {
    let parsed = text.parse::<DocumentMut>();
    parsed.map_err(|error| SettingsError::Toml(error.to_string().trim_end().to_owned()))
}

fn check_name(name: &str) -> Result<(), String> {
    if is_name(name) {
        return Ok(());
    }
    Err(format!(
        "has a name that no folder should have: use up to {MAX_NAME} letters a-z, digits and hyphens"
    ))
}

fn source_of(name: &str, table: &dyn TableLike) -> Result<Source, String> {
    check_name(name)?;
    let places = || {
        let of_hosts = Kind::ALL.iter().filter(|kind| **kind != Kind::Forum);
        let names: Vec<String> = of_hosts.map(|kind| format!("`{}`", kind.name())).collect();
        names.join(", ")
    };
    let mut found = Kind::ALL
        .iter()
        .filter(|kind| table.contains_key(kind.name()));
    let (Some(kind), None) = (found.next(), found.next()) else {
        return Err(format!("needs one of {}", places()));
    };
    let mut source = Source::new(name, *kind, "");
    for (key, item) in table.iter() {
        if key == "private" {
            source.private = private(*kind, item)?;
            continue;
        }
        let text = text(key, item)?;
        match key {
            "within" => source.within = Some(text),
            "branch" => source.branch = Some(text),
            "folder" => source.folder = Some(text.trim_matches('/').to_owned()),
            "links" => source.links = Some(text),
            "style" => source.style = Some(style(&text)?),
            "role" if *kind == Kind::Forum => source.role = text.parse().ok(),
            "every" => {
                source.every = duration(&text).map_err(|wrong| format!("has `every`: {wrong}"))?;
            }
            _ if key == kind.name() => source.place = text,
            _ => {
                return Err(format!(
                    "has an unknown key `{key}`: use one of {}, and `within`, `branch`, `folder`, `links`, `style`, `every`, `private`",
                    places()
                ));
            }
        }
    }
    Ok(source)
}

fn text(key: &str, item: &Item) -> Result<String, String> {
    let text = item.as_str().map(str::trim).filter(|text| !text.is_empty());
    text.map(str::to_owned)
        .ok_or_else(|| format!("needs a text in quotes as `{key}`"))
}

fn private(kind: Kind, item: &Item) -> Result<bool, String> {
    match item.as_bool() {
        Some(_) if matches!(kind, Kind::Export | Kind::Forum) => {
            Err("has `private`, which is for addresses".to_owned())
        }
        Some(is) => Ok(is),
        None => Err("needs true or false, without quotes, as `private`".to_owned()),
    }
}

fn style(name: &str) -> Result<Style, String> {
    let names = || Style::NAMES.map(|(name, _)| format!("`{name}`")).join(", ");
    Style::named(name).ok_or_else(|| format!("has an unknown `style`: use one of {}", names()))
}

#[cfg(test)]
mod tests {
    use super::{duration, is_name, read, with, without};
    use crate::source::{Kind, Source, Style};
    use std::time::Duration;

    const TEXT: &str = "# Ours.\n[handbook]\nsitemap = \"https://docs.example/sitemap.xml\" # all of it\nwithin = \"https://docs.example/en/\"\n\n\
        # Theirs.\n[wiki]\nrepository = \"https://codeberg.org/club/wiki\"\nfolder = \"/docs/\"\nlinks = \"https://club.example/\"\nstyle = \"mkdocs\"\nevery = \"2 days\"\n";

    #[test]
    fn sources_are_read() {
        let sources = read(TEXT).unwrap();
        assert_eq!(
            sources[0].within.as_deref(),
            Some("https://docs.example/en/")
        );
        assert_eq!(sources[0].every, Duration::from_hours(24));
        let wiki = &sources[1];
        assert_eq!(
            (wiki.kind, wiki.folder.as_deref()),
            (Kind::Repository, Some("docs"))
        );
        assert_eq!(
            (wiki.style, wiki.every),
            (Some(Style::Folders), Duration::from_hours(48))
        );
        assert!(read("").unwrap().is_empty());
    }

    #[test]
    fn what_is_added_can_be_read_and_removed_and_the_rest_stays() {
        let mut source = Source::new("news", Kind::Feed, "https://a.example/\"feed\"");
        source.every = Duration::from_hours(3);
        source.style = Some(Style::Html);
        source.private = true;
        let added = with(TEXT, &source).unwrap();
        assert!(added.starts_with(TEXT));
        assert_eq!(read(&added).unwrap()[2], source);
        assert!(
            with(&added, &source)
                .unwrap_err()
                .to_string()
                .contains("`news` already exists")
        );
        let removed = without(&added, "news").unwrap().unwrap();
        assert_eq!(removed.trim_end(), TEXT.trim_end());
        assert_eq!(without(TEXT, "news").unwrap(), None);
        let first = without(TEXT, "handbook").unwrap().unwrap();
        assert!(first.contains("# Theirs.") && !first.contains("docs.example"));
        assert_eq!(read(&with("", &source).unwrap()).unwrap(), [source]);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, part) in [
            ("[a", "not valid TOML"),
            ("a = 1", "`a` has no keys"),
            ("[a]", "`a` needs one of `page`"),
            ("[a]\npage = 'x'\nfeed = 'y'", "needs one of"),
            ("[a]\npage = 1", "needs a text in quotes as `page`"),
            ("[a]\npage = 'x'\nevrey = '1 day'", "unknown key `evrey`"),
            (
                "[a]\npage = 'x'\nevery = '5 minutes'",
                "`5 minutes` is not a time of an hour",
            ),
            ("[a]\nexport = 'x'\nstyle = 'x'", "use one of `docusaurus`"),
            ("['../a']\npage = 'x'", "a name that no folder should have"),
            ("[a]\npage = 'x'\nprivate = 'yes'", "needs true or false"),
            (
                "[a]\nexport = 'x'\nprivate = true",
                "which is for addresses",
            ),
        ] {
            let message = read(text).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn durations_and_names() {
        assert_eq!(duration("12h"), Ok(Duration::from_hours(12)));
        assert_eq!(duration("1 day"), Ok(Duration::from_hours(24)));
        for wrong in ["", "day", "0 days", "30 minutes", "99999999999 days"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
        for (name, expected) in [
            ("a-1", true),
            ("", false),
            ("-a", false),
            ("A", false),
            ("a/b", false),
            ("..", false),
        ] {
            assert_eq!(is_name(name), expected, "{name}");
        }
    }
}
