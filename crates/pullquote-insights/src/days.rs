//! How many questions were asked on each of the last days.

use crate::wishes::date;
use serde::Serialize;

/// Days that a chart shows.
pub const CHART_DAYS: i64 = 30;

/// What was asked on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The day: `2026-01-31`.
    pub date: String,
    /// Questions that were answered.
    pub answered: u64,
    /// Questions for which passages were suggested.
    pub suggested: u64,
    /// Questions without an answer.
    pub unknown: u64,
}

impl Day {
    /// All questions.
    pub fn asked(&self) -> u64 {
        self.answered + self.suggested + self.unknown
    }
}

/// The first of the last [`CHART_DAYS`] days, counted from 1970, as `today`.
pub fn first_day(today: i64) -> i64 {
    today - CHART_DAYS + 1
}

/// The last [`CHART_DAYS`] days, oldest first, with those on which nothing was asked. A count is a day from 1970, an outcome
/// (0 for answered, 1 for suggestions, 2 for no answer) and how many questions had it.
///
/// ```
/// use pullquote_insights::last_days;
///
/// let days = last_days(20_000, [(19_970, 0, 9), (19_999, 0, 3), (19_999, 2, 1), (20_000, 1, 2)]);
/// assert_eq!((days.len(), days[0].date.as_str(), days[29].date.as_str()), (30, "2024-09-05", "2024-10-04"));
/// assert_eq!((days[0].asked(), days[28].asked(), days[28].answered, days[29].suggested), (0, 4, 3, 2));
/// ```
pub fn last_days(today: i64, counts: impl IntoIterator<Item = (i64, u8, u64)>) -> Vec<Day> {
    let first = first_day(today);
    let mut days: Vec<Day> = (first..=today)
        .map(|day| Day {
            date: date(day),
            ..Day::default()
        })
        .collect();
    for (day, outcome, number) in counts {
        let at = usize::try_from(day - first).ok();
        if let Some(day) = at.and_then(|at| days.get_mut(at)) {
            *match outcome {
                0 => &mut day.answered,
                1 => &mut day.suggested,
                _ => &mut day.unknown,
            } += number;
        }
    }
    days
}
