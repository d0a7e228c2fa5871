//! Files that members upload: their bytes, which are at Discord, or on this machine for whoever sits at its terminal.

use crate::bot::network::Network;
use pullquote_cards::{FileProblem, UploadedFile};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use std::fs;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tracing::warn;

/// Where Discord keeps uploaded files.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// How long a download may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Downloads uploaded files.
#[derive(Debug)]
pub(crate) struct Attachments {
    client: Client,
    network: Arc<dyn Network>,
    /// What replaces Discord.
    base: Option<String>,
    /// Whether files are on this machine: their addresses are paths.
    are_local: bool,
}

impl Attachments {
    pub(crate) fn new(network: Arc<dyn Network>, base: Option<String>) -> reqwest::Result<Self> {
        let client = Client::builder()
            .use_rustls_tls()
            .redirect(Policy::none())
            .build()?;
        Ok(Self {
            client,
            network,
            base,
            are_local: false,
        })
    }

    /// Reads files of this machine from now on, for whoever sits at its terminal.
    pub(crate) fn read_local_files(&mut self) {
        self.are_local = true;
    }

    /// The bytes of a file, at most `limit`.
    pub(crate) async fn bytes(
        &self,
        file: &UploadedFile,
        limit: u64,
    ) -> Result<Vec<u8>, FileProblem> {
        if file.size > limit {
            return Err(FileProblem::TooLarge(limit));
        }
        if self.are_local {
            return fs::read(&file.url).map_err(unreachable);
        }
        let url = Url::parse(&file.url).ok().filter(|url| self.is_known(url));
        let Some(url) = url else {
            warn!("an uploaded file is not where Discord keeps them");
            return Err(FileProblem::Unreachable);
        };
        let download = timeout(TIMEOUT, self.download(url, limit)).await;
        download.unwrap_or_else(|_| Err(unreachable("it takes too long")))
    }

    async fn download(&self, url: Url, limit: u64) -> Result<Vec<u8>, FileProblem> {
        let request = self.client.get(url).build().map_err(unreachable)?;
        let response = self.network.execute(&self.client, request).await;
        let mut response = response.map_err(unreachable)?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE => {
                return Err(FileProblem::Gone);
            }
            status => return Err(unreachable(status)),
        }
        let mut bytes = Vec::new();
        let lost = |error: reqwest::Error| unreachable(error.without_url());
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if (bytes.len() + chunk.len()) as u64 > limit {
                return Err(FileProblem::TooLarge(limit));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    fn is_known(&self, url: &Url) -> bool {
        if let Some(base) = &self.base {
            return url.as_str().starts_with(base.as_str());
        }
        url.scheme() == "https" && url.host_str().is_some_and(|host| HOSTS.contains(&host))
    }
}

/// Logs why a file cannot be had.
fn unreachable(reason: impl std::fmt::Display) -> FileProblem {
    warn!("cannot download an uploaded file: {reason}");
    FileProblem::Unreachable
}

#[cfg(test)]
mod tests {
    use super::Attachments;
    use crate::bot::network::Internet;
    use reqwest::Url;
    use std::sync::Arc;

    #[test]
    fn files_come_from_discord_only() {
        let check = |base: Option<&str>, url: &str| {
            let attachments = Attachments::new(Arc::new(Internet), base.map(str::to_owned));
            attachments.unwrap().is_known(&Url::parse(url).unwrap())
        };
        let cdn = "https://cdn.discordapp.com/ephemeral-attachments/1/2/a.md?ex=1";
        assert!(check(None, cdn));
        for url in [
            "http://cdn.discordapp.com/a.md",
            "https://cdn.discordapp.com.example.org/a.md",
            "https://127.0.0.1/a.md",
        ] {
            assert!(!check(None, url), "{url}");
        }
        let base = "http://127.0.0.1:9";
        assert!(check(Some(base), "http://127.0.0.1:9/attachments/a.md"));
        assert!(!check(Some(base), cdn));
    }
}
