//! The permissions that the bot needs.

use crate::permissions::{EMBED, SEND};

/// The permissions that the bot needs in a channel: bit, name in Discord, and what fails without it.
pub(super) const NEEDED: [(u64, &str, &str); 5] = [
    (
        SEND,
        "Send Messages",
        "the bot cannot answer mentions there",
    ),
    (
        1 << 38,
        "Send Messages in Threads",
        "the bot cannot answer mentions in threads there",
    ),
    (EMBED, "Embed Links", "answers are plain text there"),
    (
        1 << 15,
        "Attach Files",
        "the bot cannot attach articles there",
    ),
    (
        1 << 16,
        "Read Message History",
        "answers to mentions are not replies there",
    ),
];
