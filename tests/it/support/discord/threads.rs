//! What members and administrators do with channels and threads: open, post, move, archive, delete.

use super::StandIn;
use super::member::Member;
use super::message::Message;
use super::options::{Channel, Place, User};
use super::world::{World, mentioned};
use serde_json::json;

/// How a new thread or post reaches the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// `THREAD_CREATE`, then the first message, if there is one.
    InOrder,
    /// The first message, then `THREAD_CREATE`.
    MessageFirst,
    /// `THREAD_CREATE` is lost.
    Unannounced,
}

impl Member<'_> {
    /// Opens a thread in the member's channel, and returns its id.
    pub fn open_thread(&self, name: &str, arrival: Arrival) -> u64 {
        self.stand_in.shared.change(|world| {
            let id = world.clock.snowflake();
            let thread = Place::Thread(self.channel);
            world.open(id, name, thread, self.user);
            if arrival != Arrival::Unannounced {
                world.dispatch_channel("THREAD_CREATE", id);
            }
            // Discord tells the channel, in a message whose text is the name.
            let note = world.clock.snowflake();
            let mut note = Message::new(note, self.channel, self.user, name);
            note.kind = Some(18);
            world.post(note);
            id
        })
    }

    /// Writes a post in the forum that the member is in: a thread, and its first message, which has the same id.
    pub fn post_thread(&self, title: &str, text: &str, arrival: Arrival) -> u64 {
        self.stand_in.shared.change(|world| {
            let id = world.clock.snowflake();
            world.open(id, title, Place::Thread(self.channel), self.user);
            if arrival == Arrival::InOrder {
                world.dispatch_channel("THREAD_CREATE", id);
            }
            let mut first = Message::new(id, id, self.user, text);
            first.roles = self.roles();
            first.mentions = mentioned(text);
            world.post(first);
            if arrival == Arrival::MessageFirst {
                world.dispatch_channel("THREAD_CREATE", id);
            }
            id
        })
    }
}

impl StandIn {
    /// Moves a channel into a category.
    pub fn move_channel(&self, channel: u64, category: u64) {
        self.change_channel(channel, "CHANNEL_UPDATE", |known| {
            known.place = Place::TextIn(category);
        });
    }

    /// Hides a channel from members without a role, or shows it to everyone.
    pub fn hide(&self, channel: u64, only_for: Option<u64>) {
        self.change_channel(channel, "CHANNEL_UPDATE", |known| known.only_for = only_for);
    }

    /// Archives a thread.
    pub fn archive(&self, thread: u64) {
        self.change_channel(thread, "THREAD_UPDATE", |known| known.archived = true);
    }

    /// Locks a thread.
    pub fn lock(&self, thread: u64) {
        self.change_channel(thread, "THREAD_UPDATE", |known| known.locked = true);
    }

    /// Whether a thread is archived.
    pub fn is_archived(&self, thread: u64) -> bool {
        self.shared
            .read(|world| world.channel(thread).is_some_and(|known| known.archived))
    }

    /// Deletes a channel, with its threads, or a thread.
    pub fn delete_channel(&self, channel: u64) {
        self.shared.change(|world| {
            let place = world.channel(channel).map(|known| known.place);
            let is_thread = place.is_some_and(Place::is_thread);
            let event = ["CHANNEL_DELETE", "THREAD_DELETE"][usize::from(is_thread)];
            world.dispatch_channel(event, channel);
            let inside = |known: &Channel| known.place == Place::Thread(channel);
            let all = &mut world.options.channels;
            all.retain(|id, known| *id != channel && !inside(known));
        });
    }

    /// Lets the bot see a channel and its threads, whose list Discord sends then.
    pub fn reveal(&self, channel: u64, permissions: u64) {
        self.shared.change(|world| {
            let all = world.options.channels.values_mut();
            let line = all.filter(|it| it.id == channel || it.place == Place::Thread(channel));
            line.for_each(|known| known.permissions = permissions);
            world.dispatch_channel("CHANNEL_UPDATE", channel);
            let threads = super::payload::threads_of(world, channel);
            let server = super::options::SERVER.to_string();
            let sync = json!({
                "guild_id": server, "channel_ids": [channel.to_string()], "threads": threads, "members": [],
            });
            world.announce("THREAD_LIST_SYNC", &sync);
        });
    }

    /// Sets the tags of a post by their ids.
    pub fn tag(&self, post: u64, tags: &[u64]) {
        self.change_channel(post, "THREAD_UPDATE", |known| {
            known.tags = tags.iter().map(|id| json!(id.to_string())).collect();
        });
    }

    /// The ids of the tags of a post.
    pub fn tags(&self, post: u64) -> Vec<String> {
        self.shared.read(|world| {
            let post = world.channel(post).expect("a channel of the stand-in");
            let tags = post.tags.iter().filter_map(|id| id.as_str());
            tags.map(str::to_owned).collect()
        })
    }

    fn change_channel(&self, id: u64, event: &str, change: impl FnOnce(&mut Channel)) {
        self.shared.change(|world| {
            let known = world.options.channels.get_mut(&id);
            change(known.expect("a channel of the stand-in"));
            world.dispatch_channel(event, id);
        });
    }
}

impl World {
    /// Adds a thread. It has the permissions of its channel.
    pub fn open(&mut self, id: u64, name: &str, place: Place, owner: User) {
        let (Place::Thread(parent) | Place::EmptyPost(parent)) = place else {
            unreachable!("a thread is in a channel");
        };
        let parent = self.channel(parent).expect("a channel of the stand-in");
        let thread = Channel {
            id,
            name: name.to_owned(),
            place,
            owner,
            tags: Vec::new(),
            archived: false,
            locked: false,
            only_for: None,
            permissions: parent.permissions,
        };
        self.put_channel(thread);
    }
}
