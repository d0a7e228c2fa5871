//! The bot as a process that can be stopped, killed and started again.

use super::TIME;
use super::network::Wires;
use crate::support::discord::{Options, StandIn, TOKEN};
use pullquote::bot::{RunError, serve};
use pullquote::config::Config;
use pullquote_library::{EngineHandle, InProcess, Limits};
use std::fs;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

const ARTICLE: &str = "# The island\n\nThe ferry leaves at seven. The orchard grows quinces.\n";

/// One article, read once for all runs.
static ARTICLES: LazyLock<Arc<EngineHandle>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("island.md"), ARTICLE).unwrap();
    let opened = EngineHandle::open_with(folder.path(), Limits::default(), Arc::new(InProcess));
    Arc::new(opened.unwrap().0)
});

/// Reads the article, which draws random numbers for the folder's name.
pub fn prepare() {
    LazyLock::force(&ARTICLES);
}

/// A running bot.
pub struct Process {
    concurrent: u32,
    task: JoinHandle<Result<(), RunError>>,
    stop: watch::Sender<()>,
    /// Its network ends when this is dropped.
    alive: Option<watch::Sender<()>>,
}

impl Process {
    pub fn start(wires: &Wires, concurrent: u32) -> Self {
        let (alive, process) = watch::channel(());
        let (stop, mut stopped) = watch::channel(());
        let line = wires.line(process);
        let task = tokio::spawn(async move {
            let stop = async {
                let _ = stopped.changed().await;
            };
            let config = config(concurrent);
            serve(line, Arc::clone(&ARTICLES), Arc::default(), &config, stop).await
        });
        let alive = Some(alive);
        Self {
            concurrent,
            task,
            stop,
            alive,
        }
    }

    pub fn restart(&mut self, wires: &Wires) {
        *self = Self::start(wires, self.concurrent);
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&self) -> bool {
        self.task.is_finished()
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        self.task.abort();
        self.alive = None;
    }

    /// Asks it to end, and waits. Whether it had time to finish its work.
    pub async fn stop(&mut self) -> bool {
        let begin = Instant::now();
        self.stop.send_replace(());
        while !self.task.is_finished() {
            sleep(Duration::from_millis(50)).await;
        }
        self.alive = None;
        begin.elapsed() < Duration::from_secs(10)
    }
}

fn config(concurrent: u32) -> Config {
    let variable = |name: &str| match name {
        "DISCORD_TOKEN" => Some(TOKEN.to_owned()),
        "CONCURRENT_REQUESTS" => Some(concurrent.to_string()),
        // Their clock is the real one.
        // Questions are kept on a real disk, whose time is not that of the simulation.
        "MEMBER_REQUESTS_PER_MINUTE" | "SERVER_REQUESTS_PER_MINUTE" | "KEEP_QUESTIONS_DAYS" => {
            Some("0".to_owned())
        }
        _ => None,
    };
    Config {
        // Many runs share this folder.
        sessions: None,
        ..Config::read(&variable, Some("http://127.0.0.1:1")).unwrap()
    }
}

/// Runs a story on virtual time, with a bot that has just started. The stand-in checks at the end that no rule was broken.
pub(super) fn play(options: Options, story: impl AsyncFnOnce(&StandIn, &Process)) {
    prepare();
    fastrand::seed(1);
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let (wires, door) = Wires::new(1);
        let options = Options {
            time: TIME,
            ..options
        };
        let discord = StandIn::serve(door, options);
        let process = Process::start(&wires, 256);
        story(&discord, &process).await;
        assert!(!process.has_ended());
    });
}
