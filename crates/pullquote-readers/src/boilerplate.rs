//! Boilerplate: phrases that web pages put around an article, in the languages of most news sites. They are matched
//! against whole lines, never inside running text.

use pullquote_core::text::fold;
use std::sync::LazyLock;

/// The lists of `boilerplate.txt`.
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

/// The lines of the list `[name]`.
fn section(name: &str) -> Vec<&'static str> {
    let mut here = "";
    let lines = include_str!("boilerplate.txt")
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

/// How certainly a line is boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Boilerplate {
    /// Articles do not contain such lines.
    Certain,
    /// An article may contain such a line too. It is boilerplate only on a page with certain boilerplate, or among
    /// several such lines in a row.
    Likely,
}

/// Labels in front of the address of a page.
const ADDRESS_LABELS: &[&str] = &[
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

/// Longest line that can be boilerplate, in characters.
const MAX_LENGTH: usize = 120;

/// Whether a whole line is boilerplate; `None` if it is not.
pub(crate) fn classify(line: &str) -> Option<Boilerplate> {
    if line.chars().count() > MAX_LENGTH {
        return None;
    }
    let folded = fold(line.trim()).replace('’', "'");
    let bare = folded.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '©');
    // The number of words after a phrase, if the line begins with it. The phrase must end at a word boundary, and after
    // a single word, at most one more may follow: `Advertisement pays for this` may be a sentence.
    let rest = |start: &&str| {
        let rest = bare.strip_prefix(*start)?;
        let words = rest.split_whitespace().count();
        let apart = !rest.starts_with(char::is_alphabetic);
        (apart && (start.contains(' ') || words < 2)).then_some(words)
    };
    let short = |words: usize| words <= 3 && !line.trim_end().ends_with('.');
    if let Some(words) = PHRASES.certain.iter().find_map(rest) {
        return Some(if short(words) {
            Boilerplate::Certain
        } else {
            Boilerplate::Likely
        });
    }
    let likely = |phrase: &&str| *phrase == bare || phrase.contains(' ') && rest(phrase).is_some();
    PHRASES
        .likely
        .iter()
        .any(likely)
        .then_some(Boilerplate::Likely)
}

/// A web address on a line without other text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address<'a> {
    /// Labelled as the address of the page, such as `Original URL: ...`.
    Labelled(&'a str),
    /// Without a label.
    Bare(&'a str),
}

/// The web address on a line that contains nothing else except a label.
pub(crate) fn address(line: &str) -> Option<Address<'_>> {
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
        name => ADDRESS_LABELS
            .contains(&name)
            .then_some(Address::Labelled(address)),
    }
}

/// The name in a byline: `By Jane Doe` -> `Jane Doe`.
pub(crate) fn author(line: &str) -> Option<&str> {
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

/// Whether a line is a date of publication: `Updated 3 March 2021, 10:15 GMT`, `3 hours ago`.
pub(crate) fn is_date(line: &str) -> bool {
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

/// Whether a line is the caption of a picture, which shows by its credit.
pub(crate) fn is_caption(line: &str) -> bool {
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
    fn phrases_match_whole_lines_only() {
        let check = |line: &str, expect| assert_eq!(classify(line), expect, "{line}");
        check("Advertisement", Some(Boilerplate::Certain));
        check(
            "ADVERTISEMENT - SCROLL TO CONTINUE",
            Some(Boilerplate::Certain),
        );
        check("Read related topics:Trade", Some(Boilerplate::Certain));
        check("À lire aussi : la suite", Some(Boilerplate::Certain));
        check("Share", Some(Boilerplate::Likely));
        check("Advertisements in the subway cost the city dearly", None);
        check("Shareholders met on Monday.", None);
        check("Sharing is what the tool is for.", None);
        check("Privacy policymakers met", None);
        check(
            "Follow us on the second floor if you have come for the workshop.",
            Some(Boilerplate::Likely),
        );
        check("Sign in to the portal", Some(Boilerplate::Likely));
    }

    #[test]
    fn addresses_authors_dates_captions() {
        assert_eq!(
            address("Original URL: https://a.example/b#c"),
            Some(Address::Labelled("https://a.example/b#c"))
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
