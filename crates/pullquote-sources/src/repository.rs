//! Git repositories: the addresses of the archive of a branch, and of its files. There is no need for Git itself.

use url::Url;

/// A repository on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    forge: Forge,
    /// Its address, without a slash at the end.
    address: String,
    /// The branch and folder that the address names, as those of a folder in a browser do.
    pub branch: Option<String>,
    /// The folder.
    pub folder: Option<String>,
}

/// What serves a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forge {
    /// github.com.
    GitHub,
    /// gitlab.com, and hosts that have GitLab in their name.
    GitLab,
    /// Codeberg, Gitea, Forgejo, and every other host.
    Gitea,
}

/// Bytes at the beginning of a page in which its tags are looked at.
const HEAD: usize = 64 << 10;
/// Branches that are tried where none is named.
const USUAL: &[&str] = &["main", "master"];

impl Repository {
    /// The repository at an address such as `https://HOST/OWNER/NAME`. `None` if the address cannot be one.
    ///
    /// ```
    /// use pullquote_sources::Repository;
    ///
    /// let repository = Repository::at("https://codeberg.org/club/wiki").unwrap();
    /// assert_eq!(repository.archive("main"), "https://codeberg.org/club/wiki/archive/main.zip");
    /// assert_eq!(repository.file("main", "a b.md"), "https://codeberg.org/club/wiki/src/branch/main/a%20b.md");
    /// ```
    pub fn at(address: &str) -> Option<Self> {
        let mut url = Url::parse(address).ok()?;
        let host = url.host_str()?.to_owned();
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().trim_matches('/').trim_end_matches(".git");
        let forge = Forge::of(&host);
        let (path, inside) = forge.split(path);
        if path.split('/').filter(|part| !part.is_empty()).count() < 2 {
            return None;
        }
        let (branch, folder) =
            match inside.map(|inside| inside.split_once('/').unwrap_or((inside, ""))) {
                Some((branch, folder)) => (Some(branch.to_owned()), Some(folder.to_owned())),
                None => (None, None),
            };
        let path = path.to_owned();
        url.set_path(&path);
        Some(Self {
            forge,
            address: url.as_str().trim_end_matches('/').to_owned(),
            branch,
            folder: folder.filter(|folder| !folder.is_empty()),
        })
    }

    /// Whether the address is that of a repository on a host that has nothing else.
    pub fn is_certain(&self) -> bool {
        let host = Url::parse(&self.address).ok();
        let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
        matches!(
            host,
            "github.com" | "gitlab.com" | "codeberg.org" | "gitea.com"
        )
    }

    /// Whether the page at the address says that it is that of a repository, as the software of such hosts does.
    ///
    /// ```
    /// use pullquote_sources::Repository;
    ///
    /// let page = b"<html><head><meta name=\"keywords\" content=\"go,git,self-hosted,gitea\">";
    /// assert!(Repository::at("https://git.example.org/club/wiki").unwrap().is_shown_by(page));
    /// assert!(!Repository::at("https://git.example.org/club/wiki/issues/7").unwrap().is_shown_by(page));
    /// ```
    pub fn is_shown_by(&self, page: &[u8]) -> bool {
        let names: &[&str] = match self.forge {
            Forge::GitHub => return false,
            Forge::GitLab => &["gitlab"],
            Forge::Gitea => &["gitea", "forgejo"],
        };
        let parts = Url::parse(&self.address).ok();
        let parts = parts.map_or(0, |url| url.path_segments().map_or(0, Iterator::count));
        let start = page.get(..page.len().min(HEAD)).unwrap_or_default();
        let start = String::from_utf8_lossy(start).to_lowercase();
        let mut tags = start.split('<').filter(|tag| tag.starts_with("meta "));
        let is_named = tags.any(|tag| names.iter().any(|name| tag.contains(name)));
        is_named && (parts == 2 || self.folder.is_some())
    }

    /// The branches to try: the one that is named, or the usual ones.
    pub fn branches<'a>(&'a self, named: Option<&'a str>) -> Vec<&'a str> {
        match named.or(self.branch.as_deref()) {
            Some(branch) => vec![branch],
            None => USUAL.to_vec(),
        }
    }

    /// The address of the archive of a branch.
    pub fn archive(&self, branch: &str) -> String {
        let (address, name) = (&self.address, self.name());
        let flat = branch.replace('/', "-");
        match self.forge {
            Forge::GitHub => format!("{address}/archive/refs/heads/{branch}.zip"),
            Forge::GitLab => format!("{address}/-/archive/{branch}/{name}-{flat}.zip"),
            Forge::Gitea => format!("{address}/archive/{branch}.zip"),
        }
    }

    /// The address of a file for people.
    pub fn file(&self, branch: &str, path: &str) -> String {
        let address = &self.address;
        let before = match self.forge {
            Forge::GitHub => "blob",
            Forge::GitLab => "-/blob",
            Forge::Gitea => "src/branch",
        };
        let whole = format!("{address}/{before}/{branch}/");
        let Ok(mut url) = Url::parse(&whole) else {
            return whole;
        };
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        url.into()
    }

    fn name(&self) -> &str {
        self.address.rsplit('/').next().unwrap_or_default()
    }
}

impl Forge {
    fn of(host: &str) -> Self {
        match host {
            "github.com" => Self::GitHub,
            _ if host.split('.').any(|part| part.starts_with("gitlab")) => Self::GitLab,
            _ => Self::Gitea,
        }
    }

    /// Splits the path of a folder in a browser into that of the repository, and branch with folder.
    fn split(self, path: &str) -> (&str, Option<&str>) {
        let before = match self {
            Self::GitHub => "/tree/",
            Self::GitLab => "/-/tree/",
            Self::Gitea => "/src/branch/",
        };
        match path.split_once(before) {
            Some((path, inside)) => (path, Some(inside)),
            None => (path, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Repository;

    #[test]
    fn archives_and_files() {
        for (address, archive, file) in [
            (
                "https://github.com/club/wiki",
                "https://github.com/club/wiki/archive/refs/heads/main.zip",
                "https://github.com/club/wiki/blob/main/a/b.md",
            ),
            (
                "https://gitlab.example.org/group/sub/wiki.git",
                "https://gitlab.example.org/group/sub/wiki/-/archive/main/wiki-main.zip",
                "https://gitlab.example.org/group/sub/wiki/-/blob/main/a/b.md",
            ),
            (
                "https://git.example.org/club/wiki/",
                "https://git.example.org/club/wiki/archive/main.zip",
                "https://git.example.org/club/wiki/src/branch/main/a/b.md",
            ),
        ] {
            let repository = Repository::at(address).unwrap();
            assert_eq!(repository.archive("main"), archive);
            assert_eq!(repository.file("main", "a/b.md"), file);
            assert_eq!(repository.branches(None), ["main", "master"]);
        }
        assert_eq!(Repository::at("https://github.com/club"), None);
        assert_eq!(Repository::at("notes.zip"), None);
    }

    #[test]
    fn the_address_of_a_folder_names_branch_and_folder() {
        for address in [
            "https://github.com/club/wiki/tree/next/docs/en",
            "https://gitlab.com/club/wiki/-/tree/next/docs/en?ref_type=heads",
            "https://codeberg.org/club/wiki/src/branch/next/docs/en#top",
        ] {
            let repository = Repository::at(address).unwrap();
            assert_eq!(repository.branches(None), ["next"]);
            assert_eq!(repository.folder.as_deref(), Some("docs/en"));
            assert!(repository.is_certain());
        }
        assert!(
            !Repository::at("https://a.example/club/wiki")
                .unwrap()
                .is_certain()
        );
    }
}
