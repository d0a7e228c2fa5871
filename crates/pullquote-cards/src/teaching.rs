//! Articles that a server adds inside Discord: what is kept, and what comes of it. Plain data; the shell keeps it.

use super::limits::{length, one_line};
use super::line_breaks::{with_line_breaks, without_line_breaks};
use super::rich::Run;
use super::sources::{OwnSource, PreparedSource};
use super::{ArticleKey, DraftKey, Gate, SourceKey, UploadedFile};
use pullquote_core::answer::{Options, Outcome};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::text::safe;
use std::collections::HashSet;

/// Articles that a server may have, besides those of its sources.
pub const MAX_ARTICLES: usize = 200;
/// Bytes of an article.
pub const MAX_ARTICLE_BYTES: u64 = 2 << 20;
/// Bytes of a server's articles together.
pub const MAX_SERVER_BYTES: u64 = 20 << 20;
/// Different answers to the question who may see an article, besides everyone, that a server may give. Each set of members
/// who see the same articles has an index.
pub const MAX_GATES: usize = 4;
/// Questions of a server whose answers can be chosen.
pub const MAX_PINNED: usize = 200;
/// Files that a member may upload at once.
pub const MAX_FILES: u8 = 5;
/// Additions to the articles of a server in a minute.
pub const ADDITIONS_A_MINUTE: u32 = 5;
/// Seconds in which an addition can be confirmed.
pub const CONFIRM_SECONDS: u64 = 3_600;
/// Seconds in which an article that was removed can be brought back.
pub const UNDO_SECONDS: u64 = 600;

/// Characters of a title.
pub(super) const TITLE: usize = 100;
/// Characters of a file name without `.md`: with it, the name fits into the value of an option.
const STEM: usize = 90;
/// Characters of the extension of a file.
const EXTENSION: usize = 8;

/// A message of the server, as the source of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Its channel.
    pub channel: u64,
    /// Its id.
    pub message: u64,
}

/// What a member wants to add to the articles of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// A text.
    Written(ArticleDraft),
    /// Files that were uploaded.
    Files(Vec<UploadedFile>),
    /// The page at an address, or the source that is there.
    Page(String),
    /// The answers in a forum of the server.
    Forum {
        /// Its channel.
        forum: u64,
        /// The role of those who answer.
        role: Option<u64>,
    },
}

/// An article that was written in a form.
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

/// Why nothing is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeachingError {
    /// The server has [`MAX_ARTICLES`].
    TooMany,
    /// The article has more than [`MAX_ARTICLE_BYTES`].
    ArticleTooLarge,
    /// The server has [`MAX_GATES`] different answers to the question who may see an article.
    TooManyGates,
    /// The server has [`MAX_PINNED`] questions whose answers were chosen.
    TooManyPinned,
    /// The server's articles would have more than [`MAX_SERVER_BYTES`].
    ServerFull,
    /// The server has [`MAX_SOURCES`](super::MAX_SOURCES).
    TooManySources,
    /// The server has this source.
    SourceIsThere,
    /// The host has not allowed the bot to read messages.
    NoMessageContent,
    /// The bot may not read the forum.
    ForumHidden,
    /// The server has been added to [`ADDITIONS_A_MINUTE`] times, and may again after these seconds.
    TooFast(u64),
    /// The disk has no room for the change.
    DiskFull,
    /// What is kept cannot be read or changed at present. The log has the reason.
    Unavailable,
}

/// What was understood of an addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Confirms it; `None` if nothing of it can be an article.
    pub draft: Option<DraftKey>,
    /// Its articles.
    pub articles: Vec<PreparedArticle>,
    /// Names of files that are not added, each with the reason.
    pub left_out: Vec<(String, FileProblem)>,
    /// What the title of the first article, asked as a question, would answer; `None` if nothing sure.
    pub sample: Option<Run>,
    /// The source that the articles come from, if it is looked at again.
    pub source: Option<PreparedSource>,
}

/// An article of an addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedArticle {
    /// Its title.
    pub title: String,
    /// Name of its file.
    pub path: String,
    /// Passages that can be quoted.
    pub passages: usize,
    /// Parts of the file that are not quoted, as navigation.
    pub dropped: usize,
    /// What its author could do better, in English.
    pub warnings: Vec<String>,
    /// The article that it replaces.
    pub replaces: Option<Replaced>,
}

/// How an article differs from the one that it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// Seconds since that was added.
    pub age: u64,
    /// Passages that are new.
    pub new: usize,
    /// Passages that are gone.
    pub gone: usize,
}

/// Why a file is not added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// It has more than so many bytes: [`MAX_ARTICLE_BYTES`] or, if it is an archive, [`MAX_SERVER_BYTES`].
    TooLarge(u64),
    /// No reader reads such files.
    Format,
    /// The archive, or a file in it, is damaged or protected by a password.
    Damaged,
    /// The archive contains too much.
    TooMuch,
    /// Discord no longer has it.
    Gone,
    /// It cannot be downloaded at present. The log has the reason.
    Unreachable,
    /// The address is none, or one that the bot may not fetch.
    Address,
    /// What a reader says of it, in English.
    Unreadable(String),
}

/// What came of confirming an addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// It answers.
    Added {
        /// Pages of their source that are still to be read.
        later: usize,
    },
    /// The articles have changed since the member saw what would be added; this is how it looks now.
    Changed(Prepared),
    /// It was confirmed or dropped before, or its time is over.
    Gone,
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
    /// Whether only some members see it.
    pub is_gated: bool,
    /// Seconds since it was added or replaced.
    pub age: u64,
}

/// What a server has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnArticles {
    /// Its articles, except those of sources.
    pub articles: Vec<OwnArticle>,
    /// Its sources.
    pub sources: Vec<OwnSource>,
}

/// An article of the server with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnText {
    /// Name of its file.
    pub path: String,
    /// The content of its file, or what a reader made of it if that is no text.
    pub content: String,
    /// Address that it comes from.
    pub link: Option<String>,
    /// Who may see it.
    pub gate: Gate,
    /// The source that it belongs to.
    pub source: Option<SourceKey>,
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
            content: format!("# {title}\n\n{}\n", with_line_breaks(&lines(text))),
            origin: None,
            edited: None,
        }
    }
}

impl OwnText {
    /// The title and the text of [`ArticleDraft::new`]; `None` if the file was not made so.
    pub(super) fn parts(&self) -> Option<(&str, String)> {
        let (title, text) = self.content.strip_prefix("# ")?.split_once("\n\n")?;
        let is_title = !title.contains('\n') && path(title) == self.path;
        let text = text.strip_suffix('\n').unwrap_or(text);
        is_title.then(|| (title, without_line_breaks(text)))
    }

    /// What to call it.
    pub(super) fn title(&self) -> &str {
        self.parts().map_or(&self.path, |(title, _)| title)
    }
}

impl Replaced {
    /// How `new` differs from `old`, which was added `age` seconds ago.
    ///
    /// ```
    /// use pullquote_cards::Replaced;
    /// use pullquote_core::article::Article;
    ///
    /// let article = |text: &str| Article::new("a.md", pullquote_readers::read("a.md", text.as_bytes())).unwrap();
    /// let replaced = Replaced::between(&article("One.\n\nTwo."), &article("Two.\n\nThree.\n\nFour."), 60);
    /// assert_eq!((replaced.new, replaced.gone), (2, 1));
    /// ```
    pub fn between(old: &Article, new: &Article, age: u64) -> Self {
        let passages = |article: &Article| -> HashSet<String> {
            let paragraphs = article.paragraphs.iter();
            let text = paragraphs.map(|it| it.span.of(&article.text).to_owned());
            text.collect()
        };
        let (old, new) = (passages(old), passages(new));
        Self {
            age,
            new: new.difference(&old).count(),
            gone: old.difference(&new).count(),
        }
    }
}

/// What the title of an article, asked as a question, answers from it alone; `None` if nothing sure.
///
/// ```
/// use pullquote_cards::sample;
/// use pullquote_core::article::Article;
///
/// let text = b"# When does the ferry leave?\n\nThe ferry leaves at seven.\n";
/// let article = Article::new("ferry.md", pullquote_readers::read("ferry.md", text));
/// assert_eq!(sample(article.unwrap()).unwrap().text(), "The ferry leaves at seven.");
/// ```
pub fn sample(article: Article) -> Option<Run> {
    let title = article.meta.title.clone();
    let engine = Engine::build(vec![article]);
    let answer = engine.ask(&title, &Options::default());
    let quoted = answer.quotes.first();
    let quoted = quoted.filter(|_| answer.outcome == Outcome::Quoted)?;
    Some(Run::of_quote(
        engine.corpus().article(quoted.article),
        quoted,
    ))
}

/// The name of a file that was uploaded, or of one in an archive, as the path of an article. It is never used as a path.
///
/// ```
/// use pullquote_cards::upload_path;
///
/// assert_eq!(upload_path("House Rules (2).PDF"), "house-rules-2.pdf");
/// assert_eq!(upload_path("docs/../How to join.md"), "docs/how-to-join.md");
/// ```
pub fn upload_path(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let parts = stem.split(['/', '\\']).map(|part| words(part, STEM));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    let mut stem = parts.join("/");
    if stem.is_empty() {
        stem = ArticleKey::named(name).to_string();
    } else if length(&stem) > STEM {
        // The end says most, and the key tells it from others.
        let tail = parts.last().map_or("", String::as_str);
        stem = format!("{}-{}", words(tail, STEM - 17), ArticleKey::named(name));
    }
    match words(extension, EXTENSION) {
        empty if empty.is_empty() => format!("{stem}.txt"),
        extension => format!("{stem}.{extension}"),
    }
}

/// The name of the file for a title: its words in lower case, `opening-hours.md`.
fn path(title: &str) -> String {
    let mut stem = words(title, STEM);
    if stem.is_empty() {
        // A title of signs only.
        stem = ArticleKey::named(title).to_string();
    }
    format!("{stem}.md")
}

/// The words of a text in lower case, joined by dashes, of at most so many characters.
fn words(text: &str, most: usize) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let mut joined = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        let dash = if joined.is_empty() { "" } else { "-" };
        let room = most.saturating_sub(length(&joined) + length(dash));
        let mut used = 0;
        let fits = word.chars().take_while(|letter| {
            used += letter.len_utf16();
            used <= room
        });
        let fits: String = fits.collect();
        if !fits.is_empty() {
            joined.extend([dash, &fits]);
        }
    }
    joined
}

/// A text of several lines without control characters, with line ends as on this machine.
fn lines(text: &str) -> String {
    safe(&text.replace("\r\n", "\n").replace('\r', "\n"))
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::{ArticleDraft, Gate, OwnText, path, upload_path};

    #[test]
    fn the_name_of_an_upload_is_a_short_path() {
        for (name, expect) in [
            ("Rules.md", "rules.md"),
            ("C:\\Users\\me\\FAQ v2.docx", "c/users/me/faq-v2.docx"),
            ("/etc/passwd", "etc/passwd.txt"),
            ("README", "readme.txt"),
        ] {
            assert_eq!(upload_path(name), expect);
        }
        // Signs only.
        assert_eq!(upload_path("..").len(), "0123456789abcdef.txt".len());
        let long = |end: &str| upload_path(&format!("{}/{end}.md", "folder/".repeat(30)));
        assert!(long("a").len() < 100 && long("a") != long("b"));
        assert!(long("how to join").starts_with("how-to-join-"));
    }

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
                "We open at nine\nand close at six.\n\n- Not on Sundays\n- Not at night\n\n# Aside\n\nA cat.",
            ),
            ("???", "Signs."),
        ] {
            let draft = ArticleDraft::new(title, &text.replace('\n', "\r\n"));
            let stored = OwnText {
                path: draft.path,
                content: draft.content,
                link: None,
                gate: Gate::default(),
                source: None,
            };
            assert_eq!(stored.parts(), Some((title, text.to_owned())));
        }
        let foreign = OwnText {
            path: "list.csv".to_owned(),
            content: "a,b\n\nc".to_owned(),
            link: None,
            gate: Gate::default(),
            source: None,
        };
        assert_eq!((foreign.parts(), foreign.title()), (None, "list.csv"));
    }
}
