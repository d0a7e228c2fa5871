//! What an answer says of the articles themselves.

use crate::article::ArticleId;

/// What is asked about an article, or about all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Who wrote it.
    Author,
    /// When it was published.
    Date,
    /// Who published it.
    Publisher,
    /// Where it can be read.
    Source,
    /// What it says: a summary.
    Gist,
    /// How long it is.
    Length,
    /// Which articles there are.
    Articles,
    /// What can be asked.
    Help,
}

/// What an answer says of the articles themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What was asked.
    pub topic: Topic,
    /// The article; `None` where the question is not about one, or does not say which of several.
    pub article: Option<ArticleId>,
    /// The author, date, publisher or address; `None` where the article does not say.
    pub fact: Option<String>,
}
