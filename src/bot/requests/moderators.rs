//! Who moderates the servers where the bot answers without being asked, as far as roles tell.

use crate::bot::decode::{Guild, IncomingMessage};
use crate::lock::lock;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard};

/// Owners and moderators' roles, by server.
#[derive(Debug, Default)]
pub(crate) struct Moderators(Mutex<HashMap<u64, KnownModerators>>);

/// Those of a server.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct KnownModerators {
    owner: Option<u64>,
    roles: Vec<u64>,
}

impl Moderators {
    /// Remembers the moderators of a server.
    pub(crate) fn set(&self, guild: &Guild) {
        let server = KnownModerators {
            owner: guild.owner,
            roles: guild.moderators.clone(),
        };
        self.lock().insert(guild.id, server);
    }

    /// What is known of some servers, for the next start or another process.
    pub(crate) fn known(&self, of: impl Fn(u64) -> bool) -> BTreeMap<u64, KnownModerators> {
        let servers = self.lock();
        let known = servers.iter().filter(|(server, _)| of(**server));
        known
            .map(|(server, known)| (*server, known.clone()))
            .collect()
    }

    /// Remembers what an earlier process knew.
    pub(crate) fn restore(&self, known: BTreeMap<u64, KnownModerators>) {
        self.lock().extend(known);
    }

    /// Forgets a server.
    pub(crate) fn forget(&self, server: u64) {
        self.lock().remove(&server);
    }

    /// Takes note of a role that is new, has changed, or was deleted.
    pub(crate) fn change(&self, server: u64, role: u64, moderates: bool) {
        if let Some(server) = self.lock().get_mut(&server) {
            server.roles.retain(|known| *known != role);
            server.roles.extend(moderates.then_some(role));
        }
    }

    /// Whether a moderator wrote a message.
    pub(crate) fn wrote(&self, message: &IncomingMessage) -> bool {
        let all = self.lock();
        let server = message.server.and_then(|server| all.get(&server));
        server.is_some_and(|server| {
            server.owner == Some(message.author)
                || message.roles.iter().any(|role| server.roles.contains(role))
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, KnownModerators>> {
        lock(&self.0)
    }
}
