//! What a control's `custom_id` says: all that its handler must know, so that a control works after a
//! restart and in any process.
//!
//! Articles and passages are named by a hash of what they are, never by their position: files come and
//! go. A passage whose text was changed is not found again, and the handler says so.

use pullquote_core::article::{ArticleId, Corpus, PassageId};
use std::fmt;

/// A control's job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComponentId {
    /// Shows the passage around a quote.
    More {
        /// The passage.
        passage: PassageKey,
        /// The quote, in bytes from the start of the passage.
        quote: (u32, u32),
    },
    /// Shows other passages for the question that the message shows.
    Others {
        /// In this article only.
        article: Option<ArticleKey>,
        /// Page, from 0.
        page: u16,
        /// In a new message, or in the one that the control stands on.
        door: Door,
    },
    /// Answers the question again where everyone sees it.
    Share {
        /// In this article only.
        article: Option<ArticleKey>,
    },
    /// Says whether an answer helped.
    Feedback {
        /// Whether it helped.
        helpful: bool,
    },
    /// A menu of passages; its values are [`PassageKey`]s.
    Passages,
    /// Shows a page of the passages that hold the keywords that the message shows.
    Search {
        /// In this article only.
        article: Option<ArticleKey>,
        /// Page, from 0.
        page: u16,
    },
    /// Shows a page of the list of articles.
    Articles {
        /// Page, from 0.
        page: u16,
    },
    /// A menu of articles; its values are [`ArticleKey`]s.
    Open,
    /// Shows a page of an article's text.
    Read {
        /// The article.
        article: ArticleKey,
        /// Page, from 0.
        page: u16,
        /// In a new message, or in the one that the control stands on.
        door: Door,
    },
    /// Attaches an article's text as a file.
    File {
        /// The article.
        article: ArticleKey,
    },
    /// Shows a summary; what it is about stands in the message where it is about something.
    Summary {
        /// Of this article; without, of what all say.
        article: Option<ArticleKey>,
        /// How long.
        extent: Extent,
        /// In a new message, or in the one that the control stands on.
        door: Door,
    },
    /// Shows a page of the articles with a sentence of each.
    Overview {
        /// Page, from 0.
        page: u16,
    },
    /// Shows questions that an article answers.
    AskAbout {
        /// The article.
        article: ArticleKey,
    },
    /// A menu of questions on an article; its values are the questions.
    Asked {
        /// The article.
        article: ArticleKey,
    },
}

/// How long a summary is that a control asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// About three sentences.
    Short,
    /// About six.
    Medium,
    /// About twelve, or a fifth of a long article.
    Long,
}

/// Where the response to a control goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A new message.
    Opens,
    /// The message that the control stands on.
    Turns,
}

/// Names an article in any process: a hash of [`Article::name`](pullquote_core::article::Article::name).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticleKey(u64);

/// Names a passage in any process: its article, and a hash of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PassageKey {
    article: ArticleKey,
    text: u64,
}

impl ArticleKey {
    /// The key of an article.
    pub fn of(corpus: &Corpus, id: ArticleId) -> Self {
        Self(hash(&corpus.article(id).name))
    }

    /// The article that it names, if it is there.
    pub fn find(self, corpus: &Corpus) -> Option<ArticleId> {
        let mut articles = corpus.articles().iter();
        let at = articles.position(|article| hash(&article.name) == self.0)?;
        Some(ArticleId(at as u32))
    }

    /// Reads what [`fmt::Display`] wrote.
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

    /// The passage that it names, if its article is there and its text is what it was.
    pub fn find(self, corpus: &Corpus) -> Option<PassageId> {
        let article = self.article.find(corpus)?;
        let mut passages = corpus.passages_of(article).map(|at| PassageId(at as u32));
        passages.find(|&id| text_hash(corpus, id) == self.text)
    }

    /// Reads what [`fmt::Display`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (article, text) = text.split_once('.')?;
        let article = ArticleKey::parse(article)?;
        let ArticleKey(text) = ArticleKey::parse(text)?;
        Some(Self { article, text })
    }
}

impl ComponentId {
    /// Reads a `custom_id`; `None` for what is not ours or of another version.
    pub fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split(':');
        let kind = parts.next()?;
        let mut next = || parts.next();
        let id = match kind {
            "more" => Self::More {
                passage: PassageKey::parse(next()?)?,
                quote: (next()?.parse().ok()?, next()?.parse().ok()?),
            },
            "others" => Self::Others {
                article: Optional::parse(next()?)?.0,
                page: next()?.parse().ok()?,
                door: Door::parse(next()?)?,
            },
            "share" => Self::Share {
                article: Optional::parse(next()?)?.0,
            },
            "yes" | "no" => Self::Feedback {
                helpful: kind == "yes",
            },
            "passages" => Self::Passages,
            "search" => Self::Search {
                article: Optional::parse(next()?)?.0,
                page: next()?.parse().ok()?,
            },
            "articles" => Self::Articles {
                page: next()?.parse().ok()?,
            },
            "open" => Self::Open,
            "read" => Self::Read {
                article: ArticleKey::parse(next()?)?,
                page: next()?.parse().ok()?,
                door: Door::parse(next()?)?,
            },
            "file" => Self::File {
                article: ArticleKey::parse(next()?)?,
            },
            "summary" => Self::Summary {
                article: Optional::parse(next()?)?.0,
                extent: Extent::parse(next()?)?,
                door: Door::parse(next()?)?,
            },
            "overview" => Self::Overview {
                page: next()?.parse().ok()?,
            },
            "about" => Self::AskAbout {
                article: ArticleKey::parse(next()?)?,
            },
            "asked" => Self::Asked {
                article: ArticleKey::parse(next()?)?,
            },
            _ => return None,
        };
        parts.next().is_none().then_some(id)
    }
}

/// At most 64 characters, whatever it holds.
impl fmt::Display for ComponentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::More { passage, quote } => write!(out, "more:{passage}:{}:{}", quote.0, quote.1),
            Self::Others {
                article,
                page,
                door,
            } => write!(out, "others:{}:{page}:{door}", Optional(*article)),
            Self::Share { article } => write!(out, "share:{}", Optional(*article)),
            Self::Feedback { helpful } => out.write_str(if *helpful { "yes" } else { "no" }),
            Self::Passages => out.write_str("passages"),
            Self::Search { article, page } => write!(out, "search:{}:{page}", Optional(*article)),
            Self::Articles { page } => write!(out, "articles:{page}"),
            Self::Open => out.write_str("open"),
            Self::Read {
                article,
                page,
                door,
            } => write!(out, "read:{article}:{page}:{door}"),
            Self::File { article } => write!(out, "file:{article}"),
            Self::Summary {
                article,
                extent,
                door,
            } => write!(out, "summary:{}:{extent}:{door}", Optional(*article)),
            Self::Overview { page } => write!(out, "overview:{page}"),
            Self::AskAbout { article } => write!(out, "about:{article}"),
            Self::Asked { article } => write!(out, "asked:{article}"),
        }
    }
}

impl fmt::Display for ArticleKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl fmt::Display for PassageKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:016x}", self.article, self.text)
    }
}

impl fmt::Display for Door {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Opens => "o",
            Self::Turns => "t",
        })
    }
}

impl Door {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "o" => Some(Self::Opens),
            "t" => Some(Self::Turns),
            _ => None,
        }
    }
}

impl fmt::Display for Extent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Short => "s",
            Self::Medium => "m",
            Self::Long => "l",
        })
    }
}

impl Extent {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "s" => Some(Self::Short),
            "m" => Some(Self::Medium),
            "l" => Some(Self::Long),
            _ => None,
        }
    }
}

/// An article, or a dash for all.
struct Optional(Option<ArticleKey>);

impl fmt::Display for Optional {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(article) => article.fmt(out),
            None => out.write_str("-"),
        }
    }
}

impl Optional {
    fn parse(text: &str) -> Option<Self> {
        if text == "-" {
            return Some(Self(None));
        }
        ArticleKey::parse(text).map(|article| Self(Some(article)))
    }
}

fn text_hash(corpus: &Corpus, id: PassageId) -> u64 {
    let passage = corpus.passage(id);
    hash(
        corpus
            .span(passage)
            .of(&corpus.article(passage.article).text),
    )
}

/// FNV-1a: the same in every version and process, which the standard library's hash does not promise.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
