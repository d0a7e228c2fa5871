//! Interactions: the stand-in's record, and the response as a test sees it.

use super::StandIn;
use super::message::Message;
use super::options::User;
use super::world::World;
use serde_json::Value;
use std::time::Duration;

/// How long to wait for the message after a deferral: longer than the bot gives itself, 90 s.
const DEFERRED: Duration = Duration::from_secs(100);

/// What triggered an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A slash or message command.
    Command,
    /// A button or select.
    Component,
    /// Typing into an option with autocomplete.
    Autocomplete,
    /// Sending a form, which Discord calls a modal.
    Form,
}

impl Trigger {
    /// Discord's interaction type.
    pub fn number(self) -> u8 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
            Self::Form => 5,
        }
    }
}

/// The stand-in's record of an interaction.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: u64,
    pub trigger: Trigger,
    pub user: User,
    pub channel: u64,
    /// The message whose component was used.
    pub source: Option<u64>,
    /// How often that message had been edited before the interaction.
    pub edits_before: usize,
    pub born: Duration,
    pub callback: Option<Callback>,
    /// The message that `@original` refers to.
    pub original: Option<u64>,
    pub followups: Vec<u64>,
    /// Whether a fault was injected into a response to it.
    pub faulted: bool,
}

/// The token of an interaction. It ends in the id, so that the interaction can be found by its token.
pub fn token_of(interaction: u64) -> String {
    format!("token-of-{interaction}")
}

/// The initial response that was accepted.
#[derive(Clone, Debug)]
pub struct Callback {
    /// Discord's callback type: 4 message, 5 and 6 deferrals, 7 update, 8 choices, 9 form.
    pub kind: u64,
    /// Time from the event to the response.
    pub took: Duration,
    /// Choices of an autocomplete.
    pub choices: Vec<Value>,
    /// The form that was opened; null without one.
    pub form: Value,
}

/// An interaction in progress.
#[derive(Clone, Debug)]
#[must_use = "an interaction needs a response"]
pub struct Interaction<'a> {
    pub(super) stand_in: &'a StandIn,
    /// Its id.
    pub id: u64,
}

/// A response as the member sees it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Discord's callback type: 4 message, 5 and 6 deferrals, 7 update, 8 choices, 9 form.
    pub kind: u64,
    /// Time from the event to the initial response.
    pub took: Duration,
    /// The message that was posted or updated, after a deferral its final state.
    pub message: Option<Message>,
    /// Follow-up messages so far.
    pub followups: Vec<Message>,
    /// The choices of an autocomplete: name and value.
    pub choices: Vec<(String, String)>,
    /// The form that was opened, as Discord's JSON; null without one.
    pub form: Value,
}

impl Answer {
    /// The message.
    ///
    /// # Panics
    /// If the response has none.
    pub fn message(&self) -> &Message {
        self.message.as_ref().expect("the response has a message")
    }

    /// Names of an autocomplete's choices.
    pub fn names(&self) -> Vec<&str> {
        self.choices.iter().map(|(name, _)| name.as_str()).collect()
    }
}

impl Interaction<'_> {
    /// Waits for the response, and after a deferral for the message.
    ///
    /// # Panics
    /// If the member would see "The application did not respond".
    pub fn answer(&self) -> Answer {
        self.outcome().expect("The application did not respond")
    }

    /// Waits for the response; `None` if it does not arrive in time.
    pub fn outcome(&self) -> Option<Answer> {
        let shared = &self.stand_in.shared;
        let limit = shared.read(|world| world.options.first_response);
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
        Some(shared.read(|world| self.seen(world, &first)))
    }

    /// Waits until there are `count` follow-up messages.
    ///
    /// # Panics
    /// If they do not arrive.
    pub fn wait_followups(&self, count: usize) -> Vec<Message> {
        let enough = |world: &World| (self.record(world).followups.len() >= count).then_some(());
        self.stand_in
            .shared
            .wait(DEFERRED, enough)
            .expect("the follow-ups arrive");
        self.stand_in
            .shared
            .read(|world| messages(world, &self.record(world).followups))
    }

    /// The message whose component was used.
    pub fn source(&self) -> Option<u64> {
        self.stand_in.shared.read(|world| self.record(world).source)
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
            form: first.form.clone(),
        }
    }
}

fn messages(world: &World, ids: &[u64]) -> Vec<Message> {
    ids.iter()
        .filter_map(|id| world.message(*id))
        .cloned()
        .collect()
}
