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

/// The first HTTP or HTTPS address in a text, with the text before and after it. Punctuation behind an address is not
/// part of it, nor is a bracket that was opened before it.
pub(super) fn address_in(text: &str) -> Option<(&str, &str, &str)> {
    let schemes = ["https://", "http://"];
    let start = schemes
        .iter()
        .filter_map(|scheme| text.find(scheme))
        .min()?;
    let (before, rest) = text.split_at(start);
    let ends = |letter: char| letter.is_whitespace() || "<>\"`|*\\".contains(letter);
    let mut address = rest.split(ends).next()?;
    loop {
        let is_open = |open: char, close: char| {
            address.ends_with(close)
                && address.matches(close).count() > address.matches(open).count()
        };
        let is_left_open = is_open('(', ')') || is_open('[', ']');
        if !is_left_open && !address.ends_with(['.', ',', ';', ':', '!', '?', '\'', '…', '。', '”'])
        {
            break;
        }
        let last = address.chars().next_back()?;
        address = address.strip_suffix(last)?;
    }
    Some((before, address, rest.strip_prefix(address)?))
}

#[cfg(test)]
mod tests {
    use super::{address_in, link_target};

    #[test]
    fn addresses_end_before_punctuation() {
        for (text, expect) in [
            ("no address: http:/x", None),
            (
                "at https://a.example/b.",
                Some(("at ", "https://a.example/b", ".")),
            ),
            (
                "(https://a.example/b_(c))",
                Some(("(", "https://a.example/b_(c)", ")")),
            ),
            (
                "<http://a.example?x=1#y>",
                Some(("<", "http://a.example?x=1#y", ">")),
            ),
            ("https://", Some(("", "https://", ""))),
        ] {
            assert_eq!(address_in(text), expect, "{text}");
        }
    }

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
