//! Dates of publication as authors write them, in any language: `2024-03-31`, `31.3.2024`, `March 2024`.

use std::ops::RangeInclusive;

/// Years whose months have the lengths of ours: in others, a calendar may be meant in which they have not.
const GREGORIAN: RangeInclusive<u32> = 1583..=2200;

/// Whether a text can be a date. Each one has a number, and where it begins with a day in digits, there is such a day. What else
/// it says is not checked.
pub(crate) fn is_possible(text: &str) -> bool {
    let (numbers, rest) = leading_numbers(text);
    match numbers.as_slice() {
        [] => text
            .chars()
            .any(|letter| letter.is_numeric() || letter == '年'),
        [number] if rest.is_empty() => is_one_number(number),
        [first, second] if rest.is_empty() => is_two_numbers(first, second),
        [first, second, third] => is_three_numbers(first, second, third),
        _ => true,
    }
}

/// The numbers that a text begins with, as far as one sign divides them, and what is behind them.
fn leading_numbers(text: &str) -> (Vec<&str>, &str) {
    let (first, mut rest) = digits(text);
    if first.is_empty() {
        return (Vec::new(), text);
    }
    let mut numbers = vec![first];
    let sign = rest.trim_start().chars().next();
    let sign = sign.filter(|sign| matches!(sign, '-' | '/' | '.'));
    while let Some(after) = sign.and_then(|sign| rest.trim_start().strip_prefix(sign)) {
        let (next, behind) = digits(after.trim_start());
        if next.is_empty() {
            break;
        }
        numbers.push(next);
        rest = behind;
    }
    (numbers, rest.trim())
}

/// The digits that a text begins with, and the rest.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or_default()
}

/// A year, or year, month and day, maybe with a time, in one.
fn is_one_number(number: &str) -> bool {
    let day = || {
        let (year, rest) = number.split_at_checked(4)?;
        let (month, rest) = rest.split_at_checked(2)?;
        Some(is_day(year, month, rest.get(..2)?))
    };
    match number.len() {
        ..=4 => true,
        8 | 12 | 14 => day().unwrap_or(false),
        _ => false,
    }
}

/// A month, the days of a year, or a range of years.
fn is_two_numbers(first: &str, second: &str) -> bool {
    let (before, after) = (value(first), value(second));
    match (first.len(), second.len()) {
        (4, 1..=2) => is_month(after) || after > before % 100,
        (4, 3) => (1..=366).contains(&after),
        (1..=2, 4) => is_month(before),
        _ => true,
    }
}

/// A day, with the year before or behind it.
fn is_three_numbers(first: &str, second: &str, third: &str) -> bool {
    const LEAP: &str = "2000";
    match (first.len(), second.len(), third.len()) {
        (4, ..) => is_day(first, second, third),
        (1..=2, 1..=2, 4) => is_day(third, second, first) || is_day(third, first, second),
        (1..=2, 1..=2, 1..=2) => {
            is_day(LEAP, second, first)
                || is_day(LEAP, first, second)
                || is_day(LEAP, second, third)
        }
        _ => true,
    }
}

fn is_day(year: &str, month: &str, day: &str) -> bool {
    let (year, month, day) = (value(year), value(month), value(day));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if !GREGORIAN.contains(&year) => 31,
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 if GREGORIAN.contains(&year) => 30,
        _ => 31,
    };
    is_month(month) && (1..=days).contains(&day)
}

fn is_month(month: u32) -> bool {
    (1..=12).contains(&month)
}

/// Digits as a number. Those of one that is too large are none of a date.
fn value(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::is_possible;

    #[test]
    fn dates_in_any_form_are_possible() {
        for date in [
            "2024-03-31",
            "2024-3-1",
            "2024/02/29",
            "2024-03-31T10:15:00+02:00",
            "2024-03-31 10:15:00 -0800",
            "20240331",
            "20240331101500",
            "31.3.2024",
            "31. 3. 2024, 10:15",
            "3/31/2024",
            "31/3/24",
            "24-03-31",
            "2024",
            "476",
            "2024-03",
            "03/2024",
            "2023/24",
            "2023-2024",
            "2024-091",
            "20.-21.04.2021",
            "20-21.04.2021",
            "20/21 April 2021",
            "April 2021",
            "31 mars 2024",
            "ca. 1900",
            "Spring 2021",
            "2024年3月31日",
            "二〇二四年三月",
            "٢٠٢٤-٠٣-٣١",
            "1403-02-31",
            "2567-03-31",
        ] {
            assert!(is_possible(date), "{date}");
        }
    }

    #[test]
    fn what_no_day_has_is_no_date() {
        for text in [
            "soon",
            "TBD",
            "true",
            "{{ .Date }}",
            "2024-13-45",
            "2024-02-30",
            "2023-02-29",
            "2024-04-31 10:00",
            "2024-00-10",
            "20241345",
            "1711843200",
            "31.13.2024",
            "13/13/2024",
            "32/13/45",
            "2024-13",
            "2024-367",
            "13/2024",
            "",
            "-",
        ] {
            assert!(!is_possible(text), "{text}");
        }
    }
}
