//! The known name that a mistyped one means.

/// Shorter names resemble too many others.
const MIN_CHARACTERS: usize = 3;
/// In a name of so many characters, one letter in place of another makes another word: `data` is no `date`.
const SHORT: usize = 4;
/// A name of so many characters may have two typos.
const LONG: usize = 8;

/// The known name nearest to `typed` by optimal string alignment distance: one typo, in a long name two. `None` when `typed` is itself
/// known, or too far from every known name. Ties go to the first.
pub fn closest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let characters = typed.chars().count();
    let allowed = match characters {
        ..MIN_CHARACTERS => 0,
        MIN_CHARACTERS..LONG => 1,
        _ => 2,
    };
    let is_other_word = |name: &str| {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        characters <= SHORT && name.chars().count() == characters && sorted(name) != sorted(typed)
    };
    let distances = known
        .into_iter()
        .filter(|name| !is_other_word(name))
        .map(|name| (strsim::osa_distance(typed, name), name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (1..=allowed).contains(&distance).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_the_nearest_name_within_the_allowed_typos() {
        let known = [
            "title",
            "tags",
            "date",
            "source",
            "KNOWLEDGE_DIR",
            "KNOWLEDGE_WATCH",
        ];
        for (typed, expected) in [
            ("titel", Some("title")),
            ("KNOWLEGDE_DIR", Some("KNOWLEDGE_DIR")),
            ("tag", Some("tags")),
            ("tgas", Some("tags")),
            ("sorce", Some("source")),
            ("KNOWLEGDE_DRI", Some("KNOWLEDGE_DIR")),
            ("date", None),
            ("data", None),
            ("late", None),
            ("tabs", None),
            ("course", None),
            ("KNOWLEDGE_BASE", None),
            ("title", None),
            ("colour", None),
            ("", None),
            ("ta", None),
        ] {
            assert_eq!(closest(typed, known), expected, "{typed}");
        }
    }
}
