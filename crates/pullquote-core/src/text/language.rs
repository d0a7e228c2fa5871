//! Languages: which one a text is in, and what each has to offer (stemmer, stop words).

use super::english;
use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;
use whatlang::Lang;

/// A language that articles may be written in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

/// One language's row: ISO 639-1 code, the detector's name for it, its Snowball stemmer.
type Row = (&'static str, Lang, Option<Algorithm>);

/// All languages that are told apart. The order is the order of [`Language`]; English comes first.
const ROWS: &[Row] = &[
    ("en", Lang::Eng, Some(Algorithm::English)),
    ("de", Lang::Deu, Some(Algorithm::German)),
    ("fr", Lang::Fra, Some(Algorithm::French)),
    ("es", Lang::Spa, Some(Algorithm::Spanish)),
    ("it", Lang::Ita, Some(Algorithm::Italian)),
    ("pt", Lang::Por, Some(Algorithm::Portuguese)),
    ("nl", Lang::Nld, Some(Algorithm::Dutch)),
    ("ru", Lang::Rus, Some(Algorithm::Russian)),
    ("ar", Lang::Ara, Some(Algorithm::Arabic)),
    ("ca", Lang::Cat, Some(Algorithm::Catalan)),
    ("cs", Lang::Ces, Some(Algorithm::Czech)),
    ("da", Lang::Dan, Some(Algorithm::Danish)),
    ("el", Lang::Ell, Some(Algorithm::Greek)),
    ("et", Lang::Est, Some(Algorithm::Estonian)),
    ("fi", Lang::Fin, Some(Algorithm::Finnish)),
    ("hi", Lang::Hin, Some(Algorithm::Hindi)),
    ("hu", Lang::Hun, Some(Algorithm::Hungarian)),
    ("hy", Lang::Hye, Some(Algorithm::Armenian)),
    ("id", Lang::Ind, Some(Algorithm::Indonesian)),
    ("lt", Lang::Lit, Some(Algorithm::Lithuanian)),
    ("nb", Lang::Nob, Some(Algorithm::Norwegian)),
    ("ne", Lang::Nep, Some(Algorithm::Nepali)),
    ("pl", Lang::Pol, Some(Algorithm::Polish)),
    ("ro", Lang::Ron, Some(Algorithm::Romanian)),
    ("sr", Lang::Srp, Some(Algorithm::Serbian)),
    ("sv", Lang::Swe, Some(Algorithm::Swedish)),
    ("ta", Lang::Tam, Some(Algorithm::Tamil)),
    ("tr", Lang::Tur, Some(Algorithm::Turkish)),
    ("uk", Lang::Ukr, Some(Algorithm::Ukrainian)),
    ("be", Lang::Bel, None),
    ("bg", Lang::Bul, None),
    ("bn", Lang::Ben, None),
    ("fa", Lang::Pes, None),
    ("he", Lang::Heb, None),
    ("hr", Lang::Hrv, None),
    ("ja", Lang::Jpn, None),
    ("ka", Lang::Kat, None),
    ("ko", Lang::Kor, None),
    ("lv", Lang::Lav, None),
    ("sk", Lang::Slk, None),
    ("sl", Lang::Slv, None),
    ("th", Lang::Tha, None),
    ("vi", Lang::Vie, None),
    ("zh", Lang::Cmn, None),
];

/// Bytes of a text that are enough to tell its language.
const SAMPLE_BYTES: usize = 4096;

static STOP_WORDS: LazyLock<Vec<FxHashSet<String>>> = LazyLock::new(|| {
    ROWS.iter()
        .map(|(code, ..)| {
            let code = if *code == "nb" { "no" } else { code };
            let words = stop_words::lookup(code).unwrap_or_default();
            words.iter().map(|word| super::fold(word)).collect()
        })
        .collect()
});

impl Language {
    /// English: also the language of what cannot be told.
    pub const ENGLISH: Self = Self(0);

    /// The language of a code such as `de`, `pt-BR` or `zh_CN`; `None` for one that is not known.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let primary = if primary == "no" { "nb" } else { &primary };
        let row = ROWS.iter().position(|(code, ..)| *code == primary)?;
        Some(Self(row as u8))
    }

    /// The language that `text` is written in, where its beginning leaves no doubt.
    pub fn detect(text: &str) -> Option<Self> {
        let mut end = text.len().min(SAMPLE_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let found = whatlang::detect(super::Span::new(0, end).of(text))?;
        let row = ROWS.iter().position(|(_, lang, _)| *lang == found.lang())?;
        found.is_reliable().then_some(Self(row as u8))
    }

    /// ISO 639-1 code, such as `en`.
    pub fn code(self) -> &'static str {
        ROWS.get(usize::from(self.0)).map_or("en", |row| row.0)
    }

    /// The stem of a folded word (Snowball, in English with what `english` adds); the word itself where
    /// the language has no stemmer.
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        let Some(algorithm) = ROWS.get(usize::from(self.0)).and_then(|row| row.2) else {
            return Cow::Borrowed(folded);
        };
        let stem = |word: &str| Cow::Owned(Stemmer::new(algorithm).stem(word).into_owned());
        if self == Self::ENGLISH {
            english::unify(stem(&english::base_form(folded)))
        } else {
            stem(folded)
        }
    }

    /// Whether a folded word is one of the language's stop words (`the`, `of`, `is`).
    pub fn is_stop_word(self, folded: &str) -> bool {
        STOP_WORDS
            .get(usize::from(self.0))
            .is_some_and(|words| words.contains(folded))
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
