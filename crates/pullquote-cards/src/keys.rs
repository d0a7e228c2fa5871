//! Keys that name an article, a passage or a question in any process.
//!
//! A key is a hash of the article's name and the passage's text, never a position: files come and go. If the
//! text changes, its key finds nothing.

use pullquote_core::article::{ArticleId, Corpus, PassageId};
use std::fmt;

/// Names an article: a hash of [`Article::name`](pullquote_core::article::Article::name).
///
/// ```
/// use pullquote_cards::{ArticleKey, PassageKey};
/// use pullquote_core::article::{Article, ArticleId, Corpus, PassageId};
///
/// let article = |name: &str| Article::new(name, pullquote_readers::read(name, b"It leaves at seven.")).unwrap();
/// let corpus = Corpus::new(vec![article("ferry.txt")]);
/// let (ferry, passage) = (ArticleKey::of(&corpus, ArticleId(0)), PassageKey::of(&corpus, PassageId(0)));
/// assert_eq!(ArticleKey::parse(&ferry.to_string()), Some(ferry));
/// assert_eq!(PassageKey::parse(&passage.to_string()), Some(passage));
///
/// // Other articles come, and the keys stay.
/// let corpus = Corpus::new(vec![article("bus.txt"), article("ferry.txt")]);
/// assert_eq!((ferry.find(&corpus), passage.find(&corpus)), (Some(ArticleId(1)), Some(PassageId(1))));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticleKey(u64);

/// Names a passage: its article's key, and a hash of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PassageKey {
    article: ArticleKey,
    text: u64,
}

/// Names a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuestionKey(pub u64);

impl QuestionKey {
    /// The key of a question in these words, a hash of them.
    ///
    /// ```
    /// use pullquote_cards::QuestionKey;
    ///
    /// let key = QuestionKey::of("When does the ferry leave?");
    /// assert_eq!(QuestionKey::parse(&key.to_string()), Some(key));
    /// ```
    pub fn of(question: &str) -> Self {
        Self(hash(question))
    }

    /// Parses the output of [`fmt::Display`].
    pub fn parse(text: &str) -> Option<Self> {
        ArticleKey::parse(text).map(|ArticleKey(number)| Self(number))
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for QuestionKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// Names what a member wants to add and has not confirmed yet: a random number.
///
/// ```
/// use pullquote_cards::DraftKey;
///
/// let draft = DraftKey(7);
/// assert_eq!(DraftKey::parse(&draft.to_string()), Some(draft));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftKey(pub u64);

impl DraftKey {
    /// Parses the output of [`fmt::Display`].
    pub fn parse(text: &str) -> Option<Self> {
        ArticleKey::parse(text).map(|ArticleKey(number)| Self(number))
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for DraftKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// Names a source of a server: a random number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SourceKey(pub u64);

impl SourceKey {
    /// Parses the output of [`fmt::Display`].
    pub fn parse(text: &str) -> Option<Self> {
        ArticleKey::parse(text).map(|ArticleKey(number)| Self(number))
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for SourceKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl ArticleKey {
    /// The key of an article.
    pub fn of(corpus: &Corpus, id: ArticleId) -> Self {
        Self(hash(&corpus.article(id).name))
    }

    /// The key of the article of this name; of an article that a server added, the name is its path.
    pub fn named(name: &str) -> Self {
        Self(hash(name))
    }

    /// Finds the article; `None` if it is gone.
    pub fn find(self, corpus: &Corpus) -> Option<ArticleId> {
        let mut articles = corpus.articles();
        let at = articles.position(|article| hash(&article.name) == self.0)?;
        Some(ArticleId(at as u32))
    }

    /// Parses the output of [`fmt::Display`].
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex.then(|| u64::from_str_radix(text, 16).ok())
            .flatten()
            .map(Self)
    }
}

impl PassageKey {
    /// The key of a passage.
    pub fn of(corpus: &Corpus, id: PassageId) -> Self {
        let passage = corpus.passage(id);
        Self {
            article: ArticleKey::of(corpus, passage.article),
            text: text_hash(corpus, id),
        }
    }

    /// Finds the passage; `None` if its article is gone or its text has changed.
    pub fn find(self, corpus: &Corpus) -> Option<PassageId> {
        let article = self.article.find(corpus)?;
        let mut passages = corpus.passages_of(article).map(|at| PassageId(at as u32));
        passages.find(|&id| text_hash(corpus, id) == self.text)
    }

    /// Parses the output of [`fmt::Display`].
    pub fn parse(text: &str) -> Option<Self> {
        let (article, text) = text.split_once('.')?;
        let article = ArticleKey::parse(article)?;
        let ArticleKey(text) = ArticleKey::parse(text)?;
        Some(Self { article, text })
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for ArticleKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// 33 characters.
impl fmt::Display for PassageKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:016x}", self.article, self.text)
    }
}

fn text_hash(corpus: &Corpus, id: PassageId) -> u64 {
    let passage = corpus.passage(id);
    let article = corpus.article(passage.article);
    hash(corpus.span(passage).of(&article.text))
}

/// FNV-1a (Fowler, Noll and Vo). Unlike the standard library's hash, it is the same in every version and
/// process.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{ArticleKey, PassageKey, hash};

    #[test]
    fn the_hash_is_fnv_1a() {
        // Test vectors of the FNV specification (draft-eastlake-fnv).
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn keys_parse_what_they_print() {
        let article = ArticleKey(0xff);
        let passage = PassageKey { article, text: 1 };
        assert_eq!(ArticleKey::parse(&article.to_string()), Some(article));
        assert_eq!(PassageKey::parse(&passage.to_string()), Some(passage));
        for text in ["", "ff", "00000000000000fg", "00000000000000ff."] {
            assert_eq!(ArticleKey::parse(text), None, "{text}");
            assert_eq!(PassageKey::parse(text), None, "{text}");
        }
    }
}
