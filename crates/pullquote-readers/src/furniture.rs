//! Phrases that web pages put around an article, in the languages of most news sites. Matched against
//! whole lines only, never inside running text.

use pullquote_core::text::fold;
use std::sync::LazyLock;

/// The lists of `furniture.txt`.
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases {
    certain: section("certain"),
    likely: section("likely"),
    dates: section("dates"),
});

struct Phrases {
    certain: Vec<&'static str>,
    likely: Vec<&'static str>,
    dates: Vec<&'static str>,
}

/// The lines below `[name]`, up to the next name.
fn section(name: &str) -> Vec<&'static str> {
    let mut here = "";
    let lines = include_str!("furniture.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut found = Vec::new();
    for line in lines {
        match line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            Some(section) => here = section,
            None if here == name => found.push(line),
            None => {}
        }
    }
    found
}

/// How sure a line is no part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Nothing else says this.
    Certain,
    /// An article may say this too: it counts only on a page with certain ones, or in a row of such.
    Likely,
}

/// What begins a line that names where a page was taken from.
const ADDRESS_STARTS: &[&str] = &[
    "original url",
    "source url",
    "source",
    "url",
    "link",
    "permalink",
    "retrieved from",
    "quelle",
    "fuente",
    "fonte",
    "bron",
    "источник",
    "article url",
    "original article",
    "originally published at",
];

/// Longest line that can be furniture, in characters.
const MAX_LENGTH: usize = 120;

/// What a whole line says of itself.
pub(super) fn judge(line: &str) -> Option<Furniture> {
    if line.chars().count() > MAX_LENGTH {
        return None;
    }
    let folded = fold(line.trim()).replace('’', "'");
    let bare = folded.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '©');
    // How many words follow; a word of the phrase does not run on, and `Advertisement` begins no sentence.
    let rest = |start: &&str| {
        let rest = bare.strip_prefix(*start)?;
        let words = rest.split_whitespace().count();
        let apart = !rest.starts_with(char::is_alphabetic);
        (apart && (start.contains(' ') || words < 2)).then_some(words)
    };
    let short = |words: usize| words <= 3 && !line.trim_end().ends_with('.');
    if let Some(words) = PHRASES.certain.iter().find_map(rest) {
        return Some(if short(words) {
            Furniture::Certain
        } else {
            Furniture::Likely
        });
    }
    let likely = |phrase: &&str| *phrase == bare || phrase.contains(' ') && rest(phrase).is_some();
    PHRASES
        .likely
        .iter()
        .any(likely)
        .then_some(Furniture::Likely)
}

/// An address that fills a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// Said to be the page's own.
    Named(&'a str),
    /// It alone.
    Bare(&'a str),
}

/// The address in a line that is nothing but one, or names it as the page's own.
pub(super) fn address(line: &str) -> Option<Address<'_>> {
    let line = line.trim();
    let at = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| line.find(scheme))
        .min()?;
    let (before, address) = line.split_at_checked(at)?;
    let before = fold(before.trim().trim_end_matches([':', '-', '<', '(']).trim());
    let address = address.trim_end_matches(['>', ')']);
    match before.as_str() {
        _ if address.contains(char::is_whitespace) => None,
        "" => Some(Address::Bare(address)),
        name => ADDRESS_STARTS
            .contains(&name)
            .then_some(Address::Named(address)),
    }
}

/// Whether a line names who wrote an article: `By Jane Doe`.
pub(super) fn author(line: &str) -> Option<&str> {
    let line = line.trim();
    let starts = [
        "By ",
        "BY ",
        "Von ",
        "Par ",
        "Por ",
        "Di ",
        "Door ",
        "Words by ",
        "Text: ",
        "Author: ",
        "Автор: ",
    ];
    let name = starts.iter().find_map(|start| line.strip_prefix(start))?;
    let words = name.split_whitespace().count();
    let name_like = name.starts_with(char::is_uppercase) && !name.ends_with('.');
    (name_like && (1..=8).contains(&words)).then_some(name)
}

/// Whether a line is when a page was published: `Updated 3 March 2021, 10:15 GMT`, `3 hours ago`.
pub(super) fn is_date(line: &str) -> bool {
    let folded = fold(line);
    let words = || {
        folded
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let numeric = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    line.chars().count() <= MAX_LENGTH
        && words().count() > 1
        && words().any(numeric)
        && words().all(|word| numeric(word) || PHRASES.dates.contains(&word))
}

/// Whether a line names a picture's maker: what stands beside a picture.
pub(super) fn is_caption(line: &str) -> bool {
    const MARKS: &[&str] = &[
        "Picture:",
        "Pictures:",
        "Photo:",
        "Photos:",
        "Photograph:",
        "Image:",
        "Images:",
        "Credit:",
        "Getty Images",
        "Image source",
        "Image caption",
        "Photo by ",
        "Photograph by ",
        "Image by ",
        "Courtesy of ",
        "Foto:",
        "Bild:",
        "Photo :",
        "Crédit",
        "Imagen:",
        "Fotografía:",
        "Immagine:",
        "Beeld:",
        "Фото:",
        "(AP Photo",
        "/AFP",
        "/Reuters",
        "/Getty",
        "via REUTERS",
        "REUTERS/",
        "AFP/",
    ];
    line.chars().count() <= 400 && MARKS.iter().any(|mark| line.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_only() {
        let check = |line: &str, expect| assert_eq!(judge(line), expect, "{line}");
        check("Advertisement", Some(Furniture::Certain));
        check(
            "ADVERTISEMENT - SCROLL TO CONTINUE",
            Some(Furniture::Certain),
        );
        check("Read related topics:Trade", Some(Furniture::Certain));
        check("À lire aussi : la suite", Some(Furniture::Certain));
        check("Share", Some(Furniture::Likely));
        check("Advertisements in the subway cost the city dearly", None);
        check("Shareholders met on Monday.", None);
        check("Sharing is what the tool is for.", None);
        check("Privacy policymakers met", None);
        check(
            "Follow us on the second floor if you have come for the workshop.",
            Some(Furniture::Likely),
        );
        check("Sign in to the portal", Some(Furniture::Likely));
    }

    #[test]
    fn addresses_authors_dates_captions() {
        assert_eq!(
            address("Original URL: https://a.example/b#c"),
            Some(Address::Named("https://a.example/b#c"))
        );
        assert_eq!(
            address("<http://a.example>"),
            Some(Address::Bare("http://a.example"))
        );
        assert_eq!(address("See https://a.example for more"), None);
        assert_eq!(author("By Jane Doe"), Some("Jane Doe"));
        assert_eq!(author("By then it was late."), None);
        assert_eq!(author("By the river"), None);
        assert!(
            is_date("Updated 3 March 2021, 10:15 GMT")
                && is_date("3 hours ago")
                && is_date("2021-04-20")
        );
        assert!(!is_date("In 1950 war came") && !is_date("March") && !is_date("1950"));
        assert!(is_caption("The bridge. Picture: Somebody") && !is_caption("The bridge."));
    }
}
