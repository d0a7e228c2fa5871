//! Files that documentation folders contain and that are not articles, recognized by their names.

use pullquote_core::article::file_stem;
use pullquote_readers::Format;

/// Name of the file in which an operator lists what is not to be read, by the rules of `.gitignore`.
pub(crate) const IGNORE_FILE: &str = ".pullquoteignore";

/// Lists of links beside the pages of a wiki or a book.
const NAVIGATION: &[&str] = &[
    "_sidebar",
    "_footer",
    "_header",
    "_menu",
    "_navbar",
    "_coverpage",
    "_toc",
];
/// Legal texts of software. Their names are written in capitals; `license.md` may be an article.
const LEGAL: &[&str] = &["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"];

/// What a file is, if it is not an article.
pub(crate) fn kind(name: &str) -> Option<&'static str> {
    let stem = file_stem(name);
    let folded = stem.to_ascii_lowercase();
    let is_legal = |legal: &&str| {
        let rest = stem.strip_prefix(*legal);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
    };
    let is_template = matches!(folded.as_str(), "template" | "_template" | "issue_template")
        || stem.ends_with("_TEMPLATE")
        || folded.starts_with("pull_request_template");
    if NAVIGATION.contains(&folded.as_str()) || stem == "SUMMARY" {
        Some("navigation")
    } else if LEGAL.iter().any(is_legal) {
        Some("a licence")
    } else if is_template {
        Some("a template")
    } else {
        None
    }
}

/// Whether a file or folder is hidden, or a copy or note that an editor or the operating system keeps beside the files.
pub fn is_hidden(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = ["~", ".bak", ".swp"];
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with('#') && name.ends_with('#')
        || ends.iter().any(|end| name.ends_with(end))
        || ["thumbs.db", "desktop.ini", "__macosx"].contains(&name.as_str())
}

/// Whether a file is a README that can be an article. One without an extension is for those who look into the folder.
pub(crate) fn is_readme(name: &str) -> bool {
    is_called_readme(name) && name.contains('.') && Format::of_path(name).is_some()
}

/// Whether a file or folder is called README.
pub(crate) fn is_called_readme(name: &str) -> bool {
    file_stem(name).eq_ignore_ascii_case("readme")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_that_are_not_articles() {
        let check = |name, expected| assert_eq!(kind(name), expected, "{name}");
        check("_Sidebar.md", Some("navigation"));
        check("_footer.md", Some("navigation"));
        check("SUMMARY.md", Some("navigation"));
        check("summary.md", None);
        check("LICENSE", Some("a licence"));
        check("LICENSE-MIT.txt", Some("a licence"));
        check("COPYING.md", Some("a licence"));
        check("license.md", None);
        check("LICENSED.md", None);
        check("template.md", Some("a template"));
        check("PULL_REQUEST_TEMPLATE.md", Some("a template"));
        check("email-template.md", None);
        check("_index.md", None);
    }

    #[test]
    fn files_of_editors_and_operating_systems() {
        let check = |name, expected| assert_eq!(is_hidden(name), expected, "{name}");
        for name in [
            ".git",
            "..",
            "~$rules.docx",
            "rules.md~",
            "rules.md.bak",
            "rules.BAK",
            "#rules.md#",
            "rules.swp",
            ".DS_Store",
            "Thumbs.db",
            "Desktop.ini",
            "__MACOSX",
        ] {
            check(name, true);
        }
        for name in ["rules.md", "#1.md", "~rules.md", "desktop.md", "bak"] {
            check(name, false);
        }
    }

    #[test]
    fn readmes() {
        let check = |name, expected| assert_eq!(is_readme(name), expected, "{name}");
        check("README.md", true);
        check("readme.html", true);
        check("README", false);
        check("README.xyz", false);
        check("readmes.md", false);
    }
}
