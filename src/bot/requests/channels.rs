//! What the bot knows of the channels around those where it answers without being asked: which threads and channels belong
//! to a channel, forum or category of `AUTO_ANSWER_CHANNELS`, or to one that the server has chosen.
//!
//! Of servers without such a channel nothing is kept. The entries of 500 channels and 1,000 threads take 48 KB.

use crate::bot::decode::{Channel, ChannelEvent, ChannelType};
use crate::lock::lock;
use hashlink::LinkedHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU64;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::Instant;

/// Channels and threads remembered of a server, at most; Discord allows 500 channels and 1,000 active threads. Beyond that,
/// the oldest threads are forgotten, and looked up again when somebody writes in them.
const MAX_CHANNELS: usize = 3_000;
/// From a thread to its channel, and from there to the category.
const LEVELS: usize = 3;
/// Channels of which it is remembered what they are in, besides those of servers that are known.
const MAX_PARENTS: usize = 10_000;
/// Requests about channels at once, at most.
const LOOKUPS: usize = 64;
/// How long a channel or server is not asked about again after Discord could not say.
const RETRY: Duration = Duration::from_mins(1);
/// New posts whose titles are kept until their first message arrives.
const MAX_TITLES: usize = 1_000;

/// The channels of `AUTO_ANSWER_CHANNELS`, those that servers have chosen, and what is known of those around them.
#[derive(Debug)]
pub(crate) struct Channels {
    named: BTreeSet<u64>,
    /// By server, without those that have chosen none.
    chosen: Mutex<HashMap<u64, BTreeSet<u64>>>,
    servers: Mutex<HashMap<u64, KnownChannels>>,
    /// Titles of new posts, oldest first.
    titles: Mutex<LinkedHashMap<u64, String>>,
    /// What the channels of other servers are in, as far as that was looked up.
    parents: Mutex<BTreeMap<u64, Parent>>,
    /// When requests about channels and servers failed for a reason that passes, oldest first.
    failed: Mutex<LinkedHashMap<u64, Instant>>,
    /// See [`Channels::lookup`].
    lookups: [tokio::sync::Mutex<()>; LOOKUPS],
}

/// The channels and threads of a server that contains a named channel.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct KnownChannels(BTreeMap<u64, Known>);

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Known {
    kind: ChannelType,
    parent: Option<NonZeroU64>,
    owner: Option<NonZeroU64>,
}

/// Where a message was written, if the bot answers there without being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a channel.
    Channel,
    /// In a thread of a channel.
    Thread,
    /// In a post of a forum.
    Post {
        /// The member who wrote the post.
        owner: Option<u64>,
    },
}

/// What a channel is in, if it is in anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parent(pub(crate) Option<u64>);

/// What [`Channels::place`] finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// The bot answers there without being asked.
    Here(Place),
    /// It does not.
    Elsewhere,
    /// No event has described the channel yet.
    Unknown,
}

impl Channels {
    pub(crate) fn new(named: BTreeSet<u64>) -> Self {
        Self {
            named,
            chosen: Mutex::default(),
            servers: Mutex::default(),
            titles: Mutex::default(),
            parents: Mutex::default(),
            failed: Mutex::default(),
            lookups: std::array::from_fn(|_| tokio::sync::Mutex::default()),
        }
    }

    /// Held during a request about a channel or server, so that two messages there make one request. Few others wait for it.
    pub(crate) async fn lookup(&self, id: u64) -> tokio::sync::MutexGuard<'_, ()> {
        // The upper bits of an id are the time.
        let at = (id >> 22) as usize % LOOKUPS;
        self.lookups[at].lock().await
    }

    /// Whether to ask about a channel or server: that has not failed a moment ago.
    pub(crate) fn may_ask(&self, id: u64) -> bool {
        let failed = lock(&self.failed);
        failed.get(&id).is_none_or(|at| at.elapsed() >= RETRY)
    }

    /// Notes that a request about a channel or server has failed for a reason that passes.
    pub(crate) fn ask_later(&self, id: u64) {
        let mut failed = lock(&self.failed);
        failed.insert(id, Instant::now());
        while failed.front().is_some_and(|(_, at)| at.elapsed() >= RETRY) {
            failed.pop_front();
        }
    }

    /// Notes which channels a server has chosen. Returns whether its list of channels is missing.
    pub(crate) fn choose(&self, server: u64, channels: &BTreeSet<u64>) -> bool {
        let mut chosen = self.chosen();
        if channels.is_empty() {
            chosen.remove(&server);
            return false;
        }
        if chosen.get(&server) != Some(channels) {
            chosen.insert(server, channels.clone());
        }
        drop(chosen);
        !self.knows(server)
    }

    /// The channels of `AUTO_ANSWER_CHANNELS` that are known to be in a server.
    pub(crate) fn named_in(&self, server: u64) -> Vec<u64> {
        let servers = self.servers();
        let known = servers.get(&server).into_iter();
        let known = known.flat_map(|known| known.0.keys().copied());
        known.filter(|id| self.named.contains(id)).collect()
    }

    /// Replaces what is known of a server by its list of channels and threads.
    pub(crate) fn set(&self, server: u64, all: &[Channel]) {
        let has_chosen = self.chosen().contains_key(&server);
        let is_named = |channel: &Channel| self.named.contains(&channel.id);
        let is_relevant = has_chosen || all.iter().any(is_named);
        let mut servers = self.servers();
        if !is_relevant {
            servers.remove(&server);
            return;
        }
        let mut known = KnownChannels::default();
        for channel in all {
            known.set(channel);
        }
        servers.insert(server, known);
    }

    /// Whether a server contains a named channel, as far as its events have told.
    pub(crate) fn knows(&self, server: u64) -> bool {
        self.servers().contains_key(&server)
    }

    /// What is known of some servers, for the next start or another process.
    pub(crate) fn known(&self, of: impl Fn(u64) -> bool) -> BTreeMap<u64, KnownChannels> {
        let servers = self.servers();
        let known = servers.iter().filter(|(server, _)| of(**server));
        known
            .map(|(server, known)| (*server, known.clone()))
            .collect()
    }

    /// Remembers what an earlier process knew.
    pub(crate) fn restore(&self, known: BTreeMap<u64, KnownChannels>) {
        self.servers().extend(known);
    }

    /// Takes note of an event.
    pub(crate) fn apply(&self, server: u64, event: &ChannelEvent) {
        let mut servers = self.servers();
        let Some(known) = servers.get_mut(&server) else {
            return;
        };
        match event {
            ChannelEvent::Changed(channel) => {
                if known.set(channel) && known.is_post(channel.id) {
                    self.add_title(channel);
                }
            }
            ChannelEvent::Deleted { id, .. } => known.remove(*id),
            ChannelEvent::Threads { threads, .. } => {
                for thread in threads {
                    known.set(thread);
                }
            }
            ChannelEvent::ServerGone { .. } => {
                servers.remove(&server);
            }
        }
    }

    /// The channel that a thread is in, or the category that a channel is in, if there is any. `None` if that is not known.
    pub(crate) fn parent(&self, server: u64, channel: u64) -> Option<Parent> {
        let servers = self.servers();
        if let Some(known) = servers.get(&server).and_then(|known| known.0.get(&channel)) {
            return Some(Parent(known.parent.map(NonZeroU64::get)));
        }
        drop(servers);
        self.parents().get(&channel).copied()
    }

    /// Remembers what a channel is in.
    pub(crate) fn set_parent(&self, channel: u64, parent: Option<u64>) {
        let mut parents = self.parents();
        parents.insert(channel, Parent(parent));
        if parents.len() > MAX_PARENTS {
            // Ids grow with time: the oldest thread.
            parents.pop_first();
        }
    }

    /// Whether a channel is known to be a thread.
    pub(crate) fn is_thread(&self, server: u64, channel: u64) -> bool {
        let servers = self.servers();
        let known = servers.get(&server).and_then(|known| known.0.get(&channel));
        known.is_some_and(|known| known.kind == ChannelType::Thread)
    }

    /// Where a channel of a server is.
    pub(crate) fn place(&self, server: u64, channel: u64) -> Found {
        let chosen = self.chosen().get(&server).cloned().unwrap_or_default();
        let is_named = |id: &u64| self.named.contains(id) || chosen.contains(id);
        let servers = self.servers();
        let known = servers.get(&server);
        let Some(it) = known.and_then(|known| known.0.get(&channel)) else {
            return match (known, is_named(&channel)) {
                (Some(_), _) => Found::Unknown,
                (None, true) => Found::Here(Place::Channel),
                (None, false) => Found::Elsewhere,
            };
        };
        let above = known.map_or(Vec::new(), |known| known.line(channel));
        if !above.iter().any(is_named) {
            return Found::Elsewhere;
        }
        Found::Here(match it.kind {
            ChannelType::Thread if known.is_some_and(|known| known.is_post(channel)) => {
                Place::Post {
                    owner: it.owner.map(NonZeroU64::get),
                }
            }
            ChannelType::Thread => Place::Thread,
            _ => Place::Channel,
        })
    }

    /// Remembers what Discord says of a channel: `None` if the bot cannot see it.
    pub(crate) fn looked_up(&self, server: u64, id: u64, found: Option<&Channel>) {
        let mut servers = self.servers();
        let Some(known) = servers.get_mut(&server) else {
            return;
        };
        let nothing = Channel {
            id,
            kind: ChannelType::Unknown,
            parent: None,
            owner: None,
            name: String::new(),
            archived: false,
        };
        // A message makes an archived thread active again.
        let found = Channel {
            archived: false,
            ..found.unwrap_or(&nothing).clone()
        };
        known.set(&found);
        if known.is_post(id) {
            self.add_title(&found);
        }
    }

    /// The title of a new post. It is handed out once.
    pub(crate) fn take_title(&self, post: u64) -> Option<String> {
        self.titles().remove(&post)
    }

    fn add_title(&self, post: &Channel) {
        let mut titles = self.titles();
        titles.insert(post.id, post.name.clone());
        if titles.len() > MAX_TITLES {
            titles.pop_front();
        }
    }

    fn chosen(&self) -> MutexGuard<'_, HashMap<u64, BTreeSet<u64>>> {
        lock(&self.chosen)
    }

    fn servers(&self) -> MutexGuard<'_, HashMap<u64, KnownChannels>> {
        lock(&self.servers)
    }

    fn parents(&self) -> MutexGuard<'_, BTreeMap<u64, Parent>> {
        lock(&self.parents)
    }

    fn titles(&self) -> MutexGuard<'_, LinkedHashMap<u64, String>> {
        lock(&self.titles)
    }
}

impl KnownChannels {
    /// Returns whether the channel is new.
    fn set(&mut self, channel: &Channel) -> bool {
        if channel.archived {
            self.0.remove(&channel.id);
            return false;
        }
        let known = Known {
            kind: channel.kind,
            parent: channel.parent.and_then(NonZeroU64::new),
            owner: channel.owner.and_then(NonZeroU64::new),
        };
        let is_new = self.0.insert(channel.id, known).is_none();
        if self.0.len() > MAX_CHANNELS {
            self.forget_oldest();
        }
        is_new
    }

    fn remove(&mut self, id: u64) {
        self.0.remove(&id);
        // The threads of a deleted channel are deleted with it, without events of their own.
        self.0.retain(|_, known| {
            known.kind != ChannelType::Thread || known.parent.map(NonZeroU64::get) != Some(id)
        });
    }

    /// Ids grow with time.
    fn forget_oldest(&mut self) {
        let is_thread =
            |known: &Known| matches!(known.kind, ChannelType::Thread | ChannelType::Unknown);
        let oldest = self.0.iter().find(|(_, known)| is_thread(known));
        let oldest = oldest.or_else(|| self.0.first_key_value());
        if let Some(id) = oldest.map(|(id, _)| *id) {
            self.0.remove(&id);
        }
    }

    /// The channel and what it is in: a thread, its channel, and its category.
    fn line(&self, channel: u64) -> Vec<u64> {
        let parent = |id: &u64| Some(self.0.get(id)?.parent?.get());
        std::iter::successors(Some(channel), parent)
            .take(LEVELS)
            .collect()
    }

    fn is_post(&self, thread: u64) -> bool {
        let parent = self.0.get(&thread).and_then(|known| known.parent);
        let parent = parent.and_then(|parent| self.0.get(&parent.get()));
        parent.is_some_and(|parent| parent.kind == ChannelType::Forum)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Channels, Found, Known, MAX_CHANNELS, MAX_PARENTS, MAX_TITLES, Parent, Place, RETRY,
    };
    use crate::bot::decode::{Channel, ChannelEvent, ChannelType};
    use crate::lock::lock;
    use std::collections::BTreeSet;
    use tokio::time::advance;

    const SERVER: u64 = 1;
    const HERE: Found = Found::Here(Place::Channel);

    fn channel(id: u64, kind: ChannelType, parent: Option<u64>) -> Channel {
        Channel {
            id,
            kind,
            parent,
            owner: Some(9),
            name: format!("channel {id}"),
            archived: false,
        }
    }

    /// A named category 10 with a channel 11, a named channel 12, a named forum 13 and another channel 14.
    fn server() -> Channels {
        let channels = Channels::new(BTreeSet::from([10, 12, 13]));
        channels.set(
            SERVER,
            &[
                channel(10, ChannelType::Category, None),
                channel(11, ChannelType::Text, Some(10)),
                channel(12, ChannelType::Text, None),
                channel(13, ChannelType::Forum, None),
                channel(14, ChannelType::Text, None),
                channel(21, ChannelType::Thread, Some(11)),
                channel(23, ChannelType::Thread, Some(13)),
                channel(24, ChannelType::Thread, Some(14)),
            ],
        );
        channels
    }

    fn changed(channels: &Channels, channel: Channel) {
        channels.apply(SERVER, &ChannelEvent::Changed(channel));
    }

    #[test]
    fn threads_belong_to_channels_and_channels_to_categories() {
        let channels = server();
        let post = Found::Here(Place::Post { owner: Some(9) });
        for (id, expected) in [
            (11, HERE),
            (12, HERE),
            (14, Found::Elsewhere),
            (21, Found::Here(Place::Thread)),
            (23, post),
            (24, Found::Elsewhere),
            (25, Found::Unknown),
        ] {
            assert_eq!(channels.place(SERVER, id), expected, "{id}");
        }
        assert_eq!(channels.place(2, 25), Found::Elsewhere);
        // A named channel of a server that is not known yet.
        assert_eq!(channels.place(2, 12), HERE);
    }

    #[test]
    fn events_change_what_is_known() {
        let channels = server();
        changed(&channels, channel(14, ChannelType::Text, Some(10)));
        assert_eq!(channels.place(SERVER, 14), HERE);
        assert_eq!(channels.place(SERVER, 24), Found::Here(Place::Thread));
        let archived = Channel {
            archived: true,
            ..channel(24, ChannelType::Thread, Some(14))
        };
        changed(&channels, archived);
        assert_eq!(channels.place(SERVER, 24), Found::Unknown);
        let deleted = ChannelEvent::Deleted {
            id: 11,
            parent: None,
        };
        channels.apply(SERVER, &deleted);
        assert_eq!(channels.place(SERVER, 21), Found::Unknown);
        let event = ChannelEvent::Threads {
            channels: vec![12],
            threads: vec![channel(30, ChannelType::Thread, Some(12))],
        };
        channels.apply(SERVER, &event);
        assert_eq!(channels.place(SERVER, 30), Found::Here(Place::Thread));
        channels.apply(SERVER, &ChannelEvent::ServerGone { left: true });
        assert_eq!(channels.place(SERVER, 30), Found::Elsewhere);
    }

    #[tokio::test(start_paused = true)]
    async fn a_channel_that_discord_could_not_look_up_is_asked_about_once_a_minute() {
        let channels = server();
        channels.ask_later(31);
        assert_eq!(channels.place(SERVER, 31), Found::Unknown);
        assert!(!channels.may_ask(31) && channels.may_ask(32));
        advance(RETRY).await;
        assert!(channels.may_ask(31));
        channels.ask_later(32);
        assert!(!channels.may_ask(32));
        assert_eq!(lock(&channels.failed).len(), 1, "31 is forgotten");
    }

    #[test]
    fn a_channel_is_looked_up_once_even_if_the_bot_cannot_see_it() {
        let channels = server();
        channels.looked_up(SERVER, 31, None);
        assert_eq!(channels.place(SERVER, 31), Found::Elsewhere);
        let found = Channel {
            archived: true,
            ..channel(32, ChannelType::Thread, Some(12))
        };
        channels.looked_up(SERVER, 32, Some(&found));
        assert_eq!(channels.place(SERVER, 32), Found::Here(Place::Thread));
    }

    #[test]
    fn what_a_channel_is_in_is_remembered_within_bounds() {
        let channels = server();
        assert_eq!(channels.parent(SERVER, 21), Some(Parent(Some(11))));
        assert_eq!(channels.parent(SERVER, 12), Some(Parent(None)));
        assert_eq!(channels.parent(2, 21), None);
        for thread in 0..=MAX_PARENTS as u64 {
            channels.set_parent(100 + thread, Some(7));
        }
        assert_eq!(channels.parent(2, 100), None, "the oldest is forgotten");
        assert_eq!(channels.parent(2, 101), Some(Parent(Some(7))));
        channels.set_parent(101, None);
        assert_eq!(channels.parent(2, 101), Some(Parent(None)));
    }

    #[test]
    fn a_new_posts_title_is_handed_out_once() {
        let channels = server();
        changed(&channels, channel(40, ChannelType::Thread, Some(13)));
        changed(&channels, channel(41, ChannelType::Thread, Some(12)));
        assert_eq!(channels.take_title(40).as_deref(), Some("channel 40"));
        assert_eq!(
            (channels.take_title(40), channels.take_title(41)),
            (None, None)
        );
        for id in 100..=100 + MAX_TITLES as u64 {
            changed(&channels, channel(id, ChannelType::Thread, Some(13)));
        }
        assert_eq!(channels.take_title(100), None);
        assert!(channels.take_title(101).is_some());
    }

    #[test]
    fn a_large_server_takes_little_memory_and_an_endless_one_no_more() {
        assert!(1_500 * size_of::<(u64, Known)>() <= 48_000);
        let channels = server();
        for id in 1_000..10_000 {
            changed(&channels, channel(id, ChannelType::Thread, Some(12)));
        }
        assert_eq!(channels.servers()[&SERVER].0.len(), MAX_CHANNELS);
        assert_eq!(channels.place(SERVER, 12), HERE, "channels stay");
        assert_eq!(channels.place(SERVER, 1_000), Found::Unknown);
        assert_eq!(channels.place(SERVER, 9_999), Found::Here(Place::Thread));
    }

    #[test]
    fn a_server_chooses_channels_of_its_own() {
        let channels = Channels::new(BTreeSet::from([99]));
        let all = [
            channel(10, ChannelType::Category, None),
            channel(11, ChannelType::Text, Some(10)),
            channel(12, ChannelType::Text, None),
        ];
        channels.set(SERVER, &all);
        assert_eq!(channels.place(SERVER, 11), Found::Elsewhere);
        assert!(
            channels.choose(SERVER, &BTreeSet::from([10])),
            "its channels are missing"
        );
        channels.set(SERVER, &all);
        assert!(!channels.choose(SERVER, &BTreeSet::from([10])));
        assert_eq!(channels.place(SERVER, 11), HERE);
        assert_eq!(channels.place(SERVER, 12), Found::Elsewhere);
        assert_eq!(
            channels.place(2, 10),
            Found::Elsewhere,
            "in that server only"
        );
        assert!(channels.named_in(SERVER).is_empty());
        assert!(!channels.choose(SERVER, &BTreeSet::new()));
        assert_eq!(channels.place(SERVER, 11), Found::Elsewhere);
        assert_eq!(server().named_in(SERVER), [10, 12, 13]);
    }

    #[test]
    fn of_a_server_without_a_named_channel_nothing_is_kept() {
        let channels = Channels::new(BTreeSet::from([99]));
        channels.set(SERVER, &[channel(12, ChannelType::Text, None)]);
        changed(&channels, channel(13, ChannelType::Text, None));
        assert!(channels.servers().is_empty());
        assert_eq!(channels.place(SERVER, 12), Found::Elsewhere);
    }
}
