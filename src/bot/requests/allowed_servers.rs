//! In which servers the bot answers.

use crate::lock::lock;
use std::collections::BTreeSet;
use std::sync::Mutex;
use tracing::warn;

/// Servers that are remembered as reported, at most. Whoever adds the bot to more of them fills no log.
const MAX_REPORTED: usize = 1_000;

/// The servers of `ALLOWED_SERVERS`.
#[derive(Debug)]
pub(crate) struct AllowedServers {
    /// Empty for every server.
    ids: BTreeSet<u64>,
    /// Other servers that the log has named.
    reported: Mutex<BTreeSet<u64>>,
}

impl AllowedServers {
    pub(crate) fn new(ids: BTreeSet<u64>) -> Self {
        Self {
            ids,
            reported: Mutex::default(),
        }
    }

    /// Whether the bot answers in a server; `None` stands for direct messages and groups, where it always does. Reports
    /// each server where it does not, once.
    pub(crate) fn allow(&self, server: Option<u64>) -> bool {
        let Some(id) = server.filter(|id| !self.contains(*id)) else {
            return true;
        };
        if self.is_new(id) {
            warn!("not answering in server {id}: it is not in ALLOWED_SERVERS");
        }
        false
    }

    fn contains(&self, id: u64) -> bool {
        self.ids.is_empty() || self.ids.contains(&id)
    }

    fn is_new(&self, id: u64) -> bool {
        let mut reported = lock(&self.reported);
        reported.len() < MAX_REPORTED && reported.insert(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{AllowedServers, MAX_REPORTED};
    use std::collections::BTreeSet;

    #[test]
    fn an_empty_list_allows_every_server() {
        assert!(AllowedServers::new(BTreeSet::new()).allow(Some(7)));
    }

    #[test]
    fn only_listed_servers_and_direct_messages_are_allowed() {
        let allowed = AllowedServers::new(BTreeSet::from([7]));
        assert!(allowed.allow(Some(7)) && allowed.allow(None) && !allowed.allow(Some(8)));
    }

    #[test]
    fn each_server_is_reported_once_and_not_without_end() {
        let allowed = AllowedServers::new(BTreeSet::from([7]));
        assert!(allowed.is_new(8) && !allowed.is_new(8));
        let more = (10_000..30_000).filter(|id| allowed.is_new(*id)).count();
        assert_eq!(more, MAX_REPORTED - 1);
    }
}
