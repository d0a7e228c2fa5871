//! The `custom_id` of a button or select menu. It contains everything that its handler needs, so a component
//! keeps working after a restart and in any process.

use super::insights::ExportFormat;
use super::keys::QuestionKey;
use super::keys::{ArticleKey, DraftKey, PassageKey, SourceKey};
use super::quotes::QuotesView;
use super::settings::{SettingControl, SettingsPage};
use super::teaching::Origin;
use std::fmt;

/// A component's purpose and its arguments. Prints and parses as a `custom_id` of at most 64 characters.
///
/// A `custom_id` stays in messages for years: an existing form keeps its meaning.
///
/// ```
/// use pullquote_cards::ComponentId;
///
/// let id = ComponentId::Articles { page: 2 };
/// assert_eq!(ComponentId::parse(&id.to_string()), Some(id));
/// assert_eq!(ComponentId::parse("made:up"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComponentId {
    /// Shows the passage around a quote.
    Context {
        /// Passage that contains the quote.
        passage: PassageKey,
        /// Byte range of the quote, relative to the start of the passage.
        quote: (u32, u32),
        /// Where the question was asked, and other passages are looked for.
        scope: Scope,
    },
    /// Shows other passages for the question in the message.
    OtherPassages {
        /// Only passages of this article; `None` for all articles.
        article: Option<ArticleKey>,
        /// Page number, from 0.
        page: u16,
        /// Where the response appears.
        target: Target,
    },
    /// Posts an ephemeral answer in the channel.
    Share {
        /// Only passages of this article; `None` for all articles.
        article: Option<ArticleKey>,
    },
    /// Opens a form to ask a further question, and is the id of that form.
    FollowUp {
        /// Only passages of this article; `None` for all articles.
        article: Option<ArticleKey>,
    },
    /// Deletes the message that it belongs to.
    Delete,
    /// Passes the question in the message on to the helpers.
    AskHelpers,
    /// Rates an answer.
    Feedback {
        /// Whether the answer helped.
        helpful: bool,
        /// Passage that the answer quotes first; `None` in messages of earlier versions.
        passage: Option<PassageKey>,
    },
    /// Marks the forum post that a question was asked in as solved.
    Solved,
    /// Removes an answer that nobody asked the bot for.
    Wrong,
    /// Select menu of passages. Its values are [`PassageKey`]s.
    PickPassage,
    /// Shows a page of search results for the keywords in the message.
    Search {
        /// Only passages of this article; `None` for all articles.
        article: Option<ArticleKey>,
        /// Page number, from 0.
        page: u16,
    },
    /// Shows a page of the article list.
    Articles {
        /// Page number, from 0.
        page: u16,
    },
    /// Select menu of articles. Its values are [`ArticleKey`]s.
    PickArticle,
    /// Shows a page of an article's text.
    Read {
        /// The article to read.
        article: ArticleKey,
        /// Page number, from 0.
        page: u16,
        /// Where the response appears.
        target: Target,
    },
    /// Attaches an article's text as a file.
    File {
        /// The article to attach.
        article: ArticleKey,
    },
    /// Shows a summary. If it has a focus, the message shows it.
    Summary {
        /// The article to summarise; `None` for all articles.
        article: Option<ArticleKey>,
        /// Length of the summary.
        length: SummaryLength,
        /// Where the response appears.
        target: Target,
    },
    /// Shows a page of the overview: one sentence from each article.
    Overview {
        /// Page number, from 0.
        page: u16,
    },
    /// Suggests questions about an article.
    SuggestQuestions {
        /// The article.
        article: ArticleKey,
    },
    /// Select menu of questions about an article. Its values are the questions.
    PickQuestion {
        /// The article.
        article: ArticleKey,
    },
    /// The form for a new article of the server.
    WriteArticle {
        /// The message that it is made from.
        origin: Option<Origin>,
    },
    /// The form to upload articles of the server.
    AddArticles,
    /// Adds what the message shows to the articles of the server.
    ConfirmDraft {
        /// What to add.
        draft: DraftKey,
    },
    /// Drops what the message shows.
    DiscardDraft {
        /// What to drop.
        draft: DraftKey,
    },
    /// Opens a form to change an article of the server, and is the id of that form.
    EditArticle {
        /// The key of its path.
        article: ArticleKey,
    },
    /// Opens a form to choose who may see an article of the server, and is the id of that form.
    GateArticle {
        /// The key of its path.
        article: ArticleKey,
    },
    /// Removes an article of the server.
    RemoveArticle {
        /// The key of its path.
        article: ArticleKey,
    },
    /// Brings back the article of the server whose path the message shows.
    RestoreArticle {
        /// When it was removed, in seconds since 1970.
        removed_at: u64,
    },
    /// Shows a page of the list of the server's articles.
    OwnArticles {
        /// Page number, from 0.
        page: u16,
    },
    /// Select menu of the server's articles. Its values are [`ArticleKey`]s of their paths.
    PickOwnArticle,
    /// Select menu of the server's sources. Its values are [`SourceKey`]s.
    PickSource,
    /// Looks at a source of the server.
    SyncSource {
        /// The source.
        source: SourceKey,
    },
    /// Opens a form to choose who may see the articles of a source, and is the id of that form.
    GateSource {
        /// The source.
        source: SourceKey,
    },
    /// Removes a source with its articles.
    RemoveSource {
        /// The source.
        source: SourceKey,
    },
    /// Brings back a source with its articles.
    RestoreSource {
        /// The source.
        source: SourceKey,
        /// When it was removed, in seconds since 1970.
        removed_at: u64,
    },
    /// Shows a page of the questions without an answer.
    Questions {
        /// Page number, from 0.
        page: u16,
    },
    /// Opens the questions without an answer in a message of its own.
    Insights,
    /// Select menu of questions without an answer. Its values are [`QuestionKey`]s.
    PickUnanswered,
    /// Opens a form for an article that answers the question in the message, and is the id of that form.
    WriteAnswer {
        /// The question.
        question: QuestionKey,
    },
    /// Hides a question without an answer.
    DismissQuestion {
        /// The question.
        question: QuestionKey,
    },
    /// Brings back a hidden question.
    ReopenQuestion {
        /// The question.
        question: QuestionKey,
    },
    /// Shows the passages that members found not helpful.
    Misleading,
    /// Shows articles that were quoted, or that were not.
    Quotes(QuotesView),
    /// Select menu of passages, one of which becomes the answer to the question in the message. Its values are
    /// [`PassageKey`]s.
    PinPassage,
    /// Leaves the answer to the question in the message to ranking again.
    Unpin,
    /// Shows a page of the questions whose answers were chosen.
    PinnedAnswers {
        /// Page number, from 0.
        page: u16,
    },
    /// Select menu of questions whose answers were chosen. Its values are [`QuestionKey`]s.
    PickPinned,
    /// Attaches the questions without an answer as a file.
    ExportQuestions {
        /// The kind of file.
        format: ExportFormat,
    },
    /// Shows a page of the settings.
    Settings {
        /// The page.
        page: SettingsPage,
    },
    /// Changes a setting.
    Set(SettingControl),
}

/// Length of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryLength {
    /// About three sentences.
    Short,
    /// About six sentences.
    Medium,
    /// About twelve sentences, or a fifth of a long article.
    Long,
}

/// The articles that a question is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All articles.
    All,
    /// The article of the passage.
    Article,
}

/// Where the response to a component appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// In a new message.
    NewMessage,
    /// In the message that the component belongs to.
    Update,
}

impl ComponentId {
    /// Parses a `custom_id`. `None` if it is not one of the bot's, or comes from another version.
    pub fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split(':');
        let kind = parts.next()?;
        let mut next = || parts.next();
        let id = match kind {
            "more" => Self::Context {
                passage: PassageKey::parse(next()?)?,
                quote: (next()?.parse().ok()?, next()?.parse().ok()?),
                scope: Scope::parse(next())?,
            },
            "others" => Self::OtherPassages {
                article: OneOrAll::parse(next()?)?.0,
                page: next()?.parse().ok()?,
                target: Target::parse(next()?)?,
            },
            "share" => Self::Share {
                article: OneOrAll::parse(next()?)?.0,
            },
            "further" => Self::FollowUp {
                article: OneOrAll::parse(next()?)?.0,
            },
            "yes" | "no" => Self::Feedback {
                helpful: kind == "yes",
                passage: match next() {
                    Some(key) => Some(PassageKey::parse(key)?),
                    None => None,
                },
            },
            "search" => Self::Search {
                article: OneOrAll::parse(next()?)?.0,
                page: next()?.parse().ok()?,
            },
            "articles" => Self::Articles {
                page: next()?.parse().ok()?,
            },
            "read" => Self::Read {
                article: ArticleKey::parse(next()?)?,
                page: next()?.parse().ok()?,
                target: Target::parse(next()?)?,
            },
            "file" => Self::File {
                article: ArticleKey::parse(next()?)?,
            },
            "summary" => Self::Summary {
                article: OneOrAll::parse(next()?)?.0,
                length: SummaryLength::parse(next()?)?,
                target: Target::parse(next()?)?,
            },
            "overview" => Self::Overview {
                page: next()?.parse().ok()?,
            },
            "about" => Self::SuggestQuestions {
                article: ArticleKey::parse(next()?)?,
            },
            "asked" => Self::PickQuestion {
                article: ArticleKey::parse(next()?)?,
            },
            other => Self::of_managers(other, &mut next).or_else(|| Self::bare(other))?,
        };
        parts.next().is_none().then_some(id)
    }

    /// An id that only those who manage a server use.
    fn of_managers<'a>(kind: &str, next: &mut impl FnMut() -> Option<&'a str>) -> Option<Self> {
        match kind {
            "questions" | "answer" | "dismiss" | "reopen" | "export" | "chosen" | "quotes" => {
                Self::insights(kind, next)
            }
            "settings" => Some(Self::Settings {
                page: SettingsPage::parse(next()?)?,
            }),
            "set" => Some(Self::Set(SettingControl::parse(next()?, next())?)),
            _ => Self::teaching(kind, next),
        }
    }

    /// An id about the server's own articles.
    fn teaching<'a>(kind: &str, next: &mut impl FnMut() -> Option<&'a str>) -> Option<Self> {
        Some(match kind {
            "write" => Self::WriteArticle {
                origin: match next()? {
                    "-" => None,
                    channel => Some(Origin {
                        channel: number(channel)?,
                        message: number(next()?)?,
                    }),
                },
            },
            "confirm" => Self::ConfirmDraft {
                draft: DraftKey::parse(next()?)?,
            },
            "discard" => Self::DiscardDraft {
                draft: DraftKey::parse(next()?)?,
            },
            "edit" => Self::EditArticle {
                article: ArticleKey::parse(next()?)?,
            },
            "gate" => Self::GateArticle {
                article: ArticleKey::parse(next()?)?,
            },
            "remove" => Self::RemoveArticle {
                article: ArticleKey::parse(next()?)?,
            },
            "restore" => Self::RestoreArticle {
                removed_at: number(next()?)?,
            },
            "own" => Self::OwnArticles {
                page: next()?.parse().ok()?,
            },
            "source-sync" => Self::SyncSource {
                source: SourceKey::parse(next()?)?,
            },
            "source-gate" => Self::GateSource {
                source: SourceKey::parse(next()?)?,
            },
            "source-remove" => Self::RemoveSource {
                source: SourceKey::parse(next()?)?,
            },
            "source-restore" => Self::RestoreSource {
                source: SourceKey::parse(next()?)?,
                removed_at: number(next()?)?,
            },
            _ => return None,
        })
    }

    /// An id about questions without an answer.
    fn insights<'a>(kind: &str, next: &mut impl FnMut() -> Option<&'a str>) -> Option<Self> {
        Some(match kind {
            "questions" => Self::Questions {
                page: next()?.parse().ok()?,
            },
            "answer" => Self::WriteAnswer {
                question: QuestionKey::parse(next()?)?,
            },
            "dismiss" => Self::DismissQuestion {
                question: QuestionKey::parse(next()?)?,
            },
            "reopen" => Self::ReopenQuestion {
                question: QuestionKey::parse(next()?)?,
            },
            "chosen" => Self::PinnedAnswers {
                page: next()?.parse().ok()?,
            },
            "quotes" => Self::Quotes(QuotesView::parse(next)?),
            "export" => Self::ExportQuestions {
                format: match next()? {
                    "md" => ExportFormat::Markdown,
                    "csv" => ExportFormat::Csv,
                    _ => return None,
                },
            },
            _ => return None,
        })
    }

    /// An id without arguments.
    fn bare(kind: &str) -> Option<Self> {
        Some(match kind {
            "add" => Self::AddArticles,
            "delete" => Self::Delete,
            "helpers" => Self::AskHelpers,
            "solved" => Self::Solved,
            "wrong" => Self::Wrong,
            "passages" => Self::PickPassage,
            "open" => Self::PickArticle,
            "manage" => Self::PickOwnArticle,
            "sources" => Self::PickSource,
            "insights" => Self::Insights,
            "question" => Self::PickUnanswered,
            "misleading" => Self::Misleading,
            "choose" => Self::PinPassage,
            "unpin" => Self::Unpin,
            "pinned" => Self::PickPinned,
            _ => return None,
        })
    }
}

impl fmt::Display for ComponentId {
    #[expect(clippy::too_many_lines, reason = "one arm for each id")]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Context {
                passage,
                quote: (start, end),
                scope,
            } => write!(out, "more:{passage}:{start}:{end}{scope}"),
            Self::OtherPassages {
                article,
                page,
                target,
            } => write!(out, "others:{}:{page}:{target}", OneOrAll(article)),
            Self::Share { article } => write!(out, "share:{}", OneOrAll(article)),
            Self::FollowUp { article } => write!(out, "further:{}", OneOrAll(article)),
            Self::Delete => out.write_str("delete"),
            Self::AskHelpers => out.write_str("helpers"),
            Self::Feedback { helpful, passage } => {
                out.write_str(if helpful { "yes" } else { "no" })?;
                passage.map_or(Ok(()), |passage| write!(out, ":{passage}"))
            }
            Self::Solved => out.write_str("solved"),
            Self::Wrong => out.write_str("wrong"),
            Self::PickPassage => out.write_str("passages"),
            Self::Search { article, page } => write!(out, "search:{}:{page}", OneOrAll(article)),
            Self::Articles { page } => write!(out, "articles:{page}"),
            Self::PickArticle => out.write_str("open"),
            Self::Read {
                article,
                page,
                target,
            } => write!(out, "read:{article}:{page}:{target}"),
            Self::File { article } => write!(out, "file:{article}"),
            Self::Summary {
                article,
                length,
                target,
            } => write!(out, "summary:{}:{length}:{target}", OneOrAll(article)),
            Self::Overview { page } => write!(out, "overview:{page}"),
            Self::SuggestQuestions { article } => write!(out, "about:{article}"),
            Self::PickQuestion { article } => write!(out, "asked:{article}"),
            Self::WriteArticle { origin: None } => out.write_str("write:-"),
            Self::WriteArticle {
                origin: Some(Origin { channel, message }),
            } => write!(out, "write:{channel}:{message}"),
            Self::AddArticles => out.write_str("add"),
            Self::ConfirmDraft { draft } => write!(out, "confirm:{draft}"),
            Self::DiscardDraft { draft } => write!(out, "discard:{draft}"),
            Self::EditArticle { article } => write!(out, "edit:{article}"),
            Self::GateArticle { article } => write!(out, "gate:{article}"),
            Self::RemoveArticle { article } => write!(out, "remove:{article}"),
            Self::RestoreArticle { removed_at } => write!(out, "restore:{removed_at}"),
            Self::OwnArticles { page } => write!(out, "own:{page}"),
            Self::PickOwnArticle => out.write_str("manage"),
            Self::PickSource => out.write_str("sources"),
            Self::SyncSource { source } => write!(out, "source-sync:{source}"),
            Self::GateSource { source } => write!(out, "source-gate:{source}"),
            Self::RemoveSource { source } => write!(out, "source-remove:{source}"),
            Self::RestoreSource { source, removed_at } => {
                write!(out, "source-restore:{source}:{removed_at}")
            }
            Self::Questions { page } => write!(out, "questions:{page}"),
            Self::Insights => out.write_str("insights"),
            Self::PickUnanswered => out.write_str("question"),
            Self::WriteAnswer { question } => write!(out, "answer:{question}"),
            Self::DismissQuestion { question } => write!(out, "dismiss:{question}"),
            Self::ReopenQuestion { question } => write!(out, "reopen:{question}"),
            Self::Misleading => out.write_str("misleading"),
            Self::Quotes(view) => write!(out, "quotes:{view}"),
            Self::PinPassage => out.write_str("choose"),
            Self::Unpin => out.write_str("unpin"),
            Self::PinnedAnswers { page } => write!(out, "chosen:{page}"),
            Self::PickPinned => out.write_str("pinned"),
            Self::ExportQuestions { format } => out.write_str(match format {
                ExportFormat::Markdown => "export:md",
                ExportFormat::Csv => "export:csv",
            }),
            Self::Settings { page } => write!(out, "settings:{page}"),
            Self::Set(control) => write!(out, "set:{control}"),
        }
    }
}

/// A number as it is printed.
fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NewMessage => "o",
            Self::Update => "t",
        })
    }
}

impl Target {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "o" => Some(Self::NewMessage),
            "t" => Some(Self::Update),
            _ => None,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::All => "",
            Self::Article => ":a",
        })
    }
}

impl Scope {
    fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None => Some(Self::All),
            Some("a") => Some(Self::Article),
            Some(_) => None,
        }
    }
}

impl fmt::Display for SummaryLength {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Short => "s",
            Self::Medium => "m",
            Self::Long => "l",
        })
    }
}

impl SummaryLength {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "s" => Some(Self::Short),
            "m" => Some(Self::Medium),
            "l" => Some(Self::Long),
            _ => None,
        }
    }
}

/// One article, or `-` for all articles.
struct OneOrAll(Option<ArticleKey>);

impl fmt::Display for OneOrAll {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(article) => article.fmt(out),
            None => out.write_str("-"),
        }
    }
}

impl OneOrAll {
    fn parse(text: &str) -> Option<Self> {
        if text == "-" {
            return Some(Self(None));
        }
        ArticleKey::parse(text).map(|article| Self(Some(article)))
    }
}

#[cfg(test)]
mod tests {
    use super::ComponentId;

    #[test]
    #[expect(clippy::too_many_lines, reason = "one line for each id")]
    fn parses_what_it_prints() {
        let key = "00000000000000ff";
        for id in [
            format!("more:{key}.{key}:4294967295:4294967295"),
            format!("more:{key}.{key}:0:7:a"),
            format!("others:{key}:65535:t"),
            "others:-:0:o".to_owned(),
            "share:-".to_owned(),
            format!("further:{key}"),
            "delete".to_owned(),
            "helpers".to_owned(),
            "yes".to_owned(),
            "no".to_owned(),
            format!("yes:{key}.{key}"),
            format!("no:{key}.{key}"),
            "solved".to_owned(),
            "wrong".to_owned(),
            "passages".to_owned(),
            format!("search:{key}:3"),
            "articles:1".to_owned(),
            "open".to_owned(),
            format!("read:{key}:2:t"),
            format!("file:{key}"),
            "summary:-:l:o".to_owned(),
            "overview:9".to_owned(),
            format!("about:{key}"),
            format!("asked:{key}"),
            "write:-".to_owned(),
            format!("write:{}:{}", u64::MAX, u64::MAX),
            "add".to_owned(),
            format!("confirm:{key}"),
            format!("discard:{key}"),
            format!("gate:{key}"),
            format!("edit:{key}"),
            format!("remove:{key}"),
            format!("restore:{}", u64::MAX),
            "own:65535".to_owned(),
            "manage".to_owned(),
            "sources".to_owned(),
            format!("source-sync:{key}"),
            format!("source-gate:{key}"),
            format!("source-remove:{key}"),
            format!("source-restore:{key}:{}", u64::MAX),
            "questions:65535".to_owned(),
            "question".to_owned(),
            format!("answer:{key}"),
            format!("dismiss:{key}"),
            format!("reopen:{key}"),
            "misleading".to_owned(),
            "quotes:most:7:0".to_owned(),
            "quotes:not:90:65535".to_owned(),
            "export:md".to_owned(),
            "export:csv".to_owned(),
            "settings:answers".to_owned(),
            "settings:questions".to_owned(),
            "set:private:yes".to_owned(),
            "set:shared:no".to_owned(),
            "set:threads:yes".to_owned(),
            "set:reset".to_owned(),
            "set:unasked".to_owned(),
            "set:sure".to_owned(),
            "set:language".to_owned(),
            "set:helpers".to_owned(),
            "set:kept".to_owned(),
            "set:days".to_owned(),
            "set:digest".to_owned(),
            "set:several:no".to_owned(),
            "insights".to_owned(),
        ] {
            let parsed = ComponentId::parse(&id).map(|id| id.to_string());
            assert_eq!(parsed.as_deref(), Some(id.as_str()));
            assert!(id.len() <= 64, "{id}");
            assert_eq!(ComponentId::parse(&format!("{id}:x")), None);
        }
        for id in [
            "",
            "other",
            "articles",
            "articles:65536",
            "share:",
            "summary:-:x:o",
            "write:1",
            "write:1:02",
            "write:-:1",
            "restore:+1",
            "answer:1",
            "export:txt",
            "quotes:most:8:0",
            "quotes:all:7:0",
            "settings:other",
            "set:private",
            "set:private:maybe",
            "set:kept:all",
        ] {
            assert_eq!(ComponentId::parse(id), None, "{id}");
        }
    }
}
