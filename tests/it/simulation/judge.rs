//! What must hold at the end of a run.

use super::story::{Asked, QUESTIONS, Story, name};
use std::time::Duration;
use tokio::time::Instant;

/// A process that ends may lose what it received this long before: messages are answered within 15 s, and what was sent
/// to it may have been on its way.
const IN_PROGRESS: Duration = Duration::from_secs(30);

/// What does not hold.
pub fn judge(story: &Story<'_>, log: &str) -> Vec<String> {
    let mut wrong = story.discord.take_violations();
    wrong.dedup();
    for (place, asked) in story.asked.iter().enumerate() {
        let last = place + 1 == story.asked.len();
        match *asked {
            Asked::Message { id, question, .. } => {
                wrong.extend(judge_message(story, log, id, question, last));
            }
            Asked::Interaction { id } => {
                let answered = story.discord.is_acknowledged(id);
                if !answered && is_due(story, "INTERACTION_CREATE", id) && !is_logged(log, id) {
                    wrong.push(format!("interaction {} was lost silently", name(id)));
                }
            }
        }
    }
    wrong
}

fn judge_message(
    story: &Story<'_>,
    log: &str,
    id: u64,
    question: usize,
    last: bool,
) -> Option<String> {
    let replies = story.discord.replies_to(id);
    let name = name(id);
    let [reply] = replies.as_slice() else {
        if !replies.is_empty() {
            return Some(format!("message {name} has {} answers", replies.len()));
        }
        let silent = is_due(story, "MESSAGE_CREATE", id) && !is_logged(log, id);
        return (silent || last).then(|| format!("message {name} was lost silently"));
    };
    let is_right = reply
        .text()
        .replace('*', "")
        .contains(QUESTIONS[question].1);
    let mut lines = log.lines().filter(|line| line.contains(&name));
    let failed = lines.any(|line| line.contains("WARN") || line.contains("ERROR"));
    let is_due = is_due(story, "MESSAGE_CREATE", id)
        && (!is_edited(story, id) || is_due(story, "MESSAGE_UPDATE", id));
    let wrong = !is_right && !failed && is_due;
    wrong.then(|| format!("the answer to message {name} is wrong: {}", reply.text()))
}

fn is_logged(log: &str, id: u64) -> bool {
    log.contains(&format!("id={}", name(id)))
}

fn is_edited(story: &Story<'_>, id: u64) -> bool {
    let message = story.discord.message(id);
    message.is_some_and(|message| message.edits > 0)
}

/// Whether the bot has received an event, and had time to act on it.
fn is_due(story: &Story<'_>, event: &str, id: u64) -> bool {
    let interrupted = |sent: Instant| {
        let mut killed = story.killed.iter();
        killed.any(|killed| *killed >= sent && *killed - sent < IN_PROGRESS)
    };
    let dispatched = story.discord.dispatched();
    let mut received = dispatched
        .iter()
        .filter(|it| it.id == id && it.event == event)
        .peekable();
    received.peek().is_some()
        && received.all(|event| event.acknowledged && !interrupted(event.sent))
}
