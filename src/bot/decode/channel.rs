//! Channels and threads, and the events about them.

use super::fields::{id, ids, list, text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A channel, a category or a thread. Discord calls all of them channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) kind: ChannelType,
    /// The channel of a thread, or the category of a channel.
    pub(crate) parent: Option<u64>,
    /// The member who opened a thread.
    pub(crate) owner: Option<u64>,
    pub(crate) name: String,
    /// Whether a thread is no longer active. A message in it makes it active again.
    pub(crate) archived: bool,
}

/// Discord's types of channels, as far as the bot distinguishes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ChannelType {
    /// A channel with messages: text, announcements, voice.
    Text,
    Category,
    /// A forum, or a media channel: each of its posts is a thread.
    Forum,
    Thread,
    /// Discord did not say.
    Unknown,
}

/// What has happened to the channels of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChannelEvent {
    /// A channel or thread is new or has changed.
    Changed(Channel),
    /// A channel or thread was deleted.
    Deleted { id: u64, parent: Option<u64> },
    /// The active threads of some channels, where the bot may see them now; of all channels if none is listed.
    Threads {
        channels: Vec<u64>,
        threads: Vec<Channel>,
    },
    /// The bot has left the server, or the server has an outage.
    ServerGone {
        /// Whether the bot was removed from it; otherwise it is only unavailable.
        left: bool,
    },
}

impl Channel {
    pub(crate) fn new(channel: &Value) -> Option<Self> {
        Some(Self {
            id: id(&channel["id"])?,
            kind: ChannelType::of(&channel["type"]),
            parent: id(&channel["parent_id"]),
            owner: id(&channel["owner_id"]),
            name: text(&channel["name"]).to_owned(),
            archived: channel["thread_metadata"]["archived"] == true,
        })
    }
}

impl ChannelType {
    fn of(kind: &Value) -> Self {
        match kind.as_u64() {
            Some(4) => Self::Category,
            Some(10..=12) => Self::Thread,
            Some(15 | 16) => Self::Forum,
            Some(_) => Self::Text,
            None => Self::Unknown,
        }
    }
}

/// All channels and active threads of a server, from the event that describes it. `None` if the event has none, as when
/// only the server's settings have changed.
pub(super) fn channels(server: &Value) -> Option<Vec<Channel>> {
    server["channels"].as_array()?;
    let all = [&server["channels"], &server["threads"]];
    let all = all.into_iter().flat_map(list);
    Some(all.filter_map(Channel::new).collect())
}

/// The event of this kind with its server; `None` if it is none about channels.
pub(super) fn channel_event(kind: &str, data: &Value) -> Option<(u64, ChannelEvent)> {
    let server = id(&data["guild_id"]);
    Some(match kind {
        "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "THREAD_CREATE" | "THREAD_UPDATE" => {
            (server?, ChannelEvent::Changed(Channel::new(data)?))
        }
        "CHANNEL_DELETE" | "THREAD_DELETE" => {
            let parent = id(&data["parent_id"]);
            let id = id(&data["id"])?;
            (server?, ChannelEvent::Deleted { id, parent })
        }
        "THREAD_LIST_SYNC" => {
            let threads = list(&data["threads"]).iter();
            let event = ChannelEvent::Threads {
                channels: ids(&data["channel_ids"]),
                threads: threads.filter_map(Channel::new).collect(),
            };
            (server?, event)
        }
        "GUILD_DELETE" => {
            // Unavailable servers come back: Discord has an outage.
            let left = data["unavailable"] != true;
            (id(&data["id"])?, ChannelEvent::ServerGone { left })
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{ChannelEvent, ChannelType, channel_event, channels};
    use serde_json::json;

    #[test]
    fn a_server_lists_its_channels_and_active_threads() {
        let server = json!({
            "id": "1", "channels": [{"id": "2", "type": 15, "name": "help"}, {"name": "no id"}],
            "threads": [{"id": "3", "type": 11, "parent_id": "2", "owner_id": "9", "thread_metadata": {"archived": false}}],
        });
        let found = channels(&server).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].kind, found[0].name.as_str()),
            (ChannelType::Forum, "help")
        );
        assert_eq!(
            (found[1].kind, found[1].parent, found[1].owner),
            (ChannelType::Thread, Some(2), Some(9))
        );
        assert_eq!(channels(&json!({"id": "1", "channels": null})), None);
    }

    #[test]
    fn events_without_a_server_or_an_id_are_ignored() {
        let thread = json!({"id": "3", "type": 11, "guild_id": "1"});
        assert!(matches!(
            channel_event("THREAD_CREATE", &thread),
            Some((1, ChannelEvent::Changed(_)))
        ));
        assert_eq!(
            channel_event("THREAD_DELETE", &thread),
            Some((
                1,
                ChannelEvent::Deleted {
                    id: 3,
                    parent: None
                }
            ))
        );
        assert_eq!(
            channel_event("GUILD_DELETE", &json!({"id": "1"})),
            Some((1, ChannelEvent::ServerGone { left: true }))
        );
        for odd in [json!({"id": "3"}), json!({"guild_id": "1"}), json!(null)] {
            assert_eq!(channel_event("CHANNEL_UPDATE", &odd), None);
        }
        let sync = json!({"guild_id": "1", "channel_ids": ["2"], "threads": [7, {"id": "3", "type": "odd"}]});
        let Some((1, ChannelEvent::Threads { channels, threads })) =
            channel_event("THREAD_LIST_SYNC", &sync)
        else {
            panic!("no threads");
        };
        assert_eq!((channels, threads[0].kind), (vec![2], ChannelType::Unknown));
    }
}
