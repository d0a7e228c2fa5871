//! Support for integration tests: a strict stand-in for Discord, and the built bot as a child process.
//!
//! - [`discord`]: the stand-in. REST and gateway on one loopback port. It refuses what Discord refuses and records every
//!   violation of Discord's rules.
//! - [`bot`]: the built program, its log lines, signals and exit status.
//! - [`postgres`]: databases, and a gate in front of them; [`disk`]: a disk that can be full.
//! - [`pdf`](mod@pdf): PDFs to read.
//!
//! Tests are plain `#[test]` functions: the stand-in has its own threads, and everything that waits has a deadline. An
//! example:
//!
//! ```ignore
//! let discord = StandIn::start(Options::default());
//! let bot = Bot::run(&discord, |_| {});                 // after the stand-in: dropped before it
//! discord.wait_ready();                                 // slash() waits for the commands
//!
//! let alice = discord.member(ALICE);                    // in #general of the test server, en-US
//! let answer = alice.slash("ask", json!({"question": "Why?"})).answer();
//! assert!(answer.message().text().contains("> "));
//! let more = alice.click(answer.message(), "Read in article").answer();
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
//! alice.click(answer.message(), "Read in article").answer();
//! ```
//!
//! A stand-in that is dropped with violations panics and lists them. A test that expects violations calls
//! [`take_violations`](discord::StandIn::take_violations).
//!
//! If Discord's `OpenAPI` description is present, every request is validated against it, and so are the responses and events of the
//! stand-in. Its path is `DISCORD_OPENAPI`, by default `../shared/discord/openapi.json`.

pub mod bot;
pub mod discord;
#[cfg(target_os = "linux")]
pub mod disk;
pub mod pdf;
pub mod postgres;

use pullquote_core::engine::Engine;
use pullquote_core::semantic::{
    Embedder, Embedding, Embeddings, PassageEmbedding, PassageEmbeddings,
};

/// The built program, without its sentence model: most stories are about words.
pub fn program() -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.env("MODEL", "off").env_remove("EMBEDDING_MODEL");
    command
}

/// The embeddings of an engine's passages and their sentences.
pub fn passage_embeddings(engine: &Engine, model: &dyn Embedder) -> PassageEmbeddings {
    let embed = |text: &str| Embedding::new(&model.embed(text).expect("an embedding"));
    let width = embed("").values.len();
    let mut embeddings = PassageEmbeddings::new(width, 0);
    for (_, passage) in engine.embedding_inputs() {
        let labels = passage.labels();
        let mut sentences = Embeddings::new(width, passage.sentences.len());
        for sentence in &passage.sentences {
            let text = format!("{labels}{}", sentence.of(passage.text));
            sentences.push(Some(&embed(&text)));
        }
        embeddings.push(Some(&PassageEmbedding {
            whole: embed(&format!("{labels}{}", passage.text)),
            counts: vec![0; 1 + sentences.len()],
            sentences,
            parts: Embeddings::default(),
        }));
    }
    embeddings
}
