//! Questions by day, as a picture that is part of the page.

use crate::facts::Day;
use maud::{Markup, html};

/// The picture's size, in units of its own: it is stretched to the width of the page.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 160;

/// A column for each day: the answered part below, the rest above. The dates stand below it as text, which keeps its size.
/// Screen readers read the title and the description.
///
/// ```
/// use pullquote_page::{Day, chart};
///
/// let day = |date: &str, answered| Day { date: date.to_owned(), answered, unknown: 1, ..Day::default() };
/// let picture = chart(&[day("2026-01-30", 3), day("2026-01-31", 0)]).into_string();
/// assert!(picture.starts_with("<svg") && picture.contains("5 questions from 2026-01-30 to 2026-01-31, 3 of them answered"));
/// assert_eq!(picture.matches("<rect").count(), 3, "no column for nothing");
/// ```
pub fn chart(days: &[Day]) -> Markup {
    let most = days.iter().map(Day::asked).max().unwrap_or_default().max(1);
    let (asked, answered) = days.iter().fold((0, 0), |(asked, answered), day| {
        (asked + day.asked(), answered + day.answered)
    });
    let (first, last) = match days {
        [first, .., last] => (first.date.as_str(), last.date.as_str()),
        [only] => (only.date.as_str(), only.date.as_str()),
        [] => ("", ""),
    };
    let height = |number: u64| (number as f64 / most as f64 * f64::from(HEIGHT)).round() as u32;
    let step = f64::from(WIDTH) / days.len().max(1) as f64;
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" role="img" aria-labelledby="chart-title chart-text" {
            title #chart-title { "Questions by day" }
            desc #chart-text {
                (asked) " questions from " (first) " to " (last) ", " (answered) " of them answered. "
                "The most on one day: " (most) "."
            }
            @for (at, day) in days.iter().enumerate() {
                @let x = format!("{:.1}", step * at as f64 + step * 0.1);
                @let width = format!("{:.1}", step * 0.8);
                @let (all, below) = (height(day.asked()), height(day.answered));
                @if all > below {
                    rect.open x=(x) y=(HEIGHT - all) width=(width) height=(all - below) {}
                }
                @if below > 0 {
                    rect.answered x=(x) y=(HEIGHT - below) width=(width) height=(below) {}
                }
            }
        }
        div.scale aria-hidden="true" {
            span { (first) }
            span { "highest: " (most) }
            span { (last) }
        }
    }
}
