//! What the English stemmer does not know: irregular forms, and words that Britain and America spell
//! apart. A question's "when did it begin" must meet "it began", its "labor" an article's "labour".
//!
//! Both sides of every match go through here, so a rule may change words that it was not made for as
//! long as it keeps different words apart.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Irregular forms, one word a line: the base form, then the others. Forms that are words of their own
/// as well (`saw`, `left`, `ground`, `felt`) are left out.
const IRREGULAR: &str = include_str!("english_irregular.txt");

static BASE_FORMS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = IRREGULAR.lines().filter_map(|line| {
        let (base, forms) = line.split_once(' ')?;
        Some(forms.split(' ').map(move |form| (form, base)))
    });
    rows.flatten().collect()
});

/// A folded word in its base form if it is an irregular form, in American spelling where a part of it
/// has two: what the stemmer is given.
pub(super) fn base_form(folded: &str) -> Cow<'_, str> {
    if let Some(base) = BASE_FORMS.get(folded) {
        return Cow::Borrowed(base);
    }
    // labour, neighbourhood, honourable; not four, your, flour, source.
    match folded.find("our") {
        Some(at) if at >= 3 => {
            let (head, tail) = folded.split_at_checked(at).unwrap_or_default();
            let tail = tail.strip_prefix("our").unwrap_or(tail);
            Cow::Owned([head, "or", tail].concat())
        }
        _ => Cow::Borrowed(folded),
    }
}

/// Ends of stems, British and American.
const ENDS: [(&str, &str); 7] = [
    ("is", "iz"),    // organis-e
    ("ys", "yz"),    // analys-e
    ("enc", "ens"),  // defenc-e
    ("tre", "ter"),  // theatre (the stemmer keeps its e)
    ("tr", "ter"),   // centr-e
    ("logu", "log"), // catalogu-e
    ("programm", "program"),
];

/// A stem in American spelling.
pub(super) fn unify(stem: Cow<'_, str>) -> Cow<'_, str> {
    if stem.len() < 5 {
        return stem;
    }
    for (british, american) in ENDS {
        if let Some(head) = stem.strip_suffix(british) {
            return Cow::Owned([head, american].concat());
        }
    }
    // travell-ed, install.
    match stem.strip_suffix("ll") {
        Some(head) if stem.len() >= 6 => Cow::Owned([head, "l"].concat()),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;

    #[track_caller]
    fn check(words: &[&str], alike: bool) {
        let stems: Vec<_> = words
            .iter()
            .map(|word| Language::ENGLISH.stem(word).into_owned())
            .collect();
        for pair in stems.windows(2) {
            assert_eq!(pair[0] == pair[1], alike, "{words:?}: {stems:?}");
        }
    }

    #[test]
    fn irregular_forms_meet() {
        check(&["begin", "began", "begun", "begins", "beginning"], true);
        check(&["write", "wrote", "written", "writing"], true);
        check(&["win", "won", "winning"], true);
        check(&["child", "children"], true);
        check(&["found", "founded"], false);
        check(&["find", "found", "finding"], true);
    }

    #[test]
    fn britain_and_america_meet() {
        check(&["labour", "labor", "labours"], true);
        check(&["neighbourhood", "neighborhood"], true);
        check(
            &["organisation", "organization", "organised", "organizes"],
            true,
        );
        check(&["defence", "defense"], true);
        check(&["theatre", "theater", "theatres"], true);
        check(&["centre", "center", "centres", "centers"], true);
        check(&["travelled", "traveled", "travelling"], true);
        check(&["analyse", "analyze"], true);
        check(&["catalogue", "catalog"], true);
        check(&["programme", "program", "programmes"], true);
    }

    #[test]
    fn other_words_stay_apart() {
        check(&["four", "for", "flour", "floor"], false);
        check(&["price", "prize"], false);
        check(&["hall", "hal", "ball"], false);
    }
}
