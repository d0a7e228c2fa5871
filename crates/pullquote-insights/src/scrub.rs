//! Takes out of a question what is nobody's business: mentions, addresses, numbers, secrets, long code.

use pullquote_core::text::safe;

/// Characters of a question that are kept.
pub const MAX_WORDING: usize = 200;
/// Characters of a block of code that stays.
const MAX_CODE: usize = 200;
/// Characters of a mention or a custom emoji, with its id.
const MAX_MENTION: usize = 100;
/// Digits in a row, or in groups with one sign between them, that stay: a year, a port, a version.
const MAX_DIGITS: usize = 5;
/// Characters from which a word of letters and digits may be a token or a key.
const TOKEN: usize = 20;
/// What stands in place of what was taken out.
const GAP: &str = "…";

/// A question in one line of at most [`MAX_WORDING`] characters, without mentions, web and e-mail addresses, runs of more than
/// five digits, tokens and long blocks of code. `…` stands in their place.
///
/// ```
/// use pullquote_insights::scrub;
///
/// let question = "<@80351110224678912> how do I reset\nthe password of kim@ferry.example?";
/// assert_eq!(scrub(question), "… how do I reset the password of …");
/// assert_eq!(scrub("Is port 8080 open in 2026?"), "Is port 8080 open in 2026?");
/// ```
pub fn scrub(question: &str) -> String {
    let mut text = scrubbed(question);
    loop {
        // Without what was taken out, what was around it may be something of the kind.
        let again = scrubbed(&text);
        if again == text {
            return text;
        }
        text = again;
    }
}

fn scrubbed(question: &str) -> String {
    let text = without_mentions(&without_long_code(&safe(question)));
    let words = text.split_whitespace().map(|word| {
        if is_address(word) || is_token(word) {
            GAP
        } else {
            word
        }
    });
    let line = words.collect::<Vec<_>>().join(" ");
    cut(&without_numbers(&line))
}

/// Blocks of code between three backticks, and what follows an open one, if they are long.
fn without_long_code(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split("```").enumerate() {
        let is_code = number % 2 == 1;
        if is_code && part.chars().count() > MAX_CODE {
            out.push_str(GAP);
        } else {
            out.push_str(part);
        }
        out.push(' ');
    }
    out
}

/// `<@1>`, `<@&1>`, `<#1>`, `<:name:1>`, `</name:1>`, `<t:1>`, `<id:guide>`.
fn without_mentions(text: &str) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mention = part.split_once('>').filter(|(inside, _)| {
            let begins = ["@", "#", ":", "a:", "/", "t:", "id:"];
            begins.iter().any(|begin| inside.starts_with(begin))
                && inside.chars().count() <= MAX_MENTION
        });
        if let Some((_, rest)) = mention {
            out.extend([" ", GAP, " ", rest]);
        } else {
            out.extend(["<", part]);
        }
    }
    out
}

/// Web and e-mail addresses, and names with an `@`.
fn is_address(word: &str) -> bool {
    let path = word.split_once('/').is_some_and(|(host, _)| {
        // `example.com/a`, but not `and/or` nor `src/main.rs`.
        host.trim_start_matches(|letter: char| !letter.is_alphanumeric())
            .contains('.')
    });
    word.contains(['@', '＠']) || word.contains("://") || word.contains("www.") || path
}

/// A long word of letters and digits, or of letters in mixed case: nobody writes that by hand.
fn is_token(word: &str) -> bool {
    let mut runs = word.split(|letter: char| {
        !letter.is_ascii_alphanumeric() && !['_', '-', '.', '=', '+', '/'].contains(&letter)
    });
    runs.any(|run| {
        let has = |test: fn(&char) -> bool| run.chars().any(|letter| test(&letter));
        let digits = has(char::is_ascii_digit) && has(char::is_ascii_alphabetic);
        let letters: Vec<char> = run.chars().collect();
        let humps = letters
            .windows(2)
            .filter(
                |pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()),
            )
            .count();
        letters.len() >= TOKEN && (digits || humps > 3)
    })
}

/// Telephone numbers, ids and the like: more than [`MAX_DIGITS`] digits in a row, or more than six in groups that one or two
/// signs separate.
fn without_numbers(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        if !letter.is_numeric() {
            out.push(letter);
            at += 1;
            continue;
        }
        let run = Digits::at(&letters, at);
        if run.longest > MAX_DIGITS || run.count > MAX_DIGITS + 1 {
            out.push_str(GAP);
        } else {
            out.extend(letters.iter().skip(at).take(run.end - at));
        }
        at = run.end;
    }
    out
}

/// Digits from a place on, with the signs between them.
struct Digits {
    /// Where the last of them ends.
    end: usize,
    count: usize,
    /// The longest row without a sign.
    longest: usize,
}

impl Digits {
    fn at(letters: &[char], start: usize) -> Self {
        let mut run = Self {
            end: start,
            count: 0,
            longest: 0,
        };
        let mut row = 0;
        let mut signs = 0;
        for (at, letter) in letters.iter().enumerate().skip(start) {
            if letter.is_numeric() {
                row = if signs == 0 { row + 1 } else { 1 };
                signs = 0;
                run.count += 1;
                run.longest = run.longest.max(row);
                run.end = at + 1;
            } else if signs < 2 && [' ', '-', '.', '/', '(', ')', '+', '\u{a0}'].contains(letter) {
                signs += 1;
            } else {
                break;
            }
        }
        run
    }
}

/// At most [`MAX_WORDING`] characters, cut after a word where there is one.
fn cut(line: &str) -> String {
    if line.chars().count() <= MAX_WORDING {
        return line.to_owned();
    }
    let kept: String = line.chars().take(MAX_WORDING - 1).collect();
    let whole = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(words, _)| words);
    format!("{whole}{GAP}")
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORDING, scrub};
    use proptest::prelude::*;

    #[test]
    fn what_identifies_somebody_goes() {
        for (question, expect) in [
            ("Why?", "Why?"),
            ("ask <@&123> or <#45> <:wave:99>", "ask … or … …"),
            ("a<@1>b", "a … b"),
            ("<#<#>>", "…"),
            ("is 3 < 4 > 2", "is 3 < 4 > 2"),
            ("see https://ferry.example/a?b=1, please", "see … please"),
            ("see (ferry.example/timetable)", "see …"),
            ("src/main.rs and/or lib.rs", "src/main.rs and/or lib.rs"),
            ("mail kim@ferry.example now", "mail … now"),
            ("call +46 70 123 45 67 today", "call +… today"),
            ("call (070) 123-4567", "call (…"),
            ("error 123456", "error …"),
            ("error 12345 in 1.20.4", "error 12345 in 1.20.4"),
            ("٠١٢٣٤٥٦٧", "…"),
            (
                "token MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
                "token …",
            ),
            ("key sk_live_aAbBcCdDeEfFgGhHiIjJ", "key …"),
            (
                "Donaudampfschifffahrtsgesellschaftskapitän",
                "Donaudampfschifffahrtsgesellschaftskapitän",
            ),
            ("run ```ls``` now", "run ls now"),
            (" two\n lines\u{202e} ", "two lines"),
        ] {
            assert_eq!(scrub(question), expect, "{question}");
        }
        let code = format!("why ```{}``` fails", "x = 1; ".repeat(40));
        assert_eq!(scrub(&code), "why … fails");
        let open = format!("why ```{}", "x = 1; ".repeat(40));
        assert_eq!(scrub(&open), "why …");
        let long = scrub(&"word ".repeat(100));
        assert!(long.ends_with("word…") && long.chars().count() <= MAX_WORDING);
    }

    /// Texts of the pieces that matter, one after the other.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[0-9]{1,20}",
            "<[@#:&a-z]{0,3}[0-9]{0,20}>?",
            "[a-zA-Z0-9_.-]{1,40}",
            "[ -.()+/@`<>]{1,4}",
            "\\PC{0,6}",
            Just("https://a.example/".to_owned()),
            Just("\u{660}\u{661}\u{662}".to_owned()),
        ];
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_that_identifies_somebody_survives(text in texts()) {
            let scrubbed = scrub(&text);
            prop_assert!(scrubbed.chars().count() <= MAX_WORDING, "{scrubbed}");
            prop_assert!(!scrubbed.contains(['@', '＠', '\n']) && !scrubbed.contains("://"), "{scrubbed}");
            let longest = scrubbed.split(|letter: char| !letter.is_numeric());
            let longest = longest.map(|run| run.chars().count()).max().unwrap_or_default();
            prop_assert!(longest <= 5, "{scrubbed}");
        }

        #[test]
        fn what_was_scrubbed_stays_as_it_is(text in texts()) {
            let scrubbed = scrub(&text);
            prop_assert_eq!(scrub(&scrubbed), scrubbed);
        }
    }
}
