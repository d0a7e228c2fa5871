//! Checks addresses before they become links.

use super::limits::{URL, length};
use pullquote_core::text::safe;

/// An http(s) address that Discord shows as a link, with the characters that end a Markdown link
/// percent-encoded. `None` for other schemes, user names in the address, white space, control or
/// bidirectional characters, and anything longer than [`URL`].
pub fn link_target(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain_host = !host.is_empty() && !host.contains(['@', '\\']);
    let forbidden = |letter: char| letter.is_whitespace() || letter.is_control();
    if !plain_host || url.contains(forbidden) || safe(url) != url || url.len() > URL {
        return None;
    }
    let mut target = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '(' => target.push_str("%28"),
            ')' => target.push_str("%29"),
            '<' => target.push_str("%3C"),
            '>' => target.push_str("%3E"),
            '"' => target.push_str("%22"),
            '\\' => target.push_str("%5C"),
            other => target.push(other),
        }
    }
    (length(&target) <= URL).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::link_target;

    #[test]
    fn accepts_http_addresses_and_encodes_what_ends_a_link() {
        for (url, expect) in [
            ("https://example.org/", Some("https://example.org/")),
            (
                " http://example.org/a_(b) ",
                Some("http://example.org/a_%28b%29"),
            ),
            (
                "https://example.org/<x>",
                Some("https://example.org/%3Cx%3E"),
            ),
            ("javascript:alert(1)", None),
            ("ftp://example.org/", None),
            ("https://", None),
            ("https://good.example@evil.example/", None),
            ("https://example.org/a b", None),
            ("https://example.org/\u{202e}gpj", None),
        ] {
            assert_eq!(link_target(url).as_deref(), expect, "{url}");
        }
        assert_eq!(
            link_target(&format!("https://a.example/{}", "x".repeat(600))),
            None
        );
    }
}
