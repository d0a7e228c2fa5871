//! Where the copies of pages are kept: paths that are safe on every system.

use std::collections::HashSet;
use std::hash::BuildHasher;
use url::Url;

/// Longest name of a file or folder, in characters.
const MAX_NAME: usize = 80;
/// Folders that a file may be in; the names of deeper ones are joined.
const MAX_DEPTH: usize = 12;
/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// The path of the copy of a page: its own, with the ending of its format. `format` is the name of a file of that format.
///
/// ```
/// use pullquote_sources::file_path;
///
/// assert_eq!(file_path("https://a.example/guide/ferry.php?id=7", "x.html"), "guide/ferry.php-id-7.html");
/// assert_eq!(file_path("https://a.example/", "x.html"), "index.html");
/// assert_eq!(file_path("https://a.example/faq.md", "x.md"), "faq.md");
/// ```
pub fn file_path(address: &str, format: &str) -> String {
    let extension = format.rsplit_once('.').map_or("txt", |(_, end)| end);
    let Ok(url) = Url::parse(address) else {
        return safe_path(&format!("{address}.{extension}"));
    };
    let path = url.path().trim_matches('/');
    let path = path.strip_suffix(&format!(".{extension}")).unwrap_or(path);
    let path = if path.is_empty() { "index" } else { path };
    let query = url.query().map(|query| format!("-{query}"));
    let query = query.unwrap_or_default();
    safe_path(&format!("{path}{query}.{extension}"))
}

/// A path of plain names: nothing in it hides, leads out of a folder, or means something to a system.
pub(crate) fn safe_path(path: &str) -> String {
    let names = path.split(['/', '\\']).filter(|name| !name.is_empty());
    let mut names: Vec<String> = names.map(safe_name).collect();
    let file = names.pop().unwrap_or_default();
    // No folder has the name of a file.
    let mut names: Vec<String> = names
        .into_iter()
        .map(|name| name.replace('.', "_"))
        .collect();
    names.push(file);
    let (folders, rest) = names.split_at(names.len().min(MAX_DEPTH));
    let mut folders = folders.join("/");
    for name in rest {
        folders.push('-');
        folders.push_str(name);
    }
    folders
}

fn safe_name(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ' ');
    let name: String = name
        .chars()
        .map(|letter| if plain(letter) { letter } else { '-' })
        .collect();
    let name = name.trim_matches([' ', '-']).trim_start_matches('.');
    let (stem, end) = match name.rsplit_once('.') {
        Some((stem, end)) if end.len() <= 8 => (stem, format!(".{end}")),
        _ => (name, String::new()),
    };
    let stem: String = stem.chars().take(MAX_NAME).collect();
    let stem = stem.trim_end_matches(['.', ' ', '-']);
    let is_device = DEVICES.contains(&stem.to_ascii_lowercase().as_str());
    if stem.is_empty() || is_device {
        return format!("{stem}_{end}");
    }
    format!("{stem}{end}")
}

/// The path, with a number if another page has it. `taken` contains paths in lower case, because some systems do not
/// tell upper from lower case.
pub fn free_path<S: BuildHasher>(path: String, taken: &mut HashSet<String, S>) -> String {
    if taken.insert(path.to_lowercase()) {
        return path;
    }
    let (stem, extension) = path.rsplit_once('.').unwrap_or((&path, "txt"));
    let mut numbered = (2..).map(|number| format!("{stem}-{number}.{extension}"));
    let free = numbered.find(|path| taken.insert(path.to_lowercase()));
    free.unwrap_or_else(|| path.clone())
}

#[cfg(test)]
mod tests {
    use super::{file_path, free_path, safe_path};
    use std::collections::HashSet;

    #[test]
    fn paths_stay_in_their_folder() {
        for (path, expected) in [
            ("a/b.md", "a/b.md"),
            ("../../etc/passwd.md", "_/_/etc/passwd.md"),
            ("/a//b.md", "a/b.md"),
            ("c:\\b.md", "c/b.md"),
            (".hidden.md", "hidden.md"),
            ("a/.md", "a/md"),
            ("a.md/v1.2/b.md", "a_md/v1_2/b.md"),
            ("CON.md", "CON_.md"),
            ("a\0b\n.md", "a-b.md"),
            ("Fähre: wann?.md", "Fähre- wann.md"),
        ] {
            assert_eq!(safe_path(path), expected, "{path}");
        }
        let long = safe_path(&format!("{}/{}.md", "a/".repeat(30), "x".repeat(300)));
        assert!(long.matches('/').count() < 12 && long.len() < 300, "{long}");
        assert_eq!(
            file_path("https://a.example/%2e%2e/%2e%2e/x", "p.html"),
            "x.html"
        );
    }

    #[test]
    fn a_path_is_given_once() {
        let mut taken = HashSet::new();
        for expected in ["a.md", "A-2.md", "a-3.md"] {
            let path = if expected.starts_with('A') {
                "A.md"
            } else {
                "a.md"
            };
            assert_eq!(free_path(path.to_owned(), &mut taken), expected);
        }
    }
}
