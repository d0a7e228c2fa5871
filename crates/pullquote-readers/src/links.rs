//! Addresses of links.

use pullquote_core::article::{MarkKind, ParsedDocument};
use url::{ParseError, Url};

/// Stands in an address for what only a template knows. Such a link is removed.
pub(crate) const UNKNOWN: &str = "\u{FFFC}";

/// Makes the addresses of a document's links whole, as a browser does: they are relative to where it was published. Where that
/// is not known, they stay relative. Links that do not lead to a web page are removed; their text stays.
pub(crate) fn complete(document: &mut ParsedDocument) {
    let source = document.meta.source.as_deref();
    let base = source.and_then(|source| Url::parse(source).ok());
    for block in &mut document.blocks {
        block.marks.retain_mut(|mark| {
            let MarkKind::Link(address) = &mut mark.kind else {
                return true;
            };
            let kind = match completed(address, base.as_ref()) {
                Some(whole) => MarkKind::Link(whole),
                None if is_relative(address) => MarkKind::Relative(std::mem::take(address)),
                None => return false,
            };
            mark.kind = kind;
            true
        });
    }
}

/// Whether an address has no scheme: it leads to a page of the same site, or to another place on this one.
fn is_relative(address: &str) -> bool {
    let is_page = !address.is_empty() && !address.contains(UNKNOWN) && !address.starts_with("//");
    is_page && Url::parse(address) == Err(ParseError::RelativeUrlWithoutBase)
}

fn completed(address: &str, base: Option<&Url>) -> Option<String> {
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https");
    let address = address.trim();
    if address.contains(UNKNOWN) {
        return None;
    }
    match Url::parse(address) {
        // As the author wrote it.
        Ok(url) => is_web(&url).then(|| address.to_owned()),
        Err(_) if address.is_empty() => None,
        Err(_) => {
            let joined = base?.join(address).ok();
            joined.filter(is_web).map(String::from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_without_a_scheme_are_relative() {
        for (address, expected) in [
            ("times.html", true),
            ("/times", true),
            ("#dogs", true),
            ("", false),
            ("//b.example/c", false),
            ("mailto:ann@ferry.example", false),
            ("\u{FFFC}/fares", false),
        ] {
            assert_eq!(is_relative(address), expected, "{address}");
        }
    }

    #[test]
    fn addresses_become_whole() {
        let check = |address: &str, source: Option<&str>, expected: Option<&str>| {
            let base = source.map(|source| Url::parse(source).unwrap());
            let found = completed(address, base.as_ref());
            assert_eq!(found.as_deref(), expected, "{address}");
        };
        let page = Some("https://ferry.example/docs/fares.html");
        check(
            "https://a.example/ü?x#y",
            None,
            Some("https://a.example/ü?x#y"),
        );
        check(
            "times.html",
            page,
            Some("https://ferry.example/docs/times.html"),
        );
        check("../up", page, Some("https://ferry.example/up"));
        check("/top", page, Some("https://ferry.example/top"));
        check("//b.example/c", page, Some("https://b.example/c"));
        check(
            "#dogs",
            page,
            Some("https://ferry.example/docs/fares.html#dogs"),
        );
        for (address, source) in [
            ("times.html", None),
            ("#dogs", None),
            ("mailto:ann@ferry.example", page),
            ("javascript:alert(1)", page),
            ("", page),
            ("https://ferry.example/\u{FFFC}/fares", page),
        ] {
            check(address, source, None);
        }
    }
}
