//! Languages: which one a text is written in, and what the program knows about it.

use super::lang::{ALL, Lang, Padding};
use frostem::Stemmer;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// A language that articles may be written in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

/// By language code, stop words, one a line. The build script takes them from the crate `stop-words`.
const STOP_WORDS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/stop_words.rs"));

/// Bytes of a text that are enough to detect its language.
const SAMPLE_BYTES: usize = 4096;

impl Language {
    /// English: also the language of a text whose language is unknown.
    pub const ENGLISH: Self = Self(0);

    /// Every language that can be detected.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..ALL.len()).map(|place| Self(place as u8))
    }

    /// The languages whose function words are listed.
    pub(crate) fn with_function_words() -> impl Iterator<Item = Self> {
        Self::all().filter(|language| !language.lang().function_words.is_empty())
    }

    /// The language of a code such as `de`, `pt-BR` or `zh_CN`; `None` for an unknown code.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let primary = if primary == "no" { "nb" } else { &primary };
        Self::find(|lang| lang.code == primary)
    }

    /// The language that `text` is written in; `None` if its beginning leaves a doubt.
    pub fn detect(text: &str) -> Option<Self> {
        let mut end = text.len().min(SAMPLE_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let found = whatlang::detect(super::Span::new(0, end).of(text))?;
        let language = Self::find(|lang| lang.detected == found.lang())?;
        found.is_reliable().then_some(language)
    }

    fn find(is_wanted: impl Fn(&Lang) -> bool) -> Option<Self> {
        let place = ALL.iter().position(is_wanted)?;
        Some(Self(place as u8))
    }

    /// ISO 639-1 code, such as `en`.
    pub fn code(self) -> &'static str {
        self.lang().code
    }

    /// The language's file in `text/lang`.
    pub(crate) fn lang(self) -> &'static Lang {
        &ALL[usize::from(self.0)]
    }

    /// The stem of a folded word: Snowball, after irregular forms and variants of spelling are unified. The word
    /// itself where the language has no stemmer.
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        let lang = self.lang();
        let Some(algorithm) = lang.stemmer else {
            return Cow::Borrowed(folded);
        };
        let word = match (self.lexicon().base_forms.get(folded), lang.respelling) {
            (Some(base), _) => Cow::Borrowed(*base),
            (None, Some(respelling)) => (respelling.before_stemming)(folded),
            (None, None) => Cow::Borrowed(folded),
        };
        let stem = Cow::Owned(Stemmer::new(algorithm).stem(&word).into_owned());
        match lang.respelling {
            Some(respelling) => (respelling.after_stemming)(stem),
            None => stem,
        }
    }

    /// A word in the form in which words of this language are compared: as [`fold`](super::fold) returns it, with its accents where
    /// these tell words apart.
    pub(crate) fn fold(self, word: &str) -> String {
        self.lang().fold(word)
    }

    /// Same as [`Language::fold`], but clears and reuses a buffer.
    pub(crate) fn fold_into(self, word: &str, folded: &mut String) {
        self.lang().fold_into(word, folded);
    }

    /// Whether a folded word is a stop word (`the`, `of`, `is`). Passages are indexed without stop words.
    pub fn is_stop_word(self, folded: &str) -> bool {
        self.lexicon().stop_words.contains(folded)
    }

    /// Whether a folded word is a stop word or another word of questions and chat that says nothing about their
    /// subject (`please`, `anyone`). Matching without these words gained up to two points of Hit@1 on every
    /// development set.
    pub(crate) fn is_function_word(self, folded: &str) -> bool {
        let lexicon = self.lexicon();
        lexicon.stop_words.contains(folded) || lexicon.function_words.contains(folded)
    }

    /// What people write around a question in chat.
    pub(crate) fn padding(self) -> &'static Padding {
        &self.lexicon().padding
    }

    /// What is looked up in the language's file, built at first use.
    fn lexicon(self) -> &'static Lexicon {
        static LEXICONS: [OnceLock<Lexicon>; ALL.len()] = [const { OnceLock::new() }; ALL.len()];
        LEXICONS[usize::from(self.0)].get_or_init(|| Lexicon::new(self.lang()))
    }
}

/// The words of a language, ready to be looked up.
#[derive(Debug)]
struct Lexicon {
    stop_words: FxHashSet<String>,
    function_words: FxHashSet<String>,
    padding: Padding,
    /// Irregular form -> base form.
    base_forms: FxHashMap<&'static str, &'static str>,
}

impl Lexicon {
    fn new(lang: &Lang) -> Self {
        // The crate of stop words knows Bokmål as Norwegian.
        let code = if lang.code == "nb" { "no" } else { lang.code };
        let stop_words = STOP_WORDS.iter().find(|(list, _)| *list == code);
        let stop_words = stop_words.map_or("", |(_, words)| words).lines();
        let base_forms = lang.irregular_forms.lines().filter_map(|line| {
            let (base, forms) = line.split_once(' ')?;
            Some(forms.split(' ').map(move |form| (form, base)))
        });
        let function_words = lang.function_words.split_whitespace();
        // Some type without accents.
        let function_words = function_words.flat_map(|word| [lang.fold(word), super::fold(word)]);
        Self {
            stop_words: stop_words.map(super::fold).collect(),
            function_words: function_words.collect(),
            padding: Padding::of(lang),
            base_forms: base_forms.flatten().collect(),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_with_and_without_a_region() {
        for (code, expected) in [
            ("de", Some("de")),
            ("pt-BR", Some("pt")),
            ("zh_CN", Some("zh")),
            (" NO ", Some("nb")),
            ("xx", None),
            ("", None),
        ] {
            let found = Language::from_code(code).map(Language::code);
            assert_eq!(found, expected, "{code}");
        }
    }

    #[test]
    fn function_words_contain_the_stop_words() {
        for (code, word, is_stop_word, is_function_word) in [
            ("en", "the", true, true),
            ("en", "please", false, true),
            ("en", "juche", false, false),
            ("de", "bitte", false, true),
            ("de", "please", false, false),
            ("nb", "og", true, true),
            ("ru", "спасибо", false, true),
        ] {
            let language = Language::from_code(code).unwrap();
            assert_eq!(language.is_stop_word(word), is_stop_word, "{word}");
            assert_eq!(language.is_function_word(word), is_function_word, "{word}");
        }
    }
}
