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
    /// Portuguese, as in Brazil.
    Portuguese,
    /// Italian.
    Italian,
    /// Polish.
    Polish,
    /// Turkish.
    Turkish,
    /// Russian.
    Russian,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// Chinese in simplified characters.
    Chinese,
}

/// Parts of a code that stand for traditional Chinese characters.
const TRADITIONAL: [&str; 4] = ["TW", "HK", "MO", "Hant"];

/// What there is of a language.
struct Language {
    /// ISO 639-1 code.
    code: &'static str,
    /// Discord's codes for localizations. None for English, because registered names are English.
    discord_codes: &'static [&'static str],
    /// Its messages.
    file: &'static str,
}

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let bundle = |locale: &Locale| {
        let Language { code, file, .. } = locale.language();
        let language = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Some fonts show isolation marks as boxes, and no language here is written right to left.
        bundle.set_use_isolating(false);
        // A message that cannot be parsed is missing. A test checks that there is none.
        let resource =
            FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        bundle
    };
    Locale::ALL.iter().map(bundle).collect()
});

impl Locale {
    /// All languages.
    pub const ALL: [Self; 12] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Portuguese,
        Self::Italian,
        Self::Polish,
        Self::Turkish,
        Self::Russian,
        Self::Japanese,
        Self::Korean,
        Self::Chinese,
    ];

    /// The language of a Discord locale code (`en-GB`, `es-419`); English if there is no file for it.
    ///
    /// ```
    /// use pullquote_cards::Locale;
    ///
    /// assert_eq!(Locale::from_code("es-419"), Locale::Spanish);
    /// assert_eq!(Locale::from_code("th"), Locale::English);
    /// assert_eq!(Locale::from_code("de").code(), "de");
    /// ```
    pub fn from_code(code: &str) -> Self {
        let mut parts = code.split('-');
        let language = parts.next().unwrap_or_default();
        // The Chinese file has simplified characters.
        if parts.any(|part| TRADITIONAL.iter().any(|it| it.eq_ignore_ascii_case(part))) {
            return Self::default();
        }
        let mut all = Self::ALL.into_iter();
        all.find(|locale| locale.code().eq_ignore_ascii_case(language))
            .unwrap_or_default()
    }

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        self.language().code
    }

    /// Discord's locale codes for localizations. None for English, because registered names are English.
    pub(crate) fn discord_codes(self) -> &'static [&'static str] {
        self.language().discord_codes
    }

    fn language(self) -> Language {
        let language = |code, discord_codes, file| Language {
            code,
            discord_codes,
            file,
        };
        match self {
            Self::English => language("en", &[], include_str!("locales/en.ftl")),
            Self::German => language("de", &["de"], include_str!("locales/de.ftl")),
            Self::French => language("fr", &["fr"], include_str!("locales/fr.ftl")),
            Self::Spanish => language("es", &["es-ES", "es-419"], include_str!("locales/es.ftl")),
            Self::Portuguese => language("pt", &["pt-BR"], include_str!("locales/pt.ftl")),
            Self::Italian => language("it", &["it"], include_str!("locales/it.ftl")),
            Self::Polish => language("pl", &["pl"], include_str!("locales/pl.ftl")),
            Self::Turkish => language("tr", &["tr"], include_str!("locales/tr.ftl")),
            Self::Russian => language("ru", &["ru"], include_str!("locales/ru.ftl")),
            Self::Japanese => language("ja", &["ja"], include_str!("locales/ja.ftl")),
            Self::Korean => language("ko", &["ko"], include_str!("locales/ko.ftl")),
            Self::Chinese => language("zh", &["zh-CN"], include_str!("locales/zh.ftl")),
        }
    }

    /// The text of a message. `id` is `message` or `message.attribute`.
    pub fn text(self, id: &str) -> String {
        self.text_with(id, &[])
    }

    /// The text of a message with its variables replaced by `args`; `id` itself if there is no such message.
    pub(crate) fn text_with(self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
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
    use super::{FluentValue, Locale};
    use crate::limits::length;
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
        let english = names(Locale::English.language().file);
        assert!(english.len() > 80, "{}", english.len());
        for locale in Locale::ALL {
            let file = locale.language().file;
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
        for name in names(Locale::English.language().file)
            .iter()
            .filter(|name| !name.contains('$'))
        {
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
            ("pt-BR", Locale::Portuguese),
            ("zh-CN", Locale::Chinese),
            ("zh-TW", Locale::English),
            ("zh-Hant-HK", Locale::English),
            ("th", Locale::English),
            ("", Locale::English),
        ] {
            assert_eq!(Locale::from_code(code), expect, "{code}");
        }
        assert_eq!(Locale::French.text("no-such-message"), "no-such-message");
    }

    #[test]
    fn slavic_plurals_have_several_forms() {
        let words = |locale: Locale, count: usize| {
            let args = [
                ("words", FluentValue::from(count)),
                ("minutes", FluentValue::from(1)),
            ];
            locale.text_with("article-length", &args)
        };
        for (count, polish, russian) in [
            (1, "1 słowo", "1 слово"),
            (3, "3 słowa", "3 слова"),
            (12, "12 słów", "12 слов"),
            (21, "21 słów", "21 слово"),
            (22, "22 słowa", "22 слова"),
        ] {
            assert!(words(Locale::Polish, count).starts_with(&format!("{polish} ·")));
            assert!(words(Locale::Russian, count).starts_with(&format!("{russian} ·")));
        }
        assert!(words(Locale::Japanese, 1).starts_with("1 語"));
    }

    /// Labels and placeholders are cut silently, so they must fit. Discord shows about 34 characters of a button.
    #[test]
    fn labels_fit_and_keep_their_marks() {
        for locale in Locale::ALL {
            for id in [
                "read-on",
                "other-passages",
                "share",
                "follow-up",
                "helpful",
                "not-helpful",
                "delete",
                "ask-helpers",
                "go-to-question",
                "summary",
                "longer",
                "shorter",
                "ask-about-this",
                "read-in-article",
                "page-previous",
                "page-next",
                "read",
                "download",
                "original",
            ] {
                let label = locale.text(id);
                assert!(
                    (1..=34).contains(&length(&label)),
                    "{locale:?} {id}: {label}"
                );
            }
            for id in [
                "open-article",
                "pick-question",
                "show-passage",
                "nearest-passages",
            ] {
                assert!(length(&locale.text(id)) <= 100, "{locale:?} {id}");
            }
            // The title of a form.
            assert!(length(&locale.text("follow-up")) <= 45, "{locale:?}");
            assert!(locale.text("helpful").starts_with('👍'), "{locale:?}");
            assert!(locale.text("not-helpful").starts_with('👎'), "{locale:?}");
        }
    }
}
