//! An interaction: what the stand-in keeps of it, and what a test sees of its answer.

use super::StandIn;
use super::message::Message;
use super::options::User;
use super::world::World;
use serde_json::Value;
use std::time::Duration;

/// How long an answer that was deferred may still take.
const DEFERRED: Duration = Duration::from_secs(20);

/// What set an interaction off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A slash or message command.
    Command,
    /// A button or select.
    Component,
    /// Typing.
    Autocomplete,
}

impl Trigger {
    /// Discord's number for it.
    pub fn number(self) -> u8 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
        }
    }
}

/// An interaction as the stand-in keeps it.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: u64,
    pub trigger: Trigger,
    pub user: User,
    pub channel: u64,
    /// The message whose component was used.
    pub source: Option<u64>,
    /// How often that message had been edited before.
    pub edits_before: usize,
    pub born: Duration,
    pub callback: Option<Callback>,
    /// The message that `@original` means.
    pub original: Option<u64>,
    pub followups: Vec<u64>,
    /// A test spoiled an answer to it.
    pub faulted: bool,
}

/// An interaction's token. It ends in the id, so that whoever has it finds the interaction without a search.
pub fn token_of(interaction: u64) -> String {
    format!("token-of-{interaction}")
}

/// The first answer that was taken.
#[derive(Clone, Debug)]
pub struct Callback {
    /// Discord's type: 4 message, 5 and 6 deferrals, 7 update, 8 choices.
    pub kind: u64,
    /// From the event to the answer.
    pub took: Duration,
    /// What an autocomplete offers.
    pub choices: Vec<Value>,
}

/// An interaction that was set off.
#[derive(Clone, Debug)]
#[must_use = "an interaction wants an answer"]
pub struct Interaction<'a> {
    pub(super) stand_in: &'a StandIn,
    /// Its id.
    pub id: u64,
}

/// What a member sees of an answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Discord's callback type: 4 message, 5 and 6 deferrals, 7 update, 8 choices.
    pub kind: u64,
    /// From the event to the first answer.
    pub took: Duration,
    /// The message that was posted or updated, with what a deferral led to.
    pub message: Option<Message>,
    /// Further messages so far.
    pub followups: Vec<Message>,
    /// The choices of an autocomplete: name and value.
    pub choices: Vec<(String, String)>,
}

impl Answer {
    /// The message.
    ///
    /// # Panics
    /// When the answer shows none.
    pub fn message(&self) -> &Message {
        self.message.as_ref().expect("the answer shows a message")
    }

    /// Names of an autocomplete's choices.
    pub fn names(&self) -> Vec<&str> {
        self.choices.iter().map(|(name, _)| name.as_str()).collect()
    }
}

impl Interaction<'_> {
    /// Waits for the answer; for what follows a deferral as well.
    ///
    /// # Panics
    /// When a member would read "The application did not respond".
    pub fn answer(&self) -> Answer {
        self.outcome().expect("The application did not respond")
    }

    /// Waits for the answer; nothing when it does not come in time.
    pub fn outcome(&self) -> Option<Answer> {
        let shared = &self.stand_in.shared;
        let limit = shared.look(|world| world.options.first_response);
        let first = |world: &World| {
            let record = self.record(world);
            let late = world.clock.now().saturating_sub(record.born) > limit;
            (late || record.callback.is_some()).then(|| record.callback.clone())
        };
        let first = shared.wait(limit, first).flatten()?;
        let settled = |world: &World| {
            let record = self.record(world);
            let message = record.original.and_then(|id| world.messages.get(&id));
            let waits = match first.kind {
                5 => message.is_some_and(|message| message.thinking && !message.deleted),
                6 => {
                    record.followups.is_empty()
                        && message.is_some_and(|message| {
                            message.edits == record.edits_before && !message.deleted
                        })
                }
                _ => false,
            };
            (!waits).then_some(())
        };
        shared.wait(DEFERRED, settled)?;
        Some(shared.look(|world| self.seen(world, &first)))
    }

    /// Waits until there are so many follow-ups.
    ///
    /// # Panics
    /// When they do not come.
    pub fn wait_followups(&self, count: usize) -> Vec<Message> {
        let enough = |world: &World| (self.record(world).followups.len() >= count).then_some(());
        self.stand_in
            .shared
            .wait(DEFERRED, enough)
            .expect("the follow-ups come");
        self.stand_in
            .shared
            .look(|world| messages(world, &self.record(world).followups))
    }

    /// The interaction's token.
    pub fn token(&self) -> String {
        token_of(self.id)
    }

    fn record<'w>(&self, world: &'w World) -> &'w Record {
        &world.interactions[&self.id]
    }

    fn seen(&self, world: &World, first: &Callback) -> Answer {
        let record = self.record(world);
        let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
        let choices = first
            .choices
            .iter()
            .map(|choice| (text(&choice["name"]), text(&choice["value"])));
        Answer {
            kind: first.kind,
            took: first.took,
            message: record.original.and_then(|id| world.message(id)).cloned(),
            followups: messages(world, &record.followups),
            choices: choices.collect(),
        }
    }
}

fn messages(world: &World, ids: &[u64]) -> Vec<Message> {
    ids.iter()
        .filter_map(|id| world.message(*id))
        .cloned()
        .collect()
}
