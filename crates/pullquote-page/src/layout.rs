//! What every page has: head, navigation, and words for numbers.

use maud::{DOCTYPE, Markup, html};
use pullquote_core::text::safe;

/// The style of all pages, with that of Discord's messages.
pub const STYLE: &str = concat!(include_str!("style.css"), include_str!("picture.css"));

/// The pages in the navigation: address and name.
const PAGES: [(&str, &str); 4] = [
    ("/", "Overview"),
    ("/articles", "Articles"),
    ("/try", "Try a question"),
    ("/unanswered", "Unanswered"),
];

/// A page. `here` is its address in the navigation, if it is there. Marks that change the direction of writing are left out.
pub(crate) fn page(title: &str, here: &str, content: &Markup) -> String {
    safe(&exact_page(title, here, content))
}

/// A page with every character of its texts, for those that send them back.
pub(crate) fn exact_page(title: &str, here: &str, content: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Pullquote" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/style.css";
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header {
                    p.brand { "Pullquote" }
                    @if !here.is_empty() {
                        nav aria-label="Pages" {
                            ul {
                                @for (address, name) in PAGES {
                                    li {
                                        a href=(address) aria-current=[(address == here).then_some("page")] { (name) }
                                    }
                                }
                            }
                        }
                    }
                }
                main #content tabindex="-1" {
                    h1 { (title) }
                    (content)
                }
            }
        }
    };
    page.into_string()
}

/// Text with parts in backticks, which become code.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        bdi {
            @for (at, part) in text.split('`').enumerate() {
                @if at % 2 == 0 { (part) } @else { code { (part) } }
            }
        }
    }
}

/// `1 article`, `2 articles`, `10,000 articles`.
pub(crate) fn counted(count: u64, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {what}{ending}", grouped(count))
}

/// `10,000`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `just now`, `5 minutes`, `3 hours`, `2 days`.
pub(crate) fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => "less than a minute".to_owned(),
        60..3_600 => counted(seconds / 60, "minute"),
        3_600..172_800 => counted(seconds / 3_600, "hour"),
        _ => counted(seconds / 86_400, "day"),
    }
}

/// A text of at most so many characters, with an ellipsis for what is left out.
pub(crate) fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
    }
}

/// A text for a query: `a b` becomes `a+b`.
pub(crate) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::{counted, cut, duration, grouped};

    #[test]
    fn numbers_are_written_for_people() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(
            (counted(1, "word"), counted(0, "word")),
            ("1 word".to_owned(), "0 words".to_owned())
        );
        for (seconds, expected) in [
            (0, "less than a minute"),
            (60, "1 minute"),
            (7_200, "2 hours"),
            (172_799, "47 hours"),
            (172_800, "2 days"),
        ] {
            assert_eq!(duration(seconds), expected);
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöü and more", 4), "äöü…");
    }
}
