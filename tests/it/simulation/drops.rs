//! Connections that drop now and then.

use super::TIME;
use super::network::Wires;
use super::process::{self, Process};
use crate::support::discord::{Options, StandIn};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};

/// Each connection works for a while before it drops, so none needs a longer wait than the first.
#[test]
fn isolated_drops_are_repaired_at_once() {
    process::prepare();
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
            lossy: true,
            ..Options::default()
        };
        let discord = StandIn::serve(door, options);
        let _process = Process::start(&wires, 256);
        for drops in 1..=12 {
            sleep(Duration::from_secs(20)).await;
            discord.drop_tcp();
            let lost = Instant::now();
            while discord.gateway_counts()[1] < drops {
                sleep(Duration::from_millis(50)).await;
            }
            let took = lost.elapsed();
            assert!(
                took < Duration::from_secs(3),
                "{took:?} after {drops} drops"
            );
        }
    });
}
