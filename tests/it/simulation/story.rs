//! What happens in a run, drawn from its seed: members ask, Discord and the network fail, the bot is restarted. In the end
//! all is calm, so that the bot can recover.

use super::log::Log;
use super::network::{Weather, Wires};
use super::process::Process;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, Fault, GENERAL, MENTION, OTHER, Outage, StandIn,
};
use fastrand::Rng;
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Questions, and what their answers contain.
pub const QUESTIONS: [(&str, &str); 2] = [
    ("When does the ferry leave?", "leaves at seven"),
    ("What does the orchard grow?", "grows quinces"),
];
/// How long all is calm in the end. It is longer than any delay of the bot, and than its sessions may be used up.
const CALM: Duration = Duration::from_mins(25);
/// The bot answers edits of messages for a minute, in whole seconds.
const EDITABLE: Duration = Duration::from_secs(55);
/// systemd restarts the bot after this time.
const RESTART: Duration = Duration::from_secs(15);

/// A question, and where the answer is expected.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// By a message; with the last question in it, by place in [`QUESTIONS`].
    Message {
        id: u64,
        question: usize,
        written: Instant,
    },
    /// By an interaction.
    Interaction { id: u64 },
}

/// A run in progress.
pub struct Story<'a> {
    pub discord: &'a StandIn,
    pub asked: Vec<Asked>,
    /// When processes ended before they had finished their work.
    pub killed: Vec<Instant>,
    wires: &'a Wires,
    log: &'a Log,
    dice: Rng,
    process: Process,
    start: Instant,
}

impl<'a> Story<'a> {
    pub fn begin(discord: &'a StandIn, wires: &'a Wires, log: &'a Log, mut dice: Rng) -> Self {
        let concurrent = [1, 2, 256][dice.usize(..3)];
        Self {
            discord,
            asked: Vec::new(),
            killed: Vec::new(),
            process: Process::start(wires, concurrent),
            wires,
            log,
            dice,
            start: Instant::now(),
        }
    }

    /// Plays the run to its end.
    pub async fn play(&mut self) {
        for _ in 0..self.dice.u32(8..20) {
            self.pause(20).await;
            if self.dice.u32(..5) < 3 {
                self.ask().await;
            } else {
                self.disturb().await;
            }
            self.keep_running().await;
        }
        self.calm().await;
    }

    /// Some seconds, at most.
    async fn pause(&mut self, seconds: u64) {
        let millis = self.dice.u64(..seconds * 1_000);
        sleep(Duration::from_millis(millis)).await;
    }

    fn note(&self, what: &str) {
        let at = self.start.elapsed().as_secs_f64();
        self.log.note(&format!("{at:.1} s: {what}"));
    }

    async fn ask(&mut self) {
        match self.dice.u32(..8) {
            0 | 1 => self.slash(),
            2 => self.edit(),
            3 => {
                self.note("a message arrives twice");
                self.say();
                self.discord.repeat_last();
            }
            4 => {
                self.note("an edit arrives before its message");
                self.discord.reorder_next();
                self.say();
                self.edit();
            }
            5 => {
                self.note("a burst");
                for _ in 0..self.dice.u32(5..20) {
                    self.say();
                    // Their names in the log contain the milliseconds.
                    sleep(Duration::from_millis(1)).await;
                }
            }
            _ => self.say(),
        }
    }

    fn say(&mut self) {
        let question = self.dice.usize(..2);
        let channel = [GENERAL, OTHER, ALICE_DM][self.dice.usize(..3)];
        let words = format!("{MENTION} {}", QUESTIONS[question].0);
        let id = self.discord.member(ALICE).at(channel).say(&words);
        self.note(&format!("message {}", name(id)));
        let written = Instant::now();
        self.asked.push(Asked::Message {
            id,
            question,
            written,
        });
    }

    /// Edits the last message, if it is so young that the bot takes notice.
    fn edit(&mut self) {
        let messages = self.asked.iter_mut().rev();
        let last = messages.filter_map(|asked| match asked {
            Asked::Message {
                id,
                question,
                written,
            } if written.elapsed() < EDITABLE => Some((id, question)),
            _ => None,
        });
        let Some((id, question)) = last.take(1).next() else {
            return;
        };
        *question = 1 - *question;
        let words = format!("{MENTION} {}", QUESTIONS[*question].0);
        let id = *id;
        self.discord.member(ALICE).edit(id, &words);
        self.note(&format!("edit of {}", name(id)));
    }

    fn slash(&mut self) {
        if self.discord.commands().is_empty() {
            return;
        }
        let bob = self.discord.member(BOB);
        let asked = if self.dice.bool() {
            bob.slash("ask", json!({"question": QUESTIONS[0].0}))
        } else {
            bob.typing("ask", "question", "fe")
        };
        self.note(&format!("interaction {}", name(asked.id)));
        self.asked.push(Asked::Interaction { id: asked.id });
    }

    async fn disturb(&mut self) {
        let shard = self.dice.u64(..self.discord.shards());
        self.discord.aim(shard);
        match self.dice.u32(..11) {
            10 => self.grow(),
            0..3 => {
                let fault = self.fault();
                self.note(&format!("{fault:?}"));
                self.discord.fault(fault);
            }
            3 => {
                let weather = Weather::draw(&mut self.dice);
                self.note(&format!("{weather:?}"));
                self.wires.change(weather);
            }
            4 => {
                let code = [1001, 4000, 4001, 4008, 4009][self.dice.usize(..5)];
                self.note(&format!("close {code}"));
                self.discord.close(code);
            }
            5 => {
                let resumable = self.dice.bool();
                self.note(&format!("invalid session, resumable: {resumable}"));
                self.discord.invalidate(resumable);
            }
            6 => {
                self.note("cut");
                self.discord.drop_tcp();
                self.say();
            }
            7 => self.quarrel(),
            8 => self.outage().await,
            _ => self.restart().await,
        }
    }

    /// Discord wants more shards, and refuses sessions of fewer from now on.
    fn grow(&mut self) {
        let shards = self.discord.shards() + self.dice.u64(1..3);
        if shards < 6 {
            self.note(&format!("{shards} shards are needed"));
            self.discord.grow(shards, shards);
            self.discord.invalidate(false);
        }
    }

    fn quarrel(&mut self) {
        if self.dice.bool() {
            self.note("reconnect");
            self.discord.ask_to_reconnect();
        } else {
            self.note("silence");
            self.discord.silence();
            self.say();
        }
    }

    fn fault(&mut self) -> Fault {
        let dice = &mut self.dice;
        let patterns = [
            "POST /interactions/*/*/callback",
            "POST /channels/*/messages",
            "PATCH /channels/*/messages/*",
            "GET /gateway/bot",
            "PUT /applications/*/commands",
        ];
        let fault = Fault::on(patterns[dice.usize(..patterns.len())]);
        let fault = fault.times(dice.usize(1..4));
        let fault = match dice.u32(..5) {
            0 => fault
                .status(429)
                .retry_after([0.0, 0.3, 2.0, 8.0][dice.usize(..4)]),
            1 | 2 => fault.status([500, 502, 503, 504][dice.usize(..4)]),
            3 => fault
                .status([500, 502, 503, 504][dice.usize(..4)])
                .applied(),
            _ => fault,
        };
        fault.delay(Duration::from_millis([0, 0, 900, 12_000][dice.usize(..4)]))
    }

    async fn outage(&mut self) {
        let kinds = [
            Outage::Down,
            Outage::NoAnswer,
            Outage::NoHello,
            Outage::NoReady,
            Outage::Flapping,
        ];
        let outage = kinds[self.dice.usize(..kinds.len())];
        let seconds = [10, 60, 900][self.dice.usize(..3)];
        self.note(&format!("{outage:?}"));
        self.discord.outage(Some(outage));
        self.pause(seconds).await;
        self.note("the outage is over");
        self.discord.outage(None);
    }

    async fn restart(&mut self) {
        if self.dice.bool() {
            self.note("killed");
            self.process.kill();
            self.killed.push(Instant::now());
        } else {
            self.note("stopped");
            let begin = Instant::now();
            if !self.process.stop().await {
                self.killed.push(begin);
            }
        }
        sleep(RESTART).await;
        self.pause(60).await;
        self.note("started");
        self.process.restart(self.wires);
    }

    /// Starts the bot again if it has ended by itself.
    async fn keep_running(&mut self) {
        if self.process.has_ended() {
            self.note("the bot has ended");
            self.killed.push(Instant::now());
            sleep(RESTART).await;
            self.process.restart(self.wires);
        }
    }

    async fn calm(&mut self) {
        self.note("calm");
        self.wires.change(Weather::CALM);
        self.discord.heal();
        let end = Instant::now() + CALM;
        while Instant::now() < end {
            sleep(Duration::from_secs(10)).await;
            self.keep_running().await;
        }
        self.note("the last question");
        self.say();
        sleep(Duration::from_mins(2)).await;
        self.note("the end");
    }
}

/// The name of a message or interaction in the bot's log.
pub fn name(id: u64) -> String {
    format!("{:06x}", id >> 12 & 0xff_ffff)
}
