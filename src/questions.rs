//! Questions without an answer as whoever runs the bot sees them: on the host's page and with `pullquote insights`.
//!
//! The words are shown of a server that has no articles of its own but quotes those that all servers share: nobody but the host
//! can write what is missing. Another one has people who do, and see the questions in `/insights`.

use pullquote_cards::Settings;
use pullquote_insights::Recorded;
use pullquote_store::{AskedIn, OpenQuestions, Store, StoreError, StoredQuestion};

/// The questions without an answer of servers, for their host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostQuestions {
    /// Those whose words are shown, each once.
    pub(crate) shown: Vec<Recorded>,
    /// How many others there are.
    pub(crate) hidden: u64,
    /// In how many servers.
    pub(crate) hidden_in: u64,
}

/// The questions without an answer of these servers for their host, at most so many: the most asked ones.
pub(crate) async fn host_questions(
    store: &Store,
    servers: &[OpenQuestions],
    most: u32,
) -> Result<HostQuestions, StoreError> {
    let mut asked_in = AskedIn::default();
    let (mut hidden, mut hidden_in) = (0, 0);
    for open in servers {
        let shown = match Settings::parse(&open.settings) {
            Some(settings) if !open.has_articles && settings.shared != Some(false) => {
                if settings.shows(false) {
                    asked_in.all.push(open.server);
                    open.questions
                } else {
                    asked_in.by_several.push(open.server);
                    open.by_several
                }
            }
            // Settings that only a newer version can read may forbid anything.
            _ => 0,
        };
        hidden += open.questions - shown;
        hidden_in += u64::from(open.questions > shown);
    }
    let shown = store.most_asked(&asked_in, most).await?;
    Ok(HostQuestions {
        shown: shown.iter().map(recorded).collect(),
        hidden,
        hidden_in,
    })
}

/// A stored question, to be grouped.
pub(crate) fn recorded(stored: &StoredQuestion) -> Recorded {
    Recorded {
        key: stored.key,
        wording: stored.wording.clone(),
        count: stored.count,
        first_day: stored.first_day,
        last_day: stored.last_day,
    }
}
