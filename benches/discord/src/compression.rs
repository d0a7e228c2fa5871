//! What gateway compression would save and cost: bytes and processor time for the events of a start in many servers, and for
//! messages without content, as Discord sends them to a bot without privileged intents.

use crate::process::own_cpu;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};
use serde_json::{Value, json};
use std::hint::black_box;
use std::io::Write;
use std::time::Duration;
use zstd::stream::raw::{Decoder, InBuffer, Operation, OutBuffer};
use zstd::stream::write::Encoder;

/// Channels and roles of a server, and its own emoji.
const CHANNELS: u64 = 40;
const ROLES: u64 = 25;
const EMOJI: u64 = 30;
/// Messages for each server.
const MESSAGES: u64 = 10;
/// How often each stream is read, so that its time can be measured.
const ROUNDS: u32 = 20;
/// Bytes that a message may have.
const LONGEST: usize = 1 << 20;
/// Words of names and topics.
const WORDS: [&str; 12] = [
    "general",
    "help",
    "builds",
    "off-topic",
    "voice",
    "rules",
    "trading",
    "events",
    "modding",
    "support",
    "art",
    "updates",
];

/// Prints both tables.
pub fn measure(servers: u64) {
    let mut dice = Dice::default();
    let starts: Vec<String> = (0..servers).map(|_| guild(&mut dice)).collect();
    let count = servers * MESSAGES;
    let messages: Vec<String> = (0..count).map(|_| message(&mut dice)).collect();
    for (name, events) in [("GUILD_CREATE", starts), ("MESSAGE_CREATE", messages)] {
        let bytes: usize = events.iter().map(String::len).sum();
        println!(
            "{} events {name}, {} bytes each",
            events.len(),
            bytes / events.len()
        );
        println!(
            "{:<14}{:>9}{:>9}{:>16}",
            "", "MB", "share", "CPU us an event"
        );
        let row = |name: &str, size: usize, time: Duration| {
            let (size, all) = (size as f64, bytes as f64);
            let micros = time.as_secs_f64() * 1e6 / events.len() as f64;
            println!(
                "{name:<14}{:>9.2}{:>9.2}{micros:>16.1}",
                size / 1e6,
                size / all
            );
        };
        let reading = timed(|| {
            events.iter().for_each(|event| {
                black_box(serde_json::from_str::<Value>(event).expect("JSON"));
            })
        });
        row("JSON, reading", bytes, reading);
        let packed = zlib(&events);
        row(
            "zlib-stream",
            packed.iter().map(Vec::len).sum(),
            timed(|| unzlib(&packed)),
        );
        let packed = zstandard(&events);
        row(
            "zstd-stream",
            packed.iter().map(Vec::len).sum(),
            timed(|| unzstandard(&packed)),
        );
    }
}

/// The processor time of one round.
fn timed(work: impl Fn()) -> Duration {
    let before = own_cpu();
    (0..ROUNDS).for_each(|_| work());
    (own_cpu() - before) / ROUNDS
}

/// One stream, flushed after each event.
fn zlib(events: &[String]) -> Vec<Vec<u8>> {
    let mut stream = Compress::new(Compression::default(), true);
    let pack = |event: &String| {
        let mut packed = Vec::with_capacity(LONGEST);
        let done = stream.compress_vec(event.as_bytes(), &mut packed, FlushCompress::Sync);
        done.expect("room for an event");
        packed.shrink_to_fit();
        packed
    };
    events.iter().map(pack).collect()
}

fn unzlib(packed: &[Vec<u8>]) {
    let mut stream = Decompress::new(true);
    let mut event = Vec::with_capacity(LONGEST);
    for packed in packed {
        event.clear();
        let done = stream.decompress_vec(packed, &mut event, FlushDecompress::Sync);
        done.expect("a stream of zlib's");
        black_box(&event);
    }
}

fn zstandard(events: &[String]) -> Vec<Vec<u8>> {
    let mut stream = Encoder::new(Vec::new(), 3).expect("a stream");
    let mut pack = |event: &String| {
        stream.write_all(event.as_bytes()).expect("memory");
        stream.flush().expect("memory");
        std::mem::take(stream.get_mut())
    };
    events.iter().map(&mut pack).collect()
}

fn unzstandard(packed: &[Vec<u8>]) {
    let mut stream = Decoder::new().expect("a stream");
    let mut event = vec![0; LONGEST];
    for packed in packed {
        let mut input = InBuffer::around(packed.as_slice());
        let mut output = OutBuffer::around(event.as_mut_slice());
        while input.pos() < packed.len() {
            stream
                .run(&mut input, &mut output)
                .expect("a stream of zstd's");
        }
        black_box(output.pos());
    }
}

/// Numbers that look random, the same in each run.
pub(crate) struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Self(7)
    }
}

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 20
    }

    fn id(&mut self) -> String {
        (900_000_000_000_000_000 + self.next() * 17).to_string()
    }

    fn name(&mut self) -> String {
        let words = [(); 2].map(|()| WORDS[self.next() as usize % WORDS.len()]);
        format!("{}-{}", words[0], words[1])
    }

    fn hash(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}

/// GUILD_CREATE. Without privileged intents, it has no members but the bot.
pub(crate) fn guild(dice: &mut Dice) -> String {
    let server = dice.id();
    let channels: Vec<Value> = (0..CHANNELS)
        .map(|place| {
            json!({
                "id": dice.id(), "type": 0, "position": place, "name": dice.name(), "topic": dice.name(), "nsfw": false,
                "parent_id": dice.id(), "last_message_id": dice.id(), "rate_limit_per_user": 0, "flags": 0, "version": dice.next(),
                "icon_emoji": null, "theme_color": null, "permission_overwrites":
                    [{"id": server, "type": 0, "allow": "0", "deny": "2048"}, {"id": dice.id(), "type": 0, "allow": "3072", "deny": "0"}],
            })
        })
        .collect();
    let roles: Vec<Value> = (0..ROLES)
        .map(|place| {
            json!({
                "id": dice.id(), "name": dice.name(), "position": place, "color": dice.next() % 0xff_ffff, "hoist": false,
                "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "icon": null, "unicode_emoji": null,
                "managed": false, "mentionable": false, "flags": 0, "permissions": (dice.next() % (1 << 40)).to_string(), "version": dice.next(),
            })
        })
        .collect();
    let emoji: Vec<Value> = (0..EMOJI)
        .map(|_| {
            json!({
                "id": dice.id(), "name": dice.name(), "animated": false, "available": true, "managed": false, "require_colons": true,
                "roles": [], "version": dice.next(),
            })
        })
        .collect();
    json!({"op": 0, "s": dice.next() % 10_000, "t": "GUILD_CREATE", "d": {
        "id": server, "name": dice.name(), "icon": dice.hash(), "owner_id": dice.id(), "preferred_locale": "en-US", "large": true,
        "member_count": dice.next() % 5_000, "channels": channels, "roles": roles, "emojis": emoji, "threads": [], "presences": [],
        "voice_states": [], "stickers": [], "members": [], "features": ["COMMUNITY", "NEWS"], "joined_at": "2026-01-01T00:00:00.000000+00:00",
    }})
    .to_string()
}

/// MESSAGE_CREATE without content, which Discord sends for messages that do not mention the bot.
pub(crate) fn message(dice: &mut Dice) -> String {
    let roles: Vec<String> = (0..4).map(|_| dice.id()).collect();
    json!({"op": 0, "s": dice.next() % 10_000, "t": "MESSAGE_CREATE", "d": {
        "id": dice.id(), "channel_id": dice.id(), "guild_id": dice.id(), "type": 0, "content": "", "tts": false, "pinned": false,
        "timestamp": "2026-11-28T21:16:05.123000+00:00", "edited_timestamp": null, "flags": 0, "nonce": dice.id(), "channel_type": 0,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "components": [],
        "author": {
            "id": dice.id(), "username": dice.name(), "global_name": dice.name(), "avatar": dice.hash(), "discriminator": "0",
            "public_flags": 0, "clan": null, "primary_guild": null, "avatar_decoration_data": null, "collectibles": null,
        },
        "member": {
            "roles": roles, "joined_at": "2025-03-01T10:00:00.000000+00:00", "nick": null, "avatar": null, "banner": null, "deaf": false,
            "mute": false, "flags": 0, "pending": false, "premium_since": null, "communication_disabled_until": null,
        },
    }})
    .to_string()
}
