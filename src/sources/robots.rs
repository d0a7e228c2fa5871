//! Which pages a site wants to be read.

use super::ask::{found, reason};
use crate::fetch::Fetcher;
use pullquote_sources::Robots;
use std::collections::HashMap;
use url::Url;

/// Bytes of `robots.txt` that are read; longer ones are refused.
const MAX_BYTES: u64 = 500 << 10;
/// The name under which sites know the program.
const AGENT: &str = "pullquote";

/// The rules of the sites of a look, each read once.
#[derive(Debug, Default)]
pub(super) struct RobotsOfSites(HashMap<String, Result<Robots, String>>);

impl RobotsOfSites {
    /// Why a page must not be read; `Ok` if it may.
    pub(super) async fn check(&mut self, fetcher: &Fetcher, url: &Url) -> Result<(), String> {
        let site = url.origin().ascii_serialization();
        if !self.0.contains_key(&site) {
            let rules = read(fetcher, &site).await;
            self.0.insert(site.clone(), rules);
        }
        let path = url.path();
        let path = url
            .query()
            .map_or(path.to_owned(), |query| format!("{path}?{query}"));
        match self.0.get(&site) {
            Some(Ok(robots)) if !robots.allow(&path) => {
                Err("the site's robots.txt does not want it to be read".to_owned())
            }
            Some(Err(problem)) => Err(problem.clone()),
            _ => Ok(()),
        }
    }
}

/// A site without rules allows everything; one whose rules cannot be read now, nothing.
async fn read(fetcher: &Fetcher, site: &str) -> Result<Robots, String> {
    match found(fetcher, &format!("{site}/robots.txt"), MAX_BYTES).await {
        Ok(found) => {
            let text = String::from_utf8_lossy(&found.bytes);
            Ok(Robots::read(&text, AGENT))
        }
        Err(error) if error.is_refusal() => Ok(Robots::default()),
        Err(error) => Err(format!(
            "the site's robots.txt cannot be read: {}",
            reason(&error)
        )),
    }
}
