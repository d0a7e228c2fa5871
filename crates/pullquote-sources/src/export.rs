//! The pages in an archive: an export of Notion or Obsidian, or the folder of a site that Docusaurus, `MkDocs` or mdBook makes.
//!
//! What such tools add to Markdown, the Markdown reader reads. What is left is how they name files, and at which addresses the
//! pages are published.

use crate::paths::{free_path, safe_path};
use crate::source::{Source, Style};
use std::collections::HashSet;
use url::Url;

/// A page of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedPage {
    /// Its path in the archive.
    pub id: String,
    /// The path of its copy.
    pub file: String,
    /// Where it is published, if that is known.
    pub address: Option<String>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Bytes at the beginning of a file in which its front matter is looked for.
const FRONT_MATTER: usize = 16 * 1024;

/// The archive of a source: makes pages of its files, one after the other.
#[derive(Debug)]
pub struct Export<'a> {
    source: &'a Source,
    paths: HashSet<String>,
    style: Style,
    /// Paths of copies, in lower case.
    taken: HashSet<String>,
}

impl<'a> Export<'a> {
    /// An archive with files at these paths that can be articles, and others.
    pub fn new(source: &'a Source, paths: HashSet<String>, others: &[String]) -> Self {
        Self {
            style: source.style.unwrap_or_else(|| style(&paths, others)),
            source,
            paths,
            taken: HashSet::new(),
        }
    }

    /// Whether the source wants the file at a path.
    pub fn wants(&self, path: &str) -> bool {
        inside(path, self.source.folder.as_deref()).is_some()
            && !is_shorter_table(path, &self.paths)
    }

    /// The page in a file, if the source wants it. `page_of` is where the file can be looked at if the pages are not published
    /// elsewhere. Of two files that would have the same copy, the second gets a number.
    pub fn page(
        &mut self,
        id: String,
        bytes: Vec<u8>,
        page_of: impl Fn(&str) -> Option<String>,
    ) -> Option<ExportedPage> {
        if !self.wants(&id) {
            return None;
        }
        let path = inside(&id, self.source.folder.as_deref())?;
        let address = match (own_address(&bytes), self.source.links.as_deref()) {
            (Some(own), _) => Some(own),
            (None, Some(links)) => published(links, path, self.style, &bytes),
            (None, None) => page_of(&id),
        };
        let file = free_path(safe_path(&without_ids(path)), &mut self.taken);
        Some(ExportedPage {
            id,
            file,
            address,
            bytes,
        })
    }
}

/// The path below a folder; `None` for what is elsewhere.
fn inside<'a>(path: &'a str, folder: Option<&str>) -> Option<&'a str> {
    match folder {
        None | Some("") => Some(path),
        Some(folder) => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// The style of an archive, by the settings of the tool in it, or by its names.
fn style(paths: &HashSet<String>, others: &[String]) -> Style {
    let is_there = |name: &str| {
        let mut all = paths.iter().chain(others);
        all.any(|path| path.rsplit('/').next() == Some(name))
    };
    if is_there("mkdocs.yml") || is_there("mkdocs.yaml") {
        Style::Folders
    } else if is_there("book.toml") {
        Style::Html
    } else if paths.iter().any(|path| id_of(stem(path)).is_some()) {
        Style::Notion
    } else {
        Style::Plain
    }
}

/// The number that Notion puts behind the title of a page: 32 hexadecimal digits after a space.
fn id_of(stem: &str) -> Option<&str> {
    let (_, id) = stem.rsplit_once(' ')?;
    let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then_some(id)
}

/// The name of a file without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A path without the numbers that Notion puts behind titles.
fn without_ids(path: &str) -> String {
    let names = path.split('/').map(|name| {
        let (stem, end) = match name.rsplit_once('.') {
            Some((stem, end)) => (stem, Some(end)),
            None => (name, None),
        };
        let (stem, all) = match stem.strip_suffix("_all") {
            Some(shorter) if id_of(shorter).is_some() => (shorter, true),
            _ => (stem, false),
        };
        let title = match id_of(stem) {
            Some(id) => stem.strip_suffix(id).unwrap_or(stem).trim_end(),
            None if all => return name.to_owned(),
            None => stem,
        };
        match end {
            Some(end) => format!("{title}.{end}"),
            None => title.to_owned(),
        }
    });
    names.collect::<Vec<_>>().join("/")
}

/// Whether a table of Notion is there with all its rows as well.
fn is_shorter_table(path: &str, paths: &HashSet<String>) -> bool {
    let whole = path
        .strip_suffix(".csv")
        .map(|path| format!("{path}_all.csv"));
    id_of(stem(path)).is_some() && whole.is_some_and(|whole| paths.contains(&whole))
}

/// The address in the front matter of a file.
fn own_address(bytes: &[u8]) -> Option<String> {
    let front = front_matter(bytes)?;
    let keys = ["source", "canonical_url", "canonical"];
    let own = keys.iter().find_map(|key| value(&front, key));
    own.filter(|address| address.starts_with("http"))
}

/// Where a page is published, below the address of its folder.
fn published(links: &str, path: &str, style: Style, bytes: &[u8]) -> Option<String> {
    let mut base = Url::parse(links).ok()?;
    base.path_segments_mut().ok()?.pop_if_empty().push("");
    if style == Style::Notion {
        return Some(base.join(id_of(stem(path))?).ok()?.into());
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    let stem = stem(path);
    let is_index = matches!(
        stem.to_ascii_lowercase().as_str(),
        "index" | "readme" | "_index"
    );
    let slug = front_matter(bytes).and_then(|front| value(&front, "slug"));
    let name = match slug.as_deref() {
        Some(slug) if slug.starts_with('/') => {
            parts.clear();
            slug
        }
        Some(slug) => slug,
        None if is_index => "",
        None => stem,
    };
    if style == Style::Plain {
        // Docusaurus orders pages by numbers before their names.
        parts = parts.into_iter().map(without_number).collect();
    }
    let name = if style == Style::Plain && slug.is_none() {
        without_number(name)
    } else {
        name
    };
    let end = match style {
        Style::Folders if !name.is_empty() => "/",
        Style::Html if name.is_empty() => "index.html",
        Style::Html => ".html",
        _ => "",
    };
    let mut segments = base.path_segments_mut().ok()?;
    segments.pop_if_empty().extend(&parts);
    let name = format!("{name}{end}");
    segments.extend(name.trim_start_matches('/').split('/'));
    drop(segments);
    Some(base.into())
}

/// `01-intro` -> `intro`.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let named = rest
        .strip_prefix(['-', '_', '.'])
        .map(|rest| rest.trim_start_matches(['-', ' ']));
    match named {
        Some(named) if rest.len() < name.len() && named.starts_with(char::is_alphabetic) => named,
        _ => name,
    }
}

/// The lines between the two of dashes at the start of a Markdown file.
fn front_matter(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..bytes.len().min(FRONT_MATTER))?;
    let text = String::from_utf8_lossy(start).replace("\r\n", "\n");
    let text = text.trim_start_matches('\u{feff}').strip_prefix("---\n")?;
    let (front, _) = text.split_once("\n---")?;
    Some(front.to_owned())
}

/// The value of a key that is on one line.
fn value(front: &str, key: &str) -> Option<String> {
    let mut lines = front.lines();
    let found = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    let value = found.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Export, without_ids, without_number};
    use crate::source::{Kind, Source, Style};

    const ID: &str = "0123456789abcdef0123456789abcdef";

    fn addresses(
        source: &Source,
        files: &[(&str, &str)],
        others: &[&str],
    ) -> Vec<(String, Option<String>)> {
        let others: Vec<String> = others.iter().map(|&path| path.to_owned()).collect();
        let paths = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let mut export = Export::new(source, paths, &others);
        let pages = files.iter().filter_map(|(path, text)| {
            let bytes = text.as_bytes().to_vec();
            export.page((*path).to_owned(), bytes, |path| {
                Some(format!("file:{path}"))
            })
        });
        pages.map(|page| (page.file, page.address)).collect()
    }

    fn check(source: &Source, others: &[&str], expected: &[(&str, &str, &str)]) {
        for (path, text, address) in expected {
            let found = addresses(source, &[(path, text)], others);
            assert_eq!(found[0].1.as_deref(), Some(*address), "{path}");
        }
    }

    fn published() -> Source {
        let mut source = Source::new("a", Kind::Export, "a.zip");
        source.links = Some("https://a.example/docs".to_owned());
        source
    }

    #[test]
    fn docusaurus() {
        check(
            &published(),
            &["docusaurus.config.js"],
            &[
                ("a/b.md", "", "https://a.example/docs/a/b"),
                ("01-a/02-b.mdx", "", "https://a.example/docs/a/b"),
                ("a/index.md", "", "https://a.example/docs/a/"),
                (
                    "a/b.md",
                    "---\nslug: c\n---\n",
                    "https://a.example/docs/a/c",
                ),
                (
                    "a/b.md",
                    "---\ntitle: B\nslug: \"/d/e\"\n---\n",
                    "https://a.example/docs/d/e",
                ),
                (
                    "a/b.md",
                    "---\nsource: https://b.example/\n---\n",
                    "https://b.example/",
                ),
            ],
        );
    }

    #[test]
    fn mkdocs_and_mdbook() {
        check(
            &published(),
            &["site/mkdocs.yml"],
            &[
                ("a/b.md", "", "https://a.example/docs/a/b/"),
                ("a/01-b.md", "", "https://a.example/docs/a/01-b/"),
                ("index.md", "", "https://a.example/docs/"),
            ],
        );
        check(
            &published(),
            &["book.toml"],
            &[
                ("a/b c.md", "", "https://a.example/docs/a/b%20c.html"),
                ("README.md", "", "https://a.example/docs/index.html"),
            ],
        );
    }

    #[test]
    fn notion() {
        let (page, table) = (
            format!("Club {ID}/House rules {ID}.md"),
            format!("Tasks {ID}.csv"),
        );
        let whole = format!("Tasks {ID}_all.csv");
        let files = [
            (&*page, "# House rules\n"),
            (&*table, "a,b\n"),
            (&*whole, "a,b\n"),
        ];
        let mut source = published();
        let found = addresses(&source, &files, &[]);
        let names: Vec<&str> = found.iter().map(|(file, _)| &**file).collect();
        assert_eq!(names, ["Club/House rules.md", "Tasks.csv"]);
        let address = format!("https://a.example/docs/{ID}");
        assert_eq!(found[0].1.as_deref(), Some(&*address));
        assert_eq!(found[1].1, None, "its name ends in `_all`");
        source.style = Some(Style::Plain);
        assert!(
            addresses(&source, &files, &[])[0]
                .1
                .as_deref()
                .unwrap()
                .contains("/House%20rules")
        );
        assert_eq!(without_ids("a_all.csv"), "a_all.csv");
    }

    #[test]
    fn titles_that_collide_are_two_files() {
        let other = ID.replace('0', "f");
        let files = [format!("Rules {ID}.md"), format!("Rules {other}.md")];
        let files = [(&*files[0], "a"), (&*files[1], "b")];
        let found = addresses(&Source::new("a", Kind::Export, "a.zip"), &files, &[]);
        assert_eq!((&*found[0].0, &*found[1].0), ("Rules.md", "Rules-2.md"));
    }

    #[test]
    fn only_the_folder_of_the_source_counts() {
        let mut source = Source::new("a", Kind::Repository, "");
        source.folder = Some("docs".to_owned());
        let found = addresses(
            &source,
            &[("docs/a.md", ""), ("docs.md", ""), ("src/b.md", "")],
            &[],
        );
        assert_eq!(
            found,
            [("a.md".to_owned(), Some("file:docs/a.md".to_owned()))]
        );
    }

    #[test]
    fn numbers_that_order_pages() {
        for (name, expected) in [
            ("01-intro", "intro"),
            ("2. intro", "intro"),
            ("2026-01-02", "2026-01-02"),
            ("404", "404"),
            ("7zip", "7zip"),
        ] {
            let name = without_number(name).trim_start();
            assert_eq!(name, expected);
        }
    }
}
