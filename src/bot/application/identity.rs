//! Who the bot is, as Discord says.

use crate::lock::lock;
use pullquote_cards::CommandIds;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::SetOnce;

/// The bot's ids as a user and as an application, and those of its commands.
#[derive(Debug, Default)]
pub(crate) struct Identity {
    user: SetOnce<u64>,
    application: SetOnce<u64>,
    /// Whether this process has started to register the commands.
    registers: AtomicBool,
    /// Empty before the registration.
    command_ids: Mutex<CommandIds>,
}

impl Identity {
    /// Learns its ids. They are the same in every session.
    pub(crate) fn learn(&self, user: u64, application: u64) {
        let _ = self.user.set(user);
        let _ = self.application.set(application);
    }

    /// Its id as a user, once that is known.
    pub(crate) async fn user(&self) -> u64 {
        *self.user.wait().await
    }

    /// Its ids as a user and as an application, if they are known.
    pub(crate) fn ids(&self) -> Option<(u64, u64)> {
        Some((*self.user.get()?, *self.application.get()?))
    }

    /// Whether the commands are still to be registered. They are after the first call.
    pub(crate) fn begin_registration(&self) -> bool {
        !self.registers.swap(true, Ordering::AcqRel)
    }

    pub(crate) fn set_command_ids(&self, ids: CommandIds) {
        *lock(&self.command_ids) = ids;
    }

    pub(crate) fn command_ids(&self) -> CommandIds {
        lock(&self.command_ids).clone()
    }
}
