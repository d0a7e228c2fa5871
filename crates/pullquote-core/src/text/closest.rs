//! The known name that a mistyped one means.

/// Characters for each typo that is allowed.
const CHARACTERS_PER_TYPO: usize = 3;
/// Typos allowed in a long name.
const MAX_TYPOS: usize = 2;

/// The known name nearest to `typed` by optimal string alignment distance: one typo for every three characters, two at
/// most. `None` when `typed` is itself known, or too far from every known name. Ties go to the first.
pub fn closest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = MAX_TYPOS.min(typed.chars().count() / CHARACTERS_PER_TYPO);
    let distances = known
        .into_iter()
        .map(|name| (strsim::osa_distance(typed, name), name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (1..=allowed).contains(&distance).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_the_nearest_name_within_the_allowed_typos() {
        let known = ["title", "tags", "KNOWLEDGE_DIR", "KNOWLEDGE_WATCH"];
        for (typed, expected) in [
            ("titel", Some("title")),
            ("KNOWLEGDE_DIR", Some("KNOWLEDGE_DIR")),
            ("tag", Some("tags")),
            ("title", None),
            ("colour", None),
            ("", None),
            ("ta", None),
        ] {
            assert_eq!(closest(typed, known), expected, "{typed}");
        }
    }
}
