//! The stand-in's clock: tokio's time, which is the real one unless a simulation pauses it, plus an offset that tests set.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// Discord's epoch, in milliseconds since 1970.
const DISCORD_EPOCH: u64 = 1_420_070_400_000;

/// A clock that can be advanced.
#[derive(Debug)]
pub struct Clock {
    start: Instant,
    start_millis: u64,
    ahead: Duration,
    ids: u64,
}

impl Clock {
    /// A clock that shows `millis` since 1970 now.
    pub fn new(millis: u64) -> Self {
        Self {
            start: Instant::now(),
            start_millis: millis,
            ahead: Duration::ZERO,
            ids: 0,
        }
    }

    /// Time since the stand-in started.
    pub fn now(&self) -> Duration {
        self.start.elapsed() + self.ahead
    }

    /// Milliseconds since 1970.
    pub fn millis(&self) -> u64 {
        self.start_millis + self.now().as_millis() as u64
    }

    /// Advances the clock.
    pub fn pass(&mut self, time: Duration) {
        self.ahead += time;
    }

    /// A new snowflake, larger than every earlier one.
    pub fn snowflake(&mut self) -> u64 {
        self.ids += 1;
        ((self.millis() - DISCORD_EPOCH) << 22) + self.ids
    }
}

/// The real time since 1970.
pub fn since_1970() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// `2026-08-01T12:00:00.000000+00:00`, as Discord writes times.
pub fn iso(millis: u64) -> String {
    let (days, rest) = (millis / 86_400_000, millis % 86_400_000);
    // Days to a date of the Gregorian calendar, in eras of 400 years that begin in March (Howard Hinnant,
    // "chrono-compatible low-level date algorithms", civil_from_days).
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (seconds, thousandths) = (rest / 1_000, rest % 1_000);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{thousandths:03}000+00:00",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    )
}
