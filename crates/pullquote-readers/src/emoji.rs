//! Emoji by the names that GitHub gives them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A name and its emoji a line, written by `build.rs`.
const NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/emoji.txt"));

/// The emoji of a name: 🎉 of `tada`.
pub(crate) fn emoji(name: &str) -> Option<&'static str> {
    static EMOJI: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        NAMES
            .lines()
            .filter_map(|line| line.split_once(' '))
            .collect()
    });
    EMOJI.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_emoji() {
        let check = |name, expected| assert_eq!(emoji(name), expected, "{name}");
        check("tada", Some("🎉"));
        check("+1", Some("👍"));
        check("iceland", Some("🇮🇸"));
        check("family_woman_girl", Some("👩‍👧"));
        check("nothing", None);
        check("", None);
        assert!(NAMES.lines().count() > 1_800);
    }
}
