//! Where articles come from.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A source: a row of `sources.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name, and that of the folder with its copies.
    pub name: String,
    /// What is there.
    pub kind: Kind,
    /// The address; the path of the file for an export.
    pub place: String,
    /// Of a site, only pages whose addresses begin so.
    pub within: Option<String>,
    /// The branch of a repository.
    pub branch: Option<String>,
    /// The folder of an archive that contains the articles.
    pub folder: Option<String>,
    /// Where the pages of an archive are published: the address of the folder.
    pub links: Option<String>,
    /// How addresses are made from paths there.
    pub style: Option<Style>,
    /// The role of those who answer in a forum.
    pub role: Option<u64>,
    /// How often it is looked at.
    pub every: Duration,
    /// Whether its host may be one of a private network, without encryption. Only the bot's host can say so.
    pub private: bool,
}

/// What is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One page.
    Page,
    /// The list of the pages of a site.
    Sitemap,
    /// The newest pages of a site.
    Feed,
    /// A Git repository, of which the archive of a branch is fetched.
    Repository,
    /// A zip archive, or an export of `MediaWiki`, on this machine.
    Export,
    /// A forum on Discord, by the id of its channel. Only a server has such sources.
    Forum,
}

/// How the tool that publishes an archive makes addresses from paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a/b.md` is at `a/b`, as Docusaurus and Obsidian Publish have it.
    Plain,
    /// `a/b.md` is at `a/b/`, as `MkDocs` has it.
    Folders,
    /// `a/b.md` is at `a/b.html`, as mdBook has it.
    Html,
    /// `A page 0123....md` is at the number that Notion puts behind its title.
    Notion,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Page,
        Self::Sitemap,
        Self::Feed,
        Self::Repository,
        Self::Export,
        Self::Forum,
    ];

    /// Its name, which is also the key of its place in `sources.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Sitemap => "sitemap",
            Self::Feed => "feed",
            Self::Repository => "repository",
            Self::Export => "export",
            Self::Forum => "forum",
        }
    }
}

impl Style {
    /// The styles and their names in `sources.toml`.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("docusaurus", Self::Plain),
        ("obsidian", Self::Plain),
        ("mkdocs", Self::Folders),
        ("mdbook", Self::Html),
        ("notion", Self::Notion),
    ];

    /// The style with a name.
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(own, _)| *own == name);
        found.map(|(_, style)| *style)
    }
}

impl Source {
    /// How often a source is looked at that does not say.
    pub(crate) const DAILY: Duration = Duration::from_hours(24);
    /// How often one can be looked at.
    pub(crate) const HOURLY: Duration = Duration::from_hours(1);

    /// A source with the usual settings.
    pub fn new(name: &str, kind: Kind, place: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            place: place.to_owned(),
            within: None,
            branch: None,
            folder: None,
            links: None,
            style: None,
            role: None,
            every: Self::DAILY,
            private: false,
        }
    }
}
