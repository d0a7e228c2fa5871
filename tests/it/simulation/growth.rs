//! Many shards, and more of them while the bot runs.

use super::process::play;
use crate::support::discord::{ALICE, ALICE_DM, BOB, MENTION, Options, SERVER, StandIn};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Waits until the shards of these numbers are open, and no others. Returns how long it took.
async fn wait_open(discord: &StandIn, totals: &[u64]) -> Duration {
    let start = Instant::now();
    let expected: Vec<_> = totals
        .iter()
        .flat_map(|total| (0..*total).map(|number| (number, *total)))
        .collect();
    let sorted = |mut shards: Vec<(u64, u64)>| {
        shards.sort_unstable_by_key(|(number, total)| (*total, *number));
        shards
    };
    while sorted(discord.open_shards()) != expected {
        assert!(
            start.elapsed() < Duration::from_hours(30),
            "open: {:?}",
            discord.open_shards()
        );
        sleep(Duration::from_millis(20)).await;
    }
    start.elapsed()
}

/// Messages and commands, in a server and in direct messages, and how they were answered.
struct Asked<'a> {
    discord: &'a StandIn,
    messages: Vec<u64>,
    interactions: Vec<u64>,
}

impl<'a> Asked<'a> {
    fn new(discord: &'a StandIn) -> Self {
        Self {
            discord,
            messages: Vec::new(),
            interactions: Vec::new(),
        }
    }

    fn ask(&mut self) {
        let alice = self.discord.member(ALICE);
        let words = format!("{MENTION} When does the ferry leave?");
        self.messages.push(alice.say(&words));
        self.messages.push(alice.at(ALICE_DM).say(&words));
        let bob = self.discord.member(BOB);
        let asked = bob.slash("ask", json!({"question": "When does the ferry leave?"}));
        self.interactions.push(asked.id);
    }

    /// Asks every 200 ms until the shards of these numbers are open.
    async fn ask_until_open(&mut self, totals: &[u64]) {
        let open = wait_open(self.discord, totals);
        tokio::pin!(open);
        loop {
            self.ask();
            tokio::select! {
                _ = &mut open => break,
                () = sleep(Duration::from_millis(200)) => {}
            }
        }
    }

    /// Each was answered once. The stand-in has seen a second response to an interaction.
    async fn check(&self) {
        sleep(Duration::from_secs(20)).await;
        let replies = self.discord.reply_counts();
        for message in &self.messages {
            assert_eq!(replies.get(message), Some(&1), "message {message}");
        }
        for interaction in &self.interactions {
            assert!(self.discord.is_acknowledged(*interaction), "{interaction}");
        }
    }
}

async fn wait_commands(discord: &StandIn) {
    while discord.commands().is_empty() {
        sleep(Duration::from_millis(100)).await;
    }
}

#[test]
fn sixty_four_shards_open_in_under_25_seconds() {
    let options = Options {
        shards: 64,
        max_concurrency: 16,
        ..Options::default()
    };
    play(options, async |discord, _| {
        let took = wait_open(discord, &[64]).await;
        println!("64 shards, 16 at a time: {:.1} s", took.as_secs_f64());
        assert!(took < Duration::from_secs(25), "{took:?}");
        assert_eq!(discord.gateway_counts()[0], 64);
    });
}

#[test]
fn shards_wait_where_no_sessions_are_left() {
    let options = Options {
        shards: 24,
        max_concurrency: 16,
        sessions: (20, Duration::from_mins(10)),
        ..Options::default()
    };
    play(options, async |discord, _| {
        sleep(Duration::from_mins(9)).await;
        assert_eq!(discord.open_shards().len(), 20);
        wait_open(discord, &[24]).await;
    });
}

#[test]
fn more_shards_open_beside_the_old_ones_and_nothing_is_lost_or_doubled() {
    let options = Options {
        shards: 2,
        ..Options::default()
    };
    play(options, async |discord, _| {
        wait_open(discord, &[2]).await;
        wait_commands(discord).await;
        // Not twice as many: not worth the sessions.
        discord.grow(3, 1);
        sleep(Duration::from_hours(3)).await;
        assert_eq!(discord.open_shards(), [(0, 2), (1, 2)]);
        discord.grow(5, 1);
        let mut asked = Asked::new(discord);
        while discord.open_shards().len() == 2 {
            sleep(Duration::from_millis(100)).await;
        }
        asked.ask_until_open(&[5]).await;
        assert!(asked.messages.len() > 100, "it takes 25 s");
        asked.check().await;
        assert_eq!(discord.gateway_counts(), {
            let [_, _, heartbeats] = discord.gateway_counts();
            [2 + 5, 0, heartbeats]
        });
    });
}

#[test]
fn a_shard_that_is_refused_is_replaced_by_more() {
    let options = Options {
        shards: 2,
        ..Options::default()
    };
    play(options, async |discord, process| {
        wait_open(discord, &[2]).await;
        wait_commands(discord).await;
        // Discord recommends no more than before, so the bot doubles their number, twice.
        discord.grow(2, 5);
        discord.aim(0);
        discord.invalidate(false);
        wait_open(discord, &[8]).await;
        assert!(!process.has_ended());
        let mut asked = Asked::new(discord);
        asked.ask();
        asked.check().await;
    });
}

/// What Discord does not deliver while a shard is refused cannot be answered; everything else is, once.
#[test]
fn only_the_servers_of_a_refused_shard_miss_anything() {
    let options = Options {
        shards: 8,
        max_concurrency: 1,
        ..Options::default()
    };
    play(options, async |discord, _| {
        wait_open(discord, &[8]).await;
        wait_commands(discord).await;
        let shard = (SERVER >> 22) % 8;
        assert_ne!(shard, 0, "direct messages are served by another shard");
        discord.grow(16, 16);
        discord.aim(shard);
        discord.invalidate(false);
        let (mut direct, mut server) = (Vec::new(), Vec::new());
        let alice = discord.member(ALICE);
        let words = format!("{MENTION} When does the ferry leave?");
        let all: Vec<_> = (0..16).map(|number| (number, 16)).collect();
        while discord.open_shards() != all {
            direct.push(alice.clone().at(ALICE_DM).say(&words));
            server.push(alice.say(&words));
            sleep(Duration::from_millis(500)).await;
        }
        sleep(Duration::from_secs(20)).await;
        let replies = discord.reply_counts();
        let of = |message: &u64| replies.get(message).copied().unwrap_or_default();
        assert!(direct.len() > 100, "it takes 80 s");
        assert!(
            direct.iter().all(|message| of(message) == 1),
            "in other shards"
        );
        let missed = server.iter().take_while(|message| of(message) == 0).count();
        println!("missed: {missed} of {}", server.len());
        assert!(
            server[missed..].iter().all(|message| of(message) == 1),
            "after READY"
        );
        assert!(missed < 50, "{missed}");
    });
}

#[test]
fn the_servers_of_a_refused_shard_are_served_first() {
    let options = Options {
        shards: 8,
        max_concurrency: 1,
        ..Options::default()
    };
    play(options, async |discord, _| {
        wait_open(discord, &[8]).await;
        wait_commands(discord).await;
        discord.grow(16, 16);
        discord.aim((SERVER >> 22) % 8);
        discord.invalidate(false);
        let begun = Instant::now();
        let alice = discord.member(ALICE);
        loop {
            let asked = alice.say(&format!("{MENTION} When does the ferry leave?"));
            sleep(Duration::from_secs(1)).await;
            if discord.reply_counts().contains_key(&asked) {
                break;
            }
        }
        // All 16 take 80 s; the two that matter, 10, after the IDENTIFY that was refused.
        let took = begun.elapsed();
        println!(
            "answered again {:.0} s after a shard was refused",
            took.as_secs_f64()
        );
        assert!(took < Duration::from_secs(25), "{took:?}");
        assert!(discord.open_shards().len() < 12);
    });
}
