//! Marks inside a line of `AsciiDoc`, rewritten to Markdown.

use crate::dialects::{in_parentheses, is_short};
use std::collections::HashMap;

/// How macros begin. An address is one, too.
const MACROS: &[&str] = &[
    "link:",
    "xref:",
    "mailto:",
    "https://",
    "http://",
    "footnote:",
    "kbd:",
    "btn:",
    "menu:",
    "image:",
    "icon:",
];

/// Rewrites links, cross references and other macros: `link:address[text]`, `https://address[text]`, `<<target,text>>`.
pub(super) fn inline(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    for (at, part) in line.split("<<").enumerate() {
        match part.split_once(">>").filter(|_| at > 0) {
            Some((target, rest)) => {
                kept.push_str(
                    target
                        .split_once(',')
                        .map_or(target, |(_, text)| text.trim()),
                );
                kept.push_str(rest);
            }
            None if at > 0 => {
                kept.push_str("<<");
                kept.push_str(part);
            }
            None => kept.push_str(part),
        }
    }
    with_macros(&kept)
}

fn with_macros(line: &str) -> String {
    let brackets = brackets(line);
    let mut shown = String::with_capacity(line.len());
    // The end of the last macro, and of the part in which code has been looked for.
    let (mut done, mut seen) = (0, 0);
    let mut is_code = false;
    // Where the target of a macro must end.
    let mut stop = 0;
    for (at, name) in macros(line) {
        if at < done {
            continue;
        }
        is_code ^= slice(line, seen, at).matches('`').count() % 2 == 1;
        seen = at;
        let start = at + name.len();
        if stop < start {
            let end = line.get(start..).and_then(|it| it.find([' ', '[']));
            stop = end.map_or(line.len(), |end| start + end);
        }
        let target = slice(line, start, stop);
        let end = brackets.get(&stop).copied();
        let text = end.map(|end| slice(line, stop + 1, end));
        let before = line.get(..at).and_then(|it| it.chars().next_back());
        let Some(replaced) = replaced(name, target, text, before).filter(|_| !is_code) else {
            continue;
        };
        shown.push_str(&marked(slice(line, done, at)));
        shown.push_str(&replaced);
        done = end.map_or(stop, |end| end + 1);
    }
    shown.push_str(&marked(line.get(done..).unwrap_or_default()));
    shown
}

fn slice(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// Where macros may begin, and their names.
fn macros(line: &str) -> impl Iterator<Item = (usize, &'static str)> {
    line.match_indices(':').filter_map(|(at, _)| {
        let slashes = if line.get(at + 1..)?.starts_with("//") {
            2
        } else {
            0
        };
        let start = line.get(..at + 1 + slashes)?;
        let name = MACROS.iter().find(|name| start.ends_with(**name))?;
        Some((start.len() - name.len(), *name))
    })
}

/// The brackets that open in a line, with those that close them.
fn brackets(line: &str) -> HashMap<usize, usize> {
    let mut open = Vec::new();
    let mut pairs = HashMap::new();
    for (at, letter) in line.match_indices(['[', ']']) {
        if letter == "[" {
            open.push(at);
        } else if let Some(start) = open.pop() {
            pairs.insert(start, at);
        }
    }
    pairs
}

/// What is shown of a macro, if it is one.
fn replaced(name: &str, target: &str, text: Option<&str>, before: Option<char>) -> Option<String> {
    if name.ends_with("//") {
        return Some(link(&format!("{name}{target}"), text.unwrap_or_default()));
    }
    let text = text.filter(|_| !before.is_some_and(char::is_alphanumeric))?;
    let needs_target = !matches!(name, "footnote:" | "kbd:" | "btn:");
    if needs_target && target.is_empty() {
        return None;
    }
    Some(match name {
        "link:" => link(target, text),
        "xref:" | "mailto:" if plain(text).is_empty() => target.to_owned(),
        "xref:" | "mailto:" => plain(text).to_owned(),
        "footnote:" if text.is_empty() => String::new(),
        "footnote:" if is_short(text) => in_parentheses(&with_macros(text), before),
        "footnote:" => format!(" ({})", marked(text)),
        "kbd:" => format!("`{text}`"),
        "menu:" if text.is_empty() => target.to_owned(),
        "menu:" => format!("{target} > {text}"),
        "image:" => format!("![{}](<{target}>)", plain(text)),
        "icon:" => String::new(),
        _ => text.to_owned(),
    })
}

/// The text of a macro without the attributes behind it, as in `the site^,role=external`.
fn plain(text: &str) -> &str {
    let attributes = text.match_indices(',').find(|(at, _)| {
        let behind = text.get(at + 1..).unwrap_or_default().trim_start();
        let value = behind.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || it == '-');
        value.len() < behind.len() && value.starts_with('=')
    });
    let text = attributes.map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    text.trim().trim_end_matches('^').trim_matches('"')
}

fn link(address: &str, text: &str) -> String {
    match plain(text) {
        "" => address.to_owned(),
        text => format!("[{text}](<{address}>)"),
    }
}

/// Bold text, and text above or below the line, outside of code.
fn marked(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| {
        if at % 2 == 1 {
            return part.to_owned();
        }
        let below = between(part, '~', |text| format!("<sub>{text}</sub>"));
        let above = between(&below, '^', |text| format!("<sup>{text}</sup>"));
        between(&above, '*', |text| format!("**{text}**"))
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Replaces what is between two marks. Marks with white space on the inner side are text.
fn between(text: &str, mark: char, replaced: impl Fn(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        shown.push_str(before);
        let inner = after.split_once(mark).filter(|(inner, behind)| {
            let is_word = mark == '*'
                && (before.ends_with(char::is_alphanumeric)
                    || behind.starts_with(char::is_alphanumeric));
            let is_wide = mark != '*' && inner.contains(char::is_whitespace);
            let is_doubled = shown.ends_with(mark) || behind.starts_with(mark);
            !inner.is_empty() && inner.trim() == *inner && !is_word && !is_wide && !is_doubled
        });
        rest = if let Some((inner, behind)) = inner {
            shown.push_str(&replaced(inner));
            behind
        } else {
            shown.push(mark);
            after
        };
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_inside_lines() {
        let check = |line: &str, expected: &str| assert_eq!(inline(line), expected, "{line}");
        for text in [
            "Zeta discord link: use the hyperlink: it works.",
            "An xref: or link:a b[c], hyperlink:x[y], link:[z], `link:x[y]`, menu:[a] and kbd: x",
        ] {
            check(text, text);
        }
        check(
            "See link:a.html[the *site*,role=x^] now",
            "See [the *site*](<a.html>) now",
        );
        check(
            "Or (xref:q.adoc[quay]), xref:q.adoc[].",
            "Or (quay), q.adoc.",
        );
        check(
            "https://x.example, http://y[y^,window=_blank]",
            "https://x.example, [y](<http://y>)",
        );
        check(
            "Fee.footnote:[Not on link:x[*Mondays*].] Press kbd:[F5], btn:[OK] or menu:File[Save > As].",
            "Fee. (Not on [*Mondays*](<x>).) Press `F5`, OK or File > Save > As.",
        );
        check(
            "The image:a.png[quay,width=9] is icon:x[] here",
            "The ![quay](<a.png>) is  here",
        );
    }
}
