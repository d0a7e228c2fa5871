//! Tests of the stand-in: it serves a well-behaved bot and detects a misbehaving one.

mod bad_bodies;
mod bad_bot;
mod bot_process;
mod events;
mod forms;
mod gateway;
mod good_bot;
mod interactions;
mod limits;

mod requests;
