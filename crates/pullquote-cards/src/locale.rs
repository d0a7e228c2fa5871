//! The bot's own words in several languages. Quotes stay in the language of their article.
//!
//! `locales/*.ftl` contain the messages in Project Fluent's format. A message that is missing in a file is shown
//! in English.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

pub(super) use fluent_bundle::FluentValue;

/// A language of the bot's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English, also used for languages without a file.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

/// The messages of each language, in the order of [`Locale::ALL`].
const FILES: [&str; 4] = [
    include_str!("locales/en.ftl"),
    include_str!("locales/de.ftl"),
    include_str!("locales/fr.ftl"),
    include_str!("locales/es.ftl"),
];

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let bundle = |(locale, file): (&Locale, &&str)| {
        let language = locale.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Some fonts show isolation marks as boxes, and no language here is written right to left.
        bundle.set_use_isolating(false);
        // A message that cannot be parsed is missing. A test checks that there is none.
        let resource =
            FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        bundle
    };
    Locale::ALL.iter().zip(&FILES).map(bundle).collect()
});

impl Locale {
    /// All languages.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// The language of a Discord locale code (`en-GB`, `es-419`); English if there is no file for it.
    ///
    /// ```
    /// use pullquote_cards::Locale;
    ///
    /// assert_eq!(Locale::from_code("es-419"), Locale::Spanish);
    /// assert_eq!(Locale::from_code("ja"), Locale::English);
    /// assert_eq!(Locale::from_code("de").code(), "de");
    /// ```
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

    /// Discord's locale codes for localizations. None for English, because registered names are English.
    pub(crate) fn discord_codes(self) -> &'static [&'static str] {
        match self {
            Self::English => &[],
            Self::German => &["de"],
            Self::French => &["fr"],
            Self::Spanish => &["es-ES", "es-419"],
        }
    }

    /// The text of a message. `id` is `message` or `message.attribute`.
    pub fn text(self, id: &str) -> String {
        self.text_with(id, &[])
    }

    /// The text of a message with its variables replaced by `args`; `id` itself if there is no such message.
    pub fn text_with(self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let args: FluentArgs<'_> = args.iter().cloned().collect();
        self.find(id, &args)
            .or_else(|| Self::English.find(id, &args))
            .unwrap_or_else(|| id.to_owned())
    }

    fn find(self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
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
        let text = bundle.format_pattern(pattern, Some(args), &mut errors);
        Some(text.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, FluentValue, Locale};
    use std::collections::BTreeSet;

    /// All messages, attributes and variables of a file.
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
    fn all_files_have_the_same_messages() {
        let english = names(FILES[0]);
        assert!(english.len() > 80, "{}", english.len());
        for (locale, file) in Locale::ALL.iter().zip(FILES) {
            let missing: Vec<_> = english
                .symmetric_difference(&names(file))
                .cloned()
                .collect();
            assert!(missing.is_empty(), "{locale:?}: {missing:?}");
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
                let found = locale.find(
                    name,
                    &[("articles", FluentValue::from(2))].into_iter().collect(),
                );
                assert!(
                    found.is_some_and(|text| !text.is_empty()),
                    "{locale:?} lacks {name}"
                );
            }
        }
    }

    #[test]
    fn plurals_and_codes() {
        let count = |locale: Locale, n: usize| {
            locale.text_with("no-answer", &[("articles", FluentValue::from(n))])
        };
        assert!(count(Locale::German, 1).contains("einen Artikel"));
        assert!(count(Locale::German, 12).contains("12 Artikel durchsucht"));
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
        assert_eq!(Locale::French.text("no-such-message"), "no-such-message");
    }
}
