//! A new source of a server: its first pages are shown to a manager, who confirms it.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::error::error_chain;
use crate::bot::knowledge::additions::ReadFile;
use crate::bot::knowledge::teaching::{check_gates, server, unavailable};
use crate::bot::requests::job::Job;
use crate::bot::sources::kept_sources::introduced;
use crate::bot::sources::source_looks::{bounds, milliseconds};
use crate::sources::{Bounds, Copies, StoredCopies, after};
use pullquote_cards::{
    CONFIRM_SECONDS, DraftKey, FileProblem, MAX_SOURCES, Prepared, TeachingError,
};
use pullquote_sources::{Record, Source, settings};
use pullquote_store::{DraftArticle, NewDraft, NewSource};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Pages that are read before a source is confirmed, at one a second.
const FIRST_PAGES: usize = 30;
/// How long a member waits for them, at most.
const FIRST_TIME: Duration = Duration::from_secs(75);

impl Bot {
    /// Reads the first pages of a source, and keeps them until a member confirms it.
    pub(crate) async fn prepare_source(
        &self,
        mut source: Source,
        job: &Job,
    ) -> Result<Prepared, TeachingError> {
        let server = server(job)?;
        source.name = self.new_name(server, &source).await?;
        let listed = self.articles.list_version(server).await;
        let (version, listed) = listed.map_err(unavailable)?;
        let gate = self.first_gate(server, &source).await?;
        check_gates(listed.iter(), &gate)?;
        let bounds = Bounds {
            asked: FIRST_PAGES,
            ..bounds(&listed, None)
        };
        let copies = Arc::new(StoredCopies::new(Record::default(), []));
        let first = self.look_at(&source, server, &copies, &bounds);
        let first = timeout(FIRST_TIME, first).await;
        let Ok((look, files)) = first else {
            let problem = FileProblem::Unreachable;
            return Ok(nothing(vec![(source.place, problem)]));
        };
        if let Err(error) = &look {
            let problem = FileProblem::Unreadable(error_chain(error));
            return Ok(nothing(vec![(source.place, problem)]));
        }
        let record = Record {
            place: source.place.clone(),
            ..after(copies.record(), &look)
        };
        let kept_record = record.to_text();
        let draft = DraftKey(fastrand::u64(..));
        let kept_gate = gate.to_string();
        let (introduced, left_out) = introduced(&source, &record, gate);
        let due = match introduced.later {
            0 => milliseconds(record.due(&source)),
            _ => now(),
        };
        let text = settings::with("", &source).map_err(|_| TeachingError::Unavailable)?;
        let articles: Vec<DraftArticle<'_>> = files.iter().map(ReadFile::kept).collect();
        let kept = NewDraft {
            token: &draft.to_string(),
            owner: (server, job.request.member),
            until: now() + CONFIRM_SECONDS.cast_signed() * 1_000,
            seen: version,
            edited: None,
            source: Some(NewSource {
                id: fastrand::u64(..),
                settings: &text,
                record: kept_record.as_bytes(),
                due,
                gate: &kept_gate,
            }),
            articles: &articles,
        };
        self.articles.keep_draft(&kept).await.map_err(unavailable)?;
        let before = self.before(server, &files).await?;
        let mut prepared = self.described(draft, files, &before).await;
        prepared.left_out = left_out;
        prepared.source = Some(introduced);
        Ok(prepared)
    }

    /// A name for a new source of a server.
    async fn new_name(&self, server: u64, source: &Source) -> Result<String, TeachingError> {
        let known = self.sources_of(server).await?;
        if known.len() >= MAX_SOURCES {
            return Err(TeachingError::TooManySources);
        }
        if known.iter().any(|(_, it)| it.place == source.place) {
            return Err(TeachingError::SourceIsThere);
        }
        let taken = known.iter().map(|(_, it)| it.name.as_str());
        Ok(free_name(source, taken))
    }
}

/// An addition of which nothing can be an article.
fn nothing(left_out: Vec<(String, FileProblem)>) -> Prepared {
    Prepared {
        draft: None,
        articles: Vec::new(),
        left_out,
        sample: None,
        source: None,
    }
}

/// A name that no other source of the server has: its place in letters, digits and hyphens.
fn free_name<'a>(source: &Source, taken: impl Iterator<Item = &'a str>) -> String {
    let (_, place) = source
        .place
        .split_once("://")
        .unwrap_or(("", &source.place));
    let words = place.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name: String = words.join("-").chars().take(30).collect();
    let name = match name.trim_end_matches('-') {
        "" => "source",
        name => name,
    };
    let taken: HashSet<&str> = taken.collect();
    let mut all = (1..).map(|number| match number {
        1 => name.to_owned(),
        _ => format!("{name}-{number}"),
    });
    all.find(|name| !taken.contains(name.as_str()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::free_name;
    use crate::bot::sources::source_looks::{file, path};
    use pullquote_cards::upload_path;
    use pullquote_sources::{Kind, Source, settings};

    #[test]
    fn articles_of_a_source_have_paths_of_their_own() {
        let mut source = Source::new(
            "",
            Kind::Sitemap,
            "https://Docs.example.org/Guide/sitemap.xml",
        );
        source.name = free_name(&source, [].into_iter());
        assert_eq!(source.name, "docs-example-org-guide-sitemap");
        assert!(settings::is_name(&source.name));
        let whole = path(&source, "a/b.html");
        assert_eq!(file(&source, &whole), Some("a/b.html"));
        assert_ne!(upload_path(&whole), whole);
        let taken = source.name.clone();
        let second = free_name(&source, [taken.as_str()].into_iter());
        assert_eq!(second, "docs-example-org-guide-sitemap-2");
        assert!(settings::is_name(&second));
        let signs = Source::new("", Kind::Page, "https://例え.テスト/");
        assert_eq!(free_name(&signs, [].into_iter()), "source");
    }
}
