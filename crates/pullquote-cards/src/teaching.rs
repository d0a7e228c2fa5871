//! Articles that a server adds inside Discord: what is kept, and what comes of it. Plain data; the shell keeps it.

use super::ArticleKey;
use super::limits::{cut_plain, length, one_line};
use pullquote_core::answer::{Options, Outcome};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::text::safe;

/// Articles that a server may have.
pub const MAX_ARTICLES: usize = 200;
/// Bytes of an article.
pub const MAX_ARTICLE_BYTES: u64 = 2 << 20;
/// Bytes of a server's articles together.
pub const MAX_SERVER_BYTES: u64 = 20 << 20;
/// Seconds in which an article that was removed can be brought back.
pub const UNDO_SECONDS: u64 = 600;

/// Characters of a title.
pub(super) const TITLE: usize = 100;
/// Characters of a file name without `.md`: with it, the name fits into the value of an option.
const STEM: usize = 90;
/// Bytes of the text that cards show of an article.
const SAMPLE: usize = 700;

/// A message of the server, as the source of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Its channel.
    pub channel: u64,
    /// Its id.
    pub message: u64,
}

/// An article to keep for the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleDraft {
    /// Name of its file. An article of the same name is replaced.
    pub path: String,
    /// Markdown: the title as a heading, then the text.
    pub content: String,
    /// The message that it was made from.
    pub origin: Option<Origin>,
    /// The article that was edited: under another name, it is removed, and its source stays.
    pub edited: Option<ArticleKey>,
}

/// Why an article is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeachingError {
    /// The server has [`MAX_ARTICLES`].
    TooMany,
    /// The article has more than [`MAX_ARTICLE_BYTES`].
    ArticleTooLarge,
    /// The server's articles would have more than [`MAX_SERVER_BYTES`].
    ServerFull,
    /// What is kept cannot be read or changed at present. The log has the reason.
    Unavailable,
}

/// How an article was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// Its title.
    pub title: String,
    /// Passages that can be quoted.
    pub passages: usize,
    /// What its title, asked as a question, now answers; `None` if nothing sure.
    pub sample: Option<String>,
    /// Whether there was one of this name.
    pub replaced: bool,
}

/// An article of the server in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnArticle {
    /// Its title.
    pub title: String,
    /// Name of its file.
    pub path: String,
    /// Bytes of its file.
    pub bytes: u64,
    /// Seconds since it was added or replaced.
    pub age: u64,
}

/// An article of the server with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnText {
    /// Name of its file.
    pub path: String,
    /// The content of its file.
    pub content: String,
    /// Address that it comes from.
    pub link: Option<String>,
}

/// An article that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Name of its file.
    pub path: String,
    /// When, in seconds since 1970.
    pub at: u64,
}

impl ArticleDraft {
    /// An article of a title and a text, as they were entered.
    pub(super) fn new(title: &str, text: &str) -> Self {
        let title = one_line(title);
        Self {
            path: path(&title),
            content: format!("# {title}\n\n{}\n", lines(text)),
            origin: None,
            edited: None,
        }
    }
}

impl OwnText {
    /// The title and the text of [`ArticleDraft::new`]; `None` if the file was not made so.
    pub(super) fn parts(&self) -> Option<(&str, &str)> {
        let (title, text) = self.content.strip_prefix("# ")?.split_once("\n\n")?;
        let is_title = !title.contains('\n') && path(title) == self.path;
        is_title.then(|| (title, text.strip_suffix('\n').unwrap_or(text)))
    }

    /// What to call it.
    pub(super) fn title(&self) -> &str {
        self.parts().map_or(&self.path, |(title, _)| title)
    }
}

/// How the server's engine understands an article that it now has.
///
/// ```
/// use pullquote_cards::understood;
/// use pullquote_core::article::Article;
/// use pullquote_core::engine::Engine;
///
/// let text = b"# When does the ferry leave?\n\nThe ferry leaves at seven.\n";
/// let article = Article::new("ferry.md", pullquote_readers::read("ferry.md", text));
/// let engine = Engine::build(article.into_iter().collect());
/// let ferry = understood(&engine, "ferry.md", false).expect("an article");
/// assert_eq!((ferry.title.as_str(), ferry.passages), ("When does the ferry leave?", 1));
/// assert_eq!(ferry.sample.as_deref(), Some("The ferry leaves at seven."));
/// ```
pub fn understood(engine: &Engine, path: &str, replaced: bool) -> Option<Understood> {
    let corpus = engine.corpus();
    // Those of the server come last.
    let mut ids = corpus.ids().rev();
    let id = ids.find(|id| corpus.article(*id).path == path)?;
    let title = corpus.article(id).meta.title.clone();
    let answer = engine.ask(&title, &Options::default());
    let quoted = answer.quotes.first();
    let sample = quoted.filter(|_| answer.outcome == Outcome::Quoted);
    let sample = sample.map(|quote| {
        let article: &Article = corpus.article(quote.article);
        cut_plain(quote.best.of(&article.text), SAMPLE)
    });
    Some(Understood {
        passages: corpus.passages_of(id).len(),
        title,
        sample,
        replaced,
    })
}

/// The name of the file for a title: its words in lower case, `opening-hours.md`.
fn path(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let mut stem = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        let dash = if stem.is_empty() { "" } else { "-" };
        let room = STEM.saturating_sub(length(&stem) + length(dash));
        let mut used = 0;
        let fits = word.chars().take_while(|letter| {
            used += letter.len_utf16();
            used <= room
        });
        let fits: String = fits.collect();
        if !fits.is_empty() {
            stem.extend([dash, &fits]);
        }
    }
    if stem.is_empty() {
        // A title of signs only.
        stem = ArticleKey::named(title).to_string();
    }
    format!("{stem}.md")
}

/// A text of several lines without control characters, with line ends as on this machine.
fn lines(text: &str) -> String {
    safe(&text.replace("\r\n", "\n").replace('\r', "\n"))
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::{ArticleDraft, OwnText, path};

    #[test]
    fn a_title_is_a_file_name() {
        for (title, expect) in [
            ("Opening hours", "opening-hours.md"),
            ("  When do we open?! ", "when-do-we-open.md"),
            ("Öffnungszeiten/../..", "öffnungszeiten.md"),
            ("規則 2", "規則-2.md"),
        ] {
            assert_eq!(path(title), expect);
        }
        let signs = path("???");
        assert!(signs.len() == 19 && signs != path("!!"), "{signs}");
        let long = path(&"Überlang ".repeat(20));
        assert!(long.encode_utf16().count() <= 93, "{long}");
    }

    #[test]
    fn what_was_entered_can_be_edited() {
        for (title, text) in [
            (
                "Opening hours",
                "We open at nine.\n\n- Not on Sundays\n\n# Aside\n\nA cat.",
            ),
            ("???", "Signs."),
        ] {
            let draft = ArticleDraft::new(title, &text.replace('\n', "\r\n"));
            let stored = OwnText {
                path: draft.path,
                content: draft.content,
                link: None,
            };
            assert_eq!(stored.parts(), Some((title, text)));
        }
        let foreign = OwnText {
            path: "list.csv".to_owned(),
            content: "a,b\n\nc".to_owned(),
            link: None,
        };
        assert_eq!((foreign.parts(), foreign.title()), (None, "list.csv"));
    }
}
