//! The stand-in itself: that it serves a good bot, and that it catches a bad one.

mod bad_bodies;
mod bad_bot;
mod bot_process;
mod gateway;
mod good_bot;
mod limits;
mod people;
mod requests;
