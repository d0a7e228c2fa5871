//! What the bot does about each gateway event. Each runs in a task of its own.

use crate::bot::application::invite;
use crate::bot::application::registration::{Scope, Synced, sync};
use crate::bot::backoff::Backoff;
use crate::bot::bot::Bot;
use crate::bot::decode::{ChannelEvent, Event, Guild, Ready};
use crate::bot::error::error_chain;
use crate::bot::replies::first_response::FirstResponse;
use crate::bot::requests::answered::SentReply;
use crate::bot::requests::pending::PendingRequest;
use crate::bot::rest::{Call, Route};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::{info, warn};

/// Delays before the registration of commands is retried.
const RETRY: Backoff = Backoff::new(Duration::from_mins(1), Duration::from_hours(1));
/// How long it may take to delete an answer.
const DELETE_TIMEOUT: Duration = Duration::from_secs(15);

/// Handles an event to its end. Members wait only for what is `pending`.
pub(super) async fn handle(bot: Arc<Bot>, event: Event, pending: PendingRequest) {
    bot.sources.note(&event);
    match event {
        Event::Interaction(interaction) => {
            bot.interaction(&interaction, &FirstResponse::Request).await;
            drop(pending);
        }
        Event::Message(message) => bot.message(&message, pending).await,
        event => {
            drop(pending);
            handle_other(&bot, event).await;
        }
    }
}

/// Handles an event that nobody waits for.
async fn handle_other(bot: &Bot, event: Event) {
    match event {
        Event::Deleted(deleted) => {
            for message in deleted.messages {
                delete_answer(bot, message).await;
            }
        }
        Event::Guild(guild) => remember(bot, &guild).await,
        Event::Channel {
            server,
            event: ChannelEvent::ServerGone { left: true },
        } => bot.articles.set_present(server, false).await,
        // The bot has taken note of it, or has answered.
        Event::Pins { .. }
        | Event::Role { .. }
        | Event::Channel { .. }
        | Event::Interaction(_)
        | Event::Message(_) => {}
        Event::Ready(event) => ready(bot, &event).await,
        Event::Resumed => {
            bot.metrics.connection("resumed");
            info!("session resumed");
            // That of a process that has stopped: this one has registered nothing yet.
            if let Some((_, application)) = bot.identity.ids()
                && bot.identity.begin_registration()
            {
                register(bot, application).await;
            }
        }
    }
}

/// Remembers what a server's event says.
async fn remember(bot: &Bot, guild: &Guild) {
    if bot.servers.allow(Some(guild.id)) {
        bot.servers.remember(guild, bot.identity.user().await);
        bot.articles.set_present(guild.id, true).await;
    }
}

/// Deletes the answer to a message that was deleted: it would show the question on.
async fn delete_answer(bot: &Bot, question: u64) {
    let Some(answer) = bot.answered.take_answer(question).await else {
        return;
    };
    let SentReply { channel, message } = answer;
    let call = Call::delete(Route::ChannelMessage { channel, message });
    match bot.rest.call(&call, Instant::now() + DELETE_TIMEOUT).await {
        Ok(_) => info!("an answer was deleted with its question"),
        // It has been deleted, too.
        Err(error) if error.status() == 404 => {}
        Err(error) => warn!("cannot delete the answer to a deleted question: {error}"),
    }
}

/// READY arrives at each new session; commands are registered at the first one only.
async fn ready(bot: &Bot, ready: &Ready) {
    let application = ready.application;
    bot.metrics.connection("begun");
    bot.identity.learn(ready.user, application);
    info!(
        name = %ready.name,
        servers = ready.servers,
        "connected to Discord"
    );
    if !bot.identity.begin_registration() {
        return;
    }
    let link = invite::link(application);
    if ready.servers == 0 {
        warn!("the bot is in no server yet: open this link to invite it: {link}");
    } else {
        info!("to invite the bot to another server, open {link}");
    }
    register(bot, application).await;
}

/// Registers the commands everywhere, and retries until Discord accepts them.
pub(super) async fn register(bot: &Bot, application: u64) {
    let scope = Scope {
        application,
        server: None,
    };
    let mut backoff = RETRY;
    loop {
        match sync(&bot.rest, scope).await {
            Ok((synced, ids)) => {
                bot.identity.set_command_ids(ids);
                return match synced {
                    Synced::Same => info!("commands are up to date"),
                    Synced::Changed => info!(
                        "commands registered: if Discord does not show them yet, restart it (Ctrl+R)"
                    ),
                };
            }
            Err(error) => {
                let error = error_chain(&error);
                let delay = backoff.next_delay();
                let seconds = delay.as_secs();
                warn!("cannot register commands, retrying in {seconds} s: {error}");
                sleep(delay).await;
            }
        }
    }
}
