//! Gateway events -> work for the [`Bot`]. Each event runs as a task of its own.

use super::backoff::Backoff;
use super::bot::Bot;
use super::decode::event::{Event, Ready};
use super::decode::message::Heard;
use super::invite;
use super::registration::{Scope, Synced, sync};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::sleep;
use tracing::{info, warn};

/// Waits before the registration of commands is tried again.
const AGAIN: Backoff = Backoff::new(Duration::from_mins(1), Duration::from_hours(1));

/// Does what an event asks for.
pub(super) async fn handle(bot: Arc<Bot>, event: Event) {
    match event {
        Event::Interaction(interaction) => bot.interaction(&interaction).await,
        Event::Message(message) => bot.message(&Heard::new(&message)).await,
        Event::Edit(edit) => {
            // Without an edit it only tells of links that were looked at.
            let edited = edit.edited_timestamp.is_some();
            if let Some(heard) = Heard::edited(&edit).filter(|_| edited) {
                bot.message(&heard).await;
            }
        }
        Event::Server(server) => bot.learn_locale(server.id.get(), &server.preferred_locale),
        Event::Ready(event) => ready(&bot, &event).await,
        Event::Resumed => {
            bot.metrics.connection("resumed");
            info!("connection taken up again");
        }
    }
}

/// Discord says READY at each new session, not only at the first.
async fn ready(bot: &Bot, ready: &Ready) {
    let application = ready.application.id.get();
    bot.metrics.connection("begun");
    // Another session says the same.
    let _ = bot.me.set(ready.user.id.get());
    info!(
        name = %ready.user.username,
        servers = ready.guilds.len(),
        "connected to Discord"
    );
    if bot.registered.swap(true, Ordering::AcqRel) {
        return;
    }
    let link = invite::link(application);
    if ready.guilds.is_empty() {
        warn!("the bot is in no server yet: open this link to invite it: {link}");
    } else {
        info!("to invite the bot into another server: {link}");
    }
    let scope = Scope {
        application,
        server: None,
    };
    let mut backoff = AGAIN;
    loop {
        match sync(&bot.rest, scope).await {
            Ok(Synced::Same) => return info!("commands are registered already"),
            Ok(Synced::Changed) => {
                return info!(
                    "commands registered: if Discord does not show them yet, restart it (Ctrl+R)"
                );
            }
            Err(error) => {
                let error = super::rest::told(&error);
                let wait = backoff.wait();
                warn!(
                    "commands could not be registered, trying again in {} s: {error}",
                    wait.as_secs()
                );
                sleep(wait).await;
            }
        }
    }
}
