//! How the bot is.

use crate::chart::chart;
use crate::facts::{Backup, Facts, Questions, Shard};
use crate::finding::{Finding, FindingStatus};
use crate::layout::{counted, duration, grouped, page, prose};
use maud::{Markup, html};

/// Shards that are listed one by one.
const SHARDS: usize = 50;
/// Findings that are listed one by one.
const FINDINGS: usize = 60;

/// The first page.
pub fn overview(facts: &Facts) -> String {
    let content = html! {
        (verdict(facts))
        section aria-labelledby="findings" {
            h2 #findings { "Checks" }
            (findings(&facts.findings))
        }
        section aria-labelledby="questions" {
            h2 #questions { "Questions" }
            (questions(&facts.questions))
        }
        section aria-labelledby="program" {
            h2 #program { "Program" }
            (program(facts))
        }
        @if !facts.is_demo {
            section aria-labelledby="shards" {
                h2 #shards { "Connections to Discord" }
                (shards(facts))
            }
        }
        p.note { "The same facts for programs: " a href="/api/status.json" { "status.json" } ". This page shows how things were when it was loaded." }
    };
    page("Overview", "/", &content)
}

/// In a sentence, whether all is well.
fn verdict(facts: &Facts) -> Markup {
    let count = |status| {
        let such = facts
            .findings
            .iter()
            .filter(|finding| finding.status == status);
        such.count() as u64
    };
    let (errors, warnings) = (count(FindingStatus::Error), count(FindingStatus::Warning));
    html! {
        @if facts.is_demo {
            p.verdict.ok {
                "This is the demo, without a connection to Discord. " code { "pullquote init" } " sets up the bot. "
                a href="/try" { "Try a question" } ", or " a href="/edit" { "write an article" } "."
            }
        } @else if errors > 0 || !facts.is_connected {
            p.verdict.error {
                @if facts.is_connected { "The bot is connected to Discord, but something is broken: " }
                @else { "The bot is not connected to Discord: " }
                (counted(errors, "error")) ", " (counted(warnings, "warning")) "."
            }
        } @else if warnings > 0 {
            p.verdict.warning { "The bot is connected to Discord and answers, with " (counted(warnings, "warning")) "." }
        } @else {
            p.verdict.ok { "The bot is connected to Discord and answers. There is nothing to fix." }
        }
    }
}

fn findings(findings: &[Finding]) -> Markup {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.status));
    let more = sorted.len().saturating_sub(FINDINGS) as u64;
    html! {
        ul.findings {
            @for finding in sorted.iter().take(FINDINGS) {
                @let (class, word) = match finding.status {
                    FindingStatus::Ok => ("ok", "OK"),
                    FindingStatus::Warning => ("warning", "Warning"),
                    FindingStatus::Error => ("error", "Error"),
                };
                li {
                    span class=(format!("badge {class}")) { (word) }
                    div {
                        b { (finding.subject) } ": " (prose(&finding.message))
                        @if let Some(remedy) = &finding.remedy {
                            p.remedy { b { "What to do: " } (prose(remedy)) }
                        }
                    }
                }
            }
        }
        @if more > 0 {
            p { "And " (grouped(more)) " more: run " code { "pullquote doctor" } "." }
        }
    }
}

fn questions(questions: &Questions) -> Markup {
    let days = match questions {
        Questions::NotCounted => {
            return html! {
                p { "Nothing is counted, because " code { "KEEP_QUESTIONS_DAYS" } " is 0." }
            };
        }
        Questions::Unavailable(reason) => {
            return html! { p.remedy { "The questions cannot be read now: " (prose(reason)) } };
        }
        Questions::Days(days) => days,
    };
    let today = days.last().cloned().unwrap_or_default();
    html! {
        dl.numbers {
            div { dt { "Asked today" } dd { (grouped(today.asked())) } }
            div { dt { "Answered" } dd { (grouped(today.answered)) } }
            div { dt { "Suggestions only" } dd { (grouped(today.suggested)) } }
            div { dt { "No answer" } dd { (grouped(today.unknown)) } }
        }
        figure {
            (chart(days))
            figcaption {
                span.key.answered {} " answered "
                span.key.open {} " not answered, or suggestions only. Questions in servers, by day (UTC); private ones are not counted."
            }
        }
    }
}

fn program(facts: &Facts) -> Markup {
    html! {
        dl.facts {
            dt { "Version" } dd { (facts.version) ", running for " (duration(facts.uptime_seconds)) }
            dt { "Articles" } dd {
                a href="/articles" { (counted(facts.articles as u64, "article")) }
                ", " (counted(facts.passages as u64, "passage"))
            }
            dt { "Last change of the articles" } dd {
                bdi { (facts.reload.changes) } ", " (duration(facts.reload.seconds)) " ago"
                @if let Some(failure) = &facts.reload.failure {
                    p.remedy { "The last reload failed, and the previous articles stay in use: " (prose(failure)) }
                }
            }
            dt { "Answers" } dd {
                @match facts.timing {
                    Some(timing) => {
                        "half within " (milliseconds(timing.p50_ms)) ", 99 of 100 within " (milliseconds(timing.p99_ms))
                        ", to the end of Discord's response (last " (counted(timing.requests as u64, "request")) ")"
                    }
                    None => "no request since the start"
                }
            }
            dt { "Memory" } dd {
                @match facts.memory_bytes {
                    Some(bytes) => (format!("{} MB", grouped(bytes >> 20))),
                    None => "unknown on this system",
                }
            }
            dt { "Backup" } dd {
                @match facts.backup {
                    Backup::Nothing => "servers have added nothing yet",
                    Backup::Elsewhere => "PostgreSQL has its own tools for that",
                    Backup::None => "none yet: the bot makes one a day",
                    Backup::Seconds(seconds) => { (duration(seconds)) " old" }
                }
            }
        }
    }
}

fn milliseconds(time: f64) -> String {
    match time {
        1_000.0.. => format!("{:.1} s", time / 1_000.0),
        10.0.. => format!("{time:.0} ms"),
        _ => format!("{time:.1} ms"),
    }
}

fn shards(facts: &Facts) -> Markup {
    let is_lost = |shard: &&Shard| !shard.is_open;
    let all = facts.shards.len() as u64;
    let lost = facts.shards.iter().filter(is_lost).count() as u64;
    let mut shown: Vec<&Shard> = facts.shards.iter().collect();
    shown.sort_by_key(|shard| shard.is_open);
    html! {
        p {
            (grouped(all - lost)) " of " (counted(all, "connection")) " open. Since the start, "
            (counted(facts.sessions[0], "session")) " begun and " (grouped(facts.sessions[1])) " resumed."
        }
        @if !shown.is_empty() {
            table {
                caption.hidden { "Connections to Discord" }
                thead { tr { th scope="col" { "Shard" } th scope="col" { "State" } th.number scope="col" { "Latency" } } }
                tbody {
                    @for shard in shown.iter().take(SHARDS) {
                        tr {
                            th scope="row" { (shard.id) }
                            td {
                                @match (shard.is_open, shard.since_seconds) {
                                    (true, since) => { span.badge.ok { "open" } " for " (duration(since.unwrap_or_default())) }
                                    (false, Some(since)) => { span.badge.error { "lost" } " for " (duration(since)) }
                                    (false, None) => { span.badge.warning { "not yet open" } }
                                }
                            }
                            td.number {
                                @if let Some(latency) = shard.latency_ms { (latency) " ms" } @else { "–" }
                            }
                        }
                    }
                }
            }
        }
        @if shown.len() > SHARDS {
            p { "And " (grouped((shown.len() - SHARDS) as u64)) " more." }
        }
    }
}
