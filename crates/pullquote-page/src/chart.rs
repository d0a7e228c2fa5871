//! Questions by day, as a picture that is part of the page.

use crate::layout::counted;
use maud::{Markup, html};
use pullquote_insights::Day;

/// The picture's size, in units of its own: it is stretched to the width of the page.
const WIDTH: f32 = 600.0;
const HEIGHT: f32 = 160.0;
/// The part of a day's width that its column takes.
const COLUMN: f32 = 0.8;
/// The least part of the height that a number takes.
const LEAST: f32 = 0.02;

/// The column of a day.
pub(crate) struct Column {
    /// Its left edge.
    pub(crate) x: f32,
    /// Its width.
    pub(crate) width: f32,
    /// Its height.
    pub(crate) asked: f32,
    /// The height of the part for answered questions, which is at the bottom.
    pub(crate) answered: f32,
}

/// The most questions of a day.
pub(crate) fn most(days: &[Day]) -> u64 {
    days.iter().map(Day::asked).max().unwrap_or_default()
}

/// A column for each day, in an area of this size. The highest fills it, and no part of one is too low to be seen.
pub(crate) fn columns(days: &[Day], width: f32, height: f32) -> impl Iterator<Item = Column> {
    let most = most(days).max(1);
    let of = move |number: u64| match number {
        0 => 0.0,
        _ => (number as f32 / most as f32).max(LEAST) * height,
    };
    let step = width / days.len().max(1) as f32;
    days.iter().enumerate().map(move |(at, day)| {
        let open = of(day.asked() - day.answered);
        let asked = (open + of(day.answered)).min(height).round();
        Column {
            x: step * (at as f32 + (1.0 - COLUMN) / 2.0),
            width: step * COLUMN,
            asked,
            answered: (asked - open).round().max(0.0),
        }
    })
}

/// A column for each day: the answered part below, the rest above. The dates stand below it as text, which keeps its size.
/// Screen readers read the title and the description.
///
/// ```
/// use pullquote_insights::Day;
/// use pullquote_page::chart;
///
/// let day = |date: &str, answered| Day { date: date.to_owned(), answered, unknown: 1, ..Day::default() };
/// let picture = chart(&[day("2026-01-30", 3), day("2026-01-31", 0)]).into_string();
/// assert!(picture.starts_with("<svg") && picture.contains("5 questions from 2026-01-30 to 2026-01-31, 3 of them answered"));
/// assert_eq!(picture.matches("<rect").count(), 3, "no column for nothing");
/// ```
pub fn chart(days: &[Day]) -> Markup {
    let (asked, answered) = days.iter().fold((0, 0), |(asked, answered), day| {
        (asked + day.asked(), answered + day.answered)
    });
    let date = |day: Option<&Day>| day.map(|day| day.date.clone()).unwrap_or_default();
    let (first, last) = (date(days.first()), date(days.last()));
    let most = most(days);
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" role="img" aria-labelledby="chart-title chart-text" {
            title #chart-title { "Questions by day" }
            desc #chart-text {
                (counted(asked, "question")) " from " (first) " to " (last) ", " (answered) " of them answered. "
                "The most on one day: " (most) "."
            }
            @for column in columns(days, WIDTH, HEIGHT) {
                @let x = format!("{:.1}", column.x);
                @let width = format!("{:.1}", column.width);
                @let (all, below) = (column.asked, column.answered);
                @if all > below {
                    rect.open x=(x) y=(HEIGHT - all) width=(width) height=(all - below) {}
                }
                @if below > 0.0 {
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
