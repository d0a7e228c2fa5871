//! Shards: the parts into which Discord divides a bot's servers, each with a gateway connection of its own.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Connections of one process, at most: enough for half a million servers.
pub const MAX_SHARDS: u32 = 200;
/// The largest number of shards that the setting accepts.
const MAX_TOTAL: u32 = 10_000;

/// A shard: its number, from 0, and of how many it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShardId {
    /// Its number.
    pub number: u32,
    /// How many there are.
    pub total: u32,
}

/// The shards that a process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// All of as many as Discord recommends; more when the bot joins so many servers that these become too few.
    Auto,
    /// Like `Auto`, but of all processes together, which divide them by what they write in the database.
    Shared,
    /// Those from `first` to `last`, of `total`.
    Fixed {
        /// The first.
        first: u32,
        /// The last.
        last: u32,
        /// How many there are, in all processes together.
        total: u32,
    },
}

impl ShardId {
    /// Whether it gets the events of a server, or of direct messages.
    pub fn serves(self, server: Option<u64>) -> bool {
        server.map_or(0, |server| (server >> 22) % u64::from(self.total)) == u64::from(self.number)
    }

    /// Whether some servers belong to both this shard and one of another number of shards.
    pub fn overlaps(self, other: Self) -> bool {
        let common = greatest_common_divisor(self.total, other.total);
        self.number % common == other.number % common
    }
}

fn greatest_common_divisor(one: u32, other: u32) -> u32 {
    match other {
        0 => one.max(1),
        _ => greatest_common_divisor(other, one % other),
    }
}

impl fmt::Display for ShardId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.number, self.total)
    }
}

impl Shards {
    /// Reads `auto`, `shared`, a number of shards such as `16`, or a part of them such as `0-3/16`. `None` for anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == "auto" {
            return Some(Self::Auto);
        }
        if text == "shared" {
            return Some(Self::Shared);
        }
        let (first, last, total) = match text.split_once('/') {
            Some((part, total)) => {
                let (first, last) = part.split_once('-').unwrap_or((part, part));
                (number(first)?, number(last)?, number(total)?)
            }
            None => (0, number(text)?.checked_sub(1)?, number(text)?),
        };
        let is_valid = first <= last && last < total && total <= MAX_TOTAL;
        (is_valid && last - first < MAX_SHARDS).then_some(Self::Fixed { first, last, total })
    }
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{ShardId, Shards};

    #[test]
    fn a_number_or_a_part_is_read() {
        let fixed = |first, last, total| Some(Shards::Fixed { first, last, total });
        for (text, expected) in [
            ("auto", Some(Shards::Auto)),
            ("shared", Some(Shards::Shared)),
            ("16", fixed(0, 15, 16)),
            ("1", fixed(0, 0, 1)),
            ("0-3/16", fixed(0, 3, 16)),
            ("12 - 15 / 16", fixed(12, 15, 16)),
            ("7/16", fixed(7, 7, 16)),
            ("400-599/1000", fixed(400, 599, 1000)),
            ("0", None),
            ("201", None),
            ("3-0/16", None),
            ("0-16/16", None),
            ("0-3/0", None),
            ("-1", None),
            ("0-1/99999", None),
            ("some", None),
            ("", None),
        ] {
            assert_eq!(Shards::parse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn shards_of_two_numbers_overlap_where_they_have_servers_in_common() {
        for (one, other) in [(2, 4), (2, 5), (4, 6), (3, 3), (1, 7)] {
            let all = |total| (0..total).map(move |number| ShardId { number, total });
            for (one, other) in all(one).flat_map(|one| all(other).map(move |other| (one, other))) {
                let mut servers = (0..60_u64).map(|server| Some(server << 22));
                let has_common = servers.any(|server| one.serves(server) && other.serves(server));
                assert_eq!(one.overlaps(other), has_common, "{one} {other}");
            }
        }
    }

    #[test]
    fn each_server_has_one_shard_and_direct_messages_have_the_first() {
        for server in [
            Some(0),
            Some(1_200_000_000_000_000_100),
            Some(u64::MAX),
            None,
        ] {
            let shards = (0..7).map(|number| ShardId { number, total: 7 });
            let serving: Vec<_> = shards.filter(|shard| shard.serves(server)).collect();
            assert_eq!(serving.len(), 1, "{server:?}");
            assert!(server.is_some() || serving[0].number == 0);
        }
    }
}
