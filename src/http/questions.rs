//! Questions without an answer as whoever runs the bot sees them: on the host's page and with `pullquote insights`.

use pullquote_cards::Settings;
use pullquote_insights::Recorded;
use pullquote_store::{QuestionState, Store, StoreError, StoredQuestion};

/// The questions without an answer of a server, for its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostQuestions {
    /// Those whose words are shown.
    pub shown: Vec<Recorded>,
    /// How many others there are.
    pub hidden: u64,
}

/// The questions without an answer of a server, for its host. The words are shown of a server that has no articles of its own but
/// quotes those that all servers share: nobody but the host can write what is missing. Another one has people who do, and see the
/// questions in `/insights`.
///
/// # Errors
///
/// If the database cannot be used.
pub async fn host_questions(store: &Store, server: u64) -> Result<HostQuestions, StoreError> {
    let settings = store.settings(server).await?.unwrap_or_default();
    // Settings that only a newer version can read may forbid anything.
    let settings = match settings.as_str() {
        "" => Some(Settings::default()),
        settings => Settings::parse(settings),
    };
    let has_own = store.usage(server).await?.articles > 0;
    let is_hosts = !has_own && settings.as_ref().is_some_and(|it| it.shared != Some(false));
    let settings = settings.unwrap_or_default();
    let mut open = store.questions(server).await?;
    open.retain(|it| it.state == QuestionState::Open);
    let all = open.len();
    open.retain(|it| is_hosts && settings.shows(it.by_several));
    Ok(HostQuestions {
        hidden: (all - open.len()) as u64,
        shown: open.iter().map(recorded).collect(),
    })
}

/// A stored question, to be grouped.
pub fn recorded(stored: &StoredQuestion) -> Recorded {
    Recorded {
        key: stored.key,
        wording: stored.wording.clone(),
        count: stored.count,
        first_day: stored.first_day,
        last_day: stored.last_day,
    }
}
