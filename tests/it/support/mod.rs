//! What integration tests stand on: a strict Discord of our own and the built bot as a child process.
//!
//! - [`discord`]: the stand-in. REST and gateway on one loopback port; it refuses what Discord refuses and
//!   remembers every breach as a sentence.
//! - [`bot`]: the built program, its log lines, signals and exit.
//!
//! Tests are plain `#[test]` functions: the stand-in runs on threads of its own, and whatever waits has a
//! deadline. A story reads like this:
//!
//! ```ignore
//! let discord = StandIn::start(Options::default());
//! let bot = Bot::run(&discord, |_| {});                 // after the stand-in: dropped before it
//! discord.wait_ready();                                 // slash() waits for the commands by itself
//!
//! let alice = discord.member(ALICE);                    // in #general of the test server, en-US
//! let answer = alice.slash("ask", json!({"question": "Why?"})).answer();
//! assert!(answer.message().text().contains("> "));
//! let more = alice.click(answer.message(), "More context").answer();
//!
//! let question = alice.say(&format!("{MENTION} why?"));
//! let reply = discord.reply_to(question);               // waits for it
//! alice.edit(question, "new words");                    // MESSAGE_UPDATE
//!
//! let direct = discord.member(BOB).at(BOB_DM).locale("de");
//! direct.say("Warum?");
//!
//! discord.fault(Fault::on("POST /channels/*/messages").status(502).times(1));
//! discord.close(4000);
//! discord.wait_resumes(1);
//!
//! drop(bot);
//! discord.pass(Duration::from_secs(5));                 // one IDENTIFY in 5 s, in Discord's time
//! let bot = Bot::run(&discord, |_| {});
//! alice.click(answer.message(), "More context").answer();
//! ```
//!
//! A stand-in that is dropped with violations panics with all of them, so a test has nothing to do for it; a
//! test that wants them calls [`take_violations`](discord::StandIn::take_violations).
//!
//! `DISCORD_OPENAPI`, or else `../shared/discord/openapi.json` beside the project, names Discord's own
//! description of its API: where it is, every body is held against it as well.

pub mod bot;
pub mod discord;
