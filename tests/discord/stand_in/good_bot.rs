//! A small real serenity client: what it can read, the bot can.
