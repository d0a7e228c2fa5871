//! Checks a place that is typed as a source, before anything is fetched or written.

use anyhow::{Result, bail};
use std::path::Path;

/// Whether a place is an export on this machine, and not an address: what is there is only known once it is fetched. The error
/// says what is wrong with a place that is neither.
pub(super) fn is_export(place: &str) -> Result<bool> {
    if place.contains("://") {
        return Ok(false);
    }
    let path = Path::new(place);
    if !path.exists() {
        if looks_like_address(place) {
            bail!("`{place}` has no scheme: write `https://{place}`");
        }
        bail!("there is no file `{place}`");
    }
    let extension = extension(path);
    if path.is_dir() || !["zip", "xml"].contains(&extension.as_str()) {
        bail!(
            "`{place}` is not an export (.zip or .xml): folders and single files belong in the knowledge folder"
        );
    }
    Ok(true)
}

/// Whether a place begins with the name of a host, such as `example.org/wiki`; `rules.md` is rather a file.
fn looks_like_address(place: &str) -> bool {
    let host = place.split(['/', ':']).next().unwrap_or_default();
    let is_host = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-');
    let Some((name, end)) = host.rsplit_once('.') else {
        return false;
    };
    let extension = format!(".{}", extension(Path::new(host)));
    let articles = pullquote_readers::suggested_extensions();
    let mut files = articles.split([',', ' ']).chain([".zip", ".xml"]);
    !name.is_empty()
        && !name.starts_with('.')
        && host.chars().all(is_host)
        && end.chars().count() > 1
        && end.chars().all(char::is_alphabetic)
        && !files.any(|file| file == extension)
}

fn extension(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default();
    extension.to_string_lossy().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::is_export;

    #[test]
    fn what_is_no_source_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        for name in ["rules.md", "export.ZIP"] {
            std::fs::write(path(name), "").unwrap();
        }
        for (place, wrong) in [
            ("https://example.org", None),
            (&path("export.ZIP"), None),
            (&path("rules.md"), Some("belong in the knowledge folder")),
            (&path(""), Some("belong in the knowledge folder")),
            (&path("missing.zip"), Some("there is no file")),
            ("missing.zip", Some("there is no file `missing.zip`")),
            ("rules.md", Some("there is no file `rules.md`")),
            ("./artciles", Some("there is no file `./artciles`")),
            ("foo.com", Some("write `https://foo.com`")),
            ("foo.com/faq.html", Some("write `https://foo.com/faq.html`")),
        ] {
            let said = is_export(place).err().map(|error| error.to_string());
            assert_eq!(said.is_some(), wrong.is_some(), "{place}: {said:?}");
            let said = said.unwrap_or_default();
            assert!(said.contains(wrong.unwrap_or_default()), "{place}: {said}");
        }
    }
}
