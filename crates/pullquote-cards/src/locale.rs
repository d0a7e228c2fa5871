//! The languages that the bot's own words come in. Quotes stay in the article's language.
//!
//! `locales/*.ftl` hold the words (Project Fluent); what a file lacks is said in English.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

pub(super) use fluent_bundle::FluentValue as Value;

/// A language of the bot's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English, and what is said where a language is not spoken.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

/// Each language's words, in the order of [`Locale::ALL`].
const FILES: [&str; 4] = [
    include_str!("locales/en.ftl"),
    include_str!("locales/de.ftl"),
    include_str!("locales/fr.ftl"),
    include_str!("locales/es.ftl"),
];

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let read = |(locale, file): (&Locale, &&str)| {
        let language = locale.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Isolating marks would show as boxes in some fonts; no language here runs right to left.
        bundle.set_use_isolating(false);
        // What could not be read is missing, and said in English: a test finds it.
        let resource =
            FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        bundle
    };
    Locale::ALL.iter().zip(&FILES).map(read).collect()
});

impl Locale {
    /// All languages.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// The language for one of Discord's locale codes (`en-GB`, `es-419`); English where it is not spoken.
    pub fn from_code(code: &str) -> Self {
        let language = code.split('-').next().unwrap_or_default();
        let mut all = Self::ALL.into_iter();
        all.find(|locale| locale.code().eq_ignore_ascii_case(language))
            .unwrap_or_default()
    }

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }

    /// Discord's codes for it, other than English: a command's own name is English.
    pub fn discord_codes(self) -> &'static [&'static str] {
        match self {
            Self::English => &[],
            Self::German => &["de"],
            Self::French => &["fr"],
            Self::Spanish => &["es-ES", "es-419"],
        }
    }

    /// The words for `id`, which is `message` or `message.attribute`.
    pub fn text(self, id: &str) -> String {
        self.text_with(id, &[])
    }

    /// The words for `id` with what is filled in.
    pub fn text_with(self, id: &str, filled_in: &[(&str, Value<'_>)]) -> String {
        let arguments: FluentArgs<'_> = filled_in.iter().cloned().collect();
        self.find(id, &arguments)
            .or_else(|| Self::English.find(id, &arguments))
            .unwrap_or_else(|| id.to_owned())
    }

    fn find(self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let bundle = BUNDLES.get(self as usize)?;
        let (message, attribute) = match id.split_once('.') {
            Some((message, attribute)) => (message, Some(attribute)),
            None => (id, None),
        };
        let message = bundle.get_message(message)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
        Some(text.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, Locale, Value};
    use std::collections::BTreeSet;

    /// Every message, attribute and variable of a file.
    fn names(file: &str) -> BTreeSet<String> {
        let mut message = "";
        let mut found = BTreeSet::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let head = line.split_once(" = ").map(|(head, _)| head);
            match head {
                Some(head) if !head.starts_with([' ', '}']) => {
                    message = head;
                    found.insert(head.to_owned());
                }
                Some(head) if head.trim_start().starts_with('.') => {
                    found.insert(format!("{message}{}", head.trim()));
                }
                _ => {}
            }
            for variable in line.split("{ $").skip(1) {
                let name = variable.split_whitespace().next().unwrap_or_default();
                found.insert(format!("{message} ${name}"));
            }
        }
        found
    }

    #[test]
    fn all_languages_say_the_same() {
        let english = names(FILES[0]);
        assert!(english.len() > 80, "{}", english.len());
        for (locale, file) in Locale::ALL.iter().zip(FILES) {
            let missing: Vec<_> = english
                .symmetric_difference(&names(file))
                .cloned()
                .collect();
            let plural_only =
                |name: &String| name.ends_with("$words") || name.ends_with("$minutes");
            assert!(missing.iter().all(plural_only), "{locale:?}: {missing:?}");
            let (_, errors) = fluent_bundle::FluentResource::try_new(file.to_owned()).map_or_else(
                |(resource, errors)| (resource, errors),
                |read| (read, Vec::new()),
            );
            assert!(errors.is_empty(), "{locale:?}: {errors:?}");
        }
    }

    #[test]
    fn every_message_is_found_in_its_language() {
        for name in names(FILES[0]).iter().filter(|name| !name.contains('$')) {
            for locale in Locale::ALL {
                let found =
                    locale.find(name, &[("articles", Value::from(2))].into_iter().collect());
                assert!(
                    found.is_some_and(|text| !text.is_empty()),
                    "{locale:?} lacks {name}"
                );
            }
        }
    }

    #[test]
    fn plurals_and_codes() {
        let count =
            |locale: Locale, n: usize| locale.text_with("unknown", &[("articles", Value::from(n))]);
        assert!(count(Locale::German, 1).contains("einen Artikel"));
        assert!(count(Locale::German, 12).contains("12 Artikeln"));
        for (code, expect) in [
            ("en-US", Locale::English),
            ("en-GB", Locale::English),
            ("es-419", Locale::Spanish),
            ("fr", Locale::French),
            ("de", Locale::German),
            ("ja", Locale::English),
            ("", Locale::English),
        ] {
            assert_eq!(Locale::from_code(code), expect, "{code}");
        }
        assert_eq!(
            Locale::French.text("nothing-of-the-kind"),
            "nothing-of-the-kind"
        );
    }
}
