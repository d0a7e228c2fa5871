//! Connections that drop now and then.

use super::process::play;
use crate::support::discord::Options;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Each connection works for a while before it drops, so none needs a longer wait than the first.
#[test]
fn isolated_drops_are_repaired_at_once() {
    let options = Options {
        lossy: true,
        ..Options::default()
    };
    play(options, async |discord, _| {
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
